//! The commands, a file each: the only place, with `main.rs`, that prints.

mod args;
mod ask;
mod build;
mod diff;
mod eval;
mod explain;
mod export;
mod extract;
mod failure;
mod gazetteer;
mod interrupt;
mod observe;
mod path;
mod report;
#[cfg(feature = "serve")]
mod serve;
mod session;
mod shell;
mod stats;
mod summary;
mod tag;
mod term;
mod timeline;
mod top;
mod who;
mod why;

use std::io::Write as _;
use std::process::ExitCode;

pub(crate) use args::Cli;
use args::{Command, GazetteerCommand};
pub(crate) use failure::Failure;
use failure::Result;

/// How a command that did not fail ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything asked for was done.
    Done,
    /// Something was skipped, or the answer is empty.
    Partly,
    /// Everything was skipped.
    Nothing,
    /// Somebody pressed Ctrl-C.
    Stopped,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::SUCCESS,
            Outcome::Partly => Self::from(1),
            Outcome::Nothing => Self::from(2),
            Outcome::Stopped => Self::from(interrupt::STATUS),
        }
    }
}

/// Runs the command that was typed.
pub(crate) fn run(cli: &Cli) -> Result<Outcome> {
    let own = &cli.gazetteer;
    match &cli.command {
        Command::Build(args) => build::run(args, own),
        Command::Extract(args) => extract::run(args, own),
        Command::Who(args) => who::run(args, own),
        Command::Why(args) => why::run(args, own),
        Command::Path(args) => path::run(args, own),
        Command::Timeline(args) => timeline::run(args, own),
        Command::Top(args) => top::run(args, own),
        Command::Diff(args) => diff::run(args, own),
        Command::Stats(args) => stats::run(args, own),
        Command::Sources(args) => stats::sources(args, own),
        Command::Tag(args) => tag::run(args, own),
        Command::Explain(args) => explain::run(args, own),
        Command::Observe(args) => observe::run(args, own),
        Command::Eval(args) => eval::run(args, own),
        Command::Gazetteer(GazetteerCommand::Check(args)) => gazetteer::check(args, own),
        Command::Gazetteer(GazetteerCommand::Find { name, limit }) => {
            gazetteer::find(name, *limit, own)
        }
        Command::Gazetteer(GazetteerCommand::Suggest(args)) => gazetteer::suggest(args, own),
        Command::Gazetteer(GazetteerCommand::Forms { kind }) => gazetteer::forms(kind, own),
        Command::Gazetteer(GazetteerCommand::Stats) => gazetteer::stats(own),
        Command::Export(args) => export::run(args, own),
        Command::Report(args) => report::run(args, own),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(args, own),
        Command::Completions(args) => shell::completions(args),
        Command::Man(args) => shell::man(args),
    }
}

/// Prints an error, its causes and advice, and gives the exit code.
pub(crate) fn report(failure: &Failure) -> ExitCode {
    if failure.is_broken_pipe() {
        return ExitCode::SUCCESS;
    }
    let mut to = term::stderr();
    // If standard error is gone as well there is nobody left to tell.
    let _ = writeln!(to, "{} {failure}", term::styled(term::ERROR, "error:"));
    for hint in failure.hints() {
        let _ = writeln!(to, "{} {hint}", term::styled(term::HINT, "hint:"));
    }
    ExitCode::from(2)
}
