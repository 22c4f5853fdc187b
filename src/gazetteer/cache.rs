//! Compiled vocabularies of the user, kept until a file of theirs or the program changes.

use std::fs;
use std::path::{Path, PathBuf};

use super::blob::Blob;
use super::embedded;
use super::files::SourceFile;
use crate::atomic::write_atomically;

/// Length of the key in front of the compiled vocabulary.
const KEY: usize = blake3::OUT_LEN;

/// The file of the cache that is for some folders, and the key of what is in them now.
pub(super) struct Place {
    path: PathBuf,
    key: blake3::Hash,
}

impl Place {
    /// There is one file for a list of folders, so that a cache does not grow with every change.
    pub(super) fn new(cache: &Path, folders: &[PathBuf], files: &[SourceFile]) -> Self {
        let mut name = blake3::Hasher::new();
        for folder in folders {
            let whole = fs::canonicalize(folder).unwrap_or_else(|_| folder.clone());
            name.update(whole.as_os_str().as_encoded_bytes())
                .update(b"\0");
        }
        let name = name.finalize().to_hex();
        Self {
            path: cache.join(format!("vocabulary-{}.bin", &name[..16])),
            key: key_of(files),
        }
    }

    /// What was kept, if it is of these very files and whole.
    pub(super) fn read(&self) -> Option<Blob> {
        let mut bytes = fs::read(&self.path).ok()?;
        if bytes.get(..KEY)? != self.key.as_bytes() {
            return None;
        }
        Blob::verify(bytes.split_off(KEY))
    }

    /// Keeps a compiled vocabulary for the next time, if that is possible.
    pub(super) fn write(&self, blob: &Blob) {
        let Some(folder) = self.path.parent() else {
            return;
        };
        let made = fs::create_dir_all(folder);
        // Without a cache everything works as well, only later.
        let _ = made.is_ok()
            && write_atomically(&self.path, |to| {
                to.write_all(self.key.as_bytes())?;
                to.write_all(blob.bytes())
            })
            .is_ok();
    }
}

/// A hash of everything that a compiled vocabulary depends on.
fn key_of(files: &[SourceFile]) -> blake3::Hash {
    let mut hash = blake3::Hasher::new();
    hash.update(env!("CARGO_PKG_VERSION").as_bytes());
    hash.update(Blob::identity(embedded::BLOB));
    for file in files {
        for part in [&file.path, &file.inside, &file.layer.to_string()] {
            hash.update(part.as_bytes()).update(b"\0");
        }
        let text = file.text.as_bytes();
        hash.update(&text.len().to_le_bytes()).update(text);
    }
    hash.finalize()
}
