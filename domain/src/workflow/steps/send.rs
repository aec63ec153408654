//! Send a Message. Also how every step that writes gets a message out: with control, inside the window, and not
//! before Meta has taken it does the run go on.

use super::content::Content;
use crate::conversation::control::OwnerKind;
use crate::view::WindowWord;
use crate::workflow::exit::Exit;
use crate::workflow::settings::ControlPolicy;
use crate::workflow::turn::{Because, Effect, Hold, Input, Sight, Turn, Wait};
use serde::{Deserialize, Serialize};

/// Says something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SendMessage {
    #[serde(default)]
    pub content: Content,
}

impl SendMessage {
    pub fn enter(&self, sight: &Sight<'_, '_>) -> Turn {
        send(&self.content, sight)
    }

    pub fn resume(&self, hold: &Hold, input: &Input, sight: &Sight<'_, '_>) -> Option<Turn> {
        match (hold.wait, input) {
            (Wait::Acceptance, Input::Accepted) => Some(Turn::leave(Exit::Next)),
            _ => unsent(&self.content, hold, input, sight),
        }
    }
}

/// Sends, or waits for control, or says why not: as the workflow's control policy wants it.
pub fn send(content: &Content, sight: &Sight<'_, '_>) -> Turn {
    let thread = &sight.world.thread;
    if thread.window != WindowWord::Open {
        return not_sent(
            "The messaging window is closed; a workflow may only write within 24 hours of the customer's last message.",
        );
    }
    match (thread.owner, sight.policy) {
        (OwnerKind::Ours | OwnerKind::Idle, _) => out(content, sight),
        (_, ControlPolicy::TakeOver {}) => Turn::hold(Wait::Control, Some(sight.now() + crate::HOUR))
            .doing(Effect::TakeControl {})
            .because(no_control(thread.owner)),
        (_, ControlPolicy::Wait { limit_ms }) => {
            Turn::hold(Wait::Control, Some(sight.now() + limit_ms)).because(no_control(thread.owner))
        }
        (_, ControlPolicy::Fail {}) => Turn::leave(Exit::MessageFailure).because(no_control(thread.owner)),
    }
}

/// What a writing step does while its message is not out yet.
pub fn unsent(content: &Content, hold: &Hold, input: &Input, sight: &Sight<'_, '_>) -> Option<Turn> {
    match (hold.wait, input) {
        (Wait::Control, Input::ControlOurs) => Some(send(content, sight)),
        (Wait::Control, Input::TimeIsUp) => {
            Some(Turn::leave(Exit::MessageFailure).because(no_control(sight.world.thread.owner)))
        }
        (Wait::Acceptance, Input::NotSent { words }) => Some(not_sent(words)),
        (Wait::Acceptance, Input::ControlLost) => Some(lost(sight)),
        (Wait::Control, Input::NotSent { words }) => Some(not_sent(words)),
        (_, _) => None,
    }
}

/// The message did not leave because another app was quicker. A workflow that takes control had it when it decided to
/// write: it does not wrest it from the other app again and again, but waits, too.
fn lost(sight: &Sight<'_, '_>) -> Turn {
    let owner = sight.world.thread.owner;
    match sight.policy {
        ControlPolicy::TakeOver {} => Turn::hold(Wait::Control, Some(sight.now() + crate::HOUR)),
        ControlPolicy::Wait { limit_ms } => Turn::hold(Wait::Control, Some(sight.now() + limit_ms)),
        ControlPolicy::Fail {} => Turn::leave(Exit::MessageFailure),
    }
    .because(no_control(owner))
}

fn out(content: &Content, sight: &Sight<'_, '_>) -> Turn {
    let filled = content.fill(&sight.scope());
    if filled.text.is_none() && filled.file.is_none() {
        return not_sent("All variables of the message were empty, so there was nothing to send.");
    }
    Turn::hold(Wait::Acceptance, None).doing(Effect::Send { content: filled })
}

fn not_sent(words: &str) -> Turn {
    Turn::leave(Exit::MessageFailure).because(Because::NotSent { words: words.to_owned() })
}

fn no_control(owner: OwnerKind) -> Because {
    let owner = match owner {
        OwnerKind::Ours => "us",
        OwnerKind::Bot => "a bot",
        OwnerKind::PageInbox => "the Page Inbox",
        OwnerKind::Idle => "nobody",
        OwnerKind::Unknown => "an app we do not know yet",
    };
    Because::NoControl { owner: owner.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::HOUR;
    use crate::workflow::samples::{Stand, T0};
    use crate::workflow::turn::Next;

    fn hello() -> SendMessage {
        SendMessage { content: Content::text("Hi $contact.firstname|there") }
    }

    #[test]
    fn the_message_leaves_with_its_values_and_the_run_waits_for_meta() {
        let stand = Stand::new();
        let turn = hello().enter(&stand.sight());
        assert!(
            matches!(&turn.effects[..], [Effect::Send { content }] if content.text.as_deref() == Some("Hi Maya"))
        );
        let Next::Hold(hold) = turn.next else { panic!("it waits") };
        let on = hello().resume(&hold, &Input::Accepted, &stand.sight());
        assert_eq!(on, Some(Turn::leave(Exit::Next)));
        let refused = Input::NotSent { words: "The customer blocked the page.".into() };
        let turn = hello().resume(&hold, &refused, &stand.sight()).unwrap();
        assert_eq!(turn.next, Next::Leave(Exit::MessageFailure));
    }

    #[test]
    fn nothing_is_sent_while_a_bot_has_control() {
        let mut stand = Stand::new();
        stand.world.thread.owner = OwnerKind::Bot;
        let turn = hello().enter(&stand.sight());
        assert!(turn.effects.is_empty());
        assert_eq!(turn.next, Next::Hold(Hold { wait: Wait::Control, until: Some(T0 + 24 * HOUR) }));
        stand.policy = ControlPolicy::Fail {};
        assert_eq!(hello().enter(&stand.sight()).next, Next::Leave(Exit::MessageFailure));
        stand.policy = ControlPolicy::TakeOver {};
        assert_eq!(hello().enter(&stand.sight()).effects, [Effect::TakeControl {}]);
    }

    #[test]
    fn control_that_comes_lets_the_message_go_and_time_gives_up() {
        let mut stand = Stand::new();
        let hold = Hold { wait: Wait::Control, until: None };
        let turn = hello().resume(&hold, &Input::ControlOurs, &stand.sight()).unwrap();
        assert!(matches!(turn.effects[..], [Effect::Send { .. }]));
        stand.world.thread.owner = OwnerKind::Bot;
        let turn = hello().resume(&hold, &Input::TimeIsUp, &stand.sight()).unwrap();
        assert_eq!(turn.next, Next::Leave(Exit::MessageFailure));
    }

    #[test]
    fn a_message_that_lost_control_on_its_way_waits_for_it_and_is_not_wrested_back() {
        let mut stand = Stand::new();
        stand.world.thread.owner = OwnerKind::Unknown;
        let sent = Hold { wait: Wait::Acceptance, until: None };
        let lost = |stand: &Stand| hello().resume(&sent, &Input::ControlLost, &stand.sight()).unwrap();
        let turn = lost(&stand);
        assert_eq!(turn.next, Next::Hold(Hold { wait: Wait::Control, until: Some(T0 + 24 * HOUR) }));
        assert!(matches!(turn.because, Because::NoControl { .. }));
        stand.policy = ControlPolicy::TakeOver {};
        let turn = lost(&stand);
        assert!(turn.effects.is_empty());
        assert_eq!(turn.next, Next::Hold(Hold { wait: Wait::Control, until: Some(T0 + HOUR) }));
        stand.policy = ControlPolicy::Fail {};
        assert_eq!(lost(&stand).next, Next::Leave(Exit::MessageFailure));
    }

    #[test]
    fn a_workflow_never_writes_in_the_seven_days_of_people() {
        let mut stand = Stand::new();
        stand.world.thread.window = WindowWord::HumanAgent;
        assert_eq!(hello().enter(&stand.sight()).next, Next::Leave(Exit::MessageFailure));
    }
}
