//! Whether confidence means something: of the claims of a confidence, how many are right.

use std::fmt;

use serde::Serialize;

use super::report::rounded;
use super::score::count;

/// Bins of confidence: 0 to 0.1, 0.1 to 0.2 ... 0.9 to 1.
const BINS: usize = 10;

/// How often claims of each confidence are right.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Reliability {
    /// Claims between actors with their kind, as the line `typed` counts them.
    pub typed: Curve,
    /// Claims with other entities, as the line `facts` counts them.
    pub facts: Curve,
}

/// Claims by their confidence.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Curve {
    /// Ten bins, the least sure first.
    pub bins: Vec<Bin>,
    /// Number of claims.
    pub n: usize,
    /// Expected calibration error: the mean distance of confidence and share right, a bin counting by its claims.
    pub error: f64,
}

/// The claims between two confidences.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bin {
    /// Least confidence.
    pub from: f64,
    /// First confidence of the next bin.
    pub to: f64,
    /// Number of claims.
    pub n: usize,
    /// Share of them that is right, four decimals; 0 without claims.
    pub right: f64,
    /// Their mean confidence, four decimals; 0 without claims.
    pub confidence: f64,
}

/// Counts claims into bins.
#[derive(Debug, Default)]
pub(super) struct Bins([(usize, usize, f64); BINS]);

impl Bins {
    /// Adds a claim.
    pub(super) fn add(&mut self, confidence: f64, right: bool) {
        let reached = (1..BINS).take_while(|at| confidence >= edge(*at)).count();
        if let Some((n, hits, sum)) = self.0.get_mut(reached) {
            *n += 1;
            *hits += usize::from(right);
            *sum += confidence;
        }
    }

    /// The finished curve.
    pub(super) fn curve(&self) -> Curve {
        let all: usize = self.0.iter().map(|(n, ..)| n).sum();
        let mean = |sum: f64, n: usize| if n > 0 { sum / count(n) } else { 0.0 };
        let distance: f64 = self
            .0
            .iter()
            .map(|(_, hits, sum)| (count(*hits) - sum).abs())
            .sum();
        let bins = self.0.iter().enumerate().map(|(at, &(n, hits, sum))| Bin {
            from: edge(at),
            to: edge(at + 1),
            n,
            right: rounded(mean(count(hits), n)),
            confidence: rounded(mean(sum, n)),
        });
        Curve {
            bins: bins.collect(),
            n: all,
            error: rounded(mean(distance, all)),
        }
    }
}

/// Where a bin begins.
fn edge(at: usize) -> f64 {
    rounded(count(at) / count(BINS))
}

impl fmt::Display for Reliability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = "     n   sure  right";
        writeln!(f, "{:12}{:>19}{:>22}", "confidence", "typed", "facts")?;
        writeln!(f, "{:12}{head}   {head}", "")?;
        for (typed, facts) in self.typed.bins.iter().zip(&self.facts.bins) {
            let line = format!("{:.1} - {:.1}   {typed}   {facts}", typed.from, typed.to);
            writeln!(f, "{}", line.trim_end())?;
        }
        writeln!(
            f,
            "expected calibration error   typed {:.3} (n={})   facts {:.3} (n={})",
            self.typed.error, self.typed.n, self.facts.error, self.facts.n
        )
    }
}

impl fmt::Display for Bin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.n == 0 {
            return write!(f, "{:6}{:7}{:7}", 0, "", "");
        }
        write!(f, "{:6}{:7.2}{:7.2}", self.n, self.confidence, self.right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_fall_into_bins() {
        for (confidence, bin) in [
            (0.0, 0),
            (0.09, 0),
            (0.1, 1),
            (0.3, 3),
            (0.59, 5),
            (0.7, 7),
            (1.0, 9),
        ] {
            let mut bins = Bins::default();
            bins.add(confidence, true);
            let curve = bins.curve();
            let filled: Vec<usize> = (0..BINS).filter(|at| curve.bins[*at].n == 1).collect();
            assert_eq!(filled, [bin], "{confidence}");
        }
    }

    #[test]
    fn the_error_is_the_mean_distance() {
        let mut bins = Bins::default();
        for (confidence, right) in [(0.9, true), (0.9, false), (0.2, false), (0.2, false)] {
            bins.add(confidence, right);
        }
        let curve = bins.curve();
        // Two claims are 0.4 too sure, two 0.2.
        assert_eq!(curve.n, 4);
        assert!((curve.error - 0.3).abs() < 1e-9, "{}", curve.error);
        assert!(Bins::default().curve().error.abs() < 1e-9);
    }
}
