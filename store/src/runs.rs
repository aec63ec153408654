//! Runs: who is where in which workflow, what each turn did, and why a contact did not enter.

use crate::{Error, Result, Tx, text};
use domain::workflow::exit::Exit;
use domain::workflow::run::{NonStart, Progress, Run, State};
use domain::workflow::turn::Input;
use domain::{ContactId, ConversationId, RunId, Timestamp, WorkflowId};
use uuid::Uuid;

/// A run as use cases read and write it.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    pub run: Run,
    /// What the call or message is that it waits for.
    pub ticket: Option<Uuid>,
    /// How many lines its log has.
    pub lines: i64,
    /// Whether somebody tests the workflow.
    pub test: bool,
}

/// A line of a run's log.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub n: i64,
    pub at: Timestamp,
    pub progress: Progress,
    /// What came in; nothing when the step was entered.
    pub input: Option<Input>,
    /// The message it sent, or the call it made.
    pub ticket: Option<Uuid>,
}

/// The columns of a run, and which.
macro_rules! runs_where {
    ($condition:literal) => {
        concat!(
            "select id, workflow_id, version, contact_id, conversation_id, ticket, state, found, jumps, lines, test, ",
            "started_at from run where ",
            $condition
        )
    };
}

/// A job that asks who a customer is has the id of the conversation; on its first try it is being worked on or waits.
macro_rules! first_look {
    () => {
        "(o.attempts = 0 or o.attempts = 1 and o.locked_until is not null)"
    };
}
statements! {
    /// A contact that is enrolled does not enter again: the index says so.
    ADD = "
        insert into run (id, workflow_id, version, contact_id, conversation_id, phase, step, wait, until, ticket,
            state, found, jumps, lines, test, started_at)
        values ($1, $2, $3, $4, $5, $6, $7, null, null, null, $8, $9, $10, 0, $11, $12)
        on conflict do nothing";
    ENROL = "
        insert into enrolment (workflow_id, contact_id, first_at) values ($1, $2, $3)
        on conflict (workflow_id, contact_id) do nothing";
    ENROLLED = "
        select (select count(*) from run where workflow_id = $1 and contact_id = $2 and phase <> 'ended' and not test) as now,
            (select count(*) from enrolment where workflow_id = $1 and contact_id = $2) as ever";
    SAVE = "
        update run set phase = $2, step = $3, wait = $4, until = $5, ticket = $6, state = $7, found = $8, jumps = $9,
            lines = $10, ended_at = $11, reason = $12
        where id = $1 and phase <> 'ended'";
    FIND = (runs_where!("id = $1"));
    LOCK = {
        sqlite: runs_where!("id = $1"),
        postgres: concat!(runs_where!("id = $1"), " for update"),
    };
    GOING_OF = (concat!(runs_where!("conversation_id = $1 and phase <> 'ended'"), " order by started_at, id"));
    LOCK_GOING_OF = {
        sqlite: concat!(runs_where!("conversation_id = $1 and phase <> 'ended'"), " order by started_at, id"),
        postgres: concat!(
            runs_where!("conversation_id = $1 and phase <> 'ended'"), " order by started_at, id for update"
        ),
    };
    OF = (concat!(runs_where!("conversation_id = $1"), " order by started_at desc, id desc limit $2"));
    OF_WORKFLOW = (concat!(
        runs_where!("workflow_id = $1 and (started_at, id) < ($2, $3)"), " order by started_at desc, id desc limit $4"
    ));
    ONGOING_OF_WORKFLOW = (concat!(
        runs_where!("workflow_id = $1 and (started_at, id) < ($2, $3) and phase <> 'ended'"),
        " order by started_at desc, id desc limit $4"
    ));
    ENDED_OF_WORKFLOW = (concat!(
        runs_where!("workflow_id = $1 and (started_at, id) < ($2, $3) and phase = 'ended'"),
        " order by started_at desc, id desc limit $4"
    ));
    EJECT = "
        update run set phase = 'ended', step = null, wait = null, until = null, ticket = null, state = $3, found = '{}',
            jumps = '{}', ended_at = $4, reason = $5
        where id = $1 and workflow_id = $2 and phase <> 'ended'";
    /// The index over broken runs has the same words.
    BROKEN = "
        select id, workflow_id, version, contact_id, conversation_id, ticket, state, found, jumps, lines, test,
            started_at
        from (
            select id, workflow_id, version, contact_id, conversation_id, ticket, state, found, jumps, lines, test,
                started_at, row_number() over (partition by workflow_id order by ended_at desc, id desc) as place
            from run where reason in ('internal_error', 'send_failed') and not test and ended_at >= $1
        ) as broken where place = 1 order by workflow_id";
    RUNNING = "select workflow_id, count(*) as runs from run where phase <> 'ended' and not test group by workflow_id";
    WAYS = "
        select l.step, l.way, count(distinct l.run_id) as runs from run_line l join run r on r.id = l.run_id
        where r.workflow_id = $1 and r.version = $2 and not r.test and l.way is not null group by l.step, l.way order by l.step, l.way";
    LEFT_BEHIND = "
        select distinct r.workflow_id from run r join workflow w on w.id = r.workflow_id
        where r.phase <> 'ended' and not r.test and w.status <> 'published'";
    ACTIVE_OF_WORKFLOW = (concat!(
        runs_where!("workflow_id = $1 and phase <> 'ended' and test = $2"), " order by started_at, id limit $3"
    ));
    BY_TICKET = (runs_where!("ticket = $1 and phase = 'waiting'"));
    FIRST_IN_LINE = "
        select id, conversation_id, workflow_id, version, step from (
            select id, conversation_id, workflow_id, version, step, started_at,
                row_number() over (partition by workflow_id, version, step order by started_at, id) as place
            from run where wait = $1 and phase = 'waiting'
        ) as line where place = 1 order by started_at, id";
    DUE = "select id, conversation_id from run where phase = 'waiting' and until <= $1 order by until, id limit $2";
    READY = (concat!(
        "select id, conversation_id from run r where phase = 'going' and not exists (select 1 from outbox o
            where o.id = r.conversation_id and ", first_look!(), ")
        order by started_at, id limit $1"
    ));
    INTRODUCES = (concat!("select count(*) from outbox o where o.id = $1 and ", first_look!()));
    NEXT_DUE = "select min(until) from run where phase = 'waiting'";
    LINES = "
        select n, at, step, because, found, effects, way, input, ticket from run_line where run_id = $1 order by n";
    STAY_OUT = "
        insert into non_start (id, workflow_id, contact_id, at, reason, detail) values ($1, $2, $3, $4, $5, $6)";
    NON_STARTS = "
        select workflow_id, at, detail from non_start where contact_id = $1 order by at desc, id desc limit $2";
    NON_START_REASONS = "
        select reason as word, count(*) as times from non_start where workflow_id = $1 group by reason order by 1";
    PRUNE_NON_STARTS = "delete from non_start where at < $1";
    REASONS = "
        select coalesce(reason, phase) as word, count(*) as runs from run
        where workflow_id = $1 and version = $2 and not test group by coalesce(reason, phase) order by 1";
    VERSIONS = "
        select version, count(*) as runs from run where workflow_id = $1 and not test
        group by version order by version desc";
    REACHED = "
        select l.step, count(distinct l.run_id) as runs from run_line l join run r on r.id = l.run_id
        where r.workflow_id = $1 and r.version = $2 and not r.test group by l.step order by l.step";
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    workflow_id: Uuid,
    version: i64,
    contact_id: Uuid,
    conversation_id: Uuid,
    ticket: Option<Uuid>,
    state: String,
    found: String,
    jumps: String,
    lines: i64,
    test: bool,
    started_at: i64,
}

impl TryFrom<Row> for Record {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        let run = Run {
            id: RunId(row.id),
            workflow: WorkflowId(row.workflow_id),
            version: row.version,
            contact: ContactId(row.contact_id),
            conversation: ConversationId(row.conversation_id),
            started_at: Timestamp(row.started_at),
            state: text::read("run", &row.state)?,
            found: text::read("run", &row.found)?,
            jumps: text::read("run", &row.jumps)?,
        };
        Ok(Self { run, ticket: row.ticket, lines: row.lines, test: row.test })
    }
}

fn all_of(rows: Vec<Row>) -> Result<Vec<Record>> {
    rows.into_iter().map(Record::try_from).collect()
}

/// What of a state is looked for in columns of its own.
struct Columns {
    phase: &'static str,
    step: Option<i64>,
    wait: Option<String>,
    until: Option<i64>,
}

fn columns(state: &State) -> Result<Columns> {
    let none = Columns { phase: "ended", step: None, wait: None, until: None };
    Ok(match state {
        State::Going { to } => Columns { phase: "going", step: Some(i64::from(to.0)), ..none },
        State::Waiting { at, hold } => Columns {
            phase: "waiting",
            step: Some(i64::from(at.0)),
            wait: Some(text::write("run", &hold.wait)?.trim_matches('"').to_owned()),
            until: hold.until.map(Timestamp::ms),
        },
        State::Ended { .. } => none,
    })
}

/// Starts a run. `false`: the contact is in this workflow already (WF-76).
pub async fn add(tx: &mut Tx, record: &Record) -> Result<bool> {
    let run = &record.run;
    let Columns { phase, step, .. } = columns(&run.state)?;
    let (state, found) = (text::write("run", &run.state)?, text::write("run", &run.found)?);
    let jumps = text::write("run", &run.jumps)?;
    let added = execute!(
        tx,
        ADD,
        run.id.0,
        run.workflow.0,
        run.version,
        run.contact.0,
        run.conversation.0,
        phase,
        step,
        &state,
        &found,
        &jumps,
        record.test,
        run.started_at.ms(),
    );
    if added == 1 && !record.test {
        execute!(tx, ENROL, run.workflow.0, run.contact.0, run.started_at.ms());
    }
    Ok(added == 1)
}

/// Whether a contact is in a workflow now, and whether it ever was.
pub async fn enrolled(tx: &mut Tx, workflow: WorkflowId, contact: ContactId) -> Result<(bool, bool)> {
    let (now, ever): (i64, i64) = fetch_one!(tx, ENROLLED, workflow.0, contact.0);
    Ok((now > 0, ever > 0))
}

/// Saves a run after a turn. [`Error::Conflict`] when it had ended: an end is for good.
pub async fn save(tx: &mut Tx, record: &Record) -> Result<()> {
    let run = &record.run;
    let Columns { phase, step, wait, until } = columns(&run.state)?;
    let (ended_at, reason) = match &run.state {
        State::Ended { reason, at } => (Some(at.ms()), Some(reason.as_str())),
        State::Going { .. } | State::Waiting { .. } => (None, None),
    };
    let (state, found) = (text::write("run", &run.state)?, text::write("run", &run.found)?);
    let jumps = text::write("run", &run.jumps)?;
    let saved = execute!(
        tx,
        SAVE,
        run.id.0,
        phase,
        step,
        wait.as_deref(),
        until,
        record.ticket,
        &state,
        &found,
        &jumps,
        record.lines,
        ended_at,
        reason,
    );
    if saved == 1 { Ok(()) } else { Err(Error::Conflict) }
}

/// One run.
pub async fn find(tx: &mut Tx, id: RunId) -> Result<Option<Record>> {
    let row: Option<Row> = fetch_optional!(tx, FIND, id.0);
    row.map(Record::try_from).transpose()
}

/// One run to move. On PostgreSQL no other node can move it until this transaction ends.
pub async fn lock(tx: &mut Tx, id: RunId) -> Result<Option<Record>> {
    let row: Option<Row> = fetch_optional!(tx, LOCK, id.0);
    row.map(Record::try_from).transpose()
}

/// The runs of a conversation that have not ended, the oldest first.
pub async fn going_of(tx: &mut Tx, conversation: ConversationId) -> Result<Vec<Record>> {
    all_of(fetch_all!(tx, GOING_OF, conversation.0))
}

/// The runs of a conversation, the newest first.
pub async fn of(tx: &mut Tx, conversation: ConversationId, limit: i64) -> Result<Vec<Record>> {
    all_of(fetch_all!(tx, OF, conversation.0, limit))
}

/// The same, to move them. On PostgreSQL no other node can until this transaction ends.
pub async fn lock_going_of(tx: &mut Tx, conversation: ConversationId) -> Result<Vec<Record>> {
    all_of(fetch_all!(tx, LOCK_GOING_OF, conversation.0))
}

/// Which runs of a workflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    All,
    Ongoing,
    Ended,
}

/// The runs of a workflow, the newest first. `before`: the place of the last one of the page before.
pub async fn of_workflow(
    tx: &mut Tx,
    workflow: WorkflowId,
    which: Which,
    before: Option<(Timestamp, Uuid)>,
    limit: i64,
) -> Result<Vec<Record>> {
    let (at, id) = before.map_or((i64::MAX, Uuid::max()), |(at, id)| (at.ms(), id));
    all_of(match which {
        Which::All => fetch_all!(tx, OF_WORKFLOW, workflow.0, at, id, limit),
        Which::Ongoing => fetch_all!(tx, ONGOING_OF_WORKFLOW, workflow.0, at, id, limit),
        Which::Ended => fetch_all!(tx, ENDED_OF_WORKFLOW, workflow.0, at, id, limit),
    })
}

/// Some of the runs of a workflow that have not ended: those of contacts, or those of a test.
pub async fn active_of_workflow(
    tx: &mut Tx,
    workflow: WorkflowId,
    test: bool,
    limit: i64,
) -> Result<Vec<Record>> {
    all_of(fetch_all!(tx, ACTIVE_OF_WORKFLOW, workflow.0, test, limit))
}

/// Ends a run from outside, whatever it waits for. `false`: it had ended.
pub async fn eject(tx: &mut Tx, run: &Run) -> Result<bool> {
    let State::Ended { reason, at } = &run.state else { return Ok(false) };
    let state = text::write("run", &run.state)?;
    Ok(execute!(tx, EJECT, run.id.0, run.workflow.0, &state, at.ms(), reason.as_str()) == 1)
}

/// How many contacts are in which workflow now.
pub async fn running(tx: &mut Tx) -> Result<Vec<(WorkflowId, i64)>> {
    let rows: Vec<(Uuid, i64)> = fetch_all!(tx, RUNNING);
    Ok(rows.into_iter().map(|(id, count)| (WorkflowId(id), count)).collect())
}

/// The newest run of each workflow that broke since then. Tests do not count.
pub async fn broken(tx: &mut Tx, since: Timestamp) -> Result<Vec<Record>> {
    all_of(fetch_all!(tx, BROKEN, since.ms()))
}

/// The versions of a workflow that contacts entered, the newest first, each with how many.
pub async fn versions(tx: &mut Tx, workflow: WorkflowId) -> Result<Vec<(i64, i64)>> {
    Ok(fetch_all!(tx, VERSIONS, workflow.0))
}

/// Stopped workflows that somebody is still in: a crash came between the stop and the end of the runs.
pub async fn left_behind(tx: &mut Tx) -> Result<Vec<WorkflowId>> {
    let rows: Vec<(Uuid,)> = fetch_all!(tx, LEFT_BEHIND);
    Ok(rows.into_iter().map(|(id,)| WorkflowId(id)).collect())
}

/// The run that waits for this message or call.
pub async fn by_ticket(tx: &mut Tx, ticket: Uuid) -> Result<Option<Record>> {
    let row: Option<Row> = fetch_optional!(tx, BY_TICKET, ticket);
    row.map(Record::try_from).transpose()
}

/// Where runs stand in line: at the same step of the same version they wait for the same.
pub type Queue = (WorkflowId, i64, i64);

/// The longest waiting run of every queue for something of this kind, the longest waiting first.
pub async fn first_in_line(tx: &mut Tx, wait: &str) -> Result<Vec<(RunId, ConversationId, Queue)>> {
    let rows: Vec<(Uuid, Uuid, Uuid, i64, i64)> = fetch_all!(tx, FIRST_IN_LINE, wait);
    let read = |(run, conversation, workflow, version, step)| {
        (RunId(run), ConversationId(conversation), (WorkflowId(workflow), version, step))
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Runs whose waiting is over.
pub async fn due(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<(RunId, ConversationId)>> {
    let rows: Vec<(Uuid, Uuid)> = fetch_all!(tx, DUE, now.ms(), limit);
    Ok(rows.into_iter().map(|(run, conversation)| (RunId(run), ConversationId(conversation))).collect())
}

/// Whether Meta is being asked for the first time who the customer of a conversation is. Runs wait for the answer, so
/// that a greeting knows the name; they do not wait for a second try.
pub async fn introduces(tx: &mut Tx, conversation: ConversationId) -> Result<bool> {
    let (asked,): (i64,) = fetch_one!(tx, INTRODUCES, conversation.0);
    Ok(asked > 0)
}

/// Runs that are about to enter a step: started, or stopped in the middle by a crash.
pub async fn ready(tx: &mut Tx, limit: i64) -> Result<Vec<(RunId, ConversationId)>> {
    let rows: Vec<(Uuid, Uuid)> = fetch_all!(tx, READY, limit);
    Ok(rows.into_iter().map(|(run, conversation)| (RunId(run), ConversationId(conversation))).collect())
}

/// When the next waiting is over.
pub async fn next_due(tx: &mut Tx) -> Result<Option<Timestamp>> {
    let (at,): (Option<i64>,) = fetch_one!(tx, NEXT_DUE);
    Ok(at.map(Timestamp))
}

const LOG: &str = "insert into run_line (run_id, n, at, step, because, found, effects, way, input, ticket) ";

/// Lines that a transaction adds to the logs of runs, written when it commits.
#[derive(Debug, Default)]
pub(crate) struct NewLines(Vec<NewLine>);

#[derive(Debug)]
struct NewLine {
    run: Uuid,
    row: LineRow,
}

/// Adds a line to a run's log.
pub fn log(tx: &mut Tx, run: RunId, line: &Line) -> Result<()> {
    let Line { n, at, progress, input, ticket } = line;
    let input = input.as_ref().map(|input| text::write("run_line", input)).transpose()?;
    let row = LineRow {
        n: *n,
        at: at.ms(),
        step: i64::from(progress.step.0),
        because: text::write("run_line", &progress.because)?,
        found: text::write("run_line", &progress.found)?,
        effects: text::write("run_line", &progress.effects)?,
        way: progress.exit.map(|exit| exit.to_string()),
        input,
        ticket: *ticket,
    };
    tx.run_lines.0.push(NewLine { run: run.0, row });
    Ok(())
}

/// Writes what a transaction added to logs.
pub(crate) async fn write_lines(tx: &mut Tx) -> Result<()> {
    let lines = std::mem::take(&mut tx.run_lines.0);
    insert_all!(
        tx,
        LOG,
        &lines,
        |NewLine { run, row }| *run,
        row.n,
        row.at,
        row.step,
        row.because.as_str(),
        row.found.as_str(),
        row.effects.as_str(),
        row.way.as_deref(),
        row.input.as_deref(),
        row.ticket
    );
    Ok(())
}

#[derive(Debug, sqlx::FromRow)]
struct LineRow {
    n: i64,
    at: i64,
    step: i64,
    because: String,
    found: String,
    effects: String,
    way: Option<String>,
    input: Option<String>,
    ticket: Option<Uuid>,
}

/// A run's log, from its beginning.
pub async fn lines(tx: &mut Tx, run: RunId) -> Result<Vec<Line>> {
    write_lines(tx).await?;
    let rows: Vec<LineRow> = fetch_all!(tx, LINES, run.0);
    rows.into_iter()
        .map(|row| {
            let unknown = |what: String| Error::Inconsistent { table: "run_line", what };
            let step = u32::try_from(row.step).map_err(|error| unknown(error.to_string()))?;
            let exit = row.way.map(|way| way.parse()).transpose();
            let progress = Progress {
                step: domain::workflow::graph::StepId(step),
                effects: text::read("run_line", &row.effects)?,
                found: text::read("run_line", &row.found)?,
                because: text::read("run_line", &row.because)?,
                exit: exit.map_err(|_| unknown("a way out nobody knows".into()))?,
            };
            let input = row.input.map(|input| text::read("run_line", &input)).transpose()?;
            Ok(Line { n: row.n, at: Timestamp(row.at), progress, input, ticket: row.ticket })
        })
        .collect()
}

/// Notes why a contact did not enter.
pub async fn stay_out(
    tx: &mut Tx,
    id: Uuid,
    workflow: WorkflowId,
    contact: ContactId,
    why: &NonStart,
    now: Timestamp,
) -> Result<()> {
    let detail = text::write("non_start", why)?;
    execute!(tx, STAY_OUT, id, workflow.0, contact.0, now.ms(), why.as_str(), &detail);
    Ok(())
}

/// Why a contact did not enter, the newest first.
pub async fn non_starts(
    tx: &mut Tx,
    contact: ContactId,
    limit: i64,
) -> Result<Vec<(WorkflowId, Timestamp, NonStart)>> {
    let rows: Vec<(Uuid, i64, String)> = fetch_all!(tx, NON_STARTS, contact.0, limit);
    let read = |(workflow, at, detail): (Uuid, i64, String)| {
        Ok((WorkflowId(workflow), Timestamp(at), text::read("non_start", &detail)?))
    };
    rows.into_iter().map(read).collect()
}

/// How often contacts did not enter a workflow for which reason.
pub async fn non_start_reasons(tx: &mut Tx, workflow: WorkflowId) -> Result<Vec<(String, i64)>> {
    Ok(fetch_all!(tx, NON_START_REASONS, workflow.0))
}

/// Forgets old ones; answers how many.
pub async fn prune_non_starts(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    Ok(execute!(tx, PRUNE_NON_STARTS, before.ms()))
}

/// How many runs of a version ended for which reason; `going` and `waiting` have not.
pub async fn reasons(tx: &mut Tx, workflow: WorkflowId, version: i64) -> Result<Vec<(String, i64)>> {
    Ok(fetch_all!(tx, REASONS, workflow.0, version))
}

/// How many runs of a version left which step by which way.
pub async fn ways(tx: &mut Tx, workflow: WorkflowId, version: i64) -> Result<Vec<(u32, Exit, i64)>> {
    let rows: Vec<(i64, String, i64)> = fetch_all!(tx, WAYS, workflow.0, version);
    let read =
        |(step, way, count): (i64, String, i64)| Some((u32::try_from(step).ok()?, way.parse().ok()?, count));
    Ok(rows.into_iter().filter_map(read).collect())
}

/// How many runs of a version reached which step.
pub async fn reached(tx: &mut Tx, workflow: WorkflowId, version: i64) -> Result<Vec<(u32, i64)>> {
    let rows: Vec<(i64, i64)> = fetch_all!(tx, REACHED, workflow.0, version);
    Ok(rows.into_iter().filter_map(|(step, count)| Some((u32::try_from(step).ok()?, count))).collect())
}
