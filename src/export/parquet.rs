//! Parquet: the table of the statements with types, for `DuckDB`, pandas, Polars and Spark.

use std::io::{self, Write};
use std::sync::Arc;

use jiff::civil::{Date, date};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use super::Options;
use super::csv::{STATEMENT, cell};
use crate::graph::Graph;

/// Rows written together.
const GROUP: usize = 50_000;
/// The columns of the CSV table that are no text.
const TYPED: &[(&str, Holds)] = &[
    ("published", Holds::Day),
    ("earliest", Holds::Day),
    ("latest", Holds::Day),
    ("confidence", Holds::Number),
    ("amount", Holds::Number),
    ("quantity", Holds::Whole),
    ("sentence_start", Holds::Whole),
    ("sentence_end", Holds::Whole),
];

#[derive(Clone, Copy)]
enum Holds {
    Text,
    Whole,
    Number,
    Day,
}

/// Writes the columns of `statements.csv`; an empty cell is null.
pub(super) fn write(graph: &Graph, _: Options, out: &mut dyn Write) -> io::Result<()> {
    let mut bytes = Vec::new();
    table(graph, &mut bytes).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn table(graph: &Graph, to: &mut Vec<u8>) -> Result<(), ParquetError> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .build();
    let mut file = SerializedFileWriter::new(to, schema()?, Arc::new(properties))?;
    for claims in graph.claims().chunks(GROUP) {
        let mut group = file.next_row_group()?;
        for (name, fill) in STATEMENT {
            let cells = claims.iter().map(|claim| cell(fill.cell(graph, claim)));
            let cells: Vec<String> = cells.collect();
            if let Some(mut column) = group.next_column()? {
                write_column(&mut column, holds(name), &cells)?;
                column.close()?;
            }
        }
        group.close()?;
    }
    file.close()?;
    Ok(())
}

fn holds(name: &str) -> Holds {
    let typed = TYPED.iter().find(|(known, _)| *known == name);
    typed.map_or(Holds::Text, |(_, holds)| *holds)
}

fn schema() -> Result<TypePtr, ParquetError> {
    let fields = STATEMENT.iter().map(|(name, _)| {
        let (physical, logical) = match holds(name) {
            Holds::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Holds::Whole => (Physical::INT64, None),
            Holds::Number => (Physical::DOUBLE, None),
            Holds::Day => (Physical::INT32, Some(LogicalType::Date)),
        };
        let field = Type::primitive_type_builder(name, physical)
            .with_logical_type(logical)
            .with_repetition(Repetition::OPTIONAL);
        field.build().map(Arc::new)
    });
    let fields = fields.collect::<Result<_, _>>()?;
    let table = Type::group_type_builder("statements").with_fields(fields);
    table.build().map(Arc::new)
}

fn write_column(
    column: &mut SerializedColumnWriter,
    holds: Holds,
    cells: &[String],
) -> Result<(), ParquetError> {
    match holds {
        Holds::Text => put::<ByteArrayType>(column, cells, |cell| Some(ByteArray::from(cell))),
        Holds::Whole => put::<Int64Type>(column, cells, |cell| cell.parse().ok()),
        Holds::Number => put::<DoubleType>(column, cells, |cell| cell.parse().ok()),
        Holds::Day => put::<Int32Type>(column, cells, |cell| cell.parse().ok().and_then(day)),
    }
}

fn put<T: DataType>(
    column: &mut SerializedColumnWriter,
    cells: &[String],
    read: impl Fn(&str) -> Option<T::T>,
) -> Result<(), ParquetError> {
    let filled = |cell: &String| (!cell.is_empty()).then(|| read(cell)).flatten();
    let cells: Vec<Option<T::T>> = cells.iter().map(filled).collect();
    let there: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
    let values: Vec<T::T> = cells.into_iter().flatten().collect();
    column
        .typed::<T>()
        .write_batch(&values, Some(&there), None)?;
    Ok(())
}

/// Days since the first of January 1970.
fn day(day: Date) -> Option<i32> {
    date(1970, 1, 1).until(day).ok().map(|span| span.get_days())
}
