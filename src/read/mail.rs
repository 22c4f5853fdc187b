//! Mails: subject, sender, date and the words of the sender; what is quoted is told apart.

use std::io::BufRead;

use mail_parser::MessageParser;

use super::error::ReadError;
use super::page::{Draft, Part};
use super::{Sink, Source, html, page, slurp};
use crate::document::BlockKind;

/// Whether a file begins like a mail: two lines at least of its first are headers that mails have.
pub(super) fn looks_like(head: &[u8]) -> bool {
    let known = [
        "from:",
        "to:",
        "subject:",
        "date:",
        "received:",
        "return-path:",
        "mime-version:",
        "message-id:",
        "delivered-to:",
    ];
    let text = String::from_utf8_lossy(head).to_lowercase();
    let first = text.lines().next().unwrap_or_default();
    let lines = text.lines().take_while(|line| !line.trim().is_empty());
    let count = lines
        .filter(|line| known.iter().any(|name| line.starts_with(name)))
        .count();
    count >= 3
        && first
            .split_once(':')
            .is_some_and(|(name, _)| !name.contains(' '))
}

pub(super) fn read(
    source: &Source,
    from: &mut dyn BufRead,
    sink: &mut Sink<'_>,
) -> Result<(), ReadError> {
    let place = source.place();
    let bytes = slurp(source, from)?;
    let mail = MessageParser::default()
        .parse(&bytes)
        .filter(|mail| mail.from().is_some() || mail.subject().is_some() || mail.date().is_some());
    let Some(mail) = mail else {
        return Err(ReadError::new(
            place,
            "a mail with headers",
            "none",
            "name it `.txt` if it is plain text",
        ));
    };
    let subject = mail.subject().unwrap_or_default().to_owned();
    let mut parts = vec![Part {
        text: subject.clone(),
        kind: Some(BlockKind::Headline),
    }];
    match (mail.text_bodies().next(), mail.body_html(0)) {
        (Some(part), Some(html)) if part.is_text_html() => {
            parts.extend(html::parts(source, &html)?);
        }
        (Some(_), _) => parts.extend(plain(&mail.body_text(0).unwrap_or_default())),
        (None, Some(html)) => parts.extend(html::parts(source, &html)?),
        (None, None) => {}
    }
    let mut draft = Draft::of_parts(source.id(), source.origin(), parts);
    if draft.words() == 0 {
        let hint = "it may hold nothing but attachments: save those and read them";
        return Err(ReadError::new(place, "text in the mail", "none", hint));
    }
    draft.title = subject;
    let sender = mail.from().and_then(|from| from.first());
    if let Some(sender) = sender {
        let name = sender.name().or(sender.address());
        name.unwrap_or_default().clone_into(&mut draft.author);
    }
    draft.date = mail.date().and_then(|date| {
        let (month, day) = (i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?);
        jiff::civil::Date::new(i16::try_from(date.year).ok()?, month, day).ok()
    });
    sink(Ok(page::document(draft)));
    Ok(())
}

/// Paragraphs of a plain mail; quoted ones are another's, and a signature is nobody's.
fn plain(text: &str) -> Vec<Part> {
    let text = text.replace("\r\n", "\n");
    let (body, signature) = text.split_once("\n-- \n").unwrap_or((&text, ""));
    let mut parts = Vec::new();
    for paragraph in body.split("\n\n") {
        let mut quoted = false;
        let mut words = String::new();
        for line in paragraph.lines() {
            let is_quote = line.trim_start().starts_with('>');
            if is_quote != quoted && !words.is_empty() {
                parts.push(part(std::mem::take(&mut words), quoted));
            }
            quoted = is_quote;
            words.push_str(line.trim_start_matches(['>', ' ']));
            words.push(' ');
        }
        parts.push(part(words, quoted));
    }
    parts.push(Part {
        text: signature.to_owned(),
        kind: Some(BlockKind::Boilerplate),
    });
    parts.retain(|part| !part.text.trim().is_empty());
    parts
}

fn part(text: String, quoted: bool) -> Part {
    Part {
        text,
        kind: quoted.then_some(BlockKind::Teaser),
    }
}
