//! A message's file on its way to Meta: handed over first, which may be repeated; then sent by the name Meta gave it,
//! which happens once.

use crate::desk::Refusal;
use crate::desk::intention::Intention;
use crate::node::Node;
use domain::conversation::file::{Upload, attachment, uploaded};
use domain::conversation::message::Attachment;
use domain::media::{Media, MediaState};
use domain::person::Actor;
use domain::view::Message;
use domain::{DAY, MediaId, UploadId};
use messenger::Credentials;
use messenger::error::{Error, Verdict};
use messenger::outgoing::{Attached, File};
use store::media::{self, Belongs, Facts, NewMedia};
use store::{Result, Tx, uploads};

/// Meta forgets a file after 90 days; before that we hand it over again, in milliseconds.
const GOOD_FOR: i64 = 80 * DAY;
/// Meta's subcodes for a name it does not know, or a file it could not use.
const UNKNOWN_NAME: [i64; 3] = [2_018_008, 2_018_074, 2_018_294];

/// A file as the attachment of a message that is being written. Only its owner may send it.
pub async fn attach(tx: &mut Tx, actor: &Actor, id: UploadId) -> std::result::Result<Attachment, Refusal> {
    let stored = uploads::find(tx, id).await?;
    let mine = stored.filter(|stored| actor.person().is_some_and(|person| person.id == stored.person));
    let Some(stored) = mine else {
        let message = "A file is no longer there. Attach it again; nothing was sent.".into();
        return Err(Refusal::Invalid { message });
    };
    let upload = stored.upload;
    let media = Media {
        state: MediaState::Stored,
        kind: Some(upload.mime.clone()),
        bytes: i64::try_from(upload.size).ok(),
        ..Media::waiting(MediaId(upload.id.0), String::new(), Some(upload.name.clone()))
    };
    Ok(Attachment { media: vec![media], ..attachment(&upload) })
}

/// Whoever sees the conversation sees its files from now on, and they are kept.
pub async fn note_files(intention: &mut Intention, message: &Message) -> Result<()> {
    let now = intention.now();
    for (position, attachment) in (0..).zip(&message.attachments) {
        let Some(upload) = uploaded(attachment) else { continue };
        let id = MediaId(upload.id.0);
        let new = NewMedia {
            id,
            conversation: Some(message.conversation_id),
            belongs: Belongs::Message { id: message.id, position, part: String::new() },
            source: None,
            name: Some(upload.name),
        };
        // Sent again, it is there already.
        if media::put(intention.tx(), &new, now).await? {
            let bytes = i64::try_from(upload.size).unwrap_or(i64::MAX);
            let facts = Facts { kind: Some(upload.mime), bytes, ..Facts::default() };
            media::stored(intention.tx(), id, &facts).await?;
        }
        uploads::sent(intention.tx(), upload.id, message.id).await?;
    }
    Ok(())
}

/// The file a message of ours carries.
pub fn of(message: &Message) -> Option<Upload> {
    message.attachments.iter().find_map(uploaded)
}

/// Meta's name for a file on this page; it is handed over if Meta does not have it.
pub async fn hand_over(
    node: &Node,
    page: &Credentials,
    upload: &Upload,
) -> Result<std::result::Result<Attached, Error>> {
    let stored = uploads::find(&mut node.db.snapshot().await?, upload.id).await?;
    let now = node.clock.now();
    let known = stored
        .and_then(|stored| stored.at_meta)
        .filter(|(at, _, since)| *at == page.page && now - *since < GOOD_FOR);
    if let Some((_, id, _)) = known {
        return Ok(Ok(Attached { kind: upload.kind, id }));
    }
    let content = match node.config.files.get(MediaId(upload.id.0), None).await {
        Ok(Some(content)) => content,
        Ok(None) => return Ok(Err(missing())),
        Err(error) => return Ok(Err(unreadable(error.to_string()))),
    };
    let file = File { kind: upload.kind, name: upload.name.clone(), mime: upload.mime.clone(), content };
    let attached = match node.messenger.upload(page, &file).await {
        Ok(attached) => attached,
        Err(error) => return Ok(Err(error)),
    };
    let mut tx = node.db.begin().await?;
    uploads::known_at_meta(&mut tx, upload.id, &page.page, &attached.id, now).await?;
    tx.commit().await?;
    Ok(Ok(attached))
}

/// Whether Meta refused because of the name it once gave; the next try hands the file over again.
pub fn is_forgotten(error: &Error) -> bool {
    error.subcode.is_some_and(|subcode| UNKNOWN_NAME.contains(&subcode))
}

/// Whether Meta has been asked to send this file: not before it had a name there.
pub async fn may_have_left(tx: &mut Tx, upload: UploadId) -> Result<bool> {
    Ok(uploads::find(tx, upload).await?.is_some_and(|stored| stored.at_meta.is_some()))
}

/// Its words are those for a file Meta could not use: attach it again.
fn missing() -> Error {
    let message = "the file is no longer in the media store".to_owned();
    Error { code: 100, subcode: Some(2_018_074), message, trace: None, kind: Verdict::GiveUp }
}

/// The media store does not answer just now.
fn unreadable(message: String) -> Error {
    tracing::error!(error = %message, "a file to send could not be read");
    Error { code: 0, subcode: None, message, trace: None, kind: Verdict::Retry { after_ms: None } }
}
