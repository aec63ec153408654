//! What the reading calls answer.

use crate::harness::*;
use serde_json::json;

#[tokio::test]
async fn a_conversation_is_found_by_customer_and_read_newest_first() {
    let shop = Shop::open().await;
    shop.customer_writes("one").await;
    shop.customer_writes("two").await;
    shop.reply(OUR_TOKEN, "three").await;
    let found =
        shop.get(OUR_TOKEN, &format!("{}/conversations?platform=messenger&user_id={}", page(), maya())).await;
    let thread = found.body["data"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(found.body["data"][0], json!({ "id": thread }));
    let fields = "messages.limit(2){id,created_time,from,to,message}";
    let messages = shop.get(OUR_TOKEN, &format!("{thread}?fields={fields}")).await.body["messages"].clone();
    let texts: Vec<&str> =
        messages["data"].as_array().unwrap().iter().map(|row| row["message"].as_str().unwrap()).collect();
    assert_eq!(texts, ["three", "two"]);
    assert_eq!(messages["data"][0]["from"]["id"], json!(page()));
    assert_eq!(messages["data"][1]["from"]["name"], "Maya Lindqvist");
    assert_eq!(messages["data"][1]["created_time"], "2026-11-21T00:00:00+0000");
    let after = messages["paging"]["cursors"]["after"].as_str().unwrap();
    let rest = shop.get(OUR_TOKEN, &format!("{thread}/messages?fields=message&after={after}")).await.body;
    assert_eq!(rest["data"][0]["message"], "one");
    assert!(rest["paging"].get("next").is_none());
}

#[tokio::test]
async fn somebody_who_never_wrote_has_no_conversation() {
    let shop = Shop::open().await;
    let answer = shop.get(OUR_TOKEN, &format!("{}/conversations?user_id={}", page(), maya())).await;
    assert_eq!(answer.body["data"], json!([]));
}

#[tokio::test]
async fn the_list_says_whether_we_own_a_thread_and_may_reply() {
    let shop = Shop::open().await;
    shop.customer_writes("Hello").await;
    shop.reply(OUR_TOKEN, "Hi").await;
    let path = format!("{}/conversations?fields=can_reply,is_owner,snippet,message_count", page());
    let ours = shop.get(OUR_TOKEN, &path).await.body["data"][0].clone();
    assert_eq!((&ours["can_reply"], &ours["is_owner"]), (&json!(true), &json!(true)));
    assert_eq!((&ours["snippet"], &ours["message_count"]), (&json!("Hi"), &json!(2)));
    assert_eq!(shop.get(BOT_TOKEN, &path).await.body["data"][0]["is_owner"], false);
}

#[tokio::test]
async fn one_message_can_be_read_by_its_id() {
    let shop = Shop::open().await;
    let mid = shop
        .simulator
        .customer_sends_attachment(&page(), &maya(), "image", "https://cdn.example.org/a.png")
        .await;
    let answer = shop.get(OUR_TOKEN, &format!("{mid}?fields=id,message,attachments")).await.body;
    assert_eq!(answer["id"], json!(mid));
    assert_eq!(answer["attachments"]["data"][0]["image_data"]["url"], "https://cdn.example.org/a.png");
    assert_eq!(shop.get(OUR_TOKEN, "m_nothing").await.refusal(), (100, Some(33)));
}

#[tokio::test]
async fn a_profile_has_a_name_and_a_picture_that_loads() {
    let shop = Shop::open().await;
    let profile =
        shop.get(OUR_TOKEN, &format!("{}?fields=first_name,last_name,profile_pic", maya())).await.body;
    assert_eq!((&profile["first_name"], &profile["last_name"]), (&json!("Maya"), &json!("Lindqvist")));
    let picture = profile["profile_pic"].as_str().unwrap();
    assert!(picture.starts_with(&shop.base), "{picture}");
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = http.get(picture).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "image/svg+xml");
}

#[tokio::test]
async fn a_token_says_whose_it_is_and_whether_it_lives() {
    let shop = Shop::open().await;
    let app_token = format!("{OURS}|{OUR_SECRET}").replace('|', "%7C");
    let path = format!("debug_token?input_token={OUR_TOKEN}&access_token={app_token}");
    let facts = shop.get(OUR_TOKEN, &path).await.body["data"].clone();
    assert_eq!((&facts["is_valid"], &facts["app_id"]), (&json!(true), &json!(OURS)));
    assert_eq!(facts["profile_id"], json!(page()));
    shop.simulator.expire_token(&page(), &OURS.into(), true);
    let facts =
        shop.get(BOT_TOKEN, &format!("debug_token?input_token={OUR_TOKEN}")).await.body["data"].clone();
    assert_eq!((&facts["is_valid"], &facts["error"]["code"]), (&json!(false), &json!(190)));
}

#[tokio::test]
async fn the_page_tells_its_name_and_its_accounts_their_tokens() {
    let shop = Shop::open().await;
    let page_node = shop.get(OUR_TOKEN, "me?fields=name,messaging_feature_status").await.body;
    assert_eq!(page_node["name"], "Shoe Shop");
    assert_eq!(page_node["messaging_feature_status"]["hop_v2"], true);
    let accounts = shop.get(OUR_TOKEN, "me/accounts").await.body;
    assert_eq!(accounts["data"][0]["access_token"], OUR_TOKEN);
}
