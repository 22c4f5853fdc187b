//! The word lists behind the attributes of a claim.

#[path = "../../src/linker/attribute/lists.rs"]
mod lists;

pub(super) use lists::{Attribute, AttributesFile, Lists};
