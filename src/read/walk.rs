//! Lists the files behind the paths a user gave.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use ignore::overrides::{Override, OverrideBuilder};

use super::error::ReadError;
use super::{Options, Source, inputs};

/// The sources behind `inputs`, sorted by path, each file once; `-` is standard input.
///
/// A folder stands for the files in it and below it that end like a format of documents, or that match
/// `options.globs`. Hidden and `README` files and what `.gitignore` and `.ignore` files name are left out,
/// and links to folders are not followed.
pub fn sources(inputs: &[PathBuf], options: &Options) -> (Vec<Source>, Vec<ReadError>) {
    let mut found = Found::default();
    for input in inputs {
        if input.as_os_str() == "-" {
            found.stdin = true;
        } else if input.is_dir() {
            found.folder(input, options);
        } else {
            found.file(input);
        }
    }
    found.errors.sort_by(|a, b| a.place.cmp(&b.place));
    (found.sources(options), found.errors)
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

    fn folder(&mut self, root: &Path, options: &Options) {
        let before = self.files.len();
        let problems = self.errors.len();
        let globs = match overrides(root, &options.globs) {
            Ok(globs) => globs,
            Err(error) => return self.errors.push(error),
        };
        let by_name = options.globs.is_empty();
        let walk = WalkBuilder::new(root)
            .overrides(globs)
            .git_global(false)
            .git_exclude(false)
            .require_git(false)
            .ignore(!options.no_ignore)
            .git_ignore(!options.no_ignore)
            .parents(false)
            .build();
        for entry in walk {
            match entry {
                Ok(entry) => {
                    let path = entry.path();
                    let wanted = !by_name || is_document(&file_name(path));
                    // links to files count, links to folders do not
                    if entry.depth() > 0 && wanted && !path.is_dir() {
                        self.file(path);
                    }
                }
                Err(error) => self.errors.push(walk_error(root, &error)),
            }
        }
        if self.files.len() == before && self.errors.len() == problems {
            let expected = if by_name {
                format!("files that end in {}", inputs::endings())
            } else {
                format!("files that match {}", options.globs.join(", "))
            };
            let hint = "name a file of another ending by itself, with `--input-format txt`";
            self.errors
                .push(ReadError::new(root.display(), expected, "none", hint));
        }
    }

    fn sources(&self, options: &Options) -> Vec<Source> {
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
                let name = file_name(path);
                let unique = names.get(&name).is_none_or(|count| *count < 2);
                let id = if unique {
                    name
                } else {
                    path.display().to_string()
                };
                Source::file(path, id, options)
            })
            .collect();
        if self.stdin {
            all.push(Source::stdin(options));
        }
        all
    }
}

/// The globs that files in a folder must match, and hidden files must not.
fn overrides(root: &Path, globs: &[String]) -> Result<Override, ReadError> {
    let mut builder = OverrideBuilder::new(root);
    for glob in globs {
        builder
            .add(glob)
            .map_err(|error| glob_error(glob, &error))?;
    }
    builder
        .build()
        .map_err(|error| glob_error(&globs.join(" "), &error))
}

fn glob_error(glob: &str, error: &ignore::Error) -> ReadError {
    let hint = "write it as `*.html`, `news/**` or `!drafts/**`, in quotes";
    ReadError::new(
        "--glob",
        "a pattern for file names",
        format!("`{glob}` ({error})"),
        hint,
    )
}

fn walk_error(root: &Path, error: &ignore::Error) -> ReadError {
    if let Some(io) = error.io_error() {
        return ReadError::io(place_of(error).unwrap_or(root).display(), io);
    }
    let hint = "mend the pattern, or read everything with `--no-ignore`";
    let expected = "a folder that can be listed";
    ReadError::new(root.display(), expected, error.to_string(), hint)
}

/// The path an error is about.
fn place_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            place_of(err)
        }
        ignore::Error::Loop { child, .. } => Some(child),
        _ => None,
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
    inputs::by_ending(name).is_some_and(|input| input.in_folders)
        && !name.to_ascii_lowercase().starts_with("readme.")
}
