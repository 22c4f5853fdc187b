//! The picture as shapes: SVG writes them, PNG paints them.

use std::collections::BTreeMap;

use unicode_width::UnicodeWidthStr;

use super::layout::{self, Place};
use crate::export::dot::{FADED, Line, Picture, tint};
use crate::export::text::{flat, shortened};
use crate::graph::{Graph, NodeIx};
use crate::statement::Status;

/// Width of a letter and height of a line at the size of labels.
const LETTER: f64 = 6.3;
const TALL: f64 = 14.0;
/// Size of letters.
pub(in crate::export) const SIZE: f64 = 11.0;
/// Longest line of a label, in columns, if there is a blank to break it at.
const LONGEST: usize = 18;
/// Blank around the picture.
const MARGIN: f64 = 24.0;
/// Width of an entry of the legend, and its height.
const ENTRY: (f64, f64) = (170.0, 20.0);
/// Between the dots of what is planned, and the dashes of what is hostile.
const DOTS: &[f64] = &[2.0, 4.0];
const DASHES: &[f64] = &[7.0, 4.0];

/// A point.
pub(in crate::export) type Point = (f64, f64);

/// A picture: its size, what it is called, and its shapes, the lowest first.
pub(in crate::export) struct Scene {
    pub(in crate::export) width: f64,
    pub(in crate::export) height: f64,
    pub(in crate::export) title: String,
    pub(in crate::export) shapes: Vec<Shape>,
}

/// Something to draw. Colours are `#rrggbb`.
pub(in crate::export) enum Shape {
    /// A tie, bent to a point.
    Curve {
        from: Point,
        bend: Point,
        to: Point,
        colour: String,
        width: f64,
        dash: &'static [f64],
        tip: String,
    },
    /// The head of an arrow, turned by an angle in degrees.
    Head {
        at: Point,
        angle: f64,
        colour: String,
    },
    /// An entity.
    Box {
        left: f64,
        top: f64,
        width: f64,
        height: f64,
        round: f64,
        fill: String,
        border: String,
        dashed: bool,
        words: Vec<Words>,
        tip: String,
    },
    /// A sample of a colour of boxes, by its left end.
    Swatch { at: Point, fill: String },
    /// A sample of a line, by its left end.
    Sample {
        at: Point,
        colour: String,
        dash: &'static [f64],
    },
    /// Words of the legend.
    Words(Words),
}

/// One line of text.
pub(in crate::export) struct Words {
    /// The middle or the start of its base line.
    pub(in crate::export) at: Point,
    pub(in crate::export) middle: bool,
    pub(in crate::export) ink: String,
    pub(in crate::export) text: String,
}

/// A sample and words of the legend.
struct Entry {
    colour: String,
    /// Of lines; boxes have none.
    dash: Option<&'static [f64]>,
    words: String,
}

impl Scene {
    /// The picture of the most important part of a graph.
    pub(in crate::export) fn of(graph: &Graph) -> Self {
        let picture = Picture::of(graph);
        let labels = picture
            .nodes
            .iter()
            .map(|ix| broken(&graph.node(*ix).label));
        let labels: Vec<Vec<String>> = labels.collect();
        let sizes: Vec<(f64, f64)> = labels.iter().map(|lines| size(lines)).collect();
        let at: BTreeMap<NodeIx, usize> = picture.nodes.iter().copied().zip(0..).collect();
        let ends = |line: &Line| Some((*at.get(&line.from)?, *at.get(&line.to)?));
        let edges: Vec<(usize, usize, f64)> = picture
            .lines
            .iter()
            .filter_map(|line| ends(line).map(|(a, b)| (a, b, as_number(line.sources))))
            .collect();
        let mut places = layout::place(&sizes, &edges);
        let (width, height) = fit(&mut places);
        let legend = legend(graph, &picture);
        let rows = legend.len().div_ceil(per_row(width));
        let mut scene = Self {
            width,
            height: height + MARGIN + as_number(rows) * ENTRY.1,
            title: title(graph, &picture),
            shapes: Vec::new(),
        };
        let mut seen: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for line in &picture.lines {
            let Some((a, b)) = ends(line) else { continue };
            let parallel = seen.entry((a.min(b), a.max(b))).or_default();
            if let (Some(from), Some(to)) = (places.get(a), places.get(b)) {
                let width = picture.width(line);
                scene.line(graph, (line, width), from, to, *parallel);
            }
            *parallel += 1;
        }
        for ((ix, lines), place) in picture.nodes.iter().zip(&labels).zip(&places) {
            scene.node(graph, *ix, lines, place);
        }
        scene.legend(legend, width, height);
        scene
    }

    fn line(
        &mut self,
        graph: &Graph,
        (line, width): (&Line, f64),
        from: &Place,
        to: &Place,
        parallel: usize,
    ) {
        let Some(lead) = line.edges(graph).next() else {
            return;
        };
        let over = matches!(lead.summary.status, Status::Ended | Status::Rejected);
        let colour = match graph.legend().statement(&lead.kind) {
            Some(kind) if !over => kind.colour.as_str(),
            _ => FADED,
        };
        let bend = bend(from, to, parallel);
        self.shapes.push(Shape::Curve {
            from: (from.x, from.y),
            bend,
            to: (to.x, to.y),
            colour: colour.to_owned(),
            width,
            dash: match lead.summary.status {
                _ if line.hostile => DASHES,
                Status::Planned | Status::Rejected => DOTS,
                _ => &[],
            },
            tip: tooltip(graph, line),
        });
        if line.directed {
            // In the middle of the line, where no box covers it.
            let middle = |a: f64, b: f64, c: f64| (a + 2.0 * b + c) / 4.0;
            self.shapes.push(Shape::Head {
                at: (middle(from.x, bend.0, to.x), middle(from.y, bend.1, to.y)),
                angle: (to.y - from.y).atan2(to.x - from.x).to_degrees(),
                colour: colour.to_owned(),
            });
        }
    }

    fn node(&mut self, graph: &Graph, ix: NodeIx, lines: &[String], place: &Place) {
        let node = graph.node(ix);
        let style = graph.legend().entity(&node.kind);
        let colour = style.map_or(FADED, |kind| kind.colour.as_str());
        let is_actor = style.is_some_and(|kind| kind.actor);
        let (fill, ink) = if is_actor {
            (colour.to_owned(), "#ffffff")
        } else {
            (tint(colour), "#111111")
        };
        let top = place.y - place.half_height;
        let words = lines.iter().enumerate().map(|(at, line)| Words {
            at: (place.x, top + 3.0 + TALL * (as_number(at) + 0.78)),
            middle: true,
            ink: ink.to_owned(),
            text: line.clone(),
        });
        self.shapes.push(Shape::Box {
            left: place.x - place.half_width,
            top,
            width: 2.0 * place.half_width,
            height: 2.0 * place.half_height,
            round: if is_actor {
                place.half_height.min(12.0)
            } else {
                2.0
            },
            fill,
            border: colour.to_owned(),
            dashed: !node.known,
            words: words.collect(),
            tip: format!("{} ({})", node.label, node.id),
        });
    }

    fn legend(&mut self, entries: Vec<Entry>, width: f64, top: f64) {
        let columns = per_row(width);
        for (place, entry) in entries.into_iter().enumerate() {
            let x = MARGIN + as_number(place % columns) * ENTRY.0;
            let y = top + as_number(place / columns) * ENTRY.1;
            let (at, colour) = ((x, y), entry.colour);
            self.shapes.push(match entry.dash {
                None => Shape::Swatch { at, fill: colour },
                Some(dash) => Shape::Sample { at, colour, dash },
            });
            self.shapes.push(Shape::Words(Words {
                at: (x + 26.0, y + 4.0),
                middle: false,
                ink: "#333333".to_owned(),
                text: entry.words,
            }));
        }
    }
}

/// Moves the picture to its margin; how large it then is.
fn fit(places: &mut [Place]) -> (f64, f64) {
    let left = places
        .iter()
        .map(|p| p.x - p.half_width)
        .fold(f64::INFINITY, f64::min);
    let top = places
        .iter()
        .map(|p| p.y - p.half_height)
        .fold(f64::INFINITY, f64::min);
    for place in places.iter_mut() {
        place.x += MARGIN - left;
        place.y += MARGIN - top;
    }
    let right = places
        .iter()
        .map(|p| p.x + p.half_width)
        .fold(0.0, f64::max);
    let bottom = places
        .iter()
        .map(|p| p.y + p.half_height)
        .fold(0.0, f64::max);
    ((right + MARGIN).max(2.0 * ENTRY.0), bottom + MARGIN)
}

fn title(graph: &Graph, picture: &Picture) -> String {
    let (shown, all) = (picture.nodes.len(), graph.nodes().len());
    let part = if picture.partial {
        format!("the strongest ties, between {shown} of {all} entities")
    } else {
        format!("{shown} entities")
    };
    format!("Who cooperates with whom: {part}")
}

fn legend(graph: &Graph, picture: &Picture) -> Vec<Entry> {
    let shown = |id: &str| picture.nodes.iter().any(|ix| graph.node(*ix).kind == id);
    let lead = |line: &Line| line.edges(graph).next().map(|edge| edge.kind.clone());
    let drawn = |id: &str| {
        picture
            .lines
            .iter()
            .any(|line| lead(line).as_deref() == Some(id))
    };
    let entry = |colour: &str, dash, words: &str| Entry {
        colour: colour.to_owned(),
        dash,
        words: words.to_owned(),
    };
    let kinds = graph
        .legend()
        .entities
        .iter()
        .filter(|kind| shown(&kind.id));
    let boxes = kinds.map(|kind| entry(&kind.colour, None, &kind.label));
    let kinds = graph
        .legend()
        .statements
        .iter()
        .filter(|kind| drawn(&kind.id));
    let lines = kinds.map(|kind| entry(&kind.colour, Some(&[][..]), &kind.label));
    let styles = [
        entry("#333333", Some(DOTS), "planned"),
        entry("#333333", Some(DASHES), "hostile"),
        entry(FADED, Some(&[]), "ended or refused"),
    ];
    boxes.chain(lines).chain(styles).collect()
}

fn per_row(width: f64) -> usize {
    let mut count = 1;
    while as_number(count + 1) * ENTRY.0 <= width - 2.0 * MARGIN {
        count += 1;
    }
    count
}

/// Where a line bends: parallel lines bend to different sides.
fn bend(from: &Place, to: &Place, parallel: usize) -> (f64, f64) {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let length = dx.hypot(dy).max(1.0);
    let side = if from.x <= to.x { 1.0 } else { -1.0 };
    let away = match parallel {
        0 => 0.0,
        n if n % 2 == 1 => 22.0 * as_number(n.div_ceil(2)),
        n => -22.0 * as_number(n / 2),
    } * side;
    (
        from.x.midpoint(to.x) - dy / length * away,
        from.y.midpoint(to.y) + dx / length * away,
    )
}

fn tooltip(graph: &Graph, line: &Line) -> String {
    let [from, to] = [line.from, line.to].map(|ix| graph.node(ix).label.as_str());
    let mut kinds: Vec<&str> = line
        .edges(graph)
        .map(|edge| graph.legend().statement_label(&edge.kind))
        .collect();
    kinds.dedup();
    let best = line.edges(graph).next().and_then(|edge| graph.quote(edge));
    let sentence = best.map_or("", |(sentence, _)| sentence);
    format!(
        "{from} - {to}: {}. {}",
        kinds.join(", "),
        shortened(sentence)
    )
}

/// Width and height of a box with these lines.
fn size(lines: &[String]) -> (f64, f64) {
    let longest = lines.iter().map(|line| line.width()).max().unwrap_or(0);
    let width = as_number(longest) * LETTER + 14.0;
    (width.max(26.0), as_number(lines.len()) * TALL + 8.0)
}

/// A label, long ones on several lines.
fn broken(label: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in flat(label).split(' ') {
        match lines.last_mut() {
            Some(line) if line.width() + word.width() < LONGEST => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn as_number(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::from(u32::MAX), f64::from)
}
