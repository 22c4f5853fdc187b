//! Questions to a graph: who cooperates with whom, and which sentence says so.
//!
//! Every question takes a [`Filter`] and gives an answer that serialises; none prints.

mod diff;
mod everything;
mod filter;
mod find;
mod path;
mod shown;
mod sorting;
mod stats;
mod timeline;
mod top;
mod who;
mod why;

pub use diff::{Change, ChangeKind, Diff, diff};
pub use everything::{SOURCES, STATS, TOP, everything};
pub use filter::Filter;
pub use find::{Found, NotFound, find, find_among, ids_named};
pub use path::{Link, Path, Step, is_way, path};
pub use shown::{Name, Period, Quote};
pub use sorting::domains;
pub use stats::{Source, Sources, Stats, sources, stats};
pub use timeline::{Event, LastWord, SILENCE, Timeline, timeline};
pub use top::{Community, Measure, Rank, Top, top};
pub use who::{Direction, Row, Section, Who, who};
pub use why::{Passage, Resolved, Why, WhyEdge, mark, why};
