//! Testing a workflow on a real page before it is published (WF-16 to WF-24).

use super::check::{flaws, surroundings};
use super::{eject, start};
use crate::desk::Refusal;
use crate::desk::intention::Intention;
use crate::desk::pages::channel;
use crate::node::Node;
use app::api::workflows::{TestSession, TestSettings};
use domain::WorkflowId;
use domain::person::Actor;
use domain::workflow::run::Reason;
use domain::workflow::value::Value;
use qrcode::QrCode;
use qrcode::render::svg;
use rand::Rng;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::workflow_tests::{self, Session};
use store::{pages, workflows};

/// How often another code is tried when one is taken.
const TRIES: usize = 20;

/// Begins a test of what was saved last, or answers the one that is going on.
pub async fn begin(
    node: &Arc<Node>,
    actor: &Actor,
    id: WorkflowId,
    settings: TestSettings,
) -> Result<TestSession, Refusal> {
    let mut intention = Intention::begin(node).await?;
    let record = workflows::lock(intention.tx(), id).await?.ok_or(Refusal::Gone)?;
    if let Some(session) = workflow_tests::of(intention.tx(), id).await? {
        return Ok(shown(&session));
    }
    let workspace = surroundings(intention.tx()).await?.workspace();
    if !flaws(&record.graph, &workspace).is_empty() {
        let message = "Complete and save the workflow first; then it can be tested.".into();
        return Err(Refusal::Invalid { message });
    }
    let Some(page) = pages::find(intention.tx(), &settings.page).await? else {
        return Err(Refusal::Invalid { message: "This page is not connected. Choose another.".into() });
    };
    if let Err(why) = channel(node).testable(&page.page.health) {
        let message = format!("Nothing can be tested on {}. {why}", page.page.name);
        return Err(Refusal::Invalid { message });
    }
    let variables = variables(&record, settings.variables)?;
    let mut session = Session {
        workflow: id,
        code: String::new(),
        page: settings.page,
        variables,
        graph: record.graph,
        started_by: actor.name().to_owned(),
        started_at: intention.now(),
    };
    for _ in 0..TRIES {
        session.code = format!("{}{:04}", start::TEST_CODE, rand::rng().random_range(0..10_000));
        if workflow_tests::add(intention.tx(), &session).await? {
            intention.audit(actor, "workflow.tested", None, json!({ "workflow": record.name })).await?;
            intention.workflows_changed();
            intention.commit().await?;
            return Ok(shown(&session));
        }
    }
    Err(Refusal::Internal("no code for a test was free".into()))
}

/// Samples of the trigger's variables; what was left out is null (WF-20).
fn variables(
    record: &workflows::Record,
    samples: BTreeMap<String, Value>,
) -> Result<BTreeMap<String, Value>, Refusal> {
    let known = record.graph.trigger.as_ref().map(|trigger| trigger.kind.variables()).unwrap_or_default();
    if let Some(strange) = samples.keys().find(|name| known.iter().all(|(one, _)| one != *name)) {
        let message = format!("The trigger sets no variable “{strange}”.");
        return Err(Refusal::Invalid { message });
    }
    let sample = |(name, _): (String, &str)| {
        let value = samples.get(&name).cloned().unwrap_or_default();
        (name, value)
    };
    Ok(known.into_iter().map(sample).collect())
}

/// Ends a test with all its runs; the code does nothing from now on (WF-24).
pub async fn end(node: &Arc<Node>, actor: &Actor, id: WorkflowId) -> Result<(), Refusal> {
    eject::everybody(node, id, true, &Reason::StoppedForContact { by: actor.name().to_owned() }).await?;
    let mut intention = Intention::begin(node).await?;
    if workflow_tests::end(intention.tx(), id).await? {
        intention.workflows_changed();
    }
    Ok(intention.commit().await?)
}

/// A test as the dialog shows it.
pub fn shown(session: &Session) -> TestSession {
    let link = format!("https://m.me/{}?text={}", session.page, session.code);
    let qr = QrCode::new(link.as_bytes())
        .map(|code| code.render::<svg::Color<'_>>().min_dimensions(220, 220).build())
        .unwrap_or_default();
    TestSession {
        code: session.code.clone(),
        page: session.page.clone(),
        link,
        qr,
        started_at: session.started_at,
    }
}
