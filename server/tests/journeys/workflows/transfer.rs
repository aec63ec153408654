//! A workflow goes from one workspace to another by its file, and does there what it did here.

on_both!(what_comes_from_another_workspace_does_the_same_here);

mod journeys {
    use super::super::kit::*;
    use crate::support::*;
    use app::api::workflows::{RunDetail, WorkflowsDesk as _};
    use domain::conversation::message::AuthorKind;
    use domain::workflow::graph::Graph;
    use domain::workflow::run::Reason;
    use domain::workflow::step::StepKind;
    use domain::workflow::steps::assign::{AssignTo, Logic, Target};
    use domain::workflow::steps::contact::UpdateTag;
    use domain::workflow::trigger::TagAction;
    use domain::{DAY, TeamId, WorkflowId};
    use server::desk::set_up;

    async fn team(stage: &Stage, name: &str) -> TeamId {
        let mia = stage.mia.person().expect("a person").id;
        set_up::add_team(stage.node(), name, &[mia]).await.expect("a team");
        let mut tx = stage.node().db.snapshot().await.expect("reads");
        let teams = store::people::teams(&mut tx).await.expect("teams");
        teams.into_iter().find(|team| team.name == name).expect("it is there").id
    }

    fn assign(team: Option<TeamId>) -> StepKind {
        let to = Target::Team { team, logic: Logic::RoundRobin };
        StepKind::AssignTo(AssignTo { to, online_only: false, fewer_than: None, timeout_ms: DAY })
    }

    /// A name that would be a script, were it not shown as text.
    const NAME: &str = "<img src=x onerror=alert(1)> Sizes";

    fn sizes(team: TeamId) -> Graph {
        let tag = UpdateTag { action: TagAction::Added, tags: vec!["asked".into()] };
        let steps = vec![
            ask("What size?", "size"),
            StepKind::UpdateContactTag(tag),
            assign(Some(team)),
            say("Size $answer.size|{?}, thanks."),
        ];
        line(opened(), steps)
    }

    /// Somebody writes and answers; what was said, and by which steps.
    async fn told(stage: &Stage, id: WorkflowId) -> (Vec<String>, RunDetail) {
        stage.customer_writes(MAYA, "Hello").await;
        stage.quiet().await;
        stage.customer_writes(MAYA, "42").await;
        stage.quiet().await;
        let thread = stage.of(MAYA).await.id;
        let messages = stage.messages(thread).await;
        let said = messages.into_iter().filter(|one| one.author.kind == AuthorKind::Workflow);
        (said.filter_map(|one| one.text).collect(), stage.only_run(id).await)
    }

    pub async fn what_comes_from_another_workspace_does_the_same_here(on: On) {
        let (there, here) = (shop(on).await, shop(on).await);
        let original = there.published(NAME, sizes(team(&there, "Returns").await)).await;
        let file = there.desk.export_workflow(&there.ann, original).await.expect("exports");

        let report = here.desk.import_workflow(&here.ann, file.json).await.expect("imports");
        assert_eq!(report.workflow.name, NAME);
        let removed: Vec<_> =
            report.removed.iter().map(|one| (one.step.as_str(), one.what.as_str())).collect();
        assert_eq!(removed, [("Step 3", "a team")], "what does not exist here is named with its step");
        let copy = report.workflow.id;
        assert_eq!(report.workflow.incomplete, 1);
        let refused = here.desk.publish_workflow(&here.ann, copy, true).await;
        assert!(refused.is_err(), "it lacks a team: {refused:?}");

        let mut graph = here.desk.workflow(&here.ann, copy).await.expect("loads").graph;
        let own = team(&here, "Complaints").await;
        let step = graph.steps.values_mut().find(|step| step.name == "Step 3").expect("the third step");
        assert_eq!(step.kind, assign(None));
        step.kind = assign(Some(own));
        here.save_draft(copy, graph).await;
        here.publish(copy).await;

        let (said_there, run_there) = told(&there, original).await;
        let (said_here, run_here) = told(&here, copy).await;
        assert_eq!(said_here, ["What size?", "Size 42, thanks."]);
        assert_eq!(said_here, said_there);
        let steps = |run: &RunDetail| {
            let line = |line: &domain::workflow::view::RunLine| {
                (line.n, line.name.clone(), line.kind.clone(), line.exit, line.found.clone())
            };
            run.lines.iter().map(line).collect::<Vec<_>>()
        };
        assert_eq!(steps(&run_here), steps(&run_there));
        assert_eq!((end(&run_here.run), end(&run_there.run)), (Reason::Completed {}, Reason::Completed {}));
        assert_eq!(here.of(MAYA).await.team.map(|team| team.id), Some(own));
    }
}
