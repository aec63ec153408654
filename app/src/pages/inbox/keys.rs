//! Single keys. They act only when no text field has the focus and nothing lies over the screen.

use super::screen::Screen;
use crate::browser;
use domain::conversation::control::OwnerKind;
use leptos::ev;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// Listens for the keys of the inbox for as long as it is on screen.
pub fn listen(screen: Screen) {
    let go = StoredValue::new(use_navigate());
    Effect::new(move || {
        let keys = window_event_listener(ev::keydown, move |event| {
            let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
            if modified
                || event.default_prevented()
                || browser::is_typing(&event)
                || browser::is_dialog_open()
            {
                return;
            }
            let walk = |forward| {
                if let Some(address) = neighbour(screen, forward) {
                    go.with_value(|go| {
                        go(&address, NavigateOptions { scroll: false, ..NavigateOptions::default() })
                    });
                    request_animation_frame(|| browser::reveal(".row[aria-selected=true]"));
                }
            };
            let owner = screen.conversation().map(|conversation| conversation.control.owner);
            let ours = owner == Some(OwnerKind::Ours);
            let in_list = browser::is_inside(&event, ".rows");
            match event.key().as_str() {
                "j" => walk(true),
                "k" => walk(false),
                "ArrowDown" if in_list => {
                    walk(true);
                    request_animation_frame(|| browser::focus(".row[aria-selected=true]"));
                }
                "ArrowUp" if in_list => {
                    walk(false);
                    request_animation_frame(|| browser::focus(".row[aria-selected=true]"));
                }
                "Enter" if !browser::is_inside(&event, "a, button, [role=menu]") => write(),
                "r" => write(),
                "t" if !ours => screen.take_over(),
                "y" => screen.resync(),
                "b" if ours => screen.reset_control(),
                "i" => screen.assign_to_me(),
                "e" => screen.toggle_closed(),
                "z" if screen.conversation().is_some() => screen.snoozing.set(true),
                "u" => screen.toggle_unread(),
                "/" => browser::focus(".find input"),
                "?" => screen.help.set(true),
                _ => return,
            }
            event.prevent_default();
        });
        on_cleanup(move || keys.remove());
    });
}

fn write() {
    browser::focus(".composer textarea");
}

fn neighbour(screen: Screen, forward: bool) -> Option<String> {
    let open = screen.place.conversation.get_untracked();
    let held = screen.held.with_value(|held| held.as_ref().map(|held| held.neighbour(open, forward)));
    let next = held.unwrap_or_else(|| screen.inbox.with_untracked(|inbox| inbox.neighbour(open, forward)))?;
    Some(screen.place.spot.get_untracked().with(Some(next)).address())
}
