//! Contact fields: what the team knows about everybody.

use super::doing::Doing;
use super::loaded::loaded;
use super::shelf::Shelf;
use crate::api::{self, FieldChange, FieldUse};
use crate::parts::{Confirm, Dialog, Empty, Icon, ProblemLine, TextField, while_asked};
use crate::text;
use crate::text::workflows as words;
use domain::workflow::field::{FieldKey, FieldType};
use leptos::prelude::*;
use leptos_meta::Title;

/// The section at `/settings/fields`.
#[component]
pub fn FieldsSection() -> impl IntoView {
    let fields = Resource::new_blocking(|| (), |()| api::load_contact_fields());
    view! {
        <Title text=words::fields() />
        <div class="page">{loaded(fields, |fields| view! { <Fields fields=fields /> }.into_any())}</div>
    }
}

type Screen = Shelf<FieldUse>;

#[component]
fn Fields(fields: Vec<FieldUse>) -> impl IntoView {
    let screen = Screen::new(fields);
    let of = move |builtin: bool| {
        let fields = screen.items.get().into_iter().filter(move |one| one.field.builtin == builtin);
        fields.map(|one| view! { <Line screen=screen one=one /> }).collect_view()
    };
    let none = move || screen.items.with(|fields| fields.iter().all(|one| one.field.builtin));
    view! {
        <header class="bar">
            <h1>{words::fields()}</h1>
            <button class="button push" type="button" data-kind="primary" data-size="32" on:click=move |_| screen.editing.set(Some(None))>
                <Icon name="plus" />
                {words::new_field()}
            </button>
        </header>
        <div class="page-body">
            <p class="lead">{words::fields_lead()}</p>
            <section class="block">
                <h2>{words::own_fields()}</h2>
                <Show when=none>
                    <Empty title=words::no_fields() words=words::no_fields_words() />
                </Show>
                <ul class="entries fields-known">{move || of(false)}</ul>
            </section>
            <section class="block">
                <h2>{words::standard_fields()}</h2>
                <ul class="entries fields-known">{move || of(true)}</ul>
            </section>
        </div>
        {move || screen.editing.get().map(|one| view! { <Edit screen=screen one=one /> })}
        {move || screen.ending.get().map(|one| view! { <End screen=screen one=one /> })}
    }
}

#[component]
fn Line(screen: Screen, one: FieldUse) -> impl IntoView {
    let (to_edit, to_end) = (one.clone(), one.clone());
    let FieldUse { field, contacts } = one;
    let name = text::field_name(&field);
    let about = match field.options.is_empty() {
        true => words::field_type(field.kind).to_owned(),
        false => format!("{}: {}", words::field_type(field.kind), field.options.join(", ")),
    };
    let buttons = (!field.builtin).then(|| {
        view! {
            <span class="cluster">
                <button class="button" type="button" data-kind="outline" aria-label=words::edit_named(&name) on:click=move |_| screen.editing.set(Some(Some(to_edit.clone())))>
                    {text::edit()}
                </button>
                <button class="button" type="button" data-icon="" aria-label=words::delete_named(&name) title=text::delete() on:click=move |_| screen.ending.set(Some(to_end.clone()))>
                    <Icon name="trash-2" />
                </button>
            </span>
        }
    });
    view! {
        <li data-field=field.key.to_string()>
            <span class="what"><b dir="auto">{text::field_name(&field)}</b><small dir="auto">{about}</small></span>
            <code>{format!("$contact.{}", field.key)}</code>
            <small class="used">{words::in_use(contacts)}</small>
            {buttons}
        </li>
    }
}

#[component]
fn Edit(screen: Screen, one: Option<FieldUse>) -> impl IntoView {
    let open = while_asked(screen.editing);
    let there = one.is_some();
    let field = one.map(|one| one.field);
    let name = RwSignal::new(field.as_ref().map(|field| field.name.clone()).unwrap_or_default());
    let key = RwSignal::new(field.as_ref().map(|field| field.key.to_string()).unwrap_or_default());
    let kind = RwSignal::new(field.as_ref().map_or(FieldType::Text, |field| field.kind));
    let options = RwSignal::new(field.map(|field| field.options.join("\n")).unwrap_or_default());
    // Until somebody writes another, the key follows the name.
    let own_key = RwSignal::new(there);
    Effect::new(move || {
        let suggested = key_of(&name.get());
        if !own_key.get_untracked() {
            key.set(suggested);
        }
    });
    let doing = Doing::nothing();
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let change = match FieldKey::new(key.get_untracked()) {
            Ok(key) => FieldChange {
                key,
                name: name.get_untracked(),
                kind: kind.get_untracked(),
                options: lines(&options.get_untracked(), kind.get_untracked()),
            },
            Err(wrong) => return doing.problem.set(Some(wrong.to_string())),
        };
        doing.run(api::put_contact_field(change), move |()| {
            screen.reload(api::load_contact_fields());
            open.set(false);
        });
    };
    let kinds = FieldType::ALL.map(|one| {
        view! { <option value=one.as_str() selected=move || kind.get() == one>{words::field_type(one)}</option> }
    });
    let choose = move |event| {
        if let Ok(chosen) = event_target_value(&event).parse() {
            kind.set(chosen);
        }
    };
    view! {
        <Dialog open=open title=words::field()>
            <form class="form" on:submit=save>
                <TextField id="field-name" label=words::name() value=name hint=words::field_name_hint() />
                <div class="field">
                    <label for="field-key">{words::key()}</label>
                    <input
                        class="input"
                        id="field-key"
                        maxlength="40"
                        disabled=there
                        aria-describedby="field-key-hint"
                        prop:value=move || key.get()
                        on:input=move |event| {
                            own_key.set(true);
                            key.set(event_target_value(&event));
                        }
                    />
                    <small id="field-key-hint">{words::key_hint()}</small>
                </div>
                <div class="field">
                    <label for="field-type">{words::type_label()}</label>
                    <select class="input" id="field-type" disabled=there on:change=choose>{kinds.collect_view()}</select>
                    {there.then(|| view! { <small>{words::type_fixed()}</small> })}
                </div>
                <Show when=move || kind.get() == FieldType::List>
                    <div class="field">
                        <label for="field-options">{words::options()}</label>
                        <textarea
                            class="input"
                            id="field-options"
                            rows="4"
                            dir="auto"
                            aria-describedby="field-options-hint"
                            prop:value=move || options.get()
                            on:input=move |event| options.set(event_target_value(&event))
                        ></textarea>
                        <small id="field-options-hint">{words::options_hint()}</small>
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

/// What a list offers, from one option on each line; nothing for other types.
fn lines(written: &str, kind: FieldType) -> Vec<String> {
    if kind != FieldType::List {
        return Vec::new();
    }
    let mut options: Vec<String> = Vec::new();
    for line in written.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !options.iter().any(|option| option == line) {
            options.push(line.to_owned());
        }
    }
    options
}

/// A key made of a name: "Order number" becomes `order_number`.
fn key_of(name: &str) -> String {
    let mut key = String::new();
    for letter in name.trim().to_lowercase().chars() {
        if letter.is_ascii_lowercase() || (letter.is_ascii_digit() && !key.is_empty()) {
            key.push(letter);
        } else if !key.is_empty() && !key.ends_with('_') {
            key.push('_');
        }
    }
    key.truncate(40);
    key.trim_end_matches('_').to_owned()
}

#[component]
fn End(screen: Screen, one: FieldUse) -> impl IntoView {
    let open = while_asked(screen.ending);
    let doing = Doing::nothing();
    let FieldUse { field, contacts } = one;
    let key = field.key.clone();
    let go = Callback::new(move |()| {
        doing.run(api::remove_contact_field(key.clone()), move |()| {
            screen.reload(api::load_contact_fields());
            open.set(false);
        });
    });
    view! {
        <Confirm open=open title=words::delete_field_label() question=words::delete_field(&field.name, contacts) verb=text::delete() busy=doing.busy problem=doing.problem go=go />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_of_the_name() {
        for (name, key) in [
            ("Order number", "order_number"),
            ("  Schuhgröße (EU) ", "schuhgr_e_eu"),
            ("2nd choice", "nd_choice"),
            ("名前", ""),
        ] {
            assert_eq!(key_of(name), key, "{name}");
            assert!(key.is_empty() || FieldKey::new(key_of(name)).is_ok());
        }
        assert!(FieldKey::new(key_of(&"long ".repeat(20))).is_ok());
    }

    #[test]
    fn options_are_lines_without_blanks_and_repetitions() {
        assert_eq!(lines(" S \n\nM\nS\n", FieldType::List), ["S", "M"]);
        assert!(lines("S", FieldType::Text).is_empty());
    }
}
