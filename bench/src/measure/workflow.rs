//! How many contacts a second go through a workflow of a condition, a field and a message, every step durable.

use super::{Stage, Turn, write_once};
use crate::anchor::node_red;
use crate::baton::{Baton, webhook_path};
use crate::flow;
use crate::load::meta::Taken;
use crate::process::Part;
use crate::report::{Row, Unit};
use anyhow::{Context, Result, bail};
use domain::workflow::condition::{Conditions, Operator, Subject, Test};
use domain::workflow::exit::Exit;
use domain::workflow::field::FieldKey;
use domain::workflow::graph::{Graph, Place};
use domain::workflow::step::StepKind;
use domain::workflow::steps::branch::{Branch, Way};
use domain::workflow::steps::contact::UpdateField;
use domain::workflow::steps::content::Content;
use domain::workflow::steps::send::SendMessage;
use domain::workflow::trigger::{Match, Trigger, TriggerKind};
use rusqlite::Connection;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Instant;

/// How many customers write, each once.
const RUNS: u64 = 3_000;

/// Alternates the real server with Node-RED.
///
/// # Errors
/// When a server does not start, or somebody is not answered once.
pub fn measure(stage: &Stage) -> Result<Row> {
    let mut row = Row::new("workflow: condition, field, message", Unit::PerSecond, "≥ 0.5 ×");
    for round in 1..=stage.rounds {
        let turn = stage.turn(&format!("workflow {round}, Baton"))?;
        row.ours(ours(&turn)?, turn.weather);
        let turn = stage.turn(&format!("workflow {round}, Node-RED"))?;
        row.anchor(anchor(&turn)?, turn.weather);
    }
    Ok(row)
}

fn ours(turn: &Turn) -> Result<f64> {
    let mut meta = Meta::start()?;
    let baton = Baton::start(&turn.folder, meta.address)?;
    write_once(baton.server.address, &webhook_path(), "warm", RUNS)?;
    baton.settle()?;
    drop(baton);
    flow::publish(&turn.folder, "Orders", &graph()?)?;
    let baton = Baton::again(&turn.folder, meta.address)?;
    let rate = meta.rate(|| write_once(baton.server.address, &webhook_path(), "main", RUNS))?;
    baton.settle()?;
    every_step_is_kept(&turn.folder)?;
    Ok(rate)
}

fn anchor(turn: &Turn) -> Result<f64> {
    let mut meta = Meta::start()?;
    let server = node_red::start(&turn.folder, meta.address)?;
    // It gets as much to warm up with as the other.
    meta.rate(|| write_once(server.address, node_red::WEBHOOK, "warm", RUNS))?;
    meta.rate(|| write_once(server.address, node_red::WEBHOOK, "main", RUNS))
}

/// A message about an order: look at the words, write down the country, answer.
fn graph() -> Result<Graph> {
    let kind = TriggerKind::MessageMatches { how: Match::Contains, words: vec!["order".into()] };
    let trigger = Trigger { kind, conditions: Conditions::default(), once_per_contact: false };
    let test = Test {
        subject: Subject::LastIncoming {},
        operator: Operator::Contains,
        values: vec!["on its way".into()],
    };
    let conditions = Conditions { tests: vec![test], ..Conditions::default() };
    let branch = Branch { branches: vec![Way { name: "Delivery".into(), conditions }] };
    let field = FieldKey::new("country").ok().context("the name of a field")?;
    let update = UpdateField { field: Some(field), value: "SE".into() };
    let say = SendMessage { content: Content::text("It is on its way, and comes on Tuesday.") };
    let mut graph = Graph { trigger: Some(trigger), ..Graph::default() };
    let branch = graph.insert(Place::First, "Delivery?".into(), StepKind::Branch(branch))?;
    let way = Place::After(branch, Exit::Branch(1));
    let update = graph.insert(way, "Country".into(), StepKind::UpdateContactField(update))?;
    graph.insert(Place::After(update, Exit::Next), "Answer".into(), StepKind::SendMessage(say))?;
    Ok(graph)
}

/// Every run is over, and its log has a line for each turn.
fn every_step_is_kept(folder: &Path) -> Result<()> {
    let database = Connection::open(flow::database(folder))?;
    let count = |sql: &str| database.query_row(sql, [], |row| row.get::<_, i64>(0));
    let ended = count("select count(*) from run where reason = 'completed'")?;
    // The condition, the field, the message, and that Meta took it.
    let lines = count("select count(*) from run_line")?;
    let runs = i64::try_from(RUNS)?;
    if (ended, lines) != (runs, 4 * runs) {
        bail!("{ended} of {RUNS} runs are complete, with {lines} lines in their logs");
    }
    Ok(())
}

/// The Meta that counts, on the core of the load.
struct Meta {
    part: Part,
    address: SocketAddr,
}

impl Meta {
    fn start() -> Result<Self> {
        let mut part = Part::start(&["meta".to_owned()])?;
        let address = part.hear()?.parse()?;
        Ok(Self { part, address })
    }

    /// How many a second are answered once everybody writes.
    fn rate(&mut self, everybody_writes: impl FnOnce() -> Result<()>) -> Result<f64> {
        self.part.tell(&RUNS.to_string())?;
        let start = Instant::now();
        everybody_writes()?;
        self.part.hear()?;
        let seconds = start.elapsed().as_secs_f64();
        let taken: Taken = serde_json::from_str(&self.part.hear()?)?;
        if (taken.messages as u64, taken.again) != (RUNS, 0) {
            bail!("{RUNS} customers wrote, and Meta took {taken:?}");
        }
        #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
        let rate = RUNS as f64 / seconds;
        eprintln!("  {rate:.0} answered/s");
        Ok(rate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::workflow::check::{Workspace, check};

    #[test]
    fn what_is_measured_could_be_published() {
        let graph = graph().expect("a graph");
        let fields = domain::workflow::field::builtin();
        let flaws = check(&graph, &Workspace { fields, ..Workspace::default() });
        assert!(flaws.is_empty(), "{flaws:?}");
    }
}
