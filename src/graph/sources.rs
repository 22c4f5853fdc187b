//! Which documents speak with one voice: the count of independent sources rests on it.

use std::collections::BTreeMap;

use crate::statement::DocumentInfo;

/// The voice of every document, numbered in order of documents.
///
/// This is the one place that decides independence. For now a voice is a publisher: the host of an
/// address, a name as given, or, where the source is only a file, the document itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Voices {
    /// The voice of each document.
    of: Vec<u32>,
    /// Their names, by number.
    names: Vec<String>,
}

impl Voices {
    pub(super) fn of(documents: &[DocumentInfo]) -> Self {
        let mut known = BTreeMap::new();
        let mut names = Vec::new();
        let mut of = Vec::with_capacity(documents.len());
        for document in documents {
            let next = u32::try_from(names.len()).unwrap_or(u32::MAX);
            let voice = voice(document);
            let number = *known.entry(voice.clone()).or_insert(next);
            if number == next {
                names.push(voice);
            }
            of.push(number);
        }
        Self { of, names }
    }

    /// The name of a document's voice.
    pub(super) fn name(&self, document: usize) -> &str {
        let number = self.get(document) as usize;
        self.names.get(number).map_or("", String::as_str)
    }

    /// The voice of a document.
    pub(super) fn get(&self, document: usize) -> u32 {
        self.of.get(document).copied().unwrap_or(u32::MAX)
    }
}

/// Who speaks in a document.
pub(crate) fn voice(document: &DocumentInfo) -> String {
    let source = document.source.trim();
    if let Some(host) = host(source) {
        return host;
    }
    if source.is_empty() || source == "-" || source == document.id || is_path(source) {
        return format!("document {}", document.id);
    }
    source.to_lowercase()
}

/// The host of an address, without `www.`.
fn host(source: &str) -> Option<String> {
    let (_, rest) = source.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?.to_lowercase();
    let host = host.rsplit('@').next()?.split(':').next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then(|| host.to_owned())
}

/// Whether a source is a file: it has a folder or a short ending.
fn is_path(source: &str) -> bool {
    let ending = source.rsplit_once('.').map_or("", |(_, ending)| ending);
    source.contains(['/', '\\'])
        || (!source.contains(' ')
            && matches!(ending.len(), 1..=5)
            && !matches!(
                ending,
                "com" | "org" | "net" | "de" | "eu" | "uk" | "int" | "mil" | "gov"
            )
            && ending.bytes().all(|b| b.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(id: &str, source: &str) -> DocumentInfo {
        DocumentInfo {
            id: id.into(),
            source: source.into(),
            title: String::new(),
            date: None,
            language: "en".into(),
            hash: String::new(),
        }
    }

    #[test]
    fn voice_is_the_publisher_or_the_document() {
        for (source, expected) in [
            ("https://www.example.org/a?b", "example.org"),
            ("http://user@example.org:80", "example.org"),
            ("Example Times", "example times"),
            ("example.org", "example.org"),
            ("news/a.txt", "document a"),
            ("b.txt", "document a"),
            ("", "document a"),
            ("-", "document a"),
        ] {
            assert_eq!(voice(&document("a", source)), expected, "source {source:?}");
        }
    }

    #[test]
    fn documents_of_one_publisher_share_a_voice() {
        let all = [
            document("a", "https://example.org/1"),
            document("b", "x/b.txt"),
            document("c", "https://www.example.org/2"),
        ];
        assert_eq!(Voices::of(&all).of, [0, 1, 0]);
    }
}
