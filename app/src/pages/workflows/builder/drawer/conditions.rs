//! Conditions: what is compared, how, and with what.

use super::fields::{errors, flaws_of};
use super::form::Form;
use crate::parts::Icon;
use crate::text::builder as words;
use domain::ScheduleId;
use domain::workflow::check;
use domain::workflow::condition::{Conditions, Join, MOST_CONDITIONS, Operator, Subject, Test};
use domain::workflow::field::FieldKey;
use domain::workflow::phrase::Phrase;
use domain::workflow::trigger::Source;
use leptos::prelude::*;

/// The most values of *any of*, *all of* and *none of* a line shows.
const MANY: usize = 10;

/// The form of conditions. Flaws about them are shown where they are: by the trigger or the branch.
pub fn conditions(form: Form<Conditions>) -> AnyView {
    let count = Memo::new(move |_| form.value.with(|all| all.tests.len()));
    let add = move |_: leptos::ev::MouseEvent| {
        let fresh = Test {
            subject: Subject::LastIncoming {},
            operator: Operator::Contains,
            values: vec![Phrase::default()],
        };
        form.edit("conditions", |all| all.tests.push(fresh));
    };
    let full = move || count.get() >= MOST_CONDITIONS;
    let join = move || {
        (count.get() > 1).then(|| {
            let join = |join: Join, name: &'static str| {
                view! {
                    <button
                        class="button"
                        type="button"
                        aria-pressed=move || form.value.with(|all| all.join == join).to_string()
                        on:click=move |_| form.edit("join", |all| all.join = join)
                    >
                        {name}
                    </button>
                }
            };
            view! { <div class="segments" role="group" aria-label=words::join()>{join(Join::And, words::all_of_them())}{join(Join::Or, words::one_of_them())}</div> }
        })
    };
    view! {
        <div class="conditions">
            {join}
            <For each=move || 0..count.get() key=|index| *index let(index)>
                {line(form, index)}
            </For>
            <button class="button" type="button" disabled=full on:click=add>
                <Icon name="plus" size=14 />
                {words::add_condition()}
            </button>
        </div>
    }
    .into_any()
}

/// The conditions of the trigger.
pub fn of_trigger(form: Form<Conditions>) -> AnyView {
    view! {
        <div class="field">
            <span class="label">{words::conditions()}</span>
            <div class="branch">{conditions(form)}</div>
            {errors(flaws_of(form.screen, form.at, "conditions"))}
            <small>{words::conditions_hint()}</small>
        </div>
    }
    .into_any()
}

fn line(all: Form<Conditions>, index: usize) -> AnyView {
    let value = Signal::derive(move || {
        all.value.with(|all| all.tests.get(index).cloned()).unwrap_or(Test {
            subject: Subject::LastIncoming {},
            operator: Operator::Exists,
            values: Vec::new(),
        })
    });
    let put = Callback::new(move |(_, test): (&'static str, Test)| {
        all.edit("conditions", |all| {
            if let Some(place) = all.tests.get_mut(index) {
                *place = test;
            }
        });
    });
    let form = Form::new(all.screen, all.at, value, put);
    let subject = Memo::new(move |_| form.value.with(|test| test.subject.clone()));
    let shape = Memo::new(move |_| form.value.with(|test| (test.subject.clone(), test.operator, many(test))));
    let remove = move |_| {
        all.edit("conditions", |all| {
            if index < all.tests.len() {
                all.tests.remove(index);
            }
        });
    };
    let pick_subject = Callback::new(move |word: String| {
        form.edit("subject", |test| {
            if let Some(subject) = words::subject_of(&word) {
                let operator = subject.operators().first().copied().unwrap_or(Operator::Exists);
                *test = Test { subject, operator, values: vec![Phrase::default(); operator.values()] };
            }
        });
    });
    let pick_operator = Callback::new(move |word: String| {
        form.edit("operator", |test| {
            let found = test.subject.operators().iter().copied();
            if let Some(operator) = found.into_iter().find(|one| words::operator_word(*one) == word) {
                test.operator = operator;
                test.values
                    .resize(operator.values().max(test.values.len().min(keeps(operator))), Phrase::default());
            }
        });
    });
    let subjects = words::subjects().map(|(word, name)| (word.to_owned(), name.to_owned())).to_vec();
    view! {
        <div class="test" role="group" aria-label=words::one_of(words::condition(), index + 1)>
            <div class="cluster">
                {select(words::what_is_compared(), subjects, Signal::derive(move || words::subject_word(&subject.get()).to_owned()), pick_subject)}
                <button class="button" type="button" data-icon="" aria-label=words::remove() title=words::remove() on:click=remove><Icon name="x" /></button>
            </div>
            {move || of_what(form, subject.get())}
            {move || {
                let operators = subject.with(|subject| subject.operators());
                let options = operators.iter().map(|one| (words::operator_word(*one).to_owned(), words::operator(*one).to_owned()));
                let now = Signal::derive(move || form.value.with(|test| words::operator_word(test.operator).to_owned()));
                select(words::comparison(), options.collect(), now, pick_operator)
            }}
            {move || { let (subject, operator, many) = shape.get(); with_what(form, &subject, operator, many) }}
        </div>
    }
    .into_any()
}

/// How many values a comparison can have.
fn keeps(operator: Operator) -> usize {
    match operator {
        Operator::AnyOf | Operator::AllOf | Operator::NoneOf => MANY,
        _ => operator.values(),
    }
}

/// How many values it has now, where that is up to its author.
fn many(test: &Test) -> usize {
    match test.operator {
        Operator::AnyOf | Operator::AllOf | Operator::NoneOf => test.values.len().max(1),
        operator => operator.values(),
    }
}

/// Which field, variable or schedule.
fn of_what(form: Form<Test>, subject: Subject) -> AnyView {
    let screen = form.screen;
    let (label, options, now) = match subject {
        Subject::ContactField { field } => {
            let fields = screen.around.with_value(|around| {
                around
                    .fields
                    .iter()
                    .map(|field| (field.key.to_string(), field.name.clone()))
                    .collect::<Vec<_>>()
            });
            (words::contact_field(), fields, field.to_string())
        }
        Subject::Variable { name } => {
            let variables = screen.graph.with_untracked(|graph| {
                screen.workspace.with_untracked(|here| check::variables(graph, here))
            });
            let own = variables.into_iter().filter(|(name, _)| !name.starts_with("contact."));
            let options = own.map(|(name, what)| (name.clone(), format!("${name}: {what}"))).collect();
            (words::variable(), options, name)
        }
        Subject::BusinessHours { schedule } => {
            let all = screen.around.with_value(|around| {
                around.schedules.iter().map(|one| (one.id.to_string(), one.name.clone())).collect::<Vec<_>>()
            });
            (words::schedule(), all, schedule.map(|id| id.to_string()).unwrap_or_default())
        }
        _ => return ().into_any(),
    };
    let put = Callback::new(move |chosen: String| {
        form.edit("of", |test| match &mut test.subject {
            Subject::ContactField { field } => {
                if let Ok(key) = FieldKey::new(chosen) {
                    *field = key;
                }
            }
            Subject::Variable { name } => *name = chosen,
            Subject::BusinessHours { schedule } => *schedule = chosen.parse::<ScheduleId>().ok(),
            _ => {}
        });
    });
    select(label, options, Signal::stored(now), put)
}

/// What it is compared with.
fn with_what(form: Form<Test>, subject: &Subject, operator: Operator, many: usize) -> AnyView {
    let known = known_values(form, subject);
    let since = matches!(subject, Subject::SinceIncoming {} | Subject::SinceOutgoing {});
    let duration = since && matches!(operator, Operator::Greater | Operator::Less | Operator::Between);
    let moment = since && !duration;
    let day = matches!(operator, Operator::After | Operator::Before | Operator::BetweenMoments);
    let hint = if day { words::day_value() } else { words::value() };
    let values = (0..many).map(move |index| {
        let now = Signal::derive(move || {
            form.value
                .with(|test| test.values.get(index).map(|one| one.as_str().to_owned()).unwrap_or_default())
        });
        let put = Callback::new(move |text: String| {
            form.edit("values", |test| {
                if test.values.len() <= index {
                    test.values.resize(index + 1, Phrase::default());
                }
                test.values[index] = Phrase::new(text);
            });
        });
        match (duration, moment) {
            (true, _) => length(form, now, put),
            (_, true) => super::fields::moment(words::value(), now, put),
            (false, false) => value(known.clone(), now, put, hint),
        }
    });
    let values = values.collect_view();
    let full = many >= MANY;
    let grows = keeps(operator) > operator.values();
    view! {
        {values}
        {grows.then(|| view! {
            <button class="button" type="button" disabled=full on:click=move |_| form.edit("more", |test| test.values.push(Phrase::default()))>
                <Icon name="plus" size=14 />
                {words::add_value()}
            </button>
        })}
    }
    .into_any()
}

/// A length of time.
fn length(form: Form<Test>, now: Signal<String>, put: Callback<String>) -> AnyView {
    let (screen, at, label) = (form.screen, form.at, words::how_long());
    super::fields::Field { screen, at, name: "", label, hint: None, value: now, put }.duration()
}

fn value(
    known: Option<Vec<(String, String)>>,
    now: Signal<String>,
    put: Callback<String>,
    hint: &'static str,
) -> AnyView {
    if let Some(known) = known {
        return select(words::value(), known, now, put);
    }
    view! {
        <input
            class="input"
            dir="auto"
            aria-label=words::value()
            placeholder=hint
            prop:value=move || now.get()
            on:input=move |event| put.run(event_target_value(&event))
        />
    }
    .into_any()
}

/// The values something can have, where there are only a few.
fn known_values(form: Form<Test>, subject: &Subject) -> Option<Vec<(String, String)>> {
    let of = |pairs: &[(&str, &str)]| {
        Some(pairs.iter().map(|(word, name)| ((*word).to_owned(), (*name).to_owned())).collect())
    };
    match subject {
        Subject::Window {} => of(&words::windows()),
        Subject::ControlOwner {} => of(&words::owners()),
        Subject::BusinessHours { .. } => of(&words::open_or_closed()),
        Subject::ConversationStatus {} => of(&words::statuses()),
        Subject::AssigneeStatus {} => of(&words::online_or_offline()),
        Subject::Variable { name } if name == "trigger.source" => Some(
            Source::ALL.map(|source| (source.as_str().to_owned(), words::source(source).to_owned())).to_vec(),
        ),
        Subject::Page {} => form.screen.around.with_value(|around| {
            Some(around.pages.iter().map(|page| (page.id.to_string(), page.name.clone())).collect())
        }),
        Subject::ContactField { field } => form.screen.around.with_value(|around| {
            let field = around.fields.iter().find(|one| one.key == *field)?;
            let options = field.options.iter().map(|one| (one.clone(), one.clone())).collect::<Vec<_>>();
            (!options.is_empty()).then_some(options)
        }),
        _ => None,
    }
}

/// A choice without a label of its own above it.
fn select(
    label: &'static str,
    options: Vec<(String, String)>,
    now: Signal<String>,
    put: Callback<String>,
) -> AnyView {
    let known: Vec<String> = options.iter().map(|(value, _)| value.clone()).collect();
    let none = move || now.with(|now| !known.contains(now));
    let options = options.into_iter().map(|(value, name)| {
        let own = value.clone();
        view! { <option value=value prop:selected=move || now.with(|now| *now == own)>{name}</option> }
    });
    let options = options.collect_view();
    view! {
        <select class="input" aria-label=label on:change=move |event| put.run(event_target_value(&event))>
            {move || none().then(|| view! { <option value="" prop:selected=true>{words::choose()}</option> })}
            {options}
        </select>
    }
    .into_any()
}
