//! The list of conversations on screen.

use super::names;
use super::rows::{Rows, place};
use crate::api::{ListQuery, Whose};
use domain::apps::KnownApp;
use domain::live::{Change, Numbered};
use domain::person::{Person, Sight};
use domain::search::Search;
use domain::view::{Conversation, Counters, Inbox, Listing, PageView};
use domain::{ConversationId, PageId, PersonId};
use std::sync::Arc;

/// One view of the inbox with everything around it.
#[derive(Clone, Debug, PartialEq)]
pub struct InboxState {
    pub query: ListQuery,
    pub me: Option<PersonId>,
    /// What the reader sees at all. An answer of the server may show a conversation as it was given away.
    pub sight: Sight,
    /// Newest first. A row that did not change keeps its place in memory.
    pub rows: Rows,
    /// Asks for the rows after these.
    pub next_cursor: Option<String>,
    pub counters: Counters,
    pub pages: Vec<PageView>,
    /// How the team shows the apps beside us, by name.
    pub apps: Vec<KnownApp>,
    /// The number of the last change it contains.
    pub as_of: i64,
}

impl InboxState {
    /// The view as it was just loaded.
    pub fn fresh(query: ListQuery, reader: &Person, inbox: Inbox) -> Self {
        let Inbox { conversations: Listing { items, next_cursor, as_of }, counters, pages, apps } = inbox;
        Self {
            query,
            me: Some(reader.id),
            sight: reader.sight(),
            rows: items.into_iter().collect(),
            next_cursor,
            counters,
            pages,
            apps,
            as_of,
        }
    }

    /// Folds one change in. What was folded in before changes nothing.
    pub fn apply(&mut self, numbered: &Numbered) {
        if numbered.n <= self.as_of {
            return;
        }
        self.as_of = numbered.n;
        match &numbered.change {
            Change::Conversation { conversation, was } => {
                self.counters.apply(was.as_ref(), &conversation.facts(), self.me);
                self.put(conversation);
            }
            Change::ConversationHidden { conversation_id, was } => {
                self.counters.add(was, -1, self.me);
                self.rows.remove(*conversation_id);
            }
            Change::Page { page } => self.put_page(page),
            Change::App { app } => self.put_app(app),
            Change::Message { .. }
            | Change::Control { .. }
            | Change::Activity { .. }
            | Change::Note { .. }
            | Change::NoteDeleted { .. }
            | Change::Draft { .. }
            | Change::Run { .. }
            | Change::Workflows
            | Change::Contact { .. }
            | Change::Team => {}
        }
    }

    /// Shows a conversation as it is now: in its place, or no longer. Older news than what is shown is dropped.
    pub fn put(&mut self, conversation: &Conversation) {
        let shown = self.rows.find(conversation.id).map(|row| row.version);
        if shown.is_some_and(|shown| shown > conversation.version) {
            return;
        }
        self.rows.remove(conversation.id);
        if self.holds(conversation, shown.is_some()) && self.reaches(conversation) {
            self.rows.put(Arc::new(conversation.clone()));
        }
    }

    /// Adds the next page. Rows that are shown already stay as they are when they are newer.
    pub fn append(&mut self, page: Listing<Conversation>) {
        self.next_cursor = page.next_cursor;
        for conversation in &page.items {
            if self.rows.index(conversation.id).is_none() {
                self.rows.put(Arc::new(conversation.clone()));
            }
        }
    }

    /// How many conversations the list holds, where that is known: all rows are loaded, or nothing narrows the view.
    pub fn total(&self) -> Option<usize> {
        let narrowed = self.query != ListQuery { limit: self.query.limit, ..ListQuery::of(self.query.view) };
        match (&self.next_cursor, narrowed) {
            (None, _) => Some(self.rows.len()),
            (Some(_), true) => None,
            (Some(_), false) => {
                let count = self.counters.clone().of(self.query.view).map(|count| count.all);
                count.and_then(|all| usize::try_from(all).ok())
            }
        }
    }

    /// The row of a conversation, when it is on screen.
    pub fn row(&self, id: ConversationId) -> Option<Arc<Conversation>> {
        self.rows.find(id).cloned()
    }

    /// A page by its id.
    pub fn page(&self, id: &PageId) -> Option<&PageView> {
        self.pages.iter().find(|page| page.id == *id)
    }

    /// The row after (or before) another one, for the keyboard; the first one when none is chosen.
    pub fn neighbour(&self, id: Option<ConversationId>, forward: bool) -> Option<ConversationId> {
        let index = id.and_then(|id| self.rows.index(id));
        let next = match (index, forward) {
            (None, _) => 0,
            (Some(index), true) => index + 1,
            (Some(index), false) => index.checked_sub(1)?,
        };
        self.rows.get(next).map(|row| row.id)
    }

    fn put_page(&mut self, page: &PageView) {
        match self.pages.iter_mut().find(|shown| shown.id == page.id) {
            Some(shown) => *shown = page.clone(),
            None => self.pages.push(page.clone()),
        }
    }

    /// Shows an app under its name of today, wherever its name stands.
    fn put_app(&mut self, app: &KnownApp) {
        self.apps.retain(|shown| shown.app != app.app);
        let index = self.apps.partition_point(|shown| (&shown.name, &shown.app) < (&app.name, &app.app));
        self.apps.insert(index, app.clone());
        self.rows.change(|row| {
            if names::is_named_in(app, row) {
                names::rename(app, Arc::make_mut(row));
            }
        });
    }

    /// Whether the conversation belongs in this list with its filters. `shown`: the server found it before.
    fn holds(&self, conversation: &Conversation, shown: bool) -> bool {
        let (query, facts) = (&self.query, conversation.facts());
        self.sight.sees(facts.assignee, facts.team)
            && query.view.holds(&facts, self.me)
            && query.unread.is_none_or(|unread| unread == facts.unread)
            && query.owner.is_none_or(|owner| owner == facts.owner)
            && query.assignee.is_none_or(|whose| match whose {
                Whose::Me => facts.assignee.is_some() && facts.assignee == self.me,
                Whose::Nobody => facts.assignee.is_none(),
                Whose::Person(person) => facts.assignee == Some(person),
            })
            && query.team.is_none_or(|team| facts.team == Some(team))
            && query.window.is_none_or(|window| window == conversation.window.state)
            && query.handed_over.as_deref().and_then(Search::of).is_none_or(|search| {
                conversation.handed_over.as_deref().is_some_and(|said| search.finds(said))
            })
            && query.page_id.as_ref().is_none_or(|page| *page == conversation.page_id)
            && query
                .text
                .as_deref()
                .and_then(Search::of)
                .is_none_or(|search| shown || mentions(conversation, &search))
    }

    /// Whether the conversation stands among the rows loaded so far, rather than on a later page.
    fn reaches(&self, conversation: &Conversation) -> bool {
        self.next_cursor.is_none() || self.rows.last().is_none_or(|last| place(last) < place(conversation))
    }
}

/// Whether a row shows the text searched for. The server also knows older messages; what it found stays.
fn mentions(conversation: &Conversation, search: &Search) -> bool {
    let preview = conversation.last_message.as_ref().map(|last| last.preview.as_str());
    search.finds(&conversation.contact.name) || preview.is_some_and(|preview| search.finds(preview))
}

#[cfg(test)]
mod tests;
