//! How bots behave.

use super::seconds;
use domain::routing::radar::{Blip, Example, Measure};

pub const RADAR: &str = "How bots behaved in the last 7 days";
pub const RADAR_LEAD: &str = "Measured in the conversations of this page.";

/// What is measured.
pub fn blip(blip: Blip) -> &'static str {
    match blip {
        Blip::FastAnswer => "Answered in less than a second",
        Blip::TalksOver => "Spoke while we had control",
        Blip::NobodyTook => "Handed over, and nobody answered within 30 minutes",
        Blip::AskedForPerson => "Customer asked for a person and stayed with the bot",
        Blip::Loop => "Said the same three times or more within an hour",
    }
}

/// "3 of 214 answers", "2 conversations", "None"
pub fn measured(measure: &Measure) -> String {
    match (measure.blip, measure.count, measure.of) {
        (_, 0, _) => "None".into(),
        (Blip::FastAnswer, count, Some(of)) => format!("{count} of {of} answers"),
        (Blip::FastAnswer | Blip::AskedForPerson, 1, _) => "Once".into(),
        (Blip::FastAnswer | Blip::AskedForPerson, count, _) => format!("{count} times"),
        (_, 1, _) => "1 conversation".into(),
        (_, count, _) => format!("{count} conversations"),
    }
}

/// What an example adds to its name and time: "after 0.3 s", "4 times".
pub fn example(blip: Blip, example: &Example) -> Option<String> {
    let number = example.number?;
    match blip {
        Blip::FastAnswer => Some(format!("after {}", seconds(number))),
        Blip::Loop => Some(format!("{number} times")),
        Blip::TalksOver | Blip::NobodyTook | Blip::AskedForPerson => None,
    }
}
