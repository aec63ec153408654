//! The builder's keys: those every editor has, on the canvas and in the outline alike.

use super::screen::{Look, Screen};
use crate::browser;
use crate::commands::Commands;
use crate::state::builder::{BuilderState, Spot, Toward, outline, zoomed};
use leptos::ev;
use leptos::prelude::*;

/// Where a single key means the selected step rather than a letter or a button.
const FIELD: &str = ".canvas, .outline";

/// Listens for as long as the builder is on screen.
pub fn listen(screen: Screen) {
    let commands = Commands::of_window();
    Effect::new(move || {
        let keys = window_event_listener(ev::keydown, move |event| {
            if !event.default_prevented()
                && !event.is_composing()
                && !browser::is_dialog_open()
                && hear(screen, commands, &event)
            {
                event.prevent_default();
            }
        });
        on_cleanup(move || keys.remove());
    });
}

/// Does what a key asks for; whether it asked for anything.
fn hear(screen: Screen, commands: Commands, event: &ev::KeyboardEvent) -> bool {
    let key = event.key();
    let command = event.ctrl_key() || event.meta_key();
    if event.alt_key() {
        return false;
    }
    match (command, key.as_str()) {
        (true, "s" | "S") => {
            screen.save();
            return true;
        }
        (false, "F8") => {
            screen.next_flaw();
            return true;
        }
        (false, "Escape") if screen.drawer.get_untracked() => {
            screen.drawer.set(false);
            browser::focus_spot(screen.selected.get_untracked());
            return true;
        }
        (_, _) => {}
    }
    if browser::is_typing(event) {
        return false;
    }
    if command {
        return with_command(screen, event, &key);
    }
    // A single sign does nothing by itself for whoever has switched such keys off, unless the canvas has the focus.
    let singly = commands.preferences().with_untracked(|preferences| preferences.shortcuts.single_keys);
    let is_sign = key.chars().count() == 1;
    let on_field = browser::is_inside(event, FIELD) || (browser::has_focus("body") && (singly || !is_sign));
    on_field && alone(screen, event, &key)
}

fn with_command(screen: Screen, event: &ev::KeyboardEvent, key: &str) -> bool {
    let shift = event.shift_key();
    match key {
        "z" | "Z" if shift => screen.redo(),
        "z" | "Z" => screen.undo(),
        "y" | "Y" => screen.redo(),
        "c" | "C" | "x" | "X" => {
            let Some(id) = screen.state.with_untracked(BuilderState::selected_step) else { return false };
            if browser::has_marked_text() {
                return false;
            }
            match key {
                "c" | "C" => screen.copy(id, shift),
                _ => screen.mark_cut(id),
            }
        }
        "v" | "V" if screen.state.with_untracked(BuilderState::may_paste) => screen.paste(),
        _ => return false,
    }
    true
}

fn alone(screen: Screen, event: &ev::KeyboardEvent, key: &str) -> bool {
    let outlined = screen.look.get_untracked() == Look::Outline;
    let in_tree = browser::is_inside(event, "[role=tree]");
    match key {
        "ArrowUp" if outlined => step(screen, false),
        "ArrowDown" if outlined => step(screen, true),
        "Home" if outlined => screen.go_to(Spot::Trigger),
        "ArrowUp" => walk(screen, Toward::Up),
        "ArrowDown" => walk(screen, Toward::Down),
        "ArrowLeft" => walk(screen, if outlined { Toward::Up } else { Toward::Before }),
        "ArrowRight" => walk(screen, if outlined { Toward::Down } else { Toward::Behind }),
        "Enter" | " " if in_tree => screen.open(screen.selected.get_untracked()),
        "Insert" => add(screen),
        "+" | "=" if outlined => add(screen),
        "+" | "=" => screen.zoom.update(|percent| *percent = zoomed(*percent, true)),
        "-" if !outlined => screen.zoom.update(|percent| *percent = zoomed(*percent, false)),
        "0" if !outlined => screen.center.update(|times| *times += 1),
        "Delete" | "Backspace" => {
            let Some(id) = screen.state.with_untracked(BuilderState::selected_step) else { return false };
            screen.delete(id);
        }
        _ => return false,
    }
    true
}

fn walk(screen: Screen, toward: Toward) {
    screen.state.update(|state| state.walk(toward));
    browser::focus_spot(screen.selected.get_untracked());
}

/// To the line above or below in the outline.
fn step(screen: Screen, down: bool) {
    let lines = screen.graph.with_untracked(|graph| outline(graph));
    let here = screen.selected.get_untracked();
    let index = lines.iter().position(|line| line.spot == here).unwrap_or(0);
    let next = if down { index + 1 } else { index.saturating_sub(1) };
    if let Some(line) = lines.get(next) {
        screen.go_to(line.spot);
    }
}

fn add(screen: Screen) {
    if let Some(place) = screen.state.with_untracked(|state| state.behind(state.selected())) {
        screen.add_at(place);
    }
}
