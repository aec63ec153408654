//! One contact's journey through one version of a workflow.
//!
//! A run is moved by single turns: the server reads what is known, asks [`Run::enter`] or [`Run::resume`], and commits the
//! new state of the run together with the turn's effects. So a crash loses no turn and doubles none.

use super::exit::Exit;
use super::field::Field;
use super::graph::{Graph, StepId};
use super::settings::{ExitConditions, Settings};
use super::step::StepKind;
use super::turn::{Because, Effect, Hold, Input, Next, Sight, Turn};
use super::value::Value;
use crate::conversation::message::{AuthorKind, Origin};
use crate::{ContactId, ConversationId, MessageId, RunId, Timestamp, WorkflowId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A frozen version with what it needs to run.
#[derive(Clone, Copy)]
pub struct Plan<'a> {
    pub graph: &'a Graph,
    pub settings: &'a Settings,
    pub fields: &'a [Field],
}

/// A run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    pub id: RunId,
    pub workflow: WorkflowId,
    /// The version it started with and keeps.
    pub version: i64,
    pub contact: ContactId,
    pub conversation: ConversationId,
    pub started_at: Timestamp,
    pub state: State,
    /// What it has found out; erased when it ends.
    pub found: BTreeMap<String, Value>,
    pub jumps: BTreeMap<StepId, u8>,
}

/// Who enters what.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub id: RunId,
    pub workflow: WorkflowId,
    pub version: i64,
    pub contact: ContactId,
    pub conversation: ConversationId,
    /// The trigger's variables.
    pub found: BTreeMap<String, Value>,
}

/// Where a run is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// About to enter a step.
    Going {
        to: StepId,
    },
    /// Holding at a step.
    Waiting {
        at: StepId,
        hold: Hold,
    },
    Ended {
        reason: Reason,
        at: Timestamp,
    },
}

/// Why a run ended; each run has exactly one reason (requirements 1.2).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    Completed {},
    WorkflowStopped {},
    WorkflowDeleted {},
    StoppedForContact { by: String },
    ExitOutgoing { message: MessageId },
    ExitIncoming { message: MessageId },
    ExitManualAssignment { by: String },
    FailureBranchEmpty { step: StepId },
    QuestionTimeout { step: StepId },
    AssignTimeout { step: StepId },
    ElseEmpty { step: StepId },
    AssignTeamEmptyNoNext { step: StepId },
    SendFailed { step: StepId, words: String },
    ClosedByWorkflow { step: StepId },
    InternalError { step: Option<StepId> },
}

crate::tagged!(Reason by "reason" {
    "completed" => Completed {},
    "workflow_stopped" => WorkflowStopped {},
    "workflow_deleted" => WorkflowDeleted {},
    "stopped_for_contact" => StoppedForContact { by },
    "exit_outgoing" => ExitOutgoing { message },
    "exit_incoming" => ExitIncoming { message },
    "exit_manual_assignment" => ExitManualAssignment { by },
    "failure_branch_empty" => FailureBranchEmpty { step },
    "question_timeout" => QuestionTimeout { step },
    "assign_timeout" => AssignTimeout { step },
    "else_empty" => ElseEmpty { step },
    "assign_team_empty_no_next" => AssignTeamEmptyNoNext { step },
    "send_failed" => SendFailed { step, words },
    "closed_by_workflow" => ClosedByWorkflow { step },
    "internal_error" => InternalError { step },
});

impl Reason {
    /// The stable word stored and counted.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Completed {} => "completed",
            Self::WorkflowStopped {} => "workflow_stopped",
            Self::WorkflowDeleted {} => "workflow_deleted",
            Self::StoppedForContact { .. } => "stopped_for_contact",
            Self::ExitOutgoing { .. } => "exit_outgoing",
            Self::ExitIncoming { .. } => "exit_incoming",
            Self::ExitManualAssignment { .. } => "exit_manual_assignment",
            Self::FailureBranchEmpty { .. } => "failure_branch_empty",
            Self::QuestionTimeout { .. } => "question_timeout",
            Self::AssignTimeout { .. } => "assign_timeout",
            Self::ElseEmpty { .. } => "else_empty",
            Self::AssignTeamEmptyNoNext { .. } => "assign_team_empty_no_next",
            Self::SendFailed { .. } => "send_failed",
            Self::ClosedByWorkflow { .. } => "closed_by_workflow",
            Self::InternalError { .. } => "internal_error",
        }
    }
}

/// What one turn did: a line of the run's log, and what to do.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    pub step: StepId,
    pub effects: Vec<Effect>,
    /// Variables it set.
    pub found: Vec<(String, Value)>,
    pub because: Because,
    /// The way it took out of the step, when it left.
    pub exit: Option<Exit>,
}

impl Run {
    /// A run that is about to enter the first step. A workflow without steps cannot be published, so there is one.
    pub fn begin(entry: Entry, graph: &Graph, now: Timestamp) -> Self {
        Self::begin_at(entry, graph, None, now)
    }

    /// The same, at a step in the middle; at the first when there is no such step.
    pub fn begin_at(entry: Entry, graph: &Graph, step: Option<StepId>, now: Timestamp) -> Self {
        let chosen = step.filter(|step| graph.steps.contains_key(step));
        let state = match chosen.or(graph.first) {
            Some(first) => State::Going { to: first },
            None => State::Ended { reason: Reason::Completed {}, at: now },
        };
        let Entry { id, workflow, version, contact, conversation, found } = entry;
        let jumps = BTreeMap::new();
        Self { id, workflow, version, contact, conversation, started_at: now, state, found, jumps }
    }

    /// Whether it still goes or waits.
    pub fn is_over(&self) -> bool {
        matches!(self.state, State::Ended { .. })
    }

    /// The step it is at.
    pub fn step(&self) -> Option<StepId> {
        match self.state {
            State::Going { to } => Some(to),
            State::Waiting { at, .. } => Some(at),
            State::Ended { .. } => None,
        }
    }

    /// When waiting ends by itself.
    pub fn until(&self) -> Option<Timestamp> {
        match &self.state {
            State::Waiting { hold, .. } => hold.until,
            State::Going { .. } | State::Ended { .. } => None,
        }
    }

    /// Takes the turn of the step it is about to enter; nothing when it is not about to.
    pub fn enter(&mut self, plan: &Plan<'_>, sight: &Sight<'_, '_>) -> Option<Progress> {
        let State::Going { to } = self.state else { return None };
        let Some(step) = plan.graph.steps.get(&to) else {
            self.end(Reason::InternalError { step: Some(to) }, sight.now());
            return None;
        };
        let turn = step.kind.enter(to, sight, plan.fields);
        Some(self.follow(to, turn, plan, sight.now()))
    }

    /// Takes the turn of something that came while it waits; nothing when it is not waited for.
    pub fn resume(&mut self, input: &Input, plan: &Plan<'_>, sight: &Sight<'_, '_>) -> Option<Progress> {
        let State::Waiting { at, hold } = self.state.clone() else { return None };
        let step = plan.graph.steps.get(&at)?;
        let turn = step.kind.resume(&hold, input, sight, plan.fields)?;
        Some(self.follow(at, turn, plan, sight.now()))
    }

    /// Ends it from outside, wherever it is; `false`: it had ended.
    pub fn end(&mut self, reason: Reason, now: Timestamp) -> bool {
        if self.is_over() {
            return false;
        }
        self.state = State::Ended { reason, at: now };
        self.found.clear();
        self.jumps.clear();
        true
    }

    fn follow(&mut self, step: StepId, turn: Turn, plan: &Plan<'_>, now: Timestamp) -> Progress {
        self.found.extend(turn.found.iter().cloned());
        let mut exit = None;
        match turn.next {
            Next::Hold(hold) => self.state = State::Waiting { at: step, hold },
            Next::Jump(target) => {
                let times = self.jumps.entry(step).or_insert(0);
                *times = times.saturating_add(1);
                self.state = State::Going { to: target };
            }
            Next::Leave(way) => {
                exit = Some(way);
                match plan.graph.steps.get(&step).and_then(|left| left.exits.get(&way)) {
                    Some(next) => self.state = State::Going { to: *next },
                    None => {
                        let reason = reason(step, way, plan.graph, &turn.because);
                        self.end(reason, now);
                    }
                }
            }
        }
        Progress { step, effects: turn.effects, found: turn.found, because: turn.because, exit }
    }
}

/// Why a run ends when nothing hangs on the way it took (WF-69 to WF-74, WF-82, B-1).
fn reason(step: StepId, way: Exit, graph: &Graph, because: &Because) -> Reason {
    let kind = graph.steps.get(&step).map(|step| &step.kind);
    match way {
        Exit::Next => match kind {
            Some(StepKind::CloseConversation(_)) => Reason::ClosedByWorkflow { step },
            Some(StepKind::AssignTo(_)) if *because == (Because::EmptyTeam {}) => {
                Reason::AssignTeamEmptyNoNext { step }
            }
            _ => Reason::Completed {},
        },
        Exit::Success | Exit::Branch(_) | Exit::HandOver => Reason::Completed {},
        Exit::Else => Reason::ElseEmpty { step },
        Exit::Failure => Reason::FailureBranchEmpty { step },
        Exit::Timeout if matches!(kind, Some(StepKind::AssignTo(_))) => Reason::AssignTimeout { step },
        Exit::Timeout => Reason::QuestionTimeout { step },
        Exit::MessageFailure => {
            let words = match because {
                Because::NotSent { words } => words.clone(),
                Because::NoControl { owner } => format!("The thread was with {owner}."),
                _ => String::new(),
            };
            Reason::SendFailed { step, words }
        }
    }
}

/// Something that may end runs early (WF-59 to WF-68 and the truth table).
#[derive(Clone, Debug, PartialEq)]
pub enum Noticed {
    /// A message went to the contact.
    Outgoing { message: MessageId, author: AuthorKind, origin: Origin },
    /// The contact wrote, and this run was not waiting for it.
    Incoming { message: MessageId },
    /// The conversation was assigned. `by`: the person who did it in the inbox; nobody for steps, rules and programs.
    Assigned { by: Option<String> },
}

impl ExitConditions {
    /// Why it ends a run; nothing when it does not.
    pub fn end(&self, noticed: &Noticed) -> Option<Reason> {
        match noticed {
            Noticed::Outgoing { message, author, origin } => {
                let user = *author == AuthorKind::Agent && *origin == Origin::Inbox;
                let inbox = self.page_inbox_too && *author == AuthorKind::PageInbox;
                (self.outgoing_message && (user || inbox))
                    .then_some(Reason::ExitOutgoing { message: *message })
            }
            Noticed::Incoming { message } => {
                self.incoming_message.then_some(Reason::ExitIncoming { message: *message })
            }
            Noticed::Assigned { by } => {
                by.clone().filter(|_| self.manual_assignment).map(|by| Reason::ExitManualAssignment { by })
            }
        }
    }
}

/// Why a contact did not enter although the trigger was about what happened; each non-start has exactly one reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum NonStart {
    ConditionsNotMet {
        tested: Vec<super::condition::Tested>,
    },
    /// WF-76.
    AlreadyEnrolled {},
    /// The contact was enrolled before, and the trigger takes everybody once.
    OncePerContact {},
    /// Another app had the thread, and this workflow writes to customers: it hears again once the thread is ours (CR-32).
    BotOwned {
        owner: String,
    },
    /// It was not published when another workflow wanted to start it. `by`: that one's name.
    NotRunning {
        by: String,
    },
}

impl NonStart {
    /// The stable word stored and counted.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::ConditionsNotMet { .. } => "conditions_not_met",
            Self::AlreadyEnrolled {} => "already_enrolled",
            Self::OncePerContact {} => "once_per_contact",
            Self::BotOwned { .. } => "bot_owned",
            Self::NotRunning { .. } => "not_running",
        }
    }
}

/// Whether a contact enters. `enrolled`: is in it now; `ever`: was in it at any time.
pub fn admit(
    trigger: &super::trigger::Trigger,
    scope: &super::world::Scope<'_, '_>,
    enrolled: bool,
    ever: bool,
) -> Result<(), NonStart> {
    let (holds, tested) = trigger.conditions.judge(scope);
    match () {
        () if !holds => Err(NonStart::ConditionsNotMet { tested }),
        () if enrolled => Err(NonStart::AlreadyEnrolled {}),
        () if ever && trigger.once_per_contact && trigger.kind.may_be_once() => {
            Err(NonStart::OncePerContact {})
        }
        () => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::graph::Place;
    use super::super::samples::{Stand, T0, branch, said, say};
    use super::super::steps::content::Content;
    use super::super::steps::conversation::CloseConversation;
    use super::super::steps::flow::{JumpTo, WaitStep};
    use super::super::steps::question::{AnswerKind, AskQuestion, DEFAULT_TIMEOUT, Save};
    use super::*;
    use crate::DAY;
    use uuid::Uuid;

    struct Journey {
        graph: Graph,
        settings: Settings,
        stand: Stand,
        run: Run,
        said: Vec<String>,
    }

    impl Journey {
        fn of(graph: Graph) -> Self {
            let id = |n| Uuid::from_u128(n);
            let entry = Entry {
                id: RunId(id(1)),
                workflow: WorkflowId(id(2)),
                version: 1,
                contact: ContactId(id(3)),
                conversation: ConversationId(id(4)),
                found: BTreeMap::new(),
            };
            let run = Run::begin(entry, &graph, T0);
            Self { graph, settings: Settings::default(), stand: Stand::new(), run, said: Vec::new() }
        }

        fn turn(&mut self, input: Option<&Input>) -> Option<Progress> {
            let plan = Plan { graph: &self.graph, settings: &self.settings, fields: &[] };
            let (found, jumps) = (self.run.found.clone(), self.run.jumps.clone());
            let sight = Sight { found: &found, jumps: &jumps, ..self.stand.sight() };
            let progress = match input {
                Some(input) => self.run.resume(input, &plan, &sight),
                None => self.run.enter(&plan, &sight),
            }?;
            for effect in &progress.effects {
                if let Effect::Send { content } = effect {
                    self.said.extend(content.text.clone());
                }
            }
            Some(progress)
        }

        /// Goes on until it waits or ends; Meta takes every message.
        fn go(&mut self) {
            while self.turn(None).or_else(|| self.turn(Some(&Input::Accepted))).is_some() {}
        }

        fn reason(&self) -> Option<&Reason> {
            match &self.run.state {
                State::Ended { reason, .. } => Some(reason),
                State::Going { .. } | State::Waiting { .. } => None,
            }
        }
    }

    fn graph(kinds: Vec<StepKind>) -> Graph {
        let mut graph = Graph::default();
        for kind in kinds.into_iter().rev() {
            graph.insert(Place::First, "Step".into(), kind).unwrap();
        }
        graph
    }

    fn ask() -> StepKind {
        StepKind::AskQuestion(AskQuestion {
            content: Content::text("Your name?"),
            kind: AnswerKind::Text {},
            save: Save { variable: Some("name".into()), ..Save::default() },
            timeout_ms: DEFAULT_TIMEOUT,
        })
    }

    #[test]
    fn a_run_asks_waits_and_says_what_it_was_told() {
        let mut journey = Journey::of(graph(vec![ask(), say("Hello $answer.name!")]));
        journey.go();
        assert_eq!(journey.run.until(), Some(T0 + 7 * DAY));
        journey.turn(Some(&Input::Said(said("Maya"))));
        journey.go();
        assert_eq!(journey.said, ["Your name?", "Hello Maya!"]);
        assert_eq!(journey.reason(), Some(&Reason::Completed {}));
        assert!(journey.run.found.is_empty());
    }

    #[test]
    fn every_empty_way_has_its_own_reason() {
        let mut journey = Journey::of(graph(vec![ask()]));
        journey.go();
        journey.turn(Some(&Input::TimeIsUp));
        assert!(matches!(journey.reason(), Some(Reason::QuestionTimeout { .. })));

        let mut journey = Journey::of(graph(vec![say("Hi")]));
        journey.turn(None);
        journey.turn(Some(&Input::NotSent { words: "Blocked.".into() }));
        assert!(matches!(journey.reason(), Some(Reason::SendFailed { words, .. }) if words == "Blocked."));

        let mut journey = Journey::of(graph(vec![StepKind::CloseConversation(CloseConversation::default())]));
        journey.go();
        assert!(matches!(journey.reason(), Some(Reason::ClosedByWorkflow { .. })));

        let mut journey = Journey::of(graph(vec![branch(0)]));
        journey.go();
        assert!(matches!(journey.reason(), Some(Reason::ElseEmpty { .. })));
    }

    #[test]
    fn a_close_step_does_not_cut_off_what_is_behind_it() {
        let close = StepKind::CloseConversation(CloseConversation::default());
        let mut journey = Journey::of(graph(vec![close, say("How did we do?")]));
        journey.go();
        assert_eq!(journey.said, ["How did we do?"]);
        assert_eq!(journey.reason(), Some(&Reason::Completed {}));
    }

    #[test]
    fn jumps_end() {
        let mut steps =
            graph(vec![say("Again"), StepKind::JumpTo(JumpTo { target: None, times: 3 }), say("Enough")]);
        let ids = steps.walk();
        steps.change(ids[1], StepKind::JumpTo(JumpTo { target: Some(ids[0]), times: 3 })).unwrap();
        let mut journey = Journey::of(steps);
        journey.go();
        assert_eq!(journey.said, ["Again", "Again", "Again", "Again", "Enough"]);
    }

    #[test]
    fn seven_days_pass_in_no_time() {
        let wait = StepKind::Wait(WaitStep { duration_ms: 7 * DAY });
        let mut journey = Journey::of(graph(vec![wait, say("Still there?")]));
        journey.go();
        assert_eq!(journey.run.until(), Some(T0 + 7 * DAY));
        assert!(journey.turn(Some(&Input::Accepted)).is_none());
        journey.stand.world.now = T0 + 7 * DAY;
        journey.turn(Some(&Input::TimeIsUp));
        journey.go();
        assert_eq!(journey.said, ["Still there?"]);
    }

    #[test]
    fn the_truth_table_of_exit_conditions() {
        let message = MessageId(Uuid::from_u128(9));
        let out = |author, origin| Noticed::Outgoing { message, author, origin };
        let events: [(Noticed, &str); 11] = [
            (out(AuthorKind::Agent, Origin::Inbox), "outgoing"),
            (out(AuthorKind::Workflow, Origin::Workflow), ""),
            (out(AuthorKind::Agent, Origin::Broadcast), ""),
            (out(AuthorKind::Agent, Origin::Api), ""),
            (out(AuthorKind::Unknown, Origin::Api), ""),
            (out(AuthorKind::Bot, Origin::External), ""),
            (out(AuthorKind::PageInbox, Origin::External), ""),
            (out(AuthorKind::Unknown, Origin::External), ""),
            (Noticed::Incoming { message }, "incoming"),
            (Noticed::Assigned { by: Some("Mia".into()) }, "assignment"),
            (Noticed::Assigned { by: None }, ""),
        ];
        for (event, ends) in events {
            let on = |outgoing, incoming, assignment| {
                let exits = ExitConditions {
                    outgoing_message: outgoing,
                    incoming_message: incoming,
                    manual_assignment: assignment,
                    page_inbox_too: false,
                };
                exits.end(&event).is_some()
            };
            assert_eq!(on(true, false, false), ends == "outgoing", "{event:?}");
            assert_eq!(on(false, true, false), ends == "incoming", "{event:?}");
            assert_eq!(on(false, false, true), ends == "assignment", "{event:?}");
            assert!(!on(false, false, false), "{event:?}");
        }
        let both =
            ExitConditions { outgoing_message: true, page_inbox_too: true, ..ExitConditions::default() };
        assert!(both.end(&out(AuthorKind::PageInbox, Origin::External)).is_some());
    }

    #[test]
    fn a_run_ends_once() {
        let mut journey = Journey::of(graph(vec![say("Hi")]));
        assert!(journey.run.end(Reason::WorkflowStopped {}, T0));
        assert!(!journey.run.end(Reason::Completed {}, T0));
        assert!(journey.turn(None).is_none());
        assert_eq!(journey.reason(), Some(&Reason::WorkflowStopped {}));
    }
}
