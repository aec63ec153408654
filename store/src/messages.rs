//! Messages and how far each has come.

mod counted;
mod receipts;
mod row;

pub use receipts::{receipt, receipts_again};

use crate::{Result, Tx, search, text};
#[cfg(doc)]
use domain::conversation::message::DeliveryState;
use domain::conversation::message::{Attachment, Delivery, Direction, Origin};
use domain::view::Message;
use domain::{ConversationId, MessageId, Mid, PageId, Timestamp};
use row::{Row, message_where};
use uuid::Uuid;

statements! {
    /// Facebook repeats an event for an hour, and browsers repeat a reply: the second one is a no-op.
    INSERT = "
        insert into message (id, conversation_id, page_id, mid, at, direction, author_kind, author_id, author_name,
            text, text_folded, attachments, origin, state, error, tapped, reply_to, edits, deleted, reaction, late,
            inbound_id)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
        on conflict do nothing";
    SEARCH = (message_where!(
        "m.conversation_id = $1 and m.text_folded like $2 escape '\\' and not m.deleted
         order by m.at desc, m.id desc limit $3"
    ));
    FIND = (message_where!("m.id = $1"));
    BY_MID = (message_where!("m.page_id = $1 and m.mid = $2"));
    NEWEST = (message_where!("m.conversation_id = $1 order by m.at desc, m.id desc limit 1"));
    NEWEST_OF_EACH = "
        select direction, text, at, origin from (
            select direction, text, at, origin from message where conversation_id = $1 and direction = 'in'
            order by at desc, id desc limit 1) as incoming
        union all
        select direction, text, at, origin from (
            select direction, text, at, origin from message where conversation_id = $1 and direction = 'out'
            order by at desc, id desc limit 1) as outgoing";
    PAGE = (message_where!("m.conversation_id = $1 order by m.at desc, m.id desc limit $2"));
    PAGE_BEFORE = (message_where!(
        "m.conversation_id = $1 and (m.at, m.id) < ($2, $3) order by m.at desc, m.id desc limit $4"
    ));
    UNBOUND = (message_where!(
        "m.conversation_id = $1 and m.mid is null and m.at >= $2
            and m.direction = 'out' and m.state in ('sending', 'unknown')
         order by m.at, m.id"
    ));

    /// A mid belongs to one message of a page; whoever has it keeps it.
    BIND_MID = "
        update message set mid = $2
        where id = $1 and mid is null
          and not exists (
            select 1 from message o where o.mid = $2 and o.page_id = message.page_id)";
    SENT_AT = "update message set sent_at = $2 where id = $1 and sent_at is null";
    ECHOED_AT = "select sent_at from message where id = $1";
    SET_DELIVERY = "update message set state = $2, error = $3 where id = $1";
    SET_ATTACHMENTS = "update message set attachments = $2 where id = $1 and not deleted";
    INBOUND_OF = "select inbound_id from message where id = $1";
    EDIT = "update message set text = $2, text_folded = $3, edits = $4 where id = $1 and edits < $4 and not deleted";
    /// What somebody took back is gone here too.
    MARK_DELETED = "
        update message set deleted = true, text = null, text_folded = null, attachments = '[]', tapped = null
        where id = $1 and not deleted";
    /// Reactions come in any order; the last one by Meta's clock counts.
    REACT = "
        update message set reaction = $2, reaction_at = $3
        where id = $1 and (reaction_at is null or reaction_at < $3)";
}

/// Adds a message. `false` when its id, or its mid on this page, is there already.
pub async fn insert(tx: &mut Tx, message: &Message, page: &PageId) -> Result<bool> {
    insert_from(tx, message, page, None).await
}

/// The same for one that came with a stored webhook.
pub async fn insert_from(
    tx: &mut Tx,
    message: &Message,
    page: &PageId,
    inbound: Option<Uuid>,
) -> Result<bool> {
    let error = message.delivery.error.as_ref().map(|error| text::write("message", error)).transpose()?;
    let added = execute!(
        tx,
        INSERT,
        message.id.0,
        message.conversation_id.0,
        page.as_str(),
        message.mid.as_ref().map(Mid::as_str),
        message.at.ms(),
        direction_word(message.direction),
        message.author.kind.as_str(),
        message.author.id.as_deref(),
        message.author.name.as_deref(),
        message.text.as_deref(),
        message.text.as_deref().map(text::fold),
        text::write("message", &message.attachments)?,
        message.origin.as_str(),
        message.delivery.state.as_str(),
        error.as_deref(),
        message.tapped.as_deref(),
        message.reply_to.as_ref().map(Mid::as_str),
        i64::from(message.edited),
        message.deleted,
        message.reaction.as_deref(),
        message.late,
        inbound,
    );
    if added == 1 {
        counted::added(tx, message, page);
    }
    if added == 1 && !message.deleted {
        search::add(tx, message.conversation_id, message.id, message.text.as_deref().unwrap_or_default())
            .await?;
    }
    Ok(added == 1)
}

/// The messages of a conversation with this text in them, newest first.
pub async fn search(
    tx: &mut Tx,
    conversation: ConversationId,
    text: &str,
    limit: i64,
) -> Result<Vec<Message>> {
    let rows: Vec<Row> = fetch_all!(tx, SEARCH, conversation.0, text::anywhere(text), limit);
    rows.into_iter().map(Message::try_from).collect()
}

/// One message.
pub async fn find(tx: &mut Tx, id: MessageId) -> Result<Option<Message>> {
    let row: Option<Row> = fetch_optional!(tx, FIND, id.0);
    row.map(Message::try_from).transpose()
}

/// The message Meta calls by this name on a page.
pub async fn by_mid(tx: &mut Tx, page: &PageId, mid: &Mid) -> Result<Option<Message>> {
    let row: Option<Row> = fetch_optional!(tx, BY_MID, page.as_str(), mid.as_str());
    row.map(Message::try_from).transpose()
}

/// Notes what Meta calls a message. `false` when it has a mid already, or another message of the page has this one.
pub async fn bind_mid(tx: &mut Tx, id: MessageId, mid: &Mid) -> Result<bool> {
    Ok(execute!(tx, BIND_MID, id.0, mid.as_str()) == 1)
}

/// Notes Meta's time of a message of ours, once. Receipts count by it. `false` when it was known.
pub async fn sent_at(tx: &mut Tx, id: MessageId, at: Timestamp) -> Result<bool> {
    Ok(execute!(tx, SENT_AT, id.0, at.ms()) == 1)
}

/// Meta's time of a message of ours, once an echo or the history told it.
pub async fn echoed_at(tx: &mut Tx, id: MessageId) -> Result<Option<Timestamp>> {
    let row: Option<(Option<i64>,)> = fetch_optional!(tx, ECHOED_AT, id.0);
    Ok(row.and_then(|(at,)| at).map(Timestamp))
}

/// Notes how far a message of a page has come, here and in the ledger. The caller holds its conversation, knows it as it
/// is and has asked whether it may ([`DeliveryState::may_become`]).
pub async fn set_delivery(tx: &mut Tx, message: &Message, page: &PageId, delivery: &Delivery) -> Result<()> {
    counted::moved(tx, &counted::Place::of(message, page), delivery.state)?;
    let error = delivery.error.as_ref().map(|error| text::write("message", error)).transpose()?;
    execute!(tx, SET_DELIVERY, message.id.0, delivery.state.as_str(), error.as_deref());
    Ok(())
}

/// The customer changed the text, for the `edits`th time. `false` when a later change is known.
pub async fn edit(tx: &mut Tx, id: MessageId, new_text: &str, edits: i64) -> Result<bool> {
    let edited = execute!(tx, EDIT, id.0, new_text, text::fold(new_text), edits) == 1;
    if edited && let Some(message) = find(tx, id).await?.filter(|message| !message.deleted) {
        search::remove(tx, id).await?;
        search::add(tx, message.conversation_id, id, new_text).await?;
    }
    Ok(edited)
}

/// Keeps the attachments of a message anew, with how far the copies of their files are.
pub async fn set_attachments(tx: &mut Tx, id: MessageId, attachments: &[Attachment]) -> Result<()> {
    execute!(tx, SET_ATTACHMENTS, id.0, text::write("message", &attachments)?);
    Ok(())
}

/// The stored webhook a message came with, if it came with one.
pub async fn inbound_of(tx: &mut Tx, id: MessageId) -> Result<Option<Uuid>> {
    let row: Option<(Option<Uuid>,)> = fetch_optional!(tx, INBOUND_OF, id.0);
    Ok(row.and_then(|(inbound,)| inbound))
}

/// The writer took the message back: what it said is erased. `false` when that is known.
pub async fn mark_deleted(tx: &mut Tx, id: MessageId) -> Result<bool> {
    let deleted = execute!(tx, MARK_DELETED, id.0) == 1;
    if deleted {
        search::remove(tx, id).await?;
    }
    Ok(deleted)
}

/// Somebody reacted, or took the reaction back. `false` when a later reaction is known.
pub async fn react(tx: &mut Tx, id: MessageId, reaction: Option<&str>, at: Timestamp) -> Result<bool> {
    Ok(execute!(tx, REACT, id.0, reaction, at.ms()) == 1)
}

/// A page of a conversation's messages, newest first; `before`: the time and id of the last message of the page
/// before.
pub async fn page(
    tx: &mut Tx,
    conversation: ConversationId,
    before: Option<(Timestamp, MessageId)>,
    limit: i64,
) -> Result<Vec<Message>> {
    let rows: Vec<Row> = match before {
        Some((at, id)) => fetch_all!(tx, PAGE_BEFORE, conversation.0, at.ms(), id.0, limit),
        None => fetch_all!(tx, PAGE, conversation.0, limit),
    };
    rows.into_iter().map(Message::try_from).collect()
}

/// The newest message of a conversation, either way.
pub async fn newest(tx: &mut Tx, conversation: ConversationId) -> Result<Option<Message>> {
    let row: Option<Row> = fetch_optional!(tx, NEWEST, conversation.0);
    row.map(Message::try_from).transpose()
}

/// What somebody said, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub text: String,
    pub at: Timestamp,
    pub origin: Origin,
}

/// The newest words of either side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewestOfEach {
    pub incoming: Option<Words>,
    pub outgoing: Option<Words>,
}

/// The newest message of each side of a conversation.
pub async fn newest_of_each(tx: &mut Tx, conversation: ConversationId) -> Result<NewestOfEach> {
    let rows: Vec<(String, Option<String>, i64, String)> = fetch_all!(tx, NEWEST_OF_EACH, conversation.0);
    let mut newest = NewestOfEach::default();
    for (direction, said, at, origin) in rows {
        let origin = text::word("message", &origin)?;
        let words = Some(Words { text: said.unwrap_or_default(), at: Timestamp(at), origin });
        match direction == direction_word(Direction::In) {
            true => newest.incoming = words,
            false => newest.outgoing = words,
        }
    }
    Ok(newest)
}

/// Messages of ours since a moment that were handed to Meta and have no mid yet, oldest first: an echo without our
/// id may be one of them.
pub async fn unbound_outgoing(
    tx: &mut Tx,
    conversation: ConversationId,
    since: Timestamp,
) -> Result<Vec<Message>> {
    let rows: Vec<Row> = fetch_all!(tx, UNBOUND, conversation.0, since.ms());
    rows.into_iter().map(Message::try_from).collect()
}

const fn direction_word(direction: Direction) -> &'static str {
    match direction {
        Direction::In => "in",
        Direction::Out => "out",
    }
}

/// All statements, those of receipts too.
#[cfg(test)]
pub(crate) const RECEIPTS: &[(&str, crate::sql::Sql)] = receipts::STATEMENTS;
