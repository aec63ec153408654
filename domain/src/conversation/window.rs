//! Until when Meta lets us write, and how a message must then be labelled.

use crate::{DAY, Timestamp};
use serde::{Deserialize, Serialize};

/// How long a customer's action lets us write (Meta: "standard messaging window").
pub const STANDARD: i64 = DAY;
/// How long after the customer's last message a person may still answer (Meta: HUMAN_AGENT tag).
pub const HUMAN_AGENT: i64 = 7 * DAY;

/// The two deadlines. They only move later, whatever the order of events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// Anybody may write until then.
    pub open_until: Option<Timestamp>,
    /// A person may write until then.
    pub human_until: Option<Timestamp>,
}

/// What the window allows now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum WindowState {
    Open { expires_at: Timestamp },
    HumanAgent { expires_at: Timestamp },
    Closed,
}

impl Window {
    /// The customer wrote.
    pub fn customer_wrote(&mut self, at: Timestamp) {
        self.customer_acted(at);
        self.human_until = self.human_until.max(Some(at + HUMAN_AGENT));
    }

    /// The customer did something else that opens the window.
    pub fn customer_acted(&mut self, at: Timestamp) {
        self.open_until = self.open_until.max(Some(at + STANDARD));
    }

    /// Meta refused a message because the window is closed: it knows better.
    pub fn refused(&mut self, at: Timestamp) {
        self.open_until = self.open_until.min(Some(at));
    }

    /// When the customer last did what keeps it open, as far as the deadlines tell; nothing for one that never was.
    pub fn opened_at(&self) -> Option<Timestamp> {
        let acted = self.open_until.map(|until| until - STANDARD);
        acted.max(self.human_until.map(|until| until - HUMAN_AGENT))
    }

    /// What is allowed at a moment.
    pub fn at(&self, now: Timestamp) -> WindowState {
        match (self.open_until, self.human_until) {
            (Some(until), _) if now < until => WindowState::Open { expires_at: until },
            (_, Some(until)) if now < until => WindowState::HumanAgent { expires_at: until },
            (_, _) => WindowState::Closed,
        }
    }
}

/// How a message is labelled for Meta.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// `messaging_type: RESPONSE`.
    Response,
    /// `messaging_type: MESSAGE_TAG` with `HUMAN_AGENT`; only for what a person typed.
    HumanAgent,
}

impl WindowState {
    /// The label a message needs now; none when it may not be sent. A program never gets the human-agent label.
    pub fn label(self, written_by_person: bool) -> Option<Label> {
        match self {
            Self::Open { .. } => Some(Label::Response),
            Self::HumanAgent { .. } if written_by_person => Some(Label::HumanAgent),
            Self::HumanAgent { .. } | Self::Closed => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::HOUR;

    const T0: Timestamp = Timestamp(1_795_219_200_000);

    fn after_a_message() -> Window {
        let mut window = Window::default();
        window.customer_wrote(T0);
        window
    }

    #[test]
    fn the_window_is_open_for_a_day_and_then_for_people_only() {
        let window = after_a_message();
        assert_eq!(window.at(T0 + 23 * HOUR).label(false), Some(Label::Response));
        assert_eq!(window.at(T0 + 25 * HOUR).label(true), Some(Label::HumanAgent));
        assert_eq!(window.at(T0 + 25 * HOUR).label(false), None);
        assert_eq!(window.at(T0 + HUMAN_AGENT).label(true), None);
    }

    #[test]
    fn the_human_agent_label_is_never_used_while_the_window_is_open() {
        assert_eq!(after_a_message().at(T0).label(true), Some(Label::Response));
    }

    #[test]
    fn what_opened_the_window_is_told_by_its_deadlines() {
        let mut window = after_a_message();
        assert_eq!(window.opened_at(), Some(T0));
        window.customer_acted(T0 + HOUR);
        assert_eq!(window.opened_at(), Some(T0 + HOUR));
        window.refused(T0 + 2 * HOUR);
        assert_eq!(window.opened_at(), Some(T0), "the last message still counts");
        assert_eq!(Window::default().opened_at(), None);
    }

    #[test]
    fn a_reaction_opens_the_window_but_gives_people_no_seven_days() {
        let mut window = Window::default();
        window.customer_acted(T0);
        assert_eq!(window.at(T0 + HOUR), WindowState::Open { expires_at: T0 + DAY });
        assert_eq!(window.at(T0 + 2 * DAY), WindowState::Closed);
    }

    #[test]
    fn metas_refusal_closes_it_early() {
        let mut window = after_a_message();
        window.refused(T0 + HOUR);
        assert_eq!(window.at(T0 + HOUR).label(false), None);
        assert_eq!(window.at(T0 + HOUR).label(true), Some(Label::HumanAgent));
    }
}
