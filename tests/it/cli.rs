//! Whole commands: what they print, where, and how they end. Names are tested with the queries.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use crate::command::{built, entente, root, run, told, words};

const COMMANDS: &[&[&str]] = &[
    &["build"],
    &["extract"],
    &["who"],
    &["why"],
    &["path"],
    &["timeline"],
    &["top"],
    &["diff"],
    &["stats"],
    &["sources"],
    &["tag"],
    &["explain"],
    &["eval"],
    &["gazetteer", "check"],
    &["gazetteer", "find"],
    &["gazetteer", "forms"],
    &["gazetteer", "stats"],
    &["gazetteer", "suggest"],
    &["export"],
    &["report"],
    #[cfg(feature = "serve")]
    &["serve"],
    &["completions"],
    &["man"],
];

const NOTE: &str = "Norway and Canada sign\n\nOslo, 8 July 2026\n\nNorway and Canada signed a memorandum of understanding.\n";

fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("note.txt"), NOTE).unwrap();
    dir
}

#[test]
fn help() {
    insta::assert_snapshot!("help", told(root(), &["--help"]));
    for command in COMMANDS {
        let args = [command, &["--help"][..]].concat();
        insta::assert_snapshot!(format!("help_{}", command.join("_")), told(root(), &args));
    }
}

#[test]
fn every_example_of_the_help_runs() {
    let dir = built();
    for command in COMMANDS {
        let output = run(dir, &[command, &["--help"][..]].concat());
        let help = String::from_utf8(output.stdout).unwrap();
        let examples: Vec<&str> = help
            .lines()
            .filter_map(|line| line.strip_prefix("  entente "))
            .collect();
        assert!(
            !examples.is_empty(),
            "`{}` has no example",
            command.join(" ")
        );
        for example in examples {
            let args = words(example);
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            let output = run(dir, &args);
            let error = String::from_utf8_lossy(&output.stderr);
            assert!(
                output.status.success(),
                "`entente {example}` fails: {error}"
            );
            let silent = output.stdout.is_empty() && error.is_empty();
            assert!(!silent, "`entente {example}` prints nothing");
        }
    }
}

#[test]
fn wrong_usage() {
    for (name, args) in [
        ("usage_none", &[][..]),
        ("usage_command", &["biuld"]),
        ("usage_date", &["who", "Norway", "--since", "yesterday"]),
        ("usage_status", &["who", "Norway", "--status", "firm"]),
        (
            "usage_confidence",
            &["who", "Norway", "--min-confidence", "60%"],
        ),
        ("usage_kind", &["who", "Norway", "--kind", "friendship"]),
        (
            "usage_input_format",
            &["extract", "seeds", "--input-format", "html5"],
        ),
        ("usage_format", &["export", "--format", "pajek"]),
        ("usage_set", &["export", "--format", "csv"]),
        ("usage_domain", &["who", "Norway", "--domain", "see"]),
        ("usage_share", &["top", "--min-confidence", "90"]),
        ("usage_diff", &["diff", "yesterday"]),
    ] {
        insta::assert_snapshot!(name, told(built(), args));
    }
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_done() {
    let dir = folder();
    fs::write(dir.path().join("empty.txt"), "").unwrap();
    fs::write(
        dir.path().join("junk.txt"),
        [0u8, 1, 2, 200, 255, 0, 7].repeat(50),
    )
    .unwrap();
    fs::write(dir.path().join("scan.pdf"), "%PDF-1.7 junk").unwrap();
    for (name, args) in [
        ("missing_file", &["extract", "nowhere.txt"][..]),
        ("missing_store", &["who", "Norway"]),
        ("empty_file", &["extract", "empty.txt"]),
        ("binary_junk", &["extract", "junk.txt"]),
        ("nothing_left", &["build", "junk.txt", "empty.txt"]),
        ("store_is_text", &["who", "Norway", "--db", "note.txt"]),
    ] {
        insta::assert_snapshot!(name, told(dir.path(), args));
    }
    assert!(
        !dir.path().join("out").exists(),
        "a build that fails leaves nothing"
    );
    let output = run(
        dir.path(),
        &["extract", "nowhere.txt", "note.txt", "junk.txt"],
    );
    assert_eq!(output.status.code(), Some(1));
    let lines = String::from_utf8(output.stdout).unwrap();
    assert_eq!(lines.lines().count(), 1);
    assert!(
        lines.starts_with(r#"{"document":{"id":"note.txt""#),
        "{lines}"
    );
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(errors.matches("skipped:").count(), 2, "{errors}");
}

#[test]
fn a_build_skips_and_says_so() {
    let dir = folder();
    fs::write(
        dir.path().join("junk.txt"),
        [0u8, 1, 2, 200, 255, 0, 7].repeat(50),
    )
    .unwrap();
    insta::assert_snapshot!(
        "build_skips",
        told(dir.path(), &["build", "note.txt", "junk.txt"])
    );
    assert!(dir.path().join("out/entente.db").exists());
}

#[test]
fn a_place_that_cannot_be_written() {
    let dir = folder();
    insta::assert_snapshot!(
        "out_is_a_file",
        told(dir.path(), &["build", "note.txt", "--out", "note.txt"])
    );
    insta::assert_snapshot!(
        "out_below_a_file",
        told(dir.path(), &["build", "note.txt", "--out", "note.txt/out"])
    );
    assert_eq!(
        fs::read_to_string(dir.path().join("note.txt")).unwrap(),
        NOTE
    );
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_read_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = folder();
    let out = dir.path().join("out");
    fs::create_dir(&out).unwrap();
    fs::set_permissions(&out, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(out.join("probe"), "").is_ok() {
        // The superuser may write anywhere.
        return;
    }
    insta::assert_snapshot!("out_is_read_only", told(dir.path(), &["build", "note.txt"]));
    assert_eq!(fs::read_dir(&out).unwrap().count(), 0);
}

#[test]
fn a_failed_build_keeps_the_old_files() {
    let dir = folder();
    assert!(run(dir.path(), &["build", "note.txt"]).status.success());
    let before = files(&dir.path().join("out"));
    fs::write(dir.path().join("empty.txt"), "").unwrap();
    assert_eq!(
        run(dir.path(), &["build", "empty.txt"]).status.code(),
        Some(2)
    );
    assert_eq!(files(&dir.path().join("out")), before);
}

#[test]
fn a_wrong_row_of_the_vocabulary() {
    let dir = folder();
    let own = dir.path().join("own/entities");
    fs::create_dir_all(&own).unwrap();
    let head = "id,label,class,country,parent,wikidata,since,until,source,maker\n";
    fs::write(
        own.join("weapon.csv"),
        format!("{head}weapon:otter,Otter,mbt,UKD,,,2021-13,,own,\n"),
    )
    .unwrap();
    insta::assert_snapshot!(
        "wrong_row",
        told(dir.path(), &["--gazetteer", "own", "extract", "note.txt"])
    );
    insta::assert_snapshot!(
        "wrong_row_check",
        told(dir.path(), &["--gazetteer", "own", "gazetteer", "check"])
    );
}

#[test]
fn nobody_reads_to_the_end() {
    let mut child = entente(built(), &["extract", "seeds", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk() {
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let output = entente(built(), &["extract", "seeds"])
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        error,
        "error: failed to write the output: No space left on device (os error 28)\n"
    );
}

#[test]
fn colour_only_where_it_is_wanted() {
    let coloured = |variable: &str| {
        let output = entente(built(), &["tag", "seeds"])
            .env(variable, "1")
            .output()
            .unwrap();
        output.stdout.contains(&0x1b)
    };
    assert!(!coloured("UNRELATED"), "colour codes in a pipe");
    assert!(coloured("CLICOLOR_FORCE"), "no colour though it is forced");
    assert!(
        !coloured("NO_COLOR"),
        "colour codes though they are unwanted"
    );
}

#[test]
fn standard_input_is_a_document() {
    let dir = folder();
    let input = fs::File::open(dir.path().join("note.txt")).unwrap();
    let output = entente(dir.path(), &["extract", "-"])
        .stdin(input)
        .output()
        .unwrap();
    assert!(output.status.success());
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .contains("country:NOR")
    );
}

#[test]
fn completions_and_manual() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = run(root(), &["completions", shell]);
        assert!(
            output.status.success() && output.stdout.len() > 1000,
            "{shell}"
        );
    }
    let page = String::from_utf8(run(root(), &["man"]).stdout).unwrap();
    assert!(
        page.starts_with(".ie") && page.contains("entente"),
        "{page}"
    );
}

#[test]
fn the_same_files_whatever_the_order_and_the_threads() {
    let dir = tempfile::tempdir().unwrap();
    let seeds = root().join("seeds");
    let mut names: Vec<String> = fs::read_dir(&seeds)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file() && !path.ends_with("README.md"))
        .map(|path| path.display().to_string())
        .collect();
    names.sort();
    let mut expected = None;
    for (jobs, backwards) in [("1", false), ("2", false), ("1", true), ("5", true)] {
        if backwards {
            names.sort_by(|a, b| b.cmp(a));
        }
        let inputs = names.iter().map(String::as_str);
        let args: Vec<&str> = ["build", "--out", "out", "--jobs", jobs]
            .into_iter()
            .chain(inputs)
            .collect();
        assert!(run(dir.path(), &args).status.success());
        let found = files(&dir.path().join("out"));
        assert_eq!(found.len(), 7);
        let expected = expected.get_or_insert_with(|| found.clone());
        for ((name, bytes), (_, first)) in found.iter().zip(expected.iter()) {
            assert!(
                bytes == first,
                "{name} differs with {jobs} threads, backwards: {backwards}"
            );
        }
    }
}

/// Leaving out what is not sure before the graph is built or after it comes to the same.
#[test]
fn only_what_is_sure_enough() {
    let dir = tempfile::tempdir().unwrap();
    let seeds = root().join("seeds").display().to_string();
    let sure = ["--min-confidence", "0.6"];
    for (out, option) in [("all", &[][..]), ("sure", &sure)] {
        let args = [&["build", &seeds, "--out", out], option].concat();
        assert!(run(dir.path(), &args).status.success());
    }
    let answer = |question: &[&str], db: &str, option: &[&str]| {
        let output = run(dir.path(), &[question, &["--db", db], option].concat());
        String::from_utf8(output.stdout).unwrap()
    };
    for question in [
        &["export", "--format", "statements"][..],
        &["export", "--format", "edges"],
        &["who", "Germany"],
        &["why", "Germany", "Norway"],
    ] {
        let before = answer(question, "sure/entente.db", &[]);
        let after = answer(question, "all/entente.db", &sure);
        assert_eq!(
            before,
            after.replace("(confidence 0.60 or more, ", "("),
            "{question:?}"
        );
        assert!(
            after.len() < answer(question, "all/entente.db", &[]).len(),
            "{question:?}"
        );
    }
    let extracted = run(dir.path(), &[&["extract", &seeds], &sure[..]].concat()).stdout;
    for line in String::from_utf8(extracted).unwrap().lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        for statement in line["statements"].as_array().unwrap() {
            assert!(
                statement["confidence"].as_f64().unwrap() >= 0.6,
                "{statement}"
            );
        }
        for entity in line["entities"].as_array().unwrap() {
            let named = line["statements"]
                .to_string()
                .contains(entity["id"].as_str().unwrap());
            assert!(
                named || !entity["mentions"].as_array().unwrap().is_empty(),
                "{entity}"
            );
        }
    }
}

#[test]
fn extract_keeps_the_order_of_its_inputs() {
    let one = run(built(), &["extract", "seeds", "--jobs", "1"]);
    let many = run(built(), &["extract", "seeds", "--jobs", "4"]);
    assert!(one.status.success());
    assert!(one.stdout == many.stdout);
}

/// Name and content of every file of a folder.
fn files(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            (
                entry.file_name().display().to_string(),
                fs::read(entry.path()).unwrap(),
            )
        })
        .collect();
    files.sort();
    files
}
