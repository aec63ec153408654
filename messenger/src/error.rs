//! Why Meta did not do what we asked, what follows from it, and how to say it to an agent.
//!
//! Errors are told apart by code and subcode; Meta's texts are translated and change. To add one: a line in
//! `error/table.rs`, and in `error/words.rs` when the agent can do something about it.

mod body;
mod table;
mod transport;
mod words;

pub use body::from_answer;
pub use transport::from_transport;

/// A call that Meta refused, or whose outcome we do not know.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message} (code {code}, subcode {subcode:?}, trace {trace:?}, {kind:?})")]
pub struct Error {
    /// Meta's error code; 0 when no answer of Meta's came.
    pub code: i64,
    pub subcode: Option<i64>,
    /// Meta's words, for the log; [`Error::words`] are for people.
    pub message: String,
    /// What Meta wants to hear when it is asked about this (`fbtrace_id`).
    pub trace: Option<String>,
    pub kind: Verdict,
}

/// What follows from an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Nothing happened; the same call may work later, not before so many milliseconds.
    Retry { after_ms: Option<u64> },
    /// It will never work like this.
    GiveUp,
    /// Somebody has to change something at Facebook or in our settings first.
    Admin,
    /// Another app controls the thread.
    NotOwner,
    /// The customer's last action is too long ago.
    WindowClosed,
    /// The message may have been sent. Wait for the echo or ask for the history; do not send again.
    OutcomeUnknown,
    /// This customer takes no messages from the page.
    Unreachable,
}

/// Whether doing a call twice does more than doing it once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeats {
    /// A message: twice is two messages.
    Harm,
    /// Questions and thread control: twice is once.
    Nothing,
}

impl Error {
    /// Whether no message of this page can leave until somebody reconnects it or Meta lifts a restriction. Never
    /// because of one message or one customer.
    pub fn page_is_disconnected(&self) -> bool {
        table::page_is_disconnected(self.code, self.subcode)
    }

    /// Whether Meta wants the page to call less often for a while.
    pub fn is_rate_limit(&self) -> bool {
        table::is_rate_limit(self.code, self.subcode)
    }

    /// For the agent: what happened and what to do.
    pub fn words(&self) -> String {
        words::of(self)
    }

    /// The same call, before Meta wants to hear from the page again.
    pub(crate) fn paused(after_ms: u64) -> Self {
        Self {
            code: 0,
            subcode: None,
            message: "not called: the page pauses after a rate limit".to_owned(),
            trace: None,
            kind: Verdict::Retry { after_ms: Some(after_ms) },
        }
    }

    /// An answer that says yes, but not what we asked for.
    pub(crate) fn unexpected(what: &str, repeats: Repeats) -> Self {
        Self {
            code: 0,
            subcode: None,
            message: format!("Meta's answer cannot be read: {what}"),
            trace: None,
            kind: repeats.when_unsure(),
        }
    }
}

impl Repeats {
    /// What follows when nobody can tell whether the call was carried out.
    pub(crate) const fn when_unsure(self) -> Verdict {
        match self {
            Self::Harm => Verdict::OutcomeUnknown,
            Self::Nothing => Verdict::Retry { after_ms: None },
        }
    }
}
