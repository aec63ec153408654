//! A server in this process, a Messenger in memory and a clock that is moved by hand: what journeys are told with.
#![allow(dead_code, reason = "each journey uses its own part of the stage")]

use app::api::{ConversationsDesk as _, Failure, ListQuery, Reply, Seen};
use domain::conversation::control::OwnerKind;
use domain::person::{Actor, Person, Role};
use domain::view::{Conversation, View};
use domain::{ConversationId, MessageId, PageId, Psid, Timestamp};
use messenger::Graph;
use messenger::simulator::{Setup, Simulator};
use server::clock::{Clock, MovableClock, SystemClock};
use server::config::{Config, Sources};
use server::desk::Desk;
use server::desk::set_up::{self, NewPage};
use server::node::Node;
use server::serve::Server;
use std::sync::Arc;
use std::time::Duration;
use store::Db;
use tempfile::TempDir;
use tokio::net::TcpListener;

pub const PAGE: &str = "102034567890123";
pub const APP: &str = "845120937761204";
pub const BOT: &str = "611203984417755";
pub const SECRET: &str = "3f9c1d7be0a24c58b6e1f0927d4a8c35";
pub const MAYA: &str = "7204415592310846";
pub const TOMAS: &str = "6988120347715502";
pub const START: Timestamp = Timestamp(1_795_219_200_000);
pub const PASSWORD: &str = "three little words";

/// Which database a journey runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    Sqlite,
    Postgres,
}

/// Runs each journey on both databases.
macro_rules! on_both {
    ($($name:ident),* $(,)?) => { $(
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() { super::journeys::$name($crate::support::On::Sqlite).await }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() { super::journeys::$name($crate::support::On::Postgres).await }
        }
    )* };
}

/// Looks again in a moment.
#[expect(clippy::disallowed_methods, reason = "a journey that waits for another process has no other way")]
pub async fn moment(ms: u64) {
    tokio::time::sleep(Duration::from_millis(ms)).await;
}

/// A program that speaks to the server.
#[expect(clippy::disallowed_methods, reason = "the server's own client speaks only to Meta")]
pub fn client() -> reqwest::Client {
    reqwest::Client::new()
}

/// Everything a journey needs.
pub struct Stage {
    pub server: Server,
    pub simulator: Simulator,
    pub clock: MovableClock,
    pub desk: Desk,
    pub ann: Actor,
    pub mia: Actor,
    pub database_url: String,
    pub data: TempDir,
    pub base: String,
    /// Where somebody else's server may answer: the only private address workflows may ask.
    pub neighbour: std::sync::Mutex<Option<TcpListener>>,
    sources: String,
    neighbours_address: String,
}

impl Stage {
    /// A shoe shop with its sales bot, as the sample is set up.
    pub async fn new(on: On) -> Self {
        Self::with(on, |setup| setup).await
    }

    /// A shop without bots whose workflows may ask the simulator, as in the demo: its language model is there.
    pub async fn with_outbound_to_simulator(on: On) -> Self {
        Self::set(on, |setup| setup.without_bots(), true).await
    }

    /// The same, changed before the curtain rises.
    pub async fn with(on: On, change: impl FnOnce(Setup) -> Setup) -> Self {
        Self::set(on, change, false).await
    }

    async fn set(on: On, change: impl FnOnce(Setup) -> Setup, ask_simulator: bool) -> Self {
        let data = tempfile::tempdir().expect("a folder");
        let database_url = match on {
            On::Sqlite => format!("sqlite:{}", data.path().join("baton.sqlite").display()),
            On::Postgres => testkit::postgres().await,
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("bound");
        let simulated = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let simulator_address = simulated.local_addr().expect("bound");
        let graph = format!("http://{simulator_address}/v25.0");
        let webhook = format!("http://{address}/webhooks/messenger/{APP}");
        let simulator = Simulator::new(change(Setup::sample(&webhook).with_bot_delay(0)));
        let clock = MovableClock::at(START);
        let told = clock.clone();
        simulator.set_clock(Arc::new(move || told.now()));
        let playing = simulator.clone();
        tokio::spawn(async move { playing.serve(simulated).await });
        let neighbour = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let mut neighbours_address = neighbour.local_addr().expect("bound").to_string();
        if ask_simulator {
            neighbours_address.push_str(&format!(",{simulator_address}"));
        }
        let node = node(&data, &database_url, &graph, &clock, &neighbours_address).await;
        let (ann, mia) = people(&node).await;
        let server = Server::start(node.clone(), listener).expect("starts");
        let base = format!("http://{address}");
        Self {
            server,
            simulator,
            clock,
            desk: Desk::new(node),
            ann,
            mia,
            database_url,
            data,
            base,
            neighbour: std::sync::Mutex::new(Some(neighbour)),
            sources: graph,
            neighbours_address,
        }
    }

    /// A second server on the same database.
    pub async fn second_server(&self) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let (sources, allowed) = (&self.sources, &self.neighbours_address);
        let node = node(&self.data, &self.database_url, sources, &self.clock, allowed).await;
        Server::start(node, listener).expect("starts")
    }

    /// An address of the simulated Messenger.
    pub fn simulated(&self, path: &str) -> String {
        format!("{}{path}", self.sources.trim_end_matches("/v25.0"))
    }

    pub fn node(&self) -> &Arc<Node> {
        &self.server.node
    }

    pub async fn customer_writes(&self, psid: &str, text: &str) {
        self.simulator.customer_writes(&PAGE.into(), &psid.into(), text).await;
    }

    /// Lets time pass for everybody.
    pub async fn advance(&self, ms: i64) {
        self.clock.advance(ms);
        self.simulator.advance(0).await;
        self.quiet().await;
    }

    /// Resolves when the simulator has nothing on its way and the server has done all that is due.
    pub async fn quiet(&self) {
        let deadline = tokio::time::Instant::now() + Duration::from_secs(30);
        let mut calm = 0;
        while calm < 3 {
            assert!(tokio::time::Instant::now() < deadline, "it never became quiet");
            self.simulator.quiet().await;
            calm = if self.is_idle().await { calm + 1 } else { 0 };
            moment(3).await;
        }
    }

    /// Meta tells us something, signed as it should be.
    pub async fn deliver(&self, body: impl AsRef<[u8]>) {
        let body = body.as_ref().to_vec();
        let url = format!("{}/webhooks/messenger/{APP}", self.base);
        let signature = messenger::signature::sign(SECRET, &body);
        let request = client().post(url).header("x-hub-signature-256", signature).body(body);
        assert_eq!(request.send().await.expect("an answer").status(), 200);
    }

    /// Resolves when everything Meta told us is applied.
    pub async fn applied(&self) {
        let deadline = tokio::time::Instant::now() + Duration::from_secs(30);
        loop {
            self.simulator.quiet().await;
            let mut tx = self.node().db.snapshot().await.expect("a snapshot");
            if store::inbound::waiting(&mut tx).await.expect("counts") == 0 {
                return;
            }
            assert!(tokio::time::Instant::now() < deadline, "webhooks were never applied");
            moment(3).await;
        }
    }

    /// Connects the page again, as a manager would with a new token.
    pub async fn connect_page(&self) {
        set_up::add_page(self.node(), shoe_shop()).await.expect("a page");
    }

    /// The same with another app secret, as after it was reset at Meta.
    pub async fn connect_page_with(&self, app_secret: &str) {
        let page = NewPage { app_secret: app_secret.into(), ..shoe_shop() };
        set_up::add_page(self.node(), page).await.expect("a page");
    }

    async fn is_idle(&self) -> bool {
        let node = self.node();
        let mut tx = node.db.snapshot().await.expect("a snapshot");
        let now = node.clock.now();
        let inbound = store::inbound::waiting(&mut tx).await.expect("counts");
        let outbox = store::outbox::next_due(&mut tx).await.expect("looks");
        let media = store::media::next_due(&mut tx).await.expect("looks");
        let timers = store::timers::next_due(&mut tx).await.expect("looks");
        let at_work = store::outbox::at_work(&mut tx, now).await.expect("counts") > 0
            || store::media::at_work(&mut tx, now).await.expect("counts") > 0;
        let runs = store::runs::next_due(&mut tx).await.expect("looks");
        let ready = !store::runs::ready(&mut tx, 1).await.expect("looks").is_empty();
        let due = |at: Option<Timestamp>| at.is_some_and(|at| at <= now);
        inbound == 0 && !at_work && !due(outbox) && !due(timers) && !due(media) && !due(runs) && !ready
    }

    pub async fn conversations(&self) -> Vec<Conversation> {
        let query = ListQuery::of(View::All);
        self.desk.list(&self.ann, query).await.expect("lists").items
    }

    /// The conversation of a customer.
    pub async fn of(&self, psid: &str) -> Conversation {
        let all = self.conversations().await;
        all.into_iter()
            .find(|one| one.psid == Psid::from(psid))
            .unwrap_or_else(|| panic!("no conversation of {psid}"))
    }

    pub async fn messages(&self, id: ConversationId) -> Vec<domain::view::Message> {
        self.desk.thread(&self.ann, id).await.expect("a thread").messages
    }

    /// A reply as the browser sends it, with what is on screen now.
    pub async fn reply(
        &self,
        who: &Actor,
        id: ConversationId,
        text: &str,
    ) -> Result<domain::view::Message, Failure> {
        let thread = self.desk.thread(who, id).await?;
        let seen = Seen {
            owner: thread.conversation.control.owner,
            last_message_id: thread.messages.last().map(|message| message.id),
        };
        let reply = Reply { seen: Some(seen), ..self.new_reply(text) };
        self.desk.reply(who, id, reply).await.map(|(message, _)| message)
    }

    pub fn new_reply(&self, text: &str) -> Reply {
        Reply::of(MessageId(self.clock.id()), text)
    }

    pub fn owner(&self) -> Option<String> {
        self.simulator.owner(&PAGE.into(), &MAYA.into()).map(|app| app.0)
    }
}

/// Who controls, and whether it asks for attention.
pub fn stands(conversation: &Conversation) -> (OwnerKind, bool) {
    (conversation.control.owner, conversation.unread)
}

async fn node(
    data: &TempDir,
    database_url: &str,
    graph: &str,
    clock: &MovableClock,
    allowed: &str,
) -> Arc<Node> {
    let config = Sources::default()
        .with("BATON_DATA", Some(data.path().join("data").display()))
        .with("BATON_DATABASE_URL", Some(database_url))
        .with("BATON_SECRET_KEY", Some("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="))
        .with("BATON_GRAPH_URL", Some(graph))
        .with("BATON_OUTBOUND_ALLOW", Some(allowed))
        .config()
        .expect("a configuration that works");
    let db = Db::connect(database_url).await.expect("a database");
    Node::new(db, Arc::new(clock.clone()), config, Arc::new(Graph::new(graph).expect("a Graph API")))
}

/// A node with the time of the machine, to set the stage with.
pub async fn node_of(config: Config) -> Arc<Node> {
    let db = Db::connect(&config.database_url).await.expect("a database");
    let graph = Graph::new(&config.graph_url).expect("a Graph API");
    Node::new(db, Arc::new(SystemClock), config, Arc::new(graph))
}

fn shoe_shop() -> NewPage {
    NewPage {
        page: PageId::from(PAGE),
        name: "Shoe Shop".into(),
        app: APP.into(),
        app_secret: SECRET.into(),
        verify_token: "vt_local_8d1f".into(),
        access_token: "EAAGfixturePageTokenA".into(),
    }
}

/// Connects the page and hires Ann, the owner, and Mia, an agent.
pub async fn people(node: &Arc<Node>) -> (Actor, Actor) {
    set_up::add_page(node, shoe_shop()).await.expect("a page");
    set_up::name_app(node, BOT, "SalesBot").await.expect("a name");
    let owner = set_up::first_owner(node, "Shoe Shop", "Ann", "ann@example.test", PASSWORD.into());
    let ann: Person = owner.await.expect("an owner");
    let agent = set_up::add_person(node, "Mia", "mia@example.test", Role::Agent, PASSWORD.into());
    let mia = agent.await.expect("an agent");
    (Actor::Person(ann), Actor::Person(mia))
}
