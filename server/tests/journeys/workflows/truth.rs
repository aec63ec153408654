//! What ends a run early, cell by cell (the truth table of exit conditions).

on_both!(every_cell_of_the_table, the_first_of_several_conditions_ends_it);

mod journeys {
    use super::super::kit::*;
    use crate::support::*;
    use app::api::ConversationsDesk as _;
    use domain::ConversationId;
    use domain::conversation::message::{Author, AuthorKind, Delivery, DeliveryState, Direction, Origin};
    use domain::person::{Actor, Scope};
    use domain::view::Message;
    use domain::workflow::run::Reason;
    use domain::workflow::settings::{ExitConditions, Settings};
    use domain::workflow::step::StepKind;
    use domain::workflow::steps::assign::{AssignTo, Target};
    use domain::workflow::view::RunNow;
    use domain::{DAY, MINUTE, MessageId, WorkflowId};
    use server::desk::intention::Intention;
    use server::desk::workflow::Occurred;

    /// What happens to an enrolled contact.
    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Event {
        AgentWrites,
        OwnStepWrites,
        OtherWorkflowWrites,
        Broadcast,
        ProgramWrites,
        BotWrites,
        PageInboxWrites,
        AnswersOwnQuestion,
        Writes,
        AnswersOtherQuestion,
        PersonAssigns,
        StepAssigns,
        ProgramAssigns,
    }

    /// What each column is called.
    const COLUMNS: [&str; 3] = ["outgoing message", "incoming message", "manual assignment"];
    const STOPS: bool = true;
    const GOES_ON: bool = false;

    /// The rows with their names. A row that says "or" is several events.
    const TABLE: [(&str, Event, [bool; 3]); 13] = [
        ("an agent sends a message in the inbox", Event::AgentWrites, [STOPS, GOES_ON, GOES_ON]),
        ("a step of this workflow sends a message", Event::OwnStepWrites, [GOES_ON; 3]),
        ("a step of another workflow sends a message", Event::OtherWorkflowWrites, [GOES_ON; 3]),
        ("a broadcast", Event::Broadcast, [GOES_ON; 3]),
        ("a message through the API", Event::ProgramWrites, [GOES_ON; 3]),
        ("a message by the bot", Event::BotWrites, [GOES_ON; 3]),
        ("a message by the Page Inbox", Event::PageInboxWrites, [GOES_ON; 3]),
        ("the contact answers this workflow's question", Event::AnswersOwnQuestion, [GOES_ON; 3]),
        ("the contact writes while nothing was asked", Event::Writes, [GOES_ON, STOPS, GOES_ON]),
        (
            "the contact answers another workflow's question",
            Event::AnswersOtherQuestion,
            [GOES_ON, STOPS, GOES_ON],
        ),
        ("a person assigns in the inbox", Event::PersonAssigns, [GOES_ON, GOES_ON, STOPS]),
        ("a step assigns", Event::StepAssigns, [GOES_ON; 3]),
        ("the API assigns", Event::ProgramAssigns, [GOES_ON; 3]),
    ];

    fn only(on: usize) -> Settings {
        let exits = ExitConditions {
            outgoing_message: on == 0,
            page_inbox_too: false,
            incoming_message: on == 1,
            manual_assignment: on == 2,
        };
        Settings { exits, ..Settings::default() }
    }

    /// Three workflows with one condition each; all three wait for a day, or for the answer to their own question.
    pub async fn every_cell_of_the_table(on: On) {
        for (row, event, cells) in TABLE {
            let stage = shop(on).await;
            let mut ids = Vec::new();
            for condition in 0..3 {
                let steps = match event {
                    Event::AnswersOwnQuestion => vec![ask("Well?", "it"), wait(DAY)],
                    Event::OwnStepWrites => vec![wait(MINUTE), say("Hello"), wait(DAY)],
                    _ => vec![wait(DAY)],
                };
                let id = stage.draft(&format!("Condition {condition}"), line(opened(), steps)).await;
                stage.set(id, only(condition)).await;
                stage.publish(id).await;
                ids.push(id);
            }
            if matches!(event, Event::AnswersOtherQuestion) {
                stage.published("Asks", line(opened(), vec![ask("Well?", "it")])).await;
            }
            if event == Event::StepAssigns {
                let to = Target::User { person: stage.mia.person().map(|mia| mia.id) };
                let assign = AssignTo { to, online_only: false, fewer_than: None, timeout_ms: DAY };
                let steps = vec![wait(MINUTE), StepKind::AssignTo(assign)];
                stage.published("Assigns", line(opened(), steps)).await;
            }
            if event == Event::OtherWorkflowWrites {
                stage.published("Writes", line(opened(), vec![wait(MINUTE), say("Hello")])).await;
            }
            stage.customer_writes(MAYA, "Hi").await;
            stage.quiet().await;
            let maya = stage.of(MAYA).await.id;
            happen(&stage, maya, event).await;
            stage.quiet().await;
            check(&stage, &ids, row, cells).await;
            if event == Event::StepAssigns {
                let assignee = stage.of(MAYA).await.assignee.map(|mia| mia.name);
                assert_eq!(assignee.as_deref(), Some("Mia"), "the step did assign");
            }
        }
    }

    /// Several conditions may be on: what happens first ends the run and is its cause (WF-68).
    pub async fn the_first_of_several_conditions_ends_it(on: On) {
        let first = [(Event::AgentWrites, 0), (Event::Writes, 1), (Event::PersonAssigns, 2)];
        for (event, cause) in first {
            let stage = shop(on).await;
            let id = stage.draft("All three", line(opened(), vec![wait(DAY)])).await;
            let exits = ExitConditions {
                outgoing_message: true,
                page_inbox_too: true,
                incoming_message: true,
                manual_assignment: true,
            };
            stage.set(id, Settings { exits, ..Settings::default() }).await;
            stage.publish(id).await;
            stage.customer_writes(MAYA, "Hi").await;
            stage.quiet().await;
            let maya = stage.of(MAYA).await.id;
            happen(&stage, maya, event).await;
            stage.quiet().await;
            for (later, _) in first.into_iter().filter(|(one, _)| *one != event) {
                happen(&stage, maya, later).await;
                stage.quiet().await;
            }
            let run = stage.only_run(id).await.run;
            assert!(is_cause(&end(&run), cause), "{event:?} was first: {run:?}");
        }
    }

    async fn check(stage: &Stage, ids: &[WorkflowId], row: &str, cells: [bool; 3]) {
        for (condition, (id, stops)) in ids.iter().zip(cells).enumerate() {
            let run = stage.only_run(*id).await.run;
            let (column, ended) = (COLUMNS[condition], matches!(run.now, RunNow::Ended { .. }));
            assert_eq!(ended, stops, "{row}, with {column} on: {run:?}");
            assert!(!ended || is_cause(&end(&run), condition), "{row}, with {column} on: {run:?}");
        }
    }

    /// Whether a run ended by the condition with this number.
    fn is_cause(reason: &Reason, condition: usize) -> bool {
        match condition {
            0 => matches!(reason, Reason::ExitOutgoing { .. }),
            1 => matches!(reason, Reason::ExitIncoming { .. }),
            _ => matches!(reason, Reason::ExitManualAssignment { by } if by == "Ann"),
        }
    }

    async fn happen(stage: &Stage, maya: ConversationId, event: Event) {
        let program = Actor::Token { name: "shop".into(), scope: Scope::Write };
        let mia = stage.mia.person().map(|person| person.id);
        match event {
            Event::AgentWrites => drop(stage.reply(&stage.ann, maya, "Hello").await.expect("writes")),
            Event::OwnStepWrites | Event::OtherWorkflowWrites | Event::StepAssigns => {
                stage.advance(MINUTE).await
            }
            Event::Broadcast => broadcast(stage, maya).await,
            Event::ProgramWrites => drop(stage.reply(&program, maya, "Hello").await.expect("writes")),
            Event::BotWrites => {
                let echo = serde_json::json!({
                    "sender": { "id": PAGE }, "recipient": { "id": MAYA }, "timestamp": START.ms() + MINUTE,
                    "message": { "mid": "m_of_the_bot", "text": "Hello", "is_echo": true, "app_id": 611_203_984_417_755_i64 },
                });
                deliver(stage, vec![echo]).await;
                let newest = stage.messages(maya).await.pop().expect("a message");
                assert_eq!(newest.author.kind, AuthorKind::Bot);
            }
            Event::PageInboxWrites => {
                let wrote = stage.simulator.inbox_person_writes(&PAGE.into(), &MAYA.into(), "Hello").await;
                wrote.expect("writes");
            }
            Event::AnswersOwnQuestion | Event::Writes | Event::AnswersOtherQuestion => {
                stage.customer_writes(MAYA, "42").await;
            }
            Event::PersonAssigns => {
                drop(stage.desk.assign(&stage.ann, maya, mia, None).await.expect("assigns"))
            }
            Event::ProgramAssigns => {
                drop(stage.desk.assign(&program, maya, mia, None).await.expect("assigns"))
            }
        }
    }

    /// Nothing in the product broadcasts yet; what workflows hear of one is what counts.
    async fn broadcast(stage: &Stage, maya: ConversationId) {
        let mut intention = Intention::begin(stage.node()).await.expect("begins");
        intention.lock(maya).await.expect("locks");
        let message = Message {
            id: MessageId(stage.node().clock.id()),
            mid: None,
            conversation_id: maya,
            at: intention.now(),
            direction: Direction::Out,
            author: Author { kind: AuthorKind::Workflow, id: None, name: Some("News".into()) },
            text: Some("News".into()),
            attachments: Vec::new(),
            origin: Origin::Broadcast,
            delivery: Delivery { state: DeliveryState::Sent, error: None },
            tapped: None,
            reply_to: None,
            edited: false,
            deleted: false,
            late: false,
            reaction: None,
        };
        let (id, author, origin) = (message.id, message.author.kind, message.origin);
        assert!(intention.add_message(message).await.expect("adds"));
        intention.occurred(maya, Occurred::Wrote { message: id, author, origin });
        intention.commit().await.expect("commits");
    }
}
