//! The command line of `entente`: parse, dispatch, and say what went wrong.

mod cli;

use std::panic;
use std::process::ExitCode;

use clap::Parser;

/// Texts make many small strings and lists, which this allocator hands out in half the time of the C library's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // A defect is told like any other error, by whoever catches it.
    panic::set_hook(Box::new(|_| {}));
    let args = cli::Cli::parse();
    match panic::catch_unwind(|| cli::run(&args)) {
        Ok(Ok(outcome)) => outcome.into(),
        Ok(Err(failure)) => cli::report(&failure),
        Err(defect) => cli::report(&cli::Failure::defect(defect.as_ref())),
    }
}
