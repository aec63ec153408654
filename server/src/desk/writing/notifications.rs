//! What somebody should look at.

use crate::desk::Refusal;
use crate::node::Node;
use domain::Timestamp;
use domain::person::Person;
use domain::writing::Notification;
use store::notifications;

/// How many are shown.
const SHOWN: i64 = 50;

/// The newest of a person, of conversations the person still sees.
pub async fn newest(node: &Node, person: &Person) -> Result<Vec<Notification>, Refusal> {
    let told = notifications::newest(&mut node.db.snapshot().await?, person.id, SHOWN).await?;
    let sight = person.sight();
    let seen = told.into_iter().filter(|told| sight.sees(told.assignee, told.team));
    Ok(seen.map(|told| told.notification).collect())
}

/// The person has looked at everything up to a moment.
pub async fn seen(node: &Node, person: &Person, until: Timestamp) -> Result<(), Refusal> {
    let mut tx = node.db.begin().await?;
    notifications::seen(&mut tx, person.id, until, node.clock.now()).await?;
    Ok(tx.commit().await?)
}
