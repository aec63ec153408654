//! The first owner, people, pages and tokens: what set-up, settings and the command line share.

use super::Refusal;
use super::read::WORKSPACE;
use crate::node::{Node, app_owner, page_owner, verify_owner};
use crate::{password, vault};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use domain::page::{Health, Page};
use domain::person::{Person, Restrictions, Role, Scope, Team};
use domain::{AppId, PageId, PersonId, TeamId};
use messenger::FIELDS;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use store::tokens::{self, NewToken};
use store::{apps, pages, people, sessions, settings};

/// The longest name, in characters.
const LONGEST_NAME: usize = 80;
/// The longest e-mail address, in bytes (RFC 5321).
const LONGEST_ADDRESS: usize = 254;

/// Whether somebody owns this workspace; set-up is gone from then on.
pub async fn has_owner(node: &Node) -> Result<bool, Refusal> {
    Ok(people::owner_exists(&mut node.db.snapshot().await?).await?)
}

/// Makes the first owner. Only once, whoever comes second.
pub async fn first_owner(
    node: &Node,
    workspace: &str,
    name: &str,
    email: &str,
    password: String,
) -> Result<Person, Refusal> {
    let person = new_person(node, name, email, Role::Owner)?;
    let hash = strong(password, email).await?;
    let mut tx = node.db.begin().await?;
    if people::owner_exists(&mut tx).await? {
        return Err(Refusal::Gone);
    }
    people::add(&mut tx, &person, Some(&hash), node.clock.now()).await?;
    let workspace = if workspace.trim().is_empty() { "Baton" } else { workspace.trim() };
    settings::put(&mut tx, WORKSPACE, workspace).await?;
    tx.commit().await?;
    Ok(person)
}

/// Adds somebody to the team.
pub async fn add_person(
    node: &Node,
    name: &str,
    email: &str,
    role: Role,
    password: String,
) -> Result<Person, Refusal> {
    let person = new_person(node, name, email, role)?;
    let hash = strong(password, email).await?;
    let mut tx = node.db.begin().await?;
    match people::add(&mut tx, &person, Some(&hash), node.clock.now()).await {
        Err(store::Error::Conflict) => {
            return Err(Refusal::Invalid { message: format!("{email} is on the team already.") });
        }
        added => added?,
    }
    tx.commit().await?;
    Ok(person)
}

/// Gives somebody a new password and ends their sessions.
pub async fn set_password(node: &Node, email: &str, password: String) -> Result<Person, Refusal> {
    let hash = strong(password, email).await?;
    let mut tx = node.db.begin().await?;
    let Some((person, _)) = people::by_email(&mut tx, email.trim()).await? else {
        return Err(Refusal::Invalid { message: format!("{email} is not on the team.") });
    };
    people::set_password(&mut tx, person.id, &hash).await?;
    sessions::delete_of(&mut tx, person.id).await?;
    tx.commit().await?;
    Ok(person)
}

fn new_person(node: &Node, name: &str, email: &str, role: Role) -> Result<Person, Refusal> {
    Ok(Person {
        id: PersonId(node.clock.id()),
        email: address(email)?,
        name: person_name(name)?,
        role,
        restrictions: Restrictions::default(),
        teams: Vec::new(),
    })
}

/// A name as it is kept: one line of 1 to 80 characters.
pub(super) fn person_name(name: &str) -> Result<String, Refusal> {
    let name = name.trim();
    if name.is_empty() {
        return invalid("Give a name; it stands under what this person writes.");
    }
    if name.chars().count() > LONGEST_NAME || name.contains(char::is_control) {
        return invalid("A name is one line of at most 80 characters.");
    }
    Ok(name.into())
}

/// An e-mail address as it is kept. It only has to look like one: nothing is ever sent to it.
pub(super) fn address(email: &str) -> Result<String, Refusal> {
    let email = email.trim().to_lowercase();
    let parts = email.split_once('@').filter(|(user, host)| !user.is_empty() && !host.is_empty());
    let strange = |letter: char| letter.is_whitespace() || letter.is_control();
    if parts.is_none() || email.len() > LONGEST_ADDRESS || email.contains(strange) {
        return invalid("This is not an e-mail address.");
    }
    Ok(email)
}

fn invalid<T>(message: &str) -> Result<T, Refusal> {
    Err(Refusal::Invalid { message: message.into() })
}

/// The hash of a password that is good enough.
pub(super) async fn strong(password: String, email: &str) -> Result<String, Refusal> {
    match password::weakness(&password, email.trim()) {
        Some(weakness) => Err(Refusal::Invalid { message: weakness.into() }),
        None => Ok(password::hash(password).await),
    }
}

/// What connects a page.
pub struct NewPage {
    pub page: PageId,
    pub name: String,
    pub app: AppId,
    pub app_secret: String,
    pub verify_token: String,
    pub access_token: String,
}

/// Connects a page, or connects it again: its history stays.
pub async fn add_page(node: &Arc<Node>, new: NewPage) -> Result<(), Refusal> {
    let given = [&new.app_secret, &new.verify_token, &new.access_token];
    if given.iter().any(|secret| secret.trim().is_empty()) {
        return Err(Refusal::Invalid {
            message: "app_secret, verify_token and access_token must all be given.".into(),
        });
    }
    let vault: &vault::Vault = &node.vault;
    let app_secret = vault.seal(&app_owner(&new.app), &new.app_secret);
    let verify_token = vault.seal(&verify_owner(&new.app), &new.verify_token);
    let access_token = vault.seal(&page_owner(&new.page), &new.access_token);
    let mut intention = super::intention::Intention::begin(node).await?;
    apps::put(intention.tx(), &new.app, &app_secret, &verify_token).await?;
    super::routing::apps::know_page_inbox(&mut intention).await?;
    let page = Page { id: new.page, name: new.name, app: new.app, health: Health::Connected };
    super::pages::keep(&mut intention, page, &access_token).await?;
    Ok(intention.commit().await?)
}

/// Subscribes a page to everything an inbox needs, and learns the names of the apps beside us. The problem in words.
pub async fn subscribe(node: &Arc<Node>, page: &PageId) -> Result<(), String> {
    let credentials = async {
        let mut tx = node.db.snapshot().await?;
        let record = pages::find(&mut tx, page).await?;
        match record {
            Some(record) => node.credentials(&mut tx, &record).await.map(Some),
            None => Ok(None),
        }
    };
    let credentials =
        credentials.await.map_err(|error| error.to_string())?.ok_or("The page is not connected.")?;
    node.messenger.subscribe(&credentials, FIELDS).await.map_err(|error| error.words())?;
    let beside = node.messenger.subscriptions(&credentials).await.unwrap_or_default();
    for app in beside.into_iter().filter(|app| app.app != credentials.app) {
        super::routing::apps::named_by_meta(node, page, &app.app, &app.name)
            .await
            .map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// Makes an API token. It is shown once; only its hash is kept.
pub async fn add_token(node: &Node, name: &str, scope: Scope) -> Result<String, Refusal> {
    let secret: [u8; 32] = vault::Vault::fresh_key();
    let token = format!("baton_{}", BASE64_URL_SAFE_NO_PAD.encode(secret));
    let mut tx = node.db.begin().await?;
    let new = NewToken { id: node.clock.id(), name: name.into(), scope, hash: fingerprint(&token) };
    tokens::add(&mut tx, &new, node.clock.now()).await?;
    tx.commit().await?;
    Ok(token)
}

/// How a secret with enough randomness of its own is stored: found by it, but not told by it.
pub fn fingerprint(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

/// Gives an app the name the team calls it by.
pub async fn name_app(node: &Arc<Node>, app: &str, name: &str) -> Result<(), Refusal> {
    let mut intention = super::intention::Intention::begin(node).await?;
    apps::name_app(intention.tx(), &app.into(), name).await?;
    intention.app_changed(&app.into()).await?;
    Ok(intention.commit().await?)
}

/// Makes a team of people.
pub async fn add_team(node: &Node, name: &str, members: &[PersonId]) -> Result<(), Refusal> {
    let team = Team { id: TeamId(node.clock.id()), name: name.into() };
    let mut tx = node.db.begin().await?;
    people::add_team(&mut tx, &team).await?;
    for member in members {
        people::join(&mut tx, team.id, *member).await?;
    }
    Ok(tx.commit().await?)
}
