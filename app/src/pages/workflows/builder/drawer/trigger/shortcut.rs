//! The settings of a Shortcut: the button agents press, and its form.

use crate::pages::workflows::builder::drawer::form::Form;
use crate::pages::workflows::builder::drawer::rows::Rows;
use crate::state::builder::fresh_line;
use crate::text;
use crate::text::builder as words;
use domain::workflow::field::FieldType;
use domain::workflow::trigger::{FormField, TriggerKind};
use leptos::prelude::*;

pub fn shortcut(kind: Form<TriggerKind>) -> AnyView {
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
        title: words::form(),
        add: words::add_line(),
        hint: Some(words::form_hint()),
        most: 10,
    };
    let icons = words::icons().map(|(word, name)| (word.to_owned(), name.to_owned())).to_vec();
    view! {
        {kind
            .field("name", text::name(), |kind| match kind {
                TriggerKind::Shortcut { name, .. } => name.clone(),
                _ => String::new(),
            }, |kind, text| {
                if let TriggerKind::Shortcut { name, .. } = kind {
                    *name = text;
                }
            })
            .hint(words::shortcut_hint())
            .line()}
        {kind
            .field("description", words::description(), |kind| match kind {
                TriggerKind::Shortcut { description, .. } => description.clone(),
                _ => String::new(),
            }, |kind, text| {
                if let TriggerKind::Shortcut { description, .. } = kind {
                    *description = text;
                }
            })
            .line()}
        {kind
            .field("icon", words::icon(), |kind| match kind {
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
        {form.field("", words::label(), |line| line.label.clone(), |line, text| line.label = text).line()}
        {form.field("", words::variable(), |line| line.variable.clone(), |line, text| line.variable = text).line()}
        {form
            .field("", words::type_label(), |line| line.kind.as_str().to_owned(), |line, word| line.kind = word.parse().unwrap_or(FieldType::Text))
            .choice(kinds)}
        {move || is_list.get().then(|| form
            .field("", words::options(), |line| line.options.join("\n"), |line, text| {
                line.options = text.lines().map(str::to_owned).collect();
            })
            .hint(words::one_a_line())
            .area(3))}
        {form.switch("", words::required(), None, |line| line.required, |line, on| line.required = on)}
    }
    .into_any()
}
