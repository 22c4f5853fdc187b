//! Bytes to text: encodings, then one normal form that all spans refer to.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::error::ReadError;

/// Decodes the bytes of `place` (UTF-8, UTF-16 with a byte order mark, else Windows-1252 where that makes sense).
pub(super) fn decode(place: &str, bytes: &[u8]) -> Result<String, ReadError> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, broken) =
            encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
        if broken {
            return Err(undecodable(place, encoding.name()));
        }
        return checked(place, text.into_owned());
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => checked(place, text.to_owned()),
        Err(_) if bytes.contains(&0) => Err(binary(place)),
        Err(error) => windows_1252(bytes).map_or_else(
            || {
                let at = format!("UTF-8 up to byte {}", error.valid_up_to());
                Err(undecodable(place, &at))
            },
            |text| checked(place, text),
        ),
    }
}

/// Text in the one normal form: NFC, `\n` line ends, plain spaces, no invisible characters.
pub(super) fn normalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\r' => {
                if rest.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\u{A0}' | '\u{2007}' | '\u{202F}' => out.push(' '),
            '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => {}
            '\n' | '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    if is_nfc_quick(out.chars()) == IsNormalized::Yes {
        return out;
    }
    out.nfc().collect()
}

/// Decodes as Windows-1252 if the result looks like words of a European language.
fn windows_1252(bytes: &[u8]) -> Option<String> {
    let (text, broken) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
    if broken || text.chars().any(|c| ('\u{80}'..'\u{A0}').contains(&c)) {
        return None;
    }
    let high = bytes.iter().filter(|b| !b.is_ascii()).count();
    let odd = text
        .chars()
        .filter(|c| !c.is_ascii() && !plausible(*c))
        .count();
    (high * 5 < bytes.len() && odd * 10 <= high).then(|| text.into_owned())
}

fn plausible(c: char) -> bool {
    c.is_alphabetic()
        || matches!(c, '–' | '—' | '„' | '“' | '”' | '‘' | '’' | '‚' | '«' | '»')
        || matches!(
            c,
            '…' | '•' | '€' | '£' | '§' | '°' | '©' | '®' | '·' | '\u{A0}' | '\u{AD}'
        )
}

fn checked(place: &str, text: String) -> Result<String, ReadError> {
    let odd = text
        .chars()
        .filter(|c| c.is_control() && !matches!(c, '\t'..='\r' | '\u{85}'))
        .count();
    if text.contains('\0') || odd * 100 > text.len() {
        return Err(binary(place));
    }
    if !text.chars().any(char::is_alphanumeric) {
        return Err(ReadError::new(
            place,
            "text",
            "an empty file",
            "leave it out",
        ));
    }
    Ok(text)
}

fn binary(place: &str) -> ReadError {
    let hint = "only text can be read; `file` tells what it is";
    ReadError::new(place, "text", "binary data", hint)
}

fn undecodable(place: &str, as_what: &str) -> ReadError {
    let hint = "convert it first, e.g. `iconv -f latin1 -t utf-8`";
    ReadError::new(
        place,
        "text in UTF-8 or UTF-16",
        format!("{as_what}, then other bytes"),
        hint,
    )
}
