//! Why something was not done, and the way on.

use super::screen::Screen;
use crate::api::Failure;
use crate::text;
use domain::PageId;
use domain::person::Act;
use leptos::prelude::*;

/// What stands above the composer when something was not done.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub words: String,
    /// What a colleague wrote meanwhile.
    pub quote: Option<String>,
    pub remedy: Option<Remedy>,
}

/// What one can do about it right there.
#[derive(Clone, Debug, PartialEq)]
pub enum Remedy {
    /// The page cannot send: let the message wait for it.
    Wait,
    /// Another app has control: take it.
    TakeOver,
    /// Somebody else's conversation: make it mine.
    Claim,
    /// The page's settings need a look, which this person can have.
    CheckPage(PageId),
    /// The page's settings need a look, which a manager can have.
    TellManager,
}

impl From<String> for Problem {
    fn from(words: String) -> Self {
        Self { words, quote: None, remedy: None }
    }
}

impl Problem {
    /// The same with a way on.
    pub fn with(self, remedy: Remedy) -> Self {
        Self { remedy: Some(remedy), ..self }
    }
}

impl Screen {
    /// A failure as a problem of the open conversation.
    pub fn as_problem(self, failure: &Failure) -> Problem {
        let problem = Problem::from(failure.to_string());
        match failure {
            Failure::NotOwner { .. } => problem.with(Remedy::TakeOver),
            Failure::NotAssigned => problem.with(Remedy::Claim),
            Failure::PageDisconnected { .. } => problem.with(Remedy::Wait),
            Failure::RefusedByMeta { .. } => problem.with(self.check_page()),
            Failure::Stale { .. } => Problem { quote: self.colleagues_words(), ..problem },
            Failure::SignedOut
            | Failure::Forbidden
            | Failure::Gone
            | Failure::TakenBy { .. }
            | Failure::WindowClosed
            | Failure::MetaUnreachable
            | Failure::Invalid { .. }
            | Failure::Internal
            | Failure::Unreachable => problem,
        }
    }

    /// Whoever may look at the page's settings is led there; others know whom to tell.
    fn check_page(self) -> Remedy {
        let may = self.me.with_value(|me| me.person.may(Act::Configure));
        match self.conversation() {
            Some(conversation) if may => Remedy::CheckPage(conversation.page_id),
            Some(_) | None => Remedy::TellManager,
        }
    }

    fn colleagues_words(self) -> Option<String> {
        let me = self.my_id();
        self.place.conversation.get_untracked()?;
        let message = self.thread.with_untracked(|thread| thread.as_ref()?.newest_of_a_colleague(me))?;
        message.text.clone().or_else(|| Some(text::attachment(message.attachments.first()?)))
    }
}
