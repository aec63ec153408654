//! Conversations and messages for tests, alike but for what matters.

use domain::conversation::control::OwnerKind;
use domain::conversation::message::{Author, AuthorKind, Delivery, DeliveryState, Direction, Origin};
use domain::conversation::standing::Status;
use domain::conversation::window::Window;
use domain::live::{Change, Numbered};
use domain::page::Health;
use domain::person::{Person, Restrictions, Role};
use domain::view::{
    Activity, ContactView, ControlChange, ControlView, Conversation, Facts, Message, Named, PageView, Thread,
    WindowView, WindowWord,
};
use domain::workflow::graph::StepId;
use domain::workflow::run::Reason;
use domain::workflow::settings::Settings;
use domain::workflow::status::Status as WorkflowStatus;
use domain::workflow::view::{RunNow, RunView, WorkflowRow};
use domain::writing::{Note, NoteAuthor};
use domain::{ContactId, ConversationId, MessageId, NoteId, PersonId, RunId, Timestamp, WorkflowId};
use uuid::Uuid;

/// Saturday 21 November 2026, 14:03 UTC.
pub const NOW: Timestamp = Timestamp(1_795_269_780_000);

pub fn ann() -> PersonId {
    PersonId(Uuid::from_u128(0xA))
}

/// An agent who sees everything.
pub fn agent(id: PersonId) -> Person {
    let (restrictions, teams) = (Restrictions::default(), Vec::new());
    Person {
        id,
        email: "ann@example.test".into(),
        name: "Ann".into(),
        role: Role::Agent,
        restrictions,
        teams,
    }
}

pub fn conversation_id(number: u128) -> ConversationId {
    ConversationId(Uuid::from_u128(number))
}

pub fn conversation(number: u128, updated_at: Timestamp) -> Conversation {
    let mut deadlines = Window::default();
    deadlines.customer_wrote(NOW);
    Conversation {
        id: conversation_id(number),
        page_id: "1".into(),
        page_name: "Shoe Shop".into(),
        psid: "7".into(),
        contact: ContactView {
            id: ContactId(Uuid::from_u128(number)),
            name: format!("Maya {number}"),
            picture_url: None,
        },
        status: Status::Open,
        snoozed_until: None,
        woken_at: None,
        unread: false,
        labels: vec![],
        control: ControlView {
            owner: OwnerKind::Ours,
            app_id: None,
            app_name: None,
            since: NOW,
            expires_at: None,
            proof: "meta_answered".into(),
            proved_at: NOW,
            pending: None,
        },
        assignee: None,
        team: None,
        window: WindowView { state: WindowWord::Open, expires_at: deadlines.open_until, deadlines },
        last_message: None,
        reset_at: None,
        conflict_at: None,
        handed_over: None,
        failed: false,
        updated_at,
        version: 1,
    }
}

pub fn assigned(mut conversation: Conversation, to: PersonId) -> Conversation {
    conversation.assignee = Some(Named { id: to, name: "Ann".into() });
    conversation
}

pub fn changed(n: i64, conversation: Conversation, was: Option<Facts>) -> Numbered {
    Numbered { n, change: Change::Conversation { conversation: Box::new(conversation), was } }
}

pub fn page_change() -> Change {
    Change::Page {
        page: PageView {
            id: "1".into(),
            name: "Shoe Shop".into(),
            health: Health::Connected,
            alarms: Vec::new(),
        },
    }
}

pub fn message(number: u128, kind: AuthorKind, at: Timestamp) -> Message {
    let (direction, state) = match kind {
        AuthorKind::Customer => (Direction::In, DeliveryState::Received),
        _ => (Direction::Out, DeliveryState::Sent),
    };
    Message {
        id: MessageId(Uuid::from_u128(number)),
        mid: None,
        conversation_id: conversation_id(1),
        at,
        direction,
        author: Author { kind, id: None, name: None },
        text: Some(format!("Message {number}")),
        attachments: vec![],
        origin: Origin::Inbox,
        delivery: Delivery { state, error: None },
        tapped: None,
        reply_to: None,
        edited: false,
        deleted: false,
        late: false,
        reaction: None,
    }
}

pub fn said(n: i64, message: Message) -> Numbered {
    Numbered { n, change: Change::Message { message: Box::new(message) } }
}

pub fn note(number: u128, at: Timestamp) -> Note {
    Note {
        id: NoteId(Uuid::from_u128(number)),
        conversation_id: conversation_id(1),
        at,
        author: NoteAuthor { id: Some(ann()), name: "Ann".into() },
        text: format!("Note {number}"),
        mentions: vec![],
    }
}

pub fn control_change(key: &str, at: Timestamp) -> ControlChange {
    ControlChange {
        key: key.into(),
        at,
        owner: OwnerKind::Bot,
        app_id: Some("611203984417755".into()),
        app_name: Some("SalesBot".into()),
        proof: "other_app_wrote".into(),
        by: None,
        metadata: None,
    }
}

pub fn activity(number: u128, at: Timestamp) -> Activity {
    let (id, by) = (Uuid::from_u128(number), Some("Mia".to_owned()));
    Activity { id, at, act: "closed".into(), by, detail: serde_json::Value::Null }
}

pub fn thread(messages: Vec<Message>) -> Thread {
    Thread {
        conversation: conversation(1, NOW),
        messages,
        earlier: None,
        control: vec![],
        activity: vec![],
        seen: None,
        notes: vec![],
        as_of: 10,
        now: NOW,
    }
}

pub fn workflow_id(number: u128) -> WorkflowId {
    WorkflowId(Uuid::from_u128(number))
}

/// A draft that lacks nothing.
pub fn workflow(number: u128, name: &str) -> WorkflowRow {
    WorkflowRow {
        id: workflow_id(number),
        name: name.into(),
        description: String::new(),
        status: WorkflowStatus::Draft,
        settings: Settings::default(),
        trigger: Some("Conversation Opened".into()),
        steps: 2,
        incomplete: 0,
        running: 0,
        revision: 1,
        created_by: "Ann".into(),
        created_at: NOW,
        published_by: None,
        published_at: None,
        last_error: None,
        editors: Vec::new(),
    }
}

/// A run of a workflow for the contact of conversation 1.
pub fn run(number: u128, workflow: u128) -> RunView {
    RunView {
        id: RunId(Uuid::from_u128(number)),
        workflow_id: workflow_id(workflow),
        workflow: "Welcome".into(),
        version: 1,
        conversation_id: conversation_id(1),
        contact: "Maya 1".into(),
        test: false,
        may_be_stopped: true,
        started_at: NOW,
        now: RunNow::Going { step: StepId(1), name: "Ask".into() },
        deleted: false,
    }
}

/// The same run at its end.
pub fn run_ended(number: u128, workflow: u128) -> RunView {
    RunView {
        now: RunNow::Ended { at: NOW, reason: Reason::Completed {}, name: None },
        ..run(number, workflow)
    }
}
