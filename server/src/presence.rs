//! Who is looking at which conversation right now. Kept in memory and over by itself: a browser that says nothing for
//! ten seconds is gone. Nodes tell each other; nothing of it is in the database or in the numbered log.

use crate::node::Node;
use domain::view::Colleague;
use domain::{ConversationId, PersonId, SECOND, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use store::presence::{Listener, tell};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// How long somebody counts as here after a sign of life, in milliseconds. Browsers say it every four seconds.
pub const STAYS: i64 = 10 * SECOND;
/// Another try to hear other nodes.
const AGAIN: Duration = Duration::from_secs(2);

/// A sign of life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sign {
    pub conversation: ConversationId,
    pub person: PersonId,
    pub name: String,
    pub typing: bool,
    /// They closed the conversation.
    pub left: bool,
}

/// A sign as nodes tell it to each other. A node hears itself too, and late: what it heard of itself would bring back
/// somebody who has left since.
#[derive(Debug, Serialize, Deserialize)]
struct Told {
    from: Uuid,
    sign: Sign,
}

/// Who is here, as this node knows it.
#[derive(Debug)]
pub struct Presence {
    /// By what this node knows its own words.
    node: Uuid,
    here: Mutex<HashMap<ConversationId, Vec<(Colleague, Timestamp)>>>,
}

impl Presence {
    /// Nobody is here yet. `node`: an id no other node has.
    pub fn new(node: Uuid) -> Self {
        Self { node, here: Mutex::default() }
    }

    /// Takes in a sign of life.
    pub fn note(&self, sign: Sign, now: Timestamp) {
        let mut here = self.here.lock().expect("no code panics while it holds who is here");
        here.retain(|_, people| {
            people.retain(|(_, until)| *until > now);
            !people.is_empty()
        });
        let people = here.entry(sign.conversation).or_default();
        people.retain(|(colleague, _)| colleague.id != sign.person);
        if !sign.left {
            let colleague = Colleague { id: sign.person, name: sign.name, typing: sign.typing };
            people.push((colleague, now + STAYS));
        }
    }

    /// Who else is at a conversation, by name.
    pub fn others(&self, conversation: ConversationId, me: PersonId, now: Timestamp) -> Vec<Colleague> {
        let here = self.here.lock().expect("no code panics while it holds who is here");
        let people = here.get(&conversation).map(Vec::as_slice).unwrap_or_default();
        let others = people.iter().filter(|(colleague, until)| colleague.id != me && *until > now);
        let mut others: Vec<Colleague> = others.map(|(colleague, _)| colleague.clone()).collect();
        others.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        others
    }
}

/// Takes in a sign here and tells the other nodes.
pub async fn note(node: &Node, sign: Sign) {
    let told = serde_json::to_string(&Told { from: node.presence.node, sign: sign.clone() });
    node.presence.note(sign, node.clock.now());
    if let Ok(told) = told
        && let Err(error) = tell(&node.db, &told).await
    {
        // The next sign comes in four seconds.
        tracing::debug!(error = &error as &dyn std::error::Error, "other nodes were not told who is looking");
    }
}

/// Listens to the other nodes until told to stop.
pub async fn follow(node: Arc<Node>, stop: CancellationToken) {
    if node.db.is_sqlite() {
        return;
    }
    while !stop.is_cancelled() {
        tokio::select! {
            () = listen(&node) => {}
            () = stop.cancelled() => {}
        }
        crate::clock::pause(AGAIN).await;
    }
}

/// Returns when the line breaks.
async fn listen(node: &Node) {
    let Ok(mut listener) = Listener::start(&node.db).await else { return };
    while let Ok(told) = listener.next().await {
        match serde_json::from_str::<Told>(&told) {
            Ok(told) if told.from != node.presence.node => node.presence.note(told.sign, node.clock.now()),
            Ok(_) | Err(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const T0: Timestamp = Timestamp(1_795_219_200_000);

    fn sign(person: u128, typing: bool, left: bool) -> Sign {
        let (conversation, person) = (ConversationId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(person)));
        Sign { conversation, person, name: format!("P{}", person.0.as_u128()), typing, left }
    }

    #[test]
    fn somebody_is_here_until_they_leave_or_fall_silent() {
        let presence = Presence::new(Uuid::nil());
        let (thread, me) = (ConversationId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(9)));
        let names =
            |now| presence.others(thread, me, now).into_iter().map(|one| one.name).collect::<Vec<_>>();
        presence.note(sign(9, false, false), T0);
        presence.note(sign(2, true, false), T0);
        presence.note(sign(1, false, false), T0 + 4 * SECOND);
        assert_eq!(names(T0 + 5 * SECOND), ["P1", "P2"]);
        assert_eq!(names(T0 + STAYS), ["P1"], "silent for ten seconds");
        presence.note(sign(1, false, true), T0 + 6 * SECOND);
        assert!(names(T0 + 6 * SECOND).iter().all(|name| name != "P1"));
    }
}
