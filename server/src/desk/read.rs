//! What screens and programs look at. Each answer is one consistent snapshot with the number of the last change in it.

use super::intention::Intention;
use super::{Refusal, sight};
use crate::live::Tally;
use crate::node::Node;
use app::api::{ListQuery, People, Whose};
use domain::person::Actor;
use domain::view::{ControlChange, Conversation, Counters, Inbox, Listing, Message, Named, Thread};
use domain::{ConversationId, MessageId, PersonId, Timestamp};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::inbox::{Assignee, Listed};
use store::{
    Tx, activity, apps, changes, conversations, evidence, inbox, marks, messages, notes, notifications,
    pages, people, pictures, settings,
};
use uuid::Uuid;

/// The most a page of a list holds.
const MOST: u32 = 200;
/// How many messages a thread opens with.
const FIRST_MESSAGES: u32 = 50;
/// How many changes of owner a timeline shows.
const TIMELINE: i64 = 200;
/// How many notes a thread opens with.
const NOTES: i64 = 500;

/// The setting that holds the workspace's name.
pub const WORKSPACE: &str = "workspace.name";

/// The name of the workspace.
pub async fn workspace(node: &Node) -> Result<String, Refusal> {
    let name = settings::get(&mut node.db.snapshot().await?, WORKSPACE).await?;
    Ok(name.unwrap_or_else(|| "Baton".into()))
}

/// The versions of the pictures of the team.
pub async fn pictures(node: &Node) -> Result<BTreeMap<PersonId, String>, Refusal> {
    Ok(pictures::versions(&mut node.db.snapshot().await?).await?.into_iter().collect())
}

/// Whom conversations can be assigned to.
pub async fn people(node: &Node) -> Result<People, Refusal> {
    let mut tx = node.db.snapshot().await?;
    let agents =
        people::all(&mut tx).await?.into_iter().map(|person| Named { id: person.id, name: person.name });
    let agents = agents.collect();
    let teams = people::teams(&mut tx).await?.into_iter().map(|team| Named { id: team.id, name: team.name });
    Ok(People { agents, teams: teams.collect() })
}

/// The first page of a view with everything around it.
pub async fn inbox(node: &Node, actor: &Actor, query: ListQuery) -> Result<Inbox, Refusal> {
    let tally = node.hub.tally();
    let mut tx = node.db.snapshot().await?;
    let conversations = listing(&mut tx, node.clock.now(), actor, query).await?;
    let counters = count(&mut tx, actor, tally).await?;
    let pages = pages::all(&mut tx).await?;
    let pages = pages.iter().map(|record| record.view(node.clock.now())).collect();
    Ok(Inbox { conversations, counters, pages, apps: apps::all(&mut tx).await? })
}

/// One page of a view.
pub async fn list(node: &Node, actor: &Actor, query: ListQuery) -> Result<Listing<Conversation>, Refusal> {
    let (now, limit) = (node.clock.now(), limit(query.limit)?);
    let listed = listed(actor, query, limit)?;
    let (mut items, as_of) = match inbox::page(&node.db, &listed, now).await? {
        Some(page) => page,
        None => {
            let mut tx = node.db.snapshot().await?;
            let as_of = changes::last(&mut tx).await?;
            (inbox::list(&mut tx, &listed, now).await?, as_of)
        }
    };
    let next_cursor = cut(&mut items, limit, |last| (last.updated_at, last.id.0));
    Ok(Listing { items, next_cursor, as_of })
}

/// One page of a view that leaves the product; that somebody began to export is written down.
pub async fn export(
    node: &Arc<Node>,
    actor: &Actor,
    query: ListQuery,
) -> Result<Listing<Conversation>, Refusal> {
    if query.cursor.is_none() {
        let mut intention = Intention::begin(node).await?;
        let view = serde_json::json!({ "view": query.view });
        intention.audit(actor, "conversations_exported", None, view).await?;
        intention.commit().await?;
    }
    list(node, actor, query).await
}

/// The numbers beside the views.
pub async fn counters(node: &Node, actor: &Actor) -> Result<Counters, Refusal> {
    let tally = node.hub.tally();
    count(&mut node.db.snapshot().await?, actor, tally).await
}

async fn count(tx: &mut Tx, actor: &Actor, tally: Option<Tally>) -> Result<Counters, Refusal> {
    let (me, sight) = (me(actor), actor.sight());
    let kept = match tally {
        Some(tally) => tally.up_to_date(tx).await?,
        None => None,
    };
    Ok(match kept {
        Some(tally) => tally.counters(me, &sight),
        None => inbox::counters(tx, me, &sight).await?,
    })
}

async fn listing(
    tx: &mut Tx,
    now: Timestamp,
    actor: &Actor,
    query: ListQuery,
) -> Result<Listing<Conversation>, Refusal> {
    let limit = limit(query.limit)?;
    let listed = listed(actor, query, limit)?;
    let as_of = changes::last(tx).await?;
    let mut items = inbox::list(tx, &listed, now).await?;
    let next_cursor = cut(&mut items, limit, |last| (last.updated_at, last.id.0));
    Ok(Listing { items, next_cursor, as_of })
}

/// What a query asks of the store: one row more than are shown, to know whether there are more.
fn listed(actor: &Actor, query: ListQuery, limit: i64) -> Result<Listed, Refusal> {
    let before = query.cursor.as_deref().map(cursor).transpose()?;
    Ok(Listed {
        view: query.view,
        me: me(actor),
        sight: actor.sight(),
        unread: query.unread,
        owner: query.owner,
        assignee: query.assignee.map(|whose| assignee(actor, whose)).transpose()?,
        team: query.team,
        page: query.page_id,
        window: query.window,
        handed_over: query.handed_over,
        text: query.text,
        before: before.map(|(at, id)| (at, ConversationId(id))),
        limit: limit + 1,
    })
}

fn assignee(actor: &Actor, whose: Whose) -> Result<Assignee, Refusal> {
    match whose {
        Whose::Me => me(actor).map(Assignee::Person).ok_or_else(|| Refusal::Invalid {
            message: "A program has no conversations of its own. Name the person it asks for.".into(),
        }),
        Whose::Nobody => Ok(Assignee::Nobody),
        Whose::Person(person) => Ok(Assignee::Person(person)),
    }
}

/// One conversation, as anybody sees it; for an actor who has just changed it.
pub async fn conversation(node: &Node, id: ConversationId) -> Result<Conversation, Refusal> {
    let mut tx = node.db.snapshot().await?;
    conversations::view(&mut tx, id, node.clock.now()).await?.ok_or(Refusal::Gone)
}

/// One conversation. What the actor does not see is as good as gone.
pub async fn conversation_for(
    node: &Node,
    actor: &Actor,
    id: ConversationId,
) -> Result<Conversation, Refusal> {
    let conversation = conversation(node, id).await?;
    let facts = conversation.facts();
    sight::look(actor, facts.assignee, facts.team)?;
    Ok(conversation)
}

/// A conversation with its newest messages, oldest first.
pub async fn thread(node: &Node, actor: &Actor, id: ConversationId) -> Result<Thread, Refusal> {
    let mut tx = node.db.snapshot().await?;
    let now = node.clock.now();
    let conversation = conversations::view(&mut tx, id, now).await?.ok_or(Refusal::Gone)?;
    let facts = conversation.facts();
    sight::look(actor, facts.assignee, facts.team)?;
    let mut listing = message_page(&mut tx, id, None, FIRST_MESSAGES).await?;
    listing.items.reverse();
    let control = evidence::timeline(&mut tx, id, TIMELINE).await?;
    let activity = activity::of(&mut tx, id, TIMELINE).await?;
    let seen = match me(actor) {
        Some(person) => marks::get(&mut tx, id, person).await?,
        None => None,
    };
    let notes = notes::of(&mut tx, id, NOTES).await?;
    Ok(Thread {
        conversation,
        messages: listing.items,
        earlier: listing.next_cursor,
        control,
        activity,
        seen,
        notes,
        as_of: listing.as_of,
        now,
    })
}

/// Messages of a conversation, newest first.
pub async fn messages(
    node: &Node,
    actor: &Actor,
    id: ConversationId,
    before: Option<&str>,
    limit: u32,
) -> Result<Listing<Message>, Refusal> {
    let mut tx = node.db.snapshot().await?;
    sight::find(&mut tx, actor, id).await?;
    message_page(&mut tx, id, before, limit).await
}

async fn message_page(
    tx: &mut Tx,
    id: ConversationId,
    before: Option<&str>,
    most: u32,
) -> Result<Listing<Message>, Refusal> {
    let most = limit(most)?;
    let before = before.map(cursor).transpose()?.map(|(at, id)| (at, MessageId(id)));
    let as_of = changes::last(tx).await?;
    let mut items = messages::page(tx, id, before, most + 1).await?;
    let next_cursor = cut(&mut items, most, |last| (last.at, last.id.0));
    Ok(Listing { items, next_cursor, as_of })
}

/// Every change of owner, newest first.
pub async fn control(
    node: &Node,
    actor: &Actor,
    id: ConversationId,
) -> Result<Listing<ControlChange>, Refusal> {
    let mut tx = node.db.snapshot().await?;
    sight::find(&mut tx, actor, id).await?;
    let as_of = changes::last(&mut tx).await?;
    let items = evidence::timeline(&mut tx, id, i64::from(u32::MAX)).await?;
    Ok(Listing { items, next_cursor: None, as_of })
}

/// Remembers how far a person has looked.
pub async fn seen(node: &Node, actor: &Actor, id: ConversationId) -> Result<(), Refusal> {
    let Some(person) = me(actor) else { return Ok(()) };
    let mut tx = node.db.begin().await?;
    sight::find(&mut tx, actor, id).await?;
    let now = node.clock.now();
    marks::set(&mut tx, id, person, now).await?;
    notifications::seen_in(&mut tx, person, id, now).await?;
    Ok(tx.commit().await?)
}

fn me(actor: &Actor) -> Option<PersonId> {
    actor.person().map(|person| person.id)
}

/// How many items a page holds, if that many are allowed.
pub fn limit(limit: u32) -> Result<i64, Refusal> {
    match limit {
        1..=MOST => Ok(i64::from(limit)),
        _ => Err(Refusal::Invalid { message: format!("limit is {limit}; it goes from 1 to {MOST}.") }),
    }
}

/// Keeps `limit` items; the cursor of the next page if there were more.
pub fn cut<T>(items: &mut Vec<T>, limit: i64, place: impl Fn(&T) -> (Timestamp, Uuid)) -> Option<String> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = items.len() > limit;
    items.truncate(limit);
    let last = items.last().filter(|_| more)?;
    let (at, id) = place(last);
    Some(format!("{}.{}", at.ms(), id.simple()))
}

/// The place a cursor names.
pub fn cursor(text: &str) -> Result<(Timestamp, Uuid), Refusal> {
    let parsed =
        text.split_once('.').and_then(|(at, id)| Some((Timestamp(at.parse().ok()?), id.parse().ok()?)));
    parsed.ok_or_else(|| Refusal::Invalid {
        message: "This cursor is not one of ours. Start again without it.".into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_on_from_the_last_item_and_a_strange_one_is_refused() {
        let id = Uuid::from_u128(5);
        let mut items = vec![(Timestamp(9), Uuid::from_u128(6)), (Timestamp(8), id), (Timestamp(7), id)];
        let next = cut(&mut items, 2, |item| *item).expect("there is more");
        assert_eq!(cursor(&next).ok(), Some((Timestamp(8), id)));
        assert_eq!(cut(&mut items, 2, |item| *item), None);
        assert!(cursor("' or 1=1").is_err());
    }
}
