//! How two entities stood to each other on a day: at war, rivals, under an embargo, allies.

use jiff::civil::Date;

use super::Gazetteer;
use super::entity::{EntityIx, Relation};

/// The role of who is fully in a body.
const MEMBER: &str = "member";
/// The basis of an enmity that alone does not make an adversary.
const EMBARGO: &str = "embargo";

impl Gazetteer {
    /// Whether two entities, or bodies that they are in, were at war or rivals on a day; without a day, whether they are
    /// now.
    pub fn adversaries(&self, a: EntityIx, b: EntityIx, on: Option<Date>) -> bool {
        let sort = |basis: &str| basis != EMBARGO;
        self.opposes(a, b, on, sort) || self.opposes(b, a, on, sort)
    }

    /// Whether one of two entities, or a body that it is in, kept an arms embargo on the other on a day; without a day,
    /// whether it does now.
    pub fn embargo(&self, a: EntityIx, b: EntityIx, on: Option<Date>) -> bool {
        let sort = |basis: &str| basis == EMBARGO;
        self.opposes(a, b, on, sort) || self.opposes(b, a, on, sort)
    }

    /// Whether two entities were in one alliance or union on a day; without a day, whether they are now.
    pub fn allies(&self, a: EntityIx, b: EntityIx, on: Option<Date>) -> bool {
        let bodies = |of: EntityIx| {
            let all = self.memberships(of).iter();
            all.filter(move |m| m.role == MEMBER && m.held(on))
        };
        let bloc = |of: EntityIx| {
            let entity = self.entity(of);
            let kind = &self.schema().entities[usize::from(entity.kind.0)];
            kind.blocs.contains(&entity.class)
        };
        let mut shared = bodies(a).filter(|m| bodies(b).any(|n| n.of == m.of));
        shared.any(|m| bloc(m.of))
    }

    fn opposes(
        &self,
        a: EntityIx,
        b: EntityIx,
        on: Option<Date>,
        sort: impl Fn(&str) -> bool,
    ) -> bool {
        let fits = |e: &Relation| e.of == b && sort(&e.role) && e.held(on);
        let against = |of: EntityIx| self.enmities(of).iter().any(fits);
        let mut bodies = self.memberships(a).iter();
        against(a) || bodies.any(|m| m.role == MEMBER && m.held(on) && against(m.of))
    }
}
