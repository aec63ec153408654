//! Doing things by key and by name, on every page: who listens, what the page on screen can do, and what lies over it.
//!
//! A page tells what it can do as a [`Stage`]; what works everywhere (going places, themes, the palette) is done here.

mod awaiting;
mod entries;
mod fit;
mod help;
mod kept;
mod listening;
mod palette;
mod part;
mod recent;

pub use awaiting::Awaiting;
pub use part::Called;

use help::Help;
use palette::Palette;

use crate::api::People;
use crate::api::Theme;
use crate::browser;
use crate::keymap::{Action, Bindings, Keys, Situation, Stroke, Unfit};
use crate::text;

use domain::person::Person;
use domain::preferences::Preferences;
use domain::view::{Conversation, Named, View};
use domain::workflow::view::{RunView, Shortcut};
use domain::{ConversationId, HOUR, PersonId, RunId, TeamId, Timestamp};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use std::sync::Arc;

/// How long notifications pause.
const PAUSE: i64 = HOUR;

/// What the page on screen can do.
#[derive(Clone, Copy)]
pub struct Stage {
    /// Says something to the person.
    pub say: Callback<String>,
    /// What the inbox can do, when it is the page on screen.
    pub inbox: Option<InboxStage>,
}

/// What the inbox can do.
#[derive(Clone, Copy)]
pub struct InboxStage {
    pub situation: Callback<(), Situation>,
    pub act: Callback<Action>,
    /// Does it when the conversation that was chosen is here.
    pub later: Callback<Action>,
    /// The conversations of the list on screen.
    pub rows: Callback<(), Vec<Arc<Conversation>>>,
    pub people: Callback<(), People>,
    pub assign: Callback<Given>,
    /// What can be chosen besides actions.
    pub offers: Callback<(), Offers>,
    pub choose: Callback<Choice>,
}

/// What can be chosen in the inbox besides actions, named as they would be done now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Offers {
    /// Names, when it comes back, and until when it goes.
    pub snoozes: Vec<(String, Option<String>, Option<Timestamp>)>,
    /// Names of filters, and where the list is with them.
    pub filters: Vec<(&'static str, String)>,
    /// What can be started for the contact.
    pub shortcuts: Vec<Shortcut>,
    /// What runs for the contact and may be stopped.
    pub running: Vec<RunView>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq)]
pub enum Choice {
    Snooze(Option<Timestamp>),
    Start(Box<Shortcut>),
    Stop(RunId),
}

/// Whom a conversation is given to: a person, a team, or nobody.
pub type Given = (Option<Named<PersonId>>, Option<Named<TeamId>>);

type Go = Box<dyn Fn(&str, NavigateOptions) + Send + Sync>;

/// What the palette asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Anything,
    /// To whom the open conversation is given.
    Assign,
}

/// The keys and the palette of this browser window.
#[derive(Clone, Copy)]
pub struct Commands {
    person: RwSignal<Option<Person>>,
    preferences: RwSignal<Preferences>,
    pub bindings: Memo<Bindings>,
    /// Whether keys are told as they stand on a Mac's keyboard.
    pub mac: RwSignal<bool>,
    pub palette: RwSignal<Option<Step>>,
    /// What was typed for the palette.
    words: RwSignal<String>,
    /// Whether Enter was pressed before the palette was there: the first of what it finds is chosen.
    hasty: RwSignal<bool>,
    pub help: RwSignal<bool>,
    /// What may follow the key that was just pressed.
    awaiting: RwSignal<Vec<(Keys, Action)>>,
    typed: StoredValue<Vec<Stroke>>,
    /// Counts sequences, so that the end of one's patience does not end the next.
    sequence: StoredValue<u32>,
    stage: StoredValue<Option<(u32, Stage)>>,
    entered: StoredValue<u32>,
}

impl Commands {
    /// Nobody is signed in yet; keys do nothing.
    pub fn new() -> Self {
        let preferences = RwSignal::new(Preferences::default());
        let shortcuts = Memo::new(move |_| preferences.with(|preferences| preferences.shortcuts.clone()));
        Self {
            person: RwSignal::new(None),
            preferences,
            bindings: Memo::new(move |_| shortcuts.with(Bindings::of)),
            mac: RwSignal::new(false),
            palette: RwSignal::new(None),
            words: RwSignal::new(String::new()),
            hasty: RwSignal::new(false),
            help: RwSignal::new(false),
            awaiting: RwSignal::new(Vec::new()),
            typed: StoredValue::new(Vec::new()),
            sequence: StoredValue::new(0),
            stage: StoredValue::new(None),
            entered: StoredValue::new(0),
        }
    }

    /// The commands of this window.
    pub fn of_window() -> Self {
        use_context().unwrap_or_else(Self::new)
    }

    /// A page of this person is on screen until its owner goes.
    pub fn enter(self, person: Person, stage: Stage) {
        let number = self.entered.get_value() + 1;
        self.entered.set_value(number);
        Effect::new(move || {
            self.stage.set_value(Some((number, stage)));
            self.follow(person.clone());
        });
        on_cleanup(move || {
            // The next page may have entered already.
            self.stage.try_update_value(|stage| stage.take_if(|(entered, _)| *entered == number));
            self.awaiting.try_set(Vec::new());
        });
    }

    /// The first keys of an action, as they work now.
    pub fn keys(self, action: Action) -> Option<Keys> {
        self.bindings.with(|bindings| bindings.of_action(action).next().cloned())
    }

    /// A hint with the keys behind it: "Ask Facebook who has control (Y)".
    pub fn hint(self, words: &str, action: Action) -> String {
        match self.keys(action) {
            Some(keys) => format!("{words} ({})", text::keys_words(&keys, self.mac.get())),
            None => words.to_owned(),
        }
    }

    /// What an action would be done with.
    pub fn situation(self) -> Option<Situation> {
        let person = self.person.get_untracked()?;
        let situation =
            self.inbox().map_or_else(|| Situation::outside(person), |inbox| inbox.situation.run(()));
        Some(Situation { quiet: self.is_quiet(), ..situation })
    }

    /// Nobody asks for the palette any more.
    fn put_palette_away(self) {
        self.words.set(String::new());
        self.hasty.set(false);
        self.palette.set(None);
    }

    fn stage(self) -> Option<Stage> {
        self.stage.try_get_value().flatten().map(|(_, stage)| stage)
    }

    fn inbox(self) -> Option<InboxStage> {
        self.stage()?.inbox
    }

    /// Says something to the person.
    pub fn say(self, words: impl Into<String>) {
        if let Some(stage) = self.stage() {
            stage.say.run(words.into());
        }
    }

    fn is_quiet(self) -> bool {
        let until = self.preferences.with_untracked(|preferences| preferences.attention.quiet_until);
        until.zip(browser::now()).is_some_and(|(until, now)| now < until)
    }
}

impl Default for Commands {
    fn default() -> Self {
        Self::new()
    }
}

/// What does the things that work on every page.
#[derive(Clone)]
pub struct Doer {
    commands: Commands,
    go: StoredValue<Go>,
}

impl Doer {
    /// Inside a router.
    pub fn new(commands: Commands) -> Self {
        Self { commands, go: StoredValue::new(Box::new(use_navigate())) }
    }

    /// Does an action, or says why not. `false`: it belongs to another screen.
    pub fn act(&self, action: Action) -> bool {
        let Some(situation) = self.commands.situation() else { return false };
        match situation.allows(action) {
            Ok(()) => self.perform(action),
            Err(Unfit::Elsewhere) => return false,
            Err(Unfit::NotPermitted) => self.commands.say(text::not_permitted()),
            Err(Unfit::Soon) => {
                if let Some(inbox) = self.commands.inbox() {
                    inbox.later.run(action);
                }
            }
            Err(Unfit::Now(words)) => self.commands.say(words),
        }
        true
    }

    fn perform(&self, action: Action) {
        let commands = self.commands;
        match action {
            Action::Palette => commands.palette.set(Some(Step::Anything)),
            Action::Assign => commands.palette.set(Some(Step::Assign)),
            Action::Help => commands.help.set(true),
            Action::Quiet => commands.toggle_quiet(PAUSE),
            Action::ThemeLight => Theme::Light.put_on(),
            Action::ThemeDark => Theme::Dark.put_on(),
            Action::ThemeSystem => Theme::System.put_on(),
            Action::GoOpen => self.view(View::Open),
            Action::GoMine => self.view(View::Mine),
            Action::GoUnassigned => self.view(View::Unassigned),
            Action::GoWithBot => self.view(View::WithBot),
            Action::GoSnoozed => self.view(View::Snoozed),
            Action::GoClosed => self.view(View::Closed),
            Action::GoWorkflows => self.go("/workflows"),
            Action::GoSettings => self.go("/settings/profile"),
            Action::SignOut => browser::post_away("/sign-out"),
            Action::Search
            | Action::Filter
            | Action::Export
            | Action::CollapseList
            | Action::MessageActions
            | Action::Attach
            | Action::Next
            | Action::Previous
            | Action::Write
            | Action::Reply
            | Action::Note
            | Action::SearchThread
            | Action::TakeOver
            | Action::Resync
            | Action::ResetControl
            | Action::AssignToMe
            | Action::ToggleClosed
            | Action::ToggleUnread
            | Action::Snooze
            | Action::Wake
            | Action::CloseWithNote
            | Action::Delete
            | Action::Details
            | Action::Tags
            | Action::Workflows
            | Action::Shortcut
            | Action::Send
            | Action::SendAndReset
            | Action::SendAndClose
            | Action::SendAndSnooze => {
                if let Some(inbox) = commands.inbox() {
                    inbox.act.run(action);
                }
            }
        }
    }

    /// Goes to a view of the inbox.
    pub fn view(&self, view: View) {
        self.go(&format!("/inbox/{}", view.as_str()));
    }

    /// Opens a conversation, whatever list it is in.
    pub fn conversation(&self, id: ConversationId) {
        self.go(&format!("/inbox/all/{id}"));
    }

    /// Goes to an address of the product.
    pub fn go(&self, address: &str) {
        self.go.with_value(|go| go(address, NavigateOptions::default()));
    }
}

/// A hint that ends with the keys of an action, whatever they are now: "Ask Facebook who has control (Y)".
pub fn hint(words: &'static str, action: Action) -> Signal<String> {
    let commands = Commands::of_window();
    Signal::derive(move || commands.hint(words, action))
}

/// The keys of an action as they are now, for menus and lists; nothing when it has none.
#[component]
pub fn KeyCaps(
    action: Action,
    /// Whether they decorate a button, whose name they are no part of.
    #[prop(optional)]
    decoration: bool,
) -> impl IntoView {
    let commands = Commands::of_window();
    let keys = move || commands.keys(action).map(|keys| caps(&keys, commands.mac.get()));
    view! { <span class="caps" aria-hidden=decoration.then_some("true")>{keys}</span> }
}

/// Keys as they stand on the keyboard.
pub fn caps(keys: &Keys, mac: bool) -> impl IntoView + use<> {
    let strokes = keys.strokes().iter().enumerate().map(|(index, stroke)| {
        let caps = text::stroke_caps(stroke, mac).into_iter().map(|cap| view! { <kbd>{cap}</kbd> });
        view! {
            {(index > 0).then(|| view! { <span class="then">{text::go_then()}</span> })}
            {caps.collect_view()}
        }
    });
    strokes.collect_view()
}
