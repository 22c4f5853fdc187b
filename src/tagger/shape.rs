//! How words are written, and what stands between them.

use crate::text::token::Token;

/// What stands between a token and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing at all.
    Tight,
    /// Blank space, at most one line end.
    Space,
    /// A hyphen or dash without space on both sides.
    Hyphen,
    /// An apostrophe.
    Apostrophe,
    /// A comma and space.
    Comma,
    /// A full stop and space, also the one of an abbreviation.
    Stop,
    /// An opening bracket somewhere in it.
    Open,
    /// A closing bracket somewhere in it, and no opening one.
    Close,
    /// An opening or closing quotation mark, and no bracket.
    Quote,
    /// An empty line, or the start of the text.
    Break,
    /// Anything else: colon, semicolon, slash, dash, bullet ...
    Other,
}

/// How a token is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// All small.
    Lower,
    /// A capital first, the rest small; a single capital too.
    Title,
    /// Two capitals and more, no small letter.
    Upper,
    /// Capitals inside (`MiG`, `McGuinty`).
    Mixed,
    /// A number.
    Digits,
}

/// How `token` of `text` is written.
pub(super) fn case_of(token: &Token, text: &str) -> Case {
    if token.digits {
        return Case::Digits;
    }
    let mut chars = token.span.of(text).chars();
    let first = chars.next().is_some_and(char::is_uppercase);
    let (mut upper, mut lower) = (0, 0);
    for c in chars {
        if c.is_uppercase() {
            upper += 1;
        } else {
            lower += 1;
        }
    }
    match (first, upper, lower) {
        (_, 0, _) if first => Case::Title,
        (_, 0, _) => Case::Lower,
        (true, _, 0) => Case::Upper,
        _ => Case::Mixed,
    }
}

/// What `gap` is.
pub(super) fn gap_of(gap: &str) -> Gap {
    const DASHES: [char; 4] = ['-', '\u{2010}', '\u{2011}', '–'];
    // what most are
    match gap {
        ", " => return Gap::Comma,
        ". " => return Gap::Stop,
        "-" => return Gap::Hyphen,
        ": " | "; " => return Gap::Other,
        _ => {}
    }
    let mut lines = 0;
    let mut only_space = true;
    for c in gap.chars() {
        lines += usize::from(c == '\n');
        only_space &= c.is_whitespace();
    }
    if gap.is_empty() {
        Gap::Tight
    } else if lines > 1 {
        Gap::Break
    } else if only_space {
        Gap::Space
    } else if gap.contains(['(', '[']) {
        Gap::Open
    } else if gap.contains([')', ']']) {
        Gap::Close
    } else if matches!(gap, "'" | "’" | "ʼ" | "`") {
        Gap::Apostrophe
    } else if gap.contains(['"', '„', '“', '”', '»', '«', '‚', '‘', '›', '‹'])
        || (gap.contains(['\'', '’']) && gap.contains(' '))
    {
        Gap::Quote
    } else if gap.trim_matches(DASHES).trim_end_matches('\n').is_empty() {
        Gap::Hyphen
    } else {
        match gap.trim() {
            "," => Gap::Comma,
            "." if gap.len() > 1 => Gap::Stop,
            "." => Gap::Tight,
            _ => Gap::Other,
        }
    }
}
