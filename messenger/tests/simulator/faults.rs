//! Things go wrong as ordered, and only as ordered.

use crate::harness::*;
use messenger::simulator::{Call, Fault};
use serde_json::json;

async fn ready_to_send() -> Shop {
    let shop = Shop::open().await;
    shop.customer_writes("Hello").await;
    shop
}

/// Sends one message with a fault in the way. None: no whole answer arrived.
async fn send_with(shop: &Shop, fault: Fault) -> Option<Answer> {
    shop.simulator.faults().next(Call::Send, 1, fault);
    let body = json!({ "recipient": { "id": maya() }, "message": { "text": "Hi", "metadata": "m-1" } });
    let answer = shop.post_raw(OUR_TOKEN, &format!("{}/messages", page()), body).await.ok();
    shop.simulator.quiet().await;
    answer
}

#[tokio::test]
async fn a_planned_refusal_hits_the_next_call_of_its_kind_once() {
    let shop = ready_to_send().await;
    shop.simulator.faults().next(Call::Send, 1, Fault::Refuse { status: 400, code: 2, subcode: Some(7) });
    assert!(shop.get(OUR_TOKEN, "me").await.is_ok());
    assert_eq!(shop.reply(OUR_TOKEN, "Hi").await.refusal(), (2, Some(7)));
    assert!(shop.simulator.sends().is_empty());
    assert!(shop.reply(OUR_TOKEN, "Hi").await.is_ok());
}

#[tokio::test]
async fn a_message_can_be_accepted_without_the_sender_learning_it() {
    for fault in
        [Fault::AcceptThenDrop, Fault::Truncated, Fault::NoMessageId, Fault::AcceptThenHttp { status: 502 }]
    {
        let shop = ready_to_send().await;
        let answer = send_with(&shop, fault.clone()).await;
        let learned = answer.is_some_and(|answer| answer.body["message_id"].is_string());
        assert!(!learned, "{fault:?} told the sender");
        assert_eq!(shop.simulator.accepted_by_metadata()["m-1"], 1, "{fault:?}");
        assert_eq!(shop.ours.events("echo").len(), 1, "{fault:?}");
    }
}

#[tokio::test]
async fn a_message_can_be_lost_without_the_sender_learning_it() {
    for fault in [Fault::Drop, Fault::Http { status: 503 }] {
        let shop = ready_to_send().await;
        let answer = send_with(&shop, fault.clone()).await;
        assert!(answer.is_none_or(|answer| answer.status == 503), "{fault:?}");
        assert!(shop.simulator.sends().is_empty(), "{fault:?}");
    }
}

#[tokio::test]
async fn a_broken_connection_is_no_answer_at_all() {
    let shop = ready_to_send().await;
    assert!(send_with(&shop, Fault::AcceptThenDrop).await.is_none());
}

#[tokio::test]
async fn a_caller_can_be_left_hanging_after_the_message_was_accepted() {
    let shop = ready_to_send().await;
    shop.simulator.faults().next(Call::Send, 1, Fault::AcceptThenHang);
    let reply = shop.reply(OUR_TOKEN, "Hi");
    let accepted = async {
        while shop.simulator.sends().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        _ = reply => panic!("an answer came"),
        () = accepted => {}
    }
    assert_eq!(shop.simulator.sends().len(), 1);
}

#[tokio::test]
async fn events_can_arrive_twice() {
    let shop = Shop::open().await;
    shop.simulator.faults().webhooks(|webhooks| webhooks.duplicate = 1.0);
    shop.customer_writes("Hello").await;
    let heard = shop.ours.events("message");
    assert_eq!(heard.len(), 2);
    assert_eq!(heard[0].item, heard[1].item);
}

#[tokio::test]
async fn events_can_overtake_each_other() {
    let shop = Shop::open().await;
    shop.simulator.faults().webhooks(|webhooks| webhooks.reorder = 1.0);
    shop.simulator.customer_writes(&page(), &maya(), "first").await;
    shop.simulator.customer_writes(&page(), &maya(), "second").await;
    shop.simulator.quiet().await;
    assert_eq!(shop.ours.texts(), ["second", "first"]);
}

#[tokio::test]
async fn echoes_can_get_lost() {
    let shop = ready_to_send().await;
    shop.simulator.faults().webhooks(|webhooks| webhooks.drop_echo = 1.0);
    assert!(shop.reply(OUR_TOKEN, "Hi").await.is_ok());
    assert!(shop.ours.events("echo").is_empty());
    assert_eq!(shop.ours.events("delivery").len(), 1);
}

#[tokio::test]
async fn all_is_well_again_when_faults_are_cleared() {
    let shop = ready_to_send().await;
    shop.simulator.faults().sometimes(Call::Any, 1.0, Fault::Http { status: 500 });
    assert_eq!(shop.reply(OUR_TOKEN, "Hi").await.status, 500);
    shop.simulator.faults().clear();
    assert!(shop.reply(OUR_TOKEN, "Hi").await.is_ok());
}

#[tokio::test]
async fn the_remote_control_plans_faults_moves_the_clock_and_turns_switches() {
    let shop = ready_to_send().await;
    let fault = json!({ "kind": "refuse", "status": 400, "code": 10, "subcode": 2_018_278 });
    let plan =
        json!({ "next": { "call": "send", "times": 1, "fault": fault }, "webhooks": { "duplicate": 0.5 } });
    assert!(shop.sim("faults", plan).await.is_ok());
    assert_eq!(shop.reply(OUR_TOKEN, "Hi").await.refusal(), (10, Some(2_018_278)));
    assert_eq!(shop.sim_state().await["webhooks"]["duplicate"], 0.5);
    shop.sim("faults", json!({ "clear": true })).await;
    shop.sim("clock", json!({ "advance_ms": 3_600_000 })).await;
    assert_eq!(shop.simulator.now(), T0 + 3_600_000);
    shop.sim("switches", json!({ "app": OURS, "take_control": false })).await;
    assert_eq!(shop.sim_state().await["pages"][0]["apps"][0]["take_control"], false);
    let written = shop.sim("customer", json!({ "psid": maya(), "do": "write", "text": "Hi there" })).await;
    assert!(written.body["mid"].is_string());
    let refused = shop.sim("bot", json!({ "psid": maya(), "do": "release" })).await;
    assert_eq!(refused.refusal(), (100, Some(2_018_151)));
}
