//! Invitations: a link that lets one person in, once, within a day.

use super::invalid;
use crate::desk::Refusal;
use crate::desk::intention::Intention;
use crate::desk::set_up::{address, fingerprint, person_name, strong};
use crate::node::Node;
use crate::vault::Vault;
use app::api::{Invitation, InvitationLink, Welcome};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use domain::person::{Actor, Person, Restrictions};
use domain::{DAY, PersonId, TeamId, Timestamp};
use serde_json::json;
use std::sync::Arc;
use store::invitations::{self, Invitation as Kept};
use store::{Tx, people};
use uuid::Uuid;

/// How long a link works, in milliseconds.
pub const LIFETIME: i64 = DAY;

/// Invites somebody. The link is in the answer and nowhere else; only its hash is kept.
pub async fn invite(node: &Arc<Node>, by: &Actor, new: Invitation) -> Result<InvitationLink, Refusal> {
    let email = address(&new.email)?;
    let name = if new.name.trim().is_empty() { String::new() } else { person_name(&new.name)? };
    let mut intention = Intention::begin(node).await?;
    let now = intention.now();
    if let Some(known) = people::known_by_email(intention.tx(), &email).await? {
        return invalid(match known.active {
            true => format!("{email} is on the team already."),
            false => format!("{email} was on the team as {}. Reactivate them instead.", known.person.name),
        });
    }
    check_teams(intention.tx(), &new.teams).await?;
    let (token, expires_at) = (fresh_token(), now + LIFETIME);
    let kept = Kept {
        id: node.clock.id(),
        email: email.clone(),
        name,
        role: new.role,
        teams: new.teams,
        by: by.person().map(|person| person.id),
        by_name: by.name().to_owned(),
        expires_at,
        accepted_at: None,
    };
    match invitations::add(intention.tx(), &kept, &fingerprint(&token), now).await {
        Err(store::Error::Conflict) => {
            return invalid(format!(
                "{email} is invited already. Make a new link for that invitation, or take it back first."
            ));
        }
        added => added?,
    }
    let detail = json!({ "email": email, "role": kept.role.as_str() });
    intention.audit(by, "person.invited", None, detail).await?;
    intention.commit().await?;
    Ok(link(node, email, &token, expires_at))
}

/// Makes a new link for an invitation, expired or not; the old one leads nowhere from now on.
pub async fn again(node: &Arc<Node>, by: &Actor, id: Uuid) -> Result<InvitationLink, Refusal> {
    let mut intention = Intention::begin(node).await?;
    let kept = found(intention.tx(), by, id).await?;
    let (token, expires_at) = (fresh_token(), intention.now() + LIFETIME);
    if !invitations::renew(intention.tx(), id, &fingerprint(&token), expires_at).await? {
        return Err(Refusal::Gone);
    }
    intention.audit(by, "person.invited_again", None, json!({ "email": kept.email })).await?;
    intention.commit().await?;
    Ok(link(node, kept.email, &token, expires_at))
}

/// Takes an invitation back.
pub async fn revoke(node: &Arc<Node>, by: &Actor, id: Uuid) -> Result<(), Refusal> {
    let mut intention = Intention::begin(node).await?;
    let kept = found(intention.tx(), by, id).await?;
    if !invitations::revoke(intention.tx(), id).await? {
        return Err(Refusal::Gone);
    }
    intention.audit(by, "person.invitation_revoked", None, json!({ "email": kept.email })).await?;
    Ok(intention.commit().await?)
}

async fn found(tx: &mut Tx, by: &Actor, id: Uuid) -> Result<Kept, Refusal> {
    let kept = invitations::find(tx, id).await?.ok_or(Refusal::Gone)?;
    if by.may_manage(kept.role) { Ok(kept) } else { Err(Refusal::Forbidden) }
}

/// What a link leads to.
pub async fn welcome(node: &Node, token: &str) -> Result<Welcome, Refusal> {
    let mut tx = node.db.snapshot().await?;
    let Some(kept) = by_token(&mut tx, token).await? else { return Ok(Welcome::Unknown) };
    if kept.accepted_at.is_some() {
        return Ok(Welcome::Used);
    }
    if kept.expires_at <= node.clock.now() {
        return Ok(Welcome::Expired { by: kept.by_name });
    }
    drop(tx);
    let workspace = crate::desk::read::workspace(node).await?;
    let Kept { email, name, role, by_name: by, .. } = kept;
    Ok(Welcome::Open { workspace, email, name, role, by })
}

/// Joins the team with a link, a name and a password. Of two who use one link at once, one joins.
pub async fn accept(node: &Arc<Node>, token: &str, name: &str, password: String) -> Result<Person, Refusal> {
    let name = person_name(name)?;
    let open = by_token(&mut node.db.snapshot().await?, token).await?;
    let open = open.ok_or(Refusal::Gone)?;
    let hash = strong(password, &open.email).await?;
    let mut intention = Intention::begin(node).await?;
    let now = intention.now();
    if !may_still_join(&open, now) || !invitations::accept(intention.tx(), open.id, now).await? {
        return Err(Refusal::Gone);
    }
    let person = Person {
        id: PersonId(node.clock.id()),
        email: open.email,
        name,
        role: open.role,
        restrictions: Restrictions::default(),
        teams: Vec::new(),
    };
    match people::add(intention.tx(), &person, Some(&hash), now).await {
        Err(store::Error::Conflict) => {
            return invalid("There is an account with this e-mail already. Sign in with it.");
        }
        added => added?,
    }
    let known = people::teams(intention.tx()).await?;
    for team in open.teams.into_iter().filter(|team| known.iter().any(|known| known.id == *team)) {
        people::join(intention.tx(), team, person.id).await?;
    }
    let detail = json!({ "email": person.email, "role": person.role.as_str(), "invited_by": open.by_name });
    intention.audit(&Actor::Person(person.clone()), "person.joined", None, detail).await?;
    intention.team_changed();
    intention.commit().await?;
    Ok(person)
}

fn may_still_join(open: &Kept, now: Timestamp) -> bool {
    open.accepted_at.is_none() && now < open.expires_at
}

async fn by_token(tx: &mut Tx, token: &str) -> Result<Option<Kept>, Refusal> {
    // An empty text is never a token, whatever it hashes to.
    if token.is_empty() {
        return Ok(None);
    }
    Ok(invitations::by_hash(tx, &fingerprint(token)).await?)
}

async fn check_teams(tx: &mut Tx, teams: &[TeamId]) -> Result<(), Refusal> {
    for team in teams {
        if people::find_team(tx, *team).await?.is_none() {
            return invalid("One of these teams is gone. Load the page again and choose anew.");
        }
    }
    Ok(())
}

fn fresh_token() -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Vault::fresh_key())
}

fn link(node: &Node, email: String, token: &str, expires_at: Timestamp) -> InvitationLink {
    InvitationLink { email, address: format!("{}/join/{token}", node.config.public_url), expires_at }
}

/// Who invites when it is done on the command line.
pub fn command_line() -> Actor {
    Actor::Token { name: "command line".into(), scope: domain::person::Scope::Admin }
}
