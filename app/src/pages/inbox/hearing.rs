//! How changes reach what is on screen.

use super::screen::Screen;
use crate::api::{self, Failure};
use crate::browser;
use crate::live::Line;
use crate::state::{Frame, Link, Recent};
use domain::live::{Change, Numbered};
use leptos::prelude::*;
use leptos::task::spawn_local;

impl Screen {
    /// What the live socket serves.
    pub fn line(self) -> Line {
        Line {
            heard: Callback::new(move |()| self.heard()),
            hear: Callback::new(move |frame| self.hear(frame)),
            link: Callback::new(move |link| {
                self.link.set(link);
                if link == Link::Ended {
                    self.ended.set(true);
                }
            }),
        }
    }

    /// The number to resume after.
    fn heard(self) -> i64 {
        self.recent.with_value(Recent::last)
    }

    /// Takes in what came over the socket.
    fn hear(self, frame: Frame) {
        match frame {
            Frame::Changes(changes) => self.fold(changes),
            Frame::Reload => {
                self.meet_team();
                self.reload();
            }
            Frame::Ping(Some(number)) => self.recent.update_value(|recent| recent.told(number)),
            Frame::Ping(None) => {}
        }
    }

    /// Looks whether a change is about this person.
    fn notice(self, change: &Change) {
        if let Change::Note { note } = change
            && self.me.with_value(|me| note.calls(&me.person).is_some())
        {
            self.load_notifications();
        }
        if let Change::Draft { person_id, .. } = change
            && *person_id == self.my_id()
        {
            self.with_part(move |part| (part.load_drafts)(self));
        }
    }

    fn fold(self, changes: Vec<Numbered>) {
        let new: Vec<Numbered> = self
            .recent
            .try_update_value(|recent| changes.into_iter().filter(|change| recent.keep(change)).collect())
            .unwrap_or_default();
        if new.is_empty() {
            return;
        }
        self.attention.hear(&new, self.place.conversation.get_untracked());
        if new.iter().any(|change| change.change == Change::Team) {
            self.meet_team();
        }
        new.iter().for_each(|change| self.notice(&change.change));
        self.inbox.update(|inbox| new.iter().for_each(|change| inbox.apply(change)));
        // Without it no conversation was ever open.
        if let Some(part) = self.part.get_untracked() {
            (part.hear)(self, &new);
        }
    }

    /// Reads again who is in the team. Whoever may something else than before starts over.
    fn meet_team(self) {
        spawn_local(async move {
            match api::signed_in().await {
                Ok(me) if self.me.try_with_value(|known| known.person != me.person) == Some(true) => {
                    browser::reload_page();
                }
                Ok(me) => {
                    self.pictures.0.try_set(me.pictures);
                }
                Err(Failure::SignedOut) => {
                    self.ended.try_set(true);
                }
                // It is read again with the next change.
                Err(_) => {}
            }
            if let Ok(people) = api::assignable().await {
                self.people.try_set_value(people);
            }
        });
    }
}
