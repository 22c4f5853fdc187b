//! The elements and texts of a page, flat, in the order of the page.
//!
//! Only the tokenizer of the HTML standard is used: a tree as browsers build it costs quadratic time on
//! hostile pages, and the reader needs no more of it than which element stands in which.

use std::cell::{Cell, RefCell};

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::super::Source;
use super::super::error::ReadError;
use super::super::xml::too_deep;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    /// The element around it; element 0 is the page and stands in itself.
    pub(super) parent: usize,
}

impl Element {
    /// The value of an attribute; empty if there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|(key, _)| key == name)
    }
}

/// Characters in an element.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) element: usize,
    pub(super) words: String,
}

/// A page.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) elements: Vec<Element>,
    /// Texts in the order of the page; an empty one is a line break.
    pub(super) texts: Vec<Run>,
}

impl Tree {
    /// Reads a page; an error if elements stand inside each other beyond the limit.
    pub(super) fn parse(source: &Source, text: &str) -> Result<Self, ReadError> {
        let most = usize::try_from(source.limits().nesting).unwrap_or(usize::MAX);
        Self::build(text, most).ok_or_else(|| too_deep(source))
    }

    /// Reads a few words with tags.
    pub(super) fn bare(text: &str) -> Self {
        Self::build(text, 100).unwrap_or_default()
    }

    fn build(text: &str, most: usize) -> Option<Self> {
        let root = Element {
            name: String::from("#page"),
            ..Element::default()
        };
        let tree = Tree {
            elements: vec![root],
            texts: Vec::new(),
        };
        let sink = Sink {
            page: RefCell::new((tree, vec![0])),
            most,
            too_deep: Cell::new(false),
        };
        let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
        let input = BufferQueue::default();
        // in pieces, because a tendril holds no more than 4 GB
        for piece in pieces(text) {
            input.push_back(StrTendril::from_slice(piece));
            while !input.is_empty() {
                let _ = tokenizer.feed(&input);
            }
        }
        tokenizer.end();
        let sink = tokenizer.sink;
        (!sink.too_deep.get()).then(|| sink.page.into_inner().0)
    }

    /// The element and those around it, from inside out, without the page itself.
    pub(super) fn around(&self, element: usize) -> impl Iterator<Item = (usize, &Element)> {
        std::iter::successors(Some(element).filter(|at| *at > 0), |at| {
            self.elements
                .get(*at)
                .map(|e| e.parent)
                .filter(|parent| *parent > 0)
        })
        .filter_map(|at| Some((at, self.elements.get(at)?)))
    }

    /// Whether `inner` is `outer` or stands in it.
    pub(super) fn contains(&self, outer: usize, inner: usize) -> bool {
        outer == 0 || self.around(inner).any(|(at, _)| at == outer)
    }

    /// The words of an element, without line breaks.
    pub(super) fn words(&self, element: usize) -> String {
        let runs = self
            .texts
            .iter()
            .filter(|run| self.contains(element, run.element));
        let all: String = runs.flat_map(|run| [run.words.as_str(), " "]).collect();
        all.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = (0..=rest.len().min(1 << 20))
            .rev()
            .find(|at| rest.is_char_boundary(*at))?;
        let (piece, after) = rest.split_at(end);
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

struct Sink {
    /// The page and the open elements, outermost first.
    page: RefCell<(Tree, Vec<usize>)>,
    most: usize,
    too_deep: Cell<bool>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) if !self.too_deep.get() => self.tag(&tag),
            Token::CharacterTokens(words) => {
                let (tree, open) = &mut *self.page.borrow_mut();
                let element = open.last().copied().unwrap_or(0);
                match tree
                    .texts
                    .last_mut()
                    .filter(|run| run.element == element && !run.words.is_empty())
                {
                    Some(run) => run.words.push_str(&words),
                    None => tree.texts.push(Run {
                        element,
                        words: words.to_string(),
                    }),
                }
                TokenSinkResult::Continue
            }
            _ => TokenSinkResult::Continue,
        }
    }
}

/// Elements that never hold anything.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Elements that end an open paragraph.
pub(super) const BLOCKS: [&str; 43] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "ul",
];

impl Sink {
    fn tag(&self, tag: &Tag) -> TokenSinkResult<()> {
        let (tree, open) = &mut *self.page.borrow_mut();
        let name: &str = &tag.name;
        if tag.kind == TagKind::EndTag {
            let at = open
                .iter()
                .rposition(|at| tree.elements.get(*at).is_some_and(|e| e.name == name));
            if let Some(at) = at.filter(|at| *at > 0) {
                open.truncate(at);
            }
            edge(tree, open, name);
            return TokenSinkResult::Continue;
        }
        close_implied(tree, open, name);
        let parent = open.last().copied().unwrap_or(0);
        edge(tree, open, name);
        if name == "br" {
            tree.texts.push(Run {
                element: parent,
                words: String::new(),
            });
        }
        let element = tree.elements.len();
        let attributes = tag
            .attrs
            .iter()
            .map(|a| (a.name.local.to_string(), a.value.to_string()));
        tree.elements.push(Element {
            name: name.to_owned(),
            attributes: attributes.collect(),
            parent,
        });
        if VOID.contains(&name) || tag.self_closing {
            return TokenSinkResult::Continue;
        }
        open.push(element);
        if open.len() > self.most {
            self.too_deep.set(true);
        }
        match name {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => {
                TokenSinkResult::RawData(RawKind::Rawtext)
            }
            "textarea" | "title" => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }
}

/// Where a block begins or ends the text around it is cut, as by an empty line.
fn edge(tree: &mut Tree, open: &[usize], name: &str) {
    if BLOCKS.contains(&name) {
        let element = open.last().copied().unwrap_or(0);
        tree.texts.extend([0, 1].map(|_| Run {
            element,
            words: String::new(),
        }));
    }
}

/// Ends the elements that a new one ends without a tag: a paragraph, an item of a list, a cell.
fn close_implied(tree: &Tree, open: &mut Vec<usize>, name: &str) {
    let (ends, stop): (&[&str], &[&str]) = match name {
        "li" => (&["li"], &["ul", "ol", "menu"]),
        "dt" | "dd" => (&["dt", "dd"], &["dl"]),
        "td" | "th" => (&["td", "th"], &["table", "tr"]),
        "tr" => (&["tr"], &["table"]),
        "option" => (&["option"], &["select"]),
        name if BLOCKS.contains(&name) => (
            &["p"],
            &["td", "th", "div", "li", "table", "blockquote", "body"],
        ),
        _ => return,
    };
    // what ends without a tag stands near; a page of broken tags must not cost a search each
    for at in (1..open.len()).rev().take(16) {
        let Some(element) = open.get(at).and_then(|ix| tree.elements.get(*ix)) else {
            return;
        };
        if ends.contains(&element.name.as_str()) {
            open.truncate(at);
            return;
        }
        if stop.contains(&element.name.as_str()) {
            return;
        }
    }
}
