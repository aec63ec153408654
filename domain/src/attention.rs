//! What asks for a person's attention, and what leaves them in peace (CR-03).
//!
//! The same rule stands behind sounds, the notifications of the browser and the page that tells why nothing came. A
//! new event gets a variant in [`Event`] and its arm in [`Listener::hear`].

use crate::conversation::control::OwnerKind;
use crate::conversation::message::{AuthorKind, DeliveryState, Direction};
use crate::conversation::standing::Status;
use crate::live::Change;
use crate::page::Health;
use crate::person::{Act, Person};
use crate::view::{Conversation, Facts, Message, PageView};
use crate::writing::Note;
use crate::{ConversationId, MINUTE, MessageId, PageId, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, VecDeque};

/// Something that may call somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// A customer wrote where we answer.
    Message,
    /// A bot handed its thread over to us, and the customer waits for a person (CR-13).
    HandedOver,
    /// A conversation that was put away for a time is back.
    Woken,
    /// A conversation was given to this person.
    Assigned,
    /// A colleague named this person in a note.
    Mentioned,
    /// A message this person sent did not arrive.
    Failed,
    /// A page can no longer send, or something at it is to be put right.
    Page,
}

impl Event {
    pub const ALL: [Self; 7] = [
        Self::Message,
        Self::HandedOver,
        Self::Woken,
        Self::Assigned,
        Self::Mentioned,
        Self::Failed,
        Self::Page,
    ];
}

/// What a call is about. It opens exactly that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    Conversation(ConversationId),
    Page(PageId),
}

/// Something happened that may call this person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub event: Event,
    pub subject: Subject,
    /// Who it is about: the customer's or the page's name. Hostile text.
    pub who: String,
    /// What was said, or why; may be empty. Hostile text.
    pub words: String,
    /// The same for every window that hears the same thing, so that one of them calls.
    pub key: String,
}

/// Why something that happened calls nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Peace {
    /// A bot or the Page Inbox has the thread (CR-03).
    NotOurs,
    /// A colleague has the conversation.
    ColleaguesOwn,
    /// Somebody dealt with it, or it does not wait for an answer.
    NotWaiting,
    /// It is open in front of this person.
    Watching,
    /// The person wants to be left alone for a while.
    Quiet,
    /// The person chose not to be called for this, by any way.
    NotWanted,
    /// Another window of this person called.
    OtherWindow,
}

/// What came of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    pub call: Call,
    /// Nothing: it calls.
    pub peace: Option<Peace>,
}

/// How many messages are remembered, so that none calls twice.
const REMEMBERED: usize = 512;
/// A message this much older than the listener is not news: it was on screen when the page was loaded.
const OLD: i64 = 5 * MINUTE;

/// Follows the live changes on behalf of one person.
#[derive(Clone, Debug)]
pub struct Listener {
    me: Person,
    began: Timestamp,
    heard: VecDeque<MessageId>,
    /// Customers' messages waiting for the state of their conversation, which follows in the same breath.
    fresh: VecDeque<MessageId>,
    failed: VecDeque<MessageId>,
    /// What is known of pages that need somebody.
    troubled: HashMap<PageId, String>,
}

impl Listener {
    /// Listens for this person from now on.
    pub fn new(me: Person, began: Timestamp) -> Self {
        Self {
            me,
            began,
            heard: VecDeque::new(),
            fresh: VecDeque::new(),
            failed: VecDeque::new(),
            troubled: HashMap::new(),
        }
    }

    /// Whether it listens for this person, with these rights and teams.
    pub fn is_for(&self, person: &Person) -> bool {
        self.me == *person
    }

    /// Takes in one change. `watching`: the conversation that lies open in front of the person.
    pub fn hear(&mut self, change: &Change, watching: Option<ConversationId>) -> Vec<Heard> {
        match change {
            Change::Message { message } => self.message(message, watching).into_iter().collect(),
            Change::Conversation { conversation, was } => {
                let given = self.given(conversation, was.as_ref(), watching);
                // Who is called for the customer's message need not hear besides that it came with a hand-over.
                let waits = self
                    .asked(conversation, watching)
                    .or_else(|| self.handed_over(conversation, was.as_ref(), watching))
                    .or_else(|| self.woken(conversation, was.as_ref(), watching));
                waits.into_iter().chain(given).collect()
            }
            Change::Page { page } => self.trouble(page).into_iter().collect(),
            Change::Note { note } => self.named(note, watching).into_iter().collect(),
            Change::Control { .. }
            | Change::Draft { .. }
            | Change::Activity { .. }
            | Change::ConversationHidden { .. }
            | Change::NoteDeleted { .. }
            | Change::App { .. }
            | Change::Run { .. }
            | Change::Workflows
            | Change::Contact { .. }
            | Change::Team => Vec::new(),
        }
    }

    /// A page that cannot send, or has something to be put right; told once to those who can.
    fn trouble(&mut self, page: &PageView) -> Option<Heard> {
        if !self.me.may(Act::Configure) {
            return None;
        }
        let (key, words) = match (&page.health, page.alarms.first()) {
            (Health::Disconnected { since, reason }, _) => {
                (format!("page:{}:{}", page.id, since.ms()), reason.clone())
            }
            (Health::Connected, Some(alarm)) => (alarm.key(&page.id), alarm.to_string()),
            (Health::Connected | Health::Paused { .. } | Health::Removed { .. }, _) => {
                self.troubled.remove(&page.id);
                return None;
            }
        };
        let known = self.troubled.insert(page.id.clone(), key.clone());
        let subject = Subject::Page(page.id.clone());
        let call = Call { event: Event::Page, subject, who: page.name.clone(), words, key };
        (known.as_ref() != Some(&call.key)).then_some(Heard { call, peace: None })
    }

    /// A colleague's note that names me.
    fn named(&self, note: &Note, watching: Option<ConversationId>) -> Option<Heard> {
        note.calls(&self.me)?;
        let id = note.conversation_id;
        let call = Call {
            event: Event::Mentioned,
            subject: Subject::Conversation(id),
            who: note.author.name.clone(),
            words: note.text.chars().take(140).collect(),
            key: format!("note:{}", note.id),
        };
        Some(Heard { call, peace: (watching == Some(id)).then_some(Peace::Watching) })
    }

    /// A customer's message is remembered until its conversation says whose it is; a failed one of mine calls.
    fn message(&mut self, message: &Message, watching: Option<ConversationId>) -> Option<Heard> {
        if message.direction == Direction::In && message.author.kind == AuthorKind::Customer {
            // Edits, reactions and stored pictures are told again under the same id.
            let news = message.at + OLD > self.began && !message.edited && !message.deleted;
            if news && remember(&mut self.heard, message.id) {
                remember(&mut self.fresh, message.id);
            }
            return None;
        }
        let mine = message.author.id.as_deref() == Some(&*self.me.id.to_string());
        let lost = message.delivery.state == DeliveryState::Failed;
        if !mine || !lost || !remember(&mut self.failed, message.id) {
            return None;
        }
        let reason = message.delivery.error.as_ref().map(|error| error.message.clone());
        let id = message.conversation_id;
        let call = Call {
            event: Event::Failed,
            subject: Subject::Conversation(id),
            who: String::new(),
            words: reason.unwrap_or_default(),
            key: format!("failed:{}", message.id),
        };
        Some(Heard { call, peace: (watching == Some(id)).then_some(Peace::Watching) })
    }

    fn asked(&mut self, conversation: &Conversation, watching: Option<ConversationId>) -> Option<Heard> {
        let last = conversation.last_message.as_ref()?;
        let index = self.fresh.iter().position(|fresh| *fresh == last.id)?;
        self.fresh.remove(index);
        let call = call(Event::Message, conversation, &last.preview, format!("message:{}", last.id));
        Some(Heard { call, peace: self.peace(&conversation.facts(), conversation.id, watching) })
    }

    /// A bot's thread that is ours now and waits. What the customer said before was the bot's to hear.
    fn handed_over(
        &self,
        conversation: &Conversation,
        was: Option<&Facts>,
        watching: Option<ConversationId>,
    ) -> Option<Heard> {
        let is = conversation.facts();
        if !is_elsewhere(was?.owner) || is_elsewhere(is.owner) || !is.unread {
            return None;
        }
        // What programs tell each other is for the thread to spell out.
        let said = conversation.handed_over.as_deref().filter(|said| !said.trim_start().starts_with('{'));
        let key = format!("handed_over:{}:{}", conversation.id, conversation.control.since.ms());
        let call = call(Event::HandedOver, conversation, said.unwrap_or(last_words(conversation)), key);
        Some(Heard { call, peace: self.peace(&is, conversation.id, watching) })
    }

    /// A conversation whose time has come again.
    fn woken(
        &self,
        conversation: &Conversation,
        was: Option<&Facts>,
        watching: Option<ConversationId>,
    ) -> Option<Heard> {
        let at = conversation.woken_at.filter(|_| was.is_some_and(|was| was.status == Status::Snoozed))?;
        let is = conversation.facts();
        let key = format!("woken:{}:{}", conversation.id, at.ms());
        let call = call(Event::Woken, conversation, last_words(conversation), key);
        // Read or not: somebody wanted to be reminded.
        let peace = self.peace(&Facts { unread: true, ..is }, conversation.id, watching);
        Some(Heard { call, peace })
    }

    /// Why what waits in a conversation does not call this person; nothing when it does.
    fn peace(&self, facts: &Facts, id: ConversationId, watching: Option<ConversationId>) -> Option<Peace> {
        if is_elsewhere(facts.owner) {
            return Some(Peace::NotOurs);
        }
        if !facts.unread || facts.status != Status::Open {
            return Some(Peace::NotWaiting);
        }
        let mine = facts.assignee == Some(self.me.id);
        let of_my_team = facts.team.is_some_and(|team| self.me.teams.contains(&team));
        let free = facts.assignee.is_none() && (facts.team.is_none() || of_my_team);
        if !mine && !free {
            return Some(Peace::ColleaguesOwn);
        }
        (watching == Some(id)).then_some(Peace::Watching)
    }

    fn given(
        &self,
        conversation: &Conversation,
        was: Option<&Facts>,
        watching: Option<ConversationId>,
    ) -> Option<Heard> {
        let is = conversation.facts();
        let me = Some(self.me.id);
        if is.assignee != me || was.is_none_or(|was| was.assignee == me) || is.status == Status::Closed {
            return None;
        }
        let key = format!("assigned:{}:{}", conversation.id, conversation.version);
        let call = call(Event::Assigned, conversation, last_words(conversation), key);
        let peace = (watching == Some(conversation.id)).then_some(Peace::Watching);
        Some(Heard { call, peace })
    }
}

/// What tells of a conversation.
fn call(event: Event, conversation: &Conversation, words: &str, key: String) -> Call {
    let subject = Subject::Conversation(conversation.id);
    Call { event, subject, who: conversation.contact.name.clone(), words: words.to_owned(), key }
}

/// What was said last, as the row shows it; may be empty.
fn last_words(conversation: &Conversation) -> &str {
    conversation.last_message.as_ref().map_or("", |last| &last.preview)
}

/// Whether somebody else's app has the thread.
const fn is_elsewhere(owner: OwnerKind) -> bool {
    matches!(owner, OwnerKind::Bot | OwnerKind::PageInbox)
}

/// Whether the id is new to us.
fn remember(ids: &mut VecDeque<MessageId>, id: MessageId) -> bool {
    if ids.contains(&id) {
        return false;
    }
    ids.push_back(id);
    if ids.len() > REMEMBERED {
        ids.pop_front();
    }
    true
}

#[cfg(test)]
mod tests;
