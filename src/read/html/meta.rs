//! What a page says of itself for machines: JSON-LD, `OpenGraph`, `<time>`, `<link>` and `<html lang>`.

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::super::{Source, fields};
use super::day;
use super::tree::{Element, Tree};

/// What a page says of itself; what it does not say is empty.
#[derive(Debug, Default)]
pub(super) struct Meta {
    pub(super) title: String,
    pub(super) date: Option<Date>,
    pub(super) author: String,
    pub(super) language: String,
    /// Its canonical address.
    pub(super) address: String,
    /// The article as JSON-LD has it.
    pub(super) article: Map<String, Value>,
}

impl Meta {
    pub(super) fn of(tree: &Tree) -> Self {
        let article = linked_data(tree);
        let field = |name: &str| article.get(name).map(fields::words).unwrap_or_default();
        let meta = |names: &[&str]| named(tree, names);
        let first = |ways: [String; 3]| {
            ways.into_iter()
                .find(|value| !value.trim().is_empty())
                .unwrap_or_default()
        };
        let published = [
            field("datePublished"),
            meta(&[
                "article:published_time",
                "og:article:published_time",
                "datePublished",
                "date",
                "dc.date",
                "dc.date.issued",
                "dcterms.date",
                "dcterms.issued",
                "pubdate",
                "publish-date",
                "sailthru.date",
                "parsely-pub-date",
            ]),
            time(tree),
            field("dateCreated"),
            field("dateModified"),
        ];
        Self {
            title: first([
                field("headline"),
                meta(&["og:title", "twitter:title", "dc.title"]),
                page_title(tree),
            ]),
            date: published.iter().find_map(|value| day(value)),
            author: first([
                field("author"),
                meta(&["author", "article:author", "dc.creator", "parsely-author"]),
                String::new(),
            ]),
            language: first([
                language(tree),
                field("inLanguage"),
                meta(&["og:locale", "language", "dc.language", "content-language"]),
            ]),
            address: address(tree),
            article,
        }
    }

    /// Where the page says it comes from, or where it was read.
    pub(super) fn origin<'a>(&'a self, source: &'a Source) -> &'a str {
        if self.address.is_empty() {
            source.origin()
        } else {
            &self.address
        }
    }
}

/// The content of the first `<meta>` or element with an `itemprop` of one of these names, the surest first.
fn named(tree: &Tree, names: &[&str]) -> String {
    let found = names.iter().find_map(|name| {
        tree.elements.iter().find(|element| {
            let keys = ["property", "name", "itemprop", "http-equiv"];
            element.has("content")
                && keys
                    .iter()
                    .any(|key| element.get(key).eq_ignore_ascii_case(name))
                && !element.get("content").trim().is_empty()
        })
    });
    found.map_or_else(String::new, |element| {
        element.get("content").trim().to_owned()
    })
}

/// The first `<time>` that is not furniture of another article: one said to be the publication before others.
fn time(tree: &Tree) -> String {
    let times = || {
        tree.elements
            .iter()
            .enumerate()
            .filter(|(_, e)| e.name == "time" && e.has("datetime"))
    };
    let published = |e: &Element| {
        e.has("pubdate")
            || e.get("itemprop") == "datePublished"
            || e.get("class").contains("publish")
    };
    let aside = |at: usize| {
        tree.around(at)
            .any(|(_, e)| matches!(e.name.as_str(), "aside" | "nav" | "footer"))
    };
    let found = times()
        .find(|(_, e)| published(e))
        .or_else(|| times().find(|(at, _)| !aside(*at)));
    found.map_or_else(String::new, |(_, element)| {
        element.get("datetime").to_owned()
    })
}

fn page_title(tree: &Tree) -> String {
    let title = tree.elements.iter().position(|e| e.name == "title");
    let words = title.map(|at| tree.words(at)).unwrap_or_default();
    // the name of the site stands behind the last bar
    let bars = [" | ", " - ", " – ", " — ", " :: "];
    let cut = bars.iter().filter_map(|bar| words.rfind(bar)).max();
    let head = cut
        .and_then(|at| words.get(..at))
        .filter(|head| head.split_whitespace().count() >= 3);
    head.unwrap_or(&words).to_owned()
}

fn language(tree: &Tree) -> String {
    let html = tree.elements.iter().find(|e| e.name == "html");
    html.map(|e| {
        if e.has("lang") {
            e.get("lang")
        } else {
            e.get("xml:lang")
        }
    })
    .unwrap_or_default()
    .to_owned()
}

/// The canonical address, if it is a whole one.
fn address(tree: &Tree) -> String {
    let canonical = tree
        .elements
        .iter()
        .find(|e| e.name == "link" && e.get("rel").eq_ignore_ascii_case("canonical"));
    let canonical = canonical.map(|e| e.get("href").to_owned());
    let ways = [canonical, Some(named(tree, &["og:url"]))];
    let whole =
        |address: &String| address.starts_with("https://") || address.starts_with("http://");
    ways.into_iter().flatten().find(whole).unwrap_or_default()
}

/// The first article of the page's JSON-LD.
fn linked_data(tree: &Tree) -> Map<String, Value> {
    let scripts = tree
        .elements
        .iter()
        .enumerate()
        .filter(|(_, e)| e.name == "script" && e.get("type").contains("ld+json"));
    for (at, _) in scripts {
        let text: String = tree
            .texts
            .iter()
            .filter(|run| run.element == at)
            .map(|run| run.words.as_str())
            .collect();
        // what is not JSON says nothing
        let Ok(value) = serde_json::from_str::<Value>(text.trim()) else {
            continue;
        };
        if let Some(article) = article(&value, 0) {
            return article.clone();
        }
    }
    Map::new()
}

/// The first article in a value.
fn article(value: &Value, depth: usize) -> Option<&Map<String, Value>> {
    if depth > 8 {
        return None;
    }
    match value {
        Value::Array(items) => items.iter().find_map(|item| article(item, depth + 1)),
        Value::Object(object) if is_article(object) => Some(object),
        Value::Object(object) => [
            "@graph",
            "mainEntity",
            "mainEntityOfPage",
            "itemListElement",
        ]
        .iter()
        .filter_map(|key| object.get(*key))
        .find_map(|inner| article(inner, depth + 1)),
        _ => None,
    }
}

fn is_article(object: &Map<String, Value>) -> bool {
    let kind = object.get("@type").map(|kind| match kind {
        Value::Array(kinds) => kinds
            .iter()
            .map(fields::words)
            .collect::<Vec<_>>()
            .join(" "),
        kind => fields::words(kind),
    });
    kind.is_some_and(|kind| {
        ["Article", "Posting", "Report", "PressRelease"]
            .iter()
            .any(|word| kind.contains(word))
    })
}

/// The first `<time>` in an element; empty if it has none.
pub(super) fn time_in(tree: &Tree, element: usize) -> String {
    let mut times = tree
        .elements
        .iter()
        .enumerate()
        .filter(|(at, e)| e.name == "time" && e.has("datetime") && tree.contains(element, *at));
    times
        .next()
        .map_or_else(String::new, |(_, e)| e.get("datetime").to_owned())
}
