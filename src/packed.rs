//! An extraction as JSON, written once: the same bytes that serde makes, in a fraction of the time.

use std::ops::Range;

use jiff::civil::Date;

use crate::document::BlockKind;
use crate::mention::{EntityId, FoundBy};
use crate::statement::{
    DateRange, DocumentInfo, EntityRecord, Evidence, Extraction, MentionRecord, Party, Precision,
    Statement, Status, TimeBasis, Trigger,
};
use crate::text::CharSpan;

/// An extraction as JSON, and where in it the parts stand that a store keeps in rows of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Packed {
    json: String,
    mentions: Vec<Range<usize>>,
    statements: Vec<Range<usize>>,
    /// Of the JSON.
    hash: [u8; 32],
    digest: String,
}

impl Packed {
    /// Writes an extraction.
    pub fn of(extraction: &Extraction) -> Self {
        let mut to = Json::default();
        to.extraction(extraction);
        // The story is no part of the digest: it depends on what else there is.
        let hash = blake3::hash(to.text.as_bytes());
        let digest = if extraction.document.story.is_empty() {
            hash
        } else {
            let mut alone = extraction.clone();
            alone.document.story.clear();
            blake3::hash(alone.to_json().as_bytes())
        };
        Self {
            json: to.text,
            mentions: to.mentions,
            statements: to.statements,
            hash: hash.into(),
            digest: digest.to_hex().to_string(),
        }
    }

    /// All of it.
    pub fn json(&self) -> &str {
        &self.json
    }

    /// A hash of the JSON.
    pub(crate) fn hash(&self) -> &[u8; 32] {
        &self.hash
    }

    /// A hash of everything that was read from the document.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The list of mentions of an entity, by its place among the entities.
    pub fn mentions(&self, entity: usize) -> &str {
        self.part(self.mentions.get(entity))
    }

    /// A statement, by its place.
    pub fn statement(&self, statement: usize) -> &str {
        self.part(self.statements.get(statement))
    }

    fn part(&self, range: Option<&Range<usize>>) -> &str {
        range
            .and_then(|range| self.json.get(range.clone()))
            .unwrap_or_default()
    }
}

impl Extraction {
    /// The JSON of this extraction, one line without its end.
    pub fn to_json(&self) -> String {
        let mut to = Json::default();
        to.extraction(self);
        to.text
    }
}

/// JSON that is being written.
#[derive(Default)]
struct Json {
    text: String,
    mentions: Vec<Range<usize>>,
    statements: Vec<Range<usize>>,
}

impl Json {
    fn extraction(&mut self, extraction: &Extraction) {
        let Extraction {
            document,
            entities,
            statements,
        } = extraction;
        self.text
            .reserve(512 + entities.len() * 192 + statements.len() * 768);
        self.raw("{\"document\":");
        self.document(document);
        self.raw(",\"entities\":");
        self.list(entities, Self::entity);
        self.raw(",\"statements\":");
        self.list(statements, |to, statement| {
            let start = to.text.len();
            to.statement(statement);
            to.statements.push(start..to.text.len());
        });
        self.raw("}");
    }

    fn document(&mut self, document: &DocumentInfo) {
        self.field("{\"id\":", &document.id);
        self.field(",\"source\":", &document.source);
        self.field(",\"title\":", &document.title);
        self.raw(",\"date\":");
        self.date(document.date);
        self.field(",\"language\":", &document.language);
        self.field(",\"hash\":", &document.hash);
        if !document.sketch.is_empty() {
            self.raw(",\"sketch\":\"");
            document.sketch.write_digits(&mut self.text);
            self.raw("\"");
        }
        if !document.story.is_empty() {
            self.field(",\"story\":", &document.story);
        }
        self.raw("}");
    }

    fn entity(&mut self, entity: &EntityRecord) {
        self.field("{\"id\":", entity.id.as_str());
        self.field(",\"kind\":", &entity.kind);
        self.field(",\"name\":", &entity.name);
        self.raw(if entity.known {
            ",\"known\":true,\"mentions\":"
        } else {
            ",\"known\":false,\"mentions\":"
        });
        let start = self.text.len();
        self.list(&entity.mentions, Self::mention);
        self.mentions.push(start..self.text.len());
        self.raw("}");
    }

    fn mention(&mut self, mention: &MentionRecord) {
        self.field("{\"text\":", &mention.text);
        self.span(mention.span);
        self.raw(",\"found_by\":\"");
        self.raw(found_by(mention.found_by));
        self.raw("\"}");
    }

    fn statement(&mut self, statement: &Statement) {
        self.field("{\"id\":", &statement.id);
        self.field(",\"kind\":", &statement.kind);
        for (name, ids) in [
            (",\"subjects\":", &statement.subjects),
            (",\"objects\":", &statement.objects),
            (",\"about\":", &statement.about),
        ] {
            self.raw(name);
            self.list(ids, |to, id: &EntityId| to.string(id.as_str()));
        }
        self.raw(",\"status\":\"");
        self.raw(status(statement.status));
        self.raw("\",\"date\":");
        self.date_range(&statement.date);
        self.raw(",\"confidence\":");
        self.number(statement.confidence);
        self.option(",\"instrument\":", statement.instrument.as_deref());
        self.option(",\"role\":", statement.role.as_deref());
        if let Some(quantity) = statement.quantity {
            self.raw(",\"quantity\":");
            self.count(quantity);
        }
        if let Some(value) = &statement.value {
            self.raw(",\"value\":{\"amount\":");
            self.number(value.amount);
            self.field(",\"currency\":", &value.currency);
            self.raw("}");
        }
        let speaker = statement.speaker.as_ref();
        self.option(",\"speaker\":", speaker.map(EntityId::as_str));
        self.raw(",\"evidence\":");
        self.evidence(&statement.evidence);
        self.raw("}");
    }

    fn date_range(&mut self, date: &DateRange) {
        self.raw("{\"earliest\":");
        self.date(date.earliest);
        self.raw(",\"latest\":");
        self.date(date.latest);
        self.raw(",\"precision\":\"");
        self.raw(precision(date.precision));
        self.raw("\",\"basis\":\"");
        self.raw(basis(date.basis));
        self.raw("\"}");
    }

    fn evidence(&mut self, evidence: &Evidence) {
        self.field("{\"sentence\":", &evidence.sentence);
        self.span(CharSpan {
            start: evidence.start,
            end: evidence.end,
        });
        self.raw(",\"trigger\":");
        match &evidence.trigger {
            None => self.raw("null"),
            Some(Trigger { text, span }) => {
                self.field("{\"text\":", text);
                self.span(*span);
                self.raw("}");
            }
        }
        self.raw(",\"parties\":");
        self.list(&evidence.parties, Self::party);
        self.field(",\"rule\":", &evidence.rule);
        self.raw(",\"block\":\"");
        self.raw(block(evidence.block));
        self.raw("\"}");
    }

    fn party(&mut self, party: &Party) {
        self.field("{\"entity\":", party.entity.as_str());
        self.field(",\"text\":", &party.text);
        self.span(party.span);
        self.option(",\"via\":", party.via.as_ref().map(EntityId::as_str));
        self.raw("}");
    }

    fn list<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.raw("[");
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.raw(",");
            }
            write(self, item);
        }
        self.raw("]");
    }

    fn raw(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// A name with what stands before it, and its words.
    fn field(&mut self, name: &str, text: &str) {
        self.raw(name);
        self.string(text);
    }

    fn option(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.field(name, text);
        }
    }

    fn span(&mut self, span: CharSpan) {
        self.raw(",\"start\":");
        self.count(span.start as u64);
        self.raw(",\"end\":");
        self.count(span.end as u64);
    }

    fn string(&mut self, text: &str) {
        self.raw("\"");
        if is_plain(text.as_bytes()) {
            self.raw(text);
        } else {
            self.escaped(text);
        }
        self.raw("\"");
    }

    fn escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '"' => self.raw("\\\""),
                '\\' => self.raw("\\\\"),
                '\n' => self.raw("\\n"),
                '\r' => self.raw("\\r"),
                '\t' => self.raw("\\t"),
                '\u{8}' => self.raw("\\b"),
                '\u{c}' => self.raw("\\f"),
                '\0'..='\u{1f}' => {
                    let code = u32::from(c);
                    self.raw(if code < 16 { "\\u000" } else { "\\u001" });
                    self.text.extend(char::from_digit(code % 16, 16));
                }
                c => self.text.push(c),
            }
        }
    }

    fn count(&mut self, number: u64) {
        let mut digits = [0u8; 20];
        let mut rest = number;
        let mut from = digits.len();
        for (at, digit) in digits.iter_mut().enumerate().rev() {
            *digit = b'0' + u8::try_from(rest % 10).unwrap_or(0);
            rest /= 10;
            from = at;
            if rest == 0 {
                break;
            }
        }
        let digits = digits.get(from..).unwrap_or_default();
        self.raw(str::from_utf8(digits).unwrap_or_default());
    }

    fn date(&mut self, date: Option<Date>) {
        match date {
            None => self.raw("null"),
            Some(date) => {
                self.raw("\"");
                write_date(date, &mut self.text);
                self.raw("\"");
            }
        }
    }

    fn number(&mut self, number: f64) {
        if let Some(hundredths) = hundredths(number) {
            self.count(u64::from(hundredths / 100));
            self.raw(".");
            let (tens, ones) = (hundredths / 10 % 10, hundredths % 10);
            self.text.extend(char::from_digit(tens, 10));
            if ones > 0 {
                self.text.extend(char::from_digit(ones, 10));
            }
            return;
        }
        // A number is always JSON.
        self.raw(&serde_json::to_string(&number).unwrap_or_default());
    }
}

/// A small number with two decimals at the most, in hundredths.
fn hundredths(number: f64) -> Option<u32> {
    if !(0.0..=1000.0).contains(&number) || number.is_sign_negative() {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is between 0 and 100,000"
    )]
    let hundredths = (number * 100.0).round() as u32;
    let same = (f64::from(hundredths) / 100.0).to_bits() == number.to_bits();
    same.then_some(hundredths)
}

/// Whether a text stands in JSON as it is. Looks at many bytes at a time.
fn is_plain(bytes: &[u8]) -> bool {
    let odd = |byte: &u8| *byte < 0x20 || *byte == b'"' || *byte == b'\\';
    let (chunks, rest) = bytes.as_chunks::<32>();
    let any = |bytes: &[u8]| bytes.iter().fold(false, |any, byte| any | odd(byte));
    !chunks.iter().any(|chunk| any(chunk)) && !any(rest)
}

/// A day as files carry it, appended to a text.
pub(crate) fn write_date(date: Date, to: &mut String) {
    let (Ok(year), Ok(month), Ok(day)) = (
        u32::try_from(date.year()),
        u32::try_from(date.month()),
        u32::try_from(date.day()),
    ) else {
        to.push_str(&date.to_string());
        return;
    };
    let digit = |number: u32| char::from(b'0' + u8::try_from(number % 10).unwrap_or(0));
    for number in [year / 1000, year / 100, year / 10, year] {
        to.push(digit(number));
    }
    for part in [month, day] {
        to.push('-');
        to.push(digit(part / 10));
        to.push(digit(part));
    }
}

/// The word by which files carry a status.
pub(crate) fn status(status: Status) -> &'static str {
    match status {
        Status::Planned => "planned",
        Status::Agreed => "agreed",
        Status::Active => "active",
        Status::Ended => "ended",
        Status::Rejected => "rejected",
    }
}

/// The word by which files carry the unit of a date.
pub(crate) fn precision(precision: Precision) -> &'static str {
    match precision {
        Precision::Day => "day",
        Precision::Month => "month",
        Precision::Year => "year",
        Precision::Unknown => "unknown",
    }
}

/// The word by which files carry what a date rests on.
pub(crate) fn basis(basis: TimeBasis) -> &'static str {
    match basis {
        TimeBasis::Text => "text",
        TimeBasis::Publication => "publication",
        TimeBasis::Inferred => "inferred",
    }
}

/// The word by which files carry the function of a block.
pub(crate) fn block(block: BlockKind) -> &'static str {
    match block {
        BlockKind::Headline => "headline",
        BlockKind::Body => "body",
        BlockKind::Caption => "caption",
        BlockKind::Teaser => "teaser",
        BlockKind::Boilerplate => "boilerplate",
    }
}

fn found_by(found_by: FoundBy) -> &'static str {
    match found_by {
        FoundBy::Name => "name",
        FoundBy::Inflection => "inflection",
        FoundBy::Compound => "compound",
        FoundBy::RolePattern => "role_pattern",
        FoundBy::BackReference => "back_reference",
        FoundBy::Acronym => "acronym",
        FoundBy::Shape => "shape",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(write: impl FnOnce(&mut Json)) -> String {
        let mut to = Json::default();
        write(&mut to);
        to.text
    }

    #[test]
    fn words_are_those_of_serde() {
        let same = |word: &str, json: serde_json::Result<String>| {
            assert_eq!(format!("\"{word}\""), json.unwrap());
        };
        for value in [
            Status::Planned,
            Status::Agreed,
            Status::Active,
            Status::Ended,
            Status::Rejected,
        ] {
            same(status(value), serde_json::to_string(&value));
        }
        for value in [
            Precision::Day,
            Precision::Month,
            Precision::Year,
            Precision::Unknown,
        ] {
            same(precision(value), serde_json::to_string(&value));
        }
        for value in [TimeBasis::Text, TimeBasis::Publication, TimeBasis::Inferred] {
            same(basis(value), serde_json::to_string(&value));
        }
        for value in [
            BlockKind::Headline,
            BlockKind::Body,
            BlockKind::Caption,
            BlockKind::Teaser,
            BlockKind::Boilerplate,
        ] {
            same(block(value), serde_json::to_string(&value));
        }
        for value in [
            FoundBy::Name,
            FoundBy::Inflection,
            FoundBy::Compound,
            FoundBy::RolePattern,
            FoundBy::BackReference,
            FoundBy::Acronym,
            FoundBy::Shape,
        ] {
            same(found_by(value), serde_json::to_string(&value));
        }
    }

    proptest! {
        #[test]
        fn texts_are_those_of_serde(text in "[\\x00-\\x7f\u{e4}\u{2028}\u{1f600}]{0,80}") {
            let json = serde_json::to_string(&text).unwrap();
            prop_assert_eq!(written(|to| to.string(&text)), json);
        }

        #[test]
        fn numbers_are_those_of_serde(number: f64, cents in -200_000i32..200_000, whole: u64) {
            for number in [number, f64::from(cents) / 100.0, -0.0, f64::NAN, f64::INFINITY] {
                let json = serde_json::to_string(&number).unwrap();
                prop_assert_eq!(written(|to| to.number(number)), json);
            }
            for whole in [whole, whole % 1000, 0] {
                prop_assert_eq!(written(|to| to.count(whole)), whole.to_string());
            }
        }

        #[test]
        fn days_are_those_of_serde(year in -9999i16..=9999, month in 1i8..=12, day in 1i8..=28) {
            let date = Date::new(year, month, day).unwrap();
            let json = serde_json::to_string(&date).unwrap();
            prop_assert_eq!(written(|to| to.date(Some(date))), json);
        }
    }
}
