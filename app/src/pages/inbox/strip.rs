//! The baton: who has control, since when that is proven, and what one can do about it.

use super::screen::Busy;
use super::thread::Open;
use crate::calendar::brief_span;
use crate::commands::{KeyCaps, hint};
use crate::keymap;
use crate::parts::{Apps, Icon, Lock, Menu, MenuItem, Shape, When};
use crate::state::{Stance, ThreadState};
use crate::text;
use domain::conversation::control::OwnerKind;
use leptos::prelude::*;

/// The strip under the head of the thread. It reads as a sentence.
#[component]
pub fn Strip(open: Open) -> impl IntoView {
    let control = Memo::new(move |_| open.conversation.get().control.clone());
    let owner = Memo::new(move |_| control.get().owner);
    let (apps, app) = (Apps::of_page(), Memo::new(move |_| control.get().app_id));
    let proved_at = Memo::new(move |_| control.get().proved_at);
    view! {
        <div class="baton" data-control=move || owner.get().as_str() role="group" aria-label=text::control_of_thread()>
            <span
                class="chip"
                data-control=move || owner.get().as_str()
                data-colour=move || apps.colour(app.get().as_ref())
                role="status"
            >
                <Lock control=control />
                {move || match owner.get() {
                    OwnerKind::Ours => Some(view! { <Icon name="baton" size=14 /> }),
                    OwnerKind::Idle => Some(view! { <Icon name="lock-open" size=14 /> }),
                    OwnerKind::Unknown => Some(view! { <Icon name="circle-question-mark" size=14 /> }),
                    OwnerKind::Bot | OwnerKind::PageInbox => None,
                }}
                <span>{move || words(open)}</span>
            </span>
            <Resync open=open />
            <span class="proven">{text::proven()}" "<When at=proved_at shape=Shape::Moment /></span>
            <span class="push"></span>
            <ResetCountdown open=open />
            <Action open=open />
        </div>
        <Brief open=open />
    }
}

fn words(open: Open) -> String {
    let control = open.conversation.get().control.clone();
    match (open.screen.busy.get(), &control.pending) {
        (Some(Busy::TakingOver), _) => text::taking_over().into(),
        (Some(Busy::Resetting), _) => text::resetting().into(),
        (Some(Busy::Resyncing), _) => text::resyncing().into(),
        (None, Some(pending)) => text::under_way(pending, &open.screen.my_name()),
        (None, None) => text::who_has_control(&control),
    }
}

#[component]
fn Resync(open: Open) -> impl IntoView {
    let busy = move || open.screen.busy.get() == Some(Busy::Resyncing);
    view! {
        <button
            class="proof"
            type="button"
            title=hint(text::resync_hint(), keymap::Action::Resync)
            data-busy=move || busy().then_some("")
            on:click=move |_| open.screen.resync()
        >
            <Icon name="refresh-cw" size=14 />
            <b>{text::resync()}</b>
        </button>
    }
}

/// When control goes back by itself (CR-19).
#[component]
fn ResetCountdown(open: Open) -> impl IntoView {
    move || {
        let left = open.conversation.get().reset_at? - open.screen.clock.now()?;
        let words = text::resets_in(left);
        (left > 0).then(|| {
            view! {
                <span class="badge" title=words.clone()>
                    <Icon name="timer-reset" size=14 label=words.clone() />
                    {brief_span(left)}
                </span>
            }
        })
    }
}

/// The one thing to do about control. Where the composer is locked, taking over stands there, under the hand.
#[component]
fn Action(open: Open) -> impl IntoView {
    let owner = Memo::new(move |_| open.conversation.get().control.owner);
    let locked = Memo::new(move |_| matches!(open.stance.get(), Stance::Locked { .. }));
    let busy = move || open.screen.busy.get().is_some();
    let screen = open.screen;
    move || match (owner.get(), locked.get()) {
        (OwnerKind::Ours, _) => Some(
            view! {
                <button
                    class="button"
                    type="button"
                    data-kind="outline"
                    disabled=busy
                    on:click=move |_| screen.reset_control()
                >
                    <Icon name="undo-2" />
                    {text::reset_control()}
                    <KeyCaps action=keymap::Action::ResetControl decoration=true />
                </button>
                <PassOn open=open />
            }
            .into_any(),
        ),
        (_, true) => None,
        (_, false) => Some(
            view! {
                <button
                    class="button"
                    type="button"
                    data-kind="outline"
                    title=hint(text::take_over_hint(), keymap::Action::TakeOver)
                    disabled=busy
                    on:click=move |_| screen.take_over()
                >
                    <Icon name="hand" />
                    {text::take_over()}
                    <KeyCaps action=keymap::Action::TakeOver decoration=true />
                </button>
            }
            .into_any(),
        ),
    }
}

/// Gives control to one of the bots of this thread by name: it hears the customer at once, whatever the page's routing
/// would choose. Pages that Meta has not migrated know no other way back to a bot (CR-06).
#[component]
fn PassOn(open: Open) -> impl IntoView {
    let screen = open.screen;
    let shown = RwSignal::new(false);
    let bots = Memo::new(move |_| {
        screen.thread.with(|thread| {
            let thread = thread.as_ref().filter(|thread| thread.id() == open.id);
            thread.map(ThreadState::bots).unwrap_or_default()
        })
    });
    let customer = move || text::first_name(&open.conversation.get().contact.name).to_owned();
    let items = move || {
        bots.get()
            .into_iter()
            .map(|(app, name)| {
                let pass = Callback::new(move |()| screen.pass_control(app.clone()));
                let detail = text::after_pass(&customer());
                view! { <MenuItem icon="bot" name=text::pass_to(&name) detail=Some(detail) on_choose=pass /> }
            })
            .collect_view()
    };
    view! {
        <Show when=move || bots.with(|bots| !bots.is_empty())>
            <div class="anchor pass-on">
                <button
                    class="button"
                    type="button"
                    data-icon=""
                    data-narrow=""
                    aria-haspopup="menu"
                    aria-label=text::pass_to_bot()
                    title=text::pass_to_bot()
                    aria-expanded=move || shown.get().to_string()
                    disabled=move || screen.busy.get().is_some()
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    <Icon name="chevron-down" size=14 />
                </button>
                <Menu open=shown label=text::pass_to_bot() place="down-end" opener=".pass-on > .button">{items}</Menu>
            </div>
        </Show>
    }
}

/// What the bot said when it handed over, what the customer had said to it, and how long they wait (CR-04).
#[component]
fn Brief(open: Open) -> impl IntoView {
    let handed = Memo::new(move |_| {
        open.screen.thread.with(|thread| {
            thread.as_ref().filter(|thread| thread.id() == open.id).and_then(crate::state::brief)
        })
    });
    // Without the change itself in what is loaded, the bot's words alone are known.
    let loaded = Memo::new(move |_| {
        open.screen.thread.with(|thread| {
            thread
                .as_ref()
                .filter(|thread| thread.id() == open.id)
                .is_some_and(crate::state::hand_over_is_loaded)
        })
    });
    let said = Memo::new(move |_| {
        let conversation = open.conversation.get();
        let ours = matches!(conversation.control.owner, OwnerKind::Ours | OwnerKind::Idle);
        let unknown = ours && !loaded.get();
        conversation.handed_over.clone().filter(|said| unknown && !said.trim().is_empty())
    });
    let waiting = move || {
        let since = handed.get()?.since;
        Some(text::waiting(open.screen.clock.now()? - since))
    };
    move || {
        let brief = handed.get();
        let said = brief.as_ref().and_then(|brief| brief.said.clone()).or_else(|| said.get());
        if brief.is_none() && said.is_none() {
            return None;
        }
        let facts = said
            .map(|said| text::handed_over(&said))
            .unwrap_or_default()
            .into_iter()
            .map(|(name, value)| view! { <div><dt>{name}</dt><dd dir="auto">{value}</dd></div> })
            .collect_view();
        let words =
            brief.as_ref().map(|brief| brief.words.clone()).filter(|words| !words.is_empty()).map(|words| {
                let words = words.into_iter().map(|one| view! { <q dir="auto">{one}</q> }).collect_view();
                view! { <div><dt>{text::told_the_bot()}</dt><dd class="quotes">{words}</dd></div> }
            });
        let since = brief
            .is_some()
            .then(|| view! { <div class="push"><dt class="sr">{text::waiting_label()}</dt><dd>{waiting}</dd></div> });
        Some(
            view! { <dl class="brief" aria-label=text::handed_over_label()><Icon name="bot" size=14 />{facts}{words}{since}</dl> },
        )
    }
}
