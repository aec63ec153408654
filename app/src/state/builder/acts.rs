//! What can be done to a workflow. Each act is one entry of the history, or none when it is not possible.

use super::{BuilderState, Deed, Spot};
use crate::text::builder as text;
use domain::workflow::check::At;
use domain::workflow::exit::Exit;
use domain::workflow::graph::{Graph, Place, Refusal, StepId};
use domain::workflow::step::StepKind;
use domain::workflow::steps::flow::{JumpTo, MOST_JUMPS};
use domain::workflow::trigger::Trigger;
use std::sync::Arc;

/// What would go along with something that is deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doomed {
    pub id: StepId,
    /// A way of the step (counted from 1), when only that is deleted.
    pub way: Option<u8>,
    pub name: String,
    /// How many steps hang on it.
    pub along: usize,
}

impl BuilderState {
    /// Does something to the graph as one entry.
    fn act<T>(
        &mut self,
        deed: Deed,
        change: impl FnOnce(&mut Graph) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let mut graph = Graph::clone(&self.graph);
        let done = change(&mut graph)?;
        self.put(Arc::new(graph), deed);
        Ok(done)
    }

    /// Adds a step and selects it.
    pub fn add(&mut self, place: Place, kind: StepKind) -> Result<StepId, Refusal> {
        let name = self.free_name(text::step_name(&kind));
        let id = self.act(Deed::Add, |graph| graph.insert(place, name, kind))?;
        self.selected = Spot::Step(id);
        Ok(id)
    }

    /// A name no other step has: jumps, runs and reports speak of steps by name.
    fn free_name(&self, name: &str) -> String {
        let taken = |name: &str| self.graph.steps.values().any(|step| step.name == name);
        domain::workflow::transfer::free_name(name, &taken)
    }

    /// Remembers a step, alone or with what hangs on it.
    pub fn copy(&mut self, id: StepId, with_branch: bool) {
        let piece = if with_branch { self.graph.copy_branch(id) } else { self.graph.copy(id) };
        if let Some(piece) = piece {
            (self.copied, self.cut) = (Some(Arc::new(piece)), None);
        }
    }

    /// Marks a step to be moved, with what hangs on it, to where paste is called next.
    pub fn mark_cut(&mut self, id: StepId) {
        if self.graph.steps.contains_key(&id) {
            (self.cut, self.copied) = (Some(id), None);
        }
    }

    /// Whether paste would do something.
    pub fn may_paste(&self) -> bool {
        self.copied.is_some() || self.cut.is_some()
    }

    /// Puts what was copied, or moves what was cut, to a place.
    pub fn paste(&mut self, place: Place) -> Result<(), Refusal> {
        if let Some(id) = self.cut {
            self.move_to(id, place)?;
            self.cut = None;
            return Ok(());
        }
        let Some(piece) = self.copied.clone() else { return Ok(()) };
        let id = self.act(Deed::Paste, |graph| graph.paste(place, &piece))?;
        self.selected = Spot::Step(id);
        Ok(())
    }

    /// Puts a copy of a step behind it.
    pub fn duplicate(&mut self, id: StepId) -> Result<(), Refusal> {
        let piece = self.graph.copy(id).ok_or(Refusal::NoSuchStep)?;
        let place = self.behind(Spot::Step(id)).ok_or(Refusal::NoSuchStep)?;
        let copy = self.act(Deed::Duplicate, |graph| graph.paste(place, &piece))?;
        self.selected = Spot::Step(copy);
        Ok(())
    }

    /// Moves a step with what hangs on it.
    pub fn move_to(&mut self, id: StepId, place: Place) -> Result<(), Refusal> {
        self.act(Deed::Move, |graph| graph.relocate(id, place))?;
        self.selected = Spot::Step(id);
        Ok(())
    }

    /// Connects an open end with a step that is there already: a jump.
    pub fn connect(&mut self, place: Place, target: StepId) -> Result<StepId, Refusal> {
        let kind = StepKind::JumpTo(JumpTo { target: Some(target), times: MOST_JUMPS });
        let name = self.free_name(text::step_name(&kind));
        let id = self.act(Deed::Connect, |graph| graph.insert(place, name, kind))?;
        self.selected = Spot::Step(id);
        Ok(id)
    }

    /// What deleting a step would take along.
    pub fn doomed(&self, id: StepId) -> Option<Doomed> {
        let step = self.graph.steps.get(&id)?;
        let along = self.graph.branch(id).len().saturating_sub(1);
        Some(Doomed { id, way: None, name: step.name.clone(), along })
    }

    /// What deleting a way of a Branch would take along.
    pub fn doomed_way(&self, id: StepId, number: u8) -> Option<Doomed> {
        let step = self.graph.steps.get(&id)?;
        let along = step.exits.get(&Exit::Branch(number)).map_or(0, |child| self.graph.branch(*child).len());
        let name = text::exit_name(&step.kind, Exit::Branch(number));
        Some(Doomed { id, way: Some(number), name, along })
    }

    /// Deletes a step, or one of its ways, with everything that hangs on it.
    pub fn delete(&mut self, doomed: &Doomed) -> Result<(), Refusal> {
        let Doomed { id, way, .. } = *doomed;
        if let Some(number) = way {
            return self.act(Deed::RemoveWay, |graph| graph.remove_way(id, number)).map(drop);
        }
        let place = self.graph.place_of(id);
        self.act(Deed::Delete, |graph| graph.remove(id))?;
        self.selected = place.map_or(Spot::Trigger, Spot::End);
        self.settle();
        Ok(())
    }

    /// Changes places with the way before it.
    pub fn raise_way(&mut self, id: StepId, number: u8) -> Result<(), Refusal> {
        self.act(Deed::RaiseWay, |graph| graph.raise_way(id, number))
    }

    /// Gives a step another name.
    pub fn rename(&mut self, id: StepId, name: String) -> Result<(), Refusal> {
        self.act(Deed::Change(At::Step(id), "name"), |graph| graph.rename(id, name))
    }

    /// Tells the next author something about a step.
    pub fn annotate(&mut self, id: StepId, comment: String) -> Result<(), Refusal> {
        self.act(Deed::Change(At::Step(id), "comment"), |graph| graph.annotate(id, comment))
    }

    /// Gives a step new settings; `field` is what was changed.
    pub fn change(&mut self, id: StepId, field: &'static str, kind: StepKind) -> Result<(), Refusal> {
        self.act(Deed::Change(At::Step(id), field), |graph| graph.change(id, kind)).map(drop)
    }

    /// Chooses another trigger.
    pub fn choose_trigger(&mut self, trigger: Trigger) {
        let graph = Graph { trigger: Some(trigger), ..Graph::clone(&self.graph) };
        self.replace(graph, Deed::ChooseTrigger);
        self.selected = Spot::Trigger;
    }

    /// Gives the trigger new settings; `field` is what was changed.
    pub fn change_trigger(&mut self, field: &'static str, trigger: Trigger) {
        let graph = Graph { trigger: Some(trigger), ..Graph::clone(&self.graph) };
        self.replace(graph, Deed::Change(At::Trigger, field));
    }

    /// Where something is added behind a spot: on the main way of a step.
    pub fn behind(&self, spot: Spot) -> Option<Place> {
        match spot {
            Spot::Trigger => Some(Place::First),
            Spot::Step(id) => self.graph.steps.get(&id).map(|step| Place::After(id, step.kind.main_exit())),
            Spot::End(place) => Some(place),
        }
    }
}
