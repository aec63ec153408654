//! How templates are written down: steps with what hangs on their ways out.

use crate::workflow::condition::{Conditions, Join, Operator, Subject, Test};
use crate::workflow::exit::Exit;
use crate::workflow::field::FieldKey;
use crate::workflow::field::FieldType;
use crate::workflow::graph::{Graph, Place};
use crate::workflow::step::StepKind;
use crate::workflow::steps::agent::{AiAgent, Outcome};
use crate::workflow::steps::assign::{self, AssignTo, Logic, Target};
use crate::workflow::steps::branch::{Branch, Way};
use crate::workflow::steps::contact::UpdateTag;
use crate::workflow::steps::content::Content;
use crate::workflow::steps::conversation::{AddComment, CloseConversation};
use crate::workflow::steps::flow::JumpTo;
use crate::workflow::steps::question::{AnswerKind, AskQuestion, DEFAULT_TIMEOUT, Save};
use crate::workflow::steps::send::SendMessage;
use crate::workflow::trigger::{FormField, TagAction, Trigger, TriggerKind};

/// A step and what follows it.
pub struct Piece {
    name: &'static str,
    kind: StepKind,
    then: Vec<(Exit, Vec<Piece>)>,
    /// The name of the step it jumps to; that one stands before it.
    back_to: Option<&'static str>,
}

impl Piece {
    pub fn new(name: &'static str, kind: StepKind) -> Self {
        Self { name, kind, then: Vec::new(), back_to: None }
    }

    /// What hangs on one of its ways out.
    pub fn on(mut self, exit: Exit, pieces: Vec<Piece>) -> Self {
        self.then.push((exit, pieces));
        self
    }
}

/// A workflow from its trigger and the steps behind it, one after the other.
pub fn workflow(trigger: Trigger, pieces: Vec<Piece>) -> Graph {
    let mut graph = Graph { trigger: Some(trigger), ..Graph::default() };
    lay(&mut graph, Place::First, pieces);
    graph
}

fn lay(graph: &mut Graph, mut place: Place, pieces: Vec<Piece>) {
    for mut piece in pieces {
        if let StepKind::JumpTo(jump) = &mut piece.kind {
            let named = |name| graph.steps.iter().find(|(_, step)| step.name == name).map(|(id, _)| *id);
            jump.target = piece.back_to.and_then(named);
        }
        let main = piece.kind.main_exit();
        let id = graph
            .insert(place, piece.name.to_owned(), piece.kind)
            .expect("a template is shorter than 100 steps and hangs on ways its steps have");
        for (exit, pieces) in piece.then {
            lay(graph, Place::After(id, exit), pieces);
        }
        place = Place::After(id, main);
    }
}

pub fn when(kind: TriggerKind) -> Trigger {
    Trigger { kind, conditions: Conditions::default(), once_per_contact: false }
}

pub fn opened() -> Trigger {
    when(TriggerKind::ConversationOpened {})
}

pub fn closed() -> Trigger {
    when(TriggerKind::ConversationClosed {})
}

/// Closed by somebody of the team; a close by a workflow would let the survey's own steps begin it again.
pub fn closed_by_user() -> Trigger {
    let conditions = one(variable("trigger.source"), Operator::Equal, "user");
    Trigger { conditions, ..when(TriggerKind::ConversationClosed {}) }
}

/// From ads that the author has to choose.
pub fn from_ads() -> Trigger {
    when(TriggerKind::ClickToChatAds { ads: Vec::new(), chosen: true })
}

pub fn shortcut(icon: &str, name: &str, description: &str, form: Vec<FormField>) -> Trigger {
    when(TriggerKind::Shortcut {
        icon: icon.into(),
        name: name.into(),
        description: description.into(),
        form,
    })
}

pub fn line(label: &str, variable: &str, kind: FieldType, options: &[&str]) -> FormField {
    let options = options.iter().map(|option| (*option).to_owned()).collect();
    FormField { label: label.into(), variable: variable.into(), kind, required: true, options }
}

pub fn variable(name: &str) -> Subject {
    Subject::Variable { name: name.to_owned() }
}

pub fn field(key: &str) -> Subject {
    Subject::ContactField { field: FieldKey::builtin(key) }
}

pub fn one(subject: Subject, operator: Operator, value: &str) -> Conditions {
    let values = if value.is_empty() { Vec::new() } else { vec![value.into()] };
    Conditions { join: Join::And, tests: vec![Test { subject, operator, values }] }
}

pub fn say(name: &'static str, text: &str) -> Piece {
    Piece::new(name, StepKind::SendMessage(SendMessage { content: Content::text(text) }))
}

pub fn ask(name: &'static str, text: &str, kind: AnswerKind, save: Save) -> Piece {
    let question = AskQuestion { content: Content::text(text), kind, save, timeout_ms: DEFAULT_TIMEOUT };
    Piece::new(name, StepKind::AskQuestion(question))
}

/// A choice whose answer becomes `answer.<variable>`.
pub fn choose(name: &'static str, text: &str, options: &[&str], variable: &str) -> Piece {
    let options = options.iter().map(|option| (*option).to_owned()).collect();
    let save = Save { variable: Some(variable.to_owned()), ..Save::default() };
    ask(name, text, AnswerKind::MultipleChoice { options }, save)
}

/// Ways by what an answer was; a way's name is the answer it waits for.
pub fn by_answer(name: &'static str, of: &str, answers: &[&str]) -> Piece {
    let way = |answer: &&str| Way {
        name: (*answer).to_owned(),
        conditions: one(variable(of), Operator::Equal, answer),
    };
    fork(name, answers.iter().map(way).collect())
}

/// Ways by which option was chosen, the first one first, whatever the author calls them.
pub fn by_number(name: &'static str, of: &str, ways: &[&str]) -> Piece {
    let way = |(index, way): (usize, &&str)| Way {
        name: (*way).to_owned(),
        conditions: one(variable(&format!("{of}_number")), Operator::Equal, &(index + 1).to_string()),
    };
    fork(name, ways.iter().enumerate().map(way).collect())
}

/// Back to the step with this name.
pub fn back_to(name: &'static str, step: &'static str) -> Piece {
    Piece { back_to: Some(step), ..Piece::new(name, StepKind::JumpTo(JumpTo { target: None, times: 3 })) }
}

pub fn fork(name: &'static str, branches: Vec<Way>) -> Piece {
    Piece::new(name, StepKind::Branch(Branch { branches }))
}

pub fn way(name: &str, conditions: Conditions) -> Way {
    Way { name: name.to_owned(), conditions }
}

pub fn assign(name: &'static str, to: Target) -> Piece {
    let step = AssignTo { to, online_only: false, fewer_than: None, timeout_ms: assign::DEFAULT_TIMEOUT };
    Piece::new(name, StepKind::AssignTo(step))
}

/// To a team that the author has to choose.
pub fn to_team(name: &'static str) -> Piece {
    assign(name, Target::Team { team: None, logic: Logic::RoundRobin })
}

pub fn close(name: &'static str) -> Piece {
    Piece::new(name, StepKind::CloseConversation(CloseConversation::default()))
}

pub fn comment(name: &'static str, text: &str) -> Piece {
    Piece::new(name, StepKind::AddComment(AddComment { text: text.into(), mentions: Vec::new() }))
}

pub fn tag(name: &'static str, tags: &[&str]) -> Piece {
    let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
    Piece::new(name, StepKind::UpdateContactTag(UpdateTag { action: TagAction::Added, tags }))
}

/// An agent whose connection and instructions the author has to fill in.
pub fn agent(name: &'static str, objective: &str, save: Vec<Outcome>) -> Piece {
    let step = AiAgent {
        connection: None,
        instructions: "".into(),
        objective: objective.to_owned(),
        knowledge: String::new(),
        hand_over: String::new(),
        save,
        timeout_ms: crate::DAY,
    };
    Piece::new(name, StepKind::AiAgent(step))
}
