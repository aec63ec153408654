//! Proofs made with the app secret: that a webhook is Meta's, and that a call is ours.

mod request;

pub use request::{SignedRequest, SignedRequestError, signed_request};

use hmac::{Hmac, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// A webhook body that carries Meta's signature, byte for byte as it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified<'a>(&'a [u8]);

impl<'a> Verified<'a> {
    /// The raw body.
    pub fn bytes(self) -> &'a [u8] {
        self.0
    }
}

/// Why a webhook body is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    #[error("the request carries no X-Hub-Signature-256 header")]
    Missing,
    #[error("the X-Hub-Signature-256 header is not `sha256=` and 64 hexadecimal digits")]
    Malformed,
    #[error("the signature does not fit the body and the app secret")]
    Wrong,
}

/// Checks `X-Hub-Signature-256` over the bytes as they came; a body that was decoded and encoded again fails.
pub fn verify<'a>(
    app_secret: &str,
    raw: &'a [u8],
    header: Option<&str>,
) -> Result<Verified<'a>, SignatureError> {
    let claimed = claimed_digest(header.ok_or(SignatureError::Missing)?)?;
    match digest(app_secret, raw).ct_eq(&claimed).into() {
        true => Ok(Verified(raw)),
        false => Err(SignatureError::Wrong),
    }
}

/// The `X-Hub-Signature-256` header that Meta would send with these bytes.
pub fn sign(app_secret: &str, raw: &[u8]) -> String {
    format!("sha256={}", hex::encode(digest(app_secret, raw)))
}

/// Proves that whoever calls with an access token also knows the app secret.
pub fn appsecret_proof(app_secret: &str, access_token: &str) -> String {
    hex::encode(digest(app_secret, access_token.as_bytes()))
}

/// Why Meta's question whether the webhook is ours is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChallengeRefusal {
    /// Answer 400.
    #[error("hub.mode, hub.verify_token or hub.challenge is missing")]
    Incomplete,
    /// Answer 403.
    #[error("hub.mode or hub.verify_token is not what was configured")]
    Refused,
}

/// The text to answer Meta's verification request with, as `text/plain`: its `hub.challenge`.
pub fn challenge<'a>(
    verify_token: &str,
    hub_mode: Option<&str>,
    hub_verify_token: Option<&str>,
    hub_challenge: Option<&'a str>,
) -> Result<&'a str, ChallengeRefusal> {
    let (Some(mode), Some(token), Some(challenge)) = (hub_mode, hub_verify_token, hub_challenge) else {
        return Err(ChallengeRefusal::Incomplete);
    };
    let same_token: bool = token.as_bytes().ct_eq(verify_token.as_bytes()).into();
    match mode == "subscribe" && same_token && !verify_token.is_empty() {
        true => Ok(challenge),
        false => Err(ChallengeRefusal::Refused),
    }
}

fn claimed_digest(header: &str) -> Result<[u8; 32], SignatureError> {
    let hexadecimal = header.strip_prefix("sha256=").ok_or(SignatureError::Malformed)?;
    let mut claimed = [0; 32];
    hex::decode_to_slice(hexadecimal, &mut claimed).map_err(|_| SignatureError::Malformed)?;
    Ok(claimed)
}

fn digest(app_secret: &str, message: &[u8]) -> [u8; 32] {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(app_secret.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(message);
    mac.finalize().into_bytes().into()
}
