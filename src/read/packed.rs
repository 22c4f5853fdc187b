//! Packed files: gzip and Zstandard, unpacked as they are read and no further than the limits allow.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;

use super::error::ReadError;
use super::limits::Bytes;
use super::{Sink, Source};

/// Less than this may unpack to any ratio: a short text of one word repeated is no attack.
const HARMLESS: u64 = 10_000_000;
/// The widest window of a Zstandard frame that is unpacked; the format's own tools need a flag for more.
const WINDOW: usize = 128 << 20;

pub(super) fn gzip(
    source: &Source,
    from: &mut dyn BufRead,
    sink: &mut Sink<'_>,
) -> Result<(), ReadError> {
    unpack(source, from, sink, |counted| {
        Ok(Box::new(MultiGzDecoder::new(counted)))
    })
}

pub(super) fn zstandard(
    source: &Source,
    from: &mut dyn BufRead,
    sink: &mut Sink<'_>,
) -> Result<(), ReadError> {
    unpack(source, from, sink, |counted| {
        Ok(Box::new(Frames {
            decoder: None,
            from: Some(counted),
        }))
    })
}

type Decoder<'a> = Box<dyn Read + 'a>;

fn unpack<'a>(
    source: &'a Source,
    from: &'a mut dyn BufRead,
    sink: &mut Sink<'_>,
    decoder: impl FnOnce(Counted<'a>) -> io::Result<Decoder<'a>>,
) -> Result<(), ReadError> {
    source.check_depth()?;
    let packed = std::rc::Rc::default();
    let counted = Counted {
        from,
        bytes: std::rc::Rc::clone(&packed),
    };
    let decoder = decoder(counted).map_err(|error| ReadError::io(source.place(), &error))?;
    let guard = Guard {
        from: decoder,
        source,
        packed: Packed::So(packed),
        unpacked: 0,
    };
    super::read_from(&source.unpacked(), &mut BufReader::new(guard), sink)
}

/// Counts the bytes that a decoder took.
struct Counted<'a> {
    from: &'a mut dyn BufRead,
    bytes: std::rc::Rc<std::cell::Cell<u64>>,
}

impl Read for Counted<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(to)?;
        self.bytes.set(self.bytes.get() + read as u64);
        Ok(read)
    }
}

impl BufRead for Counted<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.from.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.bytes.set(self.bytes.get() + amount as u64);
        self.from.consume(amount);
    }
}

/// The frames of a Zstandard file, one after the other.
struct Frames<'a> {
    decoder: Option<StreamingDecoder<Counted<'a>, ruzstd::decoding::FrameDecoder>>,
    from: Option<Counted<'a>>,
}

impl Read for Frames<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(decoder) = self.decoder.as_mut() {
                let read = decoder.read(to)?;
                if read > 0 || to.is_empty() {
                    return Ok(read);
                }
                self.from = self.decoder.take().map(StreamingDecoder::into_inner);
            }
            let Some(mut from) = self.from.take() else {
                return Ok(0);
            };
            if from.fill_buf()?.is_empty() {
                return Ok(0);
            }
            let decoder = StreamingDecoder::new_with_max_window_size(from, WINDOW as u64);
            self.decoder =
                Some(decoder.map_err(|error| {
                    io::Error::new(io::ErrorKind::InvalidData, error.to_string())
                })?);
        }
    }
}

/// How many packed bytes stand behind what was unpacked.
pub(super) enum Packed {
    /// As many as were taken so far.
    So(std::rc::Rc<std::cell::Cell<u64>>),
    /// A known number.
    Known(u64),
}

/// Stops what unpacks to more than it may.
pub(super) struct Guard<'a, R> {
    pub(super) from: R,
    pub(super) source: &'a Source,
    pub(super) packed: Packed,
    pub(super) unpacked: u64,
}

impl<R: Read> Read for Guard<'_, R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(to)?;
        self.unpacked += read as u64;
        let packed = match &self.packed {
            Packed::So(bytes) => bytes.get(),
            Packed::Known(bytes) => *bytes,
        };
        let limits = self.source.limits();
        if self.unpacked > HARMLESS && self.unpacked / packed.max(1) >= limits.ratio {
            let expected = format!("at most {} times the packed size", limits.ratio);
            return Err(Stop::error(expected, "ratio"));
        }
        if !self.source.spend(read as u64) {
            let expected = format!("at most {} when unpacked", Bytes(limits.unpacked));
            return Err(Stop::error(expected, "unpacked"));
        }
        Ok(read)
    }
}

/// The reason why unpacking stopped, on its way through the readers of others.
#[derive(Debug, thiserror::Error)]
#[error("expected {expected}, but found more")]
pub(super) struct Stop {
    pub(super) expected: String,
    pub(super) setting: &'static str,
}

impl Stop {
    fn error(expected: String, setting: &'static str) -> io::Error {
        io::Error::other(Self { expected, setting })
    }
}
