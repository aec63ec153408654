//! `kill -9` while many runs are on their way: every customer is asked once and thanked once, whatever happens.

on_both!(no_turn_is_lost_and_none_is_doubled);

mod journeys {
    use super::super::kit::{ask, line, opened, say};
    use crate::support::*;
    use app::api::workflows::{Draft, Naming, RunsOf, WorkflowsDesk as _};
    use domain::WorkflowId;
    use domain::person::Actor;
    use domain::workflow::run::Reason;
    use domain::workflow::view::{RunNow, RunView};
    use messenger::simulator::{CustomerSetup, Setup, Simulator};
    use server::config::{Config, Sources};
    use server::desk::Desk;
    use std::collections::BTreeMap;
    use std::process::{Child, Command, Stdio};
    use tokio::net::TcpListener;

    const CUSTOMERS: usize = 25;
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

        /// Everybody writes; the server dies in the middle and comes back.
        async fn blow(&self, text: &str, after_ms: u64, child: Child) -> Child {
            let mut child = child;
            for cut in 0..3 {
                let from = cut * CUSTOMERS / 3;
                for n in from..(cut + 1) * CUSTOMERS / 3 {
                    self.simulator.customer_writes(&PAGE.into(), &psid(n).into(), text).await;
                }
                moment(after_ms + 23 * cut as u64).await;
                child.kill().expect("kill -9");
                child.wait().expect("it ends");
                child = self.start().await;
            }
            child
        }

        /// What the run of each customer came to; waits until all of them fit.
        async fn runs(&self, fit: impl Fn(&RunView) -> bool) -> Vec<RunView> {
            let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(150);
            let node = node_of(config(&self.environment)).await;
            let (desk, ann) = (Desk::new(node.clone()), owner(&node).await);
            loop {
                let runs = desk
                    .workflow_runs(&ann, self.workflow, RunsOf::All, None, 200)
                    .await
                    .expect("runs")
                    .items;
                if runs.len() >= CUSTOMERS && runs.iter().all(&fit) {
                    node.db.close().await;
                    return runs;
                }
                let waiting: Vec<_> =
                    runs.iter().filter(|run| !fit(run)).map(|run| &run.now).take(3).collect();
                assert!(tokio::time::Instant::now() < deadline, "{} runs, such as {waiting:?}", runs.len());
                moment(200).await;
            }
        }
    }

    fn config(environment: &[(&'static str, String)]) -> Config {
        let sources =
            environment.iter().fold(Sources::default(), |all, (key, value)| all.with(key, Some(value)));
        sources.config().expect("works")
    }

    async fn owner(node: &std::sync::Arc<server::node::Node>) -> Actor {
        let mut tx = node.db.snapshot().await.expect("reads");
        let all = store::people::all(&mut tx).await.expect("people");
        Actor::Person(all.into_iter().find(|person| person.name == "Ann").expect("Ann"))
    }

    async fn publish(desk: &Desk, ann: &Actor) -> WorkflowId {
        let naming = Naming { name: "Storm".into(), description: String::new() };
        let row = desk.create_workflow(ann, naming).await.expect("created");
        let graph = line(opened(), vec![ask("What size?", "size"), say("Size $answer.size|{?}, thanks.")]);
        let draft = Draft { graph, revision: row.revision };
        desk.save_workflow(ann, row.id, draft).await.expect("saved");
        desk.publish_workflow(ann, row.id, true).await.expect("published");
        row.id
    }

    pub async fn no_turn_is_lost_and_none_is_doubled(on: On) {
        let data = tempfile::tempdir().expect("a folder");
        let storm = Storm::brew(on, &data).await;
        let child = storm.start().await;
        let child = storm.blow("Hello", 30, child).await;
        storm.simulator.quiet().await;
        let asked = |run: &RunView| {
            matches!(run.now, RunNow::Waiting { wait: domain::workflow::turn::Wait::Answer, .. })
        };
        assert_eq!(storm.runs(asked).await.len(), CUSTOMERS);
        let mut child = storm.blow("42", 15, child).await;
        storm.simulator.quiet().await;
        let runs = storm.runs(RunView::is_over).await;
        child.kill().expect("kill");
        child.wait().expect("it ends");
        assert_eq!(runs.len(), CUSTOMERS, "everybody entered once");
        let mut ends: BTreeMap<&str, usize> = BTreeMap::new();
        for run in &runs {
            if let RunNow::Ended { reason, .. } = &run.now {
                *ends.entry(reason.as_str()).or_default() += 1;
            }
        }
        assert_eq!(ends, [(Reason::Completed {}.as_str(), CUSTOMERS)].into());
        let sends = storm.simulator.accepted_by_metadata();
        assert_eq!(sends.len(), 2 * CUSTOMERS);
        assert!(sends.values().all(|times| *times == 1), "sent twice: {sends:?}");
    }
}
