//! The keyboard map over the screen.

use super::{Commands, KeyCaps};
use crate::keymap::{Action, Group};
use crate::parts::Dialog;
use crate::text;
use leptos::prelude::*;

/// Every action that has keys, by what it is about.
#[component]
pub fn Help() -> impl IntoView {
    let commands = Commands::of_window();
    let help = commands.help;
    view! {
        <Dialog open=help title=text::shortcuts() wide=true>
            <Show when=move || help.get()>
                <Show when=move || commands.preferences().with(|preferences| !preferences.shortcuts.single_keys)>
                    <p>{text::single_keys_are_off()}</p>
                </Show>
                <div class="keymap">{Group::ALL.map(|group| view! { <GroupOf group=group /> }).collect_view()}</div>
            </Show>
            <footer>
                <a class="link" href="/settings/shortcuts" on:click=move |_| help.set(false)>{text::change_keys()}</a>
                <button class="button" type="button" data-kind="primary" data-size="32" on:click=move |_| help.set(false)>
                    {text::done()}
                </button>
            </footer>
        </Dialog>
    }
}

#[component]
fn GroupOf(group: Group) -> impl IntoView {
    let commands = Commands::of_window();
    let with_keys = Action::all()
        .filter(move |action| action.group() == group && commands.keys(*action).is_some())
        .map(|action| {
            view! { <div><dt>{text::action_name(action)}</dt><dd><KeyCaps action=action /></dd></div> }
        })
        .collect_view();
    view! {
        <section>
            <h3>{text::group_name(group)}</h3>
            <dl class="keys">{with_keys}</dl>
        </section>
    }
}
