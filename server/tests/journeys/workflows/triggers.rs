//! What lets a contact enter: one journey per trigger.

on_both!(
    a_conversation_opens_by_its_first_message_and_after_a_close,
    an_opening_that_history_showed_first_is_heard_with_its_webhook,
    a_conversation_closes_by_a_person_and_by_a_program,
    a_closing_note_decides_which_workflow_follows,
    a_tag_that_is_added,
    a_field_that_is_written,
    a_shortcut_with_its_form,
    a_program_that_calls_its_address,
    an_ad_that_brings_a_customer,
    another_workflow_that_starts_it,
    another_workflow_that_starts_it_in_the_middle,
    a_button_and_an_opt_in,
    words_in_a_message,
    control_that_comes_and_goes,
    next_to_a_bot_only_silent_workflows_hear_of_an_opening_until_the_customer_arrives_with_us,
    a_thread_that_a_bot_passes_on_arrives_with_us,
    once_per_contact_is_for_good,
    conditions_keep_contacts_out_and_say_why,
);

mod journeys {
    use super::super::kit::*;
    use crate::support::*;
    use app::api::workflows::WorkflowsDesk as _;
    use app::api::{ContactsDesk as _, ConversationsDesk as _, Failure, PagesDesk as _, RunsDesk as _};
    use domain::conversation::evidence::ClosingNote;
    use domain::workflow::condition::{Conditions, Join, Operator, Subject, Test};
    use domain::workflow::exit::Exit;
    use domain::workflow::field::{FieldKey, FieldType};
    use domain::workflow::graph::Graph;
    use domain::workflow::run::NonStart;
    use domain::workflow::step::StepKind;
    use domain::workflow::steps::contact::UpdateTag;
    use domain::workflow::steps::conversation::AddComment;
    use domain::workflow::steps::flow::TriggerWorkflow;
    use domain::workflow::trigger::{FormField, Identifier, Mapping, Match, TagAction, TriggerKind};
    use domain::workflow::value::Value;
    use domain::{DAY, MINUTE, WorkflowId};
    use serde_json::json;

    /// Leaves a note, so that what the trigger found can be read.
    fn note(text: &str) -> StepKind {
        StepKind::AddComment(AddComment { text: text.into(), mentions: Vec::new() })
    }

    async fn notes(stage: &Stage) -> Vec<String> {
        let maya = stage.of(MAYA).await.id;
        let thread = stage.desk.thread(&stage.ann, maya).await.expect("a thread");
        thread.notes.into_iter().map(|note| note.text).collect()
    }

    async fn noting(stage: &Stage, kind: TriggerKind, text: &str) -> WorkflowId {
        stage.published("Notes", line(kind, vec![note(text)])).await
    }

    fn with_source(mut graph: Graph, source: &str) -> Graph {
        let test = Test {
            subject: Subject::Variable { name: "trigger.source".into() },
            operator: Operator::Equal,
            values: vec![source.into()],
        };
        let trigger = graph.trigger.as_mut().expect("a trigger");
        trigger.conditions = Conditions { join: Join::And, tests: vec![test] };
        graph
    }

    pub async fn a_conversation_opens_by_its_first_message_and_after_a_close(on: On) {
        let stage = shop(on).await;
        noting(&stage, opened(), "$trigger.source|-: $trigger.first_message|-").await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        stage.customer_writes(MAYA, "Anybody?").await;
        stage.quiet().await;
        assert_eq!(notes(&stage).await, ["contact: Hi"]);
        let maya = stage.of(MAYA).await.id;
        stage.desk.close(&stage.ann, maya).await.expect("closes");
        stage.desk.reopen(&stage.ann, maya).await.expect("opens");
        stage.quiet().await;
        stage.desk.close(&stage.ann, maya).await.expect("closes");
        stage.customer_writes(MAYA, "Back").await;
        stage.quiet().await;
        assert_eq!(notes(&stage).await, ["contact: Hi", "user: -", "contact: Back"]);
    }

    pub async fn an_opening_that_history_showed_first_is_heard_with_its_webhook(on: On) {
        let stage = shop(on).await;
        noting(&stage, opened(), "$trigger.first_message|-").await;
        let webhook = format!("{}/webhooks/messenger/{APP}", stage.base);
        stage.simulator.set_webhook(&PAGE.into(), &APP.into(), None);
        stage.customer_writes(MAYA, "Hi").await;
        stage.simulator.quiet().await;
        stage.simulator.set_webhook(&PAGE.into(), &APP.into(), Some(webhook));
        stage.advance(MINUTE).await;
        // The page may have looked by itself already.
        stage.desk.fill_page(&stage.ann, PAGE.into()).await.expect("looks");
        stage.quiet().await;
        assert!(notes(&stage).await.is_empty());
        let maya = stage.of(MAYA).await.id;
        let found = stage.messages(maya).await.remove(0);
        let message = json!({ "mid": found.mid, "text": "Hi" });
        let late = json!({
            "sender": { "id": MAYA }, "recipient": { "id": PAGE }, "timestamp": found.at, "message": message,
        });
        deliver(&stage, vec![late.clone()]).await;
        deliver(&stage, vec![late]).await;
        assert_eq!(notes(&stage).await, ["Hi"]);
    }

    pub async fn a_conversation_closes_by_a_person_and_by_a_program(on: On) {
        let stage = shop(on).await;
        noting(&stage, TriggerKind::ConversationClosed {}, "closed by $trigger.source|-").await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let maya = stage.of(MAYA).await.id;
        stage.desk.close(&stage.ann, maya).await.expect("closes");
        stage.desk.close(&stage.ann, maya).await.expect("closes again");
        stage.desk.reopen(&stage.ann, maya).await.expect("opens");
        let program =
            domain::person::Actor::Token { name: "shop".into(), scope: domain::person::Scope::Write };
        stage.desk.close(&program, maya).await.expect("closes");
        stage.quiet().await;
        assert_eq!(notes(&stage).await, ["closed by user", "closed by api"]);
    }

    pub async fn a_closing_note_decides_which_workflow_follows(on: On) {
        let stage = shop(on).await;
        let mut graph = line(TriggerKind::ConversationClosed {}, vec![note("$trigger.summary|-")]);
        let test = Test {
            subject: Subject::Variable { name: "trigger.category".into() },
            operator: Operator::Equal,
            values: vec!["Returns".into()],
        };
        graph.trigger.as_mut().expect("a trigger").conditions =
            Conditions { join: Join::And, tests: vec![test] };
        stage.published("After returns", graph).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let maya = stage.of(MAYA).await.id;
        let noted = |category: &str| ClosingNote {
            category: Some(category.into()),
            summary: Some(" too narrow ".into()),
        };
        stage.desk.close(&stage.ann, maya).await.expect("closes");
        for category in ["Delivery", " Returns "] {
            stage.desk.reopen(&stage.ann, maya).await.expect("opens");
            stage.desk.close_noting(&stage.ann, maya, noted(category)).await.expect("closes");
        }
        stage.quiet().await;
        assert_eq!(notes(&stage).await, ["too narrow"]);
        let long = stage.desk.close_noting(&stage.ann, maya, noted(&"x".repeat(61))).await;
        assert!(matches!(long, Err(Failure::Invalid { .. })), "{long:?}");
    }

    pub async fn a_tag_that_is_added(on: On) {
        let stage = shop(on).await;
        let kind = TriggerKind::ContactTagUpdated { action: TagAction::Added, tags: vec!["VIP".into()] };
        noting(&stage, kind, "tagged $trigger.tag|-").await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let maya = stage.of(MAYA).await.id;
        for tag in ["spam", "vip", "VIP"] {
            stage.desk.set_contact_tag(&stage.mia, maya, tag.into(), true).await.expect("tags");
        }
        let details =
            stage.desk.set_contact_tag(&stage.mia, maya, "spam".into(), false).await.expect("untags");
        assert_eq!(details.tags, ["vip"]);
        assert_eq!(notes(&stage).await, ["tagged vip"]);
    }

    pub async fn a_field_that_is_written(on: On) {
        let stage = shop(on).await;
        let email = FieldKey::new("email").expect("a key");
        let kind = TriggerKind::ContactFieldUpdated { field: Some(email.clone()) };
        noting(&stage, kind, "$trigger.previous|nothing → $trigger.value|nothing").await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let maya = stage.of(MAYA).await.id;
        let wrong = stage.desk.set_contact_field(&stage.mia, maya, email.clone(), "no".into()).await;
        assert!(matches!(wrong, Err(Failure::Invalid { .. })));
        for value in ["A@B.no", "a@b.no"] {
            stage
                .desk
                .set_contact_field(&stage.mia, maya, email.clone(), value.into())
                .await
                .expect("writes");
        }
        stage.desk.set_contact_field(&stage.mia, maya, email, Value::Null).await.expect("empties");
        assert_eq!(notes(&stage).await, ["nothing → a@b.no", "a@b.no → nothing"]);
    }

    pub async fn a_shortcut_with_its_form(on: On) {
        let stage = shop(on).await;
        let form = FormField {
            label: "Summary".into(),
            variable: "summary".into(),
            kind: FieldType::Text,
            required: true,
            options: vec![],
        };
        let kind = TriggerKind::Shortcut {
            icon: "flag".into(),
            name: "Escalate".into(),
            description: String::new(),
            form: vec![form],
        };
        let id = noting(&stage, kind, "escalated: $form.summary|-").await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let maya = stage.of(MAYA).await.id;
        let shortcuts = stage.desk.runs_of(&stage.mia, maya).await.expect("a panel").shortcuts;
        assert_eq!(shortcuts.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Escalate"]);
        let empty = stage.desk.start_shortcut(&stage.mia, maya, id, [].into()).await;
        assert!(matches!(empty, Err(Failure::Invalid { message }) if message.contains("Summary")));
        let answers = [("summary".to_owned(), Value::from("broken sole"))].into();
        let run = stage.desk.start_shortcut(&stage.mia, maya, id, answers).await.expect("starts");
        assert!(is_over(&run));
        assert_eq!(notes(&stage).await, ["escalated: broken sole"]);
    }

    pub async fn a_program_that_calls_its_address(on: On) {
        let stage = shop(on).await;
        let kind = TriggerKind::IncomingWebhook {
            identifier: Identifier::Email,
            path: "$.customer.email".into(),
            mappings: vec![Mapping { path: "$.order.id".into(), variable: "order".into() }],
        };
        let id = noting(&stage, kind, "order $webhook.order|-").await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let maya = stage.of(MAYA).await.id;
        let email = FieldKey::new("email").expect("a key");
        stage
            .desk
            .set_contact_field(&stage.mia, maya, email, "maya@example.com".into())
            .await
            .expect("writes");
        let address = stage.desk.workflow(&stage.ann, id).await.expect("loads").hook;
        let path = address.split_once("/hooks/").expect("a path").1.to_owned();
        let address = format!("{}/hooks/{path}", stage.base);
        let post = |address: String, email: &str| {
            let body = json!({ "customer": { "email": email }, "order": { "id": 4711 } });
            async move { client().post(address).json(&body).send().await.expect("answers").status().as_u16() }
        };
        assert_eq!(post(address.clone(), "Maya@Example.com").await, 202);
        assert_eq!(post(address.clone(), "nobody@example.com").await, 422);
        assert_eq!(post(format!("{address}x"), "maya@example.com").await, 404);
        assert_eq!(notes(&stage).await, ["order 4711"]);
        stage.desk.stop_workflow(&stage.ann, id).await.expect("stops");
        assert_eq!(post(address, "maya@example.com").await, 422);
    }

    pub async fn an_ad_that_brings_a_customer(on: On) {
        let stage = shop(on).await;
        noting(&stage, TriggerKind::ClickToChatAds { ads: vec![], chosen: false }, "from ad $trigger.ad|-")
            .await;
        stage.published("Opens", line(opened(), vec![note("opened by $trigger.source|-")])).await;
        stage.simulator.customer_comes_from_ad(&PAGE.into(), &MAYA.into(), "6045246247433", "Shoes?").await;
        stage.quiet().await;
        let mut all = notes(&stage).await;
        all.sort();
        assert_eq!(all, ["from ad 6045246247433", "opened by click_to_chat_ads"]);
    }

    pub async fn another_workflow_that_starts_it(on: On) {
        let stage = shop(on).await;
        let sub = stage.published("Sub", line(TriggerKind::Manual {}, vec![note("sub")])).await;
        let start = StepKind::TriggerWorkflow(TriggerWorkflow { workflow: Some(sub), step: None });
        stage.published("Main", line(opened(), vec![start, note("main")])).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let mut all = notes(&stage).await;
        all.sort();
        assert_eq!(all, ["main", "sub"]);
    }

    pub async fn another_workflow_that_starts_it_in_the_middle(on: On) {
        let stage = shop(on).await;
        let graph = line(TriggerKind::Manual {}, vec![note("first"), note("second")]);
        let second = graph.steps[&graph.first.expect("a step")].exits[&Exit::Next];
        let sub = stage.published("Sub", graph).await;
        let start = StepKind::TriggerWorkflow(TriggerWorkflow { workflow: Some(sub), step: Some(second) });
        stage.published("Main", line(opened(), vec![start])).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        assert_eq!(notes(&stage).await, ["second"]);
    }

    pub async fn a_button_and_an_opt_in(on: On) {
        let stage = shop(on).await;
        let button = TriggerKind::PostbackReceived { payloads: vec!["RETURNS".into()] };
        stage.published("Button", line(button, vec![note("tapped $trigger.title|-")])).await;
        let consent = TriggerKind::OptInReceived { refs: vec![] };
        stage.published("Consent", line(consent, vec![note("agreed $trigger.ref|-")])).await;
        stage.simulator.customer_taps(&PAGE.into(), &MAYA.into(), "Sales", "SALES").await;
        stage.simulator.customer_taps(&PAGE.into(), &MAYA.into(), "Return shoes", "RETURNS").await;
        stage.simulator.customer_opts_in(&PAGE.into(), &MAYA.into(), "support-page").await;
        stage.quiet().await;
        let mut all = notes(&stage).await;
        all.sort();
        assert_eq!(all, ["agreed support-page", "tapped Return shoes"]);
    }

    pub async fn words_in_a_message(on: On) {
        let stage = shop(on).await;
        let kind = TriggerKind::MessageMatches { how: Match::Contains, words: vec!["return".into()] };
        noting(&stage, kind, "$trigger.message|-").await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.customer_writes(MAYA, "How do I RETURN these?").await;
        stage.quiet().await;
        assert_eq!(notes(&stage).await, ["How do I RETURN these?"]);
    }

    pub async fn control_that_comes_and_goes(on: On) {
        let stage = Stage::new(on).await;
        let comes = TriggerKind::ControlReceived { from: None, metadata: vec!["returns".into()] };
        stage.published("Comes", line(comes, vec![note("$trigger.app|-: $trigger.metadata|-")])).await;
        stage
            .published("Goes", line(TriggerKind::ControlLost {}, vec![note("lost to $trigger.app|-")]))
            .await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let (page, maya) = (PAGE.into(), MAYA.into());
        stage.simulator.bot_passes(&page, &maya, &APP.into(), "topic: Returns").await.expect("passes");
        stage.quiet().await;
        assert_eq!(notes(&stage).await, ["SalesBot: topic: Returns"]);
        stage
            .desk
            .reset_control(&stage.ann, stage.of(MAYA).await.id, Some(BOT.into()))
            .await
            .expect("passes");
        stage.quiet().await;
        assert_eq!(notes(&stage).await, ["SalesBot: topic: Returns", "lost to SalesBot"]);
    }

    /// Two workflows that hear of an opening, one that writes and one that does not, and a customer who wrote to the bot.
    async fn met_beside_a_bot(stage: &Stage) -> (WorkflowId, WorkflowId) {
        let tag =
            StepKind::UpdateContactTag(UpdateTag { action: TagAction::Added, tags: vec!["new".into()] });
        let silent = stage.published("Tags", line(opened(), vec![tag])).await;
        let writes = stage.published("Welcomes", line(opened(), vec![say("Welcome")])).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        (silent, writes)
    }

    pub async fn next_to_a_bot_only_silent_workflows_hear_of_an_opening_until_the_customer_arrives_with_us(
        on: On,
    ) {
        let stage = Stage::new(on).await;
        let (silent, writes) = met_beside_a_bot(&stage).await;
        let maya = stage.of(MAYA).await.id;
        assert_eq!((stage.runs_in(silent).await.len(), stage.runs_in(writes).await.len()), (1, 0));
        stage.simulator.bot_releases(&PAGE.into(), &MAYA.into()).await.expect("releases");
        stage.quiet().await;
        assert_eq!(stage.runs_in(writes).await.len(), 0, "a release alone is no arrival");
        let mut routing = stage.simulator.routing(&PAGE.into()).expect("a routing");
        (routing.social_app, routing.link_app, routing.campaign_app) = (None, None, None);
        stage.simulator.set_routing(&PAGE.into(), routing);
        stage.customer_writes(MAYA, "Is anybody there?").await;
        stage.quiet().await;
        assert_eq!((stage.runs_in(silent).await.len(), stage.runs_in(writes).await.len()), (1, 1));
        assert_eq!(stage.said(maya).await, ["Welcome"]);
    }

    pub async fn a_thread_that_a_bot_passes_on_arrives_with_us(on: On) {
        let stage = Stage::new(on).await;
        let (silent, writes) = met_beside_a_bot(&stage).await;
        assert_eq!((stage.runs_in(silent).await.len(), stage.runs_in(writes).await.len()), (1, 0));
        let (page, maya) = (PAGE.into(), MAYA.into());
        stage.simulator.bot_passes(&page, &maya, &APP.into(), "wants a person").await.expect("passes");
        stage.quiet().await;
        assert_eq!((stage.runs_in(silent).await.len(), stage.runs_in(writes).await.len()), (1, 1));
        stage.customer_writes(MAYA, "Is anybody there?").await;
        stage.quiet().await;
        assert_eq!(stage.said(stage.of(MAYA).await.id).await, ["Welcome"], "it has arrived once");
    }

    pub async fn once_per_contact_is_for_good(on: On) {
        let stage = shop(on).await;
        let mut graph = line(opened(), vec![note("once")]);
        graph.trigger.as_mut().expect("a trigger").once_per_contact = true;
        stage.published("Once", graph).await;
        for _ in 0..2 {
            stage.customer_writes(MAYA, "Hi").await;
            stage.quiet().await;
            stage.desk.close(&stage.ann, stage.of(MAYA).await.id).await.expect("closes");
        }
        assert_eq!(notes(&stage).await, ["once"]);
        let maya = stage.of(MAYA).await.id;
        let panel = stage.desk.runs_of(&stage.ann, maya).await.expect("a panel");
        assert!(matches!(panel.stayed_out[0].why, NonStart::OncePerContact {}));
        stage.advance(DAY).await;
    }

    pub async fn conditions_keep_contacts_out_and_say_why(on: On) {
        let stage = shop(on).await;
        let graph = with_source(line(opened(), vec![note("by a person")]), "user");
        let id = stage.published("By people", graph).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        assert!(stage.runs_in(id).await.is_empty());
        let maya = stage.of(MAYA).await.id;
        let panel = stage.desk.runs_of(&stage.ann, maya).await.expect("a panel");
        assert!(
            matches!(&panel.stayed_out[0].why, NonStart::ConditionsNotMet { tested } if tested.len() == 1)
        );
        assert!(stage.desk.runs_of(&stage.mia, maya).await.expect("a panel").stayed_out.is_empty());
    }
}
