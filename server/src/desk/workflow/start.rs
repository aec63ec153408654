//! Who enters which workflow.

use super::backdrop;
use super::ground::{self, Ground, TEST_VERSION};
use super::turns;
use crate::desk::intention::Intention;
use crate::desk::owner_name;
use domain::workflow::graph::{Graph, StepId};
use domain::workflow::happening::Happening;
use domain::workflow::run::{Entry, NonStart, Run, admit};
use domain::workflow::status::Status;
use domain::workflow::trigger::Trigger;
use domain::workflow::turn::Answer;
use domain::workflow::value::Value;
use domain::workflow::world::{Scope, World};
use domain::{ConversationId, RunId, WorkflowId};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::runs::{self, Record};
use store::workflows::Record as Workflow;
use store::{Result, workflow_tests};

/// Which workflows hear of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    All,
    /// Those that write nothing to customers (CR-32).
    Silent,
    /// Those that write to customers (CR-31).
    Writing,
}

/// What codes of tests begin with.
pub const TEST_CODE: &str = "TEST";

/// Lets the contact enter every workflow this sets off.
pub async fn all(
    intention: &mut Intention,
    id: ConversationId,
    happening: &Happening,
    which: Which,
) -> Result<()> {
    for workflow in backdrop::for_trigger(intention, word(happening)).await? {
        if !workflow.graph.trigger.as_ref().is_some_and(|one| happening.sets_off(&one.kind)) {
            continue;
        }
        let found = happening.variables();
        match (which, writes(&workflow.graph)) {
            (Which::All, _) | (Which::Silent, false) | (Which::Writing, true) => {
                enter_or_note(intention, id, workflow, found).await?;
            }
            (Which::Silent, true) => note_bot(intention, id, &workflow, &found).await?,
            // It heard when the bot did.
            (Which::Writing, false) => {}
        }
    }
    Ok(())
}

/// Notes why a workflow that writes keeps quiet while a bot has the thread.
async fn note_bot(
    intention: &mut Intention,
    id: ConversationId,
    workflow: &Workflow,
    found: &BTreeMap<String, Value>,
) -> Result<()> {
    let Some(trigger) = &workflow.graph.trigger else { return Ok(()) };
    let why = match admitted(intention, id, workflow.id, trigger, found).await? {
        Err(why) => why,
        Ok(_) => {
            let owner = intention.held(id).standing.control.owner.clone();
            NonStart::BotOwned { owner: owner_name(intention.tx(), &owner).await? }
        }
    };
    stay_out(intention, id, workflow.id, &why).await
}

/// Starts one workflow because another says so. `by`: that one's name.
pub async fn by_workflow(
    intention: &mut Intention,
    id: ConversationId,
    workflow: WorkflowId,
    step: Option<StepId>,
    by: String,
) -> Result<()> {
    // Of one that is gone nobody asks why; the run that wanted it says so.
    let Some(workflow) = backdrop::workflow(intention, workflow).await? else { return Ok(()) };
    let of = workflow.id;
    let how = How { step, by_itself: true };
    let why = match can_be_started(&workflow) {
        false => NonStart::NotRunning { by },
        true => match enter_as(intention, id, workflow, how, Happening::Started {}.variables()).await? {
            Ok(_) => return Ok(()),
            Err(Refused::NotRunning) => NonStart::NotRunning { by },
            Err(Refused::StaysOut(why)) => why,
        },
    };
    stay_out(intention, id, of, &why).await
}

fn can_be_started(workflow: &Workflow) -> bool {
    let trigger = workflow.graph.trigger.as_ref();
    workflow.status == Status::Published
        && trigger.is_some_and(|one| Happening::Started {}.sets_off(&one.kind))
}

/// Why a workflow that is about to be started will not take the contact, for the log of the run that starts it: its
/// name and the reason.
pub async fn outlook(
    intention: &mut Intention,
    id: ConversationId,
    workflow: WorkflowId,
    by: &str,
) -> Result<Option<(Option<String>, NonStart)>> {
    let not_running = NonStart::NotRunning { by: by.to_owned() };
    let Some(workflow) = backdrop::workflow(intention, workflow).await? else {
        return Ok(Some((None, not_running)));
    };
    if !can_be_started(&workflow) {
        return Ok(Some((Some(workflow.name.clone()), not_running)));
    }
    let Some(trigger) = &workflow.graph.trigger else { return Ok(None) };
    let found = Happening::Started {}.variables();
    let why = admitted(intention, id, workflow.id, trigger, &found).await?.err();
    Ok(why.map(|why| (Some(workflow.name.clone()), why)))
}

/// Why nobody entered.
pub enum Refused {
    /// The workflow does not run any more.
    NotRunning,
    StaysOut(NonStart),
}

/// Lets the contact of a conversation enter, if its trigger takes them; the run goes as far as it can at once.
pub async fn enter(
    intention: &mut Intention,
    id: ConversationId,
    workflow: Arc<Workflow>,
    found: BTreeMap<String, Value>,
) -> Result<std::result::Result<RunId, Refused>> {
    enter_as(intention, id, workflow, How::default(), found).await
}

/// How a contact enters.
#[derive(Clone, Copy, Default)]
struct How {
    /// Where it begins, when that is not the beginning.
    step: Option<StepId>,
    /// Nobody asked for it: a line of the thread says that it began.
    by_itself: bool,
}

async fn enter_as(
    intention: &mut Intention,
    id: ConversationId,
    workflow: Arc<Workflow>,
    how: How,
    found: BTreeMap<String, Value>,
) -> Result<std::result::Result<RunId, Refused>> {
    if !backdrop::hold(intention, workflow.id).await? {
        return Ok(Err(Refused::NotRunning));
    }
    let Some(trigger) = workflow.graph.trigger.clone() else { return Ok(Err(Refused::NotRunning)) };
    let world = match admitted(intention, id, workflow.id, &trigger, &found).await? {
        Ok(world) => Some(world),
        Err(why) => return Ok(Err(Refused::StaysOut(why))),
    };
    let version = workflow.version;
    let graph = ground::frozen(intention, &workflow, version).await?;
    let graph = graph.unwrap_or_else(|| Arc::new(workflow.graph.clone()));
    match begin(intention, id, Entering { workflow, graph, version, how, found, world }).await? {
        Some(run) => Ok(Ok(run)),
        None => Ok(Err(Refused::StaysOut(NonStart::AlreadyEnrolled {}))),
    }
}

/// The same; why somebody stayed out is noted. Answers the run.
pub async fn enter_or_note(
    intention: &mut Intention,
    id: ConversationId,
    workflow: Arc<Workflow>,
    found: BTreeMap<String, Value>,
) -> Result<Option<RunId>> {
    let of = workflow.id;
    let how = How { by_itself: true, ..How::default() };
    match enter_as(intention, id, workflow, how, found).await? {
        Ok(run) => Ok(Some(run)),
        Err(Refused::NotRunning) => Ok(None),
        Err(Refused::StaysOut(why)) => {
            stay_out(intention, id, of, &why).await?;
            Ok(None)
        }
    }
}

/// Whether the trigger takes the contact; what it looked at.
async fn admitted(
    intention: &mut Intention,
    id: ConversationId,
    workflow: WorkflowId,
    trigger: &Trigger,
    found: &BTreeMap<String, Value>,
) -> Result<std::result::Result<World<'static>, NonStart>> {
    let contact = intention.held(id).contact;
    let (enrolled, ever) = runs::enrolled(intention.tx(), workflow, contact).await?;
    let world = ground::world_of(intention, id).await?;
    let admitted = admit(trigger, &Scope { world: &world, found }, enrolled, ever);
    Ok(admitted.map(|()| world))
}

/// Into what a contact enters.
struct Entering {
    workflow: Arc<Workflow>,
    graph: Arc<Graph>,
    version: i64,
    how: How,
    found: BTreeMap<String, Value>,
    /// What the trigger looked at; the first step looks at the same.
    world: Option<World<'static>>,
}

async fn begin(intention: &mut Intention, id: ConversationId, entering: Entering) -> Result<Option<RunId>> {
    let Entering { workflow, graph, version, how, found, world } = entering;
    let now = intention.now();
    let entry = Entry {
        id: RunId(intention.node().clock.id()),
        workflow: workflow.id,
        version,
        contact: intention.held(id).contact,
        conversation: id,
        found,
    };
    let run = Run::begin_at(entry, &graph, how.step, now);
    let run_id = run.id;
    let mut record = Record { run, ticket: None, lines: 0, test: version == TEST_VERSION };
    if !runs::add(intention.tx(), &record).await? {
        return Ok(None);
    }
    if how.by_itself {
        turns::mark(intention, id, "run.entered", json!({ "workflow": workflow.name })).await?;
    }
    let fields = backdrop::fields(intention).await?;
    let ground = Ground { workflow, graph, fields };
    // Somebody new: the first words wait until Meta has said who it is, or that it does not say.
    match runs::introduces(intention.tx(), id).await? {
        true => turns::tell(intention, &record).await?,
        false => turns::begin(intention, &mut record, &ground, world).await?,
    }
    Ok(Some(run_id))
}

async fn stay_out(
    intention: &mut Intention,
    id: ConversationId,
    workflow: WorkflowId,
    why: &NonStart,
) -> Result<()> {
    let (contact, now) = (intention.held(id).contact, intention.now());
    let row = intention.node().clock.id();
    runs::stay_out(intention.tx(), row, workflow, contact, why, now).await
}

/// Starts a test run if the customer sent the code of a test; `false`: it is no code.
pub async fn test_by_code(intention: &mut Intention, id: ConversationId, answer: &Answer) -> Result<bool> {
    let said = answer.text.as_deref().unwrap_or_default().trim().to_uppercase();
    if !said.starts_with(TEST_CODE) || said.len() > 20 {
        return Ok(false);
    }
    let page = intention.held(id).page.clone();
    let Some(session) = workflow_tests::by_code(intention.tx(), &said, &page).await? else {
        return Ok(false);
    };
    let Some(workflow) = backdrop::workflow(intention, session.workflow).await? else { return Ok(false) };
    let graph = Arc::new(session.graph);
    let (version, found) = (TEST_VERSION, session.variables);
    let entering = Entering { workflow, graph, version, how: How::default(), found, world: None };
    begin(intention, id, entering).await?;
    Ok(true)
}

/// Whether a workflow has a step that writes to the customer.
pub fn writes(graph: &Graph) -> bool {
    graph.steps.values().any(|step| step.kind.writes())
}

/// The word of the trigger that is about this.
const fn word(happening: &Happening) -> &'static str {
    match happening {
        Happening::ConversationOpened { .. } => "conversation_opened",
        Happening::ConversationClosed { .. } => "conversation_closed",
        Happening::TagUpdated { .. } => "contact_tag_updated",
        Happening::FieldUpdated { .. } => "contact_field_updated",
        Happening::AdClicked { .. } => "click_to_chat_ads",
        Happening::Postback { .. } => "postback_received",
        Happening::OptIn { .. } => "opt_in_received",
        Happening::Message { .. } => "message_matches",
        Happening::ControlReceived { .. } => "control_received",
        Happening::ControlLost { .. } => "control_lost",
        Happening::Shortcut { .. } => "shortcut",
        Happening::Webhook { .. } => "incoming_webhook",
        Happening::Started {} => "manual",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::workflow::trigger::TriggerKind;
    use store::workflows::trigger_word;

    #[test]
    fn what_happens_is_called_like_the_trigger_it_sets_off() {
        let pairs = [
            (Happening::Started {}, TriggerKind::Manual {}),
            (Happening::OptIn { reference: None }, TriggerKind::OptInReceived { refs: vec![] }),
            (Happening::ControlLost { app_name: "Bot".into() }, TriggerKind::ControlLost {}),
            (
                Happening::AdClicked { ad: "1".into(), title: None, reference: None },
                TriggerKind::ClickToChatAds { ads: vec![], chosen: false },
            ),
            (
                Happening::Postback { payload: "A".into(), title: None },
                TriggerKind::PostbackReceived { payloads: vec![] },
            ),
        ];
        for (happening, kind) in pairs {
            let trigger = Trigger { kind, conditions: Default::default(), once_per_contact: false };
            let graph = Graph { trigger: Some(trigger), ..Graph::default() };
            assert_eq!(trigger_word(&graph).as_deref(), Some(word(&happening)));
        }
    }
}
