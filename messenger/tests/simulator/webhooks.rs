//! How events travel to the apps.

use crate::harness::*;
use messenger::event::{self, Event};
use messenger::signature;
use messenger::simulator::EchoOrder;
use serde_json::json;
use tokio::task::JoinSet;

#[tokio::test]
async fn every_body_is_signed_over_its_escaped_bytes() {
    let shop = Shop::open().await;
    shop.customer_writes("Größe 42? 🧦 https://shop.example.org/p").await;
    let heard = &shop.ours.heard()[0];
    assert!(heard.raw.is_ascii());
    assert!(String::from_utf8_lossy(&heard.raw).contains(r"https:\/\/shop.example.org\/p"));
    signature::verify(OUR_SECRET, &heard.raw, heard.signature.as_deref()).expect("the signature fits");
    assert_eq!(heard.item["message"]["text"], "Größe 42? 🧦 https://shop.example.org/p");
}

#[tokio::test]
async fn our_own_reader_understands_everything_the_simulator_says() {
    let shop = Shop::open().await;
    let (page, maya) = (page(), maya());
    let mid = shop.simulator.customer_writes(&page, &maya, "Hello").await;
    shop.simulator.customer_replies(&page, &maya, "This one", &mid).await;
    shop.simulator.customer_picks(&page, &maya, "Track order", "QR:TRACK").await;
    shop.simulator.customer_taps(&page, &maya, "Talk", "PB:TALK").await;
    shop.simulator.customer_sends_attachment(&page, &maya, "image", "https://cdn.example.org/a.png").await;
    shop.simulator.customer_reacts(&page, &maya, &mid, "👍").await;
    shop.simulator.customer_opens_link(&page, &maya, "spring").await;
    shop.simulator.quiet().await;
    shop.reply(OUR_TOKEN, "Hi").await;
    shop.simulator.customer_reads(&page, &maya).await;
    shop.post(OUR_TOKEN, "pass_thread_control", json!({ "target_app_id": BOT })).await;
    shop.post(BOT_TOKEN, "pass_thread_control", json!({ "target_app_id": OURS })).await;
    shop.post(BOT_TOKEN, "request_thread_control", json!({})).await;
    shop.post(BOT_TOKEN, "take_thread_control", json!({})).await;
    let mut kinds = Vec::new();
    for body in shop.simulator.acknowledged().iter().filter(|body| body.app.as_str() == OURS) {
        for item in event::read(body.body.as_bytes()).expect("a body").items {
            let inbound = item.expect("an event we know");
            assert_eq!(inbound.psid.as_ref(), Some(&maya));
            kinds.push(kind_of(&inbound.event));
        }
    }
    for kind in [
        "message",
        "postback",
        "reaction",
        "referral",
        "echo",
        "delivery",
        "read",
        "passed",
        "requested",
        "taken",
    ] {
        assert!(kinds.contains(&kind), "{kind} is missing from {kinds:?}");
    }
}

fn kind_of(event: &Event) -> &'static str {
    match event {
        Event::Message { .. } => "message",
        Event::Echo { .. } => "echo",
        Event::Postback { .. } => "postback",
        Event::Reaction { .. } => "reaction",
        Event::Referral { .. } => "referral",
        Event::Delivery { .. } => "delivery",
        Event::Read { .. } => "read",
        Event::Passed { .. } => "passed",
        Event::Requested { .. } => "requested",
        Event::Taken { .. } => "taken",
        _ => "other",
    }
}

#[tokio::test]
async fn a_webhook_that_fails_is_tried_again_until_it_answers() {
    let shop = Shop::open().await;
    shop.ours.answer_with(503);
    shop.simulator.customer_writes(&page(), &maya(), "first").await;
    shop.simulator.customer_writes(&page(), &maya(), "second").await;
    let failures =
        || shop.simulator.journal().after(0).iter().filter(|entry| entry.status == Some(503)).count();
    while failures() < 2 {
        tokio::task::yield_now().await;
    }
    assert!(shop.simulator.acknowledged().iter().all(|body| body.app.as_str() != OURS));
    shop.ours.answer_with(200);
    shop.simulator.quiet().await;
    assert_eq!(shop.ours.texts(), ["first", "second"]);
}

#[tokio::test]
async fn deliveries_follow_an_app_that_moves() {
    let shop = Shop::open().await;
    let mut servers = JoinSet::new();
    shop.ours.answer_with(500);
    shop.simulator.customer_writes(&page(), &maya(), "Hello").await;
    let elsewhere = Webhook::open(&mut servers).await;
    shop.simulator.set_webhook(&page(), &OURS.into(), Some(elsewhere.url.clone()));
    shop.simulator.quiet().await;
    assert_eq!(elsewhere.texts(), ["Hello"]);
}

#[tokio::test]
async fn a_thread_s_events_arrive_in_order() {
    let shop = Shop::open().await;
    let wanted: Vec<String> = (0..40).map(|number| format!("message {number}")).collect();
    for text in &wanted {
        shop.simulator.customer_writes(&page(), &maya(), text).await;
    }
    shop.simulator.quiet().await;
    assert_eq!(shop.ours.texts(), wanted);
}

#[tokio::test]
async fn an_app_hears_only_what_it_subscribed_to() {
    let shop = Shop::open().await;
    let subscribe = json!({ "subscribed_fields": "messages,message_echoes" });
    let path = format!("{}/subscribed_apps", page());
    assert!(shop.post_raw(OUR_TOKEN, &path, subscribe).await.unwrap().is_ok());
    shop.customer_writes("Hello").await;
    shop.reply(OUR_TOKEN, "Hi").await;
    assert_eq!(shop.ours.heard().len(), 2);
    let apps = shop.get(OUR_TOKEN, &path).await.body;
    assert_eq!(apps["data"][0]["subscribed_fields"], json!(["messages", "message_echoes"]));
}

#[tokio::test]
async fn one_unknown_field_fails_the_whole_subscription() {
    let shop = Shop::open().await;
    let path = format!("{}/subscribed_apps", page());
    let before = shop.get(OUR_TOKEN, &path).await.body;
    let subscribe = json!({ "subscribed_fields": ["messages", "message_smells"] });
    assert_eq!(shop.post_raw(OUR_TOKEN, &path, subscribe).await.unwrap().refusal().0, 100);
    assert_eq!(shop.get(OUR_TOKEN, &path).await.body, before);
}

#[tokio::test]
async fn every_field_we_recommend_can_be_subscribed() {
    let shop = Shop::open().await;
    let subscribe = json!({ "subscribed_fields": messenger::FIELDS.join(",") });
    let path = format!("{}/subscribed_apps", page());
    assert!(shop.post_raw(OUR_TOKEN, &path, subscribe).await.unwrap().is_ok());
}

#[tokio::test]
async fn a_new_webhook_must_prove_that_it_knows_the_token() {
    let shop = Shop::open().await;
    let path = format!("{OURS}/subscriptions");
    let app_token = format!("{OURS}|{OUR_SECRET}");
    let wrong = json!({ "callback_url": shop.bot.url, "verify_token": "guess" });
    assert!(!shop.post_raw(&app_token, &path, wrong).await.unwrap().is_ok());
    let right = json!({ "callback_url": shop.bot.url, "verify_token": "vt_local_8d1f" });
    assert!(shop.post_raw(&app_token, &path, right).await.unwrap().is_ok());
    assert_eq!(shop.get(&app_token, &path).await.body["data"][0]["callback_url"], json!(shop.bot.url));
}

#[tokio::test]
async fn an_echo_can_come_before_or_after_the_answer() {
    let shop = Shop::open().await;
    shop.customer_writes("Hello").await;
    let path = format!("{}/messages", page());
    let body = json!({ "recipient": { "id": maya() }, "message": { "text": "Hi" } });
    shop.simulator.faults().webhooks(|webhooks| webhooks.echo = EchoOrder::BeforeAnswer);
    shop.post_raw(OUR_TOKEN, &path, body.clone()).await.unwrap();
    assert_eq!(shop.ours.events("echo").len(), 1);
    shop.simulator.faults().webhooks(|webhooks| webhooks.echo = EchoOrder::AfterAnswer);
    shop.post_raw(OUR_TOKEN, &path, body).await.unwrap();
    assert_eq!(shop.ours.events("echo").len(), 1);
    shop.simulator.quiet().await;
    assert_eq!(shop.ours.events("echo").len(), 2);
}
