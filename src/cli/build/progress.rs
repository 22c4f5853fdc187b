//! How far a build has come, on a terminal.

use std::io::{self, IsTerminal as _};
use std::time::Instant;

use entente::read::{Meter, Source};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::term::{grouped, plural};

/// A bar over the bytes of the inputs, which are known from the start; documents are not.
pub(super) struct Progress {
    bar: ProgressBar,
    meter: Meter,
    started: Instant,
    documents: usize,
}

impl Progress {
    /// A bar on a terminal, nothing anywhere else.
    pub(super) fn new(sources: &[Source], meter: &Meter) -> Self {
        Self {
            bar: bar(sources),
            meter: meter.clone(),
            started: Instant::now(),
            documents: 0,
        }
    }

    /// One document more.
    pub(super) fn advance(&mut self) {
        self.documents += 1;
        if self.bar.is_hidden() {
            return;
        }
        self.bar.set_position(self.meter.bytes());
        let seconds = self.started.elapsed().as_secs_f64().max(0.1);
        let count = u32::try_from(self.documents).map_or(f64::from(u32::MAX), f64::from);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a rate for people to read"
        )]
        let rate = (count / seconds).round() as usize;
        let documents = plural(self.documents, "document", "documents");
        self.bar
            .set_message(format!("{documents}, {}/s", grouped(rate)));
    }

    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}

fn bar(sources: &[Source]) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    }
    let bytes: u64 = sources.iter().map(Source::size).sum();
    let (bar, template) = if bytes > 0 {
        let template = "Reading, tagging, linking [{bar:24}] {percent}%  {msg}  {eta} left";
        (ProgressBar::new(bytes), template)
    } else {
        // Nobody knows how much comes from standard input.
        (ProgressBar::no_length(), "Reading, tagging, linking  {msg}")
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("##-"));
    }
    bar
}
