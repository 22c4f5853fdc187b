//! How good the extraction is: annotated documents, and the figures of a run against them.
//!
//! The figures are those of the project's independent scorer, so that both can be compared line by line.

mod align;
mod gold;
mod reliability;
mod report;
mod score;

pub use gold::{Gold, GoldEntity, GoldError, GoldStatement};
pub use reliability::{Bin, Curve, Reliability};
pub use report::{Documents, Figures, Miss, Report, Share};
pub use score::score;
