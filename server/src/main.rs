//! `baton`: reads the command line and does what it says.

use clap::Parser;
use server::cli::{Cli, run};
use std::process::ExitCode;

/// A page of the inbox is a thousand small pieces of memory that live for half a millisecond.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let done = match runtime {
        Ok(runtime) => runtime.block_on(run(cli)),
        Err(error) => Err(error.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("baton: {error}");
            error.exit_code()
        }
    }
}
