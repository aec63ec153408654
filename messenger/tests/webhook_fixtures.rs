//! Every recorded webhook reads to what the index of the recordings says about it.

use domain::conversation::content::{CHOICES, LEAD_FORM, REFERRAL};
use domain::conversation::evidence::Channel;
use domain::conversation::message::Attachment;
use domain::{AppId, Mid, PageId, Psid, Timestamp};
use messenger::event::{self, Event, Inbound, PolicyAction};
use serde_json::Value;
use std::path::Path;

const PAGE: &str = "102034567890123";
const MAYA: &str = "7204415592310846";

fn raw(name: &str) -> Vec<u8> {
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/webhook").join(format!("{name}.json"));
    std::fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn all(name: &str) -> Vec<Inbound> {
    let items = event::read(&raw(name)).expect("a webhook body").items;
    items.into_iter().map(|item| item.unwrap_or_else(|parked| panic!("{name}: {parked:?}"))).collect()
}

fn one(name: &str) -> Inbound {
    let mut items = all(name);
    assert_eq!(items.len(), 1, "{name}");
    items.remove(0)
}

fn index() -> Value {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/index.json");
    serde_json::from_slice(&std::fs::read(file).expect("the index")).expect("JSON")
}

/// Whether Meta sent it as an attachment; the other pieces tell how a message came about.
fn is_metas(attachment: &Attachment) -> bool {
    ![CHOICES, LEAD_FORM, REFERRAL].contains(&attachment.kind.as_str())
}

/// The index's word for an event.
fn kind(event: &Event) -> &'static str {
    match event {
        Event::Message { unsupported: true, .. } => "message.unsupported",
        Event::Message { quick_reply: Some(_), .. } => "message.quick_reply",
        Event::Message { reply_to: Some(_), .. } => "message.reply",
        Event::Message { attachments, .. } if attachments.iter().any(is_metas) => "message.attachment",
        Event::Message { .. } => "message",
        Event::Deleted { .. } => "message.deleted",
        Event::Echo { .. } => "echo",
        Event::Edit { .. } => "edit",
        Event::Reaction { .. } => "reaction",
        Event::Postback { .. } => "postback",
        Event::Delivery { .. } => "delivery",
        Event::Read { .. } => "read",
        Event::Referral(_) => "referral",
        Event::Optin(optin) => match optin.kind.as_deref() {
            None => "optin",
            Some("one_time_notif_req") => "optin.one_time",
            Some(_) => "optin.notification",
        },
        Event::Passed { .. } => "thread.pass",
        Event::Taken { .. } => "thread.take",
        Event::Requested { .. } => "thread.request",
        Event::AppRoles => "thread.app_roles",
        Event::AccountLinking { .. } => "account_linking",
        Event::Policy { .. } => "policy",
        Event::Feedback { .. } => "feedback",
        Event::Thumb { .. } => "response_feedback",
        Event::Order { .. } => "order",
        Event::LabelChanged { .. } => "inbox_labels",
        Event::Other { kind } if kind == "template" => "template_event",
        Event::Other { kind } if kind == "messaging_customer_information" => "customer_information",
        Event::Other { .. } => "other",
    }
}

fn expected_kind(of: &Inbound, indexed: &str) -> String {
    match (indexed, &of.user_ref) {
        ("optin.plugin", None) => "optin".to_owned(),
        ("optin.user_ref", Some(_)) => "optin".to_owned(),
        (indexed, _) => indexed.to_owned(),
    }
}

#[test]
fn every_recording_reads_to_the_kind_channel_and_window_of_the_index() {
    let index = index();
    let fixtures = index["fixtures"].as_object().expect("fixtures");
    let mut seen = 0;
    for (path, about) in fixtures {
        let Some(name) = path.strip_prefix("webhook/") else {
            continue;
        };
        seen += 1;
        let (indexed, channel) = (about["kind"].as_str().expect("a kind"), about["channel"].as_str());
        if matches!(indexed, "batch" | "ignored") {
            continue;
        }
        let item = one(name);
        assert_eq!(kind(&item.event), expected_kind(&item, indexed), "{name}");
        let standby = if item.channel == Channel::Standby { "standby" } else { "messaging" };
        assert_eq!(standby, channel.expect("a channel").replace("changes", "messaging"), "{name}");
        let opens = about["opens_standard_window"].as_bool().unwrap_or(false);
        assert_eq!(item.event.opens_window(), opens, "{name}");
        let echo = matches!(item.event, Event::Echo { .. });
        assert_eq!(echo, about["direction"] == "out", "{name}");
    }
    assert_eq!(seen, 85);
}

#[test]
fn everything_about_a_customer_names_the_customer() {
    let without =
        ["policy-block", "policy-unblock", "policy-warning", "handover-app-roles-legacy", "optin-checkbox"];
    for path in index()["fixtures"].as_object().expect("fixtures").keys() {
        let Some(name) = path.strip_prefix("webhook/") else {
            continue;
        };
        for item in all(name) {
            assert_eq!(item.psid.is_none(), without.contains(&name), "{name}");
            assert_ne!(item.psid, Some(Psid::from(PAGE)), "{name}");
            assert!(
                item.at.ms() > 1_795_000_000_000 && item.at.ms() < 1_796_000_000_000,
                "{name}: {:?}",
                item.at
            );
        }
    }
}

#[test]
fn two_recordings_are_the_same_event_only_where_meta_delivered_it_twice() {
    let mut keys = std::collections::HashMap::new();
    for path in index()["fixtures"].as_object().expect("fixtures").keys() {
        let Some(name) = path.strip_prefix("webhook/") else {
            continue;
        };
        for item in all(name) {
            if let Some(other) = keys.insert((item.page.clone(), item.key.clone()), name.to_owned()) {
                assert_eq!(
                    (other.as_str(), name),
                    ("duplicate-first", "duplicate-redelivery"),
                    "{}",
                    item.key
                );
            }
        }
    }
    assert_eq!(one("duplicate-first").key, one("duplicate-redelivery").key);
}

#[test]
fn a_message_has_its_text_time_and_id() {
    let item = one("message-text-unicode");
    assert_eq!(item.page, PageId::from(PAGE));
    assert_eq!(item.psid, Some(Psid::from(MAYA)));
    assert_eq!(item.at, Timestamp(1_795_219_201_500));
    let Event::Message { text, mid, synthetic, .. } = item.event else { panic!("a message") };
    assert_eq!(text.as_deref(), Some("Größe 42 bitte – danke! 🧦 ¡gracias!"));
    assert!(mid.as_str().starts_with("m_26vZ") && !synthetic);
}

#[test]
fn a_lead_summary_is_synthetic_and_its_time_comes_in_seconds() {
    let Inbound { at, event: Event::Message { synthetic: true, .. }, .. } = one("message-lead-summary")
    else {
        panic!("a synthetic message")
    };
    assert_eq!(at.ms() % 1_000, 0);
}

#[test]
fn the_first_reply_after_a_checkbox_tells_who_ticked_it() {
    let item = one("message-prior-checkbox");
    assert_eq!(item.psid, Some(Psid::from(MAYA)));
    assert_eq!(item.user_ref, one("optin-checkbox").user_ref);
}

#[test]
fn an_echo_names_its_app_however_the_id_is_written() {
    let app = |name: &str| match one(name).event {
        Event::Echo { app, .. } => app,
        event => panic!("{event:?}"),
    };
    assert_eq!(app("echo-own-app"), Some(AppId::from("845120937761204")));
    assert_eq!(app("echo-app-id-string"), Some(AppId::from("611203984417755")));
    assert!(app("echo-page-inbox").expect("an app").is_page_inbox());
}

#[test]
fn our_own_echo_carries_our_metadata() {
    let Event::Echo { metadata, .. } = one("echo-own-app").event else { panic!("an echo") };
    assert_eq!(metadata.as_deref(), Some("sb1:0192f6d0-7c1e-7b1a-9a44-5b1f0c2e9d11"));
}

#[test]
fn the_bots_message_on_standby_is_an_echo_to_the_customer() {
    let item = one("standby-echo-bot");
    assert_eq!((item.channel, item.psid), (Channel::Standby, Some(Psid::from(MAYA))));
}

#[test]
fn control_moves_with_both_owners_and_the_reason() {
    let Event::Passed { from, to, metadata } = one("handover-pass-to-us").event else { panic!("a pass") };
    assert_eq!(from, Some(AppId::from("611203984417755")));
    assert_eq!(to, Some(AppId::from("845120937761204")));
    assert!(metadata.expect("metadata").contains("customer asked for a person"));
    let Event::Passed { from: None, metadata: None, .. } = one("handover-pass-from-idle").event else {
        panic!("a pass of a thread nobody had")
    };
    let Event::Requested { by, .. } = one("handover-request").event else { panic!("a request") };
    assert_eq!(by, Some(AppId::from("611203984417755")));
}

#[test]
fn receipts_without_a_time_get_the_bodys() {
    let item = one("delivery");
    let Event::Delivery { mids, watermark } = item.event else { panic!("a delivery") };
    assert_eq!(watermark, Timestamp(1_795_219_207_000));
    assert!(mids[0].as_str().starts_with("m_Nr4c"));
}

#[test]
fn a_block_of_the_page_comes_with_its_reason() {
    let Event::Policy { action: PolicyAction::Block, reason: Some(reason) } = one("policy-block").event
    else {
        panic!("a block")
    };
    assert!(reason.starts_with("Messaging limited"));
    assert_eq!(one("policy-unblock").event, Event::Policy { action: PolicyAction::Unblock, reason: None });
}

#[test]
fn a_mixed_body_gives_all_items_of_all_pages_and_channels() {
    let items = all("batch-mixed");
    let pages: Vec<&str> = items.iter().map(|item| item.page.as_str()).collect();
    assert_eq!(pages, [PAGE, PAGE, PAGE, "118877665544332", PAGE]);
    assert_eq!(items.iter().filter(|item| item.channel == Channel::Standby).count(), 1);
    assert_eq!(items[4].event, Event::LabelChanged { label: Some("VIP".to_owned()), added: true });
}

#[test]
fn instagrams_messages_are_not_ours_to_read() {
    assert_eq!(event::read(&raw("object-instagram")).expect("a body").items, []);
}

#[test]
fn a_quoted_message_is_named() {
    let Event::Message { reply_to, .. } = one("message-reply-to").event else { panic!("a message") };
    let Event::Echo { mid, .. } = one("echo-own-app").event else { panic!("an echo") };
    assert_eq!(reply_to, Some(Mid::from(mid.as_str())));
}

#[test]
fn a_button_on_standby_has_a_title_and_no_payload() {
    let Event::Postback { title, payload: None, .. } = one("standby-postback").event else {
        panic!("a postback")
    };
    assert_eq!(title.as_deref(), Some("Cancel order"));
}

#[test]
fn a_feedback_has_its_score_and_comment() {
    let expected = Event::Feedback {
        question: Some("csat_case_4411".to_owned()),
        score: Some("5".to_owned()),
        comment: Some("Quick and kind.".to_owned()),
    };
    assert_eq!(one("feedback-csat").event, expected);
}
