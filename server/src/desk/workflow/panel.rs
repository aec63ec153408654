//! What an agent sees and does beside a conversation.

use super::{start, told, turns};
use crate::desk::intention::Intention;
use crate::desk::{Refusal, sight};
use crate::node::Node;
use app::api::{ConversationRuns, Startable, StayedOut, Stopping};
use domain::person::{Act, Actor};
use domain::workflow::field::Field;
use domain::workflow::happening::Happening;
use domain::workflow::run::{NonStart, Reason};
use domain::workflow::trigger::{FormField, TriggerKind};
use domain::workflow::value::Value;
use domain::workflow::view::{RunView, Shortcut};
use domain::{ConversationId, RunId, WorkflowId};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::runs::Record;
use store::{Tx, changes, runs, workflows};

/// How many runs are looked back at.
const LOOK_BACK: i64 = 80;
/// How many ended runs are shown.
const ENDED: usize = 50;
/// How many reasons for staying out are shown.
const STAYED_OUT: i64 = 20;

/// What workflows do for one contact (WF-36, B-9).
pub async fn of(node: &Node, actor: &Actor, id: ConversationId) -> Result<ConversationRuns, Refusal> {
    let mut tx = node.db.snapshot().await?;
    let record = sight::find(&mut tx, actor, id).await?;
    let manages = actor.may(Act::Configure);
    let as_of = changes::last(&mut tx).await?;
    let records = runs::of(&mut tx, id, LOOK_BACK).await?;
    let all = views(&mut tx, records).await?;
    let (ended, going): (Vec<RunView>, Vec<RunView>) = all.into_iter().partition(RunView::is_over);
    let published = workflows::published(&mut tx).await?;
    let in_it = |id: WorkflowId| going.iter().any(|run| run.workflow_id == id && !run.test);
    let trigger = |one: &workflows::Record| one.graph.trigger.as_ref().map(|trigger| trigger.kind.clone());
    let startable = published.iter().filter(|one| !in_it(one.id)).map(|one| Startable {
        workflow_id: one.id,
        name: one.name.clone(),
        trigger: trigger(one).map_or_else(String::new, |kind| kind.name().to_owned()),
    });
    let startable = startable.collect();
    let shortcuts = published.iter().filter(|one| !in_it(one.id)).filter_map(shortcut).collect();
    let stayed_out = match manages {
        true => stayed_out(&mut tx, &record).await?,
        false => Vec::new(),
    };
    Ok(ConversationRuns {
        ongoing: going.into_iter().filter(|run| manages || run.may_be_stopped).collect(),
        published: startable,
        shortcuts,
        ended: ended.into_iter().take(ENDED).collect(),
        stayed_out,
        may_open_runs: manages,
        as_of,
        now: node.clock.now(),
    })
}

async fn views(tx: &mut Tx, records: Vec<Record>) -> store::Result<Vec<RunView>> {
    let mut views = Vec::with_capacity(records.len());
    for record in records {
        views.extend(told::find(tx, &record).await?);
    }
    Ok(views)
}

fn shortcut(record: &workflows::Record) -> Option<Shortcut> {
    match record.graph.trigger.as_ref().map(|trigger| &trigger.kind)? {
        TriggerKind::Shortcut { icon, name, description, form } => Some(Shortcut {
            workflow_id: record.id,
            icon: icon.clone(),
            name: name.clone(),
            description: description.clone(),
            form: form.clone(),
        }),
        _ => None,
    }
}

async fn stayed_out(tx: &mut Tx, record: &store::conversations::Record) -> store::Result<Vec<StayedOut>> {
    let mut stayed_out = Vec::new();
    for (workflow_id, at, why) in runs::non_starts(tx, record.contact, STAYED_OUT).await? {
        if let Some(workflow) = workflows::find(tx, workflow_id).await? {
            stayed_out.push(StayedOut { workflow_id, name: workflow.name, at, why });
        }
    }
    Ok(stayed_out)
}

/// Ends one run for this contact, wherever it is (WF-32). The second of two is told that it had ended.
pub async fn stop(
    node: &Arc<Node>,
    actor: &Actor,
    id: ConversationId,
    run: RunId,
) -> Result<Stopping, Refusal> {
    let mut intention = Intention::begin(node).await?;
    sight::lock(&mut intention, actor, id).await?;
    let record = runs::lock(intention.tx(), run).await?.filter(|record| record.run.conversation == id);
    let mut record = record.ok_or(Refusal::Gone)?;
    let view = told::find(intention.tx(), &record).await?.ok_or(Refusal::Gone)?;
    if view.is_over() {
        return Ok(Stopping { run: view, already: true });
    }
    if !view.may_be_stopped {
        let message = format!("“{}” may not be stopped for a single contact.", view.workflow);
        return Err(Refusal::Invalid { message });
    }
    let reason = Reason::StoppedForContact { by: actor.name().to_owned() };
    let ended = turns::end(&mut intention, &mut record, reason).await?;
    let now_over = runs::find(intention.tx(), run).await?.ok_or(Refusal::Gone)?;
    let run = told::find(intention.tx(), &now_over).await?.ok_or(Refusal::Gone)?;
    if ended {
        let detail = json!({ "workflow": run.workflow });
        intention.audit(actor, "run.stopped", Some(id), detail).await?;
    }
    intention.commit().await?;
    Ok(Stopping { run, already: !ended })
}

/// Starts a workflow by its shortcut.
pub async fn start(
    node: &Arc<Node>,
    actor: &Actor,
    id: ConversationId,
    workflow: WorkflowId,
    answers: BTreeMap<String, Value>,
) -> Result<RunView, Refusal> {
    let mut intention = Intention::begin(node).await?;
    sight::lock(&mut intention, actor, id).await?;
    let workflow = workflows::find(intention.tx(), workflow).await?.ok_or(Refusal::Gone)?;
    let form = match workflow.graph.trigger.as_ref().map(|trigger| &trigger.kind) {
        Some(TriggerKind::Shortcut { form, .. }) => form.clone(),
        _ => return invalid(format!("“{}” has no shortcut.", workflow.name)),
    };
    let answers = filled_in(&form, &answers)?;
    let name = workflow.name.clone();
    let found = Happening::Shortcut { answers }.variables();
    let entered = start::enter(&mut intention, id, Arc::new(workflow), found).await?;
    let run = match entered {
        Ok(run) => run,
        Err(start::Refused::NotRunning) => {
            return invalid(format!("“{name}” does not run any more. Nothing was started."));
        }
        Err(start::Refused::StaysOut(why)) => return invalid(format!("“{name}”: {}", words(&why))),
    };
    intention.audit(actor, "run.started", Some(id), json!({ "workflow": name })).await?;
    let record = runs::find(intention.tx(), run).await?.ok_or(Refusal::Gone)?;
    let view = told::find(intention.tx(), &record).await?.ok_or(Refusal::Gone)?;
    intention.commit().await?;
    Ok(view)
}

fn invalid<T>(message: String) -> Result<T, Refusal> {
    Err(Refusal::Invalid { message })
}

const fn words(why: &NonStart) -> &'static str {
    match why {
        NonStart::ConditionsNotMet { .. } => "its conditions do not hold for this contact.",
        NonStart::AlreadyEnrolled {} => "this contact is in it already.",
        NonStart::OncePerContact {} => "this contact has been in it, and everybody enters once.",
    }
}

/// The answers of a form, each of its kind. What nobody asked for is refused.
fn filled_in(
    form: &[FormField],
    answers: &BTreeMap<String, Value>,
) -> Result<BTreeMap<String, Value>, Refusal> {
    if let Some(strange) = answers.keys().find(|name| form.iter().all(|line| line.variable != **name)) {
        return invalid(format!("The form has no line “{strange}”."));
    }
    let mut filled = BTreeMap::new();
    for line in form {
        let written = answers.get(&line.variable).cloned().unwrap_or_default();
        if written.is_empty() && line.required {
            return invalid(format!("“{}” has to be filled in.", line.label));
        }
        let value = as_field(line)
            .map_or(Ok(written.clone()), |field| field.read(&written))
            .map_err(|misfit| Refusal::Invalid { message: format!("“{}”: {misfit}", line.label) })?;
        filled.insert(line.variable.clone(), value);
    }
    Ok(filled)
}

/// A line of a form reads answers like a contact field of its kind.
fn as_field(line: &FormField) -> Option<Field> {
    let key = domain::workflow::field::FieldKey::new(line.variable.as_str()).ok()?;
    Some(Field {
        key,
        name: line.label.clone(),
        kind: line.kind,
        options: line.options.clone(),
        builtin: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::workflow::field::FieldType;

    fn form() -> Vec<FormField> {
        let line = |variable: &str, kind, required, options: &[&str]| FormField {
            label: variable.to_uppercase(),
            variable: variable.into(),
            kind,
            required,
            options: options.iter().map(|option| (*option).to_owned()).collect(),
        };
        vec![
            line("team", FieldType::List, true, &["Finance", "Support"]),
            line("due", FieldType::Date, false, &[]),
        ]
    }

    #[test]
    fn a_form_takes_what_it_asks_for_and_nothing_else() {
        let answers = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect()
        };
        let filled = filled_in(&form(), &answers(&[("team", "support"), ("due", "24.12.2026")])).unwrap();
        assert_eq!(filled["team"], "Support".into());
        assert_eq!(filled["due"], "2026-12-24".into());
        for wrong in [&[("due", "2026-12-24")][..], &[("team", "Sales")], &[("team", "Support"), ("x", "1")]]
        {
            assert!(filled_in(&form(), &answers(wrong)).is_err(), "{wrong:?}");
        }
    }
}
