//! Signing in, as the audit log and the list of one's sessions tell it.

use crate::desk::Refusal;
use crate::desk::intention::Intention;
use crate::node::Node;
use domain::person::{Actor, Person};
use serde_json::json;
use std::sync::Arc;
use store::{people, sessions};

/// Notes that somebody signed in, where and with what. `agent`: what the browser calls itself.
pub async fn note(
    node: &Arc<Node>,
    person: &Person,
    session: &str,
    agent: Option<&str>,
    address: &str,
) -> Result<(), Refusal> {
    let mut intention = Intention::begin(node).await?;
    let now = intention.now();
    sessions::begun(intention.tx(), session, agent, address, now).await?;
    people::seen(intention.tx(), person.id, now).await?;
    let detail = json!({ "email": person.email, "address": address });
    intention.audit(&Actor::Person(person.clone()), "person.signed_in", None, detail).await?;
    Ok(intention.commit().await?)
}
