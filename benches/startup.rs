//! How long a start takes: whole processes, and the parts that a start is made of.
//!
//! `cargo bench --bench startup`

#![expect(clippy::unwrap_used, reason = "a benchmark that fails says where")]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use divan::{Bencher, black_box};
use entente::gazetteer::Gazetteer;
use entente::linker::Model;
use entente::pipeline::Pipeline;

fn main() {
    divan::main();
}

/// The sample documents.
fn seeds() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("seeds")
}

/// A folder with a store of the sample documents and a small vocabulary of a user.
fn work() -> &'static tempfile::TempDir {
    static WORK: OnceLock<tempfile::TempDir> = OnceLock::new();
    WORK.get_or_init(|| {
        let work = tempfile::tempdir().unwrap();
        let own = work.path().join("own/entities");
        fs::create_dir_all(&own).unwrap();
        let rows = "id,label,class,country,parent,wikidata,since,until,source\n\
            company:zz-own,Own Firm,,CAN,,,,,https://example.org\n";
        fs::write(own.join("company.csv"), rows).unwrap();
        let seeds = seeds();
        let mut build = entente(&["build", &seeds.display().to_string(), "--out"]);
        assert!(
            build
                .arg(work.path().join("out"))
                .status()
                .unwrap()
                .success()
        );
        work
    })
}

fn entente(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_entente"));
    command
        .args(args)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// One process from start to end.
#[divan::bench(
    args = ["version", "extract", "who", "why", "extract with own words"],
    sample_count = 20,
    sample_size = 1
)]
fn process(bencher: Bencher, what: &str) {
    let work = work().path();
    let seed = seeds().join("gipfel-ankara.txt").display().to_string();
    let db = work.join("out/entente.db").display().to_string();
    let own = work.join("own").display().to_string();
    let args: Vec<&str> = match what {
        "version" => vec!["--version"],
        "extract" => vec!["extract", &seed],
        "who" => vec!["who", "Germany", "--db", &db],
        "why" => vec!["why", "Germany", "Norway", "--db", &db],
        _ => vec!["extract", "--gazetteer", &own, &seed],
    };
    bencher.bench_local(|| {
        let status = entente(&args).env("XDG_CACHE_HOME", work).status();
        assert!(status.unwrap().success());
    });
}

/// The rules compiled and everything else made ready; the vocabulary is open.
#[divan::bench]
fn pipeline() -> Pipeline<'static> {
    Pipeline::new(Gazetteer::builtin().unwrap()).unwrap()
}

#[divan::bench]
fn model() -> Model {
    Model::builtin()
}

/// All files of the vocabulary read and compiled, as at build time.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn compile() -> Gazetteer {
    Gazetteer::load(&[]).unwrap()
}

/// A user's folder whose compiled form is in the cache.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn cached(bencher: Bencher) {
    let work = work().path();
    let own = [work.join("own")];
    Gazetteer::load_cached(&own, work).unwrap();
    bencher.bench_local(|| Gazetteer::load_cached(&own, work).unwrap());
}

#[divan::bench(args = ["Germany", "Deutschlands", "IRIS-T SLM"])]
fn find_exact(name: &str) -> usize {
    let gazetteer = Gazetteer::builtin().unwrap();
    gazetteer.find_exact(black_box(name)).len()
}
