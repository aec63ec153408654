//! `kill -9` in the middle of a storm, several times: nothing acknowledged is lost, nothing is sent twice, and a browser
//! that comes back misses nothing.

mod a_storm_with_kills {
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn on_sqlite() {
        super::storm::survives(crate::support::On::Sqlite).await;
    }
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn on_postgres() {
        super::storm::survives(crate::support::On::Postgres).await;
    }
}

mod storm {
    use crate::support::*;
    use domain::MessageId;
    use domain::conversation::message::DeliveryState;
    use domain::person::Scope;
    use futures::StreamExt;
    use messenger::simulator::{CustomerSetup, Setup, Simulator};
    use server::clock::{Clock as _, SystemClock};
    use server::desk::set_up;
    use std::collections::{BTreeSet, HashMap};
    use std::process::{Child, Command, Stdio};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;
    use tokio::net::TcpListener;
    use tokio_tungstenite::connect_async;
    use tokio_tungstenite::tungstenite::Message;
    use tokio_tungstenite::tungstenite::client::IntoClientRequest;

    const CUSTOMERS: usize = 12;
    const ROUNDS: usize = 5;
    const KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    struct Run {
        simulator: Simulator,
        address: std::net::SocketAddr,
        environment: Vec<(&'static str, String)>,
        token: String,
        client: reqwest::Client,
    }

    impl Run {
        /// Starts the real binary and waits until it is ready.
        async fn start(&self) -> Child {
            let mut child = Command::new(env!("CARGO_BIN_EXE_baton"))
                .arg("serve")
                .envs(self.environment.iter().map(|(key, value)| (*key, value.as_str())))
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .expect("the binary starts");
            for _ in 0..600 {
                let ready = self.client.get(format!("http://{}/readyz", self.address)).send().await;
                if ready.is_ok_and(|answer| answer.status() == 200) {
                    return child;
                }
                moment(50).await;
            }
            child.kill().expect("kill");
            child.wait().expect("it ends");
            panic!("the server never became ready");
        }

        async fn get(&self, path: &str) -> Option<serde_json::Value> {
            let url = format!("http://{}/api/v1{path}", self.address);
            let answer = self.client.get(url).bearer_auth(&self.token).send().await.ok()?;
            answer.json().await.ok()
        }

        /// Answers as a program would that keeps trying: the same id until there is an answer.
        async fn answer(&self, conversation: &str, id: MessageId, text: &str) {
            let url = format!("http://{}/api/v1/conversations/{conversation}/messages", self.address);
            let body = serde_json::json!({ "id": id, "text": text });
            for _ in 0..400 {
                let sent = self.client.post(&url).bearer_auth(&self.token).json(&body).send().await;
                match sent.map(|answer| answer.status().as_u16()) {
                    Ok(200 | 201) => return,
                    Ok(status @ (409 | 422)) => panic!("refused with {status}"),
                    Ok(_) | Err(_) => moment(25).await,
                }
            }
            panic!("the server never took the answer");
        }
    }

    fn psid(n: usize) -> String {
        format!("{}", 7_400_000_000_000_000_usize + n)
    }

    async fn stage(on: On, data: &tempfile::TempDir) -> Run {
        let database_url = match on {
            On::Sqlite => format!("sqlite:{}", data.path().join("baton.sqlite").display()),
            On::Postgres => testkit::postgres().await,
        };
        let free = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = free.local_addr().expect("bound");
        drop(free);
        let simulated = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let graph = format!("http://{}/v25.0", simulated.local_addr().expect("bound"));
        let webhook = format!("http://{address}/webhooks/messenger/{APP}");
        let mut setup = Setup::sample(&webhook).without_bots();
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
        let sources = environment
            .iter()
            .fold(server::config::Sources::default(), |sources, (key, value)| sources.with(key, Some(value)));
        let node = node_of(sources.config().expect("works")).await;
        people(&node).await;
        let token = set_up::add_token(&node, "storm", Scope::Write).await.expect("a token");
        node.db.close().await;
        Run { simulator, address, environment, token, client: client() }
    }

    /// A browser that reconnects with its last number and notes every number it sees.
    async fn follow(run: Arc<Run>, stop: Arc<AtomicBool>) -> Vec<i64> {
        let mut seen: Vec<i64> = Vec::new();
        while !stop.load(Ordering::Relaxed) {
            let after = seen.last().copied().unwrap_or(0);
            let mut request =
                format!("ws://{}/live?after={after}", run.address).into_client_request().expect("a request");
            let bearer = format!("Bearer {}", run.token).parse().expect("a header");
            request.headers_mut().insert("authorization", bearer);
            let Ok((mut socket, _)) = connect_async(request).await else {
                moment(20).await;
                continue;
            };
            while !stop.load(Ordering::Relaxed) {
                match tokio::time::timeout(Duration::from_millis(200), socket.next()).await {
                    Err(_) => {}
                    Ok(Some(Ok(Message::Text(text)))) => {
                        let frame: serde_json::Value = serde_json::from_str(&text).expect("JSON");
                        assert!(frame.get("reload").is_none(), "a reload was asked for");
                        // A ping names the newest number, too.
                        if frame.get("change").is_some() {
                            seen.extend(frame.get("n").and_then(serde_json::Value::as_i64));
                        }
                    }
                    Ok(Some(Ok(_))) => {}
                    Ok(Some(Err(_)) | None) => break,
                }
            }
        }
        seen
    }

    pub async fn survives(on: On) {
        let data = tempfile::tempdir().expect("a folder");
        let run = Arc::new(stage(on, &data).await);
        let mut child = run.start().await;
        let stop = Arc::new(AtomicBool::new(false));
        let browser = tokio::spawn(follow(run.clone(), stop.clone()));
        let mut written = BTreeSet::new();
        for n in 0..CUSTOMERS {
            written.insert(run.simulator.customer_writes(&PAGE.into(), &psid(n).into(), "Hello").await);
        }
        settled(&run, CUSTOMERS).await;
        let mut answers = Vec::new();
        for round in 0..ROUNDS {
            let writers = (0..CUSTOMERS).map(|n| {
                let run = run.clone();
                async move {
                    let mut mids = Vec::new();
                    for line in 0..6 {
                        let text = format!("round {round} line {line} of {n}");
                        mids.push(run.simulator.customer_writes(&PAGE.into(), &psid(n).into(), &text).await);
                    }
                    mids
                }
            });
            let storm = tokio::spawn(futures::future::join_all(writers));
            // Each round the blow falls at another moment.
            moment(15 + 35 * round as u64).await;
            let known = run.get("/conversations?limit=200").await;
            let known = known.and_then(|listing| listing["items"].as_array().cloned()).unwrap_or_default();
            for conversation in known {
                let id = conversation["id"].as_str().expect("an id").to_owned();
                let run = run.clone();
                let text = format!("answer {round}");
                let message = MessageId(SystemClock.id());
                answers.push(tokio::spawn(async move { run.answer(&id, message, &text).await }));
            }
            moment(20).await;
            child.kill().expect("kill -9");
            child.wait().expect("it ends");
            child = run.start().await;
            written.extend(storm.await.expect("written").into_iter().flatten());
        }
        for answer in &mut answers {
            answer.await.expect("the answer was taken");
        }
        assert!(!answers.is_empty(), "nobody answered");
        run.simulator.quiet().await;
        let states = settled(&run, written.len() + answers.len()).await;
        stop.store(true, Ordering::Relaxed);
        let seen = browser.await.expect("the browser ran");
        child.kill().expect("kill");
        child.wait().expect("it ends");

        // Every acknowledged message is there once.
        let stored: Vec<_> = states.iter().filter_map(|message| message.mid.clone()).collect();
        let unique: BTreeSet<_> = stored.iter().cloned().collect();
        assert_eq!(stored.len(), unique.len(), "a message is there twice");
        let missing: Vec<_> = written.difference(&unique).collect();
        assert!(missing.is_empty(), "lost: {missing:?}");
        // Nothing went out twice; what is not known says so.
        let sends: HashMap<String, usize> = run.simulator.accepted_by_metadata();
        assert!(sends.values().all(|times| *times == 1), "sent twice: {sends:?}");
        let ours: Vec<_> = states
            .iter()
            .filter(|message| message.origin == domain::conversation::message::Origin::Api)
            .collect();
        assert_eq!(ours.len(), answers.len());
        for message in ours {
            let went_out = sends.contains_key(&message.id.to_string());
            match message.delivery.state {
                DeliveryState::Sent | DeliveryState::Delivered | DeliveryState::Read => {
                    assert!(went_out, "{message:?}")
                }
                DeliveryState::Unknown => {}
                other => panic!("left {other:?}: {message:?}"),
            }
        }
        // The browser saw every number once.
        assert!(seen.windows(2).all(|pair| pair[1] == pair[0] + 1), "a gap in {seen:?}");
    }

    /// Waits until everything has found its end, and returns all messages.
    async fn settled(run: &Run, count: usize) -> Vec<domain::view::Message> {
        let deadline = tokio::time::Instant::now() + Duration::from_secs(150);
        loop {
            let all = all_messages(run).await;
            let moving = all
                .iter()
                .any(|one| matches!(one.delivery.state, DeliveryState::Queued | DeliveryState::Sending));
            if all.len() >= count && !moving {
                return all;
            }
            assert!(tokio::time::Instant::now() < deadline, "{} of {count}, moving: {moving}", all.len());
            moment(200).await;
        }
    }

    async fn all_messages(run: &Run) -> Vec<domain::view::Message> {
        let listing = run.get("/conversations?limit=200").await.expect("conversations");
        let mut all = Vec::new();
        for conversation in listing["items"].as_array().expect("items") {
            let path =
                format!("/conversations/{}/messages?limit=200", conversation["id"].as_str().expect("an id"));
            let messages = run.get(&path).await.expect("messages");
            let messages: Vec<domain::view::Message> =
                serde_json::from_value(messages["items"].clone()).expect("messages");
            all.extend(messages);
        }
        all
    }
}
