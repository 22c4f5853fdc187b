//! Tables: CSV and TSV with a header row, one document a row.

use std::io::BufRead;

use csv::{ReaderBuilder, StringRecord, Terminator};

use super::error::ReadError;
use super::fields::Row;
use super::{Sink, Source, decode, page, slurp};

pub(super) fn read(
    source: &Source,
    from: &mut dyn BufRead,
    sink: &mut Sink<'_>,
) -> Result<(), ReadError> {
    let place = source.place();
    let text = decode::decode(place, &slurp(source, from)?)?;
    let text = text.trim_start_matches('\u{FEFF}');
    let mut table = ReaderBuilder::new()
        .delimiter(delimiter(text))
        .terminator(Terminator::CRLF)
        .from_reader(text.as_bytes());
    let header = table
        .headers()
        .map_err(|error| wrong(source, &error))?
        .clone();
    let columns = Columns::new(source, &header)?;
    let mut row = StringRecord::new();
    let mut number = 1;
    let mut found = false;
    loop {
        number += 1;
        let more = table
            .read_record(&mut row)
            .map_err(|error| wrong(source, &error));
        found |= !matches!(more, Ok(false));
        match more {
            Ok(false) if found => return Ok(()),
            Ok(false) => return Err(no_rows(source)),
            Ok(true) => {
                let line = row
                    .position()
                    .map_or(number, |at| usize::try_from(at.line()).unwrap_or(number));
                let document = columns.row(&row).draft(source, line).map(page::document);
                sink(document.map_err(|error| error.at_line(line)));
            }
            Err(error) => sink(Err(error)),
        }
    }
}

fn no_rows(source: &Source) -> ReadError {
    let hint = "leave it out";
    ReadError::new(source.place(), "rows below the header", "none", hint)
}

/// What divides the columns: of the candidates the one that the first line has most often.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |c: u8| first.bytes().filter(|b| *b == c).count();
    let best = [b',', b';', b'\t', b'|']
        .into_iter()
        .rev()
        .max_by_key(|c| count(*c));
    best.unwrap_or(b',')
}

/// Where each field of a document stands in a row.
struct Columns(Vec<(&'static str, usize)>);

impl Columns {
    fn new(source: &Source, header: &StringRecord) -> Result<Self, ReadError> {
        let at = |name: &str| {
            header
                .iter()
                .position(|column| column.trim().eq_ignore_ascii_case(name))
        };
        let find = |what: &'static str| {
            let column = source
                .fields()
                .find(what, |name| at(name).and_then(|at| header.get(at)));
            let at = column.and_then(|column| header.iter().position(|name| name == column))?;
            Some((what, at))
        };
        if find("text").is_none() {
            let names: Vec<_> = header
                .iter()
                .take(12)
                .map(|name| format!("`{}`", name.trim()))
                .collect();
            let found = format!("the columns {}", names.join(", "));
            let hint = "name the column that holds the text with `--field text=COLUMN`";
            return Err(ReadError::new(
                source.place(),
                "a column `text`",
                found,
                hint,
            ));
        }
        let fields = [
            "id", "title", "date", "source", "language", "author", "text",
        ];
        Ok(Self(fields.into_iter().filter_map(find).collect()))
    }

    fn row(&self, row: &StringRecord) -> Row {
        Row::fill(|what| {
            let column = self.0.iter().find(|(name, _)| *name == what);
            column
                .and_then(|(_, at)| row.get(*at))
                .unwrap_or_default()
                .to_owned()
        })
    }
}

fn wrong(source: &Source, error: &csv::Error) -> ReadError {
    let place = source.place();
    let line = error
        .position()
        .map(|at| usize::try_from(at.line()).unwrap_or(0));
    let found = match error.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => {
            let expected = format!("{expected_len} columns as in the first row");
            let hint = "put cells that hold the separator or a line break in quotes";
            let error = ReadError::new(place, expected, format!("{len}"), hint);
            return line.map_or(error.clone(), |line| error.at_line(line));
        }
        _ => error.to_string(),
    };
    ReadError::new(
        place,
        "a table with a header row",
        found,
        "save it again as CSV in UTF-8",
    )
}
