//! The label below the picture that says what colours and lines mean.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::super::text::{Xml, flat};
use super::view::View;
use super::{FADED, tint};
use crate::graph::{Edge, Graph};
use crate::schema::EntityKind;
use crate::statement::Status;

/// Entries in one row.
const ROW: usize = 5;

const HEAD: &str =
    "  label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"4\" CELLPADDING=\"2\">\n";

pub(super) fn write(graph: &Graph, view: &View, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(HEAD.as_bytes())?;
    let title = title(graph, view);
    writeln!(out, "    <TR><TD COLSPAN=\"{ROW}\">{title}</TD></TR>")?;
    rows(out, &entities(graph, view))?;
    rows(out, &statements(graph, view))?;
    rows(out, &styles(graph, view))?;
    out.write_all(b"  </TABLE>>;\n")
}

fn entities(graph: &Graph, view: &View) -> Vec<Cell> {
    let shown = view.nodes.iter().map(|ix| graph.node(*ix).kind.as_str());
    let shown: BTreeSet<&str> = shown.collect();
    let kinds = graph.legend().entities.iter();
    let kinds = kinds.filter(|kind| shown.contains(kind.id.as_str()));
    kinds.map(entity).collect()
}

fn statements(graph: &Graph, view: &View) -> Vec<Cell> {
    let shown = edges(graph, view).map(|edge| edge.kind.as_str());
    let shown: BTreeSet<&str> = shown.collect();
    let kinds = graph.legend().statements.iter();
    let kinds = kinds.filter(|kind| shown.contains(kind.id.as_str()));
    kinds
        .map(|kind| sample(&kind.colour, &kind.label))
        .collect()
}

fn edges<'g>(graph: &'g Graph, view: &'g View) -> impl Iterator<Item = &'g Edge> {
    view.lines.iter().flat_map(|line| line.edges(graph))
}

/// Attributes and content of a cell.
type Cell = (String, String);

fn title(graph: &Graph, view: &View) -> String {
    let part = if view.partial {
        format!(
            "the strongest ties, between {} of {} entities",
            view.nodes.len(),
            graph.nodes().len()
        )
    } else {
        format!("{} entities", view.nodes.len())
    };
    let (statements, documents) = (graph.claim_count(), graph.documents().len());
    format!(
        "<B>Who cooperates with whom</B>: {part}, from {statements} statements in {documents} documents"
    )
}

fn entity(kind: &EntityKind) -> Cell {
    let label = xml(&kind.label);
    match kind.shape.as_str() {
        "ellipse" => boxed(&kind.colour, "white", &label),
        "plaintext" => boxed("#ffffff", &kind.colour, &label),
        _ => boxed(&tint(&kind.colour), "black", &label),
    }
}

fn boxed(fill: &str, text: &str, label: &str) -> Cell {
    let attributes = format!(" BGCOLOR=\"{}\"", xml(fill));
    (
        attributes,
        format!("<FONT COLOR=\"{}\">{label}</FONT>", xml(text)),
    )
}

fn sample(colour: &str, label: &str) -> Cell {
    let line = format!("<FONT COLOR=\"{}\">&#9644;</FONT>", xml(colour));
    plain(&format!("{line} {}", xml(label)))
}

fn styles(graph: &Graph, view: &View) -> Vec<Cell> {
    let statuses = edges(graph, view).map(|edge| edge.summary.status);
    let statuses: BTreeSet<Status> = statuses.collect();
    let mut styles = Vec::new();
    if view.lines.iter().any(|line| line.sources > 1) {
        styles.push(plain("thick: more sources"));
    }
    if statuses.contains(&Status::Planned) {
        styles.push(plain("&#183;&#183;&#183;&#183; planned"));
    }
    if view.lines.iter().any(|line| line.hostile) {
        styles.push(plain("- - - hostile"));
    }
    if statuses.contains(&Status::Ended) || statuses.contains(&Status::Rejected) {
        styles.push(sample(FADED, "ended or refused"));
    }
    styles
}

fn plain(content: &str) -> Cell {
    (String::new(), content.to_owned())
}

fn rows(out: &mut dyn Write, cells: &[Cell]) -> io::Result<()> {
    cells.chunks(ROW).try_for_each(|cells| row(out, cells))
}

fn row(out: &mut dyn Write, cells: &[Cell]) -> io::Result<()> {
    out.write_all(b"    <TR>")?;
    for (attributes, content) in cells {
        write!(out, "<TD ALIGN=\"LEFT\"{attributes}>{content}</TD>")?;
    }
    out.write_all(b"</TR>\n")
}

fn xml(text: &str) -> String {
    let mut out = Vec::new();
    // Writing to memory cannot fail.
    let _ = Xml(&flat(text)).write(&mut out);
    String::from_utf8_lossy(&out).into_owned()
}
