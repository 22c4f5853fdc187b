//! PNG: the picture of the SVG as pixels, for who cannot show that.
//!
//! Letters are drawn from the outlines of `DejaVu Sans`, which is part of the program: a machine needs no fonts.

use std::io::{self, Write};

use tiny_skia::{
    Color, FillRule, LineCap, Paint, Path, PathBuilder, Pixmap, Stroke, StrokeDash, Transform,
};
use ttf_parser::{Face, GlyphId, OutlineBuilder};

use super::Options;
use super::svg::{Point, SIZE, Scene, Shape, Words};
use crate::graph::Graph;

/// Pixels for each unit of the picture.
const SCALE: f32 = 2.0;
/// More pixels than this are not painted at full size.
const MOST: f32 = 64e6;
/// How much of a line covers what is below it.
const OPACITY: f32 = 0.75;

pub(super) fn write(graph: &Graph, _: Options, out: &mut dyn Write) -> io::Result<()> {
    let png =
        paint(&Scene::of(graph)).ok_or_else(|| io::Error::other("the picture is too large"))?;
    out.write_all(&png)
}

/// The picture as a file; `None` if there is no memory for it.
fn paint(scene: &Scene) -> Option<Vec<u8>> {
    let (width, height) = (single(scene.width), single(scene.height));
    let scale = SCALE.min((MOST / (width * height)).sqrt());
    let mut pixels = Pixmap::new(whole(width * scale), whole(height * scale))?;
    pixels.fill(Color::WHITE);
    let font = Face::parse(dejavu::sans::regular(), 0).ok()?;
    let mut canvas = Canvas {
        pixels,
        to: Transform::from_scale(scale, scale),
        font,
    };
    for shape in &scene.shapes {
        canvas.shape(shape);
    }
    canvas.pixels.encode_png().ok()
}

struct Canvas {
    pixels: Pixmap,
    to: Transform,
    font: Face<'static>,
}

impl Canvas {
    /// A shape without extent is not drawn.
    fn shape(&mut self, shape: &Shape) -> Option<()> {
        match shape {
            Shape::Curve {
                from,
                bend,
                to,
                colour,
                width,
                dash,
                ..
            } => {
                let mut path = PathBuilder::new();
                path.move_to(single(from.0), single(from.1));
                path.quad_to(single(bend.0), single(bend.1), single(to.0), single(to.1));
                let stroke = stroke(single(*width), dash);
                self.stroke(&path.finish()?, colour, OPACITY, &stroke);
            }
            Shape::Head { at, angle, colour } => {
                let mut path = PathBuilder::new();
                path.move_to(-5.0, -4.0);
                path.line_to(5.0, 0.0);
                path.line_to(-5.0, 4.0);
                path.close();
                let place = Transform::from_rotate(single(*angle))
                    .post_translate(single(at.0), single(at.1));
                let path = path.finish()?.transform(place)?;
                self.fill(&path, colour);
            }
            Shape::Box {
                left,
                top,
                width,
                height,
                round,
                fill,
                border,
                dashed,
                words,
                ..
            } => {
                let path = rounded((*left, *top), (*width, *height), *round)?;
                self.fill(&path, fill);
                let dash: &[f64] = if *dashed { &[4.0, 2.0] } else { &[] };
                self.stroke(&path, border, 1.0, &stroke(1.0, dash));
                for line in words {
                    self.words(line);
                }
            }
            Shape::Swatch { at, fill } => {
                let path = rounded((at.0, at.1 - 5.0), (20.0, 10.0), 3.0)?;
                self.fill(&path, fill);
            }
            Shape::Sample { at, colour, dash } => {
                let mut path = PathBuilder::new();
                path.move_to(single(at.0), single(at.1));
                path.line_to(single(at.0 + 20.0), single(at.1));
                self.stroke(&path.finish()?, colour, 1.0, &stroke(2.5, dash));
            }
            Shape::Words(words) => self.words(words),
        }
        Some(())
    }

    fn fill(&mut self, path: &Path, colour: &str) {
        let paint = ink(colour, 1.0);
        self.pixels
            .fill_path(path, &paint, FillRule::Winding, self.to, None);
    }

    fn stroke(&mut self, path: &Path, colour: &str, opacity: f32, stroke: &Stroke) {
        let paint = ink(colour, opacity);
        self.pixels.stroke_path(path, &paint, stroke, self.to, None);
    }

    fn words(&mut self, words: &Words) {
        let em = single(SIZE) / f32::from(self.font.units_per_em().max(1));
        let glyphs: Vec<GlyphId> = words.text.chars().map(|c| self.glyph(c)).collect();
        let advance =
            |glyph: GlyphId| f32::from(self.font.glyph_hor_advance(glyph).unwrap_or(0)) * em;
        let length: f32 = glyphs.iter().map(|glyph| advance(*glyph)).sum();
        let start = if words.middle { length / 2.0 } else { 0.0 };
        let mut x = single(words.at.0) - start;
        let mut outline = Outline {
            path: PathBuilder::new(),
            em,
            at: (x, single(words.at.1)),
        };
        for glyph in glyphs {
            outline.at.0 = x;
            self.font.outline_glyph(glyph, &mut outline);
            x += advance(glyph);
        }
        if let Some(path) = outline.path.finish() {
            self.fill(&path, &words.ink);
        }
    }

    /// The form of a letter; what the font lacks is an empty box.
    fn glyph(&self, letter: char) -> GlyphId {
        self.font.glyph_index(letter).unwrap_or(GlyphId(0))
    }
}

/// The outline of a letter, which the font gives with the vertical axis upwards.
struct Outline {
    path: PathBuilder,
    em: f32,
    at: (f32, f32),
}

impl Outline {
    fn x(&self, x: f32) -> f32 {
        self.at.0 + x * self.em
    }

    fn y(&self, y: f32) -> f32 {
        self.at.1 - y * self.em
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.x(x), self.y(y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.x(x), self.y(y));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.path
            .quad_to(self.x(x1), self.y(y1), self.x(x), self.y(y));
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (x1, y1, x2, y2) = (self.x(x1), self.y(y1), self.x(x2), self.y(y2));
        self.path.cubic_to(x1, y1, x2, y2, self.x(x), self.y(y));
    }

    fn close(&mut self) {
        self.path.close();
    }
}

fn rounded((left, top): Point, (width, height): Point, round: f64) -> Option<Path> {
    let (left, top, width, height) = (single(left), single(top), single(width), single(height));
    let (right, bottom) = (left + width, top + height);
    let r = single(round).min(width / 2.0).min(height / 2.0);
    // How far a control point stands from the corner so that the arc is a quarter of a circle.
    let c = r * 0.447_715;
    let mut path = PathBuilder::new();
    path.move_to(left + r, top);
    path.line_to(right - r, top);
    path.cubic_to(right - c, top, right, top + c, right, top + r);
    path.line_to(right, bottom - r);
    path.cubic_to(right, bottom - c, right - c, bottom, right - r, bottom);
    path.line_to(left + r, bottom);
    path.cubic_to(left + c, bottom, left, bottom - c, left, bottom - r);
    path.line_to(left, top + r);
    path.cubic_to(left, top + c, left + c, top, left + r, top);
    path.close();
    path.finish()
}

fn stroke(width: f32, dash: &[f64]) -> Stroke {
    Stroke {
        width,
        line_cap: LineCap::Butt,
        dash: StrokeDash::new(dash.iter().copied().map(single).collect(), 0.0),
        ..Stroke::default()
    }
}

/// A colour given as `#rrggbb`; grey if it is not.
fn ink(colour: &str, opacity: f32) -> Paint<'static> {
    let part = |at: usize| {
        let hex = colour.get(at..at + 2);
        hex.and_then(|hex| u8::from_str_radix(hex, 16).ok())
            .unwrap_or(0x80)
    };
    let mut paint = Paint {
        anti_alias: true,
        ..Paint::default()
    };
    let mut shade = Color::from_rgba8(part(1), part(3), part(5), 255);
    shade.apply_opacity(opacity);
    paint.set_color(shade);
    paint
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a picture needs no more digits"
)]
fn single(value: f64) -> f32 {
    value as f32
}

/// A number of pixels.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes are positive and limited"
)]
fn whole(value: f32) -> u32 {
    value.ceil().max(1.0) as u32
}
