//! What happens to contacts, as triggers see it.

use super::field::FieldKey;
use super::trigger::{Match, Source, TagAction, TriggerKind};
use super::value::{Value, fold};
use crate::AppId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Something that may let a contact enter a workflow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "happened", rename_all = "snake_case")]
pub enum Happening {
    ConversationOpened {
        source: Source,
        first_message: Option<String>,
        page: String,
        /// None of the contact's conversations was closed before.
        #[serde(default)]
        first_time: bool,
    },
    ConversationClosed {
        source: Source,
        category: Option<String>,
        summary: Option<String>,
    },
    TagUpdated {
        action: TagAction,
        tag: String,
    },
    FieldUpdated {
        field: FieldKey,
        previous: Value,
        value: Value,
    },
    AdClicked {
        ad: String,
        title: Option<String>,
        reference: Option<String>,
    },
    Postback {
        payload: String,
        title: Option<String>,
    },
    OptIn {
        reference: Option<String>,
    },
    Message {
        text: String,
    },
    ControlReceived {
        app: Option<AppId>,
        app_name: String,
        metadata: Option<String>,
    },
    ControlLost {
        app_name: String,
    },
    /// An agent used the shortcut; answers by variable.
    Shortcut {
        answers: BTreeMap<String, Value>,
    },
    /// Somebody's program called the workflow's address; values by variable.
    Webhook {
        values: BTreeMap<String, Value>,
    },
    /// Another workflow started this one.
    Started {},
}

impl Happening {
    /// Whether a trigger is about this; its conditions are judged afterwards. Shortcuts, webhooks and starts name their
    /// workflow, so their kind alone decides.
    pub fn sets_off(&self, trigger: &TriggerKind) -> bool {
        use TriggerKind as T;
        match (trigger, self) {
            (T::ConversationOpened {}, Self::ConversationOpened { .. })
            | (T::ConversationClosed {}, Self::ConversationClosed { .. })
            | (T::ControlLost {}, Self::ControlLost { .. })
            | (T::Shortcut { .. }, Self::Shortcut { .. })
            | (T::IncomingWebhook { .. }, Self::Webhook { .. })
            | (T::Manual {}, Self::Started {}) => true,
            (T::ContactTagUpdated { action, tags }, Self::TagUpdated { action: done, tag }) => {
                action == done && any_of(tags, tag)
            }
            (T::ContactFieldUpdated { field }, Self::FieldUpdated { field: written, .. }) => {
                field.as_ref() == Some(written)
            }
            (T::ClickToChatAds { ads, chosen }, Self::AdClicked { ad, .. }) => {
                let named = ads.iter().any(|ad| !ad.trim().is_empty());
                (named || !chosen) && any_of(ads, ad)
            }
            (T::PostbackReceived { payloads }, Self::Postback { payload, .. }) => any_of(payloads, payload),
            (T::OptInReceived { refs }, Self::OptIn { reference }) => {
                any_of(refs, reference.as_deref().unwrap_or_default())
            }
            (T::MessageMatches { how, words }, Self::Message { text }) => {
                words.iter().any(|word| how.finds(word, text))
            }
            (T::ControlReceived { from, metadata }, Self::ControlReceived { app, metadata: said, .. }) => {
                let said = fold(said.as_deref().unwrap_or_default());
                let fits = metadata.is_empty() || metadata.iter().any(|words| said.contains(&fold(words)));
                fits && (from.is_none() || from == app)
            }
            (_, _) => false,
        }
    }

    /// The variables it sets.
    pub fn variables(&self) -> BTreeMap<String, Value> {
        let text = |text: &Option<String>| text.clone().map_or(Value::Null, Value::Text);
        let named: Vec<(&str, Value)> = match self {
            Self::ConversationOpened { source, first_message, page, first_time } => vec![
                ("trigger.source", source.as_str().into()),
                ("trigger.first_message", text(first_message)),
                ("trigger.page", page.clone().into()),
                ("trigger.first_time", if *first_time { "yes" } else { "no" }.into()),
            ],
            Self::ConversationClosed { source, category, summary } => vec![
                ("trigger.source", source.as_str().into()),
                ("trigger.category", text(category)),
                ("trigger.summary", text(summary)),
            ],
            Self::TagUpdated { tag, .. } => vec![("trigger.tag", tag.clone().into())],
            Self::FieldUpdated { previous, value, .. } => {
                vec![("trigger.value", value.clone()), ("trigger.previous", previous.clone())]
            }
            Self::AdClicked { ad, title, reference } => vec![
                ("trigger.ad", ad.clone().into()),
                ("trigger.ad_title", text(title)),
                ("trigger.ref", text(reference)),
            ],
            Self::Postback { payload, title } => {
                vec![("trigger.payload", payload.clone().into()), ("trigger.title", text(title))]
            }
            Self::OptIn { reference } => vec![("trigger.ref", text(reference))],
            Self::Message { text } => vec![("trigger.message", text.clone().into())],
            Self::ControlReceived { app_name, metadata, .. } => {
                vec![("trigger.app", app_name.clone().into()), ("trigger.metadata", text(metadata))]
            }
            Self::ControlLost { app_name } => vec![("trigger.app", app_name.clone().into())],
            Self::Shortcut { answers } => return prefixed("form", answers),
            Self::Webhook { values } => return prefixed("webhook", values),
            Self::Started {} => Vec::new(),
        };
        named.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

fn prefixed(scope: &str, values: &BTreeMap<String, Value>) -> BTreeMap<String, Value> {
    values.iter().map(|(name, value)| (format!("{scope}.{name}"), value.clone())).collect()
}

/// Nothing named means anything.
fn any_of(named: &[String], one: &str) -> bool {
    named.is_empty() || named.iter().any(|name| fold(name) == fold(one))
}

impl Match {
    fn finds(self, word: &str, text: &str) -> bool {
        let (word, text) = (fold(word), fold(text));
        match self {
            _ if word.is_empty() => false,
            Self::Contains => text.contains(&word),
            Self::Equals => text == word,
            Self::StartsWith => text.starts_with(&word),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trigger_fires_for_what_it_names_or_for_anything_when_it_names_nothing() {
        let tag = |tag: &str| Happening::TagUpdated { action: TagAction::Added, tag: tag.into() };
        let trigger = |tags: &[&str]| TriggerKind::ContactTagUpdated {
            action: TagAction::Added,
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        };
        assert!(tag("VIP").sets_off(&trigger(&["vip"])));
        assert!(!tag("Spam").sets_off(&trigger(&["vip"])));
        assert!(tag("Spam").sets_off(&trigger(&[])));
        let gone = Happening::TagUpdated { action: TagAction::Removed, tag: "vip".into() };
        assert!(!gone.sets_off(&trigger(&["vip"])));
    }

    #[test]
    fn an_ad_that_is_to_be_chosen_counts_only_once_it_is_named() {
        let clicked = Happening::AdClicked { ad: "60452".into(), title: None, reference: None };
        let trigger = |ads: &[&str], chosen| TriggerKind::ClickToChatAds {
            ads: ads.iter().map(|ad| (*ad).to_owned()).collect(),
            chosen,
        };
        assert!(clicked.sets_off(&trigger(&[], false)));
        assert!(
            clicked.sets_off(&trigger(&["60452"], true)) && clicked.sets_off(&trigger(&["60452"], false))
        );
        assert!(!clicked.sets_off(&trigger(&[], true)) && !clicked.sets_off(&trigger(&["1"], true)));
    }

    #[test]
    fn words_are_found_whatever_their_case() {
        let says = |text: &str| Happening::Message { text: text.into() };
        let trigger = |how| TriggerKind::MessageMatches { how, words: vec!["Return".into(), " ".into()] };
        assert!(says("I want to RETURN this").sets_off(&trigger(Match::Contains)));
        assert!(!says("I want to return this").sets_off(&trigger(Match::StartsWith)));
        assert!(says(" return ").sets_off(&trigger(Match::Equals)));
        assert!(!says("anything").sets_off(&trigger(Match::Contains)));
    }

    #[test]
    fn control_that_comes_from_a_bot_is_told_by_app_and_words() {
        let comes = Happening::ControlReceived {
            app: Some("611".into()),
            app_name: "SalesBot".into(),
            metadata: Some("topic: Returns".into()),
        };
        let trigger = |from: Option<&str>, words: &[&str]| TriggerKind::ControlReceived {
            from: from.map(Into::into),
            metadata: words.iter().map(|word| (*word).to_owned()).collect(),
        };
        assert!(comes.sets_off(&trigger(None, &[])));
        assert!(comes.sets_off(&trigger(Some("611"), &["returns"])));
        assert!(!comes.sets_off(&trigger(Some("612"), &[])));
        assert_eq!(comes.variables()["trigger.metadata"], "topic: Returns".into());
    }
}
