//! One page that shows a graph: a picture, tables and every sentence, in one file that needs nothing else.
//!
//! [`html`] writes it. What a reader sees without any script is written here, in Rust; where the crate
//! was built with the bundle of `web/`, a script takes over and makes it interactive, from the same
//! `Data`. Nothing that comes from a document is ever markup: the tables go through
//! [`maud`], which escapes, the data through `bundle::data_block`, and the page's own policy lets no
//! script run but ours.

mod bundle;
mod data;
mod evidence;
mod layout;
mod names;
mod page;
mod picture;
mod scope;
mod tables;

use crate::gazetteer::Gazetteer;
use crate::graph::Graph;

pub use bundle::{is_interactive, policy};

/// The page of a graph. The same graph gives the same bytes.
pub fn html(graph: &Graph, gazetteer: &Gazetteer) -> String {
    let scope = scope::Scope::of(graph);
    let book = evidence::Book::of(graph, gazetteer, &scope);
    page::html(graph, gazetteer, &scope, &book)
}
