//! What claims say, on the disk until the graph is there: memory is for the graph alone.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use entente::export::{Statements, sentences};
use entente::graph::{ClaimIx, DocumentIx, Graph, SlimOrder};

/// The words of documents in the order in which they came.
pub(super) struct Words {
    file: BufWriter<File>,
    /// Where each document's words end.
    ends: Vec<u64>,
}

impl Words {
    pub(super) fn new(path: &Path) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        let options = options.read(true).write(true).create(true).truncate(true);
        let file = BufWriter::with_capacity(1 << 17, options.open(path)?);
        let ends = Vec::new();
        Ok(Self { file, ends })
    }

    /// Keeps the words of one document more.
    pub(super) fn push(&mut self, words: &[u8]) -> io::Result<()> {
        self.file.write_all(words)?;
        let end = self.ends.last().copied().unwrap_or_default();
        self.ends.push(end + words.len() as u64);
        Ok(())
    }

    /// The sentences a graph needs.
    pub(super) fn sentences(&mut self, order: &SlimOrder) -> io::Result<Vec<(ClaimIx, String)>> {
        let mut found = Vec::with_capacity(order.best.len());
        let mut best = order.best.iter().peekable();
        self.each(order, |_, first, count, words| {
            let wanted = |ix: ClaimIx| best.next_if(|next| **next == ix).is_some();
            sentences(words, first, count, wanted, &mut found)
        })?;
        Ok(found)
    }

    /// Writes `statements.csv`.
    pub(super) fn write(
        &mut self,
        graph: &Graph,
        order: &SlimOrder,
        to: &mut dyn Write,
    ) -> io::Result<()> {
        let mut statements = Statements::new(to)?;
        self.each(order, |document, first, count, words| {
            statements.document(graph, document, first, count, words)
        })
    }

    /// Hands over the words of each document in the order of the graph, with the numbers of its claims.
    fn each(
        &mut self,
        order: &SlimOrder,
        mut take: impl FnMut(DocumentIx, usize, usize, &[u8]) -> io::Result<()>,
    ) -> io::Result<()> {
        let (mut first, mut words) = (0, Vec::new());
        let mut file = Reading::new(&mut self.file)?;
        for (document, (arrival, count)) in order.arrivals.iter().zip(&order.sizes).enumerate() {
            let end = self.ends.get(*arrival).copied().unwrap_or_default();
            let before = arrival.checked_sub(1).and_then(|at| self.ends.get(at));
            let start = before.copied().unwrap_or_default();
            file.read(start, end, &mut words)?;
            take(DocumentIx(document), first, *count, &words)?;
            first += count;
        }
        Ok(())
    }
}

/// Reads ahead as long as what is asked for stands one after the other.
struct Reading<'f> {
    file: io::BufReader<&'f mut File>,
    at: u64,
}

impl<'f> Reading<'f> {
    fn new(file: &'f mut BufWriter<File>) -> io::Result<Self> {
        file.flush()?;
        let file = file.get_mut();
        file.rewind()?;
        let file = io::BufReader::with_capacity(1 << 17, file);
        Ok(Self { file, at: 0 })
    }

    fn read(&mut self, start: u64, end: u64, to: &mut Vec<u8>) -> io::Result<()> {
        if start != self.at {
            self.file.seek(SeekFrom::Start(start))?;
        }
        to.clear();
        let length = end.saturating_sub(start);
        (&mut self.file).take(length).read_to_end(to)?;
        self.at = start + to.len() as u64;
        Ok(())
    }
}
