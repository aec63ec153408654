//! The workspace: name, time zone, and what is left to do first.

on_both!(
    the_first_steps_are_read_from_what_is_there,
    only_a_zone_that_exists_is_kept_and_only_by_whoever_configures,
);

mod journeys {
    use crate::support::*;
    use app::api::{Failure, RoutingDesk as _, WorkspaceChange, WorkspaceDesk as _};
    use domain::person::{Actor, Person, Role};

    fn change(zone: &str) -> WorkspaceChange {
        WorkspaceChange { name: " Shoe Shop ".into(), zone: zone.into() }
    }

    pub async fn the_first_steps_are_read_from_what_is_there(on: On) {
        let stage = Stage::with(on, messenger::simulator::Setup::without_bots).await;
        let steps = stage.desk.workspace(&stage.ann).await.expect("a workspace").steps;
        assert!(steps.page && steps.people && !steps.zone && !steps.hours);
        assert_eq!(steps.routing.as_deref(), Some(PAGE), "nobody has checked it yet");
        stage.desk.check_routing(&stage.ann, PAGE.into()).await.expect("checked");
        let kept = stage.desk.keep_workspace(&stage.ann, change("Europe/Oslo")).await.expect("kept");
        assert_eq!(
            (kept.name.as_str(), kept.zone.as_str(), kept.steps.zone),
            ("Shoe Shop", "Europe/Oslo", true)
        );
    }

    pub async fn only_a_zone_that_exists_is_kept_and_only_by_whoever_configures(on: On) {
        let stage = Stage::with(on, messenger::simulator::Setup::without_bots).await;
        let nowhere = stage.desk.keep_workspace(&stage.ann, change("Europe/Nowhere")).await;
        assert!(matches!(nowhere, Err(Failure::Invalid { .. })), "{nowhere:?}");
        let person = stage.mia.person().expect("a person").clone();
        let tom = Actor::Person(Person { role: Role::Agent, ..person });
        assert_eq!(stage.desk.workspace(&tom).await, Err(Failure::Forbidden));
        assert_eq!(stage.desk.keep_workspace(&tom, change("UTC")).await, Err(Failure::Forbidden));
        assert_eq!(stage.desk.workspace(&stage.ann).await.expect("a workspace").zone, "UTC");
    }
}
