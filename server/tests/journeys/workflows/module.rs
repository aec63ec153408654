//! The module itself: making, saving, copying, taking out and in, testing, rehearsing.

on_both!(
    a_draft_is_saved_whole_or_kept_as_a_working_copy,
    two_people_save_and_the_second_loses_nothing,
    a_published_workflow_is_not_changed,
    a_loop_is_refused_in_the_exact_words,
    clones_and_templates_get_free_names,
    a_workflow_travels_as_a_file,
    hostile_files_are_refused_in_words,
    the_hundred_and_first_is_refused,
    a_test_runs_by_its_code_and_ends,
    a_rehearsal_sends_nothing,
    a_rehearsal_goes_on_with_what_really_was_answered,
    a_rehearsal_counts_closed_windows_and_who_enters_once,
    a_rehearsal_knows_when_a_bot_had_the_thread,
    a_rehearsal_says_what_the_past_does_not_tell,
    beside_a_bot_publishing_asks_first,
    agents_are_kept_out,
);

mod journeys {
    use super::super::kit::*;
    use crate::support::*;
    use app::api::workflows::{Draft, Gap, Naming, Publishing, Saving, TestSettings, WorkflowsDesk as _};
    use app::api::{ContactsDesk as _, ConversationsDesk as _, Failure};
    use domain::WorkflowId;
    use domain::workflow::graph::Graph;
    use domain::workflow::run::{NonStart, Reason};
    use domain::workflow::settings::Settings;
    use domain::workflow::status::Status;
    use domain::workflow::step::StepKind;
    use domain::workflow::steps::assign::{AssignTo, Logic, Target};
    use domain::workflow::steps::conversation::OpenConversation;
    use domain::workflow::trigger::{Match, TagAction, TriggerKind};
    use domain::workflow::value::Value;
    use domain::workflow::view::RunNow;
    use domain::{DAY, HOUR, TeamId};

    async fn revision(stage: &Stage, id: WorkflowId) -> i64 {
        stage.desk.workflow(&stage.ann, id).await.expect("loads").workflow.revision
    }

    async fn save(stage: &Stage, id: WorkflowId, graph: Graph, revision: i64) -> Saving {
        stage.desk.save_workflow(&stage.ann, id, Draft { graph, revision }).await.expect("answers")
    }

    fn refused<T: std::fmt::Debug>(result: Result<T, Failure>) -> String {
        match result {
            Err(Failure::Invalid { message }) => message,
            other => panic!("not refused: {other:?}"),
        }
    }

    pub async fn a_draft_is_saved_whole_or_kept_as_a_working_copy(on: On) {
        let stage = shop(on).await;
        let naming = Naming { name: " Away ".into(), description: "At night".into() };
        let row = stage.desk.create_workflow(&stage.ann, naming).await.expect("created");
        assert_eq!((row.name.as_str(), row.status, row.incomplete), ("Away", Status::Draft, 1));
        let bare = line(opened(), vec![]);
        let flawed = save(&stage, row.id, bare.clone(), row.revision).await;
        assert!(matches!(&flawed, Saving::Flawed { flaws } if flaws.len() == 1), "{flawed:?}");
        let builder = stage.desk.workflow(&stage.ann, row.id).await.expect("loads");
        assert_eq!(builder.copy.expect("a working copy").graph, bare);
        assert!(refused(stage.desk.publish_workflow(&stage.ann, row.id, true).await).contains("incomplete"));
        let whole = line(opened(), vec![say("We are asleep.")]);
        assert!(matches!(save(&stage, row.id, whole.clone(), row.revision).await, Saving::Saved { .. }));
        let builder = stage.desk.workflow(&stage.ann, row.id).await.expect("loads");
        assert_eq!((builder.graph, builder.copy), (whole, None));
        let taken = Naming { name: "AWAY".into(), description: String::new() };
        assert!(refused(stage.desk.create_workflow(&stage.ann, taken).await).contains("already"));
    }

    pub async fn two_people_save_and_the_second_loses_nothing(on: On) {
        let stage = shop(on).await;
        let id = stage.draft("Away", line(opened(), vec![say("One")])).await;
        let old = revision(&stage, id).await;
        stage.save_draft(id, line(opened(), vec![say("Two")])).await;
        let mine = line(opened(), vec![say("Three")]);
        let newer = save(&stage, id, mine.clone(), old).await;
        assert!(matches!(&newer, Saving::Newer { graph, .. } if *graph == line(opened(), vec![say("Two")])));
        let builder = stage.desk.workflow(&stage.ann, id).await.expect("loads");
        let copy = builder.copy.expect("kept");
        assert_eq!(copy.graph, mine);
        assert!(copy.revision < builder.workflow.revision);
        stage.desk.drop_working_copy(&stage.ann, id).await.expect("drops");
        assert_eq!(stage.desk.workflow(&stage.ann, id).await.expect("loads").copy, None);
    }

    pub async fn a_published_workflow_is_not_changed(on: On) {
        let stage = shop(on).await;
        let id = stage.published("Away", line(opened(), vec![say("One")])).await;
        let revision = revision(&stage, id).await;
        let draft = Draft { graph: line(opened(), vec![say("Two")]), revision };
        assert!(refused(stage.desk.save_workflow(&stage.ann, id, draft).await).contains("Stop it first"));
        let mut settings = Settings { may_be_stopped: false, ..Settings::default() };
        let row = stage.desk.set_workflow_settings(&stage.ann, id, settings).await.expect("may change");
        assert!(!row.settings.may_be_stopped);
        settings.exits.incoming_message = true;
        assert!(
            refused(stage.desk.set_workflow_settings(&stage.ann, id, settings).await).contains("Stop it")
        );
    }

    pub async fn a_loop_is_refused_in_the_exact_words(on: On) {
        let stage = shop(on).await;
        let step = StepKind::OpenConversation(OpenConversation {});
        let graph = line(opened(), vec![step]);
        let id = stage.draft("Opens", graph.clone()).await;
        let words = refused(stage.desk.publish_workflow(&stage.ann, id, true).await);
        assert!(words.starts_with("Workflow loop detected"), "{words}");
        let checked = stage.desk.check_workflow(&stage.ann, id, graph).await.expect("checks");
        assert_eq!(checked.closes_loop, Some(words));
        assert!(checked.flaws.is_empty());
    }

    pub async fn clones_and_templates_get_free_names(on: On) {
        let stage = shop(on).await;
        let id = stage.published("Away", line(opened(), vec![say("One")])).await;
        let mut names = Vec::new();
        for _ in 0..2 {
            let row = stage.desk.clone_workflow(&stage.ann, id).await.expect("clones");
            assert_eq!(row.status, Status::Draft);
            names.push(row.name);
        }
        assert_eq!(names, ["Away clone", "Away clone (2)"]);
        for _ in 0..2 {
            let row = stage.desk.create_from_template(&stage.ann, "welcome".into()).await;
            names.push(row.map_or_else(|failure| failure.to_string(), |row| row.name));
        }
        let list = stage.desk.workflows(&stage.ann).await.expect("lists");
        assert_eq!(list.items.len(), 5, "{names:?}");
        assert!(names[3].ends_with(" (2)"), "{names:?}");
    }

    pub async fn a_workflow_travels_as_a_file(on: On) {
        let stage = shop(on).await;
        let to = Target::Team { team: Some(TeamId(stage.node().clock.id())), logic: Logic::RoundRobin };
        let step = AssignTo { to, online_only: false, fewer_than: None, timeout_ms: DAY };
        let graph = line(opened(), vec![say("Hi"), StepKind::AssignTo(step)]);
        let naming = Naming { name: "Büro".into(), description: "By day".into() };
        let row = stage.desk.create_workflow(&stage.ann, naming).await.expect("created");
        let kept = save(&stage, row.id, graph, row.revision).await;
        assert!(matches!(kept, Saving::Flawed { .. }), "the team is not of this workspace");
        let id = stage.draft("Away", line(opened(), vec![say("Hi"), wait(HOUR)])).await;
        let file = stage.desk.export_workflow(&stage.ann, id).await.expect("exports");
        assert_eq!(file.name, "away.json");
        let report = stage.desk.import_workflow(&stage.ann, file.json.clone()).await.expect("imports");
        assert_eq!((report.workflow.name.as_str(), report.removed.len()), ("Away (2)", 0));
        let report = stage.desk.import_workflow(&stage.ann, file.json).await.expect("imports");
        assert_eq!(report.workflow.name, "Away (3)");
        let both = [id, report.workflow.id];
        let graphs = [
            stage.desk.workflow(&stage.ann, both[0]).await.expect("loads").graph,
            stage.desk.workflow(&stage.ann, both[1]).await.expect("loads").graph,
        ];
        assert_eq!(graphs[0], graphs[1]);
    }

    pub async fn hostile_files_are_refused_in_words(on: On) {
        let stage = shop(on).await;
        let schema = "Invalid JSON schema, please submit a valid JSON file";
        let id = stage.draft("Away", line(opened(), vec![say("Hi")])).await;
        let file = stage.desk.export_workflow(&stage.ann, id).await.expect("exports").json;
        let good: serde_json::Value = serde_json::from_str(&file).expect("JSON");
        let changed = |change: &dyn Fn(&mut serde_json::Value)| {
            let mut file = good.clone();
            change(&mut file);
            file.to_string()
        };
        let two =
            changed(&|file| file["triggers"] = serde_json::json!([file["triggers"][0], file["triggers"][0]]));
        let bare = changed(&|file| {
            file["steps"] = serde_json::json!({});
            file["first"] = serde_json::Value::Null;
        });
        let extra = changed(&|file| file["owner"] = "me".into());
        for wrong in [two, bare, extra] {
            assert_eq!(refused(stage.desk.import_workflow(&stage.ann, wrong).await), schema);
        }
        let large = " ".repeat(401 * 1024);
        assert!(refused(stage.desk.import_workflow(&stage.ann, large).await).contains("400 KB"));
        assert!(
            refused(stage.desk.import_workflow(&stage.ann, "[".repeat(9_000)).await).contains("not JSON")
        );
        let script =
            changed(&|file| file["name"] = "<script>alert(1)</script>'; drop table workflow; --".into());
        let report = stage.desk.import_workflow(&stage.ann, script).await.expect("a name is a name");
        assert_eq!(report.workflow.name, "<script>alert(1)</script>'; drop table workflow; --");
        assert_eq!(stage.desk.workflows(&stage.ann).await.expect("lists").items.len(), 2);
    }

    pub async fn the_hundred_and_first_is_refused(on: On) {
        let stage = shop(on).await;
        let whole = stage.draft("Whole", line(opened(), vec![say("Hi")])).await;
        for n in 1..100 {
            let naming = Naming { name: format!("Workflow {n}"), description: String::new() };
            stage.desk.create_workflow(&stage.ann, naming).await.expect("there is room");
        }
        let first = stage.desk.workflows(&stage.ann).await.expect("lists").items[0].id;
        let naming = Naming { name: "One more".into(), description: String::new() };
        assert!(refused(stage.desk.create_workflow(&stage.ann, naming).await).contains("100"));
        assert!(refused(stage.desk.clone_workflow(&stage.ann, first).await).contains("100"));
        let template = stage.desk.create_from_template(&stage.ann, "welcome".into()).await;
        assert!(refused(template).contains("100"));
        let file = stage.desk.export_workflow(&stage.ann, whole).await.expect("a file");
        assert!(refused(stage.desk.import_workflow(&stage.ann, file.json).await).contains("100"));
    }

    pub async fn a_test_runs_by_its_code_and_ends(on: On) {
        let stage = shop(on).await;
        let steps = vec![say("$trigger.source|nobody opened"), ask("Well?", "it")];
        let id = stage.draft("Away", line(opened(), steps)).await;
        let variables = [("trigger.source".to_owned(), Value::from("user"))].into();
        let settings = TestSettings { page: PAGE.into(), variables };
        let session = stage.desk.start_workflow_test(&stage.ann, id, settings.clone()).await.expect("begins");
        assert!(session.code.starts_with("TEST") && session.code.len() == 8);
        assert!(session.link.contains(PAGE) && session.qr.contains("<svg"));
        let again = stage.desk.start_workflow_test(&stage.ann, id, settings).await.expect("answers");
        assert_eq!(again.code, session.code);
        for _ in 0..2 {
            stage.customer_writes(MAYA, &session.code.to_lowercase()).await;
            stage.quiet().await;
        }
        let maya = stage.of(MAYA).await.id;
        assert_eq!(stage.said(maya).await, ["user opened", "Well?", "user opened", "Well?"]);
        let runs = stage.runs_in(id).await;
        assert!(runs.len() == 2 && runs.iter().all(|run| run.test));
        assert_eq!(stage.desk.workflow_report(&stage.ann, id, None).await.expect("a report").entered, 0);
        stage.desk.end_workflow_test(&stage.ann, id).await.expect("ends");
        assert!(stage.runs_in(id).await.iter().all(is_over));
        stage.customer_writes(MAYA, &session.code).await;
        stage.quiet().await;
        assert_eq!(stage.runs_in(id).await.len(), 2);
    }

    pub async fn a_rehearsal_sends_nothing(on: On) {
        let stage = shop(on).await;
        stage.customer_writes(MAYA, "Where is my parcel?").await;
        stage.quiet().await;
        let graph = line(opened(), vec![say("Hello $contact.firstname|there"), ask("Which one?", "it")]);
        let id = stage.draft("Parcels", graph.clone()).await;
        let rehearsal = stage.desk.rehearse_workflow(&stage.ann, id, graph).await.expect("rehearses");
        assert_eq!((rehearsal.looked_at, rehearsal.entered), (1, 1));
        assert!(matches!(rehearsal.journeys[0].then, Some(RunNow::Waiting { .. })));
        assert_eq!(rehearsal.journeys[0].lines.len(), 4, "{:?}", rehearsal.journeys[0].lines);
        stage.quiet().await;
        assert_eq!(stage.messages(stage.of(MAYA).await.id).await.len(), 1);
        assert!(stage.runs_in(id).await.is_empty());
    }

    pub async fn a_rehearsal_goes_on_with_what_really_was_answered(on: On) {
        let stage = shop(on).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        stage.advance(HOUR).await;
        stage.customer_writes(MAYA, "42").await;
        stage.quiet().await;
        stage.advance(2 * DAY).await;
        let steps = vec![say("Hello"), ask("What size?", "size"), say("Size $answer.size|{?}")];
        let graph = line(opened(), steps);
        let id = stage.draft("Sizes", graph.clone()).await;
        let rehearsal = stage.desk.rehearse_workflow(&stage.ann, id, graph).await.expect("rehearses");
        assert_eq!((rehearsal.entered, rehearsal.messages, rehearsal.closed_windows), (1, 3, 0));
        let journey = &rehearsal.journeys[0];
        assert!(
            matches!(&journey.then, Some(RunNow::Ended { reason: Reason::Completed {}, .. })),
            "{journey:?}"
        );
        let answered = journey.lines.iter().flat_map(|line| &line.found);
        assert!(answered.into_iter().any(|found| *found == ("answer.size".to_owned(), "42".into())));
    }

    pub async fn a_rehearsal_counts_closed_windows_and_who_enters_once(on: On) {
        let stage = shop(on).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        stage.advance(HOUR).await;
        stage.desk.close(&stage.ann, stage.of(MAYA).await.id).await.expect("closes");
        stage.advance(HOUR).await;
        stage.customer_writes(MAYA, "Hi again").await;
        stage.quiet().await;
        stage.advance(3 * DAY).await;
        let late = line(TriggerKind::ConversationClosed {}, vec![wait(2 * DAY), say("How was it?")]);
        let id = stage.draft("Late", late.clone()).await;
        let rehearsal = stage.desk.rehearse_workflow(&stage.ann, id, late).await.expect("rehearses");
        assert_eq!((rehearsal.entered, rehearsal.messages, rehearsal.closed_windows), (1, 0, 1));
        let mut once = line(opened(), vec![say("Hello")]);
        once.trigger.as_mut().expect("a trigger").once_per_contact = true;
        let rehearsal = stage.desk.rehearse_workflow(&stage.ann, id, once).await.expect("rehearses");
        assert_eq!((rehearsal.entered, rehearsal.stayed_out), (1, 1));
        assert_eq!(rehearsal.journeys[1].stays_out, Some(NonStart::OncePerContact {}));
    }

    pub async fn a_rehearsal_knows_when_a_bot_had_the_thread(on: On) {
        let stage = Stage::new(on).await;
        stage.customer_writes(MAYA, "I want a refund").await;
        stage.quiet().await;
        let opens = line(opened(), vec![say("Welcome")]);
        let id = stage.draft("Welcomes", opens.clone()).await;
        let rehearsal = stage.desk.rehearse_workflow(&stage.ann, id, opens).await.expect("rehearses");
        assert_eq!((rehearsal.entered, rehearsal.stayed_out), (0, 1));
        let owner = "Another app".to_owned();
        assert_eq!(rehearsal.journeys[0].stays_out, Some(NonStart::BotOwned { owner }));
        let words = TriggerKind::MessageMatches { how: Match::Contains, words: vec!["refund".into()] };
        let hears = line(words, vec![say("A person will look at it.")]);
        let rehearsal = stage.desk.rehearse_workflow(&stage.ann, id, hears.clone()).await.expect("rehearses");
        assert_eq!((rehearsal.entered, rehearsal.bot_owned, rehearsal.messages), (1, 1, 0));
        stage.advance(HOUR).await;
        stage.simulator.bot_passes(&PAGE.into(), &MAYA.into(), &APP.into(), "refund").await.expect("passes");
        stage.quiet().await;
        let rehearsal = stage.desk.rehearse_workflow(&stage.ann, id, hears).await.expect("rehearses");
        assert_eq!((rehearsal.bot_owned, rehearsal.messages), (1, 1));
        let lost = line(TriggerKind::ControlReceived { from: None, metadata: vec![] }, vec![wait(HOUR)]);
        let rehearsal = stage.desk.rehearse_workflow(&stage.ann, id, lost).await.expect("rehearses");
        assert_eq!(rehearsal.entered, 1);
    }

    pub async fn a_rehearsal_says_what_the_past_does_not_tell(on: On) {
        let stage = shop(on).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let maya = stage.of(MAYA).await.id;
        stage.desk.set_contact_tag(&stage.mia, maya, "VIP".into(), true).await.expect("tags");
        let manual = line(TriggerKind::Manual {}, vec![say("Hello")]);
        let id = stage.draft("Sub", manual.clone()).await;
        let rehearsal = stage.desk.rehearse_workflow(&stage.ann, id, manual).await.expect("rehearses");
        assert_eq!((rehearsal.gap, rehearsal.looked_at), (Some(Gap::OtherWorkflows), 0));
        let tagged = TriggerKind::ContactTagUpdated { action: TagAction::Added, tags: vec!["vip".into()] };
        let tagged = line(tagged, vec![say("Hello")]);
        let rehearsal = stage.desk.rehearse_workflow(&stage.ann, id, tagged).await.expect("rehearses");
        assert_eq!((rehearsal.gap, rehearsal.entered), (Some(Gap::TagsByWorkflows), 1));
    }

    pub async fn beside_a_bot_publishing_asks_first(on: On) {
        let stage = Stage::new(on).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let id = stage.draft("Away", line(opened(), vec![say("Hi")])).await;
        let asked = stage.desk.publish_workflow(&stage.ann, id, false).await.expect("asks");
        assert_eq!(asked, Publishing::Confirm { pages: vec!["Shoe Shop".into()] });
        let silent = stage.draft("Silent", line(opened(), vec![wait(HOUR)])).await;
        let published = stage.desk.publish_workflow(&stage.ann, silent, false).await.expect("publishes");
        assert!(matches!(published, Publishing::Published { .. }));
        stage.publish(id).await;
        stage.desk.close(&stage.ann, stage.of(MAYA).await.id).await.expect("closes");
    }

    pub async fn agents_are_kept_out(on: On) {
        let stage = shop(on).await;
        let id = stage.published("Away", line(opened(), vec![wait(HOUR)])).await;
        assert_eq!(stage.desk.workflows(&stage.mia).await, Err(Failure::Forbidden));
        assert!(matches!(stage.desk.workflow(&stage.mia, id).await, Err(Failure::Forbidden)));
        assert!(matches!(stage.desk.stop_workflow(&stage.mia, id).await, Err(Failure::Forbidden)));
        assert!(matches!(stage.desk.export_workflow(&stage.mia, id).await, Err(Failure::Forbidden)));
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let run = stage.only_run(id).await.run;
        assert!(matches!(stage.desk.run(&stage.mia, run.id).await, Err(Failure::Forbidden)));
        stage.desk.stop_workflow(&stage.ann, id).await.expect("stops");
        assert_eq!(end(&stage.only_run(id).await.run), Reason::WorkflowStopped {});
    }
}
