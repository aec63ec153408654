//! An agent answers.

use super::control;
use super::intention::Intention;
use super::send::files as outgoing;
use super::workflow::Occurred;
use super::{Refusal, owner_name, sight};
use crate::node::Node;
use crate::work::jobs::{Afterwards, Job};
use app::api::{Reply, Seen, Then};
use domain::conversation::evidence::What;
use domain::conversation::file::{FileRefusal, MOST_FILES};
use domain::conversation::message::{
    Author, AuthorKind, Delivery, DeliveryState, Direction, Origin, TextRefusal, check_text,
};
use domain::page::Health;
use domain::person::Actor;
use domain::view::Message;
use domain::{ConversationId, MessageId, Mid, SECOND, Timestamp, UploadId};
use std::sync::Arc;
use store::conversations::Record;
use store::{Tx, conversations, messages, pages};
use uuid::Uuid;

/// Stores a reply and leaves it to be sent. The same id again answers with the first result; `false` says so.
///
/// Under another app it takes over first, if the agent saw whose thread it is (CR-22): a refusal leaves nothing behind.
pub async fn reply(
    node: &Arc<Node>,
    actor: &Actor,
    id: ConversationId,
    reply: Reply,
) -> Result<(Message, bool), Refusal> {
    check(&reply)?;
    sight::find(&mut node.db.snapshot().await?, actor, id).await?;
    if let Some(first) = sent_before(node, id, &reply).await? {
        return Ok((first, false));
    }
    refuse_disconnected(node, id, &reply).await?;
    may_write(node, actor, id, reply.seen.as_ref()).await?;
    store_reply(node, actor, id, reply).await
}

/// Something to say, and not more than Messenger takes.
fn check(reply: &Reply) -> Result<(), Refusal> {
    let invalid = |message: String| Err(Refusal::Invalid { message });
    if reply.files.len() > MOST_FILES {
        return invalid(FileRefusal::TooMany.to_string());
    }
    match check_text(&reply.text) {
        Err(TextRefusal::Empty) if !reply.files.is_empty() => Ok(()),
        Err(refusal) => invalid(refusal.to_string()),
        Ok(()) => Ok(()),
    }
}

/// The first message of a reply: its text, or else its first file.
fn first_id(reply: &Reply) -> MessageId {
    match reply.files.first() {
        Some(first) if reply.text.trim().is_empty() => first.id,
        _ => reply.id,
    }
}

async fn sent_before(node: &Node, id: ConversationId, reply: &Reply) -> Result<Option<Message>, Refusal> {
    let message = messages::find(&mut node.db.snapshot().await?, first_id(reply)).await?;
    match message {
        Some(message) if message.conversation_id != id => Err(Refusal::Invalid {
            message: "This message id belongs to another conversation. Make a new one.".into(),
        }),
        found => Ok(found),
    }
}

/// A page that cannot send takes a message only from somebody who knows that it will wait.
async fn refuse_disconnected(node: &Node, id: ConversationId, reply: &Reply) -> Result<(), Refusal> {
    let mut tx = node.db.snapshot().await?;
    let record = conversations::find(&mut tx, id).await?.ok_or(Refusal::Gone)?;
    let page = pages::find(&mut tx, &record.page).await?.ok_or(Refusal::Gone)?.page;
    match page.health {
        Health::Disconnected { reason, .. } if !reply.wait => {
            Err(Refusal::PageDisconnected { page: page.name, reason })
        }
        // What a manager holds back leaves when they let it; a removed page is refused for good.
        Health::Disconnected { .. } | Health::Connected | Health::Paused { .. } | Health::Removed { .. } => {
            Ok(())
        }
    }
}

/// Finds out who has control where that is not known, and takes it where the agent means to.
async fn may_write(
    node: &Arc<Node>,
    actor: &Actor,
    id: ConversationId,
    seen: Option<&Seen>,
) -> Result<(), Refusal> {
    let record = find(node, id).await?;
    let now = node.clock.now();
    sight::write(actor, &record)?;
    refuse_stale(&mut node.db.snapshot().await?, now, actor, &record, seen).await?;
    refuse_closed_window(now, actor, &record)?;
    refuse_removed_page(&mut node.db.snapshot().await?, &record).await?;
    let record = if record.standing.control.is_asked_before_writing(now) {
        // Meta not answering is no reason not to try: it refuses what it does not want.
        match control::resync(node, id, Uuid::nil()).await {
            Ok(_) | Err(Refusal::ByMeta { .. } | Refusal::MetaUnreachable) => find(node, id).await?,
            Err(other) => return Err(other),
        }
    } else {
        record
    };
    let owner = &record.standing.control.owner;
    match (owner.is_other(), seen) {
        (false, _) => Ok(()),
        (true, Some(seen)) if seen.owner == owner.kind() => control::take_over(node, actor, id).await,
        (true, _) => {
            let owner = owner_name(&mut node.db.snapshot().await?, owner).await?;
            Err(Refusal::NotOwner { owner })
        }
    }
}

async fn find(node: &Node, id: ConversationId) -> Result<Record, Refusal> {
    store::conversations::find(&mut node.db.snapshot().await?, id).await?.ok_or(Refusal::Gone)
}

fn refuse_closed_window(now: Timestamp, actor: &Actor, record: &Record) -> Result<(), Refusal> {
    let state = record.standing.window.at(now);
    state.label(actor.person().is_some()).map(|_| ()).ok_or(Refusal::WindowClosed)
}

/// A manager ended the connection: what is written now would never leave.
async fn refuse_removed_page(tx: &mut Tx, record: &Record) -> Result<(), Refusal> {
    let page = store::pages::find(tx, &record.page).await?.ok_or(Refusal::Gone)?.page;
    match page.health {
        Health::Removed { by, .. } => Err(Refusal::Invalid {
            message: format!(
                "{by} disconnected {} from Baton, so nothing was sent. A manager can connect it again under Settings, Pages.",
                page.name
            ),
        }),
        Health::Connected | Health::Paused { .. } | Health::Disconnected { .. } => Ok(()),
    }
}

/// A colleague answered after what this agent saw: stop, show it, ask again.
async fn refuse_stale(
    tx: &mut Tx,
    now: Timestamp,
    actor: &Actor,
    record: &Record,
    seen: Option<&Seen>,
) -> Result<(), Refusal> {
    let Some(last_seen) = seen.and_then(|seen| seen.last_message_id) else { return Ok(()) };
    let newest = messages::page(tx, record.id, None, 10).await?;
    let unseen = newest.iter().take_while(|message| message.id != last_seen);
    let colleague = unseen.into_iter().find(|message| is_of_a_colleague(message, actor));
    match colleague {
        None => Ok(()),
        Some(message) => Err(Refusal::Stale {
            by: message.author.name.clone().unwrap_or_else(|| "A colleague".into()),
            seconds: ((now - message.at) / SECOND).max(0),
        }),
    }
}

fn is_of_a_colleague(message: &Message, actor: &Actor) -> bool {
    let mine = actor.person().is_some_and(|me| message.author.id == Some(me.id.to_string()));
    matches!(message.author.kind, AuthorKind::Agent | AuthorKind::PageInbox) && !mine
}

async fn store_reply(
    node: &Arc<Node>,
    actor: &Actor,
    id: ConversationId,
    reply: Reply,
) -> Result<(Message, bool), Refusal> {
    let mut intention = Intention::begin(node).await?;
    let record = sight::lock(&mut intention, actor, id).await?;
    sight::write(actor, &record)?;
    let now = intention.now();
    // Looked at once more, now that nobody else can change it.
    refuse_stale(intention.tx(), now, actor, &record, reply.seen.as_ref()).await?;
    refuse_closed_window(now, actor, &record)?;
    refuse_removed_page(intention.tx(), &record).await?;
    let owner = &record.standing.control.owner;
    if owner.is_other() {
        let owner = owner_name(intention.tx(), owner).await?;
        return Err(Refusal::NotOwner { owner });
    }
    let through = read_until(&mut intention, &record, reply.seen.as_ref()).await?;
    let by = actor.person().map(|person| person.id);
    // It answers what is there, whatever Meta's clock shows.
    let at = record.last.as_ref().map_or(now, |last| now.max(last.at + 1));
    let mut messages = as_messages(&mut intention, actor, id, &reply, at).await?;
    if let (Some(first), Some(quoted)) = (messages.first_mut(), reply.reply_to) {
        first.reply_to = Some(quotable(intention.tx(), id, quoted).await?);
    }
    let Some(first) = messages.first().cloned() else {
        return Err(Refusal::Internal("a reply without text and files was let through".into()));
    };
    for message in &messages {
        if !intention.add_message(message.clone()).await? {
            // The same reply came twice at once.
            drop(intention);
            return match sent_before(node, id, &reply).await? {
                Some(first) => Ok((first, false)),
                None => Err(Refusal::Internal("a message id is taken but cannot be found".into())),
            };
        }
        outgoing::note_files(&mut intention, message).await?;
        let (author, origin) = (message.author.kind, message.origin);
        intention.occurred(id, Occurred::Wrote { message: message.id, author, origin });
    }
    let read = What::MarkedRead { by, through };
    intention.note(id, format!("answered:{}", first.id), read).await?;
    if let Some(author) = by {
        let files: Vec<UploadId> = reply.files.iter().map(|file| file.upload).collect();
        super::writing::drafts::handed_in(&mut intention, id, author, &reply.text, &files).await?;
    }
    let then = reply.then.map(|then| match then {
        Then::ResetControl => Afterwards::ResetControl,
        Then::Close => Afterwards::Close,
        Then::Snooze => Afterwards::Snooze,
    });
    // What follows, follows the last of them.
    let last = messages.len() - 1;
    for (index, message) in messages.iter().enumerate() {
        let then = then.filter(|_| index == last);
        let job = Job::Send { message: message.id, by, through, then, content: None, again: false };
        intention.job(job, &record.page, Some(id)).await?;
    }
    intention.commit().await?;
    Ok((first, true))
}

/// A message for the text and one for each file, in the order they leave: Meta takes one of them at a time.
async fn as_messages(
    intention: &mut Intention,
    actor: &Actor,
    id: ConversationId,
    reply: &Reply,
    at: Timestamp,
) -> Result<Vec<Message>, Refusal> {
    let mut messages = Vec::with_capacity(reply.files.len() + 1);
    if !reply.text.trim().is_empty() {
        let text = Some(reply.text.trim().to_owned());
        messages.push(Message { text, ..blank(actor, id, reply.id, at) });
    }
    for enclosed in &reply.files {
        let attachment = outgoing::attach(intention.tx(), actor, enclosed.upload).await?;
        let later = at + i64::try_from(messages.len()).unwrap_or_default();
        messages.push(Message { attachments: vec![attachment], ..blank(actor, id, enclosed.id, later) });
    }
    Ok(messages)
}

/// Meta's name of a message that is quoted.
async fn quotable(tx: &mut Tx, id: ConversationId, quoted: MessageId) -> Result<Mid, Refusal> {
    let message = messages::find(tx, quoted).await?.filter(|message| message.conversation_id == id);
    let invalid = |message: &str| Refusal::Invalid { message: message.into() };
    let message = message.ok_or_else(|| {
        invalid("The message you reply to is not in this conversation. Send it without the quote.")
    })?;
    if message.deleted {
        return Err(invalid("The message you reply to was unsent. Send it without the quote."));
    }
    message.mid.ok_or_else(|| {
        invalid("Facebook does not have the message you reply to yet. Wait a moment, or send it without the quote.")
    })
}

/// What the author has read: up to the message on screen, or all there is when that is not said.
async fn read_until(
    intention: &mut Intention,
    record: &Record,
    seen: Option<&Seen>,
) -> store::Result<Timestamp> {
    let newest = record.last.as_ref().map_or(Timestamp::default(), |last| last.at);
    let Some(seen) = seen.and_then(|seen| seen.last_message_id) else {
        return Ok(newest.max(record.standing.asked_at.unwrap_or_default()));
    };
    let message = messages::find(intention.tx(), seen).await?;
    let newest_seen = record.last.as_ref().is_some_and(|last| last.id == seen);
    // A pass asks for attention without a message: whoever sees the last message has seen it too.
    let asked = record.standing.asked_at.filter(|_| newest_seen).unwrap_or_default();
    Ok(message.map_or(newest, |message| message.at).max(asked))
}

/// A message of ours with nothing in it yet.
fn blank(actor: &Actor, conversation: ConversationId, id: MessageId, at: Timestamp) -> Message {
    let (author, origin) = match actor {
        Actor::Person(person) => {
            let author = Author {
                kind: AuthorKind::Agent,
                id: Some(person.id.to_string()),
                name: Some(person.name.clone()),
            };
            (author, Origin::Inbox)
        }
        Actor::Token { name, .. } => {
            (Author { kind: AuthorKind::Workflow, id: None, name: Some(name.clone()) }, Origin::Api)
        }
    };
    Message {
        id,
        mid: None,
        conversation_id: conversation,
        at,
        direction: Direction::Out,
        author,
        text: None,
        attachments: Vec::new(),
        origin,
        delivery: Delivery { state: DeliveryState::Queued, error: None },
        tapped: None,
        reply_to: None,
        edited: false,
        deleted: false,
        late: false,
        reaction: None,
    }
}
