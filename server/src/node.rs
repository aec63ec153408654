//! One running server: what it holds, how it starts and how it stops.

use crate::clock::Clock;
use crate::config::Config;
use crate::desk::together::Together;
use crate::desk::workflow::Versions;
use crate::limits::Attempts;
use crate::live::Hub;
use crate::presence::Presence;
use crate::vault::{Unopened, Vault};
use crate::work::ingest::Ingest;
use messenger::outbound::Outbound;
use messenger::{Credentials, Messenger, Secret};
use std::sync::Arc;
use store::Db;
use store::pages::PageRecord;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Everything a use case or a worker may need.
pub struct Node {
    pub db: Db,
    pub clock: Arc<dyn Clock>,
    pub config: Config,
    pub vault: Vault,
    pub messenger: Arc<dyn Messenger>,
    /// Asks other people's servers.
    pub outbound: Outbound,
    /// Frozen versions of workflows this node has read.
    pub versions: Versions,
    pub hub: Hub,
    /// Who is looking at what.
    pub presence: Presence,
    pub ingest: Ingest,
    /// Where intentions wait that share a commit.
    pub together: Together,
    pub nudges: Nudges,
    /// Wrong passwords and codes of the last quarter of an hour.
    pub attempts: Attempts,
}

/// Wakes the workers: there may be something to do.
#[derive(Default)]
pub struct Nudges {
    pub inbound: Notify,
    pub outbox: Notify,
    pub timers: Notify,
    pub media: Notify,
}

/// The workers of a node, to be stopped together.
pub struct Workers {
    stop: CancellationToken,
    tasks: TaskTracker,
}

/// Why the credentials of a page cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum NoCredentials {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Sealed(#[from] Unopened),
    #[error("the app {0} of this page is not known here; add the page again")]
    NoApp(domain::AppId),
}

impl Node {
    /// A node over an open database. Nothing runs yet.
    pub fn new(db: Db, clock: Arc<dyn Clock>, config: Config, messenger: Arc<dyn Messenger>) -> Arc<Self> {
        let own = url::Url::parse(&config.public_url).ok().and_then(|url| url.host_str().map(str::to_owned));
        let outbound = Outbound::new(own, config.outbound_allow.iter().cloned())
            .expect("a client that brings no certificates of its own can be built");
        Arc::new(Self {
            vault: config.vault(),
            outbound,
            versions: Versions::default(),
            ingest: Ingest::new(),
            hub: Hub::default(),
            presence: Presence::new(clock.id()),
            together: Together::default(),
            nudges: Nudges::default(),
            attempts: Attempts::default(),
            db,
            clock,
            config,
            messenger,
        })
    }

    /// Starts the workers.
    pub fn start(self: &Arc<Self>) -> Workers {
        let stop = CancellationToken::new();
        let tasks = TaskTracker::new();
        tasks.spawn(self.hub.clone().follow(self.db.clone(), stop.clone()));
        self.hub.rounds(&stop).for_each(|round| drop(tasks.spawn(round)));
        tasks.spawn(crate::work::ingest::run(self.clone(), stop.clone()));
        tasks.spawn(crate::work::inbound::run(self.clone(), stop.clone()));
        tasks.spawn(crate::work::outbox::run(self.clone(), stop.clone()));
        tasks.spawn(crate::work::timers::run(self.clone(), stop.clone()));
        tasks.spawn(crate::presence::follow(self.clone(), stop.clone()));
        tasks.spawn(crate::work::media::run(self.clone(), stop.clone()));
        tasks.spawn(crate::work::signals::run(self.clone(), stop.clone()));
        tasks.spawn(crate::work::pages::run(self.clone(), stop.clone()));
        tasks.spawn(crate::work::housekeeping::run(self.clone(), stop.clone()));
        tasks.close();
        Workers { stop, tasks }
    }

    /// Lets every socket of a person, on every node, look at once whether it may stay. Call it after commit.
    pub async fn look_again(&self, person: domain::PersonId) {
        self.hub.look_again(person);
        if let Err(error) = store::signals::send(&self.db, person).await {
            // Sockets of other nodes look by themselves with every ping.
            tracing::debug!(
                error = &error as &dyn std::error::Error,
                "other nodes were not told about a person"
            );
        }
    }

    /// What it takes to speak for a page.
    pub async fn credentials(
        &self,
        tx: &mut store::Tx,
        page: &PageRecord,
    ) -> Result<Credentials, NoCredentials> {
        let app = &page.page.app;
        let record = store::apps::find(tx, app).await?.ok_or_else(|| NoCredentials::NoApp(app.clone()))?;
        Ok(Credentials {
            page: page.page.id.clone(),
            app: app.clone(),
            access_token: Secret::new(self.vault.open(&page_owner(&page.page.id), &page.access_token)?),
            app_secret: Secret::new(self.vault.open(&app_owner(app), &record.app_secret)?),
        })
    }
}

impl Workers {
    /// A token that ends when the workers are told to stop.
    pub fn stopping(&self) -> CancellationToken {
        self.stop.clone()
    }

    /// Lets each worker finish what it holds, then ends.
    pub async fn stop(self) {
        self.stop.cancel();
        self.tasks.wait().await;
    }
}

/// Whose secret a page token is, for the vault.
pub fn page_owner(page: &domain::PageId) -> String {
    format!("page:{page}:access_token")
}

/// Whose secret an app secret is, for the vault.
pub fn app_owner(app: &domain::AppId) -> String {
    format!("app:{app}:app_secret")
}

/// Whose secret a verify token is, for the vault.
pub fn verify_owner(app: &domain::AppId) -> String {
    format!("app:{app}:verify_token")
}
