use super::Screen;
use crate::browser;
use crate::parts::{Dialog, Icon, Shape, Toasts, When};
use crate::text;
use leptos::prelude::*;

/// Shows a link that was just made, for the only time.
#[component]
pub fn LinkDialog(screen: Screen) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let open = RwSignal::new(false);
    Effect::new(move || open.set(screen.link.with(Option::is_some)));
    // However the dialog is closed, the link is forgotten.
    Effect::watch(
        move || open.get(),
        move |open, before, _| {
            if !open && before == Some(&true) {
                screen.link.set(None);
            }
        },
        false,
    );
    let copy = move |_| {
        let address = screen.link.with_untracked(|link| link.as_ref().map(|link| link.address.clone()));
        if address.is_some_and(|address| browser::copy(&address)) {
            toasts.say(text::copied());
        } else {
            toasts.say(text::not_copied());
        }
    };
    view! {
        <Dialog open=open title=text::link_title()>
            {move || screen.link.get().map(|link| view! {
                <p>{text::link_for(&link.email)}" "{text::link_until()}" "<When at=link.expires_at shape=Shape::Coming />"."</p>
                <div class="copy">
                    <input class="input" type="text" readonly aria-label=text::link_label() value=link.address on:focus=move |_| browser::select_field(".copy input") />
                    <button class="button" type="button" data-kind="primary" data-size="32" on:click=copy><Icon name="copy" />{text::copy_it()}</button>
                </div>
                <p class="aside">{text::link_once()}</p>
            })}
            <footer>
                <button class="button" type="button" data-kind="outline" data-size="32" on:click=move |_| open.set(false)>{text::done()}</button>
            </footer>
        </Dialog>
    }
}
