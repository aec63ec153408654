//! One intention, one transaction: what changes, what has to be done about it and what browsers hear commit together.
//!
//! A use case begins an intention, locks the conversations it is about, tells them what happened with
//! [`Intention::observe`], and commits. The intention keeps track of what was touched and writes rows, timers, jobs and
//! live changes once, at the end.

use super::workflow::{self, Occurred, Occurrence};
use super::{amend, media};
use crate::node::{NoCredentials, Node};
use crate::work::jobs::Job;
use domain::conversation::evidence::{Evidence, What};
use domain::conversation::message::{AuthorKind, Delivery};
use domain::conversation::standing::Standing;
use domain::live::{Audience, Change};
use domain::page::ledger::Kind;
use domain::person::Actor;
use domain::view::{Activity, Facts, LastMessage, Message};
use domain::{AppId, ContactId, ConversationId, MessageId, PageId, PersonId, Psid, Timestamp};
use messenger::Credentials;
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use store::contacts::{self, Known};
use store::conversations::{self, Record};
use store::inbound::{self, Parked};
use store::messages::NewestOfEach;
use store::outbox::{self, NewJob};
use store::pages::PageRecord;
use store::{Result, Tx, activity, apps, audit, changes, evidence, messages, pages, timers};
use uuid::Uuid;

/// The timer of the automatic reset (CR-19).
pub const RESET: &str = "reset";
/// The timer of a snoozed conversation.
pub const SNOOZE: &str = "snooze";
/// The timer of control that Meta ends by itself.
pub const EXPIRY: &str = "expiry";

/// A transaction that knows what it has changed.
pub struct Intention {
    node: Arc<Node>,
    tx: Tx,
    now: Timestamp,
    held: HashMap<ConversationId, Held>,
    /// Conversations in the order they were first touched.
    order: Vec<ConversationId>,
    pages: HashMap<PageId, Option<PageRecord>>,
    changes: Vec<Change>,
    /// Whose browsers have to look again at what they may.
    people: Vec<PersonId>,
    wakes: Wakes,
    /// What workflows have to hear before this commits.
    occurred: VecDeque<Occurrence>,
    /// Whether what happens now is a workflow's doing.
    by_workflow: bool,
    backdrop: workflow::Backdrop,
    /// Customers as they were last read; forgotten when this changes them.
    contacts: HashMap<ContactId, Option<Arc<Known>>>,
    /// The newest words of conversations, likewise.
    words: HashMap<ConversationId, NewestOfEach>,
    credentials: HashMap<PageId, Credentials>,
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
            pages: HashMap::new(),
            changes: Vec::new(),
            people: Vec::new(),
            wakes: Wakes::default(),
            occurred: VecDeque::new(),
            by_workflow: false,
            backdrop: workflow::Backdrop::default(),
            contacts: HashMap::new(),
            words: HashMap::new(),
            credentials: HashMap::new(),
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

    /// The page, read once.
    pub async fn page(&mut self, id: &PageId) -> Result<Option<PageRecord>> {
        if !self.pages.contains_key(id) {
            let page = pages::find(&mut self.tx, id).await?;
            self.pages.insert(id.clone(), page);
        }
        Ok(self.pages.get(id).cloned().flatten())
    }

    /// What it takes to speak for a page, read once.
    pub async fn credentials(&mut self, page: &PageRecord) -> Result<Credentials, NoCredentials> {
        if let Some(known) = self.credentials.get(&page.page.id) {
            return Ok(known.clone());
        }
        let node = self.node.clone();
        let read = node.credentials(&mut self.tx, page).await?;
        self.credentials.insert(page.page.id.clone(), read.clone());
        Ok(read)
    }

    /// What is known about a customer, read again only after [`Intention::contact_changed`].
    pub async fn contact(&mut self, id: ContactId) -> Result<Option<Arc<Known>>> {
        if !self.contacts.contains_key(&id) {
            let known = contacts::known(&mut self.tx, id).await?.map(Arc::new);
            self.contacts.insert(id, known);
        }
        Ok(self.contacts[&id].clone())
    }

    /// Somebody wrote down something else about a customer.
    pub fn contact_changed(&mut self, id: ContactId) {
        self.contacts.remove(&id);
    }

    /// The newest words of either side, read again only after a message was added or changed.
    pub async fn words(&mut self, id: ConversationId) -> Result<NewestOfEach> {
        if let Some(known) = self.words.get(&id) {
            return Ok(known.clone());
        }
        let read = messages::newest_of_each(&mut self.tx, id).await?;
        self.words.insert(id, read.clone());
        Ok(read)
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

    /// Notes something we did or learned just now. It comes after everything we know, whatever Meta's clock shows.
    pub async fn note(
        &mut self,
        id: ConversationId,
        key: impl Into<String>,
        what: What,
    ) -> Result<Timestamp> {
        let latest = self.held(id).latest.as_ref().map_or(self.now, |(at, ..)| *at + 1);
        let at = self.now.max(latest);
        self.observe(id, Evidence { at, key: key.into(), what }).await?;
        Ok(at)
    }

    /// Adds a piece of evidence and follows what it means. `false`: it was known.
    pub async fn observe(&mut self, id: ConversationId, seen: Evidence) -> Result<bool> {
        let record = self.held(id).clone();
        let Some(page) = self.page(&record.page).await? else { return Ok(false) };
        let ours = page.page.app;
        let (rank, key) = (seen.place().1, seen.key.clone());
        let latest = record.latest.as_ref().map(|(at, rank, key)| (*at, *rank, key.as_str()));
        let (standing, rewritten) = if latest.is_none_or(|latest| latest < seen.place()) {
            let after = record.standing.clone().after(&seen, &ours);
            let changed = after.control.owner != record.standing.control.owner;
            if !evidence::put(&mut self.tx, id, &seen, &after, changed).await? {
                return Ok(false);
            }
            self.held_mut(id).latest = Some((seen.at, rank, key.clone()));
            (after, false)
        } else {
            match self.insert_late(id, &seen, &ours).await? {
                Some(standing) => (standing, true),
                None => return Ok(false),
            }
        };
        let before = std::mem::replace(&mut self.held_mut(id).standing, standing);
        self.follow(id, &before, &key, rewritten).await?;
        let after = self.held(id).standing.clone();
        if let Some(moved) = Occurred::moved(seen.what, before, after) {
            self.occurred(id, moved);
        }
        Ok(true)
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

    /// Late evidence goes to its place in the story, and everything after it is told again.
    async fn insert_late(
        &mut self,
        id: ConversationId,
        late: &Evidence,
        ours: &AppId,
    ) -> Result<Option<Standing>> {
        if evidence::exists(&mut self.tx, id, &late.key).await? {
            return Ok(None);
        }
        let place = late.place();
        let before = evidence::standing_before(&mut self.tx, id, place).await?.unwrap_or_default();
        let rest = evidence::from(&mut self.tx, id, place).await?;
        let mut standing = before.clone().after(late, ours);
        let changed = standing.control.owner != before.control.owner;
        evidence::put(&mut self.tx, id, late, &standing, changed).await?;
        for line in rest {
            let next = standing.clone().after(&line, ours);
            let changed = next.control.owner != standing.control.owner;
            evidence::rewrite(&mut self.tx, id, &line.key, &next, changed).await?;
            standing = next;
        }
        Ok(Some(standing))
    }

    /// Timers, questions and live changes that follow from a new standing.
    async fn follow(
        &mut self,
        id: ConversationId,
        before: &Standing,
        key: &str,
        rewritten: bool,
    ) -> Result<()> {
        let record = self.held(id).clone();
        let after = &record.standing;
        self.keep_timer(id, RESET, before.reset_at(), after.reset_at()).await?;
        self.keep_timer(id, EXPIRY, before.control.expires_at, after.control.expires_at).await?;
        self.keep_timer(id, SNOOZE, before.snoozed_until, after.snoozed_until).await?;
        if after.doubtful && !before.doubtful {
            self.job(Job::Ask { conversation: id, ticket: None }, &record.page, None).await?;
        }
        if rewritten {
            // The newest line stands for the whole timeline, which has to be read again.
            let newest = evidence::timeline(&mut self.tx, id, 1).await?;
            let told =
                newest.into_iter().map(|change| Change::Control { conversation_id: id, change, rewritten });
            self.changes.extend(told);
        } else if before.control.owner != after.control.owner
            && let Some(change) = evidence::change(&mut self.tx, id, key).await?
        {
            self.changes.push(Change::Control { conversation_id: id, change, rewritten });
        }
        Ok(())
    }

    async fn keep_timer(
        &mut self,
        id: ConversationId,
        kind: &'static str,
        was: Option<Timestamp>,
        due: Option<Timestamp>,
    ) -> Result<()> {
        match due {
            _ if was == due => {}
            Some(due) => {
                timers::set(&mut self.tx, id, kind, due).await?;
                self.wakes.timers = true;
            }
            None => timers::clear(&mut self.tx, id, kind).await?,
        }
        Ok(())
    }

    /// Adds a message and lets it head the row. `false`: it was known.
    pub async fn add_message(&mut self, message: Message) -> Result<bool> {
        Ok(self.add(message, None).await?.is_some())
    }

    /// The same for one that came with a stored webhook; the message as it was kept.
    pub async fn receive_message(&mut self, message: Message, inbound: Uuid) -> Result<Option<Message>> {
        self.add(message, Some(inbound)).await
    }

    async fn add(&mut self, mut message: Message, inbound: Option<Uuid>) -> Result<Option<Message>> {
        media::plan(&self.node, &mut message);
        let id = message.conversation_id;
        let page = self.held(id).page.clone();
        if !messages::insert_from(&mut self.tx, &message, &page, inbound).await? {
            return Ok(None);
        }
        self.words.remove(&id);
        media::note(self, &message).await?;
        let record = self.held_mut(id);
        record.updated_at = record.updated_at.max(message.at);
        if record.last.as_ref().is_none_or(|last| (last.at, last.id) < (message.at, message.id)) {
            record.last = Some(LastMessage {
                id: message.id,
                author: message.author.clone(),
                preview: super::preview::of(&message),
                at: message.at,
            });
        }
        if message.author.kind == AuthorKind::Bot {
            // An app's name is kept once, beside the message; the announcement carries it like a fresh load does.
            self.message_changed(message.id).await?;
        } else {
            self.changes.push(Change::Message { message: Box::new(message.clone()) });
        }
        if let Some(mid) = &message.mid {
            Box::pin(amend::catch_up(self, &page, &message, mid)).await?;
        }
        Ok(Some(message))
    }

    /// Writes the row's line anew when this message heads it.
    pub async fn refresh_preview(&mut self, conversation: ConversationId, id: MessageId) -> Result<()> {
        if self.held(conversation).last.as_ref().is_none_or(|last| last.id != id) {
            return Ok(());
        }
        let message = messages::find(&mut self.tx, id).await?;
        if let (Some(message), Some(last)) = (message, &mut self.held_mut(conversation).last) {
            last.preview = super::preview::of(&message);
        }
        Ok(())
    }

    /// There is a file to fetch or to delete after commit.
    pub fn wake_media(&mut self) {
        self.wakes.media = true;
    }

    /// Announces a message that looks different now.
    pub async fn message_changed(&mut self, id: MessageId) -> Result<()> {
        if let Some(message) = messages::find(&mut self.tx, id).await? {
            self.words.remove(&message.conversation_id);
            self.changes.push(Change::Message { message: Box::new(message) });
        }
        Ok(())
    }

    /// Records how far a message has come, if that is news. `message`: as it is, its conversation held.
    pub async fn deliver(&mut self, message: &Message, delivery: Delivery) -> Result<bool> {
        if !message.delivery.state.may_become(delivery.state) {
            return Ok(false);
        }
        let page = self.held(message.conversation_id).page.clone();
        messages::set_delivery(&mut self.tx, message, &page, &delivery).await?;
        let message = Message { delivery, ..message.clone() };
        self.changes.push(Change::Message { message: Box::new(message) });
        Ok(true)
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

    /// Records who did what: the audit log, and the thread's markers where a conversation is named. `act` is a stable
    /// word such as `assigned`; `detail` holds no secrets and no message text.
    pub async fn audit(
        &mut self,
        actor: &Actor,
        act: &str,
        conversation: Option<ConversationId>,
        detail: serde_json::Value,
    ) -> Result<()> {
        let person = actor.person().map(|person| person.id);
        self.audit_as(actor.name(), person, act, conversation, detail).await
    }

    /// The same for what somebody asked for earlier and what is done only now.
    pub async fn audit_by(
        &mut self,
        actor: &str,
        act: &str,
        conversation: Option<ConversationId>,
        detail: serde_json::Value,
    ) -> Result<()> {
        self.audit_as(actor, None, act, conversation, detail).await
    }

    async fn audit_as(
        &mut self,
        actor: &str,
        person: Option<PersonId>,
        act: &str,
        conversation: Option<ConversationId>,
        detail: serde_json::Value,
    ) -> Result<()> {
        let (id, at) = (self.node.clock.id(), self.now);
        if let Some(conversation_id) = conversation {
            let by = Some(actor.to_owned());
            let activity = Activity { id, at, act: act.to_owned(), by, detail: detail.clone() };
            self.changes.push(Change::Activity { conversation_id, activity });
        }
        let entry =
            audit::Entry { id, at, actor: actor.into(), person, act: act.into(), conversation, detail };
        audit::put(&mut self.tx, &entry).await
    }

    /// Shows something a customer or an app did as a line of the thread, once. `false`: it was known.
    pub async fn happened(&mut self, conversation_id: ConversationId, activity: Activity) -> Result<bool> {
        let is_new = activity::put(&mut self.tx, conversation_id, &activity).await?;
        if is_new {
            self.changes.push(Change::Activity { conversation_id, activity });
        }
        Ok(is_new)
    }

    /// Announces that a conversation, locked before, was deleted in this transaction. Nothing else is told of it.
    pub fn deleted(&mut self, id: ConversationId) {
        self.changes.retain(|change| change.about() != Some(id));
        if let Some(held) = self.held.get_mut(&id) {
            (held.gone, held.touched) = (true, false);
            let was = held.record.facts();
            self.changes.push(Change::ConversationHidden { conversation_id: id, was });
        }
    }

    /// Announces something that changes no conversation: a note, a draft.
    pub fn tell(&mut self, change: Change) {
        self.changes.push(change);
    }

    /// Announces a page that was connected, lost, renamed, or that somebody should look at. What waited for it may leave.
    pub async fn page_changed(&mut self, id: &PageId) -> Result<()> {
        self.wakes.outbox = true;
        self.pages.remove(id);
        if let Some(record) = pages::find(&mut self.tx, id).await? {
            self.changes.push(Change::Page { page: record.view(self.now) });
        }
        Ok(())
    }

    /// Announces that somebody's session, role, teams or restrictions changed: after commit every socket of theirs, on
    /// every node, looks at once whether it may stay.
    pub fn person_changed(&mut self, person: PersonId) {
        self.people.push(person);
    }

    /// Announces that a workflow was published, stopped, changed or deleted.
    pub fn workflows_changed(&mut self) {
        if !self.changes.contains(&Change::Workflows) {
            self.changes.push(Change::Workflows);
        }
    }

    /// Announces that who is in the team, or how they look, has changed.
    pub fn team_changed(&mut self) {
        if !self.changes.contains(&Change::Team) {
            self.changes.push(Change::Team);
        }
    }

    /// Announces an app that is new beside us, or is shown differently.
    pub async fn app_changed(&mut self, app: &AppId) -> Result<()> {
        if let Some(app) = apps::known(&mut self.tx, app).await? {
            self.changes.push(Change::App { app });
        }
        Ok(())
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
