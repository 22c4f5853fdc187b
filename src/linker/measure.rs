//! What a document as a whole shows for and against a pair and a kind of tie: named numbers.
//!
//! Every function gives the same names in the same order, whatever the document holds, so that weights are
//! looked up once, when the linker is made.

use super::cast::Entities;
use super::dossier::{Dossier, Stand, TieFile};
use super::model::FLAGS;
use super::reading::{Key, Pair, pair};
use crate::schema::{EntityKind, Group, Schema};

/// Takes named numbers.
pub(super) trait Gauge {
    /// `part` tells apart what one name measures of several things; empty if there is but one.
    fn add(&mut self, name: &str, part: &str, value: f32);
}

/// The names alone.
#[derive(Debug, Default)]
pub(super) struct NamesOnly(pub(super) Vec<String>);

impl Gauge for NamesOnly {
    fn add(&mut self, name: &str, part: &str, _: f32) {
        self.0.push(if part.is_empty() {
            name.to_owned()
        } else {
            format!("{name}|{part}")
        });
    }
}

/// The numbers alone.
#[derive(Debug, Default)]
pub(super) struct Values(pub(super) Vec<f32>);

impl Gauge for Values {
    fn add(&mut self, _: &str, _: &str, value: f32) {
        self.0.push(value);
    }
}

/// The sum of the numbers, each times its weight.
#[derive(Debug)]
pub(super) struct Weighed<'w> {
    weights: std::slice::Iter<'w, f32>,
    pub(super) sum: f32,
}

impl<'w> Weighed<'w> {
    pub(super) fn new(weights: &'w [f32]) -> Self {
        Self {
            weights: weights.iter(),
            sum: 0.0,
        }
    }
}

impl Gauge for Weighed<'_> {
    fn add(&mut self, _: &str, _: &str, value: f32) {
        self.sum += value * self.weights.next().copied().unwrap_or_default();
    }
}

/// A document and what measuring it takes.
pub(super) struct Measure<'x> {
    pub(super) schema: &'x Schema,
    pub(super) entities: &'x Entities<'x>,
    pub(super) dossier: &'x Dossier,
}

/// Log odds of a probability, bounded.
fn odds(p: f32) -> f32 {
    let p = p.clamp(1e-3, 1.0 - 1e-3);
    (p / (1.0 - p)).ln()
}

/// Log odds of what no sentence says at all.
const NEVER: f32 = -7.0;
/// Logarithm of the distance in bytes of names that never stand together.
const FAR: f32 = 9.0;

fn yes(holds: bool) -> f32 {
    if holds { 1.0 } else { 0.0 }
}

fn number(n: usize) -> f32 {
    f32::from(u16::try_from(n).unwrap_or(u16::MAX))
}

/// Largest, sum and mean.
#[derive(Debug, Clone, Copy, Default)]
struct Spread {
    most: f32,
    sum: f32,
    count: usize,
}

impl Spread {
    fn of(values: impl Iterator<Item = f32>) -> Self {
        let mut all = Self::default();
        for value in values {
            all.most = all.most.max(value);
            all.sum += value;
            all.count += 1;
        }
        all
    }

    fn mean(self) -> f32 {
        self.sum / number(self.count.max(1))
    }
}

type Strengths = std::collections::BTreeMap<Pair, f32>;

fn at(strengths: &Strengths, a: usize, b: usize) -> f32 {
    strengths.get(&pair(a, b)).copied().unwrap_or_default()
}

impl Measure<'_> {
    /// Whether two actors are joined at all.
    pub(super) fn pair(&self, (a, b): Pair, out: &mut dyn Gauge) {
        let file = self.dossier.pairs.get(&(a, b));
        let each = file.map_or(&[][..], |f| f.each.as_slice());
        let joined = at(&self.dossier.joined, a, b);
        let best = each.iter().copied().fold(0.0, f32::max);
        let none = yes(each.is_empty());
        let shown = |p: f32| if each.is_empty() { NEVER } else { odds(p) };
        out.add("any sentence", "", shown(joined));
        out.add("best sentence", "", shown(best));
        out.add("no sentence", "", none);
        out.add("sentences", "", number(each.len().min(6)));
        let likely = each.iter().filter(|p| **p > 0.3).count();
        out.add("likely sentences", "", number(likely));
        for (index, flag) in FLAGS.iter().enumerate() {
            out.add("best", flag, yes(file.is_some_and(|f| f.flags.has(index))));
        }
        self.partners(a, b, none, out);
        self.things(a, b, none, out);
        self.enmity(a, b, out);
        self.fame(a, b, none, out);
        self.page(joined, none, out);
    }

    /// Who is joined with both.
    fn partners(&self, a: usize, b: usize, none: f32, out: &mut dyn Gauge) {
        let d = self.dossier;
        let over = |s: &Strengths| Spread::of(d.common(a, b).map(|c| at(s, a, c).min(at(s, b, c))));
        for (name, strengths) in [
            ("partners", &d.joined),
            ("mutual partners", &d.mutual),
            ("flow partners", &d.flow),
        ] {
            let spread = over(strengths);
            let sum = spread.sum.min(6.0);
            out.add(name, "most", spread.most);
            out.add(name, "sum", sum);
            out.add(name, "mean", spread.mean());
            out.add(name, "most, no sentence", none * spread.most);
            out.add(name, "sum, no sentence", none * sum);
        }
        let one_kind = self.mutual_kinds().map(|k| over(&d.strength[k]).most);
        let one_kind = one_kind.fold(0.0, f32::max);
        out.add("partners of one kind", "", one_kind);
        out.add("partners of one kind", "no sentence", none * one_kind);
        for (name, strengths) in [("ties", &d.joined), ("mutual ties", &d.mutual)] {
            let most = |e: usize, other: usize| {
                let others = d.partners(e).filter(|c| *c != other);
                Spread::of(others.map(|c| at(strengths, e, c))).most
            };
            out.add(name, "of both", most(a, b) * most(b, a));
        }
    }

    fn mutual_kinds(&self) -> impl Iterator<Item = usize> {
        let kinds = self.schema.statements.iter().enumerate();
        kinds
            .filter(|(_, k)| k.symmetric && k.group == Group::Cooperative)
            .map(|(index, _)| index)
    }

    /// What both take part in.
    fn things(&self, a: usize, b: usize, none: f32, out: &mut dyn Gauge) {
        let shared = &self.dossier.shared;
        let of = |e: usize| shared.get(&e).into_iter().flatten();
        let both = |kind: Option<&EntityKind>| {
            let mut most = 0.0_f32;
            for (thing, p) in of(a) {
                if kind.is_none_or(|k| self.entities.kind(*thing) == k.id)
                    && let Some(q) = shared.get(&b).and_then(|s| s.get(thing))
                {
                    most = most.max(p.min(*q));
                }
            }
            most
        };
        let all = both(None);
        out.add("common thing", "", all);
        out.add("common thing", "no sentence", none * all);
        for kind in &self.schema.entities {
            let most = both(Some(kind));
            out.add("common", &kind.id, most);
            out.add("common, no sentence", &kind.id, none * most);
        }
        let half = |thing: &usize| {
            let p = |e: usize| shared.get(&e).and_then(|s| s.get(thing)).copied();
            f32::midpoint(p(a).unwrap_or_default(), p(b).unwrap_or_default())
        };
        let either = of(a).chain(of(b)).map(|(thing, _)| half(thing));
        out.add("things of either", "", either.fold(0.0, f32::max));
    }

    fn enmity(&self, a: usize, b: usize, out: &mut dyn Gauge) {
        let kinds = self.schema.statements.iter().enumerate();
        let most = kinds
            .filter(|(_, k)| k.group == Group::Hostile)
            .flat_map(|(k, _)| [(k, a, b), (k, b, a)])
            .map(|key| self.dossier.claim(key))
            .fold(0.0, f32::max);
        out.add("enmity", "", most);
    }

    fn mentions(&self, entity: usize) -> &[usize] {
        self.dossier.places.get(entity).map_or(&[], Vec::as_slice)
    }

    /// How much of the page names them, and how near to each other.
    fn fame(&self, a: usize, b: usize, none: f32, out: &mut dyn Gauge) {
        let count = |e: usize| number(self.mentions(e).len());
        let (less, more) = (count(a).min(count(b)), count(a).max(count(b)));
        let all = number(self.dossier.named + 1);
        out.add("named", "less", less.ln_1p());
        out.add("named", "more", more.ln_1p());
        out.add("share", "less", less / all);
        out.add("share", "more", more / all);
        for (index, way) in Stand::WAYS.iter().enumerate() {
            let stands = &self.dossier.stands;
            let share = |e: usize| stands.get(e).map_or(0.0, |s| s.share(index));
            out.add("stands as more", way, share(a).max(share(b)));
            out.add("stands as less", way, share(a).min(share(b)));
        }
        let state = |e: usize| self.entities.state.get(e).is_some_and(|s| *s);
        out.add("two states", "", yes(state(a) && state(b)));
        for kind in self.schema.entities.iter().filter(|k| k.actor) {
            let is = |e: usize| self.entities.kind(e) == kind.id;
            out.add("end", &kind.id, yes(is(a) || is(b)));
        }
        let near = Near::of(self.mentions(a), self.mentions(b));
        out.add("near", "", near.least);
        out.add("near", "no sentence", none * near.least);
        out.add("near", "120", number(near.within[0].min(5)));
        out.add("near", "400", number(near.within[1].min(5)));
        out.add(
            "near",
            "60, no sentence",
            none * yes(near.least < 60.0_f32.ln_1p()),
        );
        let first = |e: usize| self.mentions(e).first().copied().unwrap_or(usize::MAX);
        let later = first(a).max(first(b));
        out.add("named within", "150", yes(later < 150));
        out.add("named within", "400", yes(later < 400));
    }

    /// What the page is like.
    fn page(&self, joined: f32, none: f32, out: &mut dyn Gauge) {
        let d = self.dossier;
        out.add("crowd", "", number(d.actors.len()).ln_1p());
        out.add("strongest pair", "", d.top);
        out.add("strongest pairs", "", d.top_five);
        out.add("of the strongest", "", joined / (d.top + 0.01));
        out.add("pairs", "", number(d.pairs.len()).ln_1p());
        out.add("mass", "", d.sum);
        out.add("mass", "share", d.sum / (number(d.pairs.len()) + 1.0));
        for (index, kind) in self.cooperative() {
            let share = self.share(index);
            out.add("page", kind, share);
            out.add("page, no sentence", kind, none * share);
        }
        out.add("bias", "", 1.0);
    }

    /// Kinds of cooperation.
    fn cooperative(&self) -> impl Iterator<Item = (usize, &str)> {
        let kinds = self.schema.statements.iter().enumerate();
        kinds
            .filter(|(_, k)| k.group == Group::Cooperative)
            .map(|(index, k)| (index, k.id.as_str()))
    }

    /// How much of what the page says is of this kind.
    fn share(&self, kind: usize) -> f32 {
        self.dossier.shares.get(kind).copied().unwrap_or_default()
    }

    /// How many partners two have in common by ties of a kind; whether they could be joined over them.
    pub(super) fn over_partners(&self, (kind, a, b): Key) -> f32 {
        let of = &self.dossier.strength[kind];
        let common = self.dossier.common(a, b);
        Spread::of(common.map(|c| at(of, a, c).min(at(of, b, c)))).most
    }

    /// Of what kind the tie of a joined pair is.
    pub(super) fn kind(&self, key: Key, out: &mut dyn Gauge) {
        let (kind, a, b) = key;
        let d = self.dossier;
        let of = |key: &Key| d.ties.get(key);
        let strength = of(&key).map_or(0.0, TieFile::strength);
        let best = of(&key).map_or(0.0, TieFile::kind);
        let weighted = of(&key).map_or(0.0, TieFile::weighted);
        let shown = |p: f32| if p > 0.0 { odds(p) } else { NEVER };
        let (mut others, mut other_kinds, mut likelier) = (0.0_f32, 0.0_f32, 0);
        for (index, _) in self.cooperative() {
            for other in [(index, a, b), (index, b, a)] {
                if other != key
                    && let Some(tie) = of(&other)
                {
                    others = others.max(tie.strength());
                    other_kinds = other_kinds.max(tie.kind());
                    likelier += usize::from(tie.kind() > best);
                }
            }
        }
        let third =
            |s: &Strengths| Spread::of(d.common(a, b).map(|c| at(s, a, c).min(at(s, b, c))));
        let empty = Strengths::new();
        let mine = d.strength.get(kind).unwrap_or(&empty);
        let (spread, partners) = (third(mine), third(&d.joined).most);
        let over = spread.most / (partners + 0.05);
        let share = self.share(kind);
        let top = self
            .cooperative()
            .map(|(k, _)| self.share(k))
            .fold(0.0, f32::max);
        let top = yes(share >= top);
        let none = yes(!d.pairs.contains_key(&pair(a, b)));
        let crossed = [
            ("odds", shown(best)),
            ("odds by sentence", shown(weighted)),
            ("share", share),
            ("over partners", over),
            ("top kind", top),
            ("over other kinds", best - other_kinds),
            ("over other ties", strength - others),
        ];
        for (name, value) in crossed {
            out.add(name, "", value);
        }
        for (index, id) in self.cooperative() {
            let mine = index == kind;
            out.add("kind", id, yes(mine));
            out.add("kind, no sentence", id, none * yes(mine));
            for (name, value) in crossed {
                out.add(name, id, value * yes(mine));
            }
        }
        let most = d.strongest.get(kind).copied().unwrap_or_default();
        let sentences = d.pairs.get(&pair(a, b)).map_or(0, |f| f.each.len());
        for (name, value) in [
            ("strength", strength),
            ("probability", best),
            ("probability by sentence", weighted),
            ("strongest tie", yes(strength >= others)),
            ("partners", spread.most),
            ("partners, sum", spread.sum.min(5.0)),
            ("share, no sentence", none * share),
            ("over partners, no sentence", none * over),
            ("top kind, no sentence", none * top),
            ("share, probability", share * best),
            ("over partners, probability", over * best),
            ("likeliest", yes(likelier == 0)),
            ("second", yes(likelier == 1)),
            ("among three", yes(likelier <= 2)),
            ("strongest of the kind", most),
            ("of the strongest", strength / (most + 0.05)),
            ("sentences, probability", number(sentences).ln_1p() * best),
            ("probability twice", best * weighted),
            ("root of strength", strength.sqrt()),
            ("more than half", yes(best > 0.5)),
            ("more than a third", yes(best > 0.3)),
            ("bias", 1.0),
        ] {
            out.add(name, "", value);
        }
    }
}

/// How near the names of two stand, in bytes.
struct Near {
    /// Logarithm of the least distance.
    least: f32,
    /// How many names of the first have one of the second within 120, and within 400.
    within: [usize; 2],
}

impl Near {
    /// Both in ascending order.
    fn of(a: &[usize], b: &[usize]) -> Self {
        let mut out = Self {
            least: FAR,
            within: [0; 2],
        };
        let mut least = usize::MAX;
        for &place in a {
            let after = b.partition_point(|p| *p < place);
            let sides = [after.checked_sub(1), Some(after)];
            let near = sides.into_iter().flatten().filter_map(|at| b.get(at));
            let Some(far) = near.map(|p| p.abs_diff(place)).min() else {
                continue;
            };
            least = least.min(far);
            out.within[0] += usize::from(far < 120);
            out.within[1] += usize::from(far < 400);
        }
        if least != usize::MAX {
            out.least = number(least).ln_1p();
        }
        out
    }
}
