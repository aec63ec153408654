//! What ends a run early, cell by cell (the truth table of exit conditions).

on_both!(every_cell_of_the_table);

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
        PageInboxWrites,
        AnswersOwnQuestion,
        Writes,
        AnswersOtherQuestion,
        PersonAssigns,
        ProgramAssigns,
    }

    /// Each event with the one condition that ends a run by it.
    const TABLE: [(Event, Option<usize>); 11] = [
        (Event::AgentWrites, Some(0)),
        (Event::OwnStepWrites, None),
        (Event::OtherWorkflowWrites, None),
        (Event::Broadcast, None),
        (Event::ProgramWrites, None),
        (Event::PageInboxWrites, None),
        (Event::AnswersOwnQuestion, None),
        (Event::Writes, Some(1)),
        (Event::AnswersOtherQuestion, Some(1)),
        (Event::PersonAssigns, Some(2)),
        (Event::ProgramAssigns, None),
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
        for (event, ends) in TABLE {
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
            if event == Event::OtherWorkflowWrites {
                stage.published("Writes", line(opened(), vec![wait(MINUTE), say("Hello")])).await;
            }
            stage.customer_writes(MAYA, "Hi").await;
            stage.quiet().await;
            let maya = stage.of(MAYA).await.id;
            happen(&stage, maya, event).await;
            stage.quiet().await;
            check(&stage, &ids, event, ends).await;
        }
    }

    async fn check(stage: &Stage, ids: &[WorkflowId], event: Event, ends: Option<usize>) {
        for (condition, id) in ids.iter().enumerate() {
            let run = stage.only_run(*id).await.run;
            let ended = matches!(run.now, RunNow::Ended { .. });
            assert_eq!(ended, ends == Some(condition), "{event:?} with condition {condition}: {run:?}");
            if ended {
                let reason = end(&run);
                let fits = match condition {
                    0 => matches!(reason, Reason::ExitOutgoing { .. }),
                    1 => matches!(reason, Reason::ExitIncoming { .. }),
                    _ => matches!(reason, Reason::ExitManualAssignment { ref by } if by == "Ann"),
                };
                assert!(fits, "{event:?}: {reason:?}");
            }
        }
    }

    async fn happen(stage: &Stage, maya: ConversationId, event: Event) {
        let program = Actor::Token { name: "shop".into(), scope: Scope::Write };
        let mia = stage.mia.person().map(|person| person.id);
        match event {
            Event::AgentWrites => drop(stage.reply(&stage.ann, maya, "Hello").await.expect("writes")),
            Event::OwnStepWrites | Event::OtherWorkflowWrites => stage.advance(MINUTE).await,
            Event::Broadcast => broadcast(stage, maya).await,
            Event::ProgramWrites => drop(stage.reply(&program, maya, "Hello").await.expect("writes")),
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
