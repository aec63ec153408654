//! The thread as it is read: every kind of message, what happened in between, and looking closer.

on_both!(
    every_fixture_shows_as_something,
    what_people_and_customers_do_stands_between_the_messages_and_is_told_live,
    an_edited_message_keeps_what_it_said_until_it_is_taken_back,
    a_message_that_comes_after_newer_ones_is_marked,
    words_are_found_and_gone_back_to,
    the_raw_data_is_for_managers,
    what_somebody_has_not_seen_begins_with_a_line,
    colleagues_at_a_conversation_see_each_other_for_ten_seconds,
);

mod on_two_servers {
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn somebody_at_one_is_seen_at_the_other() {
        super::journeys::somebody_at_one_is_seen_at_the_other().await;
    }
}

mod journeys {
    use crate::support::*;
    use app::api::{ConversationsDesk as _, Doing, Failure, ThreadDesk as _};
    use app::state::{Event, Line, ShownEvents, ThreadState, lines};
    use domain::conversation::content::Piece;
    use domain::live::Numbered;
    use domain::view::{Activity, Thread};
    use domain::{ConversationId, HOUR, MINUTE};
    use serde_json::{Value, json};
    use server::clock::Clock as _;
    use std::path::PathBuf;

    /// One item of Maya's, as Meta sends it.
    async fn told(stage: &Stage, at: i64, more: Value) {
        let mut item =
            json!({"sender": {"id": MAYA}, "recipient": {"id": PAGE}, "timestamp": START.ms() + at});
        item.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        let body = json!({"object": "page", "entry": [{"id": PAGE, "time": START, "messaging": [item]}]});
        stage.deliver(body.to_string()).await;
        stage.quiet().await;
    }

    async fn wrote(stage: &Stage, at: i64, mid: &str, text: &str) {
        told(stage, at, json!({"message": {"mid": mid, "text": text}})).await;
    }

    async fn thread(stage: &Stage, id: ConversationId) -> Thread {
        stage.desk.thread(&stage.ann, id).await.expect("a thread")
    }

    fn acts(activity: &[Activity]) -> Vec<&str> {
        activity.iter().rev().map(|one| one.act.as_str()).collect()
    }

    /// Everything a thread says, as a reader would read it.
    fn said(thread: Thread) -> Vec<String> {
        let state = ThreadState::fresh(thread);
        let lines = lines(&state, None, &ShownEvents::default());
        let mut said = Vec::new();
        for key in &lines.order {
            match lines.get(key).expect("a line") {
                Line::Events(events) => {
                    said.extend(events.iter().map(|event| app::text::event(event, "Maya")))
                }
                Line::Message { message, .. } => {
                    let mut words: Vec<String> = message.text.clone().into_iter().collect();
                    words.extend(message.attachments.iter().map(app::text::attachment));
                    words.extend(message.deleted.then(|| "deleted".to_owned()));
                    assert!(!words.concat().trim().is_empty(), "a blank message: {message:?}");
                    said.push(words.join(" | "));
                }
                Line::Note(note) => said.push(note.text.clone()),
                Line::Day(_) | Line::Unseen => {}
            }
        }
        said
    }

    pub async fn every_fixture_shows_as_something(on: On) {
        let stage = Stage::new(on).await;
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../messenger/tests/fixtures/webhook");
        let mut paths: Vec<_> = std::fs::read_dir(folder)
            .expect("fixtures")
            .map(|entry| entry.expect("an entry").path())
            .collect();
        paths.sort();
        for path in &paths {
            stage.deliver(std::fs::read(path).expect("a fixture")).await;
        }
        stage.applied().await;
        let mut all = Vec::new();
        for conversation in stage.conversations().await {
            let mut whole = thread(&stage, conversation.id).await;
            whole.earlier = None;
            for message in &whole.messages {
                for piece in message.attachments.iter().map(Piece::of) {
                    assert!(!matches!(piece, Piece::Unknown(_)), "{piece:?}");
                }
            }
            assert!(whole.activity.iter().all(|one| one.act != "other"), "{:?}", whole.activity);
            all.extend(said(whole));
        }
        for words in [
            "Reel: How we pack your socks",
            "Shared post: Winter sale starts Monday",
            "Shared link: Wool socks, two-pack",
            "Sticker",
            "Voice message",
            "Video",
            "Appointment",
            "Maya sent a shopping cart",
            "Maya filled in a form",
            "Maya opened the coupon WARM10",
            "Maya rated the service: 5",
            "Maya liked an answer",
            "Maya signed in to an account of the shop",
            "Maya stopped messages",
            "Maya filled in a lead form",
            "Label VIP was removed",
            "Another app asked for control",
        ] {
            assert!(all.iter().any(|said| said.contains(words)), "{words} is missing in {all:#?}");
        }
    }

    pub async fn what_people_and_customers_do_stands_between_the_messages_and_is_told_live(on: On) {
        let stage = Stage::new(on).await;
        wrote(&stage, 0, "m_1", "Hello").await;
        let id = stage.of(MAYA).await.id;
        let before = thread(&stage, id).await;
        let (ann, mia) = (stage.ann.clone(), stage.mia.clone());
        let agent = mia.person().map(|mia| mia.id);
        stage.desk.assign(&ann, id, agent, None).await.expect("assigned");
        stage.desk.assign(&ann, id, agent, None).await.expect("the same again");
        stage.desk.close(&mia, id).await.expect("closed");
        stage.desk.reopen(&mia, id).await.expect("reopened");
        let link = json!({"referral": {"ref": "order_4411", "source": "SHORTLINK", "type": "OPEN_THREAD"}});
        told(&stage, MINUTE, link.clone()).await;
        told(&stage, MINUTE, link).await;
        let after = thread(&stage, id).await;
        assert_eq!(acts(&after.activity), ["assigned", "closed", "reopened", "referral"]);
        let words = said(after.clone());
        assert!(words.contains(&"Ann assigned it to Mia".to_owned()), "{words:?}");
        assert!(words.contains(&"Maya came through a link (order_4411)".to_owned()), "{words:?}");
        let mut folded = ThreadState::fresh(before.clone());
        let mut tx = stage.node().db.snapshot().await.expect("a snapshot");
        for entry in store::changes::after(&mut tx, before.as_of, 100).await.expect("changes") {
            let change: Numbered = serde_json::from_str(&entry.frame).expect("a change");
            folded.apply(&change);
        }
        let fresh = ThreadState::fresh(after);
        assert_eq!(folded.activity, fresh.activity);
        assert_eq!(folded.messages, fresh.messages);
        let folded = lines(&folded, None, &ShownEvents::default());
        assert!(folded.by_key.values().any(|line| matches!(line, Line::Events(events) if events.iter().any(|event| matches!(event, Event::Activity(_))))));
    }

    pub async fn an_edited_message_keeps_what_it_said_until_it_is_taken_back(on: On) {
        let stage = Stage::new(on).await;
        let edit = |text: &str, n: i64| json!({"message_edit": {"mid": "m_1", "text": text, "num_edit": n}});
        // Meta tells the second change first, and both before the message.
        told(&stage, 3 * MINUTE, edit("size 41", 2)).await;
        told(&stage, 2 * MINUTE, edit("size 40", 1)).await;
        wrote(&stage, 0, "m_1", "size 39").await;
        let id = stage.of(MAYA).await.id;
        let message = stage.messages(id).await.remove(0);
        assert_eq!((message.text.as_deref(), message.edited), (Some("size 41"), true));
        let said = stage.desk.wordings(&stage.mia, message.id).await.expect("wordings");
        let texts: Vec<_> = said.iter().map(|wording| wording.text.as_str()).collect();
        assert_eq!(texts, ["size 39", "size 40", "size 41"]);
        told(&stage, 4 * MINUTE, json!({"message": {"mid": "m_1", "is_deleted": true}})).await;
        told(&stage, 5 * MINUTE, edit("size 42", 3)).await;
        assert!(stage.desk.wordings(&stage.mia, message.id).await.expect("wordings").is_empty());
        let message = stage.messages(id).await.remove(0);
        assert_eq!((message.text, message.deleted), (None, true));
    }

    pub async fn a_message_that_comes_after_newer_ones_is_marked(on: On) {
        let stage = Stage::new(on).await;
        wrote(&stage, HOUR, "m_2", "and in black").await;
        wrote(&stage, 0, "m_1", "size 39 please").await;
        let messages = stage.messages(stage.of(MAYA).await.id).await;
        let late: Vec<_> =
            messages.iter().map(|one| (one.text.as_deref().unwrap_or_default(), one.late)).collect();
        assert_eq!(late, [("size 39 please", true), ("and in black", false)]);
    }

    pub async fn words_are_found_and_gone_back_to(on: On) {
        let stage = Stage::new(on).await;
        let mut items = Vec::new();
        for n in 0..120_i64 {
            let text = if n == 3 { "the 50%_Off Boots".to_owned() } else { format!("message {n}") };
            items.push(
                json!({"sender": {"id": MAYA}, "recipient": {"id": PAGE}, "timestamp": START.ms() + n * 1_000,
                "message": {"mid": format!("m_{n:03}"), "text": text}}),
            );
        }
        let body = json!({"object": "page", "entry": [{"id": PAGE, "time": START, "messaging": items}]});
        stage.deliver(body.to_string()).await;
        stage.applied().await;
        let id = stage.of(MAYA).await.id;
        let found = stage.desk.search_thread(&stage.mia, id, "50%_off bOOts").await.expect("found");
        assert_eq!(found.len(), 1);
        assert!(stage.desk.search_thread(&stage.mia, id, "5_%").await.expect("found").is_empty());
        let mut state = ThreadState::fresh(thread(&stage, id).await);
        let oldest = state.messages[0].clone();
        let page =
            stage.desk.back_to(&stage.mia, id, found[0].id, (oldest.at, oldest.id)).await.expect("a page");
        state.prepend(page);
        assert!(state.messages.iter().any(|message| message.id == found[0].id));
        let mids: Vec<_> = state.messages.iter().filter_map(|message| message.mid.clone()).collect();
        assert!(mids.windows(2).all(|pair| pair[0] < pair[1]), "in order, without a gap: {mids:?}");
        assert_eq!(mids.last().map(|mid| mid.0.as_str()), Some("m_119"));
    }

    pub async fn the_raw_data_is_for_managers(on: On) {
        let stage = Stage::new(on).await;
        wrote(&stage, 0, "m_1", "Hello").await;
        let message = stage.messages(stage.of(MAYA).await.id).await.remove(0);
        let original = stage.desk.original(&stage.ann, message.id).await.expect("the original");
        assert!(original.sent.expect("as it came").contains("\"mid\": \"m_1\""));
        assert!(original.kept.contains("Hello") && !original.kept.contains("EAAG"));
        let refused = stage.desk.original(&stage.mia, message.id).await;
        assert_eq!(refused.err(), Some(Failure::Forbidden));
    }

    pub async fn colleagues_at_a_conversation_see_each_other_for_ten_seconds(on: On) {
        let stage = Stage::new(on).await;
        wrote(&stage, 0, "m_1", "Hello").await;
        let id = stage.of(MAYA).await.id;
        assert!(stage.desk.here(&stage.mia, id, Doing::Looking).await.expect("here").is_empty());
        let seen = stage.desk.here(&stage.ann, id, Doing::Typing).await.expect("here");
        assert_eq!(
            seen.iter().map(|one| (one.name.as_str(), one.typing)).collect::<Vec<_>>(),
            [("Mia", false)]
        );
        assert!(stage.desk.here(&stage.mia, id, Doing::Looking).await.expect("here")[0].typing);
        stage.desk.here(&stage.ann, id, Doing::Left).await.expect("left");
        assert!(stage.desk.here(&stage.mia, id, Doing::Looking).await.expect("here").is_empty());
        stage.clock.advance(10_000);
        assert!(
            stage.desk.here(&stage.ann, id, Doing::Looking).await.expect("here").is_empty(),
            "Mia fell silent"
        );
        let nowhere = ConversationId(stage.clock.id());
        assert_eq!(stage.desk.here(&stage.mia, nowhere, Doing::Looking).await.err(), Some(Failure::Gone));
    }

    pub async fn somebody_at_one_is_seen_at_the_other() {
        let stage = Stage::new(On::Postgres).await;
        let second = stage.second_server().await;
        wrote(&stage, 0, "m_1", "Hello").await;
        let id = stage.of(MAYA).await.id;
        let there = server::desk::Desk::new(second.node.clone());
        for _ in 0..500 {
            stage.desk.here(&stage.mia, id, Doing::Looking).await.expect("here");
            if there
                .here(&stage.ann, id, Doing::Looking)
                .await
                .expect("here")
                .iter()
                .any(|one| one.name == "Mia")
            {
                return;
            }
            moment(10).await;
        }
        panic!("Mia was never seen at the other server");
    }

    pub async fn what_somebody_has_not_seen_begins_with_a_line(on: On) {
        let stage = Stage::new(on).await;
        wrote(&stage, -HOUR, "m_1", "Hello").await;
        let id = stage.of(MAYA).await.id;
        assert_eq!(ThreadState::fresh(thread(&stage, id).await).first_unseen, None, "never opened before");
        stage.desk.seen(&stage.ann, id).await.expect("seen");
        stage.clock.advance(HOUR);
        wrote(&stage, HOUR, "m_2", "Anybody there?").await;
        let state = ThreadState::fresh(thread(&stage, id).await);
        assert_eq!(state.first_unseen, state.messages.last().map(|message| message.id));
    }
}
