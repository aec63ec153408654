//! "… is typing" on the customer's phone.

use crate::desk::{Refusal, sight};
use crate::node::Node;
use domain::conversation::control::Owner;
use domain::page::Health;
use domain::person::Actor;
use domain::{ConversationId, Timestamp};
use messenger::outgoing::Action;
use store::pages;

/// Shows the customer that somebody types. Only where we have control, the window is open and the page is well: it is
/// a courtesy, never a reason to take a thread or to be refused. Whether Meta took it does not matter to anybody.
pub async fn show(node: &Node, actor: &Actor, id: ConversationId) -> Result<(), Refusal> {
    let mut tx = node.db.snapshot().await?;
    let record = sight::find(&mut tx, actor, id).await?;
    let now: Timestamp = node.clock.now();
    let open = record.standing.window.open_until.is_some_and(|until| now < until);
    if !open || record.standing.control.owner != Owner::Ours {
        return Ok(());
    }
    let Some(page) = pages::find(&mut tx, &record.page).await? else { return Ok(()) };
    if page.page.health != Health::Connected {
        return Ok(());
    }
    let Ok(credentials) = node.credentials(&mut tx, &page).await else { return Ok(()) };
    drop(tx);
    if let Err(error) = node.messenger.act(&credentials, &record.psid, Action::TypingOn).await {
        tracing::debug!(%error, "typing was not shown");
    }
    Ok(())
}
