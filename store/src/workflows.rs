//! Workflows: what is being built, what was published, and what somebody has not saved yet.

use crate::{Error, Result, Tx, text};
use domain::workflow::graph::Graph;
use domain::workflow::settings::Settings;
use domain::workflow::status::Status;
use domain::workflow::view::Editor;
use domain::{PersonId, Timestamp, WorkflowId};
use uuid::Uuid;

/// A workflow as use cases read and write it.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    pub id: WorkflowId,
    pub name: String,
    pub description: String,
    pub status: Status,
    pub settings: Settings,
    /// What was saved last.
    pub graph: Graph,
    /// Counts saves.
    pub revision: i64,
    /// The newest published version, 0 before the first.
    pub version: i64,
    pub created_by: String,
    pub created_at: Timestamp,
    pub published_by: Option<String>,
    pub published_at: Option<Timestamp>,
}

/// What somebody builds and has not saved.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkingCopy {
    pub graph: Graph,
    /// The revision it began from.
    pub revision: i64,
    pub updated_at: Timestamp,
}

statements! {
    ADD = "
        insert into workflow (id, name, name_folded, description, status, settings, graph, trigger_kind, revision,
            version, created_by, created_at)
        values ($1, $2, $3, $4, 'draft', $5, $6, $7, 1, 0, $8, $9)
        on conflict (name_folded) do nothing";
    /// Only if nobody saved it since it was read.
    SAVE = "
        update workflow set
            name = $3, name_folded = $4, description = $5, status = $6, settings = $7, graph = $8,
            trigger_kind = $9, version = $10, published_by = $11, published_at = $12, revision = revision + 1
        where id = $1 and revision = $2";
    NAME_TAKEN = "select count(*) from workflow where name_folded = $1 and id <> $2";
    FIND = "
        select id, name, description, status, settings, graph, revision, version, created_by, created_at,
            published_by, published_at
        from workflow where id = $1";
    LOCK = {
        sqlite: "
            select id, name, description, status, settings, graph, revision, version, created_by, created_at,
                published_by, published_at
            from workflow where id = $1",
        postgres: "
            select id, name, description, status, settings, graph, revision, version, created_by, created_at,
                published_by, published_at
            from workflow where id = $1 for update",
    };
    /// Whoever wants to stop it waits until we are done.
    HOLD = {
        sqlite: "select status from workflow where id = $1",
        postgres: "select status from workflow where id = $1 for share",
    };
    FORGET_TEST = "delete from workflow_test where workflow_id = $1";
    ALL = "
        select id, name, description, status, settings, graph, revision, version, created_by, created_at,
            published_by, published_at
        from workflow order by name_folded";
    PUBLISHED = "
        select id, name, description, status, settings, graph, revision, version, created_by, created_at,
            published_by, published_at
        from workflow where status = 'published' order by id";
    FOR_TRIGGER = "
        select id, name, description, status, settings, graph, revision, version, created_by, created_at,
            published_by, published_at
        from workflow where status = 'published' and trigger_kind = $1 order by id";
    COUNT = "select count(*) from workflow";
    REMOVE_COPIES = "delete from working_copy where workflow_id = $1";
    REMOVE_VERSIONS = "delete from workflow_version where workflow_id = $1";
    REMOVE_ENROLMENTS = "delete from enrolment where workflow_id = $1";
    REMOVE_NON_STARTS = "delete from non_start where workflow_id = $1";
    REMOVE_LINES = "delete from run_line where run_id in (select id from run where workflow_id = $1)";
    REMOVE_RUNS = "delete from run where workflow_id = $1";
    REMOVE = "delete from workflow where id = $1";
    FREEZE = "
        insert into workflow_version (workflow_id, version, graph, published_by, published_at)
        values ($1, $2, $3, $4, $5)";
    VERSION = "select graph from workflow_version where workflow_id = $1 and version = $2";
    VERSIONS = "
        select version, published_by, published_at from workflow_version where workflow_id = $1 order by version desc";
    KEEP_COPY = "
        insert into working_copy (workflow_id, person_id, graph, revision, updated_at) values ($1, $2, $3, $4, $5)
        on conflict (workflow_id, person_id) do update set
            graph = excluded.graph, revision = excluded.revision, updated_at = excluded.updated_at";
    COPY = "select graph, revision, updated_at from working_copy where workflow_id = $1 and person_id = $2";
    EDITORS = "
        select c.workflow_id, c.person_id, p.name, c.updated_at
        from working_copy c join person p on p.id = c.person_id
        where c.updated_at >= $1 and p.active order by c.workflow_id, p.name, p.id";
    DROP_COPY = "delete from working_copy where workflow_id = $1 and person_id = $2";
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    name: String,
    description: String,
    status: String,
    settings: String,
    graph: String,
    revision: i64,
    version: i64,
    created_by: String,
    created_at: i64,
    published_by: Option<String>,
    published_at: Option<i64>,
}

impl TryFrom<Row> for Record {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: WorkflowId(row.id),
            name: row.name,
            description: row.description,
            status: text::word("workflow", &row.status)?,
            settings: text::read("workflow", &row.settings)?,
            graph: text::read("workflow", &row.graph)?,
            revision: row.revision,
            version: row.version,
            created_by: row.created_by,
            created_at: Timestamp(row.created_at),
            published_by: row.published_by,
            published_at: row.published_at.map(Timestamp),
        })
    }
}

fn all_of(rows: Vec<Row>) -> Result<Vec<Record>> {
    rows.into_iter().map(Record::try_from).collect()
}

/// The word of a graph's trigger, as [`for_trigger`] takes it.
pub fn trigger_word(graph: &Graph) -> Option<String> {
    let kind = serde_json::to_value(&graph.trigger.as_ref()?.kind).ok()?;
    kind.get("type")?.as_str().map(str::to_owned)
}

/// Adds a draft. [`Error::Conflict`] when its name is taken, whatever its case.
pub async fn add(tx: &mut Tx, record: &Record) -> Result<()> {
    let settings = text::write("workflow", &record.settings)?;
    let graph = text::write("workflow", &record.graph)?;
    let added = execute!(
        tx,
        ADD,
        record.id.0,
        record.name.as_str(),
        &text::fold(&record.name),
        record.description.as_str(),
        &settings,
        &graph,
        trigger_word(&record.graph),
        record.created_by.as_str(),
        record.created_at.ms(),
    );
    if added == 1 { Ok(()) } else { Err(Error::Conflict) }
}

/// Saves a workflow and counts its revision up. [`Error::Conflict`] when somebody saved it since it was read; whether a
/// name is taken is asked with [`is_taken`] before.
pub async fn save(tx: &mut Tx, record: &mut Record) -> Result<()> {
    let settings = text::write("workflow", &record.settings)?;
    let graph = text::write("workflow", &record.graph)?;
    let saved = execute!(
        tx,
        SAVE,
        record.id.0,
        record.revision,
        record.name.as_str(),
        &text::fold(&record.name),
        record.description.as_str(),
        record.status.as_str(),
        &settings,
        &graph,
        trigger_word(&record.graph),
        record.version,
        record.published_by.as_deref(),
        record.published_at.map(Timestamp::ms),
    );
    if saved == 0 {
        return Err(Error::Conflict);
    }
    record.revision += 1;
    Ok(())
}

/// Whether another workflow has this name, whatever its case.
pub async fn is_taken(tx: &mut Tx, name: &str, besides: WorkflowId) -> Result<bool> {
    let (count,): (i64,) = fetch_one!(tx, NAME_TAKEN, &text::fold(name), besides.0);
    Ok(count > 0)
}

/// One workflow.
pub async fn find(tx: &mut Tx, id: WorkflowId) -> Result<Option<Record>> {
    let row: Option<Row> = fetch_optional!(tx, FIND, id.0);
    row.map(Record::try_from).transpose()
}

/// One workflow to change. On PostgreSQL no other node can change it until this transaction ends.
pub async fn lock(tx: &mut Tx, id: WorkflowId) -> Result<Option<Record>> {
    let row: Option<Row> = fetch_optional!(tx, LOCK, id.0);
    row.map(Record::try_from).transpose()
}

/// Whether it runs, and keeps doing so until this transaction ends.
pub async fn hold(tx: &mut Tx, id: WorkflowId) -> Result<bool> {
    let row: Option<(String,)> = fetch_optional!(tx, HOLD, id.0);
    Ok(row.is_some_and(|(status,)| status == Status::Published.as_str()))
}

/// Every workflow, by name.
pub async fn all(tx: &mut Tx) -> Result<Vec<Record>> {
    all_of(fetch_all!(tx, ALL))
}

/// Those that run.
pub async fn published(tx: &mut Tx) -> Result<Vec<Record>> {
    all_of(fetch_all!(tx, PUBLISHED))
}

/// Those that run and wait for something of this kind.
pub async fn for_trigger(tx: &mut Tx, kind: &str) -> Result<Vec<Record>> {
    all_of(fetch_all!(tx, FOR_TRIGGER, kind))
}

/// How many there are (WF-07).
pub async fn count(tx: &mut Tx) -> Result<i64> {
    let (count,): (i64,) = fetch_one!(tx, COUNT);
    Ok(count)
}

/// Removes a workflow with everything that happened in it.
pub async fn remove(tx: &mut Tx, id: WorkflowId) -> Result<()> {
    tx.catch_up().await?;
    execute!(tx, REMOVE_COPIES, id.0);
    execute!(tx, FORGET_TEST, id.0);
    execute!(tx, REMOVE_LINES, id.0);
    execute!(tx, REMOVE_RUNS, id.0);
    execute!(tx, REMOVE_ENROLMENTS, id.0);
    execute!(tx, REMOVE_NON_STARTS, id.0);
    execute!(tx, REMOVE_VERSIONS, id.0);
    execute!(tx, REMOVE, id.0);
    Ok(())
}

/// Freezes a version; runs that start with it keep it.
pub async fn freeze(
    tx: &mut Tx,
    id: WorkflowId,
    version: i64,
    graph: &Graph,
    by: &str,
    now: Timestamp,
) -> Result<()> {
    execute!(tx, FREEZE, id.0, version, &text::write("workflow_version", graph)?, by, now.ms());
    Ok(())
}

/// A frozen version.
pub async fn version(tx: &mut Tx, id: WorkflowId, version: i64) -> Result<Option<Graph>> {
    let row: Option<(String,)> = fetch_optional!(tx, VERSION, id.0, version);
    row.map(|(graph,)| text::read("workflow_version", &graph)).transpose()
}

/// The frozen versions, the newest first: each with who published it and when.
pub async fn versions(tx: &mut Tx, id: WorkflowId) -> Result<Vec<(i64, String, Timestamp)>> {
    let rows: Vec<(i64, String, i64)> = fetch_all!(tx, VERSIONS, id.0);
    Ok(rows.into_iter().map(|(version, by, at)| (version, by, Timestamp(at))).collect())
}

/// Keeps what somebody builds, saved or not.
pub async fn keep_copy(tx: &mut Tx, id: WorkflowId, person: PersonId, copy: &WorkingCopy) -> Result<()> {
    let graph = text::write("working_copy", &copy.graph)?;
    execute!(tx, KEEP_COPY, id.0, person.0, &graph, copy.revision, copy.updated_at.ms());
    Ok(())
}

/// What somebody built and did not save.
pub async fn copy(tx: &mut Tx, id: WorkflowId, person: PersonId) -> Result<Option<WorkingCopy>> {
    let row: Option<(String, i64, i64)> = fetch_optional!(tx, COPY, id.0, person.0);
    row.map(|(graph, revision, at)| {
        Ok(WorkingCopy { graph: text::read("working_copy", &graph)?, revision, updated_at: Timestamp(at) })
    })
    .transpose()
}

/// Who has built something since then and not saved it.
pub async fn editors(tx: &mut Tx, since: Timestamp) -> Result<Vec<(WorkflowId, Editor)>> {
    let rows: Vec<(Uuid, Uuid, String, i64)> = fetch_all!(tx, EDITORS, since.ms());
    let read = |(workflow, person, name, at)| {
        (WorkflowId(workflow), Editor { person: PersonId(person), name, at: Timestamp(at) })
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Forgets it: it was saved or thrown away.
pub async fn drop_copy(tx: &mut Tx, id: WorkflowId, person: PersonId) -> Result<()> {
    execute!(tx, DROP_COPY, id.0, person.0);
    Ok(())
}
