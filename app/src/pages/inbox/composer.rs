//! Where answers and notes are written, or why they cannot be.

mod answer;
mod files;
mod locked;
mod note;
mod notice;
mod offer;
mod trouble;

use super::screen::Screen;
use super::thread::Open;
use super::writing::Audience;
use crate::browser;
use crate::parts::Icon;
use crate::text;
use answer::Answer;
use files::DropZone;
use leptos::ev;
use leptos::prelude::*;
use locked::Locked;
use note::NoteField;
use offer::Offer;
use trouble::Trouble;

/// The composer. What was typed outlives every change of what may be done with it.
#[component]
pub fn Composer(open: Open) -> impl IntoView {
    let writing = open.writing;
    let locked = Memo::new(move |_| Locked::of(&open.stance.get()));
    let state = move || match (writing.audience.get(), locked.get()) {
        (Audience::Team, _) => "note",
        (Audience::Customer, None) => "open",
        (Audience::Customer, Some(_)) => "locked",
    };
    let label = move || match writing.audience.get() {
        Audience::Customer => text::write_to(&open.customer.get()),
        Audience::Team => text::note_for_team().to_owned(),
    };
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        match writing.audience.get_untracked() {
            Audience::Customer => writing.send(None),
            Audience::Team => writing.add_note(),
        }
    };
    let to_customer = move || writing.audience.get() == Audience::Customer;
    view! {
        <Trouble open=open />
        {view! { <DropZone open=open /> }.into_any()}
        <form class="composer" data-state=state aria-label=label on:submit=send>
            <Tabs open=open />
            {view! { <Offer open=open /> }.into_any()}
            <div id="panel-reply" role="tabpanel" aria-labelledby="tab-reply" hidden=move || !to_customer()>
                {move || locked.get().map(|locked| locked::view(open, locked))}
                {view! { <Answer open=open locked=Signal::derive(move || locked.get().is_some()) /> }.into_any()}
            </div>
            <div id="panel-note" role="tabpanel" aria-labelledby="tab-note" hidden=to_customer>
                {view! { <NoteField open=open /> }.into_any()}
            </div>
        </form>
    }
}

/// Puts the focus where one writes now.
fn focus_field() {
    request_animation_frame(|| browser::focus(".composer [role=tabpanel]:not([hidden]) textarea"));
}

impl Screen {
    /// Turns the composer to the customer or the team and goes there.
    pub fn write_to(self, audience: Audience) {
        self.audience.set(audience);
        focus_field();
    }
}

/// Reply or note. Each keeps what is written in it.
#[component]
fn Tabs(open: Open) -> impl IntoView {
    let keys = move |event: ev::KeyboardEvent| {
        if matches!(event.key().as_str(), "ArrowLeft" | "ArrowRight") {
            event.prevent_default();
            open.writing.audience.update(|audience| {
                *audience = match audience {
                    Audience::Customer => Audience::Team,
                    Audience::Team => Audience::Customer,
                };
            });
            request_animation_frame(|| browser::focus(".composer [role=tab][aria-selected=true]"));
        }
    };
    view! {
        <div class="audience" role="tablist" aria-label=text::audience() on:keydown=keys>
            <Tab open=open audience=Audience::Customer />
            <Tab open=open audience=Audience::Team />
        </div>
    }
}

#[component]
fn Tab(open: Open, audience: Audience) -> impl IntoView {
    let writing = open.writing;
    let (name, icon, id, panel) = match audience {
        Audience::Customer => (text::reply(), "message-square", "tab-reply", "panel-reply"),
        Audience::Team => (text::note(), "lock-eye", "tab-note", "panel-note"),
    };
    let chosen = move || writing.audience.get() == audience;
    let written = move || {
        let text = if audience == Audience::Customer { writing.text } else { writing.note };
        (!chosen() && text.with(|text| !text.trim().is_empty())).then(
            || view! { <span class="visually-hidden">{text::with_draft()}</span><span class="dot"></span> },
        )
    };
    view! {
        <button
            type="button"
            role="tab"
            id=id
            aria-controls=panel
            aria-selected=move || chosen().to_string()
            tabindex=move || if chosen() { "0" } else { "-1" }
            on:click=move |_| {
                writing.audience.set(audience);
                focus_field();
            }
        >
            <Icon name=icon size=14 />
            {name}
            {written}
        </button>
    }
}
