//! How the bots of a page behave: counts with examples, from what was written in the last days.

use domain::conversation::control::{Owner, Proof};
use domain::conversation::standing::Standing;
use domain::routing::check::{PERIOD, Pace};
use domain::routing::radar::{Blip, EXAMPLES, Example, Measure, WAITS};
use domain::{ConversationId, PageId, Timestamp};
use store::{Result, Tx, radar};

/// Everything that is measured, in the order in which it is shown.
pub async fn measure(
    tx: &mut Tx,
    page: &PageId,
    now: Timestamp,
    pace: &Pace,
    fast: Vec<Example>,
) -> Result<Vec<Measure>> {
    let since = now - PERIOD;
    let standings = radar::standings(tx, page, since).await?;
    let talks_over = places(&standings, |standing| standing.talked_over_at.filter(|at| *at >= since));
    let nobody_took = places(&standings, |standing| waits_since(standing, now));
    let asked = radar::asked_for_person(tx, page, since).await?;
    let loops = radar::loops(tx, page, since).await?;
    Ok(vec![
        Measure { of: Some(pace.answers), count: pace.fast, ..of(Blip::FastAnswer, fast) },
        of(Blip::TalksOver, talks_over),
        of(Blip::NobodyTook, nobody_took),
        of(Blip::AskedForPerson, asked),
        of(Blip::Loop, loops),
    ])
}

fn of(blip: Blip, mut examples: Vec<Example>) -> Measure {
    let count = i64::try_from(examples.len()).unwrap_or(i64::MAX);
    examples.truncate(EXAMPLES);
    Measure { blip, count, of: None, examples }
}

type Place = (ConversationId, String, Standing);

fn places(standings: &[Place], happened: impl Fn(&Standing) -> Option<Timestamp>) -> Vec<Example> {
    let example = |(conversation, customer, standing): &Place| {
        let at = happened(standing)?;
        Some(Example { conversation: *conversation, customer: customer.clone(), at, number: None })
    };
    let mut found: Vec<Example> = standings.iter().filter_map(example).collect();
    found.sort_by_key(|example| std::cmp::Reverse(example.at));
    found
}

/// Since when a customer who was handed over has waited, if that is too long: nobody of the team has written since the
/// thread became ours, or the clock let it go with nobody having read it.
fn waits_since(standing: &Standing, now: Timestamp) -> Option<Timestamp> {
    let control = &standing.control;
    let handed_over = match (&control.owner, control.proof) {
        (Owner::Ours, Proof::TakenByUs | Proof::OurMessageAccepted) => false,
        (Owner::Ours, _) => standing.team_wrote_at.is_none_or(|wrote| wrote < control.since),
        (Owner::Idle, Proof::Expired) => standing.handed_over.is_some(),
        (Owner::Bot(_) | Owner::PageInbox | Owner::Idle | Owner::Unknown, _) => false,
    };
    let asked_at = standing.asked_at.unwrap_or(control.since);
    (handed_over && standing.unread && now - asked_at > WAITS).then_some(asked_at)
}
