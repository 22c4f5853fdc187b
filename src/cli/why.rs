//! `entente why`: every sentence behind a tie.

use std::io::{self, Write};
use std::path::PathBuf;

use entente::query::{self, Filter, Passage, Resolved, Why, WhyEdge};

use super::args::{TableFormat, WhyArgs};
use super::failure::Result;
use super::who::{arrow, direction_word, few, quoted};
use super::{Outcome, ask, session, term};

/// Prints the sentences that tie two entities, by kind of tie.
pub(crate) fn run(args: &WhyArgs, own: &[PathBuf]) -> Result<Outcome> {
    let gazetteer = session::gazetteer(own)?;
    let db = &args.store.db;
    let (found, graph) = ask::about(db, &[&args.a, &args.b], gazetteer)?;
    let filter = ask::filter(&args.filter, true, &graph, gazetteer)?;
    let [a, b] = found.as_slice() else {
        return Ok(Outcome::Nothing);
    };
    let Some(answer) = query::why(&graph, gazetteer, &a.id, &b.id, &filter) else {
        for missing in [a, b].into_iter().filter(|found| !found.in_graph) {
            ask::nothing_about(missing, db)?;
        }
        return Ok(Outcome::Partly);
    };
    let empty = answer.edges.is_empty();
    let mut to = term::stdout();
    match args.format {
        TableFormat::Table => table(&mut to, &answer)?,
        TableFormat::Markdown => markdown(&mut to, &answer)?,
        TableFormat::Json => term::json(&mut to, &answer)?,
        TableFormat::Csv => csv(&mut to, &answer)?,
    }
    to.flush()?;
    if empty {
        nothing(&answer, &filter, &ask::db_option(db))?;
        return Ok(Outcome::Partly);
    }
    Ok(Outcome::Done)
}

fn table(to: &mut impl Write, why: &Why) -> io::Result<()> {
    for (at, edge) in why.edges.iter().enumerate() {
        if at > 0 {
            writeln!(to)?;
        }
        write_edge(to, why, edge)?;
    }
    Ok(())
}

/// Parties in bold type, the words that carry the claim in italics.
fn markdown(to: &mut impl Write, why: &Why) -> io::Result<()> {
    for edge in &why.edges {
        let (heading, rest) = heading(why, edge);
        writeln!(
            to,
            "## {}: {}\n",
            term::markdown(&heading),
            term::markdown(&rest)
        )?;
        for passage in &edge.passages {
            // The marks stand in the text until everything else in it is escaped.
            let marked = query::mark(&passage.evidence, |piece, is_trigger| {
                let mark = if is_trigger { '\u{2}' } else { '\u{1}' };
                format!("{mark}{piece}{mark}")
            });
            let text = term::markdown(&marked);
            let text = text.replace('\u{1}', "**").replace('\u{2}', "*");
            writeln!(
                to,
                "> {text}\n>\n> {}\n",
                term::markdown(&notes(passage).join(", "))
            )?;
        }
    }
    Ok(())
}

const HEADS: [&str; 20] = [
    "a",
    "b",
    "kind",
    "direction",
    "tie_status",
    "tie_sources",
    "tie_copies",
    "statement",
    "status",
    "date",
    "confidence",
    "sentence",
    "trigger",
    "parties",
    "document",
    "publisher",
    "copy_of",
    "title",
    "published",
    "rule",
];

fn csv(to: &mut impl Write, why: &Why) -> Result<()> {
    let mut rows = csv::Writer::from_writer(to);
    rows.write_record(HEADS)?;
    for edge in &why.edges {
        for passage in &edge.passages {
            let parties: Vec<String> = passage.parties.iter().map(resolved).collect();
            let trigger = passage.evidence.trigger.as_ref();
            let cells: [&str; 20] = [
                &why.a.name,
                &why.b.name,
                &edge.kind,
                direction_word(edge.direction),
                edge.status.as_str(),
                &edge.sources.to_string(),
                &edge.copies.to_string(),
                &passage.id,
                passage.status.as_str(),
                &ask::date(passage.date),
                &format!("{:.2}", passage.confidence),
                &passage.evidence.sentence,
                trigger.map_or("", |t| t.text.as_str()),
                &parties.join("|"),
                &passage.document,
                &passage.source,
                passage.copy_of.as_deref().unwrap_or_default(),
                &passage.title,
                &ask::date(passage.published),
                &passage.evidence.rule,
            ];
            rows.write_record(cells)?;
        }
    }
    rows.flush()?;
    Ok(())
}

fn nothing(why: &Why, filter: &Filter, db: &str) -> io::Result<()> {
    let mut to = term::stderr();
    let limits = ask::limits(filter).join(", ");
    let limits = if limits.is_empty() {
        limits
    } else {
        format!(" ({limits})")
    };
    writeln!(to, "no sentence ties {} and {}{limits}", why.a, why.b)?;
    let (a, b) = (quoted(&why.a.name), quoted(&why.b.name));
    let who = term::styled(term::COMMAND, &format!("entente who {a}{db}"));
    let path = term::styled(term::COMMAND, &format!("entente path {a} {b}{db}"));
    let hint = term::styled(term::HINT, "hint:");
    writeln!(
        to,
        "{hint} {who} lists the ties there are, {path} how the two hang together over others"
    )
}

/// Who is tied, and how.
fn heading(why: &Why, edge: &WhyEdge) -> (String, String) {
    let direction = match arrow(edge.direction) {
        "" => " - ",
        " ←" => " ← ",
        _ => " → ",
    };
    let since = edge
        .since
        .map(|since| format!(" {since}"))
        .unwrap_or_default();
    let about = if edge.about.is_empty() {
        String::new()
    } else {
        format!("   about {}", few(&edge.about))
    };
    let sources = term::sources(edge.sources, edge.copies);
    let how = format!(
        "{}, {}{since}{about}   {sources}, confidence {:.2}",
        edge.label,
        edge.status.as_str(),
        edge.confidence
    );
    (format!("{}{direction}{}", why.a, why.b), how)
}

fn write_edge(to: &mut impl Write, why: &Why, edge: &WhyEdge) -> io::Result<()> {
    let (ends, how) = heading(why, edge);
    writeln!(to, "{}   {how}", term::styled(term::BOLD, &ends))?;
    edge.passages
        .iter()
        .try_for_each(|passage| write_passage(to, passage))
}

/// Where a passage stands, when it was published, what it says.
fn notes(passage: &Passage) -> Vec<String> {
    let mut notes = vec![place(passage)];
    notes.extend(
        passage
            .copy_of
            .as_ref()
            .map(|first| format!("copy of {first}")),
    );
    notes.extend(passage.published.map(|date| format!("published {date}")));
    let status = passage.status.as_str();
    notes.push(
        passage
            .date
            .map_or(status.to_owned(), |date| format!("{status} {date}")),
    );
    notes.push(format!("confidence {:.2}", passage.confidence));
    notes.push(format!("rule {}", passage.evidence.rule));
    notes
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
    writeln!(
        to,
        "    {}",
        term::styled(term::DIM, &notes(passage).join("   "))
    )?;
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
