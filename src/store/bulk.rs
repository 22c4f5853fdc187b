//! Rows of one table, many at a time: what SQLite does before and after each of them it does once.

use rusqlite::{CachedStatement, Connection, ToSql};

use super::error::Problem;

/// Rows that are written together.
const MANY: usize = 8;

/// Two queries that add rows: one of them many rows, the other a single one.
pub(super) struct Bulk<'c> {
    many: CachedStatement<'c>,
    one: CachedStatement<'c>,
}

impl<'c> Bulk<'c> {
    /// `insert` is a query to the word `VALUES`, of so many columns.
    pub(super) fn new(
        connection: &'c Connection,
        insert: &str,
        columns: usize,
    ) -> rusqlite::Result<Self> {
        let row = format!("({})", vec!["?"; columns].join(","));
        let many = [row.as_str(); MANY].join(",");
        Ok(Self {
            many: connection.prepare_cached(&format!("{insert}{many}"))?,
            one: connection.prepare_cached(&format!("{insert}{row}"))?,
        })
    }

    /// Adds rows in their order; `put` says what stands in the columns of one.
    pub(super) fn insert<R>(
        &mut self,
        rows: &[R],
        put: impl Fn(&mut Columns<'_, 'c>, &R) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        let (chunks, rest) = rows.as_chunks::<MANY>();
        let rest = rest.chunks(1);
        let chunks = chunks.iter().map(<[R; MANY]>::as_slice);
        for rows in chunks.chain(rest) {
            let query = if rows.len() == MANY {
                &mut self.many
            } else {
                &mut self.one
            };
            let mut columns = Columns { query, next: 1 };
            for row in rows {
                put(&mut columns, row)?;
            }
            query.raw_execute()?;
        }
        Ok(())
    }
}

/// The columns of the rows that are added next.
pub(super) struct Columns<'q, 'c> {
    query: &'q mut CachedStatement<'c>,
    next: usize,
}

impl Columns<'_, '_> {
    /// Fills the next column.
    pub(super) fn put(&mut self, value: impl ToSql) -> Result<(), Problem> {
        self.query.raw_bind_parameter(self.next, value)?;
        self.next += 1;
        Ok(())
    }
}
