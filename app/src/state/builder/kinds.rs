//! The kinds of step and trigger an author chooses from, each as it begins.

use domain::DAY;
use domain::workflow::condition::Conditions;
use domain::workflow::field::FieldType;
use domain::workflow::step::StepKind;
use domain::workflow::steps::agent::AiAgent;
use domain::workflow::steps::assign::{self, AssignTo, Logic, Target};
use domain::workflow::steps::branch::{Branch, Way};
use domain::workflow::steps::contact::{UpdateField, UpdateTag};
use domain::workflow::steps::content::Content;
use domain::workflow::steps::control::ThreadControl;
use domain::workflow::steps::conversation::{AddComment, CloseConversation, OpenConversation};
use domain::workflow::steps::flow::{DateTime, JumpTo, MOST_JUMPS, TriggerWorkflow, WaitStep};
use domain::workflow::steps::http::{HttpRequest, Method};
use domain::workflow::steps::question::{self, AnswerKind, AskQuestion, Save, WaitForResponse};
use domain::workflow::steps::send::SendMessage;
use domain::workflow::steps::sheet::AddSheetRow;
use domain::workflow::trigger::{FormField, Identifier, Match, TagAction, Trigger, TriggerKind};

/// How many kinds of step there are to choose from.
pub const STEPS: usize = 21;
/// How many triggers there are.
pub const TRIGGERS: usize = 13;

/// A new step of the kind with this number, in the order they are offered; `STEPS` of them.
pub fn fresh_step(number: usize) -> Option<StepKind> {
    Some(match number {
        0 => StepKind::SendMessage(SendMessage::default()),
        1 => StepKind::AskQuestion(AskQuestion {
            content: Content::default(),
            kind: AnswerKind::Text {},
            save: Save::default(),
            timeout_ms: question::DEFAULT_TIMEOUT,
        }),
        2 => StepKind::WaitForResponse(WaitForResponse {
            variable: None,
            timeout_ms: question::DEFAULT_TIMEOUT,
        }),
        3 => StepKind::AssignTo(AssignTo {
            to: Target::Team { team: None, logic: Logic::RoundRobin },
            online_only: false,
            fewer_than: None,
            timeout_ms: assign::DEFAULT_TIMEOUT,
        }),
        4 => StepKind::AddComment(AddComment::default()),
        5 => StepKind::OpenConversation(OpenConversation::default()),
        6 => StepKind::CloseConversation(CloseConversation::default()),
        7 => StepKind::UpdateContactField(UpdateField::default()),
        8 => StepKind::UpdateContactTag(UpdateTag { action: TagAction::Added, tags: Vec::new() }),
        9 => StepKind::Branch(Branch {
            branches: vec![Way {
                name: crate::text::builder::branch_name(1),
                conditions: Conditions::default(),
            }],
        }),
        10 => StepKind::DateTime(DateTime::BusinessHours { schedule: None }),
        11 => StepKind::Wait(WaitStep { duration_ms: DAY }),
        12 => StepKind::JumpTo(JumpTo { target: None, times: MOST_JUMPS }),
        13 => StepKind::TriggerWorkflow(TriggerWorkflow::default()),
        14 => StepKind::AiAgent(AiAgent {
            connection: None,
            instructions: Default::default(),
            objective: String::new(),
            knowledge: String::new(),
            hand_over: String::new(),
            save: Vec::new(),
            timeout_ms: DAY,
        }),
        15 => StepKind::HttpRequest(HttpRequest {
            method: Method::Get,
            url: Default::default(),
            headers: Vec::new(),
            content_type: None,
            body: Default::default(),
            mappings: Vec::new(),
            save_status: None,
        }),
        16 => StepKind::AddSheetRow(AddSheetRow::default()),
        17 => StepKind::ThreadControl(ThreadControl::SendToInbox {}),
        18 => StepKind::ThreadControl(ThreadControl::Give { app: None, metadata: Default::default() }),
        19 => StepKind::ThreadControl(ThreadControl::Take {}),
        20 => StepKind::ThreadControl(ThreadControl::GetOwner { variable: "owner".into() }),
        _ => return None,
    })
}

/// A new trigger of the kind with this number, in the order they are offered; `TRIGGERS` of them.
pub fn fresh_trigger(number: usize) -> Option<Trigger> {
    let kind = match number {
        0 => TriggerKind::ConversationOpened {},
        1 => TriggerKind::ConversationClosed {},
        2 => TriggerKind::MessageMatches { how: Match::Contains, words: Vec::new() },
        3 => TriggerKind::PostbackReceived { payloads: Vec::new() },
        4 => TriggerKind::ClickToChatAds { ads: Vec::new(), chosen: false },
        5 => TriggerKind::OptInReceived { refs: Vec::new() },
        6 => TriggerKind::ControlReceived { from: None, metadata: Vec::new() },
        7 => TriggerKind::ControlLost {},
        8 => TriggerKind::ContactTagUpdated { action: TagAction::Added, tags: Vec::new() },
        9 => TriggerKind::ContactFieldUpdated { field: None },
        10 => TriggerKind::Shortcut {
            icon: "zap".into(),
            name: String::new(),
            description: String::new(),
            form: Vec::new(),
        },
        11 => TriggerKind::IncomingWebhook {
            identifier: Identifier::ContactId,
            path: "$.contact_id".into(),
            mappings: Vec::new(),
        },
        12 => TriggerKind::Manual {},
        _ => return None,
    };
    Some(Trigger { kind, conditions: Conditions::default(), once_per_contact: false })
}

/// A new line of a shortcut's form.
pub fn fresh_line() -> FormField {
    FormField {
        label: String::new(),
        variable: String::new(),
        kind: FieldType::Text,
        required: false,
        options: Vec::new(),
    }
}
