//! When somebody was here last: written at most once a minute for each session and token, so that reading stays
//! reading.

use super::Edge;
use domain::{MINUTE, PersonId, Timestamp};
use std::collections::HashMap;
use std::sync::Mutex;
use store::{people, sessions, tokens};

/// How seldom it is written, in milliseconds.
const SELDOM: i64 = MINUTE;
/// More keys than this are tidied up at once.
const MOST_KEYS: usize = 10_000;

/// When each session and token was written down last, on this node.
#[derive(Default)]
pub struct Traces {
    written: Mutex<HashMap<String, Timestamp>>,
}

impl Traces {
    /// Whether it is time to write this one down; if so, it counts as written.
    fn due(&self, key: &str, now: Timestamp) -> bool {
        let mut written = self.written.lock().expect("no code panics while it holds the traces");
        if written.get(key).is_some_and(|at| now - *at < SELDOM) {
            return false;
        }
        if written.len() > MOST_KEYS {
            written.retain(|_, at| now - *at < SELDOM);
        }
        written.insert(key.to_owned(), now);
        true
    }
}

/// Notes that a person is here. It is written beside the request, which does not wait for it.
pub fn person(edge: &Edge, session: String, person: PersonId, address: Option<String>) {
    let now = edge.node.clock.now();
    if !edge.traces.due(&session, now) {
        return;
    }
    let node = edge.node.clone();
    tokio::spawn(async move {
        let noted = async {
            let mut tx = node.db.begin().await?;
            sessions::seen(&mut tx, &session, address.as_deref(), now).await?;
            people::seen(&mut tx, person, now).await?;
            tx.commit().await
        };
        forgive(noted.await);
    });
}

/// Notes that a token was used.
pub fn token(edge: &Edge, hash: String) {
    let now = edge.node.clock.now();
    if !edge.traces.due(&hash, now) {
        return;
    }
    let node = edge.node.clone();
    tokio::spawn(async move {
        let noted = async {
            let mut tx = node.db.begin().await?;
            tokens::used(&mut tx, &hash, now).await?;
            tx.commit().await
        };
        forgive(noted.await);
    });
}

fn forgive(noted: store::Result<()>) {
    if let Err(error) = noted {
        tracing::debug!(error = &error as &dyn std::error::Error, "it was not noted who was here");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trace_is_written_once_a_minute() {
        let traces = Traces::default();
        assert!(traces.due("a", Timestamp(0)));
        assert!(!traces.due("a", Timestamp(MINUTE - 1)));
        assert!(traces.due("b", Timestamp(1)));
        assert!(traces.due("a", Timestamp(MINUTE)));
    }
}
