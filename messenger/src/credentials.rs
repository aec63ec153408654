//! What proves to Meta that we may speak for a page.

use domain::{AppId, PageId};
use std::fmt;

/// A page together with everything needed to call Meta for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    pub page: PageId,
    /// The Meta app of ours that serves the page.
    pub app: AppId,
    pub access_token: Secret,
    /// The app's secret: signs our calls, and verifies Meta's.
    pub app_secret: Secret,
}

/// An app of ours with its secret, for calls about no page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppKey {
    pub app: AppId,
    pub secret: Secret,
}

impl AppKey {
    /// The token an app speaks with for itself.
    pub fn token(&self) -> Secret {
        Secret::new(format!("{}|{}", self.app, self.secret.expose()))
    }

    /// Credentials with another token. Such calls are counted by app, as if it were a page.
    pub(crate) fn with(&self, token: Secret) -> Credentials {
        Credentials {
            page: PageId(self.app.0.clone()),
            app: self.app.clone(),
            access_token: token,
            app_secret: self.secret.clone(),
        }
    }
}

/// A text that appears in no log: `Debug` prints stars, and it cannot be serialised.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the one place that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_can_be_logged_without_giving_anything_away() {
        let page = Credentials {
            page: "1".into(),
            app: "2".into(),
            access_token: "EAAG-token".into(),
            app_secret: "app-secret".into(),
        };
        let shown = format!("{page:?}");
        assert!(!shown.contains("EAAG") && !shown.contains("app-secret"), "{shown}");
    }
}
