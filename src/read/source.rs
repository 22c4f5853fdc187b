//! A place that documents come from: a file, standard input, or a member of an archive.

use std::fs::File;
use std::io::{BufRead, BufReader, Cursor};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use super::error::ReadError;
use super::fields::Fields;
use super::limits::Limits;
use super::meter::{Meter, Metered};
use super::{Input, Options, inputs};

/// One file, standard input, or a member of an archive.
#[derive(Clone, Debug)]
pub struct Source {
    path: Option<PathBuf>,
    /// What is at hand already.
    bytes: Option<Arc<[u8]>>,
    place: String,
    id: String,
    /// What the user says it is.
    forced: Option<&'static Input>,
    /// What its name says it is.
    named: Option<&'static Input>,
    /// Its address on the web, if it was fetched from there.
    address: Option<String>,
    /// Archives around it.
    depth: u64,
    shared: Arc<Shared>,
}

/// What an input and all that is packed in it have in common.
#[derive(Debug)]
struct Shared {
    limits: Limits,
    fields: Fields,
    file_dates: bool,
    meter: Meter,
    /// Whether nobody wants more of it.
    ended: Arc<AtomicBool>,
    /// Bytes that may still be unpacked.
    left: AtomicU64,
}

impl Source {
    pub(super) fn file(path: &Path, id: String, options: &Options) -> Self {
        let name = path
            .file_name()
            .unwrap_or(path.as_os_str())
            .to_string_lossy();
        Self {
            path: Some(path.to_owned()),
            bytes: None,
            place: path.display().to_string(),
            id,
            forced: options.format,
            named: inputs::by_ending(&name),
            address: None,
            depth: 0,
            shared: Arc::new(Shared::new(options)),
        }
    }

    pub(super) fn stdin(options: &Options) -> Self {
        Self {
            named: None,
            id: String::from("stdin"),
            ..Self::nowhere("-", options)
        }
    }

    /// A file whose bytes are at hand; its name says what it is as that of any file does.
    ///
    /// ```
    /// use entente::read::{Options, Source, read};
    ///
    /// let page = &b"<html><body><p>Norway and Canada signed a memorandum.</p></body></html>"[..];
    /// let source = Source::bytes("page.html", page, &Options::default());
    /// read(&source, &mut |found| assert!(found.unwrap().text.starts_with("Norway")));
    /// ```
    pub fn bytes(name: &str, bytes: impl Into<Arc<[u8]>>, options: &Options) -> Self {
        Self {
            bytes: Some(bytes.into()),
            ..Self::nowhere(name, options)
        }
    }

    fn nowhere(name: &str, options: &Options) -> Self {
        Self {
            path: None,
            bytes: None,
            place: name.to_owned(),
            id: name.to_owned(),
            forced: options.format,
            named: inputs::by_ending(name),
            address: None,
            depth: 0,
            shared: Arc::new(Shared::new(options)),
        }
    }

    /// What names it in messages and in `Document::source`: the path as given, or `-`.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The id of its document: the file name, or the path where two files of a run have the same name.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its bytes on the disk, 0 if that is not known.
    pub fn size(&self) -> u64 {
        let file = self.path.as_ref().and_then(|path| path.metadata().ok());
        file.map_or(0, |file| file.len())
    }

    /// Its file, if it is one by itself.
    pub(super) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// How long one document of it may take.
    pub fn patience(&self) -> Duration {
        Duration::from_secs(self.limits().seconds)
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.shared.limits
    }

    pub(super) fn fields(&self) -> &Fields {
        &self.shared.fields
    }

    pub(super) fn forced(&self) -> Option<&'static Input> {
        self.forced
    }

    pub(super) fn named(&self) -> Option<&'static Input> {
        self.named
    }

    /// When the file was last written, if the user wants to take that for the day of publication.
    pub(super) fn file_date(&self) -> Option<jiff::civil::Date> {
        let path = self.path.as_deref().filter(|_| self.shared.file_dates)?;
        let modified = std::fs::metadata(path).ok()?.modified().ok()?;
        let at = jiff::Timestamp::try_from(modified).ok()?;
        Some(at.to_zoned(jiff::tz::TimeZone::UTC).date())
    }

    /// A file in this archive.
    pub(super) fn member(&self, name: &str) -> Self {
        Self {
            path: None,
            bytes: None,
            place: format!("{}/{name}", self.place),
            id: format!("{}/{name}", self.id),
            forced: self.forced,
            named: inputs::by_ending(name),
            address: None,
            depth: self.depth + 1,
            shared: Arc::clone(&self.shared),
        }
    }

    /// A page in this web archive.
    pub(super) fn page(&self, address: &str) -> Self {
        let mut page = self.member(address);
        page.id = if address.is_empty() {
            page.id
        } else {
            address.to_owned()
        };
        page.address = Some(address.to_owned()).filter(|a| !a.is_empty());
        page
    }

    /// Where its documents say they come from: its address, or its place.
    pub(super) fn origin(&self) -> &str {
        self.address.as_deref().unwrap_or(&self.place)
    }

    /// What this packed file holds; it keeps its name.
    pub(super) fn unpacked(&self) -> Self {
        let inner = self.place.rsplit_once('.').map_or("", |(name, _)| name);
        Self {
            path: None,
            bytes: None,
            named: inputs::by_ending(inner),
            depth: self.depth + 1,
            ..self.clone()
        }
    }

    /// An error if this is packed too often.
    pub(super) fn check_depth(&self) -> Result<(), ReadError> {
        let most = self.limits().depth;
        if self.depth < most {
            return Ok(());
        }
        let expected = format!("at most {most} archives inside each other");
        let hint = "unpack it first, or allow more with `--limit depth=N`";
        Err(ReadError::new(&self.place, expected, "more", hint))
    }

    /// Takes from what may still be unpacked. Says whether there was enough.
    pub(super) fn spend(&self, bytes: u64) -> bool {
        let left = &self.shared.left;
        left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
            left.checked_sub(bytes)
        })
        .is_ok()
    }

    /// A reader of its bytes that count.
    pub(super) fn metered<R>(&self, from: R) -> Metered<R> {
        Metered {
            from,
            meter: self.shared.meter.clone(),
            ended: Arc::clone(&self.shared.ended),
        }
    }

    /// Says whether somebody wants what it holds: as long as not, it seems to be at its end.
    pub fn want(&self, more: bool) {
        self.shared.ended.store(!more, Ordering::Relaxed);
    }

    pub(super) fn is_wanted(&self) -> bool {
        !self.shared.ended.load(Ordering::Relaxed)
    }

    pub(super) fn open(&self) -> std::io::Result<Box<dyn BufRead>> {
        if let Some(bytes) = &self.bytes {
            return Ok(Box::new(BufReader::new(
                self.metered(Cursor::new(Arc::clone(bytes))),
            )));
        }
        Ok(match &self.path {
            Some(path) => Box::new(BufReader::new(self.metered(File::open(path)?))),
            None => Box::new(BufReader::new(self.metered(std::io::stdin()))),
        })
    }
}

impl Shared {
    fn new(options: &Options) -> Self {
        Self {
            limits: options.limits,
            fields: options.fields.clone(),
            file_dates: options.file_dates,
            meter: options.meter.clone(),
            ended: Arc::default(),
            left: AtomicU64::new(options.limits.unpacked),
        }
    }
}
