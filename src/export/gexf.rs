//! GEXF 1.3: a dynamic graph with one typed edge for each pair and kind.

use std::io::{self, Write};

use jiff::ToSpan;
use jiff::civil::Date;

use super::Options;
use super::column::{Column, EDGE, NODE, Place, label, weight};
use super::link::Link;
use super::markup::Markup;
use super::text::flat;
use crate::graph::{Graph, plain};
use crate::statement::Status;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">
<meta><creator>entente</creator><description>Who cooperates with whom</description></meta>
"#;

pub(super) fn write(graph: &Graph, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let links = || {
        if options.multi {
            Link::per_edge(graph)
        } else {
            Link::per_kind(graph)
        }
    };
    let places: Vec<Place> = Place::all(graph, options).collect();
    let out = &mut Markup::new(out);
    out.raw(HEAD);
    out.raw("<graph defaultedgetype=\"undirected\" idtype=\"string\" ");
    out.raw(if links().any(|link| !spells(graph, &link).is_empty()) {
        "mode=\"dynamic\" timeformat=\"date\" timerepresentation=\"interval\">\n"
    } else {
        "mode=\"static\">\n"
    });
    attributes("node", NODE, out);
    attributes("edge", EDGE, out);
    out.raw(&format!("<nodes count=\"{}\">\n", places.len()));
    let tags = tags(NODE);
    for place in &places {
        node(graph, place, &tags, out);
        out.end_row()?;
    }
    out.raw(&format!("</nodes>\n<edges count=\"{}\">\n", links().len()));
    let tags = self::tags(EDGE);
    for link in links() {
        edge(graph, &link, &tags, out);
        out.end_row()?;
    }
    out.raw("</edges>\n</graph>\n</gexf>\n");
    out.flush()
}

fn attributes<T>(class: &str, columns: &[Column<T>], out: &mut Markup) {
    out.raw(&format!("<attributes class=\"{class}\" mode=\"static\">\n"));
    for column in columns {
        let (id, holds) = (column.id, column.holds.word());
        out.raw(&format!(
            "<attribute id=\"{id}\" title=\"{id}\" type=\"{holds}\"/>\n"
        ));
    }
    out.raw("</attributes>\n");
}

/// How the cell of each column begins.
fn tags<T>(columns: &[Column<T>]) -> Vec<String> {
    let tag = |column: &Column<T>| format!("<attvalue for=\"{}\" value=\"", column.id);
    columns.iter().map(tag).collect()
}

fn node(graph: &Graph, place: &Place, tags: &[String], out: &mut Markup) {
    let node = place.node(graph);
    out.raw("<node id=\"");
    out.raw(&plain(node.id.as_str()));
    out.raw("\" label=\"");
    out.text(&flat(&node.label));
    out.raw("\">");
    values(graph, NODE, tags, place, out);
    let style = graph.legend().entity(&node.kind);
    colour(style.map(|kind| kind.colour.as_str()), out);
    let partners = u32::try_from(graph.degree(place.ix)).unwrap_or(u32::MAX);
    out.raw("<viz:size value=\"");
    out.number((10.0 + 4.0 * f64::from(partners).sqrt()).round());
    out.raw("\"/></node>\n");
}

fn edge(graph: &Graph, link: &Link, tags: &[String], out: &mut Markup) {
    let (source, target) = (&graph.node(link.source).id, &graph.node(link.target).id);
    out.raw("<edge id=\"");
    out.raw(&link.id);
    out.raw("\" source=\"");
    out.raw(&plain(source.as_str()));
    out.raw("\" target=\"");
    out.raw(&plain(target.as_str()));
    out.raw("\" kind=\"");
    let kind = link.lead(graph).map_or("", |edge| edge.kind.as_str());
    out.text(kind);
    out.raw("\" type=\"undirected\" label=\"");
    out.text(&label(graph, link));
    out.raw("\" weight=\"");
    out.number(weight(link));
    out.raw("\"");
    let spells = spells(graph, link);
    if let [spell] = spells.as_slice() {
        spell.write(out);
    }
    out.raw(">");
    values(graph, EDGE, tags, link, out);
    if spells.len() > 1 {
        write_spells(&spells, out);
    }
    let style = graph.legend().statement(kind);
    colour(style.map(|kind| kind.colour.as_str()), out);
    out.raw("</edge>\n");
}

fn write_spells(spells: &[Spell], out: &mut Markup) {
    out.raw("<spells>");
    for spell in spells {
        out.raw("<spell");
        spell.write(out);
        out.raw("/>");
    }
    out.raw("</spells>");
}

fn values<T>(graph: &Graph, columns: &[Column<T>], tags: &[String], row: &T, out: &mut Markup) {
    out.raw("<attvalues>");
    for (column, tag) in columns.iter().zip(tags) {
        if let Some(value) = (column.value)(graph, row) {
            out.raw(tag);
            out.value(&value);
            out.raw("\"/>");
        }
    }
    out.raw("</attvalues>");
}

/// `#rrggbb` as an element; anything else as none.
fn colour(colour: Option<&str>, out: &mut Markup) {
    let part = |at: usize| {
        let hex = colour?.strip_prefix('#')?.get(at..at + 2)?;
        u8::from_str_radix(hex, 16).ok()
    };
    if let (Some(r), Some(g), Some(b)) = (part(0), part(2), part(4)) {
        for (before, part) in [("<viz:color r=\"", r), ("\" g=\"", g), ("\" b=\"", b)] {
            out.raw(before);
            out.count(part.into());
        }
        out.raw("\"/>");
    }
}

/// A time in which a link stands, open if `end` is not known.
pub(super) struct Spell {
    pub(super) start: Date,
    pub(super) end: Option<Date>,
}

impl Spell {
    fn write(&self, out: &mut Markup) {
        out.raw(" start=\"");
        out.date(self.start);
        if let Some(end) = self.end {
            out.raw("\" end=\"");
            out.date(end);
        }
        out.raw("\"");
    }
}

/// The times in which a link stands: from the first day that something holds to the last day of what
/// ended it, and again from the next. They are sorted, apart, and at least a day long.
pub(super) fn spells(graph: &Graph, link: &Link) -> Vec<Spell> {
    let claims = link.claims.iter().map(|ix| graph.told_at(*ix));
    let mut dated: Vec<_> = claims
        .filter_map(|told| Some((told.earliest?, told.latest, told.status)))
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
