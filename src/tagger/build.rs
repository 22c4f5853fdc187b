//! From findings to [`Tagged`]: entities once each, in order, with whom they act for.

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::gazetteer::{EntityIx, Gazetteer};
use crate::mention::{EntityId, Mention, Tagged, TaggedEntity};

use super::kind;
use super::state::{News, Office, State, Target};

/// Numbers entities as they are met.
struct Builder<'a> {
    gazetteer: &'a Gazetteer,
    news: &'a [News],
    offices: &'a [Office],
    roles: &'a [String],
    date: Option<jiff::civil::Date>,
    tagged: Tagged,
    /// Where a target stands in `tagged.entities`.
    places: FxHashMap<Target, usize>,
    /// The targets in the order of the entities.
    order: Vec<Target>,
}

/// Builds the result.
pub(super) fn tagged(mut state: State) -> Tagged {
    let found = state.finish();
    let mut builder = Builder {
        gazetteer: state.gazetteer,
        news: &state.news,
        offices: &state.offices,
        roles: &state.frame.words.roles,
        date: state.frame.doc.date,
        tagged: Tagged::default(),
        places: FxHashMap::with_capacity_and_hasher(found.len(), FxBuildHasher),
        order: Vec::with_capacity(found.len()),
    };
    builder.tagged.mentions.reserve_exact(found.len());
    for f in found {
        let entity = builder.place(f.target);
        builder.tagged.mentions.push(Mention {
            span: f.span,
            entity,
            sense: f.sense,
            found_by: f.by,
        });
    }
    builder.link();
    builder.tagged
}

impl Builder<'_> {
    /// The index of a target's entity, which is made if it is new.
    fn place(&mut self, target: Target) -> usize {
        if let Some(&at) = self.places.get(&target) {
            return at;
        }
        let (id, name) = match target {
            Target::Known(ix) => {
                let entity = self.gazetteer.entity(ix);
                (entity.id.clone(), entity.label.clone())
            }
            Target::New(at) => self.news.get(at).map_or_else(
                || (EntityId::new(""), String::new()),
                |n| {
                    (
                        EntityId::new(&format!("{}:~{}", n.kind.id(), n.slug)),
                        n.name.clone(),
                    )
                },
            ),
        };
        let at = self.tagged.entities.len();
        self.tagged.entities.push(TaggedEntity {
            id,
            name,
            acts_for: None,
            role: None,
        });
        self.places.insert(target, at);
        self.order.push(target);
        at
    }

    /// Fills in for whom everybody acts; those acted for become entities too.
    fn link(&mut self) {
        let mut at = 0;
        while let Some(&target) = self.order.get(at) {
            let (acts_for, role) = self.office(target);
            let acts_for = acts_for.map(|t| self.place(t)).filter(|&other| other != at);
            if let Some(entity) = self.tagged.entities.get_mut(at) {
                entity.acts_for = acts_for;
                entity.role = role;
            }
            at += 1;
        }
    }

    /// For whom an entity acts, and as what.
    fn office(&self, target: Target) -> (Option<Target>, Option<String>) {
        match target {
            Target::Known(ix) if self.gazetteer.entity(ix).id.kind() == kind::PERSON.id() => {
                self.known_person(ix)
            }
            Target::Known(ix) => (self.gazetteer.entity(ix).acts_for.map(Target::Known), None),
            Target::New(at) => {
                let (acts_for, role) = self.told(target);
                (
                    acts_for.or_else(|| self.news.get(at).and_then(|n| n.acts_for)),
                    role,
                )
            }
        }
    }

    /// The office held at the document's date; else what the text says; else the last office.
    fn known_person(&self, person: EntityIx) -> (Option<Target>, Option<String>) {
        let tenures = self.gazetteer.tenures(person);
        let (party, role) = self.told(Target::Known(person));
        let holds = |t: &&crate::gazetteer::Tenure| t.holds_on(self.date);
        let as_told = tenures
            .iter()
            .filter(holds)
            .rfind(|t| role.as_deref() == Some(t.role.as_str()));
        let tenure =
            as_told.or_else(|| tenures.iter().rfind(holds).filter(|_| self.date.is_some()));
        if let Some(tenure) = tenure {
            return (Some(Target::Known(tenure.of)), Some(tenure.role.clone()));
        }
        let last = tenures.last();
        let home = self.gazetteer.entity(person).countries.first().copied();
        let fallback = last.map(|t| t.of).or(home).map(Target::Known);
        (
            party.or(fallback),
            role.or_else(|| last.map(|t| t.role.clone())),
        )
    }

    /// What the text says of a person.
    fn told(&self, person: Target) -> (Option<Target>, Option<String>) {
        let offices = || self.offices.iter().filter(|o| o.person == person);
        let acts_for = offices().find_map(|o| o.acts_for);
        let role = offices()
            .find_map(|o| o.role)
            .and_then(|r| self.roles.get(r))
            .cloned();
        (acts_for, role)
    }
}
