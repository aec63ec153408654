//! The builder: opening, keeping, saving, publishing.

use super::check::{self, find_loop, surroundings};
use super::{hook, list, start, test};
use crate::desk::Refusal;
use crate::desk::intention::Intention;
use crate::desk::pages::channel;
use crate::node::Node;
use app::api::workflows::{Builder, Draft, Publishing, Saving, Surroundings, WorkingCopy};
use domain::person::Actor;
use domain::workflow::check::Flaw;
use domain::workflow::graph::{Graph, MOST_STEPS};
use domain::workflow::status::Status;
use domain::workflow::transfer::MOST_BYTES;
use domain::workflow::trigger::TriggerKind;
use domain::workflow::view::EDITS_FOR;
use domain::{AppId, PersonId, Timestamp, WorkflowId};
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;
use store::workflows::{self, Record, WorkingCopy as Kept};
use store::{Tx, apps, pages, workflow_tests};

/// Everything the builder needs.
pub async fn open(node: &Node, actor: &Actor, id: WorkflowId) -> Result<Builder, Refusal> {
    let mut tx = node.db.snapshot().await?;
    let record = workflows::find(&mut tx, id).await?.ok_or(Refusal::Gone)?;
    let copy = match me(actor) {
        Some(me) => workflows::copy(&mut tx, id, me).await?,
        None => None,
    };
    let copy = copy.map(|kept| WorkingCopy {
        graph: kept.graph,
        revision: kept.revision,
        updated_at: kept.updated_at,
    });
    let session = workflow_tests::of(&mut tx, id).await?;
    Ok(Builder {
        workflow: list::row_in(&mut tx, id, node.clock.now()).await?,
        surroundings: Surroundings { channel: channel(node), ..surroundings(&mut tx).await? },
        hook: hook::address(node, id),
        test: session.as_ref().map(test::shown),
        graph: record.graph,
        copy,
        now: node.clock.now(),
    })
}

fn me(actor: &Actor) -> Option<PersonId> {
    actor.person().map(|person| person.id)
}

/// Keeps what the asker builds, complete or not (B-10). A program has no working copy.
pub async fn keep_copy(node: &Arc<Node>, actor: &Actor, id: WorkflowId, draft: Draft) -> Result<(), Refusal> {
    let Some(me) = me(actor) else { return Err(Refusal::Forbidden) };
    refuse_large(&draft.graph)?;
    let mut intention = Intention::begin(node).await?;
    workflows::find(intention.tx(), id).await?.ok_or(Refusal::Gone)?;
    let before = workflows::copy(intention.tx(), id, me).await?;
    keep(intention.tx(), node, id, me, draft).await?;
    // Lists say who builds: once in a while is enough for that.
    let since = |at: Timestamp| at.ms() / (EDITS_FOR / 2);
    if before.is_none_or(|copy| since(copy.updated_at) != since(intention.now())) {
        intention.workflows_changed();
    }
    Ok(intention.commit().await?)
}

async fn keep(tx: &mut Tx, node: &Node, id: WorkflowId, me: PersonId, draft: Draft) -> Result<(), Refusal> {
    let copy = Kept { graph: draft.graph, revision: draft.revision, updated_at: node.clock.now() };
    Ok(workflows::keep_copy(tx, id, me, &copy).await?)
}

/// Forgets it.
pub async fn drop_copy(node: &Arc<Node>, actor: &Actor, id: WorkflowId) -> Result<(), Refusal> {
    let Some(me) = me(actor) else { return Ok(()) };
    let mut intention = Intention::begin(node).await?;
    workflows::drop_copy(intention.tx(), id, me).await?;
    intention.workflows_changed();
    Ok(intention.commit().await?)
}

/// A graph that cannot even be kept.
fn refuse_large(graph: &Graph) -> Result<(), Refusal> {
    let bytes = serde_json::to_string(graph).map_or(usize::MAX, |text| text.len());
    if graph.steps.len() > MOST_STEPS {
        return Err(Refusal::Invalid { message: "A workflow has at most 100 steps.".into() });
    }
    match bytes > MOST_BYTES {
        true => {
            let message = "This workflow is larger than 400 KB. Shorten its texts.".into();
            Err(Refusal::Invalid { message })
        }
        false => Ok(()),
    }
}

/// Saves a whole workflow. What cannot be saved is kept as the asker's working copy, so that nothing is lost.
pub async fn save(node: &Arc<Node>, actor: &Actor, id: WorkflowId, draft: Draft) -> Result<Saving, Refusal> {
    refuse_large(&draft.graph)?;
    let mut intention = Intention::begin(node).await?;
    let mut record = workflows::lock(intention.tx(), id).await?.ok_or(Refusal::Gone)?;
    if !record.status.may_change() {
        let message = "This workflow is published. Stop it first; what you built is kept.".into();
        keep_for(&mut intention, node, actor, id, draft).await?;
        intention.commit().await?;
        return Err(Refusal::Invalid { message });
    }
    if record.revision != draft.revision {
        keep_for(&mut intention, node, actor, id, draft).await?;
        let workflow = list::row_in(intention.tx(), id, node.clock.now()).await?;
        intention.commit().await?;
        return Ok(Saving::Newer { workflow, graph: record.graph });
    }
    let flaws = flaws(&mut intention, &draft.graph).await?;
    if !flaws.is_empty() {
        keep_for(&mut intention, node, actor, id, draft).await?;
        intention.commit().await?;
        return Ok(Saving::Flawed { flaws });
    }
    record.graph = draft.graph;
    workflows::save(intention.tx(), &mut record).await?;
    if let Some(me) = me(actor) {
        workflows::drop_copy(intention.tx(), id, me).await?;
    }
    intention.audit(actor, "workflow.saved", None, json!({ "workflow": record.name })).await?;
    intention.workflows_changed();
    let workflow = list::row_in(intention.tx(), id, node.clock.now()).await?;
    intention.commit().await?;
    Ok(Saving::Saved { workflow })
}

async fn keep_for(
    intention: &mut Intention,
    node: &Node,
    actor: &Actor,
    id: WorkflowId,
    draft: Draft,
) -> Result<(), Refusal> {
    match me(actor) {
        Some(me) => keep(intention.tx(), node, id, me, draft).await,
        None => Ok(()),
    }
}

/// What keeps a graph from being saved. A graph that is no tree never came from a builder.
async fn flaws(intention: &mut Intention, graph: &Graph) -> Result<Vec<Flaw>, Refusal> {
    if !graph.is_tree() {
        let message = "The steps do not hang together. Load the workflow again.".into();
        return Err(Refusal::Invalid { message });
    }
    let workspace = surroundings(intention.tx()).await?.workspace();
    Ok(check::flaws(graph, &workspace))
}

/// Freezes the next version and lets contacts enter it (WF-26).
pub async fn publish(
    node: &Arc<Node>,
    actor: &Actor,
    id: WorkflowId,
    confirmed: bool,
) -> Result<Publishing, Refusal> {
    let mut intention = Intention::begin(node).await?;
    let mut record = workflows::lock(intention.tx(), id).await?.ok_or(Refusal::Gone)?;
    if record.status == Status::Published {
        let workflow = list::row_in(intention.tx(), id, node.clock.now()).await?;
        return Ok(Publishing::Published { workflow: Box::new(workflow) });
    }
    refuse_flawed(flaws(&mut intention, &record.graph).await?, &record)?;
    if let Some(found) = find_loop(intention.tx(), id, &record.name, &record.graph).await? {
        return Err(Refusal::Invalid { message: found.to_string() });
    }
    refuse_unknown_word(&record)?;
    let shared = shared_pages(intention.tx()).await?;
    if start::writes(&record.graph) && !shared.is_empty() && !confirmed {
        return Ok(Publishing::Confirm { pages: shared });
    }
    let now = intention.now();
    record.version += 1;
    record.status = Status::Published;
    record.published_by = Some(actor.name().to_owned());
    record.published_at = Some(now);
    workflows::freeze(intention.tx(), id, record.version, &record.graph, actor.name(), now).await?;
    workflows::save(intention.tx(), &mut record).await?;
    let detail = json!({ "workflow": record.name, "version": record.version });
    intention.audit(actor, "workflow.published", None, detail).await?;
    intention.workflows_changed();
    let workflow = list::row_in(intention.tx(), id, node.clock.now()).await?;
    intention.commit().await?;
    Ok(Publishing::Published { workflow: Box::new(workflow) })
}

fn refuse_flawed(flaws: Vec<Flaw>, record: &Record) -> Result<(), Refusal> {
    let Some(first) = flaws.first() else { return Ok(()) };
    let places: BTreeSet<_> = flaws.iter().map(|flaw| flaw.at).collect();
    let what = match places.len() {
        1 => "One place is incomplete".to_owned(),
        count => format!("{count} places are incomplete"),
    };
    let name = &record.name;
    let message = format!(
        "“{name}” cannot be published yet. {what}, such as: {} Open it in the builder.",
        first.message
    );
    Err(Refusal::Invalid { message })
}

/// What starts by a word cannot have one that the codes of tests begin with.
fn refuse_unknown_word(record: &Record) -> Result<(), Refusal> {
    let Some(TriggerKind::MessageMatches { words, .. }) = record.graph.trigger.as_ref().map(|one| &one.kind)
    else {
        return Ok(());
    };
    let is_code = |word: &String| {
        let rest = word.trim().to_uppercase();
        rest.strip_prefix(start::TEST_CODE).is_some_and(|rest| rest.len() == 4 && rest.parse::<u16>().is_ok())
    };
    match words.iter().find(|word| is_code(word)) {
        None => Ok(()),
        Some(word) => {
            let message = format!("“{word}” looks like the code of a test. Choose another word.");
            Err(Refusal::Invalid { message })
        }
    }
}

/// Pages on which a bot was seen beside us (CR-30), by name.
async fn shared_pages(tx: &mut Tx) -> Result<Vec<String>, Refusal> {
    let seen = apps::sightings(tx).await?;
    let all = pages::all(tx).await?;
    let shared = all.into_iter().filter(|record| {
        seen.iter().any(|one| {
            one.page_id == record.page.id
                && one.app != record.page.app
                && one.app.as_str() != AppId::PAGE_INBOX
        })
    });
    Ok(shared.map(|record| record.page.name).collect())
}
