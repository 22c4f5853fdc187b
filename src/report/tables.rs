//! The tables of the page: who has the most partners, which countries cooperate, what was said when.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::scope::Scope;
use crate::graph::{ClaimIx, Graph, Group, NodeIx, Tie};

/// Rows of a ranking without the script.
pub(super) const ROWS: usize = 50;
/// Countries of the matrix.
const COUNTRIES: usize = 24;
/// Shades of a cell.
const SHADES: usize = 5;

/// An entity in the ranking.
pub(super) struct Ranked {
    pub(super) node: NodeIx,
    pub(super) partners: usize,
    pub(super) strength: f64,
}

/// The best connected actors first.
pub(super) fn ranking(graph: &Graph, scope: &Scope) -> Vec<Ranked> {
    let mut sums: BTreeMap<NodeIx, (usize, f64)> = BTreeMap::new();
    for tie in graph.ties().iter().filter(|tie| tie.cooperative) {
        for end in [tie.a, tie.b] {
            let sum = sums.entry(end).or_default();
            sum.0 += 1;
            sum.1 += tie.strength;
        }
    }
    let mut rows: Vec<Ranked> = sums
        .into_iter()
        .filter(|(node, _)| scope.place(*node).is_some())
        .map(|(node, (partners, strength))| Ranked {
            node,
            partners,
            strength,
        })
        .collect();
    rows.sort_by(|x, y| {
        let name = |row: &Ranked| &graph.node(row.node).label;
        y.strength
            .total_cmp(&x.strength)
            .then_with(|| name(x).cmp(name(y)))
    });
    rows
}

/// Country by country: independent sources of what is not hostile.
pub(super) struct Matrix {
    /// Best connected first.
    pub(super) countries: Vec<NodeIx>,
    cells: BTreeMap<(NodeIx, NodeIx), usize>,
    most: usize,
}

impl Matrix {
    /// The matrix of the actors of the first kind of the schema: states.
    pub(super) fn of(graph: &Graph, ranking: &[Ranked]) -> Self {
        let kind = graph.legend().entities.first().map(|kind| kind.id.as_str());
        let countries: Vec<NodeIx> = ranking
            .iter()
            .map(|row| row.node)
            .filter(|ix| Some(graph.node(*ix).kind.as_str()) == kind)
            .take(COUNTRIES)
            .collect();
        let among = |tie: &&Tie| {
            tie.cooperative && countries.contains(&tie.a) && countries.contains(&tie.b)
        };
        let cell = |tie: &Tie| ((tie.a, tie.b), tie.summary.sources);
        let cells: BTreeMap<_, _> = graph.ties().iter().filter(among).map(cell).collect();
        Self {
            most: cells.values().copied().max().unwrap_or(1),
            countries,
            cells,
        }
    }

    /// Sources and shade of a pair, if it has a tie.
    pub(super) fn cell(&self, a: NodeIx, b: NodeIx) -> Option<(usize, usize)> {
        let sources = *self.cells.get(&(a.min(b), a.max(b)))?;
        Some((
            sources,
            (sources * SHADES).div_ceil(self.most).clamp(1, SHADES),
        ))
    }
}

/// What is said to have happened in a month.
pub(super) struct Month {
    /// `2026-07`.
    pub(super) label: String,
    pub(super) statements: usize,
    /// Pairs, the best attested first.
    pub(super) pairs: Vec<String>,
}

/// Months with a statement, the latest first; what is only planned or has no date is left out.
pub(super) fn months(graph: &Graph) -> Vec<Month> {
    let mut months: BTreeMap<(i16, i8), Vec<ClaimIx>> = BTreeMap::new();
    for (ix, claim) in graph.claims().iter().enumerate() {
        let published = graph.document(claim.document).date;
        let cooperative = graph.legend().group(&claim.statement.kind) == Group::Cooperative;
        if let Some(on) = claim
            .statement
            .date
            .earliest
            .or(published)
            .filter(|_| cooperative)
        {
            months.entry(month(on)).or_default().push(ClaimIx(ix));
        }
    }
    let rows = months.into_iter().rev();
    rows.map(|((year, month), claims)| Month {
        label: format!("{year:04}-{month:02}"),
        statements: claims.len(),
        pairs: pairs(graph, &claims),
    })
    .collect()
}

fn month(date: Date) -> (i16, i8) {
    (date.year(), date.month())
}

fn pairs(graph: &Graph, claims: &[ClaimIx]) -> Vec<String> {
    let mut counts: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for ix in claims {
        let claim = graph.claim(*ix);
        let ends = claim
            .statement
            .subjects
            .iter()
            .chain(&claim.statement.objects);
        let mut names: Vec<&str> = ends.map(|id| graph.label(id)).collect();
        names.sort_unstable();
        names.dedup();
        if names.len() > 4 {
            names.truncate(3);
            names.push("others");
        }
        let documents = counts.entry(names.join(" - ")).or_default();
        documents.insert(claim.document.0);
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, documents)| Reverse(documents.len()));
    counts.into_iter().take(4).map(|(names, _)| names).collect()
}
