//! The changes heard lately, kept for views that are still on their way.

use domain::live::Numbered;
use std::collections::VecDeque;

/// How many changes are kept: minutes of a busy inbox.
const KEPT: usize = 512;

/// The last changes, so that a view loaded before one of them can catch up with it.
#[derive(Clone, Debug, Default)]
pub struct Recent {
    changes: VecDeque<Numbered>,
    last: i64,
    /// Changes up to this number are forgotten or were never heard.
    forgotten: i64,
}

impl Recent {
    /// Begins to listen after this number.
    pub fn after(number: i64) -> Self {
        Self { changes: VecDeque::new(), last: number, forgotten: number }
    }

    /// The number to resume after.
    pub fn last(&self) -> i64 {
        self.last
    }

    /// Keeps a change; `false` when it was heard before.
    pub fn keep(&mut self, change: &Numbered) -> bool {
        if change.n <= self.last {
            return false;
        }
        self.last = change.n;
        self.changes.push_back(change.clone());
        if self.changes.len() > KEPT
            && let Some(oldest) = self.changes.pop_front()
        {
            self.forgotten = oldest.n;
        }
        true
    }

    /// Everything up to a number was told; what we did not hear of it was not for us.
    pub fn told(&mut self, number: i64) {
        self.last = self.last.max(number);
    }

    /// The changes after a number; nothing when one of them is forgotten.
    pub fn since(&self, number: i64) -> Option<Vec<Numbered>> {
        (number >= self.forgotten)
            .then(|| self.changes.iter().filter(|change| change.n > number).cloned().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples;

    fn change(n: i64) -> Numbered {
        Numbered { n, change: samples::page_change() }
    }

    #[test]
    fn a_repeated_change_is_heard_once() {
        let mut recent = Recent::after(5);
        assert!(!recent.keep(&change(5)));
        assert!(recent.keep(&change(6)));
        assert!(!recent.keep(&change(6)));
        assert_eq!(recent.last(), 6);
    }

    #[test]
    fn what_was_not_for_us_is_not_asked_for_again() {
        let mut recent = Recent::after(5);
        recent.told(9);
        recent.told(7);
        assert_eq!(recent.last(), 9);
        assert!(recent.keep(&change(10)));
    }

    #[test]
    fn a_late_view_catches_up_or_learns_that_it_cannot() {
        let mut recent = Recent::after(0);
        for n in 1..=600 {
            recent.keep(&change(n));
        }
        assert_eq!(recent.since(598).map(|changes| changes.len()), Some(2));
        assert_eq!(recent.since(3), None);
        assert_eq!(Recent::after(9).since(8), None);
    }
}
