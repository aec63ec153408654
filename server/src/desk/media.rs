//! Files: noted when their message arrives, copied by [`crate::work::media`], shown to whoever may see the
//! conversation, fetched again when somebody asks, deleted when their writer takes them back.

use super::Refusal;
use super::control::credentials;
use super::intention::Intention;
use crate::media::facts;
use crate::node::Node;
use bytes::Bytes;
use domain::conversation::message::{Attachment, Origin};
use domain::media::{Media, MediaState, is_shown};
use domain::person::{Act, Actor};
use domain::view::Message;
use domain::{ConversationId, MINUTE, MediaId, MessageId, SECOND};
use messenger::Missing;
use std::sync::Arc;
use store::media::{self, Belongs, NewMedia, Record};
use store::{Result, contacts, conversations, messages};

/// How often fetching is tried: with doubling pauses, for about a day.
const TRIES: i64 = 10;
/// The longest pause between two tries, in milliseconds.
const LONGEST_PAUSE: i64 = 240 * MINUTE;
/// The longest name a file keeps, in characters.
const NAME: usize = 120;

const EXPIRED: &str = "Facebook no longer has this file. Ask the customer to send it again.";
const FOREIGN: &str = "The address does not belong to Facebook, so it was not opened.";
const GONE_ASTRAY: &str = "The stored file is missing. Fetch it again.";

/// Gives every file of a message that comes from Meta an id, so that the message and its rows agree.
pub fn plan(node: &Node, message: &mut Message) {
    if message.origin != Origin::External {
        return;
    }
    for attachment in &mut message.attachments {
        let files = attachment.files();
        let name = file_name(attachment);
        attachment.media = files
            .into_iter()
            .map(|(part, _)| Media::waiting(MediaId(node.clock.id()), part, name.clone()))
            .collect();
    }
}

/// What the writer called a file: its title, or the last word of its address.
fn file_name(attachment: &Attachment) -> Option<String> {
    if attachment.kind != "file" {
        return None;
    }
    let address = attachment.url.as_deref().and_then(|url| url::Url::parse(url).ok());
    let last =
        address.as_ref().and_then(|url| url.path_segments()?.next_back()).filter(|last| last.contains('.'));
    attachment.title.as_deref().filter(|title| !title.is_empty()).or(last).map(short)
}

fn short(name: &str) -> String {
    name.chars().take(NAME).collect()
}

/// Notes the files of a message that was just added.
pub async fn note(intention: &mut Intention, message: &Message) -> Result<()> {
    let now = intention.now();
    for (position, attachment) in (0..).zip(&message.attachments) {
        let sources = attachment.files();
        for file in attachment.media.iter().filter(|file| file.state == MediaState::Waiting) {
            let source = sources.iter().find(|(part, _)| *part == file.part).map(|(_, url)| url.clone());
            let belongs = Belongs::Message { id: message.id, position, part: file.part.clone() };
            let new = NewMedia {
                id: file.id,
                conversation: Some(message.conversation_id),
                belongs,
                source,
                name: file.name.clone(),
            };
            media::put(intention.tx(), &new, now).await?;
            intention.wake_media();
        }
    }
    Ok(())
}

/// Notes a customer's picture, which replaces the one before.
pub async fn note_picture(intention: &mut Intention, id: ConversationId, source: &str) -> Result<()> {
    let (contact, now) = (intention.held(id).contact, intention.now());
    let new = NewMedia {
        id: MediaId(intention.node().clock.id()),
        conversation: Some(id),
        belongs: Belongs::Contact(contact),
        source: Some(source.to_owned()),
        name: None,
    };
    media::put(intention.tx(), &new, now).await?;
    intention.wake_media();
    Ok(())
}

/// Does what is due about a file: fetches or deletes it.
pub async fn tend(node: &Arc<Node>, record: Record) -> Result<(), Refusal> {
    let id = record.view.id;
    if record.leaving {
        return match node.config.files.delete(id).await {
            Ok(()) => {
                let mut tx = node.db.begin().await?;
                media::remove(&mut tx, id).await?;
                Ok(tx.commit().await?)
            }
            Err(error) => put_off(node, &record, &error.to_string(), None).await,
        };
    }
    let Some(source) = record.source.clone() else { return give_up(node, &record, GONE_ASTRAY).await };
    match node.messenger.download(&source, node.config.media_limit).await {
        Ok(content) => {
            // Bytes first: a row never promises what is not there.
            match node.config.files.put(id, content.clone()).await {
                Ok(()) => settle(node, &record, Outcome::Stored(content)).await,
                Err(error) => put_off(node, &record, &error.to_string(), None).await,
            }
        }
        Err(Missing::Foreign) => give_up(node, &record, FOREIGN).await,
        Err(Missing::TooLarge { most }) => {
            give_up(node, &record, &format!("The file is larger than {} MB.", most / 1_000_000)).await
        }
        Err(Missing::Expired(_)) => match fresh_address(node, &record).await? {
            Some(address) if address != source => put_off(node, &record, EXPIRED, Some(&address)).await,
            _ => give_up(node, &record, EXPIRED).await,
        },
        Err(Missing::Unreachable(why)) => put_off(node, &record, &why, None).await,
    }
}

/// Asks Meta where the file lies today.
async fn fresh_address(node: &Arc<Node>, record: &Record) -> Result<Option<String>, Refusal> {
    let (Some(conversation), Belongs::Message { id, position, part }) =
        (record.conversation, &record.belongs)
    else {
        return Ok(None);
    };
    let message = messages::find(&mut node.db.snapshot().await?, *id).await?;
    let Some(mid) = message.and_then(|message| message.mid) else { return Ok(None) };
    let credentials = match credentials(node, conversation).await {
        Ok((credentials, _)) => credentials,
        Err(_) => return Ok(None),
    };
    let Ok(Some(remembered)) = node.messenger.message(&credentials, &mid).await else { return Ok(None) };
    let position = usize::try_from(*position).unwrap_or(usize::MAX);
    let files = remembered.attachments.get(position).map(Attachment::files).unwrap_or_default();
    Ok(files.into_iter().find(|(known, _)| known == part).map(|(_, url)| url))
}

async fn put_off(node: &Arc<Node>, record: &Record, why: &str, address: Option<&str>) -> Result<(), Refusal> {
    if record.attempts >= TRIES && !record.leaving {
        let words = format!("Facebook did not hand the file over: {why}. Try again later.");
        return give_up(node, record, &words).await;
    }
    let pause = match address {
        Some(_) => 0,
        None => ((5 * SECOND) << record.attempts.clamp(0, 12)).min(LONGEST_PAUSE),
    };
    let mut tx = node.db.begin().await?;
    media::retry(&mut tx, record.view.id, node.clock.now() + pause, why, address).await?;
    Ok(tx.commit().await?)
}

async fn give_up(node: &Arc<Node>, record: &Record, why: &str) -> Result<(), Refusal> {
    settle(node, record, Outcome::Failed(why)).await
}

enum Outcome<'a> {
    Stored(Bytes),
    Failed(&'a str),
}

/// Records how it ended and shows it to everybody.
async fn settle(node: &Arc<Node>, record: &Record, outcome: Outcome<'_>) -> Result<(), Refusal> {
    let mut intention = Intention::begin(node).await?;
    let id = record.view.id;
    if let Some(conversation) = record.conversation {
        intention.lock(conversation).await?;
    }
    // Taken back meanwhile: the bytes have to go again.
    let Some(current) = media::find(intention.tx(), id).await?.filter(|current| !current.leaving) else {
        let now = intention.now();
        media::leave(intention.tx(), id, now).await?;
        intention.wake_media();
        return Ok(intention.commit().await?);
    };
    match &outcome {
        Outcome::Stored(content) => media::stored(intention.tx(), id, &facts(content)).await?,
        Outcome::Failed(why) => media::failed(intention.tx(), id, why).await?,
    }
    let kind = match &outcome {
        Outcome::Stored(content) => facts(content).kind,
        Outcome::Failed(_) => None,
    };
    show(&mut intention, &current, kind.as_deref()).await?;
    Ok(intention.commit().await?)
}

/// Writes a file's state where it is shown.
async fn show(intention: &mut Intention, record: &Record, kind: Option<&str>) -> Result<()> {
    match &record.belongs {
        Belongs::Message { id, position, .. } => {
            let view = media::find(intention.tx(), record.view.id).await?.map(|record| record.view);
            let message = messages::find(intention.tx(), *id).await?;
            let (Some(view), Some(mut message)) = (view, message) else { return Ok(()) };
            let position = usize::try_from(*position).unwrap_or(usize::MAX);
            let Some(attachment) = message.attachments.get_mut(position) else { return Ok(()) };
            match attachment.media.iter_mut().find(|media| media.id == view.id) {
                Some(shown) => *shown = view,
                None => attachment.media.push(view),
            }
            messages::set_attachments(intention.tx(), *id, &message.attachments).await?;
            intention.message_changed(*id).await
        }
        Belongs::Contact(contact) if kind.is_some_and(is_shown) => {
            contacts::set_picture(intention.tx(), *contact, record.view.id).await?;
            intention.contact_changed(*contact);
            if let Some(conversation) = record.conversation {
                intention.held_mut(conversation);
            }
            Ok(())
        }
        Belongs::Contact(_) | Belongs::Nothing => Ok(()),
    }
}

/// Has a file that was given up fetched once more, from where Meta keeps it today.
pub async fn fetch_again(node: &Arc<Node>, actor: &Actor, id: MediaId) -> Result<(), Refusal> {
    let record = seen_by(node, actor, id).await?;
    let address = fresh_address(node, &record).await?;
    let mut intention = Intention::begin(node).await?;
    let now = intention.now();
    if let Some(conversation) = record.conversation {
        intention.lock(conversation).await?;
    }
    if media::again(intention.tx(), id, now).await? {
        if let Some(address) = address {
            media::retry(intention.tx(), id, now, "", Some(&address)).await?;
        }
        show(&mut intention, &record, None).await?;
        intention.wake_media();
    }
    Ok(intention.commit().await?)
}

/// Keeps a file somebody of the team uploads, for a message that is still being written.
pub async fn keep(
    node: &Arc<Node>,
    conversation: Option<ConversationId>,
    name: &str,
    content: Bytes,
) -> Result<Media, Refusal> {
    if u64::try_from(content.len()).unwrap_or(u64::MAX) > node.config.media_limit {
        let most = node.config.media_limit / 1_000_000;
        return Err(Refusal::Invalid {
            message: format!("A file may have at most {most} MB. Send a smaller one."),
        });
    }
    if content.is_empty() {
        return Err(Refusal::Invalid { message: "This file is empty. Choose another one.".into() });
    }
    let id = MediaId(node.clock.id());
    let found = facts(&content);
    node.config.files.put(id, content).await.map_err(|error| Refusal::Internal(error.to_string()))?;
    let mut tx = node.db.begin().await?;
    let name = Some(short(name)).filter(|name| !name.is_empty());
    let new = NewMedia { id, conversation, belongs: Belongs::Nothing, source: None, name };
    media::put(&mut tx, &new, node.clock.now()).await?;
    media::stored(&mut tx, id, &found).await?;
    let kept = media::find(&mut tx, id).await?.ok_or(Refusal::Gone)?;
    tx.commit().await?;
    Ok(kept.view)
}

/// The files of a message that was taken back go with it.
pub async fn forget(intention: &mut Intention, message: MessageId) -> Result<()> {
    let now = intention.now();
    if media::leave_message(intention.tx(), message, now).await? > 0 {
        intention.wake_media();
    }
    Ok(())
}

/// A file, for somebody who sees its conversation. For everybody else it does not exist.
pub async fn seen_by(node: &Node, actor: &Actor, id: MediaId) -> Result<Record, Refusal> {
    if !actor.may(Act::Look) {
        return Err(Refusal::Gone);
    }
    let mut tx = node.db.snapshot().await?;
    let record = media::find(&mut tx, id).await?.filter(|record| !record.leaving).ok_or(Refusal::Gone)?;
    if let Some(conversation) = record.conversation {
        let conversation = conversations::find(&mut tx, conversation).await?.ok_or(Refusal::Gone)?;
        if !actor.sight().sees(conversation.assignee, conversation.team) {
            return Err(Refusal::Gone);
        }
    }
    Ok(record)
}
