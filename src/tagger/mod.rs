//! Finds the names in a document: what the gazetteer knows, and what only the text shows.

mod acronym;
mod apposed;
mod bodies;
mod build;
mod companies;
mod compound;
mod context;
mod designator;
mod facts;
mod frame;
mod heads;
mod home;
mod kind;
mod marks;
mod memory;
mod named;
mod names;
mod office;
mod people;
mod scan;
mod seat;
mod shape;
mod shorts;
mod split;
mod state;
mod surname;
mod units;
mod words;

use std::sync::{Arc, OnceLock};

use crate::document::Document;
use crate::gazetteer::Gazetteer;
use crate::mention::Tagged;

use frame::Frame;
use kind::Kinds;
use memory::Sources;
use state::State;
use words::Words;

/// A gazetteer with the word lists of its languages, ready for any number of documents.
#[derive(Clone, Debug)]
pub struct Tagger<'g> {
    gazetteer: &'g Gazetteer,
    /// Compiled when a document of the language comes.
    words: Arc<[(&'g str, OnceLock<Words>)]>,
    bodies: bodies::Index,
    kinds: Kinds,
}

impl<'g> Tagger<'g> {
    /// A tagger; make one for a run, since it keeps the word lists that it compiles.
    pub fn new(gazetteer: &'g Gazetteer) -> Self {
        let codes = gazetteer.language_codes();
        let words = codes.map(|code| (code, OnceLock::new())).collect();
        Self {
            gazetteer,
            words,
            bodies: bodies::Index::new(gazetteer),
            kinds: Kinds::new(gazetteer),
        }
    }

    fn words(&self, code: &str) -> Option<&Words> {
        let (code, words) = self.words.iter().find(|(known, _)| *known == code)?;
        let language = self.gazetteer.language(code)?;
        Some(words.get_or_init(|| Words::new(language)))
    }

    /// Every entity and mention of a document.
    pub fn tag(&self, doc: &Document) -> Tagged {
        let Some(words) = self.words(&doc.language).or_else(|| self.words("en")) else {
            return Tagged::default();
        };
        let from = Sources {
            words,
            gazetteer: self.gazetteer,
            lexicon: self.gazetteer.lexicon(),
            kinds: &self.kinds,
        };
        let frame = Frame::new(doc, from);
        let mut state = State::new(&frame, self.gazetteer, &self.kinds);
        let scan = scan::scan(&state);
        scan::choose(&mut state, &scan);
        compound::split(&mut state);
        acronym::define(&mut state);
        split::nationalities(&mut state);
        bodies::find(&mut state, &self.bodies, &scan.bodies);
        units::find(&mut state);
        heads::find(&mut state);
        named::find(&mut state);
        apposed::find(&mut state);
        people::find(&mut state, &scan.surnames);
        surname::refer_back(&mut state, &scan.surnames);
        surname::in_office(&mut state, &scan.surnames);
        designator::find(&mut state);
        apposed::lists(&mut state);
        shorts::refer_back(&mut state);
        acronym::refer_back(&mut state);
        seat::decide(&mut state);
        let mut tagged = build::tagged(state);
        tagged.tokens = frame.into_tokens();
        tagged
    }
}

/// Tags one document. For many, make one [`Tagger`] and keep it.
pub fn tag(doc: &Document, gazetteer: &Gazetteer) -> Tagged {
    Tagger::new(gazetteer).tag(doc)
}
