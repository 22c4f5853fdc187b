//! Scenes of single sentences, for tests.

use super::cast::{Entities, Register};
use super::page::Page;
use super::reference::Memory;
use super::rules::LanguageRules;
use super::scene::{Carried, Item, Scene};
use super::words::WordList;
use crate::document::Document;
use crate::gazetteer::Gazetteer;
use crate::tagger;

/// Gives `with` the scene of the first sentence of a text, read with the vocabulary of this repository.
pub(super) fn scene<T>(
    language: &str,
    published: &str,
    text: &str,
    with: impl FnOnce(&Scene<'_>) -> T,
) -> T {
    let gazetteer = Gazetteer::builtin()
        .map_err(ToString::to_string)
        .expect("the vocabulary loads");
    let mut doc = Document::new("t", "t", text);
    language.clone_into(&mut doc.language);
    doc.date = published.parse().ok();
    let tagged = tagger::tag(&doc, gazetteer);
    let rules = rules(gazetteer, language);
    let page = Page::new(&doc, &tagged, &rules, WordList::default());
    let scene = Scene::new(&page, &rules, 0);
    with(&scene)
}

/// The entities that words of the last sentence of a text refer to (`both countries`), by name.
pub(super) fn referred(language: &str, text: &str) -> String {
    let gazetteer = Gazetteer::builtin()
        .map_err(ToString::to_string)
        .expect("the vocabulary loads");
    let mut doc = Document::new("t", "t", text);
    language.clone_into(&mut doc.language);
    let tagged = tagger::tag(&doc, gazetteer);
    let rules = rules(gazetteer, language);
    let page = Page::new(&doc, &tagged, &rules, WordList::default());
    let entities = Entities::new(&tagged, None, gazetteer, Register::default());
    let cast = entities.cast(&tagged);
    let (mut memory, mut names) = (Memory::default(), Vec::new());
    for sentence in 0..page.sentences.len() {
        let mut scene = Scene::new(&page, &rules, sentence);
        memory.extend(&mut scene, &cast);
        let referred = |i: &&Item| i.carried == Carried::Reference;
        let items = scene.items.iter().filter(referred);
        names = items
            .map(|i| tagged.entities[i.entity].name.as_str())
            .collect();
        memory.learn(&scene, &cast);
    }
    names.sort_unstable();
    names.dedup();
    names.join(" ")
}

fn rules(gazetteer: &Gazetteer, language: &str) -> LanguageRules {
    let file = gazetteer
        .rule_files()
        .find(|f| f.path.contains(&format!("{language}.toml")))
        .expect("rules");
    LanguageRules::parse(file.path, file.text).expect("rules are read")
}

/// The token of a scene that is `word`.
pub(super) fn token(scene: &Scene<'_>, word: &str) -> usize {
    let tokens = scene.sentence.first..scene.sentence.end;
    tokens
        .clone()
        .find(|&t| scene.page.surface(t) == word)
        .unwrap_or_else(|| panic!("no `{word}` in {tokens:?}"))
}

/// Compares row by row and tells all that differ at once.
#[derive(Default)]
pub(super) struct Rows(Vec<String>);

impl Rows {
    #[expect(
        clippy::needless_pass_by_value,
        reason = "rows are written with values"
    )]
    pub(super) fn same<T: PartialEq + std::fmt::Debug>(
        &mut self,
        row: &str,
        found: T,
        expected: T,
    ) {
        if found != expected {
            self.0
                .push(format!("{row}\n   found {found:?}, expected {expected:?}"));
        }
    }

    pub(super) fn end(self) {
        assert!(self.0.is_empty(), "{}", self.0.join("\n"));
    }
}
