//! What speaks for and against two actors being joined at all.

use super::{Couple, Gauge, NEVER, number, odds, yes};
use crate::linker::dossier::Stand;
use crate::linker::model::FLAGS;
use crate::schema::{Group, KindIx};

/// Logarithm of the distance in bytes of names that never stand together.
const FAR: f32 = 9.0;

impl Couple<'_> {
    /// Whether two actors are joined at all.
    pub(in crate::linker) fn pair<G: Gauge + ?Sized>(&self, out: &mut G) {
        let each = self.file.map_or(&[][..], |f| f.each.as_slice());
        let [.., joined] = self.measure.dossier.summaries();
        let strengths = self.measure.dossier.strengths(self.a, self.b);
        let joined = strengths.get(joined).copied().unwrap_or_default();
        let best = each.iter().copied().fold(0.0, f32::max);
        let none = self.none();
        let shown = |p: f32| if each.is_empty() { NEVER } else { odds(p) };
        out.add("any sentence", "", shown(joined));
        out.add("best sentence", "", shown(best));
        out.add("no sentence", "", none);
        out.add("sentences", "", number(each.len().min(6)));
        let likely = each.iter().filter(|p| **p > 0.3).count();
        out.add("likely sentences", "", number(likely));
        for (index, flag) in FLAGS.iter().enumerate() {
            out.add(
                "best",
                flag,
                yes(self.file.is_some_and(|f| f.flags.has(index))),
            );
        }
        self.partners(none, out);
        self.things(none, out);
        self.enmity(out);
        self.fame(none, out);
        self.page(joined, none, out);
    }

    /// Who is joined with both.
    fn partners<G: Gauge + ?Sized>(&self, none: f32, out: &mut G) {
        let (a, b, d) = (self.a, self.b, self.measure.dossier);
        let [mutual, flow, joined] = d.summaries();
        for (name, column) in [
            ("partners", joined),
            ("mutual partners", mutual),
            ("flow partners", flow),
        ] {
            let spread = self.over(column);
            let sum = spread.sum.min(6.0);
            out.add(name, "most", spread.most);
            out.add(name, "sum", sum);
            out.add(name, "mean", spread.mean());
            out.add(name, "most, no sentence", none * spread.most);
            out.add(name, "sum, no sentence", none * sum);
        }
        let kinds = &self.measure.schema.statements;
        let mutual_kinds = self
            .measure
            .cooperative
            .iter()
            .filter(|(k, _)| kinds[*k].symmetric);
        let one_kind = mutual_kinds.map(|(k, _)| self.over(*k).most);
        let one_kind = one_kind.fold(0.0, f32::max);
        out.add("partners of one kind", "", one_kind);
        out.add("partners of one kind", "no sentence", none * one_kind);
        for (name, column) in [("ties", joined), ("mutual ties", mutual)] {
            let strength = |x: usize, y: usize| d.strengths(x, y).get(column).copied();
            let most = |e: usize, other: usize| {
                let others = d.partners(e).iter().filter(|c| **c != other);
                let strengths = others.filter_map(|c| strength(e, *c));
                strengths.fold(0.0, f32::max)
            };
            out.add(name, "of both", most(a, b) * most(b, a));
        }
    }

    /// What both take part in.
    fn things<G: Gauge + ?Sized>(&self, none: f32, out: &mut G) {
        let shared = &self.measure.dossier.shared;
        let entities = &self.measure.schema.entities;
        let mut most = vec![0.0_f32; entities.len()];
        let (mut all, mut either) = (0.0_f32, 0.0_f32);
        let (near, far) = (shared.get(&self.a), shared.get(&self.b));
        for (thing, p) in near.into_iter().flatten() {
            let q = far.and_then(|s| s.get(thing)).copied();
            either = either.max(f32::midpoint(*p, q.unwrap_or_default()));
            let Some(q) = q else { continue };
            all = all.max(p.min(q));
            let kind: Option<KindIx> = self.measure.entities.kinds.get(*thing).copied().flatten();
            if let Some(most) = kind.and_then(|k| most.get_mut(usize::from(k.0))) {
                *most = most.max(p.min(q));
            }
        }
        for (thing, q) in far.into_iter().flatten() {
            let p = near.and_then(|s| s.get(thing)).copied();
            either = either.max(f32::midpoint(p.unwrap_or_default(), *q));
        }
        out.add("common thing", "", all);
        out.add("common thing", "no sentence", none * all);
        if all > 0.0 || !out.pass(2 * entities.len()) {
            for (kind, most) in entities.iter().zip(most) {
                out.add("common", &kind.id, most);
                out.add("common, no sentence", &kind.id, none * most);
            }
        }
        out.add("things of either", "", either);
    }

    fn enmity<G: Gauge + ?Sized>(&self, out: &mut G) {
        let (a, b, measure) = (self.a, self.b, self.measure);
        let kinds = measure.schema.statements.iter().enumerate();
        let most = kinds
            .filter(|(_, k)| k.group == Group::Hostile)
            .flat_map(|(k, _)| [(k, a, b), (k, b, a)])
            .map(|key| measure.dossier.claim(key))
            .fold(0.0, f32::max);
        out.add("enmity", "", most);
        let standing = measure.entities.standing(a, b);
        out.add("adversaries", "", yes(standing.adversaries));
        out.add("embargo", "", yes(standing.embargo));
        out.add("allies", "", yes(standing.allies));
    }

    fn mentions(&self, entity: usize) -> &[usize] {
        self.measure.dossier.places(entity)
    }

    /// How much of the page names them, and how near to each other.
    fn fame<G: Gauge + ?Sized>(&self, none: f32, out: &mut G) {
        let (a, b, measure) = (self.a, self.b, self.measure);
        let count = |e: usize| number(self.mentions(e).len());
        let (less, more) = (count(a).min(count(b)), count(a).max(count(b)));
        let all = number(measure.dossier.named + 1);
        out.add("named", "less", less.ln_1p());
        out.add("named", "more", more.ln_1p());
        out.add("share", "less", less / all);
        out.add("share", "more", more / all);
        for (index, way) in Stand::WAYS.iter().enumerate() {
            let stands = &measure.dossier.stands;
            let share = |e: usize| stands.get(e).map_or(0.0, |s| s.share(index));
            out.add("stands as more", way, share(a).max(share(b)));
            out.add("stands as less", way, share(a).min(share(b)));
        }
        let state = |e: usize| measure.entities.state.get(e).is_some_and(|s| *s);
        out.add("two states", "", yes(state(a) && state(b)));
        let kind = |e: usize| measure.entities.kinds.get(e).copied().flatten();
        let (near, far) = (kind(a), kind(b));
        for (index, kind) in measure.schema.entities.iter().enumerate() {
            if kind.actor {
                let is = |k: Option<KindIx>| k.is_some_and(|k| usize::from(k.0) == index);
                out.add("end", &kind.id, yes(is(near) || is(far)));
            }
        }
        self.nearness(none, out);
    }

    /// How near they stand to each other, and to the beginning.
    fn nearness<G: Gauge + ?Sized>(&self, none: f32, out: &mut G) {
        let (a, b) = (self.mentions(self.a), self.mentions(self.b));
        let near = Near::of(a, b);
        out.add("near", "", near.least);
        out.add("near", "no sentence", none * near.least);
        out.add("near", "120", number(near.within[0].min(5)));
        out.add("near", "400", number(near.within[1].min(5)));
        let close = yes(near.least < 60.0_f32.ln_1p());
        out.add("near", "60, no sentence", none * close);
        let first = |mentions: &[usize]| mentions.first().copied().unwrap_or(usize::MAX);
        let later = first(a).max(first(b));
        out.add("named within", "150", yes(later < 150));
        out.add("named within", "400", yes(later < 400));
    }

    /// What the page is like.
    fn page<G: Gauge + ?Sized>(&self, joined: f32, none: f32, out: &mut G) {
        let d = self.measure.dossier;
        let pairs = number(d.pairs.len());
        out.add("crowd", "", number(d.actors.len()).ln_1p());
        out.add("strongest pair", "", d.top);
        out.add("strongest pairs", "", d.top_five);
        out.add("of the strongest", "", joined / (d.top + 0.01));
        out.add("pairs", "", pairs.ln_1p());
        out.add("mass", "", d.sum);
        out.add("mass", "share", d.sum / (pairs + 1.0));
        for (index, kind) in &self.measure.cooperative {
            let share = self.measure.share(*index);
            out.add("page", kind, share);
            out.add("page, no sentence", kind, none * share);
        }
        out.add("bias", "", 1.0);
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
