//! Keeping what is typed: at once in this browser, a moment later with the server.
//!
//! This browser keeps only what the server does not have yet, under the name of the person, so that whoever signs in
//! next on the same machine finds nothing of it.

use super::screen::Screen;
use crate::api::{self, Failure, Saved};
use crate::browser;
use crate::state::{Choice, Writ};
use domain::wire;
use domain::writing::{Draft, Sheet};
use domain::{ConversationId, Timestamp};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::HashMap;
use std::time::Duration;

/// How long a pause in typing is, in milliseconds.
const PAUSE: i64 = 600;
/// Whoever types without a pause is saved this often, in milliseconds.
const LONGEST: i64 = 3_000;
/// How long to wait after a save that did not reach the server, in milliseconds.
const AGAIN: i64 = 3_000;

/// When something was typed, and what is under way. Nothing on screen depends on it.
#[derive(Clone, Debug, Default)]
pub struct Saving {
    /// First and last letter since the last save.
    typed: HashMap<ConversationId, (Timestamp, Timestamp)>,
    under_way: Vec<ConversationId>,
    /// Refused as it is; it is tried again when it has changed.
    refused: Vec<ConversationId>,
    looking: bool,
}

impl Screen {
    /// What stands on a conversation's sheet.
    pub fn sheet(self, id: ConversationId) -> Sheet {
        self.drafts
            .with_untracked(|drafts| drafts.get(&id).map(|writ| writ.sheet.clone()))
            .unwrap_or_default()
    }

    /// What the list shows of it.
    pub fn draft_words(self, id: ConversationId) -> Option<String> {
        self.drafts.with(|drafts| {
            let sheet = &drafts.get(&id)?.sheet;
            let words = [&sheet.reply, &sheet.note].into_iter().find(|words| !words.trim().is_empty());
            let file = || sheet.files.first().map(|file| file.name.clone());
            words.map(|words| words.chars().take(140).collect()).or_else(file)
        })
    }

    /// Changes a conversation's sheet as somebody types.
    pub fn write(self, id: ConversationId, change: impl FnOnce(&mut Sheet)) {
        self.change_writ(id, |writ| {
            let mut sheet = writ.sheet.clone();
            change(&mut sheet);
            writ.write(sheet);
        });
        self.saving.update_value(|saving| {
            let now = self.clock.exactly();
            saving.typed.entry(id).or_insert((now, now)).1 = now;
            saving.refused.retain(|refused| *refused != id);
        });
        self.look_soon(PAUSE);
    }

    /// Follows what the reader decided between two browsers' words.
    pub fn decide(self, id: ConversationId, choice: Choice) {
        self.change_writ(id, |writ| writ.decide(choice));
        self.look_soon(0);
    }

    fn change_writ(self, id: ConversationId, change: impl FnOnce(&mut Writ)) {
        self.drafts.update(|drafts| {
            let writ = drafts.entry(id).or_default();
            change(writ);
            self.keep(id, writ);
        });
    }

    fn keep(self, id: ConversationId, writ: &Writ) {
        let kept = writ.to_keep().and_then(|kept| serde_json::to_string(&kept).ok());
        browser::keep(&self.draft_name(id), kept.as_deref().unwrap_or_default());
    }

    fn draft_name(self, id: ConversationId) -> String {
        format!("{}{id}", self.drafts_prefix())
    }

    pub(super) fn drafts_prefix(self) -> String {
        format!("baton.draft.{}.", self.my_id())
    }

    /// Finds what this browser kept of an earlier visit and brings it together with what the server has.
    pub fn find_drafts(self) {
        let prefix = self.drafts_prefix();
        for name in browser::kept(&prefix) {
            let id = name.strip_prefix(&prefix).and_then(|id| id.parse().ok());
            let kept = browser::recall(&name).and_then(|kept| wire::read(kept.as_bytes()).ok());
            let (Some(id), Some(kept)) = (id, kept) else { continue };
            self.drafts.update(|drafts| {
                let server = drafts.insert(id, Writ::found(kept)).filter(|server| server.version > 0);
                if let (Some(writ), Some(server)) = (drafts.get_mut(&id), server) {
                    writ.hear(&as_draft(id, server));
                    self.keep(id, writ);
                }
            });
        }
        self.look_soon(0);
    }

    /// Loads what the server has: another browser of this person may have written since.
    pub fn load_drafts(self) {
        spawn_local(async move {
            let heard = api::drafts().await.ok().filter(|_| self.drafts.try_with_untracked(|_| ()).is_some());
            if let Some(drafts) = heard {
                self.hear_drafts(&drafts);
            }
        });
    }

    fn hear_drafts(self, heard: &[Draft]) {
        self.drafts.update(|drafts| {
            for draft in heard {
                let writ = drafts.entry(draft.conversation_id).or_default();
                writ.hear(draft);
                self.keep(draft.conversation_id, writ);
            }
        });
        self.look_soon(0);
    }

    /// Hands everything unsaved over on the way out: the page may be gone before an answer comes.
    pub fn hand_over_drafts(self) {
        let unsaved = self.drafts.try_with_untracked(|drafts| {
            let wanting = drafts.iter().filter(|(_, writ)| writ.wants_saving());
            wanting.map(|(id, writ)| (*id, writ.clone())).collect::<Vec<_>>()
        });
        for (id, writ) in unsaved.unwrap_or_default() {
            let save = serde_json::json!({ "id": id, "sheet": writ.sheet, "based_on": writ.version });
            browser::leave(api::SAVE_DRAFT, &save.to_string());
        }
    }

    /// Looks after what is unsaved in so many milliseconds, unless that is planned.
    fn look_soon(self, ms: i64) {
        let planned = self.saving.try_update_value(|saving| std::mem::replace(&mut saving.looking, true));
        if planned == Some(false) {
            let wait = Duration::from_millis(u64::try_from(ms).unwrap_or_default());
            set_timeout(move || self.look(), wait);
        }
    }

    fn look(self) {
        let Some(saving) = self.saving.try_update_value(|saving| {
            saving.looking = false;
            saving.clone()
        }) else {
            return;
        };
        let now = self.clock.exactly();
        let mut rest = false;
        let due = self.drafts.with_untracked(|drafts| {
            let wanting = drafts.iter().filter(|(_, writ)| writ.wants_saving());
            let (due, later): (Vec<_>, Vec<_>) = wanting
                .filter(|(id, _)| !saving.under_way.contains(id) && !saving.refused.contains(id))
                .map(|(id, writ)| (*id, writ.clone()))
                .partition(|(id, _)| {
                    saving
                        .typed
                        .get(id)
                        .is_none_or(|(first, last)| now - *last >= PAUSE || now - *first >= LONGEST)
                });
            rest = !later.is_empty();
            due
        });
        for (id, writ) in due {
            self.save(id, writ);
        }
        if rest {
            self.look_soon(PAUSE / 2);
        }
    }

    fn save(self, id: ConversationId, writ: Writ) {
        self.saving.update_value(|saving| {
            saving.typed.remove(&id);
            saving.under_way.push(id);
        });
        spawn_local(async move {
            let saved = api::save_draft(id, writ.sheet.clone(), writ.version).await;
            let alive = self.saving.try_update_value(|saving| saving.under_way.retain(|one| *one != id));
            if alive.is_some() {
                self.take_answer(id, &writ.sheet, saved);
            }
        });
    }

    fn take_answer(self, id: ConversationId, sheet: &Sheet, saved: Result<Saved, Failure>) {
        match saved {
            Ok(Saved::Kept { version }) => {
                self.change_writ(id, |writ| writ.saved(sheet, version));
                self.look_soon(PAUSE);
            }
            Ok(Saved::Other { draft }) => {
                self.change_writ(id, |writ| {
                    writ.hear(&draft);
                });
                self.look_soon(0);
            }
            Err(Failure::SignedOut) => self.ended.set(true),
            Err(Failure::Unreachable | Failure::Internal) => self.look_soon(AGAIN),
            // It stays in this browser; the next letter tries again.
            Err(_) => self.saving.update_value(|saving| saving.refused.push(id)),
        }
    }
}

fn as_draft(id: ConversationId, writ: Writ) -> Draft {
    Draft { conversation_id: id, sheet: writ.sheet, version: writ.version, updated_at: Timestamp::default() }
}

/// What the server told at the start, as sheets.
pub fn told(drafts: &[Draft]) -> HashMap<ConversationId, Writ> {
    let mut told: HashMap<ConversationId, Writ> = HashMap::new();
    for draft in drafts {
        told.entry(draft.conversation_id).or_default().hear(draft);
    }
    told
}
