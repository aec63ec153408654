//! The webhook endpoint: verification, signatures, durability, and all fixtures in any order.

on_both!(
    verification_follows_metas_cases,
    only_signed_bodies_are_taken,
    a_new_secret_counts_at_once_and_ends_the_old_one,
    all_fixtures_in_any_order_and_twice_lead_to_the_same_conversations,
    one_bad_item_does_not_cost_its_neighbours,
    a_page_that_is_not_connected_is_kept_for_managers,
);

mod journeys {
    use crate::support::*;
    use domain::view::{Conversation, Message};
    use messenger::signature::sign;
    use serde_json::Value;
    use std::path::PathBuf;

    fn fixtures() -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../messenger/tests/fixtures")
    }

    fn bodies() -> Vec<Vec<u8>> {
        let folder = std::fs::read_dir(fixtures().join("webhook")).expect("fixtures");
        let mut paths: Vec<_> = folder.map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        let bodies: Vec<_> = paths.into_iter().map(|path| std::fs::read(path).expect("a fixture")).collect();
        assert!(bodies.len() > 80);
        bodies
    }

    async fn post(stage: &Stage, app: &str, body: &[u8], signature: Option<String>) -> u16 {
        let url = format!("{}/webhooks/messenger/{app}", stage.base);
        let mut request = client().post(url).body(body.to_vec());
        if let Some(signature) = signature {
            request = request.header("x-hub-signature-256", signature);
        }
        request.send().await.expect("an answer").status().as_u16()
    }

    /// What a person would notice, without the ids and counters that differ from run to run.
    async fn picture(stage: &Stage) -> Vec<(String, Value, Vec<Value>)> {
        let mut all = Vec::new();
        for conversation in stage.conversations().await {
            let messages = stage.messages(conversation.id).await;
            all.push((
                conversation.psid.to_string(),
                conversation_picture(&conversation),
                messages_picture(messages),
            ));
        }
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all
    }

    fn conversation_picture(conversation: &Conversation) -> Value {
        serde_json::json!({
            "status": conversation.status,
            "unread": conversation.unread,
            "owner": conversation.control.owner,
            "app": conversation.control.app_id,
            "since": conversation.control.since,
            "proof": conversation.control.proof,
            "window": conversation.window,
            "handed_over": conversation.handed_over,
            "last": conversation.last_message.as_ref().map(|last| (&last.preview, last.at)),
        })
    }

    fn messages_picture(messages: Vec<Message>) -> Vec<Value> {
        let mut pictures: Vec<Value> = messages
            .into_iter()
            .map(|message| {
                serde_json::json!({
                    "mid": message.mid, "at": message.at, "text": message.text, "author": message.author.kind,
                    "attachments": message.attachments.iter().map(|one| (&one.kind, &one.url, &one.payload)).collect::<Vec<_>>(), "state": message.delivery.state, "tapped": message.tapped,
                })
            })
            .collect();
        pictures.sort_by_key(ToString::to_string);
        pictures
    }

    pub async fn verification_follows_metas_cases(on: On) {
        let stage = Stage::new(on).await;
        let file = std::fs::read(fixtures().join("vectors/webhook-verification.json")).expect("vectors");
        let vectors: Value = serde_json::from_slice(&file).expect("JSON");
        for case in vectors["cases"].as_array().expect("cases") {
            let query = case["query"].as_object().expect("a query");
            let pairs: Vec<_> =
                query.iter().map(|(name, value)| (name, value.as_str().expect("text"))).collect();
            let url = format!("{}/webhooks/messenger/{APP}", stage.base);
            let answer = client().get(url).query(&pairs).send().await.expect("an answer");
            let expected = &case["expect"];
            assert_eq!(
                u64::from(answer.status().as_u16()),
                expected["status"].as_u64().expect("a status"),
                "{case}"
            );
            if let Some(body) = expected["body"].as_str() {
                assert!(answer.headers()["content-type"].to_str().expect("text").starts_with("text/plain"));
                assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
                assert_eq!(answer.text().await.expect("a body"), body);
            }
        }
        let unknown = format!("{}/webhooks/messenger/999?hub.mode=subscribe", stage.base);
        assert_eq!(reqwest::get(unknown).await.expect("an answer").status(), 404);
    }

    pub async fn only_signed_bodies_are_taken(on: On) {
        let stage = Stage::new(on).await;
        let body = br#"{"object":"page","entry":[]}"#;
        assert_eq!(post(&stage, APP, body, None).await, 401);
        assert_eq!(post(&stage, APP, body, Some("sha256=00".into())).await, 401);
        assert_eq!(post(&stage, APP, body, Some(sign("another secret", body))).await, 401);
        assert_eq!(post(&stage, "999", body, Some(sign(SECRET, body))).await, 404);
        assert_eq!(post(&stage, APP, body, Some(sign(SECRET, body))).await, 200);
        let large = vec![b' '; 5 * 1024 * 1024];
        assert_eq!(post(&stage, APP, &large, Some(sign(SECRET, &large))).await, 413);
        let mebibyte = vec![b' '; 1024 * 1024];
        assert_eq!(post(&stage, APP, &mebibyte, Some(sign(SECRET, &mebibyte))).await, 200);
    }

    pub async fn a_new_secret_counts_at_once_and_ends_the_old_one(on: On) {
        let stage = Stage::new(on).await;
        let body = br#"{"object":"page","entry":[]}"#;
        let post = async |secret: &str| post(&stage, APP, body, Some(sign(secret, body))).await;
        assert_eq!(post(SECRET).await, 200);
        stage.connect_page_with("another secret").await;
        assert_eq!(post("another secret").await, 200);
        assert_eq!(post(SECRET).await, 401);
    }

    pub async fn all_fixtures_in_any_order_and_twice_lead_to_the_same_conversations(on: On) {
        let bodies = bodies();
        let forwards = Stage::new(on).await;
        for body in &bodies {
            forwards.deliver(body).await;
        }
        forwards.applied().await;
        let expected = picture(&forwards).await;
        assert!(expected.len() >= 2, "{expected:?}");
        let backwards = Stage::new(on).await;
        for body in bodies.iter().rev() {
            backwards.deliver(body).await;
            backwards.deliver(body).await;
        }
        // Once more, from the middle on, as after an outage.
        for body in bodies.iter().skip(bodies.len() / 2) {
            backwards.deliver(body).await;
        }
        backwards.applied().await;
        let found = picture(&backwards).await;
        for (expected, found) in expected.iter().zip(&found) {
            assert_eq!(expected.0, found.0);
            assert_eq!(expected.1, found.1, "conversation of {}", expected.0);
            for (a, b) in expected.2.iter().zip(&found.2) {
                assert_eq!(a, b);
            }
            assert_eq!(expected.2.len(), found.2.len());
        }
        assert_eq!(expected.len(), found.len());
    }

    pub async fn one_bad_item_does_not_cost_its_neighbours(on: On) {
        let stage = Stage::new(on).await;
        let item = |mid: &str, text: &str| serde_json::json!({"sender":{"id":MAYA},"recipient":{"id":PAGE},"timestamp":1_795_219_200_000_i64,"message":{"mid":mid,"text":text}});
        let bad = serde_json::json!({"sender":17,"message":[1,2,3]});
        let body = serde_json::json!({"object":"page","entry":[{"id":PAGE,"time":1_795_219_200_000_i64,"messaging":[item("m_1","first"),bad,item("m_2","second")]}]});
        stage.deliver(body.to_string()).await;
        stage.applied().await;
        let id = stage.of(MAYA).await.id;
        let texts: Vec<_> = stage.messages(id).await.into_iter().filter_map(|message| message.text).collect();
        assert_eq!(texts, ["first", "second"]);
        let mut tx = stage.node().db.snapshot().await.expect("a snapshot");
        assert_eq!(store::inbound::parked(&mut tx, 10).await.expect("parked").len(), 1);
    }

    pub async fn a_page_that_is_not_connected_is_kept_for_managers(on: On) {
        let stage = Stage::new(on).await;
        let body = br#"{"object":"page","entry":[{"id":"555","time":1,"messaging":[{"sender":{"id":"1"},"recipient":{"id":"555"},"timestamp":1795219200000,"message":{"mid":"m_x","text":"hi"}}]}]}"#;
        stage.deliver(body).await;
        stage.applied().await;
        assert!(stage.conversations().await.is_empty());
        let mut tx = stage.node().db.snapshot().await.expect("a snapshot");
        let parked = store::inbound::parked(&mut tx, 10).await.expect("parked");
        assert!(parked[0].reason.contains("555"), "{:?}", parked[0].reason);
    }
}
