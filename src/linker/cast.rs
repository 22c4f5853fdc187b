//! What the entities of a document are to the linker: who acts, for whom, and what is known about them.

use std::cell::RefCell;
use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::reference::Cast;
use crate::gazetteer::{EntityIx, Gazetteer};
use crate::mention::{EntityId, Tagged};
use crate::schema::{KindIx, Schema};

/// The entities of one document.
pub(super) struct Entities<'g> {
    gazetteer: &'g Gazetteer,
    /// The day of the document.
    on: Option<Date>,
    register: Register,
    known: Vec<Option<EntityIx>>,
    pub(super) kinds: Vec<Option<KindIx>>,
    pub(super) actor: Vec<bool>,
    pub(super) state: Vec<bool>,
    person: Vec<bool>,
    theme: Vec<Option<KindIx>>,
    themes: Vec<Arc<str>>,
    framework: Vec<bool>,
    pub(super) principal: Vec<usize>,
}

/// What a thread remembers of entities, whatever document names them.
#[derive(Debug, Default)]
pub(super) struct Register {
    ids: FxHashMap<EntityId, About>,
    facts: RefCell<FxHashMap<(EntityIx, EntityIx), [bool; 5]>>,
    standings: RefCell<FxHashMap<Meeting, Standing>>,
}

/// Two entities and a day.
type Meeting = (EntityIx, EntityIx, Option<Date>);

/// How two stand to each other, whatever the document says.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Standing {
    /// At war or rivals.
    pub(super) adversaries: bool,
    /// The one keeps an arms embargo on the other.
    pub(super) embargo: bool,
    /// In one alliance.
    pub(super) allies: bool,
}

/// Above so many entities or pairs all are forgotten before the next document.
const MOST: usize = 50_000;

/// What is known of an entity by its id.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each answers a question of its own"
)]
struct About {
    known: Option<EntityIx>,
    kind: Option<KindIx>,
    /// Kind and class (`operation exercise`).
    name: Arc<str>,
    actor: bool,
    state: bool,
    person: bool,
    framework: bool,
}

impl Register {
    fn open(mut self) -> Self {
        let pairs = self
            .facts
            .get_mut()
            .len()
            .max(self.standings.get_mut().len());
        if self.ids.len() > MOST || pairs > MOST {
            return Self::default();
        }
        self
    }

    fn about(&mut self, id: &EntityId, gazetteer: &Gazetteer) -> About {
        if let Some(about) = self.ids.get(id) {
            return about.clone();
        }
        let about = About::new(id, gazetteer);
        self.ids.insert(id.clone(), about.clone());
        about
    }
}

impl About {
    fn new(id: &EntityId, gazetteer: &Gazetteer) -> Self {
        let schema = gazetteer.schema();
        let known = gazetteer.lookup(id.as_str());
        let kind = schema.entity_kind(id.kind());
        let of_kind = kind.map(|k| &schema.entities[usize::from(k.0)]);
        let class = known.map(|ix| &gazetteer.entity(ix).class);
        let framework = of_kind.zip(class);
        let name = format!(
            "{} {}",
            of_kind.map_or("", |kind| &kind.id),
            class.map_or("", String::as_str)
        );
        Self {
            known,
            kind,
            name: name.into(),
            actor: of_kind.is_some_and(|k| k.actor),
            state: id.kind() == STATE,
            person: id.kind() == PERSON,
            framework: framework.is_some_and(|(kind, class)| kind.frameworks.contains(class)),
        }
    }

    /// Its kind, if it is one that others have or are part of.
    fn theme(&self) -> Option<KindIx> {
        self.kind
            .filter(|_| (!self.actor || self.framework) && !self.person)
    }
}

impl<'g> Entities<'g> {
    pub(super) fn new(
        tagged: &Tagged,
        on: Option<Date>,
        gazetteer: &'g Gazetteer,
        register: Register,
    ) -> Self {
        let mut register = register.open();
        let all = tagged.entities.iter();
        let all: Vec<About> = all.map(|e| register.about(&e.id, gazetteer)).collect();
        Self {
            gazetteer,
            on,
            register,
            known: all.iter().map(|e| e.known).collect(),
            kinds: all.iter().map(|e| e.kind).collect(),
            actor: all.iter().map(|e| e.actor).collect(),
            state: all.iter().map(|e| e.state).collect(),
            person: all.iter().map(|e| e.person).collect(),
            theme: all.iter().map(About::theme).collect(),
            framework: all.iter().map(|e| e.framework).collect(),
            themes: all.into_iter().map(|e| e.name).collect(),
            principal: (0..tagged.entities.len())
                .map(|e| principal(tagged, e))
                .collect(),
        }
    }

    /// What was found out about entities, for the next document.
    pub(super) fn into_register(self) -> Register {
        self.register
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
    pub(super) fn theme(&self, entity: usize) -> &Arc<str> {
        &self.themes[entity]
    }

    /// What the gazetteer knows about a pair: that the one makes the other, that it is where the other comes from, that
    /// the other is where it comes from, that it is a member of the other, that it holds an office there.
    pub(super) fn facts(&self, a: usize, b: usize) -> [bool; 5] {
        let (Some(x), Some(y)) = (self.known[a], self.known[b]) else {
            return [false; 5];
        };
        let mut facts = self.register.facts.borrow_mut();
        *facts
            .entry((x, y))
            .or_insert_with(|| self.find_facts((a, x), (b, y)))
    }

    fn find_facts(&self, (a, x): (usize, EntityIx), (b, y): (usize, EntityIx)) -> [bool; 5] {
        let (from, to) = (self.gazetteer.entity(x), self.gazetteer.entity(y));
        [
            to.makers.contains(&x),
            to.countries.contains(&x) && self.kinds[b] != self.kinds[a],
            from.countries.contains(&y),
            self.gazetteer.memberships(x).iter().any(|m| m.of == y),
            self.gazetteer.tenures(x).iter().any(|t| t.of == y),
        ]
    }

    /// How two stand to each other on the day of the document, or now if it has none.
    pub(super) fn standing(&self, a: usize, b: usize) -> Standing {
        let known = |e: usize| self.known.get(e).copied().flatten();
        let (Some(x), Some(y)) = (known(a), known(b)) else {
            return Standing::default();
        };
        let (x, y) = (x.min(y), x.max(y));
        let mut known = self.register.standings.borrow_mut();
        let find = || Standing {
            adversaries: self.gazetteer.adversaries(x, y, self.on),
            embargo: self.gazetteer.embargo(x, y, self.on),
            allies: self.gazetteer.allies(x, y, self.on),
        };
        *known.entry((x, y, self.on)).or_insert_with(find)
    }

    pub(super) fn schema(&self) -> &'g Schema {
        self.gazetteer.schema()
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
