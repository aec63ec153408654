//! The trigger's settings.

use super::conditions;
use super::form::Form;
use super::rows::Rows;
use super::steps::{contact_fields, some, tag_action, tag_word};
use crate::browser;
use crate::pages::workflows::builder::screen::Screen;
use crate::parts::Icon;
use crate::state::builder::fresh_line;
use crate::text;
use crate::text::builder as words;
use domain::AppId;
use domain::workflow::check::At;
use domain::workflow::field::{FieldKey, FieldType};
use domain::workflow::trigger::{FormField, Identifier, Mapping, Match, Trigger, TriggerKind};
use leptos::prelude::*;

pub fn form(screen: Screen) -> AnyView {
    let choose = move |_| screen.choosing.set(true);
    let Some(now) = screen.graph.with_untracked(|graph| graph.trigger.clone()) else {
        return view! {
            <p class="hint">{words::NO_TRIGGER}</p>
            {super::general(screen, At::Trigger)}
            <button class="button" type="button" data-kind="primary" data-size="32" on:click=choose>{words::CHOOSE_TRIGGER}</button>
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
        <div class="cluster"><button class="button" type="button" data-kind="outline" on:click=choose>{words::CHANGE_TRIGGER}</button></div>
        {super::general(screen, At::Trigger)}
        {settings(screen, kind)}
        {conditional.then(|| conditions::of_trigger(form.part("conditions", |trigger| &trigger.conditions, |trigger| &mut trigger.conditions)))}
        {once.then(|| form.switch("once", words::ONCE, Some(words::ONCE_HINT), |trigger| trigger.once_per_contact, |trigger, on| trigger.once_per_contact = on))}
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
            <section class="ways" aria-label=words::SETS>
                <h3>{words::SETS}</h3>
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
        | TriggerKind::ClickToChatAds { ads: list }
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
        | TriggerKind::ClickToChatAds { ads: list }
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
                .field("action", words::ACTION, |kind| match kind {
                    TriggerKind::ContactTagUpdated { action, .. } => tag_word(*action).to_owned(),
                    _ => String::new(),
                }, |kind, word| {
                    if let TriggerKind::ContactTagUpdated { action, .. } = kind {
                        *action = tag_action(&word);
                    }
                })
                .choice(words::TAG_ACTIONS.map(|(word, name)| (word.to_owned(), name.to_owned())).to_vec())}
            {texts(kind).tags(rows("tags", words::TAGS, words::ADD_TAG, None), |all| all, |all| all)}
        }
        .into_any(),
        TriggerKind::ContactFieldUpdated { .. } => kind
            .field(
                "field",
                words::CONTACT_FIELD,
                |kind| match kind {
                    TriggerKind::ContactFieldUpdated { field: Some(field) } => field.to_string(),
                    _ => String::new(),
                },
                |kind, key| *kind = TriggerKind::ContactFieldUpdated { field: FieldKey::new(key).ok() },
            )
            .choice(contact_fields(screen)),
        TriggerKind::ClickToChatAds { .. } => {
            plain(rows("ads", words::ADS, words::ADD_AD, Some(words::ADS_HINT)))
        }
        TriggerKind::PostbackReceived { .. } => {
            plain(rows("payloads", words::PAYLOADS, words::ADD_PAYLOAD, Some(words::ANY_HINT)))
        }
        TriggerKind::OptInReceived { .. } => {
            plain(rows("refs", words::REFS, words::ADD_REF, Some(words::ANY_HINT)))
        }
        TriggerKind::MessageMatches { .. } => view! {
            {kind
                .field("how", words::HOW, |kind| match kind {
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
                .choice(words::MATCHES.map(|(word, name)| (word.to_owned(), name.to_owned())).to_vec())}
            {plain(rows("words", words::WORDS, words::ADD_WORDS, Some(words::WORDS_HINT)))}
        }
        .into_any(),
        TriggerKind::ControlReceived { .. } => {
            let mut apps = vec![(String::new(), words::ANY_APP.to_owned())];
            apps.extend(screen.around.with_value(|around| {
                around.apps.iter().map(|app| (app.app.to_string(), app.name.clone())).collect::<Vec<_>>()
            }));
            view! {
                {kind
                    .field("app", words::FROM_APP, |kind| match kind {
                        TriggerKind::ControlReceived { from: Some(app), .. } => app.to_string(),
                        _ => String::new(),
                    }, |kind, id| {
                        if let TriggerKind::ControlReceived { from, .. } = kind {
                            *from = some(id).map(AppId);
                        }
                    })
                    .choice(apps)}
                {plain(rows("metadata", words::METADATA, words::ADD_METADATA, Some(words::ANY_HINT)))}
            }
            .into_any()
        }
        TriggerKind::Shortcut { .. } => shortcut(kind),
        TriggerKind::IncomingWebhook { .. } => webhook(screen, kind),
    }
}

fn shortcut(kind: Form<TriggerKind>) -> AnyView {
    let value = Signal::derive(move || {
        kind.value.with(|kind| match kind {
            TriggerKind::Shortcut { form, .. } => form.clone(),
            _ => Vec::new(),
        })
    });
    let put = Callback::new(move |(_, lines): (&'static str, Vec<FormField>)| {
        kind.edit("form", |kind| {
            if let TriggerKind::Shortcut { form, .. } = kind {
                *form = lines;
            }
        });
    });
    let lines = Form::new(kind.screen, kind.at, value, put);
    let rows = Rows {
        name: "form",
        title: words::FORM,
        add: words::ADD_LINE,
        hint: Some(words::FORM_HINT),
        most: 10,
    };
    let icons = words::ICONS.map(|(word, name)| (word.to_owned(), name.to_owned())).to_vec();
    view! {
        {kind
            .field("name", text::NAME, |kind| match kind {
                TriggerKind::Shortcut { name, .. } => name.clone(),
                _ => String::new(),
            }, |kind, text| {
                if let TriggerKind::Shortcut { name, .. } = kind {
                    *name = text;
                }
            })
            .hint(words::SHORTCUT_HINT)
            .line()}
        {kind
            .field("description", words::DESCRIPTION, |kind| match kind {
                TriggerKind::Shortcut { description, .. } => description.clone(),
                _ => String::new(),
            }, |kind, text| {
                if let TriggerKind::Shortcut { description, .. } = kind {
                    *description = text;
                }
            })
            .line()}
        {kind
            .field("icon", words::ICON, |kind| match kind {
                TriggerKind::Shortcut { icon, .. } => icon.clone(),
                _ => String::new(),
            }, |kind, word| {
                if let TriggerKind::Shortcut { icon, .. } = kind {
                    *icon = word;
                }
            })
            .choice(icons)}
        {lines.rows(rows, |all| all, |all| all, fresh_line, form_line)}
    }
    .into_any()
}

fn form_line(form: Form<FormField>) -> AnyView {
    let kinds =
        FieldType::ALL.map(|kind| (kind.as_str().to_owned(), words::field_type(kind).to_owned())).to_vec();
    let is_list = Memo::new(move |_| form.value.with(|line| line.kind == FieldType::List));
    view! {
        {form.field("", words::LABEL, |line| line.label.clone(), |line, text| line.label = text).line()}
        {form.field("", words::VARIABLE, |line| line.variable.clone(), |line, text| line.variable = text).line()}
        {form
            .field("", words::TYPE, |line| line.kind.as_str().to_owned(), |line, word| line.kind = word.parse().unwrap_or(FieldType::Text))
            .choice(kinds)}
        {move || is_list.get().then(|| form
            .field("", words::OPTIONS, |line| line.options.join("\n"), |line, text| {
                line.options = text.lines().map(str::to_owned).collect();
            })
            .hint(words::ONE_A_LINE)
            .area(3))}
        {form.switch("", words::REQUIRED, None, |line| line.required, |line, on| line.required = on)}
    }
    .into_any()
}

fn webhook(screen: Screen, kind: Form<TriggerKind>) -> AnyView {
    let value = Signal::derive(move || {
        kind.value.with(|kind| match kind {
            TriggerKind::IncomingWebhook { mappings, .. } => mappings.clone(),
            _ => Vec::new(),
        })
    });
    let put = Callback::new(move |(_, all): (&'static str, Vec<Mapping>)| {
        kind.edit("mappings", |kind| {
            if let TriggerKind::IncomingWebhook { mappings, .. } = kind {
                *mappings = all;
            }
        });
    });
    let mappings = Form::new(kind.screen, kind.at, value, put);
    let address = match screen.hook.get_value() {
        Some(address) => {
            let copied = address.clone();
            let copy = move |_| {
                if !browser::copy(&copied) {
                    screen.toasts.say(text::NOT_COPIED);
                }
            };
            view! {
                <div class="field">
                    <span class="label">{words::HOOK}</span>
                    <div class="cluster">
                        <input class="input" readonly aria-label=words::HOOK prop:value=address />
                        <button class="button" type="button" data-icon="" aria-label=text::COPY_IT title=text::COPY_IT on:click=copy><Icon name="copy" /></button>
                    </div>
                    <small>{words::HOOK_HINT}</small>
                </div>
            }
            .into_any()
        }
        None => view! { <p class="hint">{words::HOOK_LATER}</p> }.into_any(),
    };
    let identifiers = words::IDENTIFIERS.map(|(word, name)| (word.to_owned(), name.to_owned())).to_vec();
    view! {
        {address}
        {kind
            .field("identifier", words::IDENTIFIED_BY, |kind| match kind {
                TriggerKind::IncomingWebhook { identifier: Identifier::Email, .. } => "email".to_owned(),
                TriggerKind::IncomingWebhook { identifier: Identifier::Phone, .. } => "phone".to_owned(),
                _ => "contact_id".to_owned(),
            }, |kind, word| {
                if let TriggerKind::IncomingWebhook { identifier, .. } = kind {
                    *identifier = match word.as_str() {
                        "email" => Identifier::Email,
                        "phone" => Identifier::Phone,
                        _ => Identifier::ContactId,
                    };
                }
            })
            .choice(identifiers)}
        {kind
            .field("path", words::PATH, |kind| match kind {
                TriggerKind::IncomingWebhook { path, .. } => path.clone(),
                _ => String::new(),
            }, |kind, text| {
                if let TriggerKind::IncomingWebhook { path, .. } = kind {
                    *path = text;
                }
            })
            .hint(words::PATH_HINT)
            .line()}
        {super::steps::mappings(mappings)}
    }
    .into_any()
}
