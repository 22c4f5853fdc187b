//! What the observations of each record are called. They are named once for a record, the same in every language.

use super::Sink;
use super::codes::{noun, sense, yes};
use super::sight::{Carrier, Claim, End, Ends, Near, Places, Post, Setting, Tip};
use crate::document::BlockKind;
use crate::linker::model::{Piece, piece};
use crate::linker::route::Way;
use crate::linker::rules::{Cue, LanguageRules};
use crate::linker::term::Term;
use crate::schema::{KindIx, Schema};

/// What knows the words for numbers.
#[derive(Clone, Copy)]
pub(in crate::linker) struct Glossary<'a> {
    pub(super) rules: &'a LanguageRules,
    pub(super) schema: &'a Schema,
}

impl<'a> Glossary<'a> {
    fn term(&self, term: Term) -> Piece<'a> {
        self.rules.terms.piece(term)
    }

    fn way(&self, way: Way) -> String {
        way.name(&self.rules.terms)
    }

    fn kind(&self, kind: Option<KindIx>) -> Piece<'a> {
        let kind = kind.and_then(|k| self.schema.entities.get(usize::from(k.0)));
        kind.map_or(piece!(""), |kind| Piece::of(&kind.id))
    }
}

/// A record whose observations can be named.
pub(in crate::linker) trait Sight {
    /// Whether the rows of its observations are asked for by themselves.
    const ROWS: bool = false;

    /// Names them, always in the same order.
    fn name(&self, words: Glossary<'_>, out: &mut impl Sink);
}

impl Sight for Setting {
    fn name(&self, words: Glossary<'_>, out: &mut impl Sink) {
        let block = match self.block {
            BlockKind::Headline => piece!("headline"),
            BlockKind::Body => piece!("body"),
            BlockKind::Caption => piece!("caption"),
            BlockKind::Teaser => piece!("teaser"),
            BlockKind::Boilerplate => piece!("boilerplate"),
        };
        out.add(&[piece!("bias")]);
        out.add(&[piece!("block"), block]);
        out.add(&[piece!("crowd"), self.crowd.piece()]);
        out.add(&[piece!("domain"), Piece::of(self.defence)]);
        out.add(&[piece!("civil"), Piece::of(self.civil)]);
        out.add(&[piece!("balance"), Piece::of(self.balance)]);
        for class in &self.classes {
            out.add(&[piece!("also"), words.term(*class)]);
        }
        for theme in &self.themes {
            out.add(&[piece!("theme"), Piece::of(theme)]);
            if let Some((kind, _)) = theme.split_once(' ') {
                out.add(&[piece!("theme"), Piece::of(kind)]);
            }
        }
    }
}

impl Sight for Carrier {
    fn name(&self, words: Glossary<'_>, out: &mut impl Sink) {
        out.add(&[piece!("class"), words.term(self.class)]);
        for (_, cue) in Cue::ALL {
            if let Some(place) = self.cues.place(*cue) {
                out.add(&[piece!("cue"), cue.piece(), place]);
            }
        }
        let Some(own) = self.words else { return };
        let pattern = Piece::of(words.rules.patterns.name(own.pattern));
        let language = Piece::of(&words.rules.language);
        out.add(&[piece!("word"), language, pattern]);
        if own.carried {
            out.add(&[piece!("trigger"), piece!("before")]);
        }
        out.add(&[piece!("lead"), yes(own.lead)]);
        out.add(&[piece!("prevalence"), own.prevalence.piece()]);
        out.add(&[piece!("sentences"), own.sentences.piece()]);
    }
}

impl Sight for Tip {
    fn name(&self, words: Glossary<'_>, out: &mut impl Sink) {
        let (name, gov, nouns) = match self.end {
            End::A => (piece!("a"), piece!("gov.a"), piece!("noun.a")),
            End::B => (piece!("b"), piece!("gov.b"), piece!("noun.b")),
        };
        let class = words.term(self.class);
        out.add(&[gov, class, self.governor.piece()]);
        out.add(&[nouns, class, sense(self.sense), noun(self.noun)]);
        let Some(Near { far, clauses, way }) = self.near else {
            return;
        };
        out.add(&[piece!("far"), name, far.piece()]);
        out.add(&[piece!("clause"), name, clauses.piece()]);
        if let Some((before, way)) = way {
            let side = if before {
                piece!("before")
            } else {
                piece!("after")
            };
            let way = words.way(way);
            let way = Piece::of(&way);
            out.add(&[piece!("way.trigger"), name, side, class, way]);
            out.add(&[piece!("way.any"), name, side, way]);
        }
    }
}

impl Sight for Ends {
    fn name(&self, words: Glossary<'_>, out: &mut impl Sink) {
        let [x, y] = &self.stances;
        let [governors, senses, nouns] = [
            [x.governor.piece(), y.governor.piece()],
            [sense(x.sense), sense(y.sense)],
            [noun(x.noun), noun(y.noun)],
        ];
        let [kinds, named] = [self.kinds, self.named].map(|k| k.map(|kind| words.kind(kind)));
        let [left, right] =
            [[x.left, y.left], [x.right, y.right]].map(|c| c.map(|c| words.term(c)));
        out.add(&[piece!("kinds"), kinds[0], kinds[1]]);
        out.add(&[piece!("named"), named[0], named[1]]);
        out.add(&[piece!("gov"), governors[0], governors[1]]);
        out.add(&[piece!("sense"), senses[0], senses[1]]);
        out.add(&[piece!("noun"), nouns[0], nouns[1]]);
        out.add(&[piece!("left"), left[0], left[1]]);
        out.add(&[piece!("right.a"), right[0]]);
        out.add(&[piece!("right.b"), right[1]]);
        out.add(&[piece!("left.b"), left[1]]);
        out.add(&[piece!("carried"), x.carried.piece(), y.carried.piece()]);
        out.add(&[piece!("together"), self.together.piece()]);
        for fact in self.facts.names() {
            out.add(&[piece!("known"), fact]);
        }
        if let Some(places) = &self.places {
            places.name(words, governors, out);
        }
    }
}

impl Places {
    fn name(&self, words: Glossary<'_>, governors: [Piece<'_>; 2], out: &mut impl Sink) {
        let order = if self.turned {
            piece!("ba")
        } else {
            piece!("ab")
        };
        let way = words.way(self.way);
        let list = list(self.listed);
        out.add(&[piece!("order"), order]);
        out.add(&[piece!("list"), list]);
        out.add(&[piece!("list.gov"), list, governors[0], governors[1]]);
        out.add(&[piece!("span"), self.span.piece()]);
        out.add(&[piece!("clauses"), self.clauses.piece()]);
        out.add(&[piece!("way"), order, Piece::of(&way)]);
        out.add(&[piece!("between"), self.between.piece()]);
        out.add(&[piece!("compare"), yes(self.compare)]);
        out.add(&[piece!("denied"), yes(self.denied)]);
        out.add(&[piece!("enmity"), yes(self.enmity)]);
    }
}

fn list(listed: bool) -> Piece<'static> {
    if listed {
        piece!("list")
    } else {
        piece!("apart")
    }
}

impl Sight for Post {
    const ROWS: bool = true;

    fn name(&self, words: Glossary<'_>, out: &mut impl Sink) {
        let class = words.term(self.class);
        let place = match self.place {
            0 => piece!("before"),
            1 => piece!("between"),
            _ => piece!("after"),
        };
        let clauses = match self.clauses {
            0 => piece!("none"),
            1 => piece!("a"),
            2 => piece!("b"),
            _ => piece!("both"),
        };
        out.add(&[piece!("at"), class, place, clauses]);
        out.add(&[piece!("in"), class, clauses]);
    }
}

impl Sight for Claim {
    fn name(&self, words: Glossary<'_>, out: &mut impl Sink) {
        let class = words.term(self.class);
        let [gx, gy] = self.governors.map(super::Governor::piece);
        let [cx, cy] = self.carried.map(super::Carried::piece);
        let [sx, sy] = self.sides.map(super::codes::Side::piece);
        out.add(&[piece!("gov.class"), class, gx, gy]);
        out.add(&[piece!("carried.class"), class, cx, cy]);
        for fact in self.facts.names() {
            out.add(&[piece!("known.class"), fact, class]);
        }
        out.add(&[piece!("side"), sx, sy]);
        out.add(&[piece!("side.class"), class, sx, sy]);
        out.add(&[piece!("side.gov"), class, sx, gx, sy, gy]);
        if let Some((listed, clauses, way)) = self.places {
            out.add(&[piece!("list.class"), class, list(listed)]);
            out.add(&[piece!("clauses.class"), class, clauses.piece()]);
            out.add(&[piece!("way.class"), class, Piece::of(&words.way(way))]);
        }
        if let Some((support, prevalence, [x, y])) = self.support {
            out.add(&[piece!("support"), support.piece()]);
            let prevalence = prevalence.piece();
            out.add(&[piece!("support.prevalence"), support.piece(), prevalence]);
            out.add(&[piece!("size"), x.piece(), y.piece()]);
        }
    }
}
