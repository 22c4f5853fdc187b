//! The command line of `entente`: parse, dispatch, and say what went wrong.

mod cli;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match cli::run(&cli::Cli::parse()) {
        Ok(outcome) => outcome.into(),
        Err(failure) => cli::report(&failure),
    }
}
