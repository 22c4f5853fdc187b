//! Rows of CSV in the dialect of a reader.

use std::borrow::Cow;
use std::io::{self, Write};

use super::column::Value;
use super::{Dialect, digits};

/// Marks a file as UTF-8 for Excel.
const MARK: &[u8] = "\u{FEFF}".as_bytes();

/// A CSV file that is being written.
pub(super) struct Table<'w> {
    out: &'w mut dyn Write,
    lines: Vec<u8>,
    dialect: Dialect,
    delimiter: u8,
}

/// Bytes that are held back until they are written.
const FULL: usize = 1 << 16;

impl<'w> Table<'w> {
    pub(super) fn new(dialect: Dialect, out: &'w mut dyn Write) -> io::Result<Self> {
        if dialect == Dialect::Excel {
            out.write_all(MARK)?;
        }
        Ok(Self {
            out,
            lines: Vec::with_capacity(FULL + FULL / 4),
            dialect,
            delimiter: if dialect == Dialect::Excel {
                b';'
            } else {
                b','
            },
        })
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) -> io::Result<()> {
        let cells = cells.into_iter();
        self.cells(cells.map(|cell| Some(Value::Text(Cow::Owned(cell)))))
    }

    /// A row of values; texts as they are.
    pub(super) fn cells<'v>(
        &mut self,
        cells: impl IntoIterator<Item = Option<Value<'v>>>,
    ) -> io::Result<()> {
        let start = self.lines.len();
        for (at, cell) in cells.into_iter().enumerate() {
            if at > 0 {
                self.lines.push(self.delimiter);
            }
            match cell {
                Some(Value::Text(text)) => {
                    let text = written(text, self.dialect);
                    quoted(&text, self.delimiter, &mut self.lines);
                }
                Some(value) => shown(&value, &mut self.lines),
                None => {}
            }
        }
        if self.lines.len() == start {
            // One empty cell is no empty line.
            self.lines.extend_from_slice(b"\"\"");
        }
        self.lines.push(b'\n');
        if self.lines.len() >= FULL {
            self.out.write_all(&self.lines)?;
            self.lines.clear();
        }
        Ok(())
    }

    pub(super) fn finish(self) -> io::Result<()> {
        self.out.write_all(&self.lines)?;
        self.out.flush()
    }
}

/// A value as a text, without quotes.
pub(super) fn shown(value: &Value<'_>, to: &mut Vec<u8>) {
    match value {
        Value::Text(text) => to.extend_from_slice(text.as_bytes()),
        Value::Count(count) => digits::count(*count as u64, to),
        Value::Number(number) => digits::number(*number, to),
        Value::Date(date) => digits::date(*date, to),
        Value::Truth(truth) => to.extend_from_slice(if *truth { b"true" } else { b"false" }),
    }
}

/// A cell as it stands in the file: in quotes where its reader would take it for more than one.
pub(super) fn quoted(cell: &str, delimiter: u8, to: &mut Vec<u8>) {
    let odd = |byte: u8| byte == delimiter || matches!(byte, b'"' | b'\n' | b'\r');
    // All bytes are looked at, which takes less time than to stop at the first.
    if !cell.bytes().fold(false, |any, byte| any | odd(byte)) {
        to.extend_from_slice(cell.as_bytes());
        return;
    }
    to.push(b'"');
    for (at, part) in cell.split('"').enumerate() {
        if at > 0 {
            to.extend_from_slice(b"\"\"");
        }
        to.extend_from_slice(part.as_bytes());
    }
    to.push(b'"');
}

fn written(cell: Cow<'_, str>, dialect: Dialect) -> Cow<'_, str> {
    match dialect {
        Dialect::Gephi if cell.contains('\\') => cell.replace('\\', "\\\\").into(),
        // A quote before it makes a text of what would be a formula; numbers stay numbers.
        Dialect::Excel if is_formula(&cell) => format!("'{cell}").into(),
        Dialect::Gephi | Dialect::Plain | Dialect::Excel => cell,
    }
}

fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn cells_are_those_of_the_csv_crate(
            rows in prop::collection::vec(prop::collection::vec("[a,;\"\n\r \u{e4}#']{0,6}", 3), 0..4)
        ) {
            for dialect in [Dialect::Plain, Dialect::Excel] {
                let mut ours = Vec::new();
                let mut table = Table::new(dialect, &mut ours).unwrap();
                for row in &rows {
                    table.row(row.clone()).unwrap();
                }
                table.finish().unwrap();
                let delimiter = if dialect == Dialect::Excel { b';' } else { b',' };
                let mut theirs = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
                for row in &rows {
                    theirs.write_record(row.iter().map(|cell| written(cell.into(), dialect).into_owned())).unwrap();
                }
                let theirs = theirs.into_inner().unwrap();
                let mark = if dialect == Dialect::Excel { MARK } else { b"" };
                prop_assert_eq!(ours, [mark, &theirs].concat());
            }
        }
    }

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
            assert_eq!(written(cell.into(), dialect), expected, "{dialect:?}");
        }
    }
}
