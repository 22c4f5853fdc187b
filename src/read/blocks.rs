//! Tells the parts of a page apart: headline, body, caption, teaser, boilerplate.

use std::cell::OnceCell;

use super::bars::{is_ticker, items, pointers};
use super::glance::words;
use super::markers::Markers;
use super::notes::Notes;
use super::spots::Spots;
use super::titles::{is_kicker, is_running, is_running_text};
use super::units::{Unit, bullet, ends_sentence, trim};
use crate::document::{Block, BlockKind};
use crate::text::Span;

/// A list of teasers whose items have more words than this is running text again.
const TEASER_WORDS: usize = 30;

/// The blocks of a page: sorted, without overlap, one a unit (one an item in menus and lists of teasers).
pub(super) fn classify(
    text: &str,
    units: &[Unit],
    spots: &Spots,
    title: Option<Span>,
    markers: &Markers,
) -> Vec<Block> {
    let mut page = Page::new(text, units, spots, title, markers);
    for at in 0..units.len() {
        page.unit(at);
    }
    page.blocks
}

/// What is asked of a unit more than once.
struct Seen {
    words: usize,
    running: bool,
    outside: OnceCell<Option<BlockKind>>,
}

struct Page<'a> {
    text: &'a str,
    units: &'a [Unit],
    seen: Vec<Seen>,
    spots: &'a Spots,
    title: Option<Span>,
    markers: &'a Markers,
    notes: Notes<'a>,
    /// First and last unit of running text.
    body: Option<(usize, usize)>,
    /// Inside a list of teasers that a line opened.
    teasers: bool,
    blocks: Vec<Block>,
}

impl<'a> Page<'a> {
    fn new(
        text: &'a str,
        units: &'a [Unit],
        spots: &'a Spots,
        title: Option<Span>,
        markers: &'a Markers,
    ) -> Self {
        let seen = |unit: &Unit| {
            let unit = unit.span.of(text);
            let words = words(unit);
            Seen {
                words,
                running: is_running(unit, words),
                outside: OnceCell::new(),
            }
        };
        let mut page = Self {
            text,
            units,
            seen: units.iter().map(seen).collect(),
            spots,
            title,
            markers,
            notes: Notes::of(text),
            body: None,
            teasers: false,
            blocks: Vec::with_capacity(units.len()),
        };
        let running = |at: &usize| page.is_running(*at) && page.outside(*at).is_none();
        let first = (0..units.len()).find(running);
        let last = (0..units.len()).rev().find(running);
        page.body = first.zip(last);
        page
    }

    fn words(&self, at: usize) -> usize {
        self.seen.get(at).map_or(0, |seen| seen.words)
    }

    fn is_running(&self, at: usize) -> bool {
        self.seen.get(at).is_some_and(|seen| seen.running)
    }

    fn unit(&mut self, at: usize) {
        let Some(&Unit { span, marked, .. }) = self.units.get(at) else {
            return;
        };
        let unit = span.of(self.text);
        if let Some(kind) = marked {
            self.teasers = false;
            self.push(kind, span);
        } else if Some(span) == self.title {
            self.push(BlockKind::Headline, span);
        } else if self.title.is_some_and(|title| span.contains(title)) {
            self.around_title(span);
        } else if self.teaser_list(at, unit) {
            self.items(span);
        } else if self.opens_teasers(unit) {
            self.teasers = true;
            self.push(BlockKind::Boilerplate, span);
        } else {
            match self.outside(at) {
                Some(BlockKind::Teaser) => self.items(span),
                Some(kind) => self.push(kind, span),
                None if self.is_bar(at, unit) => self.bar(at, span),
                None => self.push(self.inside(at, unit), span),
            }
        }
    }

    fn push(&mut self, kind: BlockKind, span: Span) {
        self.blocks.push(Block { kind, span });
    }

    /// `Brief 31 | The title | July`: the title, and boilerplate on both sides.
    fn around_title(&mut self, span: Span) {
        let Some(title) = self.title else { return };
        for (kind, part) in [
            (BlockKind::Boilerplate, Span::new(span.start, title.start)),
            (BlockKind::Headline, title),
            (BlockKind::Boilerplate, Span::new(title.end, span.end)),
        ] {
            let part = trim(self.text, part);
            if !part.is_empty() {
                self.push(kind, part);
            }
        }
    }

    /// Each item a block of its own, so that two of them are never linked.
    fn items(&mut self, span: Span) {
        let unit = span.of(self.text);
        let patterns = &self.markers.patterns;
        let one = patterns.teaser_tail.is_match(unit)
            || (is_running_text(unit) && !patterns.teaser_head.is_match(unit));
        let found = if one {
            vec![span]
        } else {
            pointers(self.text, span)
        };
        for item in found {
            self.push(BlockKind::Teaser, item);
        }
    }

    /// What a unit is by its own words, if they say that it is not part of the article.
    fn outside(&self, at: usize) -> Option<BlockKind> {
        let seen = self.seen.get(at)?;
        let unit = self.units.get(at)?;
        let outside = || self.by_words(unit.span, seen.words);
        *seen.outside.get_or_init(outside)
    }

    fn by_words(&self, span: Span, words: usize) -> Option<BlockKind> {
        let unit = span.of(self.text);
        let spots = || self.spots.within(span);
        let patterns = &self.markers.patterns;
        if no_words(unit) || is_address(unit) || self.notes.is_note(unit) {
            return Some(BlockKind::Boilerplate);
        }
        if words <= 80 && patterns.caption_head.is_match(unit) {
            return Some(BlockKind::Caption);
        }
        if words <= 60 && patterns.noise_head.is_match(unit) {
            return Some(BlockKind::Boilerplate);
        }
        let teases = patterns.teaser_tail.is_match(unit) || is_ticker(unit);
        if teases || words <= 2 * TEASER_WORDS && patterns.teaser_head.is_match(unit) {
            return Some(BlockKind::Teaser);
        }
        let noisy = patterns.noise_phrase.count_at(unit, spots());
        if noisy >= 2 || (noisy == 1 && words <= 20) {
            return Some(BlockKind::Boilerplate);
        }
        if words <= 40 && patterns.caption_phrase.is_match_at(unit, spots()) {
            return Some(BlockKind::Caption);
        }
        let byline = words <= 12 && !unit.ends_with('.') && patterns.byline.is_match(unit);
        let label = || patterns.date_label.find(unit);
        let dated = || words <= 8 && label().is_some_and(|label| label.start == 0);
        (byline || is_signature(unit) || dated()).then_some(BlockKind::Boilerplate)
    }

    /// Whether a unit is nothing but the head of a list of teasers.
    fn opens_teasers(&self, unit: &str) -> bool {
        let end = self.markers.patterns.teaser_head.end(unit);
        end.is_some_and(|end| no_words(unit.get(end..).unwrap_or_default()))
    }

    /// Whether an open list of teasers goes on with this unit; closes it if not.
    fn teaser_list(&mut self, at: usize, unit: &str) -> bool {
        if !self.teasers {
            return false;
        }
        let late = self.body.is_some_and(|(first, _)| at > first);
        let short = self.words(at) <= TEASER_WORDS;
        let tail = self.markers.patterns.teaser_tail.is_match(unit);
        let noise = matches!(
            self.outside(at),
            Some(BlockKind::Boilerplate | BlockKind::Caption)
        );
        self.teasers = tail || noise || (short && (late || !self.is_running(at)));
        self.teasers && !noise && !self.opens_teasers(unit)
    }

    /// Whether a unit is a menu, a share bar or a row of pointers.
    fn is_bar(&self, at: usize, unit: &str) -> bool {
        if self.is_running(at) || unit.contains(". ") && ends_sentence(unit) {
            return false;
        }
        let parts = items(
            self.text,
            self.units.get(at).map_or_else(Span::default, |u| u.span),
        );
        if parts.len() < 2 {
            return self.markers.is_menu_word(unit);
        }
        let outside = self
            .body
            .is_none_or(|(first, last)| at < first || at > last);
        let menu = parts
            .iter()
            .filter(|item| self.markers.is_menu_word(item.of(self.text)))
            .count();
        let long = parts.iter().any(|item| words(item.of(self.text)) > 14);
        !long && (outside || menu * 2 >= parts.len())
    }

    /// Above the article a bar is a menu; below, its longer items point to other articles.
    fn bar(&mut self, at: usize, span: Span) {
        let below = self.body.is_some_and(|(first, _)| at > first);
        for item in items(self.text, span) {
            let words = words(item.of(self.text));
            let pointer =
                below && words >= 3 && super::dates::is_dateline(item.of(self.text), self.markers);
            let kind = if below && words >= 3 && !pointer {
                BlockKind::Teaser
            } else {
                BlockKind::Boilerplate
            };
            self.push(kind, item);
        }
    }

    /// What a unit of the article itself is.
    fn inside(&self, at: usize, unit: &str) -> BlockKind {
        let Some((first, last)) = self.body else {
            return BlockKind::Body;
        };
        let words = self.words(at);
        let alone = self.alone(at);
        let opens = alone || self.starts_paragraph(at);
        let closed = ends_sentence(unit) && !unit.ends_with(['?', '!']);
        let before = at.checked_sub(1).is_some_and(|at| self.is_running(at));
        let between = opens || before;
        if between && !alone && words <= 10 && !closed && self.running_next(at) {
            return BlockKind::Headline;
        }
        if self.is_running(at) || bullet(unit) && !alone || words > 25 {
            return BlockKind::Body;
        }
        if super::dates::is_dateline(unit, self.markers) && (at < first || at > last) {
            return BlockKind::Boilerplate;
        }
        if at < first {
            let title = self
                .title
                .is_none_or(|title| unit.is_empty() || title.start < self.start(at));
            return match (title, is_kicker(unit)) {
                (false, _) | (true, true) => BlockKind::Boilerplate,
                (true, false) if closed => BlockKind::Body,
                (true, false) => BlockKind::Headline,
            };
        }
        if at > last && alone && words <= 8 && !ends_sentence(unit) {
            return BlockKind::Boilerplate;
        }
        if opens && at < last && words <= 14 && !closed && !unit.ends_with([',', ';']) {
            return BlockKind::Headline;
        }
        BlockKind::Body
    }

    /// Whether running text follows that is no item of a list.
    fn running_next(&self, at: usize) -> bool {
        let next = self.units.get(at + 1).map(|next| next.span.of(self.text));
        self.is_running(at + 1) && !next.is_some_and(bullet)
    }

    fn start(&self, at: usize) -> usize {
        self.units.get(at).map_or(0, |unit| unit.span.start)
    }

    /// Whether unit `at` is a paragraph by itself.
    fn alone(&self, at: usize) -> bool {
        self.starts_paragraph(at) && (at + 1 >= self.units.len() || self.starts_paragraph(at + 1))
    }

    fn starts_paragraph(&self, at: usize) -> bool {
        let number = |at: usize| self.units.get(at).map(|unit| unit.paragraph);
        at.checked_sub(1)
            .is_none_or(|before| number(before) != number(at))
    }
}

fn no_words(unit: &str) -> bool {
    !unit.contains(char::is_alphabetic)
}

/// A line that is an address on the web or of mail.
fn is_address(unit: &str) -> bool {
    let inner = unit.trim_matches(['<', '>', '(', ')']);
    !inner.contains(' ')
        && (inner.contains("://") || inner.starts_with("www.") || inner.contains('@'))
}

/// Initials below an agency report, a copyright line, an arrow of the navigation, a note in brackets.
fn is_signature(unit: &str) -> bool {
    let initials = unit.starts_with('/') && !unit.contains(' ') && unit.len() <= 24;
    let bracketed =
        unit.starts_with('[') && unit.ends_with(']') && unit.split_whitespace().count() <= 6;
    let marks = [
        "((", "©", "(c) 1", "(c) 2", "(c) The ", "--- (c)", "« ", "‹ ", "› ",
    ];
    initials || bracketed || marks.iter().any(|mark| unit.starts_with(mark))
}
