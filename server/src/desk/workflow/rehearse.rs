//! What a workflow would have done with conversations of the past. Everything is decided by the same rules as in
//! earnest; nothing is sent, written or started.

use super::{ground, told};
use crate::desk::Refusal;
use crate::node::Node;
use app::api::workflows::{Rehearsal, Rehearsed};
use domain::contact::name_or_stand_in;
use domain::view::View;
use domain::workflow::graph::Graph;
use domain::workflow::happening::Happening;
use domain::workflow::run::{Entry, Plan, Run, State, admit};
use domain::workflow::trigger::{Source, TriggerKind};
use domain::workflow::turn::{Input, Wait};
use domain::workflow::value::Value;
use domain::workflow::world::{Scope, World};
use domain::{ConversationId, RunId, Timestamp, WorkflowId};
use std::collections::BTreeMap;
use store::conversations::Record;
use store::inbox::Listed;
use store::runs::Line;
use store::{Tx, conversations, fields, inbox, workflows};
use uuid::Uuid;

/// How many conversations are looked at.
const MOST: i64 = 25;
/// The most turns of one journey.
const MOST_TURNS: usize = 200;

/// Rehearses with the newest conversations.
pub async fn rehearse(node: &Node, id: WorkflowId, graph: &Graph) -> Result<Rehearsal, Refusal> {
    let mut tx = node.db.snapshot().await?;
    let workflow = workflows::find(&mut tx, id).await?.ok_or(Refusal::Gone)?;
    if graph.first.is_none() || !graph.is_tree() {
        let message = "Add a trigger and a step first; then it can be rehearsed.".into();
        return Err(Refusal::Invalid { message });
    }
    let Some(trigger) = &graph.trigger else {
        return Err(Refusal::Invalid { message: "Choose a trigger first; then it can be rehearsed.".into() });
    };
    let now = node.clock.now();
    let fields = fields::all(&mut tx).await?;
    let plan = Plan { graph, settings: &workflow.settings, fields: &fields };
    let mut journeys = Vec::new();
    for id in newest(&mut tx, now).await? {
        let Some(record) = conversations::find(&mut tx, id).await? else { continue };
        let world = ground::world(&mut tx, &record, now).await?;
        let happening = likely(&trigger.kind, &world);
        let found = happening.as_ref().map(Happening::variables).unwrap_or_default();
        let sets_off = happening.as_ref().is_some_and(|one| one.sets_off(&trigger.kind));
        let scope = Scope { world: &world, found: &found };
        let admitted = match sets_off {
            true => admit(trigger, &scope, false, false),
            false => continue,
        };
        let name = name(&world, &record);
        let mut journey = Rehearsed {
            conversation_id: id,
            contact: name,
            stays_out: admitted.err(),
            lines: Vec::new(),
            then: None,
        };
        if journey.stays_out.is_none() {
            walk(&mut tx, &record, &world, &plan, found, &mut journey).await?;
        }
        journeys.push(journey);
    }
    let entered = journeys.iter().filter(|one| one.stays_out.is_none()).count();
    Ok(Rehearsal { looked_at: journeys.len(), entered, journeys })
}

async fn newest(tx: &mut Tx, now: Timestamp) -> Result<Vec<ConversationId>, Refusal> {
    let listed = Listed::of(View::All, None, MOST);
    Ok(inbox::list(tx, &listed, now).await?.into_iter().map(|one| one.id).collect())
}

fn name(world: &World<'_>, record: &Record) -> String {
    let name = world.contact.fields.iter().find(|(key, _)| key.as_str() == "name");
    name.map_or_else(|| name_or_stand_in(None, &record.psid), |(_, value)| value.to_string())
}

/// What may have happened in this conversation that the trigger is about; nothing when that cannot be told.
fn likely(kind: &TriggerKind, world: &World<'_>) -> Option<Happening> {
    let words = world.thread.last_incoming.as_ref().map(|said| said.text.clone());
    match kind {
        TriggerKind::ConversationOpened {} => Some(Happening::ConversationOpened {
            source: Source::Contact,
            first_message: words,
            page: world.thread.page_name.clone(),
        }),
        TriggerKind::ConversationClosed {} => {
            Some(Happening::ConversationClosed { source: Source::User, category: None, summary: None })
        }
        TriggerKind::MessageMatches { .. } => words.map(|text| Happening::Message { text }),
        TriggerKind::Manual {} => Some(Happening::Started {}),
        TriggerKind::Shortcut { form, .. } => {
            let answers = form.iter().map(|line| (line.variable.clone(), Value::Null)).collect();
            Some(Happening::Shortcut { answers })
        }
        TriggerKind::ContactTagUpdated { .. }
        | TriggerKind::ContactFieldUpdated { .. }
        | TriggerKind::IncomingWebhook { .. }
        | TriggerKind::ClickToChatAds { .. }
        | TriggerKind::PostbackReceived { .. }
        | TriggerKind::OptInReceived { .. }
        | TriggerKind::ControlReceived { .. }
        | TriggerKind::ControlLost {} => None,
    }
}

/// Goes on until it would wait for somebody, or ends. Meta takes every message.
async fn walk(
    tx: &mut Tx,
    record: &Record,
    world: &World<'_>,
    plan: &Plan<'_>,
    found: BTreeMap<String, Value>,
    journey: &mut Rehearsed,
) -> Result<(), Refusal> {
    let entry = Entry {
        id: RunId(Uuid::nil()),
        workflow: WorkflowId(Uuid::nil()),
        version: ground::TEST_VERSION,
        contact: record.contact,
        conversation: record.id,
        found,
    };
    let mut run = Run::begin(entry, plan.graph, world.now);
    for n in 1..=MOST_TURNS {
        let kind = run.step().and_then(|step| plan.graph.steps.get(&step)).map(|step| &step.kind);
        let candidates = ground::candidates(tx, kind, world.now).await?;
        let (found, jumps) = (run.found.clone(), run.jumps.clone());
        let sight = domain::workflow::turn::Sight {
            world,
            found: &found,
            policy: plan.settings.control,
            jumps: &jumps,
            candidates: &candidates,
        };
        let progress = match &run.state {
            State::Going { .. } => run.enter(plan, &sight),
            State::Waiting { hold, .. } if hold.wait == Wait::Acceptance => {
                run.resume(&Input::Accepted, plan, &sight)
            }
            State::Waiting { .. } | State::Ended { .. } => None,
        };
        let Some(progress) = progress else { break };
        let n = i64::try_from(n).unwrap_or(i64::MAX);
        journey.lines.push(told::line(Line { n, at: world.now, progress }, plan.graph));
    }
    journey.then = Some(told::now(&run.state, plan.graph));
    Ok(())
}
