//! Messages from Meta's history: what webhooks did not bring, and what became of messages whose fate is unknown.

use super::intention::Intention;
use super::send;
use super::workflow::Occurred;
use domain::conversation::evidence::{Evidence, What};
use domain::conversation::message::{
    Attachment, Author, AuthorKind, Delivery, DeliveryState, Direction, Origin,
};
use domain::page::ledger::Kind;
use domain::view::Message;
use domain::workflow::turn::Answer;
use domain::{ConversationId, MINUTE, MessageId};
use messenger::Remembered;
use store::{Result, messages};

/// Clocks differ: a message may be in Meta's history this many milliseconds before we wrote it.
const SKEW: i64 = 2 * MINUTE;

/// Adds what is missing, settles what is unknown, and answers how many messages were missing. History does not name the app that wrote.
pub async fn merge(
    intention: &mut Intention,
    id: ConversationId,
    mut history: Vec<Remembered>,
) -> Result<i64> {
    let mut filled = 0;
    history.sort_by_key(|message| message.at);
    let page = intention.held(id).page.clone();
    for remembered in history {
        if messages::by_mid(intention.tx(), &page, &remembered.mid).await?.is_some() {
            continue;
        }
        if remembered.from_page && settle(intention, id, &remembered).await? {
            continue;
        }
        let (at, key) = (remembered.at, format!("found:{}", remembered.mid));
        let what = What::Found { from_customer: !remembered.from_page };
        let message = as_message(intention, id, remembered);
        let answer = answer(&message).filter(|_| !message.late);
        let found = message.id;
        if intention.add_message(message).await? {
            if let Some(answer) = answer {
                let said = Occurred::Said { message: Some(found), answer, from_ad: false };
                intention.occurred(id, said);
            }
            intention.observe(id, Evidence { at, key, what }).await?;
            let now = intention.now();
            intention.tx().count(&page, now, Kind::Filled, 1);
            filled += 1;
        }
    }
    Ok(filled)
}

/// What the customer said with it, for a question that is still open.
fn answer(message: &Message) -> Option<Answer> {
    let from_customer = message.direction == Direction::In;
    from_customer.then(|| Answer { text: message.text.clone(), ..Answer::default() })
}

/// A message of ours without an answer, with the same words at about the same time, is this one.
async fn settle(intention: &mut Intention, id: ConversationId, remembered: &Remembered) -> Result<bool> {
    let open = messages::unbound_outgoing(intention.tx(), id, remembered.at - 10 * SKEW).await?;
    let same =
        open.into_iter().find(|message| is_alike(message, remembered) && message.at <= remembered.at + SKEW);
    let Some(message) = same else { return Ok(false) };
    send::accepted(intention, &message, &remembered.mid, Some(remembered.at)).await?;
    Ok(true)
}

/// The same words, or files of the same kinds.
fn is_alike(message: &Message, remembered: &Remembered) -> bool {
    let kinds =
        |attachments: &[Attachment]| attachments.iter().map(|one| one.kind.clone()).collect::<Vec<_>>();
    message.text == remembered.text && kinds(&message.attachments) == kinds(&remembered.attachments)
}

fn as_message(intention: &Intention, id: ConversationId, remembered: Remembered) -> Message {
    let psid = intention.held(id).psid.to_string();
    let (direction, author, state) = if remembered.from_page {
        (Direction::Out, Author { kind: AuthorKind::Unknown, id: None, name: None }, DeliveryState::Sent)
    } else {
        (
            Direction::In,
            Author { kind: AuthorKind::Customer, id: Some(psid), name: None },
            DeliveryState::Received,
        )
    };
    Message {
        id: MessageId(intention.node().clock.id()),
        mid: Some(remembered.mid),
        conversation_id: id,
        at: remembered.at,
        direction,
        author,
        text: remembered.text,
        attachments: remembered.attachments,
        origin: Origin::External,
        delivery: Delivery { state, error: None },
        tapped: None,
        reply_to: remembered.reply_to,
        edited: false,
        deleted: false,
        // Nobody was told when it came.
        late: remembered.at < intention.now() - MINUTE,
        reaction: None,
    }
}
