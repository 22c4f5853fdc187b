//! DOT.
use crate::graph::Graph;
use std::io::{self, Write};
pub(super) fn write(_graph: &Graph, _out: &mut dyn Write) -> io::Result<()> {
    Ok(())
}
