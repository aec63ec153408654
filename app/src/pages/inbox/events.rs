//! Which kinds of events stand between the messages: chosen in the head of the thread, and on narrow screens in the
//! panel.

use super::thread::Open;
use crate::parts::{Icon, Popover};
use crate::state::{EventKind, ShownEvents};
use crate::text;
use leptos::prelude::*;

/// The button in the head of the thread with the choice.
#[component]
pub fn EventsButton(open: Open) -> impl IntoView {
    let shown = RwSignal::new(false);
    let name = move || text::events_shown(open.look.events.with(ShownEvents::shows_all));
    view! {
        <div class="anchor events roomy">
            <button
                class="button"
                type="button"
                data-icon=""
                aria-haspopup="dialog"
                aria-label=name
                title=name
                aria-expanded=move || shown.get().to_string()
                aria-pressed=move || open.look.events.with(|events| !events.shows_all()).to_string()
                on:click=move |_| shown.update(|shown| *shown = !*shown)
            >
                <Icon name="list-filter" />
            </button>
            <Popover open=shown label=text::events_label() place="down-end" opener=".events > .button">
                <EventKinds open=open />
            </Popover>
        </div>
    }
}

/// The same choice as a section of the panel.
#[component]
pub fn EventsSection(open: Open) -> impl IntoView {
    view! {
        <section class="section narrow" aria-label=text::events_label()>
            <h3>{text::events_label()}</h3>
            <EventKinds open=open />
        </section>
    }
}

#[component]
fn EventKinds(open: Open) -> impl IntoView {
    let look = open.look;
    let all = move || look.events.with(ShownEvents::shows_all);
    let kind = move |kind: EventKind| {
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || look.events.with(|events| events.shows(kind))
                    on:change=move |event| {
                        let shown = event_target_checked(&event);
                        look.show_events(|events| events.show(kind, shown));
                    }
                />
                <span>{text::event_kind_name(kind)}</span>
            </label>
        }
    };
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=all
                on:change=move |event| {
                    let shown = event_target_checked(&event);
                    look.show_events(|events| events.show_all(shown));
                }
            />
            <b>{text::all_events()}</b>
        </label>
        {EventKind::ALL.map(kind).collect_view()}
    }
}
