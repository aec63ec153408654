use super::app_form::AppForm;
use super::copy::Copyable;
use crate::api::pages::{MetaAppView, PagesOverview, check_app, load_pages};
use crate::pages::settings::doing::Doing;
use crate::parts::{Icon, Toasts};
use crate::text;
use leptos::prelude::*;

/// The Meta apps, with what has to be copied into Meta's dashboard.
#[component]
pub fn Apps(overview: RwSignal<PagesOverview>) -> impl IntoView {
    let adding = RwSignal::new(false);
    let reload = Doing::nothing();
    let saved = Callback::new(move |_: MetaAppView| {
        adding.set(false);
        reload.run(load_pages(), move |fresh| overview.set(fresh));
    });
    // The forms in it must not be drawn anew because a number elsewhere has changed.
    let apps = Memo::new(move |_| overview.with(|all| all.apps.clone()));
    view! {
        <section class="meta-apps" aria-labelledby="meta-apps">
            <header class="cluster">
                <h2 id="meta-apps">{text::pages::meta_apps()}</h2>
                <button class="button push" type="button" data-kind="outline" aria-expanded=move || adding.get().to_string() on:click=move |_| adding.update(|adding| *adding = !*adding)>
                    <Icon name="plus" />
                    {text::pages::add_app()}
                </button>
            </header>
            <p class="lead">{text::pages::meta_apps_words()}</p>
            <Show when=move || adding.get()><AppForm saved=saved /></Show>
            <For each=move || apps.get() key=|app| (app.id.clone(), app.name.clone(), app.pages) let(app)>
                <App app=app saved=saved />
            </For>
        </section>
    }
}

#[component]
fn App(app: MetaAppView, saved: Callback<MetaAppView>) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let changing = RwSignal::new(false);
    let doing = Doing::nothing();
    let id = app.id.clone();
    let check = move |_| {
        doing.run(check_app(id.clone()), move |check| {
            toasts.say(text::pages::app_problem(&check).unwrap_or(text::pages::app_right()))
        });
    };
    let form = app.clone();
    let done = Callback::new(move |app| {
        changing.set(false);
        toasts.say(text::pages::app_right());
        saved.run(app);
    });
    view! {
        <article class="meta-app" aria-label=app.name.clone().unwrap_or_else(|| app.id.0.clone())>
            <header class="cluster">
                <h3 dir="auto">{app.name.clone().unwrap_or_else(|| text::pages::app().into())}" "<span class="num">{app.id.0.clone()}</span></h3>
                <button class="button push" type="button" disabled=move || doing.busy.get() on:click=check>{text::pages::check_again()}</button>
                <button class="button" type="button" aria-expanded=move || changing.get().to_string() on:click=move |_| changing.update(|changing| *changing = !*changing)>
                    {text::pages::change_app()}
                </button>
            </header>
            {move || doing.problem.get().map(|words| view! { <p class="problem" role="alert"><Icon name="circle-alert" /><span>{words}</span></p> })}
            <Show when=move || changing.get()><AppForm app=form.clone() saved=done /></Show>
            <Copyable label=text::pages::callback() hint=text::pages::callback_hint() value=app.callback.clone() />
            <Copyable label=text::pages::redirect() hint=text::pages::redirect_hint() value=app.redirect.clone() />
        </article>
    }
}
