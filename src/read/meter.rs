//! How far reading has come, for whoever shows it, and its early end.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Counts the bytes that were read of all inputs of a run, as they lie on the disk. Clones count together.
#[derive(Clone, Debug, Default)]
pub struct Meter(Arc<AtomicU64>);

impl Meter {
    /// Bytes read so far.
    pub fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A reader whose bytes count, and that is at its end once nobody wants more of its source.
pub(super) struct Metered<R> {
    pub(super) from: R,
    pub(super) meter: Meter,
    pub(super) ended: Arc<AtomicBool>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.ended.load(Ordering::Relaxed) {
            return Ok(0);
        }
        let read = self.from.read(into)?;
        self.meter.0.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl<R: Seek> Seek for Metered<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.from.seek(to)
    }
}
