//! Steps that ask other servers: HTTP Request and Add Google Sheets Row.

use super::{form, some, to_connections};
use crate::pages::workflows::builder::drawer::form::Form;
use crate::pages::workflows::builder::drawer::rows::Rows;
use crate::pages::workflows::builder::screen::Screen;
use crate::text::builder as words;
use domain::workflow::graph::StepId;
use domain::workflow::phrase::Phrase;
use domain::workflow::steps::http::{Header, HttpRequest, MOST_LINES, Method};
use domain::workflow::steps::sheet::{AddSheetRow, Column};
use domain::workflow::trigger::Mapping;
use leptos::prelude::*;

const METHODS: [Method; 5] = [Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete];

pub fn http(screen: Screen, id: StepId, step: HttpRequest) -> AnyView {
    let form: Form<HttpRequest> = form!(screen, id, step, HttpRequest);
    let headers = Rows {
        name: "headers",
        title: words::headers(),
        add: words::add_header(),
        hint: None,
        most: MOST_LINES,
    };
    let methods = METHODS.map(|method| (method.as_str().to_owned(), method.as_str().to_owned())).to_vec();
    let has_body = Memo::new(move |_| form.value.with(|step| step.method.has_body()));
    view! {
        {form
            .field("method", words::method(), |step| step.method.as_str().to_owned(), |step, word| {
                step.method = METHODS.into_iter().find(|method| method.as_str() == word).unwrap_or(Method::Get);
            })
            .choice(methods)}
        {form
            .field("url", words::address(), |step| step.url.as_str().to_owned(), |step, text| step.url = Phrase::new(text))
            .phrase(2)}
        {form.rows(
            headers,
            |step| &step.headers,
            |step| &mut step.headers,
            || Header { name: String::new(), value: Phrase::default() },
            |form| view! {
                {form.field("", words::header_name(), |one| one.name.clone(), |one, text| one.name = text).line()}
                {form.field("", words::value(), |one| one.value.as_str().to_owned(), |one, text| one.value = Phrase::new(text)).phrase(1)}
            }.into_any(),
        )}
        {move || has_body.get().then(|| view! {
            {form
                .field("content_type", words::content_type(), |step| step.content_type.clone().unwrap_or_default(), |step, text| step.content_type = some(text))
                .hint(words::content_type_hint())
                .suggested(vec!["application/json".into(), "application/x-www-form-urlencoded".into(), "text/plain".into()])}
            {form
                .field("body", words::body(), |step| step.body.as_str().to_owned(), |step, text| step.body = Phrase::new(text))
                .phrase(5)}
        })}
        {mappings(form.part("mappings", |step| &step.mappings, |step| &mut step.mappings))}
        {form
            .field("save_status", words::save_status(), |step| step.save_status.clone().unwrap_or_default(), |step, text| step.save_status = some(text))
            .line()}
    }
    .into_any()
}

/// Parts of a JSON text and the variables they become.
pub fn mappings(form: Form<Vec<Mapping>>) -> AnyView {
    let rows = Rows {
        name: "mappings",
        title: words::mappings(),
        add: words::add_mapping(),
        hint: Some(words::mappings_hint()),
        most: MOST_LINES,
    };
    form.rows(
        rows,
        |all| all,
        |all| all,
        || Mapping { path: String::new(), variable: String::new() },
        |form| {
            view! {
                {form.field("", words::path(), |one| one.path.clone(), |one, text| one.path = text).line()}
                {form.field("", words::variable(), |one| one.variable.clone(), |one, text| one.variable = text).line()}
            }
            .into_any()
        },
    )
}

pub fn sheet(screen: Screen, id: StepId, step: AddSheetRow) -> AnyView {
    let form: Form<AddSheetRow> = form!(screen, id, step, AddSheetRow);
    let accounts = screen.around.with_value(|around| around.accounts.clone());
    let accounts = accounts.into_iter().map(|name| (name.clone(), name)).collect();
    let columns =
        Rows { name: "columns", title: words::columns(), add: words::add_column(), hint: None, most: 26 };
    view! {
        {form
            .field("account", words::account(), |step| step.account.clone().unwrap_or_default(), |step, name| step.account = some(name))
            .choice(accounts)}
        {to_connections(screen, id, "account")}
        {form
            .field("spreadsheet", words::spreadsheet(), |step| step.spreadsheet.clone(), |step, text| step.spreadsheet = text)
            .hint(words::spreadsheet_hint())
            .line()}
        {form.field("sheet", words::sheet(), |step| step.sheet.clone(), |step, text| step.sheet = text).line()}
        {form.rows(
            columns,
            |step| &step.columns,
            |step| &mut step.columns,
            || Column { name: String::new(), value: Phrase::default() },
            |form| view! {
                {form.field("", words::column(), |one| one.name.clone(), |one, text| one.name = text).line()}
                {form.field("", words::value(), |one| one.value.as_str().to_owned(), |one, text| one.value = Phrase::new(text)).phrase(1)}
            }.into_any(),
        )}
    }
    .into_any()
}
