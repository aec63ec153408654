//! The apps beside us, and whether a page routes as it should.

on_both!(
    an_app_nobody_knew_is_met_named_and_shown_everywhere,
    an_app_that_only_takes_control_is_met_too,
    only_those_who_configure_the_workspace_name_apps,
    facebooks_names_do_not_replace_the_teams,
    a_page_set_up_as_recommended_proves_itself_item_by_item,
    a_switched_off_standby_channel_is_found_and_gone_once_it_is_on,
    a_refused_take_over_is_found_and_gone_once_one_is_granted,
    another_default_app_is_found_and_gone_once_we_are_it,
    a_page_without_a_default_app_is_found,
    missing_fields_are_named_and_subscribed_again,
    a_dead_token_hides_nothing_else,
    pages_are_checked_apart_and_runs_are_kept,
    bots_that_misbehave_are_counted_with_examples,
    how_conversations_began_is_remembered,
    an_old_page_says_so,
);

mod journeys {
    use crate::support::*;
    use app::api::{AppLook, ConversationsDesk as _, Failure, ListQuery, RoutingDesk as _, RoutingView};
    use domain::apps::{Colour, KnownApp, Mark, NamedBy};
    use domain::live::Change;
    use domain::routing::check::{Check, Finding, Found, Mode, Verdict};
    use domain::routing::radar::Blip;
    use domain::routing::rehearsal::Entry;
    use domain::routing::sign::Sign;
    use domain::view::View;
    use domain::{HOUR, MINUTE, PageId};
    use messenger::simulator::{AppSetup, Setup};
    use server::desk::set_up;

    const STRANGER: &str = "990011223344556";

    /// The sales bot goes by an app id nobody has named.
    fn with_a_stranger(mut setup: Setup) -> Setup {
        for page in &mut setup.pages {
            page.routing.social_app = Some(STRANGER.into());
            for app in page.apps.iter_mut().filter(|app| app.id.as_str() == BOT) {
                *app = AppSetup { id: STRANGER.into(), name: "OrderBot Inc".into(), ..app.clone() };
            }
        }
        setup
    }

    fn look(name: &str) -> AppLook {
        AppLook { app: STRANGER.into(), name: name.into(), colour: Colour::Teal, icon: Mark::Package }
    }

    async fn stranger(stage: &Stage) -> KnownApp {
        let beside = stage.desk.apps_seen(&stage.ann).await.expect("apps");
        beside.apps.into_iter().find(|app| app.app.as_str() == STRANGER).expect("it is known")
    }

    /// The live changes that tell of an app.
    async fn told(stage: &Stage) -> Vec<KnownApp> {
        let mut tx = stage.node().db.snapshot().await.expect("a snapshot");
        let frames = store::changes::after(&mut tx, 0, 1_000).await.expect("changes");
        frames
            .into_iter()
            .filter_map(|entry| {
                match serde_json::from_str::<domain::live::Numbered>(&entry.frame).ok()?.change {
                    Change::App { app } if app.app.as_str() == STRANGER => Some(app),
                    _ => None,
                }
            })
            .collect()
    }

    pub async fn an_app_nobody_knew_is_met_named_and_shown_everywhere(on: On) {
        let stage = Stage::with(on, with_a_stranger).await;
        stage.customer_writes(MAYA, "Where is my order?").await;
        stage.quiet().await;
        let met = stranger(&stage).await;
        assert_eq!(met, KnownApp::unnamed(STRANGER.into()));
        assert_eq!(told(&stage).await, [met]);
        let conversation = stage.of(MAYA).await;
        assert_eq!(conversation.control.app_name.as_deref(), Some("App 990011223344556"));

        let shown = stage.desk.show_app(&stage.ann, look("  Order  bot ")).await.expect("shown");
        assert_eq!((shown.name.as_str(), shown.named_by), ("Order bot", NamedBy::Team));
        assert_eq!(told(&stage).await.last(), Some(&shown));
        let inbox = stage.desk.inbox(&stage.mia, ListQuery::of(View::Open)).await.expect("an inbox");
        assert!(inbox.apps.contains(&shown));
        let row = &inbox.conversations.items[0];
        assert_eq!(row.control.app_name.as_deref(), Some("Order bot"));
        assert_eq!(row.last_message.as_ref().and_then(|last| last.author.name.as_deref()), Some("Order bot"));
        let thread = stage.desk.thread(&stage.mia, row.id).await.expect("a thread");
        assert!(thread.messages.iter().any(|one| one.author.name.as_deref() == Some("Order bot")));
        assert_eq!(thread.control[0].app_name.as_deref(), Some("Order bot"));

        let beside = stage.desk.apps_seen(&stage.ann).await.expect("apps");
        let seen = &beside.sightings[0];
        assert_eq!((seen.page_name.as_str(), seen.app.as_str(), seen.holds), ("Shoe Shop", STRANGER, 1));
        let written = stage.simulator.sends().len();
        assert_eq!(usize::try_from(seen.messages).expect("few"), written);
    }

    pub async fn an_app_that_only_takes_control_is_met_too(on: On) {
        let stage = Stage::with(on, |setup| with_a_stranger(setup).without_bots()).await;
        stage.customer_writes(MAYA, "Hi!").await;
        stage.quiet().await;
        let id = stage.of(MAYA).await.id;
        stage.reply(&stage.mia, id, "Hello Maya").await.expect("a reply");
        stage.quiet().await;
        stage.advance(MINUTE).await;
        stage.simulator.bot_takes(&PAGE.into(), &MAYA.into()).await.expect("taken");
        stage.quiet().await;
        assert_eq!(stranger(&stage).await.named_by, NamedBy::Nobody);
        assert_eq!(stage.of(MAYA).await.control.app_name.as_deref(), Some("App 990011223344556"));
    }

    pub async fn only_those_who_configure_the_workspace_name_apps(on: On) {
        let stage = Stage::with(on, with_a_stranger).await;
        stage.customer_writes(MAYA, "Hi!").await;
        stage.quiet().await;
        let refused = stage.desk.show_app(&stage.mia, look("Order bot")).await.expect_err("an agent");
        assert_eq!(refused, Failure::Forbidden);
        assert_eq!(stage.desk.apps_seen(&stage.mia).await.expect_err("an agent"), Failure::Forbidden);
        for (name, words) in [("  ", "Give the app a name"), ("salesbot", "called “SalesBot” already")] {
            let refused = stage.desk.show_app(&stage.ann, look(name)).await.expect_err("no name");
            assert!(
                matches!(&refused, Failure::Invalid { message } if message.contains(words)),
                "{refused:?}"
            );
        }
        let nobody = AppLook { app: "1".into(), ..look("Nobody") };
        assert_eq!(stage.desk.show_app(&stage.ann, nobody).await.expect_err("unknown"), Failure::Gone);
    }

    pub async fn facebooks_names_do_not_replace_the_teams(on: On) {
        let stage = Stage::with(on, with_a_stranger).await;
        set_up::subscribe(stage.node(), &PAGE.into()).await.expect("subscribed");
        let met = stranger(&stage).await;
        assert_eq!((met.name.as_str(), met.named_by), ("OrderBot Inc", NamedBy::Meta));
        let shown = stage.desk.show_app(&stage.ann, look("Order bot")).await.expect("shown");
        set_up::subscribe(stage.node(), &PAGE.into()).await.expect("subscribed");
        assert_eq!(stranger(&stage).await, shown);
    }

    async fn check(stage: &Stage) -> RoutingView {
        stage.desk.check_routing(&stage.ann, PAGE.into()).await.expect("a check")
    }

    fn finding(view: &RoutingView, check: Check) -> &Finding {
        let run = view.latest.as_ref().expect("a run");
        run.report.findings.iter().find(|finding| finding.check == check).expect("every item is judged")
    }

    async fn verdict(stage: &Stage, item: Check) -> Verdict {
        finding(&check(stage).await, item).verdict
    }

    /// A customer the bot has, some minutes into the conversation.
    async fn with_the_bot(on: On) -> Stage {
        let stage = Stage::with(on, |setup| setup.with_bot_delay(0)).await;
        set_up::subscribe(stage.node(), &PAGE.into()).await.expect("subscribed");
        stage.customer_writes(MAYA, "Where is my order?").await;
        stage.quiet().await;
        stage.advance(2 * MINUTE).await;
        stage
    }

    pub async fn a_page_set_up_as_recommended_proves_itself_item_by_item(on: On) {
        let stage = with_the_bot(on).await;
        let id = stage.of(MAYA).await.id;
        let view = check(&stage).await;
        let verdicts = |view: &RoutingView| {
            let run = view.latest.clone().expect("a run");
            run.report.findings.into_iter().map(|one| one.verdict).collect::<Vec<_>>()
        };
        let (ok, wrong, unsure) = (Verdict::Ok, Verdict::Wrong, Verdict::CannotVerify);
        // The sample's bot answers at once; nobody has taken over yet; Facebook tells nothing about links.
        assert_eq!(verdicts(&view), [ok, ok, ok, unsure, ok, unsure, wrong]);
        assert_eq!(view.mode, Mode::Routing);
        let standby = finding(&view, Check::Standby);
        assert_eq!(standby.conversation, Some(id));
        assert!(standby.at.is_some());

        stage.desk.take_over(&stage.mia, id).await.expect("taken");
        stage.quiet().await;
        let view = check(&stage).await;
        assert_eq!(verdicts(&view), [ok, ok, ok, ok, ok, unsure, wrong]);
        assert_eq!(finding(&view, Check::TakeControl).conversation, Some(id));
        assert!(view.sightings.iter().any(|seen| seen.app.as_str() == BOT));
    }

    pub async fn a_switched_off_standby_channel_is_found_and_gone_once_it_is_on(on: On) {
        let stage = with_the_bot(on).await;
        assert_eq!(verdict(&stage, Check::Standby).await, Verdict::Ok);
        stage.simulator.set_standby(&PAGE.into(), &APP.into(), false);
        stage.advance(HOUR).await;
        stage.customer_writes(TOMAS, "Hello?").await;
        stage.customer_writes(MAYA, "Hello?").await;
        stage.quiet().await;
        stage.advance(2 * MINUTE).await;
        let view = check(&stage).await;
        let wrong = finding(&view, Check::Standby);
        let missed = (Verdict::Wrong, &Found::Missed { conversations: 2 });
        assert_eq!((wrong.verdict, &wrong.found), missed, "{:?}", view.signs);
        stage.simulator.set_standby(&PAGE.into(), &APP.into(), true);
        stage.customer_writes(TOMAS, "Is anybody there?").await;
        stage.quiet().await;
        stage.advance(2 * MINUTE).await;
        assert_eq!(verdict(&stage, Check::Standby).await, Verdict::Ok);
    }

    pub async fn a_refused_take_over_is_found_and_gone_once_one_is_granted(on: On) {
        let stage = with_the_bot(on).await;
        let id = stage.of(MAYA).await.id;
        stage.simulator.set_take_control(&PAGE.into(), &APP.into(), false);
        stage.desk.take_over(&stage.mia, id).await.expect_err("refused");
        stage.quiet().await;
        let view = check(&stage).await;
        let wrong = finding(&view, Check::TakeControl);
        assert_eq!((wrong.verdict, &wrong.found), (Verdict::Wrong, &Found::TakeSwitchedOff));
        assert_eq!(wrong.conversation, Some(id));
        stage.simulator.set_take_control(&PAGE.into(), &APP.into(), true);
        stage.advance(MINUTE).await;
        stage.desk.take_over(&stage.mia, id).await.expect("taken");
        stage.quiet().await;
        assert_eq!(verdict(&stage, Check::TakeControl).await, Verdict::Ok);
    }

    pub async fn another_default_app_is_found_and_gone_once_we_are_it(on: On) {
        let stage = with_the_bot(on).await;
        let ours = stage.simulator.routing(&PAGE.into()).expect("a page");
        let mut other = ours.clone();
        other.default_app = Some(BOT.into());
        stage.simulator.set_routing(&PAGE.into(), other);
        stage.advance(MINUTE).await;
        let view = check(&stage).await;
        let wrong = finding(&view, Check::DefaultApp);
        assert_eq!((wrong.verdict, &wrong.found), (Verdict::Wrong, &Found::OwnerHidden));
        stage.simulator.set_routing(&PAGE.into(), ours);
        stage.advance(MINUTE).await;
        assert_eq!(verdict(&stage, Check::DefaultApp).await, Verdict::Ok);
    }

    pub async fn a_page_without_a_default_app_is_found(on: On) {
        let stage = with_the_bot(on).await;
        let mut off = stage.simulator.routing(&PAGE.into()).expect("a page");
        off.default_app = None;
        off.mode = messenger::simulator::Mode::ZeroConfig;
        stage.simulator.set_routing(&PAGE.into(), off);
        let id = stage.of(MAYA).await.id;
        stage.advance(MINUTE).await;
        stage.desk.take_over(&stage.mia, id).await.expect_err("refused");
        stage.quiet().await;
        let view = stage.desk.routing(&stage.ann, PAGE.into()).await.expect("a view");
        assert_eq!(view.mode, Mode::Unconfigured);
        assert!(view.signs.of(Sign::RoutingOff).is_some());
    }

    pub async fn missing_fields_are_named_and_subscribed_again(on: On) {
        let stage = with_the_bot(on).await;
        stage.simulator.set_fields_of(&PAGE.into(), &APP.into(), &["messages", "message_echoes"]);
        let view = check(&stage).await;
        let wrong = finding(&view, Check::Fields);
        assert!(
            matches!(&wrong.found, Found::FieldsMissing { fields } if fields.contains(&"standby".to_owned())),
            "{wrong:?}"
        );
        assert_eq!(finding(&view, Check::Connected).verdict, Verdict::Ok);
        let view = stage.desk.subscribe_again(&stage.ann, PAGE.into()).await.expect("subscribed");
        assert_eq!(finding(&view, Check::Fields).verdict, Verdict::Ok);
        stage.simulator.set_fields_of(&PAGE.into(), &APP.into(), &[]);
        assert_eq!(finding(&check(&stage).await, Check::Connected).found, Found::NotSubscribed);
    }

    pub async fn a_dead_token_hides_nothing_else(on: On) {
        let stage = with_the_bot(on).await;
        check(&stage).await;
        stage.simulator.expire_token(&PAGE.into(), &APP.into(), true);
        let view = check(&stage).await;
        let connected = finding(&view, Check::Connected);
        assert_eq!(connected.verdict, Verdict::Wrong);
        assert!(matches!(&connected.found, Found::AccessRefused { words } if words.contains("connect")));
        assert_eq!(finding(&view, Check::Standby).verdict, Verdict::Ok);
        assert_eq!(finding(&view, Check::DefaultApp).verdict, Verdict::Ok);
    }

    pub async fn pages_are_checked_apart_and_runs_are_kept(on: On) {
        let stage = with_the_bot(on).await;
        let other = PageId::from("118877665544332");
        let page = set_up::NewPage {
            page: other.clone(),
            name: "Boot Shop".into(),
            app: APP.into(),
            app_secret: SECRET.into(),
            verify_token: "vt_local_8d1f".into(),
            access_token: "of no worth".into(),
        };
        set_up::add_page(stage.node(), page).await.expect("a page");
        let view = stage.desk.check_routing(&stage.ann, other.clone()).await.expect("a check");
        assert_eq!(finding(&view, Check::Connected).verdict, Verdict::Wrong);
        assert_eq!(finding(&view, Check::Standby).verdict, Verdict::CannotVerify);
        assert!(view.sightings.is_empty());
        check(&stage).await;
        stage.advance(MINUTE).await;
        let view = check(&stage).await;
        assert_eq!(finding(&view, Check::Connected).verdict, Verdict::Ok);
        assert_eq!(view.history.len(), 2);
        assert!(view.history[0].at > view.history[1].at);
        assert_eq!((view.history[0].by.as_str(), view.history[0].wrong), ("Ann", 1));
        let again = stage.desk.routing(&stage.ann, PAGE.into()).await.expect("a view");
        assert_eq!(again, view);
        let refused = stage.desk.routing(&stage.mia, PAGE.into()).await.expect_err("an agent");
        assert_eq!(refused, Failure::Forbidden);
        let refused = stage.desk.check_routing(&stage.mia, other).await.expect_err("an agent");
        assert_eq!(refused, Failure::Forbidden);
        let gone = stage.desk.check_routing(&stage.ann, "1".into()).await.expect_err("no such page");
        assert_eq!(gone, Failure::Gone);
    }

    pub async fn bots_that_misbehave_are_counted_with_examples(on: On) {
        let stage = with_the_bot(on).await;
        for _ in 0..3 {
            stage.customer_writes(MAYA, "Hm").await;
            stage.quiet().await;
            stage.advance(MINUTE).await;
        }
        stage.customer_writes(TOMAS, "A person please").await;
        stage.quiet().await;
        stage.advance(HOUR).await;
        let view = check(&stage).await;
        let run = view.latest.expect("a run");
        let count = |blip| {
            let measure = run.report.measures.iter().find(|one| one.blip == blip).expect("measured");
            (measure.count, measure.examples.first().map(|example| example.customer.clone()))
        };
        assert_eq!(count(Blip::Loop), (1, Some("Maya Lindqvist".into())));
        assert_eq!(count(Blip::NobodyTook), (1, Some("Tomas Berg".into())));
        assert_eq!(count(Blip::AskedForPerson), (0, None));
        assert_eq!(count(Blip::TalksOver), (0, None));
        let (fast, example) = count(Blip::FastAnswer);
        assert!(fast >= 4 && example.is_some(), "{fast}");
    }

    pub async fn how_conversations_began_is_remembered(on: On) {
        let stage = with_the_bot(on).await;
        stage.simulator.customer_opens_link(&PAGE.into(), &TOMAS.into(), "spring").await;
        stage.quiet().await;
        let view = stage.desk.routing(&stage.ann, PAGE.into()).await.expect("a view");
        let times = |sign| view.signs.of(sign).map(|seen| seen.times);
        assert_eq!(times(Sign::Entered(Entry::Message, false)), Some(1));
        assert_eq!(times(Sign::Entered(Entry::Link, false)), Some(1));
        assert_eq!(times(Sign::Entered(Entry::Message, true)), None);
    }

    pub async fn an_old_page_says_so(on: On) {
        let stage = with_the_bot(on).await;
        check(&stage).await;
        let body = serde_json::json!({ "object": "page", "entry": [{ "id": PAGE, "time": START.ms(), "messaging": [{
            "recipient": { "id": PAGE }, "timestamp": START.ms(), "app_roles": { APP: ["primary_receiver"] },
        }] }] });
        stage.deliver(body.to_string()).await;
        stage.quiet().await;
        let view = check(&stage).await;
        assert_eq!(view.mode, Mode::Legacy);
        assert_eq!(finding(&view, Check::DefaultApp).verdict, Verdict::Ok);
    }
}
