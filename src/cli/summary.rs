//! What a build found, on one screen.

use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use entente::graph::{Graph, Tie};

use super::ask;
use super::build::Tally;
use super::term::{self, grouped, plural};
use super::who::quoted;

/// How many of the things a tie is about are named.
const ABOUT: usize = 3;

/// Ties that are shown.
const STRONGEST: usize = 8;
/// Skipped inputs that are shown.
const SKIPPED: usize = 10;

/// Prints the summary of a build to standard error.
pub(crate) fn print(
    tally: &Tally,
    graph: &Graph,
    out: &Path,
    files: &[&str],
    took: Duration,
) -> io::Result<()> {
    let mut to = term::stderr();
    documents(&mut to, tally, took)?;
    skipped(&mut to, tally)?;
    counts(&mut to, graph)?;
    strongest(&mut to, graph)?;
    writeln!(to, "Wrote {}: {}", out.display(), files.join(" "))?;
    next(&mut to, graph, out)
}

fn documents(to: &mut impl Write, tally: &Tally, took: Duration) -> io::Result<()> {
    let count = tally.languages.values().sum();
    let languages: Vec<String> = tally
        .languages
        .iter()
        .map(|(code, n)| format!("{} {}", grouped(*n), language(code)))
        .collect();
    let skipped = match tally.skipped.len() {
        0 => String::new(),
        n => format!(", {} skipped", grouped(n)),
    };
    let recalled = match tally.recalled {
        0 => String::new(),
        n => format!(", {} done before", grouped(n)),
    };
    let documents = plural(count, "document", "documents");
    writeln!(
        to,
        "{documents} ({}){skipped}{recalled}   {:.1} s",
        languages.join(", "),
        took.as_secs_f64()
    )
}

fn language(code: &str) -> &str {
    match code {
        "de" => "German",
        "en" => "English",
        "fr" => "French",
        other => other,
    }
}

fn skipped(to: &mut impl Write, tally: &Tally) -> io::Result<()> {
    for skipped in tally.skipped.iter().take(SKIPPED) {
        let hint = if skipped.hint.is_empty() {
            String::new()
        } else {
            format!("; {}", skipped.hint)
        };
        writeln!(
            to,
            "  {} {}{hint}",
            term::styled(term::WARNING, "skipped"),
            skipped.reason
        )?;
    }
    match tally.skipped.len().saturating_sub(SKIPPED) {
        0 => Ok(()),
        more => writeln!(to, "  and {} more", grouped(more)),
    }
}

fn counts(to: &mut impl Write, graph: &Graph) -> io::Result<()> {
    let entities = graph.nodes().len();
    let unknown = graph.nodes().iter().filter(|node| !node.known).count();
    writeln!(
        to,
        "{} ({} not in the gazetteer), {}, {}",
        plural(entities, "entity", "entities"),
        grouped(unknown),
        plural(graph.claim_count(), "statement", "statements"),
        plural(
            graph.ties().iter().filter(|tie| tie.cooperative).count(),
            "tie",
            "ties"
        ),
    )
}

fn strongest(to: &mut impl Write, graph: &Graph) -> io::Result<()> {
    let ties: Vec<&Tie> = graph
        .ties()
        .iter()
        .filter(|tie| tie.cooperative)
        .take(STRONGEST)
        .collect();
    if ties.is_empty() {
        return Ok(());
    }
    writeln!(to, "{}", term::styled(term::BOLD, "Strongest ties"))?;
    let names: Vec<String> = ties.iter().map(|tie| ends(graph, tie)).collect();
    let width = names
        .iter()
        .map(|name| unicode_width::UnicodeWidthStr::width(name.as_str()))
        .max()
        .unwrap_or(0);
    for (tie, name) in ties.iter().zip(&names) {
        let blank = " ".repeat(width - unicode_width::UnicodeWidthStr::width(name.as_str()));
        let sources = term::sources(tie.summary.sources, tie.summary.copies);
        writeln!(to, "  {name}{blank}   {}   {sources}", kinds(graph, tie))?;
    }
    Ok(())
}

fn ends(graph: &Graph, tie: &Tie) -> String {
    format!("{} - {}", graph.node(tie.a).label, graph.node(tie.b).label)
}

/// The first names with commas, and how many more there are.
fn some(names: &[&str]) -> String {
    match names.get(..ABOUT) {
        Some(first) if names.len() > ABOUT + 1 => {
            format!("{}, {} more", first.join(", "), names.len() - ABOUT)
        }
        _ => names.join(", "),
    }
}

/// Kinds of a tie with what each is about: `development (U212CD), training`.
fn kinds(graph: &Graph, tie: &Tie) -> String {
    let mut words: Vec<String> = Vec::new();
    for edge in tie.edges.iter().map(|ix| graph.edge(*ix)) {
        let kind = graph.legend().statement(&edge.kind);
        if kind.is_none_or(|kind| kind.group != entente::graph::Group::Cooperative) {
            continue;
        }
        let about: Vec<&str> = edge
            .summary
            .about
            .iter()
            .map(|ix| graph.node(*ix).label.as_str())
            .collect();
        let about = if about.is_empty() {
            String::new()
        } else {
            format!(" ({})", some(&about))
        };
        let word = format!("{}{about}", graph.legend().statement_label(&edge.kind));
        if !words.contains(&word) {
            words.push(word);
        }
    }
    let more = words.len().saturating_sub(3);
    words.truncate(3);
    if more > 0 {
        words.push(format!("{more} more"));
    }
    words.join(", ")
}

/// Commands that make sense now.
fn next(to: &mut impl Write, graph: &Graph, out: &Path) -> io::Result<()> {
    let db = ask::db_option(&out.join(super::build::STORE));
    let mut commands = Vec::new();
    if let Some(tie) = graph.ties().first() {
        let (a, b) = (&graph.node(tie.a).label, &graph.node(tie.b).label);
        commands.push(format!("entente who {}{db}", quoted(a)));
        commands.push(format!("entente why {} {}{db}", quoted(a), quoted(b)));
    }
    commands.push(format!(
        "dot -Tsvg {0}/graph.dot > graph.svg",
        out.display()
    ));
    let commands: Vec<String> = commands
        .iter()
        .map(|c| term::styled(term::COMMAND, c))
        .collect();
    writeln!(to, "Next: {}", commands.join("    "))
}
