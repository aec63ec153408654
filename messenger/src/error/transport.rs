//! Errors of the way to Meta: what matters is whether the request may have arrived.

use super::{Error, Repeats, Verdict};
use std::error::Error as _;

/// The error of a call that got no whole answer.
pub fn from_transport(error: reqwest::Error, repeats: Repeats) -> Error {
    let kind = match error.is_connect() || error.is_builder() {
        true => Verdict::Retry { after_ms: None },
        false => repeats.when_unsure(),
    };
    Error { code: 0, subcode: None, message: causes(&error.without_url()), trace: None, kind }
}

/// The whole chain, because the outermost error never says why. Without the address: it carries a proof.
fn causes(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
