//! A message on its way to Meta, and what its answer means.

pub mod files;

use super::amend;
use super::control;
use super::intention::Intention;
use super::receive::news_of_health;
use super::together::intend;
use super::workflow::Occurred;
use crate::node::Node;
use crate::work::jobs::{Afterwards, Job};
use domain::conversation::evidence::{ClosingNote, Evidence, What};
use domain::conversation::file::Upload;
use domain::conversation::message::{AuthorKind, Delivery, DeliveryError, DeliveryState, Origin};
use domain::conversation::window::Label;
use domain::view::Message;
use domain::workflow::steps::content::{FileKind, Filled, FilledAction, TEXT_AND_FILE};
use domain::workflow::turn::Input;
use domain::{MessageId, Mid, PersonId, Psid, SECOND, Timestamp};
use messenger::Accepted;
use messenger::error::Verdict;
use messenger::outgoing::rich::{Button, Does};
use messenger::outgoing::{Content, Metadata, Rich, Send, Text, ThreadControl};
use std::sync::Arc;
use store::outbox::{self, Job as Row};
use store::{Result, messages, uploads};
use uuid::Uuid;

/// The longest pause between two tries, in milliseconds.
const LONGEST_PAUSE: i64 = 60 * SECOND;

/// A send job as the outbox holds it.
pub struct Sending {
    pub row: Row,
    pub message: MessageId,
    pub by: Option<PersonId>,
    /// The newest message the author had seen.
    pub through: Timestamp,
    pub then: Option<Afterwards>,
    /// What a workflow wrote.
    pub content: Option<Box<Filled>>,
    /// Whether history has shown once that Meta never took it.
    pub again: bool,
}

/// Decides what to hand to Meta, hands it over and records what came of it.
pub async fn perform(node: &Arc<Node>, sending: Sending) -> Result<()> {
    let sending = Arc::new(sending);
    let deciding = sending.clone();
    let prepared = intend(node, move |intention| {
        let sending = deciding.clone();
        Box::pin(async move { prepare(intention, &sending).await })
    });
    let Some((credentials, letter)) = prepared.await? else { return Ok(()) };
    let answer = Arc::new(hand_in(node, &credentials, letter).await?);
    let recorded = intend(node, move |intention| {
        let (sending, answer) = (sending.clone(), answer.clone());
        Box::pin(async move { record(intention, &sending, &answer).await })
    });
    recorded.await
}

/// Records what Meta said.
async fn record(
    intention: &mut Intention,
    sending: &Sending,
    answer: &std::result::Result<Accepted, messenger::error::Error>,
) -> Result<()> {
    let Some(message) = lock_message(intention, sending.message).await? else { return Ok(()) };
    match answer {
        Ok(answer) => {
            let meant = (sending.through, sending.then);
            accepted_as_meant(intention, &message, &answer.mid, None, meant).await?;
            outbox::done(intention.tx(), sending.row.id).await
        }
        Err(error) => refused(intention, sending, &message, error).await,
    }
}

/// A message on paper: what it carries may still have to be handed over.
struct Letter {
    recipient: Psid,
    load: Load,
    label: Label,
    metadata: Metadata,
    reply_to: Option<Mid>,
    then: Option<ThreadControl>,
}

enum Load {
    Ready(Content),
    File(Upload),
}

impl Load {
    /// What a message carries, if Messenger takes it: a text or a file.
    fn of(message: &Message, written: Option<&Filled>) -> Option<Self> {
        if let Some(written) = written {
            return content_of(written).ok().map(Self::Ready);
        }
        match files::of(message) {
            Some(upload) => Some(Self::File(upload)),
            None => Text::new(message.text.clone()?).ok().map(|text| Self::Ready(Content::Text(text))),
        }
    }
}

/// What a workflow wrote, as Meta takes it; in words why it would not.
pub fn content_of(written: &Filled) -> std::result::Result<Content, String> {
    let replies = written.quick_replies.clone();
    let rich = match (&written.file, &written.text) {
        // One of them would be lost without a word.
        (Some(_), Some(_)) => return Err(TEXT_AND_FILE.into()),
        (Some((kind, url)), None) => Rich::file(file_kind(*kind), url.clone(), replies),
        (None, Some(text)) => {
            let text = Text::new(text.clone()).map_err(|refusal| refusal.to_string())?;
            Rich::text(text, written.buttons.iter().map(button).collect(), replies)
        }
        (None, None) => return Err("There is nothing to send.".into()),
    };
    rich.map(Content::Rich).map_err(|refusal| refusal.to_string())
}

fn button((title, does): &(String, FilledAction)) -> Button {
    let does = match does {
        FilledAction::Postback(payload) => Does::Postback(payload.clone()),
        FilledAction::Link(url) => Does::Link(url.clone()),
        FilledAction::Call(phone) => Does::Call(phone.clone()),
    };
    Button { title: title.clone(), does }
}

const fn file_kind(kind: FileKind) -> domain::conversation::file::FileKind {
    use domain::conversation::file::FileKind as Kind;
    match kind {
        FileKind::Image => Kind::Image,
        FileKind::Video => Kind::Video,
        FileKind::Audio => Kind::Audio,
        FileKind::File => Kind::File,
    }
}

/// Hands a letter to Meta, its file before it.
async fn hand_in(
    node: &Arc<Node>,
    credentials: &messenger::Credentials,
    letter: Letter,
) -> Result<std::result::Result<Accepted, messenger::error::Error>> {
    let Letter { recipient, load, label, metadata, reply_to, then } = letter;
    let content = match load {
        Load::Ready(content) => content,
        Load::File(upload) => match files::hand_over(node, credentials, &upload).await? {
            Ok(attached) => Content::File(attached),
            Err(error) => return Ok(Err(error)),
        },
    };
    let send = Send { recipient, content, label, metadata, reply_to, then };
    Ok(node.messenger.send(credentials, &send).await)
}

/// A message as it is once nobody else can change its conversation: an echo may be quicker than Meta's answer.
async fn lock_message(intention: &mut Intention, id: MessageId) -> Result<Option<Message>> {
    let Some(message) = messages::find(intention.tx(), id).await? else { return Ok(None) };
    match intention.lock(message.conversation_id).await?.is_some() {
        // The only writer of the embedded database has read it just now.
        true if intention.node().db.is_sqlite() => Ok(Some(message)),
        true => messages::find(intention.tx(), id).await,
        false => Ok(None),
    }
}

/// Marks the message as being sent and writes the letter, or ends the job here.
async fn prepare(
    intention: &mut Intention,
    sending: &Sending,
) -> Result<Option<(messenger::Credentials, Letter)>> {
    let row = sending.row.id;
    let message = lock_message(intention, sending.message).await?;
    let Some(message) = message.filter(|message| message.mid.is_none()) else {
        // It is gone, or an echo has settled it already.
        outbox::done(intention.tx(), row).await?;
        return Ok(None);
    };
    let conversation = message.conversation_id;
    let upload = files::of(&message);
    let left = match &upload {
        // A file is handed over before it is sent: without a name at Meta it has not left.
        Some(upload) => files::may_have_left(intention.tx(), upload.id).await?,
        None => true,
    };
    if sending.row.started_at.is_some() && left {
        // An earlier try never reported: it may have reached Meta, so it is not repeated.
        unknown(intention, sending, &message).await?;
        return Ok(None);
    }
    let record = intention.held(conversation).clone();
    if message.origin == Origin::Workflow && !record.standing.control.owner.is_free_for_us() {
        withdraw(intention, &message).await?;
        outbox::done(intention.tx(), row).await?;
        return Ok(None);
    }
    let by_person = sending.by.is_some();
    let now = intention.now();
    let label = record.standing.window.at(now).label(by_person);
    let load = Load::of(&message, sending.content.as_deref());
    let page = intention.page(&record.page).await?;
    let (Some(label), Some(load), Some(page)) = (label, load, page) else {
        let words = "Not sent. Messenger lets nobody write here until the customer writes again.";
        fail(intention, &message, DeliveryError { code: 0, subcode: None, message: words.into() }).await?;
        outbox::done(intention.tx(), row).await?;
        return Ok(None);
    };
    let credentials = match intention.credentials(&page).await {
        Ok(credentials) => credentials,
        Err(crate::node::NoCredentials::Store(error)) => return Err(error),
        Err(error) => {
            disconnect(intention, sending, &message, error.to_string()).await?;
            return Ok(None);
        }
    };
    let then = matches!(sending.then, Some(Afterwards::ResetControl)).then_some(ThreadControl::Release);
    // Meta takes a quote only inside the 24 hours: the words leave without it rather than not at all.
    let reply_to = message.reply_to.clone().filter(|_| label == Label::Response);
    let metadata = Metadata::of(message.id);
    let letter = Letter { recipient: record.psid, load, label, metadata, reply_to, then };
    intention.deliver(&message, Delivery { state: DeliveryState::Sending, error: None }).await?;
    debug_assert!(label != Label::HumanAgent || by_person, "only people may use the human-agent label");
    Ok(Some((credentials, letter)))
}

/// Meta has the message: by its answer, its echo or its history, whichever comes first. `at`: Meta's time of it, where
/// it is known.
pub async fn accepted(
    intention: &mut Intention,
    message: &Message,
    mid: &Mid,
    at: Option<Timestamp>,
) -> Result<()> {
    let meant = intent(intention, message).await?;
    accepted_as_meant(intention, message, mid, at, meant).await
}

/// The same where it is known how far the author had read, and what was to happen then.
async fn accepted_as_meant(
    intention: &mut Intention,
    message: &Message,
    mid: &Mid,
    at: Option<Timestamp>,
    (through, then): (Timestamp, Option<Afterwards>),
) -> Result<()> {
    let bound = message.mid.is_none() && messages::bind_mid(intention.tx(), message.id, mid).await?;
    let known =
        Message { mid: message.mid.clone().or_else(|| bound.then(|| mid.clone())), ..message.clone() };
    let message = &known;
    let moved = intention.deliver(message, Delivery { state: DeliveryState::Sent, error: None }).await?;
    let conversation = message.conversation_id;
    if moved {
        let (page, now) = (intention.held(conversation).page.clone(), intention.now());
        intention.tx().sent(&page, now);
    }
    if bound {
        let page = intention.held(conversation).page.clone();
        amend::catch_up(intention, &page, message, mid).await?;
    }
    let timed = match at {
        Some(at) => messages::sent_at(intention.tx(), message.id, at).await?,
        None => false,
    };
    if bound || timed {
        // A receipt may have been quicker than the answer.
        for id in messages::receipts_again(intention.tx(), conversation).await? {
            intention.message_changed(id).await?;
        }
    }
    let by = author(message);
    let what = match by {
        Some(by) => What::TeamWrote { by, through },
        None => What::ProgramWrote,
    };
    let key = format!("sent:{}", message.id);
    match at {
        Some(at) => drop(intention.observe(conversation, Evidence { at, key, what }).await?),
        None => drop(intention.note(conversation, key, what).await?),
    }
    if moved {
        intention.held_mut(conversation).failed = 0;
        answer_run(intention, message, Input::Accepted);
    }
    let (key, what) = match then {
        None => return Ok(()),
        Some(Afterwards::ResetControl) => {
            (format!("reset:{}", message.id), What::Reset { by, automatic: false, to: None })
        }
        Some(Afterwards::Close) => {
            note_by_author(intention, message, super::mark::CLOSED).await?;
            (format!("close:{}", message.id), What::Closed { by, through, note: ClosingNote::default() })
        }
        Some(Afterwards::Snooze) => {
            note_by_author(intention, message, super::mark::SNOOZED).await?;
            (format!("snooze:{}", message.id), What::Snoozed { by, until: None, through })
        }
    };
    intention.note(conversation, key, what).await?;
    Ok(())
}

/// A line in the log of who did what, for what follows a message.
async fn note_by_author(intention: &mut Intention, message: &Message, word: &str) -> Result<()> {
    match &message.author.name {
        Some(name) => {
            intention.audit_by(name, word, Some(message.conversation_id), serde_json::Value::Null).await
        }
        None => Ok(()),
    }
}

/// How far the author had read, and what was to happen once Meta has the message.
async fn intent(intention: &mut Intention, message: &Message) -> Result<(Timestamp, Option<Afterwards>)> {
    let row = outbox::find(intention.tx(), message.id.0).await?;
    match row.map(|row| serde_json::from_str(&row.payload)) {
        Some(Ok(Job::Send { through, then, .. } | Job::Settle { through, then, .. })) => Ok((through, then)),
        _ => Ok((Timestamp::default(), None)),
    }
}

fn author(message: &Message) -> Option<PersonId> {
    let person = matches!((message.author.kind, message.origin), (AuthorKind::Agent, Origin::Inbox));
    person.then(|| message.author.id.as_deref().and_then(|id| id.parse().ok())).flatten()
}

async fn refused(
    intention: &mut Intention,
    sending: &Sending,
    message: &Message,
    error: &messenger::error::Error,
) -> Result<()> {
    let now = intention.now();
    let conversation = message.conversation_id;
    if error.page_is_disconnected() {
        return disconnect(intention, sending, message, error.words()).await;
    }
    let words = DeliveryError { code: error.code, subcode: error.subcode, message: error.words() };
    match error.kind {
        Verdict::Retry { after_ms } => {
            let pause = after_ms
                .map_or_else(|| pause(sending.row.attempts), |ms| i64::try_from(ms).unwrap_or(LONGEST_PAUSE));
            intention.deliver(message, Delivery { state: DeliveryState::Queued, error: Some(words) }).await?;
            return outbox::retry(intention.tx(), sending.row.id, now + pause, true).await;
        }
        Verdict::OutcomeUnknown => return unknown(intention, sending, message).await,
        Verdict::NotOwner => {
            let key = format!("refused:{}:{}", message.id, sending.row.attempts);
            intention.note(conversation, key, What::RefusedNotOwner).await?;
            if message.origin == Origin::Workflow {
                withdraw(intention, message).await?;
                return outbox::done(intention.tx(), sending.row.id).await;
            }
        }
        Verdict::WindowClosed => {
            let key = format!("window:{}:{}", message.id, sending.row.attempts);
            intention.note(conversation, key, What::RefusedWindow).await?;
        }
        Verdict::GiveUp | Verdict::Admin | Verdict::Unreachable => {}
    }
    if let Some(upload) = files::of(message).filter(|_| files::is_forgotten(error)) {
        uploads::forget_at_meta(intention.tx(), upload.id).await?;
    }
    fail(intention, message, words).await?;
    outbox::done(intention.tx(), sending.row.id).await
}

/// The pause before the next try: twice as long each time.
fn pause(attempts: i64) -> i64 {
    (SECOND << attempts.clamp(0, 6)).min(LONGEST_PAUSE)
}

/// The message will not arrive.
async fn fail(intention: &mut Intention, message: &Message, error: DeliveryError) -> Result<()> {
    let words = error.message.clone();
    let moved =
        intention.deliver(message, Delivery { state: DeliveryState::Failed, error: Some(error) }).await?;
    if moved {
        intention.held_mut(message.conversation_id).failed += 1;
        answer_run(intention, message, Input::NotSent { words });
    }
    Ok(())
}

/// Another app was quicker: nothing automatic is sent into its dialogue (CR-02). What a run does then is for its
/// control policy to say, so the conversation is not marked as one with a failure.
async fn withdraw(intention: &mut Intention, message: &Message) -> Result<()> {
    let words = "Not sent. Another app took control of the thread first.".to_owned();
    let error = DeliveryError { code: 0, subcode: None, message: words };
    let moved =
        intention.deliver(message, Delivery { state: DeliveryState::Failed, error: Some(error) }).await?;
    if moved {
        answer_run(intention, message, Input::ControlLost);
    }
    Ok(())
}

/// Tells the run that waits for it what became of a workflow's message.
pub fn answer_run(intention: &mut Intention, message: &Message, input: Input) {
    if message.origin == Origin::Workflow {
        intention.occurred(message.conversation_id, Occurred::Answered { ticket: message.id.0, input });
    }
}

/// Nobody can tell whether Meta has it. Echo or history will; it is never sent again by itself.
async fn unknown(intention: &mut Intention, sending: &Sending, message: &Message) -> Result<()> {
    let error = DeliveryError {
        code: 0,
        subcode: None,
        message: "Facebook did not say whether it took this message. It is not sent again by itself; Re-sync looks for it.".into(),
    };
    let moved =
        intention.deliver(message, Delivery { state: DeliveryState::Unknown, error: Some(error) }).await?;
    if moved {
        intention.held_mut(message.conversation_id).failed += 1;
    }
    let (through, then) = (sending.through, sending.then);
    let content = sending.content.clone().filter(|content| !sending.again && history_shows(content));
    let settle =
        Job::Settle { conversation: message.conversation_id, message: message.id, through, then, content };
    // The row keeps its id, so that a late echo still finds what was to follow; it no longer holds up the thread.
    let due = intention.now() + settle.delay();
    outbox::set_aside(intention.tx(), sending.row.id, settle.kind(), &settle.payload(), due).await
}

/// The page cannot send: this message and all others of the page wait.
async fn disconnect(
    intention: &mut Intention,
    sending: &Sending,
    message: &Message,
    reason: String,
) -> Result<()> {
    let now = intention.now();
    let page = intention.held(message.conversation_id).page.clone();
    if let Some(mut page) = intention.page(&page).await? {
        news_of_health(intention, &mut page.page, Some(reason)).await?;
    }
    intention.deliver(message, Delivery { state: DeliveryState::Queued, error: None }).await?;
    outbox::retry(intention.tx(), sending.row.id, now, true).await
}

/// Looks in Meta's history for a message whose fate is unknown; asks a few times, then leaves it to the agent.
///
/// A workflow's message that the whole history does not have, time and again, never left: it is sent once more, because
/// nobody is there to look, and a run must not end because a machine died.
pub async fn settle(
    node: &Arc<Node>,
    row: &Row,
    message: MessageId,
    content: Option<Box<Filled>>,
) -> Result<()> {
    let found = messages::find(&mut node.db.snapshot().await?, message).await?;
    let conversation = found
        .filter(|message| message.delivery.state == DeliveryState::Unknown)
        .map(|message| message.conversation_id);
    let told = match conversation {
        None => false,
        Some(conversation) => {
            control::resync(node, conversation, Uuid::nil()).await.is_ok_and(|told_history| told_history)
        }
    };
    let mut intention = Intention::begin(node).await?;
    let open = lock_message(&mut intention, message).await?;
    match open.filter(|message| message.delivery.state == DeliveryState::Unknown) {
        None => outbox::done(intention.tx(), row.id).await?,
        Some(_) if row.attempts < 3 => {
            let again = intention.now() + pause(row.attempts + 3);
            outbox::retry(intention.tx(), row.id, again, true).await?;
        }
        Some(message) => match content.filter(|_| told) {
            Some(content) => send_again(&mut intention, row, &message, content).await?,
            None => {
                // It may still have arrived; what counts for a workflow is that nobody can tell.
                let words = "Facebook never said whether it took the message.".to_owned();
                answer_run(&mut intention, &message, Input::NotSent { words });
                outbox::done(intention.tx(), row.id).await?;
            }
        },
    }
    intention.commit().await
}

/// Whether Meta's history would show it by its words, so that its absence proves something.
fn history_shows(content: &Filled) -> bool {
    content.file.is_none() && content.buttons.is_empty() && content.text.is_some()
}

async fn send_again(
    intention: &mut Intention,
    row: &Row,
    message: &Message,
    content: Box<Filled>,
) -> Result<()> {
    let now = intention.now();
    let (through, then) = intent(intention, message).await?;
    intention.deliver(message, Delivery { state: DeliveryState::Queued, error: None }).await?;
    let failed = &mut intention.held_mut(message.conversation_id).failed;
    *failed = (*failed - 1).max(0);
    let job = Job::Send { message: message.id, by: None, through, then, content: Some(content), again: true };
    outbox::set_aside(intention.tx(), row.id, job.kind(), &job.payload(), now).await
}
