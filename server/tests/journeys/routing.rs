//! The apps beside us, and whether a page routes as it should.

on_both!(
    an_app_nobody_knew_is_met_named_and_shown_everywhere,
    an_app_that_only_takes_control_is_met_too,
    only_those_who_configure_the_workspace_name_apps,
    facebooks_names_do_not_replace_the_teams,
);

mod journeys {
    use crate::support::*;
    use app::api::{AppLook, ConversationsDesk as _, Failure, ListQuery, RoutingDesk as _};
    use domain::apps::{Colour, KnownApp, Mark, NamedBy};
    use domain::live::Change;
    use domain::view::View;
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
            .filter_map(|(_, text)| {
                match serde_json::from_str::<domain::live::Numbered>(&text).ok()?.change {
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
}
