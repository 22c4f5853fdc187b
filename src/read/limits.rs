//! What input may cost: every limit has a name, a default and a message that names the setting.

use std::fmt;

use super::error::ReadError;

/// How much an input may ask for. Whatever goes beyond is an error of that input, and the rest goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a text, page or other single document, after unpacking.
    pub file: u64,
    /// Bytes of a line of text, of JSON Lines or of a row of a table.
    pub line: u64,
    /// Bytes that all that is packed in one input may come to.
    pub unpacked: u64,
    /// How many times its packed size an archive or a packed file may come to.
    pub ratio: u64,
    /// Archives inside archives.
    pub depth: u64,
    /// Files in an archive.
    pub members: u64,
    /// Elements inside elements of a page.
    pub nesting: u64,
    /// Seconds for turning one document into text, and as many for finding what it says.
    pub seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file: 64_000_000,
            line: 64_000_000,
            unpacked: 16_000_000_000,
            ratio: 200,
            depth: 3,
            members: 1_000_000,
            nesting: 2_000,
            seconds: 60,
        }
    }
}

/// Names, what they mean, and where they are kept.
type Entry = (&'static str, &'static str, fn(&mut Limits) -> &mut u64);

/// Every limit that can be set.
const TABLE: [Entry; 8] = [
    ("file", "bytes of one document", |l| &mut l.file),
    ("line", "bytes of one line", |l| &mut l.line),
    ("unpacked", "bytes that one input unpacks to", |l| {
        &mut l.unpacked
    }),
    ("ratio", "times its packed size", |l| &mut l.ratio),
    ("depth", "archives inside archives", |l| &mut l.depth),
    ("members", "files in an archive", |l| &mut l.members),
    ("nesting", "elements inside elements", |l| &mut l.nesting),
    ("seconds", "seconds to read one document", |l| {
        &mut l.seconds
    }),
];

impl Limits {
    /// Sets one limit from `name=value`; a value may end in `k`, `M` or `G`.
    ///
    /// ```
    /// let mut limits = entente::read::Limits::default();
    /// limits.set("file=2G")?;
    /// assert_eq!(limits.file, 2_000_000_000);
    /// # Ok::<(), entente::read::ReadError>(())
    /// ```
    pub fn set(&mut self, setting: &str) -> Result<(), ReadError> {
        let (name, value) = setting.split_once('=').unwrap_or((setting, ""));
        let entry = TABLE.iter().find(|entry| entry.0 == name);
        let (Some((_, _, place)), Some(value)) = (entry, number(value)) else {
            let names: Vec<String> = TABLE
                .iter()
                .map(|(name, what, _)| format!("`{name}` ({what})"))
                .collect();
            let hint = format!("the limits are {}", names.join(", "));
            let expected = "a limit such as `file=200M`";
            return Err(ReadError::new(
                "--limit",
                expected,
                format!("`{setting}`"),
                hint,
            ));
        };
        *place(self) = value;
        Ok(())
    }
}

/// `12`, `12k`, `12M`, `12G`, with or without a `B` after it.
fn number(value: &str) -> Option<u64> {
    let value = value.trim().trim_end_matches(['b', 'B']);
    let digits = value.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match value.get(digits.len()..)? {
        "" => 1,
        "k" | "K" => 1_000,
        "m" | "M" => 1_000_000,
        "g" | "G" => 1_000_000_000,
        _ => return None,
    };
    digits.parse::<u64>().ok()?.checked_mul(unit)
}

/// `1.5 GB`, `64 MB`, `300 kB`: as many digits as matter.
pub(super) struct Bytes(pub(super) u64);

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
        match units.iter().find(|(size, _)| self.0 >= *size) {
            Some((size, unit)) if self.0.is_multiple_of(*size) => {
                write!(f, "{} {unit}", self.0 / size)
            }
            Some((size, unit)) => {
                write!(f, "{}.{} {unit}", self.0 / size, self.0 % size * 10 / size)
            }
            None => write!(f, "{} bytes", self.0),
        }
    }
}
