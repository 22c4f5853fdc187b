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
    let (jobs, format) = (usize::from(args.inputs.jobs), args.format);
    let json = |mut extraction: Extraction| {
        if let Some(least) = args.sure.min_confidence {
            extraction.keep_sure(least);
        }
        match format {
            ExtractFormat::Jsonl => extraction.to_json(),
            // Strings and numbers are always JSON.
            ExtractFormat::Json => serde_json::to_string_pretty(&extraction).unwrap_or_default(),
        }
    };
    pipeline.run_as(jobs, &inputs.sources, json, |result| {
        written = match result {
            Ok(json) => printer.print(&json),
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
    fn print(&mut self, json: &str) -> io::Result<()> {
        let (before, after) = match self.format {
            ExtractFormat::Jsonl => ("", "\n"),
            ExtractFormat::Json if self.printed == 0 => ("[\n", ""),
            ExtractFormat::Json => (",\n", ""),
        };
        for part in [before, json, after] {
            self.to.write_all(part.as_bytes())?;
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
