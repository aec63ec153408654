//! Why one cannot write to the customer, and the ways on.

use super::focus_field;
use crate::commands::hint;
use crate::keymap::Action;
use crate::pages::inbox::thread::Open;
use crate::pages::inbox::writing::Audience;
use crate::parts::Icon;
use crate::state::Stance;
use crate::text;
use leptos::prelude::*;

/// What keeps the answer from being written.
#[derive(Clone, Debug, PartialEq)]
pub enum Locked {
    /// Another app is talking.
    By { by: String, may_take: bool },
    /// The reply window is closed.
    Window,
    /// A manager disconnected the page.
    Page { by: String },
    /// It is not this person's conversation. `free`: it may be claimed.
    Unassigned { to: Option<String>, free: bool },
}

impl Locked {
    /// What keeps it, if anything does.
    pub fn of(stance: &Stance) -> Option<Self> {
        match stance {
            Stance::Locked { by, may_take } => Some(Self::By { by: by.clone(), may_take: *may_take }),
            Stance::Closed => Some(Self::Window),
            Stance::Removed { by } => Some(Self::Page { by: by.clone() }),
            Stance::Unassigned { to, free } => Some(Self::Unassigned { to: to.clone(), free: *free }),
            Stance::Open { .. }
            | Stance::AskFirst { .. }
            | Stance::Interrupting { .. }
            | Stance::Disconnected { .. } => None,
        }
    }
}

/// The words of the state, then the ways on.
pub fn view(open: Open, locked: Locked) -> AnyView {
    match locked {
        Locked::Window => view! {
            <div class="locked">
                <Icon name="clock" size=20 />
                <p><b>{text::closed_title()}</b>{text::closed()}</p>
                <WriteNote open=open />
            </div>
        }
        .into_any(),
        Locked::Page { by } => view! {
            <div class="locked">
                <Icon name="circle-slash" size=20 />
                <p><b>{move || text::page_removed_title(&open.conversation.get().page_name)}</b>{text::page_removed(&by)}</p>
                <WriteNote open=open />
            </div>
        }
        .into_any(),
        Locked::Unassigned { to, free } => view! { <Unassigned open=open to=to free=free /> }.into_any(),
        Locked::By { by, may_take } => view! { <Held open=open by=by may_take=may_take /> }.into_any(),
    }
}

#[component]
fn Held(open: Open, by: String, may_take: bool) -> impl IntoView {
    let screen = open.screen;
    let who = by.clone();
    let interrupt = move |_| {
        screen.interrupting.set(true);
        focus_field();
    };
    let ways = may_take.then(|| {
        view! {
            <button class="button" type="button" data-kind="outline" data-size="32" on:click=interrupt>
                {text::write_anyway()}
            </button>
            <button
                class="button"
                type="button"
                data-kind="primary"
                data-size="32"
                title=hint(text::take_over_hint(), Action::TakeOver)
                disabled=move || screen.busy.get().is_some()
                on:click=move |_| screen.take_over()
            >
                {text::take_over()}
            </button>
        }
    });
    view! {
        <div class="locked" data-control=move || open.conversation.get().control.owner.as_str()>
            <Icon name="lock-solid" size=20 solid=true />
            <p>
                <b>{move || text::is_talking(&who, &open.customer.get())}</b>
                {if may_take { text::take_over_to_write(&by) } else { text::may_not_take().to_owned() }}
            </p>
            {ways.is_none().then(|| view! { <WriteNote open=open /> })}
            {ways}
        </div>
    }
}

#[component]
fn Unassigned(open: Open, to: Option<String>, free: bool) -> impl IntoView {
    let claim = move |_| {
        open.screen.assign_to_me();
        focus_field();
    };
    let way = if free {
        view! {
            <button class="button" type="button" data-kind="primary" data-size="32" on:click=claim>{text::claim()}</button>
        }
        .into_any()
    } else {
        view! { <WriteNote open=open /> }.into_any()
    };
    view! {
        <div class="locked">
            <Icon name="user" size=20 />
            <p>
                <b>{text::not_yours(to.as_deref())}</b>
                {move || if free { text::claim_to_write(&open.customer.get()) } else { text::not_free().to_owned() }}
            </p>
            {way}
        </div>
    }
}

/// Where nothing can be said to the customer, something can be said to the team.
#[component]
fn WriteNote(open: Open) -> impl IntoView {
    let write = move |_| {
        open.writing.audience.set(Audience::Team);
        focus_field();
    };
    view! {
        <button class="button" type="button" data-kind="outline" data-size="32" on:click=write>{text::write_note()}</button>
    }
}
