//! Our Meta apps: their secrets are checked with Meta, sealed, and never shown again.

use super::checkup::app_check;
use crate::desk::Refusal;
use crate::desk::intention::Intention;
use crate::node::{Node, app_owner, verify_owner};
use crate::vault::Vault;
use app::api::pages::{MetaAppView, NewApp, SavedApp};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use domain::AppId;
use domain::page::AppCheck;
use domain::person::Actor;
use messenger::{AppKey, Secret};
use serde_json::json;
use std::sync::Arc;
use store::apps::{self, MetaApp};

/// Where Facebook's dialog leads back to.
pub const RETURN: &str = "/settings/pages/connect/return";

/// An app as managers see it.
pub fn shown(node: &Node, app: &MetaApp, pages: usize) -> MetaAppView {
    let base = &node.config.public_url;
    MetaAppView {
        callback: format!("{base}/webhooks/messenger/{}", app.id),
        redirect: format!("{base}{RETURN}"),
        id: app.id.clone(),
        name: app.name.clone(),
        pages,
    }
}

/// Stores an app that Meta knows, or answers what is wrong with it. What is left empty stays as it is stored.
pub async fn save(node: &Arc<Node>, actor: &Actor, new: NewApp) -> Result<SavedApp, Refusal> {
    let id = digits(&new.id.0, "An app id is the long number under App ID in Meta's dashboard.")?;
    let app = AppId(id);
    let stored = apps::find(&mut node.db.snapshot().await?, &app).await?;
    let secret = match (new.secret.trim(), &stored) {
        ("", None) => {
            return invalid("Give the app secret: in Meta's dashboard under App settings, Basic, Show.");
        }
        ("", Some(stored)) => open(node, &app_owner(&app), &stored.app_secret)?,
        (given, _) => given.to_owned(),
    };
    let key = AppKey { app: app.clone(), secret: Secret::new(secret.as_str()) };
    let check = app_check(node.messenger.app(&key).await.map(|facts| facts.name));
    let AppCheck::Right { name } = &check else {
        return Ok(SavedApp { check, app: None, verify_token: None });
    };
    let (verify, made_up) = verify_token(node, &app, new.verify_token.trim(), stored.as_ref())?;
    let sealed = (node.vault.seal(&app_owner(&app), &secret), node.vault.seal(&verify_owner(&app), &verify));
    let mut intention = Intention::begin(node).await?;
    apps::put(intention.tx(), &app, &sealed.0, &sealed.1).await?;
    apps::name_ours(intention.tx(), &app, name).await?;
    crate::desk::routing::apps::know_page_inbox(&mut intention).await?;
    intention.audit(actor, "app.saved", None, json!({ "app": app, "name": name })).await?;
    intention.commit().await?;
    let mut tx = node.db.snapshot().await?;
    let record = apps::find(&mut tx, &app).await?.ok_or(Refusal::Gone)?;
    let pages = store::pages::all(&mut tx).await?.iter().filter(|page| page.page.app == app).count();
    Ok(SavedApp { check, app: Some(shown(node, &record, pages)), verify_token: made_up.then_some(verify) })
}

fn verify_token(
    node: &Node,
    app: &AppId,
    given: &str,
    stored: Option<&MetaApp>,
) -> Result<(String, bool), Refusal> {
    match (given, stored) {
        ("", Some(stored)) => Ok((open(node, &verify_owner(app), &stored.verify_token)?, false)),
        ("", None) => Ok((BASE64_URL_SAFE_NO_PAD.encode(&Vault::fresh_key()[..18]), true)),
        (given, _) => Ok((given.to_owned(), false)),
    }
}

/// Asks Meta about a stored app.
pub async fn check(node: &Arc<Node>, app: &AppId) -> Result<AppCheck, Refusal> {
    let key = key(node, app).await?;
    let check = app_check(node.messenger.app(&key).await.map(|facts| facts.name));
    if let AppCheck::Right { name } = &check {
        let mut tx = node.db.begin().await?;
        apps::name_ours(&mut tx, app, name).await?;
        tx.commit().await?;
    }
    Ok(check)
}

/// A stored app with its secret.
pub async fn key(node: &Node, app: &AppId) -> Result<AppKey, Refusal> {
    let stored = apps::find(&mut node.db.snapshot().await?, app).await?;
    let stored = stored.ok_or_else(|| Refusal::Invalid {
        message: "This Meta app is not stored yet. Enter its id and secret first.".into(),
    })?;
    Ok(AppKey { app: app.clone(), secret: Secret::new(open(node, &app_owner(app), &stored.app_secret)?) })
}

fn open(node: &Node, owner: &str, sealed: &str) -> Result<String, Refusal> {
    node.vault.open(owner, sealed).map_err(|error| Refusal::Invalid { message: error.to_string() })
}

/// An id as Meta writes it.
pub fn digits(text: &str, otherwise: &str) -> Result<String, Refusal> {
    let text = text.trim();
    match !text.is_empty() && text.len() <= 32 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        true => Ok(text.to_owned()),
        false => invalid(otherwise),
    }
}

fn invalid<T>(message: &str) -> Result<T, Refusal> {
    Err(Refusal::Invalid { message: message.into() })
}
