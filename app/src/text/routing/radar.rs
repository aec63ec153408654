//! How bots behave.

use super::seconds;
use domain::routing::radar::{Blip, Example, Measure};

words! {
    radar: "How bots behaved in the last 7 days",
    radar_lead: "Measured in the conversations of this page.",
}

/// What is measured.
pub fn blip(blip: Blip) -> &'static str {
    match blip {
        Blip::FastAnswer => say!("Answered in less than a second"),
        Blip::TalksOver => say!("Spoke while we had control"),
        Blip::NobodyTook => say!("Handed over, and nobody answered within 30 minutes"),
        Blip::AskedForPerson => say!("Customer asked for a person and stayed with the bot"),
        Blip::Loop => say!("Said the same three times or more within an hour"),
    }
}

/// "3 of 214 answers", "2 conversations", "None"
pub fn measured(measure: &Measure) -> String {
    match (measure.blip, measure.count, measure.of) {
        (_, 0, _) => say!("None").into(),
        (Blip::FastAnswer, count, Some(of)) => say!("{count} of {of} answers", count, of),
        (Blip::FastAnswer | Blip::AskedForPerson, 1, _) => say!("Once").into(),
        (Blip::FastAnswer | Blip::AskedForPerson, count, _) => say!("{count} times", count),
        (_, 1, _) => say!("1 conversation").into(),
        (_, count, _) => say!("{count} conversations", count),
    }
}

/// What an example adds to its name and time: "after 0.3 s", "4 times".
pub fn example(blip: Blip, example: &Example) -> Option<String> {
    let number = example.number?;
    match blip {
        Blip::FastAnswer => Some(say!("after {seconds}", seconds = seconds(number))),
        Blip::Loop => Some(say!("{number} times", number)),
        Blip::TalksOver | Blip::NobodyTook | Blip::AskedForPerson => None,
    }
}
