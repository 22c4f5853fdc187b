//! XML, an element at a time: what the readers of feeds, office documents and books share.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Source;
use super::error::ReadError;
use crate::error::line_of;

/// What stands next in an XML file; names have no prefix.
#[derive(Debug)]
pub(super) enum Piece<'a> {
    /// A start tag.
    Open(&'a str, Attributes<'a>),
    /// An end tag.
    Close(&'a str),
    /// Characters, with entities resolved.
    Text(&'a str),
}

/// The attributes of a start tag.
#[derive(Debug)]
pub(super) struct Attributes<'a>(&'a BytesStart<'a>);

impl Attributes<'_> {
    /// The value of an attribute by its name without prefix; empty if there is none.
    pub(super) fn get(&self, name: &str) -> String {
        let mut attributes = self.0.attributes();
        let mut all = attributes.with_checks(false).flatten();
        let found = all.find(|a| a.key.local_name().as_ref() == name.as_bytes());
        let value = found.and_then(|a| a.unescape_value().ok().map(std::borrow::Cow::into_owned));
        value.unwrap_or_default()
    }
}

/// Shows every piece of `text` to `each`. What was shown before an error stands.
pub(super) fn walk(
    source: &Source,
    text: &str,
    each: &mut dyn FnMut(Piece<'_>),
) -> Result<(), ReadError> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.expand_empty_elements = true;
    let most = source.limits().nesting;
    let mut depth = 0_u64;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                depth += 1;
                if depth > most {
                    return Err(too_deep(source));
                }
                each(Piece::Open(
                    local(tag.local_name().as_ref()),
                    Attributes(&tag),
                ));
            }
            Ok(Event::End(tag)) => {
                depth = depth.saturating_sub(1);
                each(Piece::Close(local(tag.local_name().as_ref())));
            }
            Ok(Event::Text(text)) => each(Piece::Text(&text.decode().unwrap_or_default())),
            Ok(Event::CData(text)) => each(Piece::Text(&text.decode().unwrap_or_default())),
            Ok(Event::GeneralRef(name)) => {
                let number = name.resolve_char_ref().ok().flatten().map(String::from);
                let name = name.decode().unwrap_or_default();
                each(Piece::Text(&number.unwrap_or_else(|| entity(&name))));
            }
            Ok(Event::Eof) if depth > 0 => return Err(cut_off(source)),
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(error) => {
                let at = usize::try_from(reader.error_position()).unwrap_or(0);
                let hint = "it may be cut off: fetch it again";
                let error = ReadError::new(source.place(), "whole XML", error.to_string(), hint);
                return Err(error.at_line(line_of(text, at)));
            }
        }
    }
}

fn local(name: &[u8]) -> &str {
    std::str::from_utf8(name).unwrap_or_default()
}

/// The characters of an entity of XML or HTML; of an unknown one its name.
fn entity(name: &str) -> String {
    let whole = format!("{name};");
    match html5ever::data::NAMED_ENTITIES.get(whole.as_str()) {
        Some((first, second)) => [*first, *second]
            .into_iter()
            .filter(|c| *c != 0)
            .filter_map(char::from_u32)
            .collect(),
        None => format!("&{whole}"),
    }
}

/// Elements stand inside elements beyond the limit.
pub(super) fn too_deep(source: &Source) -> ReadError {
    let expected = format!(
        "at most {} elements inside each other",
        source.limits().nesting
    );
    let hint = "it is no page of text; allow more with `--limit nesting=N`";
    ReadError::new(source.place(), expected, "more", hint)
}

fn cut_off(source: &Source) -> ReadError {
    let hint = "it may be cut off: fetch it again";
    ReadError::new(
        source.place(),
        "whole XML",
        "its end inside an element",
        hint,
    )
}
