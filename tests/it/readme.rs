//! The README shows what the program prints: every `console` block is run and compared.
//!
//! `UPDATE_README=1 cargo test readme` writes the real output into it and draws its picture anew.

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use crate::command::{built, mask, root, run, words};

const PROMPT: &str = "$ entente ";

#[test]
fn the_readme_shows_what_the_program_prints() {
    let path = root().join("README.md");
    let old = fs::read_to_string(&path).unwrap();
    let new = with_real_output(&old);
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(&path, new).unwrap();
        draw();
        return;
    }
    let lines = old.lines().zip(new.lines()).enumerate();
    for (number, (is, should)) in lines {
        let same = mask(is, root()) == mask(should, root());
        assert!(
            same,
            "README.md:{}: shows\n{is}\nand should show\n{should}\n`UPDATE_README=1 cargo test readme` mends it",
            number + 1
        );
    }
    assert_eq!(old.lines().count(), new.lines().count());
}

/// The picture of the README: the graph of the samples, drawn by Graphviz.
fn draw() {
    let docs = root().join("docs");
    fs::create_dir_all(&docs).unwrap();
    let picture = docs.join("seeds.svg");
    let dot = built().join("out/graph.dot");
    let drawn = Command::new("dot")
        .arg("-Tsvg")
        .arg(dot)
        .arg("-o")
        .arg(picture)
        .status();
    assert!(drawn.unwrap().success(), "Graphviz failed");
}

#[test]
fn the_readme_links_to_files_that_are_there() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    for link in readme
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
    {
        assert!(root().join(link).exists(), "README.md links to {link}");
    }
}

/// The README with what its commands print now.
fn with_real_output(readme: &str) -> String {
    let mut out = String::new();
    let mut lines = readme.lines();
    while let Some(line) = lines.next() {
        writeln!(out, "{line}").unwrap();
        if line == "```console" {
            let command = lines.next().unwrap();
            writeln!(out, "{command}").unwrap();
            out.push_str(&printed(command));
            while lines.next().is_some_and(|line| line != "```") {}
            out.push_str("```\n");
        }
    }
    out
}

/// What `$ entente ...` prints; standard output alone if it goes on with `| head -N` or `| grep -v WORD`.
fn printed(command: &str) -> String {
    let typed = command
        .strip_prefix(PROMPT)
        .unwrap_or_else(|| panic!("{command} is not run by this test"));
    let (typed, filter) = typed.split_once(" | ").unwrap_or((typed, ""));
    let args = words(typed);
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let output = run(built(), &args);
    let printed = String::from_utf8(output.stdout).unwrap();
    let lines = printed.lines();
    let kept: Vec<&str> = match filter.split_once(" -") {
        None => return printed + &String::from_utf8(output.stderr).unwrap(),
        Some(("head", count)) => lines.take(count.parse().unwrap()).collect(),
        Some(("grep", word)) => {
            let word = word.strip_prefix("v ").unwrap();
            lines.filter(|line| !line.contains(word)).collect()
        }
        Some(_) => panic!("{command}: no such filter"),
    };
    kept.join("\n") + "\n"
}
