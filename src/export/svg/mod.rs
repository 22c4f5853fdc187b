//! SVG: the picture of the most important part, drawn without another program.

mod layout;

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use self::layout::Place;
use super::Options;
use super::dot::{FADED, Line, Picture, tint};
use super::text::{Xml, flat, shortened};
use crate::graph::{Graph, NodeIx};
use crate::statement::Status;

/// Width of a letter and height of a line at the size of labels.
const LETTER: f64 = 6.3;
const TALL: f64 = 14.0;
/// Longest line of a label, in columns, if there is a blank to break it at.
const LONGEST: usize = 18;
/// Blank around the picture.
const MARGIN: f64 = 24.0;
/// Width of an entry of the legend, and its height.
const ENTRY: (f64, f64) = (170.0, 20.0);

pub(super) fn write(graph: &Graph, _: Options, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(draw(graph).as_bytes())
}

/// The whole picture.
pub(super) fn draw(graph: &Graph) -> String {
    let picture = Picture::of(graph);
    let labels: Vec<Vec<String>> = picture
        .nodes
        .iter()
        .map(|ix| broken(&graph.node(*ix).label))
        .collect();
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
    let total = height + MARGIN + as_number(rows) * ENTRY.1;
    let mut svg = Svg(String::new());
    svg.start(width, total, &title(graph, &picture));
    let mut seen: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for line in &picture.lines {
        let Some((a, b)) = ends(line) else { continue };
        let parallel = seen.entry((a.min(b), a.max(b))).or_default();
        if let (Some(from), Some(to)) = (places.get(a), places.get(b)) {
            svg.line(graph, line, from, to, *parallel);
        }
        *parallel += 1;
    }
    for ((ix, lines), place) in picture.nodes.iter().zip(&labels).zip(&places) {
        svg.node(graph, *ix, lines, place);
    }
    svg.legend(&legend, width, height);
    svg.0.push_str("</svg>\n");
    svg.0
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

/// A colour, a dash pattern and words.
type Entry = (String, &'static str, String);

fn legend(graph: &Graph, picture: &Picture) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let shown = |id: &str| picture.nodes.iter().any(|ix| graph.node(*ix).kind == id);
    for kind in graph
        .legend()
        .entities
        .iter()
        .filter(|kind| shown(&kind.id))
    {
        entries.push((kind.colour.clone(), "box", kind.label.clone()));
    }
    let drawn = |id: &str| {
        let lead = |line: &Line| line.edges(graph).next().map(|edge| edge.kind.clone());
        picture
            .lines
            .iter()
            .any(|line| lead(line).as_deref() == Some(id))
    };
    for kind in graph
        .legend()
        .statements
        .iter()
        .filter(|kind| drawn(&kind.id))
    {
        entries.push((kind.colour.clone(), "", kind.label.clone()));
    }
    let black = || "#333333".to_owned();
    entries.push((black(), "2 4", "planned".into()));
    entries.push((black(), "7 4", "hostile".into()));
    entries.push((FADED.to_owned(), "", "ended or refused".into()));
    entries
}

fn per_row(width: f64) -> usize {
    let mut count = 1;
    while as_number(count + 1) * ENTRY.0 <= width - 2.0 * MARGIN {
        count += 1;
    }
    count
}

struct Svg(String);

impl Svg {
    fn put(&mut self, words: fmt::Arguments) {
        // Writing to a string cannot fail.
        let _ = self.0.write_fmt(words);
    }

    fn start(&mut self, width: f64, height: f64, title: &str) {
        let title = xml(title);
        self.put(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
             viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"Helvetica,Arial,DejaVu Sans,Liberation Sans,sans-serif\" \
             font-size=\"11\">\n<title>{title}</title>\n\
             <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
        ));
    }

    fn line(&mut self, graph: &Graph, line: &Line, from: &Place, to: &Place, parallel: usize) {
        let Some(lead) = line.edges(graph).next() else {
            return;
        };
        let over = matches!(lead.summary.status, Status::Ended | Status::Rejected);
        let style = graph.legend().statement(&lead.kind);
        let colour = match style {
            Some(kind) if !over => kind.colour.as_str(),
            _ => FADED,
        };
        let dash = match lead.summary.status {
            _ if line.hostile => " stroke-dasharray=\"7 4\"",
            Status::Planned | Status::Rejected => " stroke-dasharray=\"2 4\"",
            _ => "",
        };
        let width = (1.2 + 0.7 * (as_number(line.sources) - 1.0)).clamp(1.2, 5.0);
        let (bend_x, bend_y) = bend(from, to, parallel);
        let (colour, tip) = (xml(colour), xml(&tooltip(graph, line)));
        self.put(format_args!(
            "<path d=\"M{:.1} {:.1} Q{bend_x:.1} {bend_y:.1} {:.1} {:.1}\" fill=\"none\" stroke=\"{colour}\" \
             stroke-width=\"{width:.1}\" stroke-opacity=\"0.75\"{dash}><title>{tip}</title></path>\n",
            from.x, from.y, to.x, to.y
        ));
        if line.directed {
            self.arrow(from, to, (bend_x, bend_y), &colour);
        }
    }

    /// A head in the middle of the line, where no box covers it.
    fn arrow(&mut self, from: &Place, to: &Place, bend: (f64, f64), colour: &str) {
        let middle = |a: f64, b: f64, c: f64| (a + 2.0 * b + c) / 4.0;
        let (x, y) = (middle(from.x, bend.0, to.x), middle(from.y, bend.1, to.y));
        let angle = (to.y - from.y).atan2(to.x - from.x).to_degrees();
        self.put(format_args!(
            "<path d=\"M-5 -4 L5 0 L-5 4 Z\" fill=\"{colour}\" transform=\"translate({x:.1} {y:.1}) rotate({angle:.1})\"/>\n"
        ));
    }

    fn node(&mut self, graph: &Graph, ix: NodeIx, lines: &[String], place: &Place) {
        let node = graph.node(ix);
        let style = graph.legend().entity(&node.kind);
        let colour = style.map_or(FADED, |kind| kind.colour.as_str());
        let is_actor = style.is_some_and(|kind| kind.actor);
        let (fill, ink) = if is_actor {
            (colour.to_owned(), "#ffffff".to_owned())
        } else {
            (tint(colour), "#111111".to_owned())
        };
        let dash = if node.known {
            ""
        } else {
            " stroke-dasharray=\"4 2\""
        };
        let round = if is_actor {
            place.half_height.min(12.0)
        } else {
            2.0
        };
        let (left, top) = (place.x - place.half_width, place.y - place.half_height);
        let tip = xml(&format!("{} ({})", node.label, node.id));
        self.put(format_args!(
            "<g><title>{tip}</title><rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{:.1}\" \
             rx=\"{round:.1}\" fill=\"{}\" stroke=\"{}\"{dash}/>",
            2.0 * place.half_width,
            2.0 * place.half_height,
            xml(&fill),
            xml(colour),
        ));
        for (at, line) in lines.iter().enumerate() {
            let y = top + 3.0 + TALL * (as_number(at) + 0.78);
            self.put(format_args!(
                "<text x=\"{:.1}\" y=\"{y:.1}\" text-anchor=\"middle\" fill=\"{ink}\">{}</text>",
                place.x,
                xml(line)
            ));
        }
        self.0.push_str("</g>\n");
    }

    fn legend(&mut self, entries: &[Entry], width: f64, top: f64) {
        let columns = per_row(width);
        for (at, (colour, dash, words)) in entries.iter().enumerate() {
            let x = MARGIN + as_number(at % columns) * ENTRY.0;
            let y = top + as_number(at / columns) * ENTRY.1;
            let colour = xml(colour);
            let sample = if *dash == "box" {
                format!(
                    "<rect x=\"{x:.0}\" y=\"{:.0}\" width=\"20\" height=\"10\" rx=\"3\" fill=\"{colour}\"/>",
                    y - 5.0
                )
            } else {
                format!(
                    "<path d=\"M{x:.0} {y:.0} h20\" stroke=\"{colour}\" stroke-width=\"2.5\" stroke-dasharray=\"{}\"/>",
                    if dash.is_empty() { "none" } else { dash }
                )
            };
            self.put(format_args!(
                "{sample}<text x=\"{:.0}\" y=\"{:.0}\" fill=\"#333333\">{}</text>\n",
                x + 26.0,
                y + 4.0,
                xml(words)
            ));
        }
    }
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
    let best = line.edges(graph).next().and_then(|edge| graph.best(edge));
    let sentence = best.map_or("", |claim| claim.statement.evidence.sentence.as_str());
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

fn xml(text: &str) -> String {
    let mut out = Vec::new();
    // Writing to memory cannot fail.
    let _ = Xml(&flat(text)).write(&mut out);
    String::from_utf8_lossy(&out).into_owned()
}

fn as_number(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::from(u32::MAX), f64::from)
}
