//! Connecting a page: values are checked live and stored only when they are good.

use super::{apps, checkup};
use crate::desk::Refusal;
use crate::desk::intention::Intention;
use crate::node::{Node, page_owner};
use app::api::pages::{CheckedValues, PageValues};
use domain::PageId;
use domain::page::{AppCheck, Checkup, Health, Page, PermissionCheck, SubscriptionCheck, TokenCheck};
use domain::person::Actor;
use messenger::{AppKey, Credentials, FIELDS, Secret};
use serde_json::json;
use std::sync::Arc;
use store::pages;

/// Asks Meta about values and stores nothing.
pub async fn check(node: &Arc<Node>, values: &PageValues) -> Result<CheckedValues, Refusal> {
    let credentials = credentials(node, values).await?;
    let (checkup, name) = checkup::look(node, &credentials).await;
    Ok(told(node, checkup, name))
}

/// Stores a page whose values are good, and subscribes it.
pub async fn connect(node: &Arc<Node>, actor: &Actor, values: &PageValues) -> Result<CheckedValues, Refusal> {
    let credentials = credentials(node, values).await?;
    store(node, actor, &credentials, None).await
}

/// The same with credentials from wherever. `name`: what Facebook called the page, should it not say so again.
pub async fn store(
    node: &Arc<Node>,
    actor: &Actor,
    credentials: &Credentials,
    name: Option<String>,
) -> Result<CheckedValues, Refusal> {
    let (mut checkup, found) = checkup::look(node, credentials).await;
    let name = found.or(name);
    if !checkup.is_good(checkup.at) {
        return Ok(told(node, checkup, name));
    }
    if let SubscriptionCheck::Known { missing } = &checkup.subscription
        && !missing.is_empty()
        && node.messenger.subscribe(credentials, FIELDS).await.is_ok()
    {
        checkup.subscription = SubscriptionCheck::Known { missing: Vec::new() };
    }
    let page = Page {
        id: credentials.page.clone(),
        name: name.clone().unwrap_or_else(|| format!("Page {}", credentials.page)),
        app: credentials.app.clone(),
        health: Health::Connected,
    };
    let sealed = node.vault.seal(&page_owner(&page.id), credentials.access_token.expose());
    let mut intention = Intention::begin(node).await?;
    let id = page.id.clone();
    if let AppCheck::Right { name } = &checkup.app {
        ::store::apps::name_ours(intention.tx(), &page.app, name).await?;
    }
    intention
        .audit(actor, "page.connected", None, json!({ "page": id, "name": page.name, "app": page.app }))
        .await?;
    super::keep(&mut intention, page, &sealed).await?;
    pages::set_checkup(intention.tx(), &id, &checkup).await?;
    intention.commit().await?;
    learn_neighbours(node, credentials).await;
    check_routing_once(node, actor, &id).await;
    Ok(told(node, checkup, name))
}

/// Checks the routing of a page that was never checked, so that its first findings are there. What cannot be asked now
/// is checked by hand later.
async fn check_routing_once(node: &Arc<Node>, actor: &Actor, page: &PageId) {
    if let Err(refusal) = crate::desk::routing::check_new(node, actor, page).await {
        tracing::warn!(error = %refusal, %page, "the routing of a new page could not be checked");
    }
}

/// The names of the apps beside us; a name we cannot learn now is learned later.
async fn learn_neighbours(node: &Arc<Node>, credentials: &Credentials) {
    for app in node.messenger.subscriptions(credentials).await.unwrap_or_default() {
        if app.app != credentials.app && !app.name.is_empty() {
            let named =
                crate::desk::routing::apps::named_by_meta(node, &credentials.page, &app.app, &app.name).await;
            if let Err(error) = named {
                tracing::debug!(%error, "the name of an app beside us was not kept");
            }
        }
    }
}

fn told(node: &Node, checkup: Checkup, name: Option<String>) -> CheckedValues {
    let good = checkup.is_good(node.clock.now());
    CheckedValues { name, checkup, good }
}

async fn credentials(node: &Node, values: &PageValues) -> Result<Credentials, Refusal> {
    let page = apps::digits(
        &values.page.0,
        "A page id is the long number under Page ID in the page's About section.",
    )?;
    let token = values.token.trim();
    if token.is_empty() || token.len() > 1_000 || token.contains(char::is_whitespace) {
        return Err(Refusal::Invalid {
            message: "Paste the page's access token as Meta's dashboard shows it, in one piece.".into(),
        });
    }
    let AppKey { app, secret } = apps::key(node, &values.app).await?;
    Ok(Credentials { page: PageId(page), app, access_token: Secret::new(token), app_secret: secret })
}

/// Ends the connection: Meta tells us nothing more, the token is forgotten, the history stays.
pub async fn disconnect(node: &Arc<Node>, actor: &Actor, id: &PageId) -> Result<(), Refusal> {
    if let Ok(credentials) = super::credentials(node, id).await {
        // With a dead token Meta does not listen; what it still sends is then set aside.
        if let Err(error) = node.messenger.unsubscribe(&credentials).await {
            tracing::warn!(error = &error as &dyn std::error::Error, page = %id, "the page could not be unsubscribed");
        }
    }
    let mut intention = Intention::begin(node).await?;
    let record = intention.page(id).await?.ok_or(Refusal::Gone)?;
    let mut page = record.page;
    let health = Health::Removed { since: intention.now(), by: actor.name().to_owned() };
    pages::forget_token(intention.tx(), id).await?;
    if let Some(checkup) = record.checkup {
        let unknown = Checkup {
            token: TokenCheck::Unreachable,
            permissions: PermissionCheck::Unreachable,
            subscription: SubscriptionCheck::Unreachable,
            ..checkup
        };
        pages::set_checkup(intention.tx(), id, &unknown).await?;
    }
    pages::set_quiet(intention.tx(), id, None).await?;
    crate::desk::receive::set_health(&mut intention, &mut page, health).await?;
    intention.audit(actor, "page.disconnected", None, json!({ "page": id, "name": page.name })).await?;
    Ok(intention.commit().await?)
}
