//! Pages: connecting them, what goes wrong with them, and that nothing gets lost meanwhile.

on_both!(
    a_page_is_connected_by_hand_only_when_every_value_is_right,
    a_meta_app_is_stored_only_when_meta_knows_it,
    signing_in_with_facebook_connects_the_chosen_pages,
    a_sign_in_counts_once_for_one_person_in_one_browser,
    what_waited_while_the_page_was_lost_leaves_only_with_consent,
    a_discarded_message_says_who_discarded_it,
    a_paused_page_receives_and_does_not_send,
    a_page_disconnected_by_hand_keeps_its_history_and_takes_nothing,
    the_daily_look_warns_before_the_token_ends_and_names_what_is_missing,
    missing_fields_are_named_and_a_button_subscribes_them,
    a_warning_from_meta_stays_until_somebody_has_dealt_with_it,
    what_webhooks_did_not_bring_is_fetched_and_asks_for_attention,
    a_busy_page_that_falls_silent_rings_and_a_new_one_does_not,
    a_page_whose_webhooks_are_lost_rings_says_how_many_were_missed_and_calms_down,
    a_silent_page_facebook_says_nothing_about_rings_all_the_same,
    a_test_by_hand_sees_each_step,
    agents_see_nothing_of_it_but_whom_to_ask,
    no_secret_is_in_any_answer,
    the_ledger_balances_whatever_goes_wrong,
);

mod journeys {
    use crate::support::*;
    use app::api::pages::{LoginState, NewApp, PageDetail, PageValues, StepState};
    use app::api::{ConversationsDesk as _, Failure, ListQuery, PagesDesk as _};
    use domain::conversation::message::DeliveryState;
    use domain::page::{
        Alarm, AppCheck, Health, Level, Permission, PermissionCheck, QuietAnswer, Subject, SubscriptionCheck,
        TokenCheck,
    };
    use domain::view::{Message, View};
    use domain::{DAY, HOUR, MINUTE, PageId, SECOND};
    use messenger::simulator::{Call, Fault, Setup};
    use server::desk::pages::login;
    use uuid::Uuid;

    const OUTLET: &str = "118877665544332";
    const OUTLET_TOKEN: &str = "EAAGfixturePageTokenB";

    fn page() -> PageId {
        PAGE.into()
    }

    async fn stage(on: On) -> Stage {
        Stage::with(on, |setup| Setup::without_bots(setup.with_outlet())).await
    }

    async fn ours(on: On) -> Stage {
        let stage = stage(on).await;
        stage.customer_writes(MAYA, "Hello?").await;
        stage.quiet().await;
        stage
    }

    fn outlet() -> PageValues {
        PageValues { app: APP.into(), page: OUTLET.into(), token: OUTLET_TOKEN.into() }
    }

    async fn detail(stage: &Stage) -> PageDetail {
        stage.desk.page(&stage.ann, page()).await.expect("a page")
    }

    async fn the(stage: &Stage, text: &str) -> Message {
        let id = stage.of(MAYA).await.id;
        let all = stage.messages(id).await;
        all.into_iter().find(|one| one.text.as_deref() == Some(text)).unwrap_or_else(|| panic!("no “{text}”"))
    }

    /// Waits until something about the page is so.
    async fn until(stage: &Stage, what: &str, so: impl Fn(&PageDetail) -> bool) -> PageDetail {
        for _ in 0..600 {
            let found = detail(stage).await;
            if so(&found) {
                return found;
            }
            moment(10).await;
        }
        panic!("{what}: {:?}", detail(stage).await);
    }

    pub async fn a_page_is_connected_by_hand_only_when_every_value_is_right(on: On) {
        let stage = stage(on).await;
        let level = |values: PageValues, subject| {
            let stage = &stage;
            async move {
                let found = stage.desk.check_values(&stage.ann, values).await.expect("an answer");
                assert!(!found.good);
                found.checkup.level(subject, found.checkup.at)
            }
        };
        let wrong = PageValues { token: "EAAGnonsense".into(), ..outlet() };
        assert_eq!(level(wrong, Subject::Token).await, Level::Failed);
        let bots = PageValues { token: "EAAGfixtureBotToken".into(), ..outlet() };
        assert_eq!(level(bots, Subject::Token).await, Level::Failed);
        let of_the_shop = PageValues { token: "EAAGfixturePageTokenA".into(), ..outlet() };
        assert_eq!(level(of_the_shop.clone(), Subject::Token).await, Level::Failed);
        assert!(!stage.desk.connect_page(&stage.ann, of_the_shop).await.expect("an answer").good);
        stage.simulator.set_permission(&OUTLET.into(), &APP.into(), "pages_messaging", false);
        assert_eq!(level(outlet(), Subject::Permissions).await, Level::Failed);
        stage.simulator.set_permission(&OUTLET.into(), &APP.into(), "pages_messaging", true);
        assert_eq!(stage.desk.pages(&stage.ann).await.expect("pages").pages.len(), 1, "nothing was stored");
        let connected = stage.desk.connect_page(&stage.ann, outlet()).await.expect("connected");
        assert!(connected.good);
        assert_eq!(connected.name.as_deref(), Some("Shoe Shop Outlet"));
        assert_eq!(stage.simulator.fields_of(&OUTLET.into(), &APP.into()).len(), messenger::FIELDS.len());
        stage.simulator.customer_writes(&OUTLET.into(), &"7999".into(), "Open on Sunday?").await;
        stage.quiet().await;
        assert_eq!(stage.of("7999").await.page_name, "Shoe Shop Outlet");
    }

    pub async fn a_meta_app_is_stored_only_when_meta_knows_it(on: On) {
        let stage = stage(on).await;
        let new =
            |secret: &str| NewApp { id: APP.into(), secret: secret.into(), verify_token: String::new() };
        let refused = stage.desk.save_app(&stage.ann, new("wrong")).await.expect("an answer");
        assert_eq!((refused.check, refused.app), (AppCheck::Wrong, None));
        let saved = stage.desk.save_app(&stage.ann, new(SECRET)).await.expect("saved");
        let app = saved.app.expect("stored");
        assert_eq!(app.callback, format!("{}/webhooks/messenger/{APP}", stage.node().config.public_url));
        assert_eq!(saved.verify_token, None, "the one that is stored stays");
        // The secret is reset at Meta: the page says so, the new one puts it right.
        stage.simulator.reset_secret(&APP.into(), "another-secret");
        let checkup = stage.desk.check_page(&stage.ann, page()).await.expect("a look");
        assert_eq!(checkup.level(Subject::App, checkup.at), Level::Failed);
        stage.desk.save_app(&stage.ann, new("another-secret")).await.expect("saved").app.expect("stored");
        let checkup = stage.desk.check_page(&stage.ann, page()).await.expect("a look");
        assert_eq!(checkup.worst(checkup.at), Level::Ok, "{checkup:?}");
    }

    /// Plays Facebook's dialog: signs in, chooses, and answers with where it leads back to.
    async fn dialog(stage: &Stage, state: &str, chosen: &str) -> (String, String) {
        let address = login::dialog(stage.node(), &APP.into(), state).await.expect("an address");
        let client = no_redirects();
        let shown = client.get(&address).send().await.expect("a dialog").text().await.expect("a page");
        assert!(shown.contains("Shoe Shop Outlet"), "{shown}");
        let answered = client
            .post(&address)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(chosen.to_owned())
            .send()
            .await
            .expect("an answer");
        let back = answered.headers()["location"].to_str().expect("an address").to_owned();
        let query = back.split_once('?').expect("a query").1.to_owned();
        (back, query)
    }

    const EVERYTHING: &str = "decision=continue&page=102034567890123&page=118877665544332\
        &permission=pages_show_list&permission=pages_messaging&permission=pages_manage_metadata\
        &permission=pages_read_engagement";

    fn code(query: &str) -> String {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.into_iter().find(|(name, _)| *name == "code").expect("a code").1.to_owned()
    }

    pub async fn signing_in_with_facebook_connects_the_chosen_pages(on: On) {
        let stage = stage(on).await;
        let ann = stage.ann.person().expect("a person").id;
        let app = APP.into();
        stage.simulator.set_tasks(&page(), &["ANALYZE"]);
        let (_, query) = dialog(&stage, "s", EVERYTHING).await;
        let brought = login::finish(stage.node(), ann, &app, &code(&query)).await.expect("pages");
        let view = stage.desk.login(&stage.ann, brought).await.expect("a view");
        let state = |id: &str| {
            let id = PageId::from(id);
            view.pages.iter().find(|one| one.id == id).expect("a page").state.clone()
        };
        assert_eq!(state(OUTLET), LoginState::Ready);
        assert!(
            matches!(state(PAGE), LoginState::NotAllowed { missing } if missing.contains(&"MESSAGING".into()))
        );
        let done =
            stage.desk.choose_pages(&stage.ann, brought, vec![OUTLET.into()]).await.expect("connected");
        assert!(done.len() == 1 && done[0].connected, "{done:?}");
        assert!(
            matches!(stage.desk.login(&stage.ann, brought).await, Err(Failure::Invalid { .. })),
            "it is over"
        );
        // The page that was not ticked is named, and so is a permission that was switched off.
        let some =
            "decision=continue&page=118877665544332&permission=pages_show_list&permission=pages_messaging";
        let (_, query) = dialog(&stage, "s", some).await;
        let again = login::finish(stage.node(), ann, &app, &code(&query)).await.expect("pages");
        let view = stage.desk.login(&stage.ann, again).await.expect("a view");
        assert_eq!(view.declined, [Permission::PagesManageMetadata, Permission::PagesReadEngagement]);
        let missing: Vec<_> = view.pages.iter().filter(|one| one.state == LoginState::NotChosen).collect();
        assert!(missing.len() == 1 && missing[0].id == page(), "{missing:?}");
        let done = stage.desk.choose_pages(&stage.ann, again, vec![OUTLET.into()]).await.expect("an answer");
        assert!(!done[0].connected, "without its permissions it is not stored");
    }

    /// A browser that stays where it is, so that a test sees the redirect itself.
    fn no_redirects() -> reqwest::Client {
        reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client")
    }

    async fn sign_in(stage: &Stage, email: &str) -> String {
        let form = format!("email={}&password={}", email.replace('@', "%40"), PASSWORD.replace(' ', "+"));
        let answer = no_redirects()
            .post(format!("{}/sign-in", stage.base))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form)
            .send()
            .await
            .expect("an answer");
        let cookie = answer.headers()["set-cookie"].to_str().expect("a cookie");
        cookie.split(';').next().expect("a value").to_owned()
    }

    pub async fn a_sign_in_counts_once_for_one_person_in_one_browser(on: On) {
        let stage = stage(on).await;
        let (ann, mia) =
            (sign_in(&stage, "ann@example.test").await, sign_in(&stage, "mia@example.test").await);
        let get = |path: String, cookie: String| {
            let url = format!("{}{path}", stage.base);
            async move {
                let answer =
                    no_redirects().get(url).header("cookie", cookie).send().await.expect("an answer");
                let to = answer.headers().get("location").map(|to| to.to_str().expect("text").to_owned());
                (answer.status().as_u16(), to.unwrap_or_default())
            }
        };
        let start = format!("/settings/pages/connect/facebook?app={APP}");
        assert_eq!(get(start.clone(), mia.clone()).await.0, 403, "an agent");
        let (status, to) = get(start.clone(), ann.clone()).await;
        assert_eq!(status, 303);
        let answered = no_redirects()
            .post(&to)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(EVERYTHING)
            .send()
            .await
            .expect("an answer");
        let back = answered.headers()["location"].to_str().expect("an address").to_owned();
        let public = stage.node().config.public_url.clone();
        let path = back.strip_prefix(&public).expect("leads back to us").to_owned();
        // Somebody else's browser, and a made-up state.
        let lost = "/settings/pages/connect?problem=state".to_owned();
        assert_eq!(get(path.clone(), mia.clone()).await.1, lost);
        let second = sign_in(&stage, "ann@example.test").await;
        assert_eq!(get(path.clone(), second).await.1, lost);
        let (_, to) = get(path.clone(), ann.clone()).await;
        let login = to.strip_prefix("/settings/pages/connect?login=").expect("a sign-in").parse::<Uuid>();
        let login = login.expect("an id");
        assert!(stage.desk.login(&stage.ann, login).await.is_ok());
        assert!(stage.desk.login(&stage.mia, login).await.is_err(), "somebody else's");
        assert_eq!(get(path, ann.clone()).await.1, lost, "a second time");
        stage.advance(16 * MINUTE).await;
        assert!(stage.desk.login(&stage.ann, login).await.is_err(), "too late");
        // A no, and a code that is worth nothing.
        let (_, to) = get(start.clone(), ann.clone()).await;
        let state =
            to.split("state=").nth(1).and_then(|rest| rest.split('&').next()).expect("a state").to_owned();
        let denied = format!("/settings/pages/connect/return?error=access_denied&state={state}");
        assert_eq!(get(denied, ann.clone()).await.1, "/settings/pages/connect?problem=denied");
        let (_, to) = get(start, ann.clone()).await;
        let state =
            to.split("state=").nth(1).and_then(|rest| rest.split('&').next()).expect("a state").to_owned();
        let worthless = format!("/settings/pages/connect/return?code=nothing&state={state}");
        assert_eq!(get(worthless, ann).await.1, "/settings/pages/connect?problem=code");
    }

    async fn waiting(stage: &Stage) {
        stage.simulator.expire_token(&page(), &APP.into(), true);
        let id = stage.of(MAYA).await.id;
        stage.reply(&stage.mia, id, "Written while lost").await.expect("a reply");
        stage.quiet().await;
        assert!(matches!(detail(stage).await.card.health, Health::Disconnected { .. }));
        stage.simulator.expire_token(&page(), &APP.into(), false);
        stage.desk.check_page(&stage.ann, page()).await.expect("a look");
        stage.quiet().await;
    }

    pub async fn what_waited_while_the_page_was_lost_leaves_only_with_consent(on: On) {
        let stage = ours(on).await;
        waiting(&stage).await;
        let found = detail(&stage).await;
        assert_eq!(found.card.health, Health::Connected);
        assert_eq!((found.card.waiting, found.card.held), (1, 1));
        assert_eq!(found.waiting[0].text, "Written while lost");
        assert_eq!(the(&stage, "Written while lost").await.delivery.state, DeliveryState::Queued);
        assert!(found.ledger.outgoing_balances() && found.ledger.waiting == 1);
        let count = stage.desk.send_waiting(&stage.ann, page(), Some(found.waiting[0].message)).await;
        assert_eq!(count, Ok(1));
        stage.quiet().await;
        assert_eq!(the(&stage, "Written while lost").await.delivery.state, DeliveryState::Delivered);
        assert_eq!(detail(&stage).await.card.waiting, 0);
    }

    pub async fn a_discarded_message_says_who_discarded_it(on: On) {
        let stage = ours(on).await;
        waiting(&stage).await;
        let message = detail(&stage).await.waiting[0].message;
        stage.desk.discard_waiting(&stage.ann, page(), message).await.expect("discarded");
        stage.quiet().await;
        let found = the(&stage, "Written while lost").await;
        assert_eq!(found.delivery.state, DeliveryState::Failed);
        assert!(found.delivery.error.expect("words").message.contains("Ann"));
        assert!(stage.simulator.sends().iter().all(|sent| sent.text != "Written while lost"));
        assert_eq!(stage.desk.discard_waiting(&stage.ann, page(), message).await, Err(Failure::Gone));
        assert!(detail(&stage).await.ledger.outgoing_balances());
    }

    pub async fn a_paused_page_receives_and_does_not_send(on: On) {
        let stage = ours(on).await;
        stage.desk.pause_page(&stage.ann, page()).await.expect("paused");
        let id = stage.of(MAYA).await.id;
        stage.reply(&stage.mia, id, "Later").await.expect("a reply");
        stage.customer_writes(MAYA, "Still there?").await;
        stage.quiet().await;
        assert_eq!(the(&stage, "Later").await.delivery.state, DeliveryState::Queued);
        assert_eq!(the(&stage, "Still there?").await.delivery.state, DeliveryState::Received);
        let inbox = stage.desk.inbox(&stage.mia, ListQuery::of(View::Open)).await.expect("an inbox");
        assert!(matches!(&inbox.pages[0].health, Health::Paused { by, .. } if by == "Ann"));
        stage.desk.resume_page(&stage.ann, page()).await.expect("resumed");
        stage.quiet().await;
        assert_eq!(the(&stage, "Later").await.delivery.state, DeliveryState::Delivered);
    }

    pub async fn a_page_disconnected_by_hand_keeps_its_history_and_takes_nothing(on: On) {
        let stage = ours(on).await;
        stage.desk.disconnect_page(&stage.ann, page()).await.expect("disconnected");
        assert!(stage.simulator.fields_of(&page(), &APP.into()).is_empty(), "unsubscribed");
        let id = stage.of(MAYA).await.id;
        let refused = stage.reply(&stage.mia, id, "Too late").await;
        assert!(
            matches!(&refused, Err(Failure::Invalid { message }) if message.contains("Ann")),
            "{refused:?}"
        );
        assert_eq!(the(&stage, "Hello?").await.delivery.state, DeliveryState::Received);
        assert!(stage.desk.check_page(&stage.ann, page()).await.is_err());
        // A customer writes meanwhile; connecting again fetches it.
        stage.advance(HOUR).await;
        stage.customer_writes(MAYA, "Anybody?").await;
        stage.advance(MINUTE).await;
        let shop = PageValues { app: APP.into(), page: page(), token: "EAAGfixturePageTokenA".into() };
        assert!(stage.desk.connect_page(&stage.ann, shop).await.expect("connected").good);
        assert_eq!(stage.desk.fill_page(&stage.ann, page()).await, Ok(1));
        assert_eq!(the(&stage, "Anybody?").await.delivery.state, DeliveryState::Received);
        assert!(stage.reply(&stage.mia, id, "Here we are").await.is_ok());
    }

    pub async fn the_daily_look_warns_before_the_token_ends_and_names_what_is_missing(on: On) {
        let stage = ours(on).await;
        stage.advance(MINUTE).await;
        until(&stage, "the first look", |found| found.card.checkup.is_some()).await;
        stage.simulator.end_token(&page(), &APP.into(), Some(stage.simulator.now() + 7 * DAY));
        stage.advance(DAY).await;
        let found = until(&stage, "a warning", |found| {
            let checkup = found.card.checkup.as_ref().expect("looked at");
            checkup.level(Subject::Token, found.now) == Level::Warning
        })
        .await;
        assert_eq!(found.card.health, Health::Connected);
        stage.simulator.set_permission(&page(), &APP.into(), "pages_messaging", false);
        stage.advance(DAY).await;
        let found = until(&stage, "lost", |found| !found.card.health.sends()).await;
        let checkup = found.card.checkup.expect("looked at");
        let missing = vec![Permission::PagesMessaging];
        assert!(
            matches!(checkup.permissions, PermissionCheck::Known { missing: found, .. } if found == missing)
        );
        // Given back, it comes back by itself within the hour.
        stage.simulator.set_permission(&page(), &APP.into(), "pages_messaging", true);
        stage.advance(HOUR).await;
        until(&stage, "back", |found| found.card.health.sends()).await;
        stage.advance(6 * DAY).await;
        let found = until(&stage, "ended", |found| !found.card.health.sends()).await;
        assert!(matches!(found.card.checkup.expect("looked at").token, TokenCheck::Dead { .. }));
    }

    pub async fn missing_fields_are_named_and_a_button_subscribes_them(on: On) {
        let stage = ours(on).await;
        stage.simulator.set_fields_of(&page(), &APP.into(), &["messages", "message_echoes"]);
        let checkup = stage.desk.check_page(&stage.ann, page()).await.expect("a look");
        let SubscriptionCheck::Known { missing } = checkup.subscription else { panic!("not asked") };
        assert!(
            missing.contains(&"standby".into()) && missing.contains(&"messaging_handovers".into()),
            "{missing:?}"
        );
        let card = detail(&stage).await.card;
        assert!(card.health.sends(), "one value never disconnects a page");
        assert!(matches!(&card.alarms[..], [Alarm::Subscription { missing: told }] if *told == missing));
        assert_eq!(alarms(&stage).await, card.alarms, "everybody's view of the page tells the same");
        let checkup = stage.desk.subscribe_page(&stage.ann, page()).await.expect("subscribed");
        assert_eq!(checkup.worst(checkup.at), Level::Ok);
        assert_eq!(alarms(&stage).await, []);
    }

    pub async fn a_warning_from_meta_stays_until_somebody_has_dealt_with_it(on: On) {
        let stage = ours(on).await;
        let told = |action: &str, reason: Option<&str>| {
            let policy = serde_json::json!({ "action": action, "reason": reason });
            let item = serde_json::json!({ "recipient": { "id": PAGE }, "timestamp": stage.simulator.now(),
                "policy_enforcement": policy });
            let entry = serde_json::json!({ "id": PAGE, "time": stage.simulator.now(), "messaging": [item] });
            serde_json::json!({ "object": "page", "entry": [entry] }).to_string()
        };
        stage.deliver(told("warning", Some("Too many tags."))).await;
        stage.applied().await;
        let warned = alarms(&stage).await;
        assert!(
            matches!(&warned[..], [Alarm::Warned { reason, .. }] if reason.as_deref() == Some("Too many tags.")),
            "{warned:?}"
        );
        assert!(detail(&stage).await.card.health.sends());
        let forbidden = stage.desk.settle_warning(&stage.mia, page()).await;
        assert_eq!(forbidden, Err(Failure::Forbidden));
        assert_eq!(stage.desk.settle_warning(&stage.ann, page()).await, Ok(()));
        assert_eq!(alarms(&stage).await, []);
        // A restriction is the page's health; lifting it ends the warning that came before.
        stage.deliver(told("warning", None)).await;
        stage.deliver(told("block", Some("Spam."))).await;
        stage.applied().await;
        assert!(!detail(&stage).await.card.health.sends());
        stage.deliver(told("unblock", None)).await;
        stage.applied().await;
        assert!(detail(&stage).await.card.health.sends());
        assert_eq!(alarms(&stage).await, []);
    }

    async fn alarms(stage: &Stage) -> Vec<Alarm> {
        let inbox = stage.desk.inbox(&stage.mia, ListQuery::of(View::Open)).await.expect("an inbox");
        inbox.pages.into_iter().find(|one| one.id == page()).expect("the page").alarms
    }

    pub async fn what_webhooks_did_not_bring_is_fetched_and_asks_for_attention(on: On) {
        let stage = ours(on).await;
        let id = stage.of(MAYA).await.id;
        stage.reply(&stage.mia, id, "How can I help?").await.expect("a reply");
        stage.quiet().await;
        assert!(!stage.of(MAYA).await.unread);
        stage.advance(10 * MINUTE).await;
        let webhook = format!("{}/webhooks/messenger/{APP}", stage.base);
        stage.simulator.set_webhook(&page(), &APP.into(), None);
        stage.customer_writes(MAYA, "Lost on the way").await;
        stage.customer_writes(TOMAS, "Me too").await;
        stage.simulator.quiet().await;
        stage.simulator.set_webhook(&page(), &APP.into(), Some(webhook));
        stage.advance(2 * HOUR).await;
        let found = until(&stage, "fetched", |found| found.ledger.filled >= 2).await;
        assert_eq!(found.ledger.filled, 2);
        stage.quiet().await;
        assert_eq!(the(&stage, "Lost on the way").await.delivery.state, DeliveryState::Received);
        assert!(stage.of(MAYA).await.unread && stage.of(TOMAS).await.unread);
        assert!(stage.reply(&stage.mia, id, "Found you").await.is_ok(), "the window is open");
        assert_eq!(stage.desk.fill_page(&stage.ann, page()).await, Ok(0), "nothing is fetched twice");
    }

    /// What three busy weeks would have taught.
    async fn busy_for_weeks(stage: &Stage) {
        let mut tx = stage.node().db.begin().await.expect("a transaction");
        let first = domain::page::rhythm::hour_of(stage.node().clock.now()) - 3 * 168;
        let mut rhythm = domain::page::rhythm::Rhythm::new(first);
        for hour in first..first + 3 * 168 {
            rhythm.learn(hour, 6);
        }
        store::pages::set_rhythm(&mut tx, &page(), &rhythm).await.expect("learned");
        tx.commit().await.expect("kept");
        stage.customer_writes(MAYA, "Busy day").await;
        stage.quiet().await;
    }

    pub async fn a_page_whose_webhooks_are_lost_rings_says_how_many_were_missed_and_calms_down(on: On) {
        let stage = ours(on).await;
        busy_for_weeks(&stage).await;
        let webhook = format!("{}/webhooks/messenger/{APP}", stage.base);
        stage.simulator.set_webhook(&page(), &APP.into(), None);
        stage.advance(10 * MINUTE).await;
        stage.customer_writes(MAYA, "Hello?").await;
        stage.customer_writes(TOMAS, "Nobody there?").await;
        stage.simulator.quiet().await;
        for _ in 0..12 {
            stage.advance(10 * MINUTE).await;
        }
        let found = until(&stage, "the alarm", |found| found.card.quiet.is_some()).await;
        assert_eq!(found.card.quiet.map(|quiet| quiet.answer), Some(QuietAnswer::Missed { messages: 2 }));
        let managers = stage.desk.inbox(&stage.ann, ListQuery::of(View::Open)).await.expect("an inbox");
        assert!(managers.pages[0].alarms.iter().any(|alarm| matches!(alarm, Alarm::Quiet { .. })));
        assert_eq!(the(&stage, "Hello?").await.delivery.state, DeliveryState::Received, "it was fetched");
        stage.simulator.set_webhook(&page(), &APP.into(), Some(webhook));
        stage.customer_writes(MAYA, "Here I am").await;
        stage.quiet().await;
        stage.advance(10 * MINUTE).await;
        until(&stage, "calm again", |found| found.card.quiet.is_none()).await;
    }

    pub async fn a_silent_page_facebook_says_nothing_about_rings_all_the_same(on: On) {
        let stage = ours(on).await;
        busy_for_weeks(&stage).await;
        stage.simulator.faults().next(Call::History, 10_000, Fault::Http { status: 503 });
        for _ in 0..12 {
            stage.advance(10 * MINUTE).await;
        }
        let found = until(&stage, "the alarm", |found| found.card.quiet.is_some()).await;
        assert_eq!(found.card.quiet.map(|quiet| quiet.answer), Some(QuietAnswer::Unreachable));
    }

    pub async fn a_busy_page_that_falls_silent_rings_and_a_new_one_does_not(on: On) {
        let stage = ours(on).await;
        stage.advance(3 * HOUR).await;
        assert_eq!(detail(&stage).await.card.quiet, None);
        busy_for_weeks(&stage).await;
        for _ in 0..12 {
            stage.advance(10 * MINUTE).await;
        }
        let found = until(&stage, "the alarm", |found| found.card.quiet.is_some()).await;
        let quiet = found.card.quiet.expect("an alarm");
        assert!(quiet.silence.chance < 0.001 && quiet.silence.expected > 4.0, "{quiet:?}");
        assert_eq!(quiet.answer, QuietAnswer::NothingNewer);
        stage.customer_writes(MAYA, "Here I am").await;
        stage.quiet().await;
        stage.advance(10 * MINUTE).await;
        until(&stage, "calm again", |found| found.card.quiet.is_none()).await;
    }

    pub async fn a_test_by_hand_sees_each_step(on: On) {
        let stage = ours(on).await;
        let partners = stage.desk.test_partners(&stage.ann, page()).await.expect("partners");
        assert_eq!(partners.len(), 1);
        stage.simulator.faults().webhooks(|faults| faults.drop_echo = 1.0);
        stage.desk.start_test(&stage.ann, page(), partners[0].id).await.expect("begun");
        stage.quiet().await;
        let test = async || stage.desk.self_test(&stage.ann, page()).await.expect("a view").expect("a test");
        let found = test().await;
        assert!(matches!(found.accepted, StepState::Done { .. }), "{found:?}");
        assert_eq!((found.echoed, found.answered), (StepState::Waiting, StepState::Later));
        stage.advance(90 * SECOND).await;
        assert_eq!(test().await.echoed, StepState::Failed { why: None });
        stage.simulator.faults().clear();
        stage.desk.start_test(&stage.ann, page(), partners[0].id).await.expect("begun");
        stage.quiet().await;
        let found = test().await;
        assert!(
            matches!(found.echoed, StepState::Done { .. }) && found.answered == StepState::Waiting,
            "{found:?}"
        );
        stage.advance(SECOND).await;
        stage.customer_writes(MAYA, "Pong").await;
        stage.quiet().await;
        assert!(matches!(test().await.answered, StepState::Done { .. }));
    }

    pub async fn agents_see_nothing_of_it_but_whom_to_ask(on: On) {
        let stage = stage(on).await;
        let (desk, mia) = (&stage.desk, &stage.mia);
        assert_eq!(desk.managers(mia).await, Ok(vec!["Ann".to_owned()]));
        assert_eq!(desk.pages(mia).await.map(drop), Err(Failure::Forbidden));
        assert_eq!(desk.page(mia, page()).await.map(drop), Err(Failure::Forbidden));
        assert_eq!(desk.connect_page(mia, outlet()).await.map(drop), Err(Failure::Forbidden));
        assert_eq!(desk.pause_page(mia, page()).await, Err(Failure::Forbidden));
        assert_eq!(desk.disconnect_page(mia, page()).await, Err(Failure::Forbidden));
        assert_eq!(desk.send_waiting(mia, page(), None).await, Err(Failure::Forbidden));
        assert_eq!(desk.fill_page(mia, page()).await, Err(Failure::Forbidden));
    }

    pub async fn no_secret_is_in_any_answer(on: On) {
        let stage = ours(on).await;
        stage.desk.connect_page(&stage.ann, outlet()).await.expect("connected");
        let mut answers = String::new();
        answers += &serde_json::to_string(&stage.desk.pages(&stage.ann).await.expect("pages")).expect("JSON");
        answers += &serde_json::to_string(&detail(&stage).await).expect("JSON");
        answers += &format!("{:?} {:?}", outlet(), stage.desk.pages(&stage.ann).await.expect("pages"));
        for secret in [SECRET, OUTLET_TOKEN, "EAAGfixturePageTokenA", "vt_local_8d1f"] {
            assert!(!answers.contains(secret), "{secret}");
        }
        let mut tx = stage.node().db.snapshot().await.expect("a snapshot");
        let stored = format!("{:?}", store::pages::all(&mut tx).await.expect("pages"));
        assert!(!stored.contains("EAAG"), "sealed");
    }

    pub async fn the_ledger_balances_whatever_goes_wrong(on: On) {
        let stage = ours(on).await;
        let faults = stage.simulator.faults();
        faults.webhooks(|webhooks| {
            webhooks.duplicate = 0.4;
            webhooks.reorder = 0.3;
            webhooks.drop_echo = 0.2;
        });
        faults.sometimes(Call::Send, 0.2, Fault::AcceptThenDrop);
        faults.sometimes(
            Call::Send,
            0.15,
            Fault::Refuse { status: 400, code: 100, subcode: Some(2_018_109) },
        );
        let id = stage.of(MAYA).await.id;
        for n in 0..12 {
            stage.customer_writes(MAYA, &format!("question {n}")).await;
            stage.quiet().await;
            // A refusal because a colleague was quicker writes nothing.
            let _ = stage.reply(&stage.mia, id, &format!("answer {n}")).await;
            stage.quiet().await;
            let ledger = detail(&stage).await.ledger;
            assert!(ledger.incoming_balances() && ledger.outgoing_balances(), "{ledger:?}");
        }
        faults.clear();
        for _ in 0..3 {
            stage.advance(MINUTE).await;
        }
        let ledger = detail(&stage).await.ledger;
        assert!(ledger.incoming_balances() && ledger.outgoing_balances(), "{ledger:?}");
        let ours =
            stage.messages(id).await.into_iter().filter(|one| one.author.name.as_deref() == Some("Mia"));
        assert_eq!(ledger.asked, i64::try_from(ours.count()).expect("a number"));
        let told = stage.simulator.acknowledged();
        let told = told.iter().filter(|one| one.app.as_str() == APP).count();
        assert_eq!(ledger.bodies, i64::try_from(told).expect("a number"), "every body Meta handed over");
        assert_eq!(ledger.bodies_waiting, 0);
    }
}
