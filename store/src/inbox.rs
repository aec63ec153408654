//! The lists of the inbox and the numbers beside them.

use crate::conversations::shown;
use crate::{Result, Tx, db::Inner, text};
use domain::conversation::control::OwnerKind;
use domain::view::{Conversation, Counters, Facts, View};
use domain::{ConversationId, PageId, PersonId, TeamId, Timestamp};
use sqlx::{Database, Encode, QueryBuilder, Type};
use uuid::Uuid;

/// Which conversations to list.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub view: View,
    pub unread: Option<bool>,
    pub owner: Option<OwnerKind>,
    pub assignee: Option<PersonId>,
    pub page: Option<PageId>,
    /// Found in the customer's name or the text of a message, whatever the case.
    pub text: Option<String>,
    /// The time and id of the last conversation of the page before.
    pub before: Option<(Timestamp, ConversationId)>,
    pub limit: i64,
}

impl Listed {
    /// The first page of a view.
    pub fn of(view: View, limit: i64) -> Self {
        Self { view, unread: None, owner: None, assignee: None, page: None, text: None, before: None, limit }
    }
}

statements! {
    /// Answered from one index; which list a group belongs to is asked of the domain.
    FACTS = "
        select status, owner, assignee, team, unread, count(*) as conversations from conversation
        group by status, owner, assignee, team, unread";
}

#[derive(sqlx::FromRow)]
struct Group {
    status: String,
    owner: String,
    assignee: Option<Uuid>,
    team: Option<Uuid>,
    unread: bool,
    conversations: i64,
}

impl Group {
    fn facts(&self) -> Result<Facts> {
        Ok(Facts {
            status: text::word("conversation", &self.status)?,
            owner: text::word("conversation", &self.owner)?,
            assignee: self.assignee.map(PersonId),
            team: self.team.map(TeamId),
            unread: self.unread,
        })
    }
}

/// A page of a view for a person, the conversation with the newest message first.
pub async fn list(
    tx: &mut Tx,
    listed: &Listed,
    me: Option<PersonId>,
    now: Timestamp,
) -> Result<Vec<Conversation>> {
    let rows: Vec<shown::Row> = match &mut tx.inner {
        Inner::Sqlite(tx) => select(listed, me).build_query_as().fetch_all(&mut **tx).await?,
        Inner::Postgres(tx) => select(listed, me).build_query_as().fetch_all(&mut **tx).await?,
    };
    rows.into_iter().map(|row| row.at(now)).collect()
}

/// The numbers beside the views for a person.
pub async fn counters(tx: &mut Tx, me: Option<PersonId>) -> Result<Counters> {
    let groups: Vec<Group> = fetch_all!(tx, FACTS);
    let mut counters = Counters::default();
    for group in groups {
        count(&mut counters, &group.facts()?, group.conversations, me);
    }
    Ok(counters)
}

fn count(counters: &mut Counters, facts: &Facts, conversations: i64, me: Option<PersonId>) {
    for view in View::SHOWN.into_iter().filter(|view| view.holds(facts, me)) {
        if let Some(count) = counters.of(view) {
            count.all += conversations;
            count.unread += if facts.unread { conversations } else { 0 };
        }
    }
}

/// The statement of a list. Only conditions are spliced in, every value is bound.
fn select<DB: Database>(listed: &Listed, me: Option<PersonId>) -> QueryBuilder<DB>
where
    Uuid: for<'q> Encode<'q, DB> + Type<DB>,
    String: for<'q> Encode<'q, DB> + Type<DB>,
    &'static str: for<'q> Encode<'q, DB> + Type<DB>,
    bool: for<'q> Encode<'q, DB> + Type<DB>,
    i64: for<'q> Encode<'q, DB> + Type<DB>,
{
    let mut query = QueryBuilder::new(shown::columns!());
    query.push(" where ").push(condition(listed.view));
    if listed.view == View::Mine {
        // Nobody's own list is empty; the nil id belongs to nobody.
        query.push(" and c.assignee = ").push_bind(me.map_or(Uuid::nil(), |me| me.0));
    }
    if let Some(unread) = listed.unread {
        query.push(" and c.unread = ").push_bind(unread);
    }
    if let Some(owner) = listed.owner {
        query.push(" and c.owner = ").push_bind(owner.as_str());
    }
    if let Some(assignee) = listed.assignee {
        query.push(" and c.assignee = ").push_bind(assignee.0);
    }
    if let Some(page) = &listed.page {
        query.push(" and c.page_id = ").push_bind(page.0.clone());
    }
    if let Some(text) = listed.text.as_deref().filter(|text| !text.trim().is_empty()) {
        contains(&mut query, text);
    }
    if let Some((at, id)) = listed.before {
        query.push(" and (c.updated_at, c.id) < (").push_bind(at.ms()).push(", ").push_bind(id.0).push(")");
    }
    query.push(" order by c.updated_at desc, c.id desc limit ").push_bind(listed.limit);
    query
}

fn contains<DB: Database>(query: &mut QueryBuilder<DB>, text: &str)
where
    String: for<'q> Encode<'q, DB> + Type<DB>,
{
    let pattern = text::anywhere(text);
    query.push(" and (k.name_folded like ").push_bind(pattern.clone());
    query.push(
        " escape '\\' or exists (select 1 from message m where m.conversation_id = c.id and not m.deleted",
    );
    query.push(" and m.text_folded like ").push_bind(pattern).push(" escape '\\'))");
}

/// What [`View::holds`] asks, as the indexes of the lists know it.
const fn condition(view: View) -> &'static str {
    match view {
        View::Mine | View::Open => "c.status = 'open'",
        View::Unassigned => "c.status = 'open' and c.owner <> 'bot' and c.assignee is null",
        View::WithBot => "c.status = 'open' and c.owner = 'bot'",
        View::Closed => "c.status = 'closed'",
        View::Snoozed => "c.status = 'snoozed'",
        View::All => "true",
    }
}
