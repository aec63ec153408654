//! `bench meta`: a Meta that only counts. It takes every message at once, knows everybody as Maya, and says that nobody
//! has a thread before we wrote there, and that we have it afterwards.
//!
//! It prints its address. Then each line on standard input is a number of messages to wait for, counted from the last
//! answer on; it answers with [`Taken`].

use super::event::APP;
use anyhow::{Context, Result};
use axum::Router;
use axum::body::Bytes;
use axum::http::{Method, Uri};
use axum::routing::any;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::sync::watch;

/// What Meta took.
#[derive(Debug, Serialize, Deserialize)]
pub struct Taken {
    pub messages: usize,
    /// Of those: how many a customer got again.
    pub again: usize,
}

/// How long nothing may come before waiting is given up.
const PATIENCE: Duration = Duration::from_secs(20);
/// After the last message it expects: how long it looks for one too many.
const REST: Duration = Duration::from_millis(300);

/// How often each customer was written to.
type Letters = Arc<Mutex<HashMap<String, usize>>>;

/// Answers until standard input ends.
pub fn run() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(count())
}

async fn count() -> Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    say(&listener.local_addr()?.to_string())?;
    let (letters, total) = (Letters::default(), watch::Sender::new(0_usize));
    let (taking, telling) = (letters.clone(), total.clone());
    let answer = move |method: Method, uri: Uri, body: Bytes| {
        let (letters, total) = (taking.clone(), telling.clone());
        async move {
            match recipient(&body).filter(|_| method == Method::POST) {
                Some(recipient) => take(&letters, &total, recipient),
                None if uri.path().ends_with("/thread_owner") => owner(&letters, &uri),
                None => r#"{"first_name":"Maya","last_name":"Lindqvist","id":"1"}"#.to_owned(),
            }
        }
    };
    let serving = axum::serve(listener, Router::new().fallback(any(answer)));
    let answering = tokio::spawn(serving.into_future());
    let mut orders = BufReader::new(tokio::io::stdin()).lines();
    while let Some(order) = orders.next_line().await? {
        wait_for(order.parse().context("how many messages to wait for")?, &total).await;
        // The first line is when the last of them came; the second, whether one too many did.
        say("there")?;
        tokio::time::sleep(REST).await;
        let letters = std::mem::take(&mut *letters.lock().unwrap_or_else(PoisonError::into_inner));
        total.send_replace(0);
        let messages: usize = letters.values().sum();
        say(&serde_json::to_string(&Taken { messages, again: messages - letters.len() })?)?;
    }
    answering.abort();
    Ok(())
}

fn take(letters: &Letters, total: &watch::Sender<usize>, recipient: String) -> String {
    let mut number = 0;
    total.send_modify(|count| {
        *count += 1;
        number = *count;
    });
    let answer = format!(r#"{{"recipient_id":"{recipient}","message_id":"m_{recipient}_{number}"}}"#);
    *letters.lock().unwrap_or_else(PoisonError::into_inner).entry(recipient).or_default() += 1;
    answer
}

fn owner(letters: &Letters, uri: &Uri) -> String {
    let asked = uri.query().unwrap_or_default().split('&').find_map(|part| part.strip_prefix("recipient="));
    let letters = letters.lock().unwrap_or_else(PoisonError::into_inner);
    match asked.is_some_and(|psid| letters.contains_key(psid)) {
        true => format!(r#"{{"data":[{{"thread_owner":{{"app_id":"{APP}"}}}}]}}"#),
        false => r#"{"data":[]}"#.to_owned(),
    }
}

/// Resolves when there are so many, or when nothing has come for a long time.
async fn wait_for(messages: usize, total: &watch::Sender<usize>) {
    let mut seen = total.subscribe();
    while *seen.borrow_and_update() < messages {
        if tokio::time::timeout(PATIENCE, seen.changed()).await.is_err() {
            return;
        }
    }
}

fn recipient(body: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Send {
        recipient: Recipient,
    }
    #[derive(Deserialize)]
    struct Recipient {
        id: String,
    }
    serde_json::from_slice::<Send>(body).ok().map(|send| send.recipient.id)
}

fn say(line: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_known_by_whom_it_goes_to() {
        let body = br#"{"recipient":{"id":"77"},"messaging_type":"RESPONSE","message":{"text":"Hi"}}"#;
        assert_eq!(recipient(body).as_deref(), Some("77"));
        assert_eq!(recipient(br#"{"sender_action":"typing_on"}"#), None);
    }

    #[test]
    fn who_is_written_to_twice_is_counted() {
        let (letters, total) = (Letters::default(), watch::Sender::new(0));
        for recipient in ["1", "2", "1"] {
            take(&letters, &total, recipient.into());
        }
        assert_eq!(*total.borrow(), 3);
        assert_eq!(letters.lock().expect("nobody panicked")["1"], 2);
    }
}
