//! What governs each name of a sentence: its preposition, the noun it belongs to, the words around it.

use super::{Item, Scene, starts_with_capital};
use crate::linker::rules::{Noun, Prep};
use crate::mention::Sense;

impl Scene<'_> {
    pub(super) fn govern(&mut self) {
        for index in 0..self.items.len() {
            let left = self.look_left(index);
            let (noun_right, trigger_right, possessive) = self.look_right(index);
            let item = &self.items[index];
            let genitive = possessive || self.is_genitive(item) && left.prep.is_none();
            let first_of_list = self.items[..index]
                .iter()
                .find(|other| other.list == item.list)
                .map(|other| (other.prep, other.outer));
            let item = &mut self.items[index];
            item.genitive = genitive;
            item.prep = left.prep;
            item.outer = left.outer;
            item.left = left.trigger;
            item.noun = noun_right.or(left.noun);
            item.right = trigger_right;
            if let (None, Some((prep, outer))) = (item.prep, first_of_list) {
                item.prep = prep;
                item.outer = outer;
            }
        }
    }

    fn is_genitive(&self, item: &Item) -> bool {
        let before = item
            .first
            .checked_sub(1)
            .filter(|&t| t >= self.sentence.first);
        let signs = &self.rules.genitive;
        let article = before.is_some_and(|t| signs.articles.iter().any(|a| a == self.page.word(t)));
        let after_noun = before
            .filter(|_| article)
            .and_then(|t| t.checked_sub(1))
            .is_some_and(|t| t >= self.sentence.first && starts_with_capital(self.page.surface(t)));
        let ending = matches!(item.sense, Sense::Name | Sense::Seat)
            && signs
                .endings
                .iter()
                .any(|end| self.page.surface(item.last).ends_with(end))
            && before.is_some_and(|t| starts_with_capital(self.page.surface(t)));
        after_noun || ending
    }

    /// Walks left from an item over its own noun phrase to the preposition that governs it.
    fn look_left(&self, index: usize) -> Left {
        let mut left = Left::default();
        let mut strangers = 0;
        let mut token = self.items[index].first;
        for _ in 0..7 {
            let gap = self.page.gaps[token];
            if token == self.sentence.first || gap.comma || gap.hard {
                break;
            }
            token -= 1;
            let used = self.used(token);
            if let Some(prep) = used.prep {
                // `of` hands the question on to the noun before it.
                if left.prep.is_none() {
                    left.prep = Some(prep);
                    if prep != Prep::Of {
                        break;
                    }
                } else {
                    left.outer = Some(prep);
                    break;
                }
                continue;
            }
            // What leads a clause (`through which Russian boats pass`) is governed from outside, not what follows it.
            if used.conjunction || used.opener {
                break;
            }
            if used.noun.is_some() {
                left.noun = left.noun.or(used.noun);
            }
            if let Some(rule) = used.trigger
                && used.noun.is_none()
            {
                left.trigger = left.trigger.or(Some(rule));
                if left.prep.is_none() {
                    break;
                }
            } else if !used.article && used.noun.is_none() {
                strangers += 1;
                if strangers > 3 {
                    break;
                }
            }
        }
        left
    }

    /// Walks right from an item over the rest of its noun phrase.
    fn look_right(&self, index: usize) -> (Option<Noun>, Option<u16>, bool) {
        let item = &self.items[index];
        let possessive = self.page.gaps.get(item.last + 1).is_some_and(|g| g.joined)
            && self.page.word(item.last + 1) == "s";
        let attribute = possessive
            || matches!(
                item.sense,
                Sense::Adjective | Sense::Combining | Sense::Demonym | Sense::Name
            );
        if !attribute {
            return (None, None, possessive);
        }
        let reach = if item.sense == Sense::Name && !possessive {
            2
        } else {
            5
        };
        let (mut noun, mut trigger) = (None, None);
        for token in item.last + 1..(item.last + 1 + reach).min(self.sentence.end) {
            let gap = self.page.gaps[token];
            let used = self.used(token);
            if gap.comma || gap.hard || used.prep.is_some() || (used.conjunction && !gap.joined) {
                break;
            }
            noun = noun.or(used.noun);
            trigger = trigger.or(used.trigger);
            if noun.is_some() {
                break;
            }
        }
        (noun, trigger, possessive)
    }
}

#[derive(Debug, Default)]
struct Left {
    prep: Option<Prep>,
    outer: Option<Prep>,
    noun: Option<Noun>,
    trigger: Option<u16>,
}
