//! A note for the team: yellow, with a button that names the team. "@" names somebody.

use crate::browser;
use crate::commands::{Commands, KeyCaps};
use crate::keymap::Action;
use crate::pages::inbox::thread::Open;
use crate::parts::{Avatar, Icon, Kind};
use crate::state::{being_named, who_fits, with_name};
use crate::text;
use domain::writing::{Mention, Named};
use leptos::prelude::*;
use leptos::{ev, html};

/// The note and whom it may name.
#[component]
pub fn NoteField(open: Open) -> impl IntoView {
    let writing = open.writing;
    let node = NodeRef::<html::Textarea>::new();
    let picker = Picker::new(open, node);
    let commands = Commands::of_window();
    let keys = move |event: ev::KeyboardEvent| {
        if picker.takes(&event.key()) {
            event.prevent_default();
            event.stop_propagation();
            return;
        }
        match commands.heard_while_writing(&event) {
            Some(Action::Send) => writing.add_note(),
            _ if event.key() == "Escape" => browser::focus(".row[aria-selected=true]"),
            _ => return,
        }
        event.prevent_default();
    };
    let active = move || picker.shown().then(|| option_id(picker.index.get()));
    view! {
        <div class="writing anchor">
            <label class="visually-hidden" for="note">{text::note_for_team()}</label>
            <textarea
                id="note"
                rows="2"
                dir="auto"
                placeholder=text::note_placeholder()
                node_ref=node
                prop:value=move || writing.note.get()
                aria-autocomplete="list"
                aria-controls="names"
                aria-activedescendant=active
                on:input=move |event| {
                    writing.write_note(event_target_value(&event));
                    picker.look();
                }
                on:click=move |_| picker.look()
                on:blur=move |_| picker.close()
                on:keydown=keys
            ></textarea>
            <Names picker=picker />
            <footer>
                <span class="hint">{text::note_hint()}</span>
                <span class="hint push"><KeyCaps action=Action::Send decoration=true /></span>
                <button class="button" type="submit" data-kind="note">{text::add_note()}</button>
            </footer>
        </div>
    }
}

fn option_id(index: usize) -> String {
    format!("name-{index}")
}

/// Who fits what is being written after an "@".
#[derive(Clone, Copy)]
struct Picker {
    open: Open,
    node: NodeRef<html::Textarea>,
    fitting: RwSignal<Vec<Mention>>,
    index: RwSignal<usize>,
}

impl Picker {
    fn new(open: Open, node: NodeRef<html::Textarea>) -> Self {
        Self { open, node, fitting: RwSignal::new(Vec::new()), index: RwSignal::new(0) }
    }

    fn shown(self) -> bool {
        self.fitting.with(|fitting| !fitting.is_empty())
    }

    fn close(self) {
        self.fitting.set(Vec::new());
    }

    /// Looks at what stands before the caret.
    fn look(self) {
        let Some(field) = self.node.get_untracked() else { return };
        let text = field.value();
        let fitting = match being_named(&text, browser::caret(&field)) {
            Some((_, letters)) => who_fits(letters, &self.open.writing.everybody()),
            None => Vec::new(),
        };
        self.index.set(0);
        self.fitting.set(fitting);
    }

    /// Whether a key is for the list of names.
    fn takes(self, key: &str) -> bool {
        let count = self.fitting.with_untracked(Vec::len);
        if count == 0 {
            return false;
        }
        match key {
            "ArrowDown" => self.index.update(|index| *index = (*index + 1) % count),
            "ArrowUp" => self.index.update(|index| *index = (*index + count - 1) % count),
            "Enter" | "Tab" => self.pick(self.index.get_untracked()),
            "Escape" => self.close(),
            _ => return false,
        }
        true
    }

    fn pick(self, index: usize) {
        let chosen = self.fitting.with_untracked(|fitting| fitting.get(index).cloned());
        let (Some(chosen), Some(field)) = (chosen, self.node.get_untracked()) else { return };
        let text = field.value();
        let Some((place, _)) = being_named(&text, browser::caret(&field)) else { return self.close() };
        let (text, caret) = with_name(&text, place, &chosen.name);
        browser::set_text(&field, &text, caret);
        self.open.writing.name(chosen.who);
        self.open.writing.write_note(text);
        self.close();
    }
}

#[component]
fn Names(picker: Picker) -> impl IntoView {
    let names = move || {
        let fitting = picker.fitting.get();
        fitting
            .into_iter()
            .enumerate()
            .map(|(index, one)| view! { <Name picker=picker index=index one=one /> })
            .collect_view()
    };
    view! {
        <div id="names" class="menu names" role="listbox" aria-label=text::names() data-place="up-start" hidden=move || !picker.shown()>
            {names}
        </div>
    }
}

#[component]
fn Name(picker: Picker, index: usize, one: Mention) -> impl IntoView {
    let picture = match one.who {
        Named::Person(id) => {
            view! { <Avatar id=id.0 name=one.name.clone() kind=Kind::Agent size=24 /> }.into_any()
        }
        Named::Team(_) => view! { <Icon name="users" /> }.into_any(),
    };
    let team = matches!(one.who, Named::Team(_));
    view! {
        <div
            id=option_id(index)
            role="option"
            aria-selected=move || (picker.index.get() == index).to_string()
            // Before the field loses the focus.
            on:mousedown=move |event| {
                event.prevent_default();
                picker.pick(index);
            }
        >
            {picture}
            <span>{one.name}</span>
            {team.then(|| view! { <small>{text::team()}</small> })}
        </div>
    }
}
