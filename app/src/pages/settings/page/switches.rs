use super::Shown;
use crate::api::pages::{disconnect_page, pause_page, resume_page};
use crate::pages::settings::doing::Doing;
use crate::parts::{Dialog, Icon, Toasts};
use crate::text;
use domain::page::Health;
use leptos::prelude::*;

/// Pausing, and ending the connection.
#[component]
pub fn Switches(shown: Shown) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let doing = Doing::nothing();
    let asking = RwSignal::new(false);
    let health = Memo::new(move |_| shown.detail.with(|detail| detail.card.health.clone()));
    let name = shown.detail.with_untracked(|detail| detail.card.name.clone());
    let pause = move |_| {
        doing.run(pause_page(shown.id()), move |()| {
            toasts.say(text::pages::paused_now());
            shown.reload();
        });
    };
    let resume = move |_| {
        doing.run(resume_page(shown.id()), move |()| {
            toasts.say(text::pages::resumed_now());
            shown.reload();
        });
    };
    let disconnect = move |_| {
        asking.set(false);
        doing.run(disconnect_page(shown.id()), move |()| shown.reload());
    };
    view! {
        <section aria-labelledby="sending" hidden=move || health.with(Health::is_removed)>
            <header class="cluster"><h2 id="sending">{text::pages::sending()}</h2></header>
            {move || doing.problem.get().map(|words| view! { <p class="problem" role="alert"><Icon name="circle-alert" /><span>{words}</span></p> })}
            <ul class="switches">
                <li>
                    <p>{text::pages::pause_words()}</p>
                    {move || match health.get() {
                        Health::Paused { .. } => view! {
                            <button class="button" type="button" data-kind="primary" data-size="32" disabled=move || doing.busy.get() on:click=resume>{text::pages::resume_sending()}</button>
                        }
                        .into_any(),
                        Health::Connected | Health::Disconnected { .. } | Health::Removed { .. } => view! {
                            <button class="button" type="button" data-kind="outline" data-size="32" disabled=move || doing.busy.get() || !health.with(Health::sends) on:click=pause>
                                {text::pages::pause_sending()}
                            </button>
                        }
                        .into_any(),
                    }}
                </li>
                <li>
                    <p>{text::pages::disconnect_words()}</p>
                    <button class="button" type="button" data-kind="danger" data-size="32" disabled=move || doing.busy.get() on:click=move |_| asking.set(true)>
                        {text::pages::disconnect_page()}
                    </button>
                </li>
            </ul>
            <Dialog open=asking title=text::pages::disconnect_title(&name)>
                <p>{text::pages::disconnect_words()}</p>
                <footer>
                    <button class="button" type="button" data-kind="outline" data-size="32" on:click=move |_| asking.set(false)>{text::cancel()}</button>
                    <button class="button" type="button" data-kind="danger" data-size="32" on:click=disconnect>{text::pages::disconnect()}</button>
                </footer>
            </Dialog>
        </section>
    }
}
