//! Tests of workflows that are going on: a code each, and what it starts.

use crate::{Result, Tx, text};
use domain::workflow::graph::Graph;
use domain::workflow::value::Value;
use domain::{PageId, Timestamp, WorkflowId};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A test that is going on.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    pub workflow: WorkflowId,
    pub code: String,
    pub page: PageId,
    /// Samples of the trigger's variables.
    pub variables: BTreeMap<String, Value>,
    /// What is tested, whatever is saved meanwhile.
    pub graph: Graph,
    pub started_by: String,
    pub started_at: Timestamp,
}

statements! {
    ADD = "
        insert into workflow_test (workflow_id, code, page_id, variables, graph, started_by, started_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict do nothing";
    OF = "
        select workflow_id, code, page_id, variables, graph, started_by, started_at from workflow_test
        where workflow_id = $1";
    BY_CODE = "
        select workflow_id, code, page_id, variables, graph, started_by, started_at from workflow_test
        where code = $1 and page_id = $2";
    END = "delete from workflow_test where workflow_id = $1";
}

#[derive(sqlx::FromRow)]
struct Row {
    workflow_id: Uuid,
    code: String,
    page_id: String,
    variables: String,
    graph: String,
    started_by: String,
    started_at: i64,
}

impl TryFrom<Row> for Session {
    type Error = crate::Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            workflow: WorkflowId(row.workflow_id),
            code: row.code,
            page: row.page_id.into(),
            variables: text::read("workflow_test", &row.variables)?,
            graph: text::read("workflow_test", &row.graph)?,
            started_by: row.started_by,
            started_at: Timestamp(row.started_at),
        })
    }
}

/// Begins a test. `false`: the workflow is being tested, or the code is taken.
pub async fn add(tx: &mut Tx, session: &Session) -> Result<bool> {
    let variables = text::write("workflow_test", &session.variables)?;
    let graph = text::write("workflow_test", &session.graph)?;
    let (code, page, by) = (session.code.as_str(), session.page.as_str(), session.started_by.as_str());
    let at = session.started_at.ms();
    Ok(execute!(tx, ADD, session.workflow.0, code, page, &variables, &graph, by, at) == 1)
}

/// The test of a workflow, if there is one.
pub async fn of(tx: &mut Tx, workflow: WorkflowId) -> Result<Option<Session>> {
    let row: Option<Row> = fetch_optional!(tx, OF, workflow.0);
    row.map(Session::try_from).transpose()
}

/// The test a code starts on a page.
pub async fn by_code(tx: &mut Tx, code: &str, page: &PageId) -> Result<Option<Session>> {
    let row: Option<Row> = fetch_optional!(tx, BY_CODE, code, page.as_str());
    row.map(Session::try_from).transpose()
}

/// Ends a test. `false`: there was none.
pub async fn end(tx: &mut Tx, workflow: WorkflowId) -> Result<bool> {
    Ok(execute!(tx, END, workflow.0) == 1)
}
