//! `kill -9` while a thousand runs are on their way: every customer is asked once and thanked once, whatever happens.

on_both!(no_turn_is_lost_and_none_is_doubled);

mod journeys {
    use super::super::kit::{ask, line, opened, say, wait};
    use crate::support::*;
    use app::api::workflows::{Draft, Naming, WorkflowsDesk as _};
    use domain::person::Actor;
    use domain::workflow::run::{Reason, State};
    use domain::workflow::step::StepKind;
    use domain::workflow::steps::contact::UpdateTag;
    use domain::workflow::steps::conversation::AddComment;
    use domain::workflow::trigger::TagAction;
    use domain::workflow::turn::Wait;
    use domain::{SECOND, WorkflowId};
    use messenger::simulator::{CustomerSetup, Setup, Simulator};
    use server::clock::{Clock as _, SystemClock};
    use server::config::{Config, Sources};
    use server::desk::Desk;
    use server::node::Node;
    use std::collections::{BTreeMap, BTreeSet};
    use std::process::{Child, Command, Stdio};
    use std::sync::Arc;
    use store::runs::{self, Record, Which};
    use tokio::net::TcpListener;

    const CUSTOMERS: usize = 1_000;
    /// How often the server dies while everybody writes once.
    const KILLS: usize = 4;
    /// The latest moment at which it dies, in milliseconds after a part of them has begun to write.
    const LATEST: u64 = 900;
    /// How long nothing may move. Meta's history is asked about messages whose fate the blow left open, with pauses.
    const PATIENCE: std::time::Duration = std::time::Duration::from_secs(75);
    const KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    struct Storm {
        simulator: Simulator,
        environment: Vec<(&'static str, String)>,
        ready: String,
        workflow: WorkflowId,
    }

    fn psid(n: usize) -> String {
        format!("{}", 7_500_000_000_000_000_usize + n)
    }

    impl Storm {
        async fn brew(on: On, data: &tempfile::TempDir) -> Self {
            let database_url = match on {
                On::Sqlite => format!("sqlite:{}", data.path().join("baton.sqlite").display()),
                On::Postgres => testkit::postgres().await,
            };
            let free = TcpListener::bind("127.0.0.1:0").await.expect("a port");
            let address = free.local_addr().expect("bound");
            drop(free);
            let simulated = TcpListener::bind("127.0.0.1:0").await.expect("a port");
            let graph = format!("http://{}/v25.0", simulated.local_addr().expect("bound"));
            let mut setup =
                Setup::sample(&format!("http://{address}/webhooks/messenger/{APP}")).without_bots();
            setup.customers.extend((0..CUSTOMERS).map(|n| CustomerSetup {
                psid: psid(n).into(),
                page: PAGE.into(),
                first_name: format!("Customer{n}"),
                last_name: "Storm".into(),
            }));
            let simulator = Simulator::new(setup);
            let playing = simulator.clone();
            tokio::spawn(async move { playing.serve(simulated).await });
            let environment = vec![
                ("BATON_LISTEN", address.to_string()),
                ("BATON_PUBLIC_URL", format!("http://{address}")),
                ("BATON_DATA", data.path().join("data").display().to_string()),
                ("BATON_DATABASE_URL", database_url),
                ("BATON_SECRET_KEY", KEY.to_owned()),
                ("BATON_GRAPH_URL", graph),
            ];
            let ready = format!("http://{address}/readyz");
            let node = node_of(config(&environment)).await;
            let (ann, _) = people(&node).await;
            let workflow = publish(&Desk::new(node.clone()), &ann).await;
            node.db.close().await;
            Self { simulator, environment, ready, workflow }
        }

        async fn start(&self) -> Child {
            let mut child = Command::new(env!("CARGO_BIN_EXE_baton"))
                .arg("serve")
                .envs(self.environment.iter().map(|(key, value)| (*key, value.as_str())))
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .expect("the binary starts");
            for _ in 0..600 {
                if client().get(&self.ready).send().await.is_ok_and(|answer| answer.status() == 200) {
                    return child;
                }
                moment(50).await;
            }
            child.kill().expect("kill");
            child.wait().expect("it ends");
            panic!("the server never became ready");
        }

        /// Everybody writes; the server dies again and again in the middle and comes back.
        async fn blow(&self, text: &str, child: Child) -> Child {
            let mut child = child;
            for cut in 0..KILLS {
                for n in cut * CUSTOMERS / KILLS..(cut + 1) * CUSTOMERS / KILLS {
                    self.simulator.customer_writes(&PAGE.into(), &psid(n).into(), text).await;
                }
                let strikes = chance() % LATEST;
                eprintln!("{text:?}: kill -9 after {strikes} ms");
                moment(strikes).await;
                child.kill().expect("kill -9");
                child.wait().expect("it ends");
                child = self.start().await;
            }
            child
        }

        /// The run of each customer; waits until all of them fit, as long as any moves.
        async fn runs(&self, node: &Node, fit: impl Fn(&State) -> bool) -> Vec<Record> {
            let most = 2 * i64::try_from(CUSTOMERS).expect("a small number");
            let (mut there, mut since) = (0, tokio::time::Instant::now());
            loop {
                let mut tx = node.db.snapshot().await.expect("reads");
                let runs =
                    runs::of_workflow(&mut tx, self.workflow, Which::All, None, most).await.expect("runs");
                drop(tx);
                let waiting: Vec<_> =
                    runs.iter().map(|record| &record.run.state).filter(|state| !fit(state)).collect();
                if runs.len() >= CUSTOMERS && waiting.is_empty() {
                    return runs;
                }
                let now_there = runs.len() - waiting.len();
                if now_there != there {
                    (there, since) = (now_there, tokio::time::Instant::now());
                }
                let some = &waiting[..waiting.len().min(3)];
                if since.elapsed() >= PATIENCE {
                    let left = self.left_behind(node, &runs).await;
                    panic!("{there} of {} are there, not {some:?}; {left}", runs.len());
                }
                moment(200).await;
            }
        }
    }

    impl Storm {
        /// What became of those who have no run, for whoever has to find out why.
        async fn left_behind(&self, node: &Node, runs: &[Record]) -> String {
            let mut tx = node.db.snapshot().await.expect("reads");
            let waiting = store::inbound::waiting(&mut tx).await.expect("a number");
            let parked = store::inbound::parked(&mut tx, 5).await.expect("items");
            let mut told = format!("{waiting} bodies wait, parked: {parked:?}");
            let query = store::inbox::Listed::of(domain::view::View::All, None, 5_000);
            let all = store::inbox::list(&mut tx, &query, node.clock.now()).await.expect("a list");
            let entered: BTreeSet<_> = runs.iter().map(|record| record.run.conversation).collect();
            told += &format!(", {} conversations", all.len());
            for one in all.iter().filter(|one| !entered.contains(&one.id)).take(3) {
                let stayed_out = runs::non_starts(&mut tx, one.contact.id, 5).await.expect("reasons");
                told += &format!("; {} {:?} {stayed_out:?}", one.psid, one.last_message);
            }
            told
        }
    }

    /// A number nobody can foresee.
    fn chance() -> u64 {
        u64::try_from(SystemClock.id().as_u128() & 0xffff).expect("sixteen bits")
    }

    /// The log of every run: which steps it took, in the order of its lines.
    async fn stories(node: &Node, runs: &[Record]) -> BTreeMap<Vec<(i64, u32)>, usize> {
        let mut stories = BTreeMap::new();
        let mut tx = node.db.snapshot().await.expect("reads");
        for record in runs {
            let lines = runs::lines(&mut tx, record.run.id).await.expect("a log");
            let story = lines.iter().map(|line| (line.n, line.progress.step.0)).collect();
            *stories.entry(story).or_default() += 1;
        }
        stories
    }

    fn config(environment: &[(&'static str, String)]) -> Config {
        let sources =
            environment.iter().fold(Sources::default(), |all, (key, value)| all.with(key, Some(value)));
        sources.config().expect("works")
    }

    async fn publish(desk: &Desk, ann: &Actor) -> WorkflowId {
        let naming = Naming { name: "Storm".into(), description: String::new() };
        let row = desk.create_workflow(ann, naming).await.expect("created");
        let note = AddComment { text: "Size $answer.size|{?}".into(), mentions: Vec::new() };
        let tag = UpdateTag { action: TagAction::Added, tags: vec!["sized".into()] };
        let steps = vec![
            ask("What size?", "size"),
            StepKind::AddComment(note),
            StepKind::UpdateContactTag(tag),
            wait(SECOND),
            say("Size $answer.size|{?}, thanks."),
        ];
        let graph = line(opened(), steps);
        let draft = Draft { graph, revision: row.revision };
        desk.save_workflow(ann, row.id, draft).await.expect("saved");
        desk.publish_workflow(ann, row.id, true).await.expect("published");
        row.id
    }

    pub async fn no_turn_is_lost_and_none_is_doubled(on: On) {
        let data = tempfile::tempdir().expect("a folder");
        let storm = Storm::brew(on, &data).await;
        let onlooker: Arc<Node> = node_of(config(&storm.environment)).await;
        let child = storm.start().await;
        let child = storm.blow("Hello", child).await;
        storm.simulator.quiet().await;
        let asked = |state: &State| matches!(state, State::Waiting { hold, .. } if hold.wait == Wait::Answer);
        assert_eq!(storm.runs(&onlooker, asked).await.len(), CUSTOMERS);
        let mut child = storm.blow("42", child).await;
        storm.simulator.quiet().await;
        let runs = storm.runs(&onlooker, |state| matches!(state, State::Ended { .. })).await;
        child.kill().expect("kill");
        child.wait().expect("it ends");

        assert_eq!(runs.len(), CUSTOMERS, "everybody entered once");
        let contacts: BTreeSet<_> = runs.iter().map(|record| record.run.contact).collect();
        assert_eq!(contacts.len(), CUSTOMERS, "somebody entered twice");
        let mut ends: BTreeMap<&str, usize> = BTreeMap::new();
        for record in &runs {
            if let State::Ended { reason, .. } = &record.run.state {
                *ends.entry(reason.as_str()).or_default() += 1;
            }
        }
        assert_eq!(ends, [(Reason::Completed {}.as_str(), CUSTOMERS)].into());
        let steps = stories(&onlooker, &runs).await;
        assert_eq!(steps.len(), 1, "everybody takes the same steps, each once: {steps:?}");
        let mut tx = onlooker.db.snapshot().await.expect("reads");
        for record in &runs {
            let notes = store::notes::of(&mut tx, record.run.conversation, 10).await.expect("notes");
            assert_eq!(notes.len(), 1, "a note was lost or written twice");
        }
        drop(tx);
        let sends = storm.simulator.accepted_by_metadata();
        assert_eq!(sends.len(), 2 * CUSTOMERS);
        let doubled: Vec<_> = sends.iter().filter(|(_, times)| **times != 1).collect();
        assert!(doubled.is_empty(), "sent twice: {doubled:?}");
        onlooker.db.close().await;
    }
}
