//! The lists of the inbox and the numbers beside them.

use crate::conversations::shown;
use crate::db::{Db, Inner, Pools};
use crate::search::{Among, Index};
use crate::{Result, Tx, sight, text};
use domain::conversation::control::OwnerKind;
use domain::conversation::window::{HUMAN_AGENT, STANDARD};
use domain::person::Sight;
use domain::search::Search;
use domain::view::{Conversation, Counters, Facts, View, WindowWord};
use domain::{ConversationId, PageId, PersonId, TeamId, Timestamp};
use sqlx::{Database, Encode, QueryBuilder, Type};
use uuid::Uuid;

/// Which conversations to list.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub view: View,
    /// Whose list it is: decides what "mine" is.
    pub me: Option<PersonId>,
    /// Nothing outside of it is listed.
    pub sight: Sight,
    pub unread: Option<bool>,
    pub owner: Option<OwnerKind>,
    pub assignee: Option<Assignee>,
    pub team: Option<TeamId>,
    pub page: Option<PageId>,
    pub window: Option<WindowWord>,
    /// Words of what a bot said when it handed over (CR-04).
    pub handed_over: Option<String>,
    /// Found in the customer's name, in the text of a message, or in Meta's id of the customer.
    pub text: Option<String>,
    /// The time and id of the last conversation of the page before.
    pub before: Option<(Timestamp, ConversationId)>,
    pub limit: i64,
}

/// To whom a conversation is assigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assignee {
    Nobody,
    Person(PersonId),
}

impl Listed {
    /// The first page of a view, for somebody who sees everything.
    pub fn of(view: View, me: Option<PersonId>, limit: i64) -> Self {
        Self {
            view,
            me,
            sight: Sight::Everything,
            unread: None,
            owner: None,
            assignee: None,
            team: None,
            page: None,
            window: None,
            handed_over: None,
            text: None,
            before: None,
            limit,
        }
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

/// A page of a view, the conversation with the newest message first.
pub async fn list(tx: &mut Tx, listed: &Listed, now: Timestamp) -> Result<Vec<Conversation>> {
    let rows: Vec<shown::Row> = match &mut tx.inner {
        Inner::Sqlite(tx) => select(ALONE, listed, now).build_query_as().fetch_all(&mut **tx).await?,
        Inner::Postgres(tx) => select(ALONE, listed, now).build_query_as().fetch_all(&mut **tx).await?,
    };
    rows.into_iter().map(|row| row.at(now)).collect()
}

/// A page that stands alone, with the number of the last change it knows. One statement sees one moment, so it needs no
/// transaction around it: each of its words would be a way to SQLite's thread and back. An empty page knows no number.
pub async fn page(db: &Db, listed: &Listed, now: Timestamp) -> Result<Option<(Vec<Conversation>, i64)>> {
    let rows: Vec<Placed> = match &db.pools {
        Pools::Sqlite { read, .. } => select(PLACED, listed, now).build_query_as().fetch_all(read).await?,
        Pools::Postgres(pool) => select(PLACED, listed, now).build_query_as().fetch_all(pool).await?,
    };
    let Some(as_of) = rows.first().map(|row| row.as_of) else { return Ok(None) };
    let items = rows.into_iter().map(|row| row.shown.at(now)).collect::<Result<_>>()?;
    Ok(Some((items, as_of)))
}

/// Selects what [`shown::Row`] reads.
const ALONE: &str = shown::columns!();

/// Selects what [`Placed`] reads.
const PLACED: &str = shown::columns!("select (select n from counter where name = 'change') as as_of,");

/// A row with the number of the last change.
#[derive(sqlx::FromRow)]
struct Placed {
    as_of: i64,
    #[sqlx(flatten)]
    shown: shown::Row,
}

/// How many conversations stand alike. All of them are counted, so this takes as long as there are conversations.
pub async fn facts(tx: &mut Tx) -> Result<Vec<(Facts, i64)>> {
    let groups: Vec<Group> = fetch_all!(tx, FACTS);
    groups.into_iter().map(|group| Ok((group.facts()?, group.conversations))).collect()
}

/// The numbers beside the views, for a person with this sight; counted anew.
pub async fn counters(tx: &mut Tx, me: Option<PersonId>, sight: &Sight) -> Result<Counters> {
    let mut counters = Counters::default();
    for (facts, conversations) in facts(tx).await? {
        if sight.sees(facts.assignee, facts.team) {
            counters.add(&facts, conversations, me);
        }
    }
    Ok(counters)
}

/// What a database has to be able to bind and find for a list.
trait Lists: Index + Database {}
impl<DB: Index + Database> Lists for DB {}

/// The statement of a list. Only conditions are spliced in, every value is bound.
fn select<DB: Lists>(columns: &str, listed: &Listed, now: Timestamp) -> QueryBuilder<DB>
where
    Uuid: for<'q> Encode<'q, DB> + Type<DB>,
    String: for<'q> Encode<'q, DB> + Type<DB>,
    &'static str: for<'q> Encode<'q, DB> + Type<DB>,
    i64: for<'q> Encode<'q, DB> + Type<DB>,
{
    let mut query = QueryBuilder::new(columns);
    match (sight::reasons(&listed.sight), &listed.text) {
        // For each reason its own index has the newest already; of all of them the newest are wanted.
        (Some(reasons), None) => {
            for (index, reason) in reasons.into_iter().enumerate() {
                query.push(if index == 0 { " where c.id in (" } else { " union " });
                query.push("select id from (select c.id from conversation c where ");
                sight::because(&mut query, reason);
                narrow(&mut query, listed, now);
                last(&mut query, listed.limit);
                query.push(") one_reason");
            }
            query.push(")");
        }
        _ => {
            query.push(" where true");
            sight::sees(&mut query, &listed.sight);
            narrow(&mut query, listed, now);
        }
    }
    last(&mut query, listed.limit);
    query
}

fn last<DB: Database>(query: &mut QueryBuilder<DB>, limit: i64)
where
    i64: for<'q> Encode<'q, DB> + Type<DB>,
{
    query.push(" order by c.updated_at desc, c.id desc limit ").push_bind(limit);
}

/// Adds what the view and its filters ask.
fn narrow<DB: Lists>(query: &mut QueryBuilder<DB>, listed: &Listed, now: Timestamp)
where
    Uuid: for<'q> Encode<'q, DB> + Type<DB>,
    String: for<'q> Encode<'q, DB> + Type<DB>,
    &'static str: for<'q> Encode<'q, DB> + Type<DB>,
    i64: for<'q> Encode<'q, DB> + Type<DB>,
{
    query.push(" and ").push(condition(listed.view));
    if listed.view == View::Mine {
        // Nobody's own list is empty; the nil id belongs to nobody.
        query.push(" and c.assignee = ").push_bind(listed.me.map_or(Uuid::nil(), |me| me.0));
    }
    if let Some(unread) = listed.unread {
        query.push(if unread { " and c.unread" } else { " and not c.unread" });
    }
    if let Some(owner) = listed.owner {
        query.push(" and c.owner = ").push_bind(owner.as_str());
    }
    match listed.assignee {
        None => {}
        Some(Assignee::Nobody) => drop(query.push(" and c.assignee is null")),
        Some(Assignee::Person(person)) => drop(query.push(" and c.assignee = ").push_bind(person.0)),
    }
    if let Some(team) = listed.team {
        query.push(" and c.team = ").push_bind(team.0);
    }
    if let Some(page) = &listed.page {
        query.push(" and c.page_id = ").push_bind(page.0.clone());
    }
    if let Some(window) = listed.window {
        within(query, window, now);
    }
    if let Some(search) = listed.handed_over.as_deref().and_then(Search::of) {
        said_by_bot(query, &search);
    }
    if let Some(search) = listed.text.as_deref().and_then(Search::of) {
        found(query, &search);
    }
    if let Some((at, id)) = listed.before {
        query.push(" and (c.updated_at, c.id) < (").push_bind(at.ms()).push(", ").push_bind(id.0).push(")");
    }
}

/// Words are letters and digits only, so none of them means anything to `like`.
fn said_by_bot<DB: Database>(query: &mut QueryBuilder<DB>, search: &Search)
where
    String: for<'q> Encode<'q, DB> + Type<DB>,
{
    let (whole, begun) = search.parts();
    // Nothing is found by punctuation alone.
    query.push(if search.has_words() { " and c.handed_over is not null" } else { " and false" });
    for word in whole {
        query.push(" and c.handed_over like ").push_bind(format!("% {word} %"));
    }
    if let Some(begun) = begun {
        query.push(" and c.handed_over like ").push_bind(format!("% {begun}%"));
    }
}

/// What [`Window::at`](domain::conversation::window::Window::at) says, asked of the deadlines.
fn within<DB: Database>(query: &mut QueryBuilder<DB>, window: WindowWord, now: Timestamp)
where
    i64: for<'q> Encode<'q, DB> + Type<DB>,
{
    match window {
        // Nothing is older in the list than what opened its window, so no index is read further back than that.
        WindowWord::Open => {
            query.push(" and c.updated_at > ").push_bind(now.ms() - STANDARD);
            query.push(" and c.open_until > ").push_bind(now.ms());
        }
        WindowWord::HumanAgent => {
            query.push(" and c.updated_at > ").push_bind(now.ms() - HUMAN_AGENT);
            query.push(" and c.human_until > ").push_bind(now.ms());
            query.push(" and coalesce(c.open_until, 0) <= ").push_bind(now.ms());
        }
        WindowWord::Closed => {
            query.push(" and coalesce(c.human_until, 0) <= ").push_bind(now.ms());
            query.push(" and coalesce(c.open_until, 0) <= ").push_bind(now.ms());
        }
    }
}

/// Adds what somebody searches for: words of a name or a message, or a piece of Meta's id.
fn found<DB: Lists>(query: &mut QueryBuilder<DB>, search: &Search)
where
    String: for<'q> Encode<'q, DB> + Type<DB>,
{
    if !search.has_words() {
        query.push(" and false");
        return;
    }
    query.push(" and c.id in (");
    DB::hits(query, Among::Names, search);
    query.push(" union ");
    DB::hits(query, Among::Texts, search);
    if let Some(piece) = search.piece_of_id() {
        query.push(" union select id from conversation where psid like ").push_bind(format!("%{piece}%"));
    }
    query.push(")");
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
