//! What workflows do for the open conversation's contact.

use crate::api::{ConversationRuns, Startable};
use domain::live::{Change, Numbered};
use domain::workflow::view::RunView;
use domain::{ConversationId, RunId, WorkflowId};

/// The most runs that ended which are shown.
const MOST_ENDED: usize = 50;

/// Runs of one conversation, as the panel shows them.
#[derive(Clone, Debug, PartialEq)]
pub struct RunsState {
    pub conversation: ConversationId,
    pub runs: ConversationRuns,
    /// Published workflows that began to run since they were loaded: listed again when they end.
    aside: Vec<Startable>,
    /// Those being stopped, until the server answers.
    pub stopping: Vec<RunId>,
}

/// What a change did to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    Nothing,
    Changed,
    /// Something changed that only the server can tell.
    Reload,
}

impl RunsState {
    /// As it was just loaded.
    pub fn fresh(conversation: ConversationId, runs: ConversationRuns) -> Self {
        Self { conversation, runs, aside: Vec::new(), stopping: Vec::new() }
    }

    /// Folds one change in.
    pub fn apply(&mut self, numbered: &Numbered) -> Told {
        if numbered.n <= self.runs.as_of {
            return Told::Nothing;
        }
        self.runs.as_of = numbered.n;
        match &numbered.change {
            Change::Run { run } if run.conversation_id == self.conversation => self.put(run),
            Change::Workflows => Told::Reload,
            Change::Run { .. }
            | Change::Conversation { .. }
            | Change::Message { .. }
            | Change::Control { .. }
            | Change::Activity { .. }
            | Change::Page { .. }
            | Change::App { .. }
            | Change::Team
            | Change::ConversationHidden { .. }
            | Change::Note { .. }
            | Change::NoteDeleted { .. }
            | Change::Draft { .. }
            | Change::Contact { .. } => Told::Nothing,
        }
    }

    /// Shows a run as it is now.
    pub fn put(&mut self, run: &RunView) -> Told {
        if run.is_over() { self.end(run) } else { self.go_on(run) }
    }

    fn go_on(&mut self, run: &RunView) -> Told {
        if self.runs.ended.iter().any(|known| known.id == run.id) {
            return Told::Nothing;
        }
        // Who tests a workflow is not in it.
        if !run.test {
            self.set_aside(run.workflow_id);
        }
        // Those nobody may stop are for managers, who can change that (B-9).
        if run.may_be_stopped || self.runs.may_open_runs {
            place(&mut self.runs.ongoing, run);
        } else {
            self.runs.ongoing.retain(|known| known.id != run.id);
        }
        Told::Changed
    }

    fn end(&mut self, run: &RunView) -> Told {
        self.runs.ongoing.retain(|known| known.id != run.id);
        self.stopping.retain(|id| *id != run.id);
        place(&mut self.runs.ended, run);
        self.runs.ended.truncate(MOST_ENDED);
        if run.test || self.list_again(run.workflow_id) { Told::Changed } else { Told::Reload }
    }

    fn set_aside(&mut self, workflow: WorkflowId) {
        self.aside.extend(self.runs.published.extract_if(.., |one| one.workflow_id == workflow));
        self.runs.shortcuts.retain(|one| {
            let stays = one.workflow_id != workflow;
            if !stays {
                // Where a button stands among the others, only the server knows.
                self.aside.retain(|one| one.workflow_id != workflow);
            }
            stays
        });
    }

    /// `false`: nobody here knows how it is listed.
    fn list_again(&mut self, workflow: WorkflowId) -> bool {
        let Some(index) = self.aside.iter().position(|one| one.workflow_id == workflow) else { return false };
        let one = self.aside.remove(index);
        let name = one.name.to_lowercase();
        let place = self.runs.published.partition_point(|other| other.name.to_lowercase() <= name);
        self.runs.published.insert(place, one);
        true
    }
}

/// In place of its older self, else by when it started, the newest first.
fn place(runs: &mut Vec<RunView>, run: &RunView) {
    runs.retain(|known| known.id != run.id);
    let place = runs.partition_point(|known| (known.started_at, known.id) > (run.started_at, run.id));
    runs.insert(place, run.clone());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples::{conversation_id, run, run_ended, workflow_id};
    use domain::Timestamp;

    fn loaded() -> ConversationRuns {
        let startable = |number, name: &str| Startable {
            workflow_id: workflow_id(number),
            name: name.into(),
            trigger: "Conversation Opened".into(),
        };
        ConversationRuns {
            ongoing: Vec::new(),
            published: vec![startable(1, "Away"), startable(2, "Welcome")],
            shortcuts: Vec::new(),
            ended: Vec::new(),
            stayed_out: Vec::new(),
            may_open_runs: false,
            as_of: 10,
            now: Timestamp(0),
        }
    }

    fn told(state: &mut RunsState, n: i64, run: RunView) -> Told {
        state.apply(&Numbered { n, change: Change::Run { run: Box::new(run) } })
    }

    #[test]
    fn a_run_that_starts_and_ends_leaves_the_lists_as_they_were_and_one_end_more() {
        let mut state = RunsState::fresh(conversation_id(1), loaded());
        assert_eq!(told(&mut state, 11, run(7, 2)), Told::Changed);
        assert_eq!(state.runs.ongoing.len(), 1);
        assert_eq!(state.runs.published.len(), 1);
        assert_eq!(told(&mut state, 12, run_ended(7, 2)), Told::Changed);
        assert!(state.runs.ongoing.is_empty());
        assert_eq!(state.runs.published, loaded().published);
        assert_eq!(state.runs.ended.len(), 1);
    }

    #[test]
    fn old_news_and_other_conversations_change_nothing() {
        let mut state = RunsState::fresh(conversation_id(1), loaded());
        assert_eq!(told(&mut state, 10, run(7, 2)), Told::Nothing);
        let elsewhere = RunView { conversation_id: conversation_id(2), ..run(7, 2) };
        assert_eq!(told(&mut state, 11, elsewhere), Told::Nothing);
        assert!(state.runs.ongoing.is_empty());
    }

    #[test]
    fn what_ran_before_it_was_loaded_is_asked_for_again_when_it_ends() {
        let mut state =
            RunsState::fresh(conversation_id(1), ConversationRuns { ongoing: vec![run(7, 9)], ..loaded() });
        assert_eq!(told(&mut state, 11, run_ended(7, 9)), Told::Reload);
        assert!(state.runs.ongoing.is_empty());
        let workflows = Numbered { n: 12, change: Change::Workflows };
        assert_eq!(state.apply(&workflows), Told::Reload);
    }

    #[test]
    fn who_may_not_stop_it_does_not_see_it_unless_they_manage() {
        let fixed = RunView { may_be_stopped: false, ..run(7, 2) };
        let mut agent = RunsState::fresh(conversation_id(1), loaded());
        told(&mut agent, 11, fixed.clone());
        assert!(agent.runs.ongoing.is_empty());
        let mut manager =
            RunsState::fresh(conversation_id(1), ConversationRuns { may_open_runs: true, ..loaded() });
        told(&mut manager, 11, fixed);
        assert_eq!(manager.runs.ongoing.len(), 1);
    }

    #[test]
    fn a_shortcut_is_gone_while_it_runs_and_a_test_takes_nothing_away() {
        let shortcut = domain::workflow::view::Shortcut {
            workflow_id: workflow_id(2),
            icon: "phone".into(),
            name: "Call back".into(),
            description: String::new(),
            form: Vec::new(),
        };
        let runs = ConversationRuns { shortcuts: vec![shortcut], ..loaded() };
        let mut state = RunsState::fresh(conversation_id(1), runs);
        assert_eq!(told(&mut state, 11, RunView { test: true, ..run(6, 2) }), Told::Changed);
        assert_eq!((state.runs.published.len(), state.runs.shortcuts.len()), (2, 1));
        assert_eq!(told(&mut state, 12, run(7, 2)), Told::Changed);
        assert_eq!((state.runs.published.len(), state.runs.shortcuts.len()), (1, 0));
        assert_eq!(told(&mut state, 13, run_ended(7, 2)), Told::Reload);
    }

    #[test]
    fn a_late_word_of_a_run_that_has_ended_does_not_bring_it_back() {
        let mut state = RunsState::fresh(conversation_id(1), loaded());
        state.put(&run_ended(7, 2));
        state.put(&run(7, 2));
        assert!(state.runs.ongoing.is_empty());
    }
}
