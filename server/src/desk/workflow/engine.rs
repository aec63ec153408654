//! The heart of it: what happened in an intention moves runs and starts new ones, in the same transaction.
//!
//! Runs of a conversation are only ever moved while the conversation is locked. A turn, its line in the log and its
//! effects commit together with what caused them, so a crash loses no turn and doubles none.

use super::occurred::{Moved, Occurred, Occurrence};
use super::{start, turns};
use crate::desk::intention::Intention;
use crate::desk::owner_name;
use domain::conversation::control::Owner;
use domain::conversation::evidence::{Channel, ClosingNote, What};
use domain::conversation::message::{AuthorKind, Direction};
use domain::conversation::standing::Status;
use domain::workflow::happening::Happening;
use domain::workflow::run::{Noticed, State};
use domain::workflow::trigger::Source;
use domain::workflow::turn::{Answer, CallResult, Input, Wait};
use domain::{ConversationId, MessageId, RunId, SECOND};
use start::Which;
use std::collections::HashMap;
use store::{Result, Tx, messages, runs};
use uuid::Uuid;

/// How much workflows may set off in one conversation and transaction. More can only be a circle nobody foresaw.
const MOST: usize = 200;

/// Lets workflows follow everything that happened, until nothing is left to hear.
pub async fn follow(intention: &mut Intention) -> Result<()> {
    let mut heard = Heard::default();
    while let Some(occurrence) = intention.next_occurrence() {
        if !heard.goes_round(&occurrence) {
            hear(intention, occurrence, &mut heard).await?;
        }
    }
    Ok(())
}

/// What was heard so far in one intention.
#[derive(Default)]
struct Heard {
    /// How much workflows set off in each conversation.
    set_off: HashMap<ConversationId, usize>,
    /// Conversations whose customer sent the code of a test: it sets off nothing else.
    tested: Vec<ConversationId>,
    /// Conversations whose customer came through an ad.
    from_ad: Vec<ConversationId>,
}

impl Heard {
    /// Whether workflows set each other off here without end: the rest of it is dropped. What came from outside is
    /// always heard, however much comes at once, and one conversation's circle costs the others nothing.
    fn goes_round(&mut self, occurrence: &Occurrence) -> bool {
        if !occurrence.by_workflow {
            return false;
        }
        let count = self.set_off.entry(occurrence.conversation).or_default();
        *count += 1;
        if *count == MOST + 1 {
            tracing::error!(conversation = %occurrence.conversation, "workflows set each other off without end; the rest is dropped");
        }
        *count > MOST
    }
}

async fn hear(intention: &mut Intention, occurrence: Occurrence, heard: &mut Heard) -> Result<()> {
    let Occurrence { conversation: id, by_workflow, what } = occurrence;
    if intention.lock(id).await?.is_none() {
        return Ok(());
    }
    match what {
        Occurred::Said { message, answer, from_ad } => {
            if from_ad {
                heard.from_ad.push(id);
            }
            if start::test_by_code(intention, id, &answer).await? {
                heard.tested.push(id);
                return Ok(());
            }
            said(intention, id, message, answer).await
        }
        _ if heard.tested.contains(&id) && !matches!(what, Occurred::Answered { .. }) => Ok(()),
        Occurred::Moved(moved) => {
            let from_ad = heard.from_ad.contains(&id);
            moved_on(intention, id, &moved, by_workflow, from_ad).await
        }
        Occurred::Wrote { message, author, origin } => {
            if !matches!(author, AuthorKind::Agent | AuthorKind::PageInbox) {
                return Ok(());
            }
            turns::exit(intention, id, &Noticed::Outgoing { message, author, origin }).await
        }
        Occurred::Assigned { by } => turns::exit(intention, id, &Noticed::Assigned { by: Some(by) }).await,
        Occurred::Happened(happening) => start::all(intention, id, &happening, Which::All).await,
        Occurred::Start { workflow, step, by } => start::by_workflow(intention, id, workflow, step, by).await,
        Occurred::Answered { ticket, input } => answered(intention, id, ticket, input).await,
        Occurred::Due { run } => due(intention, id, run).await,
        Occurred::Candidates { run } => nudge(intention, id, run, Wait::Assignee, Input::Candidates).await,
    }
}

/// Whether a run has a question open in a conversation.
pub async fn asks(intention: &mut Intention, id: ConversationId) -> Result<bool> {
    let going = runs::going_of(intention.tx(), id).await?;
    let open = |record: &runs::Record| matches!(&record.run.state, State::Waiting { hold, .. } if hold.wait == Wait::Answer);
    Ok(going.iter().any(open))
}

/// The customer's words go to the question each run has open; only a run that did not take them may end by them.
async fn said(
    intention: &mut Intention,
    id: ConversationId,
    message: Option<MessageId>,
    answer: Answer,
) -> Result<()> {
    let input = Input::Said(answer);
    for mut record in runs::lock_going_of(intention.tx(), id).await? {
        if turns::resume(intention, &mut record, &input).await? {
            continue;
        }
        if let Some(message) = message {
            turns::exit_one(intention, record, &Noticed::Incoming { message }).await?;
        }
    }
    Ok(())
}

async fn answered(intention: &mut Intention, id: ConversationId, ticket: Uuid, input: Input) -> Result<()> {
    let going = runs::lock_going_of(intention.tx(), id).await?;
    let Some(mut record) = going.into_iter().find(|record| record.ticket == Some(ticket)) else {
        // It went on without: the customer was quicker, somebody stopped it, or its time was up.
        return Ok(());
    };
    let waits = match &record.run.state {
        State::Waiting { hold, .. } => hold.wait,
        State::Going { .. } | State::Ended { .. } => return Ok(()),
    };
    // Taking control is a call; what a run that wants to write waits for is control itself.
    let input = match (waits, input) {
        (Wait::Control, Input::Called(CallResult::Failed { words } | CallResult::HandOver { words })) => {
            Input::NotSent { words }
        }
        (Wait::Control, Input::Called(CallResult::Answered { .. })) => return Ok(()),
        (_, input) => input,
    };
    turns::resume(intention, &mut record, &input).await?;
    Ok(())
}

async fn due(intention: &mut Intention, id: ConversationId, run: RunId) -> Result<()> {
    let Some(mut record) = runs::lock(intention.tx(), run).await?.filter(|one| one.run.conversation == id)
    else {
        return Ok(());
    };
    let now = intention.now();
    match &record.run.state {
        State::Going { .. } => turns::go_on(intention, &mut record).await,
        State::Waiting { hold, .. } if hold.until.is_some_and(|until| until <= now) => {
            if turns::resume(intention, &mut record, &Input::TimeIsUp).await? {
                return Ok(());
            }
            // A step that waits with a limit and does not know what to do at its end would be asked forever.
            turns::fail(intention, record).await
        }
        State::Waiting { .. } | State::Ended { .. } => Ok(()),
    }
}

async fn nudge(
    intention: &mut Intention,
    id: ConversationId,
    run: RunId,
    wait: Wait,
    input: Input,
) -> Result<()> {
    let record = runs::lock(intention.tx(), run).await?;
    let waits = |record: &runs::Record| {
        record.run.conversation == id
            && matches!(&record.run.state, State::Waiting { hold, .. } if hold.wait == wait)
    };
    if let Some(mut record) = record.filter(waits) {
        turns::resume(intention, &mut record, &input).await?;
    }
    Ok(())
}

/// What a change of standing means: control that came lets runs write, and some changes are triggers.
async fn moved_on(
    intention: &mut Intention,
    id: ConversationId,
    moved: &Moved,
    by_workflow: bool,
    from_ad: bool,
) -> Result<()> {
    if moved.frees_us() {
        for mut record in runs::lock_going_of(intention.tx(), id).await? {
            if matches!(&record.run.state, State::Waiting { hold, .. } if hold.wait == Wait::Control) {
                turns::resume(intention, &mut record, &Input::ControlOurs).await?;
            }
        }
    }
    if let Some((source, which)) = opened(moved, by_workflow, from_ad) {
        let first_message = match &moved.what {
            What::CustomerWrote { .. } => newest_words(intention, id).await?,
            _ => None,
        };
        let page = intention.held(id).page.clone();
        let page = intention.page(&page).await?.map_or_else(String::new, |page| page.page.name);
        let first_time = !moved.before.has_ended_once();
        let happening = Happening::ConversationOpened { source, first_message, page, first_time };
        start::all(intention, id, &happening, which).await?;
    }
    if moved.before.status != Status::Closed && moved.after.status == Status::Closed {
        let source = match &moved.what {
            _ if by_workflow => Source::Workflow,
            What::Closed { by: Some(_), .. } => Source::User,
            _ => Source::Api,
        };
        // What a workflow's closing note says is told by the step itself.
        if !by_workflow {
            let ClosingNote { category, summary } = closing_note(&moved.what);
            let happening = Happening::ConversationClosed { source, category, summary };
            start::all(intention, id, &happening, Which::All).await?;
        }
    }
    control_moved(intention, id, moved).await
}

/// What was written down when it was closed.
pub fn closing_note(what: &What) -> ClosingNote {
    match what {
        What::Closed { note, .. } => note.clone(),
        _ => ClosingNote::default(),
    }
}

/// Who opened the conversation, and which workflows hear of it.
///
/// While another app has the thread, only those hear of it that write nothing (CR-32). Those that write hear of it when
/// the thread arrives with us, by a customer's message or because the bot passes it on (CR-31), so that nothing of ours
/// waits to cut into what the bot is saying.
pub fn opened(moved: &Moved, by_workflow: bool, from_ad: bool) -> Option<(Source, Which)> {
    let was_closed = moved.before.status == Status::Closed;
    let is_open = moved.after.status == Status::Open;
    let opens = was_closed && is_open;
    let with_us = moved.after.control.owner.is_free_for_us();
    match &moved.what {
        What::CustomerWrote { channel } => {
            let source = if from_ad { Source::ClickToChatAds } else { Source::Contact };
            let first = moved.before.window.human_until.is_none() || was_found_first(moved);
            let arrives = *channel == Channel::Direct && !moved.before.control.owner.is_free_for_us();
            match (first || opens, with_us) {
                (true, true) => Some((source, Which::All)),
                (true, false) => Some((source, Which::Silent)),
                (false, true) if arrives => Some((source, Which::Writing)),
                (false, _) => None,
            }
        }
        What::Passed { .. } if !opens => {
            let arrives = moved.before.control.owner.is_other() && moved.after.control.owner == Owner::Ours;
            arrives.then_some((Source::Bot, Which::Writing))
        }
        _ if !opens => None,
        _ if by_workflow => Some((Source::Workflow, Which::All)),
        What::Reopened { by: Some(_) } | What::TookOver { by: Some(_) } | What::MarkedUnread { .. } => {
            Some((Source::User, Which::All))
        }
        What::Passed { .. } => Some((Source::Bot, Which::All)),
        _ => Some((Source::Api, Which::All)),
    }
}

/// Whether history had shown this very message, and with it an opening, before its webhook came. History knows whole
/// seconds only. What history has shown long ago is no news to anybody.
fn was_found_first(moved: &Moved) -> bool {
    let (before, after) = (moved.before.window.human_until, moved.after.window.human_until);
    moved.before.opened_unheard_at.is_some()
        && before.zip(after).is_some_and(|(before, after)| after - before < SECOND)
}

async fn newest_words(intention: &mut Intention, id: ConversationId) -> Result<Option<String>> {
    let newest = messages::newest(intention.tx(), id).await?;
    Ok(newest.filter(|message| message.direction == Direction::In).and_then(|message| message.text))
}

async fn control_moved(intention: &mut Intention, id: ConversationId, moved: &Moved) -> Result<()> {
    if let Some(happening) = control_received(intention.tx(), moved).await? {
        start::all(intention, id, &happening, Which::All).await?;
    }
    if let Some(happening) = control_lost(intention.tx(), moved).await? {
        start::all(intention, id, &happening, Which::All).await?;
    }
    Ok(())
}

/// Whether somebody passed the thread to us.
pub async fn control_received(tx: &mut Tx, moved: &Moved) -> Result<Option<Happening>> {
    let (before, after) = (&moved.before.control.owner, &moved.after.control.owner);
    let (What::Passed { from, metadata, .. }, Owner::Ours) = (&moved.what, after) else { return Ok(None) };
    if before == after {
        return Ok(None);
    }
    let app_name = match from {
        Some(app) => owner_name(tx, &Owner::Bot(app.clone())).await?,
        None => owner_name(tx, before).await?,
    };
    Ok(Some(Happening::ControlReceived { app: from.clone(), app_name, metadata: metadata.clone() }))
}

/// Whether another app has the thread that was ours.
pub async fn control_lost(tx: &mut Tx, moved: &Moved) -> Result<Option<Happening>> {
    let (before, after) = (&moved.before.control.owner, &moved.after.control.owner);
    match *before == Owner::Ours && after.is_other() {
        true => Ok(Some(Happening::ControlLost { app_name: owner_name(tx, after).await? })),
        false => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn occurrence(conversation: u128, by_workflow: bool) -> Occurrence {
        let what = Occurred::Happened(Happening::Started {});
        Occurrence { conversation: ConversationId(Uuid::from_u128(conversation)), by_workflow, what }
    }

    #[test]
    fn a_circle_is_cut_where_it_is_and_nowhere_else() {
        let mut heard = Heard::default();
        let heard_of_it = (0..2 * MOST).filter(|_| !heard.goes_round(&occurrence(1, true))).count();
        assert_eq!(heard_of_it, MOST);
        assert!(!heard.goes_round(&occurrence(2, true)));
        assert!(!heard.goes_round(&occurrence(1, false)), "what came from outside is heard");
    }

    #[test]
    fn however_much_comes_from_outside_is_heard() {
        let mut heard = Heard::default();
        assert!((0..10 * MOST).all(|_| !heard.goes_round(&occurrence(1, false))));
    }
}
