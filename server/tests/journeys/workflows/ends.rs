//! How a run ends when a way has no step, when nobody fits, and when control does not come.

on_both!(
    an_answer_that_does_not_fit_goes_the_failure_way_or_ends_there,
    nobody_who_fits_in_time_ends_the_run_or_goes_the_timeout_way,
    an_empty_team_assigns_nobody_and_the_contact_goes_on,
    what_no_branch_takes_ends_there,
    control_that_never_comes_counts_as_not_sent,
    a_refused_take_over_counts_as_not_sent,
    whoever_has_the_fewest_open_is_chosen,
    a_full_desk_gets_no_more,
    an_answer_becomes_a_tag_a_field_and_a_number,
    a_new_contact_is_told_from_one_who_comes_back,
);

mod journeys {
    use super::super::kit::*;
    use crate::support::*;
    use app::api::workflows::WorkflowsDesk as _;
    use app::api::{ContactsDesk as _, ConversationsDesk as _, ListQuery, TeamChange, TeamDesk as _};
    use domain::workflow::condition::{Conditions, Join, Operator, Subject, Test};
    use domain::workflow::exit::Exit;
    use domain::workflow::graph::{Graph, Place};
    use domain::workflow::run::Reason;
    use domain::workflow::settings::{ControlPolicy, Settings};
    use domain::workflow::step::StepKind;
    use domain::workflow::steps::assign::{AssignTo, Logic, Target};
    use domain::workflow::steps::branch::{Branch, Way};
    use domain::workflow::steps::content::Content;
    use domain::workflow::steps::question::{AnswerKind, AskQuestion, DEFAULT_TIMEOUT, Save};
    use domain::workflow::trigger::{Match, TriggerKind};
    use domain::workflow::turn::{Because, Wait};
    use domain::workflow::view::RunNow;
    use domain::{DAY, HOUR, MINUTE, PersonId};
    use messenger::simulator::{Call, Fault};

    fn asks(kind: AnswerKind) -> StepKind {
        let save = Save { variable: Some("it".into()), ..Save::default() };
        let content = Content::text("Well?");
        StepKind::AskQuestion(AskQuestion { content, kind, save, timeout_ms: DEFAULT_TIMEOUT })
    }

    fn assigns(to: Target, fewer_than: Option<u32>) -> StepKind {
        StepKind::AssignTo(AssignTo { to, online_only: false, fewer_than, timeout_ms: HOUR })
    }

    fn anybody(logic: Logic) -> Target {
        Target::Workspace { logic }
    }

    /// Puts a step behind an end of the first one.
    fn then(mut graph: Graph, exit: Exit, step: StepKind) -> Graph {
        let first = graph.first.expect("a first step");
        graph.insert(Place::After(first, exit), "Behind it".into(), step).expect("fits");
        graph
    }

    fn person(actor: &domain::person::Actor) -> PersonId {
        actor.person().expect("a person").id
    }

    async fn maya_says(stage: &Stage, words: &str) {
        stage.customer_writes(MAYA, words).await;
        stage.quiet().await;
    }

    pub async fn an_answer_that_does_not_fit_goes_the_failure_way_or_ends_there(on: On) {
        let kinds = [
            (AnswerKind::Url {}, "no address", "https://example.com/7"),
            (AnswerKind::Number { min: Some(1), max: Some(9) }, "12", "7"),
            (AnswerKind::Date {}, "tomorrow", "2026-03-31"),
            (AnswerKind::Location {}, " ", "Torggata 7, Oslo"),
        ];
        for (kind, wrong, right) in kinds {
            let stage = shop(on).await;
            let ends = stage.published("Ends", line(opened(), vec![asks(kind.clone())])).await;
            maya_says(&stage, "Hi").await;
            maya_says(&stage, wrong).await;
            let run = stage.only_run(ends).await.run;
            assert!(matches!(end(&run), Reason::FailureBranchEmpty { .. }), "{kind:?}: {run:?}");
            stage.desk.stop_workflow(&stage.ann, ends).await.expect("stops");

            let graph = then(
                line(opened(), vec![asks(kind.clone()), say("Got $answer.it|{?}")]),
                Exit::Failure,
                say("What?"),
            );
            stage.published("Goes on", graph).await;
            stage.customer_writes(TOMAS, "Hi").await;
            stage.quiet().await;
            stage.customer_writes(TOMAS, wrong).await;
            stage.quiet().await;
            let tomas = stage.of(TOMAS).await.id;
            assert_eq!(stage.said(tomas).await.last().map(String::as_str), Some("What?"), "{kind:?}");
            let maya = stage.of(MAYA).await.id;
            stage.desk.close(&stage.ann, maya).await.expect("closes");
            maya_says(&stage, "Me again").await;
            maya_says(&stage, right).await;
            assert_eq!(stage.said(maya).await.last(), Some(&format!("Got {right}")), "{kind:?}");
        }
    }

    pub async fn nobody_who_fits_in_time_ends_the_run_or_goes_the_timeout_way(on: On) {
        let stage = shop(on).await;
        let nobody = || assigns(anybody(Logic::LeastOpen), Some(1));
        for n in 0..4 {
            // Everybody of the desk has one open conversation, so that nobody has fewer than one.
            stage.customer_writes(&format!("698812034771560{n}"), "Hi").await;
        }
        stage.quiet().await;
        let open = stage.desk.inbox(&stage.ann, ListQuery::of(domain::view::View::Open)).await;
        let open = open.expect("a list").conversations.items;
        let agents = stage.desk.people(&stage.ann).await.expect("people").agents;
        for (conversation, agent) in open.iter().zip(agents.iter().cycle()) {
            stage.desk.assign(&stage.ann, conversation.id, Some(agent.id), None).await.expect("assigns");
        }
        let ends = stage.published("Ends", line(opened(), vec![nobody()])).await;
        let goes_on = then(line(opened(), vec![nobody()]), Exit::Timeout, say("Nobody is here."));
        let goes_on = stage.published("Goes on", goes_on).await;
        maya_says(&stage, "Hi").await;
        stage.advance(HOUR - MINUTE).await;
        let run = stage.only_run(ends).await.run;
        assert!(matches!(run.now, RunNow::Waiting { wait: Wait::Assignee, .. }), "{run:?}");
        stage.advance(MINUTE).await;
        let run = stage.only_run(ends).await.run;
        assert!(matches!(end(&run), Reason::AssignTimeout { .. }), "{run:?}");
        assert_eq!(stage.said(stage.of(MAYA).await.id).await, ["Nobody is here."]);
        assert_eq!(end(&stage.only_run(goes_on).await.run), Reason::Completed {});
    }

    pub async fn an_empty_team_assigns_nobody_and_the_contact_goes_on(on: On) {
        let stage = shop(on).await;
        let team = stage
            .desk
            .put_team(&stage.ann, TeamChange { id: None, name: "Nobody's".into(), members: Vec::new() })
            .await
            .expect("a team");
        let to = || Target::Team { team: Some(team), logic: Logic::RoundRobin };
        let on_with_it = line(opened(), vec![assigns(to(), None), say("We will see.")]);
        let goes_on = stage.published("Goes on", on_with_it).await;
        let ends = stage.published("Ends", line(opened(), vec![assigns(to(), None)])).await;
        maya_says(&stage, "Hi").await;
        assert_eq!(stage.said(stage.of(MAYA).await.id).await, ["We will see."]);
        let detail = stage.only_run(goes_on).await;
        assert!(detail.lines.iter().any(|line| line.because == Because::EmptyTeam {}));
        let run = stage.only_run(ends).await.run;
        assert!(matches!(end(&run), Reason::AssignTeamEmptyNoNext { .. }), "{run:?}");
    }

    pub async fn what_no_branch_takes_ends_there(on: On) {
        let stage = shop(on).await;
        let test = Test {
            subject: Subject::LastIncoming {},
            operator: Operator::Contains,
            values: vec!["refund".into()],
        };
        let conditions = Conditions { join: Join::And, tests: vec![test] };
        let fork = StepKind::Branch(Branch { branches: vec![Way { name: "Refund".into(), conditions }] });
        let graph = then(line(opened(), vec![fork]), Exit::Branch(1), say("Which order?"));
        let id = stage.published("Forks", graph).await;
        maya_says(&stage, "Hello").await;
        let run = stage.only_run(id).await.run;
        assert!(matches!(end(&run), Reason::ElseEmpty { .. }), "{run:?}");
    }

    fn refund() -> TriggerKind {
        TriggerKind::MessageMatches { how: Match::Contains, words: vec!["refund".into()] }
    }

    pub async fn control_that_never_comes_counts_as_not_sent(on: On) {
        let stage = Stage::new(on).await;
        let id = stage.draft("Words", line(refund(), vec![say("A person will look at it.")])).await;
        let control = ControlPolicy::Wait { limit_ms: HOUR };
        stage.set(id, Settings { control, ..Settings::default() }).await;
        stage.publish(id).await;
        maya_says(&stage, "I want a refund").await;
        stage.advance(HOUR - MINUTE).await;
        assert!(!is_over(&stage.only_run(id).await.run));
        stage.advance(MINUTE).await;
        let run = stage.only_run(id).await.run;
        assert!(matches!(end(&run), Reason::SendFailed { .. }), "{run:?}");
        let maya = stage.of(MAYA).await.id;
        stage.simulator.bot_passes(&PAGE.into(), &MAYA.into(), &APP.into(), "refund").await.expect("passes");
        stage.quiet().await;
        assert!(stage.said(maya).await.is_empty(), "what was given up is not sent later");
    }

    pub async fn a_refused_take_over_counts_as_not_sent(on: On) {
        let stage = Stage::new(on).await;
        let id = stage.draft("Takes", line(refund(), vec![say("I am here.")])).await;
        stage.set(id, Settings { control: ControlPolicy::TakeOver {}, ..Settings::default() }).await;
        stage.publish(id).await;
        let refuse = Fault::Refuse { status: 400, code: 100, subcode: Some(2_018_001) };
        stage.simulator.faults().next(Call::Take, 1, refuse);
        maya_says(&stage, "I want a refund").await;
        let run = stage.only_run(id).await.run;
        assert!(matches!(end(&run), Reason::SendFailed { ref words, .. } if !words.is_empty()), "{run:?}");
        assert!(stage.said(stage.of(MAYA).await.id).await.is_empty());
    }

    pub async fn whoever_has_the_fewest_open_is_chosen(on: On) {
        let stage = shop(on).await;
        stage.customer_writes(TOMAS, "Hi").await;
        stage.quiet().await;
        let tomas = stage.of(TOMAS).await.id;
        stage.desk.assign(&stage.ann, tomas, Some(person(&stage.mia)), None).await.expect("assigns");
        stage.published("Spreads", line(opened(), vec![assigns(anybody(Logic::LeastOpen), None)])).await;
        maya_says(&stage, "Hi").await;
        let chosen = stage.of(MAYA).await.assignee.expect("somebody").id;
        assert_ne!(chosen, person(&stage.mia), "she has one already");
    }

    pub async fn a_full_desk_gets_no_more(on: On) {
        let stage = shop(on).await;
        let only_mia = Target::User { person: Some(person(&stage.mia)) };
        stage.published("To Mia", line(opened(), vec![assigns(only_mia, Some(1))])).await;
        stage.customer_writes(TOMAS, "Hi").await;
        stage.quiet().await;
        maya_says(&stage, "Hi").await;
        let tomas = stage.of(TOMAS).await;
        assert_eq!(tomas.assignee.map(|one| one.id), Some(person(&stage.mia)));
        assert_eq!(stage.of(MAYA).await.assignee, None, "she queues");
        stage.desk.close(&stage.mia, tomas.id).await.expect("closes");
        // Who looks for people does so by itself.
        for _ in 0..500 {
            if stage.of(MAYA).await.assignee.is_some() {
                break;
            }
            moment(20).await;
        }
        assert_eq!(stage.of(MAYA).await.assignee.map(|one| one.id), Some(person(&stage.mia)));
    }

    pub async fn an_answer_becomes_a_tag_a_field_and_a_number(on: On) {
        let stage = shop(on).await;
        let options = vec!["Boots".to_owned(), "Sandals".to_owned()];
        let field = domain::workflow::field::FieldKey::new("country").expect("a key");
        let save = Save { field: Some(field.clone()), variable: Some("what".into()), as_tag: true };
        let question = AskQuestion {
            content: Content::text("What do you look for?"),
            kind: AnswerKind::MultipleChoice { options },
            save,
            timeout_ms: DAY,
        };
        let steps = vec![StepKind::AskQuestion(question), say("Number $answer.what_number|{?}.")];
        stage.published("Asks", line(opened(), steps)).await;
        maya_says(&stage, "Hi").await;
        maya_says(&stage, "sandals").await;
        let maya = stage.of(MAYA).await;
        assert_eq!(stage.said(maya.id).await.last().map(String::as_str), Some("Number 2."));
        let contact = stage.desk.contact_details(&stage.mia, maya.id).await.expect("a contact");
        assert!(contact.tags.iter().any(|tag| tag == "Sandals"), "{:?}", contact.tags);
        let (_, country) = contact.fields.iter().find(|(one, _)| one.key == field).expect("the field");
        assert_eq!(country.to_string(), "Sandals");
    }

    pub async fn a_new_contact_is_told_from_one_who_comes_back(on: On) {
        let stage = shop(on).await;
        stage.published("Tells", line(opened(), vec![say("First time: $trigger.first_time|{?}")])).await;
        maya_says(&stage, "Hi").await;
        let maya = stage.of(MAYA).await.id;
        stage.reply(&stage.mia, maya, "Hello").await.expect("answers");
        stage.advance(MINUTE).await;
        stage.desk.close(&stage.mia, maya).await.expect("closes");
        stage.advance(MINUTE).await;
        maya_says(&stage, "Back again").await;
        assert_eq!(stage.said(maya).await, ["First time: yes", "First time: no"]);
    }
}
