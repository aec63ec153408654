//! One intention, one transaction: what changes, what has to be done about it and what browsers hear commit together.
//!
//! A use case begins an intention, locks the conversations it is about, tells them what happened with
//! [`Intention::observe`], and commits. The intention keeps track of what was touched and writes rows, timers, jobs and
//! live changes once, at the end.

mod known;
mod messages;
mod story;
mod told;

pub use story::{EXPIRY, RESET, SNOOZE};

use super::workflow::{self, Occurred, Occurrence};
use crate::node::Node;
use crate::work::jobs::Job;
use domain::live::{Audience, Change};
use domain::page::ledger::Kind;
use domain::view::Facts;
use domain::{ContactId, ConversationId, PageId, PersonId, Psid, Timestamp};
use known::Reads;
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use store::conversations::{self, Record};
use store::inbound::{self, Parked};
use store::outbox::{self, NewJob};
use store::{Result, Tx, changes};
use uuid::Uuid;

/// A transaction that knows what it has changed.
pub struct Intention {
    node: Arc<Node>,
    tx: Tx,
    now: Timestamp,
    held: HashMap<ConversationId, Held>,
    /// Conversations in the order they were first touched.
    order: Vec<ConversationId>,
    reads: Reads,
    changes: Vec<Change>,
    /// Whose browsers have to look again at what they may.
    people: Vec<PersonId>,
    wakes: Wakes,
    /// What workflows have to hear before this commits.
    occurred: VecDeque<Occurrence>,
    /// Whether what happens now is a workflow's doing.
    by_workflow: bool,
    backdrop: workflow::Backdrop,
}

#[derive(Default)]
struct Wakes {
    outbox: bool,
    timers: bool,
    media: bool,
}

struct Held {
    record: Record,
    was: Option<Facts>,
    touched: bool,
    /// It was deleted.
    gone: bool,
}

impl Held {
    fn audience(&self) -> Audience {
        let is = self.record.facts();
        Audience { conversation: self.record.id, was: self.was, is, of_runs: false, gone: self.gone }
    }
}

impl Intention {
    /// Opens the transaction.
    pub async fn begin(node: &Arc<Node>) -> Result<Self> {
        Ok(Self {
            tx: node.db.begin().await?,
            now: node.clock.now(),
            node: node.clone(),
            held: HashMap::new(),
            order: Vec::new(),
            reads: Reads::default(),
            changes: Vec::new(),
            people: Vec::new(),
            wakes: Wakes::default(),
            occurred: VecDeque::new(),
            by_workflow: false,
            backdrop: workflow::Backdrop::default(),
        })
    }

    /// When this intention was formed.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    pub fn node(&self) -> &Arc<Node> {
        &self.node
    }

    /// The transaction, for what needs no bookkeeping.
    pub fn tx(&mut self) -> &mut Tx {
        &mut self.tx
    }

    /// The conversation of a customer with a page, new if there was none.
    pub async fn open(&mut self, page: &PageId, psid: &Psid) -> Result<ConversationId> {
        let held = self.held.values().find(|held| held.record.page == *page && held.record.psid == *psid);
        if let Some(held) = held {
            return Ok(held.record.id);
        }
        let conversation = ConversationId(self.node.clock.id());
        let contact = ContactId(self.node.clock.id());
        let (record, is_new) =
            conversations::open(&mut self.tx, conversation, contact, page, psid, self.now).await?;
        let id = record.id;
        if is_new {
            self.job(Job::Profile { conversation: id }, page, None).await?;
        }
        let was = (!is_new).then(|| record.facts());
        self.hold(record, was, is_new);
        Ok(id)
    }

    /// Holds a conversation so that nobody changes it meanwhile; `None` when it is gone.
    pub async fn lock(&mut self, id: ConversationId) -> Result<Option<&Record>> {
        if !self.held.contains_key(&id) {
            let Some(record) = conversations::lock(&mut self.tx, id).await? else { return Ok(None) };
            let was = Some(record.facts());
            self.hold(record, was, false);
        }
        Ok(self.held.get(&id).map(|held| &held.record))
    }

    fn hold(&mut self, record: Record, was: Option<Facts>, touched: bool) {
        self.order.push(record.id);
        self.held.insert(record.id, Held { record, was, touched, gone: false });
    }

    /// A conversation that was opened or locked before.
    pub fn held(&self, id: ConversationId) -> &Record {
        &self.held[&id].record
    }

    /// The same, to change it. It is saved at the end.
    pub fn held_mut(&mut self, id: ConversationId) -> &mut Record {
        let held = self.held.get_mut(&id).expect("a conversation is opened or locked before it is changed");
        held.touched = true;
        &mut held.record
    }

    /// Lets workflows hear of something, before this commits and in the same transaction.
    pub fn occurred(&mut self, conversation: ConversationId, what: Occurred) {
        self.occurred.push_back(Occurrence { conversation, by_workflow: self.by_workflow, what });
    }

    /// The next thing workflows have not heard of.
    pub(super) fn next_occurrence(&mut self) -> Option<Occurrence> {
        self.occurred.pop_front()
    }

    /// What workflows have read that nobody changes meanwhile.
    pub(super) fn backdrop(&mut self) -> &mut workflow::Backdrop {
        &mut self.backdrop
    }

    /// Says whether what happens from now on is a workflow's doing.
    pub(super) fn acting_for_workflow(&mut self, by_workflow: bool) {
        self.by_workflow = by_workflow;
    }

    /// There is a time at which something is due.
    pub fn wake_timers(&mut self) {
        self.wakes.timers = true;
    }

    /// There is a file to fetch or to delete after commit.
    pub fn wake_media(&mut self) {
        self.wakes.media = true;
    }

    /// Leaves something to be done after commit; in the order of the conversation, if it belongs to one.
    pub async fn job(
        &mut self,
        job: Job,
        page: &PageId,
        conversation: Option<ConversationId>,
    ) -> Result<Uuid> {
        let id = job.id().unwrap_or_else(|| self.node.clock.id());
        let row = NewJob {
            id,
            conversation,
            page: page.clone(),
            kind: job.kind().to_owned(),
            payload: job.payload(),
            run_at: self.now + job.delay(),
        };
        outbox::put(&mut self.tx, &row, None).await?;
        self.wakes.outbox = true;
        Ok(id)
    }

    /// Keeps something Meta sent that cannot be used, where a manager sees it.
    pub async fn park(
        &mut self,
        body: Uuid,
        page: Option<PageId>,
        item: String,
        reason: String,
    ) -> Result<()> {
        if let Some(page) = &page {
            self.tx.count(page, self.now, Kind::Received, 1);
            self.tx.count(page, self.now, Kind::Parked, 1);
        }
        let id = self.node.clock.id();
        let parked = Parked { id, inbound: Some(body), page, item, reason, at: self.now };
        inbound::park(&mut self.tx, &parked).await
    }

    /// Makes everything durable and tells the workers and browsers.
    pub async fn commit(mut self) -> Result<()> {
        Box::pin(workflow::follow(&mut self)).await?;
        let mut audiences: HashMap<ConversationId, Audience> =
            self.held.values().map(Held::audience).map(|one| (one.conversation, one)).collect();
        for id in std::mem::take(&mut self.order) {
            let Some(mut held) = self.held.remove(&id).filter(|held| held.touched) else { continue };
            conversations::save(&mut self.tx, &mut held.record).await?;
            if let Some(view) = conversations::view(&mut self.tx, id, self.now).await? {
                self.changes.push(Change::Conversation { conversation: Box::new(view), was: held.was });
            }
        }
        let mut told = Vec::with_capacity(self.changes.len());
        for change in std::mem::take(&mut self.changes) {
            told.extend(self.address(change, &mut audiences).await?);
        }
        let number = match told.is_empty() {
            true => None,
            false => Some(changes::append(&mut self.tx, &told, self.now).await?),
        };
        self.tx.commit().await?;
        let nudges = &self.node.nudges;
        if self.wakes.outbox {
            nudges.outbox.notify_one();
        }
        if self.wakes.timers {
            nudges.timers.notify_one();
        }
        if self.wakes.media {
            nudges.media.notify_one();
        }
        for person in self.people {
            self.node.look_again(person).await;
        }
        if let Some(number) = number {
            self.node.hub.wake();
            if let Err(error) = changes::notify(&self.node.db, number).await {
                // The other nodes look by themselves twice a second.
                tracing::debug!(error = &error as &dyn std::error::Error, "other nodes were not woken");
            }
        }
        Ok(())
    }

    /// Says who may hear a change: what is said in a conversation goes where the conversation is now, and nowhere when
    /// there is none.
    async fn address(
        &mut self,
        change: Change,
        audiences: &mut HashMap<ConversationId, Audience>,
    ) -> Result<Option<(Change, Option<Audience>)>> {
        let Some(id) = change.about() else { return Ok(Some((change, None))) };
        if !audiences.contains_key(&id)
            && let Some(record) = conversations::find(&mut self.tx, id).await?
        {
            let is = record.facts();
            audiences
                .insert(id, Audience { conversation: id, was: Some(is), is, of_runs: false, gone: false });
        }
        let Some(audience) = audiences.get_mut(&id) else { return Ok(None) };
        let of_runs = change.is_of_runs();
        let here = Audience { was: Some(audience.is), of_runs, ..audience.clone() };
        // Where it came from is told once, with the conversation itself.
        let audience = match change {
            Change::Conversation { .. } => std::mem::replace(audience, here),
            _ => here,
        };
        Ok(Some((change, Some(audience))))
    }
}
