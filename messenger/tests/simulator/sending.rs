//! What the Send API accepts, and what follows from a message.

use crate::harness::*;
use domain::{DAY, HOUR, Psid};
use messenger::signature;
use serde_json::json;

async fn answered() -> Shop {
    let shop = Shop::open().await;
    shop.customer_writes("Hello").await;
    assert!(shop.reply(OUR_TOKEN, "Hi").await.is_ok());
    shop
}

#[tokio::test]
async fn an_accepted_message_names_its_id_in_answer_and_echo() {
    let shop = Shop::open().await;
    shop.customer_writes("Hello").await;
    let body = json!({ "messaging_type": "RESPONSE", "message": { "text": "Größe 42", "metadata": "m-1" } });
    let answer = shop.post(OUR_TOKEN, "messages", body).await;
    let echo = &shop.ours.events("echo")[0].item;
    assert_eq!(answer.body["recipient_id"], json!(maya()));
    assert_eq!(echo["message"]["mid"], answer.body["message_id"]);
    assert_eq!(echo["message"]["metadata"], "m-1");
    assert_eq!(echo["message"]["app_id"], json!(OURS.parse::<u64>().unwrap()));
    assert_eq!(echo["sender"]["id"], json!(page()));
    assert_eq!(shop.simulator.accepted_by_metadata()["m-1"], 1);
}

#[tokio::test]
async fn the_owner_hears_its_echo_directly_and_the_other_app_on_standby() {
    let shop = answered().await;
    assert_eq!(shop.ours.channels_of("echo"), ["messaging"]);
    assert_eq!(shop.bot.channels_of("echo"), ["standby"]);
}

#[tokio::test]
async fn a_message_is_delivered_and_then_read() {
    let shop = answered().await;
    let delivery = &shop.ours.events("delivery")[0].item;
    assert_eq!(delivery["delivery"]["mids"][0], shop.ours.events("echo")[0].item["message"]["mid"]);
    assert!(delivery.get("timestamp").is_none());
    assert!(shop.ours.events("read").is_empty());
    shop.simulator.customer_reads(&page(), &maya()).await;
    shop.simulator.quiet().await;
    let watermark = shop.ours.events("read")[0].item["read"]["watermark"].as_i64().unwrap();
    assert!(watermark >= shop.ours.events("echo")[0].item["timestamp"].as_i64().unwrap());
}

#[tokio::test]
async fn the_window_closes_a_day_after_the_customer_wrote() {
    let shop = answered().await;
    shop.simulator.advance(DAY + HOUR).await;
    assert_eq!(shop.reply(OUR_TOKEN, "Too late").await.refusal(), (10, Some(2_018_278)));
}

#[tokio::test]
async fn somebody_who_never_wrote_cannot_be_written_to() {
    let shop = Shop::open().await;
    assert_eq!(shop.reply(OUR_TOKEN, "Buy shoes!").await.refusal(), (10, Some(2_018_278)));
}

#[tokio::test]
async fn a_person_may_answer_for_seven_days() {
    let shop = answered().await;
    shop.simulator.advance(6 * DAY).await;
    assert!(shop.reply_late(OUR_TOKEN, "Sorry for the wait").await.is_ok());
    assert_eq!(shop.simulator.sends().pop().unwrap().tag.as_deref(), Some("HUMAN_AGENT"));
    shop.simulator.advance(DAY).await;
    assert_eq!(shop.reply_late(OUR_TOKEN, "Hello?").await.refusal(), (10, Some(2_018_278)));
}

#[tokio::test]
async fn a_person_s_label_inside_the_window_is_accepted_and_recorded() {
    let shop = answered().await;
    assert!(shop.reply_late(OUR_TOKEN, "Hi again").await.is_ok());
    assert_eq!(shop.simulator.sends().pop().unwrap().tag.as_deref(), Some("HUMAN_AGENT"));
}

#[tokio::test]
async fn a_persons_message_takes_the_thread_when_the_switch_is_on() {
    let shop = Shop::open().await;
    shop.customer_writes("Hello").await;
    shop.reply(OUR_TOKEN, "Hi").await;
    shop.post(OUR_TOKEN, "pass_thread_control", json!({ "target_app_id": BOT })).await;
    shop.simulator.set_take_control(&page(), &OURS.into(), false);
    assert_eq!(shop.reply_late(OUR_TOKEN, "Me again").await.refusal(), (10, Some(2_018_300)));
    shop.simulator.set_take_control(&page(), &OURS.into(), true);
    assert!(shop.reply_late(OUR_TOKEN, "Me again").await.is_ok());
    assert_eq!(shop.owner(), Some(OURS.into()));
    assert_eq!(shop.bot.events("take_thread_control").len(), 1);
}

#[tokio::test]
async fn a_message_can_release_the_thread() {
    let shop = answered().await;
    let last = json!({ "message": { "text": "Bye" }, "thread_control": { "control_type": "release" } });
    assert!(shop.post(OUR_TOKEN, "messages", last).await.is_ok());
    assert_eq!(shop.owner(), None);
    assert_eq!(shop.ours.channels_of("echo"), ["messaging", "messaging"]);
}

#[tokio::test]
async fn a_message_can_pass_the_thread_on() {
    let shop = answered().await;
    let control = json!({ "control_type": "pass", "app_id": BOT });
    let last = json!({ "message": { "text": "Over to the bot" }, "thread_control": control });
    assert!(shop.post(OUR_TOKEN, "messages", last).await.is_ok());
    assert_eq!(shop.owner(), Some(BOT.into()));
    assert_eq!(shop.bot.events("pass_thread_control").len(), 1);
}

#[tokio::test]
async fn what_exceeds_a_limit_is_refused_and_nothing_is_sent() {
    let shop = answered().await;
    let long = "x".repeat(2_001);
    let cases = [
        json!({ "message": { "text": "" } }),
        json!({ "message": {} }),
        json!({ "message": { "text": long } }),
        json!({ "message": { "text": "Hi", "metadata": "x".repeat(1_001) } }),
        json!({ "message": { "text": "Hi" }, "messaging_type": "SHOUT" }),
        json!({ "message": { "text": "Hi" }, "messaging_type": "MESSAGE_TAG" }),
        json!({}),
    ];
    for case in cases {
        assert_eq!(shop.post(OUR_TOKEN, "messages", case.clone()).await.refusal().0, 100, "{case}");
    }
    assert_eq!(shop.simulator.sends().len(), 1);
}

#[tokio::test]
async fn refusals_carry_metas_codes() {
    let shop = answered().await;
    let both = json!({ "message": { "text": "Hi" }, "sender_action": "typing_on" });
    assert_eq!(shop.post(OUR_TOKEN, "messages", both).await.refusal(), (100, Some(2_018_014)));
    let retired =
        json!({ "message": { "text": "Hi" }, "messaging_type": "MESSAGE_TAG", "tag": "ACCOUNT_UPDATE" });
    assert_eq!(shop.post(OUR_TOKEN, "messages", retired).await.refusal(), (100, Some(1_893_061)));
    let stranger = json!({ "recipient": { "id": "1" }, "message": { "text": "Hi" } });
    let path = format!("{}/messages", page());
    let answer = shop.post_raw(OUR_TOKEN, &path, stranger).await.unwrap();
    assert_eq!(answer.refusal(), (100, Some(2_018_001)));
    let nobody = shop.post_raw(OUR_TOKEN, &path, json!({ "message": { "text": "Hi" } })).await.unwrap();
    assert_eq!(nobody.refusal(), (100, Some(2_018_001)));
    let elsewhere = shop.post_raw(OUR_TOKEN, "4711/messages", json!({})).await.unwrap();
    assert_eq!(elsewhere.refusal(), (100, Some(33)));
}

#[tokio::test]
async fn a_token_must_be_known_and_alive() {
    let shop = answered().await;
    assert_eq!(shop.reply("EAAGwrong", "Hi").await.refusal(), (190, None));
    shop.simulator.expire_token(&page(), &OURS.into(), true);
    assert_eq!(shop.reply(OUR_TOKEN, "Hi").await.refusal(), (190, Some(463)));
    shop.simulator.expire_token(&page(), &OURS.into(), false);
    assert!(shop.reply(OUR_TOKEN, "Hi").await.is_ok());
}

#[tokio::test]
async fn a_proof_must_fit_the_token_when_there_is_one() {
    let shop = answered().await;
    let proof = signature::appsecret_proof(OUR_SECRET, OUR_TOKEN);
    let good = json!({ "message": { "text": "Hi" } });
    assert!(shop.post(OUR_TOKEN, &format!("messages?appsecret_proof={proof}"), good.clone()).await.is_ok());
    let bad = shop.post(OUR_TOKEN, "messages?appsecret_proof=00", good).await;
    assert_eq!(bad.refusal().0, 100);
}

#[tokio::test]
async fn typing_is_shown_only_by_the_owner() {
    let shop = answered().await;
    let typing = json!({ "sender_action": "typing_on" });
    let ours = shop.post(OUR_TOKEN, "messages", typing.clone()).await;
    assert_eq!(ours.body, json!({ "recipient_id": Psid::from("7204415592310846") }));
    assert_eq!(shop.post(BOT_TOKEN, "messages", typing).await.refusal(), (10, Some(2_018_300)));
    assert_eq!(shop.simulator.sends().len(), 1);
}

#[tokio::test]
async fn too_many_messages_in_a_second_are_refused() {
    let shop = answered().await;
    shop.simulator.faults().limit_sends(Some(2));
    assert!(shop.reply(OUR_TOKEN, "1").await.is_ok());
    assert!(shop.reply(OUR_TOKEN, "2").await.is_ok());
    assert_eq!(shop.reply(OUR_TOKEN, "3").await.refusal().0, 613);
    shop.simulator.advance(1_000).await;
    assert!(shop.reply(OUR_TOKEN, "3").await.is_ok());
}
