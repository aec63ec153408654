//! The command palette: everything one can do here, by name.

use super::entries::{Deed, Entry, Offer};
use super::recent::{recent, remember};
use super::{Commands, Doer, Offers, Step};
use crate::api::{self, ListQuery, People};
use crate::browser;
use crate::keymap::{Action, Situation};
use crate::parts::{PaletteLine, PaletteView};
use crate::text;
use domain::view::{Conversation, View};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use std::time::Duration;

/// How long the search waits for the next letter.
const TYPING: Duration = Duration::from_millis(150);
/// From so many letters on the server is asked.
const ENOUGH: usize = 2;
/// How many conversations the server looks for.
const FOUND: u32 = 8;

/// What the palette knew when it opened.
#[derive(Clone, Debug, PartialEq)]
struct Opened {
    situation: Situation,
    rows: Vec<Arc<Conversation>>,
    people: People,
    recent: Vec<String>,
    offers: Offers,
    pressable: Vec<(String, Option<String>)>,
}

/// The palette of this window.
#[component]
pub fn Palette() -> impl IntoView {
    let commands = Commands::of_window();
    let doer = Doer::new(commands);
    let typed = commands.words;
    let found = RwSignal::new(Vec::<Conversation>::new());
    let busy = RwSignal::new(false);
    let opened = Memo::new(move |_| {
        commands.palette.get()?;
        commands.opened()
    });
    Effect::watch(
        move || commands.palette.get(),
        move |step, before, _| {
            if Some(step) != before {
                typed.set(String::new());
                found.set(Vec::new());
                busy.set(false);
            }
        },
        false,
    );
    let search = Search { commands, typed, found, busy, waiting: StoredValue::new(None) };
    // What was typed before the palette was here is looked for, too.
    Effect::watch(move || typed.get(), move |words, _, _| search.follow(words), true);
    let entries = Memo::new(move |_| {
        let (Some(step), Some(opened)) = (commands.palette.get(), opened.get()) else { return Vec::new() };
        commands.bindings.with(|bindings| {
            found.with(|found| {
                typed.with(|typed| {
                    let Opened { situation, rows, people, recent, offers, pressable } = &opened;
                    Offer { step, typed, situation, bindings, rows, found, people, recent, offers, pressable }
                        .entries()
                })
            })
        })
    });
    let lines = Signal::derive(move || {
        let mac = commands.mac.get();
        entries.with(|entries| entries.iter().map(|entry| line(entry, mac)).collect())
    });
    let choose = Callback::new(move |id: String| {
        let Some(entry) = entries.with_untracked(|all| all.iter().find(|entry| entry.id == id).cloned())
        else {
            return;
        };
        if entry.deed == Deed::Act(Action::Assign) {
            return commands.palette.set(Some(Step::Assign));
        }
        commands.palette.set(None);
        if let Some(opened) = opened.get_untracked()
            && matches!(entry.deed, Deed::Act(_) | Deed::Section(_))
        {
            remember(opened.situation.person.id, &entry.id);
        }
        // Closing gives the focus back first; what is chosen may move it on.
        let doer = doer.clone();
        request_animation_frame(move || doer.carry_out(entry.deed));
    });
    Effect::new(move || {
        if commands.hasty.get() {
            commands.hasty.set(false);
            if let Some(first) = entries.with_untracked(|all| all.first().map(|entry| entry.id.clone())) {
                choose.run(first);
            }
        }
    });
    let placeholder = move || match commands.palette.get() {
        Some(Step::Assign) => text::palette_assign_placeholder().to_owned(),
        Some(Step::Anything) | None => text::palette_placeholder().to_owned(),
    };
    view! {
        <PaletteView
            open=Signal::derive(move || commands.palette.get().is_some())
            label=text::palette()
            placeholder=Signal::derive(placeholder)
            typed=typed
            lines=lines
            busy=busy.into()
            on_choose=choose
            on_back=Callback::new(move |()| {
                if commands.palette.get_untracked() == Some(Step::Assign) {
                    commands.palette.set(Some(Step::Anything));
                }
            })
            on_close=Callback::new(move |()| commands.palette.set(None))
        />
    }
}

fn line(entry: &Entry, mac: bool) -> PaletteLine {
    let caps = |keys: &crate::keymap::Keys| {
        keys.strokes().iter().flat_map(|stroke| text::stroke_caps(stroke, mac)).collect()
    };
    PaletteLine {
        id: entry.id.clone(),
        section: entry.section,
        icon: entry.icon,
        name: entry.name.clone(),
        detail: entry.detail.clone(),
        keys: entry.keys.as_ref().map(caps).unwrap_or_default(),
    }
}

impl Commands {
    fn opened(self) -> Option<Opened> {
        let situation = self.situation()?;
        let inbox = self.inbox();
        Some(Opened {
            rows: inbox.map(|inbox| inbox.rows.run(())).unwrap_or_default(),
            people: inbox
                .map(|inbox| inbox.people.run(()))
                .unwrap_or_else(|| People { agents: Vec::new(), teams: Vec::new() }),
            recent: recent(situation.person.id),
            offers: inbox.map(|inbox| inbox.offers.run(())).unwrap_or_default(),
            pressable: browser::pressable(),
            situation,
        })
    }
}

impl Doer {
    fn carry_out(&self, deed: Deed) {
        match deed {
            Deed::Act(action) => {
                self.act(action);
            }
            Deed::Open(id) => self.conversation(id),
            Deed::Section(section) => self.go(&format!("/settings/{}", section.as_str())),
            Deed::Go(address) => self.go(&address),
            Deed::Press(name) => browser::press(&name),
            Deed::Choose(choice) => {
                if let Some(inbox) = self.commands.inbox() {
                    inbox.choose.run(choice);
                }
            }
            Deed::Give(agent, team) => {
                if let Some(inbox) = self.commands.inbox() {
                    inbox.assign.run((agent, team));
                }
            }
        }
    }
}

/// Looks for conversations on the server while somebody types.
#[derive(Clone, Copy)]
struct Search {
    commands: Commands,
    typed: RwSignal<String>,
    found: RwSignal<Vec<Conversation>>,
    busy: RwSignal<bool>,
    waiting: StoredValue<Option<TimeoutHandle>>,
}

impl Search {
    fn follow(self, words: &str) {
        if let Some(waiting) = self.waiting.get_value() {
            waiting.clear();
        }
        let words = words.trim().to_owned();
        if words.chars().count() < ENOUGH || self.commands.palette.get_untracked() != Some(Step::Anything) {
            self.busy.set(false);
            return self.found.set(Vec::new());
        }
        self.busy.set(true);
        let ask = move || self.ask(words.clone());
        self.waiting.set_value(set_timeout_with_handle(ask, TYPING).ok());
    }

    fn ask(self, words: String) {
        let query = ListQuery { text: Some(words.clone()), limit: FOUND, ..ListQuery::of(View::All) };
        spawn_local(async move {
            let page = api::list(query).await;
            if self.typed.with_untracked(|typed| typed.trim() != words) {
                return;
            }
            self.busy.set(false);
            // Without the server there still is what is on screen.
            self.found.set(page.map(|page| page.items).unwrap_or_default());
        });
    }
}
