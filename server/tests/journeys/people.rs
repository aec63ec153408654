//! The team: joining, what each may do, leaving, and signing in with a second step.

on_both!(
    an_invitation_lets_one_person_in_once,
    an_invitation_ends_after_a_day_or_when_it_is_taken_back,
    only_owners_make_and_change_owners,
    the_last_owner_stays_whoever_is_quicker,
    who_leaves_is_out_at_once_and_their_conversations_go_on,
    many_conversations_change_hands_even_after_a_crash,
    a_changed_person_starts_over_at_once,
    a_new_password_ends_every_other_session,
    sessions_are_listed_and_ended_one_by_one_or_all_but_this,
    a_code_is_asked_for_and_counts_once,
    a_recovery_code_works_once_and_managers_can_help,
    a_team_ends_and_its_conversations_move_on,
    everything_is_in_the_audit_log_and_nothing_in_it_is_secret,
    a_picture_is_drawn_anew_and_served_safely,
    a_token_tells_when_it_was_used,
);

mod on_two_servers {
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn who_leaves_is_out_on_the_other_server_within_a_second() {
        super::journeys::who_leaves_is_out_on_the_other_server_within_a_second().await;
    }
}

mod journeys {
    use crate::support::*;
    use app::api::{
        AuditQuery, ConversationsDesk as _, Failure, HandOver, Heir, Invitation, InvitationLink, NewPassword,
        PersonChange, TeamChange, TeamDesk as _, TeamRemoval, Welcome,
    };
    use domain::person::{Actor, Person, Reach, Restrictions, Role};
    use domain::{DAY, HOUR, MINUTE, PersonId, SECOND, Timestamp};
    use futures::StreamExt;
    use reqwest::header::{COOKIE, SET_COOKIE};
    use reqwest::{Client, Response};
    use server::clock::Clock as _;
    use server::desk::team::{invitations, leaving};
    use std::time::Duration;
    use tokio_tungstenite::tungstenite::Message;
    use tokio_tungstenite::tungstenite::client::IntoClientRequest;
    use totp_rs::{Builder, Secret};

    const LATER: &str = "four little words more";

    fn browser() -> Client {
        Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client")
    }

    fn person(actor: &Actor) -> &Person {
        actor.person().expect("a person")
    }

    async fn post(base: &str, path: &str, cookie: &str, form: &[(&str, &str)]) -> Response {
        let request = browser().post(format!("{base}{path}")).header(COOKIE, cookie).form(form);
        request.send().await.expect("an answer")
    }

    fn to(answer: &Response) -> &str {
        answer.headers()["location"].to_str().expect("text")
    }

    fn cookie_of(answer: &Response) -> String {
        let cookie = answer.headers()[SET_COOKIE].to_str().expect("text");
        cookie.split(';').next().expect("a pair").to_owned()
    }

    async fn sign_in(base: &str, email: &str, password: &str) -> Response {
        post(base, "/sign-in", "", &[("email", email), ("password", password)]).await
    }

    async fn is_signed_in(base: &str, cookie: &str) -> bool {
        let answer = browser().get(format!("{base}/api/v1/agents")).header(COOKIE, cookie).send().await;
        answer.expect("an answer").status() == 200
    }

    fn whom(email: &str, role: Role) -> Invitation {
        Invitation { email: email.into(), name: "Zoe".into(), role, teams: Vec::new() }
    }

    fn token(link: &InvitationLink) -> &str {
        link.address.rsplit('/').next().expect("a token")
    }

    async fn invited(stage: &Stage, email: &str, role: Role) -> InvitationLink {
        stage.desk.invite(&stage.ann, whom(email, role)).await.expect("an invitation")
    }

    async fn joined(stage: &Stage, email: &str, role: Role) -> Actor {
        let link = invited(stage, email, role).await;
        let person = invitations::accept(stage.node(), token(&link), "Zoe", LATER.into()).await;
        Actor::Person(person.expect("joins"))
    }

    /// The same person as they are known now.
    async fn again(stage: &Stage, actor: &Actor) -> Option<Actor> {
        let mut tx = stage.node().db.snapshot().await.expect("a snapshot");
        store::people::find(&mut tx, person(actor).id).await.expect("looks").map(Actor::Person)
    }

    fn change(who: &Actor, role: Role, restrictions: Restrictions) -> PersonChange {
        PersonChange { id: person(who).id, role, teams: person(who).teams.clone(), restrictions }
    }

    async fn says(
        base: &str,
        cookie: &str,
    ) -> tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>> {
        let url = format!("{}/live", base.replace("http", "ws"));
        let mut request = url.into_client_request().expect("a request");
        request.headers_mut().insert(COOKIE, cookie.parse().expect("a cookie"));
        tokio_tungstenite::connect_async(request).await.expect("a socket").0
    }

    /// Everything a socket says before it closes, and the code it closes with.
    async fn last_words(
        socket: &mut (impl StreamExt<Item = Result<Message, tokio_tungstenite::tungstenite::Error>> + Unpin),
        within: Duration,
    ) -> (Vec<String>, u16) {
        let mut words = Vec::new();
        let listening = async {
            loop {
                match socket.next().await {
                    Some(Ok(Message::Text(text))) => words.push(text.to_string()),
                    Some(Ok(Message::Close(frame))) => return frame.map_or(0, |frame| u16::from(frame.code)),
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => return 0,
                }
            }
        };
        let code = tokio::time::timeout(within, listening).await.expect("the socket closes in time");
        (words, code)
    }

    pub async fn an_invitation_lets_one_person_in_once(on: On) {
        let stage = Stage::new(on).await;
        let team = TeamChange { id: None, name: "Returns".into(), members: Vec::new() };
        let team = stage.desk.put_team(&stage.ann, team).await.expect("a team");
        let new = Invitation { teams: vec![team], ..whom("Zoe@Example.test", Role::Agent) };
        let link = stage.desk.invite(&stage.ann, new).await.expect("an invitation");
        assert!(matches!(
            stage.desk.invite(&stage.ann, whom("zoe@example.test", Role::Agent)).await,
            Err(Failure::Invalid { .. })
        ));
        let page = browser().get(link.address.replace("http://127.0.0.1:3000", &stage.base));
        let page = page.send().await.expect("a page");
        assert_eq!(page.status(), 200);
        assert_eq!(page.headers()["referrer-policy"], "same-origin");
        assert_eq!(page.headers()["cache-control"], "no-store");
        let words = page.text().await.expect("text");
        assert!(words.contains("zoe@example.test") && words.contains("Shoe Shop"), "{words}");
        let form = |password| [("token", token(&link)), ("name", "Zoe Zander"), ("password", password)];
        let weak = post(&stage.base, "/join", "", &form("short")).await;
        assert!(to(&weak).starts_with("/join/") && to(&weak).contains("10+characters"), "{}", to(&weak));
        let answer = post(&stage.base, "/join", "", &form(LATER)).await;
        assert_eq!(to(&answer), "/inbox");
        let cookie = cookie_of(&answer);
        assert!(is_signed_in(&stage.base, &cookie).await);
        let twice = post(&stage.base, "/join", "", &form(LATER)).await;
        assert!(to(&twice).starts_with("/join/"));
        assert_eq!(stage.desk.welcome(token(&link)).await, Ok(Welcome::Used));
        assert_eq!(stage.desk.welcome("").await, Ok(Welcome::Unknown));
        assert_eq!(stage.desk.welcome("no such link").await, Ok(Welcome::Unknown));
        let directory = stage.desk.directory(&stage.ann).await.expect("a directory");
        let zoe = directory.people.iter().find(|one| one.person.name == "Zoe Zander").expect("Zoe");
        assert_eq!((zoe.person.role, zoe.person.teams.as_slice()), (Role::Agent, [team].as_slice()));
        assert!(directory.invitations.is_empty());
    }

    pub async fn an_invitation_ends_after_a_day_or_when_it_is_taken_back(on: On) {
        let stage = Stage::new(on).await;
        let first = invited(&stage, "zoe@example.test", Role::Agent).await;
        stage.clock.advance(DAY - MINUTE);
        assert!(matches!(stage.desk.welcome(token(&first)).await, Ok(Welcome::Open { .. })));
        stage.clock.advance(MINUTE);
        assert_eq!(stage.desk.welcome(token(&first)).await, Ok(Welcome::Expired { by: "Ann".into() }));
        let late = invitations::accept(stage.node(), token(&first), "Zoe", LATER.into()).await;
        assert!(matches!(late, Err(server::desk::Refusal::Gone)));
        let id = stage.desk.directory(&stage.ann).await.expect("a directory").invitations[0].id;
        let second = stage.desk.invite_again(&stage.ann, id).await.expect("a new link");
        assert_eq!(stage.desk.welcome(token(&first)).await, Ok(Welcome::Unknown));
        assert!(matches!(stage.desk.welcome(token(&second)).await, Ok(Welcome::Open { .. })));
        stage.desk.revoke_invitation(&stage.ann, id).await.expect("taken back");
        assert_eq!(stage.desk.welcome(token(&second)).await, Ok(Welcome::Unknown));
        assert_eq!(stage.desk.revoke_invitation(&stage.ann, id).await, Err(Failure::Gone));
    }

    pub async fn only_owners_make_and_change_owners(on: On) {
        let stage = Stage::new(on).await;
        let boss = joined(&stage, "boss@example.test", Role::Manager).await;
        let refused = stage.desk.invite(&boss, whom("x@example.test", Role::Owner)).await;
        assert_eq!(refused, Err(Failure::Forbidden));
        let owner = invited(&stage, "second@example.test", Role::Owner).await;
        let id = stage.desk.directory(&boss).await.expect("a directory").invitations[0].id;
        assert_eq!(stage.desk.invite_again(&boss, id).await, Err(Failure::Forbidden));
        assert_eq!(stage.desk.revoke_invitation(&boss, id).await, Err(Failure::Forbidden));
        drop(owner);
        let plain = Restrictions::default();
        let demote = change(&stage.ann, Role::Agent, plain);
        assert_eq!(stage.desk.change_person(&boss, demote).await, Err(Failure::Forbidden));
        let promote = change(&stage.mia, Role::Owner, plain);
        assert_eq!(stage.desk.change_person(&boss, promote).await, Err(Failure::Forbidden));
        let out = HandOver { id: person(&stage.ann).id, to: Heir::Nobody };
        assert_eq!(stage.desk.deactivate(&boss, out).await, Err(Failure::Forbidden));
        // An agent may do nothing of it.
        assert_eq!(stage.desk.directory(&stage.mia).await, Err(Failure::Forbidden));
        let refused = stage.desk.invite(&stage.mia, whom("y@example.test", Role::Agent)).await;
        assert_eq!(refused, Err(Failure::Forbidden));
        assert_eq!(stage.desk.audit(&stage.mia, AuditQuery::default()).await, Err(Failure::Forbidden));
        let raise = change(&stage.mia, Role::Manager, plain);
        stage.desk.change_person(&boss, raise).await.expect("a manager makes managers");
        assert_eq!(again(&stage, &stage.mia).await.as_ref().map(|mia| person(mia).role), Some(Role::Manager));
    }

    pub async fn the_last_owner_stays_whoever_is_quicker(on: On) {
        let stage = Stage::new(on).await;
        let plain = Restrictions::default();
        let alone = stage.desk.change_person(&stage.ann, change(&stage.ann, Role::Agent, plain)).await;
        assert!(matches!(alone, Err(Failure::Invalid { message }) if message.contains("only owner")));
        let zoe = joined(&stage, "zoe@example.test", Role::Owner).await;
        // Each makes the other an agent, at the same time.
        let (one, two) = tokio::join!(
            stage.desk.change_person(&stage.ann, change(&zoe, Role::Agent, plain)),
            stage.desk.change_person(&zoe, change(&stage.ann, Role::Agent, plain)),
        );
        assert_eq!(one.is_ok() as u8 + two.is_ok() as u8, 1, "{one:?} {two:?}");
        let directory = stage.desk.directory(&stage.ann).await.expect("a directory");
        assert_eq!(directory.people.iter().filter(|one| one.person.role == Role::Owner).count(), 1);
    }

    pub async fn who_leaves_is_out_at_once_and_their_conversations_go_on(on: On) {
        let stage = Stage::new(on).await;
        let zoe = joined(&stage, "zoe@example.test", Role::Agent).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.customer_writes(TOMAS, "Hello").await;
        stage.quiet().await;
        let (maya, tomas) = (stage.of(MAYA).await.id, stage.of(TOMAS).await.id);
        for id in [maya, tomas] {
            stage.desk.assign(&stage.ann, id, Some(person(&zoe).id), None).await.expect("assigned");
        }
        stage.desk.close(&stage.ann, tomas).await.expect("closed");
        let cookie = cookie_of(&sign_in(&stage.base, "zoe@example.test", LATER).await);
        let mut socket = says(&stage.base, &cookie).await;
        let mine = HandOver { id: person(&zoe).id, to: Heir::Person(person(&zoe).id) };
        assert!(matches!(stage.desk.deactivate(&stage.ann, mine).await, Err(Failure::Invalid { .. })));
        let hand_over = HandOver { id: person(&zoe).id, to: Heir::Person(person(&stage.mia).id) };
        stage.desk.deactivate(&stage.ann, hand_over.clone()).await.expect("deactivated");
        let (_, code) = last_words(&mut socket, Duration::from_secs(2)).await;
        assert_eq!(code, 4401);
        assert!(!is_signed_in(&stage.base, &cookie).await);
        assert!(to(&sign_in(&stage.base, "zoe@example.test", LATER).await).contains("error=wrong"));
        let assignee = |one: domain::view::Conversation| one.assignee.map(|named| named.name);
        assert_eq!(assignee(stage.of(MAYA).await).as_deref(), Some("Mia"));
        assert_eq!(assignee(stage.of(TOMAS).await), None, "a closed one waits for everybody");
        let people = stage.desk.people(&stage.ann).await.expect("people");
        assert!(people.agents.iter().all(|one| one.id != person(&zoe).id));
        assert!(matches!(stage.desk.deactivate(&stage.ann, hand_over).await, Err(Failure::Invalid { .. })));
        let invited = stage.desk.invite(&stage.ann, whom("zoe@example.test", Role::Agent)).await;
        assert!(matches!(invited, Err(Failure::Invalid { message }) if message.contains("Reactivate")));
        stage.desk.reactivate(&stage.ann, person(&zoe).id).await.expect("back");
        assert_eq!(to(&sign_in(&stage.base, "zoe@example.test", LATER).await), "/inbox");
        let own = HandOver { id: person(&stage.ann).id, to: Heir::Nobody };
        assert!(matches!(stage.desk.deactivate(&stage.ann, own).await, Err(Failure::Invalid { .. })));
    }

    pub async fn many_conversations_change_hands_even_after_a_crash(on: On) {
        let stage = Stage::new(on).await;
        let zoe = joined(&stage, "zoe@example.test", Role::Agent).await;
        let from = person(&zoe).id;
        let mut tx = stage.node().db.begin().await.expect("a transaction");
        for n in 0..450_u64 {
            let ids = (domain::ConversationId(stage.clock.id()), domain::ContactId(stage.clock.id()));
            let psid = format!("9{n:015}").into();
            let (mut record, _) =
                store::conversations::open(&mut tx, ids.0, ids.1, &PAGE.into(), &psid, START)
                    .await
                    .expect("open");
            record.assignee = Some(from);
            store::conversations::save(&mut tx, &mut record).await.expect("saved");
        }
        // As a node leaves it that dies in the middle.
        let kept = store::hand_overs::HandOver {
            from,
            to_person: Some(person(&stage.mia).id),
            to_team: None,
            by_name: "Ann".into(),
        };
        store::hand_overs::begin(&mut tx, &kept).await.expect("begun");
        tx.commit().await.expect("committed");
        leaving::carry_on_all(stage.node()).await.expect("carried on");
        let mut tx = stage.node().db.snapshot().await.expect("a snapshot");
        assert!(store::hand_overs::of_person(&mut tx, from, 10).await.expect("looks").is_empty());
        assert!(store::hand_overs::waiting(&mut tx).await.expect("looks").is_empty());
        let open = store::hand_overs::open_of(&mut tx).await.expect("counts");
        assert_eq!(open, [(person(&stage.mia).id, 450)]);
    }

    pub async fn a_changed_person_starts_over_at_once(on: On) {
        let stage = Stage::new(on).await;
        let cookie = cookie_of(&sign_in(&stage.base, "mia@example.test", PASSWORD).await);
        let mut socket = says(&stage.base, &cookie).await;
        let bounds = Restrictions { reach: Reach::Own, no_take_over: true, ..Restrictions::default() };
        let change = change(&stage.mia, Role::Agent, bounds);
        stage.desk.change_person(&stage.ann, change).await.expect("changed");
        let (words, code) = last_words(&mut socket, Duration::from_secs(2)).await;
        assert_eq!((words.last().map(String::as_str), code), (Some(r#"{"reload":true}"#), 1012));
        assert!(is_signed_in(&stage.base, &cookie).await);
        let mia = again(&stage, &stage.mia).await.expect("Mia");
        assert_eq!(person(&mia).bounds(), bounds);
    }

    pub async fn sessions_are_listed_and_ended_one_by_one_or_all_but_this(on: On) {
        let stage = Stage::new(on).await;
        let enter = async || cookie_of(&sign_in(&stage.base, "mia@example.test", PASSWORD).await);
        let (first, second, third) = (enter().await, enter().await, enter().await);
        let sessions = async || stage.desk.profile(&stage.mia, None).await.expect("a profile").sessions;
        assert_eq!(sessions().await.len(), 3);
        let mut ended = 0;
        let mut says_second = says(&stage.base, &second).await;
        for session in sessions().await {
            // Which of them the second browser has is not told; all are ended until it is out.
            if !is_signed_in(&stage.base, &second).await {
                break;
            }
            assert_eq!(stage.desk.end_session(&stage.ann, session.id.clone()).await, Err(Failure::Gone));
            stage.desk.end_session(&stage.mia, session.id.clone()).await.expect("ended");
            assert_eq!(stage.desk.end_session(&stage.mia, session.id).await, Err(Failure::Gone));
            ended += 1;
        }
        assert_eq!(sessions().await.len(), 3 - ended);
        assert_eq!(
            last_words(&mut says_second, Duration::from_secs(2)).await.1,
            4401,
            "its socket is closed"
        );

        let here = if is_signed_in(&stage.base, &third).await { third } else { enter().await };
        let there = if is_signed_in(&stage.base, &first).await { first } else { enter().await };
        let asked = browser().post(format!("{}/rpc/profile/end-other-sessions", stage.base));
        let answer =
            asked.header(COOKIE, &here).json(&serde_json::json!({})).send().await.expect("an answer");
        assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap_or_default());
        assert!(is_signed_in(&stage.base, &here).await && !is_signed_in(&stage.base, &there).await);
        assert_eq!(sessions().await.len(), 1);
    }

    pub async fn a_new_password_ends_every_other_session(on: On) {
        let stage = Stage::new(on).await;
        let here = cookie_of(&sign_in(&stage.base, "mia@example.test", PASSWORD).await);
        let there = cookie_of(&sign_in(&stage.base, "mia@example.test", PASSWORD).await);
        let mut other = says(&stage.base, &there).await;
        let change = |old: &str| NewPassword { old: old.into(), new: LATER.into() };
        let wrong = stage.desk.change_password(&stage.mia, None, change("not the password")).await;
        assert!(matches!(wrong, Err(Failure::Invalid { .. })));
        let body = serde_json::json!({ "change": { "old": PASSWORD, "new": LATER } });
        let asked = browser().post(format!("{}/rpc/profile/password", stage.base)).header(COOKIE, &here);
        let answer = asked.json(&body).send().await.expect("an answer");
        assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap_or_default());
        assert_eq!(last_words(&mut other, Duration::from_secs(2)).await.1, 4401);
        assert!(is_signed_in(&stage.base, &here).await);
        assert!(!is_signed_in(&stage.base, &there).await);
        assert!(to(&sign_in(&stage.base, "mia@example.test", PASSWORD).await).contains("error=wrong"));
        assert_eq!(to(&sign_in(&stage.base, "mia@example.test", LATER).await), "/inbox");
        // Unknown fields are refused, so that nothing unexpected is ever set.
        let body = serde_json::json!({ "change": { "old": LATER, "new": PASSWORD, "role": "owner" } });
        let asked = browser().post(format!("{}/rpc/profile/password", stage.base)).header(COOKIE, &here);
        assert_ne!(asked.json(&body).send().await.expect("an answer").status(), 200);
        // Guesses are counted.
        for _ in 0..8 {
            let _wrong = stage.desk.change_password(&stage.mia, None, change("a guess of many")).await;
        }
        let locked = stage.desk.change_password(&stage.mia, None, change(LATER)).await;
        assert!(matches!(locked, Err(Failure::Invalid { message }) if message.contains("Too many")));
    }

    fn code(secret: &str, at: Timestamp) -> String {
        let secret = Secret::try_from_base32(secret.replace(' ', "")).expect("a secret");
        let totp = Builder::new().with_secret(secret).with_account_name("phone").build().expect("a phone");
        totp.generate(u64::try_from(at.ms() / 1_000).expect("after 1970")).to_string()
    }

    async fn second_step(stage: &Stage, cookie: &str, code: &str) -> Response {
        post(&stage.base, "/sign-in/code", cookie, &[("code", code)]).await
    }

    async fn turned_on(stage: &Stage, who: &Actor) -> (String, Vec<String>) {
        let enrolment = stage.desk.begin_two_factor(who, PASSWORD.into()).await.expect("a secret");
        assert!(enrolment.picture.starts_with("data:image/svg+xml;base64,"));
        let now = code(&enrolment.secret, stage.clock.now());
        let codes = stage.desk.confirm_two_factor(who, now).await.expect("codes");
        (enrolment.secret, codes)
    }

    pub async fn a_code_is_asked_for_and_counts_once(on: On) {
        let stage = Stage::new(on).await;
        let wrong = stage.desk.begin_two_factor(&stage.mia, "not the password".into()).await;
        assert!(matches!(wrong, Err(Failure::Invalid { .. })));
        stage.desk.begin_two_factor(&stage.mia, PASSWORD.into()).await.expect("a secret");
        // Not proved yet, it is not asked for.
        assert_eq!(to(&sign_in(&stage.base, "mia@example.test", PASSWORD).await), "/inbox");
        let (secret, codes) = turned_on(&stage, &stage.mia).await;
        assert_eq!(codes.len(), 10);
        stage.clock.advance(30 * SECOND);
        let first = sign_in(&stage.base, "mia@example.test", PASSWORD).await;
        assert_eq!(to(&first), "/sign-in/code");
        let cookie = cookie_of(&first);
        assert!(!is_signed_in(&stage.base, &cookie).await, "the password alone is not enough");
        let again = second_step(&stage, &cookie, "000000").await;
        assert_eq!(to(&again), "/sign-in/code?error=wrong");
        let now = code(&secret, stage.clock.now());
        let second = second_step(&stage, &cookie, &now).await;
        assert_eq!(to(&second), "/inbox");
        assert!(is_signed_in(&stage.base, &cookie_of(&second)).await);
        // Whoever looked over the shoulder is too late.
        let cookie = cookie_of(&sign_in(&stage.base, "mia@example.test", PASSWORD).await);
        assert_eq!(to(&second_step(&stage, &cookie, &now).await), "/sign-in/code?error=wrong");
        stage.clock.advance(11 * MINUTE);
        let late = second_step(&stage, &cookie, &code(&secret, stage.clock.now())).await;
        assert_eq!(to(&late), "/sign-in?error=late");
        let stranger = second_step(&stage, "", &code(&secret, stage.clock.now())).await;
        assert_eq!(to(&stranger), "/sign-in?error=late");
    }

    pub async fn a_recovery_code_works_once_and_managers_can_help(on: On) {
        let stage = Stage::new(on).await;
        let (_, codes) = turned_on(&stage, &stage.mia).await;
        for (code, outcome) in
            [(codes[0].to_uppercase(), "/inbox"), (codes[0].clone(), "/sign-in/code?error=wrong")]
        {
            let cookie = cookie_of(&sign_in(&stage.base, "mia@example.test", PASSWORD).await);
            assert_eq!(to(&second_step(&stage, &cookie, &code).await), outcome);
        }
        let profile = stage.desk.profile(&stage.mia, None).await.expect("a profile");
        assert_eq!(profile.two_factor.map(|second| second.codes_left), Some(9));
        // Guessing is slowed down, for the person and for the address.
        let cookie = cookie_of(&sign_in(&stage.base, "mia@example.test", PASSWORD).await);
        for _ in 0..8 {
            let _wrong = second_step(&stage, &cookie, "123456").await;
        }
        let locked = second_step(&stage, &cookie, &codes[1]).await;
        assert!(to(&locked).contains("error=locked"), "{}", to(&locked));
        stage.clock.advance(HOUR);
        let id = person(&stage.mia).id;
        assert_eq!(stage.desk.reset_two_factor(&stage.mia, id).await, Err(Failure::Forbidden));
        stage.desk.reset_two_factor(&stage.ann, id).await.expect("taken away");
        assert_eq!(to(&sign_in(&stage.base, "mia@example.test", PASSWORD).await), "/inbox");
        turned_on(&stage, &stage.mia).await;
        stage.desk.end_two_factor(&stage.mia, PASSWORD.into()).await.expect("off");
        assert_eq!(to(&sign_in(&stage.base, "mia@example.test", PASSWORD).await), "/inbox");
    }

    pub async fn a_team_ends_and_its_conversations_move_on(on: On) {
        let stage = Stage::new(on).await;
        let mia = person(&stage.mia).id;
        let team = |name: &str, members: &[PersonId]| TeamChange {
            id: None,
            name: name.into(),
            members: members.to_vec(),
        };
        let returns = stage.desk.put_team(&stage.ann, team("Returns", &[mia])).await.expect("a team");
        let sales = stage.desk.put_team(&stage.ann, team("Sales", &[])).await.expect("a team");
        let same = stage.desk.put_team(&stage.ann, team("returns ", &[])).await;
        assert!(matches!(same, Err(Failure::Invalid { .. })));
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let id = stage.of(MAYA).await.id;
        stage.desk.assign(&stage.ann, id, None, Some(returns)).await.expect("assigned");
        let removal = TeamRemoval { id: returns, to: Some(sales) };
        stage.desk.remove_team(&stage.ann, removal.clone()).await.expect("removed");
        assert_eq!(stage.of(MAYA).await.team.map(|team| team.name).as_deref(), Some("Sales"));
        assert_eq!(stage.desk.remove_team(&stage.ann, removal).await, Err(Failure::Gone));
        stage.desk.remove_team(&stage.ann, TeamRemoval { id: sales, to: None }).await.expect("removed");
        assert_eq!(stage.of(MAYA).await.team, None);
        let mia = again(&stage, &stage.mia).await.expect("Mia");
        assert!(person(&mia).teams.is_empty());
    }

    pub async fn everything_is_in_the_audit_log_and_nothing_in_it_is_secret(on: On) {
        let stage = Stage::new(on).await;
        let link = invited(&stage, "zoe@example.test", Role::Agent).await;
        let zoe =
            invitations::accept(stage.node(), token(&link), "=Zoe()", LATER.into()).await.expect("joins");
        let zoe = Actor::Person(zoe);
        let bounds = Restrictions { no_export: true, ..Restrictions::default() };
        stage.desk.change_person(&stage.ann, change(&zoe, Role::Agent, bounds)).await.expect("changed");
        stage.desk.change_person(&stage.ann, change(&zoe, Role::Manager, bounds)).await.expect("changed");
        let out = HandOver { id: person(&zoe).id, to: Heir::Nobody };
        stage.desk.deactivate(&stage.ann, out).await.expect("out");
        let page = stage.desk.audit(&stage.ann, AuditQuery::default()).await.expect("a log");
        let acts: Vec<&str> = page.entries.iter().map(|entry| entry.act.as_str()).collect();
        let expected = [
            "person.deactivated",
            "person.role_changed",
            "person.restrictions_changed",
            "person.joined",
            "person.invited",
        ];
        assert_eq!(acts, expected);
        let role = &page.entries[1].detail;
        assert!(
            role.contains(&("before".into(), "agent".into()))
                && role.contains(&("after".into(), "manager".into()))
        );
        let only = AuditQuery { person: Some(person(&zoe).id), ..AuditQuery::default() };
        let only = stage.desk.audit(&stage.ann, only).await.expect("a log");
        assert_eq!(only.entries.len(), 1);
        let later = AuditQuery { from: Some(START + HOUR), ..AuditQuery::default() };
        assert!(stage.desk.audit(&stage.ann, later).await.expect("a log").entries.is_empty());
        for n in 0..60 {
            let name = if n % 2 == 0 { "Annie" } else { "Ann" };
            stage.desk.rename(&stage.ann, name.into()).await.expect("renamed");
        }
        let first = stage.desk.audit(&stage.ann, AuditQuery::default()).await.expect("a log");
        let query = AuditQuery { cursor: first.next_cursor.clone(), ..AuditQuery::default() };
        let second = stage.desk.audit(&stage.ann, query).await.expect("a log");
        assert_eq!((first.entries.len(), second.entries.len(), second.next_cursor), (50, 15, None));

        let cookie = cookie_of(&sign_in(&stage.base, "ann@example.test", PASSWORD).await);
        let get =
            |cookie: &str| browser().get(format!("{}/settings/audit.csv", stage.base)).header(COOKIE, cookie);
        let file = get(&cookie).send().await.expect("a file");
        assert!(file.headers()["content-disposition"].to_str().expect("text").contains("audit.csv"));
        let file = file.text().await.expect("text");
        assert_eq!(file.lines().count(), 67, "{file}");
        assert!(file.contains("\"'=Zoe()\""), "{file}");
        for secret in [token(&link), LATER, PASSWORD] {
            assert!(!file.contains(secret));
        }
        let mia = cookie_of(&sign_in(&stage.base, "mia@example.test", PASSWORD).await);
        assert_eq!(get(&mia).send().await.expect("an answer").status(), 403);
    }

    pub async fn a_picture_is_drawn_anew_and_served_safely(on: On) {
        let stage = Stage::new(on).await;
        let cookie = cookie_of(&sign_in(&stage.base, "mia@example.test", PASSWORD).await);
        let upload = |bytes: Vec<u8>| {
            let edge = "a-line-that-is-in-no-picture";
            let head = format!(
                "--{edge}\r\ncontent-disposition: form-data; name=\"picture\"; filename=\"me.png\"\r\n\r\n"
            );
            let body = [head.into_bytes(), bytes, format!("\r\n--{edge}--\r\n").into_bytes()].concat();
            let kind = format!("multipart/form-data; boundary={edge}");
            let post = browser().post(format!("{}/profile/picture", stage.base)).header(COOKIE, &cookie);
            post.header("content-type", kind).body(body).send()
        };
        let trap = upload(b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>".to_vec()).await;
        assert!(to(&trap.expect("an answer")).starts_with("/settings/profile?picture=This+is+not"));
        let large = upload(vec![0; 2 * 1024 * 1024 + 1]).await.expect("an answer");
        assert!(to(&large).contains("larger+than+2+MB"), "{}", to(&large));
        let mut png = std::io::Cursor::new(Vec::new());
        let drawn = image::RgbImage::from_pixel(64, 32, image::Rgb([20, 90, 200]));
        drawn.write_to(&mut png, image::ImageFormat::Png).expect("a picture");
        let taken = upload(png.into_inner()).await.expect("an answer");
        assert_eq!(to(&taken), "/settings/profile");
        let address =
            stage.desk.profile(&stage.mia, None).await.expect("a profile").picture.expect("a picture");
        let get =
            |cookie: &str| browser().get(format!("{}{address}", stage.base)).header(COOKIE, cookie).send();
        let picture = get(&cookie).await.expect("an answer");
        assert_eq!(picture.headers()["content-type"], "image/jpeg");
        assert_eq!(picture.headers()["x-content-type-options"], "nosniff");
        let policy = picture.headers()["content-security-policy"].to_str().expect("text").to_owned();
        assert!(policy.contains("sandbox") && policy.contains("default-src 'none'"));
        let read = image::load_from_memory(&picture.bytes().await.expect("bytes")).expect("a picture");
        assert_eq!((read.width(), read.height()), (192, 192));
        assert_eq!(get("").await.expect("an answer").status(), 401);
        assert_eq!(stage.desk.me(&stage.ann).await.expect("me").pictures.len(), 1);
    }

    pub async fn a_token_tells_when_it_was_used(on: On) {
        let stage = Stage::new(on).await;
        let token = server::desk::set_up::add_token(stage.node(), "shop", domain::person::Scope::Read).await;
        let token = token.expect("a token");
        let used = || async {
            let mut tx = stage.node().db.snapshot().await.expect("a snapshot");
            store::tokens::all(&mut tx).await.expect("tokens")[0].last_used_at
        };
        assert_eq!(used().await, None);
        let ask = || browser().get(format!("{}/api/v1/agents", stage.base)).bearer_auth(&token).send();
        for at in [START, START + 2 * MINUTE] {
            assert_eq!(ask().await.expect("an answer").status(), 200);
            let deadline = tokio::time::Instant::now() + Duration::from_secs(5);
            while used().await != Some(at) {
                assert!(tokio::time::Instant::now() < deadline, "it was not written");
                moment(5).await;
            }
            stage.clock.advance(2 * MINUTE);
        }
    }

    pub async fn who_leaves_is_out_on_the_other_server_within_a_second() {
        let stage = Stage::new(On::Postgres).await;
        let other = stage.second_server().await;
        let base = format!("http://{}", other.address);
        let cookie = cookie_of(&sign_in(&base, "mia@example.test", PASSWORD).await);
        let mut socket = says(&base, &cookie).await;
        // A server that has just started has to begin to listen first.
        moment(300).await;
        let hand_over = HandOver { id: person(&stage.mia).id, to: Heir::Nobody };
        stage.desk.deactivate(&stage.ann, hand_over).await.expect("deactivated");
        assert_eq!(last_words(&mut socket, Duration::from_secs(1)).await.1, 4401);
        other.stop().await;
    }
}
