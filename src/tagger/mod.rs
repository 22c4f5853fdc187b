//! Finds the names in a document: what the gazetteer knows, and what only the text shows.

mod acronym;
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
mod names;
mod office;
mod people;
mod scan;
mod seat;
mod shape;
mod split;
mod state;
mod surname;
mod units;
mod words;

use std::collections::BTreeMap;

use crate::document::Document;
use crate::gazetteer::Gazetteer;
use crate::mention::Tagged;

use frame::Frame;
use state::State;
use words::Words;

/// A gazetteer with the word lists of its languages, ready for any number of documents.
#[derive(Clone, Debug)]
pub struct Tagger<'g> {
    gazetteer: &'g Gazetteer,
    words: BTreeMap<String, Words>,
    bodies: bodies::Index,
}

impl<'g> Tagger<'g> {
    /// Compiles the word lists; do it once for a run.
    pub fn new(gazetteer: &'g Gazetteer) -> Self {
        let words = gazetteer
            .languages()
            .map(|l| (l.code().to_owned(), Words::new(l)))
            .collect();
        Self {
            gazetteer,
            words,
            bodies: bodies::Index::new(gazetteer),
        }
    }

    /// Every entity and mention of a document.
    pub fn tag(&self, doc: &Document) -> Tagged {
        let Some(words) = self
            .words
            .get(&doc.language)
            .or_else(|| self.words.get("en"))
        else {
            return Tagged::default();
        };
        let frame = Frame::new(doc, words);
        let mut state = State::new(&frame, self.gazetteer);
        let scan = scan::scan(&state);
        scan::choose(&mut state, &scan);
        compound::split(&mut state);
        acronym::define(&mut state);
        split::nationalities(&mut state);
        bodies::find(&mut state, &self.bodies, &scan.bodies);
        units::find(&mut state);
        heads::find(&mut state);
        people::find(&mut state, &scan.surnames);
        surname::refer_back(&mut state, &scan.surnames);
        surname::in_office(&mut state, &scan.surnames);
        designator::find(&mut state);
        acronym::refer_back(&mut state);
        seat::decide(&mut state);
        build::tagged(state)
    }
}

/// Tags one document. For many, make one [`Tagger`] and keep it.
pub fn tag(doc: &Document, gazetteer: &Gazetteer) -> Tagged {
    Tagger::new(gazetteer).tag(doc)
}
