//! Why nothing started, what a run tells, and what is left of a workflow that is gone.

on_both!(
    a_workflow_that_writes_says_that_a_bot_had_the_thread,
    a_workflow_that_does_not_run_is_told_where_it_was_to_be_started,
    a_run_tells_who_was_assigned_what_came_in_and_which_message_went_out,
    a_thread_tells_what_began_and_ended_by_itself,
    a_deleted_workflow_leaves_why_its_runs_ended,
);

mod journeys {
    use super::super::kit::*;
    use crate::support::*;
    use app::api::workflows::WorkflowsDesk as _;
    use app::api::{ConversationsDesk as _, RunsDesk as _};
    use domain::workflow::run::{NonStart, Reason};
    use domain::workflow::step::StepKind;
    use domain::workflow::steps::assign::{AssignTo, Target};
    use domain::workflow::steps::flow::TriggerWorkflow;
    use domain::workflow::trigger::TriggerKind;
    use domain::workflow::turn::{Because, Input};
    use domain::workflow::view::RunNow;
    use domain::{DAY, HOUR, WorkflowId};

    /// Why Maya did not enter, the newest first.
    async fn stayed_out(stage: &Stage) -> Vec<(WorkflowId, NonStart)> {
        let maya = stage.of(MAYA).await.id;
        let panel = stage.desk.runs_of(&stage.ann, maya).await.expect("a panel");
        panel.stayed_out.into_iter().map(|one| (one.workflow_id, one.why)).collect()
    }

    pub async fn a_workflow_that_writes_says_that_a_bot_had_the_thread(on: On) {
        let stage = Stage::new(on).await;
        let id = stage.published("Welcomes", line(opened(), vec![say("Welcome")])).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let told = stayed_out(&stage).await;
        // Whether Meta has said by then which app it is depends on which of its webhooks is read first.
        assert!(
            matches!(&told[..], [(of, NonStart::BotOwned { owner })] if *of == id && !owner.is_empty()),
            "{told:?}"
        );
        let report = stage.desk.workflow_report(&stage.ann, id, None).await.expect("a report");
        assert_eq!((report.entered, report.non_starts), (0, vec![("bot_owned".to_owned(), 1)]));
    }

    pub async fn a_workflow_that_does_not_run_is_told_where_it_was_to_be_started(on: On) {
        let stage = shop(on).await;
        let sub = stage.draft("Sub", line(TriggerKind::Manual {}, vec![say("Sub")])).await;
        let start = StepKind::TriggerWorkflow(TriggerWorkflow { workflow: Some(sub), step: None });
        let id = stage.published("Main", line(opened(), vec![start])).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let not_running = NonStart::NotRunning { by: "Main".into() };
        assert_eq!(stayed_out(&stage).await, [(sub, not_running.clone())]);
        let lines = stage.only_run(id).await.lines;
        let because = Because::NotStarted { name: Some("Sub".into()), why: not_running };
        assert_eq!(lines.last().expect("a line").because, because);
        stage.publish(sub).await;
        stage.desk.close(&stage.ann, stage.of(MAYA).await.id).await.expect("closes");
        stage.customer_writes(MAYA, "Again").await;
        stage.quiet().await;
        assert_eq!(stage.said(stage.of(MAYA).await.id).await, ["Sub"]);
        let newest = stage.runs_in(id).await[0].id;
        let line = stage.desk.run(&stage.ann, newest).await.expect("a run").lines.pop().expect("a line");
        assert_eq!((line.because, line.names[&sub.to_string()].as_str()), (Because::Done {}, "Sub"));
    }

    pub async fn a_run_tells_who_was_assigned_what_came_in_and_which_message_went_out(on: On) {
        let stage = shop(on).await;
        let mia = stage.mia.person().expect("a person").id;
        let step = AssignTo {
            to: Target::User { person: Some(mia) },
            online_only: false,
            fewer_than: None,
            timeout_ms: DAY,
        };
        let steps = vec![StepKind::AssignTo(step), ask("What size?", "size")];
        let id = stage.published("Sizes", line(opened(), steps)).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        stage.customer_writes(MAYA, "42").await;
        stage.quiet().await;
        let lines = stage.only_run(id).await.lines;
        assert_eq!(lines[0].names[&mia.to_string()], "Mia");
        assert_eq!(lines[0].input, None);
        let (message, mid) = lines[1].message.clone().expect("a message");
        let sent = stage.messages(stage.of(MAYA).await.id).await;
        let question = sent.iter().find(|one| one.id == message).expect("in the thread");
        assert_eq!((question.text.as_deref(), &question.mid), (Some("What size?"), &mid));
        assert!(mid.is_some());
        assert_eq!(lines[2].input, Some(Input::Accepted));
        let last = lines.last().expect("a line");
        assert!(matches!(&last.input, Some(Input::Said(answer)) if answer.text.as_deref() == Some("42")));
        assert!(last.found.contains(&("answer.size".to_owned(), "42".into())), "{last:?}");
    }

    pub async fn a_thread_tells_what_began_and_ended_by_itself(on: On) {
        let stage = shop(on).await;
        let id = stage.published("Asks", line(opened(), vec![ask("Well?", "it")])).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let maya = stage.of(MAYA).await.id;
        let lines = async || {
            let told = stage.desk.thread(&stage.mia, maya).await.expect("a thread").activity;
            let of_runs = told.into_iter().rev().filter(|one| one.act.starts_with("run."));
            let word = |one: &domain::view::Activity| one.detail["reason"].as_str().map(str::to_owned);
            of_runs.map(|one| (one.act.clone(), word(&one))).collect::<Vec<_>>()
        };
        assert_eq!(lines().await, [("run.entered".to_owned(), None)]);
        stage.advance(7 * DAY + HOUR).await;
        assert_eq!(end(&stage.only_run(id).await.run).as_str(), "question_timeout");
        let ended = ("run.ended".to_owned(), Some("question_timeout".to_owned()));
        assert_eq!(lines().await, [("run.entered".to_owned(), None), ended]);
    }

    pub async fn a_deleted_workflow_leaves_why_its_runs_ended(on: On) {
        let stage = shop(on).await;
        let id = stage.published("Sizes", line(opened(), vec![ask("What size?", "size")])).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        stage.customer_writes(TOMAS, "Hi").await;
        stage.quiet().await;
        stage.advance(7 * DAY).await;
        stage.customer_writes(MAYA, "Hello").await;
        stage.quiet().await;
        stage.desk.stop_workflow(&stage.ann, id).await.expect("stops");
        stage.desk.delete_workflow(&stage.ann, id).await.expect("deletes");
        let maya = stage.of(MAYA).await.id;
        let panel = stage.desk.runs_of(&stage.mia, maya).await.expect("a panel");
        let [run] = &panel.ended[..] else { panic!("{:?}", panel.ended) };
        assert_eq!((run.workflow.as_str(), run.deleted, run.has_log()), ("Sizes", true, false));
        assert!(
            matches!(&run.now, RunNow::Ended { reason: Reason::QuestionTimeout { .. }, name, .. }
                if name.as_deref() == Some("Step 1")),
            "{run:?}"
        );
        assert!(run.contact.starts_with("Maya"));
    }
}
