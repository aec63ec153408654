//! The answer to the customer and the ways to send it.

use super::files::{Attach, Files};
use super::notice::Notice;
use crate::api::Then;
use crate::browser;
use crate::commands::{Commands, KeyCaps};
use crate::keymap::Action;
use crate::pages::inbox::thread::Open;
use crate::parts::{Icon, Menu, MenuItem, in_short};
use crate::text;
use domain::conversation::message::MAX_TEXT;
use leptos::prelude::*;
use leptos::{ev, html};

/// From so many characters left the counter shows.
const NEAR_LIMIT: usize = 200;

/// The text and the ways to send it.
#[component]
pub fn Answer(open: Open, locked: Signal<bool>) -> impl IntoView {
    let writing = open.writing;
    let node = NodeRef::<html::Textarea>::new();
    Effect::new(move |done: Option<bool>| {
        let Some(field) = node.get() else { return done.unwrap_or(false) };
        if !done.unwrap_or(false) {
            writing.take_up(&field.value());
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
            Some(Action::SendAndSnooze) => send(Some(Then::Snooze)),
            _ if event.key() == "Escape" && writing.quoted.with_untracked(Option::is_some) => {
                writing.drop_quote();
            }
            _ if event.key() == "Escape" => browser::focus(".row[aria-selected=true]"),
            _ => return,
        }
        event.prevent_default();
    };
    let paste = move |event: ev::ClipboardEvent| {
        let files = browser::pasted(&event);
        if !files.is_empty() {
            event.prevent_default();
            open.screen.attach(open.id, files);
        }
    };
    view! {
        <div class="writing" hidden=move || locked.get() && writing.is_blank()>
            <Notice open=open />
            <Quoted open=open />
            <label class="visually-hidden" for="answer">{move || text::message_to(&open.customer.get())}</label>
            <textarea
                id="answer"
                rows="2"
                dir="auto"
                placeholder=move || text::write_to(&open.customer.get())
                node_ref=node
                prop:value=move || writing.text.get()
                on:input=move |event| {
                    writing.write(event_target_value(&event));
                    open.screen.show_typing(open.id);
                }
                on:paste=paste
                on:keydown=keys
            ></textarea>
            <Files open=open />
            <footer hidden=locked>
                <Attach open=open />
                <Counter open=open />
                <span class="hint push"><KeyCaps action=Action::Send decoration=true /></span>
                <SendButtons open=open />
            </footer>
        </div>
    }
}

/// The message that is answered, and a way not to quote it.
#[component]
fn Quoted(open: Open) -> impl IntoView {
    let writing = open.writing;
    move || {
        let quoted = writing.quoted.get()?;
        let who = text::author(&quoted.author, &open.customer.get());
        Some(view! {
            <p class="quoted" role="status">
                <Icon name="corner-up-left" size=14 />
                <span><b>{text::replying_to()}" "{who}</b>" "<span dir="auto">{in_short(&quoted)}</span></span>
                <button
                    class="button"
                    type="button"
                    data-icon=""
                    aria-label=text::drop_quote()
                    title=text::drop_quote()
                    on:click=move |_| {
                        writing.drop_quote();
                        browser::focus("#answer");
                    }
                >
                    <Icon name="x" size=14 />
                </button>
            </p>
        })
    }
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
                aria-label=text::ways_to_send()
                title=text::ways_to_send()
                aria-haspopup="menu"
                aria-expanded=move || shown.get().to_string()
                on:click=move |_| shown.update(|shown| *shown = !*shown)
            >
                <Icon name="chevron-down" size=14 />
            </button>
            <Menu open=shown label=text::ways_to_send() place="up-end" opener=".ways > [aria-haspopup]">
                <MenuItem icon="send" name=text::send() action=Action::Send on_choose=send(None) />
                <MenuItem
                    icon="undo-2"
                    name=text::send_and_reset()
                    detail=Some(follows())
                    action=Action::SendAndReset
                    on_choose=send(Some(Then::ResetControl))
                />
                <MenuItem icon="check" name=text::send_and_close() action=Action::SendAndClose on_choose=send(Some(Then::Close)) />
                <MenuItem icon="alarm-clock" name=text::send_and_snooze() action=Action::SendAndSnooze on_choose=send(Some(Then::Snooze)) />
            </Menu>
        </div>
    }
}
