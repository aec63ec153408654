use crate::api::pages::{ChosenPage, LoginPage, LoginState, LoginView, choose_pages, load_login};
use crate::pages::settings::doing::Doing;
use crate::pages::settings::loaded::loaded;
use crate::pages::settings::page::findings::FindingList;
use crate::pages::settings::pages::clock;
use crate::parts::{Empty, Icon};
use crate::text;
use domain::PageId;
use leptos::ev;
use leptos::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

/// The pages of a sign-in with Facebook: which can be chosen, and why the others cannot.
#[component]
pub fn Choose(login: Uuid) -> impl IntoView {
    let brought = Resource::new_blocking(move || login, load_login);
    clock();
    loaded(brought, move |brought| view! { <Chooser login=login brought=brought /> }.into_any())
}

#[component]
fn Chooser(login: Uuid, brought: LoginView) -> impl IntoView {
    let ready: BTreeSet<PageId> = brought
        .pages
        .iter()
        .filter(|page| matches!(page.state, LoginState::Ready | LoginState::Lost))
        .map(|page| page.id.clone())
        .collect();
    let chosen = RwSignal::new(ready);
    let done = RwSignal::new(None::<Vec<ChosenPage>>);
    let doing = Doing::nothing();
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let pages = chosen.get_untracked().into_iter().collect();
        doing.run(choose_pages(login, pages), move |pages| done.set(Some(pages)));
    };
    let again = format!("/settings/pages/connect/facebook?app={}", brought.app);
    let again = move || view! { <a class="button" data-kind="outline" data-size="32" rel="external" href=again.clone()>{text::pages::sign_in_again()}</a> };
    let declined = (!brought.declined.is_empty()).then(|| text::pages::declined(&brought.declined));
    let nothing = brought.pages.is_empty();
    let pages = brought.pages;
    let second = again.clone();
    view! {
        <form class="values" on:submit=submit hidden=move || done.with(Option::is_some)>
            <h2>{text::pages::choose_pages()}</h2>
            <p class="lead">{text::pages::choose_pages_words()}</p>
            {declined.map(|words| view! { <p class="notice" data-tone="warning"><Icon name="triangle-alert" /><span>{words}</span></p> })}
            {move || doing.problem.get().map(|words| view! { <p class="problem" role="alert"><Icon name="circle-alert" /><span>{words}</span></p> })}
            {nothing.then(|| view! { <Empty title=text::pages::no_pages_brought() words=text::pages::page_missing_words()>{second()}</Empty> })}
            <ul class="choices">{pages.into_iter().map(|page| view! { <Choice page=page chosen=chosen /> }).collect_view()}</ul>
            <footer hidden=nothing>
                {again()}
                <button class="button" type="submit" data-kind="primary" data-size="32" disabled=move || doing.busy.get() || chosen.with(BTreeSet::is_empty)>
                    {move || if doing.busy.get() { text::pages::checking() } else { text::pages::connect_chosen() }}
                </button>
            </footer>
            <details class="why" hidden=nothing>
                <summary>{text::pages::page_missing()}</summary>
                <p>{text::pages::page_missing_words()}</p>
            </details>
        </form>
        {move || done.get().map(|pages| view! { <Outcome pages=pages /> })}
    }
}

#[component]
fn Choice(page: LoginPage, chosen: RwSignal<BTreeSet<PageId>>) -> impl IntoView {
    let possible = matches!(page.state, LoginState::Ready | LoginState::Connected | LoginState::Lost);
    let id = page.id.clone();
    let checked = {
        let id = id.clone();
        move || chosen.with(|chosen| chosen.contains(&id))
    };
    let toggle = move |event: ev::Event| {
        let on = event_target_checked(&event);
        chosen.update(|chosen| {
            if on {
                chosen.insert(id.clone());
            } else {
                chosen.remove(&id);
            }
        });
    };
    let words = text::pages::login_state(&page.state);
    view! {
        <li data-page=page.id.0.clone() data-possible=possible.to_string()>
            <label>
                <input type="checkbox" disabled=!possible prop:checked=checked on:change=toggle />
                <span><b dir="auto">{page.name.clone()}</b><small>{words}</small></span>
            </label>
        </li>
    }
}

/// What became of each chosen page; one that failed says why.
#[component]
fn Outcome(pages: Vec<ChosenPage>) -> impl IntoView {
    let pages = pages
        .into_iter()
        .map(|page| {
            let words = if page.connected { text::pages::connected(&page.name) } else { page.name.clone() };
            view! {
                <section class="connection" aria-label=page.name.clone()>
                    <header>
                        <Icon name=if page.connected { "circle-check" } else { "circle-x" } size=20 />
                        <div><h2 dir="auto">{words}</h2></div>
                    </header>
                    {(!page.connected).then(|| view! { <FindingList checkup=page.checkup.clone() /> })}
                </section>
            }
        })
        .collect_view();
    view! {
        <div class="values" role="status">
            {pages}
            <footer><a class="button" data-kind="primary" data-size="32" href="/settings/pages">{text::pages::to_pages()}</a></footer>
        </div>
    }
}
