//! The figures of a run, as a table and as JSON.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::reliability::Reliability;
use super::score::count;

/// The figures of a run.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Figures by name: `entities`, `entities/<kind>`, `linked`, `typed`, `facts`, `kind/<kind>`.
    #[serde(flatten)]
    pub figures: BTreeMap<String, Figures>,
    /// Share of the rightly typed statements that have the right status.
    #[serde(serialize_with = "as_accuracy")]
    pub status: Share,
    /// Share of the pairs that are not tied and that the run ties.
    pub alarms: Share,
    /// How many annotated documents there are, and how many the run does not have.
    pub documents: Documents,
    /// Statements that are missed or too many, in order of documents.
    #[serde(skip)]
    pub misses: Vec<Miss>,
    /// Whether confidence means something.
    #[serde(skip)]
    pub reliability: Reliability,
}

/// One line of figures, rounded to four decimals.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Figures {
    /// Precision.
    pub p: f64,
    /// Recall.
    pub r: f64,
    /// Their harmonic mean.
    pub f1: f64,
    /// Mean of the documents' F1.
    pub doc_f1: f64,
    /// Found and right.
    #[serde(rename = "tp")]
    pub right: usize,
    /// Found and wrong.
    #[serde(rename = "fp")]
    pub extra: usize,
    /// Not found.
    #[serde(rename = "fn")]
    pub missed: usize,
}

/// A share of a number of cases.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Share {
    /// Between 0 and 1, four decimals.
    pub rate: f64,
    /// Of how many.
    pub n: usize,
}

/// How many documents were compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Documents {
    /// Annotated ones.
    pub gold: usize,
    /// Annotated ones that the run does not have.
    pub missing: usize,
}

/// A statement that the run misses or has too many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Miss {
    /// The document.
    pub document: String,
    /// Whether it is too many.
    pub extra: bool,
    /// Kind and the two ends, by their names in the annotation or as `pred:<id>`.
    pub claim: (String, String, String),
    /// How firm it is said to be.
    pub status: String,
}

/// Precision, recall and F1, not rounded.
pub(super) fn rates(right: usize, extra: usize, missed: usize) -> (f64, f64, f64) {
    let share = |of: usize| {
        if of > 0 {
            count(right) / count(of)
        } else {
            1.0
        }
    };
    let (p, r) = (share(right + extra), share(right + missed));
    let f1 = if p + r > 0.0 {
        2.0 * p * r / (p + r)
    } else {
        0.0
    };
    (p, r, f1)
}

/// Rounds as the independent scorer does, so that its table and ours agree to the last digit.
pub(super) fn rounded(x: f64) -> f64 {
    format!("{x:.4}").parse().unwrap_or(x)
}

impl Figures {
    pub(super) fn new(right: usize, extra: usize, missed: usize, doc_f1: f64) -> Self {
        let (p, r, f1) = rates(right, extra, missed);
        Self {
            p: rounded(p),
            r: rounded(r),
            f1: rounded(f1),
            doc_f1: rounded(doc_f1),
            right,
            extra,
            missed,
        }
    }
}

impl Share {
    pub(super) fn new((some, n): (usize, usize)) -> Self {
        Self {
            rate: if n > 0 {
                rounded(count(some) / count(n))
            } else {
                0.0
            },
            n,
        }
    }
}

fn as_accuracy<S: serde::Serializer>(share: &Share, serializer: S) -> Result<S::Ok, S::Error> {
    BTreeMap::from([
        ("accuracy", serde_json::json!(share.rate)),
        ("n", serde_json::json!(share.n)),
    ])
    .serialize(serializer)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:26}{:>8}{:>8}{:>8}{:>8}{:>6}{:>6}{:>6}",
            "", "P", "R", "F1", "docF1", "tp", "fp", "fn"
        )?;
        for (name, x) in &self.figures {
            writeln!(
                f,
                "{name:26}{:8.3}{:8.3}{:8.3}{:8.3}{:6}{:6}{:6}",
                x.p, x.r, x.f1, x.doc_f1, x.right, x.extra, x.missed
            )?;
        }
        writeln!(
            f,
            "status accuracy {:.3} (n={})   false alarms {:.3} (n={})   documents {} ({} without a prediction)",
            self.status.rate,
            self.status.n,
            self.alarms.rate,
            self.alarms.n,
            self.documents.gold,
            self.documents.missing
        )
    }
}

impl fmt::Display for Miss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, a, b) = &self.claim;
        let what = if self.extra { "extra" } else { "missed" };
        write!(
            f,
            "{}  {what}  {kind}  {a}  {b}  {}",
            self.document, self.status
        )
    }
}
