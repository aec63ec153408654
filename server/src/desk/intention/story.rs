//! Evidence joins the story of a conversation: at its end as a rule, at its place when it comes late.

use super::Intention;
use crate::desk::workflow::Occurred;
use crate::work::jobs::Job;
use domain::conversation::evidence::{Evidence, What};
use domain::conversation::standing::Standing;
use domain::live::Change;
use domain::{AppId, ConversationId, Timestamp};
use store::{Result, evidence, timers};

/// The timer of the automatic reset (CR-19).
pub const RESET: &str = "reset";
/// The timer of a snoozed conversation.
pub const SNOOZE: &str = "snooze";
/// The timer of control that Meta ends by itself.
pub const EXPIRY: &str = "expiry";

impl Intention {
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
}
