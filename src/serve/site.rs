//! What is served: one graph with its page, and the answers that were worked out already.

use std::io::{Read as _, Write as _};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use rustc_hash::FxHashMap;

use crate::gazetteer::Gazetteer;
use crate::graph::Graph;
use crate::report;

/// Bytes of answers kept.
const KEPT: usize = 64 << 20;
/// Smaller answers are not worth packing.
const PACKED: usize = 1024;

/// A graph as it was when the store was read.
#[derive(Debug)]
pub struct Site {
    pub(super) graph: Graph,
    pub(super) gazetteer: &'static Gazetteer,
    /// Changes when any answer may.
    pub(super) tag: String,
    kept: Mutex<Kept>,
}

/// Answers by address.
#[derive(Debug, Default)]
struct Kept {
    bodies: FxHashMap<String, Arc<Body>>,
    bytes: usize,
}

/// The bytes of an answer: packed if that is worth it, so that many fit.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) media: &'static str,
    bytes: Bytes,
    packed: bool,
}

impl Body {
    pub(super) fn new(media: &'static str, plain: Vec<u8>) -> Self {
        let packed = (plain.len() >= PACKED).then(|| pack(&plain)).flatten();
        Self {
            media,
            packed: packed.is_some(),
            bytes: packed.unwrap_or_else(|| plain.into()),
        }
    }

    pub(super) fn gzip(&self) -> Option<Bytes> {
        self.packed.then(|| self.bytes.clone())
    }

    pub(super) fn plain(&self) -> Bytes {
        if !self.packed {
            return self.bytes.clone();
        }
        let mut plain = Vec::new();
        // What was packed here can be unpacked.
        let _ = GzDecoder::new(&*self.bytes).read_to_end(&mut plain);
        plain.into()
    }
}

fn pack(plain: &[u8]) -> Option<Bytes> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(plain).ok()?;
    packer.finish().ok().map(Bytes::from)
}

impl Site {
    /// A site of a graph. `version` names what the graph was made of; it may be any bytes.
    pub fn new(graph: Graph, gazetteer: &'static Gazetteer, version: &[u8]) -> Self {
        let page = report::html(&graph, gazetteer);
        let mut hash = blake3::Hasher::new();
        hash.update(version).update(page.as_bytes());
        let site = Self {
            tag: hash.finalize().to_hex().chars().take(16).collect(),
            graph,
            gazetteer,
            kept: Mutex::default(),
        };
        site.keep(
            "/",
            Body::new("text/html; charset=utf-8", page.into_bytes()),
        );
        site
    }

    /// An answer that was worked out before.
    pub(super) fn kept(&self, address: &str) -> Option<Arc<Body>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.bodies.get(address).cloned()
    }

    /// Keeps an answer. When there are too many all but the page go.
    pub(super) fn keep(&self, address: &str, body: Body) -> Arc<Body> {
        let body = Arc::new(body);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.bytes + body.bytes.len() > KEPT {
            kept.bodies.retain(|address, _| address == "/");
            kept.bytes = 0;
        }
        kept.bytes += body.bytes.len();
        kept.bodies.insert(address.to_owned(), Arc::clone(&body));
        body
    }
}
