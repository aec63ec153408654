//! What the inbox can do by key and from the palette.

use super::place::{Filters, Spot};
use super::screen::Screen;
use super::snooze;
use crate::api::Whose;
use crate::browser;
use crate::commands::{Commands, InboxStage, Offers, Stage};
use crate::keymap::{Action, Situation, Unfit};
use crate::text;
use domain::ConversationId;
use domain::conversation::control::OwnerKind;
use leptos::ev;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// Puts the inbox on the stage for as long as it is on screen.
pub fn listen(screen: Screen) {
    let go = StoredValue::new(use_navigate());
    let inbox = InboxStage {
        situation: Callback::new(move |()| screen.situation()),
        act: Callback::new(move |action| go.with_value(|go| screen.act(action, go))),
        later: Callback::new(move |action| screen.later.set_value(Some(action))),
        rows: Callback::new(move |()| screen.inbox.with_untracked(|inbox| inbox.rows.to_vec())),
        people: Callback::new(move |()| screen.people.get_value()),
        offers: Callback::new(move |()| screen.offers()),
        choose: Callback::new(move |choice| screen.with_part(move |part| (part.choose)(screen, choice))),
        assign: Callback::new(move |given| screen.with_part(move |part| (part.give)(screen, given))),
    };
    let stage =
        Stage { say: Callback::new(move |words: String| screen.toasts.say(words)), inbox: Some(inbox) };
    Commands::of_window().enter(screen.me.with_value(|me| me.person.clone()), stage);
    arrows(screen, go);
    catch_up(screen);
}

/// Does what was asked of a conversation before it was here. Another choice in between forgets it.
fn catch_up(screen: Screen) {
    Effect::new(move |before: Option<Option<ConversationId>>| {
        let chosen = screen.place.conversation.get();
        if before.is_some_and(|before| before != chosen) {
            screen.later.set_value(None);
        }
        chosen
    });
    Effect::new(move || {
        screen.thread.track();
        if screen.is_opening() {
            return;
        }
        let Some(action) = screen.later.try_update_value(Option::take).flatten() else { return };
        match screen.situation().allows(action) {
            Ok(()) => screen.with_part(move |part| (part.act)(screen, action)),
            Err(Unfit::Now(words)) => screen.toasts.say(words),
            Err(Unfit::Elsewhere | Unfit::NotPermitted | Unfit::Soon) => {}
        }
    });
}

/// Arrows walk while the list has the focus, and take the focus along.
fn arrows(screen: Screen, go: StoredValue<impl Fn(&str, NavigateOptions) + Send + Sync + 'static>) {
    Effect::new(move || {
        let keys = window_event_listener(ev::keydown, move |event| {
            let held = event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key();
            let forward = match event.key().as_str() {
                "ArrowDown" => true,
                "ArrowUp" => false,
                _ => return,
            };
            if held || event.default_prevented() || !browser::is_inside(&event, ".rows") {
                return;
            }
            go.with_value(|go| screen.walk(forward, go));
            request_animation_frame(|| browser::focus(".row[aria-selected=true]"));
            event.prevent_default();
        });
        on_cleanup(move || keys.remove());
    });
}

impl Screen {
    /// What an action would be done with.
    fn situation(self) -> Situation {
        let person = self.me.with_value(|me| me.person.clone());
        let bot = self.thread.with_untracked(|thread| {
            let history = thread.as_ref().map(|thread| thread.control.as_slice()).unwrap_or_default();
            history.iter().find_map(|change| change.app_name.clone())
        });
        let conversation = self.conversation();
        let written =
            conversation.as_ref().is_some_and(|conversation| !self.sheet(conversation.id).is_blank());
        Situation {
            inbox: true,
            opening: self.is_opening(),
            conversation,
            bot,
            asking: self.busy.get_untracked().is_some(),
            written,
            ..Situation::outside(person)
        }
    }

    /// Whether a conversation was chosen that is not here yet; nor may it ever come.
    fn is_opening(self) -> bool {
        let chosen = self.place.conversation.get_untracked();
        let here = self.thread.with_untracked(|thread| thread.as_ref().map(|thread| thread.conversation.id));
        chosen.is_some() && chosen != here && self.thread_problem.with_untracked(Option::is_none)
    }

    /// Does what only the inbox can. What works on every page never comes here.
    fn act(self, action: Action, go: &impl Fn(&str, NavigateOptions)) {
        match action {
            Action::Search => browser::focus(".find input"),
            Action::Filter => self.filtering.set(true),
            Action::CollapseList => self.collapsed.update(|collapsed| *collapsed = !*collapsed),
            Action::Export => browser::download(&self.place.spot.with_untracked(Spot::export)),
            Action::Next => self.walk(true, go),
            Action::Previous => self.walk(false, go),
            open => self.with_part(move |part| (part.act)(self, open)),
        }
    }

    /// What can be chosen now besides actions.
    fn offers(self) -> Offers {
        let (shortcuts, running) = self.part.get().map(|part| (part.runs)(self)).unwrap_or_default();
        Offers { snoozes: snooze::offered(self.clock), filters: self.filters(), shortcuts, running }
    }

    /// Where the list is with another filter.
    fn filters(self) -> Vec<(&'static str, String)> {
        let spot = self.place.spot.get_untracked();
        let with = |name, change: &dyn Fn(&mut Filters)| {
            let mut next = spot.clone();
            change(&mut next.filters);
            (next != spot).then(|| (name, next.address()))
        };
        let owners = OwnerKind::ALL
            .map(|owner| with(text::owner_filter(owner), &move |filters| filters.owner = Some(owner)));
        [
            with(text::only_unread(), &|filters| filters.unread = true),
            with(text::filter_mine(), &|filters| filters.assignee = Some(Whose::Me)),
            with(text::filter_nobodys(), &|filters| filters.assignee = Some(Whose::Nobody)),
            with(text::clear_filters(), &|filters| *filters = Filters::default()),
        ]
        .into_iter()
        .chain(owners)
        .flatten()
        .collect()
    }

    /// Opens the next or the previous conversation of the list.
    fn walk(self, forward: bool, go: &impl Fn(&str, NavigateOptions)) {
        let open = self.place.conversation.get_untracked();
        let held = self.held.with_value(|held| held.as_ref().map(|held| held.neighbour(open, forward)));
        let next = held.unwrap_or_else(|| self.inbox.with_untracked(|inbox| inbox.neighbour(open, forward)));
        let Some(next) = next else { return };
        let address = self.place.spot.get_untracked().with(Some(next)).address();
        go(&address, NavigateOptions { scroll: false, ..NavigateOptions::default() });
        request_animation_frame(|| browser::reveal(".row[aria-selected=true]"));
    }
}
