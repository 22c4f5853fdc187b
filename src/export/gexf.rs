//! GEXF 1.3: a dynamic graph with one typed edge for each pair and kind.

use std::io::{self, Write};

use jiff::ToSpan;
use jiff::civil::Date;

use super::Options;
use super::column::{Column, EDGE, NODE, Place, Value, label, number, weight};
use super::link::Link;
use super::text::{Xml, flat};
use crate::graph::{Graph, plain};
use crate::statement::Status;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">
<meta><creator>entente</creator><description>Who cooperates with whom</description></meta>
"#;

pub(super) fn write(graph: &Graph, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let links = if options.multi {
        Link::per_edge(graph)
    } else {
        Link::per_kind(graph)
    };
    let places: Vec<Place> = Place::all(graph, options).collect();
    out.write_all(HEAD.as_bytes())?;
    let mode = if links.iter().any(|link| !spells(graph, link).is_empty()) {
        "mode=\"dynamic\" timeformat=\"date\" timerepresentation=\"interval\""
    } else {
        "mode=\"static\""
    };
    writeln!(
        out,
        "<graph defaultedgetype=\"undirected\" idtype=\"string\" {mode}>"
    )?;
    attributes("node", NODE, out)?;
    attributes("edge", EDGE, out)?;
    writeln!(out, "<nodes count=\"{}\">", places.len())?;
    for place in &places {
        node(graph, place, out)?;
    }
    writeln!(out, "</nodes>\n<edges count=\"{}\">", links.len())?;
    for link in &links {
        edge(graph, link, out)?;
    }
    out.write_all(b"</edges>\n</graph>\n</gexf>\n")
}

fn attributes<T>(class: &str, columns: &[Column<T>], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<attributes class=\"{class}\" mode=\"static\">")?;
    for column in columns {
        let (id, holds) = (column.id, column.holds.word());
        writeln!(
            out,
            "<attribute id=\"{id}\" title=\"{id}\" type=\"{holds}\"/>"
        )?;
    }
    out.write_all(b"</attributes>\n")
}

fn node(graph: &Graph, place: &Place, out: &mut dyn Write) -> io::Result<()> {
    let node = place.node(graph);
    write!(out, "<node id=\"{}\" label=\"", plain(node.id.as_str()))?;
    Xml(&flat(&node.label)).write(out)?;
    out.write_all(b"\">")?;
    values(graph, NODE, place, out)?;
    let style = graph.legend().entity(&node.kind);
    colour(style.map(|kind| kind.colour.as_str()), out)?;
    let partners = u32::try_from(graph.degree(place.ix)).unwrap_or(u32::MAX);
    let size = (10.0 + 4.0 * f64::from(partners).sqrt()).round();
    writeln!(out, "<viz:size value=\"{}\"/></node>", number(size))
}

fn edge(graph: &Graph, link: &Link, out: &mut dyn Write) -> io::Result<()> {
    let (source, target) = (&graph.node(link.source).id, &graph.node(link.target).id);
    let (source, target) = (plain(source.as_str()), plain(target.as_str()));
    write!(
        out,
        "<edge id=\"{}\" source=\"{source}\" target=\"{target}\" kind=\"",
        link.id
    )?;
    let kind = link.lead(graph).map_or("", |edge| edge.kind.as_str());
    Xml(kind).write(out)?;
    out.write_all(b"\" type=\"undirected\" label=\"")?;
    Xml(&label(graph, link)).write(out)?;
    write!(out, "\" weight=\"{}\"", number(weight(link)))?;
    let spells = spells(graph, link);
    if let [spell] = spells.as_slice() {
        spell.write(out)?;
    }
    out.write_all(b">")?;
    values(graph, EDGE, link, out)?;
    if spells.len() > 1 {
        write_spells(&spells, out)?;
    }
    let style = graph.legend().statement(kind);
    colour(style.map(|kind| kind.colour.as_str()), out)?;
    out.write_all(b"</edge>\n")
}

fn write_spells(spells: &[Spell], out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"<spells>")?;
    for spell in spells {
        out.write_all(b"<spell")?;
        spell.write(out)?;
        out.write_all(b"/>")?;
    }
    out.write_all(b"</spells>")
}

fn values<T>(graph: &Graph, columns: &[Column<T>], row: &T, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"<attvalues>")?;
    for column in columns {
        let Some(value) = (column.value)(graph, row) else {
            continue;
        };
        write!(out, "<attvalue for=\"{}\" value=\"", column.id)?;
        match value {
            Value::Text(text) => Xml(&text).write(out)?,
            Value::Count(count) => write!(out, "{count}")?,
            Value::Number(value) => out.write_all(number(value).as_bytes())?,
            Value::Truth(truth) => write!(out, "{truth}")?,
        }
        out.write_all(b"\"/>")?;
    }
    out.write_all(b"</attvalues>")
}

/// `#rrggbb` as an element; anything else as none.
fn colour(colour: Option<&str>, out: &mut dyn Write) -> io::Result<()> {
    let part = |at: usize| {
        let hex = colour?.strip_prefix('#')?.get(at..at + 2)?;
        u8::from_str_radix(hex, 16).ok()
    };
    match (part(0), part(2), part(4)) {
        (Some(r), Some(g), Some(b)) => write!(out, "<viz:color r=\"{r}\" g=\"{g}\" b=\"{b}\"/>"),
        _ => Ok(()),
    }
}

/// A time in which a link stands, open if `end` is not known.
pub(super) struct Spell {
    pub(super) start: Date,
    pub(super) end: Option<Date>,
}

impl Spell {
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, " start=\"{}\"", self.start)?;
        match self.end {
            Some(end) => write!(out, " end=\"{end}\""),
            None => Ok(()),
        }
    }
}

/// The times in which a link stands: from the first day that something holds to the last day of what
/// ended it, and again from the next. They are sorted, apart, and at least a day long.
pub(super) fn spells(graph: &Graph, link: &Link) -> Vec<Spell> {
    let claims = link.claims.iter().map(|ix| &graph.claim(*ix).statement);
    let mut dated: Vec<_> = claims
        .filter_map(|s| Some((s.date.earliest?, s.date.latest, s.status)))
        .collect();
    dated.sort_unstable();
    let mut spells: Vec<Spell> = Vec::new();
    for (earliest, latest, status) in dated {
        let over = matches!(status, Status::Ended | Status::Rejected);
        match spells.last_mut() {
            Some(open) if open.end.is_none() && over => {
                open.end = Some(latest.unwrap_or(earliest).max(next_day(open.start)));
            }
            Some(open) if open.end.is_none() => {}
            Some(last) if last.end >= Some(earliest) => {
                last.end = if over { last.end } else { None }
            }
            _ if over => {}
            _ => spells.push(Spell {
                start: earliest,
                end: None,
            }),
        }
    }
    spells
}

fn next_day(date: Date) -> Date {
    date.saturating_add(1.day())
}
