//! When a token of a text is a token of a form, and which gaps may stand between two of them.

use super::Case;

/// The letters without soft hyphens.
fn plain(token: &str) -> impl Iterator<Item = char> {
    token.chars().filter(|&c| c != '\u{AD}')
}

fn upper(token: &str) -> impl Iterator<Item = char> {
    plain(token).flat_map(|c| if c == 'ẞ' { 'ß' } else { c }.to_uppercase())
}

/// Whether `seen` is a way to write `word`.
pub(super) fn token_matches(word: &str, seen: &str, case: Case) -> bool {
    word == seen
        || plain(word).eq(plain(seen))
        || (case != Case::Exact
            && (capitals(word, seen)
                || capitalised(word, seen)
                || (case == Case::Acronym && title_case(word, seen))))
}

/// The whole token in capitals; a single capital letter is no such token.
fn capitals(word: &str, seen: &str) -> bool {
    let mut letters = plain(seen);
    let long = letters
        .by_ref()
        .take(2)
        .filter(|c| c.is_uppercase())
        .count()
        == 2;
    long && letters.all(char::is_uppercase) && upper(word).eq(upper(seen))
}

/// The first letter a capital where the form has a small one.
fn capitalised(word: &str, seen: &str) -> bool {
    let (mut word, mut seen) = (plain(word), plain(seen));
    match (word.next(), seen.next()) {
        (Some(small), Some(large)) => {
            small != large && small.to_uppercase().eq([large]) && word.eq(seen)
        }
        _ => false,
    }
}

/// `Nato` for `NATO`, `Natos` for `NATOs`: four capitals and more.
fn title_case(word: &str, seen: &str) -> bool {
    let capitals = plain(word).filter(|c| c.is_uppercase()).count();
    let (mut word, mut seen) = (plain(word), plain(seen));
    capitals >= 4 && word.next() == seen.next() && word.flat_map(char::to_lowercase).eq(seen)
}

/// Whether `gap` of a text may stand where the form has `own`; `number` if a number is beside it.
pub(super) fn gap_matches(own: &str, gap: &str, number: bool) -> bool {
    if own == gap {
        return true;
    }
    match Gap::of(gap) {
        Gap::Nothing => number || own.is_empty(),
        Gap::Blank | Gap::Hyphen => !matches!(Gap::of(own), Gap::Apostrophe | Gap::Other),
        Gap::Joint => !matches!(Gap::of(own), Gap::Other),
        Gap::Stop => number || matches!(Gap::of(own), Gap::Stop | Gap::StopBlank),
        Gap::StopBlank => matches!(Gap::of(own), Gap::Stop | Gap::StopBlank),
        Gap::Apostrophe => matches!(Gap::of(own), Gap::Apostrophe),
        Gap::Other => unify(own).eq(unify(gap)),
    }
}

/// What stands between two tokens.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Nothing,
    /// One blank, or a line break with a blank.
    Blank,
    /// A hyphen or dash with at most one blank around.
    Hyphen,
    /// Slash, ampersand or plus with blanks around.
    Joint,
    /// A full stop with nothing after it.
    Stop,
    /// A full stop and a blank: the end of a sentence unless the form has it.
    StopBlank,
    Apostrophe,
    /// Commas, brackets, paragraph breaks, anything longer.
    Other,
}

impl Gap {
    fn of(gap: &str) -> Self {
        let mut signs = gap.chars().filter(|c| !is_blank(*c));
        let sign = signs.next();
        if signs.next().is_some() {
            return Self::Other;
        }
        let blanks = gap.chars().filter(|c| is_blank(*c)).count();
        let breaks = gap.bytes().filter(|b| *b == b'\n').count();
        match (sign, blanks) {
            _ if breaks > 1 => Self::Other,
            (None, 0) => Self::Nothing,
            (None, 1) => Self::Blank,
            (None, 2) if breaks == 1 => Self::Blank,
            (Some('-' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}'), 0 | 1) => Self::Hyphen,
            (Some('/' | '&' | '+'), 0..=2) => Self::Joint,
            (Some('.'), 0) => Self::Stop,
            (Some('.'), 1) if gap.starts_with('.') => Self::StopBlank,
            (Some('\'' | '’' | '‘' | 'ʼ' | '`' | '´'), 0) => Self::Apostrophe,
            _ => Self::Other,
        }
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '\n')
}

/// Blanks, quotation marks, apostrophes and dashes as one sign of each.
fn unify(gap: &str) -> impl Iterator<Item = char> {
    gap.chars().map(|c| match c {
        c if is_blank(c) => ' ',
        '’' | '‘' | 'ʼ' | '`' | '´' => '\'',
        '„' | '“' | '”' | '«' | '»' => '"',
        '\u{2010}'..='\u{2014}' => '-',
        c => c,
    })
}
