//! The files of a vocabulary, and those of a folder.

use std::borrow::Cow;
use std::path::Path;

use crate::error::{Problem, Problems, line_of};

/// A file of a vocabulary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// As the user knows it: `gazetteer/entities/country.csv`.
    pub path: String,
    /// Inside the vocabulary, with slashes: `entities/country.csv`.
    pub inside: String,
    /// Its text.
    pub text: Cow<'static, str>,
    /// 0 for the built-in files; of two files the one with the higher number overrides.
    pub layer: usize,
}

impl SourceFile {
    /// `csv` or `toml`.
    pub(super) fn extension(&self) -> &str {
        self.inside
            .rsplit_once('.')
            .map_or("", |(_, extension)| extension)
    }

    /// The parts of the inner path, without the extension of the last.
    pub(super) fn parts(&self) -> Vec<&str> {
        let stem = self
            .inside
            .rsplit_once('.')
            .map_or(self.inside.as_str(), |(stem, _)| stem);
        stem.split('/').collect()
    }
}

/// The files of a folder, sorted by path.
pub(super) fn folder(dir: &Path, layer: usize, problems: &mut Problems) -> Vec<SourceFile> {
    let mut files = Vec::new();
    read_dir(dir, "", layer, &mut files, problems);
    files.sort_by(|a, b| a.inside.cmp(&b.inside));
    if files.is_empty() && problems.is_empty() {
        problems.add(
            &dir.display().to_string(),
            0,
            "no vocabulary in this folder",
            "a vocabulary has folders like entities/ and names/<lang>/ with CSV files",
        );
    }
    files
}

fn read_dir(
    dir: &Path,
    inside: &str,
    layer: usize,
    files: &mut Vec<SourceFile>,
    problems: &mut Problems,
) {
    let shown = dir.display().to_string();
    let entries = match std::fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) => {
            let message = format!("failed to read the folder: {error}");
            return problems.push(Problem::new(shown, 0, message));
        }
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let inner = if inside.is_empty() {
            name.clone()
        } else {
            format!("{inside}/{name}")
        };
        let path = entry.path();
        if path.is_dir() {
            read_dir(&path, &inner, layer, files, problems);
        } else if is_ours(&inner) {
            files.extend(read_file(&path, inner, layer, problems));
        }
    }
}

fn read_file(
    path: &Path,
    inside: String,
    layer: usize,
    problems: &mut Problems,
) -> Option<SourceFile> {
    let shown = path.display().to_string();
    match std::fs::read(path) {
        Ok(bytes) => {
            let text = decode(&shown, &bytes, problems)?.to_owned();
            Some(SourceFile {
                path: shown,
                inside,
                text: Cow::Owned(text),
                layer,
            })
        }
        Err(error) => {
            problems.push(Problem::new(shown, 0, format!("failed to read: {error}")));
            None
        }
    }
}

fn is_ours(inside: &str) -> bool {
    let name = inside.rsplit('/').next().unwrap_or_default();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    !name.starts_with('.') && matches!(extension, "csv" | "toml")
}

/// The text of a file without byte order mark.
fn decode<'a>(path: &str, bytes: &'a [u8], problems: &mut Problems) -> Option<&'a str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.strip_prefix('\u{FEFF}').unwrap_or(text)),
        Err(error) => {
            let sound = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let line = line_of(&String::from_utf8_lossy(sound), sound.len());
            problems.add(path, line, "not UTF-8", "save the file as UTF-8");
            None
        }
    }
}
