//! Asking Meta about our access to a page, value by value.

use crate::desk::Refusal;
use crate::desk::intention::Intention;
use crate::desk::receive::{news_of_health, set_health};
use crate::node::Node;
use crate::work::pages::Task;
use domain::page::{
    AppCheck, Checkup, Health, Level, Mode, Page, Permission, PermissionCheck, Subject, SubscriptionCheck,
    TokenCheck,
};
use domain::person::Actor;
use domain::{HOUR, MINUTE, PageId};
use messenger::error::Verdict;
use messenger::{AppKey, Credentials, Error, FIELDS, PageFacts, Subscription, TokenFacts};
use std::sync::Arc;
use store::pages::PageRecord;
use store::{apps, page_tasks, pages};

/// Asks Meta everything at once and stores nothing. Also what Meta calls the page.
pub async fn look(node: &Node, credentials: &Credentials) -> (Checkup, Option<String>) {
    let key = AppKey { app: credentials.app.clone(), secret: credentials.app_secret.clone() };
    let meta = &node.messenger;
    let (app, token, subscriptions, page) = tokio::join!(
        meta.app(&key),
        meta.debug_token(credentials),
        meta.subscriptions(credentials),
        meta.page(credentials),
    );
    let app = app_check(app.map(|facts| facts.name));
    // Without the right secret Meta answers nothing about the token.
    let wrong_app = app == AppCheck::Wrong;
    let permissions = permissions(&token);
    let checkup = Checkup {
        at: node.clock.now(),
        app,
        token: if wrong_app { TokenCheck::Unreachable } else { token_check(&token, credentials) },
        permissions: if wrong_app { PermissionCheck::Unreachable } else { permissions },
        subscription: subscription(subscriptions, credentials),
        mode: mode(&page),
    };
    (checkup, page.ok().and_then(|facts| facts.name))
}

/// What Meta's answer about an app means.
pub fn app_check(answer: Result<String, Error>) -> AppCheck {
    match answer {
        Ok(name) => AppCheck::Right { name },
        Err(error) => match error.kind {
            Verdict::Admin | Verdict::GiveUp => AppCheck::Wrong,
            Verdict::Retry { .. }
            | Verdict::NotOwner
            | Verdict::WindowClosed
            | Verdict::OutcomeUnknown
            | Verdict::Unreachable => AppCheck::Unreachable,
        },
    }
}

fn token_check(answer: &Result<TokenFacts, Error>, credentials: &Credentials) -> TokenCheck {
    let facts = match answer {
        Ok(facts) => facts,
        Err(error) if error.page_is_disconnected() => return TokenCheck::Dead { why: error.words() },
        Err(_) => return TokenCheck::Unreachable,
    };
    if !facts.valid {
        let why = facts.problem.as_ref().map_or_else(
            || "Facebook does not accept this token. Make a new one for this page.".to_owned(),
            Error::words,
        );
        return TokenCheck::Dead { why };
    }
    match (&facts.app, &facts.page) {
        (Some(app), _) if *app != credentials.app => TokenCheck::OtherApp { app: app.clone() },
        (_, Some(page)) if *page == credentials.page => {
            let real = |at: Option<domain::Timestamp>| at.filter(|at| at.ms() > 0);
            TokenCheck::Valid {
                expires_at: real(facts.expires_at),
                confirm_by: real(facts.data_access_expires_at),
            }
        }
        (_, page) => TokenCheck::OtherPage { page: page.clone() },
    }
}

fn permissions(answer: &Result<TokenFacts, Error>) -> PermissionCheck {
    match answer {
        Ok(facts) if facts.valid => PermissionCheck::Known {
            missing: Permission::missing_in(&facts.scopes),
            granted: facts.scopes.clone(),
        },
        Ok(_) | Err(_) => PermissionCheck::Unreachable,
    }
}

fn subscription(answer: Result<Vec<Subscription>, Error>, credentials: &Credentials) -> SubscriptionCheck {
    let Ok(subscriptions) = answer else { return SubscriptionCheck::Unreachable };
    let ours = subscriptions.into_iter().find(|one| one.app == credentials.app);
    let has = ours.map(|ours| ours.fields).unwrap_or_default();
    let missing = FIELDS.iter().filter(|field| !has.iter().any(|have| have == *field));
    SubscriptionCheck::Known { missing: missing.map(|field| (*field).to_owned()).collect() }
}

fn mode(answer: &Result<PageFacts, Error>) -> Mode {
    match answer.as_ref().ok().and_then(|facts| facts.routes) {
        Some(true) => Mode::Routing,
        Some(false) => Mode::Open,
        None => Mode::Unknown,
    }
}

/// The daily look. A page that a look had found wrong comes back by itself when the next one finds it right; what a
/// look cannot see, such as a restriction, only a person declares over.
pub async fn by_itself(node: &Arc<Node>, id: &PageId) -> Result<Checkup, Refusal> {
    check(node, id, false).await
}

/// A manager asks: good news connects the page again.
pub async fn by_hand(node: &Arc<Node>, id: &PageId) -> Result<Checkup, Refusal> {
    check(node, id, true).await
}

async fn check(node: &Arc<Node>, id: &PageId, by_hand: bool) -> Result<Checkup, Refusal> {
    let credentials = super::credentials(node, id).await?;
    let (checkup, name) = look(node, &credentials).await;
    let mut intention = Intention::begin(node).await?;
    let Some(record) = intention.page(id).await? else { return Err(Refusal::Gone) };
    let mut page = record.page.clone();
    let alarms = record.alarms(intention.now());
    let was_wrong = record.checkup.as_ref().is_some_and(|before| lost(before).is_some());
    let after = PageRecord { checkup: Some(checkup.clone()), ..record };
    pages::set_checkup(intention.tx(), id, &checkup).await?;
    if let AppCheck::Right { name } = &checkup.app {
        apps::name_ours(intention.tx(), &page.app, name).await?;
    }
    rename(&mut intention, &mut page, name).await?;
    let now = intention.now();
    let uncertain = Subject::ALL.into_iter().any(|subject| checkup.level(subject, now) == Level::Unverified);
    match lost(&checkup) {
        Some(why) => news_of_health(&mut intention, &mut page, Some(why)).await?,
        None if !uncertain && (by_hand || was_wrong) => {
            news_of_health(&mut intention, &mut page, None).await?
        }
        None => {}
    }
    if after.alarms(now) != alarms {
        intention.page_changed(id).await?;
    }
    let next = match (uncertain, &page.health) {
        (true, _) => Some(15 * MINUTE),
        (false, Health::Disconnected { .. }) => Some(HOUR),
        (false, _) => None,
    };
    if let Some(pause) = next {
        page_tasks::set(intention.tx(), id, Task::Check.as_str(), now + pause).await?;
    }
    intention.commit().await?;
    Ok(checkup)
}

/// A page is called what Facebook calls it.
async fn rename(intention: &mut Intention, page: &mut Page, name: Option<String>) -> Result<(), Refusal> {
    let Some(name) = name.filter(|name| !name.trim().is_empty() && *name != page.name) else { return Ok(()) };
    pages::rename(intention.tx(), &page.id, &name).await?;
    page.name = name;
    Ok(intention.page_changed(&page.id).await?)
}

/// Why nothing can be sent, if these answers say so.
fn lost(checkup: &Checkup) -> Option<String> {
    match &checkup.token {
        TokenCheck::Dead { why } => return Some(why.clone()),
        TokenCheck::OtherApp { .. } | TokenCheck::OtherPage { .. } => {
            return Some("The stored token belongs to another app or page. Connect the page again.".into());
        }
        TokenCheck::Valid { .. } | TokenCheck::Unreachable => {}
    }
    match &checkup.permissions {
        PermissionCheck::Known { missing, .. } if missing.contains(&Permission::PagesMessaging) => Some(
            "Facebook no longer permits our app to send messages for this page (pages_messaging is missing). Connect \
             the page again and leave that permission on."
                .into(),
        ),
        PermissionCheck::Known { .. } | PermissionCheck::Unreachable => None,
    }
}

/// Subscribes a page to everything an inbox needs, and looks again.
pub async fn subscribe(node: &Arc<Node>, id: &PageId) -> Result<Checkup, Refusal> {
    crate::desk::set_up::subscribe(node, id).await.map_err(|message| Refusal::ByMeta { message })?;
    by_hand(node, id).await
}

/// Somebody has dealt with what Meta warned about.
pub async fn forget_warning(node: &Arc<Node>, actor: &Actor, id: &PageId) -> Result<(), Refusal> {
    let mut intention = Intention::begin(node).await?;
    let name = intention.page(id).await?.ok_or(Refusal::Gone)?.page.name;
    pages::set_warning(intention.tx(), id, None).await?;
    intention.page_changed(id).await?;
    intention
        .audit(actor, "page.warning_settled", None, serde_json::json!({ "page": id, "name": name }))
        .await?;
    Ok(intention.commit().await?)
}

/// Ends or starts the sending of a page by hand.
pub async fn put_health(
    node: &Arc<Node>,
    id: &PageId,
    decide: impl FnOnce(&Health, domain::Timestamp) -> Result<Health, Refusal> + Send,
    actor: &Actor,
    act: &'static str,
) -> Result<(), Refusal> {
    let mut intention = Intention::begin(node).await?;
    let mut page = intention.page(id).await?.ok_or(Refusal::Gone)?.page;
    let health = decide(&page.health, intention.now())?;
    set_health(&mut intention, &mut page, health).await?;
    intention.audit(actor, act, None, serde_json::json!({ "page": id, "name": page.name })).await?;
    Ok(intention.commit().await?)
}
