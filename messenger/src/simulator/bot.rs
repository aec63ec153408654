//! Programs that play other apps on the page. They obey the same rules as everybody: their messages pass through the
//! same Send API, and they only speak while they are in control.

use super::world::Delivery;
use domain::conversation::evidence::Channel;
use serde_json::json;

/// What a bot is like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BotScript {
    /// Greets, answers questions about an order, passes to a person when asked, releases when thanked.
    Sales {
        /// How long it thinks before it answers, in milliseconds.
        delay_ms: u64,
    },
}

/// What a bot remembers of one conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    greeted: bool,
    subject: Option<&'static str>,
}

/// What a bot does next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Move {
    Say(String),
    /// To the default app.
    Pass {
        metadata: String,
    },
    Release,
}

/// What a customer means, as far as the bot understands.
enum Meaning {
    WantsPerson,
    Thanks,
    Order,
    Return,
    Unclear,
}

impl BotScript {
    /// How long it thinks before it answers, in milliseconds.
    pub fn delay_ms(&self) -> u64 {
        match self {
            Self::Sales { delay_ms } => *delay_ms,
        }
    }

    /// What it does about an event. Control lost or gained begins a new conversation.
    pub fn hears(&self, memory: &mut Memory, event: &Delivery, first_name: &str) -> Vec<Move> {
        let item = &event.item;
        if item.get("take_thread_control").is_some() || item.get("pass_thread_control").is_some() {
            *memory = Memory::default();
        }
        if event.channel == Channel::Standby || event.is_echo() {
            return Vec::new();
        }
        let words = item["message"]["text"].as_str().or_else(|| item["postback"]["title"].as_str());
        let has_content = item.get("message").is_some() || item.get("postback").is_some();
        if has_content { answer(memory, words.unwrap_or_default(), first_name) } else { Vec::new() }
    }
}

fn answer(memory: &mut Memory, words: &str, first_name: &str) -> Vec<Move> {
    let say = |words: &str| Move::Say(words.to_owned());
    let is_first = !std::mem::replace(&mut memory.greeted, true);
    let mut moves = Vec::new();
    if is_first {
        moves.push(Move::Say(format!(
            "Hello {first_name}! I am SalesBot. Ask me about your order, or say “person” to talk to the team."
        )));
    }
    match meaning(words) {
        Meaning::WantsPerson => {
            moves.push(say("Of course. I am passing you to the team; somebody will answer here."));
            moves.push(Move::Pass { metadata: handover_note(memory) });
            *memory = Memory::default();
        }
        Meaning::Thanks => {
            moves.push(say("You are welcome. Goodbye, and enjoy your shoes!"));
            moves.push(Move::Release);
            *memory = Memory::default();
        }
        Meaning::Order => {
            memory.subject = Some("Order 48 190");
            moves.push(say("Your order 48 190 is on its way. It should arrive on Tuesday."));
        }
        Meaning::Return => {
            memory.subject = Some("Return");
            moves.push(say(
                "You can send shoes back within 30 days. Say “person” and the team starts the return.",
            ));
        }
        Meaning::Unclear if is_first => {}
        Meaning::Unclear => {
            moves.push(say(
                "I did not get that. Ask me about your order, or say “person” to talk to the team.",
            ));
        }
    }
    moves
}

fn handover_note(memory: &Memory) -> String {
    let subject = memory.subject.unwrap_or("General question");
    json!({ "reason": "customer asked for a person", "subject": subject }).to_string()
}

/// Whether a customer asks for somebody of the team.
pub(super) fn wants_person(words: &str) -> bool {
    let words = words.to_lowercase();
    ["person", "human", "agent", "somebody", "someone"].iter().any(|word| words.contains(word))
}

fn meaning(words: &str) -> Meaning {
    if wants_person(words) {
        return Meaning::WantsPerson;
    }
    let words = words.to_lowercase();
    let says = |any: &[&str]| any.iter().any(|word| words.contains(word));
    if says(&["return", "refund", "send back", "exchange"]) {
        Meaning::Return
    } else if says(&["order", "parcel", "package", "delivery", "where is", "tracking"]) {
        Meaning::Order
    } else if says(&["thank", "thanks", "bye"]) {
        Meaning::Thanks
    } else {
        Meaning::Unclear
    }
}
