//! Of two entities with one name the one is meant whose country the document speaks of.

use rustc_hash::FxHashMap;

use crate::gazetteer::EntityIx;

use super::kind;
use super::scan::Candidate;
use super::state::State;

/// How often a document names every country, itself or by one of its bodies, where no other name is possible.
pub(super) struct Homes(FxHashMap<EntityIx, usize>);

impl Homes {
    pub(super) fn new(state: &State, names: &[Candidate]) -> Self {
        let mut homes = FxHashMap::default();
        // the names of one place stand together
        for here in names.chunk_by(|a, b| (a.start, a.end) == (b.start, b.end)) {
            let first = here.first().map(|c| c.entry.entity);
            if here.iter().any(|c| Some(c.entry.entity) != first) {
                continue;
            }
            for c in here.iter().filter(|c| c.entry.needs.is_empty()) {
                if let Some(home) = home_of(state, c.entry.entity) {
                    *homes.entry(home).or_default() += 1;
                }
            }
        }
        Self(homes)
    }

    /// How often the document names the country of an entity.
    pub(super) fn weight(&self, state: &State, entity: EntityIx) -> usize {
        let home = home_of(state, entity);
        home.and_then(|home| self.0.get(&home))
            .copied()
            .unwrap_or_default()
    }
}

/// The country that an entity is, acts for or comes from.
fn home_of(state: &State, ix: EntityIx) -> Option<EntityIx> {
    let entity = state.gazetteer.entity(ix);
    let kind = state.kind_of(ix);
    if kind == kind::COUNTRY {
        return Some(ix);
    }
    let person = kind == kind::PERSON;
    let origin = entity.countries.first().copied().filter(|_| person);
    entity.acts_for.or(origin)
}
