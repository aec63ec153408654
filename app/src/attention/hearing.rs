//! What came over the live socket, weighed: who is called, by which ways, and by which window.

use super::Attention;
use super::journal::{self, Entry, Outcome};
use crate::browser;
use crate::text;
use domain::ConversationId;
use domain::attention::{Call, Heard, Peace};
use domain::live::Numbered;
use domain::preferences::Ways;
use leptos::prelude::*;
use std::time::Duration;

/// How long a window that nobody looks at lets others come first.
const POLITE: Duration = Duration::from_millis(250);

impl Attention {
    /// Takes in what came over the live socket. `open`: the conversation on screen.
    pub fn hear(self, changes: &[Numbered], open: Option<ConversationId>) {
        let watching = open.filter(|_| browser::is_looked_at());
        let heard: Vec<Heard> = self
            .listener
            .try_update_value(|listener| {
                let Some(listener) = listener else { return Vec::new() };
                changes.iter().flat_map(|change| listener.hear(&change.change, watching)).collect()
            })
            .unwrap_or_default();
        for heard in heard {
            self.weigh(heard);
        }
    }

    fn weigh(self, Heard { call, peace }: Heard) {
        let wishes = self.commands.preferences().with_untracked(|preferences| preferences.attention.clone());
        let ways = wishes.ways(call.event);
        let quiet = wishes.quiet_until.zip(browser::now()).is_some_and(|(until, now)| now < until);
        let peace = match peace {
            // Whoever looks at it claims it, so that no other window calls.
            Some(Peace::Watching) => {
                return browser::claim(&call.key.clone(), move |first| {
                    if first {
                        self.write(&call, Outcome::Peace(Peace::Watching));
                    }
                });
            }
            Some(peace) => Some(peace),
            None if quiet => Some(Peace::Quiet),
            None if !ways.sound && !ways.desktop => Some(Peace::NotWanted),
            None => None,
        };
        let volume = wishes.volume;
        let act = move || {
            browser::claim(&call.key.clone(), move |first| match (first, peace) {
                (false, _) => {}
                (true, Some(peace)) => self.write(&call, Outcome::Peace(peace)),
                (true, None) => self.call(&call, ways, volume),
            });
        };
        if browser::is_looked_at() { act() } else { set_timeout(act, POLITE) }
    }

    fn call(self, call: &Call, ways: Ways, volume: u8) {
        let sounded = ways.sound && browser::play(call.event, volume);
        let shown = ways.desktop && self.notify(call);
        if ways.sound && !sounded {
            self.commands.say(text::sound_is_locked());
        }
        self.write(
            call,
            Outcome::Called { sound: ways.sound.then_some(sounded), desktop: ways.desktop.then_some(shown) },
        );
    }

    fn notify(self, call: &Call) -> bool {
        let (title, words) = text::notification(call);
        let open = self.open.get_value();
        let subject = call.subject.clone();
        let tag = text::tag(&call.subject);
        browser::notify(&title, &words, &tag, move || {
            if let Some(open) = open {
                open.run(subject.clone());
            }
        })
    }

    fn write(self, call: &Call, outcome: Outcome) {
        let (Some(me), Some(at)) = (self.commands.me(), browser::now()) else { return };
        journal::write(me, Entry { at, event: call.event, subject: call.subject.clone(), outcome });
        self.written.try_update(|written| *written += 1);
    }
}
