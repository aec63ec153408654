//! Deleting a conversation with everything known about the contact: at the end of the panel, after a dialog that names
//! what is gone.

use super::thread::Open;
use crate::api::{self, Holding};
use crate::pages::settings::Doing;
use crate::parts::{Dialog, ProblemLine};
use crate::text;
use domain::person::Act;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// The end of the panel, for whoever may delete.
#[component]
pub fn Erase(open: Open) -> impl IntoView {
    let may = open.screen.me.with_value(|me| me.person.may(Act::Delete));
    let asked = RwSignal::new(false);
    let held = RwSignal::new(None::<Holding>);
    let doing = Doing::nothing();
    let ask = move |_| {
        held.set(None);
        // The dialog lies in the details: turned upright, a tablet would hide them, and the page would stand still.
        open.screen.details.set(true);
        asked.set(true);
        doing.run(api::load_holding(open.id), move |holding| held.set(Some(holding)));
    };
    may.then(|| {
        view! {
            <section class="section erase">
                <button class="button" type="button" data-kind="outline" aria-haspopup="dialog" on:click=ask>{text::delete_conversation()}</button>
                <Show when=move || asked.get()>
                    <Asked open=open asked=asked held=held doing=doing />
                </Show>
            </section>
        }
    })
}

#[component]
fn Asked(open: Open, asked: RwSignal<bool>, held: RwSignal<Option<Holding>>, doing: Doing) -> impl IntoView {
    let screen = open.screen;
    let go = use_navigate();
    let customer = open.conversation.with_untracked(|one| one.contact.name.clone());
    let delete = move |_| {
        let go = go.clone();
        doing.run(api::delete_conversation(open.id), move |()| {
            asked.set(false);
            screen.toasts.say(text::conversation_deleted());
            // Who has opened another one meanwhile stays there.
            if screen.place.conversation.get_untracked() == Some(open.id) {
                go(&screen.place.spot.get_untracked().with(None).address(), NavigateOptions::default());
            }
        });
    };
    let gone = move || {
        let lines = held.get().map(|held| text::what_is_deleted(&held)).unwrap_or_default();
        lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()
    };
    view! {
        <Dialog open=asked title=text::delete_conversation_with(&customer)>
            <p>{text::delete_conversation_words()}</p>
            <ul class="plain-list" aria-busy=move || held.with(Option::is_none).to_string()>{gone}</ul>
            <p class="aside">{text::delete_conversation_left()}</p>
            <ProblemLine words=doing.problem />
            <footer>
                <button class="button" type="button" data-size="32" on:click=move |_| asked.set(false)>{text::cancel()}</button>
                <button class="button" type="button" data-kind="danger" data-size="32" disabled=move || doing.busy.get() || held.with(Option::is_none) on:click=delete>{text::delete_for_good()}</button>
            </footer>
        </Dialog>
    }
}
