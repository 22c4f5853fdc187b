//! Names as people type them: without case, accents and signs.

/// How a letter with two dots or a ring is typed without them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Umlaut {
    /// `ö` is `o`.
    Short,
    /// `ö` is `oe`.
    Long,
}

/// Small letters without accents; other signs are one blank, and a number stands apart (`f 35`).
pub(super) fn fold(text: &str, umlaut: Umlaut, out: &mut String) {
    out.clear();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            let digit = |c: char| c.is_ascii_digit();
            if out
                .chars()
                .next_back()
                .is_some_and(|last| last != ' ' && digit(last) != digit(c))
            {
                out.push(' ');
            }
            out.push(c);
        } else if c.is_alphanumeric() {
            fold_letter(c, umlaut, out);
        } else if !is_mark(c) && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
}

/// Signs inside a word that nobody types.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{AD}' | '\'' | '’')
}

fn fold_letter(c: char, umlaut: Umlaut, out: &mut String) {
    let plain = match c {
        'ä' | 'æ' if umlaut == Umlaut::Long => "ae",
        'ö' | 'ø' | 'œ' if umlaut == Umlaut::Long => "oe",
        'ü' if umlaut == Umlaut::Long => "ue",
        'å' if umlaut == Umlaut::Long => "aa",
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ə' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ț' => "t",
        'þ' => "th",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        other => return out.push(other),
    };
    out.push_str(plain);
}

/// A hash of a folded name (FNV-1a): it is kept in files, so it is the same on every machine.
pub(super) fn hash_of(folded: &str) -> u32 {
    let step = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    folded.bytes().fold(0x811C_9DC5, step)
}
