//! What goes wrong at the command line: an error, its causes, and advice.

use std::any::Any;
use std::error::Error;
use std::fmt;
use std::io;

/// An error that ends a command, with advice if there is any.
#[derive(Debug)]
pub(crate) struct Failure {
    error: Box<dyn Error + Send + Sync>,
    hints: Vec<String>,
}

/// How the commands end.
pub(crate) type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    /// An error in words.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            error: message.into().into(),
            hints: Vec::new(),
        }
    }

    /// A panic: something that should have been impossible.
    pub(crate) fn defect(panic: &(dyn Any + Send)) -> Self {
        let words = panic.downcast_ref::<String>().map(String::as_str);
        let words = words
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("no message");
        Self::new(format!("a defect of entente ({words})"))
            .hint("report it with the command and its input, please")
    }

    /// Adds advice.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Advice, a line each.
    pub(crate) fn hints(&self) -> &[String] {
        &self.hints
    }

    /// Whether nobody reads the output any more (`entente ... | head`), which is no failure.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        causes(self.error.as_ref())
            .filter_map(|cause| cause.downcast_ref::<io::Error>())
            .any(|error| error.kind() == io::ErrorKind::BrokenPipe)
    }
}

/// The error and what caused it, joined by colons.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut last = String::new();
        for (depth, cause) in causes(self.error.as_ref()).enumerate() {
            let words = cause.to_string();
            // An error that already repeats its cause is not made longer.
            if depth > 0 && last.ends_with(&words) {
                continue;
            }
            write!(f, "{}{words}", if depth > 0 { ": " } else { "" })?;
            last = words;
        }
        Ok(())
    }
}

fn causes<'e>(
    error: &'e (dyn Error + 'static),
) -> impl Iterator<Item = &'e (dyn Error + 'static)> + 'e {
    std::iter::successors(Some(error), |&error| error.source())
}

impl<E: Error + Send + Sync + 'static> From<E> for Failure {
    fn from(error: E) -> Self {
        let error: Box<dyn Error + Send + Sync> = Box::new(error);
        // Whatever else is written has its own error type with a path in it.
        let error = match error.downcast::<io::Error>() {
            Ok(error) => Box::new(OutputError(*error)),
            Err(error) => error,
        };
        Self {
            error,
            hints: Vec::new(),
        }
    }
}

/// Standard output or standard error did not take what was written.
#[derive(Debug, thiserror::Error)]
#[error("failed to write the output")]
struct OutputError(#[source] io::Error);
