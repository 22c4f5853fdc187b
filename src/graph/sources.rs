//! Which documents speak with one voice: the count of independent sources rests on it.

use std::collections::{BTreeMap, BTreeSet};

use super::DocumentIx;
use crate::copies::Sketch;
use crate::statement::DocumentInfo;

/// Whose documents they are, and whose words they carry.
///
/// This is the one place that decides independence. A publisher is the host of an address, a name as
/// given, or, where the source is only a file, the document itself. A document speaks with the voice of its
/// publisher, a copy with that of the first document of its story: whoever prints the text of another
/// adds a document, but no source.
#[derive(Clone, Debug, Default)]
pub(super) struct Voices {
    /// The publisher of each document.
    publisher: Vec<u32>,
    /// The voice of each document: also the number of a publisher.
    of: Vec<u32>,
    /// The first document of the story of each document: itself if it is no copy.
    story: Vec<usize>,
    /// The publishers' names, by number.
    names: Vec<String>,
}

impl Voices {
    /// Those of documents sorted by id whose stories are known.
    pub(super) fn of(documents: &[DocumentInfo]) -> Self {
        let mut known = BTreeMap::new();
        let mut names = Vec::new();
        let mut publisher = Vec::with_capacity(documents.len());
        for document in documents {
            let next = u32::try_from(names.len()).unwrap_or(u32::MAX);
            let voice = voice(document);
            let number = *known.entry(voice.clone()).or_insert(next);
            if number == next {
                names.push(voice);
            }
            publisher.push(number);
        }
        let story: Vec<usize> = (0..documents.len())
            .map(|ix| first_of_story(documents, ix))
            .collect();
        let of = story
            .iter()
            .map(|first| publisher.get(*first).copied().unwrap_or(u32::MAX));
        Self {
            of: of.collect(),
            publisher,
            story,
            names,
        }
    }

    /// The name of a document's publisher.
    pub(super) fn publisher(&self, document: usize) -> &str {
        self.name(self.publisher.get(document).copied())
    }

    /// The name of the publisher for whose words a document counts.
    pub(super) fn voice(&self, document: usize) -> &str {
        self.name(self.of.get(document).copied())
    }

    fn name(&self, number: Option<u32>) -> &str {
        let name = number.and_then(|number| self.names.get(number as usize));
        name.map_or("", String::as_str)
    }

    /// The voice of a document.
    pub(super) fn get(&self, document: usize) -> u32 {
        self.of.get(document).copied().unwrap_or(u32::MAX)
    }

    /// The first document of a document's story.
    pub(super) fn story(&self, document: usize) -> usize {
        self.story.get(document).copied().unwrap_or(document)
    }

    /// How many of some documents carry the text of another of them.
    pub(super) fn copies(&self, documents: &BTreeSet<DocumentIx>) -> usize {
        let stories: BTreeSet<usize> = documents.iter().map(|ix| self.story(ix.0)).collect();
        documents.len() - stories.len()
    }
}

fn first_of_story(documents: &[DocumentInfo], ix: usize) -> usize {
    let Some(document) = documents.get(ix).filter(|d| !d.story.is_empty()) else {
        return ix;
    };
    let first = documents.binary_search_by(|other| other.id.cmp(&document.story));
    first.unwrap_or(ix)
}

/// Works out the stories of all documents, sorted by id, from their sketches and from the stories that some
/// already have; the sketches are then of no more use and go.
pub(super) fn find_stories(documents: &mut [DocumentInfo]) {
    let sketches: Vec<_> = documents.iter().map(|d| &d.sketch).collect();
    let mut told: BTreeMap<&str, usize> = BTreeMap::new();
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for (ix, document) in documents.iter().enumerate() {
        if !document.story.is_empty() {
            joined.push((*told.entry(&document.story).or_insert(ix), ix));
        }
    }
    let first = Sketch::groups(&sketches, &joined);
    let mut stories: BTreeMap<usize, (usize, String)> = BTreeMap::new();
    for (ix, document) in documents.iter().enumerate() {
        let story = if document.story.is_empty() {
            &document.id
        } else {
            &document.story
        };
        let (count, least) = stories
            .entry(first[ix])
            .or_insert_with(|| (usize::from(!document.story.is_empty()), story.clone()));
        *count += 1;
        if story < least {
            least.clone_from(story);
        }
    }
    for (ix, document) in documents.iter_mut().enumerate() {
        document.sketch = Sketch::default();
        document.story = match stories.get(&first[ix]) {
            Some((2.., story)) => story.clone(),
            _ => String::new(),
        };
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
            ..DocumentInfo::default()
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
        let voices = Voices::of(&all);
        assert_eq!(voices.of, [0, 1, 0]);
    }
}
