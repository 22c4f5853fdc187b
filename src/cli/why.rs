//! `entente why`: every sentence behind a tie.

use std::io::{self, Write};
use std::path::PathBuf;

use entente::query::{self, Filter, Passage, Resolved, Why, WhyEdge};

use super::args::WhyArgs;
use super::failure::Result;
use super::who::{arrow, known_kinds, names, quoted, status_word, sure_words};
use super::{Outcome, ask, session, term};

/// Prints the sentences that tie two entities, by kind of tie.
pub(crate) fn run(args: &WhyArgs, own: &[PathBuf]) -> Result<Outcome> {
    let gazetteer = session::gazetteer(own)?;
    let kinds = known_kinds(&args.kind, gazetteer)?;
    let db = &args.store.db;
    let graph = ask::graph(db, gazetteer)?;
    let a = ask::find(&args.a, &graph, gazetteer)?;
    let b = ask::find(&args.b, &graph, gazetteer)?;
    let filter = Filter {
        kinds,
        min_confidence: args.sure.min_confidence,
        ..Filter::default()
    };
    let Some(answer) = query::why(&graph, gazetteer, &a.id, &b.id, &filter) else {
        for missing in [&a, &b].into_iter().filter(|found| !found.in_graph) {
            ask::nothing_about(missing, db)?;
        }
        return Ok(Outcome::Partly);
    };
    if answer.edges.is_empty() {
        nothing(&answer, &filter, &ask::db_option(db))?;
        return Ok(Outcome::Partly);
    }
    let mut to = term::stdout();
    for (at, edge) in answer.edges.iter().enumerate() {
        if at > 0 {
            writeln!(to)?;
        }
        write_edge(&mut to, &answer, edge)?;
    }
    to.flush()?;
    Ok(Outcome::Done)
}

fn nothing(why: &Why, filter: &Filter, db: &str) -> io::Result<()> {
    let mut to = term::stderr();
    let limits = limits(filter);
    writeln!(to, "no sentence ties {} and {}{limits}", why.a, why.b)?;
    let command = format!("entente who {}{db}", quoted(&why.a.name));
    writeln!(
        to,
        "{} {} lists the ties there are",
        term::styled(term::HINT, "hint:"),
        term::styled(term::COMMAND, &command)
    )
}

/// What was asked for, after the names: ` (aid, confidence 0.60 or more)`.
fn limits(filter: &Filter) -> String {
    let mut parts = filter.kinds.clone();
    parts.extend(filter.min_confidence.map(sure_words));
    if parts.is_empty() {
        return String::new();
    }
    format!(" ({})", parts.join(", "))
}

fn write_edge(to: &mut impl Write, why: &Why, edge: &WhyEdge) -> io::Result<()> {
    let direction = match arrow(edge.direction) {
        "" => " - ",
        " ←" => " ← ",
        _ => " → ",
    };
    let ends = format!("{}{direction}{}", why.a, why.b);
    let since = edge
        .since
        .map(|since| format!(" {since}"))
        .unwrap_or_default();
    let about = if edge.about.is_empty() {
        String::new()
    } else {
        format!("   about {}", names(&edge.about))
    };
    let sources = term::plural(edge.sources, "source", "sources");
    writeln!(
        to,
        "{}   {}, {}{since}{about}   {sources}, confidence {:.2}",
        term::styled(term::BOLD, &ends),
        edge.label,
        status_word(edge.status),
        edge.confidence
    )?;
    edge.passages
        .iter()
        .try_for_each(|passage| write_passage(to, passage))
}

fn write_passage(to: &mut impl Write, passage: &Passage) -> io::Result<()> {
    let marked = query::mark(&passage.evidence, |piece, is_trigger| {
        if is_trigger {
            term::styled(term::TRIGGER, &format!("{{{piece}}}"))
        } else {
            term::styled(term::PARTY, &format!("[{piece}]"))
        }
    });
    writeln!(to, "  {}", term::one_line(&marked))?;
    let mut notes = vec![place(passage)];
    notes.extend(passage.published.map(|date| format!("published {date}")));
    let status = status_word(passage.status);
    notes.push(
        passage
            .date
            .map_or(status.to_owned(), |date| format!("{status} {date}")),
    );
    notes.push(format!("confidence {:.2}", passage.confidence));
    notes.push(format!("rule {}", passage.evidence.rule));
    writeln!(to, "    {}", term::styled(term::DIM, &notes.join("   ")))?;
    let parties: Vec<String> = passage
        .parties
        .iter()
        .filter(|p| needs_telling(p))
        .map(resolved)
        .collect();
    if !parties.is_empty() {
        writeln!(
            to,
            "    {}",
            term::styled(term::DIM, &format!("parties: {}", parties.join(", ")))
        )?;
    }
    Ok(())
}

/// The source, and the document where the source does not name it.
fn place(passage: &Passage) -> String {
    let (source, document) = (&passage.source, &passage.document);
    if source.ends_with(document.as_str()) {
        source.clone()
    } else {
        format!("{source} ({document})")
    }
}

/// Whether the words for a party do not say by themselves who it is.
fn needs_telling(party: &Resolved) -> bool {
    party.reason.is_some() || party.names != [party.text.as_str()]
}

fn resolved(party: &Resolved) -> String {
    let reason = party
        .reason
        .as_ref()
        .map(|reason| format!(" ({reason})"))
        .unwrap_or_default();
    format!(
        "{} -> {}{reason}",
        term::one_line(&party.text),
        party.names.join(" and ")
    )
}
