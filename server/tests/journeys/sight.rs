//! Nobody hears, lists, counts, finds or changes what is outside of their sight.

on_both!(
    nothing_outside_of_somebodys_sight_is_anywhere,
    a_conversation_comes_into_sight_and_leaves_it_live,
    an_agent_bound_to_their_own_claims_and_passes_on_but_takes_nothing_away,
    an_agent_who_may_not_take_over_leaves_the_bot_alone,
);

mod journeys {
    use crate::live::journeys::{Socket, last_number, next, socket};
    use crate::support::*;
    use app::api::{
        ContactsDesk as _, ConversationsDesk as _, Doing, Failure, ListQuery, NewNote, RunsDesk as _,
        ThreadDesk as _, WritingDesk as _,
    };
    use domain::conversation::evidence::ClosingNote;
    use domain::live::{Change, Numbered};
    use domain::person::{Actor, Person, Reach, Restrictions, Role, Team};
    use domain::view::{Conversation, Counters, View};
    use domain::workflow::field::{FieldKey, NAME};
    use domain::writing::{Named, Sheet};
    use domain::{ConversationId, NoteId, PersonId, RunId, TeamId, WorkflowId};
    use messenger::simulator::{CustomerSetup, Setup};
    use reqwest::header::{COOKIE, SET_COOKIE};
    use serde_json::{Value, json};
    use std::collections::BTreeMap;
    use store::people;
    use uuid::Uuid;

    const VIEWS: [&str; 7] = ["mine", "unassigned", "open", "with_bot", "closed", "snoozed", "all"];

    fn psid(n: usize) -> String {
        format!("90000000000000{n:02}")
    }

    /// What only conversation `n` says.
    fn marker(n: usize) -> String {
        format!("marker{n}x")
    }

    /// A shop with nine customers: each combination of nobody, Mia, Tom with no team, Mia's team, another team.
    struct Shop {
        stage: Stage,
        mia: Person,
        conversations: Vec<(ConversationId, Option<PersonId>, Option<TeamId>)>,
        /// Ann's note in each of them.
        notes: Vec<NoteId>,
    }

    impl Shop {
        async fn new(on: On) -> Self {
            let customers = |setup: Setup| {
                let customer = |n: usize| CustomerSetup {
                    psid: psid(n).into(),
                    page: PAGE.into(),
                    first_name: format!("First{n}"),
                    last_name: marker(n),
                };
                Setup { customers: (0..9).map(customer).collect(), ..setup.without_bots() }
            };
            let stage = Stage::with(on, customers).await;
            let mia = stage.mia.person().expect("a person").clone();
            let tom = hire(&stage, "Tom").await;
            let teams = [team(&stage, "Returns", &[mia.id]).await, team(&stage, "Sales", &[tom.id]).await];
            let (mut conversations, mut notes) = (Vec::new(), Vec::new());
            let teams = [None, Some(teams[0]), Some(teams[1])];
            let owners = [None, Some(mia.id), Some(tom.id)].into_iter();
            let all = owners.flat_map(|person| teams.map(|team| (person, team)));
            for (n, (person, team)) in all.enumerate() {
                stage.customer_writes(&psid(n), &format!("Where is {}?", marker(n))).await;
                stage.quiet().await;
                let id = stage.of(&psid(n)).await.id;
                stage.desk.assign(&stage.ann, id, person, team).await.expect("assigned");
                // Everybody could see everything then: what Mia was told of stays hers only while she may see it.
                let note = NewNote {
                    id: NoteId(stage.node().clock.id()),
                    text: format!("@Mia, have a look at {}", marker(n)),
                    mentions: vec![Named::Person(mia.id)],
                };
                notes.push(note.id);
                stage.desk.add_note(&stage.ann, id, note).await.expect("a note");
                conversations.push((id, person, team));
            }
            let mia = Person { teams: vec![teams[1].expect("a team")], ..mia };
            Self { stage, mia, conversations, notes }
        }

        /// What Mia is kept from, from now on.
        async fn restrict(&mut self, role: Role, reach: Reach) -> Actor {
            let restrictions = Restrictions { reach, ..Restrictions::default() };
            self.mia = Person { role, restrictions, ..self.mia.clone() };
            let mut tx = self.stage.node().db.begin().await.expect("a transaction");
            people::set_restrictions(&mut tx, self.mia.id, &restrictions).await.expect("restricted");
            people::set_role(&mut tx, self.mia.id, role).await.expect("a role");
            tx.commit().await.expect("saved");
            Actor::Person(self.mia.clone())
        }

        fn sees(&self, n: usize) -> bool {
            let (_, person, team) = self.conversations[n];
            self.mia.sight().sees(person, team)
        }

        /// No byte of it tells of a conversation that is not seen; every one that is seen is told of, if `all`.
        fn check(&self, said: &str, all: bool, what: &str) {
            for n in 0..9 {
                let id = self.conversations[n].0.to_string();
                let told = said.contains(&marker(n)) || said.contains(&id) || said.contains(&psid(n));
                assert!(!told || self.sees(n), "{what} tells of {n}: {said}");
                assert!(told || !all || !self.sees(n), "{what} does not tell of {n}: {said}");
            }
        }
    }

    async fn hire(stage: &Stage, name: &str) -> Person {
        let email = format!("{}@example.test", name.to_lowercase());
        let hired =
            server::desk::set_up::add_person(stage.node(), name, &email, Role::Agent, PASSWORD.into());
        hired.await.expect("an agent")
    }

    async fn team(stage: &Stage, name: &str, members: &[PersonId]) -> TeamId {
        let team = Team { id: TeamId(stage.node().clock.id()), name: name.into() };
        let mut tx = stage.node().db.begin().await.expect("a transaction");
        people::add_team(&mut tx, &team).await.expect("a team");
        for member in members {
            people::join(&mut tx, team.id, *member).await.expect("a member");
        }
        tx.commit().await.expect("saved");
        team.id
    }

    async fn sign_in(stage: &Stage) -> String {
        let client =
            reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
        let form = [("email", "mia@example.test"), ("password", PASSWORD)];
        let answer =
            client.post(format!("{}/sign-in", stage.base)).form(&form).send().await.expect("an answer");
        answer.headers()[SET_COOKIE].to_str().expect("text").split(';').next().expect("a pair").to_owned()
    }

    async fn get(stage: &Stage, cookie: &str, path: &str) -> (u16, String) {
        let answer = client().get(format!("{}{path}", stage.base)).header(COOKIE, cookie).send().await;
        let answer = answer.expect("an answer");
        (answer.status().as_u16(), answer.text().await.expect("text"))
    }

    async fn post(stage: &Stage, cookie: &str, path: &str, body: Value) -> (u16, String) {
        let request = client().post(format!("{}{path}", stage.base)).header(COOKIE, cookie).json(&body);
        let answer = request.send().await.expect("an answer");
        (answer.status().as_u16(), answer.text().await.expect("text"))
    }

    pub async fn nothing_outside_of_somebodys_sight_is_anywhere(on: On) {
        let mut shop = Shop::new(on).await;
        let start = last_number(&shop.stage).await;
        let cookie = sign_in(&shop.stage).await;
        let agents = [Reach::Everybody, Reach::Team, Reach::Own].map(|reach| (Role::Agent, reach));
        // Who configures the workspace sees everything, whatever was once ticked for them.
        let others = [(Role::Manager, Reach::Own), (Role::Owner, Reach::Team)];
        for (role, reach) in agents.into_iter().chain(others) {
            let mia = shop.restrict(role, reach).await;
            lists(&shop, &cookie).await;
            exports(&shop, &cookie, &mia).await;
            each(&shop, &cookie).await;
            beside(&shop, &mia).await;
            sockets(&shop, &cookie, start).await;
            let inbox = shop.stage.desk.inbox(&mia, ListQuery::of(View::All)).await.expect("an inbox");
            let mut counters = Counters::default();
            inbox.conversations.items.iter().for_each(|one| counters.add(&one.facts(), 1, Some(shop.mia.id)));
            assert_eq!(inbox.counters, counters, "{role:?} {reach:?}");
            let told = shop.stage.desk.notifications(&mia).await.expect("notifications");
            shop.check(&serde_json::to_string(&told).expect("JSON"), false, "the bell");
        }
    }

    async fn lists(shop: &Shop, cookie: &str) {
        for view in VIEWS {
            let mut filters = [
                "",
                "&unread=true",
                "&owner=idle",
                "&owner=bot",
                "&assignee=nobody",
                "&window=open",
                "&handed_over=where",
                "&limit=2",
                "&q=where",
                "&q=first",
                "&q=90000000",
            ]
            .map(str::to_owned)
            .to_vec();
            filters.push(format!("&page_id={PAGE}"));
            let teams = shop.conversations.iter().filter_map(|(.., team)| *team);
            filters.extend(teams.take(2).map(|team| format!("&team={team}")));
            for filter in filters {
                let path = format!("/api/v1/conversations?view={view}{filter}");
                let (status, said) = get(&shop.stage, cookie, &path).await;
                assert_eq!(status, 200, "{path}: {said}");
                shop.check(&said, view == "all" && filter.is_empty(), &path);
            }
            let (status, said) = get(&shop.stage, cookie, &format!("/inbox/{view}")).await;
            assert_eq!(status, 200);
            shop.check(&said, view == "all", view);
        }
        for n in 0..9 {
            let (_, said) = get(&shop.stage, cookie, &format!("/api/v1/conversations?q={}", marker(n))).await;
            assert_eq!(said.contains(&psid(n)), shop.sees(n), "a search for {n}: {said}");
        }
    }

    async fn each(shop: &Shop, cookie: &str) {
        let unknown = "00000000-0000-0000-0000-000000000000";
        for n in 0..9 {
            let id = shop.conversations[n].0.to_string();
            for path in ["", "/messages", "/control", "/runs"] {
                let found = get(&shop.stage, cookie, &format!("/api/v1/conversations/{id}{path}")).await;
                let nothing =
                    get(&shop.stage, cookie, &format!("/api/v1/conversations/{unknown}{path}")).await;
                assert_eq!(nothing.0, 404);
                assert_eq!(found == nothing, !shop.sees(n), "{n}{path}: {found:?}");
            }
            let (status, said) = post(&shop.stage, cookie, "/rpc/thread", json!({ "id": id })).await;
            assert_eq!(status == 200, shop.sees(n), "{said}");
            shop.check(&said.replace(&id, ""), false, "a thread");
            if shop.sees(n) {
                continue;
            }
            for act in ["read", "unread", "close", "reopen", "take-over", "reset-control", "resync"] {
                let path = |id: &str| format!("/api/v1/conversations/{id}/{act}");
                let done = post(&shop.stage, cookie, &path(&id), json!({})).await;
                assert_eq!(done, post(&shop.stage, cookie, &path(unknown), json!({})).await, "{act}");
                assert_eq!(done.0, 404, "{act}");
            }
            let assign = json!({ "agent_id": shop.mia.id, "team_id": null });
            assert_eq!(
                post(&shop.stage, cookie, &format!("/api/v1/conversations/{id}/assign"), assign).await.0,
                404
            );
            let reply = json!({ "text": "Hello" });
            assert_eq!(
                post(&shop.stage, cookie, &format!("/api/v1/conversations/{id}/messages"), reply).await.0,
                404
            );
        }
    }

    /// What leaves the house as a file.
    async fn exports(shop: &Shop, cookie: &str, mia: &Actor) {
        for text in [None, Some("where".to_owned())] {
            let query = ListQuery { text, ..ListQuery::of(View::All) };
            let exported = shop.stage.desk.export(mia, query).await.expect("an export");
            let said = serde_json::to_string(&exported.items).expect("JSON");
            shop.check(&said, true, "an export");
        }
        let (status, said) = get(&shop.stage, cookie, "/api/v1/conversations/export?view=all").await;
        assert_eq!(status, 200, "{said}");
        shop.check(&said, true, "a file");
    }

    /// What is known of a conversation besides its messages, and what is done to it: as if it did not exist.
    async fn beside(shop: &Shop, mia: &Actor) {
        let desk = &shop.stage.desk;
        let unknown = ConversationId(Uuid::from_u128(7));
        for (n, (id, ..)) in shop.conversations.iter().copied().enumerate() {
            let messages = shop.stage.messages(id).await;
            let (first, at) = (messages[0].id, messages[0].at);
            if shop.sees(n) {
                assert!(!desk.search_thread(mia, id, "where").await.expect("a search").is_empty());
                assert!(desk.runs_of(mia, id).await.is_ok() && desk.contact_details(mia, id).await.is_ok());
                assert!(desk.here(mia, id, Doing::Looking).await.is_ok());
                continue;
            }
            let tag = "Leaked".to_owned();
            let note = NewNote {
                id: NoteId(shop.stage.node().clock.id()),
                text: "For nobody".into(),
                mentions: Vec::new(),
            };
            let (found, nothing) = (
                desk.search_thread(mia, id, "where").await.map(drop),
                desk.search_thread(mia, unknown, "where").await.map(drop),
            );
            assert_eq!(nothing, Err(Failure::Gone), "{n}");
            let refused = [
                found,
                desk.back_to(mia, id, first, (at, first)).await.map(drop),
                desk.wordings(mia, first).await.map(drop),
                desk.here(mia, id, Doing::Looking).await.map(drop),
                desk.contact_details(mia, id).await.map(drop),
                desk.set_contact_tag(mia, id, tag, true).await.map(drop),
                desk.runs_of(mia, id).await.map(drop),
                desk.stop_run(mia, id, RunId(Uuid::from_u128(8))).await.map(drop),
                desk.start_shortcut(mia, id, WorkflowId(Uuid::from_u128(9)), BTreeMap::new()).await.map(drop),
                desk.delete_note(mia, shop.notes[n]).await,
                desk.add_note(mia, id, note).await.map(drop),
                desk.typing(mia, id).await,
                desk.snooze(mia, id, None).await.map(drop),
                desk.seen(mia, id).await,
                desk.holding(mia, id).await.map(drop),
                desk.delete_conversation(mia, id).await,
                desk.close_noting(mia, id, ClosingNote::default()).await.map(drop),
                desk.save_draft(mia, id, Sheet { reply: "Hi".into(), ..Sheet::default() }, 0).await.map(drop),
                desk.set_contact_field(mia, id, FieldKey::new(NAME).expect("a key"), "Leaked".into())
                    .await
                    .map(drop),
            ];
            for (act, refused) in refused.into_iter().enumerate() {
                assert_eq!(refused, Err(Failure::Gone), "act {act} on {n}");
            }
        }
    }

    /// Neither a socket that keeps up nor one that reads the log.
    async fn sockets(shop: &Shop, cookie: &str, start: i64) {
        let live = last_number(&shop.stage).await;
        let mut prompt = socket(&shop.stage.base, cookie, live).await.expect("a socket");
        for n in 0..9 {
            shop.stage.customer_writes(&psid(n), &format!("And where is {}?", marker(n))).await;
        }
        shop.stage.quiet().await;
        let end = page_change(&shop.stage).await;
        let mut late = socket(&shop.stage.base, cookie, start).await.expect("a socket");
        for (socket, all) in [(&mut prompt, true), (&mut late, false)] {
            let frames = until(socket, end).await;
            let said = serde_json::to_string(&frames).expect("JSON");
            shop.check(&said, all, "a socket");
        }
    }

    /// Something everybody hears.
    async fn page_change(stage: &Stage) -> i64 {
        let mut intention = server::desk::intention::Intention::begin(stage.node()).await.expect("begins");
        let page = intention.page(&PAGE.into()).await.expect("reads").expect("a page").page;
        intention.page_changed(&page.id).await.expect("a page");
        intention.commit().await.expect("commits");
        last_number(stage).await
    }

    async fn until(socket: &mut Socket, end: i64) -> Vec<Numbered> {
        let mut frames = Vec::new();
        while frames.last().is_none_or(|frame: &Numbered| frame.n < end) {
            frames.push(next(socket).await.expect("a change"));
        }
        frames
    }

    pub async fn a_conversation_comes_into_sight_and_leaves_it_live(on: On) {
        let mut shop = Shop::new(on).await;
        let mia = shop.restrict(Role::Agent, Reach::Own).await;
        let cookie = sign_in(&shop.stage).await;
        let before = shop.stage.desk.inbox(&mia, ListQuery::of(View::All)).await.expect("an inbox");
        let mut rows: BTreeMap<_, Conversation> =
            before.conversations.items.into_iter().map(|one| (one.id, one)).collect();
        let mut counters = before.counters;
        let mut socket =
            socket(&shop.stage.base, &cookie, before.conversations.as_of).await.expect("a socket");
        let (desk, ann) = (&shop.stage.desk, &shop.stage.ann);
        let (foreign, own) = (shop.conversations[0].0, shop.conversations[3].0);
        desk.assign(ann, foreign, Some(shop.mia.id), None).await.expect("assigned");
        desk.mark_unread(ann, foreign).await.expect("marked");
        desk.assign(ann, own, None, None).await.expect("assigned");
        desk.mark_read(ann, own).await.expect("marked");
        shop.stage.customer_writes(&psid(0), "Still there?").await;
        shop.stage.customer_writes(&psid(3), "Secretly: still there?").await;
        shop.stage.quiet().await;
        let end = page_change(&shop.stage).await;
        let frames = until(&mut socket, end).await;
        assert!(!serde_json::to_string(&frames).expect("JSON").contains("Secretly"));
        let mut hidden = Vec::new();
        for frame in frames {
            match frame.change {
                Change::Conversation { conversation, was } => {
                    counters.apply(was.as_ref(), &conversation.facts(), Some(shop.mia.id));
                    rows.insert(conversation.id, *conversation);
                }
                Change::ConversationHidden { conversation_id, was } => {
                    counters.add(&was, -1, Some(shop.mia.id));
                    rows.remove(&conversation_id);
                    hidden.push(conversation_id);
                }
                _ => {}
            }
        }
        assert_eq!(hidden, [own]);
        let fresh = desk.inbox(&mia, ListQuery::of(View::All)).await.expect("an inbox");
        assert_eq!(fresh.counters, counters);
        let fresh: BTreeMap<_, Conversation> =
            fresh.conversations.items.into_iter().map(|one| (one.id, one)).collect();
        assert_eq!(fresh, rows);
    }

    pub async fn an_agent_bound_to_their_own_claims_and_passes_on_but_takes_nothing_away(on: On) {
        let mut shop = Shop::new(on).await;
        let mia = shop.restrict(Role::Agent, Reach::Team).await;
        let bound = Restrictions { only_assigned: true, ..Restrictions::default() };
        let mia = match mia {
            Actor::Person(mia) => Actor::Person(Person { restrictions: bound, ..mia }),
            token @ Actor::Token { .. } => token,
        };
        let desk = &shop.stage.desk;
        let (free, toms) = (shop.conversations[0].0, shop.conversations[6].0);
        let (me, tom) = (Some(shop.mia.id), shop.conversations[6].1);
        let reply = shop.stage.reply(&mia, free, "Hello").await;
        assert_eq!(reply.expect_err("not theirs"), Failure::NotAssigned);
        assert_eq!(desk.assign(&mia, toms, me, None).await.expect_err("Tom's"), Failure::Forbidden);
        assert_eq!(desk.assign(&mia, free, tom, None).await.expect_err("not theirs"), Failure::Forbidden);
        assert_eq!(desk.take_over(&mia, toms).await.expect_err("Tom's"), Failure::Forbidden);
        desk.assign(&mia, free, me, None).await.expect("claimed");
        shop.stage.reply(&mia, free, "Hello").await.expect("sent");
        let given = desk.assign(&mia, free, tom, None).await.expect("passed on");
        assert_eq!(given.assignee.map(|person| person.id), tom);
        assert!(shop.stage.reply(&mia, free, "One more thing").await.is_err());
    }

    pub async fn an_agent_who_may_not_take_over_leaves_the_bot_alone(on: On) {
        let stage = Stage::new(on).await;
        stage.customer_writes(MAYA, "Hi!").await;
        stage.quiet().await;
        let id = stage.of(MAYA).await.id;
        let restrictions = Restrictions { no_take_over: true, ..Restrictions::default() };
        let mia = Actor::Person(Person { restrictions, ..stage.mia.person().expect("a person").clone() });
        assert_eq!(stage.desk.take_over(&mia, id).await.expect_err("the bot's"), Failure::Forbidden);
        assert_eq!(stage.reply(&mia, id, "Hello").await.expect_err("the bot's"), Failure::Forbidden);
        stage.desk.resync(&mia, id).await.expect("asked");
        assert_eq!(stage.owner().as_deref(), Some(BOT));
    }
}
