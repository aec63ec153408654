//! Putting a conversation away until a time, or until the customer writes.

use super::screen::Screen;
use super::thread::Open;
use crate::api;
use crate::browser;
use crate::calendar::{self, Zone};
use crate::clock::Clock;
use crate::commands::hint;
use crate::keymap::Action;
use crate::parts::{Icon, Popover};
use crate::text;
use domain::conversation::standing::Status;
use domain::view::Conversation;
use domain::{HOUR, MINUTE, Timestamp};
use leptos::prelude::*;
use leptos::{ev, html};

/// When a working day begins, in hours.
const MORNING: i64 = 9;
/// What "later" means.
const LATER: i64 = 3 * HOUR;

/// The button in the head of the thread, and the choice.
#[component]
pub fn Snooze(open: Open) -> impl IntoView {
    let screen = open.screen;
    let shown = screen.snoozing;
    let snoozed = Memo::new(move |_| open.conversation.get().status == Status::Snoozed);
    view! {
        <div class="anchor snooze">
            <button
                class="button"
                type="button"
                data-icon=""
                aria-haspopup="dialog"
                aria-label=text::snooze()
                title=hint(text::snooze(), Action::Snooze)
                aria-pressed=move || snoozed.get().to_string()
                aria-expanded=move || shown.get().to_string()
                on:click=move |_| shown.update(|shown| *shown = !*shown)
            >
                <Icon name="alarm-clock" />
            </button>
            <Popover open=shown label=text::snooze() place="down-end" opener=".snooze > .button">
                <Choices screen=screen snoozed=snoozed />
            </Popover>
        </div>
    }
}

#[component]
fn Choices(screen: Screen, snoozed: Memo<bool>) -> impl IntoView {
    let put_away = move |until: Option<Timestamp>| {
        screen.snoozing.set(false);
        browser::focus(".snooze > .button");
        screen.snooze(until);
    };
    let times = move || {
        let (locale, now) = (screen.clock.locale()?, screen.clock.now()?);
        let choices = times(locale.zone, now).map(|(name, at)| {
            view! {
                <button class="choice" type="button" on:click=move |_| put_away(Some(at))>
                    <span>{name}</span>
                    <small>{calendar::coming(locale, now, at)}</small>
                </button>
            }
        });
        Some(choices.collect_view())
    };
    let wake = move |_| {
        screen.snoozing.set(false);
        browser::focus(".snooze > .button");
        screen.wake();
    };
    view! {
        <Show when=move || snoozed.get()>
            <button class="choice" type="button" on:click=wake>
                <span>{text::wake()}</span>
            </button>
            <hr />
        </Show>
        {times}
        <button class="choice" type="button" on:click=move |_| put_away(None)>
            <span>{text::snooze_until_reply()}</span>
        </button>
        <hr />
        <Pick screen=screen on_pick=Callback::new(move |at| put_away(Some(at))) />
        <p class="hint">{text::snooze_wakes()}</p>
    }
}

/// Any time.
#[component]
fn Pick(screen: Screen, on_pick: Callback<Timestamp>) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let past = RwSignal::new(false);
    let set = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let at = field.get().and_then(|field| browser::local_time(&field.value()));
        match at.filter(|at| *at > screen.clock.exactly()) {
            Some(at) => on_pick.run(at),
            None => past.set(true),
        }
    };
    view! {
        <form class="field" on:submit=set>
            <label for="snooze-until">{text::snooze_pick()}</label>
            <input
                class="input"
                id="snooze-until"
                type="datetime-local"
                required=true
                node_ref=field
                aria-invalid=move || past.get().then_some("true")
                on:input=move |_| past.set(false)
            />
            {move || past.get().then(|| view! {
                <p class="error" role="alert"><Icon name="circle-alert" size=14 />{text::snooze_past()}</p>
            })}
            <button class="button" type="submit" data-kind="outline">{text::snooze_set()}</button>
        </form>
    }
}

/// The usual times, where the reader lives.
fn times(zone: Zone, now: Timestamp) -> [(&'static str, Timestamp); 3] {
    let local = zone.read(now);
    let quarter = 15 * MINUTE;
    let later = now + LATER;
    let later = later + (quarter - later.ms().rem_euclid(quarter)) % quarter;
    let monday = local.day + 7 - i64::try_from(local.weekday).unwrap_or(0);
    [
        (text::snooze_later(), later),
        (text::snooze_tomorrow(), zone.at(local.day + 1, MORNING)),
        (text::snooze_next_week(), zone.at(monday, MORNING)),
    ]
}

/// The usual times for the palette: the name, when it comes back, and until when it goes.
pub fn offered(clock: Clock) -> Vec<(String, Option<String>, Option<Timestamp>)> {
    let Some((locale, now)) = clock.locale().zip(clock.now()) else { return Vec::new() };
    let times = times(locale.zone, now);
    let times = times.map(|(name, at)| (name.to_owned(), Some(calendar::coming(locale, now, at)), Some(at)));
    let reply = (text::snooze_until_reply().to_owned(), None, None);
    times.into_iter().chain([reply]).collect()
}

impl Screen {
    /// Brings the open conversation back before its time.
    pub fn wake(self) {
        let Some(before) = self.conversation().filter(|one| one.status == Status::Snoozed) else { return };
        let after = Conversation { status: Status::Open, snoozed_until: None, ..before.clone() };
        let id = before.id;
        self.change(before, after, api::reopen(id));
    }

    /// Puts the open conversation away until a time, or until the customer writes.
    pub fn snooze(self, until: Option<Timestamp>) {
        let Some(before) = self.conversation() else { return };
        let after =
            Conversation { status: Status::Snoozed, snoozed_until: until, woken_at: None, ..before.clone() };
        let id = before.id;
        self.change(before, after, api::snooze(id, until));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples::NOW;

    #[test]
    fn tomorrow_and_next_week_begin_in_the_morning_where_the_reader_lives() {
        // Saturday 21 November 2026, 14:03 UTC.
        let zone = Zone::East(120);
        let [(_, later), (_, tomorrow), (_, monday)] = times(zone, NOW);
        let read = |at| {
            let local = zone.read(at);
            (local.date, local.clock())
        };
        assert_eq!(read(later), (21, "19:15".into()));
        assert_eq!(read(tomorrow), (22, "09:00".into()));
        assert_eq!(read(monday), (23, "09:00".into()));
    }
}
