//! Problems of input files: all of them at once, each with its place and a hint.

use std::fmt;

/// One thing wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, as the user knows it.
    pub path: String,
    /// Line in the file, from 1; 0 when it concerns the file as a whole.
    pub line: usize,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Problem {
    /// A problem without a hint.
    pub fn new(path: impl Into<String>, line: usize, message: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            line,
            message: message.into(),
            hint: None,
        }
    }

    /// Adds advice.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        let hint = hint.into();
        self.hint = (!hint.is_empty()).then_some(hint);
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        write!(f, ": {}", self.message)?;
        if let Some(hint) = &self.hint {
            write!(f, "\n  hint: {hint}")?;
        }
        Ok(())
    }
}

/// Everything wrong with a set of files, in the order of the files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// No problem yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Adds a problem from its parts; an empty `hint` is none.
    pub fn add(&mut self, path: &str, line: usize, message: impl Into<String>, hint: &str) {
        self.push(Problem::new(path, line, message).with_hint(hint));
    }

    /// Adds all of `other`.
    pub fn append(&mut self, other: Problems) {
        self.0.extend(other.0);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether all is well.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each in turn.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.0.iter()
    }

    /// Orders them by file and line and drops repetitions.
    pub fn sort(&mut self) {
        self.0.sort();
        self.0.dedup();
    }

    /// `value` if there is no problem.
    pub fn or<T>(self, value: T) -> Result<T, Problems> {
        if self.is_empty() {
            Ok(value)
        } else {
            Err(self)
        }
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, problem) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// The line, from 1, that byte `at` of `text` stands on.
pub fn line_of(text: &str, at: usize) -> usize {
    let before = text
        .as_bytes()
        .get(..at.min(text.len()))
        .unwrap_or_default();
    memchr::memchr_iter(b'\n', before).count() + 1
}

/// The candidates closest to `word` by edit distance, best first, at most `limit`.
pub fn closest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    limit: usize,
) -> Vec<&'a str> {
    let word = word.to_lowercase();
    let length = word.chars().count();
    let worst = (length / 3).max(1);
    let mut found: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter(|c| c.len().abs_diff(word.len()) <= worst * 2)
        .map(|c| (strsim::osa_distance(&word, &c.to_lowercase()), c))
        .filter(|&(distance, _)| distance <= worst)
        .collect();
    found.sort_unstable();
    found.dedup_by(|a, b| a.1 == b.1);
    found.truncate(limit);
    found.into_iter().map(|(_, c)| c).collect()
}

/// A hint with the candidates closest to `word`, or else `otherwise`.
pub fn hint_for<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    otherwise: impl FnOnce() -> String,
) -> String {
    match did_you_mean(&closest(word, candidates, 2)) {
        hint if hint.is_empty() => otherwise(),
        hint => hint,
    }
}

/// `did you mean "a" or "b"?`, or nothing.
pub fn did_you_mean(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [head @ .., last] => {
            let head: String = head.iter().flat_map(|w| ["\"", w, "\" or "]).collect();
            format!("did you mean {head}\"{last}\"?")
        }
    }
}
