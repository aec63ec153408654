//! Each call against the recorded exchange: the request must be the recording's, the answer must be understood.

mod server;

use domain::conversation::evidence::Answer;
use domain::conversation::window::Label;
use domain::{AppId, Mid, PageId, Psid, Timestamp};
use messenger::outgoing::{Action, Content, Metadata, Send, Text, ThreadControl};
use messenger::{Error, FIELDS, Graph, Messenger, Verdict};
use serde_json::{Value, json};
use server::{Asked, MAYA, PAGE, PAGE_PROOF, Server, hanging_up_after, nobody, page, recording, silence};
use std::collections::BTreeMap;

const METADATA: &str = "sb1:0192f6d0-7c1e-7b1a-9a44-5b1f0c2e9d11";

fn maya() -> Psid {
    MAYA.into()
}

fn message(text: &str) -> Send {
    Send {
        recipient: maya(),
        content: Content::Text(Text::new(text).expect("a text")),
        label: Label::Response,
        metadata: Metadata::new(METADATA).expect("metadata"),
        reply_to: None,
        then: None,
    }
}

/// Asserts that the request is the recording's; the token stands in the header instead of the address.
fn assert_as_recorded(asked: &Asked, name: &str) {
    let request = &recording(name)["request"];
    assert_eq!(asked.method, request["method"], "{name}");
    assert_eq!(asked.path, request["path"], "{name}");
    assert_eq!(asked.authorization, "Bearer EAAGfixturePageTokenA", "{name}");
    let mut query: BTreeMap<String, String> =
        serde_json::from_value(request["query"].clone()).expect("a query");
    query.remove("access_token");
    query.insert("appsecret_proof".to_owned(), PAGE_PROOF.to_owned());
    assert_eq!(asked.query, query, "{name}");
    assert_eq!(asked.body, request["body"], "{name}");
}

fn with_metadata(mut body: Value) -> Value {
    body["message"]["metadata"] = json!(METADATA);
    body
}

#[tokio::test]
async fn a_reply_is_sent_as_recorded_and_its_id_comes_back() {
    let (server, graph) = Server::replaying(&["send-text"]).await;
    let accepted =
        graph.send(&page(), &message("Could you confirm your street address?")).await.expect("accepted");
    assert_as_recorded(&server.asked()[0], "send-text");
    assert!(accepted.mid.as_str().starts_with("m_Nr4c"));
}

#[test]
fn a_persons_late_reply_carries_the_human_agent_tag() {
    let late = Send { label: Label::HumanAgent, ..message("Sorry for the wait, the courier found it.") };
    assert_eq!(late.body(), with_metadata(recording("send-text-human-agent")["request"]["body"].clone()));
}

#[test]
fn a_reply_can_hand_the_thread_on_or_back() {
    let pass = ThreadControl::Pass("611203984417755".into());
    let passing = Send { then: Some(pass), ..message("Our returns assistant takes it from here.") };
    assert_eq!(
        passing.body(),
        with_metadata(recording("send-thread-control-pass")["request"]["body"].clone())
    );
    let releasing = Send { then: Some(ThreadControl::Release), ..message("All done, have a good day.") };
    assert_eq!(
        releasing.body(),
        with_metadata(recording("send-thread-control-release")["request"]["body"].clone())
    );
}

#[tokio::test]
async fn typing_and_seen_are_shown_as_recorded() {
    let actions = [
        (Action::TypingOn, "sender-action-typing-on"),
        (Action::TypingOff, "sender-action-typing-off"),
        (Action::MarkSeen, "sender-action-mark-seen"),
    ];
    for (action, name) in actions {
        let (server, graph) = Server::replaying(&[name]).await;
        graph.act(&page(), &maya(), action).await.expect("accepted");
        assert_as_recorded(&server.asked()[0], name);
    }
}

#[tokio::test]
async fn control_is_moved_as_recorded() {
    let names = [
        "thread-take",
        "thread-pass-to-bot",
        "thread-pass-to-inbox",
        "thread-release",
        "thread-request",
        "thread-extend",
    ];
    let (server, graph) = Server::replaying(&names).await;
    let said = |name: &str| recording(name)["request"]["body"]["metadata"].as_str().map(str::to_owned);
    let (page, maya) = (page(), maya());
    graph.take(&page, &maya, said("thread-take").as_deref()).await.expect("taken");
    let bot = AppId::from("611203984417755");
    graph.pass(&page, &maya, &bot, said("thread-pass-to-bot").as_deref()).await.expect("passed");
    let inbox = AppId::from(AppId::PAGE_INBOX);
    graph.pass(&page, &maya, &inbox, said("thread-pass-to-inbox").as_deref()).await.expect("passed");
    graph.release(&page, &maya).await.expect("released");
    graph.request(&page, &maya, said("thread-request").as_deref()).await.expect("requested");
    graph.extend(&page, &maya, 604_800).await.expect("extended");
    for (asked, name) in server.asked().iter().zip(names) {
        assert_as_recorded(asked, name);
    }
}

#[tokio::test]
async fn success_may_be_a_word_or_the_owner_but_not_missing() {
    let owner = json!({"data": [{"thread_owner": {"app_id": "845120937761204"}}]});
    let answers = [json!({"success": "true"}), owner, json!({"success": false}), json!({})];
    let (_server, graph) =
        Server::answering(answers.iter().map(|body| (200, body.to_string())).collect()).await;
    for worked in [true, true, false, false] {
        assert_eq!(graph.take(&page(), &maya(), None).await.is_ok(), worked);
    }
}

#[tokio::test]
async fn the_owner_is_ours_another_app_unnamed_or_nobody() {
    let names = ["thread-owner-us", "thread-owner-inbox", "thread-owner-idle"];
    let (server, graph) = Server::replaying(&names).await;
    let mut answers = Vec::new();
    for _ in names {
        answers.push(graph.owner(&page(), &maya()).await.expect("an answer"));
    }
    assert_as_recorded(&server.asked()[0], "thread-owner-us");
    assert_eq!(answers[0].answer, Answer::Ours);
    assert_eq!(answers[0].expires_at, Some(Timestamp(1_795_305_600_000)));
    assert_eq!(answers[1].answer, Answer::Other(AppId::from(AppId::PAGE_INBOX)));
    assert_eq!((&answers[2].answer, answers[2].expires_at), (&Answer::Idle, None));

    let unnamed = json!({"data": [{"thread_owner": {"expiration": 1_795_305_600}}]}).to_string();
    let (_server, graph) = Server::answering(vec![(200, unnamed), (200, "{}".to_owned())]).await;
    assert_eq!(graph.owner(&page(), &maya()).await.expect("an answer").answer, Answer::OtherUnnamed);
    assert_eq!(graph.owner(&page(), &maya()).await.expect("an answer").answer, Answer::Idle);
}

#[tokio::test]
async fn a_profile_has_a_name_and_a_picture_or_neither() {
    let (server, graph) = Server::replaying(&["user-profile-minimal"]).await;
    let profile = graph.profile(&page(), &maya()).await.expect("a profile");
    assert_as_recorded(&server.asked()[0], "user-profile-minimal");
    assert_eq!(profile.name.as_deref(), Some("Maya Lindqvist"));
    assert!(profile.picture_url.expect("a picture").starts_with("https://"));

    let (_server, graph) = Server::answering(vec![(200, "{}".to_owned())]).await;
    assert_eq!(graph.profile(&page(), &maya()).await.expect("a profile").name, None);
}

#[tokio::test]
async fn the_history_is_found_by_customer_and_read_newest_first() {
    let (server, graph) = Server::replaying(&["conversation-by-user", "conversation-messages"]).await;
    let history = graph.history(&page(), &maya(), 25).await.expect("a history");
    let asked = server.asked();
    assert_as_recorded(&asked[0], "conversation-by-user");
    assert_eq!(asked[1].path, "/v26.0/t_10224400112233445");
    let fields = "messages.limit(25){id,created_time,from,to,message,attachments,sticker,shares,reply_to}";
    assert_eq!(asked[1].query["fields"], fields);

    let from_page: Vec<bool> = history.iter().map(|message| message.from_page).collect();
    assert_eq!(from_page, [false, false, true, false]);
    assert!(history.is_sorted_by(|newer, older| newer.at >= older.at));
    assert_eq!(history[0].at, Timestamp(1_795_219_203_000));
    assert_eq!(history[0].text.as_deref(), Some("Yes, that address is right"));
    assert!(history[0].reply_to.as_ref().is_some_and(|mid: &Mid| mid.as_str().starts_with("m_Nr4c")));
    let kinds: Vec<&str> =
        history.iter().flat_map(|message| &message.attachments).map(|one| one.kind.as_str()).collect();
    assert_eq!(kinds, ["image", "file", "sticker"]);
    assert_eq!(history[2].attachments[0].title.as_deref(), Some("invoice-0042.pdf"));
    assert_eq!(history[2].text, None);
}

#[tokio::test]
async fn messages_meta_has_forgotten_are_left_out_of_the_history() {
    let thread = json!({"data": [{"id": "t_1"}]}).to_string();
    let known = json!({"id": "m_1", "created_time": "2026-11-21T00:00:03+0000", "from": {"id": PAGE}, "message": "hi"});
    let messages =
        json!({"messages": {"data": [{"id": "m_0"}, 7, known, {"id": "m_2", "from": {"id": PAGE}}]}});
    let (_server, graph) = Server::answering(vec![(200, thread), (200, messages.to_string())]).await;
    let history = graph.history(&page(), &maya(), 25).await.expect("a history");
    assert_eq!(history.iter().map(|message| message.mid.as_str()).collect::<Vec<_>>(), ["m_1"]);
}

#[tokio::test]
async fn a_customer_without_a_thread_has_no_history() {
    let (server, graph) = Server::answering(vec![(200, json!({"data": []}).to_string())]).await;
    assert_eq!(graph.history(&page(), &maya(), 25).await.expect("a history"), []);
    assert_eq!(server.asked().len(), 1);
}

#[tokio::test]
async fn a_page_is_subscribed_to_what_an_inbox_needs() {
    let (server, graph) = Server::replaying(&["subscribed-apps-post"]).await;
    graph.subscribe(&page(), FIELDS).await.expect("subscribed");
    assert_as_recorded(&server.asked()[0], "subscribed-apps-post");
}

#[tokio::test]
async fn a_deaf_page_has_no_subscription() {
    let (server, graph) = Server::replaying(&["subscribed-apps-get", "subscribed-apps-empty"]).await;
    let subscriptions = graph.subscriptions(&page()).await.expect("subscriptions");
    assert_as_recorded(&server.asked()[0], "subscribed-apps-get");
    assert_eq!(subscriptions[0].app, page().app);
    assert_eq!(subscriptions[0].fields, FIELDS);
    assert_eq!(subscriptions[1].name, "Returns Assistant");
    assert_eq!(graph.subscriptions(&page()).await.expect("subscriptions"), []);
}

#[tokio::test]
async fn a_token_is_examined_with_the_apps_own() {
    let (server, graph) = Server::replaying(&["debug-token", "debug-token-invalid"]).await;
    let facts = graph.debug_token(&page()).await.expect("facts");
    let asked = &server.asked()[0];
    assert_eq!(asked.authorization, "Bearer 845120937761204|3f9c1d7be0a24c58b6e1f0927d4a8c35");
    assert_eq!(asked.query["input_token"], "EAAGfixturePageTokenA");
    assert!(facts.valid && facts.problem.is_none());
    assert_eq!((facts.app, facts.page), (Some(page().app), Some(PageId::from(PAGE))));
    assert_eq!((facts.expires_at, facts.data_access_expires_at), (None, Some(Timestamp(1_802_995_200_000))));
    assert!(facts.scopes.contains(&"pages_messaging".to_owned()));

    let dead = graph.debug_token(&page()).await.expect("facts");
    assert!(!dead.valid);
    assert!(dead.problem.expect("a problem").words().starts_with("The Facebook password"));
}

async fn send(graph: &Graph) -> Result<Mid, Error> {
    graph.send(&page(), &message("hello")).await.map(|accepted| accepted.mid)
}

async fn ask(graph: &Graph) -> Verdict {
    graph.owner(&page(), &maya()).await.expect_err("no answer").kind
}

#[tokio::test]
async fn every_recorded_error_reaches_the_caller() {
    let (_server, graph) = Server::replaying(&["error-10-2018300-not-owner", "error-190-expired"]).await;
    assert_eq!(send(&graph).await.expect_err("refused").kind, Verdict::NotOwner);
    let dead = send(&graph).await.expect_err("refused");
    assert!(dead.page_is_disconnected());
}

#[tokio::test]
async fn an_error_in_an_answer_that_says_ok_is_an_error() {
    let body = recording("error-10-2018278-window")["response"]["body"].to_string();
    let (_server, graph) = Server::answering(vec![(200, body)]).await;
    assert_eq!(send(&graph).await.expect_err("refused").kind, Verdict::WindowClosed);
}

#[tokio::test]
async fn a_refused_connection_means_that_nothing_was_sent() {
    let graph = nobody().await;
    let error = send(&graph).await.expect_err("nobody there");
    assert_eq!(error.kind, Verdict::Retry { after_ms: None });
    assert!(!error.message.contains("appsecret_proof") && !error.to_string().contains(PAGE_PROOF), "{error}");
}

#[tokio::test]
async fn a_connection_that_breaks_after_the_request_leaves_a_message_unknown_and_a_question_open() {
    const CUT: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n{\"recipient_id\":\"72044";
    const GARBLED: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{\"recipie";
    for bytes in [b"".as_slice(), CUT, GARBLED, b"not http at all\r\n\r\n"] {
        let unknown = send(&hanging_up_after(bytes).await).await.expect_err("broken");
        assert_eq!(unknown.kind, Verdict::OutcomeUnknown, "{}", String::from_utf8_lossy(bytes));
        assert_eq!(ask(&hanging_up_after(bytes).await).await, Verdict::Retry { after_ms: None });
    }
}

#[tokio::test]
async fn an_acceptance_without_an_id_leaves_a_message_unknown() {
    let (_server, graph) = Server::answering(vec![(200, json!({"recipient_id": MAYA}).to_string())]).await;
    assert_eq!(send(&graph).await.expect_err("no id").kind, Verdict::OutcomeUnknown);
}

#[tokio::test]
async fn a_message_is_not_sent_again_by_the_client_itself() {
    let body = recording("error-2-service")["response"]["body"].to_string();
    let (server, graph) = Server::answering(vec![(500, body.clone()), (503, body)]).await;
    assert_eq!(send(&graph).await.expect_err("later").kind, Verdict::OutcomeUnknown);
    assert_eq!(server.asked().len(), 1);
}

#[tokio::test]
async fn a_redirect_is_not_followed_with_our_token() {
    let away = vec![("location", "http://127.0.0.1:9/".to_owned())];
    let (server, graph) = Server::answering_with(vec![(307, away, String::new())]).await;
    assert_eq!(send(&graph).await.expect_err("redirected").kind, Verdict::OutcomeUnknown);
    assert_eq!(server.asked().len(), 1);
}

#[tokio::test]
async fn a_rate_limit_pauses_the_page_and_no_other() {
    let limit = recording("error-613-rate")["response"]["body"].to_string();
    let waits = vec![("retry-after", "30".to_owned())];
    let ok = recording("send-text")["response"]["body"].to_string();
    let (server, graph) = Server::answering_with(vec![(400, waits, limit), (200, Vec::new(), ok)]).await;
    assert_eq!(send(&graph).await.expect_err("limited").kind, Verdict::Retry { after_ms: Some(30_000) });
    let Verdict::Retry { after_ms: Some(left) } = send(&graph).await.expect_err("paused").kind else {
        panic!("a pause")
    };
    assert!(left > 20_000 && left <= 30_000, "{left}");
    assert_eq!(server.asked().len(), 1, "the page is left alone");
    let other = messenger::Credentials { page: "118877665544332".into(), ..page() };
    graph.send(&other, &message("hello")).await.expect("accepted");
}

#[tokio::test]
async fn silence_leaves_a_message_unknown_and_a_question_open() {
    let graph = silence().await;
    assert_eq!(send(&graph).await.expect_err("silence").kind, Verdict::OutcomeUnknown);
    assert_eq!(ask(&graph).await, Verdict::Retry { after_ms: None });
}

#[tokio::test]
async fn the_conversations_of_a_page_are_asked_for_at_most_twice_a_second() {
    let (server, graph) = Server::answering(vec![(200, json!({"data": []}).to_string()); 3]).await;
    let (page, maya) = (page(), maya());
    let (one, two) = tokio::join!(graph.history(&page, &maya, 5), graph.history(&page, &maya, 5));
    assert_eq!((one.expect("a history"), two.expect("a history")), (vec![], vec![]));
    let mut next = std::pin::pin!(graph.history(&page, &maya, 5));
    assert!(futures::poll!(next.as_mut()).is_pending());
    assert_eq!(server.asked().len(), 2, "the third waits");
    next.await.expect("a history");
    assert_eq!(server.asked().len(), 3);
}
