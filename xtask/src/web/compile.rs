//! From Rust to a browser module with its glue.

use super::{digest, files};
use crate::Mode;
use crate::setup::OPTIMISER;
use crate::setup::wasm::{Compiler, built};
use crate::shell::{cargo, make_folder, program, run, step, target, tools};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// What Rust's modules use by default and every current browser has; the optimiser assumes less unless told.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// The folder with `frontend.js`, `frontend_bg.wasm`, the parts that are loaded later with their `parts.js`, and, where
/// a dependency brings its own JavaScript, `snippets/`.
pub fn bound() -> PathBuf {
    target().join("bound")
}

/// Compiles, binds and in release optimises `frontend` into [`bound`].
pub fn bind(compiler: Compiler, mode: Mode) -> Result<()> {
    run(&mut match mode {
        Mode::Debug => compiler.cargo(&["build", "-p", "frontend"]),
        Mode::Release => compiler.cargo_for_size(&["build", "-p", "frontend", "--profile", "wasm"]),
    })?;
    run(&mut cargo(&["build", "-p", "xtask", "--features", "bind", "--bin", "bind"]))?;
    let out = bound();
    if out.exists() {
        std::fs::remove_dir_all(&out)?;
    }
    make_folder(&out)?;
    let folder = if mode == Mode::Debug { "debug" } else { "wasm" };
    let mut binding = program(target().join("debug/bind"), &[]);
    binding.arg(built(folder).join("frontend.wasm")).arg(&out);
    if mode == Mode::Debug {
        binding.arg("--names");
    }
    run(&mut binding)?;
    if mode == Mode::Release {
        for module in files(&out).iter().filter(|file| file.extension().is_some_and(|it| it == "wasm")) {
            optimise(module)?;
        }
    }
    Ok(())
}

/// What makes a module small on its way: compressed, more of the same is shorter than less of different things, so that
/// `-Oz` and inlining lose. The lowest kilobyte is the far end of the stack: no pointer points there.
const FOR_SIZE: [&str; 3] = ["-Os", "--low-memory-unused", "--skip-pass=inlining-optimizing"];

/// Replaces a module by its optimised self; what was optimised once is remembered.
fn optimise(module: &Path) -> Result<()> {
    let bytes = std::fs::read(module).with_context(|| format!("cannot read {}", module.display()))?;
    let folder = tools().join("optimised");
    make_folder(&folder)?;
    let done = folder.join(format!("{}-small.wasm", digest(&bytes)));
    if !done.exists() {
        let unfinished = done.with_extension("part");
        step(&format!("Optimising {} for size", module.display()), || {
            run(program(tools().join(OPTIMISER), &FOR_SIZE)
                .args(FEATURES)
                .arg(module)
                .arg("-o")
                .arg(&unfinished))
        })?;
        std::fs::rename(&unfinished, &done)?;
    }
    std::fs::copy(&done, module)?;
    Ok(())
}
