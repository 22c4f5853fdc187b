//! Text as the formats take it.

use std::borrow::Cow;
use std::io::{self, Write};

/// Longest sentence in a column of a graph, in characters.
const LONGEST: usize = 300;

/// Text for XML, in an element or an attribute. Characters that XML cannot hold are left out.
pub(super) struct Xml<'a>(pub(super) &'a str);

impl Xml<'_> {
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut done = 0;
        for (at, c) in self.0.char_indices() {
            let Some(instead) = in_xml(c) else { continue };
            out.write_all(self.0.get(done..at).unwrap_or_default().as_bytes())?;
            out.write_all(instead.as_bytes())?;
            done = at + c.len_utf8();
        }
        out.write_all(self.0.get(done..).unwrap_or_default().as_bytes())
    }
}

/// What stands for a character in XML, if not itself. Line breaks are escaped because readers turn
/// those of attributes into blanks.
pub(super) fn in_xml(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\n' => Some("&#10;"),
        '\t' => Some("&#9;"),
        '\r' => Some("&#13;"),
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}' => Some(""),
        _ => None,
    }
}

/// A sentence on one line and of bounded length, cut at a blank.
pub(super) fn shortened(sentence: &str) -> Cow<'_, str> {
    let flat = flat(sentence);
    let Some((end, _)) = flat.char_indices().nth(LONGEST) else {
        return flat;
    };
    let head = flat.get(..end).unwrap_or_default();
    let head = head.rsplit_once(' ').map_or(head, |(head, _)| head);
    Cow::Owned(format!("{} …", head.trim_end_matches([',', ';', ' '])))
}

/// Text without line breaks, control characters, double and outer blanks.
pub(super) fn flat(text: &str) -> Cow<'_, str> {
    let odd = |c: char| c.is_control() || (c.is_whitespace() && c != ' ');
    if is_flat(text, odd) {
        return Cow::Borrowed(text);
    }
    let spaced = text.replace(odd, " ");
    Cow::Owned(
        spaced
            .split(' ')
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" "),
    )
}

/// Most text is: one look at each byte tells it.
fn is_flat(text: &str, odd: impl Fn(char) -> bool) -> bool {
    let bytes = text.as_bytes();
    // All bytes are looked at, which takes less time than to stop at the first.
    let control = |count: usize, byte: &u8| count + usize::from(*byte < b' ' || *byte == 0x7F);
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    let double =
        |count: usize, (one, next): (&u8, &u8)| count + usize::from(*one == b' ' && *next == b' ');
    let outer = bytes.first() == Some(&b' ') || bytes.last() == Some(&b' ');
    !outer
        && bytes.iter().fold(0, control) == 0
        && pairs.fold(0, double) == 0
        && (text.is_ascii() || !text.contains(odd))
}

/// The parts of a list that does not show, like a list in one cell.
pub(super) fn joined<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut list = String::new();
    for (at, part) in parts.into_iter().enumerate() {
        if at > 0 {
            list.push('|');
        }
        if part.contains('|') {
            list.push_str(&part.replace('|', "/"));
        } else {
            list.push_str(part);
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    fn xml(text: &str) -> String {
        let mut out = Vec::new();
        Xml(text).write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn xml_escapes_and_drops() {
        assert_eq!(
            xml("a&<>\"'\u{1}b\u{FFFE}ü\n"),
            "a&amp;&lt;&gt;&quot;'bü&#10;"
        );
        assert_eq!(xml(""), "");
    }

    #[test]
    fn flat_text_has_single_blanks() {
        assert_eq!(flat(" a\n\n b\u{1}c "), "a b c");
        for odd in [
            "a  b",
            "a\u{A0}b",
            " a b",
            "a b ",
            "a\u{2028}b",
            "a\u{7F}b",
            "a\u{85}b",
        ] {
            assert_eq!(flat(odd), "a b", "{odd:?}");
        }
        assert_eq!(flat("ä ü"), "ä ü");
        assert_eq!(flat(""), "");
        assert_eq!(flat(" "), "");
        assert_eq!(flat("a b"), "a b");
    }

    #[test]
    fn long_sentences_end_at_a_blank() {
        let long = "wort, ".repeat(100);
        let short = shortened(&long);
        assert!(short.ends_with("wort …"), "{short}");
        assert!(short.chars().count() <= LONGEST + 2);
        assert_eq!(shortened("kurz"), "kurz");
    }
}
