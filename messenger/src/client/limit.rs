//! Meta's limits, kept page by page, so that a busy page costs the others nothing.

use super::call::{Call, Class};
use crate::credentials::Credentials;
use crate::error::{Error, Verdict};
use domain::PageId;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use reqwest::Client;
use serde_json::Value;
use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// Messages, actions and questions per second and page (Meta: 300 sends).
const SENDS: NonZeroU32 = NonZeroU32::new(300).expect("not zero");
/// Calls of the Conversations API per second and page.
const CONVERSATIONS: NonZeroU32 = NonZeroU32::new(2).expect("not zero");

/// One limit for each page.
#[derive(Debug, Default)]
pub struct Limits {
    pages: Mutex<HashMap<PageId, Arc<Limit>>>,
}

/// What one page may do, and until when it must do nothing.
#[derive(Debug)]
pub struct Limit {
    sends: DefaultDirectRateLimiter,
    conversations: DefaultDirectRateLimiter,
    paused_until: Mutex<Option<Instant>>,
}

impl Limits {
    /// The limit of a page.
    pub fn of(&self, page: &PageId) -> Arc<Limit> {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        match pages.get(page) {
            Some(limit) => limit.clone(),
            None => pages.entry(page.clone()).or_insert_with(|| Arc::new(Limit::new())).clone(),
        }
    }
}

impl Limit {
    fn new() -> Self {
        Self {
            sends: RateLimiter::direct(Quota::per_second(SENDS)),
            conversations: RateLimiter::direct(Quota::per_second(CONVERSATIONS)),
            paused_until: Mutex::new(None),
        }
    }

    /// Makes a call when the page may. Waits out the second's quota; a longer pause of Meta's is answered at once, so
    /// that the caller can keep the message and come back.
    pub async fn ask(&self, http: &Client, page: &Credentials, call: Call) -> Result<Value, Error> {
        self.check_pause()?;
        match call.class {
            Class::Send => self.sends.until_ready().await,
            Class::Conversations => self.conversations.until_ready().await,
        }
        self.check_pause()?;
        let answer = call.make(http, page).await;
        if let Err(error) = &answer {
            self.heed(error);
        }
        answer
    }

    fn check_pause(&self) -> Result<(), Error> {
        let until = *self.paused_until.lock().unwrap_or_else(PoisonError::into_inner);
        match until.map(|until| until.saturating_duration_since(Instant::now())) {
            Some(left) if !left.is_zero() => {
                Err(Error::paused(u64::try_from(left.as_millis()).unwrap_or(u64::MAX).max(1)))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Remembers that Meta wants to hear less from this page.
    fn heed(&self, error: &Error) {
        let Verdict::Retry { after_ms: Some(pause) } = error.kind else {
            return;
        };
        if error.is_rate_limit() {
            let until = Instant::now() + Duration::from_millis(pause.min(DAY_MS));
            let mut paused_until = self.paused_until.lock().unwrap_or_else(PoisonError::into_inner);
            *paused_until = (*paused_until).max(Some(until));
        }
    }
}

/// No pause is longer, whatever a header says.
const DAY_MS: u64 = 24 * 60 * 60 * 1_000;
