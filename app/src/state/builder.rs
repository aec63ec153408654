//! A workflow while somebody builds it: its graph, what is selected, what was copied, and the way back.
//!
//! Every act here is one entry of the history. The components only draw what stands here and call the acts. To add an
//! act: a method in `acts`, its words in `text::builder`.

mod acts;
mod history;
mod kinds;
mod outline;
mod sight;
mod spot;
#[cfg(test)]
mod tests;
mod unsaved;
mod walking;

pub use acts::Doomed;
pub use history::Deed;
pub use kinds::{STEPS, TRIGGERS, fresh_line, fresh_step, fresh_trigger};
pub use outline::{OutlineLine, outline};
pub use sight::{Frame as CanvasFrame, LARGEST, SMALLEST, zoomed};
pub use unsaved::{Begin, Unsaved, begin};
pub use walking::{Toward, ends};

use domain::workflow::graph::{Graph, Piece, Place, StepId};
use history::History;
use std::sync::Arc;

/// Something on the canvas that can be selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Spot {
    Trigger,
    Step(StepId),
    /// A way that leads nowhere yet.
    End(Place),
}

/// A workflow in the builder.
#[derive(Clone, Debug)]
pub struct BuilderState {
    graph: Arc<Graph>,
    /// What was saved last.
    saved: Arc<Graph>,
    revision: i64,
    history: History,
    selected: Spot,
    copied: Option<Arc<Piece>>,
    /// What was cut and waits for its new place.
    cut: Option<StepId>,
}

impl BuilderState {
    /// A workflow as it was saved last, with what its author has built since.
    pub fn fresh(saved: Graph, revision: i64, built: Option<Graph>) -> Self {
        let saved = Arc::new(saved);
        let mut state = Self {
            graph: Arc::clone(&saved),
            saved,
            revision,
            history: History::default(),
            selected: Spot::Trigger,
            copied: None,
            cut: None,
        };
        if let Some(built) = built.filter(|built| *built != *state.saved) {
            state.replace(built, Deed::Restore);
        }
        state
    }

    /// What is on the canvas.
    pub fn graph(&self) -> &Arc<Graph> {
        &self.graph
    }

    /// Which save it began from.
    pub fn revision(&self) -> i64 {
        self.revision
    }

    /// Whether something was built since the last save.
    pub fn is_changed(&self) -> bool {
        !Arc::ptr_eq(&self.graph, &self.saved) && self.graph != self.saved
    }

    /// The present selection; what is gone counts as its nearest neighbour.
    pub fn selected(&self) -> Spot {
        self.selected
    }

    /// The selected step.
    pub fn selected_step(&self) -> Option<StepId> {
        match self.selected {
            Spot::Step(id) => Some(id),
            Spot::Trigger | Spot::End(_) => None,
        }
    }

    /// Selects something that is there.
    pub fn select(&mut self, spot: Spot) {
        self.history.seal();
        self.selected = spot;
        self.settle();
    }

    /// Ends what was being typed: the next letter is an entry of its own.
    pub fn seal(&mut self) {
        self.history.seal();
    }

    /// What was copied, if something was.
    pub fn copied(&self) -> Option<&Piece> {
        self.copied.as_deref()
    }

    /// The step that was cut and waits for its new place.
    pub fn cut(&self) -> Option<StepId> {
        self.cut
    }

    /// A save of this graph went well. What was built meanwhile stays.
    pub fn saved(&mut self, graph: Graph, revision: i64) {
        self.saved = if *self.graph == graph { Arc::clone(&self.graph) } else { Arc::new(graph) };
        self.revision = revision;
    }

    /// Goes on from a newer save with one's own graph: it replaces the newer one when it is saved. The newer one is one
    /// step back.
    pub fn keep_mine(&mut self, newer: Graph, revision: i64) {
        let mine = Arc::clone(&self.graph);
        self.replace(newer.clone(), Deed::Newer);
        self.saved(newer, revision);
        self.put(mine, Deed::Mine);
    }

    /// Goes on from a newer save. One's own graph is one step back.
    pub fn take_newer(&mut self, newer: Graph, revision: i64) {
        self.replace(newer.clone(), Deed::Newer);
        self.saved(newer, revision);
    }

    /// Gives up what was built since the last save; it is one step back.
    pub fn discard(&mut self) {
        let saved = Arc::clone(&self.saved);
        self.put(saved, Deed::Discard);
    }

    fn replace(&mut self, graph: Graph, deed: Deed) {
        self.put(Arc::new(graph), deed);
    }

    /// Makes a graph the present one, with a way back.
    fn put(&mut self, graph: Arc<Graph>, deed: Deed) {
        if *graph == *self.graph {
            return;
        }
        let before = std::mem::replace(&mut self.graph, graph);
        self.history.did(deed, before, self.selected);
        self.settle();
    }

    /// Lets go of what is not there any more.
    fn settle(&mut self) {
        let here = match self.selected {
            Spot::Trigger => true,
            Spot::Step(id) => self.graph.steps.contains_key(&id),
            Spot::End(place) => self.graph.at(place).is_none() && self.graph.has_place(place),
        };
        if !here {
            self.selected = match self.selected {
                Spot::End(place) if self.graph.at(place).is_some() => {
                    self.graph.at(place).map_or(Spot::Trigger, Spot::Step)
                }
                _ => Spot::Trigger,
            };
        }
        self.cut = self.cut.filter(|id| self.graph.steps.contains_key(id));
    }
}
