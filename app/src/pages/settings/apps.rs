//! The apps beside us: what they are called, how they are drawn, where they were seen.

use crate::api::{self, AppLook, AppsBeside, Failure};
use crate::browser;
use crate::clock::Clock;
use crate::parts::{AppMark, Empty, Icon, Shape, Toasts, When, picture};
use crate::text;
use domain::AppId;
use domain::apps::{Colour, KnownApp, MAX_NAME, Mark, NamedBy, Sighting};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::{ev, html};
use leptos_meta::Title;

/// The section at `/settings/apps`.
#[component]
pub fn AppsSection() -> impl IntoView {
    let loaded = Resource::new_blocking(|| (), |()| api::load_apps());
    let page = Owner::current().unwrap_or_default();
    view! {
        <Title text=text::settings_apps() />
        <div class="page scroll">
            <header class="bar"><h1>{text::settings_apps()}</h1></header>
            <div class="page-body">
                <p class="lead">{text::apps_lead()}</p>
                <Suspense>
                    {move || {
                        let page = page.clone();
                        Suspend::new(async move {
                            let loaded = loaded.await;
                            page.with(|| draw(loaded))
                        })
                    }}
                </Suspense>
            </div>
        </div>
    }
}

fn draw(loaded: Result<AppsBeside, Failure>) -> AnyView {
    match loaded {
        Ok(beside) => view! { <Beside beside=beside /> }.into_any(),
        Err(failure) => view! {
            <Empty title=text::apps_unavailable() words=failure.to_string()>
                <a class="button" data-kind="primary" data-size="32" rel="external" href="/settings/apps">{text::try_again()}</a>
            </Empty>
        }
        .into_any(),
    }
}

#[component]
fn Beside(beside: AppsBeside) -> impl IntoView {
    let clock = Clock::new();
    clock.set(beside.now);
    clock.wind();
    provide_context(clock);
    let AppsBeside { apps, sightings, .. } = beside;
    if apps.is_empty() {
        return view! { <Empty title=text::apps_none_title() words=text::apps_none() /> }.into_any();
    }
    let rows = apps
        .into_iter()
        .map(|app| {
            let seen = sightings.iter().filter(|seen| seen.app == app.app).cloned().collect();
            view! { <Row app=app seen=seen /> }
        })
        .collect_view();
    view! {
        <table class="table apps" role="table">
            <thead role="rowgroup">
                <tr role="row">
                    <th scope="col" role="columnheader">{text::app_name()}</th>
                    <th scope="col" role="columnheader">{text::app_id()}</th>
                    <th scope="col" role="columnheader">{text::app_pages()}</th>
                    <th scope="col" role="columnheader">{text::app_first_seen()}</th>
                    <th scope="col" role="columnheader">{text::app_last_seen()}</th>
                    <th scope="col" role="columnheader" class="end">{text::app_messages()}</th>
                    <th scope="col" role="columnheader"><span class="visually-hidden">{text::app_edit_label()}</span></th>
                </tr>
            </thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
    .into_any()
}

#[component]
fn Row(app: KnownApp, seen: Vec<Sighting>) -> impl IntoView {
    let id = app.app.clone();
    let fixed = id.is_page_inbox();
    let app = RwSignal::new(app);
    let editing = RwSignal::new(false);
    let pages = seen.iter().map(|seen| seen.page_name.clone()).collect::<Vec<_>>().join(", ");
    let first = seen.iter().map(|seen| seen.first_at).min();
    let last = seen.iter().map(|seen| seen.last_at).max();
    let messages: i64 = seen.iter().map(|seen| seen.messages).sum();
    let moment = |at: Option<domain::Timestamp>| match at {
        Some(at) => view! { <When at=at shape=Shape::Moment /> }.into_any(),
        None => view! { <span class="soft">{text::app_not_seen()}</span> }.into_any(),
    };
    let opener = format!("edit-{id}");
    let close = {
        let opener = format!("#{opener}");
        Callback::new(move |()| {
            editing.set(false);
            browser::focus(&opener);
        })
    };
    view! {
        <tr role="row" data-app=id.0.clone()>
            <td role="cell" class="name"><div>
                {move || {
                    let app = app.get();
                    if fixed {
                        view! { <span class="app-mark" data-control="page_inbox"><Icon name="inbox" /></span> }.into_any()
                    } else {
                        view! { <AppMark colour=app.colour icon=app.icon /> }.into_any()
                    }
                }}
                <span>
                    <b dir="auto">{move || app.get().name}</b>
                    {move || (app.get().named_by == NamedBy::Nobody).then(|| view! { <small>{text::app_unnamed()}</small> })}
                </span>
            </div></td>
            <td role="cell" data-label=text::app_id()><code>{id.0.clone()}</code></td>
            <td role="cell" data-label=text::app_pages()>{if pages.is_empty() { text::app_not_seen().to_owned() } else { pages }}</td>
            <td role="cell" data-label=text::app_first_seen()>{moment(first)}</td>
            <td role="cell" data-label=text::app_last_seen()>{moment(last)}</td>
            <td role="cell" data-label=text::app_messages() class="end">{messages}</td>
            <td role="cell" class="end">
                {(!fixed).then(|| view! {
                    <button
                        id=opener
                        class="button"
                        type="button"
                        data-kind="outline"
                        aria-expanded=move || editing.get().to_string()
                        aria-label=move || text::app_edit(&app.get())
                        on:click=move |_| editing.update(|editing| *editing = !*editing)
                    >
                        {move || if app.get().named_by == NamedBy::Nobody { text::app_name_it() } else { text::app_edit_label() }}
                    </button>
                })}
            </td>
        </tr>
        <Show when=move || editing.get()>
            <tr role="row" class="editor">
                <td role="cell" colspan="7"><Editor app=app close=close /></td>
            </tr>
        </Show>
    }
}

#[component]
fn Editor(app: RwSignal<KnownApp>, close: Callback<()>) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let before = app.get_untracked();
    let id = before.app.clone();
    let given = if before.named_by == NamedBy::Nobody { String::new() } else { before.name.clone() };
    let name = RwSignal::new(given.clone());
    let colour = RwSignal::new(before.colour);
    let icon = RwSignal::new(before.icon);
    let problem = RwSignal::new(None::<String>);
    let saving = RwSignal::new(false);
    let node = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(field) = node.get() {
            let _not_focusable = field.focus();
        }
    });
    let field = format!("name-{id}");
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if saving.get_untracked() {
            return;
        }
        saving.set(true);
        let look = AppLook {
            app: AppId::clone(&id),
            name: name.get_untracked(),
            colour: colour.get_untracked(),
            icon: icon.get_untracked(),
        };
        spawn_local(async move {
            let saved = api::show_app(look).await;
            saving.set(false);
            match saved {
                Ok(shown) => {
                    toasts.say(text::app_saved(&shown.name));
                    app.set(shown);
                    close.run(());
                }
                Err(failure) => problem.set(Some(failure.to_string())),
            }
        });
    };
    let keys = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            close.run(());
        }
    };
    view! {
        <form class="look" on:submit=save on:keydown=keys>
            <div class="field">
                <label for=field.clone()>{text::app_name()}</label>
                <input
                    id=field
                    class="input"
                    autocomplete="off"
                    dir="auto"
                    required
                    maxlength=MAX_NAME.to_string()
                    placeholder=text::app_name_example()
                    node_ref=node
                    value=given
                    aria-invalid=move || problem.get().is_some().to_string()
                    on:input=move |event| name.set(event_target_value(&event))
                />
                {move || problem.get().map(|words| view! {
                    <p class="error" role="alert"><Icon name="circle-alert" size=14 /><span>{words}</span></p>
                })}
            </div>
            <fieldset class="looks">
                <legend>{text::app_colour()}</legend>
                {Colour::ALL.into_iter().map(|each| view! {
                    <label title=text::colour(each)>
                        <input
                            type="radio"
                            name=format!("colour-{}", before.app)
                            aria-label=text::colour(each)
                            checked=each == before.colour
                            on:change=move |_| colour.set(each)
                        />
                        <span class="swatch" data-colour=each.as_str()></span>
                    </label>
                }).collect_view()}
            </fieldset>
            <fieldset class="looks">
                <legend>{text::app_icon()}</legend>
                {Mark::ALL.into_iter().map(|each| view! {
                    <label title=text::mark(each)>
                        <input
                            type="radio"
                            name=format!("icon-{}", before.app)
                            aria-label=text::mark(each)
                            checked=each == before.icon
                            on:change=move |_| icon.set(each)
                        />
                        <Icon name=picture(each) size=20 />
                    </label>
                }).collect_view()}
            </fieldset>
            <footer class="cluster">
                <span class="sample" data-colour=move || colour.get().as_str()>
                    {move || view! { <Icon name=picture(icon.get()) size=14 /> }}
                    <b dir="auto">{move || Some(name.get()).filter(|name| !name.trim().is_empty()).unwrap_or_else(|| text::app_name_example().to_owned())}</b>
                </span>
                <button class="button push" type="button" data-kind="outline" data-size="32" on:click=move |_| close.run(())>{text::cancel()}</button>
                <button class="button" type="submit" data-kind="primary" data-size="32" disabled=move || saving.get()>{text::app_save()}</button>
            </footer>
        </form>
    }
}
