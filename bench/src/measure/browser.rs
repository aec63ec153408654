//! What a person's browser has to bear: the first load of the inbox, and a list of a hundred thousand conversations that
//! scrolls while customers write.

use super::{Stage, list};
use crate::baton::{Baton, webhook_path};
use crate::load::event::{PAGE, SECRET};
use crate::report::{Row, Unit};
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::json;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const EMAIL: &str = "mia@example.test";
const PASSWORD: &str = "a long password of Mia";
/// How many customers write while the list scrolls.
const WRITERS: i64 = 200;

/// What the script in the browser found.
#[derive(Deserialize)]
struct Found {
    first_load_bytes: f64,
    ready_ms: f64,
    rows: f64,
    live_p95_ms: f64,
    plain_p95_ms: f64,
    /// Of the session that was measured.
    cookie: String,
}

/// Measures the inbox of the large workspace in Chromium, and lets Lighthouse judge it as a phone would.
///
/// # Errors
/// When the server, the browser or Lighthouse do not start.
pub fn measure(stage: &Stage) -> Result<Vec<Row>> {
    let (large, _) = list::fill_large(stage)?;
    Baton::hire(&large.folder, large.graph, EMAIL, PASSWORD)?;
    let mut first = Row::new("first load of the inbox, compressed", Unit::Kilobytes, "≤ 400 KB");
    let mut ready = Row::new("first load, until it answers", Unit::Millis, "–");
    let mut score = Row::new("first load, Lighthouse’s performance on a phone", Unit::Score, "≥ 0.9");
    let mut frames = Row::new("long list, frame p95 at 50 webhooks/s", Unit::Millis, "≤ 2 ×");
    let mut rows = Row::new("long list, rows drawn", Unit::Count, "≤ 60");
    for round in 1..=stage.rounds {
        let weather = stage.look(&format!("browser {round}"))?;
        let baton = Baton::again(&large.folder, large.graph)?;
        let found = look(baton.server.address, stage.seconds)?;
        first.ours(found.first_load_bytes / 1e3, weather);
        ready.ours(found.ready_ms, weather);
        frames.ours(found.live_p95_ms, weather);
        frames.anchor(found.plain_p95_ms, weather);
        rows.ours(found.rows, weather);
        score.ours(judged(baton.server.address, &found.cookie, &large.folder)?, weather);
    }
    Ok(vec![first, ready, score, frames, rows])
}

/// Drives a browser. It may use every core, as it would at an agent's desk.
fn look(to: SocketAddr, seconds: f64) -> Result<Found> {
    let newest = list::CONVERSATIONS - WRITERS..list::CONVERSATIONS;
    let plan = json!({
        "address": format!("http://{to}"), "email": EMAIL, "password": PASSWORD, "hook": webhook_path(),
        "secret": SECRET, "page": PAGE, "customers": newest.map(list::customer).collect::<Vec<_>>(),
        "seconds": seconds,
    });
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end/measure/inbox.mjs");
    let mut node = Command::new("node");
    node.arg(script).arg(plan.to_string());
    let words = heard(node)?;
    serde_json::from_str(words.trim()).with_context(|| format!("the browser said {words:?}"))
}

/// Lighthouse's score for performance with its own settings: a phone of the middle class on a slow mobile network.
fn judged(to: SocketAddr, cookie: &str, folder: &Path) -> Result<f64> {
    let headers = folder.join("headers.json");
    std::fs::write(&headers, json!({ "Cookie": cookie }).to_string())?;
    let mut lighthouse = Command::new(installed("node/node_modules/.bin/node")?);
    lighthouse
        .arg(installed("lighthouse/node_modules/lighthouse/cli/index.js")?)
        .arg(format!("http://{to}/inbox/open"))
        .args(["--quiet", "--only-categories=performance", "--output=json", "--output-path=stdout"])
        .args(["--no-enable-error-reporting", "--chrome-flags=--headless=new --no-sandbox --disable-gpu"])
        .arg(format!("--extra-headers={}", headers.display()))
        .env("CHROME_PATH", std::env::var_os("CHROMIUM").unwrap_or_else(|| "/usr/bin/chromium".into()))
        .env("HOME", folder);
    let report: serde_json::Value = serde_json::from_str(&heard(lighthouse)?)?;
    for audit in ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "speed-index"]
    {
        eprintln!("  {audit}: {}", report["audits"][audit]["displayValue"].as_str().unwrap_or("–"));
    }
    report["categories"]["performance"]["score"].as_f64().context("Lighthouse gave no score")
}

fn heard(mut command: Command) -> Result<String> {
    command.stdin(Stdio::null()).stderr(Stdio::inherit());
    let output = command.output().with_context(|| format!("cannot start {command:?}"))?;
    if !output.status.success() {
        bail!("{command:?} failed");
    }
    Ok(String::from_utf8(output.stdout)?)
}

fn installed(tool: &str) -> Result<PathBuf> {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/tools").join(tool);
    program.canonicalize().with_context(|| format!("nothing at {}; run `make bench`", program.display()))
}
