//! Writing in one conversation: an answer or a note, what was seen while writing, and what happens to it.

use super::problem::Problem;
use super::screen::Screen;
use crate::api::{self, Enclosed, NewNote, Reply, Seen, Then};
use crate::browser;
use crate::state::Outgoing;
use crate::text;
use domain::conversation::file::{self, Upload};
use domain::conversation::message::check_text;
use domain::view::Message;
use domain::writing::{Draft, Mention, Named, Note, NoteAuthor};
use domain::{ConversationId, MessageId, NoteId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Whom one writes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Audience {
    #[default]
    Customer,
    Team,
}

/// The sheet of one conversation, in the hands of its writer.
#[derive(Clone, Copy)]
pub struct Writing {
    pub screen: Screen,
    pub id: ConversationId,
    pub audience: RwSignal<Audience>,
    /// The answer.
    pub text: Memo<String>,
    /// The note for the team.
    pub note: Memo<String>,
    /// The message the answer quotes.
    pub quoted: Memo<Option<Arc<Message>>>,
    /// The answer's files that are with the server.
    pub files: Memo<Vec<Upload>>,
    /// What another browser of this person wrote instead.
    pub other: Memo<Option<Draft>>,
    /// The newest message when the writer began; a colleague's later one stops the next send once.
    began_after: StoredValue<Option<MessageId>>,
    /// Whom the note's writer chose from the list.
    chosen: StoredValue<Vec<Named>>,
}

impl Writing {
    /// The sheet of this conversation.
    pub fn new(screen: Screen, id: ConversationId) -> Self {
        let of = move |read: fn(&crate::state::Writ) -> String| {
            Memo::new(move |_| screen.drafts.with(|drafts| drafts.get(&id).map(read).unwrap_or_default()))
        };
        Self {
            screen,
            id,
            audience: screen.audience,
            text: of(|writ| writ.sheet.reply.clone()),
            note: of(|writ| writ.sheet.note.clone()),
            quoted: Memo::new(move |_| screen.quoted.with(|quoted| quoted.get(&id).cloned())),
            files: Memo::new(move |_| {
                screen
                    .drafts
                    .with(|drafts| drafts.get(&id).map(|writ| writ.sheet.files.clone()).unwrap_or_default())
            }),
            other: Memo::new(move |_| screen.drafts.with(|drafts| drafts.get(&id)?.other.clone())),
            began_after: StoredValue::new(None),
            chosen: StoredValue::new(Vec::new()),
        }
    }

    /// Whether there is no answer yet, and no file for one.
    pub fn is_blank(self) -> bool {
        let coming =
            self.screen.attaching.with(|all| all.get(&self.id).is_some_and(|files| !files.is_empty()));
        self.text.with(String::is_empty) && self.files.with(Vec::is_empty) && !coming
    }

    /// Takes up what was typed into the field before the page was ready.
    pub fn take_up(self, typed: &str) {
        if self.began_after.get_value().is_none() {
            self.began_after.set_value(self.last_seen());
        }
        let typed = typed.trim_end();
        if !typed.is_empty() && !self.text.with_untracked(|text| text.contains(typed)) {
            let text = self.text.get_untracked();
            self.write(if text.is_empty() { typed.to_owned() } else { format!("{text}\n{typed}") });
        }
    }

    /// Takes in the answer as it is typed.
    pub fn write(self, text: String) {
        if self.text.with_untracked(String::is_empty) {
            self.began_after.set_value(self.last_seen());
        }
        self.screen.write(self.id, |sheet| sheet.reply = text);
    }

    /// Quotes this message in the answer, instead of another one.
    pub fn quote(self, message: Arc<Message>) {
        self.screen.quoted.update(|quoted| drop(quoted.insert(self.id, message)));
    }

    /// Quotes the words of a message in the note, behind what is written there.
    pub fn quote_in_note(self, message: &Message, customer: &str) {
        let Some(words) = message.text.as_deref().map(str::trim).filter(|words| !words.is_empty()) else {
            return;
        };
        let quoted = text::quoted_in_note(&text::author(&message.author, customer), words);
        let note = self.note.get_untracked();
        let before = note.trim_end();
        self.write_note(if before.is_empty() { quoted } else { format!("{before}\n\n{quoted}") });
    }

    /// Quotes nothing.
    pub fn drop_quote(self) {
        self.screen.quoted.update(|quoted| drop(quoted.remove(&self.id)));
    }

    /// Takes in the note as it is typed.
    pub fn write_note(self, text: String) {
        self.screen.write(self.id, |sheet| sheet.note = text);
    }

    /// Remembers who was chosen while a note was typed.
    pub fn name(self, who: Named) {
        self.chosen.update_value(|chosen| chosen.push(who));
    }

    /// Sends what is written, unless something has to be read first.
    pub fn send(self, then: Option<Then>) {
        self.send_or_wait(then, false);
    }

    /// Sends what is written although the page cannot send now: it leaves when the page is back.
    pub fn send_when_connected(self) {
        self.send_or_wait(None, true);
    }

    fn send_or_wait(self, then: Option<Then>, wait: bool) {
        let text = self.text.get_untracked();
        let files = self.screen.sheet(self.id).files;
        if let Some(coming) = self.screen.attaching(self.id).first() {
            let words = text::not_there_yet(&coming.name, coming.problem.is_some());
            return self.screen.problem.set(Some(words.into()));
        }
        if let Err(refusal) = check_text(&text)
            && (files.is_empty() || !text.trim().is_empty())
        {
            return self.screen.problem.set(Some(refusal.to_string().into()));
        }
        if let Some(problem) = self.colleague_answered() {
            self.began_after.set_value(self.last_seen());
            return self.screen.problem.set(Some(problem));
        }
        let Some(seen) = self.seen() else { return };
        self.screen.problem.set(None);
        let id = browser::new_message_id();
        let enclosed = files.iter().map(|file| Enclosed { id: browser::new_message_id(), upload: file.id });
        let reply = Reply {
            id,
            text: text.clone(),
            seen: Some(seen),
            then,
            files: enclosed.collect(),
            wait,
            reply_to: self.quoted.with_untracked(|quoted| quoted.as_ref().map(|quoted| quoted.id)),
        };
        // It stands among what waits before it leaves the sheet: no moment in which it is nowhere.
        self.screen.send_out(Outgoing {
            conversation: self.id,
            reply,
            files,
            written_at: self.screen.clock.exactly(),
            typed: true,
        });
        self.screen.write(self.id, |sheet| {
            if sheet.reply == text {
                sheet.reply.clear();
            }
            sheet.files.clear();
        });
        self.drop_quote();
    }

    /// Sends a message that failed again, as a new one.
    pub fn again(self, failed: &Message) {
        let Some(seen) = self.seen() else { return };
        self.screen.problem.set(None);
        let files: Vec<Upload> = failed.attachments.iter().filter_map(file::uploaded).collect();
        let enclosed = files.iter().map(|file| Enclosed { id: browser::new_message_id(), upload: file.id });
        let reply = Reply {
            seen: Some(seen),
            files: enclosed.collect(),
            ..Reply::of(browser::new_message_id(), failed.text.clone().unwrap_or_default())
        };
        self.screen.send_out(Outgoing {
            conversation: self.id,
            reply,
            files,
            written_at: self.screen.clock.exactly(),
            typed: false,
        });
    }

    /// Adds the note for the team. It stands in the thread at once.
    pub fn add_note(self) {
        let text = self.note.get_untracked();
        if text.trim().is_empty() {
            return self.screen.problem.set(Some(text::note_empty().to_owned().into()));
        }
        self.screen.problem.set(None);
        let new = NewNote {
            id: browser::new_note_id(),
            text: text.clone(),
            mentions: self.chosen.try_update_value(std::mem::take).unwrap_or_default(),
        };
        let drawn = self.drawn(&new);
        self.screen.with_thread(self.id, |thread| thread.put_note(&drawn));
        self.screen.write(self.id, |sheet| sheet.note.clear());
        spawn_local(async move {
            let (id, mentions) = (new.id, new.mentions.clone());
            match api::add_note(self.id, new).await {
                Ok(note) => self.screen.with_thread(self.id, |thread| thread.put_note(&note)),
                Err(failure) => {
                    self.screen.with_thread(self.id, |thread| thread.withdraw_note(id));
                    self.screen.write(self.id, |sheet| {
                        let since = std::mem::take(&mut sheet.note);
                        sheet.note = if since.trim().is_empty() { text } else { format!("{text}\n{since}") };
                    });
                    self.chosen.try_update_value(|chosen| chosen.extend(mentions));
                    self.screen.refused(failure, self.is_open());
                }
            }
        });
    }

    /// Deletes a note for everybody. It goes from the screen at once and is back when the server says no.
    pub fn delete_note(self, id: NoteId) {
        let note = self.screen.thread.with_untracked(|thread| {
            thread.as_ref().and_then(|thread| thread.notes.iter().find(|note| note.id == id).cloned())
        });
        let Some(note) = note else { return };
        self.screen.with_thread(self.id, |thread| thread.withdraw_note(id));
        spawn_local(async move {
            match api::delete_note(id).await {
                Ok(()) => self.screen.toasts.say(text::note_deleted()),
                Err(failure) => {
                    self.screen.with_thread(self.id, |thread| thread.put_note(&note));
                    self.screen.failed(failure);
                }
            }
        });
    }

    fn drawn(self, new: &NewNote) -> Note {
        let me = self.screen.me.get_value().person;
        Note {
            id: new.id,
            conversation_id: self.id,
            at: self.screen.clock.exactly(),
            author: NoteAuthor { id: Some(me.id), name: me.name },
            text: new.text.trim().to_owned(),
            mentions: domain::writing::mentions(&new.text, &self.everybody(), &new.mentions),
        }
    }

    /// Everybody who can be named in a note.
    pub fn everybody(self) -> Vec<Mention> {
        self.screen.people.with_value(|people| {
            let agents = people.agents.iter();
            let agents = agents.map(|one| Mention { who: Named::Person(one.id), name: one.name.clone() });
            let teams = people.teams.iter();
            agents
                .chain(teams.map(|one| Mention { who: Named::Team(one.id), name: one.name.clone() }))
                .collect()
        })
    }

    fn colleague_answered(self) -> Option<Problem> {
        let began_after = self.began_after.get_value();
        let me = self.screen.my_id();
        let message =
            self.screen.thread.with_untracked(|thread| thread.as_ref()?.colleague_since(began_after, me))?;
        let who = message.author.name.clone().unwrap_or_else(|| "A colleague".into());
        let seconds = (self.screen.clock.exactly() - message.at) / domain::SECOND;
        let problem = Problem::from(text::colleague_answered(&who, seconds));
        let files = || message.attachments.first().map(text::attachment);
        Some(Problem { quote: message.text.clone().or_else(files), ..problem })
    }

    fn seen(self) -> Option<Seen> {
        let owner = self.screen.conversation()?.control.owner;
        Some(Seen { owner, last_message_id: self.last_seen() })
    }

    fn is_open(self) -> bool {
        self.screen.place.conversation.try_get_untracked() == Some(Some(self.id))
    }

    fn last_seen(self) -> Option<MessageId> {
        self.screen.thread.with_untracked(|thread| thread.as_ref()?.last_seen())
    }
}
