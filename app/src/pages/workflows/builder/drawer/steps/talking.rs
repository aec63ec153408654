//! Send a Message, Ask a Question, Wait for a Response, AI Agent.

use super::{contact_fields, form, some, to_connections};
use crate::pages::workflows::builder::drawer::content;
use crate::pages::workflows::builder::drawer::form::Form;
use crate::pages::workflows::builder::drawer::rows::Rows;
use crate::pages::workflows::builder::screen::Screen;
use crate::text::builder as words;
use domain::workflow::field::FieldKey;
use domain::workflow::graph::StepId;
use domain::workflow::phrase::Phrase;
use domain::workflow::steps::agent::{AiAgent, Outcome};
use domain::workflow::steps::question::{AnswerKind, AskQuestion, MOST_OPTIONS, WaitForResponse};
use domain::workflow::steps::send::SendMessage;
use leptos::prelude::*;

pub fn send(screen: Screen, id: StepId, step: SendMessage) -> AnyView {
    let form: Form<SendMessage> = form!(screen, id, step, SendMessage);
    content::content(form.part("text", |step| &step.content, |step| &mut step.content), true)
}

pub fn ask(screen: Screen, id: StepId, step: AskQuestion) -> AnyView {
    let form: Form<AskQuestion> = form!(screen, id, step, AskQuestion);
    let kinds = words::answers().map(|(word, name)| (word.to_owned(), name.to_owned())).to_vec();
    let kind = Memo::new(move |_| form.value.with(|step| std::mem::discriminant(&step.kind)));
    let fields = contact_fields(screen);
    let fitting = move || {
        // Only fields that can hold the answer are offered (WF-79).
        form.value.with(|step| {
            screen.around.with_value(|around| {
                let fitting = around.fields.iter().filter(|field| step.kind.fits(field.kind));
                fitting.map(|field| (field.key.to_string(), field.name.clone())).collect::<Vec<_>>()
            })
        })
    };
    let save = move || {
        kind.get();
        let now = form.value.with_untracked(|step| step.save.field.as_ref().map(ToString::to_string));
        let mut options = vec![(String::new(), words::not_saved().to_owned())];
        options.extend(untrack(fitting));
        // A field that does not fit stays visible, with what is wrong below it.
        let misfit = now.filter(|now| options.iter().all(|(key, _)| key != now));
        options.extend(misfit.and_then(|now| fields.iter().find(|(key, _)| *key == now).cloned()));
        form.field(
            "field",
            words::save_field(),
            |step| step.save.field.as_ref().map(ToString::to_string).unwrap_or_default(),
            |step, key| step.save.field = FieldKey::new(key).ok(),
        )
        .choice(options)
    };
    view! {
        {content::content(form.part("text", |step| &step.content, |step| &mut step.content), false)}
        {form
            .field("kind", words::answer(), |step| words::answer_word(&step.kind).to_owned(), |step, word| {
                if let Some(kind) = words::answer_of(&word) {
                    step.kind = kind;
                }
            })
            .choice(kinds)}
        {move || { kind.get(); details(form) }}
        {save}
        {form
            .field("variable", words::save_variable(), |step| step.save.variable.clone().unwrap_or_default(), |step, name| step.save.variable = some(name))
            .hint(words::variable_hint())
            .line()}
        {move || {
            kind.get();
            let choice = form.value.with_untracked(|step| matches!(step.kind, AnswerKind::MultipleChoice { .. }) || step.save.as_tag);
            choice.then(|| form.switch("tag", words::save_tag(), None, |step| step.save.as_tag, |step, on| step.save.as_tag = on))
        }}
        {form
            .field("timeout", words::answer_within(), |step| step.timeout_ms.to_string(), |step, ms| step.timeout_ms = ms.parse().unwrap_or(0))
            .hint(words::at_most_a_week())
            .duration()}
    }
    .into_any()
}

/// What some kinds of answer need besides.
fn details(form: Form<AskQuestion>) -> AnyView {
    let kind = form.value.with_untracked(|step| step.kind.clone());
    match kind {
        AnswerKind::MultipleChoice { .. } => {
            let rows = Rows {
                name: "options",
                title: words::options(),
                add: words::add_option(),
                hint: Some(words::options_hint()),
                most: MOST_OPTIONS,
            };
            // The list is a part of one variant only; an empty one stands in for the others.
            let options = Form::new(
                form.screen,
                form.at,
                Signal::derive(move || form.value.with(|step| Choices::of(&step.kind))),
                Callback::new(move |(_, choices): (&'static str, Choices)| {
                    form.edit("options", |step| {
                        if let AnswerKind::MultipleChoice { options } = &mut step.kind {
                            *options = choices.0;
                        }
                    });
                }),
            );
            options.texts(rows, |choices| &choices.0, |choices| &mut choices.0)
        }
        AnswerKind::Number { .. } => view! {
            {form
                .field("min", words::smallest(), |step| limit(step, true), |step, text| set_limit(step, true, &text))
                .number()}
            {form
                .field("number", words::largest(), |step| limit(step, false), |step, text| set_limit(step, false, &text))
                .number()}
        }
        .into_any(),
        AnswerKind::Text {}
        | AnswerKind::Date {}
        | AnswerKind::Phone {}
        | AnswerKind::Email {}
        | AnswerKind::Url {}
        | AnswerKind::Rating {}
        | AnswerKind::Location {} => ().into_any(),
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Choices(Vec<String>);

impl Choices {
    fn of(kind: &AnswerKind) -> Self {
        match kind {
            AnswerKind::MultipleChoice { options } => Self(options.clone()),
            _ => Self(Vec::new()),
        }
    }
}

fn limit(step: &AskQuestion, lower: bool) -> String {
    match step.kind {
        AnswerKind::Number { min, max } => {
            let limit = if lower { min } else { max };
            limit.map(|limit| limit.to_string()).unwrap_or_default()
        }
        _ => String::new(),
    }
}

fn set_limit(step: &mut AskQuestion, lower: bool, text: &str) {
    if let AnswerKind::Number { min, max } = &mut step.kind {
        *(if lower { min } else { max }) = text.parse().ok();
    }
}

pub fn wait_for_response(screen: Screen, id: StepId, step: WaitForResponse) -> AnyView {
    let form: Form<WaitForResponse> = form!(screen, id, step, WaitForResponse);
    view! {
        {form
            .field("variable", words::save_variable(), |step| step.variable.clone().unwrap_or_default(), |step, name| step.variable = some(name))
            .hint(words::variable_hint())
            .line()}
        {form
            .field("timeout", words::answer_within(), |step| step.timeout_ms.to_string(), |step, ms| step.timeout_ms = ms.parse().unwrap_or(0))
            .hint(words::at_most_a_week())
            .duration()}
    }
    .into_any()
}

pub fn agent(screen: Screen, id: StepId, step: AiAgent) -> AnyView {
    let form: Form<AiAgent> = form!(screen, id, step, AiAgent);
    let connections = screen.around.with_value(|around| around.connections.clone());
    let connections = connections.into_iter().map(|name| (name.clone(), name)).collect();
    let outcomes =
        Rows { name: "save", title: words::finds_out(), add: words::add_outcome(), hint: None, most: 10 };
    let fresh = || Outcome { what: String::new(), variable: String::new(), field: None };
    view! {
        {form
            .field("connection", words::ai_connection(), |step| step.connection.clone().unwrap_or_default(), |step, name| step.connection = some(name))
            .choice(connections)}
        {to_connections(screen, id, "connection")}
        {form
            .field("objective", words::objective(), |step| step.objective.clone(), |step, text| step.objective = text)
            .area(2)}
        {form
            .field("instructions", words::instructions(), |step| step.instructions.as_str().to_owned(), |step, text| step.instructions = Phrase::new(text))
            .phrase(6)}
        {form
            .field("knowledge", words::knowledge(), |step| step.knowledge.clone(), |step, text| step.knowledge = text)
            .hint(words::knowledge_hint())
            .area(4)}
        {form
            .field("hand_over", words::hands_over(), |step| step.hand_over.clone(), |step, text| step.hand_over = text)
            .hint(words::hands_over_hint())
            .area(2)}
        {form.rows(outcomes, |step| &step.save, |step| &mut step.save, fresh, outcome)}
        {form
            .field("timeout", words::answer_within(), |step| step.timeout_ms.to_string(), |step, ms| step.timeout_ms = ms.parse().unwrap_or(0))
            .hint(words::at_most_a_week())
            .duration()}
    }
    .into_any()
}

fn outcome(form: Form<Outcome>) -> AnyView {
    let mut fields = vec![(String::new(), words::not_saved().to_owned())];
    fields.extend(contact_fields(form.screen));
    view! {
        {form.field("", words::what(), |one| one.what.clone(), |one, text| one.what = text).line()}
        {form.field("", words::variable(), |one| one.variable.clone(), |one, text| one.variable = text).line()}
        {form
            .field(
                "",
                words::save_field(),
                |one| one.field.as_ref().map(ToString::to_string).unwrap_or_default(),
                |one, key| one.field = FieldKey::new(key).ok(),
            )
            .choice(fields)}
    }
    .into_any()
}
