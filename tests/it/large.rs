//! Questions to a store of 100,000 documents: how long the whole command takes.
//!
//! `cargo test --release --test it large -- --ignored --nocapture`; `ENTENTE_LARGE` says how many documents,
//! `ENTENTE_LARGE_DB` where the store is kept for the next time.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use entente::gazetteer::Gazetteer;
use entente::store::Store;
use jiff::ToSpan;
use jiff::civil::date;

use crate::command::{note, run};
use crate::graph_sample;

/// Numbers that look like chance and are the same each time.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    /// One of the items, the first ones far more often: as names are in the news.
    fn pick<'a>(&mut self, items: &'a [String]) -> &'a str {
        let share = f64::from(u32::try_from(self.next() % 1_000_000).unwrap()) / 1e6;
        let length = f64::from(u32::try_from(items.len()).unwrap());
        let at = length.powf(share) - 1.0;
        let at = (0..items.len())
            .take_while(|n| f64::from(u32::try_from(*n).unwrap()) <= at)
            .count();
        &items[at.saturating_sub(1)]
    }
}

fn ids(kind: &str, first: &[&str]) -> Vec<String> {
    let gazetteer = Gazetteer::builtin().unwrap();
    let of_kind = gazetteer.entities().map(|(_, e)| e.id.to_string());
    let mut ids: Vec<String> = first.iter().map(|id| (*id).to_owned()).collect();
    let rest = of_kind.filter(|id| id.starts_with(kind) && !first.contains(&id.as_str()));
    ids.extend(rest.take(2000));
    ids
}

fn generate(path: &Path, documents: usize) {
    let countries = ids(
        "country:",
        &["country:DEU", "country:UKR", "country:USA", "country:NOR"],
    );
    let weapons = ids("weapon:", &[]);
    let programmes = ids("programme:", &[]);
    let mut chance = Chance(7);
    let mut store = Store::create(path).unwrap();
    let mut batch = Vec::new();
    for number in 0..documents {
        let id = format!("doc-{number:06}");
        let days = i64::try_from(number % 3650).unwrap();
        let day = date(2016, 1, 1).checked_add(days.days()).unwrap();
        let statements = (0..12)
            .map(|place| statement(&id, place, &mut chance, [&countries, &weapons, &programmes]));
        let mut extraction = graph_sample::extraction(&id, day, statements.collect());
        extraction.document.source = format!("https://paper-{}.example/{id}", chance.next() % 400);
        batch.push(extraction);
        if batch.len() == 500 {
            store.add(&std::mem::take(&mut batch)).unwrap();
        }
    }
    store.add(&batch).unwrap();
    store.finish().unwrap();
}

fn statement(
    document: &str,
    place: usize,
    chance: &mut Chance,
    [countries, weapons, programmes]: [&[String]; 3],
) -> entente::statement::Statement {
    let kinds = [
        "agreement",
        "consultation",
        "procurement",
        "training",
        "aid",
        "participates",
        "acquires",
    ];
    let kind = kinds[usize::try_from(chance.next()).unwrap() % kinds.len()];
    let status = ["planned", "agreed", "active"][usize::try_from(chance.next()).unwrap() % 3];
    let a = chance.pick(countries).to_owned();
    let (subjects, objects) = match kind {
        "aid" => (a, chance.pick(countries).to_owned()),
        "participates" => (a, chance.pick(programmes).to_owned()),
        "acquires" => (a, chance.pick(weapons).to_owned()),
        _ => (format!("{a},{}", chance.pick(countries)), "-".to_owned()),
    };
    let about = chance.pick(weapons).to_owned();
    let said = graph_sample::Said {
        document,
        kind,
        subjects: &subjects,
        objects: &objects,
        about: &about,
        status,
        since: "2024",
    };
    said.read(place)
}

#[test]
#[ignore = "makes a store of a gigabyte"]
fn questions_to_a_large_store_are_quick() {
    let documents = std::env::var("ENTENTE_LARGE").map_or(100_000, |n| n.parse().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let kept = std::env::var("ENTENTE_LARGE_DB").map(PathBuf::from);
    let db = kept.unwrap_or_else(|_| dir.path().join("large.db"));
    if !db.exists() {
        let started = Instant::now();
        generate(&db, documents);
        note(&format!(
            "{documents} documents in {:.0?}",
            started.elapsed()
        ));
    }
    let db = db.to_str().unwrap();
    for question in [
        &["who", "Germany"][..],
        &["who", "Iceland"],
        &["why", "Germany", "Norway"],
        &["why", "Iceland", "Chile"],
        &["path", "Germany", "Norway"],
        &["path", "Tonga", "Bhutan"],
    ] {
        let args = [question, &["--db", db]].concat();
        let mut times: Vec<Duration> = (0..5)
            .map(|_| {
                let started = Instant::now();
                let output = run(dir.path(), &args);
                assert!(output.status.code() < Some(2), "{question:?}");
                started.elapsed()
            })
            .collect();
        times.sort_unstable();
        note(&format!("{}: {:.0?}", question.join(" "), times[2]));
    }
}
