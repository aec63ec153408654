//! Runs as screens and programs see them.

use domain::contact::{Contact, name_or_stand_in};
use domain::workflow::graph::{Graph, StepId};
use domain::workflow::run::{Reason, State};
use domain::workflow::turn::Effect;
use domain::workflow::view::{Names, RunLine, RunNow, RunView};
use domain::{MessageId, Mid};
use store::conversations::Record as Conversation;
use store::deleted_workflows::PastRun;
use store::runs::{Line, Record};
use store::workflows::{self, Record as Workflow};
use store::{Result, Tx, apps, contacts, messages, people};

/// A run of a workflow and version that are at hand.
pub async fn run(tx: &mut Tx, record: &Record, workflow: &Workflow, graph: &Graph) -> Result<RunView> {
    let contact = contacts::find(tx, record.run.contact).await?;
    Ok(as_view(contact.as_ref(), record, workflow, graph))
}

/// The same of a contact that is at hand, too.
pub fn as_view(contact: Option<&Contact>, record: &Record, workflow: &Workflow, graph: &Graph) -> RunView {
    let run = &record.run;
    // A run goes with its contact.
    let contact = contact.map(|one| name_or_stand_in(one.name.as_deref(), &one.psid)).unwrap_or_default();
    RunView {
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
        deleted: false,
    }
}

/// A run whose workflow is gone.
pub async fn past(tx: &mut Tx, conversation: &Conversation, past: PastRun) -> Result<RunView> {
    let contact = contacts::find(tx, conversation.contact).await?;
    let name = contact.and_then(|contact| contact.name);
    let step_name = |step: StepId| past.steps.get(&step).cloned().unwrap_or_default();
    Ok(RunView {
        id: past.id,
        workflow_id: past.workflow,
        workflow: past.name.clone(),
        version: past.version,
        conversation_id: conversation.id,
        contact: name_or_stand_in(name.as_deref(), &conversation.psid),
        test: false,
        may_be_stopped: false,
        started_at: past.started_at,
        now: standing(&past.state, &step_name),
        deleted: true,
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
    standing(state, &|step| name(graph, step))
}

fn standing(state: &State, name: &dyn Fn(StepId) -> String) -> RunNow {
    match state {
        State::Going { to } => RunNow::Going { step: *to, name: name(*to) },
        State::Waiting { at, hold } => {
            RunNow::Waiting { step: *at, name: name(*at), wait: hold.wait, until: hold.until }
        }
        State::Ended { reason, at } => {
            RunNow::Ended { at: *at, name: step_of(reason).map(name), reason: reason.clone() }
        }
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

/// What people, teams, workflows and apps are called, by id.
pub async fn names(tx: &mut Tx) -> Result<Names> {
    let mut names = Names::new();
    names.extend(people::all(tx).await?.into_iter().map(|one| (one.id.to_string(), one.name)));
    names.extend(people::teams(tx).await?.into_iter().map(|one| (one.id.to_string(), one.name)));
    names.extend(workflows::all(tx).await?.into_iter().map(|one| (one.id.to_string(), one.name)));
    names.extend(apps::all(tx).await?.into_iter().map(|one| (one.app.to_string(), one.name)));
    Ok(names)
}

/// A line of a run's log, with the names of its version and of what it is about.
pub fn line(line: Line, graph: &Graph, names: &Names) -> RunLine {
    let Line { n, at, progress, input, ticket: _ } = line;
    let step = graph.steps.get(&progress.step);
    let ids = RunLine::ids(&progress.because, &progress.effects);
    let named = |id: String| names.get(&id).cloned().map(|name| (id, name));
    RunLine {
        n,
        at,
        step: progress.step,
        name: step.map_or_else(String::new, |step| step.name.clone()),
        kind: step.map_or_else(String::new, |step| step.kind.name().to_owned()),
        input,
        because: progress.because,
        found: progress.found,
        effects: progress.effects,
        message: None,
        names: ids.into_iter().filter_map(named).collect(),
        exit: progress.exit,
    }
}

/// The message a turn sent, with the id Facebook gave it.
pub async fn message(tx: &mut Tx, line: &Line) -> Result<Option<(MessageId, Option<Mid>)>> {
    let sends = line.progress.effects.iter().any(|effect| matches!(effect, Effect::Send { .. }));
    let Some(id) = line.ticket.filter(|_| sends).map(MessageId) else { return Ok(None) };
    Ok(messages::find(tx, id).await?.map(|message| (id, message.mid)))
}
