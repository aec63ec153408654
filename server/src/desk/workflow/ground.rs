//! What a run stands on: its workflow, the version it keeps, and what is known at this moment.

use super::backdrop::{self, Calendar};
use super::zones;
use crate::desk::intention::Intention;
use domain::contact::name_or_stand_in;
use domain::conversation::window::WindowState;
use domain::view::WindowWord;
use domain::workflow::field::{BOT_STATUS, Field, FieldKey};
use domain::workflow::graph::Graph;
use domain::workflow::status::Status;
use domain::workflow::step::StepKind;
use domain::workflow::steps::assign::Target;
use domain::workflow::turn::Candidate;
use domain::workflow::value::Value;
use domain::workflow::world::{AssigneeFacts, ContactFacts, Said, ThreadFacts, World};
use domain::{ConversationId, MINUTE, Timestamp, WorkflowId};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::contacts::Known;
use store::conversations::Record;
use store::messages::{NewestOfEach, Words};
use store::pages::PageRecord;
use store::workflows::{self, Record as Workflow};
use store::{Result, Tx, candidates, contacts, messages, people, schedules, settings, workflow_tests};

/// The setting that holds the workspace's time zone.
pub const ZONE: &str = "workspace.zone";
/// Who was not seen for so many milliseconds is not online.
const ONLINE_FOR: i64 = 5 * MINUTE;
/// The version of a test: what its session froze.
pub const TEST_VERSION: i64 = 0;

/// A workflow with the version a run keeps.
pub struct Ground {
    pub workflow: Arc<Workflow>,
    pub graph: Arc<Graph>,
    pub fields: Arc<Vec<Field>>,
}

impl Ground {
    /// Whether a run may go on: its workflow runs, or it is a test.
    pub fn carries(&self, test: bool) -> bool {
        test || self.workflow.status == Status::Published
    }
}

/// What a run of this version stands on; nothing when it is gone.
pub async fn of(intention: &mut Intention, workflow: WorkflowId, version: i64) -> Result<Option<Ground>> {
    let Some(workflow) = backdrop::workflow(intention, workflow).await? else { return Ok(None) };
    let Some(graph) = frozen(intention, &workflow, version).await? else { return Ok(None) };
    let fields = backdrop::fields(intention).await?;
    Ok(Some(Ground { workflow, graph, fields }))
}

/// A version as it was published, or what a test froze.
pub async fn frozen(
    intention: &mut Intention,
    workflow: &Workflow,
    version: i64,
) -> Result<Option<Arc<Graph>>> {
    if version == TEST_VERSION {
        let session = workflow_tests::of(intention.tx(), workflow.id).await?;
        return Ok(session.map(|session| Arc::new(session.graph)));
    }
    let node = intention.node().clone();
    if let Some(known) = node.versions.find(workflow.id, version) {
        return Ok(Some(known));
    }
    let found = workflows::version(intention.tx(), workflow.id, version).await?.map(Arc::new);
    if let Some(graph) = &found {
        node.versions.keep(workflow.id, version, graph.clone());
    }
    Ok(found)
}

/// The workspace's time zone.
pub async fn zone(tx: &mut Tx) -> Result<String> {
    Ok(settings::get(tx, ZONE).await?.unwrap_or_else(|| "UTC".into()))
}

/// Everything a step may look at, as it is now (B-7). The conversation is held.
pub async fn world_of(intention: &mut Intention, id: ConversationId) -> Result<World<'static>> {
    let (record, now) = (intention.held(id).clone(), intention.now());
    let calendar = backdrop::calendar(intention).await?;
    let page = intention.page(&record.page).await?;
    let known = intention.contact(record.contact).await?;
    let words = intention.words(id).await?;
    let seen = Seen { contact: contact(known.as_deref(), &record), words };
    assemble(intention.tx(), &record, now, &calendar, page, seen).await
}

/// What was read of a contact and its thread.
struct Seen {
    contact: ContactFacts,
    words: NewestOfEach,
}

/// The same outside an intention.
pub async fn world(tx: &mut Tx, record: &Record, now: Timestamp) -> Result<World<'static>> {
    let calendar = calendar(tx).await?;
    let page = store::pages::find(tx, &record.page).await?;
    let known = contacts::known(tx, record.contact).await?;
    let words = messages::newest_of_each(tx, record.id).await?;
    let seen = Seen { contact: contact(known.as_ref(), record), words };
    assemble(tx, record, now, &calendar, page, seen).await
}

/// When the workspace works.
pub async fn calendar(tx: &mut Tx) -> Result<Calendar> {
    let hours = schedules::all(tx).await?;
    let schedules = hours.into_iter().map(|one| (one.id, one.hours)).collect();
    Ok(Calendar { zone: zone(tx).await?, schedules })
}

async fn assemble(
    tx: &mut Tx,
    record: &Record,
    now: Timestamp,
    calendar: &Calendar,
    page: Option<PageRecord>,
    seen: Seen,
) -> Result<World<'static>> {
    let page_name = page.map_or_else(String::new, |page| page.page.name);
    Ok(World {
        now,
        zone: calendar.zone.clone(),
        zones: &zones::World,
        schedules: calendar.schedules.clone(),
        contact: seen.contact,
        thread: thread(tx, record, now, page_name, seen.words).await?,
    })
}

fn contact(known: Option<&Known>, record: &Record) -> ContactFacts {
    let tags = known.map(|known| known.tags.clone()).unwrap_or_default();
    ContactFacts { id: record.contact, fields: values(known, record), tags }
}

/// A contact's fields: what Meta tells, under what the team wrote.
pub fn values(known: Option<&Known>, record: &Record) -> BTreeMap<FieldKey, Value> {
    let name = known.and_then(|known| known.contact.name.as_deref()).filter(|name| !name.trim().is_empty());
    let shown = name_or_stand_in(name, &record.psid);
    let mut parts: Vec<(&str, String)> = vec![("name", shown)];
    if let Some(name) = name {
        let (first, last) = name.trim().split_once(' ').unwrap_or((name.trim(), ""));
        parts.push(("firstname", first.to_owned()));
        parts.push(("lastname", last.trim().to_owned()));
    }
    let told = parts.into_iter().filter_map(|(key, value)| Some((FieldKey::new(key).ok()?, value.into())));
    let mut all: BTreeMap<FieldKey, Value> = told.collect();
    if let Ok(key) = FieldKey::new(BOT_STATUS) {
        let value = key.unwritten();
        all.insert(key, value);
    }
    all.extend(known.map(|known| known.values.clone()).unwrap_or_default());
    all
}

async fn thread(
    tx: &mut Tx,
    record: &Record,
    now: Timestamp,
    page_name: String,
    newest: NewestOfEach,
) -> Result<ThreadFacts> {
    let assignee = match record.assignee {
        Some(id) => people::known(tx, id).await?.map(|known| AssigneeFacts {
            id,
            name: known.person.name,
            email: known.person.email,
            online: known.last_seen.is_some_and(|seen| seen >= now - ONLINE_FOR),
        }),
        None => None,
    };
    let owner = &record.standing.control.owner;
    Ok(ThreadFacts {
        status: record.standing.status,
        page: record.page.clone(),
        page_name,
        owner: owner.kind(),
        owner_app: owner.app().cloned(),
        window: match record.standing.window.at(now) {
            WindowState::Open { .. } => WindowWord::Open,
            WindowState::HumanAgent { .. } => WindowWord::HumanAgent,
            WindowState::Closed => WindowWord::Closed,
        },
        assignee,
        team: record.team,
        last_origin: newest.outgoing.as_ref().map(|words| words.origin),
        last_incoming: newest.incoming.map(said),
        last_outgoing: newest.outgoing.map(said),
    })
}

fn said(words: Words) -> Said {
    Said { text: words.text, at: words.at }
}

/// Whom a step may choose from: who can see and answer; nobody for steps that assign nobody.
pub async fn candidates(tx: &mut Tx, kind: Option<&StepKind>, now: Timestamp) -> Result<Vec<Candidate>> {
    let Some(StepKind::AssignTo(step)) = kind else { return Ok(Vec::new()) };
    let since = now - ONLINE_FOR;
    match &step.to {
        Target::User { person: Some(person) } => candidates::one(tx, *person, since).await,
        Target::Team { team: Some(team), .. } => candidates::of_team(tx, *team, since).await,
        Target::Workspace { .. } => candidates::everybody(tx, since).await,
        Target::User { person: None } | Target::Team { team: None, .. } | Target::Unassign {} => {
            Ok(Vec::new())
        }
    }
}
