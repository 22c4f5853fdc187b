//! `entente tag`: a text with the names that were found in it.

use std::io::{self, Write};
use std::path::PathBuf;

use anstyle::{RgbColor, Style};
use entente::document::Document;
use entente::read;
use entente::schema::Schema;
use entente::statement::EntityRecord;

use super::args::TagArgs;
use super::extract::warn;
use super::failure::Result;
use super::session::Inputs;
use super::term::{Align, Table};
use super::{Outcome, session, term};

/// Prints each text with its names in brackets, numbered, and who they are.
pub(crate) fn run(args: &TagArgs, own: &[PathBuf]) -> Result<Outcome> {
    let pipeline = session::pipeline(own)?;
    let schema = pipeline.gazetteer().schema();
    let inputs = Inputs::list(&args.input, &super::args::ReadingArgs::default())?;
    inputs.skipped.iter().try_for_each(warn)?;
    let (mut shown, mut skipped) = (0, inputs.skipped.len());
    let mut to = term::stdout();
    let mut written = Ok(());
    for source in &inputs.sources {
        read::read(source, &mut |document| {
            if written.is_err() {
                return;
            }
            written = match document {
                Ok(document) => {
                    shown += 1;
                    show(&mut to, &document, &pipeline.tag(&document), schema)
                }
                Err(error) => {
                    skipped += 1;
                    warn(&error.into())
                }
            };
        });
    }
    written?;
    to.flush()?;
    Ok(session::outcome(shown, skipped))
}

fn show(
    to: &mut impl Write,
    document: &Document,
    entities: &[EntityRecord],
    schema: &Schema,
) -> io::Result<()> {
    let mut mentions: Vec<_> = entities
        .iter()
        .enumerate()
        .flat_map(|(number, entity)| {
            entity
                .mentions
                .iter()
                .map(move |mention| (mention.span, number, entity))
        })
        .collect();
    mentions.sort_by_key(|(span, ..)| *span);
    let chars: Vec<char> = document.text.chars().collect();
    let piece = |from: usize, to: usize| -> String {
        chars.get(from..to).unwrap_or_default().iter().collect()
    };
    let mut done = 0;
    for (span, number, entity) in mentions {
        let name = format!("[{} {}]", piece(span.start, span.end), number + 1);
        write!(
            to,
            "{}{}",
            piece(done, span.start),
            term::styled(style(schema, &entity.kind), &name)
        )?;
        done = span.end;
    }
    writeln!(to, "{}\n", piece(done, chars.len()).trim_end())?;
    legend(entities).write(to, term::width())?;
    writeln!(to)
}

fn legend(entities: &[EntityRecord]) -> Table {
    let heads = [
        ("NO", Align::Right),
        ("NAME", Align::Left),
        ("KIND", Align::Left),
        ("ID", Align::Left),
        ("MENTIONS", Align::Right),
    ];
    let mut table = Table::new(&heads, 1);
    for (number, entity) in entities.iter().enumerate() {
        let new = if entity.known {
            ""
        } else {
            " (not in the gazetteer)"
        };
        table.row(vec![
            (number + 1).to_string(),
            format!("{}{new}", entity.name),
            entity.kind.clone(),
            entity.id.to_string(),
            entity.mentions.len().to_string(),
        ]);
    }
    table
}

/// The colour of an entity kind.
fn style(schema: &Schema, kind: &str) -> Style {
    let colour = schema
        .entity_by_id(kind)
        .and_then(|kind| kind.colour.strip_prefix('#'));
    let rgb = colour.and_then(|hex| u32::from_str_radix(hex, 16).ok());
    rgb.map_or_else(Style::new, |rgb| {
        let [_, r, g, b] = rgb.to_be_bytes();
        Style::new().fg_color(Some(RgbColor(r, g, b).into())).bold()
    })
}
