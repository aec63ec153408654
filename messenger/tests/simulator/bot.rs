//! The sales bot plays by the rules.

use crate::harness::*;
use serde_json::{Value, json};

fn said(shop: &Shop) -> Vec<String> {
    let sends = shop.simulator.sends().into_iter().filter(|send| send.app.as_str() == BOT);
    sends.map(|send| send.text).collect()
}

#[tokio::test]
async fn the_bot_greets_by_name_and_knows_the_order() {
    let shop = Shop::with_sales_bot().await;
    shop.customer_writes("Hi").await;
    shop.customer_writes("Where is my order?").await;
    assert_eq!(shop.owner(), Some(BOT.into()));
    let said = said(&shop);
    assert!(said[0].starts_with("Hello Maya! I am SalesBot."), "{said:?}");
    assert!(said[1].starts_with("Your order 48 190 is on its way"), "{said:?}");
    assert_eq!(shop.ours.channels_of("echo"), ["standby", "standby"]);
}

#[tokio::test]
async fn the_bot_passes_to_the_team_when_asked_for_a_person_and_says_what_about() {
    let shop = Shop::with_sales_bot().await;
    shop.customer_writes("Where is my order?").await;
    shop.customer_writes("I want to talk to a person").await;
    assert_eq!(shop.owner(), Some(OURS.into()));
    let passed = shop.ours.events("pass_thread_control");
    let metadata = passed[0].item["pass_thread_control"]["metadata"].as_str().unwrap();
    let metadata: Value = serde_json::from_str(metadata).unwrap();
    assert_eq!(metadata, json!({ "reason": "customer asked for a person", "subject": "Order 48 190" }));
}

#[tokio::test]
async fn the_bot_releases_when_it_is_thanked() {
    let shop = Shop::with_sales_bot().await;
    shop.customer_writes("Where is my order?").await;
    shop.customer_writes("Thanks, bye!").await;
    assert_eq!(shop.owner(), None);
    shop.customer_writes("Hello again").await;
    assert_eq!(shop.owner(), Some(BOT.into()));
    assert!(said(&shop).last().unwrap().starts_with("Hello Maya!"));
}

#[tokio::test]
async fn the_bot_keeps_silent_while_the_team_is_in_control() {
    let shop = Shop::with_sales_bot().await;
    shop.customer_writes("Hi").await;
    shop.post(OUR_TOKEN, "take_thread_control", json!({})).await;
    let before = said(&shop).len();
    shop.customer_writes("Where is my order?").await;
    assert_eq!(said(&shop).len(), before);
}

#[tokio::test]
async fn after_a_reset_the_bot_answers_the_next_message_and_greets_anew() {
    let shop = Shop::with_sales_bot().await;
    shop.customer_writes("A person, please").await;
    let last = json!({ "message": { "text": "Solved!" }, "thread_control": { "control_type": "release" } });
    assert!(shop.post(OUR_TOKEN, "messages", last).await.is_ok());
    shop.customer_writes("Hello").await;
    assert!(said(&shop).last().unwrap().starts_with("Hello Maya!"));
}

#[tokio::test]
async fn the_bot_can_be_led_by_hand_under_the_same_rules() {
    let shop = Shop::open().await;
    let (page, maya) = (page(), maya());
    shop.customer_writes("Hi").await;
    assert_eq!(shop.simulator.bot_writes(&page, &maya, "Hi").await.unwrap_err().subcode, Some(2_018_300));
    shop.simulator.bot_takes(&page, &maya).await.unwrap();
    shop.simulator.bot_writes(&page, &maya, "Hi").await.unwrap();
    shop.simulator.bot_passes(&page, &maya, &OURS.into(), "{}").await.unwrap();
    assert_eq!(shop.owner(), Some(OURS.into()));
    assert_eq!(shop.simulator.bot_releases(&page, &maya).await.unwrap_err().subcode, Some(2_018_151));
}
