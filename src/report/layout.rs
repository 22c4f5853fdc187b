//! Places for the nodes of the picture: springs along ties, repulsion between all, the same each time.

/// A place in the unit square.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

const ROUNDS: u32 = 400;
/// Turns by this angle never meet again: seeds of a sunflower.
const GOLDEN_ANGLE: f64 = 2.399_963_229_728_653;

/// Places `count` nodes so that those with a tie are near; `ties` are places in the list and weights.
pub(super) fn places(count: usize, ties: &[(usize, usize, f64)]) -> Vec<Point> {
    let mut points: Vec<Point> = (0..count).map(seed).collect();
    let ideal = 1.0 / number(count.max(1)).sqrt();
    for round in 0..ROUNDS {
        let step = 0.1 * (1.0 - f64::from(round) / f64::from(ROUNDS));
        let forces = forces(&points, ties, ideal);
        for (point, force) in points.iter_mut().zip(forces) {
            let length = force.x.hypot(force.y).max(1e-9);
            point.x += force.x / length * length.min(step);
            point.y += force.y / length * length.min(step);
        }
    }
    fit(&mut points);
    points
}

fn seed(ix: usize) -> Point {
    let (turn, far) = (GOLDEN_ANGLE * number(ix), (number(ix) + 0.5).sqrt() / 10.0);
    Point {
        x: far * turn.cos(),
        y: far * turn.sin(),
    }
}

fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

fn forces(points: &[Point], ties: &[(usize, usize, f64)], ideal: f64) -> Vec<Point> {
    let centre = |point: &Point| Point {
        x: -point.x * ideal,
        y: -point.y * ideal,
    };
    let mut forces: Vec<Point> = points.iter().map(centre).collect();
    for (a, from) in points.iter().enumerate() {
        for (b, to) in points.iter().enumerate().skip(a + 1) {
            let (dx, dy) = (from.x - to.x, from.y - to.y);
            let push = ideal * ideal / (dx * dx + dy * dy).max(1e-6);
            pull(&mut forces, a, b, (dx * push, dy * push));
        }
    }
    for &(a, b, weight) in ties {
        if let (Some(from), Some(to)) = (points.get(a), points.get(b)) {
            let (dx, dy) = (to.x - from.x, to.y - from.y);
            let by = dx.hypot(dy) / ideal * weight.min(3.0) * 0.15;
            pull(&mut forces, a, b, (dx * by, dy * by));
        }
    }
    forces
}

fn pull(forces: &mut [Point], a: usize, b: usize, by: (f64, f64)) {
    for (ix, sign) in [(a, 1.0), (b, -1.0)] {
        if let Some(force) = forces.get_mut(ix) {
            force.x += sign * by.0;
            force.y += sign * by.1;
        }
    }
}

/// Scales the places into the unit square, alike in both directions so that near stays near.
fn fit(points: &mut [Point]) {
    let range = |of: fn(&Point) -> f64| {
        let least = points.iter().map(of).fold(f64::INFINITY, f64::min);
        let most = points.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
        (least, most)
    };
    let (x, y) = (range(|point| point.x), range(|point| point.y));
    let size = (x.1 - x.0).max(y.1 - y.0).max(1e-9);
    let centre = |range: (f64, f64)| f64::midpoint(range.0, range.1);
    for point in points {
        point.x = 0.5 + (point.x - centre(x)) / size;
        point.y = 0.5 + (point.y - centre(y)) / size;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_bring_nodes_together() {
        let points = places(3, &[(0, 1, 3.0)]);
        let far = |a: usize, b: usize| (points[a].x - points[b].x).hypot(points[a].y - points[b].y);
        assert!(far(0, 1) < far(0, 2) && far(0, 1) < far(1, 2), "{points:?}");
        assert_eq!(places(3, &[(0, 1, 3.0)]), points);
        assert!(places(0, &[]).is_empty());
    }
}
