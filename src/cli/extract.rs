//! `entente extract`: what each document says, as JSON.

use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

use entente::pipeline::Skipped;
use entente::statement::Extraction;

use super::args::{ExtractArgs, ExtractFormat};
use super::failure::Result;
use super::session::{self, Inputs};
use super::{Outcome, term};

/// Prints one object per document, in the order of the inputs.
pub(crate) fn run(args: &ExtractArgs, own: &[PathBuf]) -> Result<Outcome> {
    let pipeline = session::pipeline(own)?.without_sketches();
    let inputs = Inputs::list(&args.inputs.input, &args.inputs.reading)?;
    let mut skipped = inputs.skipped.len();
    inputs.skipped.iter().try_for_each(warn)?;
    let mut printer = Printer {
        // JSON has no colour codes that would have to be taken out.
        to: BufWriter::with_capacity(1 << 16, io::stdout().lock()),
        format: args.format,
        printed: 0,
    };
    let mut written = Ok(());
    pipeline.run(usize::from(args.inputs.jobs), &inputs.sources, |result| {
        written = match result {
            Ok(mut extraction) => {
                if let Some(least) = args.sure.min_confidence {
                    extraction.keep_sure(least);
                }
                printer.print(&extraction)
            }
            Err(reason) => {
                skipped += 1;
                warn(&reason)
            }
        };
        if written.is_ok() {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    written?;
    printer.end()?;
    Ok(session::outcome(printer.printed, skipped))
}

/// Says on standard error what was skipped.
pub(crate) fn warn(skipped: &Skipped) -> io::Result<()> {
    let mut to = term::stderr();
    writeln!(
        to,
        "{} {}",
        term::styled(term::WARNING, "skipped:"),
        skipped.reason
    )?;
    if skipped.hint.is_empty() {
        return Ok(());
    }
    writeln!(to, "{} {}", term::styled(term::HINT, "hint:"), skipped.hint)
}

struct Printer<W> {
    to: W,
    format: ExtractFormat,
    printed: usize,
}

impl<W: Write> Printer<W> {
    fn print(&mut self, extraction: &Extraction) -> io::Result<()> {
        match self.format {
            ExtractFormat::Jsonl => {
                serde_json::to_writer(&mut self.to, extraction)?;
                self.to.write_all(b"\n")?;
            }
            ExtractFormat::Json => {
                self.to
                    .write_all(if self.printed == 0 { b"[\n" } else { b",\n" })?;
                serde_json::to_writer_pretty(&mut self.to, extraction)?;
            }
        }
        self.printed += 1;
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        if self.format == ExtractFormat::Json {
            self.to
                .write_all(if self.printed == 0 { b"[]\n" } else { b"\n]\n" })?;
        }
        self.to.flush()
    }
}
