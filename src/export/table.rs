//! Rows of CSV in the dialect of a reader.

use std::io::{self, Write};

use super::Dialect;

/// Marks a file as UTF-8 for Excel.
const MARK: &[u8] = "\u{FEFF}".as_bytes();

/// A CSV file that is being written.
pub(super) struct Table<'w> {
    rows: csv::Writer<&'w mut dyn Write>,
    dialect: Dialect,
}

impl<'w> Table<'w> {
    pub(super) fn new(dialect: Dialect, out: &'w mut dyn Write) -> io::Result<Self> {
        let mut settings = csv::WriterBuilder::new();
        if dialect == Dialect::Excel {
            out.write_all(MARK)?;
            settings.delimiter(b';');
        }
        let rows = settings.from_writer(out);
        Ok(Self { rows, dialect })
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) -> io::Result<()> {
        for cell in cells {
            self.rows.write_field(written(cell, self.dialect))?;
        }
        self.rows.write_record(None::<&[u8]>)?;
        Ok(())
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.rows.flush()
    }
}

fn written(cell: String, dialect: Dialect) -> String {
    match dialect {
        Dialect::Gephi => cell.replace('\\', "\\\\"),
        // A quote before it makes a text of what would be a formula; numbers stay numbers.
        Dialect::Excel if is_formula(&cell) => format!("'{cell}"),
        Dialect::Plain | Dialect::Excel => cell,
    }
}

fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reader_gets_what_it_can_read() {
        for (dialect, cell, expected) in [
            (Dialect::Plain, "=1+1\\", "=1+1\\"),
            (Dialect::Gephi, "a\\b", "a\\\\b"),
            (Dialect::Excel, "=1+1", "'=1+1"),
            (Dialect::Excel, "@x", "'@x"),
            (Dialect::Excel, "-4.5", "-4.5"),
            (Dialect::Excel, "a=b", "a=b"),
        ] {
            assert_eq!(written(cell.to_owned(), dialect), expected, "{dialect:?}");
        }
    }
}
