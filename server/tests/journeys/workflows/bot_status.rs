//! Bot Status: the switch by which people and workflows silence AI agents for a contact (WF-83, WF-84).

on_both!(
    it_is_on_until_somebody_switches_it_and_workflows_hear_of_it,
    a_program_that_only_reads_does_not_switch_it,
    an_agent_whose_contact_is_switched_off_hands_over,
    a_workflow_switches_it_and_another_asks_it,
);

mod journeys {
    use super::super::kit::*;
    use crate::support::*;
    use app::api::{ContactsDesk as _, ConversationsDesk as _, Failure};
    use domain::live::{Change, Numbered};
    use domain::person::{Actor, Scope};
    use domain::workflow::condition::{Conditions, Join, Operator, Subject, Test};
    use domain::workflow::exit::Exit;
    use domain::workflow::field::{BOT_OFF, BOT_ON, BOT_STATUS, FieldKey};
    use domain::workflow::graph::{Graph, Place};
    use domain::workflow::step::StepKind;
    use domain::workflow::steps::branch::{Branch, Way};
    use domain::workflow::steps::contact::UpdateField;
    use domain::workflow::steps::conversation::AddComment;
    use domain::workflow::trigger::{Match, TriggerKind};
    use domain::workflow::value::Value;
    use domain::workflow::view::ContactDetails;
    use messenger::simulator::MODEL_KEY;

    fn key() -> FieldKey {
        FieldKey::new(BOT_STATUS).expect("a key")
    }

    fn note(text: &str) -> StepKind {
        StepKind::AddComment(AddComment { text: text.into(), mentions: Vec::new() })
    }

    fn is(status: &str) -> Conditions {
        let subject = Subject::ContactField { field: key() };
        let test = Test { subject, operator: Operator::Equal, values: vec![status.into()] };
        Conditions { join: Join::And, tests: vec![test] }
    }

    async fn notes(stage: &Stage) -> Vec<String> {
        let maya = stage.of(MAYA).await.id;
        let thread = stage.desk.thread(&stage.ann, maya).await.expect("a thread");
        thread.notes.into_iter().map(|note| note.text).collect()
    }

    fn status(details: &ContactDetails) -> String {
        let found = details.fields.iter().find(|(field, _)| field.key.is_bot_status());
        found.expect("every workspace has it").1.to_string()
    }

    async fn switch(stage: &Stage, actor: &Actor, value: Value) -> Result<String, Failure> {
        let maya = stage.of(MAYA).await.id;
        let details = stage.desk.set_contact_field(actor, maya, key(), value).await?;
        stage.quiet().await;
        Ok(status(&details))
    }

    /// How often everybody was told how it stands.
    async fn told(stage: &Stage) -> Vec<String> {
        let mut tx = stage.node().db.snapshot().await.expect("reads");
        let log = store::changes::after(&mut tx, 0, 10_000).await.expect("a log");
        let changes = log.into_iter().map(|entry| serde_json::from_str::<Numbered>(&entry.frame));
        let contacts = changes.filter_map(|told| match told.expect("a change").change {
            Change::Contact { details, .. } => Some(status(&details)),
            _ => None,
        });
        contacts.collect()
    }

    pub async fn it_is_on_until_somebody_switches_it_and_workflows_hear_of_it(on: On) {
        let stage = shop(on).await;
        let kind = TriggerKind::ContactFieldUpdated { field: Some(key()) };
        let mut hears = line(kind, vec![note("$trigger.previous|- → $trigger.value|-")]);
        hears.trigger.as_mut().expect("a trigger").conditions = is(BOT_OFF);
        stage.published("Hears", hears).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let maya = stage.of(MAYA).await.id;
        let details = stage.desk.contact_details(&stage.mia, maya).await.expect("details");
        assert_eq!(status(&details), BOT_ON);
        assert_eq!(switch(&stage, &stage.mia, BOT_ON.into()).await.as_deref(), Ok(BOT_ON));
        assert_eq!(switch(&stage, &stage.mia, "off".into()).await.as_deref(), Ok(BOT_OFF));
        assert_eq!(notes(&stage).await, ["On → Off"]);
        assert_eq!(switch(&stage, &stage.mia, Value::Null).await.as_deref(), Ok(BOT_ON));
        assert!(matches!(
            switch(&stage, &stage.mia, "maybe".into()).await,
            Err(Failure::Invalid { message }) if message == "Choose one of the options."
        ));
        assert_eq!(told(&stage).await, [BOT_OFF, BOT_ON]);
        assert_eq!(notes(&stage).await.len(), 1, "the trigger's condition asks for Off");
    }

    pub async fn a_program_that_only_reads_does_not_switch_it(on: On) {
        let stage = shop(on).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let program = |scope| Actor::Token { name: "Bot".into(), scope };
        let refused = switch(&stage, &program(Scope::Read), BOT_OFF.into()).await;
        assert_eq!(refused, Err(Failure::Forbidden));
        assert_eq!(switch(&stage, &program(Scope::Write), BOT_OFF.into()).await.as_deref(), Ok(BOT_OFF));
    }

    /// An agent, and what is said when it asks for a person.
    fn agent(trigger: TriggerKind) -> Graph {
        let mut graph = line(trigger, vec![finds_out_the_order()]);
        let agent = graph.first.expect("a step");
        let place = Place::After(agent, Exit::HandOver);
        graph.insert(place, "Says".into(), say("Somebody comes.")).expect("fits");
        graph
    }

    pub async fn an_agent_whose_contact_is_switched_off_hands_over(on: On) {
        let stage = Stage::with_outbound_to_simulator(on).await;
        connect_simulated(&stage, MODEL_KEY).await;
        stage.published("Finds out", agent(opened())).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let maya = stage.of(MAYA).await.id;
        assert_eq!(stage.said(maya).await, ["Could you tell me the order number?"]);
        switch(&stage, &stage.mia, BOT_OFF.into()).await.expect("switches");
        stage.customer_writes(MAYA, "48190").await;
        stage.quiet().await;
        assert_eq!(stage.said(maya).await, ["Could you tell me the order number?", "Somebody comes."]);
    }

    pub async fn a_workflow_switches_it_and_another_asks_it(on: On) {
        let stage = shop(on).await;
        let off = UpdateField { field: Some(key()), value: BOT_OFF.into() };
        stage.published("Silences", line(opened(), vec![StepKind::UpdateContactField(off)])).await;
        let asks = Branch { branches: vec![Way { name: "Off".into(), conditions: is(BOT_OFF) }] };
        let words = TriggerKind::MessageMatches { how: Match::Contains, words: vec!["boots".into()] };
        let mut graph = line(words, vec![StepKind::Branch(asks)]);
        let branch = graph.first.expect("a step");
        for (exit, text) in [(Exit::Branch(1), "silent"), (Exit::Else, "speaks")] {
            graph.insert(Place::After(branch, exit), text.into(), note(text)).expect("fits");
        }
        stage.published("Asks", graph).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        stage.customer_writes(MAYA, "boots").await;
        stage.quiet().await;
        assert_eq!(notes(&stage).await, ["silent"]);
    }
}
