//! Why something was not done, in the words of the person who asked.

use super::codec::Encoding;
use crate::language::told;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::Serialize;
use std::borrow::Cow;
use std::fmt::{self, Display, Formatter};

/// Why the server did not do what was asked. Each variant is something the asker does differently.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Failure {
    SignedOut,
    Forbidden,
    Gone,
    /// Somebody else was first.
    TakenBy {
        by: String,
    },
    /// There is a newer message than the asker saw.
    Stale {
        by: String,
        seconds: i64,
    },
    /// Another app has control; nothing was sent.
    NotOwner {
        owner: String,
    },
    /// The asker writes only in conversations assigned to them or a team of theirs.
    NotAssigned,
    /// The page cannot send, and the asker has not said that the message may wait for it.
    PageDisconnected {
        page: String,
        reason: String,
    },
    WindowClosed,
    /// Meta said no. `message` says why and what to do.
    RefusedByMeta {
        message: String,
    },
    /// Meta could not be asked just now.
    MetaUnreachable,
    /// The request itself cannot be carried out.
    Invalid {
        message: String,
    },
    Internal,
    Unreachable,
}

impl std::error::Error for Failure {}

impl Display for Failure {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let words: Cow<'_, str> = match self {
            Self::SignedOut => say!("You are signed out. Sign in again; nothing you typed is lost.").into(),
            Self::Forbidden => say!("You may not do that. A manager can change what you may do.").into(),
            Self::Gone => say!("It is no longer there.").into(),
            Self::TakenBy { by } => say!("{by} took this conversation first.", by).into(),
            Self::Stale { by, seconds } => say!("{by} wrote {seconds} s ago. Read it, then send again if your answer still fits.", by, seconds).into(),
            Self::NotOwner { owner } => say!("{owner} has control of this thread. Take over to write; nothing was sent.", owner).into(),
            Self::NotAssigned => say!("This conversation is not assigned to you. Claim it first; nothing was sent.").into(),
            Self::PageDisconnected { page, reason } => say!("{page} cannot send right now: {reason} Nothing was sent.", page, reason = told(reason)).into(),
            Self::WindowClosed => say!("Messenger lets nobody write here until the customer writes again. Nothing was sent.").into(),
            Self::MetaUnreachable => say!("Facebook could not be reached. Nothing was changed; try again in a moment.").into(),
            Self::Internal => say!("The server could not do it. Nothing was changed; try again, and tell your manager if it goes on.").into(),
            Self::Unreachable => say!("The server cannot be reached. What you typed is kept.").into(),
            Self::RefusedByMeta { message } | Self::Invalid { message } => told(message),
        };
        f.write_str(&words)
    }
}

domain::tagged!(Failure by "code" {
    "signed_out" => SignedOut,
    "forbidden" => Forbidden,
    "gone" => Gone,
    "taken_by" => TakenBy { by },
    "stale" => Stale { by, seconds },
    "not_owner" => NotOwner { owner },
    "not_assigned" => NotAssigned,
    "page_disconnected" => PageDisconnected { page, reason },
    "window_closed" => WindowClosed,
    "refused_by_meta" => RefusedByMeta { message },
    "meta_unreachable" => MetaUnreachable,
    "invalid" => Invalid { message },
    "internal" => Internal,
    "unreachable" => Unreachable,
});

impl Failure {
    /// The stable word programs match on.
    pub fn code(&self) -> &'static str {
        match self {
            Self::SignedOut => "signed_out",
            Self::Forbidden => "forbidden",
            Self::Gone => "not_found",
            Self::TakenBy { .. } => "taken_by",
            Self::Stale { .. } => "stale",
            Self::NotOwner { .. } => "not_owner",
            Self::NotAssigned => "not_assigned",
            Self::PageDisconnected { .. } => "page_disconnected",
            Self::WindowClosed => "window_closed",
            Self::RefusedByMeta { .. } => "refused_by_meta",
            Self::MetaUnreachable => "meta_unreachable",
            Self::Invalid { .. } => "invalid",
            Self::Internal | Self::Unreachable => "internal",
        }
    }

    /// The HTTP status it travels under.
    #[cfg(feature = "ssr")]
    pub fn status(&self) -> http::StatusCode {
        use http::StatusCode as S;
        match self {
            Self::SignedOut => S::UNAUTHORIZED,
            Self::Forbidden | Self::NotAssigned => S::FORBIDDEN,
            Self::Gone => S::NOT_FOUND,
            Self::TakenBy { .. }
            | Self::Stale { .. }
            | Self::NotOwner { .. }
            | Self::PageDisconnected { .. } => S::CONFLICT,
            Self::WindowClosed | Self::Invalid { .. } => S::UNPROCESSABLE_ENTITY,
            Self::RefusedByMeta { .. } | Self::MetaUnreachable => S::BAD_GATEWAY,
            Self::Internal | Self::Unreachable => S::INTERNAL_SERVER_ERROR,
        }
    }
}

/// A part of the browser's module could not be fetched: no network, or a newer version is installed meanwhile.
impl From<leptos::wasm_split::SplitLoaderError> for Failure {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self::Invalid { message: crate::text::part_missing().into() }
    }
}

impl FromServerFnError for Failure {
    type Encoder = Encoding;
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::Unreachable,
            _ => Self::Internal,
        }
    }
}
