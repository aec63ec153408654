//! Where in the inbox the reader is. The address says it; nothing else remembers it.

use crate::api::ListQuery;
use domain::ConversationId;
use domain::view::View;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::params::ParamsMap;

/// What the address says.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    pub view: View,
    pub conversation: Option<ConversationId>,
    pub text: Option<String>,
    pub unread: bool,
}

impl Spot {
    fn read(params: &ParamsMap, query: &ParamsMap) -> Self {
        Self {
            view: params.get_str("view").and_then(|view| view.parse().ok()).unwrap_or(View::Open),
            conversation: params.get_str("conversation").and_then(|id| id.parse().ok()),
            text: query.get("q").filter(|text| !text.trim().is_empty()),
            unread: query.get_str("unread") == Some("true"),
        }
    }

    /// The address of this spot.
    pub fn address(&self) -> String {
        let mut query = ParamsMap::new();
        if let Some(text) = &self.text {
            query.insert("q", text.clone());
        }
        if self.unread {
            query.insert("unread", "true".to_owned());
        }
        let conversation = self.conversation.map(|id| format!("/{id}")).unwrap_or_default();
        format!("/inbox/{}{conversation}{}", self.view.as_str(), query.to_query_string())
    }

    /// The same list with another conversation open, or none.
    pub fn with(&self, conversation: Option<ConversationId>) -> Self {
        Self { conversation, ..self.clone() }
    }

    /// What to ask the server for.
    pub fn list_query(&self) -> ListQuery {
        ListQuery { unread: self.unread.then_some(true), text: self.text.clone(), ..ListQuery::of(self.view) }
    }
}

/// The parts of the address, each of which notifies by itself.
#[derive(Clone, Copy)]
pub struct Place {
    pub spot: Memo<Spot>,
    pub view: Memo<View>,
    pub conversation: Memo<Option<ConversationId>>,
    pub query: Memo<ListQuery>,
}

impl Place {
    /// The place this page shows.
    pub fn of_page() -> Self {
        let (params, query) = (use_params_map(), use_query_map());
        let spot = Memo::new(move |_| Spot::read(&params.get(), &query.get()));
        Self {
            spot,
            view: Memo::new(move |_| spot.get().view),
            conversation: Memo::new(move |_| spot.get().conversation),
            query: Memo::new(move |_| spot.get().list_query()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples::conversation_id;

    fn params(pairs: &[(&'static str, &str)]) -> ParamsMap {
        pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
    }

    #[test]
    fn an_address_leads_back_to_its_spot() {
        let spot = Spot {
            view: View::WithBot,
            conversation: Some(conversation_id(7)),
            text: Some("where is my order?".into()),
            unread: true,
        };
        let address = spot.address();
        assert!(
            address.starts_with("/inbox/with_bot/00000000-0000-0000-0000-000000000007?q=where"),
            "{address}"
        );
        let id = conversation_id(7).to_string();
        let read = Spot::read(
            &params(&[("view", "with_bot"), ("conversation", &id)]),
            &params(&[("q", "where is my order?"), ("unread", "true")]),
        );
        assert_eq!(read, spot);
    }

    #[test]
    fn a_mistyped_address_shows_what_is_open() {
        let spot = Spot::read(&params(&[("view", "nonsense"), ("conversation", "7")]), &params(&[]));
        assert_eq!(spot.address(), "/inbox/open");
    }
}
