//! The `signed_request` a webview hands over: who looks at it, vouched for by Meta.

use super::digest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{MINUTE, PageId, Psid, SECOND, Timestamp};
use serde::Deserialize;
use subtle::ConstantTimeEq;

/// How long a signed request is believed.
const MAX_AGE: i64 = 10 * MINUTE;
/// How far Meta's clock may be ahead of ours.
const MAX_LEAD: i64 = MINUTE;

/// What Meta vouches for about somebody who looks at a webview of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedRequest {
    pub page: PageId,
    pub psid: Psid,
    /// `USER_TO_PAGE`, `USER_TO_USER` or `GROUP`.
    pub thread_type: String,
    pub issued_at: Timestamp,
}

impl SignedRequest {
    /// Whether it comes from a conversation of one customer with the page; nothing else may show that customer's things.
    pub fn is_one_to_one(&self) -> bool {
        self.thread_type == "USER_TO_PAGE"
    }
}

/// Why a signed request is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignedRequestError {
    #[error("the signed request is not two base64url parts with a JSON object in the second")]
    Malformed,
    #[error("the signature does not fit the app secret, or is not HMAC-SHA256")]
    Wrong,
    #[error("the signed request is for another page")]
    OtherPage,
    #[error("the signed request is too old")]
    Stale,
}

/// Checks a signed request against the app secret, the page it must be for, and the time.
pub fn signed_request(
    app_secret: &str,
    text: &str,
    page: &PageId,
    now: Timestamp,
) -> Result<SignedRequest, SignedRequestError> {
    let (signature, payload) = text.split_once('.').ok_or(SignedRequestError::Malformed)?;
    check_signature(app_secret, signature, payload)?;
    let claims = claims(payload)?;
    if claims.algorithm != "HMAC-SHA256" {
        return Err(SignedRequestError::Wrong);
    }
    let request = claims.into_request();
    match now - request.issued_at {
        _ if request.page != *page => Err(SignedRequestError::OtherPage),
        age if !(-MAX_LEAD..=MAX_AGE).contains(&age) => Err(SignedRequestError::Stale),
        _ => Ok(request),
    }
}

fn check_signature(app_secret: &str, signature: &str, payload: &str) -> Result<(), SignedRequestError> {
    let claimed = URL_SAFE_NO_PAD.decode(signature).map_err(|_| SignedRequestError::Malformed)?;
    match digest(app_secret, payload.as_bytes()).ct_eq(&claimed).into() {
        true => Ok(()),
        false => Err(SignedRequestError::Wrong),
    }
}

#[derive(Deserialize)]
struct Claims {
    psid: String,
    algorithm: String,
    #[serde(default)]
    thread_type: String,
    issued_at: i64,
    page_id: serde_json::Value,
}

fn claims(payload: &str) -> Result<Claims, SignedRequestError> {
    let json = URL_SAFE_NO_PAD.decode(payload).map_err(|_| SignedRequestError::Malformed)?;
    serde_json::from_slice(&json).map_err(|_| SignedRequestError::Malformed)
}

impl Claims {
    fn into_request(self) -> SignedRequest {
        let page = match self.page_id {
            serde_json::Value::String(text) => text,
            number => number.to_string(),
        };
        SignedRequest {
            page: page.into(),
            psid: self.psid.into(),
            thread_type: self.thread_type,
            issued_at: Timestamp(self.issued_at.saturating_mul(SECOND)),
        }
    }
}
