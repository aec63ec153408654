//! The live socket: complete, in order, resumed without a gap, across servers.

on_both!(
    every_change_reaches_a_socket_and_the_folded_view_is_the_fresh_one,
    a_socket_resumes_after_its_last_number,
    signing_out_closes_the_socket,
    strangers_and_other_sites_get_no_socket,
    a_number_from_the_future_means_reload,
    a_client_that_pings_all_the_time_is_answered_between_changes,
    many_people_at_once_do_not_starve_each_other,
);

mod on_two_servers {
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_webhook_to_one_appears_at_the_other() {
        super::journeys::a_webhook_to_one_appears_at_the_other().await;
    }
}

pub mod journeys {
    use crate::support::*;
    use domain::live::{Change, Numbered};
    use domain::view::{Conversation, Counters, View};
    use futures::{SinkExt, StreamExt};
    use reqwest::header::{COOKIE, SET_COOKIE};
    use std::collections::BTreeMap;
    use std::time::Duration;
    use tokio::net::TcpStream;
    use tokio_tungstenite::tungstenite::client::IntoClientRequest;
    use tokio_tungstenite::tungstenite::{Error, Message};
    use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

    pub type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

    async fn cookie(base: &str) -> String {
        let client =
            reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
        let form = [("email", "mia@example.test"), ("password", PASSWORD)];
        let answer = client.post(format!("{base}/sign-in")).form(&form).send().await.expect("an answer");
        assert_eq!(answer.headers()["location"], "/inbox");
        let cookie = answer.headers()[SET_COOKIE].to_str().expect("text");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
        cookie.split(';').next().expect("a pair").to_owned()
    }

    pub async fn socket(base: &str, cookie: &str, after: i64) -> Result<Socket, Error> {
        let url = format!("{}/live?after={after}", base.replace("http", "ws"));
        let mut request = url.into_client_request().expect("a request");
        if !cookie.is_empty() {
            request.headers_mut().insert(COOKIE, cookie.parse().expect("a cookie"));
        }
        connect_async(request).await.map(|(socket, _)| socket)
    }

    /// The next change, or what else the server says.
    pub async fn next(socket: &mut Socket) -> Result<Numbered, String> {
        loop {
            let said = tokio::time::timeout(Duration::from_secs(10), socket.next()).await.expect("in time");
            match said {
                Some(Ok(Message::Text(text))) if text.starts_with("{\"n\"") => {
                    return Ok(serde_json::from_str(&text).expect("a change"));
                }
                Some(Ok(Message::Text(text))) if text.contains("ping") => {}
                Some(Ok(Message::Text(text))) => return Err(text.to_string()),
                Some(Ok(Message::Close(frame))) => {
                    return Err(format!("closed {}", frame.map_or(0, |frame| u16::from(frame.code))));
                }
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(error.to_string()),
                None => return Err("ended".into()),
            }
        }
    }

    pub async fn last_number(stage: &Stage) -> i64 {
        store::changes::last(&mut stage.node().db.snapshot().await.expect("a snapshot"))
            .await
            .expect("a number")
    }

    async fn talk(stage: &Stage) {
        stage.customer_writes(MAYA, "Hi!").await;
        stage.customer_writes(TOMAS, "Where is my order?").await;
        stage.quiet().await;
        stage.customer_writes(MAYA, "A person please").await;
        stage.quiet().await;
        let id = stage.of(MAYA).await.id;
        stage.reply(&stage.ann, id, "Here I am").await.expect("a reply");
        stage.quiet().await;
    }

    pub async fn every_change_reaches_a_socket_and_the_folded_view_is_the_fresh_one(on: On) {
        let stage = Stage::new(on).await;
        let cookie = cookie(&stage.base).await;
        let start = last_number(&stage).await;
        let mut socket = socket(&stage.base, &cookie, start).await.expect("a socket");
        talk(&stage).await;
        let end = last_number(&stage).await;
        assert!(end > start);
        let mut rows: BTreeMap<_, Conversation> = BTreeMap::new();
        let mut counters = Counters::default();
        for n in start + 1..=end {
            let numbered = next(&mut socket).await.expect("a change");
            assert_eq!(numbered.n, n);
            if let Change::Conversation { conversation, was } = numbered.change {
                counters.apply(was.as_ref(), &conversation.facts(), stage.mia.person().map(|me| me.id));
                rows.insert(conversation.id, *conversation);
            }
        }
        let fresh = stage.conversations().await;
        assert_eq!(fresh.len(), rows.len());
        for conversation in fresh {
            assert_eq!(rows[&conversation.id], conversation);
        }
        let inbox =
            app::api::ConversationsDesk::inbox(&stage.desk, &stage.mia, app::api::ListQuery::of(View::Open))
                .await;
        assert_eq!(inbox.expect("an inbox").counters, counters);
    }

    pub async fn a_socket_resumes_after_its_last_number(on: On) {
        let stage = Stage::new(on).await;
        let cookie = cookie(&stage.base).await;
        let start = last_number(&stage).await;
        talk(&stage).await;
        let end = last_number(&stage).await;
        let middle = (start + end) / 2;
        let mut late = socket(&stage.base, &cookie, middle).await.expect("a socket");
        for n in middle + 1..=end {
            assert_eq!(next(&mut late).await.expect("a change").n, n);
        }
        stage.customer_writes(TOMAS, "Thanks").await;
        assert_eq!(next(&mut late).await.expect("a change").n, end + 1);
    }

    pub async fn signing_out_closes_the_socket(on: On) {
        let stage = Stage::new(on).await;
        let cookie = cookie(&stage.base).await;
        let mut socket = socket(&stage.base, &cookie, last_number(&stage).await).await.expect("a socket");
        let form = [("everywhere", "1")];
        let client = client();
        let answer =
            client.post(format!("{}/sign-out", stage.base)).header(COOKIE, &cookie).form(&form).send().await;
        assert!(answer.expect("an answer").url().path().contains("sign-in"));
        assert_eq!(next(&mut socket).await.expect_err("closed"), "closed 4401");
        assert!(self::socket(&stage.base, &cookie, 0).await.is_err());
    }

    pub async fn strangers_and_other_sites_get_no_socket(on: On) {
        let stage = Stage::new(on).await;
        let refused = socket(&stage.base, "", 0).await.expect_err("nobody is signed in");
        assert!(matches!(&refused, Error::Http(answer) if answer.status() == 401), "{refused}");
        let cookie = cookie(&stage.base).await;
        let mut request =
            format!("{}/live", stage.base.replace("http", "ws")).into_client_request().expect("a request");
        request.headers_mut().insert(COOKIE, cookie.parse().expect("a cookie"));
        request.headers_mut().insert("origin", "https://evil.example".parse().expect("an origin"));
        let refused = connect_async(request).await.expect_err("another site");
        assert!(matches!(&refused, Error::Http(answer) if answer.status() == 403), "{refused}");
    }

    pub async fn a_client_that_pings_all_the_time_is_answered_between_changes(on: On) {
        let stage = Stage::new(on).await;
        let cookie = cookie(&stage.base).await;
        let mut last = last_number(&stage).await;
        let (mut say, mut hear) = socket(&stage.base, &cookie, last).await.expect("a socket").split();
        for round in 0..8 {
            for ping in 0..16 {
                say.send(Message::Ping(vec![ping; 100].into())).await.expect("sent");
            }
            stage.customer_writes(MAYA, &format!("Message {round}")).await;
        }
        stage.quiet().await;
        let end = last_number(&stage).await;
        let mut pongs = 0;
        while last < end || pongs == 0 {
            let heard = tokio::time::timeout(Duration::from_secs(10), hear.next()).await.expect("in time");
            match heard.expect("open").expect("well formed") {
                Message::Text(text) => {
                    let n = serde_json::from_str::<Numbered>(&text).expect("a change").n;
                    assert_eq!(n, last + 1);
                    last = n;
                }
                Message::Pong(_) => pongs += 1,
                other => panic!("{other} was not asked for"),
            }
        }
    }

    pub async fn a_number_from_the_future_means_reload(on: On) {
        let stage = Stage::new(on).await;
        let cookie = cookie(&stage.base).await;
        let mut socket = socket(&stage.base, &cookie, 1_000_000).await.expect("a socket");
        assert_eq!(next(&mut socket).await.expect_err("no change"), r#"{"reload":true}"#);
    }

    pub async fn many_people_at_once_do_not_starve_each_other(on: On) {
        let stage = Stage::new(on).await;
        let cookie = cookie(&stage.base).await;
        let client = client();
        let ask = || client.get(format!("{}/api/v1/agents", stage.base)).header(COOKIE, &cookie).send();
        let all = futures::future::join_all((0..64).map(|_| ask()));
        let answers =
            tokio::time::timeout(Duration::from_secs(20), all).await.expect("nobody waits for nobody");
        assert!(answers.into_iter().all(|answer| answer.is_ok_and(|answer| answer.status() == 200)));
    }

    pub async fn a_webhook_to_one_appears_at_the_other() {
        let stage = Stage::new(On::Postgres).await;
        let other = stage.second_server().await;
        let base = format!("http://{}", other.address);
        let cookie = cookie(&base).await;
        let start = last_number(&stage).await;
        let mut socket = socket(&base, &cookie, start).await.expect("a socket");
        talk(&stage).await;
        let end = last_number(&stage).await;
        for n in start + 1..=end {
            assert_eq!(next(&mut socket).await.expect("a change").n, n);
        }
        let sends = stage.simulator.accepted_by_metadata();
        assert!(sends.values().all(|times| *times == 1), "{sends:?}");
        other.stop().await;
    }
}
