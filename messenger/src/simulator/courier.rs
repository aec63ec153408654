//! Delivers events to the apps' webhooks: in order within a thread, signed, and again and again until one answers 200.

use super::clock::{Clock, wait};
use super::faults::Faults;
use super::journal::{Entry, Journal, Kind};
use super::wire;
use super::world::{Delivery, World};
use crate::signature;
use domain::{AppId, PageId, Psid, Timestamp};
use serde::Serialize;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;

/// Deliveries that run side by side for one app; one thread always uses the same lane.
const LANES: u64 = 8;
/// How long an app may take to answer before it counts as failed.
const DEADLINE: Duration = Duration::from_secs(5);
/// Failed deliveries that are repeated at once, before waiting begins.
const IMMEDIATE: u32 = 3;
const FIRST_PAUSE: Duration = Duration::from_millis(20);
const LONGEST_PAUSE: Duration = Duration::from_millis(250);
/// How long an event waits to be overtaken when reordering is wanted.
const OVERTAKING: Duration = Duration::from_millis(50);

/// A webhook body that an app answered with 200.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Acknowledged {
    pub page: PageId,
    pub app: AppId,
    pub psid: Psid,
    pub at: Timestamp,
    /// The bytes as they went over the wire.
    pub body: String,
}

/// What the courier's lanes share.
pub(super) struct Depot {
    pub world: Arc<Mutex<World>>,
    pub clock: Arc<Clock>,
    pub faults: Arc<Faults>,
    pub journal: Arc<Journal>,
    pub pending: Pending,
    pub acknowledged: Mutex<Vec<Acknowledged>>,
    http: reqwest::Client,
}

/// How much work is under way.
#[derive(Clone)]
pub(super) struct Pending(watch::Sender<usize>);

type Lane = mpsc::UnboundedSender<Parcel>;

struct Parcel {
    delivery: Delivery,
    delivered: Option<oneshot::Sender<()>>,
}

/// Sorts events into lanes. Dropping it ends all deliveries.
pub(super) struct Courier {
    depot: Arc<Depot>,
    lanes: Mutex<HashMap<(PageId, AppId, u64), Lane>>,
    work: Mutex<JoinSet<()>>,
}

impl Pending {
    /// Nothing is under way.
    pub fn nothing() -> Self {
        Self(watch::Sender::new(0))
    }

    /// One piece of work more.
    pub fn begin(&self) {
        self.0.send_modify(|count| *count += 1);
    }

    /// One piece of work less.
    pub fn end(&self) {
        self.0.send_modify(|count| *count = count.saturating_sub(1));
    }

    /// Resolves when nothing is under way.
    pub async fn quiet(&self) {
        // The sender lives as long as `self`, so waiting cannot fail.
        let _ = self.0.subscribe().wait_for(|count| *count == 0).await;
    }
}

impl Depot {
    /// An empty depot for this simulation.
    pub fn new(
        world: Arc<Mutex<World>>,
        clock: Arc<Clock>,
        faults: Arc<Faults>,
        journal: Arc<Journal>,
    ) -> Self {
        // Another part of the program may have chosen the provider already; any will do.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder().no_proxy().timeout(DEADLINE).build();
        let http = http.expect("an HTTP client without files or proxies can be built");
        let (pending, acknowledged) = (Pending::nothing(), Mutex::new(Vec::new()));
        Self { world, clock, faults, journal, pending, acknowledged, http }
    }

    /// Asks a webhook to prove that it knows the verify token, as Meta does when one is configured.
    pub async fn verifies(&self, url: &str, verify_token: &str) -> bool {
        let challenge = self.clock.now().ms().to_string();
        let query =
            [("hub.mode", "subscribe"), ("hub.verify_token", verify_token), ("hub.challenge", &challenge)];
        let answer =
            async { self.http.get(url).query(&query).send().await?.error_for_status()?.text().await };
        answer.await.is_ok_and(|body| body == challenge)
    }

    fn target(&self, delivery: &Delivery) -> Option<(String, String)> {
        let world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        let app = world.app(&delivery.page, &delivery.app)?;
        Some((app.webhook.clone()?, app.secret.clone()))
    }

    async fn deliver(&self, delivery: &Delivery) {
        let faults = self.faults.of_webhooks();
        if delivery.is_echo() && self.faults.happens(faults.drop_echo) {
            return;
        }
        if faults.delay_ms > 0 {
            wait(Duration::from_millis(faults.delay_ms)).await;
        }
        let copies = if self.faults.happens(faults.duplicate) { 2 } else { 1 };
        for _ in 0..copies {
            self.deliver_once(delivery).await;
        }
    }

    /// Repeats until the app answers 200, or has no webhook any more.
    async fn deliver_once(&self, delivery: &Delivery) {
        let time = self.clock.now();
        let body = wire::body(&delivery.page, delivery.channel, std::slice::from_ref(&delivery.item), time);
        let mut pause = FIRST_PAUSE;
        for attempt in 1_u32.. {
            let Some((url, secret)) = self.target(delivery) else {
                return;
            };
            let status = self.post(&url, &secret, &body).await;
            if attempt <= IMMEDIATE || status == Some(200) {
                self.note(delivery, status);
            }
            if status == Some(200) {
                return self.acknowledge(delivery, body);
            }
            if attempt >= IMMEDIATE {
                wait(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
    }

    async fn post(&self, url: &str, secret: &str, body: &str) -> Option<u16> {
        let request = self.http.post(url).header("content-type", "application/json");
        let request = request.header("x-hub-signature-256", signature::sign(secret, body.as_bytes()));
        Some(request.body(body.to_owned()).send().await.ok()?.status().as_u16())
    }

    fn acknowledge(&self, delivery: &Delivery, body: String) {
        let Delivery { page, app, psid, .. } = delivery.clone();
        let acknowledged = Acknowledged { page, app, psid, at: self.clock.now(), body };
        self.acknowledged.lock().unwrap_or_else(PoisonError::into_inner).push(acknowledged);
    }

    fn note(&self, delivery: &Delivery, status: Option<u16>) {
        self.journal.note(Entry {
            number: 0,
            at: self.clock.now(),
            kind: Kind::Webhook,
            title: title(delivery),
            app: delivery.app.0.clone(),
            status: Some(status.unwrap_or_default()),
            body: delivery.item.clone(),
        });
    }
}

impl Courier {
    /// A courier without lanes; they open as apps get events.
    pub fn new(depot: Arc<Depot>) -> Self {
        Self { depot, lanes: Mutex::default(), work: Mutex::default() }
    }

    /// Queues an event. The answer resolves when it was delivered.
    pub fn send(&self, delivery: Delivery) -> oneshot::Receiver<()> {
        let (delivered, done) = oneshot::channel();
        self.depot.pending.begin();
        let lane = self.lane(&delivery);
        if lane.send(Parcel { delivery, delivered: Some(delivered) }).is_err() {
            self.depot.pending.end();
        }
        done
    }

    fn lane(&self, delivery: &Delivery) -> Lane {
        let mut hasher = DefaultHasher::new();
        delivery.psid.hash(&mut hasher);
        let key = (delivery.page.clone(), delivery.app.clone(), hasher.finish() % LANES);
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        let open = || {
            let (lane, parcels) = mpsc::unbounded_channel();
            let mut work = self.work.lock().unwrap_or_else(PoisonError::into_inner);
            work.spawn(drive(Arc::clone(&self.depot), parcels));
            lane
        };
        lanes.entry(key).or_insert_with(open).clone()
    }
}

async fn drive(depot: Arc<Depot>, mut parcels: mpsc::UnboundedReceiver<Parcel>) {
    while let Some(parcel) = parcels.recv().await {
        let held_back = depot.faults.happens(depot.faults.of_webhooks().reorder);
        let overtaking =
            if held_back { timeout(OVERTAKING, parcels.recv()).await.ok().flatten() } else { None };
        for parcel in overtaking.into_iter().chain([parcel]) {
            depot.deliver(&parcel.delivery).await;
            // Nobody may be waiting any more.
            let _ = parcel.delivered.map(|delivered| delivered.send(()));
            depot.pending.end();
        }
    }
}

fn title(delivery: &Delivery) -> String {
    let kinds = ["message", "postback", "reaction", "read", "delivery", "referral"];
    let moves = ["pass_thread_control", "take_thread_control", "request_thread_control"];
    let found = kinds.iter().chain(&moves).find(|kind| delivery.item.get(**kind).is_some());
    let kind = if delivery.is_echo() { "echo" } else { found.copied().unwrap_or("event") };
    format!(
        "{kind} · {}",
        if delivery.channel == domain::conversation::evidence::Channel::Direct {
            "messaging"
        } else {
            "standby"
        }
    )
}
