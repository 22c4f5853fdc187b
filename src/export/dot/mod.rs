//! DOT: a picture for Graphviz, with its own legend.
//!
//! Whatever command draws it, the layout is that of `fdp`, which draws the entities of a kind in a box of their own.
//! Defaults stand in `node [..]` and `edge [..]`, which Gephi's reader of DOT does not take: Gephi has better
//! files to open.

mod legend;
mod view;

use std::collections::BTreeSet;
use std::io::{self, Write};

use self::view::View;
pub(super) use self::view::{Line, View as Picture};
use super::Options;
use super::text::{flat, shortened};
use crate::graph::{Graph, NodeIx, plain};
use crate::statement::Status;

/// Colour of what is over.
pub(super) const FADED: &str = "#b5b5b5";
/// The border of what the gazetteer does not know.
const DASHED: &str = ", style=\"filled,dashed\"";
/// The box around the entities of a kind.
const BOX: &str = "labelloc=t, labeljust=l, fontsize=13, fontcolor=\"#6a6a6a\", style=\"rounded,filled\", color=\"#dcdcdc\", fillcolor=\"#f7f7f7\"";
/// Longest line of a label, in characters, if there is a blank to break it at.
const LINE: usize = 20;

const HEAD: &str = "\
digraph entente {
  graph [layout=fdp, K=0.6, overlap=false, sep=\"+9\", esep=\"+4\", splines=true, outputorder=edgesfirst,
         bgcolor=white, pad=0.3, fontname=\"Helvetica,Arial,sans-serif\", fontsize=11, labelloc=b];
  node [fontname=\"Helvetica,Arial,sans-serif\", style=filled, margin=\"0.09,0.05\", height=0.3, penwidth=1.2];
  edge [fontname=\"Helvetica,Arial,sans-serif\", fontsize=9, arrowsize=0.7];
";

pub(super) fn write(graph: &Graph, _: Options, out: &mut dyn Write) -> io::Result<()> {
    let view = View::of(graph);
    out.write_all(HEAD.as_bytes())?;
    legend::write(graph, &view, out)?;
    for (kind, label) in kinds(graph, &view) {
        let (name, label) = (quoted(&format!("cluster_{kind}")), quoted(label));
        writeln!(
            out,
            "  subgraph {name} {{\n    graph [label={label}, {BOX}];"
        )?;
        for ix in view.nodes.iter().filter(|ix| graph.node(**ix).kind == kind) {
            node(graph, *ix, out)?;
        }
        out.write_all(b"  }\n")?;
    }
    for line in &view.lines {
        edge(graph, &view, line, out)?;
    }
    out.write_all(b"}\n")
}

/// The kinds of the nodes and their names, in the order of the schema, unknown ones last.
fn kinds<'g>(graph: &'g Graph, view: &View) -> Vec<(&'g str, &'g str)> {
    let shown: BTreeSet<&str> = view
        .nodes
        .iter()
        .map(|ix| graph.node(*ix).kind.as_str())
        .collect();
    let known = graph.legend().entities.iter();
    let known = known.map(|kind| (kind.id.as_str(), kind.label.as_str()));
    let known: Vec<(&str, &str)> = known.filter(|(id, _)| shown.contains(id)).collect();
    let unknown = shown
        .into_iter()
        .filter(|kind| known.iter().all(|(id, _)| id != kind));
    let unknown: Vec<(&str, &str)> = unknown.map(|kind| (kind, kind)).collect();
    known.into_iter().chain(unknown).collect()
}

fn node(graph: &Graph, ix: NodeIx, out: &mut dyn Write) -> io::Result<()> {
    let node = graph.node(ix);
    let style = graph.legend().entity(&node.kind);
    let colour = style.map_or(FADED, |kind| &kind.colour);
    let shape = style.map_or("box", |kind| &kind.shape);
    let partners = u32::try_from(graph.degree(ix)).unwrap_or(u32::MAX);
    let grown = (2.5 * f64::from(partners).sqrt()).min(12.0);
    let size = if style.is_some_and(|kind| kind.actor) {
        9.5 + grown
    } else {
        10.5
    };
    let (id, label) = (quoted(&plain(node.id.as_str())), broken(&node.label));
    let paint = paint(shape, colour);
    let border = if node.known { "" } else { DASHED };
    writeln!(
        out,
        "    {id} [label={label}, shape={}, {paint}, fontsize={size:.1}{border}, tooltip={}];",
        quoted(shape),
        quoted(&format!("{} ({})", node.label, node.id)),
    )
}

/// Round nodes are full, the others light.
fn paint(shape: &str, colour: &str) -> String {
    let (full, light) = (quoted(colour), quoted(&tint(colour)));
    match shape {
        "ellipse" => format!("color=white, fillcolor={full}, fontcolor=white"),
        "plaintext" => format!("fillcolor=white, fontcolor={full}"),
        _ => format!("color={full}, fillcolor={light}"),
    }
}

fn edge(graph: &Graph, view: &View, line: &Line, out: &mut dyn Write) -> io::Result<()> {
    let ends = [line.from, line.to].map(|ix| quoted(&plain(graph.node(ix).id.as_str())));
    let status = line.edges(graph).next().map(|edge| edge.summary.status);
    let over = matches!(status, Some(Status::Ended | Status::Rejected));
    let colour = if over {
        FADED.to_owned()
    } else {
        colours(graph, line)
    };
    let style = match status {
        _ if line.hostile => "dashed",
        Some(Status::Planned | Status::Rejected) => "dotted",
        _ => "solid",
    };
    let width = view.width(line);
    let head = if line.directed { "" } else { ", dir=none" };
    let [from, to] = ends;
    writeln!(
        out,
        "  {from} -> {to} [color={}, style={style}, penwidth={width:.1}{head}, strength={}, \
         edgetooltip={}];",
        quoted(&colour),
        line.sources,
        quoted(&tooltip(graph, line)),
    )
}

/// One colour for each kind: Graphviz draws them side by side.
fn colours(graph: &Graph, line: &Line) -> String {
    let mut colours = Vec::new();
    for edge in line.edges(graph) {
        let colour = graph
            .legend()
            .statement(&edge.kind)
            .map_or(FADED, |kind| &kind.colour);
        if !colours.contains(&colour) {
            colours.push(colour);
        }
    }
    colours.join(":")
}

fn tooltip(graph: &Graph, line: &Line) -> String {
    let kinds: BTreeSet<&str> = line.edges(graph).map(|edge| edge.kind.as_str()).collect();
    let kinds: Vec<&str> = kinds
        .into_iter()
        .map(|kind| graph.legend().statement_label(kind))
        .collect();
    let best = line.edges(graph).next().and_then(|edge| graph.quote(edge));
    let sentence = best.map_or("", |(sentence, _)| sentence);
    let ends = [line.from, line.to].map(|ix| graph.node(ix).label.as_str());
    format!(
        "{} - {}: {}. {}",
        ends[0],
        ends[1],
        kinds.join(", "),
        shortened(sentence)
    )
}

/// A string as Graphviz reads it back: quoted, one line, no escape sequence and no entity in it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(&flat(text)))
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('&', "&amp;")
}

/// A label, long ones on several lines.
fn broken(label: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in flat(label).split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < LINE => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    let lines: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
    format!("\"{}\"", lines.join("\\n"))
}

/// A light version of `#rrggbb`.
pub(super) fn tint(colour: &str) -> String {
    let part = |at: usize| {
        let part = colour
            .get(at..at + 2)
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        let part = u16::from(part.unwrap_or(0x80));
        part + (255 - part) * 17 / 20
    };
    format!("#{:02x}{:02x}{:02x}", part(1), part(3), part(5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_keep_what_graphviz_would_replace() {
        assert_eq!(quoted("a\"b\\N &amp;\n"), r#""a\"b\\N &amp;amp;""#);
        assert_eq!(
            broken("European Sky Shield Initiative"),
            r#""European Sky Shield\nInitiative""#
        );
        assert_eq!(broken(""), "\"\"");
    }

    #[test]
    fn tints_are_light() {
        assert_eq!(tint("#000000"), "#d8d8d8");
        assert_eq!(tint("ü"), "#ebebeb");
    }
}
