//! What workflow journeys are told with.

use crate::support::*;
use app::api::workflows::{Draft, Naming, Publishing, RunDetail, RunsOf, Saving, WorkflowsDesk as _};
use app::api::{ConnectionChange, ConnectionKind, ContactsDesk as _};
use domain::conversation::message::AuthorKind;
use domain::workflow::condition::Conditions;
use domain::workflow::graph::{Graph, Place};
use domain::workflow::run::Reason;
use domain::workflow::settings::Settings;
use domain::workflow::step::StepKind;
use domain::workflow::steps::agent::{AiAgent, Outcome};
use domain::workflow::steps::content::Content;
use domain::workflow::steps::flow::WaitStep;
use domain::workflow::steps::question::{AnswerKind, AskQuestion, DEFAULT_TIMEOUT, Save};
use domain::workflow::steps::send::SendMessage;
use domain::workflow::trigger::{Trigger, TriggerKind};
use domain::workflow::view::{RunNow, RunView};
use domain::{ConversationId, DAY, WorkflowId};
use messenger::simulator::MODEL;

/// A shop without bots, so that a thread is ours when a customer writes.
pub async fn shop(on: On) -> Stage {
    Stage::with(on, |setup| setup.without_bots()).await
}

/// Lets Meta tell of all this in one webhook.
pub async fn deliver(stage: &Stage, messaging: Vec<serde_json::Value>) {
    let entry = serde_json::json!([{ "id": PAGE, "time": START.ms(), "messaging": messaging }]);
    let raw = serde_json::json!({ "object": "page", "entry": entry }).to_string();
    let signature = messenger::signature::sign(SECRET, raw.as_bytes());
    let answer = client()
        .post(format!("{}/webhooks/messenger/{APP}", stage.base))
        .header("x-hub-signature-256", signature)
        .body(raw)
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 200);
    stage.quiet().await;
}

pub fn say(text: &str) -> StepKind {
    StepKind::SendMessage(SendMessage { content: Content::text(text) })
}

pub fn ask(text: &str, variable: &str) -> StepKind {
    let save = Save { variable: Some(variable.into()), ..Save::default() };
    StepKind::AskQuestion(AskQuestion {
        content: Content::text(text),
        kind: AnswerKind::Text {},
        save,
        timeout_ms: DEFAULT_TIMEOUT,
    })
}

pub fn wait(ms: i64) -> StepKind {
    StepKind::Wait(WaitStep { duration_ms: ms })
}

pub fn opened() -> TriggerKind {
    TriggerKind::ConversationOpened {}
}

/// Connects the simulator's language model.
pub async fn connect_simulated(stage: &Stage, key: &str) {
    let change = ConnectionChange {
        name: "Main".into(),
        kind: ConnectionKind::Ai,
        address: stage.simulated(""),
        model: MODEL.into(),
        secret: Some(key.into()),
    };
    stage.desk.put_connection(&stage.ann, change).await.expect("connects");
}

pub fn finds_out_the_order() -> StepKind {
    StepKind::AiAgent(AiAgent {
        connection: Some("Main".into()),
        instructions: "Be kind.".into(),
        objective: "Find out the order number.".into(),
        knowledge: String::new(),
        hand_over: String::new(),
        save: vec![Outcome { what: "the order number".into(), variable: "order".into(), field: None }],
        timeout_ms: DAY,
    })
}

/// A trigger with steps one after the other.
pub fn line(kind: TriggerKind, steps: Vec<StepKind>) -> Graph {
    let trigger = Trigger { kind, conditions: Conditions::default(), once_per_contact: false };
    let mut graph = Graph { trigger: Some(trigger), ..Graph::default() };
    for (n, step) in steps.into_iter().enumerate().rev() {
        graph.insert(Place::First, format!("Step {}", n + 1), step).expect("fits");
    }
    graph
}

/// What tests do with workflows.
pub trait Flows {
    async fn draft(&self, name: &str, graph: Graph) -> WorkflowId;
    async fn save_draft(&self, id: WorkflowId, graph: Graph);
    async fn publish(&self, id: WorkflowId);
    async fn published(&self, name: &str, graph: Graph) -> WorkflowId {
        let id = self.draft(name, graph).await;
        self.publish(id).await;
        id
    }
    async fn set(&self, id: WorkflowId, settings: Settings);
    async fn runs_in(&self, id: WorkflowId) -> Vec<RunView>;
    async fn only_run(&self, id: WorkflowId) -> RunDetail;
    /// What workflows said in a conversation, oldest first.
    async fn said(&self, conversation: ConversationId) -> Vec<String>;
}

impl Flows for Stage {
    async fn draft(&self, name: &str, graph: Graph) -> WorkflowId {
        let naming = Naming { name: name.into(), description: String::new() };
        let row = self.desk.create_workflow(&self.ann, naming).await.expect("created");
        self.save_draft(row.id, graph).await;
        row.id
    }

    async fn save_draft(&self, id: WorkflowId, graph: Graph) {
        let revision = self.desk.workflow(&self.ann, id).await.expect("loads").workflow.revision;
        let saved = self.desk.save_workflow(&self.ann, id, Draft { graph, revision }).await.expect("saved");
        assert!(matches!(saved, Saving::Saved { .. }), "{saved:?}");
    }

    async fn publish(&self, id: WorkflowId) {
        let published = self.desk.publish_workflow(&self.ann, id, true).await.expect("published");
        assert!(matches!(published, Publishing::Published { .. }), "{published:?}");
    }

    async fn set(&self, id: WorkflowId, settings: Settings) {
        self.desk.set_workflow_settings(&self.ann, id, settings).await.expect("set");
    }

    async fn runs_in(&self, id: WorkflowId) -> Vec<RunView> {
        self.desk.workflow_runs(&self.ann, id, RunsOf::All, None, 50).await.expect("runs").items
    }

    async fn only_run(&self, id: WorkflowId) -> RunDetail {
        let runs = self.runs_in(id).await;
        assert_eq!(runs.len(), 1, "{runs:?}");
        self.desk.run(&self.ann, runs[0].id).await.expect("a run")
    }

    async fn said(&self, conversation: ConversationId) -> Vec<String> {
        let ours = self.messages(conversation).await.into_iter();
        ours.filter(|one| one.author.kind == AuthorKind::Workflow).filter_map(|one| one.text).collect()
    }
}

/// Why a run ended; panics while it goes on.
pub fn end(run: &RunView) -> Reason {
    match &run.now {
        RunNow::Ended { reason, .. } => reason.clone(),
        other => panic!("it goes on: {other:?}"),
    }
}

pub fn is_over(run: &RunView) -> bool {
    run.is_over()
}
