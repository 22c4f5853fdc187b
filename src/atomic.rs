//! Files that are whole or not there.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("failed to write `{}`: {source}", path.display())]
pub struct FileError {
    path: PathBuf,
    source: io::Error,
}

impl FileError {
    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        io_hint(&self.source)
    }
}

/// What to do when a file cannot be written.
pub fn io_hint(error: &io::Error) -> Option<String> {
    let hint = match error.kind() {
        io::ErrorKind::NotFound => "the folder does not exist: make it, or choose another",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "check the permissions of the folder, or write somewhere else with `--out DIR`"
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "free some space, or write somewhere else with `--out DIR`"
        }
        io::ErrorKind::FileTooLarge => {
            "allow larger files (`ulimit -f`), or write somewhere else with `--out DIR`"
        }
        io::ErrorKind::IsADirectory => "there is a folder of this name: choose another name",
        io::ErrorKind::NotADirectory => "a part of the path is a file: choose another folder",
        _ => return None,
    };
    Some(hint.to_owned())
}

/// Writes a file in one go: it is there only if all of it is, and until then what was there before is.
pub fn write_atomically(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), FileError> {
    let work = || {
        if path.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let mut out = BufWriter::with_capacity(1 << 16, temporary(path)?);
        write(&mut out)?;
        let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    work().map_err(|error| FileError {
        path: path.to_owned(),
        source: bare(error),
    })
}

/// A new file beside `path`, which goes away if it is not moved there.
pub(crate) fn temporary(path: &Path) -> io::Result<NamedTempFile> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".entente-").suffix(".part");
    #[cfg(unix)]
    let permissions = <fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o666);
    #[cfg(unix)]
    builder.permissions(permissions);
    builder.tempfile_in(folder).map_err(bare)
}

/// The error without the name of the temporary file, which would only confuse.
fn bare(error: io::Error) -> io::Error {
    match error.kind() {
        _ if error.raw_os_error().is_some() => error,
        io::ErrorKind::Other => error,
        kind => kind.into(),
    }
}
