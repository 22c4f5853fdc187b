//! Lists the files behind the paths a user gave.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::error::ReadError;
use super::{Options, Source, inputs};

/// The sources behind `inputs`, sorted by path, each file once; `-` is standard input.
///
/// A folder stands for the files in it and below it that end like an input format. Hidden files
/// and `README` files are left out, and links to folders are not followed.
pub fn sources(inputs: &[PathBuf], options: &Options) -> (Vec<Source>, Vec<ReadError>) {
    let mut found = Found::default();
    for input in inputs {
        if input.as_os_str() == "-" {
            found.stdin = true;
        } else if input.is_dir() {
            found.folder(input);
        } else {
            found.file(input);
        }
    }
    found.errors.sort_by(|a, b| a.place.cmp(&b.place));
    (found.sources(*options), found.errors)
}

#[derive(Default)]
struct Found {
    /// Sorted by the path as given, so that the order of the arguments does not matter.
    files: BTreeSet<PathBuf>,
    stdin: bool,
    errors: Vec<ReadError>,
}

impl Found {
    fn file(&mut self, path: &Path) {
        match std::fs::metadata(path) {
            Ok(_) => drop(self.files.insert(path.to_owned())),
            Err(error) => self.errors.push(ReadError::io(path.display(), &error)),
        }
    }

    fn folder(&mut self, root: &Path) {
        let before = self.files.len();
        let problems = self.errors.len();
        let mut open = vec![root.to_owned()];
        while let Some(folder) = open.pop() {
            let entries = match std::fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) => {
                    self.errors.push(ReadError::io(folder.display(), &error));
                    continue;
                }
            };
            for entry in entries.flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
                if name.starts_with('.') {
                } else if is_folder {
                    open.push(entry.path());
                } else if is_document(&name) && !entry.path().is_dir() {
                    self.file(&entry.path());
                }
            }
        }
        if self.files.len() == before && self.errors.len() == problems {
            let expected = format!("files that end in {}", inputs::endings());
            let hint = "name a file of another ending by itself, with `--input-format txt`";
            self.errors
                .push(ReadError::new(root.display(), expected, "none", hint));
        }
    }

    fn sources(&self, options: Options) -> Vec<Source> {
        let mut seen = BTreeSet::new();
        let paths: Vec<&PathBuf> = self
            .files
            .iter()
            .filter(|path| seen.insert(path.canonicalize().unwrap_or_else(|_| (*path).clone())))
            .collect();
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        for path in &paths {
            *names.entry(file_name(path)).or_default() += 1;
        }
        let mut all: Vec<Source> = paths
            .iter()
            .map(|path| {
                let place = path.display().to_string();
                let name = file_name(path);
                let unique = names.get(&name).is_none_or(|count| *count < 2);
                Source {
                    path: Some((*path).clone()),
                    format: options.format.or_else(|| inputs::by_ending(&name)),
                    id: if unique { name } else { place.clone() },
                    place,
                }
            })
            .collect();
        if self.stdin {
            all.push(Source {
                path: None,
                place: String::from("-"),
                id: String::from("stdin"),
                format: options.format,
            });
        }
        all
    }
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

/// Whether a file found in a folder is meant to be read.
fn is_document(name: &str) -> bool {
    inputs::by_ending(name).is_some() && !name.to_ascii_lowercase().starts_with("readme.")
}
