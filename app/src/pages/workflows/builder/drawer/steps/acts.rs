//! Steps that do something inside: Assign To, tags and fields, opening and closing, notes, control.

use super::{contact_fields, form, named, some};
use crate::pages::workflows::builder::drawer::form::Form;
use crate::pages::workflows::builder::drawer::rows::Rows;
use crate::pages::workflows::builder::screen::Screen;
use crate::parts::Check;
use crate::text::builder as words;
use domain::workflow::field::FieldKey;
use domain::workflow::graph::StepId;
use domain::workflow::phrase::Phrase;
use domain::workflow::steps::assign::{AssignTo, Logic, Target};
use domain::workflow::steps::contact::{UpdateField, UpdateTag};
use domain::workflow::steps::control::ThreadControl;
use domain::workflow::steps::conversation::{AddComment, CloseConversation};
use domain::workflow::trigger::TagAction;
use domain::{AppId, PersonId, TeamId};
use leptos::prelude::*;

/// A step without settings.
pub fn explained(words: &'static str) -> AnyView {
    view! { <p class="hint">{words}</p> }.into_any()
}

fn target_word(target: &Target) -> &'static str {
    match target {
        Target::User { .. } => "user",
        Target::Team { .. } => "team",
        Target::Workspace { .. } => "workspace",
        Target::Unassign {} => "unassign",
    }
}

fn logic_of(target: &Target) -> Logic {
    match target {
        Target::Team { logic, .. } | Target::Workspace { logic } => *logic,
        Target::User { .. } | Target::Unassign {} => Logic::RoundRobin,
    }
}

pub fn assign(screen: Screen, id: StepId, step: AssignTo) -> AnyView {
    let form: Form<AssignTo> = form!(screen, id, step, AssignTo);
    let targets = words::targets().map(|(word, name)| (word.to_owned(), name.to_owned())).to_vec();
    let shape = Memo::new(move |_| form.value.with(|step| target_word(&step.to)));
    let who = move || match shape.get() {
        "user" => form
            .field(
                "person",
                words::person(),
                |step| match &step.to {
                    Target::User { person: Some(person) } => person.to_string(),
                    _ => String::new(),
                },
                |step, id| step.to = Target::User { person: id.parse::<PersonId>().ok() },
            )
            .choice(screen.around.with_value(|around| named(&around.people))),
        "team" => form
            .field(
                "team",
                words::team(),
                |step| match &step.to {
                    Target::Team { team: Some(team), .. } => team.to_string(),
                    _ => String::new(),
                },
                |step, id| {
                    step.to = Target::Team { team: id.parse::<TeamId>().ok(), logic: logic_of(&step.to) }
                },
            )
            .choice(screen.around.with_value(|around| named(&around.teams))),
        _ => ().into_any(),
    };
    let how = move || {
        matches!(shape.get(), "team" | "workspace").then(|| {
            form.field(
                "logic",
                words::logic(),
                |step| match logic_of(&step.to) {
                    Logic::RoundRobin => "round_robin".to_owned(),
                    Logic::LeastOpen => "least_open".to_owned(),
                },
                |step, word| {
                    let chosen = if word == "least_open" { Logic::LeastOpen } else { Logic::RoundRobin };
                    if let Target::Team { logic, .. } | Target::Workspace { logic } = &mut step.to {
                        *logic = chosen;
                    }
                },
            )
            .choice(words::logics().map(|(word, name)| (word.to_owned(), name.to_owned())).to_vec())
        })
    };
    let limits = move || {
        (shape.get() != "unassign").then(|| view! {
            {form.switch("online_only", words::online_only(), None, |step| step.online_only, |step, on| step.online_only = on)}
            {form
                .field("fewer_than", words::fewer_than(), |step| step.fewer_than.map(|most| most.to_string()).unwrap_or_default(), |step, most| step.fewer_than = most.parse().ok())
                .hint(words::fewer_than_hint())
                .number()}
            {form
                .field("timeout", words::somebody_within(), |step| step.timeout_ms.to_string(), |step, ms| step.timeout_ms = ms.parse().unwrap_or(0))
                .hint(words::queue_hint())
                .duration()}
        })
    };
    view! {
        {form
            .field("to", words::assign_to(), |step| target_word(&step.to).to_owned(), |step, word| {
                let logic = logic_of(&step.to);
                step.to = match word.as_str() {
                    "user" => Target::User { person: None },
                    "team" => Target::Team { team: None, logic },
                    "workspace" => Target::Workspace { logic },
                    _ => Target::Unassign {},
                };
            })
            .choice(targets)}
        {who}
        {how}
        {limits}
    }
    .into_any()
}

pub fn tag(screen: Screen, id: StepId, step: UpdateTag) -> AnyView {
    let form: Form<UpdateTag> = form!(screen, id, step, UpdateContactTag);
    let rows = Rows { name: "tags", title: words::tags(), add: words::add_tag(), hint: None, most: 10 };
    view! {
        {form
            .field("action", words::action(), |step| tag_word(step.action).to_owned(), |step, word| step.action = tag_action(&word))
            .choice(words::tag_actions().map(|(word, name)| (word.to_owned(), name.to_owned())).to_vec())}
        {form.tags(rows, |step| &step.tags, |step| &mut step.tags)}
    }
    .into_any()
}

/// The word of what happens to a tag.
pub fn tag_word(action: TagAction) -> &'static str {
    match action {
        TagAction::Added => "added",
        TagAction::Removed => "removed",
    }
}

/// What happens to a tag, by its word.
pub fn tag_action(word: &str) -> TagAction {
    if word == "removed" { TagAction::Removed } else { TagAction::Added }
}

pub fn field(screen: Screen, id: StepId, step: UpdateField) -> AnyView {
    let form: Form<UpdateField> = form!(screen, id, step, UpdateContactField);
    // A field that holds one of a few values takes one of them, and nothing that is typed.
    let options = Memo::new(move |_| {
        let key = form.value.with(|step| step.field.clone());
        screen.around.with_value(|around| {
            let field = around.fields.iter().find(|field| Some(&field.key) == key.as_ref());
            field.map(|field| field.options.clone()).unwrap_or_default()
        })
    });
    let value = move || {
        let line = form
            .field(
                "value",
                words::value(),
                |step| step.value.as_str().to_owned(),
                |step, text| {
                    step.value = Phrase::new(text);
                },
            )
            .hint(words::empties());
        let options = options.get();
        if options.is_empty() {
            return line.phrase(1);
        }
        let empty = (String::new(), words::emptied().to_owned());
        line.choice(std::iter::once(empty).chain(options.into_iter().map(|one| (one.clone(), one))).collect())
    };
    view! {
        {form
            .field("field", words::contact_field(), |step| step.field.as_ref().map(ToString::to_string).unwrap_or_default(), |step, key| step.field = FieldKey::new(key).ok())
            .choice(contact_fields(screen))}
        {value}
    }
    .into_any()
}

pub fn close(screen: Screen, id: StepId, step: CloseConversation) -> AnyView {
    let form: Form<CloseConversation> = form!(screen, id, step, CloseConversation);
    view! {
        {form
            .field("category", words::category(), |step| step.category.clone().unwrap_or_default(), |step, text| step.category = some(text))
            .line()}
        {form
            .field("summary", words::summary(), |step| step.summary.as_str().to_owned(), |step, text| step.summary = Phrase::new(text))
            .hint(words::closes())
            .phrase(2)}
    }
    .into_any()
}

pub fn comment(screen: Screen, id: StepId, step: AddComment) -> AnyView {
    let form: Form<AddComment> = form!(screen, id, step, AddComment);
    let people = screen.around.with_value(|around| around.people.clone());
    let people = people.into_iter().map(|(person, name)| {
        let on = Signal::derive(move || form.value.with(|step| step.mentions.contains(&person)));
        let set = Callback::new(move |on: bool| {
            form.edit("mentions", |step| {
                step.mentions.retain(|one| *one != person);
                step.mentions.extend(on.then_some(person));
            });
        });
        view! { <Check label=name on=on set=set /> }
    });
    view! {
        {form
            .field("text", words::note(), |step| step.text.as_str().to_owned(), |step, text| step.text = Phrase::new(text))
            .hint(words::note_hint())
            .phrase(3)}
        <fieldset class="field">
            <legend class="label">{words::mentions()}</legend>
            {people.collect_view()}
        </fieldset>
    }
    .into_any()
}

pub fn control(screen: Screen, id: StepId, step: ThreadControl) -> AnyView {
    let gives = matches!(step, ThreadControl::Give { .. });
    let form: Form<ThreadControl> = form!(screen, id, step, ThreadControl);
    if !gives {
        return form
            .field(
                "variable",
                words::variable(),
                |step| match step {
                    ThreadControl::GetOwner { variable } => variable.clone(),
                    _ => String::new(),
                },
                |step, name| *step = ThreadControl::GetOwner { variable: name },
            )
            .hint(words::owner_hint())
            .line();
    }
    let apps = screen.around.with_value(|around| {
        around.apps.iter().map(|app| (app.app.to_string(), app.name.clone())).collect::<Vec<_>>()
    });
    view! {
        {form
            .field("app", words::app(), |step| match step {
                ThreadControl::Give { app: Some(app), .. } => app.to_string(),
                _ => String::new(),
            }, |step, id| {
                if let ThreadControl::Give { app, .. } = step {
                    *app = some(id).map(AppId);
                }
            })
            .choice(apps)}
        {form
            .field("metadata", words::metadata(), |step| match step {
                ThreadControl::Give { metadata, .. } => metadata.as_str().to_owned(),
                _ => String::new(),
            }, |step, text| {
                if let ThreadControl::Give { metadata, .. } = step {
                    *metadata = Phrase::new(text);
                }
            })
            .hint(words::metadata_hint())
            .phrase(2)}
    }
    .into_any()
}
