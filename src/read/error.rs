//! What can go wrong while reading, with a hint on what to do about it.

use std::fmt;
use std::io;

/// A file, a line of a file or a folder that could not be read. The rest of the input goes on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("failed to read `{place}`: expected {expected}, but found {found}")]
pub struct ReadError {
    /// The file, as given, with `:line` where a line is to blame.
    pub place: String,
    /// What should have been there.
    pub expected: String,
    /// What was there.
    pub found: String,
    /// What the user can do about it.
    pub hint: String,
}

impl ReadError {
    /// An error about the whole of `place`.
    pub fn new(
        place: impl fmt::Display,
        expected: impl Into<String>,
        found: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self {
            place: place.to_string(),
            expected: expected.into(),
            found: found.into(),
            hint: hint.into(),
        }
    }

    /// The same error, about one line of the place. Lines count from one.
    #[must_use]
    pub fn at_line(mut self, line: usize) -> Self {
        self.place = format!("{}:{line}", self.place);
        self
    }

    /// The operating system refused.
    pub fn io(place: impl fmt::Display, error: &io::Error) -> Self {
        if let Some(stop) = error
            .get_ref()
            .and_then(|inner| inner.downcast_ref::<super::packed::Stop>())
        {
            let hint = format!(
                "it may be an attack; allow more with `--limit {}=N`",
                stop.setting
            );
            return Self::new(place, stop.expected.clone(), "more", hint);
        }
        let (expected, found, hint) = match error.kind() {
            io::ErrorKind::NotFound => (
                "a file or a folder",
                String::from("nothing there"),
                "check the spelling of the path; `-` reads standard input",
            ),
            io::ErrorKind::PermissionDenied => (
                "a file that may be read",
                String::from("no permission to read it"),
                "`chmod u+r` gives its owner the right",
            ),
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => (
                "whole packed data",
                format!("a fault ({error})"),
                "it may be damaged: fetch it again",
            ),
            io::ErrorKind::UnexpectedEof => (
                "the rest of the file",
                String::from("its end"),
                "it may be cut off: fetch it again",
            ),
            _ => (
                "readable data",
                format!("an error of the system ({error})"),
                "try to open it with another program",
            ),
        };
        Self::new(place, expected, found, hint)
    }
}
