//! Which kinds of events stand between the messages.

use super::Event;
use std::collections::BTreeSet;

/// What an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// Who has control, and who asked for it.
    Control,
    Assignment,
    /// Closed, opened again, snoozed, marked as unread.
    Status,
    Workflow,
    /// What the team knows about the contact: fields, tags, labels, notes.
    Contact,
    /// What the customer did besides writing, and all that is new to us.
    Customer,
}

impl EventKind {
    pub const ALL: [Self; 6] =
        [Self::Control, Self::Assignment, Self::Status, Self::Workflow, Self::Contact, Self::Customer];

    /// The word it is kept under.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Control => "control",
            Self::Assignment => "assignment",
            Self::Status => "status",
            Self::Workflow => "workflow",
            Self::Contact => "contact",
            Self::Customer => "customer",
        }
    }
}

impl Event {
    /// What it is about.
    pub fn kind(&self) -> EventKind {
        let Self::Activity(activity) = self else { return EventKind::Control };
        match activity.act.as_str() {
            "requested" => EventKind::Control,
            "assigned" => EventKind::Assignment,
            "closed" | "reopened" | "snoozed" | "unread" => EventKind::Status,
            "labelled" | "unlabelled" | "note.deleted" => EventKind::Contact,
            act if act.starts_with("run.") => EventKind::Workflow,
            act if act.starts_with("contact.") => EventKind::Contact,
            _ => EventKind::Customer,
        }
    }
}

/// The kinds of events a reader wants to see; all of them at first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShownEvents {
    hidden: BTreeSet<EventKind>,
}

impl ShownEvents {
    /// Reads what a browser kept: the words of the kinds that are hidden. `hidden` alone hides all.
    pub fn read(kept: &str) -> Self {
        let all = kept == "hidden";
        let hides = |kind: &EventKind| all || kept.split(' ').any(|word| word == kind.as_str());
        Self { hidden: EventKind::ALL.into_iter().filter(hides).collect() }
    }

    /// What a browser keeps; nothing when all are shown.
    pub fn write(&self) -> String {
        self.hidden.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Whether events of this kind are shown.
    pub fn shows(&self, kind: EventKind) -> bool {
        !self.hidden.contains(&kind)
    }

    /// Whether every kind is shown.
    pub fn shows_all(&self) -> bool {
        self.hidden.is_empty()
    }

    /// Shows or hides a kind.
    pub fn show(&mut self, kind: EventKind, shown: bool) {
        if shown {
            self.hidden.remove(&kind);
        } else {
            self.hidden.insert(kind);
        }
    }

    /// Shows all kinds or none.
    pub fn show_all(&mut self, shown: bool) {
        self.hidden = if shown { BTreeSet::new() } else { EventKind::ALL.into_iter().collect() };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples::{NOW, activity};

    #[test]
    fn what_is_kept_is_read_back() {
        let mut shown = ShownEvents::default();
        assert_eq!((shown.write().as_str(), ShownEvents::read("")), ("", shown.clone()));
        shown.show(EventKind::Status, false);
        shown.show(EventKind::Control, false);
        assert_eq!(ShownEvents::read(&shown.write()), shown);
        assert!(!shown.shows(EventKind::Status) && shown.shows(EventKind::Workflow));
        shown.show_all(false);
        assert_eq!(ShownEvents::read("hidden"), shown);
    }

    #[test]
    fn every_event_has_a_kind() {
        let kind = |act: &str| {
            let mut activity = activity(1, NOW);
            activity.act = act.into();
            Event::Activity(activity).kind()
        };
        assert_eq!(kind("run.stopped"), EventKind::Workflow);
        assert_eq!(kind("assigned"), EventKind::Assignment);
        assert_eq!(kind("reopened"), EventKind::Status);
        assert_eq!(kind("contact.tagged"), EventKind::Contact);
        assert_eq!(kind("something Facebook invents"), EventKind::Customer);
    }
}
