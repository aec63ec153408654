//! Signing in with Facebook: from the dialog's code to the pages a manager may choose.

use super::{apps, connect};
use crate::desk::{Refusal, meta_refused};
use crate::node::Node;
use app::api::pages::{ChosenPage, LoginPage, LoginState, LoginView};
use domain::page::{Health, Permission};
use domain::person::Actor;
use domain::{AppId, MINUTE, PageId, PersonId};
use messenger::{Account, Credentials, Secret};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::logins::{self, Login};
use store::pages::PageRecord;
use uuid::Uuid;

/// How long somebody may think about which pages to choose, in milliseconds.
const LASTS: i64 = 15 * MINUTE;
/// What somebody must be allowed on a page for us to work for it.
const TASKS: [&str; 1] = ["MESSAGING"];
/// One of these lets us subscribe the page.
const SUBSCRIBING: [&str; 2] = ["MANAGE", "MODERATE"];

/// What is kept, sealed, until somebody chooses.
#[derive(Serialize, Deserialize)]
struct Brought {
    pages: Vec<BroughtPage>,
    declined: Vec<Permission>,
}

#[derive(Serialize, Deserialize)]
struct BroughtPage {
    id: PageId,
    name: String,
    tasks: Vec<String>,
    token: Option<String>,
}

/// The address of Facebook's dialog for an app.
pub async fn dialog(node: &Node, app: &AppId, state: &str) -> Result<String, Refusal> {
    // An app without a secret could not redeem the code.
    apps::key(node, app).await?;
    let scope: Vec<_> = Permission::ALL.into_iter().map(Permission::as_str).collect();
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("client_id", app.as_str()).append_pair("redirect_uri", &redirect(node));
    query
        .append_pair("state", state)
        .append_pair("scope", &scope.join(","))
        .append_pair("response_type", "code");
    Ok(format!("{}?{}", node.config.dialog_url, query.finish()))
}

fn redirect(node: &Node) -> String {
    format!("{}{}", node.config.public_url, apps::RETURN)
}

/// Turns the code into page tokens and keeps them, sealed, for this person to choose from.
pub async fn finish(node: &Arc<Node>, person: PersonId, app: &AppId, code: &str) -> Result<Uuid, Refusal> {
    let key = apps::key(node, app).await?;
    let meta = &node.messenger;
    let refused = |error: messenger::Error| meta_refused(&error);
    let short = meta.redeem_code(&key, code, &redirect(node)).await.map_err(refused)?;
    // Page tokens made from a token of an hour end with it.
    let user = meta.lengthen(&key, &short.token).await.map_err(refused)?.token;
    let grants = meta.grants(&key, &user).await.map_err(refused)?;
    let accounts = meta.accounts(&key, &user).await.map_err(refused)?;
    let brought = Brought {
        pages: accounts.into_iter().map(brought).collect(),
        declined: Permission::missing_in(&grants.granted),
    };
    let text = serde_json::to_string(&brought).map_err(|error| Refusal::Internal(error.to_string()))?;
    let id = node.clock.id();
    let now = node.clock.now();
    let mut tx = node.db.begin().await?;
    logins::prune(&mut tx, now).await?;
    let sealed = node.vault.seal(&owner(id, person), &text);
    logins::put(&mut tx, &Login { id, person, app: app.clone(), sealed, expires_at: now + LASTS }).await?;
    tx.commit().await?;
    Ok(id)
}

fn brought(account: Account) -> BroughtPage {
    let token = account.access_token.map(|token| token.expose().to_owned());
    BroughtPage { id: account.page, name: account.name, tasks: account.tasks, token }
}

fn owner(id: Uuid, person: PersonId) -> String {
    format!("login:{id}:{person}")
}

async fn find(node: &Node, actor: &Actor, id: Uuid) -> Result<(AppId, Brought), Refusal> {
    let person = actor.person().ok_or(Refusal::Forbidden)?.id;
    let login = logins::find(&mut node.db.snapshot().await?, id, person, node.clock.now()).await?;
    let login = login.ok_or_else(|| Refusal::Invalid {
        message: "This sign-in with Facebook is over. Nothing was changed; sign in with Facebook once more."
            .into(),
    })?;
    let text = node.vault.open(&owner(id, person), &login.sealed);
    let text = text.map_err(|error| Refusal::Invalid { message: error.to_string() })?;
    let brought = serde_json::from_str(&text).map_err(|error| Refusal::Internal(error.to_string()))?;
    Ok((login.app, brought))
}

/// The pages of a sign-in, with the reason why one cannot be chosen. Pages we know that are missing are named too.
pub async fn view(node: &Arc<Node>, actor: &Actor, id: Uuid) -> Result<LoginView, Refusal> {
    let (app, brought) = find(node, actor, id).await?;
    let known = store::pages::all(&mut node.db.snapshot().await?).await?;
    let of = |id: &PageId| known.iter().find(|record| record.page.id == *id);
    let mut pages: Vec<LoginPage> = brought
        .pages
        .iter()
        .map(|page| LoginPage {
            id: page.id.clone(),
            name: page.name.clone(),
            state: state(page, of(&page.id)),
        })
        .collect();
    let missing = known.iter().filter(|record| {
        record.page.app == app && !brought.pages.iter().any(|page| page.id == record.page.id)
    });
    pages.extend(missing.map(|record| LoginPage {
        id: record.page.id.clone(),
        name: record.page.name.clone(),
        state: LoginState::NotChosen,
    }));
    Ok(LoginView { app, pages, declined: brought.declined })
}

fn state(page: &BroughtPage, known: Option<&PageRecord>) -> LoginState {
    let has = |task: &str| page.tasks.iter().any(|one| one == task);
    let mut missing: Vec<String> = TASKS.into_iter().filter(|task| !has(task)).map(str::to_owned).collect();
    if !SUBSCRIBING.into_iter().any(has) {
        missing.push(SUBSCRIBING[0].to_owned());
    }
    match (missing.is_empty(), &page.token, known.map(|record| &record.page.health)) {
        (false, ..) => LoginState::NotAllowed { missing },
        (true, None, _) => LoginState::NoToken,
        (true, Some(_), Some(Health::Connected | Health::Paused { .. })) => LoginState::Connected,
        (true, Some(_), Some(Health::Disconnected { .. } | Health::Removed { .. })) => LoginState::Lost,
        (true, Some(_), None) => LoginState::Ready,
    }
}

/// Connects the chosen pages, each by itself: one that fails keeps none of the others from it.
pub async fn choose(
    node: &Arc<Node>,
    actor: &Actor,
    id: Uuid,
    chosen: &[PageId],
) -> Result<Vec<ChosenPage>, Refusal> {
    let (app, brought) = find(node, actor, id).await?;
    let key = apps::key(node, &app).await?;
    let mut done = Vec::new();
    for page in brought.pages.iter().filter(|page| chosen.contains(&page.id)) {
        let Some(token) = &page.token else { continue };
        let credentials = Credentials {
            page: page.id.clone(),
            app: app.clone(),
            access_token: Secret::new(token.as_str()),
            app_secret: key.secret.clone(),
        };
        let checked = connect::store(node, actor, &credentials, Some(page.name.clone())).await?;
        done.push(ChosenPage {
            id: page.id.clone(),
            name: page.name.clone(),
            checkup: checked.checkup,
            connected: checked.good,
        });
    }
    if done.iter().any(|page| page.connected) && done.iter().all(|page| page.connected) {
        let mut tx = node.db.begin().await?;
        logins::delete(&mut tx, id).await?;
        tx.commit().await?;
    }
    Ok(done)
}
