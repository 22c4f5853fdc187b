//! Texts that are copies of each other, directly or over others, in time linear in their number.

use super::Sketch;

/// A text is a copy if the longer of two has this share of the shorter one's hashes, in percent ...
const CONTAINED: usize = 50;
/// ... and these are at least this share of the longer one's: a survey that repeats six reports in full is
/// no copy of any of them, and does not make them copies of each other.
const COVERED: usize = 20;
/// Fewer shared hashes than these prove nothing: they are one sentence that both quote.
const FEWEST: usize = 4;
/// Of the texts that have a hash in common, each is held against so many before it. They stand in the
/// order of their least hash, so that copies stand side by side even where the hash is that of a
/// phrase that everybody uses.
const NEIGHBOURS: usize = 4;
/// Where more have it in common, it is such a phrase, and each is held against the one before it only.
const PHRASE: usize = 24;
/// Hashes are gone through in so many passes: memory is needed for one of them.
const PASSES: u32 = 8;
/// One hash in so many is gone through: a copy shares many.
const SKIP: u32 = 2;

impl Sketch {
    /// For each sketch the number of the first one of its group, its own if it is the first or alone;
    /// those `known` to be copies are in one group.
    ///
    /// The result follows from the list alone. Whoever gives texts in the order of their ids gets for a
    /// set of texts always the same groups.
    pub fn groups(sketches: &[&Self], known: &[(usize, usize)]) -> Vec<usize> {
        let mut union = Union::new(sketches.len());
        let sketches: Vec<Marked> = sketches.iter().map(|sketch| Marked::new(sketch)).collect();
        for (x, y) in known {
            union.join(*x, *y);
        }
        for pass in 0..PASSES {
            let mut places = places(&sketches, pass);
            places.sort_unstable();
            for shared in places.chunk_by(|x, y| x.hash == y.hash) {
                join(shared, &sketches, &mut union);
            }
        }
        (0..sketches.len()).map(|at| union.first(at)).collect()
    }
}

/// A sketch with a bit for each of its hashes: two that have few bits in common have few hashes in common.
struct Marked<'s> {
    hashes: &'s [u32],
    bits: [u64; WORDS],
    /// How many hashes share their bit with another one.
    doubled: usize,
}

/// Words of 64 bits.
const WORDS: usize = 8;

impl<'s> Marked<'s> {
    fn new(sketch: &'s Sketch) -> Self {
        let hashes = sketch.hashes();
        let mut bits = [0u64; WORDS];
        for hash in hashes {
            // The least hashes were chosen, so that their upper bits are alike.
            let at = *hash as usize % (64 * WORDS);
            bits[at / 64] |= 1 << (at % 64);
        }
        let marked: u32 = bits.iter().map(|word| word.count_ones()).sum();
        Self {
            hashes,
            bits,
            doubled: hashes.len() - marked as usize,
        }
    }

    /// Whether they have so many bits in common that one may be mostly in the other.
    fn may_be_copy(&self, other: &Self) -> bool {
        let shared: u32 = self
            .bits
            .iter()
            .zip(&other.bits)
            .map(|(x, y)| (x & y).count_ones())
            .sum();
        let short = if self.hashes.len() <= other.hashes.len() {
            self
        } else {
            other
        };
        let most = shared as usize + short.doubled;
        most >= FEWEST && most * 100 >= short.hashes.len() * CONTAINED
    }
}

/// That a text has a hash.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    hash: u32,
    /// The least hash of the text.
    least: u32,
    text: u32,
}

impl Place {
    fn text(self) -> usize {
        self.text as usize
    }
}

/// Where the hashes of one pass are.
fn places(sketches: &[Marked], pass: u32) -> Vec<Place> {
    let mut places = Vec::new();
    for (text, sketch) in sketches.iter().enumerate() {
        let text = u32::try_from(text).unwrap_or(u32::MAX);
        let least = sketch.hashes.first().copied().unwrap_or_default();
        let wanted = |hash: &&u32| *hash % (PASSES * SKIP) == pass;
        let place = |hash: &u32| Place {
            hash: *hash,
            least,
            text,
        };
        places.extend(sketch.hashes.iter().filter(wanted).map(place));
    }
    places
}

/// Joins those copies among the texts with one hash that stand near each other.
fn join(shared: &[Place], sketches: &[Marked], union: &mut Union) {
    let reach = if shared.len() > PHRASE { 1 } else { NEIGHBOURS };
    for (at, one) in shared.iter().enumerate() {
        let before = &shared[at.saturating_sub(reach)..at];
        for other in before.iter().rev() {
            let (one, other) = (one.text(), other.text());
            let may_be = sketches[one].may_be_copy(&sketches[other]);
            if may_be
                && union.first(one) != union.first(other)
                && are_copies(sketches[one].hashes, sketches[other].hashes)
            {
                union.join(one, other);
            }
        }
    }
}

/// Whether one text is mostly in the other.
fn are_copies(x: &[u32], y: &[u32]) -> bool {
    let (short, long) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    if short.len() < FEWEST || short.len() * 100 < long.len() * COVERED {
        return false;
    }
    let shared = shared(short, long);
    shared >= FEWEST
        && shared * 100 >= short.len() * CONTAINED
        && shared * 100 >= long.len() * COVERED
}

/// How many hashes two sorted lists have in common.
fn shared(x: &[u32], y: &[u32]) -> usize {
    let mut shared = 0;
    let mut rest = y;
    for hash in x {
        let smaller = rest.iter().take_while(|other| *other < hash).count();
        rest = &rest[smaller..];
        shared += usize::from(rest.first() == Some(hash));
    }
    shared
}

/// Which texts belong together; the first of a group stands for it.
struct Union(Vec<usize>);

impl Union {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn first(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, x: usize, y: usize) {
        let (x, y) = (self.first(x), self.first(y));
        self.0[x.max(y)] = x.min(y);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sketch(hashes: &std::collections::BTreeSet<u32>) -> Sketch {
        let bytes: Vec<u8> = hashes.iter().flat_map(|hash| hash.to_le_bytes()).collect();
        Sketch::from_bytes(&bytes).unwrap()
    }

    proptest! {
        #[test]
        fn bits_never_hide_a_copy(
            both in prop::collection::btree_set(any::<u32>(), 0..300),
            one in prop::collection::btree_set(any::<u32>(), 0..300),
            other in prop::collection::btree_set(any::<u32>(), 0..60),
        ) {
            let x = sketch(&both.union(&one).copied().collect());
            let y = sketch(&both.union(&other).copied().collect());
            let (x, y) = (Marked::new(&x), Marked::new(&y));
            if are_copies(x.hashes, y.hashes) {
                prop_assert!(x.may_be_copy(&y) && y.may_be_copy(&x));
            }
        }
    }
}
