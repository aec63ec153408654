//! The keys of a person, each of which can be changed.

use crate::browser;
use crate::commands::{Commands, caps};
use crate::keymap::{Action, Bindings, Group, Keys, Stroke};
use crate::parts::Toasts;
use crate::text;
use domain::preferences::Shortcuts;
use leptos::ev;
use leptos::prelude::*;
use leptos_meta::Title;
use std::time::Duration;

/// How long the second key of two may take.
const SECOND_KEY: Duration = Duration::from_millis(900);

/// What is being changed, and what came of it.
#[derive(Clone, Copy)]
struct Editing {
    commands: Commands,
    /// The action whose keys are being pressed.
    action: RwSignal<Option<Action>>,
    pressed: RwSignal<Vec<Stroke>>,
    /// Why the keys of an action were not kept.
    problem: RwSignal<Option<(Action, String)>>,
    /// What was just done, for those who hear the page.
    done: RwSignal<String>,
    toasts: Toasts,
}

/// The settings' section at `/settings/shortcuts`.
#[component]
pub fn Shortcuts() -> impl IntoView {
    let editing = Editing {
        commands: Commands::of_window(),
        action: RwSignal::new(None),
        pressed: RwSignal::new(Vec::new()),
        problem: RwSignal::new(None),
        done: RwSignal::new(String::new()),
        toasts: expect_context(),
    };
    editing.listen();
    view! {
        <Title text=text::settings_shortcuts() />
        <div class="page">
            <header class="bar"><h1>{text::settings_shortcuts()}</h1></header>
            <div class="page-body">
                <p class="lead">{text::shortcuts_lead()}</p>
                <SingleKeys editing=editing />
                {Group::ALL.map(|group| view! { <GroupOf editing=editing group=group /> }).collect_view()}
                <footer class="cluster">
                    <p class="lead">{text::fixed_keys()}</p>
                    <button
                        class="button"
                        type="button"
                        data-kind="outline"
                        data-size="32"
                        disabled=move || editing.own().own.is_empty()
                        on:click=move |_| editing.keep(None, |shortcuts| shortcuts.own.clear())
                    >
                        {text::reset_all_keys()}
                    </button>
                </footer>
                <p class="visually-hidden" role="status">{move || editing.done.get()}</p>
            </div>
        </div>
    }
}

#[component]
fn SingleKeys(editing: Editing) -> impl IntoView {
    let on = move || editing.own().single_keys;
    view! {
        <label class="check">
            <input
                type="checkbox"
                role="switch"
                prop:checked=on
                aria-describedby="single-keys-hint"
                on:change=move |event| {
                    let wanted = event_target_checked(&event);
                    editing.keep(None, |shortcuts| shortcuts.single_keys = wanted);
                }
            />
            <span>
                <b>{text::single_keys()}</b>
                <small id="single-keys-hint">{text::single_keys_hint()}</small>
            </span>
        </label>
    }
}

#[component]
fn GroupOf(editing: Editing, group: Group) -> impl IntoView {
    let actions = Action::all().filter(move |action| action.group() == group);
    let heading = format!("keys-{}", text::group_name(group).to_lowercase().replace(' ', "-"));
    let labelled = heading.clone();
    view! {
        <section aria-labelledby=labelled>
            <h2 id=heading>{text::group_name(group)}</h2>
            <ul class="shortcuts">
                {actions.map(|action| view! { <ActionRow editing=editing action=action /> }).collect_view()}
            </ul>
        </section>
    }
}

#[component]
fn ActionRow(editing: Editing, action: Action) -> impl IntoView {
    let commands = editing.commands;
    let recording = move || editing.action.get() == Some(action);
    let own = move || editing.own().own.contains_key(action.as_str());
    let keys = move || {
        let mac = commands.mac.get();
        commands.bindings.with(|bindings| {
            let keys = bindings.chosen(action);
            if keys.is_empty() {
                return view! { <span class="none">{text::no_key()}</span> }.into_any();
            }
            let all = keys.iter().enumerate().map(|(index, keys)| {
                view! {
                    {(index > 0).then(|| view! { <span class="then">{text::or()}</span> })}
                    <span class="caps">{caps(keys, mac)}</span>
                }
            });
            view! { {all.collect_view()} }.into_any()
        })
    };
    let off = move || {
        let single = |keys: &Keys| keys.is_single();
        !editing.own().single_keys
            && commands.bindings.with(|bindings| bindings.chosen(action).iter().any(single))
    };
    view! {
        <li data-action=action.as_str() data-off=move || off().then_some("")>
            <span class="name">{text::action_name(action)}</span>
            <Show when=move || !recording() fallback=move || view! { <Recorder editing=editing action=action /> }>
                <span class="chosen">{keys}</span>
                <span class="cluster">
                    <Show when=own>
                        <button
                            class="button"
                            type="button"
                            aria-label=text::reset_keys_of(action)
                            on:click=move |_| editing.keep(Some(action), |shortcuts| {
                                shortcuts.own.remove(action.as_str());
                            })
                        >
                            {text::reset_keys()}
                        </button>
                    </Show>
                    <Show when=move || commands.bindings.with(|bindings| !bindings.chosen(action).is_empty())>
                        <button
                            class="button"
                            type="button"
                            aria-label=text::remove_keys_of(action)
                            on:click=move |_| editing.keep(Some(action), |shortcuts| {
                                shortcuts.own.insert(action.as_str().to_owned(), Vec::new());
                            })
                        >
                            {text::remove_keys()}
                        </button>
                    </Show>
                    <button
                        class="button change"
                        type="button"
                        data-kind="outline"
                        aria-label=text::change_keys_of(action)
                        on:click=move |_| editing.begin(action)
                    >
                        {text::change()}
                    </button>
                </span>
            </Show>
            {move || editing.problem.get().filter(|(of, _)| *of == action).map(|(_, words)| view! {
                <p class="error" role="alert">{words}</p>
            })}
        </li>
    }
}

/// Waits for the new keys.
#[component]
fn Recorder(editing: Editing, action: Action) -> impl IntoView {
    let pressed = move || {
        let strokes = editing.pressed.get();
        match Keys::of(strokes) {
            Some(keys) => {
                view! { <span class="caps">{caps(&keys, editing.commands.mac.get())}</span> }.into_any()
            }
            None => text::press_keys().into_any(),
        }
    };
    view! {
        <span class="recorder" role="status" aria-label=text::change_keys_of(action)>{pressed}</span>
        <span class="cluster">
            <button class="button" type="button" on:click=move |_| editing.end(action)>{text::cancel()}</button>
        </span>
        <p class="hint">{text::press_hint()}</p>
    }
}

impl Editing {
    /// What the person changed so far.
    fn own(self) -> Shortcuts {
        self.commands.preferences().with(|preferences| preferences.shortcuts.clone())
    }

    fn begin(self, action: Action) {
        self.problem.set(None);
        self.pressed.set(Vec::new());
        self.action.set(Some(action));
        request_animation_frame(|| browser::focus(".shortcuts .recorder ~ .cluster .button"));
    }

    fn end(self, action: Action) {
        self.action.set(None);
        self.pressed.set(Vec::new());
        let button = format!("[data-action={}] .change", action.as_str());
        request_animation_frame(move || browser::focus(&button));
    }

    /// While keys are being pressed nobody else hears them: this listener is asked before all others.
    fn listen(self) {
        Effect::new(move || {
            let Some(action) = self.action.get() else { return };
            let hear = Box::new(move |event: ev::KeyboardEvent| self.press(action, &event));
            // It goes with this run of the effect.
            StoredValue::new_local(browser::hear_first(hear));
        });
    }

    fn press(self, action: Action, event: &ev::KeyboardEvent) {
        match event.key().as_str() {
            "Tab" => return self.action.set(None),
            "Escape" => self.end(action),
            // The button that cancels keeps its key.
            "Enter" | " "
                if browser::is_inside(event, ".shortcuts .button")
                    && !event.ctrl_key()
                    && !event.meta_key() =>
            {
                if action.reach() == crate::keymap::Reach::Writing && event.key() == "Enter" {
                    self.add(action, event);
                } else {
                    return;
                }
            }
            _ => self.add(action, event),
        }
        event.prevent_default();
        event.stop_propagation();
    }

    fn add(self, action: Action, event: &ev::KeyboardEvent) {
        let Some(stroke) = browser::stroke(event) else { return };
        let alone = stroke.command || stroke.alt || !stroke.is_single();
        self.pressed.update(|pressed| pressed.push(stroke));
        let pressed = self.pressed.get_untracked();
        if alone || pressed.len() == Keys::LONGEST {
            return self.take(action, pressed);
        }
        set_timeout(
            move || {
                if self.pressed.try_get_untracked().as_ref() == Some(&pressed) {
                    self.take(action, pressed);
                }
            },
            SECOND_KEY,
        );
    }

    fn take(self, action: Action, strokes: Vec<Stroke>) {
        let Some(keys) = Keys::of(strokes) else { return };
        self.end(action);
        let fits = self.commands.bindings.with_untracked(|bindings: &Bindings| bindings.fits(&keys, action));
        match fits {
            Ok(()) => self.keep(Some(action), |shortcuts| {
                shortcuts.own.insert(action.as_str().to_owned(), vec![keys.to_string()]);
            }),
            Err(misfit) => self.problem.set(Some((action, misfit.to_string()))),
        }
    }

    /// Keeps a change; what the server refuses is said where it was tried.
    fn keep(self, of: Option<Action>, change: impl FnOnce(&mut Shortcuts)) {
        let mut shortcuts = self.own();
        change(&mut shortcuts);
        self.problem.set(None);
        self.done.set(String::new());
        self.commands.keep_shortcuts(shortcuts, move |kept| match (kept, of) {
            (Ok(()), _) => self.done.set(text::kept().into()),
            (Err(failure), Some(action)) => self.problem.set(Some((action, failure.to_string()))),
            (Err(failure), None) => self.toasts.say(failure.to_string()),
        });
    }
}
