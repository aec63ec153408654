//! A step of a workflow: its name, what kind it is, and what hangs on its ways out.

use super::exit::Exit;
use super::field::Field;
use super::graph::StepId;
use super::steps::agent::AiAgent;
use super::steps::assign::AssignTo;
use super::steps::branch::Branch;
use super::steps::contact::{UpdateField, UpdateTag};
use super::steps::control::ThreadControl;
use super::steps::conversation::{AddComment, CloseConversation, OpenConversation};
use super::steps::flow::{DateTime, JumpTo, TriggerWorkflow, WaitStep};
use super::steps::http::HttpRequest;
use super::steps::question::{AskQuestion, WaitForResponse};
use super::steps::send::SendMessage;
use super::steps::sheet::AddSheetRow;
use super::turn::{Hold, Input, Sight, Turn};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub name: String,
    pub kind: StepKind,
    /// What its author tells the next one; customers never see it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
    #[serde(default)]
    pub exits: BTreeMap<Exit, StepId>,
}

/// The kinds of step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "settings", rename_all = "snake_case")]
pub enum StepKind {
    SendMessage(SendMessage),
    AskQuestion(AskQuestion),
    WaitForResponse(WaitForResponse),
    AssignTo(AssignTo),
    Branch(Branch),
    UpdateContactTag(UpdateTag),
    UpdateContactField(UpdateField),
    OpenConversation(OpenConversation),
    CloseConversation(CloseConversation),
    AddComment(AddComment),
    JumpTo(JumpTo),
    Wait(WaitStep),
    DateTime(DateTime),
    TriggerWorkflow(TriggerWorkflow),
    HttpRequest(HttpRequest),
    AddSheetRow(AddSheetRow),
    AiAgent(AiAgent),
    ThreadControl(ThreadControl),
}

impl StepKind {
    /// What it is called.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::SendMessage(_) => "Send a Message",
            Self::AskQuestion(_) => "Ask a Question",
            Self::WaitForResponse(_) => "Wait for a Response",
            Self::AssignTo(_) => "Assign To",
            Self::Branch(_) => "Branch",
            Self::UpdateContactTag(_) => "Update Contact Tag",
            Self::UpdateContactField(_) => "Update Contact Field",
            Self::OpenConversation(_) => "Open Conversation",
            Self::CloseConversation(_) => "Close Conversation",
            Self::AddComment(_) => "Add Comment",
            Self::JumpTo(_) => "Jump To",
            Self::Wait(_) => "Wait",
            Self::DateTime(_) => "Date & Time",
            Self::TriggerWorkflow(_) => "Trigger Another Workflow",
            Self::HttpRequest(_) => "HTTP Request",
            Self::AddSheetRow(_) => "Add Google Sheets Row",
            Self::AiAgent(_) => "AI Agent",
            Self::ThreadControl(ThreadControl::SendToInbox {}) => "Send to Inbox",
            Self::ThreadControl(ThreadControl::Give { .. }) => "Give Thread Control",
            Self::ThreadControl(ThreadControl::Take {}) => "Take Thread Control",
            Self::ThreadControl(ThreadControl::GetOwner { .. }) => "Get Thread Owner",
        }
    }

    /// The ways out, in the order they are drawn.
    pub fn exits(&self) -> Vec<Exit> {
        use Exit as E;
        match self {
            Self::SendMessage(_) => vec![E::Next, E::MessageFailure],
            Self::AskQuestion(_) => vec![E::Success, E::Failure, E::Timeout, E::MessageFailure],
            Self::WaitForResponse(_) | Self::AssignTo(_) => vec![E::Next, E::Timeout],
            Self::Branch(branch) => branch.exits(),
            Self::DateTime(_) => vec![E::Success, E::Failure],
            Self::HttpRequest(_) | Self::AddSheetRow(_) | Self::ThreadControl(_) => vec![E::Next, E::Failure],
            Self::AiAgent(_) => vec![E::Success, E::HandOver, E::Failure, E::Timeout, E::MessageFailure],
            Self::UpdateContactTag(_)
            | Self::UpdateContactField(_)
            | Self::OpenConversation(_)
            | Self::CloseConversation(_)
            | Self::AddComment(_)
            | Self::JumpTo(_)
            | Self::Wait(_)
            | Self::TriggerWorkflow(_) => vec![E::Next],
        }
    }

    /// The way on when all goes well.
    pub fn main_exit(&self) -> Exit {
        self.exits().first().copied().unwrap_or(Exit::Next)
    }

    /// Whether it writes to the customer, and so needs control and an open window.
    pub const fn writes(&self) -> bool {
        matches!(self, Self::SendMessage(_) | Self::AskQuestion(_) | Self::AiAgent(_))
    }

    /// The first thing that happens at this step.
    pub fn enter(&self, id: StepId, sight: &Sight<'_, '_>, fields: &[Field]) -> Turn {
        match self {
            Self::SendMessage(step) => step.enter(sight),
            Self::AskQuestion(step) => step.enter(sight),
            Self::WaitForResponse(step) => step.enter(sight),
            Self::AssignTo(step) => step.enter(sight),
            Self::Branch(step) => step.enter(sight),
            Self::UpdateContactTag(step) => step.enter(),
            Self::UpdateContactField(step) => step.enter(sight, fields),
            Self::OpenConversation(step) => step.enter(),
            Self::CloseConversation(step) => step.enter(sight),
            Self::AddComment(step) => step.enter(sight),
            Self::JumpTo(step) => step.enter(id, sight),
            Self::Wait(step) => step.enter(sight),
            Self::DateTime(step) => step.enter(sight),
            Self::TriggerWorkflow(step) => step.enter(),
            Self::HttpRequest(step) => step.enter(sight),
            Self::AddSheetRow(step) => step.enter(sight),
            Self::AiAgent(step) => step.enter(sight),
            Self::ThreadControl(step) => step.enter(sight),
        }
    }

    /// What happens when something comes while it waits; nothing when it is not what is waited for.
    pub fn resume(
        &self,
        hold: &Hold,
        input: &Input,
        sight: &Sight<'_, '_>,
        fields: &[Field],
    ) -> Option<Turn> {
        match self {
            Self::SendMessage(step) => step.resume(hold, input, sight),
            Self::AskQuestion(step) => step.resume(hold, input, sight, fields),
            Self::WaitForResponse(step) => step.resume(hold, input),
            Self::AssignTo(step) => step.resume(hold, input, sight),
            Self::Wait(step) => step.resume(hold, input),
            Self::HttpRequest(step) => step.resume(hold, input),
            Self::AddSheetRow(step) => step.resume(hold, input),
            Self::AiAgent(step) => step.resume(hold, input, sight, fields),
            Self::ThreadControl(step) => step.resume(hold, input),
            Self::Branch(_)
            | Self::UpdateContactTag(_)
            | Self::UpdateContactField(_)
            | Self::OpenConversation(_)
            | Self::CloseConversation(_)
            | Self::AddComment(_)
            | Self::JumpTo(_)
            | Self::DateTime(_)
            | Self::TriggerWorkflow(_) => None,
        }
    }
}
