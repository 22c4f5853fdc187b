//! Where the boxes of a picture stand: forces first, then no two on top of each other.

use fa2::{FA2Data, FA2Settings};

/// Rounds of the forces.
const ROUNDS: usize = 600;
/// Rounds of pushing boxes apart; few pictures need more than twenty.
const PUSHES: usize = 400;
/// Blank between two boxes.
const GAP: f64 = 14.0;
/// Area of the picture for each box, in square pixels.
const AREA: f64 = 14_000.0;

/// A box: its middle and half its size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) half_width: f64,
    pub(super) half_height: f64,
}

/// Places boxes of these sizes; `edges` with their weights pull their ends together.
pub(super) fn place(sizes: &[(f64, f64)], edges: &[(usize, usize, f64)]) -> Vec<Place> {
    let mut data = FA2Data::<f64>::new();
    let count = as_number(sizes.len().max(1));
    for (at, _) in sizes.iter().enumerate() {
        // A spiral: no two at one place, and not all on a circle, which forces leave slowly.
        let angle = as_number(at) * 2.399_963;
        let radius = (as_number(at) + 1.0).sqrt() / count.sqrt() * 100.0;
        data.add_node_with_position(radius * angle.cos(), radius * angle.sin());
    }
    for (from, to, weight) in edges {
        data.add_edge_with_weight(*from, *to, *weight);
    }
    let settings = FA2Settings::default()
        .parallel(false)
        .gravity(0.6)
        .scaling_ratio(4.0)
        .strong_gravity_mode(false);
    let mut layout = settings.build(data);
    layout.run(ROUNDS);
    let found: Vec<(f64, f64)> = layout.data().positions().collect();
    let mut places = scaled(&found, sizes);
    push_apart(&mut places);
    places
}

/// Stretches the picture to the area its boxes need, half as wide again as high.
fn scaled(found: &[(f64, f64)], sizes: &[(f64, f64)]) -> Vec<Place> {
    let low = |of: fn(&(f64, f64)) -> f64| found.iter().map(of).fold(f64::INFINITY, f64::min);
    let high = |of: fn(&(f64, f64)) -> f64| found.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
    let (left, top) = (low(|p| p.0), low(|p| p.1));
    let wide = (high(|p| p.0) - left).max(1e-9);
    let tall = (high(|p| p.1) - top).max(1e-9);
    let area = AREA * as_number(sizes.len().max(2));
    let (width, height) = ((area * 1.5).sqrt(), (area / 1.5).sqrt());
    let place = |((x, y), (w, h)): (&(f64, f64), &(f64, f64))| Place {
        x: (x - left) / wide * width,
        y: (y - top) / tall * height,
        half_width: w / 2.0,
        half_height: h / 2.0,
    };
    found.iter().zip(sizes).map(place).collect()
}

/// Moves boxes that overlap away from each other, along the side on which they overlap least.
fn push_apart(places: &mut [Place]) {
    for _ in 0..PUSHES {
        let mut moved = false;
        for at in 1..places.len() {
            let (before, rest) = places.split_at_mut(at);
            let Some(second) = rest.first_mut() else {
                break;
            };
            for first in before {
                moved |= push(first, second);
            }
        }
        if !moved {
            return;
        }
    }
}

fn push(a: &mut Place, b: &mut Place) -> bool {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let over_x = a.half_width + b.half_width + GAP - dx.abs();
    let over_y = a.half_height + b.half_height + GAP - dy.abs();
    if over_x <= 0.01 || over_y <= 0.01 {
        return false;
    }
    if over_x < over_y {
        let step = over_x / 2.0 * if dx < 0.0 { -1.0 } else { 1.0 };
        a.x -= step;
        b.x += step;
    } else {
        let step = over_y / 2.0 * if dy < 0.0 { -1.0 } else { 1.0 };
        a.y -= step;
        b.y += step;
    }
    true
}

fn as_number(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::from(u32::MAX), f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_box_stands_on_another() {
        let sizes = vec![(80.0, 24.0); 60];
        let edges: Vec<_> = (1..60).map(|n| (n, n / 3, 1.0)).collect();
        let places = place(&sizes, &edges);
        assert_eq!(places.len(), 60);
        for (at, a) in places.iter().enumerate() {
            assert!(a.x.is_finite() && a.y.is_finite());
            for b in places.iter().skip(at + 1) {
                let apart_x = (a.x - b.x).abs() >= a.half_width + b.half_width;
                let apart_y = (a.y - b.y).abs() >= a.half_height + b.half_height;
                assert!(apart_x || apart_y, "{a:?} {b:?}");
            }
        }
        assert_eq!(places, place(&sizes, &edges), "the same picture twice");
    }

    #[test]
    fn few_boxes_are_a_picture_too() {
        assert_eq!(place(&[], &[]), []);
        assert!(place(&[(10.0, 10.0)], &[])[0].x.is_finite());
    }
}
