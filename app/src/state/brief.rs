//! What an agent has to know who takes a thread from a bot (CR-04): what the bot said, what the customer said to it, and
//! for how long the customer has been waiting.

use super::ThreadState;
use domain::Timestamp;
use domain::conversation::control::OwnerKind;
use domain::conversation::message::{AuthorKind, Direction};
use domain::view::{ControlChange, Message};

/// How many of the customer's last words are shown.
const WORDS: usize = 3;
/// The most characters of each.
const LENGTH: usize = 120;

/// A hand-over, until somebody of the team has answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brief {
    /// Who handed over.
    pub bot: Option<String>,
    /// What it said about it, as it said it.
    pub said: Option<String>,
    /// The customer's last words and taps before it, oldest first.
    pub words: Vec<String>,
    /// Since when the customer has been waiting for a person.
    pub since: Timestamp,
}

/// Whether the change of control with what the bot said is among what is loaded, so that [`brief`] knows all.
pub fn is_loaded(thread: &ThreadState) -> bool {
    thread.control.iter().any(is_hand_over)
}

fn is_hand_over(change: &ControlChange) -> bool {
    change.owner == OwnerKind::Ours && change.proof == "passed"
}

/// The hand-over that nobody has answered yet.
pub fn brief(thread: &ThreadState) -> Option<Brief> {
    let ours = matches!(thread.conversation.control.owner, OwnerKind::Ours | OwnerKind::Idle);
    let index = thread.control.iter().position(is_hand_over);
    let passed = index.and_then(|index| thread.control.get(index)).filter(|_| ours)?;
    let answered = thread.messages.iter().rev().take_while(|message| message.at >= passed.at).any(is_ours);
    if answered {
        return None;
    }
    let bot =
        index.and_then(|index| thread.control.get(index + 1)).and_then(|before| before.app_name.clone());
    let said = passed.metadata.clone().filter(|said| !said.trim().is_empty());
    Some(Brief { bot, said, words: words(thread, passed), since: passed.at })
}

fn is_ours(message: &std::sync::Arc<Message>) -> bool {
    message.direction == Direction::Out && message.author.kind == AuthorKind::Agent
}

fn words(thread: &ThreadState, passed: &ControlChange) -> Vec<String> {
    let before = thread.messages.iter().rev().skip_while(|message| message.at > passed.at);
    let customers = before.filter(|message| message.direction == Direction::In && !message.deleted);
    let said = customers.filter_map(|message| message.tapped.as_ref().or(message.text.as_ref()));
    let mut words: Vec<String> = said.take(WORDS).map(|text| text.chars().take(LENGTH).collect()).collect();
    words.reverse();
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples::{NOW, control_change, message, thread};
    use domain::MINUTE;

    fn handed_over() -> domain::view::Thread {
        let mut first = message(1, AuthorKind::Customer, NOW);
        first.text = Some("Where is my order?".into());
        let mut tap = message(2, AuthorKind::Customer, NOW + MINUTE);
        tap.tapped = Some("Talk to a person".into());
        let mut thread = thread(vec![first, tap]);
        let mut passed = control_change("passed", NOW + 2 * MINUTE);
        (passed.owner, passed.proof) = (OwnerKind::Ours, "passed".into());
        passed.metadata = Some("needs help".into());
        thread.control = vec![passed, control_change("bot", NOW)];
        thread
    }

    #[test]
    fn the_next_agent_reads_what_the_bot_heard() {
        let brief = brief(&ThreadState::fresh(handed_over())).expect("a brief");
        assert_eq!(brief.bot.as_deref(), Some("SalesBot"));
        assert_eq!(brief.said.as_deref(), Some("needs help"));
        assert_eq!(brief.words, ["Where is my order?", "Talk to a person"]);
        assert_eq!(brief.since, NOW + 2 * MINUTE);
    }

    #[test]
    fn an_answer_of_the_team_ends_it() {
        let mut thread = handed_over();
        thread.messages.push(message(3, AuthorKind::Agent, NOW + 3 * MINUTE));
        let thread = ThreadState::fresh(thread);
        assert_eq!(brief(&thread), None);
        assert!(is_loaded(&thread), "nothing else may bring it back");
    }
}
