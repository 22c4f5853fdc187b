//! Which sentences name an entity, or one that acts for it.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::page::Sentence;
use crate::mention::Tagged;

/// The sentences of every entity of a document.
#[derive(Debug, Default)]
pub(super) struct Appearances {
    /// Entity and sentence, in order.
    all: Vec<(u32, u32)>,
    /// Where the sentences of an entity begin; one more than there are entities.
    starts: Vec<usize>,
    /// For pairs that are named often, the sentences that name both: a long text asks for the same pairs in each of its
    /// sentences.
    shared: RefCell<Shared>,
}

type Shared = FxHashMap<(usize, usize), Box<[u32]>>;

impl Appearances {
    pub(super) fn new(tagged: &Tagged, sentences: &[Sentence]) -> Self {
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let mut all = Vec::with_capacity(2 * tagged.mentions.len());
        for (at, sentence) in sentences.iter().enumerate() {
            let (start, end) = (sentence.span.start, sentence.span.end);
            let from = tagged.mentions.partition_point(|m| m.span.start < start);
            let mentions = tagged.mentions[from..].iter();
            for mention in mentions.take_while(|m| m.span.start < end) {
                let mut entity = Some(mention.entity);
                for _ in 0..3 {
                    let Some(one) = entity else { break };
                    all.push((number(one), number(at)));
                    entity = tagged.entities.get(one).and_then(|e| e.acts_for);
                }
            }
        }
        all.sort_unstable();
        all.dedup();
        let mut starts = Vec::with_capacity(tagged.entities.len() + 1);
        let mut at = 0;
        for entity in 0..=tagged.entities.len() {
            while all.get(at).is_some_and(|(e, _)| (*e as usize) < entity) {
                at += 1;
            }
            starts.push(at);
        }
        Self {
            all,
            starts,
            shared: RefCell::default(),
        }
    }

    fn of(&self, entity: usize) -> &[(u32, u32)] {
        let bound = |at: usize| self.starts.get(at).copied();
        let range = bound(entity).zip(bound(entity + 1));
        range
            .and_then(|(from, to)| self.all.get(from..to))
            .unwrap_or_default()
    }

    /// How many of the sentences that name both fit.
    pub(super) fn count(&self, a: usize, b: usize, fits: impl Fn(u32) -> bool) -> usize {
        let (near, far) = (self.of(a), self.of(b));
        if near.len().min(far.len()) < OFTEN {
            return both(near, far).filter(|at| fits(*at)).count();
        }
        let mut known = self.shared.borrow_mut();
        let shared = known
            .entry((a.min(b), a.max(b)))
            .or_insert_with(|| both(near, far).collect());
        shared.iter().filter(|at| fits(**at)).count()
    }
}

/// Who is named in so many sentences is named often.
const OFTEN: usize = 64;

/// The sentences of two lists in order.
fn both(near: &[(u32, u32)], far: &[(u32, u32)]) -> impl Iterator<Item = u32> {
    let mut far = far.iter().map(|(_, at)| *at).peekable();
    near.iter().map(|(_, at)| *at).filter(move |at| {
        while far.next_if(|other| other < at).is_some() {}
        far.peek() == Some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::both;

    #[test]
    fn both_finds_what_two_lists_share() {
        for (near, far, shared) in [
            (&[][..], &[1, 2][..], &[][..]),
            (&[1, 3, 5], &[3, 4, 5], &[3, 5]),
            (&[9], &[1, 9, 10], &[9]),
        ] {
            let list = |all: &[u32]| all.iter().map(|at| (0, *at)).collect::<Vec<_>>();
            let found: Vec<u32> = both(&list(near), &list(far)).collect();
            assert_eq!(found, shared);
        }
    }
}
