//! The paragraphs of a page: what stands between two edges of blocks.

use super::tree::{BLOCKS, Element, Tree};

/// A paragraph.
#[derive(Debug)]
pub(super) struct Paragraph {
    /// The block it stands in.
    pub(super) block: usize,
    /// The innermost element of its first characters.
    pub(super) first: usize,
    pub(super) text: String,
    /// How many of its characters are links.
    pub(super) linked: usize,
}

impl Paragraph {
    /// The share of its characters that are links.
    pub(super) fn link_share(&self) -> f64 {
        let characters = self.text.chars().filter(|c| !c.is_whitespace()).count();
        ratio(self.linked, characters)
    }
}

/// A share of a whole.
fn ratio(part: usize, whole: usize) -> f64 {
    let narrow = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    narrow(part) / narrow(whole.max(1))
}

/// Elements whose words nobody sees.
const UNSEEN: [&str; 17] = [
    "script", "style", "noscript", "template", "svg", "iframe", "select", "button", "textarea",
    "head", "title", "object", "audio", "video", "canvas", "math", "datalist",
];

/// The paragraphs that readers of the page see, in its order.
pub(super) fn of(tree: &Tree) -> Vec<Paragraph> {
    let places = places(tree);
    let mut all: Vec<Paragraph> = Vec::new();
    let mut open = None;
    for run in &tree.texts {
        let Some(&Place {
            block,
            unseen,
            linked,
        }) = places.get(run.element)
        else {
            continue;
        };
        if unseen {
            continue;
        }
        if open != Some(block) {
            all.push(Paragraph {
                block,
                first: run.element,
                text: String::new(),
                linked: 0,
            });
            open = Some(block);
        }
        let Some(last) = all.last_mut() else { continue };
        if last.text.trim().is_empty() {
            last.first = run.element;
        }
        if run.words.is_empty() {
            last.text.push('\n');
        }
        // line ends of the file are no line ends of the page
        last.text
            .push_str(&run.words.replace(['\n', '\r', '\t'], " "));
        if linked {
            last.linked += run.words.chars().filter(|c| !c.is_whitespace()).count();
        }
    }
    all.iter().flat_map(split).collect()
}

/// Two line breaks in a row divide paragraphs, as old pages do it.
fn split(paragraph: &Paragraph) -> Vec<Paragraph> {
    let lines: Vec<&str> = paragraph.text.split('\n').collect();
    let mut parts: Vec<String> = vec![String::new()];
    let mut blank = false;
    for line in lines {
        if line.trim().is_empty() {
            blank = true;
            continue;
        }
        if blank && parts.last().is_some_and(|part| !part.is_empty()) {
            parts.push(String::new());
        }
        blank = false;
        if let Some(part) = parts.last_mut() {
            part.push_str(line);
            part.push(' ');
        }
    }
    let whole = paragraph.text.len().max(1);
    parts
        .into_iter()
        .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|text| !text.is_empty())
        .map(|text| Paragraph {
            block: paragraph.block,
            first: paragraph.first,
            linked: paragraph.linked * text.len() / whole,
            text,
        })
        .collect()
}

/// What is known of the place of an element.
#[derive(Clone, Copy, Default)]
struct Place {
    block: usize,
    unseen: bool,
    linked: bool,
}

/// The raised mark of a footnote, which leads to it: it is no word of the sentence it stands in.
fn is_reference(tree: &Tree, element: &Element) -> bool {
    let raised = |at: usize| {
        tree.elements
            .get(at)
            .is_some_and(|outer| outer.name == "sup")
    };
    element.name == "a"
        && (element.get("role") == "doc-noteref"
            || (element.get("href").starts_with('#') && raised(element.parent)))
}

/// The place of every element, in one pass: an element stands after the one around it.
fn places(tree: &Tree) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::with_capacity(tree.elements.len());
    for (at, element) in tree.elements.iter().enumerate() {
        let outer = places.get(element.parent).copied().unwrap_or_default();
        let name = element.name.as_str();
        let style = element.get("style").replace(' ', "").to_lowercase();
        let hidden = element.has("hidden")
            || style.contains("display:none")
            || style.contains("visibility:hidden");
        places.push(Place {
            block: if BLOCKS.contains(&name) {
                at
            } else {
                outer.block
            },
            unseen: outer.unseen || hidden || UNSEEN.contains(&name) || is_reference(tree, element),
            linked: outer.linked || name == "a",
        });
    }
    places
}
