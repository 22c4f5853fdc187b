//! What an element says about the words in it: caption, pointer to another article, furniture of the page.

use super::super::page::Part;
use super::paragraphs::Paragraph;
use super::tree::{Element, Tree};
use crate::document::BlockKind;

/// Words of class names and ids, whole or as the start of one, by what they stand for. They are the jargon
/// of web pages, not of a language.
const NAMES: &[(BlockKind, &[&str])] = &[
    (
        BlockKind::Caption,
        &[
            "caption",
            "figcaption",
            "bildunterschrift",
            "bildtext",
            "imagecredit",
            "photocredit",
            "bildquelle",
            "copyright",
        ],
    ),
    (
        BlockKind::Teaser,
        &[
            "related",
            "teaser",
            "recommend",
            "recirc",
            "readmore",
            "mehrzum",
            "morefrom",
            "moreon",
            "weitere",
            "lesenswert",
            "mostread",
            "popular",
            "trending",
            "linklist",
            "verwandt",
            "latest",
            "outbrain",
            "taboola",
        ],
    ),
    (
        BlockKind::Boilerplate,
        &[
            "ad",
            "ads",
            "advert",
            "advertisement",
            "anzeige",
            "werbung",
            "sponsor",
            "promo",
            "banner",
            "nav",
            "navi",
            "navigation",
            "navbar",
            "menu",
            "breadcrumb",
            "breadcrumbs",
            "share",
            "sharing",
            "social",
            "cookie",
            "cookies",
            "consent",
            "gdpr",
            "newsletter",
            "subscribe",
            "subscription",
            "abo",
            "paywall",
            "comment",
            "comments",
            "kommentar",
            "kommentare",
            "disqus",
            "author",
            "autor",
            "byline",
            "authorbox",
            "bio",
            "tags",
            "taglist",
            "keywords",
            "toolbar",
            "print",
            "footer",
            "masthead",
            "login",
            "signup",
            "footnote",
            "footnotes",
            "fussnote",
            "fussnoten",
            "endnotes",
            "skip",
            "pagination",
            "feedback",
            "rating",
            "dateline",
            "timestamp",
            "readingtime",
        ],
    ),
];

/// The part that a paragraph of the article in `root` makes; nothing if it has no words.
pub(super) fn part(tree: &Tree, root: usize, paragraph: &Paragraph) -> Option<Part> {
    if !paragraph.text.contains(char::is_alphanumeric) {
        return None;
    }
    let kind = kind(tree, root, paragraph);
    Some(Part {
        text: paragraph.text.clone(),
        kind,
    })
}

fn kind(tree: &Tree, root: usize, paragraph: &Paragraph) -> Option<BlockKind> {
    let mut heading = false;
    let inside = tree
        .around(paragraph.first)
        .take_while(|(at, _)| *at != root);
    for (_, element) in inside {
        heading |= is_heading(&element.name);
        if let Some(kind) = of_element(element) {
            return Some(kind);
        }
    }
    if heading {
        return Some(BlockKind::Headline);
    }
    let words = paragraph.text.split_whitespace().count();
    if paragraph.link_share() > 0.8 {
        // a link that is all of a paragraph leads away from the article
        return Some(if words > 3 {
            BlockKind::Teaser
        } else {
            BlockKind::Boilerplate
        });
    }
    // running text that a page has in paragraphs of its own needs no further look
    let name = tree
        .elements
        .get(paragraph.block)
        .map_or("", |e| e.name.as_str());
    (name == "p"
        && words >= 25
        && paragraph.link_share() < 0.3
        && paragraph.text.ends_with(['.', '“', '"', '!', '?', '»']))
    .then_some(BlockKind::Body)
}

/// Whether a name is that of a heading.
pub(super) fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// What an element is by its name, role, class or id.
fn of_element(element: &Element) -> Option<BlockKind> {
    match element.name.as_str() {
        "figcaption" | "caption" => return Some(BlockKind::Caption),
        "nav" | "footer" | "form" | "address" | "dialog" | "menu" => {
            return Some(BlockKind::Boilerplate);
        }
        "aside" => return Some(named(element).unwrap_or(BlockKind::Teaser)),
        "article" | "main" | "body" | "html" => return None,
        _ => {}
    }
    match element.get("role") {
        "navigation" | "banner" | "contentinfo" | "search" | "menu" | "dialog" | "doc-endnotes"
        | "doc-footnote" => {
            return Some(BlockKind::Boilerplate);
        }
        "complementary" => return Some(BlockKind::Teaser),
        _ => {}
    }
    if matches!(
        element.get("itemprop"),
        "author" | "datePublished" | "dateModified" | "publisher"
    ) {
        return Some(BlockKind::Boilerplate);
    }
    named(element)
}

/// What the class or the id of an element says.
fn named(element: &Element) -> Option<BlockKind> {
    let names = [element.get("class"), element.get("id")];
    let names: Vec<String> = names
        .iter()
        .flat_map(|name| name.split_whitespace())
        .map(str::to_lowercase)
        .collect();
    let is = |name: &str, word: &str| {
        let joined: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
        // long words also at the start or the end of a name written together
        name.split(|c: char| !c.is_alphanumeric())
            .any(|part| part == word || (word.len() >= 6 && part.starts_with(word)))
            || (word.len() >= 6 && (joined.starts_with(word) || joined.ends_with(word)))
    };
    let found = NAMES.iter().find(|(_, words)| {
        words
            .iter()
            .any(|word| names.iter().any(|name| is(name, word)))
    });
    found.map(|(kind, _)| *kind)
}

/// Whether an element or one around it is furniture.
pub(super) fn is_furniture(tree: &Tree, element: usize) -> bool {
    tree.around(element)
        .any(|(_, around)| of_element(around).is_some())
}
