//! Send to Inbox, Give Thread Control, Take Thread Control, Get Thread Owner (MA-40 to MA-44).

use crate::AppId;
use crate::workflow::exit::Exit;
use crate::workflow::field::FieldKey;
use crate::workflow::phrase::Phrase;
use crate::workflow::turn::{Because, CallResult, Effect, Hold, Input, Sight, Turn, Wait};
use serde::{Deserialize, Serialize};

/// How long Meta may take to answer, in milliseconds.
const PATIENCE: i64 = 2 * crate::MINUTE;

/// Something about who controls the thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum ThreadControl {
    /// To the people in Meta's own inbox.
    SendToInbox {},
    Give {
        #[serde(default)]
        app: Option<AppId>,
        /// Free words the receiver gets with the thread (MA-41).
        #[serde(default)]
        metadata: Phrase,
    },
    Take {},
    /// Who has control becomes `owner.<variable>` and `owner.<variable>_app`.
    GetOwner {
        variable: String,
    },
}

impl ThreadControl {
    pub fn check(&self, apps: &dyn Fn(&AppId) -> bool) -> Vec<(&'static str, String)> {
        match self {
            Self::Give { app, .. } if !app.as_ref().is_some_and(apps) => {
                vec![("app", "Choose the app that gets the thread.".into())]
            }
            Self::Give { metadata, .. } if metadata.as_str().chars().count() >= 1_000 => {
                vec![("metadata", "Messenger takes fewer than 1000 characters here.".into())]
            }
            Self::GetOwner { variable } if FieldKey::new(variable.as_str()).is_err() => {
                vec![("variable", format!("“{variable}” cannot be a variable: use a to z, 0 to 9 and _."))]
            }
            Self::SendToInbox {} | Self::Give { .. } | Self::Take {} | Self::GetOwner { .. } => Vec::new(),
        }
    }

    pub fn enter(&self, sight: &Sight<'_, '_>) -> Turn {
        let effect = match self {
            Self::SendToInbox {} => {
                Effect::PassControl { to: Some(AppId(AppId::PAGE_INBOX.to_owned())), metadata: None }
            }
            Self::Give { app, metadata } => {
                let metadata = metadata.fill(&sight.scope());
                Effect::PassControl { to: app.clone(), metadata: (!metadata.is_empty()).then_some(metadata) }
            }
            Self::Take {} => Effect::TakeControl {},
            Self::GetOwner { .. } => Effect::AskOwner {},
        };
        Turn::hold(Wait::Call, Some(sight.now() + PATIENCE)).doing(effect)
    }

    pub fn resume(&self, hold: &Hold, input: &Input) -> Option<Turn> {
        match (hold.wait, input) {
            (Wait::Call, Input::Called(CallResult::Answered { values, .. })) => {
                let mut turn = Turn::leave(Exit::Next);
                if let Self::GetOwner { variable } = self {
                    for (name, value) in values {
                        let suffix = if name == "app" { "_app" } else { "" };
                        turn = turn.finding(format!("owner.{variable}{suffix}"), value.clone());
                    }
                }
                Some(turn)
            }
            (Wait::Call, Input::Called(CallResult::Failed { words } | CallResult::HandOver { words })) => {
                Some(failed(words))
            }
            (Wait::Call, Input::TimeIsUp) => Some(failed("Facebook did not answer in time.")),
            (_, _) => None,
        }
    }
}

fn failed(words: &str) -> Turn {
    Turn::leave(Exit::Failure).because(Because::Called { words: words.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workflow::samples::Stand;
    use crate::workflow::turn::Next;

    #[test]
    fn who_has_control_becomes_a_variable() {
        let stand = Stand::new();
        let step = ThreadControl::GetOwner { variable: "now".into() };
        let Next::Hold(hold) = step.enter(&stand.sight()).next else { panic!("it asks") };
        let values = vec![("owner".to_owned(), "bot".into()), ("app".to_owned(), "SalesBot".into())];
        let turn = step.resume(&hold, &Input::Called(CallResult::Answered { status: None, values })).unwrap();
        let names: Vec<&str> = turn.found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["owner.now", "owner.now_app"]);
    }

    #[test]
    fn giving_control_carries_words_for_the_receiver() {
        let stand = Stand::new();
        let step = ThreadControl::Give { app: Some("611".into()), metadata: "Returns: $contact.name".into() };
        let turn = step.enter(&stand.sight());
        let passed =
            Effect::PassControl { to: Some("611".into()), metadata: Some("Returns: Maya Lindqvist".into()) };
        assert_eq!(turn.effects, [passed]);
    }
}
