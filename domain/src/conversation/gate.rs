//! The composer's decision: may this person write here now, and if not, why not and what to do.
//!
//! Three independent reasons can lock it, each with its own remedy: another app has control, the window is closed,
//! the page cannot send. The browser shows what the server will say; the server asks again.

use super::control::Owner;
use super::window::{Label, Window, WindowState};
use crate::page::Health;
use crate::{AppId, Timestamp};
use serde::{Deserialize, Serialize};

/// Whether one may write, and how the message is labelled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "gate", rename_all = "snake_case")]
pub enum Gate {
    Open {
        label: Label,
        until: Timestamp,
    },
    /// Open, but the owner is not known: ask Meta before sending.
    AskFirst {
        label: Label,
        until: Timestamp,
    },
    Locked(Lock),
}

/// Why one may not write, the first thing to remedy first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Lock {
    /// Remedy: somebody reconnects the page. Messages may be queued until then.
    PageDisconnected { reason: String },
    /// A manager ended the connection. Remedy: a manager connects the page again; until then nothing is taken.
    PageRemoved { by: String },
    /// Remedy: wait for the customer to write.
    WindowClosed,
    /// Remedy: take over.
    Bot { app: AppId },
    /// Remedy: take over.
    PageInbox,
}

/// Decides. `by_person`: whether a person types, rather than a program.
pub fn gate(owner: &Owner, window: &Window, health: &Health, by_person: bool, now: Timestamp) -> Gate {
    match health {
        Health::Disconnected { reason, .. } => {
            return Gate::Locked(Lock::PageDisconnected { reason: reason.clone() });
        }
        Health::Removed { by, .. } => return Gate::Locked(Lock::PageRemoved { by: by.clone() }),
        // What is written while a page pauses waits; writing goes on.
        Health::Connected | Health::Paused { .. } => {}
    }
    let state = window.at(now);
    let (
        Some(label),
        WindowState::Open { expires_at: until } | WindowState::HumanAgent { expires_at: until },
    ) = (state.label(by_person), state)
    else {
        return Gate::Locked(Lock::WindowClosed);
    };
    match owner {
        Owner::Ours | Owner::Idle => Gate::Open { label, until },
        Owner::Unknown => Gate::AskFirst { label, until },
        Owner::Bot(app) => Gate::Locked(Lock::Bot { app: app.clone() }),
        Owner::PageInbox => Gate::Locked(Lock::PageInbox),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DAY, HOUR};

    const T0: Timestamp = Timestamp(1_795_219_200_000);

    fn written() -> Window {
        let mut window = Window::default();
        window.customer_wrote(T0);
        window
    }
    fn bot() -> Owner {
        Owner::Bot("611203984417755".into())
    }

    #[test]
    fn a_bots_thread_is_locked_and_says_whose_it_is() {
        let gate = gate(&bot(), &written(), &Health::Connected, true, T0 + HOUR);
        assert_eq!(gate, Gate::Locked(Lock::Bot { app: "611203984417755".into() }));
    }

    #[test]
    fn a_closed_window_locks_even_a_thread_of_ours() {
        let gate = gate(&Owner::Ours, &written(), &Health::Connected, true, T0 + 8 * DAY);
        assert_eq!(gate, Gate::Locked(Lock::WindowClosed));
    }

    #[test]
    fn a_program_may_not_use_the_seven_days_of_people() {
        let by = |person| gate(&Owner::Ours, &written(), &Health::Connected, person, T0 + 2 * DAY);
        assert_eq!(by(true), Gate::Open { label: Label::HumanAgent, until: T0 + 7 * DAY });
        assert_eq!(by(false), Gate::Locked(Lock::WindowClosed));
    }

    #[test]
    fn a_disconnected_page_is_the_first_thing_to_remedy() {
        let health = Health::Disconnected { since: T0, reason: "The token has expired.".into() };
        assert!(matches!(
            gate(&bot(), &written(), &health, true, T0),
            Gate::Locked(Lock::PageDisconnected { .. })
        ));
    }

    #[test]
    fn an_unknown_owner_is_asked_for_before_sending() {
        assert!(matches!(
            gate(&Owner::Unknown, &written(), &Health::Connected, true, T0),
            Gate::AskFirst { .. }
        ));
    }
}
