//! What holds for any input at all. The tests ask it of made inputs, the programs in `fuzz/` of whatever they find.

use std::collections::BTreeSet;
use std::io::{self, BufRead, Read};
use std::path::Path;
use std::sync::OnceLock;

use entente::copies::Sketch;
use entente::document::Document;
use entente::gazetteer::Gazetteer;
use entente::mention::EntityId;
use entente::pipeline::Pipeline;
use entente::read::{INPUTS, Input, Looks, Options, Source, read};
use entente::statement::{DocumentInfo, EntityRecord, Extraction};
use entente::store::Store;

/// Hands out a few bytes at a time.
struct Crumbs<'b> {
    rest: &'b [u8],
    size: usize,
}

impl Read for Crumbs<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Crumbs<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        Ok(&self.rest[..self.size.min(self.rest.len())])
    }

    fn consume(&mut self, read: usize) {
        self.rest = &self.rest[read..];
    }
}

/// Small limits, so that whatever is beyond them is met.
fn options(format: Option<&str>) -> Options {
    let mut options = format.map_or_else(Options::default, |id| Options::with_format(id).unwrap());
    for limit in [
        "file=1M",
        "line=100k",
        "unpacked=4M",
        "members=50",
        "nesting=200",
        "seconds=20",
    ] {
        options.limits.set(limit).unwrap();
    }
    options
}

/// What was found, as words that can be compared.
type Found = Vec<Result<Document, String>>;

fn shown(found: &[Result<Document, String>]) -> String {
    format!("{found:?}")
}

fn found(run: impl FnOnce(&mut dyn FnMut(Result<Document, entente::read::ReadError>))) -> Found {
    let mut all = Vec::new();
    run(&mut |one| all.push(one.map_err(|error| format!("{}: {error}", error.place))));
    all
}

/// Reads bytes as a format, or as what they look like; gives the documents.
pub(crate) fn reading(format: Option<&'static Input>, bytes: &[u8]) -> Vec<Document> {
    let options = options(format.map(|input| input.id));
    let name = format.map_or("a", |input| input.id);
    let source = || Source::bytes(name, bytes, &options);
    let whole = found(|sink| read(&source(), sink));
    assert_eq!(
        shown(&whole),
        shown(&found(|sink| read(&source(), sink))),
        "read twice"
    );
    if let Some(input) = format.filter(|_| !is_packed(bytes)) {
        let size = 1 + bytes.len() % 7;
        let mut crumbs = Crumbs { rest: bytes, size };
        let pieces = found(|sink| {
            let source = source();
            if let Err(error) = (input.read)(&source, &mut crumbs, sink) {
                sink(Err(error));
            }
        });
        assert_eq!(
            shown(&whole),
            shown(&pieces),
            "{name} in pieces of {size} bytes"
        );
    }
    let documents: Vec<Document> = whole.into_iter().filter_map(Result::ok).collect();
    documents.iter().for_each(whole_blocks);
    documents
}

/// Whether it is unpacked first, whatever it is said to be.
fn is_packed(bytes: &[u8]) -> bool {
    let head = bytes.get(..8_192).unwrap_or(bytes);
    let sure = INPUTS.iter().find(|i| (i.sniff)(head) == Looks::Sure);
    sure.is_some_and(|input| input.container)
}

/// The blocks of a document are in order, and no words are outside of them.
fn whole_blocks(document: &Document) {
    let mut end = 0;
    for block in &document.blocks {
        assert!(
            block.span.start <= block.span.end && block.span.start >= end,
            "{:?}",
            document.blocks
        );
        let between = document.text.get(end..block.span.start);
        assert!(
            between.is_some_and(|text| !text.contains(char::is_alphanumeric)),
            "{between:?} is in no block"
        );
        end = block.span.end;
    }
    let rest = document.text.get(end..);
    assert!(
        rest.is_some_and(|text| !text.contains(char::is_alphanumeric)),
        "{rest:?} is in no block"
    );
    assert!(
        !document.text.contains('\r'),
        "a line end that is none of ours"
    );
}

/// The steps over the built-in vocabulary.
pub(crate) fn pipeline() -> &'static Pipeline<'static> {
    static PIPELINE: OnceLock<Pipeline<'static>> = OnceLock::new();
    PIPELINE.get_or_init(|| Pipeline::new(Gazetteer::builtin().unwrap()).unwrap())
}

/// Tags and links a document.
pub(crate) fn extracting(document: &Document) -> Extraction {
    let extraction = pipeline().extract(document);
    assert_eq!(pipeline().extract(document), extraction, "extracted twice");
    let json = serde_json::to_string(&extraction).unwrap();
    assert_eq!(
        serde_json::from_str::<Extraction>(&json).unwrap(),
        extraction
    );
    let ids: BTreeSet<&EntityId> = extraction.entities.iter().map(|e| &e.id).collect();
    assert_eq!(ids.len(), extraction.entities.len(), "an entity twice");
    for statement in &extraction.statements {
        assert!(
            statement.named().all(|id| ids.contains(id)),
            "{statement:?}"
        );
        assert!((0.0..=1.0).contains(&statement.confidence), "{statement:?}");
    }
    spans(document, &extraction);
    // Telling why is another way through the same sentences.
    let _ = pipeline().explain(document);
    extraction
}

/// Every place is one of the text, and has the words that are given for it.
fn spans(document: &Document, extraction: &Extraction) {
    let starts: Vec<usize> = document.text.char_indices().map(|(at, _)| at).collect();
    let byte = |char: usize| starts.get(char).copied().unwrap_or(document.text.len());
    let same = |text: &str, start: usize, end: usize| {
        let there = document.text.get(byte(start)..byte(end));
        assert!(start <= end && end <= starts.len(), "{start}..{end}");
        assert_eq!(there, Some(text), "{start}..{end}");
    };
    for mention in extraction.entities.iter().flat_map(|e| &e.mentions) {
        assert!(!mention.text.is_empty());
        same(&mention.text, mention.span.start, mention.span.end);
    }
    for evidence in extraction.statements.iter().map(|s| &s.evidence) {
        same(&evidence.sentence, evidence.start, evidence.end);
        let trigger = evidence.trigger.iter().map(|t| (&t.text, t.span));
        let parties = evidence.parties.iter().map(|p| (&p.text, p.span));
        for (text, span) in trigger.chain(parties) {
            same(text, span.start, span.end);
        }
    }
}

/// Documents that come, change and go as the bytes say, three bytes each: the store is as if it was made
/// of what is left.
pub(crate) fn storing(folder: &Path, bytes: &[u8]) {
    let [grown, copy, fresh] = ["grown", "copy", "fresh"].map(|name| folder.join(name));
    let _ = std::fs::remove_file(&grown);
    let mut store = Store::open_or_create(&grown).unwrap();
    for step in bytes.chunks_exact(3).take(40) {
        let some = extraction(step[1], step[2]);
        match step[0] % 5 {
            0 => assert!(store.remove(&some.document.id).unwrap() || !holds(&store, &some)),
            1 => store.find_copies().unwrap(),
            _ => drop(store.add(&[some]).unwrap()),
        }
    }
    let left: Vec<Extraction> = store.extractions().unwrap().map(Result::unwrap).collect();
    assert!(left.is_sorted_by(|x, y| x.document.id < y.document.id));
    store.copy_to(&copy).unwrap();
    drop(store);
    let mut made = Store::create(&fresh).unwrap();
    made.add(&left).unwrap();
    made.finish().unwrap();
    assert!(
        std::fs::read(copy).unwrap() == std::fs::read(fresh).unwrap(),
        "{left:?}"
    );
}

fn holds(store: &Store, extraction: &Extraction) -> bool {
    store.extraction(&extraction.document.id).unwrap().is_some()
}

/// One of a few documents, in one of a few readings.
fn extraction(id: u8, variant: u8) -> Extraction {
    let words = |of: u8| {
        format!("{of} boats {of} for the {of} navy {of} of the {of} north and {of} more {of} of it")
    };
    let text = [
        words(variant % 4),
        words(variant % 3 + 10),
        words(variant % 5 + 20),
    ];
    let entity = |name: &str| EntityRecord {
        id: EntityId::new(&format!("country:{name}")),
        kind: "country".to_owned(),
        name: format!("{name} {variant}"),
        known: true,
        mentions: Vec::new(),
    };
    Extraction {
        document: DocumentInfo {
            id: format!("document {}", id % 6),
            source: format!("paper {}", id % 3),
            hash: format!("{}", variant % 16),
            sketch: Sketch::of(text.iter().map(String::as_str)),
            ..DocumentInfo::default()
        },
        entities: vec![
            entity("DEU"),
            entity(["NOR", "CAN"][usize::from(variant % 2)]),
        ],
        statements: Vec::new(),
    }
}

/// A store of which the bytes change some others, five bytes each: it is an error or it can be read.
pub(crate) fn opening(folder: &Path, bytes: &[u8]) {
    static WHOLE: OnceLock<Vec<u8>> = OnceLock::new();
    let path = folder.join("spoilt");
    let whole = WHOLE.get_or_init(|| {
        let mut store = Store::create(&path).unwrap();
        let texts = [
            "Norway and Canada signed a memorandum on submarines in Oslo.",
            "Deutschland liefert der Ukraine Flugabwehr.",
        ];
        for (at, text) in texts.iter().enumerate() {
            let document = entente::read::from_text(&format!("{at}.txt"), text);
            store.add(&[pipeline().extract(&document)]).unwrap();
        }
        store.finish().unwrap();
        std::fs::read(&path).unwrap()
    });
    let mut spoilt = whole.clone();
    for change in bytes.chunks_exact(5) {
        let at = u32::from_le_bytes([change[0], change[1], change[2], change[3]]) as usize;
        let length = spoilt.len();
        spoilt[at % length] = change[4];
    }
    std::fs::write(&path, spoilt).unwrap();
    let read = || -> Result<usize, entente::store::StoreError> {
        let store = Store::open(&path)?;
        let entities = store.entities()?;
        for known in entities.iter().take(4) {
            store.about(std::slice::from_ref(&known.id))?;
        }
        let all: Result<Vec<Extraction>, _> = store.extractions()?.collect();
        Ok(all?.len())
    };
    // Both are well; a panic is not.
    let _ = read();
    let add = || -> Result<(), entente::store::StoreError> {
        let mut store = Store::open_or_create(&path)?;
        store.add(&[extraction(1, 1)])?;
        store.find_copies()
    };
    let _ = add();
}

/// The input format for a byte.
pub(crate) fn format_of(byte: u8) -> Option<&'static Input> {
    INPUTS.get(usize::from(byte) % (INPUTS.len() + 1))
}
