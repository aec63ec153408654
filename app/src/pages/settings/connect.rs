//! Connecting a page: the Meta app first, then the page, with Facebook's sign-in or by hand.

mod by_hand;
mod choose;

use super::doing::Doing;
use super::loaded::loaded;
use super::pages::app_form::AppForm;
use super::pages::clock;
use super::pages::copy::Copyable;
use crate::api::pages::{MetaAppView, PagesOverview, load_pages};
use crate::parts::Icon;
use crate::text;
use by_hand::ByHand;
use choose::Choose;
use domain::page::Permission;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The wizard at `/settings/pages/connect`. `?login=` names a sign-in with Facebook that came back, `?problem=` why one
/// did not, `?page=` a page to reconnect.
#[component]
pub fn ConnectPage() -> impl IntoView {
    let query = use_query_map();
    let overview = Resource::new_blocking(|| (), |()| load_pages());
    let login =
        Memo::new(move |_| query.with(|query| query.get("login").and_then(|login| login.parse().ok())));
    view! {
        <Title text=text::connect_a_page() />
        <div class="page">
            <header class="bar">
                <a class="button" data-icon="" href="/settings/pages" aria-label=text::pages::back_to_pages() title=text::pages::back_to_pages()>
                    <Icon name="chevron-left" size=20 />
                </a>
                <h1>{text::connect_a_page()}</h1>
            </header>
            <div class="page-body connections">
                {move || match login.get() {
                    Some(login) => view! { <Choose login=login /> }.into_any(),
                    None => loaded(overview, |overview| view! { <Wizard overview=overview /> }.into_any()).into_any(),
                }}
            </div>
        </div>
    }
}

#[component]
fn Wizard(overview: PagesOverview) -> impl IntoView {
    clock().set(overview.now);
    let query = use_query_map().get_untracked();
    let problem = query.get("problem").map(|reason| text::pages::login_problem(&reason, query.get("words")));
    let page = query.get("page").and_then(|id| overview.pages.iter().find(|page| page.id.0 == id).cloned());
    let apps = RwSignal::new(overview.apps);
    let first = page
        .as_ref()
        .map(|page| page.app.clone())
        .or_else(|| apps.with_untracked(|apps| Some(apps.first()?.id.clone())));
    let app = RwSignal::new(first.map(|id| id.0).unwrap_or_default());
    let adding = RwSignal::new(apps.with_untracked(Vec::is_empty));
    let reload = Doing::nothing();
    let saved = Callback::new(move |saved: MetaAppView| {
        app.set(saved.id.0);
        adding.set(false);
        reload.run(load_pages(), move |fresh| apps.set(fresh.apps));
    });
    let chosen = Memo::new(move |_| {
        let id = app.get();
        apps.with(|apps| apps.iter().find(|one| one.id.0 == id).cloned())
    });
    view! {
        {problem.map(|words| view! { <p class="problem" role="alert"><Icon name="circle-alert" /><span>{words}</span></p> })}
        <section aria-labelledby="step-app">
            <header class="cluster">
                <h2 id="step-app">{text::pages::step_app()}</h2>
                <button class="button push" type="button" hidden=move || apps.with(Vec::is_empty) aria-expanded=move || adding.get().to_string() on:click=move |_| adding.update(|adding| *adding = !*adding)>
                    <Icon name="plus" />
                    {text::pages::add_app()}
                </button>
            </header>
            <p class="lead">{text::pages::meta_apps_words()}</p>
            <Show when=move || adding.get()><AppForm saved=saved /></Show>
            <div class="values" hidden=move || adding.get()>
                <div class="field">
                    <label for="app">{text::pages::app()}</label>
                    <select class="input" id="app" prop:value=app on:change=move |event| app.set(event_target_value(&event))>
                        {move || {
                            apps.get()
                                .into_iter()
                                .map(|one| {
                                    let id = one.id.0.clone();
                                    let name = one.name.clone().unwrap_or_else(|| text::pages::app().into());
                                    view! { <option value=id.clone() selected=app.get_untracked() == id>{format!("{name} ({id})")}</option> }
                                })
                                .collect_view()
                        }}
                    </select>
                </div>
                {move || {
                    chosen
                        .get()
                        .map(|app| {
                            view! {
                                <Copyable label=text::pages::callback() hint=text::pages::callback_hint() value=app.callback />
                                <Copyable label=text::pages::redirect() hint=text::pages::redirect_hint() value=app.redirect />
                            }
                        })
                }}
            </div>
        </section>
        <section aria-labelledby="step-page" hidden=move || chosen.with(Option::is_none)>
            <header class="cluster"><h2 id="step-page">{text::pages::step_page()}</h2></header>
            <p class="lead">{text::pages::with_facebook_words()}</p>
            <p>
                <a class="button" data-kind="primary" data-size="40" rel="external" href=move || format!("/settings/pages/connect/facebook?app={}", app.get())>
                    {text::pages::with_facebook()}
                </a>
            </p>
            <details class="why">
                <summary>{text::pages::why_permissions()}</summary>
                <dl>
                    {Permission::ALL
                        .map(|one| view! { <div><dt><code>{one.as_str()}</code></dt><dd>{text::pages::permission(one)}</dd></div> })
                        .collect_view()}
                </dl>
            </details>
            {view! { <ByHand app=app page=page.map(|page| page.id.0).unwrap_or_default() /> }.into_any()}
        </section>
    }
}
