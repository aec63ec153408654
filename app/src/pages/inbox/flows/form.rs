//! The form of a shortcut: what is answered becomes variables of the run.

use crate::api;
use crate::pages::inbox::thread::Open;
use crate::pages::settings::Doing;
use crate::parts::{Dialog, ProblemLine, input_type, while_asked};
use crate::text::{self, flows as words};
use domain::workflow::field::{Field, FieldKey, FieldType};
use domain::workflow::trigger::FormField;
use domain::workflow::value::Value;
use domain::workflow::view::Shortcut;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// A dialog with the form of a shortcut. What was typed stays until it has started.
#[component]
pub fn ShortcutForm(open: Open, shortcut: Shortcut, asked: RwSignal<Option<Shortcut>>) -> impl IntoView {
    let shown = while_asked(asked);
    let lines: Vec<Line> = shortcut.form.into_iter().map(Line::new).collect();
    let fields = lines.iter().enumerate().map(|(index, line)| line.clone().view(index)).collect_view();
    let lines = StoredValue::new(lines);
    let doing = Doing::nothing();
    let workflow = shortcut.workflow_id;
    let start = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(answers) = lines.with_value(|lines| answers(lines)) else { return };
        doing.run(api::start_shortcut(open.id, workflow, answers), move |run| {
            open.screen.toasts.say(words::started(&run.workflow));
            open.screen.put_run(&run);
            shown.set(false);
        });
    };
    let description = (!shortcut.description.is_empty()).then_some(shortcut.description);
    view! {
        <Dialog open=shown title=shortcut.name>
            <form class="form" novalidate=true on:submit=start>
                {description.map(|description| view! { <p dir="auto">{description}</p> })}
                {fields}
                <ProblemLine words=doing.problem />
                <footer>
                    <button class="button" type="button" data-size="32" on:click=move |_| shown.set(false)>{text::cancel()}</button>
                    <button class="button" type="submit" data-kind="primary" data-size="32" disabled=move || doing.busy.get()>{words::start()}</button>
                </footer>
            </form>
        </Dialog>
    }
}

/// One line of the form with what was typed, and what is wrong with it.
#[derive(Clone)]
struct Line {
    field: FormField,
    typed: RwSignal<String>,
    problem: RwSignal<Option<String>>,
}

impl Line {
    fn new(field: FormField) -> Self {
        Self { field, typed: RwSignal::new(String::new()), problem: RwSignal::new(None) }
    }

    fn view(self, index: usize) -> impl IntoView {
        let Self { field, typed, problem } = self;
        let id = format!("answer-{index}");
        let invalid = move || problem.with(Option::is_some).then_some("true");
        let input = match field.kind {
            FieldType::List | FieldType::Checkbox => {
                let options = if field.kind == FieldType::List {
                    field.options
                } else {
                    vec![words::yes().to_owned(), words::no().to_owned()]
                };
                let options = options.into_iter().map(|option| view! { <option value=option.clone()>{option.clone()}</option> });
                view! {
                    <select class="input" id=id.clone() aria-invalid=invalid on:change=move |event| typed.set(event_target_value(&event))>
                        <option value="">{words::choose()}</option>
                        {options.collect_view()}
                    </select>
                }
                .into_any()
            }
            FieldType::Text => view! {
                <textarea class="input" id=id.clone() rows="2" dir="auto" aria-invalid=invalid prop:value=move || typed.get() on:input=move |event| typed.set(event_target_value(&event))></textarea>
            }
            .into_any(),
            kind => view! {
                <input class="input" id=id.clone() type=input_type(kind) dir="auto" aria-invalid=invalid prop:value=move || typed.get() on:input=move |event| typed.set(event_target_value(&event)) />
            }
            .into_any(),
        };
        let label = if field.required { field.label } else { words::optional(&field.label) };
        view! {
            <div class="field">
                <label for=id dir="auto">{label}</label>
                {input}
                <ProblemLine words=problem />
            </div>
        }
    }
}

/// The answers by variable; nothing while one does not fit, which is then said beside it.
fn answers(lines: &[Line]) -> Option<BTreeMap<String, Value>> {
    let mut answers = BTreeMap::new();
    let mut fits = true;
    for line in lines {
        match answer(&line.field, &line.typed.get_untracked()) {
            Ok(value) => {
                line.problem.set(None);
                answers.insert(line.field.variable.clone(), value);
            }
            Err(words) => {
                line.problem.set(Some(words));
                fits = false;
            }
        }
    }
    fits.then_some(answers)
}

/// What was typed, as the line takes it.
fn answer(line: &FormField, typed: &str) -> Result<Value, String> {
    if typed.trim().is_empty() {
        return if line.required { Err(words::form_required().to_owned()) } else { Ok(Value::Null) };
    }
    let key = FieldKey::new(line.variable.as_str()).map_err(|error| error.to_string())?;
    let field =
        Field { key, name: String::new(), kind: line.kind, options: line.options.clone(), builtin: false };
    field.read(&typed.into()).map_err(|misfit| misfit.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(kind: FieldType, required: bool) -> FormField {
        FormField {
            label: "Summary".into(),
            variable: "summary".into(),
            kind,
            required,
            options: vec!["Finance".into()],
        }
    }

    #[test]
    fn an_answer_has_the_type_its_line_asks_for() {
        assert_eq!(answer(&line(FieldType::Number, true), " 39 "), Ok(Value::Number(39.0)));
        assert_eq!(answer(&line(FieldType::Checkbox, true), "Yes"), Ok(Value::Bool(true)));
        assert_eq!(answer(&line(FieldType::List, true), "Finance"), Ok("Finance".into()));
        assert!(answer(&line(FieldType::Email, true), "maya").unwrap_err().contains("e-mail"));
    }

    #[test]
    fn only_what_is_required_has_to_be_answered() {
        assert_eq!(answer(&line(FieldType::Text, false), "  "), Ok(Value::Null));
        assert_eq!(answer(&line(FieldType::Text, true), " "), Err(words::form_required().to_owned()));
    }
}
