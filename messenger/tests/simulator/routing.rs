//! Who hears the customer, and how control moves.

use crate::harness::*;
use domain::{AppId, DAY, HOUR};
use messenger::simulator::{Mode, Routing, Setup};
use serde_json::json;

fn social_first(mut setup: Setup) -> Setup {
    setup = setup.without_bots();
    setup.pages[0].routing.social_app = Some(BOT.into());
    setup
}

fn unconfigured(mut setup: Setup) -> Setup {
    setup = setup.without_bots();
    setup.pages[0].routing = Routing {
        default_app: None,
        social_app: None,
        link_app: None,
        campaign_app: None,
        mode: Mode::ZeroConfig,
    };
    setup
}

/// The bot has been given control by the entry rule.
async fn held_by_the_bot() -> Shop {
    let shop = Shop::with(social_first).await;
    shop.customer_writes("Hello").await;
    assert_eq!(shop.owner(), Some(BOT.into()));
    shop
}

#[tokio::test]
async fn an_idle_thread_speaks_to_the_default_app_while_others_listen() {
    let shop = Shop::open().await;
    shop.customer_writes("Hello").await;
    assert_eq!(shop.ours.channels_of("message"), ["messaging"]);
    assert_eq!(shop.bot.channels_of("message"), ["standby"]);
    assert_eq!(shop.owner(), None);
}

#[tokio::test]
async fn the_social_app_gets_whoever_enters_an_idle_thread() {
    let shop = held_by_the_bot().await;
    assert_eq!(shop.bot.channels_of("message"), ["messaging"]);
    assert_eq!(shop.ours.channels_of("message"), ["standby"]);
}

#[tokio::test]
async fn the_first_answer_of_the_default_app_makes_it_the_owner() {
    let shop = Shop::open().await;
    shop.customer_writes("Hello").await;
    assert!(shop.reply(OUR_TOKEN, "Hi Maya").await.is_ok());
    assert_eq!(shop.owner(), Some(OURS.into()));
}

#[tokio::test]
async fn only_the_default_app_may_answer_an_idle_thread() {
    let shop = Shop::open().await;
    shop.customer_writes("Hello").await;
    assert_eq!(shop.reply(BOT_TOKEN, "Hi").await.refusal(), (10, Some(2_018_300)));
}

#[tokio::test]
async fn nobody_but_the_owner_may_write() {
    let shop = held_by_the_bot().await;
    assert_eq!(shop.reply(OUR_TOKEN, "Hi").await.refusal(), (10, Some(2_018_300)));
    assert!(shop.simulator.sends().is_empty());
    assert!(shop.reply(BOT_TOKEN, "Hi").await.is_ok());
}

#[tokio::test]
async fn taking_a_thread_tells_only_the_app_that_lost_it() {
    let shop = held_by_the_bot().await;
    assert!(shop.post(OUR_TOKEN, "take_thread_control", json!({ "metadata": "Noor" })).await.is_ok());
    assert_eq!(shop.owner(), Some(OURS.into()));
    let told = shop.bot.events("take_thread_control");
    let event = &told[0].item["take_thread_control"];
    assert_eq!(event, &json!({ "previous_owner_app_id": BOT, "new_owner_app_id": OURS, "metadata": "Noor" }));
    assert!(shop.ours.events("take_thread_control").is_empty());
}

#[tokio::test]
async fn taking_needs_the_switch_on_the_app() {
    let shop = held_by_the_bot().await;
    shop.simulator.set_take_control(&page(), &OURS.into(), false);
    let answer = shop.post(OUR_TOKEN, "take_thread_control", json!({})).await;
    assert_eq!(answer.refusal(), (27, Some(2_534_118)));
    assert_eq!(shop.owner(), Some(BOT.into()));
}

#[tokio::test]
async fn taking_needs_a_page_with_routing() {
    let shop = Shop::with(unconfigured).await;
    shop.customer_writes("Hello").await;
    let answer = shop.post(OUR_TOKEN, "take_thread_control", json!({})).await;
    assert_eq!(answer.refusal(), (27, Some(2_018_464)));
}

#[tokio::test]
async fn passing_gives_the_thread_and_tells_the_new_owner_why() {
    let shop = held_by_the_bot().await;
    let pass = json!({ "target_app_id": OURS, "metadata": "{\"subject\":\"Return\"}" });
    assert!(shop.post(BOT_TOKEN, "pass_thread_control", pass).await.is_ok());
    assert_eq!(shop.owner(), Some(OURS.into()));
    let told = shop.ours.events("pass_thread_control");
    assert_eq!(told[0].channel, "messaging");
    assert_eq!(told[0].item["pass_thread_control"]["previous_owner_app_id"], BOT);
    assert_eq!(told[0].item["pass_thread_control"]["metadata"], "{\"subject\":\"Return\"}");
    assert!(shop.bot.events("pass_thread_control").is_empty());
}

#[tokio::test]
async fn only_the_owner_may_pass_release_or_extend() {
    let shop = held_by_the_bot().await;
    let not_yours = (100, Some(2_018_151));
    let pass = shop.post(OUR_TOKEN, "pass_thread_control", json!({ "target_app_id": OURS })).await;
    assert_eq!(pass.refusal(), not_yours);
    assert_eq!(shop.post(OUR_TOKEN, "release_thread_control", json!({})).await.refusal(), not_yours);
    let extend = shop.post(OUR_TOKEN, "extend_thread_control", json!({ "duration": 3600 })).await;
    assert_eq!(extend.refusal(), not_yours);
}

#[tokio::test]
async fn a_thread_cannot_be_passed_to_a_stranger() {
    let shop = held_by_the_bot().await;
    let pass = shop.post(BOT_TOKEN, "pass_thread_control", json!({ "target_app_id": "4711" })).await;
    assert_eq!(pass.refusal(), (100, Some(2_018_164)));
}

#[tokio::test]
async fn a_release_leaves_the_thread_idle_and_tells_nobody() {
    let shop = held_by_the_bot().await;
    assert!(shop.post(BOT_TOKEN, "release_thread_control", json!({})).await.is_ok());
    assert_eq!(shop.owner(), None);
    let handovers = ["pass_thread_control", "take_thread_control", "request_thread_control"];
    assert!(
        handovers.iter().all(|kind| shop.ours.events(kind).is_empty() && shop.bot.events(kind).is_empty())
    );
}

#[tokio::test]
async fn a_request_reaches_the_owner_and_grants_nothing() {
    let shop = held_by_the_bot().await;
    assert!(shop.post(OUR_TOKEN, "request_thread_control", json!({ "metadata": "please" })).await.is_ok());
    assert_eq!(shop.owner(), Some(BOT.into()));
    let told = shop.bot.events("request_thread_control");
    assert_eq!(told[0].item["request_thread_control"]["requested_owner_app_id"], OURS);
}

#[tokio::test]
async fn owner_and_default_app_see_who_is_in_control() {
    let shop = held_by_the_bot().await;
    let question = format!("{}/thread_owner?recipient={}", page(), maya());
    let owner = shop.get(OUR_TOKEN, &question).await.body["data"][0]["thread_owner"].clone();
    assert_eq!(owner["app_id"], BOT);
    assert_eq!(owner["expiration"].as_i64().unwrap(), (T0.ms() + DAY) / 1_000);
    shop.post(OUR_TOKEN, "take_thread_control", json!({})).await;
    let for_others = shop.get(BOT_TOKEN, &question).await.body["data"][0]["thread_owner"].clone();
    assert!(for_others.get("app_id").is_none());
    assert!(for_others.get("expiration").is_some());
}

#[tokio::test]
async fn an_idle_thread_has_an_empty_owner() {
    let shop = Shop::open().await;
    shop.customer_writes("Hello").await;
    let answer = shop.get(OUR_TOKEN, &format!("{}/thread_owner?recipient={}", page(), maya())).await;
    assert_eq!(answer.body, json!({ "data": [] }));
}

#[tokio::test]
async fn control_ends_a_day_after_the_customers_last_message_whatever_we_write() {
    let shop = held_by_the_bot().await;
    shop.simulator.advance(23 * HOUR).await;
    assert!(shop.reply(BOT_TOKEN, "Still there?").await.is_ok());
    assert_eq!(shop.owner(), Some(BOT.into()));
    shop.simulator.advance(HOUR).await;
    assert_eq!(shop.owner(), None);
}

#[tokio::test]
async fn the_customers_next_message_renews_control() {
    let shop = held_by_the_bot().await;
    shop.simulator.advance(23 * HOUR).await;
    shop.customer_writes("One more thing").await;
    shop.simulator.advance(2 * HOUR).await;
    assert_eq!(shop.owner(), Some(BOT.into()));
}

#[tokio::test]
async fn control_can_be_extended_by_up_to_seven_days() {
    let shop = held_by_the_bot().await;
    let week = 7 * 24 * 60 * 60;
    assert!(shop.post(BOT_TOKEN, "extend_thread_control", json!({ "duration": week })).await.is_ok());
    shop.simulator.advance(6 * DAY).await;
    assert_eq!(shop.owner(), Some(BOT.into()));
    let too_long = shop.post(BOT_TOKEN, "extend_thread_control", json!({ "duration": week + 1 })).await;
    assert_eq!(too_long.refusal().0, 100);
}

#[tokio::test]
async fn the_page_inbox_takes_the_thread_by_answering_and_only_the_echo_says_so() {
    let shop = Shop::open().await;
    shop.customer_writes("Hello").await;
    shop.reply(OUR_TOKEN, "Hi").await;
    shop.simulator.inbox_person_writes(&page(), &maya(), "I am looking into it").await.unwrap();
    shop.simulator.quiet().await;
    assert!(shop.owner().unwrap().is_page_inbox());
    let echo = shop.ours.events("echo").pop().unwrap();
    assert_eq!(echo.channel, "standby");
    assert_eq!(echo.item["message"]["app_id"], json!(AppId::PAGE_INBOX.parse::<u64>().unwrap()));
    assert!(shop.ours.events("take_thread_control").is_empty());
    assert_eq!(shop.reply(OUR_TOKEN, "Hm").await.refusal(), (10, Some(2_018_300)));
}

#[tokio::test]
async fn without_routing_every_app_hears_and_may_answer() {
    let shop = Shop::with(unconfigured).await;
    shop.customer_writes("Hello").await;
    assert_eq!(shop.ours.channels_of("message"), ["messaging"]);
    assert_eq!(shop.bot.channels_of("message"), ["messaging"]);
    assert!(shop.reply(OUR_TOKEN, "Hi").await.is_ok());
    assert!(shop.reply(BOT_TOKEN, "Hi too").await.is_ok());
}

#[tokio::test]
async fn without_routing_an_idle_thread_goes_to_the_first_who_asks_or_passes_it_to_itself() {
    let shop = Shop::with(unconfigured).await;
    shop.customer_writes("Hello").await;
    assert!(shop.post(BOT_TOKEN, "request_thread_control", json!({})).await.is_ok());
    assert_eq!(shop.owner(), Some(BOT.into()));
    shop.post(BOT_TOKEN, "release_thread_control", json!({})).await;
    assert!(shop.post(OUR_TOKEN, "pass_thread_control", json!({ "target_app_id": OURS })).await.is_ok());
    assert_eq!(shop.owner(), Some(OURS.into()));
}

#[tokio::test]
async fn standby_reaches_only_apps_that_were_granted_it() {
    let shop = Shop::open().await;
    shop.simulator.set_standby(&page(), &BOT.into(), false);
    shop.customer_writes("Hello").await;
    assert_eq!(shop.ours.texts(), ["Hello"]);
    assert!(shop.bot.heard().is_empty());
}

#[tokio::test]
async fn a_button_tap_hides_its_payload_from_standby() {
    let shop = Shop::open().await;
    shop.simulator.customer_taps(&page(), &maya(), "Talk to a person", "PB:HUMAN").await;
    shop.simulator.quiet().await;
    assert_eq!(shop.ours.events("postback")[0].item["postback"]["payload"], "PB:HUMAN");
    let overheard = &shop.bot.events("postback")[0].item["postback"];
    assert_eq!(overheard["title"], "Talk to a person");
    assert!(overheard.get("payload").is_none());
}

#[tokio::test]
async fn reactions_and_links_are_not_overheard_and_open_the_window() {
    let shop = Shop::open().await;
    let mid = shop.simulator.customer_writes(&page(), &maya(), "Hello").await;
    shop.simulator.advance(2 * DAY).await;
    shop.simulator.customer_reacts(&page(), &maya(), &mid, "❤️").await;
    shop.simulator.customer_opens_link(&page(), &maya(), "order_4411").await;
    shop.simulator.quiet().await;
    assert_eq!(shop.ours.events("reaction")[0].item["reaction"]["reaction"], "love");
    assert_eq!(shop.ours.events("referral")[0].item["referral"]["ref"], "order_4411");
    assert!(shop.bot.events("reaction").is_empty() && shop.bot.events("referral").is_empty());
    assert!(shop.reply(OUR_TOKEN, "Welcome back").await.is_ok());
}

#[tokio::test]
async fn a_link_is_get_started_for_somebody_new() {
    let shop = Shop::open().await;
    shop.simulator.customer_opens_link(&page(), &"5550001112223".into(), "spring").await;
    shop.simulator.quiet().await;
    let postback = &shop.ours.events("postback")[0].item["postback"];
    assert_eq!(postback["referral"]["ref"], "spring");
    assert_eq!(postback["title"], "Get Started");
}
