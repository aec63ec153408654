//! How bots behave, counted in what was written.

use crate::{Result, Tx, text};
use domain::contact::name_or_stand_in;
use domain::conversation::standing::Standing;
use domain::routing::check::{PATIENCE, Pace};
use domain::routing::radar::{ASKS_FOR_PERSON, Example, LOOP, PASSES_ON};
use domain::{ConversationId, HOUR, PageId, Psid, Timestamp};
use uuid::Uuid;

/// More than so many of anything are not counted one by one.
const MOST: i64 = 1_000;
/// How many conversations are looked through for where they stand.
const STANDINGS: i64 = 20_000;

/// The bots' messages that follow directly on something the customer wrote, with the milliseconds between them.
macro_rules! answers {
    ($what:literal, $rest:literal) => {
        concat!(
            "select ",
            $what,
            " from (
                select m.conversation_id, m.at,
                    (select p.direction from message p
                     where p.conversation_id = m.conversation_id and (p.at, p.id) < (m.at, m.id)
                     order by p.at desc, p.id desc limit 1) as follows,
                    m.at - (select p.at from message p
                     where p.conversation_id = m.conversation_id and (p.at, p.id) < (m.at, m.id)
                     order by p.at desc, p.id desc limit 1) as gap
                from message m
                where m.page_id = $1 and m.at >= $2 and m.author_kind = 'bot') a
             join conversation c on c.id = a.conversation_id
             join contact k on k.id = c.contact_id
             where a.follows = 'in' ",
            $rest
        )
    };
}

statements! {
    PACE = (answers!(
        "count(*) as answers, count(case when a.gap < $3 then 1 end) as fast, coalesce(min(a.gap), 0) as fastest",
        ""
    ));
    SINCE = (answers!("count(*)", "and a.at > $3"));
    FAST = (answers!(
        "a.conversation_id, k.name, k.psid, a.at, a.gap as number",
        "and a.gap < $3 order by a.at desc, a.conversation_id limit $4"
    ));
    /// Who wrote for a person, was answered by a bot, and stayed with it.
    ASKED = "
        select m.conversation_id, k.name, k.psid, m.at, cast(null as bigint) as number
        from conversation c
        join message m on m.conversation_id = c.id
        join contact k on k.id = c.contact_id
        where c.page_id = $1 and c.updated_at >= $2 and m.at >= $2 and m.direction = 'in'
            and (m.text_folded like $3 or m.text_folded like $4 or m.text_folded like $5
                or m.text_folded like $6 or m.text_folded like $7 or m.text_folded like $8)
            and (select n.author_kind from message n
                 where n.conversation_id = m.conversation_id and (n.at, n.id) > (m.at, m.id)
                    and n.direction = 'out'
                 order by n.at, n.id limit 1) = 'bot'
            and not exists (select 1 from evidence e
                 where e.conversation_id = m.conversation_id and e.changed_owner and e.owner_app is null
                    and e.at between m.at and m.at + $9)
        order by m.at desc, m.id desc limit $10";
    LOOPS = "
        select m.conversation_id, k.name, k.psid, max(m.at) as at, count(*) as number
        from message m
        join conversation c on c.id = m.conversation_id
        join contact k on k.id = c.contact_id
        where m.page_id = $1 and m.at >= $2 and m.author_kind = 'bot' and m.text_folded <> ''
        group by m.conversation_id, k.name, k.psid, m.author_id, m.text_folded, m.at / $3
        having count(*) >= $4
        order by max(m.at) desc, m.conversation_id limit $5";
    STANDING = "
        select c.id, k.name, k.psid, c.standing from conversation c
        join contact k on k.id = c.contact_id
        where c.page_id = $1 and c.updated_at >= $2
        order by c.updated_at desc, c.id desc limit $3";
}

#[derive(sqlx::FromRow)]
struct Row {
    conversation_id: Uuid,
    name: Option<String>,
    psid: String,
    at: i64,
    number: Option<i64>,
}

impl From<Row> for Example {
    fn from(row: Row) -> Self {
        Self {
            conversation: ConversationId(row.conversation_id),
            customer: name_or_stand_in(row.name.as_deref(), &Psid(row.psid)),
            at: Timestamp(row.at),
            number: row.number,
        }
    }
}

fn examples(rows: Vec<Row>) -> Vec<Example> {
    rows.into_iter().map(Example::from).collect()
}

/// How fast the bots of a page have answered since a moment, and their answers that were faster than a second, the
/// newest first.
pub async fn pace(tx: &mut Tx, page: &PageId, since: Timestamp) -> Result<(Pace, Vec<Example>)> {
    let (answers, fast, fastest): (i64, i64, i64) = fetch_one!(tx, PACE, page.as_str(), since.ms(), PATIENCE);
    let rows: Vec<Row> = fetch_all!(tx, FAST, page.as_str(), since.ms(), PATIENCE, MOST);
    let newest_fast = rows.first().map(|row| (Timestamp(row.at), ConversationId(row.conversation_id)));
    let waited = match newest_fast {
        Some((at, _)) => fetch_one!(tx, SINCE, page.as_str(), since.ms(), at.ms()),
        None => (answers,),
    };
    let (waited,): (i64,) = waited;
    Ok((Pace { answers, fast, fastest, newest_fast, waited }, examples(rows)))
}

/// Customers who asked for a person since a moment and were kept by a bot.
pub async fn asked_for_person(tx: &mut Tx, page: &PageId, since: Timestamp) -> Result<Vec<Example>> {
    let [a, b, c, d, e, f] = ASKS_FOR_PERSON.map(text::anywhere);
    let rows: Vec<Row> = fetch_all!(
        tx,
        ASKED,
        page.as_str(),
        since.ms(),
        a.as_str(),
        b.as_str(),
        c.as_str(),
        d.as_str(),
        e.as_str(),
        f.as_str(),
        PASSES_ON,
        MOST
    );
    Ok(examples(rows))
}

/// Conversations in which a bot said the same again and again within an hour.
pub async fn loops(tx: &mut Tx, page: &PageId, since: Timestamp) -> Result<Vec<Example>> {
    let rows: Vec<Row> = fetch_all!(tx, LOOPS, page.as_str(), since.ms(), HOUR, LOOP, MOST);
    Ok(examples(rows))
}

/// Where a page's conversations with news since a moment stand, with what the customer is called.
pub async fn standings(
    tx: &mut Tx,
    page: &PageId,
    since: Timestamp,
) -> Result<Vec<(ConversationId, String, Standing)>> {
    let rows: Vec<(Uuid, Option<String>, String, String)> =
        fetch_all!(tx, STANDING, page.as_str(), since.ms(), STANDINGS);
    let read = |(id, name, psid, standing): (Uuid, Option<String>, String, String)| {
        let customer = name_or_stand_in(name.as_deref(), &Psid(psid));
        Ok((ConversationId(id), customer, text::read("conversation", &standing)?))
    };
    rows.into_iter().map(read).collect()
}
