//! A file that only grows: what was appended to it is there after the process was killed, whole or not at all.

use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;

use rustc_hash::FxHashMap;

/// What an entry is found by.
pub(super) type Key = [u8; 32];

/// Bytes before what an entry says: its length, its key, and a hash of both and of what it says.
const HEAD: usize = 4 + KEY + CHECK;
const KEY: usize = 32;
const CHECK: usize = 16;

/// Where entries say something, and how many bytes.
type Places = FxHashMap<Key, (u64, usize)>;

/// The entries of a file. What another process had appended before can be asked for.
#[derive(Debug)]
pub(super) struct Log {
    file: File,
    old: Places,
    /// Where the next entry goes.
    end: u64,
    /// What is written next, kept for its room.
    buffer: Vec<u8>,
}

impl Log {
    /// Opens or makes the file; what is torn at its end is cut off.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        let options = options.read(true).write(true).create(true).truncate(false);
        let mut file = options.open(path)?;
        let (old, end) = entries(&mut file)?;
        file.set_len(end)?;
        file.seek(SeekFrom::Start(end))?;
        Ok(Self {
            file,
            old,
            end,
            buffer: Vec::new(),
        })
    }

    /// Number of entries that were there.
    pub(super) fn len(&self) -> usize {
        self.old.len()
    }

    /// Takes everything out.
    pub(super) fn clear(&mut self) -> io::Result<()> {
        self.old.clear();
        self.end = 0;
        self.file.set_len(0)?;
        self.file.rewind()
    }

    /// What an entry said that was there.
    pub(super) fn read(&mut self, key: &Key) -> io::Result<Option<Vec<u8>>> {
        let Some((at, length)) = self.old.get(key).copied() else {
            return Ok(None);
        };
        let mut says = vec![0; length];
        self.file.seek(SeekFrom::Start(at))?;
        self.file.read_exact(&mut says)?;
        self.file.seek(SeekFrom::Start(self.end))?;
        Ok(Some(says))
    }

    /// Adds an entry in one go; `hash` is that of what it says.
    pub(super) fn append(&mut self, key: &Key, says: &[u8], hash: &Key) -> io::Result<()> {
        let too_long = |_| io::Error::other("a document says too much");
        let length = u32::try_from(says.len()).map_err(too_long)?;
        self.buffer.clear();
        self.buffer.extend_from_slice(&length.to_le_bytes());
        self.buffer.extend_from_slice(key);
        self.buffer.extend_from_slice(&check(key, hash));
        self.buffer.extend_from_slice(says);
        let written = self.file.write_all(&self.buffer);
        if written.is_ok() {
            self.end += self.buffer.len() as u64;
        } else {
            // What is torn goes; if that fails too, the next start cuts it off.
            let _ = self.file.set_len(self.end);
            let _ = self.file.seek(SeekFrom::Start(self.end));
        }
        written
    }
}

/// The first bytes of a hash of a key and of the hash of what it says.
fn check(key: &Key, hash: &Key) -> [u8; CHECK] {
    let mut both = [0; 2 * KEY];
    both[..KEY].copy_from_slice(key);
    both[KEY..].copy_from_slice(hash);
    let hash = blake3::hash(&both);
    let mut check = [0; CHECK];
    check.copy_from_slice(hash.as_bytes().first_chunk().unwrap_or(&[0; CHECK]));
    check
}

/// Where each entry is, and where the last whole one ends.
fn entries(file: &mut File) -> io::Result<(Places, u64)> {
    let size = file.metadata()?.len();
    let mut from = BufReader::with_capacity(1 << 16, file);
    let (mut found, mut end) = (Places::default(), 0);
    let mut says = Vec::new();
    while end + HEAD as u64 <= size {
        let (mut length, mut key, mut expected) = ([0; 4], [0; KEY], [0; CHECK]);
        from.read_exact(&mut length)?;
        from.read_exact(&mut key)?;
        from.read_exact(&mut expected)?;
        let length = u32::from_le_bytes(length) as usize;
        let at = end + HEAD as u64;
        if at + length as u64 > size {
            break;
        }
        says.resize(length, 0);
        from.read_exact(&mut says)?;
        if check(&key, blake3::hash(&says).as_bytes()) != expected {
            break;
        }
        found.insert(key, (at, length));
        end = at + length as u64;
    }
    Ok((found, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn append(log: &mut Log, key: &Key, says: &[u8]) -> io::Result<()> {
        log.append(key, says, blake3::hash(says).as_bytes())
    }

    #[test]
    fn what_is_torn_is_cut_off_and_the_rest_stays() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("log");
        let mut log = Log::open(&path).unwrap();
        for (key, says) in [(1, &b"one"[..]), (2, b""), (3, b"three")] {
            append(&mut log, &[key; KEY], says).unwrap();
        }
        drop(log);
        let whole = std::fs::read(&path).unwrap();
        for length in (0..=whole.len()).rev() {
            std::fs::write(&path, &whole[..length]).unwrap();
            let mut log = Log::open(&path).unwrap();
            let count = [HEAD + 3, 2 * HEAD + 3, 3 * HEAD + 8]
                .iter()
                .filter(|end| **end <= length)
                .count();
            assert_eq!(log.len(), count, "{length} bytes");
            append(&mut log, &[4; KEY], b"four").unwrap();
            drop(log);
            let mut log = Log::open(&path).unwrap();
            assert_eq!(log.read(&[4; KEY]).unwrap().unwrap(), b"four");
            assert_eq!(log.len(), count + 1);
        }
    }

    #[test]
    fn what_is_spoilt_ends_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("log");
        let mut log = Log::open(&path).unwrap();
        append(&mut log, &[1; KEY], b"one").unwrap();
        append(&mut log, &[2; KEY], b"two").unwrap();
        drop(log);
        let mut bytes = std::fs::read(&path).unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        std::fs::write(&path, &bytes).unwrap();
        let mut log = Log::open(&path).unwrap();
        assert_eq!(log.read(&[1; KEY]).unwrap().unwrap(), b"one");
        assert_eq!(log.read(&[2; KEY]).unwrap(), None);
    }
}
