//! What comes from npm: the optimiser for release builds and the driver of the browser tests; and the browser itself.

use super::apt;
use crate::shell::{exists, make_folder, output, program, run, say, tools};
use crate::web::digest;
use anyhow::{Result, bail};
use std::path::Path;

/// The optimiser's release. Debian's own older one produces modules that browsers refuse to start.
const BINARYEN: &str = "binaryen@132.0.0";

/// What fan-out is measured against. Its binary lies in the package.
const BUN: &str = "bun@1.4.5";

/// What workflows are measured against, and a Node for it and for Lighthouse: most machines have an older one.
const NODE_RED: &str = "node-red@5.0.7";
const NEW_NODE: &str = "node@24.9.0";

/// What judges the first load, as Google's page for it does.
const LIGHTHOUSE: &str = "lighthouse@13.5.0";

/// The oldest Node that Playwright supports.
const NODE: u32 = 20;

/// Where the optimiser lies below [`tools`].
pub const OPTIMISER: &str = "node_modules/.bin/wasm-opt";

/// Makes sure release builds can shrink the browser module.
pub fn ensure_optimiser() -> Result<()> {
    install(BINARYEN, "optimising the browser half", &tools())
}

/// Makes sure there is a Bun to compare with. It has a folder of its own: npm removes what it did not put there.
pub fn ensure_bun() -> Result<()> {
    install(BUN, "comparing fan-out", &tools().join("bun"))
}

/// Makes sure there is a Node-RED to compare with.
pub fn ensure_node_red() -> Result<()> {
    install(NODE_RED, "comparing workflows", &tools().join("node-red"))?;
    install(NEW_NODE, "running Node-RED and Lighthouse", &tools().join("node"))
}

/// Makes sure there is a Lighthouse to judge the first load, and a browser for it and for the measures of the list.
pub fn ensure_lighthouse() -> Result<()> {
    ensure_browser()?;
    ensure_driver()?;
    install(LIGHTHOUSE, "judging the first load", &tools().join("lighthouse"))
}

fn install(package: &str, why: &str, folder: &Path) -> Result<()> {
    ensure_npm(why)?;
    let (name, wanted) = package.rsplit_once('@').unwrap_or((package, ""));
    let installed = folder.join("node_modules").join(name).join("package.json");
    if std::fs::read_to_string(installed)
        .is_ok_and(|text| text.contains(&format!("\"version\": \"{wanted}\"")))
    {
        return Ok(());
    }
    say(&format!("Installing {package} with npm into {}: {why} needs it", folder.display()));
    make_folder(folder)?;
    run(program("npm", &["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error", package])
        .arg("--prefix")
        .arg(folder))
}

/// Makes sure there is a Chromium to test in; `CHROMIUM` may name one.
pub fn ensure_browser() -> Result<()> {
    if std::env::var_os("CHROMIUM").is_some() || Path::new("/usr/bin/chromium").exists() {
        return Ok(());
    }
    apt::install(&["chromium"], "the browser tests run in a real Chromium")
}

/// Makes sure the browser tests' driver is what their lock file says.
pub fn ensure_driver() -> Result<()> {
    ensure_npm("the browser tests")?;
    let stamp = Path::new("end2end/node_modules/.installed");
    let wanted = digest(&std::fs::read("end2end/package-lock.json")?);
    if std::fs::read_to_string(stamp).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    say("Installing Playwright with npm into end2end/node_modules: it drives the browser tests");
    run(program("npm", &["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"])
        .current_dir("end2end")
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))?;
    Ok(std::fs::write(stamp, wanted)?)
}

fn ensure_npm(why: &str) -> Result<()> {
    if has_npm() {
        return Ok(());
    }
    apt::install(&["nodejs", "npm"], why)?;
    if !has_npm() {
        bail!(
            "{why} needs Node.js {NODE} or newer with npm; the one packaged here is older, please install a newer one"
        );
    }
    Ok(())
}

fn has_npm() -> bool {
    exists("npm") && major("node").is_some_and(|major| major >= NODE)
}

fn major(name: &str) -> Option<u32> {
    let version = output(&mut program(name, &["--version"])).ok()?;
    version.trim().trim_start_matches('v').split('.').next()?.parse().ok()
}
