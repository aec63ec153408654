//! What the list and the report of workflows tell: what broke, who builds, and the numbers of one version.

on_both!(
    the_last_run_that_broke_stands_in_the_list,
    who_builds_is_seen_by_the_others,
    a_report_does_not_mix_versions,
    only_pages_that_work_are_tested_on,
    a_time_zone_that_does_not_exist_is_refused,
);

mod journeys {
    use super::super::kit::*;
    use crate::support::*;
    use app::api::pages::PagesDesk as _;
    use app::api::workflows::{Draft, Saving, TestSettings, WorkflowsDesk as _};
    use app::api::{ConversationsDesk as _, Failure};
    use domain::live::{Change, Numbered};
    use domain::page::Channel;
    use domain::workflow::run::Reason;
    use domain::workflow::step::StepKind;
    use domain::workflow::steps::flow::DateTime;
    use domain::workflow::view::{BROKEN_FOR, EDITS_FOR, WorkflowRow};
    use domain::{HOUR, WorkflowId};
    use messenger::simulator::{Call, Fault};

    async fn row(stage: &Stage, id: WorkflowId) -> WorkflowRow {
        let all = stage.desk.workflows(&stage.ann).await.expect("lists").items;
        all.into_iter().find(|row| row.id == id).expect("a row")
    }

    pub async fn the_last_run_that_broke_stands_in_the_list(on: On) {
        let stage = shop(on).await;
        let id = stage.published("Welcome", line(opened(), vec![say("Hi")])).await;
        assert_eq!(row(&stage, id).await.last_error, None);
        let blocked = Fault::Refuse { status: 400, code: 551, subcode: Some(1_545_041) };
        stage.simulator.faults().next(Call::Send, 1, blocked);
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let run = stage.only_run(id).await.run;
        let broken = row(&stage, id).await.last_error.expect("it broke");
        assert_eq!((broken.run, broken.name.as_deref()), (run.id, Some("Step 1")));
        assert!(matches!(broken.reason, Reason::SendFailed { .. }));
        stage.advance(BROKEN_FOR + HOUR).await;
        assert_eq!(row(&stage, id).await.last_error, None, "it is long ago");
    }

    /// How often everybody was told that workflows changed.
    async fn told(stage: &Stage) -> usize {
        let mut tx = stage.node().db.snapshot().await.expect("reads");
        let log = store::changes::after(&mut tx, 0, 10_000).await.expect("a log");
        let changes = log.into_iter().map(|entry| serde_json::from_str::<Numbered>(&entry.frame));
        changes.filter(|told| matches!(told.as_ref().expect("a change").change, Change::Workflows)).count()
    }

    pub async fn who_builds_is_seen_by_the_others(on: On) {
        let stage = shop(on).await;
        let id = stage.draft("Welcome", line(opened(), vec![say("Hi")])).await;
        let revision = row(&stage, id).await.revision;
        let draft = || Draft { graph: line(opened(), vec![say("Hello")]), revision };
        let before = told(&stage).await;
        for _ in 0..3 {
            stage.desk.keep_working_copy(&stage.ann, id, draft()).await.expect("keeps");
        }
        assert_eq!(told(&stage).await, before + 1, "once for a while of building");
        let editors = row(&stage, id).await.editors;
        assert_eq!(editors.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), [stage.ann.name()]);
        stage.advance(EDITS_FOR + 1).await;
        assert!(row(&stage, id).await.editors.is_empty());
        stage.desk.keep_working_copy(&stage.ann, id, draft()).await.expect("keeps");
        assert_eq!(row(&stage, id).await.editors.len(), 1);
        let saved = stage.desk.save_workflow(&stage.ann, id, draft()).await.expect("saves");
        assert!(matches!(saved, Saving::Saved { workflow } if workflow.editors.is_empty()));
    }

    pub async fn a_report_does_not_mix_versions(on: On) {
        let stage = shop(on).await;
        let id = stage.published("Welcome", line(opened(), vec![say("Hi")])).await;
        let report = async |version| stage.desk.workflow_report(&stage.ann, id, version).await;
        assert_eq!(report(None).await.expect("a report").version, 1);
        for psid in [MAYA, TOMAS] {
            stage.customer_writes(psid, "Hi").await;
        }
        stage.quiet().await;
        stage.desk.stop_workflow(&stage.ann, id).await.expect("stops");
        stage.save_draft(id, line(opened(), vec![say("Hello"), say("How can we help?")])).await;
        stage.publish(id).await;
        let early = report(None).await.expect("a report");
        assert_eq!((early.version, early.entered), (1, 2), "nobody has entered the newest yet");
        let maya = stage.of(MAYA).await.id;
        stage.desk.close(&stage.ann, maya).await.expect("closes");
        stage.customer_writes(MAYA, "Me again").await;
        stage.quiet().await;
        let newest = report(None).await.expect("a report");
        assert_eq!((newest.version, newest.entered, newest.steps.len()), (2, 1, 2));
        assert_eq!(newest.steps[0].reached, 1);
        let versions: Vec<_> = newest.versions.iter().map(|one| (one.version, one.entered)).collect();
        assert_eq!(versions, [(2, 1), (1, 2)]);
        let first = report(Some(1)).await.expect("a report");
        assert_eq!((first.version, first.entered, first.steps.len(), first.steps[0].reached), (1, 2, 1, 2));
        assert_eq!(report(Some(3)).await, Err(Failure::Gone));
    }

    pub async fn only_pages_that_work_are_tested_on(on: On) {
        let stage = shop(on).await;
        let id = stage.draft("Welcome", line(opened(), vec![say("Hi")])).await;
        let builder = stage.desk.workflow(&stage.ann, id).await.expect("opens");
        assert_eq!(builder.surroundings.channel, Channel::Simulator);
        stage.desk.pause_page(&stage.ann, PAGE.into()).await.expect("pauses");
        let settings = || TestSettings { page: PAGE.into(), variables: Default::default() };
        let refused = stage.desk.start_workflow_test(&stage.ann, id, settings()).await;
        assert!(
            matches!(&refused, Err(Failure::Invalid { message }) if message.contains("paused sending")),
            "{refused:?}"
        );
        stage.desk.resume_page(&stage.ann, PAGE.into()).await.expect("goes on");
        stage.desk.start_workflow_test(&stage.ann, id, settings()).await.expect("begins");
    }

    pub async fn a_time_zone_that_does_not_exist_is_refused(on: On) {
        let stage = shop(on).await;
        let id = stage.draft("Holidays", line(opened(), vec![say("Hi")])).await;
        let range = |zone: &str| {
            let (from, to) = ("2026-12-24".into(), "2026-12-26".into());
            line(opened(), vec![StepKind::DateTime(DateTime::DateRange { zone: zone.into(), from, to })])
        };
        let revision = row(&stage, id).await.revision;
        let draft = Draft { graph: range("Mars/Olympus"), revision };
        let saving = stage.desk.save_workflow(&stage.ann, id, draft).await.expect("answers");
        let Saving::Flawed { flaws } = saving else { panic!("{saving:?}") };
        assert_eq!(flaws.iter().map(|flaw| flaw.field.as_str()).collect::<Vec<_>>(), ["zone"]);
        stage.save_draft(id, range("Europe/Oslo")).await;
    }
}
