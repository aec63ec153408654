//! Which key was pressed, and what it means here.

use super::{Commands, Doer};
use crate::browser;
use crate::keymap::{Action, Found, Keys, Stroke};
use leptos::ev;
use leptos::prelude::*;
use std::time::Duration;

/// How long a sequence waits for its second key.
const WAIT: Duration = Duration::from_millis(2_000);
/// Where Enter already means something.
const HAS_ENTER: &str = "a, button, summary, [role=menu], [role=option], dialog";

impl Commands {
    /// Listens for keys for as long as the window is open.
    pub fn listen(self, doer: Doer) {
        Effect::new(move || {
            self.mac.set(browser::is_mac());
            let doer = doer.clone();
            let keys = window_event_listener(ev::keydown, move |event| {
                let Some(stroke) = browser::stroke(&event) else { return };
                let heard = self.is_for_palette(&event, &stroke)
                    || self.is_for_us(&event, &stroke) && self.press(stroke, &doer, event.repeat());
                if heard {
                    event.prevent_default();
                }
            });
            let kept = window_event_listener(ev::storage, move |event| {
                if let Some(name) = event.key() {
                    self.heard_from_other_window(&name);
                }
            });
            on_cleanup(move || {
                keys.remove();
                kept.remove();
            });
        });
    }

    /// What the person wants to do with what they write, if the key says so. For the field where answers are written.
    pub fn heard_while_writing(self, event: &ev::KeyboardEvent) -> Option<Action> {
        let stroke = browser::stroke(event)?;
        match self.bindings.with_untracked(|bindings| bindings.find(&[stroke], true)) {
            Found::Action(action) if action.reach() == crate::keymap::Reach::Writing => Some(action),
            Found::Action(_) | Found::More(_) | Found::Nothing => None,
        }
    }

    /// Keeps what is typed between the key that asks for the palette and the moment it is there.
    fn is_for_palette(self, event: &ev::KeyboardEvent, stroke: &Stroke) -> bool {
        let awaited = self.palette.with_untracked(Option::is_some) && !browser::is_dialog_open();
        if !awaited || stroke.command || stroke.alt {
            return false;
        }
        if self.hasty.get_untracked() {
            return true;
        }
        let key = event.key();
        match &*key {
            "Escape" => self.put_palette_away(),
            "Enter" => self.hasty.set(true),
            "Backspace" => self.words.update(|words| {
                words.pop();
            }),
            letter if letter.chars().count() == 1 => self.words.update(|words| words.push_str(letter)),
            _ => return false,
        }
        true
    }

    fn is_for_us(self, event: &ev::KeyboardEvent, stroke: &Stroke) -> bool {
        let held = stroke.command || stroke.alt;
        !event.default_prevented()
            && self.person.with_untracked(Option::is_some)
            && !browser::is_dialog_open()
            && (held || !browser::is_typing(event) && !browser::is_inside(event, "[role=menu]"))
            && (stroke.key != "enter" || !browser::is_inside(event, HAS_ENTER))
    }

    /// Whether the key meant something.
    fn press(self, stroke: Stroke, doer: &Doer, repeated: bool) -> bool {
        let mut typed = self.typed.get_value();
        typed.push(stroke);
        let began = typed.len() > 1;
        self.forget();
        match self.bindings.with_untracked(|bindings| bindings.find(&typed, false)) {
            // A key that is held down walks on, but does nothing twice.
            Found::Action(action) if repeated && !matches!(action, Action::Next | Action::Previous) => true,
            Found::Action(action) => doer.act(action),
            Found::More(more) => {
                self.wait(typed, more);
                true
            }
            Found::Nothing => began,
        }
    }

    fn wait(self, typed: Vec<Stroke>, more: Vec<(Keys, Action)>) {
        self.typed.set_value(typed);
        let number = self.sequence.get_value().wrapping_add(1);
        self.sequence.set_value(number);
        let situation = self.situation();
        let possible = |action: Action| situation.as_ref().is_some_and(|now| now.allows(action).is_ok());
        self.awaiting.set(more.into_iter().filter(|(_, action)| possible(*action)).collect());
        set_timeout(
            move || {
                if self.sequence.try_get_value() == Some(number) {
                    self.forget();
                }
            },
            WAIT,
        );
    }

    fn forget(self) {
        self.typed.try_set_value(Vec::new());
        if self.awaiting.try_with_untracked(|awaiting| !awaiting.is_empty()) == Some(true) {
            self.awaiting.set(Vec::new());
        }
    }
}
