//! A Messenger in memory behind a Graph-shaped HTTP API: pages, customers, bots, conversation routing, the messaging
//! window, signed webhooks, a clock that can be moved, and faults on demand. Tests, the demo, training and load speak
//! to it exactly as to Meta; production differs by one base address.
//!
//! ```ignore
//! let simulator = Simulator::new(Setup::sample("http://127.0.0.1:8080/webhooks/messenger").with_bot_delay(0));
//! tokio::spawn({ let simulator = simulator.clone(); async move { simulator.serve(listener).await } });
//! simulator.customer_writes(&page, &maya, "Where is my order?").await;
//! simulator.quiet().await;
//! ```
//!
//! The rules live in [`world`], which knows neither network nor clock. To add a rule, change the world and write a test
//! in `tests/simulator.rs`; to add a Graph call, add an arm in `graph::dispatch`; to add a way to fail, add a
//! [`faults::Fault`].

mod acts;
mod bot;
mod clock;
mod control;
mod courier;
mod dialog;
pub mod faults;
mod fields;
mod graph;
pub mod journal;
mod model;
mod page;
mod refusal;
mod request;
mod setup;
mod stage;
mod wire;
pub mod world;

pub use bot::BotScript;
pub use courier::Acknowledged;
pub use faults::{Call, EchoOrder, Fault, Faults, WebhookFaults};
pub use model::{MODEL, MODEL_KEY};
pub use refusal::Refusal;
pub use setup::{AppSetup, CustomerSetup, Mode, PageSetup, Routing, Setup};
pub use world::SendRecord;

use axum::Router;
use axum::serve::ListenerExt;
use clock::Clock;
use courier::{Courier, Depot};
use domain::{AppId, PageId, Psid, Timestamp};
use journal::Journal;
use stage::Stage;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use world::World;

/// Files of 25 MB, those that are a little too large, and the form around them.
const LARGEST_BODY: usize = 40 * 1024 * 1024;

/// A running simulation. Clones share it; the last one dropped ends its deliveries and its bots.
#[derive(Clone)]
pub struct Simulator {
    inner: Arc<Inner>,
}

struct Inner {
    world: Arc<Mutex<World>>,
    clock: Arc<Clock>,
    faults: Arc<Faults>,
    journal: Arc<Journal>,
    depot: Arc<Depot>,
    courier: Courier,
    stage: Stage,
    model: model::Script,
}

impl Simulator {
    /// A simulation with this cast, on the machine's clock, without faults.
    pub fn new(setup: Setup) -> Self {
        let faults = Arc::new(Faults::none(setup.seed));
        let (clock, journal) = (Arc::new(Clock::of_the_machine()), Arc::new(Journal::default()));
        let world = Arc::new(Mutex::new(World::new(setup)));
        let depot =
            Depot::new(Arc::clone(&world), Arc::clone(&clock), Arc::clone(&faults), Arc::clone(&journal));
        let depot = Arc::new(depot);
        let courier = Courier::new(Arc::clone(&depot));
        let stage = Stage::default();
        Self {
            inner: Arc::new(Inner {
                world,
                clock,
                faults,
                journal,
                depot,
                courier,
                stage,
                model: model::Script::default(),
            }),
        }
    }

    /// The Graph API under `/{version}/…`, the phone page at `/`, a language model's double at
    /// `/chat/completions`, and the remote control under `/sim/…`.
    pub fn router(&self) -> Router {
        Router::new()
            .merge(page::routes())
            .merge(model::routes())
            .nest("/sim", control::routes())
            .fallback(graph::serve)
            // Meta says itself what is too large.
            .layer(axum::extract::DefaultBodyLimit::max(LARGEST_BODY))
            .with_state(self.clone())
    }

    /// Serves the router until the task that runs this is dropped.
    pub async fn serve(&self, listener: tokio::net::TcpListener) {
        // Without this, small answers wait for the caller's acknowledgement. Failing to set it only costs time.
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        if let Err(error) = axum::serve(listener, self.router()).await {
            tracing::error!(%error, "the simulator stopped serving");
        }
    }

    /// The app in control of a thread; none when it is idle.
    pub fn owner(&self, page: &PageId, psid: &Psid) -> Option<AppId> {
        self.world().owner(page, psid, self.now())
    }

    /// The simulated Meta's time.
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    /// Follows somebody else's clock instead of the machine's; what was advanced comes on top.
    pub fn set_clock(&self, clock: Arc<dyn Fn() -> Timestamp + Send + Sync>) {
        self.inner.clock.follow(clock);
    }

    /// Moves the clock and ends the control that runs out with it.
    pub async fn advance(&self, ms: i64) {
        self.inner.clock.advance(ms);
        let idle = self.world().expire(self.now());
        for (_, psid, app) in idle {
            self.note(&app, format!("control ran out for {psid}"));
        }
    }

    /// Every message Meta accepted, in order.
    pub fn sends(&self) -> Vec<SendRecord> {
        self.world().sends.clone()
    }

    /// How often Meta accepted a message with each `metadata`: more than once is a customer who got it twice.
    pub fn accepted_by_metadata(&self) -> HashMap<String, usize> {
        let mut counts = HashMap::new();
        for metadata in self.world().sends.iter().filter_map(|send| send.metadata.clone()) {
            *counts.entry(metadata).or_default() += 1;
        }
        counts
    }

    /// Every webhook body that got a 200, in the order of the answers.
    pub fn acknowledged(&self) -> Vec<Acknowledged> {
        self.inner.depot.acknowledged.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What goes wrong on purpose.
    pub fn faults(&self) -> &Faults {
        &self.inner.faults
    }

    /// The last few hundred webhooks and Graph calls.
    pub fn journal(&self) -> &Journal {
        &self.inner.journal
    }

    /// Resolves when no webhook is on its way and no bot is about to act.
    /// While a webhook does not answer 200 this does not resolve.
    pub async fn quiet(&self) {
        self.inner.depot.pending.quiet().await;
    }

    fn world(&self) -> MutexGuard<'_, World> {
        self.inner.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, app: &AppId, title: String) {
        self.inner.journal.note(journal::Entry {
            number: 0,
            at: self.now(),
            kind: journal::Kind::Note,
            title,
            app: app.0.clone(),
            status: None,
            body: serde_json::Value::Null,
        });
    }
}
