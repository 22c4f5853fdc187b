//! Finds the article of a page: the element that holds most of its running text.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::super::page::Part;
use super::furniture::{is_furniture, is_heading, part};
use super::meta::Meta;
use super::paragraphs::{self, Paragraph};
use super::tree::{Element, Tree};
use super::{day, headline};

/// A paragraph of fewer characters says nothing about where the article is.
const SHORT: usize = 40;

/// The parts of the article of a page, its title first.
pub(super) fn parts(tree: &Tree, title: &str) -> Vec<Part> {
    let all = paragraphs::of(tree);
    let root = root(tree, &all);
    let mut parts: Vec<Part> = Vec::new();
    let inside = all
        .iter()
        .filter(|paragraph| tree.contains(root, paragraph.first));
    for found in inside.filter_map(|paragraph| part(tree, root, paragraph)) {
        if parts.last() != Some(&found) {
            parts.push(found);
        }
    }
    let heads = tree
        .elements
        .iter()
        .enumerate()
        .filter(|(at, e)| e.name == "h1" && !is_furniture(tree, *at));
    let heads: Vec<usize> = heads.map(|(at, _)| at).collect();
    if heads.iter().any(|at| tree.contains(root, *at)) {
        return parts;
    }
    // the heading stands above the article, or only in what the page says of itself
    let above = heads
        .first()
        .map(|at| tree.words(*at))
        .filter(|words| !words.is_empty());
    if let Some(words) = above.or_else(|| Some(title.to_owned()).filter(|title| !title.is_empty()))
    {
        parts.insert(0, headline(&words));
    }
    parts
}

/// The date on a line of its own outside of the article, as many pages have it above the heading.
pub(super) fn dateline(tree: &Tree) -> Option<Date> {
    let all = paragraphs::of(tree);
    let root = root(tree, &all);
    let outside = all
        .iter()
        .filter(|paragraph| !tree.contains(root, paragraph.first));
    let short = outside.filter(|paragraph| paragraph.text.split_whitespace().count() <= 6);
    // a list of other articles has dates of its own, each in a link or beside one
    let mut dates = short
        .filter(|p| {
            p.linked == 0
                && !tree
                    .around(p.first)
                    .any(|(_, e)| matches!(e.name.as_str(), "li" | "aside" | "footer" | "nav"))
        })
        .filter_map(|paragraph| day(&paragraph.text));
    dates.next()
}

/// The title: the first heading, or what the page says of itself.
pub(super) fn title(tree: &Tree, meta: &Meta) -> String {
    let heads = tree
        .elements
        .iter()
        .enumerate()
        .filter(|(_, e)| e.name == "h1");
    let mut heads = heads
        .map(|(at, _)| tree.words(at))
        .filter(|words| !words.is_empty());
    let only = heads.next().filter(|_| heads.next().is_none());
    let stated = Some(meta.title.clone()).filter(|title| !title.is_empty());
    only.or(stated).unwrap_or_default()
}

/// The element that holds the article; the page itself if none does.
fn root(tree: &Tree, all: &[Paragraph]) -> usize {
    let scores = scores(tree, all);
    let score = |at: usize| scores.get(&at).copied().unwrap_or(0);
    let total = score(0);
    let best = |wanted: fn(&Element) -> bool| {
        let found = tree
            .elements
            .iter()
            .enumerate()
            .filter(|(_, element)| wanted(element));
        found
            .map(|(at, _)| at)
            .max_by_key(|at| (score(*at), std::cmp::Reverse(*at)))
    };
    let named: [fn(&Element) -> bool; 4] = [
        |e| e.name == "article",
        |e| e.get("itemprop") == "articleBody",
        |e| e.name == "main" || e.get("role") == "main",
        |e| {
            [
                "article-body",
                "articlebody",
                "entry-content",
                "post-content",
                "article__body",
                "story-body",
            ]
            .iter()
            .any(|name| e.get("class").to_lowercase().contains(name))
        },
    ];
    let found = named
        .into_iter()
        .find_map(|wanted| best(wanted).filter(|at| score(*at) * 2 > total && score(*at) > 0));
    found.unwrap_or_else(|| densest(tree, &scores))
}

/// How much running text stands in each element: characters, commas and links weighed.
fn scores(tree: &Tree, all: &[Paragraph]) -> BTreeMap<usize, u64> {
    let mut scores: BTreeMap<usize, u64> = BTreeMap::new();
    for paragraph in all
        .iter()
        .filter(|p| p.text.len() >= SHORT && p.link_share() < 0.5)
    {
        if is_furniture(tree, paragraph.first)
            || tree
                .around(paragraph.first)
                .any(|(_, e)| is_heading(&e.name))
        {
            continue;
        }
        let score = 1
            + (paragraph.text.len() / 100) as u64
            + paragraph.text.matches(", ").count().min(6) as u64;
        *scores.entry(0).or_default() += score;
        for (at, _) in tree.around(paragraph.first) {
            *scores.entry(at).or_default() += score;
        }
    }
    scores
}

/// The innermost element that still holds nine tenths of the running text.
fn densest(tree: &Tree, scores: &BTreeMap<usize, u64>) -> usize {
    let total = scores.get(&0).copied().unwrap_or(0);
    let holding = scores
        .iter()
        .filter(|(_, score)| **score * 10 >= total * 9 && **score > 0);
    let inner = holding
        .map(|(at, _)| *at)
        .max_by_key(|at| tree.around(*at).count())
        .unwrap_or(0);
    // a paragraph by itself is no article: its heading stands beside it
    match tree.elements.get(inner) {
        Some(element)
            if inner > 0
                && matches!(
                    element.name.as_str(),
                    "p" | "span" | "td" | "li" | "blockquote" | "font"
                ) =>
        {
            element.parent
        }
        _ => inner,
    }
}
