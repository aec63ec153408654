//! Webhooks as Meta sends them: one new message of one of a thousand customers each.

use messenger::signature;
use std::time::{SystemTime, UNIX_EPOCH};

/// The page that is written to.
pub const PAGE: &str = "102034567890123";
/// The app whose secret signs.
pub const APP: &str = "845120937761204";
/// What webhooks are signed with.
pub const SECRET: &str = "3f9c1d7be0a24c58b6e1f0927d4a8c35";
/// How many customers write in turn, where nothing else is said.
pub const CUSTOMERS: u64 = 1_000;
/// Stands before an event's number in its text, and so in every live frame about it.
pub const MARK: &str = "bench#";
/// How many digits follow [`MARK`].
pub const DIGITS: usize = 9;

/// A signed webhook.
pub struct Webhook {
    pub body: String,
    pub signature: String,
}

/// The webhook with this number, of one of so many customers. Numbers of one `run` never repeat a message id.
pub fn webhook(run: &str, number: u64, customers: u64) -> Webhook {
    let at = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
    let customer = 7_400_000_000_000_000 + number % customers;
    let body = format!(
        r#"{{"object":"page","entry":[{{"id":"{PAGE}","time":{at},"messaging":[{{"sender":{{"id":"{customer}"}},"recipient":{{"id":"{PAGE}"}},"timestamp":{at},"message":{{"mid":"m_{run}AoPx9uKqZ3vY7cW2eRtB5nM8sD4fG6hJ{number:020}","text":"{MARK}{number:09}: is my order on its way? It was promised for Tuesday."}}}}]}}]}}"#
    );
    let signature = signature::sign(SECRET, body.as_bytes());
    Webhook { body, signature }
}

/// The number of the event a text is about.
pub fn number_in(text: &[u8], finder: &memchr::memmem::Finder<'_>) -> Option<usize> {
    let start = finder.find(text)? + MARK.len();
    let digits = text.get(start..start + DIGITS)?;
    std::str::from_utf8(digits).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_webhook_is_signed_and_names_its_number() {
        let webhook = webhook("r", 1_234, CUSTOMERS);
        let header = Some(webhook.signature.as_str());
        assert!(signature::verify(SECRET, webhook.body.as_bytes(), header).is_ok());
        let finder = memchr::memmem::Finder::new(MARK);
        assert_eq!(number_in(webhook.body.as_bytes(), &finder), Some(1_234));
        let body: serde_json::Value = serde_json::from_str(&webhook.body).expect("JSON");
        assert_eq!(body["entry"][0]["messaging"][0]["sender"]["id"], "7400000000000234");
    }
}
