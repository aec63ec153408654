//! How changes reach what is on screen.

use super::screen::Screen;
use crate::api::Failure;
use crate::live::Line;
use crate::state::{Frame, Heard, Link, Recent};
use domain::live::Numbered;
use leptos::prelude::*;

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
            Frame::Reload => self.reload(),
            Frame::Ping(Some(number)) => self.recent.update_value(|recent| recent.told(number)),
            Frame::Ping(None) => {}
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
        self.inbox.update(|inbox| new.iter().for_each(|change| inbox.apply(change)));
        self.ready.update_value(|ready| {
            ready.retain(|_, thread| {
                new.iter().all(|change| matches!(thread.apply(change), Heard::Nothing | Heard::Changed))
            });
        });
        let (mut rewritten, mut hidden) = (None, false);
        self.thread.maybe_update(|thread| {
            let Some(thread) = thread else { return false };
            let heard: Vec<Heard> = new.iter().map(|change| thread.apply(change)).collect();
            rewritten = heard.contains(&Heard::Reload).then(|| thread.id());
            hidden = heard.contains(&Heard::Hidden);
            heard.contains(&Heard::Changed)
        });
        if hidden {
            self.thread.set(None);
            self.thread_problem.set(Some(Failure::Gone));
        }
        if let Some(id) = rewritten {
            self.load_thread(id);
        }
    }
}
