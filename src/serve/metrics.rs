//! What the server did, in the text format of Prometheus.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::site::Site;

/// Upper ends of the classes of durations, seconds.
const CLASSES: [f64; 10] = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5, 10.0,
];

/// Counts since the start.
#[derive(Debug, Default)]
pub(super) struct Metrics {
    requests: Mutex<BTreeMap<(&'static str, u16), u64>>,
    times: Mutex<Times>,
    pub(super) connections: AtomicU64,
    pub(super) reloads: AtomicU64,
    pub(super) failed_reloads: AtomicU64,
}

#[derive(Debug, Default)]
struct Times {
    classes: [u64; CLASSES.len()],
    sum: f64,
    count: u64,
}

impl Metrics {
    /// Counts an answer.
    pub(super) fn count(&self, route: &'static str, status: u16, took: Duration) {
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        *requests.entry((route, status)).or_default() += 1;
        drop(requests);
        let seconds = took.as_secs_f64();
        let mut times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        for (count, end) in times.classes.iter_mut().zip(CLASSES) {
            *count += u64::from(seconds <= end);
        }
        times.sum += seconds;
        times.count += 1;
    }

    /// Everything as text.
    pub(super) fn text(&self, site: &Site) -> String {
        let mut out = String::new();
        self.write(&mut out, site);
        out
    }

    fn write(&self, out: &mut String, site: &Site) {
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "# HELP entente_requests_total Answers by address and status.\n# TYPE entente_requests_total counter"
        );
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        for ((route, status), count) in requests.iter() {
            let _ = writeln!(
                out,
                "entente_requests_total{{route=\"{route}\",status=\"{status}\"}} {count}"
            );
        }
        drop(requests);
        self.write_times(out);
        let load = |count: &AtomicU64| count.load(Ordering::Relaxed);
        let graph = &site.graph;
        for (name, kind, help, value) in [
            (
                "connections",
                "gauge",
                "Open connections.",
                load(&self.connections),
            ),
            (
                "reloads_total",
                "counter",
                "Times the store was read anew.",
                load(&self.reloads),
            ),
            (
                "failed_reloads_total",
                "counter",
                "Times that failed.",
                load(&self.failed_reloads),
            ),
            (
                "documents",
                "gauge",
                "Documents in the store.",
                graph.documents().len() as u64,
            ),
            (
                "entities",
                "gauge",
                "Entities in the store.",
                graph.nodes().len() as u64,
            ),
            (
                "statements",
                "gauge",
                "Statements in the store.",
                graph.claims().len() as u64,
            ),
            (
                "ties",
                "gauge",
                "Pairs of actors with a tie.",
                graph.ties().len() as u64,
            ),
        ] {
            let _ = writeln!(
                out,
                "# HELP entente_{name} {help}\n# TYPE entente_{name} {kind}\nentente_{name} {value}"
            );
        }
    }

    fn write_times(&self, out: &mut String) {
        let times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = writeln!(
            out,
            "# HELP entente_request_seconds Time to answer.\n# TYPE entente_request_seconds histogram"
        );
        for (count, end) in times.classes.iter().zip(CLASSES) {
            let _ = writeln!(
                out,
                "entente_request_seconds_bucket{{le=\"{end}\"}} {count}"
            );
        }
        let (count, sum) = (times.count, times.sum);
        let _ = writeln!(
            out,
            "entente_request_seconds_bucket{{le=\"+Inf\"}} {count}\nentente_request_seconds_sum {sum:.6}\nentente_request_seconds_count {count}"
        );
    }
}
