//! Every module of the library uses only what stands below it (`ARCHITECTURE.md`, "Layers").

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Modules from bottom to top. Those of one row never use each other.
const LAYERS: &[&[&str]] = &[
    &["atomic", "clock", "copies", "error", "text"],
    &["document", "mention"],
    &["schema", "statement"],
    &["gazetteer", "packed"],
    &["graph", "linker", "read", "tagger"],
    &["store"],
    &["eval", "export", "query"],
    &["pipeline", "report"],
    &["serve"],
];

/// What stands below and is still not to be seen: answers and files come from the graph alone.
const HIDDEN: &[(&[&str], &[&str])] = &[(
    &["eval", "export", "query", "report", "serve"],
    &["linker", "read", "store", "tagger"],
)];

#[test]
fn modules_use_only_what_stands_below_them() {
    let layers: BTreeMap<&str, usize> = LAYERS
        .iter()
        .enumerate()
        .flat_map(|(at, row)| row.iter().map(move |name| (*name, at)))
        .collect();
    let mut wrong = Vec::new();
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in sources(&src) {
        let shown = file.strip_prefix(&src).unwrap().display().to_string();
        let module = shown
            .split('/')
            .next()
            .unwrap()
            .trim_end_matches(".rs")
            .to_owned();
        if matches!(module.as_str(), "cli" | "main" | "lib") || only_for_tests(&file) {
            continue;
        }
        let Some(&layer) = layers.get(module.as_str()) else {
            wrong.push(format!(
                "src/{shown}: module `{module}` has no layer: add it to LAYERS"
            ));
            continue;
        };
        for (number, used) in uses(&fs::read_to_string(&file).unwrap()) {
            let allowed = used == module
                || layers
                    .get(used.as_str())
                    .is_some_and(|&below| below < layer);
            if !allowed || hidden(&module, &used) {
                wrong.push(format!(
                    "src/{shown}:{number}: `{module}` uses `{used}`, which does not stand below it"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_command_line_prints() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let prints = [
        "print!(",
        "println!(",
        "eprint!(",
        "eprintln!(",
        "io::stdout()",
        "io::stderr()",
    ];
    let mut wrong = Vec::new();
    for file in sources(&src) {
        let shown = file.strip_prefix(&src).unwrap().display().to_string();
        if shown.starts_with("cli/") || shown == "main.rs" {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        let lines = text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim_start().starts_with("//"));
        for (number, _) in lines.filter(|(_, line)| prints.iter().any(|print| line.contains(print)))
        {
            wrong.push(format!("src/{shown}:{}", number + 1));
        }
    }
    assert!(wrong.is_empty(), "these lines print: {wrong:?}");
}

fn hidden(module: &str, used: &str) -> bool {
    HIDDEN
        .iter()
        .any(|(from, what)| from.contains(&module) && what.contains(&used))
}

/// Whether the module that holds a file has it for tests alone.
fn only_for_tests(file: &Path) -> bool {
    let name = file.file_stem().unwrap().to_string_lossy();
    let parent = fs::read_to_string(file.with_file_name("mod.rs")).unwrap_or_default();
    parent.contains(&format!("#[cfg(test)]\nmod {name};"))
}

/// Line and name of every module of this crate that a file uses, tests within it left out.
fn uses(text: &str) -> Vec<(usize, String)> {
    let code = text
        .split("#[cfg(test)]\nmod tests")
        .next()
        .unwrap_or_default();
    let mut found = Vec::new();
    for (number, line) in code.lines().enumerate() {
        let line = line.split("//").next().unwrap_or_default();
        for part in line.split("crate::").skip(1) {
            let name: String = part
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            if name.is_empty() {
                let list = part
                    .trim_start_matches('{')
                    .split('}')
                    .next()
                    .unwrap_or_default();
                let names = list
                    .split(',')
                    .filter_map(|item| item.trim().split("::").next());
                found.extend(
                    names
                        .filter(|n| !n.is_empty())
                        .map(|n| (number + 1, n.to_owned())),
                );
            } else {
                found.push((number + 1, name));
            }
        }
    }
    found
}

fn sources(dir: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}
