//! What the ledger counts of messages: asked for once, and then in exactly one place.

use crate::{Result, Tx, text};
use domain::conversation::message::{DeliveryState, Direction, Origin};
use domain::page::ledger::Kind;
use domain::view::Message;
use domain::{PageId, Timestamp};
use uuid::Uuid;

/// Where a message stands before it moves.
#[derive(sqlx::FromRow)]
pub(crate) struct Place {
    pub id: Uuid,
    page_id: String,
    at: i64,
    state: String,
    direction: String,
    origin: String,
}

impl Place {
    pub(super) fn of(message: &Message, page: &PageId) -> Self {
        Self {
            id: message.id.0,
            page_id: page.0.clone(),
            at: message.at.ms(),
            state: message.delivery.state.as_str().to_owned(),
            direction: super::direction_word(message.direction).to_owned(),
            origin: message.origin.as_str().to_owned(),
        }
    }
}

/// Counts a message the team or a program wrote.
pub(super) fn added(tx: &mut Tx, message: &Message, page: &PageId) {
    if message.direction == Direction::Out && message.origin != Origin::External {
        tx.count(page, message.at, Kind::Asked, 1);
        for kind in kinds(message.delivery.state) {
            tx.count(page, message.at, *kind, 1);
        }
    }
}

/// Moves a message of ours from one place of the ledger to another, in the hour it was written.
pub(super) fn moved(tx: &mut Tx, before: &Place, next: DeliveryState) -> Result<()> {
    if before.direction != "out" || before.origin == Origin::External.as_str() {
        return Ok(());
    }
    let state = text::word("message", &before.state)?;
    let page = PageId::from(before.page_id.as_str());
    for (state, n) in [(state, -1), (next, 1)] {
        for kind in kinds(state) {
            tx.count(&page, Timestamp(before.at), *kind, n);
        }
    }
    Ok(())
}

/// The counts a message is in. What was read was delivered, and what was delivered was accepted.
fn kinds(state: DeliveryState) -> &'static [Kind] {
    match state {
        DeliveryState::Received => &[],
        DeliveryState::Queued | DeliveryState::Sending => &[Kind::Waiting],
        DeliveryState::Sent => &[Kind::Accepted],
        DeliveryState::Delivered => &[Kind::Accepted, Kind::Delivered],
        DeliveryState::Read => &[Kind::Accepted, Kind::Delivered, Kind::Read],
        DeliveryState::Failed => &[Kind::Failed],
        DeliveryState::Unknown => &[Kind::Unknown],
    }
}
