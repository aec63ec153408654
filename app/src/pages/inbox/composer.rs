//! Where answers are written, or why they cannot be.

use super::thread::Open;
use crate::api::Then;
use crate::browser;
use crate::commands::{Commands, KeyCaps, hint};
use crate::keymap::Action;
use crate::parts::{Icon, Menu, MenuItem};
use crate::state::Stance;
use crate::text;
use domain::Timestamp;
use domain::conversation::message::MAX_TEXT;
use leptos::prelude::*;
use leptos::{ev, html};

/// From so many characters left the counter shows.
const NEAR_LIMIT: usize = 200;

/// The composer. The text outlives every change of what may be done with it.
#[component]
pub fn Composer(open: Open) -> impl IntoView {
    let locked = Memo::new(move |_| match open.stance.get() {
        Stance::Locked { by } => Some(Locked::By(by)),
        Stance::Closed => Some(Locked::Window),
        Stance::Removed { by } => Some(Locked::Page { by }),
        Stance::Open { .. }
        | Stance::AskFirst { .. }
        | Stance::Interrupting { .. }
        | Stance::Disconnected { .. } => None,
    });
    let state = move || if locked.get().is_some() { "locked" } else { "open" };
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        open.writing.send(None);
    };
    view! {
        <Problem open=open />
        <form class="composer" data-state=state aria-label=move || text::write_to(&open.customer.get()) on:submit=send>
            {move || locked.get().map(|locked| view! { <LockedView open=open locked=locked /> })}
            <Field open=open locked=Signal::derive(move || locked.get().is_some()) />
        </form>
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Locked {
    By(String),
    Window,
    /// A manager disconnected the page.
    Page {
        by: String,
    },
}

/// Why something was not done, with what to do now. What was typed is still there.
#[component]
fn Problem(open: Open) -> impl IntoView {
    let problem = open.screen.problem;
    move || {
        problem.get().map(|words| view! {
            <div class="problem" role="alert">
                <Icon name="circle-alert" />
                <span>{words}</span>
                <button class="button" type="button" data-icon="" aria-label=text::DISMISS on:click=move |_| problem.set(None)>
                    <Icon name="x" />
                </button>
            </div>
        })
    }
}

/// Why one cannot write, and the ways on.
#[component]
fn LockedView(open: Open, locked: Locked) -> impl IntoView {
    let screen = open.screen;
    match locked {
        Locked::Window => view! {
            <div class="locked">
                <Icon name="clock" size=20 />
                <p><b>{text::CLOSED_TITLE}</b>{text::CLOSED}</p>
            </div>
        }
        .into_any(),
        Locked::Page { by } => view! {
            <div class="locked">
                <Icon name="circle-slash" size=20 />
                <p><b>{move || text::page_removed_title(&open.conversation.get().page_name)}</b>{text::page_removed(&by)}</p>
            </div>
        }
        .into_any(),
        Locked::By(by) => {
            let who = by.clone();
            let interrupt = move |_| {
                screen.interrupting.set(true);
                request_animation_frame(|| browser::focus(".composer textarea"));
            };
            view! {
                <div class="locked" data-control=move || open.conversation.get().control.owner.as_str()>
                    <Icon name="lock-solid" size=20 solid=true />
                    <p>
                        <b>{move || text::is_talking(&who, &open.customer.get())}</b>
                        {text::take_over_to_write(&by)}
                    </p>
                    <button class="button" type="button" data-kind="outline" data-size="32" on:click=interrupt>
                        {text::WRITE_ANYWAY}
                    </button>
                    <button
                        class="button"
                        type="button"
                        data-kind="primary"
                        data-size="32"
                        title=hint(text::TAKE_OVER_HINT, Action::TakeOver)
                        disabled=move || screen.busy.get().is_some()
                        on:click=move |_| screen.take_over()
                    >
                        {text::TAKE_OVER}
                    </button>
                </div>
            }
            .into_any()
        }
    }
}

/// The text and the ways to send it.
#[component]
fn Field(open: Open, locked: Signal<bool>) -> impl IntoView {
    let writing = open.writing;
    let node = NodeRef::<html::Textarea>::new();
    Effect::new(move |done: Option<bool>| {
        let Some(field) = node.get() else { return done.unwrap_or(false) };
        if !done.unwrap_or(false) {
            writing.take_up(field.value());
        }
        true
    });
    // Text that was typed before another app took over stays in sight; it leaves only after the warning (CR-23).
    let send = move |then| {
        if locked.get_untracked() { open.screen.interrupting.set(true) } else { writing.send(then) }
    };
    open.screen.sends.set_value(Some((open.id, Callback::new(send))));
    let commands = Commands::of_window();
    let keys = move |event: ev::KeyboardEvent| {
        match commands.heard_while_writing(&event) {
            Some(Action::Send) => send(None),
            Some(Action::SendAndReset) => send(Some(Then::ResetControl)),
            Some(Action::SendAndClose) => send(Some(Then::Close)),
            _ if event.key() == "Escape" => browser::focus(".row[aria-selected=true]"),
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <div class="writing" hidden=move || locked.get() && writing.text.with(String::is_empty)>
            <Notice open=open />
            <label class="visually-hidden" for="answer">{move || text::message_to(&open.customer.get())}</label>
            <textarea
                id="answer"
                rows="2"
                dir="auto"
                placeholder=move || text::write_to(&open.customer.get())
                node_ref=node
                prop:value=move || writing.text.get()
                on:input=move |event| writing.write(event_target_value(&event))
                on:keydown=keys
            ></textarea>
            <footer hidden=locked>
                <Counter open=open />
                <span class="hint push"><KeyCaps action=Action::Send decoration=true /></span>
                <SendButtons open=open />
            </footer>
        </div>
    }
}

/// What has to be said about the message before it leaves.
#[component]
fn Notice(open: Open) -> impl IntoView {
    let screen = open.screen;
    move || {
        match open.stance.get() {
        Stance::Interrupting { of, human_until } => {
            let words = text::interrupting(&of, &open.customer.get());
            Some(view! {
                <p class="notice" data-tone="warning">
                    <Icon name="triangle-alert" />
                    <span>{words}{label(open, human_until).map(|label| format!(" {label}."))}</span>
                    <button class="button" type="button" on:click=move |_| screen.interrupting.set(false)>
                        {text::LET_IT_TALK}
                    </button>
                </p>
            }
            .into_any())
        }
        Stance::Open { human_until } => {
            label(open, human_until).map(|words| view! { <p class="notice"><Icon name="clock" /><span>{words}</span></p> }.into_any())
        }
        Stance::AskFirst { human_until } => {
            let words = [Some(text::ASK_FIRST.to_owned()), label(open, human_until)].into_iter().flatten();
            let words = words.collect::<Vec<_>>().join(" ");
            Some(view! { <p class="notice" data-tone="warning"><Icon name="circle-question-mark" /><span>{words}</span></p> }.into_any())
        }
        Stance::Disconnected { .. } => Some(
            view! { <p class="notice" data-tone="warning"><Icon name="clock" /><span>{text::SENDS_WAIT}</span></p> }.into_any(),
        ),
        Stance::Locked { .. } | Stance::Closed | Stance::Removed { .. } => None,
    }
    }
}

fn label(open: Open, human_until: Option<Timestamp>) -> Option<String> {
    let left = human_until? - open.screen.clock.now()?;
    Some(text::as_human_agent(left))
}

/// How many characters are left, when they are few.
#[component]
fn Counter(open: Open) -> impl IntoView {
    let length = Memo::new(move |_| open.writing.text.with(|text| text.encode_utf16().count()));
    move || {
        let length = length.get();
        (length + NEAR_LIMIT > MAX_TEXT).then(|| {
            let tone = (length > MAX_TEXT).then_some("danger");
            view! { <span class="badge" data-kind=tone role="status">{text::characters(length)}</span> }
        })
    }
}

#[component]
fn SendButtons(open: Open) -> impl IntoView {
    let shown = RwSignal::new(false);
    let writing = open.writing;
    let send = move |then| Callback::new(move |()| writing.send(then));
    let follows = move || {
        let bot = open.screen.thread.with_untracked(|thread| {
            let history = thread.as_ref().map(|thread| thread.control.as_slice()).unwrap_or_default();
            history.iter().find_map(|change| change.app_name.clone())
        });
        text::after_reset(bot.as_deref(), &open.customer.get_untracked())
    };
    view! {
        <div class="split anchor ways">
            <button class="button" type="submit" data-kind="primary">{move || text::send_to(&open.customer.get())}</button>
            <button
                class="button"
                type="button"
                data-kind="primary"
                aria-label=text::WAYS_TO_SEND
                title=text::WAYS_TO_SEND
                aria-haspopup="menu"
                aria-expanded=move || shown.get().to_string()
                on:click=move |_| shown.update(|shown| *shown = !*shown)
            >
                <Icon name="chevron-down" size=14 />
            </button>
            <Menu open=shown label=text::WAYS_TO_SEND place="up-end" opener=".ways > [aria-haspopup]">
                <MenuItem icon="send" name=text::SEND action=Action::Send on_choose=send(None) />
                <MenuItem
                    icon="undo-2"
                    name=text::SEND_AND_RESET
                    detail=follows()
                    action=Action::SendAndReset
                    on_choose=send(Some(Then::ResetControl))
                />
                <MenuItem icon="check" name=text::SEND_AND_CLOSE action=Action::SendAndClose on_choose=send(Some(Then::Close)) />
            </Menu>
        </div>
    }
}
