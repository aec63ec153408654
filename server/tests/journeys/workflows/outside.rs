//! Workflows that speak to other people's servers, and all templates from beginning to end.

on_both!(
    a_request_maps_what_it_is_answered,
    a_private_address_is_never_asked,
    an_agent_finds_out_an_address_and_hands_over_when_asked,
    a_row_is_added_to_a_sheet,
    a_row_for_a_column_that_is_not_there_is_refused_in_words,
    the_simulated_model_plays_an_agent_to_its_outcome_and_hands_over,
    a_connection_is_tested_in_its_services_words_by_owners_only,
    every_template_runs_once_it_is_filled_in,
);

mod journeys {
    use super::super::kit::*;
    use crate::support::*;
    use app::api::workflows::WorkflowsDesk as _;
    use app::api::{
        ConnectionChange, ConnectionKind, ContactsDesk as _, ConversationsDesk as _, Failure, RunsDesk as _,
        TeamChange, TeamDesk as _,
    };
    use axum::Json;
    use axum::extract::State;
    use axum::http::HeaderMap;
    use domain::conversation::message::DeliveryState;
    use domain::person::{Actor, Role};
    use domain::workflow::condition::Subject;
    use domain::workflow::exit::Exit;
    use domain::workflow::field::FieldKey;
    use domain::workflow::gallery;
    use domain::workflow::graph::{Graph, Place};
    use domain::workflow::hours::Hours;
    use domain::workflow::run::Reason;
    use domain::workflow::step::StepKind;
    use domain::workflow::steps::agent::{AiAgent, Outcome};
    use domain::workflow::steps::assign::Target;
    use domain::workflow::steps::content::Content;
    use domain::workflow::steps::flow::DateTime;
    use domain::workflow::steps::http::{HttpRequest, Method};
    use domain::workflow::steps::question::AnswerKind;
    use domain::workflow::steps::sheet::{AddSheetRow, Column};
    use domain::workflow::trigger::{Mapping, TriggerKind};
    use domain::workflow::value::Value;
    use domain::workflow::view::{RunNow, Schedule};
    use domain::{DAY, ScheduleId, TeamId, WorkflowId};
    use messenger::simulator::{MODEL, MODEL_KEY};
    use serde_json::{Value as Json_, json};
    use server::desk::set_up;
    use std::sync::{Arc, Mutex};

    /// Somebody else's server: it remembers what it was asked.
    #[derive(Clone, Default)]
    struct Neighbour {
        heard: Arc<Mutex<Vec<(String, HeaderMap, Json_)>>>,
    }

    impl Neighbour {
        async fn of(stage: &Stage) -> (Self, String) {
            let listener = stage.neighbour.lock().expect("free").take().expect("one neighbour");
            let address = format!("http://{}", listener.local_addr().expect("bound"));
            let neighbour = Self::default();
            let app = axum::Router::new().fallback(answer).with_state(neighbour.clone());
            tokio::spawn(async move { axum::serve(listener, app).await });
            (neighbour, address)
        }

        fn heard(&self) -> Vec<(String, HeaderMap, Json_)> {
            self.heard.lock().expect("free").clone()
        }
    }

    async fn answer(State(neighbour): State<Neighbour>, request: axum::extract::Request) -> Json<Json_> {
        let (parts, body) = request.into_parts();
        let body = axum::body::to_bytes(body, 1 << 20).await.expect("a body");
        let body: Json_ = serde_json::from_slice(&body).unwrap_or_default();
        let path = parts.uri.path().to_owned();
        neighbour.heard.lock().expect("free").push((path.clone(), parts.headers, body.clone()));
        let last = body.pointer("/messages").and_then(Json_::as_array).and_then(|all| all.last()).cloned();
        let last = last.unwrap_or_default()["content"].as_str().unwrap_or_default().to_owned();
        Json(match path.as_str() {
            "/token" => json!({ "access_token": "ya29.token" }),
            path if path.contains("/1Columns/") && path.ends_with("1:1") => {
                json!({ "values": [["Date", "Name", "Stars"]] })
            }
            "/vip" => json!({ "vip": "yes" }),
            "/ai/chat/completions" if last.contains("person") => {
                said(json!({ "hand_over": true, "reason": "wants a person" }))
            }
            "/ai/chat/completions" if last.contains('@') => {
                said(json!({ "reply": "Thanks!", "reached": true, "email": last }))
            }
            "/ai/chat/completions" => said(json!({ "reply": "What is your address?", "reached": false })),
            _ => json!({ "customer": { "tier": "gold" }, "orders": [{ "id": 7 }] }),
        })
    }

    fn said(content: Json_) -> Json_ {
        json!({ "choices": [{ "message": { "content": content.to_string() } }] })
    }

    fn asks(url: &str) -> StepKind {
        let map = |path: &str, variable: &str| Mapping { path: path.into(), variable: variable.into() };
        StepKind::HttpRequest(HttpRequest {
            method: Method::Post,
            url: url.into(),
            headers: vec![],
            content_type: None,
            body: r#"{"name":"$contact.name"}"#.into(),
            mappings: vec![map("$.customer.tier", "tier"), map("$.orders[0].id", "order")],
            save_status: Some("status".into()),
        })
    }

    pub async fn a_request_maps_what_it_is_answered(on: On) {
        let stage = shop(on).await;
        let (neighbour, address) = Neighbour::of(&stage).await;
        let steps =
            vec![asks(&format!("{address}/lookup")), say("$http.tier|{?} $http.order|{?} $http.status|{?}")];
        let id = stage.published("Looks up", line(opened(), steps)).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        assert_eq!(stage.said(stage.of(MAYA).await.id).await, ["gold 7 200"]);
        let heard = neighbour.heard();
        assert_eq!(heard.len(), 1);
        assert!(heard[0].1.contains_key("idempotency-key"));
        assert!(heard[0].2["name"].as_str().is_some_and(|name| name.starts_with("Maya")));
        assert_eq!(end(&stage.only_run(id).await.run), Reason::Completed {});
    }

    pub async fn a_private_address_is_never_asked(on: On) {
        let stage = shop(on).await;
        let mut graph = line(opened(), vec![asks(&format!("{}/healthz", stage.base))]);
        let first = graph.first.expect("a step");
        graph
            .insert(Place::After(first, Exit::Failure), "Failed".into(), say("That did not work."))
            .expect("fits");
        stage.published("Asks us", graph).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        assert_eq!(stage.said(stage.of(MAYA).await.id).await, ["That did not work."]);
    }

    async fn connect(stage: &Stage, address: &str) {
        let change = |name: &str, kind, address: String, secret: String| ConnectionChange {
            name: name.into(),
            kind,
            address,
            model: "small".into(),
            secret: Some(secret),
        };
        let ai = change("Main", ConnectionKind::Ai, format!("{address}/ai"), "sk-secret".into());
        stage.desk.put_connection(&stage.ann, ai).await.expect("connects");
        let key = json!({
            "client_email": "robot@example.com",
            "private_key": RSA_KEY,
            "token_uri": format!("{address}/token"),
        });
        let sheets = change("Google", ConnectionKind::Sheets, address.to_owned(), key.to_string());
        stage.desk.put_connection(&stage.ann, sheets).await.expect("connects");
        let told =
            serde_json::to_string(&stage.desk.connections(&stage.ann).await.expect("lists")).expect("JSON");
        assert!(!told.contains("sk-secret") && !told.contains("PRIVATE"));
    }

    pub async fn an_agent_finds_out_an_address_and_hands_over_when_asked(on: On) {
        let stage = shop(on).await;
        let (_neighbour, address) = Neighbour::of(&stage).await;
        connect(&stage, &address).await;
        let save = vec![Outcome {
            what: "the e-mail address".into(),
            variable: "email".into(),
            field: Some(FieldKey::new("email").expect("a key")),
        }];
        let agent = AiAgent {
            connection: Some("Main".into()),
            instructions: "Be kind.".into(),
            objective: "Find out the e-mail address.".into(),
            knowledge: String::new(),
            hand_over: String::new(),
            save,
            timeout_ms: DAY,
        };
        let id = stage.published("Finds out", line(opened(), vec![StepKind::AiAgent(agent)])).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        stage.customer_writes(MAYA, "maya@example.com").await;
        stage.quiet().await;
        let maya = stage.of(MAYA).await.id;
        assert_eq!(stage.said(maya).await, ["What is your address?", "Thanks!"]);
        let details = stage.desk.contact_details(&stage.mia, maya).await.expect("details");
        let email = details.fields.iter().find(|(field, _)| field.key.as_str() == "email").expect("a field");
        assert_eq!(email.1, Value::from("maya@example.com"));
        assert_eq!(end(&stage.only_run(id).await.run), Reason::Completed {});
        stage.customer_writes(TOMAS, "I want a person").await;
        stage.quiet().await;
        let runs = stage.runs_in(id).await;
        assert!(runs.iter().all(is_over));
        assert!(stage.said(stage.of(TOMAS).await.id).await.is_empty());
    }

    pub async fn the_simulated_model_plays_an_agent_to_its_outcome_and_hands_over(on: On) {
        let stage = Stage::with_outbound_to_simulator(on).await;
        connect_simulated(&stage, MODEL_KEY).await;
        let mut graph = line(opened(), vec![finds_out_the_order()]);
        let agent = graph.first.expect("a step");
        for (exit, words) in [(Exit::Success, "It is $agent.order|{?}."), (Exit::HandOver, "Somebody comes.")]
        {
            graph.insert(Place::After(agent, exit), "Says".into(), say(words)).expect("fits");
        }
        stage.published("Finds out", graph).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        stage.customer_writes(MAYA, "48190, I think").await;
        stage.quiet().await;
        let maya = stage.of(MAYA).await.id;
        assert_eq!(
            stage.said(maya).await,
            ["Could you tell me the order number?", "Thank you, I have noted that.", "It is 48190."]
        );
        stage.customer_writes(TOMAS, "A person please").await;
        stage.quiet().await;
        assert_eq!(stage.said(stage.of(TOMAS).await.id).await, ["Somebody comes."]);
        stage.simulator.model_says("no object at all".into());
        let maya = stage.of(MAYA).await;
        stage.desk.close(&stage.ann, maya.id).await.expect("closes");
        stage.customer_writes(MAYA, "Me again").await;
        stage.quiet().await;
        assert_eq!(stage.said(maya.id).await.len(), 3, "what is no object is said to nobody");
    }

    pub async fn a_connection_is_tested_in_its_services_words_by_owners_only(on: On) {
        let stage = Stage::with_outbound_to_simulator(on).await;
        connect_simulated(&stage, "sk-wrong").await;
        let refused = stage.desk.test_connection(&stage.ann, "Main".into()).await.expect("asks");
        assert!(!refused.works);
        assert_eq!(refused.words, "The AI service answered with status 401: Incorrect API key provided: ….");
        connect_simulated(&stage, MODEL_KEY).await;
        let works = stage.desk.test_connection(&stage.ann, "Main".into()).await.expect("asks");
        assert_eq!((works.works, works.words.as_str()), (true, "small-talk answers."));
        let unknown = stage.desk.test_connection(&stage.ann, "Other".into()).await;
        assert_eq!(unknown, Err(Failure::Gone));
        let manager =
            set_up::add_person(stage.node(), "Tom", "tom@example.test", Role::Manager, PASSWORD.into());
        let manager = Actor::Person(manager.await.expect("a manager"));
        for who in [&manager, &stage.mia] {
            assert_eq!(stage.desk.connections(who).await, Err(Failure::Forbidden));
            assert_eq!(stage.desk.test_connection(who, "Main".into()).await, Err(Failure::Forbidden));
            assert_eq!(stage.desk.remove_connection(who, "Main".into()).await, Err(Failure::Forbidden));
        }
        let elsewhere = ConnectionChange {
            name: "Main".into(),
            kind: ConnectionKind::Ai,
            address: "https://elsewhere.example.com/v1".into(),
            model: MODEL.into(),
            secret: None,
        };
        let refused = stage.desk.put_connection(&stage.ann, elsewhere).await;
        assert!(
            matches!(&refused, Err(Failure::Invalid { message }) if message.contains("another address")),
            "{refused:?}"
        );
    }

    pub async fn a_row_is_added_to_a_sheet(on: On) {
        let stage = shop(on).await;
        let (neighbour, address) = Neighbour::of(&stage).await;
        connect(&stage, &address).await;
        let row = AddSheetRow {
            account: Some("Google".into()),
            spreadsheet: "1Columns".into(),
            sheet: "Answers".into(),
            columns: vec![
                Column { name: "stars".into(), value: "5".into() },
                Column { name: "Name".into(), value: "$contact.firstname|{?}".into() },
            ],
        };
        let id = stage.published("Adds", line(opened(), vec![StepKind::AddSheetRow(row)])).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        assert_eq!(end(&stage.only_run(id).await.run), Reason::Completed {});
        let heard = neighbour.heard();
        let (path, headers, body) = heard.last().expect("a row");
        assert!(path.starts_with("/v4/spreadsheets/1Columns/values/"), "{path}");
        assert_eq!(headers["authorization"], "Bearer ya29.token");
        assert_eq!(body["values"], json!([["", "Maya", "5"]]));
    }

    pub async fn a_row_for_a_column_that_is_not_there_is_refused_in_words(on: On) {
        let stage = shop(on).await;
        let (neighbour, address) = Neighbour::of(&stage).await;
        connect(&stage, &address).await;
        let row = AddSheetRow {
            account: Some("Google".into()),
            spreadsheet: "1Columns".into(),
            sheet: "Answers".into(),
            columns: vec![Column { name: "Mood".into(), value: "good".into() }],
        };
        let mut graph = line(opened(), vec![StepKind::AddSheetRow(row)]);
        let first = graph.first.expect("a step");
        graph
            .insert(Place::After(first, Exit::Failure), "Failed".into(), say("That did not work."))
            .expect("fits");
        stage.published("Adds", graph).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        assert_eq!(stage.said(stage.of(MAYA).await.id).await, ["That did not work."]);
        assert!(neighbour.heard().iter().all(|(path, ..)| !path.ends_with(":append")), "nothing is written");
    }

    /// What every template may need.
    struct Filling {
        team: TeamId,
        hours: ScheduleId,
        sub: WorkflowId,
        address: String,
    }

    impl Filling {
        fn fill(&self, graph: &mut Graph) {
            match graph.trigger.as_mut().map(|trigger| &mut trigger.kind) {
                Some(TriggerKind::ContactTagUpdated { tags, .. }) => *tags = vec!["VIP".into()],
                Some(TriggerKind::ClickToChatAds { ads, .. }) => *ads = vec!["60452".into()],
                _ => {}
            }
            for step in graph.steps.values_mut() {
                self.fill_step(&mut step.kind);
            }
        }

        fn fill_step(&self, kind: &mut StepKind) {
            match kind {
                StepKind::SendMessage(step) if step.content.text.is_blank() => {
                    step.content = Content::text("Hello")
                }
                StepKind::AskQuestion(step) => {
                    if step.content.text.is_blank() {
                        step.content = Content::text("Well?");
                    }
                    if let AnswerKind::MultipleChoice { options } = &mut step.kind
                        && options.is_empty()
                    {
                        *options = vec!["First".into(), "Second".into(), "Third".into()];
                    }
                }
                StepKind::AssignTo(step) => match &mut step.to {
                    Target::Team { team, .. } => *team = team.or(Some(self.team)),
                    Target::User { .. } | Target::Workspace { .. } | Target::Unassign {} => {}
                },
                StepKind::Branch(step) => {
                    let tests = step.branches.iter_mut().flat_map(|way| &mut way.conditions.tests);
                    let open =
                        tests.filter(|test| test.subject == Subject::Page {} && test.values.is_empty());
                    open.for_each(|test| test.values = vec![PAGE.into()]);
                }
                StepKind::UpdateContactTag(step) if step.tags.is_empty() => step.tags = vec!["spam".into()],
                StepKind::UpdateContactField(step) if step.field.is_none() => {
                    step.field = FieldKey::new("country").ok();
                }
                StepKind::DateTime(DateTime::BusinessHours { schedule }) => *schedule = Some(self.hours),
                StepKind::TriggerWorkflow(step) => step.workflow = Some(self.sub),
                StepKind::HttpRequest(step) => {
                    step.url = format!("{}/vip", self.address).as_str().into();
                    if step.mappings.is_empty() {
                        let path = "$.customer.tier".to_owned();
                        step.mappings = vec![Mapping { path, variable: "tier".into() }];
                    }
                }
                StepKind::AddSheetRow(step) => {
                    step.account = Some("Google".into());
                    (step.spreadsheet, step.sheet) = ("1AbC".into(), "Answers".into());
                    if step.columns.is_empty() {
                        step.columns = vec![Column { name: "Who".into(), value: "$contact.name".into() }];
                    }
                }
                StepKind::AiAgent(step) => {
                    step.connection = Some("Main".into());
                    if step.instructions.is_blank() {
                        step.instructions = "Be kind.".into();
                    }
                }
                _ => {}
            }
        }
    }

    async fn filling(stage: &Stage, address: String) -> Filling {
        let mia = stage.mia.person().expect("a person").id;
        let team = TeamChange { id: None, name: "Support".into(), members: vec![mia] };
        let team = stage.desk.put_team(&stage.ann, team).await.expect("a team");
        let hours = ScheduleId(stage.node().clock.id());
        let schedule = Schedule { id: hours, name: "Office".into(), hours: Hours::office("Europe/Oslo") };
        stage.desk.put_schedule(&stage.ann, schedule).await.expect("hours");
        let sub = stage.draft("Sub", line(TriggerKind::Manual {}, vec![say("Sub")])).await;
        stage.publish(sub).await;
        Filling { team, hours, sub, address }
    }

    /// Sets off what a template waits for. The conversation is there and open.
    async fn set_off(stage: &Stage, id: WorkflowId, graph: &Graph) {
        let maya = stage.of(MAYA).await.id;
        match &graph.trigger.as_ref().expect("a trigger").kind {
            TriggerKind::ConversationOpened {} => {
                stage.desk.close(&stage.ann, maya).await.expect("closes");
                stage.customer_writes(MAYA, "Hello").await;
            }
            TriggerKind::ConversationClosed {} => {
                stage.customer_writes(MAYA, "One more thing").await;
                stage.quiet().await;
                stage.desk.close(&stage.ann, maya).await.expect("closes");
            }
            TriggerKind::Shortcut { form, .. } => {
                let answer = |line: &domain::workflow::trigger::FormField| {
                    let first = line.options.first().cloned().unwrap_or_else(|| "Words".into());
                    (line.variable.clone(), Value::Text(first))
                };
                let answers = form.iter().map(answer).collect();
                stage.desk.start_shortcut(&stage.mia, maya, id, answers).await.expect("starts");
            }
            TriggerKind::ClickToChatAds { .. } => {
                stage.simulator.customer_comes_from_ad(&PAGE.into(), &MAYA.into(), "60452", "Shoes?").await;
            }
            TriggerKind::Manual {} => {
                let start = domain::workflow::steps::flow::TriggerWorkflow { workflow: Some(id), step: None };
                let graph = line(opened(), vec![StepKind::TriggerWorkflow(start)]);
                let starter = stage.published("Starter", graph).await;
                stage.desk.close(&stage.ann, maya).await.expect("closes");
                stage.customer_writes(MAYA, "Hello").await;
                stage.quiet().await;
                stage.desk.stop_workflow(&stage.ann, starter).await.expect("stops");
                stage.desk.delete_workflow(&stage.ann, starter).await.expect("deletes");
            }
            other => panic!("no template waits for {other:?}"),
        }
        stage.quiet().await;
    }

    /// Answers whatever is asked, a few times, until the run waits for nobody any more.
    async fn answer_questions(stage: &Stage, id: WorkflowId, graph: &Graph) {
        for _ in 0..8 {
            let Some(RunNow::Waiting { step, wait: domain::workflow::turn::Wait::Answer, .. }) =
                stage.runs_in(id).await.first().map(|run| run.now.clone())
            else {
                return;
            };
            let words = match &graph.steps[&step].kind {
                StepKind::AskQuestion(question) => match &question.kind {
                    AnswerKind::MultipleChoice { options } => options[0].clone(),
                    AnswerKind::Email {} => "maya@example.com".into(),
                    AnswerKind::Phone {} => "+47 22 33 44 55".into(),
                    AnswerKind::Rating {} => "5".into(),
                    _ => "Fine".into(),
                },
                _ => "maya@example.com".into(),
            };
            stage.customer_writes(MAYA, &words).await;
            stage.quiet().await;
        }
    }

    /// The step a contact comes to last on the template's main path.
    fn leads_to(template: &str) -> &'static str {
        match template {
            "Assignment: AI Agent" => "AI agent",
            "Assignment: Least Open Contacts"
            | "Assignment: Round Robin"
            | "Assignment: Round Robin + Online Only" => "To the team",
            "Assignment: Unassign After Conversation Closes" => "Unassign",
            "Away Message" | "Away Message with Business Hours" => "Away message",
            "Click to Chat Ads: Appointment Scheduling" => "Send the calendar link",
            "Collect Contact Email with AI" => "Collect the e-mail address",
            "Collect Contact Phone Number with AI" => "Collect the phone number",
            "Mark Contact as Spam" => "Close",
            "Routing: New & Returning Contacts" => "Returning contacts",
            "Welcome Message" => "Welcome",
            "Welcome Message & Ask For Email" => "Ask for the e-mail address",
            "Welcome Message & Ask For Phone Number" => "Ask for the phone number",
            "Assignment: Sales and Support AI Agents" => "Sales agent",
            "Click to Chat Ads: Assignment" => "To the expert team",
            "Click to Chat Ads: Share Product Information + Route to Sales" => "To Sales",
            "Issue Escalation" => "To Finance",
            "Multi-Level Chat Menu (Main Menu)" => "Answer",
            "Multi-Level Chat Menu (Sub Menu)" => "Ask again",
            "Multi-Team Routing: Multiple Choice by Contact" => "To the first team",
            "Multi-Team Routing: Shifts" => "To the night shift",
            "Request Consent: Privacy" => "Thank you",
            "Shift Transfer" => "To the next shift",
            "Simple Chat Menu" => "First answer",
            "Welcome Message: Channel Specific" => "Welcome on this page",
            "CSAT to Data Warehouse" => "Send to the warehouse",
            "CSAT to Google Sheets" => "Add to the sheet",
            "Routing: VIP Contacts" => "To the VIP team",
            other => panic!("where does {other} lead?"),
        }
    }

    /// What a template asks for is not known yet.
    async fn forget(stage: &Stage) {
        let maya = stage.of(MAYA).await.id;
        for key in ["email", "phone"] {
            let key = FieldKey::new(key).expect("a key");
            stage.desk.set_contact_field(&stage.ann, maya, key, Value::Null).await.expect("empties");
        }
    }

    pub async fn every_template_runs_once_it_is_filled_in(on: On) {
        let stage = shop(on).await;
        let (_neighbour, address) = Neighbour::of(&stage).await;
        connect(&stage, &address).await;
        let filling = filling(&stage, address).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        for template in gallery::all() {
            let row =
                stage.desk.create_from_template(&stage.ann, template.key.into()).await.expect("created");
            assert_eq!(row.name, template.name);
            let mut graph = stage.desk.workflow(&stage.ann, row.id).await.expect("loads").graph;
            filling.fill(&mut graph);
            stage.save_draft(row.id, graph.clone()).await;
            stage.publish(row.id).await;
            forget(&stage).await;
            set_off(&stage, row.id, &graph).await;
            answer_questions(&stage, row.id, &graph).await;
            let runs = stage.runs_in(row.id).await;
            assert_eq!(runs.len(), 1, "{}", template.name);
            let detail = stage.desk.run(&stage.ann, runs[0].id).await.expect("a run");
            assert!(!detail.lines.is_empty(), "{}", template.name);
            let failed = matches!(
                &detail.run.now,
                RunNow::Ended { reason: Reason::InternalError { .. } | Reason::SendFailed { .. }, .. }
            );
            assert!(!failed, "{}: {:?}", template.name, detail.run.now);
            let last = detail.lines.last().map(|line| line.name.as_str());
            assert_eq!(last, Some(leads_to(template.name)), "{}: {:?}", template.name, detail.run.now);
            stage.desk.stop_workflow(&stage.ann, row.id).await.expect("stops");
            stage.desk.delete_workflow(&stage.ann, row.id).await.expect("deletes");
        }
        let messages = stage.messages(stage.of(MAYA).await.id).await;
        assert!(messages.iter().all(|one| one.delivery.state != DeliveryState::Failed));
    }

    /// Made for this test; it opens nothing.
    const RSA_KEY: &str = include_str!("robot.pem");
}
