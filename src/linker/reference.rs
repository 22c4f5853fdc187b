//! What `beide Länder`, `the alliance`, `he` stand for, and who is carried over from the sentence before.

use super::attribute::Attribute;
use super::candidate::{Trigger, own_triggers};
use super::pattern::Hit;
use super::rules::{Meaning, Reference};
use super::scene::{Carried, Item, Scene};
use crate::document::BlockKind;
use crate::mention::Sense;
use crate::schema::KindIx;

/// Actors of the passages before, as far as a reference may reach.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Where the last sentence stood; nothing is carried from the article to a teaser or between teasers.
    place: Option<(BlockKind, usize)>,
    /// Items of the last sentence that named an actor.
    previous: Vec<Item>,
    /// Triggers of that sentence, for one that only goes on with the list.
    triggers: Vec<Trigger>,
    /// Two different states that were named together, the latest last.
    pairs: Vec<(usize, usize)>,
    /// Three or more states that were named together, the latest last.
    groups: Vec<Vec<usize>>,
    /// The weapon, programme, agreement ... that was last named, one of each kind.
    themes: Vec<Item>,
    /// The one person whom the last sentence with persons named, if he acts for a state.
    person: Option<usize>,
    /// The one state that the last sentence with states named, or the one it began with.
    state: Option<usize>,
}

/// What the linker must know about entities to resolve references.
pub(super) struct Cast<'a> {
    /// Whether an entity is a state: indexed by entity of the document.
    pub(super) state: &'a [bool],
    /// Its kind, if it is one that others have or are part of: a weapon, a programme, a coalition.
    pub(super) theme: &'a [Option<KindIx>],
    /// Whether it is an actor that others are part of: a coalition.
    pub(super) framework: &'a [bool],
    /// Whether it is a person.
    pub(super) person: &'a [bool],
    /// Whom it stands for in the end (itself, if nobody else).
    pub(super) principal: &'a [usize],
    /// The alliance and the union, if the document names them.
    pub(super) alliance: Option<usize>,
    pub(super) bloc: Option<usize>,
}

impl Memory {
    /// Adds to a scene the items that its words refer to or that it takes over.
    pub(super) fn extend(&self, scene: &mut Scene<'_>, cast: &Cast<'_>) {
        let mut found = Vec::new();
        for (reference, hit) in scene.references() {
            let named = |t: usize| scene.items.iter().any(|i| i.first <= t && t <= i.last);
            if named(hit.last) {
                continue;
            }
            let entities = self.resolve(reference, hit, scene, cast);
            for entity in entities {
                let mut item = Item::at(hit.first, hit.last, entity, Sense::Reference);
                item.carried = Carried::Reference;
                item.clause = scene.clause(hit.first);
                found.push(item);
            }
        }
        let list = scene.items.len();
        for item in &mut found {
            item.list = list + 1 + item.first;
        }
        found.dedup_by_key(|i| (i.entity, i.first));
        scene.items.extend(found);
        self.carry(scene, cast);
    }

    fn resolve(
        &self,
        reference: Reference,
        hit: &Hit,
        scene: &Scene<'_>,
        cast: &Cast<'_>,
    ) -> Vec<usize> {
        match reference {
            Reference::Both => self.both(scene, hit, cast),
            Reference::Alliance => cast.alliance.into_iter().collect(),
            Reference::Bloc => cast.bloc.into_iter().collect(),
            Reference::Group => self.group(scene, hit),
            Reference::Person if speaks(scene, hit) => Vec::new(),
            Reference::Person => self.person.into_iter().collect(),
            Reference::State => self.state.into_iter().collect(),
            Reference::Meeting => self.met(scene, cast),
            Reference::Programme | Reference::Agreement | Reference::Operation => {
                let entities = &scene.page.tagged.entities;
                // `The coalition` is a programme, too, and may be an organisation that others are part of.
                let framework =
                    |i: &Item| reference == Reference::Programme && cast.framework[i.entity];
                let meant =
                    |i: &&Item| entities[i.entity].id.kind() == reference.as_str() || framework(i);
                let named = |e: usize| here(scene).any(|i| i.entity == e);
                let theme = self.themes.iter().rev().find(meant).map(|i| i.entity);
                theme.filter(|&e| !named(e)).into_iter().collect()
            }
        }
    }

    /// `Dabei`, `at the meeting`: the coalition that the sentence before named as meeting, unless this one names it, too.
    fn met(&self, scene: &Scene<'_>, cast: &Cast<'_>) -> Vec<usize> {
        let before = self.previous.iter().map(|i| i.entity);
        let mut met = before.filter(|&e| cast.framework[e] && self.reaches(scene));
        let named = |e: usize| here(scene).any(|i| i.entity == e);
        met.next_back().filter(|&e| !named(e)).into_iter().collect()
    }

    /// `All three`: the states that were last named together, if they are so many; else nobody.
    fn group(&self, scene: &Scene<'_>, hit: &Hit) -> Vec<usize> {
        let mut words = (hit.first..=hit.last).map(|t| scene.page.word(t));
        let count = words.find_map(|w| scene.rules.attributes.count(w));
        let same = |g: &&Vec<usize>| Some(g.len()) == count;
        self.groups
            .iter()
            .rev()
            .find(same)
            .cloned()
            .unwrap_or_default()
    }

    /// The two states that were last named side by side (`A and B`), in the sentence itself or before it. In `Peking
    /// warned both countries` Peking is none of them.
    fn both(&self, scene: &Scene<'_>, hit: &Hit, cast: &Cast<'_>) -> Vec<usize> {
        if let Some((a, b)) = side_by_side(scene, hit.first, cast) {
            return vec![a, b];
        }
        let other = other_party(scene, hit, cast);
        let fits = |e: usize| other != Some(e);
        let mut pairs = self.pairs.iter().rev();
        if let Some((a, b)) = pairs.find(|(a, b)| fits(*a) && fits(*b)) {
            return vec![*a, *b];
        }
        if let [a, b] = states(&scene.items, cast)[..] {
            return vec![a, b];
        }
        let top = scene.page.topics.iter().copied();
        let mut top = top.filter(|&e| cast.state[e] && fits(e));
        match (top.next(), top.next()) {
            (Some(a), Some(b)) => vec![a, b],
            _ => Vec::new(),
        }
    }

    /// Takes over the actors of the sentence before, and what the document is about.
    fn carry(&self, scene: &mut Scene<'_>, cast: &Cast<'_>) {
        let at = scene.sentence.first;
        // A sentence that names two states itself needs nobody from outside.
        let open = states(&scene.items, cast).len() < 2;
        let near = self.reaches(scene);
        let reaches = open && near;
        let in_article = open && article(scene.sentence.block);
        let topics: Vec<usize> = scene
            .page
            .topics
            .iter()
            .copied()
            .filter(|&e| cast.state[e])
            .take(2)
            .collect();
        let mut add = |item: Item, carried| {
            if scene.items.iter().any(|i| i.entity == item.entity) {
                return;
            }
            // It keeps the role it had where it was named.
            scene.items.push(Item {
                first: at,
                last: at,
                clause: 0,
                list: usize::MAX,
                carried,
                ..item
            });
        };
        if reaches {
            for item in &self.previous {
                add(item.clone(), Carried::Previous);
            }
        }
        if near {
            // Of a coalition only words that stand for it speak.
            for item in self.themes.iter().filter(|i| !cast.framework[i.entity]) {
                add(item.clone(), Carried::Topic);
            }
        }
        if in_article {
            for entity in topics {
                add(Item::at(at, at, entity, Sense::Name), Carried::Topic);
            }
        }
    }

    /// Whether what is remembered may be carried into a scene.
    fn reaches(&self, scene: &Scene<'_>) -> bool {
        self.place.is_some_and(|(block, index)| {
            index == scene.sentence.block_index || article(block) && article(scene.sentence.block)
        })
    }

    /// The triggers of the sentence before, where they reach a scene.
    pub(super) fn triggers(&self, scene: &Scene<'_>) -> &[Trigger] {
        if self.reaches(scene) {
            &self.triggers
        } else {
            &[]
        }
    }

    /// Remembers what a scene named.
    pub(super) fn learn(&mut self, scene: &Scene<'_>, cast: &Cast<'_>) {
        if !self.reaches(scene) {
            *self = Self::default();
        }
        self.place = Some((scene.sentence.block, scene.sentence.block_index));
        self.triggers = own_triggers(scene);
        for trigger in &mut self.triggers {
            trigger.carried = true;
        }
        let named: Vec<Item> = scene
            .items
            .iter()
            .filter(|i| i.carried == Carried::No && !scene.is_enemy(i))
            .cloned()
            .collect();
        if !named.is_empty() {
            self.previous = named;
        }
        self.learn_themes(scene, cast);
        self.learn_states(scene, cast);
        let mut persons: Vec<usize> = here(scene)
            .map(|i| i.entity)
            .filter(|&e| cast.state[cast.principal[e]] && cast.person[e])
            .collect();
        persons.dedup();
        match persons[..] {
            [] => {}
            [one] => self.person = Some(one),
            _ => self.person = None,
        }
    }

    fn learn_themes(&mut self, scene: &Scene<'_>, cast: &Cast<'_>) {
        for item in here(scene).filter(|i| cast.theme[i.entity].is_some()) {
            let kind = cast.theme[item.entity];
            self.themes.retain(|other| cast.theme[other.entity] != kind);
            self.themes.push(item.clone());
        }
    }

    fn learn_states(&mut self, scene: &Scene<'_>, cast: &Cast<'_>) {
        let named = states(&scene.items, cast);
        match named[..] {
            [] => return,
            [one] => self.state = Some(one),
            // Of several the one the sentence is about: named first and under no preposition.
            [first, ..] => {
                let subject = here(scene).find(|i| cast.principal[i.entity] == first);
                self.state = subject.filter(|i| i.prep.is_none()).map(|_| first);
            }
        }
        let pair = side_by_side(scene, scene.sentence.end, cast);
        if let Some(pair) = pair.or(<[usize; 2]>::try_from(&named[..]).ok().map(Into::into)) {
            self.pairs.retain(|other| *other != pair);
            self.pairs.push(pair);
        }
        if named.len() > 2 {
            self.groups.retain(|g| g.len() != named.len());
            self.groups.push(named);
        }
    }
}

/// What a sentence itself names.
fn here<'s>(scene: &'s Scene<'_>) -> impl Iterator<Item = &'s Item> {
    scene.items.iter().filter(|i| i.carried == Carried::No)
}

/// The one state that the clause of a reference names and that does or suffers something there itself.
fn other_party(scene: &Scene<'_>, hit: &Hit, cast: &Cast<'_>) -> Option<usize> {
    let clause = scene.clause(hit.first);
    let beside = here(scene).filter(|i| i.clause == clause);
    let party = beside.filter(|i| i.prep.is_none() && !i.genitive && i.sense != Sense::Adjective);
    match states(party, cast)[..] {
        [one] => Some(one),
        _ => None,
    }
}

/// The last list of exactly two states that ends before a token.
fn side_by_side(scene: &Scene<'_>, before: usize, cast: &Cast<'_>) -> Option<(usize, usize)> {
    let mut lists: Vec<usize> = here(scene)
        .filter(|i| i.last < before)
        .map(|i| i.list)
        .collect();
    lists.dedup();
    lists.into_iter().rev().find_map(|list| {
        let items = here(scene).filter(|i| i.list == list);
        <[usize; 2]>::try_from(states(items, cast))
            .ok()
            .map(Into::into)
    })
}

/// Whether a word stands beside a verb of saying: `sagte er` tells who speaks, not who does something.
fn speaks(scene: &Scene<'_>, hit: &Hit) -> bool {
    let says = |h: &&Hit| scene.meaning(h) == Meaning::Attribute(Attribute::Says);
    let mut verbs = scene.hits.iter().filter(says);
    verbs.any(|verb| verb.last + 1 == hit.first || hit.last + 1 == verb.first)
}

fn article(block: BlockKind) -> bool {
    matches!(block, BlockKind::Body | BlockKind::Headline)
}

/// The states that items of a sentence itself stand for, each once.
fn states<'i>(items: impl IntoIterator<Item = &'i Item>, cast: &Cast<'_>) -> Vec<usize> {
    let mut out = Vec::new();
    for item in items.into_iter().filter(|i| i.carried == Carried::No) {
        let principal = cast.principal[item.entity];
        if cast.state[principal] && !out.contains(&principal) {
            out.push(principal);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::linker::sample::{Rows, referred};

    #[test]
    fn both_are_two_others_than_who_acts_on_them() {
        let mut rows = Rows::default();
        // language, a text, whom words of its last sentence refer to
        for (language, text, expected) in [
            (
                "de",
                "Japan und die Philippinen schlossen ein Abkommen. Manila sprach von einer Antwort auf China. Peking warnte beide Länder.",
                "Japan Philippines",
            ),
            (
                "en",
                "Norway and Spain signed a pact. Oslo called it an answer to Russia. Moscow warned both countries.",
                "Norway Spain",
            ),
            (
                "en",
                "Norway and Spain signed a pact. Both countries will train in Denmark.",
                "Norway Spain",
            ),
            (
                "de",
                "Norwegen und Spanien schlossen einen Pakt. In Oslo erklärten beide Länder, es eile.",
                "Norway Spain",
            ),
            (
                "en",
                "Norway met Spain. The Norwegian minister said both countries would train.",
                "Norway Spain",
            ),
        ] {
            rows.same(text, referred(language, text), expected.to_owned());
        }
        rows.end();
    }
}
