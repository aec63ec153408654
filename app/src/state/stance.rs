//! How the composer stands: what the agent may do here now, and what has to be said about it.

use domain::Timestamp;
use domain::conversation::control::{Owner, OwnerKind};
use domain::conversation::gate::{Gate, Lock, gate};
use domain::conversation::window::Label;
use domain::page::Health;
use domain::person::{Act, Person};
use domain::view::{ControlView, Conversation};

/// What the composer shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stance {
    /// Write. `human_until`: the message will carry Meta's human-agent label, possible until then.
    Open { human_until: Option<Timestamp> },
    /// Write; who has control is asked before it leaves.
    AskFirst { human_until: Option<Timestamp> },
    /// Another app is talking. `may_take`: whether this person may cut in.
    Locked { by: String, may_take: bool },
    /// This person writes only in conversations of their own, and this one is somebody else's, or nobody's. `free`:
    /// nobody has it, so it may be claimed.
    Unassigned { to: Option<String>, free: bool },
    /// Another app is talking and the agent chose to write into it (CR-23).
    Interrupting { of: String, human_until: Option<Timestamp> },
    /// Nobody may write until the customer does.
    Closed,
    /// The page cannot send now; a message would wait.
    Disconnected { reason: String },
    /// A manager disconnected the page; nothing is taken until it is connected again.
    Removed { by: String },
}

/// Decides, with the same rules the server enforces. `interrupting`: the agent chose to write although another app
/// has control.
pub fn stance(
    conversation: &Conversation,
    health: &Health,
    writer: &Person,
    interrupting: bool,
    now: Timestamp,
) -> Stance {
    let facts = conversation.facts();
    if !writer.may_write_to(facts.assignee, facts.team) {
        let person = conversation.assignee.as_ref().map(|person| person.name.clone());
        let team = conversation.team.as_ref().map(|team| team.name.clone());
        return Stance::Unassigned { to: person.or(team), free: facts.assignee.is_none() };
    }
    let may_take = writer.may(Act::TakeOver);
    let owner = owner(&conversation.control);
    let window = &conversation.window.deadlines;
    match gate(&owner, window, health, true, now) {
        Gate::Open { label, until } => Stance::Open { human_until: human(label, until) },
        Gate::AskFirst { label, until } => Stance::AskFirst { human_until: human(label, until) },
        Gate::Locked(Lock::PageDisconnected { reason }) => Stance::Disconnected { reason },
        Gate::Locked(Lock::PageRemoved { by }) => Stance::Removed { by },
        Gate::Locked(Lock::WindowClosed) => Stance::Closed,
        Gate::Locked(Lock::Bot { .. } | Lock::PageInbox) if interrupting && may_take => {
            Stance::Interrupting {
                of: conversation.control.owner_name(),
                human_until: match gate(&Owner::Ours, window, health, true, now) {
                    Gate::Open { label, until } => human(label, until),
                    Gate::AskFirst { .. } | Gate::Locked(_) => None,
                },
            }
        }
        Gate::Locked(Lock::Bot { .. } | Lock::PageInbox) => {
            Stance::Locked { by: conversation.control.owner_name(), may_take }
        }
    }
}

fn human(label: Label, until: Timestamp) -> Option<Timestamp> {
    match label {
        Label::Response => None,
        Label::HumanAgent => Some(until),
    }
}

fn owner(control: &ControlView) -> Owner {
    match (control.owner, &control.app_id) {
        (OwnerKind::Ours, _) => Owner::Ours,
        (OwnerKind::Bot, Some(app)) => Owner::Bot(app.clone()),
        (OwnerKind::Bot, None) => Owner::Bot("".into()),
        (OwnerKind::PageInbox, _) => Owner::PageInbox,
        (OwnerKind::Idle, _) => Owner::Idle,
        (OwnerKind::Unknown, _) => Owner::Unknown,
    }
}

/// The owner's name for sentences.
pub trait OwnerName {
    /// "SalesBot", "Page Inbox", or the next best words.
    fn owner_name(&self) -> String;
}

impl OwnerName for ControlView {
    fn owner_name(&self) -> String {
        match self.owner {
            OwnerKind::Ours => say!("Our inbox").into(),
            OwnerKind::Bot => self.app_name.clone().unwrap_or_else(|| say!("Another app").into()),
            OwnerKind::PageInbox => "Page Inbox".into(),
            OwnerKind::Idle => say!("Nobody").into(),
            OwnerKind::Unknown => say!("Somebody").into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples::{NOW, agent, ann, assigned, conversation};
    use domain::person::Restrictions;
    use domain::{DAY, HOUR};

    fn held_by(owner: OwnerKind) -> Conversation {
        let mut conversation = conversation(1, NOW);
        conversation.control.owner = owner;
        conversation.control.app_id = (owner == OwnerKind::Bot).then(|| "611203984417755".into());
        conversation.control.app_name = (owner == OwnerKind::Bot).then(|| "SalesBot".into());
        conversation
    }

    #[test]
    fn a_bots_thread_is_locked_until_the_agent_chooses_to_interrupt() {
        let thread = held_by(OwnerKind::Bot);
        let at = |interrupting| stance(&thread, &Health::Connected, &agent(ann()), interrupting, NOW + HOUR);
        assert_eq!(at(false), Stance::Locked { by: "SalesBot".into(), may_take: true });
        assert_eq!(at(true), Stance::Interrupting { of: "SalesBot".into(), human_until: None });
    }

    #[test]
    fn after_a_day_the_message_is_said_to_be_a_human_agents() {
        let thread = held_by(OwnerKind::Ours);
        let at = |later| stance(&thread, &Health::Connected, &agent(ann()), false, NOW + later);
        assert_eq!(at(HOUR), Stance::Open { human_until: None });
        assert_eq!(at(2 * DAY), Stance::Open { human_until: Some(NOW + 7 * DAY) });
        assert_eq!(at(8 * DAY), Stance::Closed);
    }

    #[test]
    fn a_closed_window_is_not_opened_by_interrupting() {
        let thread = held_by(OwnerKind::Bot);
        assert_eq!(stance(&thread, &Health::Connected, &agent(ann()), true, NOW + 8 * DAY), Stance::Closed);
    }

    #[test]
    fn an_unknown_owner_lets_write_and_asks_first() {
        let thread = held_by(OwnerKind::Unknown);
        let stance = stance(&thread, &Health::Connected, &agent(ann()), false, NOW);
        assert_eq!(stance, Stance::AskFirst { human_until: None });
    }

    #[test]
    fn somebody_bound_to_assignments_has_to_claim_first() {
        let bound = Restrictions { only_assigned: true, ..Restrictions::default() };
        let writer = Person { restrictions: bound, ..agent(ann()) };
        let at = |thread| stance(&thread, &Health::Connected, &writer, false, NOW);
        assert_eq!(at(held_by(OwnerKind::Ours)), Stance::Unassigned { to: None, free: true });
        assert_eq!(at(assigned(held_by(OwnerKind::Ours), writer.id)), Stance::Open { human_until: None });
    }

    #[test]
    fn whoever_may_not_take_over_is_not_offered_to() {
        let kept = Restrictions { no_take_over: true, ..Restrictions::default() };
        let writer = Person { restrictions: kept, ..agent(ann()) };
        let stance = stance(&held_by(OwnerKind::Bot), &Health::Connected, &writer, true, NOW);
        assert_eq!(stance, Stance::Locked { by: "SalesBot".into(), may_take: false });
    }
}
