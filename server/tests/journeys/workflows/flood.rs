//! Many customers in one webhook: what one sets off takes nothing from the others.

on_both!(everybody_of_a_large_webhook_is_answered);

mod journeys {
    use super::super::kit::*;
    use crate::support::*;
    use app::api::workflows::{RunsOf, WorkflowsDesk as _};
    use domain::workflow::run::Reason;
    use domain::workflow::step::StepKind;
    use domain::workflow::steps::contact::UpdateTag;
    use domain::workflow::trigger::{Match, TagAction, TriggerKind};
    use messenger::simulator::CustomerSetup;
    use serde_json::{Value, json};

    const CUSTOMERS: usize = 90;

    fn psid(n: usize) -> String {
        format!("{}", 7_300_000_000_000_000_usize + n)
    }

    async fn crowd(on: On) -> Stage {
        let customer = |n| CustomerSetup {
            psid: psid(n).into(),
            page: PAGE.into(),
            first_name: format!("Customer{n}"),
            last_name: "Flood".into(),
        };
        Stage::with(on, |setup| {
            let mut setup = setup.without_bots();
            setup.customers.extend((0..CUSTOMERS).map(customer));
            setup
        })
        .await
    }

    /// One webhook in which every customer says the same.
    async fn everybody_writes(stage: &Stage, text: &str) {
        let message = |n: usize| -> Value {
            json!({
                "sender": { "id": psid(n) }, "recipient": { "id": PAGE }, "timestamp": START.ms(),
                "message": { "mid": format!("m_flood_{text}_{n}"), "text": text },
            })
        };
        deliver(stage, (0..CUSTOMERS).map(message).collect()).await;
    }

    pub async fn everybody_of_a_large_webhook_is_answered(on: On) {
        let stage = crowd(on).await;
        let tag = UpdateTag { action: TagAction::Added, tags: vec!["asked".into()] };
        let steps = vec![StepKind::UpdateContactTag(tag), say("We are on it.")];
        let matches =
            TriggerKind::MessageMatches { how: Match::Contains, words: vec!["l".into(), "y".into()] };
        let workflow = stage.published("Answers", line(matches, steps)).await;
        // Messenger lets us write to who has written to the page.
        for n in 0..CUSTOMERS {
            stage.customer_writes(&psid(n), "Hi").await;
        }
        stage.quiet().await;
        everybody_writes(&stage, "hello").await;
        everybody_writes(&stage, "anybody?").await;
        let runs = stage.desk.workflow_runs(&stage.ann, workflow, RunsOf::All, None, 200).await;
        let runs = runs.expect("runs").items;
        assert_eq!(runs.len(), 2 * CUSTOMERS, "somebody was not heard");
        let unfinished: Vec<_> = runs.iter().filter(|run| end(run) != Reason::Completed {}).collect();
        assert!(unfinished.is_empty(), "{unfinished:?}");
        assert_eq!(stage.simulator.accepted_by_metadata().len(), 2 * CUSTOMERS);
    }
}
