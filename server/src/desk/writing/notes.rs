//! Notes: what the team tells itself beside a conversation. They never go to Meta.

use super::drafts;
use crate::desk::intention::Intention;
use crate::desk::{Refusal, sight};
use crate::node::Node;
use app::api::NewNote;
use domain::live::Change;
use domain::person::{Act, Actor, Person};
use domain::writing::{MAX_NOTE, Mention, Named, Note, NoteAuthor, Reason, mentions};
use domain::{ConversationId, NoteId, NotificationId};
use serde_json::json;
use std::sync::Arc;
use store::conversations::Record;
use store::notifications::{self, NewNotification};
use store::{Tx, notes, people};

/// Adds a note and tells whom it names. The same id again answers with the first note; `false` says so.
pub async fn add(
    node: &Arc<Node>,
    actor: &Actor,
    id: ConversationId,
    new: NewNote,
) -> Result<(Note, bool), Refusal> {
    check(&new.text)?;
    let mut intention = Intention::begin(node).await?;
    let record = sight::find(intention.tx(), actor, id).await?;
    if let Some(first) = notes::find(intention.tx(), new.id).await? {
        return match first.conversation_id == id {
            true => Ok((first, false)),
            false => invalid("This note id belongs to another conversation. Make a new one."),
        };
    }
    let team = people::all(intention.tx()).await?;
    let known = everybody(intention.tx(), &team).await?;
    let note = Note {
        id: new.id,
        conversation_id: id,
        at: intention.now(),
        author: NoteAuthor { id: actor.person().map(|person| person.id), name: actor.name().to_owned() },
        text: new.text.trim().to_owned(),
        mentions: mentions(&new.text, &known, &new.mentions),
    };
    notes::insert(intention.tx(), &note).await?;
    tell(&mut intention, &record, &note, &team).await?;
    if let Some(author) = note.author.id {
        drafts::noted(&mut intention, id, author, &note.text).await?;
    }
    intention.tell(Change::Note { note: Box::new(note.clone()) });
    intention.commit().await?;
    Ok((note, true))
}

/// Deletes a note with the calls it made: its author may, and managers may delete anybody's.
pub async fn delete(node: &Arc<Node>, actor: &Actor, id: NoteId) -> Result<(), Refusal> {
    let mut intention = Intention::begin(node).await?;
    let Some(note) = notes::find(intention.tx(), id).await? else { return Ok(()) };
    let conversation_id = note.conversation_id;
    sight::find(intention.tx(), actor, conversation_id).await?;
    let own = note.author.id.is_some() && note.author.id == actor.person().map(|me| me.id);
    if !own && !actor.may(Act::Configure) {
        return Err(Refusal::Forbidden);
    }
    notes::remove(intention.tx(), id).await?;
    intention.tell(Change::NoteDeleted { conversation_id, note_id: id });
    let of = (!own).then_some(note.author.name);
    intention.audit(actor, "note.deleted", Some(conversation_id), json!({ "of": of })).await?;
    Ok(intention.commit().await?)
}

fn check(text: &str) -> Result<(), Refusal> {
    match text.trim().chars().count() {
        0 => invalid("Write something first."),
        length if length > MAX_NOTE => {
            invalid(format!("A note has at most {MAX_NOTE} characters; this has {length}. Shorten it."))
        }
        _ => Ok(()),
    }
}

fn invalid<T>(message: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::Invalid { message: message.into() })
}

/// Everybody who can be named: people and teams.
async fn everybody(tx: &mut Tx, team: &[Person]) -> store::Result<Vec<Mention>> {
    let people =
        team.iter().map(|person| Mention { who: Named::Person(person.id), name: person.name.clone() });
    let mut known: Vec<Mention> = people.collect();
    let teams = people::teams(tx).await?;
    known.extend(teams.into_iter().map(|team| Mention { who: Named::Team(team.id), name: team.name }));
    Ok(known)
}

/// Tells everybody a workflow's note names. Who does not see the conversation hears nothing of it.
pub async fn tell_named(intention: &mut Intention, record: &Record, note: &Note) -> store::Result<()> {
    for person in people::all(intention.tx()).await? {
        let Some(reason) = note.calls(&person) else { continue };
        if person.sight().sees(record.assignee, record.team) {
            put(intention, record, note, &person, reason).await?;
        }
    }
    Ok(())
}

async fn put(
    intention: &mut Intention,
    record: &Record,
    note: &Note,
    person: &Person,
    reason: Reason,
) -> store::Result<()> {
    let new = NewNotification {
        id: NotificationId(intention.node().clock.id()),
        person: person.id,
        conversation: record.id,
        note: note.id,
        reason,
        at: note.at,
    };
    notifications::put(intention.tx(), new).await.map(drop)
}

/// Tells everybody named, themselves or with their team, but not the author. Somebody who may not see the
/// conversation cannot be told: the note is refused, so that its author knows.
async fn tell(
    intention: &mut Intention,
    record: &Record,
    note: &Note,
    team: &[Person],
) -> Result<(), Refusal> {
    for person in team {
        let Some(reason) = note.calls(person) else { continue };
        if !person.sight().sees(record.assignee, record.team) {
            match reason {
                Reason::Mentioned => {
                    let name = &person.name;
                    return invalid(format!(
                        "{name} does not see this conversation. Assign it to {name} first, or leave the name out."
                    ));
                }
                Reason::TeamMentioned => continue,
            }
        }
        put(intention, record, note, person, reason).await?;
    }
    Ok(())
}
