//! A picture of the strongest ties, drawn here: the page shows it where no script runs, and in print.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::layout::{Point, places};
use super::scope::Scope;
use crate::graph::{Graph, NodeIx, Tie};

/// Nodes whose names can be told apart.
const NODES: usize = 40;
const LINES: usize = 120;
const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 640.0;
const MARGIN: f64 = 70.0;

/// The picture, or nothing if there is no tie to draw.
pub(super) fn svg(graph: &Graph, scope: &Scope) -> Markup {
    let (nodes, ties) = strongest(graph, scope);
    let place = |ix: NodeIx| nodes.binary_search(&ix).unwrap_or_default();
    let springs: Vec<_> = ties
        .iter()
        .map(|tie| (place(tie.a), place(tie.b), tie.strength.max(0.3)))
        .collect();
    let points: Vec<Point> = places(nodes.len(), &springs)
        .into_iter()
        .map(scale)
        .collect();
    let at = |ix: NodeIx| {
        points
            .get(place(ix))
            .copied()
            .unwrap_or(Point { x: 0.0, y: 0.0 })
    };
    html! {
        @if !ties.is_empty() {
            svg viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-labelledby="picture-title" {
                title id="picture-title" { "The strongest ties: " (nodes.len()) " actors, " (ties.len()) " ties" }
                @for tie in &ties { (line(graph, tie, at(tie.a), at(tie.b))) }
                @for ix in &nodes { (circle(graph, *ix, at(*ix))) }
            }
        }
    }
}

fn strongest<'g>(graph: &'g Graph, scope: &Scope) -> (Vec<NodeIx>, Vec<&'g Tie>) {
    let mut nodes = BTreeSet::new();
    let mut ties = Vec::new();
    let on_page = |tie: &&Tie| scope.place(tie.a).is_some() && scope.place(tie.b).is_some();
    for tie in graph.ties().iter().filter(on_page).take(LINES) {
        let new = [tie.a, tie.b]
            .iter()
            .filter(|ix| !nodes.contains(*ix))
            .count();
        if nodes.len() + new <= NODES {
            nodes.extend([tie.a, tie.b]);
            ties.push(tie);
        }
    }
    (nodes.into_iter().collect(), ties)
}

fn scale(point: Point) -> Point {
    Point {
        x: MARGIN + point.x * (WIDTH - 2.0 * MARGIN),
        y: MARGIN / 2.0 + point.y * (HEIGHT - MARGIN),
    }
}

fn line(graph: &Graph, tie: &Tie, from: Point, to: Point) -> Markup {
    let kind = tie.edges.first().map(|ix| graph.edge(*ix).kind.as_str());
    let colour = kind.and_then(|kind| graph.legend().statement(kind));
    let colour = colour.map_or("#888888", |kind| kind.colour.as_str());
    let dashed = (!tie.cooperative).then_some("4 4");
    html! {
        line x1=(short(from.x)) y1=(short(from.y)) x2=(short(to.x)) y2=(short(to.y))
            stroke=(colour) stroke-opacity="0.55" stroke-width=(short(1.0 + tie.strength.sqrt()))
            stroke-dasharray=[dashed] {
            title { (graph.node(tie.a).label) " - " (graph.node(tie.b).label) }
        }
    }
}

fn circle(graph: &Graph, ix: NodeIx, at: Point) -> Markup {
    let node = graph.node(ix);
    let colour = graph.legend().entity(&node.kind);
    let colour = colour.map_or("#888888", |kind| kind.colour.as_str());
    let degree = u32::try_from(graph.degree(ix)).map_or(1.0, f64::from);
    let size = 5.0 + degree.sqrt() * 2.0;
    html! {
        circle cx=(short(at.x)) cy=(short(at.y)) r=(short(size)) fill=(colour) {}
        text x=(short(at.x)) y=(short(at.y - size - 4.0)) text-anchor="middle" { (node.label) }
    }
}

fn short(number: f64) -> String {
    format!("{number:.1}")
}
