//! Bytes to text: encodings, then one normal form that all spans refer to.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::error::ReadError;

/// Decodes the bytes of `place`: by a byte order mark, as UTF-8, else by what they look like.
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
        Ok(text) if bytes.contains(&0) => {
            let wide = utf_16(bytes);
            checked(place, wide.unwrap_or_else(|| text.to_owned()))
        }
        Ok(text) => checked(place, text.to_owned()),
        Err(_) if bytes.contains(&0) => {
            utf_16(bytes).map_or_else(|| Err(binary(place)), |text| checked(place, text))
        }
        Err(error) => windows_1252(bytes).or_else(|| detected(bytes)).map_or_else(
            || {
                let at = format!("UTF-8 up to byte {}", error.valid_up_to());
                Err(undecodable(place, &at))
            },
            |text| checked(place, text),
        ),
    }
}

/// Decodes bytes whose format says which encoding they have; what it says counts unless the bytes refute it.
pub(super) fn declared(
    place: &str,
    bytes: &[u8],
    label: Option<&str>,
) -> Result<String, ReadError> {
    let of_xml = || {
        let head = bytes.get(..200).unwrap_or(bytes);
        let head = String::from_utf8_lossy(head).into_owned();
        let (_, rest) = head.strip_prefix("<?xml")?.split_once("encoding=")?;
        let name = rest
            .trim_start_matches(['"', '\''])
            .split(['"', '\''])
            .next()?;
        Some(name.to_owned())
    };
    let label = label.map(str::to_owned).or_else(of_xml);
    let encoding = label.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    let marked = encoding_rs::Encoding::for_bom(bytes).is_some();
    if let Some(encoding) = encoding.filter(|_| !marked && std::str::from_utf8(bytes).is_err()) {
        let (text, broken) = encoding.decode_without_bom_handling(bytes);
        if !broken {
            return checked(place, text.into_owned());
        }
    }
    match decode(place, bytes) {
        // a page with a few broken bytes is still a page: browsers show it too
        Err(_) if encoding == Some(encoding_rs::UTF_8) && !bytes.contains(&0) => {
            checked(place, String::from_utf8_lossy(bytes).into_owned())
        }
        decoded => decoded,
    }
}

/// UTF-16 without a mark: every other byte of European text is zero.
fn utf_16(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..2000).unwrap_or(bytes);
    let zeros = |odd: usize| {
        head.iter()
            .skip(odd)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let most = head.len() * 2 / 5;
    let encoding = match (zeros(0), zeros(1)) {
        (0, low) if low >= most.max(1) => encoding_rs::UTF_16LE,
        (high, 0) if high >= most.max(1) => encoding_rs::UTF_16BE,
        _ => return None,
    };
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    (!broken && head.len() >= 8).then(|| text.into_owned())
}

/// The encoding that the bytes themselves look most like, if the result looks like words.
fn detected(bytes: &[u8]) -> Option<String> {
    if bytes.len() < 32 {
        return None;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Deny);
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let all = text.chars().count();
    let words = text
        .chars()
        .filter(|c| c.is_alphanumeric() || c.is_whitespace())
        .count();
    let controls = text
        .chars()
        .filter(|c| c.is_control() && !c.is_whitespace())
        .count();
    (!broken && controls == 0 && words * 10 >= all * 8).then(|| text.into_owned())
}

/// Text in the one normal form: NFC, `\n` line ends, plain spaces, no invisible characters.
pub(super) fn normalise(text: &str) -> Cow<'_, str> {
    if is_normal(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(normalised(text))
}

/// Whether every sign of a text is one that stays as it is, as far as that is seen at a glance.
fn is_normal(text: &str) -> bool {
    /// Bytes that are looked at together.
    const LANE: usize = 64;
    let doubtful = |lane: &[u8]| {
        !lane
            .iter()
            .fold(true, |normal, &byte| normal & is_low(byte))
    };
    let mut lanes = text.as_bytes().chunks(LANE).enumerate();
    lanes.all(|(at, lane)| {
        let from = at * LANE;
        !doubtful(lane) || around(text, from, from + lane.len()).chars().all(is_plain)
    })
}

/// The whole signs of which bytes stand between `from` and `to`; one that begins before may be left out.
fn around(text: &str, from: usize, to: usize) -> &str {
    let whole = |at: usize| (at..at + 4).find(|&at| text.is_char_boundary(at));
    let (from, to) = (whole(from), whole(to));
    let part = from.zip(to).and_then(|(from, to)| text.get(from..to));
    part.unwrap_or_default()
}

/// A byte that no sign has which may combine with another, or be none.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "without branches it is done for many at once"
)]
fn is_low(byte: u8) -> bool {
    let plain = (byte >= b' ') & (byte != 0x7F) | (byte == b'\n') | (byte == b'\t');
    plain & (byte <= 0xCB) & (byte != 0xC2)
}

/// Whether a sign is the same in the normal form whatever stands beside it.
fn is_plain(c: char) -> bool {
    matches!(
        c,
        '\n' | '\t'
            | ' '..='~'
            | '\u{A1}'..='\u{AC}'
            | '\u{AE}'..='\u{2FF}'
            | '\u{2010}'..='\u{2027}'
            | '\u{2030}'..='\u{205E}'
            | '\u{20A0}'..='\u{20BF}'
    )
}

fn normalised(text: &str) -> String {
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
            '\u{FB00}'..='\u{FB06}' => out.push_str(ligature(c)),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    // No sign below the first combining one changes.
    let doubtful = out.chars().filter(|c| *c >= '\u{300}');
    if is_nfc_quick(doubtful) == IsNormalized::Yes {
        return out;
    }
    out.nfc().collect()
}

/// The letters of a ligature of a typesetter.
fn ligature(c: char) -> &'static str {
    match c {
        '\u{FB00}' => "ff",
        '\u{FB01}' => "fi",
        '\u{FB02}' => "fl",
        '\u{FB03}' => "ffi",
        '\u{FB04}' => "ffl",
        _ => "st",
    }
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
