//! The list of workflows: making, copying, naming, deleting.

use super::check::{flaws, surroundings};
use super::{eject, told};
use crate::desk::Refusal;
use crate::desk::intention::Intention;
use crate::node::Node;
use app::api::workflows::{Naming, TemplatePreview, Workflows};
use domain::person::Actor;
use domain::workflow::check::Workspace;
use domain::workflow::gallery;
use domain::workflow::graph::Graph;
use domain::workflow::run::Reason;
use domain::workflow::settings::Settings;
use domain::workflow::status::Status;
use domain::workflow::transfer::{self, MOST_NAME};
use domain::workflow::view::{BROKEN_FOR, Breakdown, EDITS_FOR, Editor, MOST_WORKFLOWS, RunNow, WorkflowRow};
use domain::{Timestamp, WorkflowId};
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;
use store::workflows::{self, Record};
use store::{Tx, deleted_workflows, pages, runs};

/// The most characters of a description.
const MOST_DESCRIPTION: usize = 1_000;

/// Every workflow, by name.
pub async fn all(node: &Node) -> Result<Workflows, Refusal> {
    let mut tx = node.db.snapshot().await?;
    let now = node.clock.now();
    let aside = Aside::read(&mut tx, now).await?;
    let mut items = Vec::new();
    for record in workflows::all(&mut tx).await? {
        items.push(shown(&mut tx, &record, &aside).await?);
    }
    Ok(Workflows { items, most: MOST_WORKFLOWS, now })
}

/// One of them.
pub async fn row(node: &Node, id: WorkflowId) -> Result<WorkflowRow, Refusal> {
    row_in(&mut node.db.snapshot().await?, id, node.clock.now()).await
}

/// The same within a transaction.
pub async fn row_in(tx: &mut Tx, id: WorkflowId, now: Timestamp) -> Result<WorkflowRow, Refusal> {
    let record = workflows::find(tx, id).await?.ok_or(Refusal::Gone)?;
    let aside = Aside::read(tx, now).await?;
    Ok(shown(tx, &record, &aside).await?)
}

/// What a line of the list says besides the workflow itself.
struct Aside {
    workspace: Workspace,
    running: Vec<(WorkflowId, i64)>,
    broken: Vec<runs::Record>,
    editors: Vec<(WorkflowId, Editor)>,
}

impl Aside {
    async fn read(tx: &mut Tx, now: Timestamp) -> store::Result<Self> {
        Ok(Self {
            workspace: surroundings(tx).await?.workspace(),
            running: runs::running(tx).await?,
            broken: runs::broken(tx, now - BROKEN_FOR).await?,
            editors: workflows::editors(tx, now - EDITS_FOR).await?,
        })
    }
}

async fn shown(tx: &mut Tx, record: &Record, aside: &Aside) -> store::Result<WorkflowRow> {
    let id = record.id;
    let places: BTreeSet<_> =
        flaws(&record.graph, &aside.workspace).into_iter().map(|flaw| flaw.at).collect();
    let editors = aside.editors.iter().filter(|(one, _)| *one == id).map(|(_, editor)| editor.clone());
    Ok(WorkflowRow {
        id,
        name: record.name.clone(),
        description: record.description.clone(),
        status: record.status,
        settings: record.settings,
        trigger: record.graph.trigger.as_ref().map(|trigger| trigger.kind.name().to_owned()),
        steps: record.graph.steps.len(),
        incomplete: places.len(),
        running: aside.running.iter().find(|(one, _)| *one == id).map_or(0, |(_, count)| *count),
        revision: record.revision,
        created_by: record.created_by.clone(),
        created_at: record.created_at,
        published_by: record.published_by.clone(),
        published_at: record.published_at,
        last_error: match aside.broken.iter().find(|one| one.run.workflow == id) {
            Some(broken) => breakdown(tx, broken).await?,
            None => None,
        },
        editors: editors.collect(),
    })
}

async fn breakdown(tx: &mut Tx, record: &runs::Record) -> store::Result<Option<Box<Breakdown>>> {
    let run = told::find(tx, record).await?;
    Ok(run.and_then(|run| match run.now {
        RunNow::Ended { at, reason, name } => Some(Box::new(Breakdown { run: run.id, at, reason, name })),
        RunNow::Going { .. } | RunNow::Waiting { .. } => None,
    }))
}

/// Makes an empty draft.
pub async fn create(node: &Arc<Node>, actor: &Actor, naming: Naming) -> Result<WorkflowRow, Refusal> {
    let naming = checked(naming)?;
    let new = New { naming, settings: Settings::default(), graph: Graph::default() };
    add(node, actor, "workflow.created", |_| Ok(new)).await
}

/// A template as it looks in this workspace.
pub async fn template(node: &Arc<Node>, key: &str) -> Result<TemplatePreview, Refusal> {
    let template = gallery::find(key).ok_or(Refusal::Gone)?;
    let here = surroundings(&mut node.db.snapshot().await?).await?.workspace();
    Ok(TemplatePreview::of(&template, &here))
}

/// Makes a draft of a template.
pub async fn from_template(node: &Arc<Node>, actor: &Actor, key: &str) -> Result<WorkflowRow, Refusal> {
    let template = gallery::find(key).ok_or(Refusal::Gone)?;
    let pages = pages::all(&mut node.db.snapshot().await?).await?;
    let here = pages.into_iter().map(|page| page.page.id).next();
    add(node, actor, "workflow.created", |taken| {
        let name = transfer::free_name(template.name, taken);
        let naming = Naming { name, description: template.purpose.to_owned() };
        let mut graph = (template.build)();
        if let Some(page) = &here {
            gallery::settle_on(&mut graph, page);
        }
        Ok(New { naming, settings: Settings::default(), graph })
    })
    .await
}

/// Copies a workflow into a draft (WF-38).
pub async fn duplicate(node: &Arc<Node>, actor: &Actor, id: WorkflowId) -> Result<WorkflowRow, Refusal> {
    let original = workflows::find(&mut node.db.snapshot().await?, id).await?.ok_or(Refusal::Gone)?;
    add(node, actor, "workflow.cloned", |taken| {
        let name = transfer::clone_name(&original.name, taken);
        let naming = Naming { name, description: original.description.clone() };
        Ok(New { naming, settings: original.settings, graph: original.graph.clone() })
    })
    .await
}

/// What a new workflow begins with.
pub struct New {
    pub naming: Naming,
    pub settings: Settings,
    pub graph: Graph,
}

/// Adds a draft, if there is room for one more (WF-07). `make` is told which names are taken.
pub async fn add(
    node: &Arc<Node>,
    actor: &Actor,
    act: &str,
    make: impl FnOnce(&dyn Fn(&str) -> bool) -> Result<New, Refusal>,
) -> Result<WorkflowRow, Refusal> {
    let mut intention = Intention::begin(node).await?;
    if workflows::count(intention.tx()).await? >= MOST_WORKFLOWS {
        let message = "There are 100 workflows already, and more are not possible. Delete one first.".into();
        return Err(Refusal::Invalid { message });
    }
    let names = workflows::all(intention.tx()).await?.into_iter().map(|one| one.name.trim().to_lowercase());
    let names: BTreeSet<String> = names.collect();
    let new = make(&|name: &str| names.contains(&name.trim().to_lowercase()))?;
    let record = Record {
        id: WorkflowId(node.clock.id()),
        name: new.naming.name,
        description: new.naming.description,
        status: Status::Draft,
        settings: new.settings,
        graph: new.graph,
        revision: 1,
        version: 0,
        created_by: actor.name().to_owned(),
        created_at: intention.now(),
        published_by: None,
        published_at: None,
    };
    match workflows::add(intention.tx(), &record).await {
        Err(store::Error::Conflict) => return Err(taken(&record.name)),
        added => added?,
    }
    intention.audit(actor, act, None, json!({ "workflow": record.name })).await?;
    intention.workflows_changed();
    let now = intention.now();
    let row = row_in(intention.tx(), record.id, now).await?;
    intention.commit().await?;
    Ok(row)
}

fn taken(name: &str) -> Refusal {
    Refusal::Invalid { message: format!("There is a workflow “{name}” already. Choose another name.") }
}

/// A name and description that can be kept.
fn checked(naming: Naming) -> Result<Naming, Refusal> {
    let name: String = naming.name.chars().filter(|letter| !letter.is_control()).collect();
    let (name, description) = (name.trim().to_owned(), naming.description.trim().to_owned());
    let length = name.chars().count();
    if length == 0 || length > MOST_NAME {
        let message = format!("A workflow's name has 1 to {MOST_NAME} characters.");
        return Err(Refusal::Invalid { message });
    }
    if description.chars().count() > MOST_DESCRIPTION {
        let message = format!("A description has at most {MOST_DESCRIPTION} characters.");
        return Err(Refusal::Invalid { message });
    }
    Ok(Naming { name, description })
}

/// Gives it another name and description, whatever its status.
pub async fn rename(
    node: &Arc<Node>,
    actor: &Actor,
    id: WorkflowId,
    naming: Naming,
) -> Result<WorkflowRow, Refusal> {
    let naming = checked(naming)?;
    let mut intention = Intention::begin(node).await?;
    let mut record = workflows::lock(intention.tx(), id).await?.ok_or(Refusal::Gone)?;
    if workflows::is_taken(intention.tx(), &naming.name, id).await? {
        return Err(taken(&naming.name));
    }
    let detail = json!({ "workflow": record.name, "to": naming.name });
    (record.name, record.description) = (naming.name, naming.description);
    change(intention, actor, record, "workflow.renamed", detail).await
}

/// Changes the settings; while it runs, only whether it may be stopped (WF-34).
pub async fn set(
    node: &Arc<Node>,
    actor: &Actor,
    id: WorkflowId,
    settings: Settings,
) -> Result<WorkflowRow, Refusal> {
    settings.check().map_err(|error| Refusal::Invalid { message: error.to_string() })?;
    let mut intention = Intention::begin(node).await?;
    let mut record = workflows::lock(intention.tx(), id).await?.ok_or(Refusal::Gone)?;
    let same_besides = Settings { may_be_stopped: settings.may_be_stopped, ..record.settings } == settings;
    if record.status == Status::Published && !same_besides {
        let message =
            "While it is published, only whether it may be stopped can change. Stop it first.".into();
        return Err(Refusal::Invalid { message });
    }
    record.settings = settings;
    let detail = json!({ "workflow": record.name });
    change(intention, actor, record, "workflow.settings", detail).await
}

async fn change(
    mut intention: Intention,
    actor: &Actor,
    mut record: Record,
    act: &str,
    detail: serde_json::Value,
) -> Result<WorkflowRow, Refusal> {
    workflows::save(intention.tx(), &mut record).await?;
    intention.audit(actor, act, None, detail).await?;
    intention.workflows_changed();
    let now = intention.now();
    let row = row_in(intention.tx(), record.id, now).await?;
    intention.commit().await?;
    Ok(row)
}

/// Deletes it for good; whoever is in it leaves (WF-39 to WF-41).
pub async fn delete(node: &Arc<Node>, actor: &Actor, id: WorkflowId) -> Result<(), Refusal> {
    refuse_published(&workflows::find(&mut node.db.snapshot().await?, id).await?.ok_or(Refusal::Gone)?)?;
    // Told before they are gone, so that screens can say why.
    eject::everybody(node, id, false, &Reason::WorkflowDeleted {}).await?;
    eject::everybody(node, id, true, &Reason::WorkflowDeleted {}).await?;
    let mut intention = Intention::begin(node).await?;
    let record = workflows::lock(intention.tx(), id).await?.ok_or(Refusal::Gone)?;
    refuse_published(&record)?;
    let now = intention.now();
    deleted_workflows::keep(intention.tx(), id, now).await?;
    workflows::remove(intention.tx(), id).await?;
    intention.audit(actor, "workflow.deleted", None, json!({ "workflow": record.name })).await?;
    intention.workflows_changed();
    Ok(intention.commit().await?)
}

fn refuse_published(record: &Record) -> Result<(), Refusal> {
    match record.status.may_change() {
        true => Ok(()),
        false => {
            let message = format!("“{}” is published. Stop it first, then delete it.", record.name);
            Err(Refusal::Invalid { message })
        }
    }
}
