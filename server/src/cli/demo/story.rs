//! What has happened when the curtain rises: threads with the bot, threads handed over, threads answered and closed.

use super::cast;
use crate::desk::Desk;
use crate::node::Node;
use app::api::{ConversationsDesk as _, ListQuery, Reply};
use domain::person::{Actor, Person};
use domain::view::{Conversation, View};
use domain::{MessageId, PageId, Psid};
use futures::stream::{self, StreamExt};
use messenger::simulator::Simulator;
use std::sync::Arc;
use std::time::Duration;

/// What customers open with.
const OPENINGS: [&str; 8] = [
    "Hi! Do you have the Fjord Runner in 39?",
    "Where is my order 48190?",
    "Hello, are the winter boots waterproof?",
    "I would like to exchange a pair that is too narrow",
    "Is your shop in Gothenburg open on Sunday?",
    "My parcel says delivered but nothing arrived 😕",
    "Do you ship to Norway?",
    "Can I still change the address of my order?",
];

/// What they say when the bot is not enough.
const WANTS_A_PERSON: [&str; 4] = [
    "Can I talk to a person please?",
    "I need a human, this is about a refund",
    "A person, please. It still says “label created”",
    "Could somebody from the team look at this? A person I mean",
];

/// What they add once the bot has passed them on.
const DETAILS: [&str; 4] = [
    "It is order 48190. The left shoe is too narrow.",
    "Size 39 in black would be perfect, if you have it",
    "The courier left it with a neighbour I do not know",
    "I paid on Monday and nothing has come by mail yet",
];

/// What the team answers.
const ANSWERS: [&str; 4] = [
    "Hi, I am taking a look right now. One moment please.",
    "Thank you for waiting! I have booked the exchange, the courier comes on Friday.",
    "Of course. I have put a pair aside for you until tomorrow at 18:00.",
    "I have asked the warehouse and will write to you as soon as I know more.",
];

/// How long the stage may take to settle.
const PATIENCE: Duration = Duration::from_secs(60);

/// Plays the opening. A line that goes wrong is left out; the demo starts anyway.
pub async fn play(node: &Arc<Node>, simulator: &Simulator, team: &[Person], psids: &[Psid], picture: &str) {
    let page = PageId::from(cast::PAGE);
    let writing = psids.iter().enumerate();
    stream::iter(writing).for_each_concurrent(16, |(n, psid)| open(simulator, &page, psid, n)).await;
    calm(simulator).await;
    let asking = psids.iter().enumerate().filter(|(n, _)| n % 3 != 2);
    stream::iter(asking)
        .for_each_concurrent(16, |(n, psid)| async move {
            simulator
                .customer_writes(&PageId::from(cast::PAGE), psid, WANTS_A_PERSON[n % WANTS_A_PERSON.len()])
                .await;
        })
        .await;
    calm(simulator).await;
    let adding = psids.iter().enumerate().filter(|(n, _)| n % 3 == 1);
    stream::iter(adding).for_each_concurrent(16, |(n, psid)| add(simulator, &page, psid, n)).await;
    for psid in psids.iter().skip(1).step_by(6) {
        simulator.customer_sends_attachment(&page, psid, "image", picture).await;
    }
    calm(simulator).await;
    applied(node).await;
    let desk = Desk::new(node.clone());
    if let Some(actor) = team.first().cloned().map(Actor::Person) {
        let query = ListQuery { limit: 200, ..ListQuery::of(View::All) };
        let listed = desk.list(&actor, query).await.map(|listing| listing.items).unwrap_or_default();
        for (n, conversation) in listed.into_iter().filter(|one| one.unread).enumerate() {
            // What cannot be answered stays unanswered.
            let _ = answer(node, &desk, team, n, &conversation).await;
        }
    }
    calm(simulator).await;
}

async fn open(simulator: &Simulator, page: &PageId, psid: &Psid, n: usize) {
    simulator.customer_writes(page, psid, OPENINGS[n % OPENINGS.len()]).await;
}

async fn add(simulator: &Simulator, page: &PageId, psid: &Psid, n: usize) {
    simulator.customer_writes(page, psid, DETAILS[n / 3 % DETAILS.len()]).await;
}

/// Every other handed-over thread was answered; some wait for the customer, one is done.
async fn answer(
    node: &Node,
    desk: &Desk,
    team: &[Person],
    n: usize,
    conversation: &Conversation,
) -> Result<(), app::api::Failure> {
    // Every other one is somebody's, and everybody on the team has some.
    let person = &team[n / 2 % team.len()];
    let actor = Actor::Person(person.clone());
    if n.is_multiple_of(2) {
        desk.assign(&actor, conversation.id, Some(person.id), None).await?;
    }
    if n.is_multiple_of(4) {
        let id = MessageId(node.clock.id());
        let reply = Reply::of(id, ANSWERS[n / 4 % ANSWERS.len()]);
        desk.reply(&actor, conversation.id, reply).await?;
    }
    if n % 7 == 3 {
        desk.close(&actor, conversation.id).await?;
    }
    Ok(())
}

/// Waits until everybody has said what they had to say.
async fn calm(simulator: &Simulator) {
    // A bot that never falls silent must not keep the demo from starting.
    let _ = tokio::time::timeout(PATIENCE, simulator.quiet()).await;
}

/// Resolves when every webhook that was stored is applied.
async fn applied(node: &Node) {
    for _ in 0..600 {
        let waiting = async { store::inbound::waiting(&mut node.db.snapshot().await?).await }.await;
        if waiting.is_ok_and(|waiting| waiting == 0) {
            return;
        }
        crate::clock::pause(Duration::from_millis(50)).await;
    }
}
