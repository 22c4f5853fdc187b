//! SVG: the picture of the most important part, drawn without another program.

mod layout;
mod scene;

use std::fmt::{self, Write as _};
use std::io::{self, Write};

pub(super) use self::scene::{Point, SIZE, Scene, Shape, Words};
use super::Options;
use super::text::{Xml, flat};
use crate::graph::Graph;

pub(super) fn write(graph: &Graph, _: Options, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(draw(graph).as_bytes())
}

/// The whole picture.
pub(super) fn draw(graph: &Graph) -> String {
    let scene = Scene::of(graph);
    let mut svg = Svg(String::new());
    svg.start(&scene);
    for shape in &scene.shapes {
        svg.shape(shape);
    }
    svg.0.push_str("</svg>\n");
    svg.0
}

struct Svg(String);

impl Svg {
    fn put(&mut self, words: fmt::Arguments) {
        // Writing to a string cannot fail.
        let _ = self.0.write_fmt(words);
    }

    fn start(&mut self, scene: &Scene) {
        let (width, height, title) = (scene.width, scene.height, xml(&scene.title));
        self.put(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
             viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"Helvetica,Arial,DejaVu Sans,Liberation Sans,sans-serif\" \
             font-size=\"{SIZE}\">\n<title>{title}</title>\n\
             <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
        ));
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Curve {
                from,
                bend,
                to,
                colour,
                width,
                dash,
                tip,
            } => {
                let (colour, tip, dash) = (xml(colour), xml(tip), dashes(dash));
                self.put(format_args!(
                    "<path d=\"M{:.1} {:.1} Q{:.1} {:.1} {:.1} {:.1}\" fill=\"none\" stroke=\"{colour}\" \
                     stroke-width=\"{width:.1}\" stroke-opacity=\"0.75\"{dash}><title>{tip}</title></path>\n",
                    from.0, from.1, bend.0, bend.1, to.0, to.1
                ));
            }
            Shape::Head { at, angle, colour } => self.put(format_args!(
                "<path d=\"M-5 -4 L5 0 L-5 4 Z\" fill=\"{}\" transform=\"translate({:.1} {:.1}) rotate({angle:.1})\"/>\n",
                xml(colour),
                at.0,
                at.1
            )),
            Shape::Box { .. } => self.boxed(shape),
            Shape::Swatch { at, fill } => self.put(format_args!(
                "<rect x=\"{:.0}\" y=\"{:.0}\" width=\"20\" height=\"10\" rx=\"3\" fill=\"{}\"/>",
                at.0,
                at.1 - 5.0,
                xml(fill)
            )),
            Shape::Sample { at, colour, dash } => self.put(format_args!(
                "<path d=\"M{:.0} {:.0} h20\" stroke=\"{}\" stroke-width=\"2.5\"{}/>",
                at.0,
                at.1,
                xml(colour),
                dashes(dash)
            )),
            Shape::Words(words) => {
                self.words(words);
                self.0.push('\n');
            }
        }
    }

    fn boxed(&mut self, shape: &Shape) {
        let Shape::Box {
            left,
            top,
            width,
            height,
            round,
            fill,
            border,
            dashed,
            words,
            tip,
        } = shape
        else {
            return;
        };
        let dash = if *dashed {
            " stroke-dasharray=\"4 2\""
        } else {
            ""
        };
        self.put(format_args!(
            "<g><title>{}</title><rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" \
             rx=\"{round:.1}\" fill=\"{}\" stroke=\"{}\"{dash}/>",
            xml(tip),
            xml(fill),
            xml(border),
        ));
        for line in words {
            self.words(line);
        }
        self.0.push_str("</g>\n");
    }

    fn words(&mut self, words: &Words) {
        let anchor = if words.middle {
            " text-anchor=\"middle\""
        } else {
            ""
        };
        self.put(format_args!(
            "<text x=\"{:.1}\" y=\"{:.1}\"{anchor} fill=\"{}\">{}</text>",
            words.at.0,
            words.at.1,
            xml(&words.ink),
            xml(&words.text)
        ));
    }
}

fn dashes(lengths: &[f64]) -> String {
    if lengths.is_empty() {
        return String::new();
    }
    let lengths: Vec<String> = lengths.iter().map(f64::to_string).collect();
    format!(" stroke-dasharray=\"{}\"", lengths.join(" "))
}

fn xml(text: &str) -> String {
    let mut out = Vec::new();
    // Writing to memory cannot fail.
    let _ = Xml(&flat(text)).write(&mut out);
    String::from_utf8_lossy(&out).into_owned()
}
