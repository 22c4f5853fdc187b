//! Of two entities with one name the one is meant whose country the document speaks of.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::gazetteer::EntityIx;

use super::kind;
use super::scan::Candidate;
use super::state::State;

/// How often a document names every country, itself or by one of its bodies, where no other name is possible.
pub(super) struct Homes(FxHashMap<EntityIx, usize>);

impl Homes {
    pub(super) fn new(state: &State, names: &[Candidate]) -> Self {
        let mut entities: FxHashMap<(usize, usize), EntityIx> = FxHashMap::default();
        let mut shared: FxHashSet<(usize, usize)> = FxHashSet::default();
        for c in names {
            let place = (c.start, c.end);
            let other = entities.insert(place, c.entry.entity);
            if other.is_some_and(|other| other != c.entry.entity) {
                shared.insert(place);
            }
        }
        let mut homes = FxHashMap::default();
        for c in names.iter().filter(|c| c.entry.needs.is_empty()) {
            let clear = !shared.contains(&(c.start, c.end));
            if let Some(home) = home_of(state, c.entry.entity).filter(|_| clear) {
                *homes.entry(home).or_default() += 1;
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
    if entity.id.kind() == kind::COUNTRY {
        return Some(ix);
    }
    let person = entity.id.kind() == kind::PERSON;
    let origin = entity.countries.first().copied().filter(|_| person);
    entity.acts_for.or(origin)
}
