//! Questions to a graph: who cooperates with whom, and which sentence says so.

mod filter;
mod find;
mod shown;
mod who;
mod why;

pub use filter::Filter;
pub use find::{Found, NotFound, find};
pub use shown::{Name, Period};
pub use who::{Direction, Row, Section, Who, who};
pub use why::{Passage, Resolved, Why, WhyEdge, mark, why};
