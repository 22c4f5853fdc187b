//! XML written through one buffer, without a call to the formatting machinery or a string for each cell.

use std::io::{self, Write};

use jiff::civil::Date;

use super::column::Value;
use super::digits;
use super::text::in_xml;

/// So much is collected before it is written.
const FULL: usize = 1 << 16;

/// A buffer before a file of XML.
pub(super) struct Markup<'w> {
    buffer: Vec<u8>,
    out: &'w mut dyn Write,
}

impl<'w> Markup<'w> {
    pub(super) fn new(out: &'w mut dyn Write) -> Self {
        Self {
            buffer: Vec::with_capacity(FULL + FULL / 4),
            out,
        }
    }

    /// Text that is markup, or holds nothing that is.
    pub(super) fn raw(&mut self, text: &str) {
        self.buffer.extend_from_slice(text.as_bytes());
    }

    /// Text for an element or an attribute. Characters that XML cannot hold are left out.
    pub(super) fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.bytes().position(|byte| SUSPECT[usize::from(byte)]) {
            let (clean, odd) = rest.split_at(at);
            self.raw(clean);
            let mut chars = odd.chars();
            if let Some(c) = chars.next() {
                match in_xml(c) {
                    Some(instead) => self.raw(instead),
                    None => self.raw(&odd[..c.len_utf8()]),
                }
            }
            rest = chars.as_str();
        }
        self.raw(rest);
    }

    pub(super) fn value(&mut self, value: &Value) {
        match value {
            Value::Text(text) => self.text(text),
            Value::Count(count) => self.count(*count as u64),
            Value::Number(number) => self.number(*number),
            Value::Date(date) => self.date(*date),
            Value::Truth(truth) => self.raw(if *truth { "true" } else { "false" }),
        }
    }

    pub(super) fn count(&mut self, count: u64) {
        digits::count(count, &mut self.buffer);
    }

    pub(super) fn number(&mut self, value: f64) {
        digits::number(value, &mut self.buffer);
    }

    pub(super) fn date(&mut self, date: Date) {
        digits::date(date, &mut self.buffer);
    }

    /// A row is complete: writes what was collected if it is much.
    pub(super) fn end_row(&mut self) -> io::Result<()> {
        if self.buffer.len() < FULL {
            return Ok(());
        }
        self.flush()
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.write_all(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }
}

/// Bytes with which something begins that XML must not hold as it is.
const SUSPECT: [bool; 256] = {
    let mut suspect = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        suspect[byte] = true;
        byte += 1;
    }
    // DEL, the first bytes of U+0080 to U+00BF and of U+F000 to U+FFFF
    let others = [b'&', b'<', b'>', b'"', 0x7F, 0xC2, 0xEF];
    let mut at = 0;
    while at < others.len() {
        suspect[others[at] as usize] = true;
        at += 1;
    }
    suspect
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::column::number;

    fn written(write: impl FnOnce(&mut Markup)) -> String {
        let mut out = Vec::new();
        let mut markup = Markup::new(&mut out);
        write(&mut markup);
        markup.flush().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn xml_escapes_and_drops() {
        for (text, expected) in [
            ("a&<>\"'\u{1}b\u{FFFE}ü\n", "a&amp;&lt;&gt;&quot;'bü&#10;"),
            (
                "\u{7F}\u{85}§\u{A0}\u{FEFF}\r\t",
                "§\u{A0}\u{FEFF}&#13;&#9;",
            ),
            ("", ""),
        ] {
            assert_eq!(written(|markup| markup.text(text)), expected);
        }
    }

    #[test]
    fn numbers_are_those_of_other_formats() {
        let mut seed = 1_u64;
        for round in 0..20_000 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let random = f64::from(u32::try_from(seed >> 32).unwrap());
            let value = match round % 5 {
                0 => random / 4_294_967_296.0,
                1 => (random % 1000.0) / 1000.0,
                2 => random % 100_000.0,
                3 => (random % 1e9) / 1e5,
                _ => f64::from_bits(seed),
            };
            assert_eq!(written(|markup| markup.number(value)), number(value));
        }
        for value in [
            0.0,
            -0.0,
            1e-4,
            1e-5,
            1e16,
            1e17,
            0.1,
            123_456.7,
            f64::NAN,
            f64::MIN_POSITIVE,
        ] {
            assert_eq!(written(|markup| markup.number(value)), number(value));
        }
    }

    #[test]
    fn dates_and_counts_are_those_of_other_formats() {
        for (year, month, day) in [
            (2024, 3, 1),
            (1, 12, 31),
            (9999, 10, 9),
            (-44, 3, 15),
            (0, 1, 1),
        ] {
            let date = Date::new(year, month, day).unwrap();
            assert_eq!(written(|markup| markup.date(date)), date.to_string());
        }
        for count in [0, 7, 10, 1234, u64::MAX] {
            assert_eq!(written(|markup| markup.count(count)), count.to_string());
        }
    }
}
