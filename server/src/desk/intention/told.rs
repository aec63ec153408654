//! What others are told of an intention: browsers through live changes, managers through the audit log.

use super::Intention;
use domain::live::Change;
use domain::person::Actor;
use domain::view::Activity;
use domain::{AppId, ConversationId, PageId, PersonId};
use store::{Result, activity, apps, audit, pages};

impl Intention {
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
        self.reads.pages.remove(id);
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
}
