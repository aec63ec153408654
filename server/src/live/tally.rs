//! How many conversations stand alike, kept in memory and moved on by each change of the log: counting a hundred
//! thousand conversations for every page that is opened would cost more than the page.

use domain::PersonId;
use domain::live::Audience;
use domain::person::Sight;
use domain::view::{Counters, Facts};
use std::collections::HashMap;
use std::sync::Arc;
use store::{Result, Tx, changes, inbox};

/// More changes than these are not folded for one answer; counting is quicker.
const FAR: i64 = 512;

/// The count as of a number of the log.
#[derive(Clone, Debug)]
pub struct Tally {
    n: i64,
    counts: Arc<HashMap<Facts, i64>>,
}

impl Tally {
    /// Counts what is in the database.
    pub async fn count(tx: &mut Tx) -> Result<Self> {
        let n = changes::last(tx).await?;
        Ok(Self { n, counts: Arc::new(inbox::facts(tx).await?.into_iter().collect()) })
    }

    /// Follows one change. What only happened in a conversation leaves it where it was.
    pub fn follow(&mut self, n: i64, audience: Option<&Audience>) {
        self.n = n;
        let moved = |audience: &&Audience| audience.gone || audience.was != Some(audience.is);
        let Some(audience) = audience.filter(moved) else { return };
        let counts = Arc::make_mut(&mut self.counts);
        let left = audience.was.map(|was| (was, -1));
        let entered = (!audience.gone).then_some((audience.is, 1));
        for (facts, step) in left.into_iter().chain(entered) {
            let count = counts.entry(facts).or_default();
            *count += step;
            if *count == 0 {
                counts.remove(&facts);
            }
        }
    }

    /// The same as of the snapshot, which must be younger; nothing when the log does not tell how to get there.
    pub async fn up_to_date(mut self, tx: &mut Tx) -> Result<Option<Self>> {
        let now = changes::last(tx).await?;
        if self.n == now {
            return Ok(Some(self));
        }
        if now < self.n || now - self.n > FAR {
            return Ok(None);
        }
        let missed = changes::after(tx, self.n, FAR).await?;
        // A log that was started anew has a gap.
        let complete = (self.n + 1..=now).eq(missed.iter().map(|entry| entry.n));
        missed.iter().for_each(|entry| self.follow(entry.n, entry.audience.as_ref()));
        Ok(complete.then_some(self))
    }

    /// The numbers beside the views, for a person with this sight.
    pub fn counters(&self, me: Option<PersonId>, sight: &Sight) -> Counters {
        let mut counters = Counters::default();
        for (facts, count) in self.counts.iter().filter(|(facts, _)| sight.sees(facts.assignee, facts.team)) {
            counters.add(facts, *count, me);
        }
        counters
    }
}
