//! Compiles the vocabulary, the rules and the model into the program, with the program's own loader:
//! a start reads nothing, and a mistake in a file is an error of the build that names its line.

#![expect(
    dead_code,
    unreachable_pub,
    reason = "modules of the program of which only the loader is used"
)]
#![expect(clippy::print_stdout, reason = "so a build script speaks to Cargo")]

#[path = "../src/copies/mod.rs"]
mod copies;
#[path = "../src/document.rs"]
mod document;
#[path = "../src/error.rs"]
mod error;
mod gazetteer;
mod linker;
#[path = "../src/mention.rs"]
mod mention;
mod page;
#[path = "../src/schema.rs"]
mod schema;
#[path = "../src/statement.rs"]
mod statement;
#[path = "../src/text/mod.rs"]
mod text;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

use error::Problems;

/// The vocabulary of this repository.
const FOLDER: &str = "gazetteer";
/// The model of the linker.
const MODEL: &str = "gazetteer/model/linker.tsv";
/// Problems that are shown.
const SHOWN: usize = 20;

fn main() -> ExitCode {
    println!("cargo:rerun-if-changed={FOLDER}");
    page::embed();
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(wrong) => {
            for problem in wrong.iter().take(SHOWN) {
                for line in problem.to_string().lines() {
                    println!("cargo::error={line}");
                }
            }
            if wrong.len() > SHOWN {
                println!("cargo::error={} more problems", wrong.len() - SHOWN);
            }
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Problems> {
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let files = gazetteer::files(Path::new(FOLDER))?;
    let mut wrong = Problems::new();
    let is_rules = |f: &&gazetteer::SourceFile| {
        f.inside.starts_with("rules/") && Path::new(&f.inside).extension() == Some("toml".as_ref())
    };
    for file in files.iter().filter(is_rules) {
        if let Err(problem) = linker::check_rules(&file.path, &file.text) {
            wrong.push(problem);
        }
    }
    match gazetteer::compile(&files) {
        Ok(bytes) => write(&out, "gazetteer.bin", &bytes, &mut wrong),
        Err(problems) => wrong.append(problems),
    }
    match fs::read_to_string(MODEL) {
        Ok(text) => match linker::compile_model(MODEL, &text) {
            Ok(bytes) => write(&out, "linker.bin", &bytes, &mut wrong),
            Err(problem) => wrong.push(problem),
        },
        Err(error) => wrong.add(MODEL, 0, format!("failed to read: {error}"), ""),
    }
    match list(&files) {
        Ok(list) => write(&out, "gazetteer_files.rs", list.as_bytes(), &mut wrong),
        Err(error) => wrong.add(FOLDER, 0, format!("failed to list the files: {error}"), ""),
    }
    wrong.or(())
}

/// The files as a slice of inner paths and texts, in Rust.
fn list(files: &[gazetteer::SourceFile]) -> io::Result<String> {
    let mut list = String::from("&[\n");
    for file in files {
        let path = fs::canonicalize(&file.path)?;
        let path = path.to_str().ok_or(io::ErrorKind::InvalidFilename)?;
        // Writing to a text cannot fail.
        let _ = writeln!(list, "({:?}, include_str!({path:?})),", file.inside);
    }
    list.push(']');
    Ok(list)
}

/// Writes a file unless it holds the same already: what did not change is not compiled again.
fn write(out: &Path, name: &str, bytes: &[u8], wrong: &mut Problems) {
    let path = out.join(name);
    if fs::read(&path).is_ok_and(|known| known == bytes) {
        return;
    }
    if let Err(error) = fs::write(&path, bytes) {
        let shown = path.display().to_string();
        wrong.add(&shown, 0, format!("failed to write: {error}"), "");
    }
}
