//! Numbers as texts write them: `1,3 Milliarden`, `36`, `sechs`, `eighty-eight`, `48.000`.

use crate::linker::page::Page;
use crate::linker::scene::Scene;

/// What stands between a token and the one before it.
pub(in crate::linker) fn between<'a>(page: &Page<'a>, at: usize) -> &'a str {
    let before = at.checked_sub(1).and_then(|t| page.tokens.get(t));
    let end = page
        .tokens
        .get(at)
        .map_or(page.doc.text.len(), |t| t.span.start);
    before
        .and_then(|b| page.doc.text.get(b.span.end..end))
        .unwrap_or_default()
}

fn is_digits(page: &Page<'_>, at: usize) -> bool {
    page.tokens.get(at).is_some_and(|t| t.digits)
}

/// Whether a token is written together with the one before it.
pub(in crate::linker) fn attached(page: &Page<'_>, at: usize) -> bool {
    at > 0 && page.tokens.get(at).is_some() && between(page, at).is_empty()
}

/// The number that starts at a token, without `million` and the like: its last token and value.
pub(in crate::linker) fn read(scene: &Scene<'_>, at: usize) -> Option<(usize, f64)> {
    if at >= scene.sentence.end || !scene.page.counts(at) {
        return None;
    }
    if is_digits(scene.page, at) {
        digits(scene, at)
    } else {
        words(scene, at)
    }
}

/// The number that starts at a token with all that multiplies it.
pub(super) fn scaled(scene: &Scene<'_>, at: usize) -> Option<(usize, f64)> {
    if !scene.page.counts(at) {
        return None;
    }
    let lists = &scene.rules.attributes;
    let (mut last, mut value) = match read(scene, at) {
        Some(found) => found,
        // `a billion`: the article counts.
        None if lists.is_one(scene.page.word(at)) && scale(scene, at + 1).is_some() => (at, 1.0),
        None => return None,
    };
    // `half a billion`
    if lists.is_one(scene.page.word(last + 1)) && scale(scene, last + 2).is_some() {
        last += 1;
    }
    while let Some(factor) = scale(scene, last + 1) {
        value *= factor;
        last += 1;
    }
    Some((last, value))
}

/// What a word multiplies the number before it with; single letters only count directly behind it.
fn scale(scene: &Scene<'_>, at: usize) -> Option<f64> {
    if at >= scene.sentence.end || scene.page.gaps.get(at).is_some_and(|g| g.comma || g.hard) {
        return None;
    }
    let word = scene.page.word(at);
    (word.len() > 1 || attached(scene.page, at))
        .then(|| scene.rules.attributes.scale(word))
        .flatten()
}

fn digits(scene: &Scene<'_>, at: usize) -> Option<(usize, f64)> {
    let page = scene.page;
    let gap = between(page, at);
    let after_number = at > 0 && is_digits(page, at - 1) && matches!(gap, "." | "," | "/" | "-");
    if at > scene.sentence.first && (gap.is_empty() || after_number || matches!(gap, "-" | "‑")) {
        return None;
    }
    let decimal = scene.rules.attributes.decimal.as_str();
    let mut text = page.surface(at).to_owned();
    let mut last = at;
    let mut grouped = text.len() <= 3;
    while last + 1 < scene.sentence.end && is_digits(page, last + 1) {
        let next = page.surface(last + 1);
        let group = grouped && next.len() == 3;
        match between(page, last + 1) {
            "." | "," if between(page, last + 1) == decimal || !group => {
                text.push('.');
                text.push_str(next);
                return Some((last + 1, text.parse().ok()?));
            }
            "." | "," | "\u{a0}" | "\u{202f}" | "\u{2009}" | "'" | "’" if group => {
                text.push_str(next);
            }
            " " if group && !attached(page, last + 2) => text.push_str(next),
            _ => break,
        }
        last += 1;
        grouped = true;
    }
    Some((last, text.parse().ok()?))
}

fn words(scene: &Scene<'_>, at: usize) -> Option<(usize, f64)> {
    let lists = &scene.rules.attributes;
    let value = lists.number(scene.page.word(at))?;
    let next = at + 1;
    let tens = value >= 20.0 && value % 10.0 == 0.0;
    let joined = next < scene.sentence.end && scene.page.gaps.get(next).is_some_and(|g| g.joined);
    let unit = if tens && joined {
        lists.number(scene.page.word(next)).filter(|u| *u < 10.0)
    } else {
        None
    };
    if let Some(unit) = unit {
        return Some((next, value + unit));
    }
    Some((at, value))
}
