//! REST v1: who may call, what comes back, and that it is described.

on_both!(
    a_stranger_gets_a_problem_and_nothing_else,
    a_token_may_do_what_its_scope_says,
    a_message_is_stored_once_per_id,
    lists_lead_on_by_their_cursor,
    what_makes_no_sense_is_refused_in_words,
    every_list_agrees_with_its_filters,
    assignment_is_atomic_and_never_changes_unread,
);

mod described {
    #[test]
    fn every_route_of_the_description_exists_and_the_other_way_round() {
        let source = include_str!("../../src/http/api.rs");
        let api: serde_json::Value =
            serde_json::from_str(include_str!("../../src/http/api/openapi.json")).expect("JSON");
        let described: Vec<_> = api["paths"].as_object().expect("paths").keys().cloned().collect();
        let routed: Vec<_> =
            source.split(".route(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(routed.len() > 10);
        for path in &routed {
            assert!(described.iter().any(|known| known == path), "{path} is not described");
        }
        for path in &described {
            assert!(routed.contains(&path.as_str()), "{path} does not exist");
        }
    }
}

mod journeys {
    use crate::support::*;
    use domain::person::Scope;
    use reqwest::Method;
    use serde_json::{Value, json};
    use server::desk::set_up;

    /// A program with a token.
    struct Program<'a> {
        stage: &'a Stage,
        token: String,
    }

    impl<'a> Program<'a> {
        async fn new(stage: &'a Stage, scope: Scope) -> Self {
            Self { stage, token: set_up::add_token(stage.node(), "shop", scope).await.expect("a token") }
        }

        async fn call(&self, method: Method, path: &str, body: Option<Value>) -> (u16, Value) {
            let mut request = client().request(method, format!("{}/api/v1{path}", self.stage.base));
            if !self.token.is_empty() {
                request = request.bearer_auth(&self.token);
            }
            if let Some(body) = body {
                request = request.json(&body);
            }
            let answer = request.send().await.expect("an answer");
            let status = answer.status().as_u16();
            if status >= 400 {
                assert_eq!(answer.headers()["content-type"], "application/problem+json", "{path}");
            }
            (status, answer.json().await.expect("JSON"))
        }

        async fn get(&self, path: &str) -> (u16, Value) {
            self.call(Method::GET, path, None).await
        }

        async fn post(&self, path: &str, body: Value) -> (u16, Value) {
            self.call(Method::POST, path, Some(body)).await
        }
    }

    async fn with_maya(on: On) -> Stage {
        let stage = Stage::with(on, messenger::simulator::Setup::without_bots).await;
        stage.customer_writes(MAYA, "Hello?").await;
        stage.quiet().await;
        stage
    }

    pub async fn a_stranger_gets_a_problem_and_nothing_else(on: On) {
        let stage = with_maya(on).await;
        for token in ["", "baton_wrong"] {
            let program = Program { stage: &stage, token: token.into() };
            for path in ["/conversations", "/agents", "/teams", "/pages"] {
                let (status, problem) = program.get(path).await;
                assert_eq!((status, problem["code"].as_str()), (401, Some("signed_out")), "{path}");
            }
        }
        let program = Program::new(&stage, Scope::Read).await;
        let (status, problem) = program.get("/nothing-here").await;
        assert_eq!((status, problem["code"].as_str()), (404, Some("not_found")));
    }

    pub async fn a_token_may_do_what_its_scope_says(on: On) {
        let stage = with_maya(on).await;
        let path = format!("/conversations/{}", stage.of(MAYA).await.id);
        let reader = Program::new(&stage, Scope::Read).await;
        assert_eq!(reader.get(&path).await.0, 200);
        for act in ["take-over", "reset-control", "resync", "read", "unread", "close", "reopen"] {
            let (status, problem) = reader.post(&format!("{path}/{act}"), json!({})).await;
            assert_eq!((status, problem["code"].as_str()), (403, Some("forbidden")), "{act}");
        }
        let writer = Program::new(&stage, Scope::Write).await;
        assert_eq!(writer.post(&format!("{path}/read"), json!({})).await.1["unread"], false);
        assert_eq!(writer.post(&format!("{path}/unread"), json!({})).await.1["unread"], true);
        assert_eq!(writer.post(&format!("{path}/close"), json!({})).await.1["status"], "closed");
        assert_eq!(writer.post(&format!("{path}/reopen"), json!({})).await.1["status"], "open");
        assert_eq!(writer.post(&format!("{path}/resync"), json!({})).await.1["proof"], "meta_answered");
    }

    pub async fn a_message_is_stored_once_per_id(on: On) {
        let stage = with_maya(on).await;
        let path = format!("/conversations/{}/messages", stage.of(MAYA).await.id);
        let program = Program::new(&stage, Scope::Write).await;
        let body = json!({ "id": "01999999-0000-7000-8000-000000000001", "text": "Hi Maya" });
        let (status, message) = program.post(&path, body.clone()).await;
        assert_eq!((status, message["delivery"]["state"].as_str()), (201, Some("queued")));
        assert_eq!(
            (message["origin"].as_str(), message["author"]["name"].as_str()),
            (Some("api"), Some("shop"))
        );
        assert_eq!(program.post(&path, body).await.0, 200);
        stage.quiet().await;
        let (_, listing) = program.get(&path).await;
        let texts: Vec<_> =
            listing["items"].as_array().expect("items").iter().map(|one| one["text"].clone()).collect();
        assert_eq!(texts, ["Hi Maya", "Hello?"]);
    }

    pub async fn lists_lead_on_by_their_cursor(on: On) {
        let stage = Stage::with(on, messenger::simulator::Setup::without_bots).await;
        for n in 0..7 {
            stage.customer_writes(&format!("73000000000000{n}"), "Hello?").await;
        }
        stage.quiet().await;
        let program = Program::new(&stage, Scope::Read).await;
        let mut seen = Vec::new();
        let mut cursor = String::new();
        loop {
            let (status, listing) = program.get(&format!("/conversations?limit=3{cursor}")).await;
            assert_eq!(status, 200);
            let items = listing["items"].as_array().expect("items");
            seen.extend(items.iter().map(|one| one["id"].as_str().expect("an id").to_owned()));
            match listing["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(seen.len(), 7);
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 7);
    }

    pub async fn what_makes_no_sense_is_refused_in_words(on: On) {
        let stage = with_maya(on).await;
        let program = Program::new(&stage, Scope::Write).await;
        let path = format!("/conversations/{}", stage.of(MAYA).await.id);
        for query in ["limit=0", "limit=201", "view=everything", "cursor=1.2", "wrong=1"] {
            let (status, problem) = program.get(&format!("/conversations?{query}")).await;
            assert_eq!((status, problem["code"].as_str()), (422, Some("invalid")), "{query}");
            assert!(problem["detail"].as_str().is_some_and(|words| words.len() > 8), "{problem}");
        }
        for body in [
            json!({}),
            json!({"text": "  "}),
            json!({"text": "x".repeat(2_000)}),
            json!({"text": "x", "tag": "y"}),
        ] {
            let (status, problem) = program.post(&format!("{path}/messages"), body).await;
            assert_eq!((status, problem["code"].as_str()), (422, Some("invalid")));
        }
        let nobody = json!({ "agent_id": "01999999-0000-7000-8000-000000000009" });
        assert_eq!(program.post(&format!("{path}/assign"), nobody).await.0, 422);
        assert_eq!(program.get("/conversations/not-an-id").await.0, 404);
        assert_eq!(program.get("/conversations/01999999-0000-7000-8000-000000000009").await.0, 404);
    }

    pub async fn every_list_agrees_with_its_filters(on: On) {
        let stage = Stage::new(on).await;
        stage.customer_writes(MAYA, "Hi!").await;
        stage.customer_writes(TOMAS, "A person please").await;
        stage.quiet().await;
        let program = Program::new(&stage, Scope::Read).await;
        let mut found = Vec::new();
        for query in [
            "view=with_bot",
            "view=unassigned",
            "owner=bot",
            "owner=ours",
            "unread=true",
            "q=lindqvist",
            "q=person",
            "view=closed",
        ] {
            let (_, listing) = program.get(&format!("/conversations?{query}")).await;
            let names: Vec<_> = listing["items"]
                .as_array()
                .expect("items")
                .iter()
                .map(|one| one["psid"].as_str().expect("a psid").to_owned())
                .collect();
            found.push((query, names));
        }
        let maya = || vec![MAYA.to_owned()];
        let tomas = || vec![TOMAS.to_owned()];
        let both = found[6].1.len();
        assert!(both >= 1 && found[6].1.contains(&TOMAS.to_owned()), "{found:?}");
        let expected = [maya(), tomas(), maya(), tomas(), tomas(), maya(), found[6].1.clone(), Vec::new()];
        for ((query, names), expected) in found.iter().zip(expected) {
            assert_eq!(*names, expected, "{query}");
        }
    }

    pub async fn assignment_is_atomic_and_never_changes_unread(on: On) {
        let stage = with_maya(on).await;
        let program = Program::new(&stage, Scope::Write).await;
        let path = format!("/conversations/{}/assign", stage.of(MAYA).await.id);
        let (_, agents) = program.get("/agents").await;
        let ids: Vec<_> =
            agents["items"].as_array().expect("items").iter().map(|one| one["id"].clone()).collect();
        let both = ids.iter().map(|id| program.post(&path, json!({ "agent_id": id, "team_id": null })));
        for (status, conversation) in futures::future::join_all(both).await {
            assert_eq!(status, 200);
            assert_eq!(conversation["unread"], true);
        }
        let (_, nobody) = program.post(&path, json!({ "agent_id": null, "team_id": null })).await;
        assert_eq!((nobody["assignee"].clone(), nobody["unread"].clone()), (Value::Null, json!(true)));
    }
}
