//! Our own Graph client against the simulated Messenger: both sides mean the same.

use crate::harness::*;
use domain::conversation::evidence::Answer as Owner;
use domain::conversation::window::Label;
use domain::{DAY, MessageId};
use messenger::outgoing::{Action, Content, Metadata, Send, Text, ThreadControl};
use messenger::simulator::{Call, Fault};
use messenger::{Credentials, Graph, Messenger, Secret, Verdict};
use std::time::Duration;
use uuid::Uuid;

fn credentials() -> Credentials {
    Credentials {
        page: page(),
        app: OURS.into(),
        access_token: Secret::new(OUR_TOKEN),
        app_secret: Secret::new(OUR_SECRET),
    }
}

fn client(shop: &Shop) -> Graph {
    Graph::with_timeout(&format!("{}/v26.0", shop.base), Duration::from_millis(500)).unwrap()
}

fn reply(label: Label, then: Option<ThreadControl>) -> Send {
    let metadata = Metadata::of(MessageId(Uuid::from_u128(7)));
    Send {
        recipient: maya(),
        content: Content::Text(Text::new("Hi Maya").unwrap()),
        label,
        metadata,
        reply_to: None,
        then,
    }
}

#[tokio::test]
async fn a_conversation_with_a_bot_is_taken_answered_and_given_back() {
    let shop = Shop::with_sales_bot().await;
    let (graph, page) = (client(&shop), credentials());
    shop.customer_writes("Where is my order?").await;
    assert_eq!(graph.owner(&page, &maya()).await.unwrap().answer, Owner::Other(BOT.into()));
    let refused = graph.send(&page, &reply(Label::Response, None)).await.unwrap_err();
    assert_eq!(refused.kind, Verdict::NotOwner);
    graph.take(&page, &maya(), Some("Noor")).await.unwrap();
    let owner = graph.owner(&page, &maya()).await.unwrap();
    assert_eq!((owner.answer, owner.expires_at.is_some()), (Owner::Ours, true));
    graph.act(&page, &maya(), Action::TypingOn).await.unwrap();
    let sent = graph.send(&page, &reply(Label::Response, Some(ThreadControl::Release))).await.unwrap();
    assert_eq!(graph.owner(&page, &maya()).await.unwrap().answer, Owner::Idle);
    let history = graph.history(&page, &maya(), 3).await.unwrap();
    assert_eq!((&history[0].mid, history[0].from_page), (&sent.mid, true));
    assert_eq!(history.len(), 3);
    assert_eq!(shop.simulator.accepted_by_metadata().len(), 1);
}

#[tokio::test]
async fn a_closed_window_is_understood() {
    let shop = Shop::open().await;
    let (graph, page) = (client(&shop), credentials());
    shop.customer_writes("Hello").await;
    shop.simulator.advance(2 * DAY).await;
    assert_eq!(
        graph.send(&page, &reply(Label::Response, None)).await.unwrap_err().kind,
        Verdict::WindowClosed
    );
    graph.send(&page, &reply(Label::HumanAgent, None)).await.expect("a person may still answer");
}

#[tokio::test]
async fn the_switch_that_is_off_is_an_administrators_matter() {
    let shop = Shop::with_sales_bot().await;
    shop.customer_writes("Hello").await;
    shop.simulator.set_take_control(&page(), &OURS.into(), false);
    let refused = client(&shop).take(&credentials(), &maya(), None).await.unwrap_err();
    assert_eq!((refused.code, refused.subcode, refused.kind), (27, Some(2_534_118), Verdict::Admin));
}

#[tokio::test]
async fn lost_answers_are_never_taken_for_refusals() {
    let lost = [
        Fault::AcceptThenDrop,
        Fault::AcceptThenHang,
        Fault::AcceptThenHttp { status: 500 },
        Fault::Truncated,
        Fault::NoMessageId,
    ];
    for fault in lost {
        let shop = Shop::open().await;
        shop.customer_writes("Hello").await;
        shop.simulator.faults().next(Call::Send, 1, fault.clone());
        let error = client(&shop).send(&credentials(), &reply(Label::Response, None)).await.unwrap_err();
        assert_eq!(error.kind, Verdict::OutcomeUnknown, "{fault:?}");
        assert_eq!(shop.simulator.sends().len(), 1, "{fault:?}");
    }
}

#[tokio::test]
async fn profile_subscriptions_and_token_are_read() {
    let shop = Shop::open().await;
    let (graph, page) = (client(&shop), credentials());
    let profile = graph.profile(&page, &maya()).await.unwrap();
    assert_eq!(profile.name.as_deref(), Some("Maya Lindqvist"));
    graph.subscribe(&page, messenger::FIELDS).await.unwrap();
    let subscriptions = graph.subscriptions(&page).await.unwrap();
    let ours = subscriptions.iter().find(|each| each.app == page.app).unwrap();
    assert_eq!(ours.fields, messenger::FIELDS);
    let token = graph.debug_token(&page).await.unwrap();
    assert_eq!((token.valid, token.app), (true, Some(OURS.into())));
}

#[tokio::test]
async fn the_most_recent_conversations_are_listed_with_their_customers() {
    let shop = Shop::open().await;
    let (graph, page) = (client(&shop), credentials());
    assert_eq!(graph.recent(&page, 25).await.unwrap(), []);
    shop.customer_writes("Hello").await;
    shop.simulator.customer_writes(&page.page, &"6988120347715502".into(), "Hi").await;
    shop.simulator.quiet().await;
    let listed = graph.recent(&page, 25).await.unwrap();
    let customers: Vec<_> = listed.iter().map(|glimpse| glimpse.psid.as_str()).collect();
    assert_eq!(customers.len(), 2);
    assert!(customers.contains(&maya().as_str()));
    assert!(listed.iter().all(|glimpse| (glimpse.updated_at - T0).abs() < 60_000));
    assert_eq!(graph.recent(&page, 1).await.unwrap().len(), 1);
}
