//! What a turn does, in the transaction of the turn: what speaks to the outside becomes a row of the outbox.

use super::backdrop;
use super::ground::{self, Ground};
use super::occurred::Occurred;
use crate::desk::intention::Intention;
use crate::desk::{mark, profile, send};
use crate::work::jobs::{Job, Outside};
use domain::conversation::content::CHOICES;
use domain::conversation::evidence::{ClosingNote, What};
use domain::conversation::message::{
    Attachment, Author, AuthorKind, Delivery, DeliveryState, Direction, Origin,
};
use domain::conversation::standing::Status;
use domain::live::Change;
use domain::view::Message;
use domain::workflow::field::{FieldKey, NAME};
use domain::workflow::happening::Happening;
use domain::workflow::run::Run;
use domain::workflow::steps::content::{FileKind, Filled, FilledAction};
use domain::workflow::trigger::{Source, TagAction};
use domain::workflow::turn::{Effect, Input};
use domain::workflow::value::Value;
use domain::writing::{MAX_NOTE, Mention, Named, Note, NoteAuthor};
use domain::{ConversationId, MessageId, NoteId, PersonId, TeamId, Timestamp};
use serde_json::json;
use store::{Result, candidates, fields, notes, people};
use uuid::Uuid;

/// On whose behalf something is done.
pub struct Doer<'a> {
    pub ground: &'a Ground,
    pub run: &'a Run,
    /// By which what is asked comes back to the run.
    pub ticket: Uuid,
}

impl Doer<'_> {
    fn conversation(&self) -> ConversationId {
        self.run.conversation
    }

    fn name(&self) -> &str {
        &self.ground.workflow.name
    }
}

/// Does what a turn decided.
pub async fn apply(intention: &mut Intention, doer: &Doer<'_>, effects: Vec<Effect>) -> Result<()> {
    for effect in effects {
        apply_one(intention, doer, effect).await?;
    }
    Ok(())
}

async fn apply_one(intention: &mut Intention, doer: &Doer<'_>, effect: Effect) -> Result<()> {
    let (id, ticket) = (doer.conversation(), doer.ticket);
    match effect {
        Effect::Send { content } => say(intention, doer, content).await,
        Effect::TakeControl {} => {
            ask(intention, doer, Job::Take { conversation: id, by: None, ticket: Some(ticket) }).await
        }
        Effect::PassControl { to, metadata } => {
            let job = Job::Release {
                conversation: id,
                by: None,
                automatic: false,
                to,
                words: metadata,
                ticket: Some(ticket),
            };
            ask(intention, doer, job).await
        }
        Effect::AskOwner {} => {
            ask(intention, doer, Job::Ask { conversation: id, ticket: Some(ticket) }).await
        }
        Effect::Request { request } => call(intention, doer, Outside::Request { request }).await,
        Effect::AddRow { row } => call(intention, doer, Outside::Row { row }).await,
        Effect::AskAgent { brief } => call(intention, doer, Outside::Agent { brief }).await,
        Effect::Assign { person, team } => assign(intention, doer, person, team).await,
        Effect::SetField { key, value } => set_field(intention, id, &key, value).await.map(drop),
        Effect::AddTags { tags } => {
            for tag in tags.iter().filter(|tag| !tag.trim().is_empty()) {
                set_tag(intention, id, tag, true).await?;
            }
            Ok(())
        }
        Effect::RemoveTags { tags } => {
            for tag in &tags {
                set_tag(intention, id, tag, false).await?;
            }
            Ok(())
        }
        Effect::Open {} => open(intention, doer).await,
        Effect::Close { category, summary } => close(intention, doer, category, summary).await,
        Effect::Comment { text, mentions } => comment(intention, doer, &text, &mentions).await,
        Effect::Start { workflow, step } => {
            intention.occurred(id, Occurred::Start { workflow, step, by: doer.name().to_owned() });
            Ok(())
        }
    }
}

/// Leaves a message to be sent. What Messenger would not take fails at once, in words.
async fn say(intention: &mut Intention, doer: &Doer<'_>, content: Filled) -> Result<()> {
    if let Err(words) = send::content_of(&content) {
        intention.occurred(
            doer.conversation(),
            Occurred::Answered { ticket: doer.ticket, input: Input::NotSent { words } },
        );
        return Ok(());
    }
    let id = doer.conversation();
    let now = intention.now();
    let record = intention.held(id).clone();
    let at = record.last.as_ref().map_or(now, |last| now.max(last.at + 1));
    let message = message(doer, at, &content);
    intention.add_message(message).await?;
    let job = Job::Send {
        message: MessageId(doer.ticket),
        by: None,
        through: Timestamp::default(),
        then: None,
        content: Some(Box::new(content)),
        again: false,
    };
    intention.job(job, &record.page, Some(id)).await?;
    Ok(())
}

fn message(doer: &Doer<'_>, at: Timestamp, content: &Filled) -> Message {
    let author = Author {
        kind: AuthorKind::Workflow,
        id: Some(doer.ground.workflow.id.to_string()),
        name: Some(doer.name().to_owned()),
    };
    Message {
        id: MessageId(doer.ticket),
        mid: None,
        conversation_id: doer.conversation(),
        at,
        direction: Direction::Out,
        author,
        text: content.text.clone(),
        attachments: attachments(content),
        origin: Origin::Workflow,
        delivery: Delivery { state: DeliveryState::Queued, error: None },
        tapped: None,
        reply_to: None,
        edited: false,
        deleted: false,
        late: false,
        reaction: None,
    }
}

/// What the thread shows of it besides its text.
fn attachments(content: &Filled) -> Vec<Attachment> {
    let plain = |kind: &str, payload| Attachment {
        kind: kind.into(),
        title: None,
        url: None,
        payload: Some(payload),
        media: Vec::new(),
    };
    let mut shown = Vec::new();
    if let Some((kind, url)) = &content.file {
        let title = url.rsplit('/').next().filter(|name| !name.is_empty()).map(str::to_owned);
        let kind = file_word(*kind).to_owned();
        shown.push(Attachment { kind, title, url: Some(url.clone()), payload: None, media: Vec::new() });
    }
    if !content.buttons.is_empty() {
        let buttons: Vec<_> = content.buttons.iter().map(|(title, does)| button(title, does)).collect();
        shown.push(plain("template", json!({ "template_type": "button", "buttons": buttons })));
    }
    if !content.quick_replies.is_empty() {
        let titles: Vec<_> = content.quick_replies.iter().map(|(title, _)| title).collect();
        shown.push(plain(CHOICES, json!(titles)));
    }
    shown
}

fn button(title: &str, does: &FilledAction) -> serde_json::Value {
    match does {
        FilledAction::Postback(payload) => json!({ "type": "postback", "title": title, "payload": payload }),
        FilledAction::Link(url) => json!({ "type": "web_url", "title": title, "url": url }),
        FilledAction::Call(phone) => json!({ "type": "phone_number", "title": title, "payload": phone }),
    }
}

const fn file_word(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Image => "image",
        FileKind::Video => "video",
        FileKind::Audio => "audio",
        FileKind::File => "file",
    }
}

/// Asks Meta about control; what waits to be sent goes out first.
async fn ask(intention: &mut Intention, doer: &Doer<'_>, job: Job) -> Result<()> {
    let id = doer.conversation();
    let page = intention.held(id).page.clone();
    intention.job(job, &page, Some(id)).await?;
    Ok(())
}

/// Asks somebody else's server, beside the conversation: a slow one holds up no message.
async fn call(intention: &mut Intention, doer: &Doer<'_>, call: Outside) -> Result<()> {
    let id = doer.conversation();
    let page = intention.held(id).page.clone();
    let job = Job::Call { conversation: id, ticket: doer.ticket, call: Box::new(call) };
    intention.job(job, &page, None).await?;
    Ok(())
}

async fn assign(
    intention: &mut Intention,
    doer: &Doer<'_>,
    person: Option<PersonId>,
    team: Option<TeamId>,
) -> Result<()> {
    let (id, now) = (doer.conversation(), intention.now());
    let record = intention.held(id);
    if (record.assignee, record.team) == (person, team) {
        return Ok(());
    }
    let mut to = None;
    if let Some(team) = team {
        to = people::find_team(intention.tx(), team).await?.map(|team| team.name);
    }
    if let Some(person) = person {
        to = people::find(intention.tx(), person).await?.map(|person| person.name);
        candidates::given(intention.tx(), person, now).await?;
    }
    let record = intention.held_mut(id);
    record.assignee = person;
    record.team = team;
    intention.audit_by(doer.name(), mark::ASSIGNED, Some(id), json!({ "to": to })).await
}

/// Writes a field of the contact, and lets workflows hear of it. `false`: it had this value.
pub async fn set_field(
    intention: &mut Intention,
    id: ConversationId,
    key: &FieldKey,
    value: Value,
) -> Result<bool> {
    let (record, now) = (intention.held(id).clone(), intention.now());
    let value = if value.is_empty() { key.unwritten() } else { value };
    let known = intention.contact(record.contact).await?;
    let before = ground::values(known.as_deref(), &record);
    let previous = before.get(key).cloned().unwrap_or_default();
    if previous == value {
        return Ok(false);
    }
    fields::set(intention.tx(), record.contact, key, &value, now).await?;
    intention.contact_changed(record.contact);
    if key.as_str() == NAME {
        profile::show_best_name(intention, id).await?;
    }
    tell_contact(intention, id).await?;
    let field = key.clone();
    intention.occurred(id, Occurred::Happened(Happening::FieldUpdated { field, previous, value }));
    Ok(true)
}

/// Puts a tag on the contact or takes it off, and lets workflows hear of it. `false`: it was so.
pub async fn set_tag(intention: &mut Intention, id: ConversationId, tag: &str, on: bool) -> Result<bool> {
    let (contact, now) = (intention.held(id).contact, intention.now());
    let changed = match on {
        true => fields::tag(intention.tx(), contact, tag, now).await?,
        false => fields::untag(intention.tx(), contact, tag).await?,
    };
    if changed {
        intention.contact_changed(contact);
        tell_contact(intention, id).await?;
        let action = if on { TagAction::Added } else { TagAction::Removed };
        let happening = Happening::TagUpdated { action, tag: tag.trim().to_owned() };
        intention.occurred(id, Occurred::Happened(happening));
    }
    Ok(changed)
}

/// Tells browsers what the team knows about the contact of a held conversation.
pub async fn tell_contact(intention: &mut Intention, id: ConversationId) -> Result<()> {
    let record = intention.held(id).clone();
    let known = intention.contact(record.contact).await?;
    let all = backdrop::fields(intention).await?;
    let details = crate::desk::contacts::as_details(known.as_deref(), &all, &record);
    intention.tell(Change::Contact { conversation_id: id, details: Box::new(details) });
    Ok(())
}

async fn open(intention: &mut Intention, doer: &Doer<'_>) -> Result<()> {
    let id = doer.conversation();
    if intention.held(id).standing.status != Status::Closed {
        return Ok(());
    }
    let key = format!("{}:{}", mark::REOPENED, intention.node().clock.id());
    intention.note(id, key, What::Reopened { by: None }).await?;
    intention.audit_by(doer.name(), mark::REOPENED, Some(id), serde_json::Value::Null).await
}

async fn close(
    intention: &mut Intention,
    doer: &Doer<'_>,
    category: Option<String>,
    summary: Option<String>,
) -> Result<()> {
    let id = doer.conversation();
    if intention.held(id).standing.status == Status::Closed {
        return Ok(());
    }
    let through = mark::newest(intention.held(id));
    let key = format!("{}:{}", mark::CLOSED, intention.node().clock.id());
    let note = ClosingNote { category: category.clone(), summary: summary.clone() };
    intention.note(id, key, What::Closed { by: None, through, note }).await?;
    let detail = json!({ "category": category, "summary": summary });
    intention.audit_by(doer.name(), mark::CLOSED, Some(id), detail).await?;
    if intention.held(id).standing.status == Status::Closed {
        let happening = Happening::ConversationClosed { source: Source::Workflow, category, summary };
        intention.occurred(id, Occurred::Happened(happening));
    }
    Ok(())
}

async fn comment(
    intention: &mut Intention,
    doer: &Doer<'_>,
    text: &str,
    mentioned: &[PersonId],
) -> Result<()> {
    let text: String = text.trim().chars().take(MAX_NOTE).collect();
    if text.is_empty() {
        return Ok(());
    }
    let mut mentions = Vec::new();
    for id in mentioned {
        if let Some(person) = people::find(intention.tx(), *id).await? {
            mentions.push(Mention { who: Named::Person(person.id), name: person.name });
        }
    }
    let note = Note {
        id: NoteId(intention.node().clock.id()),
        conversation_id: doer.conversation(),
        at: intention.now(),
        author: NoteAuthor { id: None, name: doer.name().to_owned() },
        text,
        mentions,
    };
    notes::insert(intention.tx(), &note).await?;
    let record = intention.held(note.conversation_id).clone();
    crate::desk::writing::notes::tell_named(intention, &record, &note).await?;
    intention.tell(Change::Note { note: Box::new(note) });
    Ok(())
}
