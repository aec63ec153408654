//! What a workflow would have done with the past: what happened in conversations is read from what is stored about them,
//! and decided by the same rules as in earnest, as everything stood at that moment. Nothing is sent, written or started.
//!
//! What the past does not tell is taken as it is now: fields, tags, the assignee, who was online.

mod history;
mod journey;

use super::start::{Which, writes};
use super::told;
use crate::desk::Refusal;
use crate::node::Node;
use app::api::workflows::{Gap, Rehearsal, Rehearsed};
use domain::contact::name_or_stand_in;
use domain::view::View;
use domain::workflow::graph::Graph;

use domain::workflow::run::{NonStart, Plan, admit};
use domain::workflow::trigger::{Trigger, TriggerKind};
use domain::workflow::view::Names;
use domain::workflow::world::Scope;
use domain::{ConversationId, DAY, Timestamp, WorkflowId};
use history::{History, Moment};
use journey::Traveller;
use store::conversations::Record;
use store::inbox::Listed;
use store::{Tx, conversations, fields, inbox, workflows};

/// How many conversations are looked at, the newest first.
const MOST: usize = 500;
/// How far back, in milliseconds.
const BACK: i64 = 30 * DAY;
/// How long it may take, in milliseconds; what was found by then is told.
const PATIENCE: i64 = 15_000;
/// How many journeys, and how many who stayed out, are told one by one.
const SHOWN: usize = 50;

/// Rehearses with the conversations of the last 30 days.
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
    let gap = gap(&trigger.kind);
    let mut rehearsal = Rehearsal { gap, ..Rehearsal::default() };
    if gap.is_some_and(Gap::is_whole) {
        return Ok(rehearsal);
    }
    let fields = fields::all(&mut tx).await?;
    let names = told::names(&mut tx).await?;
    let plan = Plan { graph, settings: &workflow.settings, fields: &fields };
    let stage = Stage { trigger, plan, names: &names, now: node.clock.now() };
    for (index, id) in newest(&mut tx, stage.now).await?.into_iter().enumerate() {
        if index == MOST || node.clock.now() > stage.now + PATIENCE {
            rehearsal.cut = true;
            break;
        }
        let Some(record) = conversations::find(&mut tx, id).await? else { continue };
        rehearsal.looked_at += 1;
        stage.play(&mut tx, &record, &mut rehearsal).await?;
    }
    Ok(rehearsal)
}

/// What the past does not tell about a trigger.
fn gap(kind: &TriggerKind) -> Option<Gap> {
    match kind {
        TriggerKind::ContactTagUpdated { .. } => Some(Gap::TagsByWorkflows),
        TriggerKind::ContactFieldUpdated { .. } => Some(Gap::FieldValues),
        TriggerKind::PostbackReceived { payloads } if !payloads.is_empty() => Some(Gap::Payloads),
        TriggerKind::Shortcut { .. } => Some(Gap::Shortcuts),
        TriggerKind::IncomingWebhook { .. } => Some(Gap::Programs),
        TriggerKind::Manual {} => Some(Gap::OtherWorkflows),
        TriggerKind::ConversationOpened {}
        | TriggerKind::ConversationClosed {}
        | TriggerKind::ClickToChatAds { .. }
        | TriggerKind::PostbackReceived { .. }
        | TriggerKind::OptInReceived { .. }
        | TriggerKind::MessageMatches { .. }
        | TriggerKind::ControlReceived { .. }
        | TriggerKind::ControlLost {} => None,
    }
}

/// The newest conversations, and one more than are looked at, if there is one.
async fn newest(tx: &mut Tx, now: Timestamp) -> Result<Vec<ConversationId>, Refusal> {
    let limit = i64::try_from(MOST).unwrap_or(i64::MAX) + 1;
    let listed = inbox::list(tx, &Listed::of(View::All, None, limit), now).await?;
    Ok(listed.into_iter().filter(|one| one.updated_at >= now - BACK).map(|one| one.id).collect())
}

/// What every conversation is played with.
struct Stage<'a> {
    trigger: &'a Trigger,
    plan: Plan<'a>,
    names: &'a Names,
    now: Timestamp,
}

impl Stage<'_> {
    /// Plays one conversation from the first thing that could have let its contact enter to the last.
    async fn play(&self, tx: &mut Tx, record: &Record, sum: &mut Rehearsal) -> Result<(), Refusal> {
        let past = History::read(tx, record, self.now - BACK, self.now).await?;
        let moments = past.moments.iter().filter(|one| one.happening.sets_off(&self.trigger.kind));
        let moments: Vec<&Moment> = moments.collect();
        if moments.is_empty() {
            return Ok(());
        }
        let base = super::ground::world(tx, record, self.now).await?;
        let contact = base.contact.fields.iter().find(|(key, _)| key.as_str() == "name");
        let contact =
            contact.map_or_else(|| name_or_stand_in(None, &record.psid), |(_, name)| name.to_string());
        // Until when the contact is in it; once it has been in it, there is something here.
        let mut in_it_until: Option<Timestamp> = None;
        for moment in moments {
            let hears = match (moment.which, writes(self.plan.graph)) {
                (Which::All, _) | (Which::Silent, _) | (Which::Writing, true) => true,
                (Which::Writing, false) => false,
            };
            if !hears {
                continue;
            }
            let mut rehearsed = Rehearsed {
                conversation_id: record.id,
                contact: contact.clone(),
                at: moment.at,
                stays_out: None,
                lines: Vec::new(),
                then: None,
            };
            let world = past.world_at(&base, moment.at);
            let found = moment.happening.variables();
            let scope = Scope { world: &world, found: &found };
            let enrolled = in_it_until.is_some_and(|until| until > moment.at);
            let admitted = admit(self.trigger, &scope, enrolled, in_it_until.is_some());
            rehearsed.stays_out = match admitted {
                Ok(()) if moment.which == Which::Silent && writes(self.plan.graph) => {
                    Some(NonStart::BotOwned { owner: past.owner_at(tx, moment.at).await? })
                }
                admitted => admitted.err(),
            };
            if rehearsed.stays_out.is_some() {
                sum.stayed_out += 1;
            } else {
                let mut traveller = Traveller::new(self, record, &base, &past, found);
                traveller.travel(tx, moment.at, &mut rehearsed).await?;
                sum.entered += 1;
                sum.messages += traveller.messages;
                sum.closed_windows += traveller.closed_windows;
                sum.bot_owned += traveller.bot_owned;
                in_it_until = Some(traveller.left_at().unwrap_or(Timestamp(i64::MAX)));
            }
            let alike = |one: &&Rehearsed| one.stays_out.is_some() == rehearsed.stays_out.is_some();
            if sum.journeys.iter().filter(alike).count() < SHOWN {
                sum.journeys.push(rehearsed);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::workflow::trigger::TagAction;

    #[test]
    fn a_trigger_the_past_tells_nothing_of_says_so() {
        let whole = |kind: TriggerKind| gap(&kind).is_some_and(Gap::is_whole);
        assert!(whole(TriggerKind::Manual {}));
        assert!(whole(TriggerKind::PostbackReceived { payloads: vec!["ORDER".into()] }));
        assert!(!whole(TriggerKind::PostbackReceived { payloads: vec![] }));
        assert!(!whole(TriggerKind::ContactTagUpdated { action: TagAction::Added, tags: vec![] }));
        assert_eq!(gap(&TriggerKind::ConversationOpened {}), None);
    }
}
