//! Where in the inbox the reader is. The address says it; nothing else remembers it.

use crate::api::{ListQuery, Whose};
use domain::conversation::control::OwnerKind;
use domain::view::{View, WindowWord};
use domain::{ConversationId, PageId, TeamId};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::params::ParamsMap;

/// How many conversations the list begins with: few screens show more, and each weighs on the first load. The next
/// page comes before they are scrolled through.
const FIRST_PAGE: u32 = 28;

/// What the address says.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    pub view: View,
    pub conversation: Option<ConversationId>,
    pub text: Option<String>,
    pub filters: Filters,
}

/// What narrows a list. The names in the address are those of the REST list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filters {
    pub unread: bool,
    pub owner: Option<OwnerKind>,
    pub assignee: Option<Whose>,
    pub team: Option<TeamId>,
    pub page: Option<PageId>,
    pub window: Option<WindowWord>,
    /// Words of what a bot said when it handed over.
    pub handed_over: Option<String>,
}

impl Filters {
    fn read(query: &ParamsMap) -> Self {
        let windows = [WindowWord::Open, WindowWord::HumanAgent, WindowWord::Closed];
        let word = |name: &str| query.get(name).filter(|word| !word.is_empty());
        Self {
            unread: query.get_str("unread") == Some("true"),
            owner: word("owner")
                .and_then(|word| OwnerKind::ALL.into_iter().find(|owner| owner.as_str() == word)),
            assignee: word("assignee").and_then(|word| word.parse().ok()),
            team: word("team").and_then(|word| word.parse().ok()),
            page: word("page_id").map(Into::into),
            window: word("window").and_then(|word| windows.into_iter().find(|one| one.as_str() == word)),
            handed_over: word("handed_over"),
        }
    }

    fn write(&self, query: &mut ParamsMap) {
        let set = [
            ("unread", self.unread.then(|| "true".to_owned())),
            ("owner", self.owner.map(|owner| owner.as_str().to_owned())),
            ("assignee", self.assignee.map(|whose| whose.to_string())),
            ("team", self.team.map(|team| team.to_string())),
            ("page_id", self.page.as_ref().map(|page| page.to_string())),
            ("window", self.window.map(|window| window.as_str().to_owned())),
            ("handed_over", self.handed_over.clone()),
        ];
        for (name, value) in set {
            if let Some(value) = value {
                query.insert(name, value);
            }
        }
    }

    /// How many are set.
    pub fn count(&self) -> usize {
        let mut query = ParamsMap::new();
        self.write(&mut query);
        query.into_iter().count()
    }
}

impl Spot {
    /// The whole of a view.
    pub fn of(view: View) -> Self {
        Self { view, conversation: None, text: None, filters: Filters::default() }
    }

    fn read(params: &ParamsMap, query: &ParamsMap) -> Self {
        Self {
            view: params.get_str("view").and_then(|view| view.parse().ok()).unwrap_or(View::Open),
            conversation: params.get_str("conversation").and_then(|id| id.parse().ok()),
            text: query.get("q").filter(|text| !text.trim().is_empty()),
            filters: Filters::read(query),
        }
    }

    /// The address of this spot.
    pub fn address(&self) -> String {
        let conversation = self.conversation.map(|id| format!("/{id}")).unwrap_or_default();
        format!("/inbox/{}{conversation}{}", self.view.as_str(), self.query().to_query_string())
    }

    /// Where the list can be had as a file.
    pub fn export(&self) -> String {
        let mut query = self.query();
        query.insert("view", self.view.as_str().to_owned());
        format!("/api/v1/conversations/export{}", query.to_query_string())
    }

    fn query(&self) -> ParamsMap {
        let mut query = ParamsMap::new();
        if let Some(text) = &self.text {
            query.insert("q", text.clone());
        }
        self.filters.write(&mut query);
        query
    }

    /// Whether something narrows the view.
    pub fn is_narrowed(&self) -> bool {
        self.text.is_some() || self.filters != Filters::default()
    }

    /// The same list with another conversation open, or none.
    pub fn with(&self, conversation: Option<ConversationId>) -> Self {
        Self { conversation, ..self.clone() }
    }

    /// What to ask the server for.
    pub fn list_query(&self) -> ListQuery {
        let Filters { unread, owner, assignee, team, page, window, handed_over } = self.filters.clone();
        let text = self.text.clone();
        let unread = unread.then_some(true);
        ListQuery {
            unread,
            owner,
            assignee,
            team,
            page_id: page,
            window,
            handed_over,
            text,
            limit: FIRST_PAGE,
            ..ListQuery::of(self.view)
        }
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
            filters: Filters {
                unread: true,
                owner: Some(OwnerKind::PageInbox),
                assignee: Some(Whose::Nobody),
                team: conversation_id(8).to_string().parse().ok(),
                page: Some("102".into()),
                window: Some(WindowWord::HumanAgent),
                handed_over: Some("returns".into()),
            },
        };
        let address = spot.address();
        assert!(
            address.starts_with("/inbox/with_bot/00000000-0000-0000-0000-000000000007?q=where"),
            "{address}"
        );
        let id = conversation_id(7).to_string();
        let (path, query) = address.split_once('?').unwrap();
        assert!(path.ends_with(&id));
        let query: ParamsMap = query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| {
                let plain = |text: &str| text.replace("%20", " ").replace("%3F", "?").replace("%5F", "_");
                (plain(name), plain(value))
            })
            .collect();
        assert_eq!(Spot::read(&params(&[("view", "with_bot"), ("conversation", &id)]), &query), spot);
        assert_eq!(spot.filters.count(), 7);
    }

    #[test]
    fn a_mistyped_address_shows_what_is_open() {
        let spot = Spot::read(
            &params(&[("view", "nonsense"), ("conversation", "7")]),
            &params(&[("owner", "x"), ("window", "")]),
        );
        assert_eq!(spot.address(), "/inbox/open");
    }
}
