//! Runs as screens and programs see them.

use domain::contact::name_or_stand_in;
use domain::workflow::graph::{Graph, StepId};
use domain::workflow::run::{Reason, State};
use domain::workflow::view::{RunLine, RunNow, RunView};
use store::runs::{Line, Record};
use store::workflows::{self, Record as Workflow};
use store::{Result, Tx, contacts, conversations};

/// A run of a workflow and version that are at hand.
pub async fn run(tx: &mut Tx, record: &Record, workflow: &Workflow, graph: &Graph) -> Result<RunView> {
    let run = &record.run;
    let contact = contacts::find(tx, run.contact).await?;
    let contact = match contact {
        Some(contact) => name_or_stand_in(contact.name.as_deref(), &contact.psid),
        None => conversations::find(tx, run.conversation)
            .await?
            .map_or_else(String::new, |record| name_or_stand_in(None, &record.psid)),
    };
    Ok(RunView {
        id: run.id,
        workflow_id: run.workflow,
        workflow: workflow.name.clone(),
        version: run.version,
        conversation_id: run.conversation,
        contact,
        test: record.test,
        may_be_stopped: workflow.settings.may_be_stopped,
        started_at: run.started_at,
        now: now(&run.state, graph),
    })
}

/// The same, with what belongs to it looked up; nothing when its workflow is gone.
pub async fn find(tx: &mut Tx, record: &Record) -> Result<Option<RunView>> {
    let Some(workflow) = workflows::find(tx, record.run.workflow).await? else { return Ok(None) };
    let version = workflows::version(tx, workflow.id, record.run.version).await?;
    let graph = version.unwrap_or_else(|| workflow.graph.clone());
    run(tx, record, &workflow, &graph).await.map(Some)
}

/// Where a run is, with the names of its version.
pub fn now(state: &State, graph: &Graph) -> RunNow {
    match state {
        State::Going { to } => RunNow::Going { step: *to, name: name(graph, *to) },
        State::Waiting { at, hold } => {
            RunNow::Waiting { step: *at, name: name(graph, *at), wait: hold.wait, until: hold.until }
        }
        State::Ended { reason, at } => RunNow::Ended {
            at: *at,
            name: step_of(reason).map(|step| name(graph, step)),
            reason: reason.clone(),
        },
    }
}

fn name(graph: &Graph, step: StepId) -> String {
    graph.steps.get(&step).map_or_else(String::new, |step| step.name.clone())
}

fn step_of(reason: &Reason) -> Option<StepId> {
    match reason {
        Reason::FailureBranchEmpty { step }
        | Reason::QuestionTimeout { step }
        | Reason::AssignTimeout { step }
        | Reason::ElseEmpty { step }
        | Reason::AssignTeamEmptyNoNext { step }
        | Reason::SendFailed { step, .. }
        | Reason::ClosedByWorkflow { step } => Some(*step),
        Reason::InternalError { step } => *step,
        Reason::Completed {}
        | Reason::WorkflowStopped {}
        | Reason::WorkflowDeleted {}
        | Reason::StoppedForContact { .. }
        | Reason::ExitOutgoing { .. }
        | Reason::ExitIncoming { .. }
        | Reason::ExitManualAssignment { .. } => None,
    }
}

/// A line of a run's log, with the names of its version.
pub fn line(line: Line, graph: &Graph) -> RunLine {
    let Line { n, at, progress } = line;
    let step = graph.steps.get(&progress.step);
    RunLine {
        n,
        at,
        step: progress.step,
        name: step.map_or_else(String::new, |step| step.name.clone()),
        kind: step.map_or_else(String::new, |step| step.kind.name().to_owned()),
        because: progress.because,
        found: progress.found,
        effects: progress.effects,
        exit: progress.exit,
    }
}
