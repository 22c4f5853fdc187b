//! Where a build writes until everything is whole, and what killed builds left there.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use entente::atomic;
use entente::export::{FORMATS, Options};
use entente::graph::{Graph, SlimOrder};
use entente::store::{Journal, Store};

use super::STORE;
use super::words::Words;
use crate::cli::ask::store_failure;
use crate::cli::export::file_failure;
use crate::cli::failure::{Failure, Result};
use crate::cli::session;

/// What is done of a build that has not ended.
const JOURNAL: &str = ".entente-work.db";
/// What claims say, while it is built.
const WORDS: &str = "words";
/// What the names of our hidden files and folders begin with.
const HIDDEN: &str = ".entente-";
/// Letters that follow it in the name of a folder.
const RANDOM: usize = 6;
/// A file to which this long nothing has been written is nobody's any more.
const STALE: Duration = Duration::from_secs(24 * 60 * 60);

/// The folder that a build writes into.
pub(super) struct Place {
    out: PathBuf,
    /// Whether it was made for this build and goes if nothing comes of it.
    new: bool,
}

impl Place {
    pub(super) fn new(out: &Path) -> Result<Self> {
        if out.exists() && !out.is_dir() {
            let message = format!(
                "failed to write {}: expected a folder, but found a file",
                session::shown(out)
            );
            return Err(Failure::new(message).hint("name a folder with `--out DIR`"));
        }
        let new = !out.exists();
        fs::create_dir_all(out).map_err(|error| cannot_write(out, &error))?;
        Ok(Self {
            out: out.to_owned(),
            new,
        })
    }

    /// Takes the folder for this build alone. What an earlier one has done counts if it did so under
    /// the same `key`.
    pub(super) fn journal(&self, key: &str) -> Result<Journal> {
        Journal::open(&self.out.join(JOURNAL), key).map_err(store_failure)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.new {
            // Only an empty folder goes.
            let _ = fs::remove_dir(&self.out);
        }
    }
}

/// The files of a build in a folder beside their place, until all of them are whole.
pub(super) struct Draft<'p> {
    place: &'p Place,
    dir: tempfile::TempDir,
}

impl<'p> Draft<'p> {
    /// Needs the journal's word that nobody else builds here: then what lies about is of builds that
    /// were killed, and goes.
    pub(super) fn new(place: &'p Place, _: &Journal) -> Result<Self> {
        sweep(&place.out);
        let mut builder = tempfile::Builder::new();
        let dir = builder.prefix(HIDDEN).rand_bytes(RANDOM);
        let dir = dir.tempdir_in(&place.out);
        let dir = dir.map_err(|error| cannot_write(&place.out, &error))?;
        Ok(Self { place, dir })
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// A file for the words of claims.
    pub(super) fn words(&self) -> Result<Words> {
        Ok(Words::new(&self.path(WORDS))?)
    }

    /// Writes the graph in every format.
    pub(super) fn write(&self, graph: &Graph, order: &SlimOrder, words: &mut Words) -> Result<()> {
        for format in FORMATS.iter().filter(|format| format.build) {
            let path = self.path(format.file);
            let options = Options::default();
            atomic::write_atomically(&path, |to| {
                if format.id == "statements" {
                    return words.write(graph, order, to);
                }
                format.write(graph, options, to)
            })
            .map_err(file_failure)?;
        }
        Ok(())
    }

    /// Moves all files to their place.
    pub(super) fn place(self) -> Result<Vec<&'static str>> {
        let built = FORMATS.iter().filter(|format| format.build);
        let mut files: Vec<&str> = built.map(|format| format.file).collect();
        files.push(STORE);
        Store::settle(&self.place.out.join(STORE));
        for name in &files {
            let place = self.place.out.join(name);
            fs::rename(self.path(name), &place).map_err(|error| cannot_write(&place, &error))?;
        }
        Ok(files)
    }
}

/// Removes the folders and files of builds and exports that were killed.
fn sweep(out: &Path) {
    for entry in fs::read_dir(out).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let Some(rest) = name.to_str().and_then(|name| name.strip_prefix(HIDDEN)) else {
            continue;
        };
        let kind = entry.file_type();
        let is_folder = kind.as_ref().is_ok_and(fs::FileType::is_dir);
        let is_file = kind.is_ok_and(|kind| kind.is_file());
        if is_folder && is_random(rest) {
            let _ = fs::remove_dir_all(path);
        } else if is_file && rest.strip_suffix(".part").is_some_and(is_random) && is_stale(&entry) {
            // An export of another process may be writing a younger one.
            let _ = fs::remove_file(path);
        }
    }
}

fn is_random(word: &str) -> bool {
    word.len() == RANDOM && word.chars().all(|c| c.is_ascii_alphanumeric())
}

fn is_stale(entry: &fs::DirEntry) -> bool {
    let written = entry.metadata().and_then(|file| file.modified());
    written.is_ok_and(|at| at.elapsed().is_ok_and(|age| age > STALE))
}

fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    let failure = Failure::new(format!("failed to write {}: {error}", session::shown(path)));
    match atomic::io_hint(error) {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}
