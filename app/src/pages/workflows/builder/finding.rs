//! The way to what is wrong, and to whatever else is asked for.

use super::screen::Screen;
use crate::browser;
use crate::state::builder::Spot;
use crate::text::builder as words;
use domain::workflow::check::At;
use leptos::prelude::*;

impl Screen {
    /// Shows the next thing that keeps the workflow from being saved.
    pub fn next_flaw(self) {
        let here = match self.selected.get_untracked() {
            Spot::Trigger => Some(At::Trigger),
            Spot::Step(id) => Some(At::Step(id)),
            Spot::End(_) => None,
        };
        let places: Vec<At> = self.flaws.with_untracked(|flaws| {
            let mut places: Vec<At> = flaws.iter().map(|flaw| flaw.at).collect();
            places.dedup();
            places
        });
        let now = here.filter(|_| self.drawer.get_untracked());
        let after = now.and_then(|here| places.iter().position(|at| *at == here)).map_or(0, |at| at + 1);
        match places.get(after).or(places.first()) {
            Some(at) => self.show(*at),
            None => self.toasts.say(words::no_errors()),
        }
    }

    /// Shows where a flaw is, with its settings.
    pub fn show(self, at: At) {
        let spot = spot_of(at);
        self.state.update(|state| state.select(spot));
        self.drawer.set(true);
        reveal(spot);
    }

    /// Selects something and brings it into view.
    pub fn reveal(self, at: At) {
        let spot = spot_of(at);
        self.state.update(|state| state.select(spot));
        reveal(spot);
    }
}

fn spot_of(at: At) -> Spot {
    match at {
        At::Trigger => Spot::Trigger,
        At::Step(id) => Spot::Step(id),
    }
}

/// Brings something into view once it is drawn.
fn reveal(spot: Spot) {
    let reveal = format!("[data-spot=\"{spot}\"]");
    request_animation_frame(move || browser::center(&reveal));
}
