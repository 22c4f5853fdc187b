//! What the entities of a document are to the linker: who acts, for whom, and what is known about them.

use super::feature::Known;
use super::reference::Cast;
use crate::gazetteer::{EntityIx, Gazetteer};
use crate::mention::Tagged;
use crate::schema::KindIx;

/// The entities of one document.
pub(super) struct Entities<'g> {
    gazetteer: &'g Gazetteer,
    known: Vec<Option<EntityIx>>,
    pub(super) kinds: Vec<Option<KindIx>>,
    pub(super) actor: Vec<bool>,
    pub(super) state: Vec<bool>,
    person: Vec<bool>,
    theme: Vec<Option<KindIx>>,
    framework: Vec<bool>,
    pub(super) principal: Vec<usize>,
}

impl<'g> Entities<'g> {
    pub(super) fn new(tagged: &Tagged, gazetteer: &'g Gazetteer) -> Self {
        let schema = gazetteer.schema();
        let kinds: Vec<Option<KindIx>> = tagged
            .entities
            .iter()
            .map(|e| schema.entity_kind(e.id.kind()))
            .collect();
        let actor: Vec<bool> = kinds
            .iter()
            .map(|k| k.is_some_and(|k| schema.entities[usize::from(k.0)].actor))
            .collect();
        let known: Vec<Option<EntityIx>> = tagged
            .entities
            .iter()
            .map(|e| gazetteer.lookup(e.id.as_str()))
            .collect();
        let framework: Vec<bool> = kinds
            .iter()
            .zip(&known)
            .map(|(kind, known)| {
                let classes = kind.map(|k| &schema.entities[usize::from(k.0)].frameworks);
                let class = known.map(|ix| &gazetteer.entity(ix).class);
                classes.zip(class).is_some_and(|(all, c)| all.contains(c))
            })
            .collect();
        Self {
            gazetteer,
            state: tagged
                .entities
                .iter()
                .map(|e| e.id.kind() == STATE)
                .collect(),
            theme: kinds
                .iter()
                .zip(actor.iter().zip(&framework))
                .zip(&tagged.entities)
                .map(|((kind, (actor, framework)), e)| {
                    kind.filter(|_| (!actor || *framework) && e.id.kind() != PERSON)
                })
                .collect(),
            person: tagged
                .entities
                .iter()
                .map(|e| e.id.kind() == PERSON)
                .collect(),
            principal: (0..tagged.entities.len())
                .map(|e| principal(tagged, e))
                .collect(),
            kinds,
            known,
            framework,
            actor,
        }
    }

    pub(super) fn cast(&self, tagged: &Tagged) -> Cast<'_> {
        let named = |id: &str| tagged.entities.iter().position(|e| e.id.as_str() == id);
        Cast {
            state: &self.state,
            person: &self.person,
            theme: &self.theme,
            framework: &self.framework,
            principal: &self.principal,
            alliance: named(ALLIANCE),
            bloc: named(BLOC),
        }
    }

    /// Id of the kind of an entity.
    pub(super) fn kind(&self, entity: usize) -> &'g str {
        self.kinds.get(entity).copied().flatten().map_or("", |k| {
            self.gazetteer.schema().entities[usize::from(k.0)]
                .id
                .as_str()
        })
    }

    /// Kind and class of an entity (`operation exercise`).
    pub(super) fn theme(&self, entity: usize) -> String {
        let class = self.known[entity].map_or("", |ix| self.gazetteer.entity(ix).class.as_str());
        format!("{} {class}", self.kind(entity))
    }

    /// What the gazetteer knows about a pair.
    pub(super) fn facts(&self, a: usize, b: usize) -> Known {
        let (Some(x), Some(y)) = (self.known[a], self.known[b]) else {
            return Known::default();
        };
        let (from, to) = (self.gazetteer.entity(x), self.gazetteer.entity(y));
        Known {
            maker: to.makers.contains(&x),
            origin: to.countries.contains(&x) && self.kinds[b] != self.kinds[a],
            home: from.countries.contains(&y),
            member: self.gazetteer.memberships(x).iter().any(|m| m.of == y),
            office: self.gazetteer.tenures(x).iter().any(|t| t.of == y),
        }
    }
}

/// The kind whose entities `both countries` can mean.
const STATE: &str = "country";
/// The kind whose entities `he` can mean.
const PERSON: &str = "person";
/// What `the alliance` and `the union` stand for in news about defence, if the text names them.
const ALLIANCE: &str = "organisation:nato";
const BLOC: &str = "organisation:european-union";

/// Whom an entity acts for in the end. The chain is never longer than person, ministry, state.
fn principal(tagged: &Tagged, entity: usize) -> usize {
    let mut at = entity;
    for _ in 0..3 {
        match tagged.entities.get(at).and_then(|e| e.acts_for) {
            Some(next) => at = next,
            None => break,
        }
    }
    at
}
