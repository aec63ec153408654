//! App secrets, unsealed and kept for a moment: a flood of webhooks is not a flood of questions to the database.

use domain::{AppId, SECOND, Timestamp};
use messenger::Secret;
use std::collections::HashMap;
use std::sync::RwLock;

/// How long a secret that was replaced may still count, in milliseconds. The first webhook signed with the new one
/// ends it at once.
const KEPT: i64 = 10 * SECOND;

/// The secrets that webhooks were signed with lately.
#[derive(Default)]
pub struct Secrets {
    known: RwLock<HashMap<AppId, (Secret, Timestamp)>>,
}

impl Secrets {
    /// The secret of an app, if it was read from the database lately.
    pub fn get(&self, app: &AppId, now: Timestamp) -> Option<Secret> {
        let known = self.known.read().expect("no code panics while it holds the secrets");
        known.get(app).filter(|(_, read)| now - *read < KEPT).map(|(secret, _)| secret.clone())
    }

    /// Keeps the secret of an app that exists, just read from the database.
    pub fn keep(&self, app: AppId, secret: Secret, now: Timestamp) {
        let mut known = self.known.write().expect("no code panics while it holds the secrets");
        known.insert(app, (secret, now));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_forgotten_after_ten_seconds() {
        let secrets = Secrets::default();
        secrets.keep("1".into(), Secret::new("old"), Timestamp(0));
        assert_eq!(secrets.get(&"1".into(), Timestamp(9_999)), Some(Secret::new("old")));
        assert_eq!(secrets.get(&"1".into(), Timestamp(10_000)), None);
        assert_eq!(secrets.get(&"2".into(), Timestamp(0)), None);
    }
}
