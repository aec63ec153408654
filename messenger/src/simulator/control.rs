//! The remote control under `/sim/…`, as JSON: for the phone page, for browser tests, and for people with `curl`.
//!
//! Every action names its `page` (the first page when left out) and its `psid`. Changes are POSTs with a JSON body.

mod view;

use super::faults::{Call, Fault, WebhookFaults};
use super::setup::{CustomerSetup, Mode};
use super::world::customer::Act;
use super::{Refusal, Simulator};
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use domain::{AppId, Mid, PageId, Psid};
use serde::Deserialize;
use serde_json::{Value, json};

/// The routes of the remote control.
pub fn routes() -> Router<Simulator> {
    Router::new()
        .route("/state", get(|State(simulator): State<Simulator>| async move { Json(simulator.state()) }))
        .route("/events", get(events))
        .route("/sends", get(|State(simulator): State<Simulator>| async move { Json(simulator.sends()) }))
        .route("/customer", post(act))
        .route("/new-customer", post(new_customer))
        .route("/bot", post(bot))
        .route("/inbox", post(inbox))
        .route("/clock", post(clock))
        .route("/switches", post(switches))
        .route("/faults", post(faults))
        .route("/model", post(model))
        .route("/quiet", post(quiet))
        .route("/picture/{psid}", get(picture))
        .route("/file/{id}", get(file))
}

/// Which thread an action is about.
#[derive(Deserialize)]
struct Place {
    page: Option<PageId>,
    psid: Psid,
}

/// `{"psid":"…","do":"write","text":"…"}`
#[derive(Deserialize)]
struct CustomerAction {
    #[serde(flatten)]
    place: Place,
    #[serde(flatten)]
    act: ActWords,
}

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
enum ActWords {
    Write { text: String, reply_to: Option<Mid> },
    Pick { title: String, payload: String },
    Tap { title: String, payload: String },
    Attach { kind: String, url: String },
    React { mid: Mid, emoji: String },
    Read,
    OpenLink { reference: String },
    ComeFromAd { ad: String, text: String },
    OptIn { reference: String },
}

#[derive(Deserialize)]
struct BotAction {
    #[serde(flatten)]
    place: Place,
    #[serde(flatten)]
    step: BotStep,
}

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
enum BotStep {
    Write {
        text: String,
    },
    /// To the default app unless `to` names another.
    Pass {
        to: Option<AppId>,
        metadata: Option<String>,
    },
    Release,
    Take,
    Request {
        metadata: Option<String>,
    },
}

#[derive(Deserialize)]
struct InboxAction {
    #[serde(flatten)]
    place: Place,
    text: String,
}

#[derive(Deserialize)]
struct NewCustomer {
    page: Option<PageId>,
    psid: Psid,
    first_name: String,
    last_name: String,
}

#[derive(Deserialize)]
struct Advance {
    advance_ms: i64,
}

/// What an administrator switches for an app; what is left out stays.
#[derive(Deserialize)]
struct Switches {
    page: Option<PageId>,
    app: AppId,
    take_control: Option<bool>,
    standby: Option<bool>,
    token_expired: Option<bool>,
    /// How many milliseconds from now the page token ends.
    token_ends_in_ms: Option<i64>,
    /// A permission taken back or given again: `{"name":"pages_messaging","on":false}`
    permission: Option<PermissionSwitch>,
    fields: Option<Vec<String>>,
    app_secret: Option<String>,
    /// Makes this app the default routing app.
    default_app: Option<AppId>,
    /// Lets this app get whoever comes from the page; an empty id: nobody.
    social_app: Option<AppId>,
    /// `on`, `zero_config` or `legacy`.
    mode: Option<Mode>,
    /// What the person who signs in may do on the page.
    tasks: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct PermissionSwitch {
    name: String,
    on: bool,
}

/// `{"clear":true}`, `{"next":{"call":"send","times":1,"fault":{"kind":"hang"}}}`, `{"webhooks":{"duplicate":0.5}}`
#[derive(Deserialize)]
struct FaultPlan {
    #[serde(default)]
    clear: bool,
    next: Option<NextFault>,
    sometimes: Option<FrequentFault>,
    webhooks: Option<WebhookFaults>,
}

#[derive(Deserialize)]
struct NextFault {
    call: Call,
    times: usize,
    fault: Fault,
}

#[derive(Deserialize)]
struct FrequentFault {
    call: Call,
    probability: f64,
    fault: Fault,
}

#[derive(Deserialize)]
struct After {
    #[serde(default)]
    after: u64,
}

async fn events(State(simulator): State<Simulator>, Query(After { after }): Query<After>) -> Response {
    Json(simulator.journal().after(after)).into_response()
}

async fn act(
    State(simulator): State<Simulator>,
    Json(CustomerAction { place, act }): Json<CustomerAction>,
) -> Response {
    let act = match act {
        ActWords::Write { text, reply_to } => Act::Write { text, reply_to },
        ActWords::Pick { title, payload } => Act::Pick { title, payload },
        ActWords::Tap { title, payload } => Act::Tap { title, payload },
        ActWords::Attach { kind, url } => Act::Attach { kind, url },
        ActWords::React { mid, emoji } => Act::React { mid, emoji },
        ActWords::Read => Act::Read,
        ActWords::OpenLink { reference } => Act::OpenLink { reference },
        ActWords::ComeFromAd { ad, text } => Act::ComeFromAd { ad, text },
        ActWords::OptIn { reference } => Act::OptIn { reference },
    };
    told(simulator.customer_acts(&simulator.page_or_first(place.page), &place.psid, act))
}

async fn new_customer(State(simulator): State<Simulator>, Json(new): Json<NewCustomer>) -> Response {
    let page = simulator.page_or_first(new.page);
    let NewCustomer { psid, first_name, last_name, .. } = new;
    simulator.add_customer(CustomerSetup { psid, page, first_name, last_name });
    told(Ok(None))
}

async fn bot(
    State(simulator): State<Simulator>,
    Json(BotAction { place, step }): Json<BotAction>,
) -> Response {
    let (page, psid) = (simulator.page_or_first(place.page), place.psid);
    let done = match step {
        BotStep::Write { text } => return told(simulator.bot_writes(&page, &psid, &text).await.map(Some)),
        BotStep::Release => simulator.bot_releases(&page, &psid).await,
        BotStep::Take => simulator.bot_takes(&page, &psid).await,
        BotStep::Request { metadata } => {
            simulator.bot_requests(&page, &psid, &metadata.unwrap_or_default()).await
        }
        BotStep::Pass { to, metadata } => {
            let Some(to) = to.or_else(|| simulator.default_app(&page)) else {
                return told(Err(Refusal::no_such_app()));
            };
            simulator.bot_passes(&page, &psid, &to, &metadata.unwrap_or_default()).await
        }
    };
    told(done.map(|()| None))
}

async fn inbox(
    State(simulator): State<Simulator>,
    Json(InboxAction { place, text }): Json<InboxAction>,
) -> Response {
    let page = simulator.page_or_first(place.page);
    told(simulator.inbox_person_writes(&page, &place.psid, &text).await.map(Some))
}

async fn clock(State(simulator): State<Simulator>, Json(Advance { advance_ms }): Json<Advance>) -> Response {
    simulator.advance(advance_ms).await;
    Json(json!({ "now": simulator.now() })).into_response()
}

async fn switches(State(simulator): State<Simulator>, Json(switches): Json<Switches>) -> Response {
    let (page, app) = (simulator.page_or_first(switches.page), switches.app);
    if let Some(on) = switches.take_control {
        simulator.set_take_control(&page, &app, on);
    }
    if let Some(on) = switches.standby {
        simulator.set_standby(&page, &app, on);
    }
    if let Some(expired) = switches.token_expired {
        simulator.expire_token(&page, &app, expired);
    }
    if let Some(ms) = switches.token_ends_in_ms {
        simulator.end_token(&page, &app, Some(simulator.now() + ms));
    }
    if let Some(PermissionSwitch { name, on }) = switches.permission {
        simulator.set_permission(&page, &app, &name, on);
    }
    if let Some(fields) = switches.fields {
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        simulator.set_fields_of(&page, &app, &fields);
    }
    if let Some(secret) = switches.app_secret {
        simulator.reset_secret(&app, &secret);
    }
    if let Some(tasks) = switches.tasks {
        simulator.set_tasks(&page, &tasks.iter().map(String::as_str).collect::<Vec<_>>());
    }
    if let Some(mut routing) = simulator.routing(&page) {
        routing.default_app = switches.default_app.or(routing.default_app);
        routing.social_app = match switches.social_app {
            Some(app) => Some(app).filter(|app| !app.0.is_empty()),
            None => routing.social_app,
        };
        routing.mode = switches.mode.unwrap_or(routing.mode);
        simulator.set_routing(&page, routing);
    }
    told(Ok(None))
}

async fn faults(State(simulator): State<Simulator>, Json(plan): Json<FaultPlan>) -> Response {
    let faults = simulator.faults();
    if plan.clear {
        faults.clear();
    }
    if let Some(NextFault { call, times, fault }) = plan.next {
        faults.next(call, times, fault);
    }
    if let Some(FrequentFault { call, probability, fault }) = plan.sometimes {
        faults.sometimes(call, probability, fault);
    }
    if let Some(wanted) = plan.webhooks {
        faults.webhooks(|webhooks| *webhooks = wanted);
    }
    told(Ok(None))
}

/// `{"say":{"reply":"…","reached":true}}`
#[derive(Deserialize)]
struct ModelAnswer {
    say: Value,
}

async fn model(State(simulator): State<Simulator>, Json(answer): Json<ModelAnswer>) -> Response {
    simulator.model_says(answer.say);
    told(Ok(None))
}

async fn quiet(State(simulator): State<Simulator>) -> Response {
    simulator.quiet().await;
    told(Ok(None))
}

/// A file that was sent, at the address apps hear of it.
async fn file(State(simulator): State<Simulator>, Path(id): Path<String>) -> Response {
    if let Some(status) = simulator.faults().of_file() {
        return status.into_response();
    }
    let found = simulator.world().files.get(&id).map(|file| (file.mime.clone(), file.content.clone()));
    match found {
        Some((mime, content)) => ([(header::CONTENT_TYPE, mime)], content).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A customer's picture: the first letter on a colour of their own.
async fn picture(State(simulator): State<Simulator>, Path(psid): Path<String>) -> Response {
    let svg = view::portrait(&simulator, &Psid(psid));
    ([(header::CONTENT_TYPE, "image/svg+xml")], svg).into_response()
}

fn told(done: Result<Option<Mid>, Refusal>) -> Response {
    match done {
        Ok(mid) => Json(json!({ "ok": true, "mid": mid })).into_response(),
        Err(refusal) => {
            let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::BAD_REQUEST);
            let Value::Object(mut body) = refusal.body() else {
                return status.into_response();
            };
            body.insert("ok".to_owned(), json!(false));
            (status, Json(body)).into_response()
        }
    }
}
