//! What speaks for and against a kind of tie between two who are joined.

use super::{Couple, Gauge, NEVER, Spread, number, odds, yes};
use crate::linker::dossier::TieFile;

/// A kind of tie beside the others of the pair.
struct Standing {
    strength: f32,
    best: f32,
    weighted: f32,
    /// The strongest other tie, the likeliest other kind, and how many are likelier.
    others: f32,
    other_kinds: f32,
    likelier: usize,
}

impl Couple<'_> {
    /// Of what kind the tie of a joined pair is; `turned` if it runs from the second to the first.
    pub(in crate::linker) fn tie<G: Gauge + ?Sized>(&self, kind: usize, turned: bool, out: &mut G) {
        let measure = self.measure;
        let [.., joined] = measure.dossier.summaries();
        let tie = self.standing(kind, turned);
        let shown = |p: f32| if p > 0.0 { odds(p) } else { NEVER };
        let (spread, partners) = (self.over(kind), self.over(joined).most);
        let over = spread.most / (partners + 0.05);
        let share = measure.share(kind);
        let top = yes(share >= measure.top_share);
        let crossed = [
            ("odds", shown(tie.best)),
            ("odds by sentence", shown(tie.weighted)),
            ("share", share),
            ("over partners", over),
            ("top kind", top),
            ("over other kinds", tie.best - tie.other_kinds),
            ("over other ties", tie.strength - tie.others),
        ];
        for (name, value) in crossed {
            out.add(name, "", value);
        }
        let none = yes(self.file.is_none());
        for (index, id) in &measure.cooperative {
            let mine = *index == kind;
            if !mine && out.pass(2 + crossed.len()) {
                continue;
            }
            out.add("kind", id, yes(mine));
            out.add("kind, no sentence", id, none * yes(mine));
            for (name, value) in crossed {
                out.add(name, id, value * yes(mine));
            }
        }
        self.numbers(kind, &tie, spread, (over, share, top), out);
    }

    fn numbers<G: Gauge + ?Sized>(
        &self,
        kind: usize,
        tie: &Standing,
        spread: Spread,
        (over, share, top): (f32, f32, f32),
        out: &mut G,
    ) {
        let none = yes(self.file.is_none());
        let strongest = &self.measure.dossier.strongest;
        let most = strongest.get(kind).copied().unwrap_or_default();
        let sentences = self.file.map_or(0, |f| f.each.len());
        for (name, value) in [
            ("strength", tie.strength),
            ("probability", tie.best),
            ("probability by sentence", tie.weighted),
            ("strongest tie", yes(tie.strength >= tie.others)),
            ("partners", spread.most),
            ("partners, sum", spread.sum.min(5.0)),
            ("share, no sentence", none * share),
            ("over partners, no sentence", none * over),
            ("top kind, no sentence", none * top),
            ("share, probability", share * tie.best),
            ("over partners, probability", over * tie.best),
            ("likeliest", yes(tie.likelier == 0)),
            ("second", yes(tie.likelier == 1)),
            ("among three", yes(tie.likelier <= 2)),
            ("strongest of the kind", most),
            ("of the strongest", tie.strength / (most + 0.05)),
            (
                "sentences, probability",
                number(sentences).ln_1p() * tie.best,
            ),
            ("probability twice", tie.best * tie.weighted),
            ("root of strength", tie.strength.sqrt()),
            ("more than half", yes(tie.best > 0.5)),
            ("more than a third", yes(tie.best > 0.3)),
            ("bias", 1.0),
        ] {
            out.add(name, "", value);
        }
    }

    fn standing(&self, kind: usize, turned: bool) -> Standing {
        let mine = self.seen(kind, turned);
        let mut out = Standing {
            strength: mine.map_or(0.0, TieFile::strength),
            best: mine.map_or(0.0, TieFile::kind),
            weighted: mine.map_or(0.0, TieFile::weighted),
            others: 0.0,
            other_kinds: 0.0,
            likelier: 0,
        };
        for (index, _) in &self.measure.cooperative {
            for way in [false, true] {
                if (*index, way) != (kind, turned)
                    && let Some(tie) = self.seen(*index, way)
                {
                    out.others = out.others.max(tie.strength());
                    out.other_kinds = out.other_kinds.max(tie.kind());
                    out.likelier += usize::from(tie.kind() > out.best);
                }
            }
        }
        out
    }
}
