//! The trigger's settings.

mod shortcut;
mod webhook;

use super::conditions;
use super::form::Form;
use super::rows::Rows;
use super::steps::{contact_fields, some, tag_action, tag_word};
use crate::pages::workflows::builder::screen::Screen;
use crate::text::builder as words;
use domain::AppId;
use domain::workflow::check::At;
use domain::workflow::field::FieldKey;
use domain::workflow::trigger::{Match, Trigger, TriggerKind};
use leptos::prelude::*;

pub fn form(screen: Screen) -> AnyView {
    let choose = move |_| screen.choosing.set(true);
    let Some(now) = screen.graph.with_untracked(|graph| graph.trigger.clone()) else {
        return view! {
            <p class="hint">{words::no_trigger()}</p>
            {super::general(screen, At::Trigger)}
            <button class="button" type="button" data-kind="primary" data-size="32" on:click=choose>{words::choose_trigger()}</button>
        }
        .into_any();
    };
    let once = now.kind.may_be_once();
    let value = Memo::new(move |before: Option<&Trigger>| {
        let trigger = screen.graph.with(|graph| graph.trigger.clone());
        trigger.or_else(|| before.cloned()).unwrap_or_else(|| now.clone())
    });
    let put = Callback::new(move |(field, trigger): (&'static str, Trigger)| {
        screen.act(|state| {
            state.change_trigger(field, trigger);
            Ok(())
        });
    });
    let form = Form::new(screen, At::Trigger, value.into(), put);
    let kind = form.part("kind", |trigger| &trigger.kind, |trigger| &mut trigger.kind);
    let conditional = value.with_untracked(|trigger| !matches!(trigger.kind, TriggerKind::Manual {}));
    let number = value.with_untracked(|trigger| words::trigger_number(&trigger.kind));
    view! {
        <p class="hint">{words::offered_trigger(number).1}</p>
        <div class="cluster"><button class="button" type="button" data-kind="outline" on:click=choose>{words::change_trigger()}</button></div>
        {super::general(screen, At::Trigger)}
        {settings(screen, kind)}
        {conditional.then(|| conditions::of_trigger(form.part("conditions", |trigger| &trigger.conditions, |trigger| &mut trigger.conditions)))}
        {once.then(|| form.switch("once", words::once(), Some(words::once_hint()), |trigger| trigger.once_per_contact, |trigger, on| trigger.once_per_contact = on))}
        {variables(form)}
    }
    .into_any()
}

/// What it sets for the steps behind it.
fn variables(form: Form<Trigger>) -> AnyView {
    let all = Memo::new(move |_| form.value.with(|trigger| trigger.kind.variables()));
    let lines = move || {
        let lines = all.get().into_iter().map(|(name, what)| {
            view! { <li><code>{format!("${name}")}</code><small>{what}</small></li> }
        });
        lines.collect_view()
    };
    view! {
        <Show when=move || all.with(|all| !all.is_empty())>
            <section class="ways" aria-label=words::sets()>
                <h3>{words::sets()}</h3>
                <ul>{lines}</ul>
            </section>
        </Show>
    }
    .into_any()
}

/// The lists some triggers have, all of the same shape.
fn list(kind: &TriggerKind) -> Option<&Vec<String>> {
    match kind {
        TriggerKind::ContactTagUpdated { tags: list, .. }
        | TriggerKind::ClickToChatAds { ads: list, .. }
        | TriggerKind::PostbackReceived { payloads: list }
        | TriggerKind::OptInReceived { refs: list }
        | TriggerKind::MessageMatches { words: list, .. }
        | TriggerKind::ControlReceived { metadata: list, .. } => Some(list),
        _ => None,
    }
}

fn list_mut(kind: &mut TriggerKind) -> Option<&mut Vec<String>> {
    match kind {
        TriggerKind::ContactTagUpdated { tags: list, .. }
        | TriggerKind::ClickToChatAds { ads: list, .. }
        | TriggerKind::PostbackReceived { payloads: list }
        | TriggerKind::OptInReceived { refs: list }
        | TriggerKind::MessageMatches { words: list, .. }
        | TriggerKind::ControlReceived { metadata: list, .. } => Some(list),
        _ => None,
    }
}

/// That list as a form.
fn texts(kind: Form<TriggerKind>) -> Form<Vec<String>> {
    let value = Signal::derive(move || kind.value.with(|kind| list(kind).cloned()).unwrap_or_default());
    let put = Callback::new(move |(_, texts): (&'static str, Vec<String>)| {
        kind.edit("list", |kind| {
            if let Some(list) = list_mut(kind) {
                *list = texts;
            }
        });
    });
    Form::new(kind.screen, kind.at, value, put)
}

/// All ads, or those that are named.
fn ads(kind: Form<TriggerKind>) -> AnyView {
    let chosen = Memo::new(move |_| {
        kind.value.with(|kind| match kind {
            TriggerKind::ClickToChatAds { ads, chosen } => *chosen || !ads.is_empty(),
            _ => false,
        })
    });
    let choice = move |some: bool, name: &'static str| {
        let pick = move |_| {
            kind.edit("ads", |kind| {
                if let TriggerKind::ClickToChatAds { ads, chosen } = kind {
                    *chosen = some;
                    if !some {
                        ads.clear();
                    }
                }
            });
        };
        view! {
            <button class="button" type="button" aria-pressed=move || (chosen.get() == some).to_string() on:click=pick>{name}</button>
        }
    };
    let rows = Rows {
        name: "ads",
        title: words::ads(),
        add: words::add_ad(),
        hint: Some(words::ads_hint()),
        most: 20,
    };
    view! {
        <div class="segments" role="group" aria-label=words::ads()>{choice(false, words::all_ads())}{choice(true, words::chosen_ads())}</div>
        {move || chosen.get().then(|| texts(kind).texts(rows, |all| all, |all| all))}
    }
    .into_any()
}

fn settings(screen: Screen, kind: Form<TriggerKind>) -> AnyView {
    let rows = |name, title, add, hint| Rows { name, title, add, hint, most: 20 };
    let plain = |rows| texts(kind).texts(rows, |all| all, |all| all);
    match kind.value.get_untracked() {
        TriggerKind::ConversationOpened {}
        | TriggerKind::ConversationClosed {}
        | TriggerKind::Manual {}
        | TriggerKind::ControlLost {} => ().into_any(),
        TriggerKind::ContactTagUpdated { .. } => view! {
            {kind
                .field("action", words::action(), |kind| match kind {
                    TriggerKind::ContactTagUpdated { action, .. } => tag_word(*action).to_owned(),
                    _ => String::new(),
                }, |kind, word| {
                    if let TriggerKind::ContactTagUpdated { action, .. } = kind {
                        *action = tag_action(&word);
                    }
                })
                .choice(words::tag_actions().map(|(word, name)| (word.to_owned(), name.to_owned())).to_vec())}
            {texts(kind).tags(rows("tags", words::tags(), words::add_tag(), None), |all| all, |all| all)}
        }
        .into_any(),
        TriggerKind::ContactFieldUpdated { .. } => kind
            .field(
                "field",
                words::contact_field(),
                |kind| match kind {
                    TriggerKind::ContactFieldUpdated { field: Some(field) } => field.to_string(),
                    _ => String::new(),
                },
                |kind, key| *kind = TriggerKind::ContactFieldUpdated { field: FieldKey::new(key).ok() },
            )
            .choice(contact_fields(screen)),
        TriggerKind::ClickToChatAds { .. } => ads(kind),
        TriggerKind::PostbackReceived { .. } => {
            plain(rows("payloads", words::payloads(), words::add_payload(), Some(words::any_hint())))
        }
        TriggerKind::OptInReceived { .. } => {
            plain(rows("refs", words::refs(), words::add_ref(), Some(words::any_hint())))
        }
        TriggerKind::MessageMatches { .. } => view! {
            {kind
                .field("how", words::how(), |kind| match kind {
                    TriggerKind::MessageMatches { how, .. } => words::match_word(*how).to_owned(),
                    _ => String::new(),
                }, |kind, word| {
                    if let TriggerKind::MessageMatches { how, .. } = kind {
                        *how = match word.as_str() {
                            "equals" => Match::Equals,
                            "starts_with" => Match::StartsWith,
                            _ => Match::Contains,
                        };
                    }
                })
                .choice(words::matches().map(|(word, name)| (word.to_owned(), name.to_owned())).to_vec())}
            {plain(rows("words", words::words(), words::add_words(), Some(words::words_hint())))}
        }
        .into_any(),
        TriggerKind::ControlReceived { .. } => {
            let mut apps = vec![(String::new(), words::any_app().to_owned())];
            apps.extend(screen.around.with_value(|around| {
                around.apps.iter().map(|app| (app.app.to_string(), app.name.clone())).collect::<Vec<_>>()
            }));
            view! {
                {kind
                    .field("app", words::from_app(), |kind| match kind {
                        TriggerKind::ControlReceived { from: Some(app), .. } => app.to_string(),
                        _ => String::new(),
                    }, |kind, id| {
                        if let TriggerKind::ControlReceived { from, .. } = kind {
                            *from = some(id).map(AppId);
                        }
                    })
                    .choice(apps)}
                {plain(rows("metadata", words::metadata(), words::add_metadata(), Some(words::any_hint())))}
            }
            .into_any()
        }
        TriggerKind::Shortcut { .. } => shortcut::shortcut(kind),
        TriggerKind::IncomingWebhook { .. } => webhook::webhook(screen, kind),
    }
}
