//! The apps beside us: learned from what they do, named by Facebook or by the team.

use crate::desk::Refusal;
use crate::desk::intention::Intention;
use crate::node::Node;
use app::api::{AppLook, AppsBeside};
use domain::apps::{KnownApp, NamedBy, tidy_name};
use domain::person::Actor;
use domain::{AppId, PageId, Timestamp};
use std::sync::Arc;
use store::{Result, apps};

/// Notes that an app did something on a page, and how many messages it wrote by that. One nobody knew gets a stand-in
/// for a name, and everybody hears of it.
pub async fn met(
    intention: &mut Intention,
    page: &PageId,
    app: &AppId,
    at: Timestamp,
    messages: i64,
) -> Result<()> {
    if apps::learn(intention.tx(), &KnownApp::unnamed(app.clone())).await? {
        intention.app_changed(app).await?;
    }
    apps::seen(intention.tx(), page, app, at, messages).await
}

/// Knows the people who answer in Meta's own inbox by their name.
pub async fn know_page_inbox(intention: &mut Intention) -> Result<()> {
    let page_inbox = KnownApp { name: "Page Inbox".into(), ..KnownApp::unnamed(AppId::PAGE_INBOX.into()) };
    apps::learn(intention.tx(), &KnownApp { named_by: NamedBy::Meta, ..page_inbox }).await?;
    Ok(())
}

/// Takes over the name Facebook has for an app that hears a page's webhook, unless the team calls it something else.
pub async fn named_by_meta(
    node: &Arc<Node>,
    page: &PageId,
    app: &AppId,
    name: &str,
) -> std::result::Result<(), Refusal> {
    let mut intention = Intention::begin(node).await?;
    let now = intention.now();
    met(&mut intention, page, app, now, 0).await?;
    // What Facebook calls it may be longer than we show names, or nothing at all.
    let short: String = name.chars().take(domain::apps::MAX_NAME).collect();
    if let Ok(name) = tidy_name(&short)
        && apps::named_by_meta(intention.tx(), app, &name).await?
    {
        intention.app_changed(app).await?;
    }
    Ok(intention.commit().await?)
}

/// Every known app and where each was seen.
pub async fn seen(node: &Node) -> std::result::Result<AppsBeside, Refusal> {
    let mut tx = node.db.snapshot().await?;
    Ok(AppsBeside {
        apps: apps::all(&mut tx).await?,
        sightings: apps::sightings(&mut tx).await?,
        now: node.clock.now(),
    })
}

/// Shows an app as a manager wants it, in all browsers.
pub async fn show(node: &Arc<Node>, actor: &Actor, look: AppLook) -> std::result::Result<KnownApp, Refusal> {
    let name = tidy_name(&look.name).map_err(|bad| Refusal::Invalid { message: bad.to_string() })?;
    if look.app.is_page_inbox() {
        return Err(Refusal::Invalid { message: "The Page Inbox keeps its name and its colour.".into() });
    }
    let mut intention = Intention::begin(node).await?;
    let others = apps::all(intention.tx()).await?;
    let same = |other: &&KnownApp| other.app != look.app && other.name.to_lowercase() == name.to_lowercase();
    if let Some(other) = others.iter().find(same) {
        let message = format!("App {} is called “{}” already. Take another name.", other.app, other.name);
        return Err(Refusal::Invalid { message });
    }
    let shown =
        KnownApp { app: look.app, name, colour: look.colour, icon: look.icon, named_by: NamedBy::Team };
    if !apps::show(intention.tx(), &shown).await? {
        return Err(Refusal::Gone);
    }
    intention.app_changed(&shown.app).await?;
    let detail = serde_json::json!({ "app": shown.app, "name": shown.name });
    intention.audit(actor, "app_shown", None, detail).await?;
    intention.commit().await?;
    Ok(shown)
}
