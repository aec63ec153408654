//! What people have written and not sent, kept for them wherever they sign in.

use crate::desk::intention::Intention;
use crate::desk::{Refusal, sight};
use crate::node::Node;
use app::api::Saved;
use domain::live::Change;
use domain::person::{Actor, Person};
use domain::writing::{Draft, MAX_NOTE, Sheet};
use domain::{ConversationId, PersonId, UploadId};
use std::sync::Arc;
use store::{Tx, drafts, uploads};

/// The most drafts a browser is given; a person has a few.
const MOST: i64 = 500;
/// The most characters of an answer that is being written. Far more than Messenger takes: the composer says so.
const MAX_REPLY: usize = 20_000;

/// The newest drafts of a person, blank ones included.
pub async fn all(node: &Node, person: &Person) -> Result<Vec<Draft>, Refusal> {
    Ok(drafts::all(&mut node.db.snapshot().await?, person.id, MOST).await?)
}

/// Keeps a sheet over the version its writer knew. What another browser of the same person has saved since is never
/// overwritten: the answer shows it.
pub async fn save(
    node: &Arc<Node>,
    person: &Person,
    id: ConversationId,
    sheet: Sheet,
    based_on: i64,
) -> Result<Saved, Refusal> {
    check(&sheet)?;
    let mut intention = Intention::begin(node).await?;
    sight::find(intention.tx(), &Actor::Person(person.clone()), id).await?;
    let sheet = with_known_files(intention.tx(), person.id, sheet).await?;
    let before = drafts::of(intention.tx(), id, person.id).await?;
    if let Some(before) = before.as_ref().filter(|before| before.sheet == sheet) {
        return Ok(Saved::Kept { version: before.version });
    }
    let now = intention.now();
    let Some(version) = drafts::save(intention.tx(), id, person.id, &sheet, based_on, now).await? else {
        let draft = before.ok_or_else(|| Refusal::Internal("a draft is newer but cannot be found".into()))?;
        return Ok(Saved::Other { draft });
    };
    announce(&mut intention, id, person.id, before.as_ref(), &sheet);
    intention.commit().await?;
    Ok(Saved::Kept { version })
}

/// The answer that was being written has been handed in: what is left of the sheet is what was typed since. Part of
/// the intention that takes the answer in, so that no crash leaves both.
pub async fn handed_in(
    intention: &mut Intention,
    id: ConversationId,
    person: PersonId,
    text: &str,
    files: &[UploadId],
) -> store::Result<()> {
    let Some(before) = drafts::of(intention.tx(), id, person).await? else { return Ok(()) };
    let mut sheet = before.sheet.clone();
    if sheet.reply.trim() == text.trim() {
        sheet.reply.clear();
    }
    sheet.files.retain(|file| !files.contains(&file.id));
    put(intention, id, person, &before, sheet).await
}

/// The same for a note.
pub async fn noted(
    intention: &mut Intention,
    id: ConversationId,
    person: PersonId,
    text: &str,
) -> store::Result<()> {
    let Some(before) = drafts::of(intention.tx(), id, person).await? else { return Ok(()) };
    let mut sheet = before.sheet.clone();
    if sheet.note.trim() == text.trim() {
        sheet.note.clear();
    }
    put(intention, id, person, &before, sheet).await
}

async fn put(
    intention: &mut Intention,
    id: ConversationId,
    person: PersonId,
    before: &Draft,
    sheet: Sheet,
) -> store::Result<()> {
    if before.sheet == sheet {
        return Ok(());
    }
    let now = intention.now();
    drafts::save(intention.tx(), id, person, &sheet, before.version, now).await?;
    announce(intention, id, person, Some(before), &sheet);
    Ok(())
}

/// Only that there is a draft, or none any more: what it says is nobody else's business, and each letter no news.
fn announce(
    intention: &mut Intention,
    id: ConversationId,
    person: PersonId,
    before: Option<&Draft>,
    sheet: &Sheet,
) {
    let was_blank = before.is_none_or(|before| before.sheet.is_blank());
    let any = !sheet.is_blank();
    if was_blank == any {
        intention.tell(Change::Draft { conversation_id: id, person_id: person, any });
    }
}

fn check(sheet: &Sheet) -> Result<(), Refusal> {
    let too_long = |text: &str, most| text.chars().count() > most;
    if too_long(&sheet.reply, MAX_REPLY) || too_long(&sheet.note, MAX_NOTE) {
        let message = "This is too long to be kept as a draft. It stays in this browser; shorten it.";
        return Err(Refusal::Invalid { message: message.into() });
    }
    Ok(())
}

/// The files as the server knows them. One that is gone, or somebody else's, is no longer on the sheet.
async fn with_known_files(tx: &mut Tx, person: PersonId, mut sheet: Sheet) -> store::Result<Sheet> {
    let mut files = Vec::with_capacity(sheet.files.len());
    for file in &sheet.files {
        let stored = uploads::find(tx, file.id).await?;
        files.extend(stored.filter(|stored| stored.person == person).map(|stored| stored.upload));
    }
    sheet.files = files;
    Ok(sheet)
}
