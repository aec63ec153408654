//! Connections to other services. A secret goes in and never comes out.

use super::{check_name, invalid};
use crate::desk::Refusal;
use crate::desk::intention::Intention;
use crate::desk::workflow::calls::{self, google, model};
use crate::node::Node;
use app::api::{Connection, ConnectionChange, ConnectionKind, ConnectionTest};
use domain::person::Actor;
use serde_json::json;
use std::sync::Arc;
use store::connections::{self, Connection as Stored, Kind};

/// The most bytes of a secret: a key file has about 2400.
const MOST_SECRET: usize = 16 * 1024;
/// The most bytes of an address.
const MOST_ADDRESS: usize = 500;
/// The most bytes of a model's name.
const MOST_MODEL: usize = 100;
/// The most connections of a workspace.
const MOST: usize = 20;

/// All of them, without their secrets.
pub async fn all(node: &Node) -> Result<Vec<Connection>, Refusal> {
    let stored = connections::all(&mut node.db.snapshot().await?).await?;
    Ok(stored.into_iter().map(shown).collect())
}

fn shown(stored: Stored) -> Connection {
    let kind = match stored.kind {
        Kind::Ai => ConnectionKind::Ai,
        Kind::Sheets => ConnectionKind::Sheets,
    };
    let Stored { name, address, model, updated_at, .. } = stored;
    Connection { name, kind, address, model, updated_at }
}

/// Adds a connection, or changes the one with this name.
pub async fn put(node: &Arc<Node>, actor: &Actor, change: ConnectionChange) -> Result<(), Refusal> {
    let name = change.name.trim().to_owned();
    check_name(&name, "A connection's name")?;
    let kind = match change.kind {
        ConnectionKind::Ai => Kind::Ai,
        ConnectionKind::Sheets => Kind::Sheets,
    };
    let address = change.address.trim().to_owned();
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    if address.len() > MOST_ADDRESS || !is_web && (kind == Kind::Ai || !address.is_empty()) {
        return invalid("Give the service's address; it begins with https://.");
    }
    let model = change.model.trim().to_owned();
    if kind == Kind::Ai && !(1..=MOST_MODEL).contains(&model.len()) {
        return invalid("Say which model the service should use, as the service names it.");
    }
    let mut intention = Intention::begin(node).await?;
    let known = connections::find(intention.tx(), &name).await?;
    if known.is_none() && connections::all(intention.tx()).await?.len() >= MOST {
        return invalid(format!("There are {MOST} connections already. Delete one first."));
    }
    let secret = match (change.secret.filter(|secret| !secret.trim().is_empty()), known) {
        (Some(secret), _) if secret.len() > MOST_SECRET => return invalid("This key is too long to be one."),
        (Some(secret), _) => {
            if kind == Kind::Sheets && serde_json::from_str::<google::KeyFile>(&secret).is_err() {
                return invalid("Paste the whole JSON key file of the Google service account.");
            }
            node.vault.seal(&calls::owner(&name), secret.trim())
        }
        // A secret belongs to one place: it does not go to another address unseen.
        (None, Some(known)) if known.kind == kind && known.address == address => known.secret,
        (None, Some(_)) => return invalid("Give the key again: it does not go to another address unseen."),
        (None, None) => return invalid("Give the key of this service."),
    };
    let now = intention.now();
    let stored = Stored { name: name.clone(), kind, address, model, secret, updated_at: now };
    connections::put(intention.tx(), &stored).await?;
    intention.audit(actor, "connection.put", None, json!({ "connection": name })).await?;
    intention.workflows_changed();
    Ok(intention.commit().await?)
}

/// Removes a connection. Steps that use it fail from then on, in words.
pub async fn remove(node: &Arc<Node>, actor: &Actor, name: &str) -> Result<(), Refusal> {
    let mut intention = Intention::begin(node).await?;
    if !connections::remove(intention.tx(), name).await? {
        return Err(Refusal::Gone);
    }
    intention.audit(actor, "connection.removed", None, json!({ "connection": name })).await?;
    intention.workflows_changed();
    Ok(intention.commit().await?)
}

/// Asks the service whether it takes the key. What it says is told as it is; nothing is written.
pub async fn test(node: &Node, name: &str) -> Result<ConnectionTest, Refusal> {
    let stored = connections::find(&mut node.db.snapshot().await?, name).await?.ok_or(Refusal::Gone)?;
    let asked = match node.vault.open(&calls::owner(name), &stored.secret) {
        Err(_) => Err("The key kept here cannot be opened any more. Give it again.".to_owned()),
        Ok(key) => match stored.kind {
            Kind::Ai => model::greet(node, &stored, &key).await,
            Kind::Sheets => google::greet(node, &key).await,
        },
    };
    Ok(match asked {
        Ok(words) => ConnectionTest { works: true, words },
        Err(words) => ConnectionTest { works: false, words },
    })
}
