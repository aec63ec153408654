//! A run's way: it speaks, asks, waits, is stopped.

on_both!(
    a_customer_is_greeted_asked_and_thanked,
    seven_days_without_an_answer_end_the_run,
    waiting_is_over_when_its_time_has_come,
    an_agent_stops_a_run_and_the_second_is_told,
    stopping_the_workflow_ejects_everybody_and_publishing_again_brings_nobody_back,
    a_contact_does_not_enter_twice,
    nothing_is_sent_while_a_bot_has_control,
    control_is_taken_where_the_author_wants_it,
    whoever_takes_over_ends_what_ends_by_an_assignment,
    a_message_that_waits_while_a_bot_takes_control_does_not_leave,
    a_message_facebook_refuses_because_of_another_app_waits_for_control,
    a_workflow_that_rather_fails_does_so_when_it_loses_control,
    a_message_meta_refuses_ends_the_run_with_its_words,
    words_that_never_reached_meta_are_sent_once_more,
    words_whose_fate_stays_unknown_end_the_run,
    a_restricted_agent_neither_sees_nor_hears_runs,
    a_closed_conversation_is_closed_by_the_workflow,
    a_queue_waits_for_somebody_who_fits,
    a_long_queue_for_nobody_holds_up_no_other,
    a_survey_after_the_end_opens_nothing,
);

mod journeys {
    use super::super::kit::*;
    use crate::support::*;
    use app::api::workflows::WorkflowsDesk as _;
    use app::api::{ConversationsDesk as _, Failure, PagesDesk as _, RunsDesk as _, TeamDesk as _};
    use domain::conversation::control::OwnerKind;
    use domain::conversation::message::DeliveryState;
    use domain::conversation::standing::Status;
    use domain::live::Change;
    use domain::person::{Actor, Restrictions, Role};
    use domain::workflow::graph::Graph;
    use domain::workflow::run::{Entry, Reason, Run, State};
    use domain::workflow::settings::{ControlPolicy, ExitConditions, Settings};
    use domain::workflow::step::StepKind;
    use domain::workflow::steps::assign::{AssignTo, Logic, Target};
    use domain::workflow::steps::conversation::CloseConversation;
    use domain::workflow::turn::{Hold, Wait};
    use domain::workflow::view::RunNow;
    use domain::{ContactId, ConversationId, DAY, HOUR, MINUTE, PageId, Psid, RunId, WorkflowId};
    use messenger::simulator::{Call, Fault};
    use server::clock::Clock as _;
    use std::collections::BTreeMap;

    pub async fn a_customer_is_greeted_asked_and_thanked(on: On) {
        let stage = shop(on).await;
        let steps = vec![
            say("Hello $contact.firstname|there"),
            ask("What size?", "size"),
            say("Size $answer.size|{?}, fine."),
        ];
        let id = stage.published("Sizes", line(opened(), steps)).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let maya = stage.of(MAYA).await;
        assert_eq!(stage.said(maya.id).await, ["Hello Maya", "What size?"]);
        let run = stage.only_run(id).await.run;
        assert!(
            matches!(&run.now, RunNow::Waiting { wait: Wait::Answer, name, .. } if name == "Step 2"),
            "{run:?}"
        );
        stage.customer_writes(MAYA, "42").await;
        stage.quiet().await;
        assert_eq!(stage.said(maya.id).await, ["Hello Maya", "What size?", "Size 42, fine."]);
        let detail = stage.only_run(id).await;
        assert_eq!(end(&detail.run), Reason::Completed {});
        let kinds: Vec<&str> = detail.lines.iter().map(|line| line.kind.as_str()).collect();
        assert_eq!(kinds[..2], ["Send a Message", "Send a Message"], "asked, then taken by Meta");
        assert!(stage.messages(maya.id).await.iter().all(|one| one.delivery.error.is_none()));
        let report = stage.desk.workflow_report(&stage.ann, id, None).await.expect("a report");
        assert_eq!((report.entered, report.finished, report.running), (1, 1, 0));
        assert_eq!(report.steps.iter().map(|step| step.reached).collect::<Vec<_>>(), [1, 1, 1]);
    }

    pub async fn seven_days_without_an_answer_end_the_run(on: On) {
        let stage = shop(on).await;
        let id = stage.published("Asks", line(opened(), vec![ask("Well?", "it")])).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        stage.advance(7 * DAY - MINUTE).await;
        assert!(!is_over(&stage.only_run(id).await.run));
        stage.advance(MINUTE).await;
        let run = stage.only_run(id).await.run;
        assert!(matches!(end(&run), Reason::QuestionTimeout { .. }), "{run:?}");
    }

    pub async fn waiting_is_over_when_its_time_has_come(on: On) {
        let stage = shop(on).await;
        stage.published("Later", line(opened(), vec![wait(HOUR), say("Still there?")])).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let maya = stage.of(MAYA).await.id;
        stage.advance(HOUR - 1).await;
        assert!(stage.said(maya).await.is_empty());
        stage.advance(1).await;
        assert_eq!(stage.said(maya).await, ["Still there?"]);
    }

    pub async fn an_agent_stops_a_run_and_the_second_is_told(on: On) {
        let stage = shop(on).await;
        let id = stage.published("Asks", line(opened(), vec![ask("Well?", "it"), say("Thanks")])).await;
        let kept = stage.draft("Keeps going", line(opened(), vec![wait(HOUR)])).await;
        stage.set(kept, Settings { may_be_stopped: false, ..Settings::default() }).await;
        stage.publish(kept).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let maya = stage.of(MAYA).await.id;
        let panel = stage.desk.runs_of(&stage.mia, maya).await.expect("a panel");
        assert_eq!(panel.ongoing.len(), 1, "what may not be stopped is told to managers only");
        assert_eq!(stage.desk.runs_of(&stage.ann, maya).await.expect("a panel").ongoing.len(), 2);
        let run = panel.ongoing[0].id;
        let stopped = stage.desk.stop_run(&stage.mia, maya, run).await.expect("stops");
        assert!(!stopped.already);
        assert_eq!(end(&stopped.run), Reason::StoppedForContact { by: "Mia".into() });
        let again = stage.desk.stop_run(&stage.ann, maya, run).await.expect("answers");
        assert!(again.already);
        assert_eq!(end(&again.run), Reason::StoppedForContact { by: "Mia".into() });
        stage.customer_writes(MAYA, "too late").await;
        stage.quiet().await;
        assert_eq!(stage.said(maya).await, ["Well?"]);
        let keeps = stage.only_run(kept).await.run.id;
        assert!(matches!(stage.desk.stop_run(&stage.ann, maya, keeps).await, Err(Failure::Invalid { .. })));
        let panel = stage.desk.runs_of(&stage.mia, maya).await.expect("a panel");
        assert_eq!(panel.published.iter().filter(|one| one.workflow_id == id).count(), 1);
    }

    pub async fn stopping_the_workflow_ejects_everybody_and_publishing_again_brings_nobody_back(on: On) {
        let stage = shop(on).await;
        let id = stage.published("Asks", line(opened(), vec![ask("Well?", "it"), say("Thanks")])).await;
        for psid in [MAYA, TOMAS] {
            stage.customer_writes(psid, "Hi").await;
        }
        stage.quiet().await;
        let refused = stage.desk.delete_workflow(&stage.ann, id).await;
        assert!(matches!(refused, Err(Failure::Invalid { .. })), "published workflows stay");
        stage.desk.stop_workflow(&stage.ann, id).await.expect("stops");
        let runs = stage.runs_in(id).await;
        assert_eq!(runs.len(), 2);
        assert!(runs.iter().all(|run| end(run) == Reason::WorkflowStopped {}));
        stage.publish(id).await;
        stage.customer_writes(MAYA, "42").await;
        stage.quiet().await;
        assert_eq!(stage.runs_in(id).await.len(), 2);
        assert_eq!(stage.said(stage.of(MAYA).await.id).await, ["Well?"]);
        stage.desk.stop_workflow(&stage.ann, id).await.expect("stops");
        stage.desk.delete_workflow(&stage.ann, id).await.expect("deletes");
        assert!(matches!(stage.desk.workflow(&stage.ann, id).await, Err(Failure::Gone)));
    }

    pub async fn a_contact_does_not_enter_twice(on: On) {
        let stage = shop(on).await;
        let id = stage.published("Waits", line(opened(), vec![wait(DAY)])).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let maya = stage.of(MAYA).await.id;
        stage.desk.close(&stage.ann, maya).await.expect("closes");
        stage.customer_writes(MAYA, "Hi again").await;
        stage.quiet().await;
        assert_eq!(stage.runs_in(id).await.len(), 1);
        let panel = stage.desk.runs_of(&stage.ann, maya).await.expect("a panel");
        assert_eq!(panel.stayed_out.len(), 1);
        stage.advance(DAY).await;
        stage.desk.close(&stage.ann, maya).await.expect("closes");
        stage.customer_writes(MAYA, "And again").await;
        stage.quiet().await;
        assert_eq!(stage.runs_in(id).await.len(), 2);
    }

    pub async fn nothing_is_sent_while_a_bot_has_control(on: On) {
        let stage = Stage::new(on).await;
        let id =
            stage.published("Words", line(words("refund"), vec![say("A person will look at it.")])).await;
        stage.customer_writes(MAYA, "I want a refund").await;
        stage.quiet().await;
        let maya = stage.of(MAYA).await;
        assert_eq!(maya.control.owner, OwnerKind::Bot);
        assert!(stage.said(maya.id).await.is_empty());
        let run = stage.only_run(id).await.run;
        assert!(matches!(run.now, RunNow::Waiting { wait: Wait::Control, .. }), "{run:?}");
        stage.simulator.bot_passes(&PAGE.into(), &MAYA.into(), &APP.into(), "refund").await.expect("passes");
        stage.quiet().await;
        assert_eq!(stage.said(maya.id).await, ["A person will look at it."]);
    }

    pub async fn control_is_taken_where_the_author_wants_it(on: On) {
        let stage = Stage::new(on).await;
        let id = stage.draft("Takes", line(words("refund"), vec![say("I am here.")])).await;
        stage.set(id, Settings { control: ControlPolicy::TakeOver {}, ..Settings::default() }).await;
        stage.publish(id).await;
        stage.customer_writes(MAYA, "I want a refund").await;
        stage.quiet().await;
        let maya = stage.of(MAYA).await;
        assert_eq!(stage.said(maya.id).await, ["I am here."]);
        assert_eq!(maya.control.owner, OwnerKind::Ours);
        assert_eq!(end(&stage.only_run(id).await.run), Reason::Completed {});
    }

    pub async fn whoever_takes_over_ends_what_ends_by_an_assignment(on: On) {
        let stage = Stage::new(on).await;
        let exits = ExitConditions { manual_assignment: true, ..ExitConditions::default() };
        let id = stage.draft("Waits", line(words("refund"), vec![wait(HOUR)])).await;
        stage.set(id, Settings { exits, ..Settings::default() }).await;
        stage.publish(id).await;
        stage.customer_writes(MAYA, "I want a refund").await;
        stage.quiet().await;
        let maya = stage.of(MAYA).await.id;
        stage.desk.take_over(&stage.mia, maya).await.expect("taken");
        stage.quiet().await;
        let run = stage.only_run(id).await.run;
        assert!(matches!(end(&run), Reason::ExitManualAssignment { ref by } if by == "Mia"), "{run:?}");
    }

    /// What of ours arrived at Meta.
    fn reached(stage: &Stage) -> Vec<String> {
        let ours = stage.simulator.sends().into_iter().filter(|sent| sent.app == APP.into());
        ours.map(|sent| sent.text).collect()
    }

    /// A workflow decided to write, and the page is paused before its message leaves.
    async fn about_to_write(on: On, control: ControlPolicy) -> (Stage, WorkflowId) {
        let stage = Stage::new(on).await;
        let id = stage.draft("Words", line(words("refund"), vec![say("A person will look at it.")])).await;
        stage.set(id, Settings { control, ..Settings::default() }).await;
        stage.publish(id).await;
        stage.desk.pause_page(&stage.ann, PAGE.into()).await.expect("pauses");
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        stage.simulator.bot_passes(&PAGE.into(), &MAYA.into(), &APP.into(), "help").await.expect("passes");
        stage.quiet().await;
        stage.customer_writes(MAYA, "I want a refund").await;
        stage.quiet().await;
        let maya = stage.of(MAYA).await;
        assert_eq!(maya.control.owner, OwnerKind::Ours);
        let run = stage.only_run(id).await.run;
        assert!(matches!(run.now, RunNow::Waiting { wait: Wait::Acceptance, .. }), "{run:?}");
        (stage, id)
    }

    pub async fn a_message_that_waits_while_a_bot_takes_control_does_not_leave(on: On) {
        let (stage, id) = about_to_write(on, ControlPolicy::default()).await;
        stage.simulator.bot_takes(&PAGE.into(), &MAYA.into()).await.expect("takes");
        stage.quiet().await;
        stage.desk.resume_page(&stage.ann, PAGE.into()).await.expect("resumes");
        stage.quiet().await;
        assert!(reached(&stage).is_empty());
        let run = stage.only_run(id).await.run;
        assert!(matches!(run.now, RunNow::Waiting { wait: Wait::Control, .. }), "{run:?}");
        assert!(!stage.of(MAYA).await.failed, "nothing failed: it waits");
        stage.simulator.bot_passes(&PAGE.into(), &MAYA.into(), &APP.into(), "refund").await.expect("passes");
        stage.quiet().await;
        assert_eq!(reached(&stage), ["A person will look at it."]);
        assert_eq!(end(&stage.only_run(id).await.run), Reason::Completed {});
    }

    pub async fn a_message_facebook_refuses_because_of_another_app_waits_for_control(on: On) {
        let (stage, id) = about_to_write(on, ControlPolicy::default()).await;
        stage.simulator.faults().next(
            Call::Send,
            1,
            Fault::Refuse { status: 400, code: 10, subcode: Some(2_018_300) },
        );
        stage.desk.resume_page(&stage.ann, PAGE.into()).await.expect("resumes");
        stage.quiet().await;
        stage.advance(MINUTE).await;
        let run = stage.only_run(id).await.run;
        match stage.of(MAYA).await.control.owner {
            // Asked who it is, Facebook said that it is us after all.
            OwnerKind::Ours => assert_eq!(end(&run), Reason::Completed {}),
            _ => assert!(matches!(run.now, RunNow::Waiting { wait: Wait::Control, .. }), "{run:?}"),
        }
        stage.simulator.bot_passes(&PAGE.into(), &MAYA.into(), &APP.into(), "refund").await.ok();
        stage.quiet().await;
        assert_eq!(reached(&stage), ["A person will look at it."]);
        assert!(!stage.of(MAYA).await.failed);
    }

    pub async fn a_workflow_that_rather_fails_does_so_when_it_loses_control(on: On) {
        let (stage, id) = about_to_write(on, ControlPolicy::Fail {}).await;
        stage.simulator.bot_takes(&PAGE.into(), &MAYA.into()).await.expect("takes");
        stage.quiet().await;
        stage.desk.resume_page(&stage.ann, PAGE.into()).await.expect("resumes");
        stage.quiet().await;
        let run = stage.only_run(id).await.run;
        assert!(matches!(end(&run), Reason::SendFailed { .. }), "{run:?}");
        assert!(reached(&stage).is_empty());
    }

    pub async fn words_that_never_reached_meta_are_sent_once_more(on: On) {
        let stage = shop(on).await;
        let id = stage.published("Greets", line(opened(), vec![say("Hello"), say("And again")])).await;
        stage.simulator.faults().next(Call::Send, 1, Fault::Drop);
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let maya = stage.of(MAYA).await.id;
        assert_eq!(stage.messages(maya).await[1].delivery.state, DeliveryState::Unknown);
        for _ in 0..4 {
            stage.advance(MINUTE).await;
        }
        assert_eq!(stage.said(maya).await, ["Hello", "And again"]);
        assert_eq!(end(&stage.only_run(id).await.run), Reason::Completed {});
        assert!(!stage.of(MAYA).await.failed);
        assert!(stage.simulator.accepted_by_metadata().values().all(|times| *times == 1));
    }

    pub async fn words_whose_fate_stays_unknown_end_the_run(on: On) {
        let stage = shop(on).await;
        let id = stage.published("Greets", line(opened(), vec![say("Hello"), say("And again")])).await;
        stage.simulator.faults().next(Call::Send, 2, Fault::Drop);
        stage.customer_writes(MAYA, "Hi").await;
        for _ in 0..8 {
            stage.advance(MINUTE).await;
        }
        let run = stage.only_run(id).await.run;
        assert!(matches!(end(&run), Reason::SendFailed { .. }), "{run:?}");
        assert!(stage.simulator.accepted_by_metadata().is_empty());
    }

    pub async fn a_message_meta_refuses_ends_the_run_with_its_words(on: On) {
        let stage = shop(on).await;
        let id = stage.published("Greets", line(opened(), vec![say("Hello"), say("And again")])).await;
        stage.simulator.faults().next(
            Call::Send,
            1,
            Fault::Refuse { status: 400, code: 551, subcode: Some(1_545_041) },
        );
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let run = stage.only_run(id).await.run;
        assert!(matches!(end(&run), Reason::SendFailed { ref words, .. } if !words.is_empty()), "{run:?}");
        assert_eq!(stage.messages(stage.of(MAYA).await.id).await.len(), 2);
    }

    pub async fn a_restricted_agent_neither_sees_nor_hears_runs(on: On) {
        let stage = shop(on).await;
        let bounds = Restrictions { no_workflows: true, ..Restrictions::default() };
        let mia = stage.mia.person().expect("a person").clone();
        let change =
            app::api::PersonChange { id: mia.id, role: Role::Agent, teams: vec![], restrictions: bounds };
        stage.desk.change_person(&stage.ann, change).await.expect("restricts");
        let restricted =
            domain::person::Actor::Person(domain::person::Person { restrictions: bounds, ..mia });
        stage.published("Waits", line(opened(), vec![wait(HOUR)])).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let maya = stage.of(MAYA).await.id;
        assert_eq!(stage.desk.runs_of(&restricted, maya).await, Err(Failure::Forbidden));
        assert!(matches!(stage.desk.workflows(&stage.mia).await, Err(Failure::Forbidden)));
        let log =
            store::changes::after(&mut stage.node().db.snapshot().await.expect("reads"), 0, 10_000).await;
        let about_runs: Vec<_> = log
            .expect("a log")
            .into_iter()
            .filter(|entry| {
                let told: domain::live::Numbered = serde_json::from_str(&entry.frame).expect("a change");
                matches!(told.change, Change::Run { .. })
            })
            .collect();
        assert!(!about_runs.is_empty());
        let (deaf, hears) = (domain::live::Ears::from(&restricted), domain::live::Ears::from(&stage.ann));
        for entry in &about_runs {
            let frame = entry.frame.as_str().into();
            let reach = server::live::Reach::of(entry);
            assert!(reach.said(&frame, &deaf).is_empty());
            assert!(!reach.said(&frame, &hears).is_empty());
        }
    }

    pub async fn a_closed_conversation_is_closed_by_the_workflow(on: On) {
        let stage = shop(on).await;
        let close = StepKind::CloseConversation(CloseConversation::default());
        let id = stage.published("Closes", line(opened(), vec![wait(HOUR), close])).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        stage.advance(HOUR).await;
        assert_eq!(stage.of(MAYA).await.status, Status::Closed);
        assert!(matches!(end(&stage.only_run(id).await.run), Reason::ClosedByWorkflow { .. }));
    }

    pub async fn a_survey_after_the_end_opens_nothing(on: On) {
        let stage = shop(on).await;
        let closed = domain::workflow::trigger::TriggerKind::ConversationClosed {};
        let survey =
            stage.published("Survey", line(closed, vec![ask("How was it?", "it"), say("Thanks")])).await;
        let greets = stage.published("Greets", line(opened(), vec![wait(DAY)])).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let maya = stage.of(MAYA).await.id;
        stage.desk.close(&stage.ann, maya).await.expect("closes");
        stage.quiet().await;
        stage.customer_writes(MAYA, "Great").await;
        stage.quiet().await;
        assert_eq!(stage.said(maya).await, ["How was it?", "Thanks"]);
        let now = stage.of(MAYA).await;
        assert_eq!((now.status, now.unread), (Status::Closed, false));
        assert_eq!((stage.runs_in(survey).await.len(), stage.runs_in(greets).await.len()), (1, 1));
    }

    fn to(person: &Actor) -> StepKind {
        StepKind::AssignTo(AssignTo {
            to: Target::User { person: person.person().map(|person| person.id) },
            online_only: true,
            fewer_than: None,
            timeout_ms: DAY,
        })
    }

    /// Lets many wait at the first step of a workflow, as if they had come to it.
    async fn queue_up(stage: &Stage, workflow: WorkflowId, graph: &Graph, many: u64) {
        let (clock, now) = (&stage.clock, stage.clock.now());
        let page = PageId::from(PAGE);
        let mut tx = stage.node().db.begin().await.expect("begins");
        for n in 0..many {
            let psid = Psid(format!("{}", 7_000_000_000_000_000 + n));
            let ids = (ConversationId(clock.id()), ContactId(clock.id()));
            let opened = store::conversations::open(&mut tx, ids.0, ids.1, &page, &psid, now);
            let (conversation, _) = opened.await.expect("opens");
            let entry = Entry {
                id: RunId(clock.id()),
                workflow,
                version: 1,
                contact: conversation.contact,
                conversation: conversation.id,
                found: BTreeMap::new(),
            };
            let mut run = Run::begin(entry, graph, now);
            let at = run.step().expect("a step");
            run.state = State::Waiting { at, hold: Hold { wait: Wait::Assignee, until: Some(now + DAY) } };
            let record = store::runs::Record { run, ticket: None, lines: 0, test: false };
            assert!(store::runs::add(&mut tx, &record).await.expect("adds"));
            store::runs::save(&mut tx, &record).await.expect("saves");
        }
        tx.commit().await.expect("commits");
    }

    pub async fn a_long_queue_for_nobody_holds_up_no_other(on: On) {
        let stage = shop(on).await;
        let nobody = line(words("mia"), vec![to(&stage.mia)]);
        let waits = stage.published("To Mia", nobody.clone()).await;
        queue_up(&stage, waits, &nobody, 130).await;
        let id = stage.published("To Ann", line(words("ann"), vec![to(&stage.ann)])).await;
        stage.customer_writes(MAYA, "ann please").await;
        stage.quiet().await;
        let ann = stage.ann.person().expect("a person").id;
        let mut tx = stage.node().db.begin().await.expect("begins");
        store::people::seen(&mut tx, ann, stage.node().clock.now()).await.expect("noted");
        tx.commit().await.expect("commits");
        for _ in 0..500 {
            if is_over(&stage.only_run(id).await.run) {
                break;
            }
            moment(20).await;
        }
        assert_eq!(stage.of(MAYA).await.assignee.map(|person| person.id), Some(ann));
    }

    pub async fn a_queue_waits_for_somebody_who_fits(on: On) {
        let stage = shop(on).await;
        let step = AssignTo {
            to: Target::Workspace { logic: Logic::RoundRobin },
            online_only: true,
            fewer_than: None,
            timeout_ms: DAY,
        };
        let id = stage.published("To somebody", line(opened(), vec![StepKind::AssignTo(step)])).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        assert!(matches!(stage.only_run(id).await.run.now, RunNow::Waiting { wait: Wait::Assignee, .. }));
        let mia = stage.mia.person().expect("a person").id;
        let mut tx = stage.node().db.begin().await.expect("begins");
        store::people::seen(&mut tx, mia, stage.node().clock.now()).await.expect("noted");
        tx.commit().await.expect("commits");
        for _ in 0..500 {
            if is_over(&stage.only_run(id).await.run) {
                break;
            }
            moment(20).await;
        }
        assert_eq!(stage.of(MAYA).await.assignee.map(|person| person.id), Some(mia));
    }

    fn words(word: &str) -> domain::workflow::trigger::TriggerKind {
        domain::workflow::trigger::TriggerKind::MessageMatches {
            how: domain::workflow::trigger::Match::Contains,
            words: vec![word.into()],
        }
    }
}
