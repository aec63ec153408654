//! How late a hundred thousand waiting runs go on, a thousand of them each second, with a restart in between.

use super::Stage;
use crate::baton::Baton;
use crate::flow;
use crate::load::event::PAGE;
use crate::machine::{Weather, stay_on};
use crate::process::LOAD;
use crate::report::{Row, Unit};
use crate::stats::Series;
use anyhow::{Context, Result, bail};
use domain::conversation::standing::Standing;
use domain::workflow::condition::Conditions;
use domain::workflow::graph::{Graph, Place};
use domain::workflow::run::State;
use domain::workflow::step::StepKind;
use domain::workflow::steps::flow::WaitStep;
use domain::workflow::trigger::{Trigger, TriggerKind};
use domain::workflow::turn::{Hold, Wait};
use domain::{DAY, HOUR, SECOND, Timestamp};
use rusqlite::{Connection, OpenFlags, params};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

const PENDING: i64 = 100_000;
/// One each millisecond.
const DUE: i64 = 20 * SECOND;
/// Filling the database and starting the server take less than this.
const LEAD: i64 = 12 * SECOND;
/// How long after the last was due all have to be over.
const PATIENCE: Duration = Duration::from_secs(60);

/// Measures the real server; there is no anchor.
///
/// # Errors
/// When a server does not start, or a timer is lost or rings twice.
pub fn measure(stage: &Stage) -> Result<Vec<Row>> {
    stay_on(LOAD);
    let row = |name: &str, must| Row::new(name, Unit::Millis, must);
    let mut median = row("timers, 1,000 due/s of 100,000, late, median", "–");
    let mut worst = row("timers, 1,000 due/s of 100,000, late, p99", "≤ 500 ms");
    let mut calm = row("timers, late, p99 without the restart", "–");
    for round in 1..=stage.rounds {
        let turn = stage.turn(&format!("timers {round}, Baton"))?;
        let late = late(&turn.folder, turn.graph)?;
        for (row, value) in [
            (&mut median, late.all.median()),
            (&mut worst, late.all.percentile(0.99)),
            (&mut calm, late.calm.percentile(0.99)),
        ] {
            tell(row, value, turn.weather);
        }
    }
    Ok(vec![median, worst, calm])
}

fn tell(row: &mut Row, value: Option<f64>, weather: Weather) {
    if let Some(value) = value {
        row.ours(value, weather);
    }
}

/// How late they were, in milliseconds.
struct Late {
    all: Series,
    /// Those that were due well before or well after the restart.
    calm: Series,
}

fn late(folder: &Path, graph: SocketAddr) -> Result<Late> {
    drop(Baton::start(folder, graph)?);
    let workflow = flow::publish(folder, "Waits", &waiting()?)?;
    let begin = fill(folder, &workflow)?;
    let mut baton = Baton::again(folder, graph)?;
    let mut watch = Watch::open(folder)?;
    watch.until(begin + DUE / 2)?;
    // The kill.
    drop(baton);
    baton = Baton::again(folder, graph)?;
    let back = now()?;
    watch.until_all()?;
    drop(baton);
    every_timer_rang_once(folder)?;
    #[expect(clippy::cast_precision_loss, reason = "some seconds in milliseconds")]
    let late = |(due, seen): (&i64, &i64)| (due - begin, (seen - due).max(0) as f64);
    let all: Vec<(i64, f64)> = watch.seen.iter().map(late).collect();
    let restart = DUE / 2..back - begin + SECOND;
    let calm = all.iter().filter(|(due, _)| !restart.contains(due)).map(|(_, late)| *late).collect();
    let all: Series = all.iter().map(|(_, late)| *late).collect();
    eprintln!("  the restart took {} ms", back - begin - DUE / 2);
    Ok(Late { all, calm })
}

/// Somebody who sees what is committed as soon as it is, as browsers do: by the numbered log.
struct Watch {
    database: Connection,
    number: i64,
    /// When each was seen to be over, by when it was due.
    seen: HashMap<i64, i64>,
    /// Until when each waits; found by its id.
    due: HashMap<String, i64>,
}

impl Watch {
    fn open(folder: &Path) -> Result<Self> {
        let database = Connection::open_with_flags(flow::database(folder), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        database.busy_timeout(Duration::from_secs(5))?;
        let mut due = HashMap::new();
        {
            let mut runs = database.prepare("select id, until from run where until < ?1")?;
            let mut rows = runs.query([now()? + HOUR])?;
            while let Some(row) = rows.next()? {
                let id: [u8; 16] = row.get(0)?;
                due.insert(uuid_of(&id), row.get(1)?);
            }
        }
        Ok(Self { database, number: 0, seen: HashMap::new(), due })
    }

    fn until(&mut self, at: i64) -> Result<()> {
        while now()? < at {
            self.look()?;
        }
        Ok(())
    }

    fn until_all(&mut self) -> Result<()> {
        let wanted = usize::try_from(DUE)?;
        let end = Instant::now() + Duration::from_millis(DUE.unsigned_abs()) + PATIENCE;
        while self.seen.len() < wanted {
            self.look()?;
            if Instant::now() > end {
                bail!("{} of {wanted} timers rang", self.seen.len());
            }
        }
        Ok(())
    }

    fn look(&mut self) -> Result<()> {
        let mut changes =
            self.database.prepare_cached("select n, body from change where n > ?1 order by n")?;
        let mut rows = changes.query([self.number])?;
        while let Some(row) = rows.next()? {
            self.number = row.get(0)?;
            let body: String = row.get(1)?;
            if !body.starts_with(r#"{"kind":"run""#) || !body.contains(r#""state":"ended""#) {
                continue;
            }
            let body: serde_json::Value = serde_json::from_str(&body)?;
            let id = body["run"]["id"].as_str().context("the id of a run")?;
            let due = *self.due.get(id).context("a run that was not due")?;
            if self.seen.insert(due, now()?).is_some() {
                bail!("the run {id} went on twice");
            }
        }
        drop(rows);
        std::thread::sleep(Duration::from_millis(2));
        Ok(())
    }
}

/// An id of 16 bytes, as it is written in JSON.
fn uuid_of(id: &[u8; 16]) -> String {
    let hex: String = id.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

fn now() -> Result<i64> {
    Ok(i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis())?)
}

fn waiting() -> Result<Graph> {
    let kind = TriggerKind::Manual {};
    let trigger = Trigger { kind, conditions: Conditions::default(), once_per_contact: false };
    let mut graph = Graph { trigger: Some(trigger), ..Graph::default() };
    graph.insert(Place::First, "Wait".into(), StepKind::Wait(WaitStep { duration_ms: DAY }))?;
    Ok(graph)
}

/// Lets a hundred thousand contacts wait, one each in a conversation of their own; when the first is due.
fn fill(folder: &Path, workflow: &[u8; 16]) -> Result<i64> {
    let begin = now()? + LEAD;
    let at = begin - DAY;
    let step = waiting()?.first.context("a step")?;
    let mut database = Connection::open(flow::database(folder))?;
    let tx = database.transaction()?;
    {
        let mut contact = tx.prepare(
            "insert into contact (id, page_id, psid, name, name_folded, profile_at) values (?1, ?2, ?3, ?4, ?4, 0)",
        )?;
        let mut conversation = tx.prepare(
            "insert into conversation (id, page_id, psid, contact_id, status, owner, unread, standing, failed,
                updated_at, version)
             values (?1, ?2, ?3, ?4, ?5, ?6, false, ?7, 0, ?8, 1)",
        )?;
        let mut enrolment = tx.prepare("insert into enrolment values (?1, ?2, ?3)")?;
        let mut run = tx.prepare(
            "insert into run (id, workflow_id, version, contact_id, conversation_id, phase, step, wait, until, state,
                found, jumps, lines, test, started_at)
             values (?1, ?2, ?3, ?4, ?5, 'waiting', ?6, 'time', ?7, ?8, '{}', '{}', 1, false, ?9)",
        )?;
        let mut line = tx.prepare(
            "insert into run_line (run_id, n, at, step, because, found, effects)
             values (?1, 1, ?2, ?3, '{\"because\":\"done\"}', '[]', '[]')",
        )?;
        let standing = Standing::default();
        let (status, owner) = (standing.status.as_str(), standing.control.owner.kind().as_str());
        let standing = serde_json::to_string(&standing)?;
        for n in 0..PENDING {
            let id = |kind: i128| (kind << 96 | i128::from(n)).to_be_bytes();
            let psid = format!("8{n:015}");
            contact.execute(params![id(1), PAGE, psid, format!("customer {n}")])?;
            conversation.execute(params![id(2), PAGE, psid, id(1), status, owner, standing, at])?;
            enrolment.execute(params![workflow, id(1), at])?;
            let until = begin + if n < DUE { n } else { DAY };
            let hold = Hold { wait: Wait::Time, until: Some(Timestamp(until)) };
            let state = serde_json::to_string(&State::Waiting { at: step, hold })?;
            run.execute(params![id(3), workflow, flow::VERSION, id(1), id(2), step.0, until, state, at])?;
            line.execute(params![id(3), at, step.0])?;
        }
    }
    tx.commit()?;
    database.execute_batch("pragma wal_checkpoint(truncate)")?;
    Ok(begin)
}

/// Nobody who was due waits, nobody else went on, and nobody's log has a line too many.
fn every_timer_rang_once(folder: &Path) -> Result<()> {
    let database = Connection::open(flow::database(folder))?;
    let count = |sql: &str| database.query_row(sql, [], |row| row.get::<_, i64>(0));
    let ended = count("select count(*) from run where reason = 'completed'")?;
    let waiting = count("select count(*) from run where phase = 'waiting'")?;
    let lines = count("select count(*) from run_line")?;
    if (ended, waiting, lines) != (DUE, PENDING - DUE, PENDING + DUE) {
        bail!("of {DUE} timers {ended} rang; {waiting} wait, with {lines} lines in the logs");
    }
    Ok(())
}
