//! What all runs moved in one intention stand before: published workflows, fields, business hours. Nobody changes it
//! while an intention moves runs, so it is read once, however many contacts come at once.

use super::ground;
use crate::desk::intention::Intention;
use domain::workflow::field::Field;
use domain::workflow::hours::Hours;
use domain::{ScheduleId, WorkflowId};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use store::workflows::{self, Record as Workflow};
use store::{Result, fields};

/// What was read so far.
#[derive(Default)]
pub struct Backdrop {
    workflows: HashMap<WorkflowId, Option<Arc<Workflow>>>,
    by_trigger: HashMap<&'static str, Vec<Arc<Workflow>>>,
    /// Whether they run, for those that were held.
    running: HashMap<WorkflowId, bool>,
    fields: Option<Arc<Vec<Field>>>,
    calendar: Option<Arc<Calendar>>,
}

/// The workspace's time zone and business hours.
pub struct Calendar {
    pub zone: String,
    pub schedules: BTreeMap<ScheduleId, Hours>,
}

/// A workflow, as it is in this transaction.
pub async fn workflow(intention: &mut Intention, id: WorkflowId) -> Result<Option<Arc<Workflow>>> {
    if let Some(known) = intention.backdrop().workflows.get(&id) {
        return Ok(known.clone());
    }
    let found = workflows::find(intention.tx(), id).await?.map(Arc::new);
    intention.backdrop().workflows.insert(id, found.clone());
    Ok(found)
}

/// The published workflows that a kind of trigger is about.
pub async fn for_trigger(intention: &mut Intention, word: &'static str) -> Result<Vec<Arc<Workflow>>> {
    if let Some(known) = intention.backdrop().by_trigger.get(word) {
        return Ok(known.clone());
    }
    let found = workflows::for_trigger(intention.tx(), word).await?;
    let found: Vec<_> = found.into_iter().map(Arc::new).collect();
    intention.backdrop().by_trigger.insert(word, found.clone());
    Ok(found)
}

/// Whether a workflow runs, and keeps doing so until this transaction ends.
pub async fn hold(intention: &mut Intention, id: WorkflowId) -> Result<bool> {
    if let Some(running) = intention.backdrop().running.get(&id) {
        return Ok(*running);
    }
    let running = workflows::hold(intention.tx(), id).await?;
    intention.backdrop().running.insert(id, running);
    Ok(running)
}

/// Every field of the workspace.
pub async fn fields(intention: &mut Intention) -> Result<Arc<Vec<Field>>> {
    if let Some(known) = &intention.backdrop().fields {
        return Ok(known.clone());
    }
    let all = Arc::new(fields::all(intention.tx()).await?);
    intention.backdrop().fields = Some(all.clone());
    Ok(all)
}

/// When the workspace works.
pub async fn calendar(intention: &mut Intention) -> Result<Arc<Calendar>> {
    if let Some(known) = &intention.backdrop().calendar {
        return Ok(known.clone());
    }
    let read = Arc::new(ground::calendar(intention.tx()).await?);
    intention.backdrop().calendar = Some(read.clone());
    Ok(read)
}
