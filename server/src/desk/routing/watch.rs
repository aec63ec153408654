//! Events that give away how a page routes are noted as they come.

use super::apps::met;
use crate::desk::intention::Intention;
use crate::node::Node;
use domain::conversation::control::Owner;
use domain::conversation::evidence::{Answer, Channel};
use domain::routing::rehearsal::Entry;
use domain::routing::sign::Sign;
use domain::{ConversationId, PageId};
use messenger::Error;
use messenger::event::{Event, Referral};
use std::sync::Arc;
use store::conversations::Record;
use store::{Result, signs};

/// Facebook's word for what comes from an ad.
const ADS: &str = "ADS";

/// Notes a sign that Facebook's answer to a call gave. It has a transaction of its own: all conversations of a page
/// share the row, and who waits for it with a conversation in hand may wait for somebody who waits for that one.
pub async fn note(
    node: &Arc<Node>,
    page: &PageId,
    sign: Sign,
    conversation: Option<ConversationId>,
) -> Result<()> {
    let mut tx = node.db.begin().await?;
    signs::see(&mut tx, page, sign, node.clock.now(), conversation);
    tx.commit().await
}

/// Notes what an answer about an owner gives away, and the app it names.
pub async fn answered(
    node: &Arc<Node>,
    page: &PageId,
    conversation: Option<ConversationId>,
    answer: &Answer,
) -> Result<()> {
    if let Some(sign) = of_answer(answer) {
        note(node, page, sign, conversation).await?;
    }
    match answer {
        Answer::Other(app) if !app.is_page_inbox() => {
            let mut intention = Intention::begin(node).await?;
            let now = intention.now();
            met(&mut intention, page, app, now, 0).await?;
            intention.commit().await
        }
        Answer::Other(_) | Answer::OtherUnnamed | Answer::Ours | Answer::Idle => Ok(()),
    }
}

/// What Facebook's answer about an owner gives away: it names another owner only to the default app.
fn of_answer(answer: &Answer) -> Option<Sign> {
    match answer {
        Answer::Other(_) => Some(Sign::OwnerNamed),
        Answer::OtherUnnamed => Some(Sign::OwnerHidden),
        Answer::Ours | Answer::Idle => None,
    }
}

/// What a refused take-over gives away.
pub fn of_refusal(error: &Error) -> Option<Sign> {
    match (error.code, error.subcode) {
        (27, Some(2_534_118)) => Some(Sign::TakeSwitchedOff),
        (27, _) => Some(Sign::RoutingOff),
        (_, Some(2_018_171 | 2_018_234)) => Some(Sign::RolesGiven),
        _ => None,
    }
}

/// How a customer came into a thread that nobody had; nothing for what begins nothing.
pub fn entry(event: &Event, record: &Record) -> Option<Entry> {
    let is_new = record.latest.is_none();
    if !is_new && record.standing.control.owner != Owner::Idle {
        return None;
    }
    match event {
        Event::Message { referral: Some(referral), .. } | Event::Referral(referral) => {
            Some(by_referral(referral))
        }
        Event::Message { quick_reply: Some(_), .. } => Some(Entry::Tap),
        Event::Message { .. } => Some(Entry::Message),
        Event::Postback { referral: Some(referral), .. } => Some(by_referral(referral)),
        // The first button somebody new can tap is Get Started.
        Event::Postback { .. } if is_new => Some(Entry::Message),
        Event::Postback { .. } => Some(Entry::Tap),
        Event::Optin(_) => Some(Entry::OptIn),
        Event::Echo { .. }
        | Event::Deleted { .. }
        | Event::Edit { .. }
        | Event::Reaction { .. }
        | Event::Delivery { .. }
        | Event::Read { .. }
        | Event::Passed { .. }
        | Event::Taken { .. }
        | Event::Requested { .. }
        | Event::AppRoles
        | Event::AccountLinking { .. }
        | Event::Policy { .. }
        | Event::Feedback { .. }
        | Event::Thumb { .. }
        | Event::Order { .. }
        | Event::LabelChanged { .. }
        | Event::Other { .. } => None,
    }
}

fn by_referral(referral: &Referral) -> Entry {
    let from_ad = referral.ad.is_some() || referral.source.as_deref() == Some(ADS);
    if from_ad { Entry::Ad } else { Entry::Link }
}

/// The sign of a beginning.
pub fn entered(entry: Entry, channel: Channel) -> Sign {
    Sign::Entered(entry, channel == Channel::Direct)
}
