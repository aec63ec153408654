//! Connections: the services workflows use. Keys go in and never come out.

use super::doing::Doing;
use super::loaded::loaded;
use super::shelf::Shelf;
use crate::api::{self, Connection, ConnectionChange, ConnectionKind, ConnectionTest};
use crate::parts::{Confirm, Dialog, Empty, Icon, ProblemLine, TextField, while_asked};
use crate::text;
use crate::text::connections as words;
use leptos::prelude::*;
use leptos_meta::Title;

/// The section at `/settings/connections`.
#[component]
pub fn ConnectionsSection() -> impl IntoView {
    let connections = Resource::new_blocking(|| (), |()| api::load_connections());
    view! {
        <Title text=words::connections() />
        <div class="page">{loaded(connections, |all| view! { <Connections all=all /> }.into_any())}</div>
    }
}

type Screen = Shelf<Connection>;

#[component]
fn Connections(all: Vec<Connection>) -> impl IntoView {
    let screen = Screen::new(all);
    let rows = move || {
        let all = screen.items.get();
        all.into_iter().map(|one| view! { <Line screen=screen one=one /> }).collect_view()
    };
    view! {
        <header class="bar">
            <h1>{words::connections()}</h1>
            <button class="button push" type="button" data-kind="primary" data-size="32" on:click=move |_| screen.editing.set(Some(None))>
                <Icon name="plus" />
                {words::new()}
            </button>
        </header>
        <div class="page-body">
            <p class="lead">{words::lead()}</p>
            <Show when=move || screen.items.with(Vec::is_empty)>
                <Empty title=words::none() words=words::none_words() />
            </Show>
            <ul class="entries">{rows}</ul>
        </div>
        {move || screen.editing.get().map(|one| view! { <Edit screen=screen one=one /> })}
        {move || screen.ending.get().map(|one| view! { <End screen=screen one=one /> })}
    }
}

#[component]
fn Line(screen: Screen, one: Connection) -> impl IntoView {
    let (to_edit, to_end, to_test) = (one.clone(), one.clone(), one.name.clone());
    let about = words::about(&one);
    let name = one.name;
    let doing = Doing::nothing();
    let told = RwSignal::new(None::<ConnectionTest>);
    let test = move |_| {
        told.set(None);
        doing.run(api::test_connection(to_test.clone()), move |answer| told.set(Some(answer)));
    };
    let said = move || match (doing.busy.get(), doing.problem.get(), told.get()) {
        (true, ..) => Some(("asking", words::asking().to_owned())),
        (_, Some(problem), _) => Some(("fails", problem)),
        (_, _, Some(told)) => Some((if told.works { "works" } else { "fails" }, told.words)),
        (..) => None,
    };
    view! {
        <li data-connection=name.clone()>
            <span class="what">
                <b dir="auto">{name.clone()}</b>
                <small dir="auto">{about}</small>
                <small role="status" class="test-said">
                    {move || said().map(|(result, said)| view! {
                        <span data-result=result dir="auto">
                            {(result != "asking").then(|| view! { <Icon name=if result == "works" { "circle-check" } else { "circle-alert" } size=14 /> })}
                            {said}
                        </span>
                    })}
                </small>
            </span>
            <span class="cluster">
                <button class="button" type="button" data-kind="outline" aria-label=words::test_named(&name) disabled=move || doing.busy.get() on:click=test>
                    {words::test()}
                </button>
                <button class="button" type="button" data-kind="outline" aria-label=text::workflows::edit_named(&name) on:click=move |_| screen.editing.set(Some(Some(to_edit.clone())))>
                    {text::edit()}
                </button>
                <button class="button" type="button" data-icon="" aria-label=text::workflows::delete_named(&name) title=text::delete() on:click=move |_| screen.ending.set(Some(to_end.clone()))>
                    <Icon name="trash-2" />
                </button>
            </span>
        </li>
    }
}

#[component]
fn Edit(screen: Screen, one: Option<Connection>) -> impl IntoView {
    let open = while_asked(screen.editing);
    let there = one.is_some();
    let of = |part: fn(&Connection) -> &str| one.as_ref().map(|one| part(one).to_owned()).unwrap_or_default();
    let name = RwSignal::new(of(|one| &one.name));
    let address = RwSignal::new(of(|one| &one.address));
    let model = RwSignal::new(of(|one| &one.model));
    let kind = RwSignal::new(one.as_ref().map_or(ConnectionKind::Ai, |one| one.kind));
    let secret = RwSignal::new(String::new());
    let doing = Doing::nothing();
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let secret = secret.get_untracked();
        let change = ConnectionChange {
            name: name.get_untracked(),
            kind: kind.get_untracked(),
            address: address.get_untracked(),
            model: model.get_untracked(),
            secret: (!secret.trim().is_empty()).then_some(secret),
        };
        doing.run(api::put_connection(change), move |()| {
            screen.reload(api::load_connections());
            open.set(false);
        });
    };
    let is_ai = move || kind.get() == ConnectionKind::Ai;
    let kinds = [ConnectionKind::Ai, ConnectionKind::Sheets].map(|one| {
        view! { <option value=words::kind_word(one) selected=move || kind.get() == one>{words::kind(one)}</option> }
    });
    let choose = move |event| {
        let chosen = event_target_value(&event);
        let ai = chosen == words::kind_word(ConnectionKind::Ai);
        kind.set(if ai { ConnectionKind::Ai } else { ConnectionKind::Sheets });
    };
    let key_hint = if there { words::key_stays() } else { words::key_hidden() };
    view! {
        <Dialog open=open title=words::connection()>
            <form class="form" novalidate=true on:submit=save>
                <div class="field">
                    <label for="connection-kind">{words::service()}</label>
                    <select class="input" id="connection-kind" disabled=there on:change=choose>{kinds.collect_view()}</select>
                </div>
                <div class="field">
                    <label for="connection-name">{text::workflows::name()}</label>
                    <input
                        class="input"
                        id="connection-name"
                        dir="auto"
                        maxlength="60"
                        autocomplete="off"
                        disabled=there
                        aria-describedby="connection-name-hint"
                        prop:value=move || name.get()
                        on:input=move |event| name.set(event_target_value(&event))
                    />
                    <small id="connection-name-hint">{if there { words::name_fixed() } else { words::name_hint() }}</small>
                </div>
                <Show when=is_ai>
                    <TextField id="connection-address" label=words::address() value=address kind="url" hint=words::address_hint() />
                    <TextField id="connection-model" label=words::model() value=model hint=words::model_hint() />
                    <TextField id="connection-key" label=words::key() value=secret kind="password" autocomplete="new-password" hint=key_hint />
                </Show>
                <Show when=move || !is_ai()>
                    <div class="field">
                        <label for="connection-file">{words::key_file()}</label>
                        <textarea
                            class="input"
                            id="connection-file"
                            rows="6"
                            spellcheck="false"
                            autocomplete="off"
                            aria-describedby="connection-file-hint"
                            prop:value=move || secret.get()
                            on:input=move |event| secret.set(event_target_value(&event))
                        ></textarea>
                        <small id="connection-file-hint">{words::key_file_hint()}" "{key_hint}</small>
                    </div>
                </Show>
                <ProblemLine words=doing.problem />
                <footer>
                    <button class="button" type="button" data-size="32" on:click=move |_| open.set(false)>{text::cancel()}</button>
                    <button class="button" type="submit" data-kind="primary" data-size="32" disabled=move || doing.busy.get()>{text::save()}</button>
                </footer>
            </form>
        </Dialog>
    }
}

#[component]
fn End(screen: Screen, one: Connection) -> impl IntoView {
    let open = while_asked(screen.ending);
    let doing = Doing::nothing();
    let name = one.name.clone();
    let go = Callback::new(move |()| {
        doing.run(api::remove_connection(name.clone()), move |()| {
            screen.reload(api::load_connections());
            open.set(false);
        });
    });
    view! {
        <Confirm open=open title=words::delete_label() question=words::delete(&one.name) verb=text::delete() busy=doing.busy problem=doing.problem go=go />
    }
}
