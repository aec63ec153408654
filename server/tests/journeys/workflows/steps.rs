//! What each step does to a conversation and its contact: a journey per step that no other file tells of.

on_both!(
    a_thread_is_sent_to_the_page_inbox,
    a_thread_is_given_to_an_app_with_words,
    a_thread_is_taken_and_who_has_it_is_asked,
    what_facebook_refuses_goes_the_failure_way_with_its_words,
    a_jump_repeats_steps_as_often_as_it_may,
    whatever_the_customer_does_next_is_waited_for,
    a_range_of_days_parts_the_way,
    a_closed_conversation_is_opened_by_the_workflow,
    a_field_is_written_and_what_does_not_fit_is_not,
    a_tag_that_is_taken_off_is_heard_of,
);

mod journeys {
    use super::super::kit::*;
    use crate::support::*;
    use app::api::{ContactsDesk as _, ConversationsDesk as _};
    use domain::conversation::control::OwnerKind;
    use domain::conversation::standing::Status;
    use domain::workflow::exit::Exit;
    use domain::workflow::field::FieldKey;
    use domain::workflow::graph::{Graph, Place};
    use domain::workflow::step::StepKind;
    use domain::workflow::steps::contact::{UpdateField, UpdateTag};
    use domain::workflow::steps::control::ThreadControl;
    use domain::workflow::steps::conversation::{AddComment, OpenConversation};
    use domain::workflow::steps::flow::{DateTime, JumpTo};
    use domain::workflow::steps::question::WaitForResponse;
    use domain::workflow::trigger::{Match, TagAction, TriggerKind};
    use domain::{AppId, DAY};

    fn note(text: &str) -> StepKind {
        StepKind::AddComment(AddComment { text: text.into(), mentions: Vec::new() })
    }

    async fn notes(stage: &Stage) -> Vec<String> {
        let maya = stage.of(MAYA).await.id;
        let thread = stage.desk.thread(&stage.ann, maya).await.expect("a thread");
        thread.notes.into_iter().map(|note| note.text).collect()
    }

    fn words(word: &str) -> TriggerKind {
        TriggerKind::MessageMatches { how: Match::Contains, words: vec![word.into()] }
    }

    /// Lets Maya write what sets a workflow off, and everything come of it.
    async fn maya_writes(stage: &Stage, text: &str) {
        stage.customer_writes(MAYA, text).await;
        stage.quiet().await;
    }

    /// A step with what follows each of its ways.
    fn parting(kind: TriggerKind, step: StepKind, ways: Vec<(Exit, StepKind)>) -> Graph {
        let mut graph = line(kind, vec![step]);
        let first = graph.first.expect("a step");
        for (exit, step) in ways {
            graph.insert(Place::After(first, exit), exit.to_string(), step).expect("fits");
        }
        graph
    }

    pub async fn a_thread_is_sent_to_the_page_inbox(on: On) {
        let stage = shop(on).await;
        // Nobody has an idle thread, and nobody can give it away.
        let take = StepKind::ThreadControl(ThreadControl::Take {});
        let steps = vec![take, StepKind::ThreadControl(ThreadControl::SendToInbox {}), note("sent")];
        stage.published("To the inbox", line(words("complaint"), steps)).await;
        maya_writes(&stage, "a complaint").await;
        assert_eq!(notes(&stage).await, ["sent"]);
        assert_eq!(stage.of(MAYA).await.control.owner, OwnerKind::PageInbox);
        assert_eq!(stage.owner().as_deref(), Some(AppId::PAGE_INBOX));
    }

    pub async fn a_thread_is_given_to_an_app_with_words(on: On) {
        let stage = Stage::new(on).await;
        let give =
            ThreadControl::Give { app: Some(BOT.into()), metadata: "from $contact.firstname|-".into() };
        let take = StepKind::ThreadControl(ThreadControl::Take {});
        let steps = vec![take, StepKind::ThreadControl(give), note("given")];
        stage.published("Gives", line(words("boots"), steps)).await;
        maya_writes(&stage, "boots").await;
        assert_eq!(notes(&stage).await, ["given"]);
        assert_eq!(stage.owner().as_deref(), Some(BOT));
        assert_eq!(stage.of(MAYA).await.control.owner, OwnerKind::Bot);
    }

    pub async fn a_thread_is_taken_and_who_has_it_is_asked(on: On) {
        let stage = Stage::new(on).await;
        let asks =
            |variable: &str| StepKind::ThreadControl(ThreadControl::GetOwner { variable: variable.into() });
        let steps = vec![
            asks("before"),
            StepKind::ThreadControl(ThreadControl::Take {}),
            asks("after"),
            note("$owner.before|-, then $owner.after|-"),
        ];
        stage.published("Takes", line(words("refund"), steps)).await;
        maya_writes(&stage, "refund").await;
        assert_eq!(notes(&stage).await, ["bot, then ours"]);
        assert_eq!(stage.owner().as_deref(), Some(APP));
    }

    pub async fn what_facebook_refuses_goes_the_failure_way_with_its_words(on: On) {
        let stage = Stage::new(on).await;
        stage.simulator.set_take_control(&PAGE.into(), &APP.into(), false);
        let take = StepKind::ThreadControl(ThreadControl::Take {});
        let ways = vec![(Exit::Next, note("taken")), (Exit::Failure, note("not taken"))];
        stage.published("Takes", parting(words("refund"), take, ways)).await;
        maya_writes(&stage, "refund").await;
        assert_eq!(notes(&stage).await, ["not taken"]);
    }

    pub async fn a_jump_repeats_steps_as_often_as_it_may(on: On) {
        let stage = shop(on).await;
        let steps = vec![note("again"), note("and over")];
        let mut graph = line(opened(), steps);
        let first = graph.first.expect("a step");
        let second = graph.steps[&first].exits[&Exit::Next];
        let jump = StepKind::JumpTo(JumpTo { target: Some(first), times: 2 });
        graph.insert(Place::After(first, Exit::Next), "Jump".into(), jump).expect("fits");
        assert!(graph.steps.contains_key(&second));
        stage.published("Repeats", graph).await;
        maya_writes(&stage, "Hi").await;
        assert_eq!(notes(&stage).await, ["again", "again", "again", "and over"]);
    }

    pub async fn whatever_the_customer_does_next_is_waited_for(on: On) {
        let stage = shop(on).await;
        let waits =
            StepKind::WaitForResponse(WaitForResponse { variable: Some("said".into()), timeout_ms: DAY });
        let ways = vec![(Exit::Next, note("heard $answer.said|-")), (Exit::Timeout, note("heard nothing"))];
        stage.published("Waits", parting(opened(), waits, ways)).await;
        maya_writes(&stage, "Hi").await;
        assert!(notes(&stage).await.is_empty());
        maya_writes(&stage, "blue").await;
        assert_eq!(notes(&stage).await, ["heard blue"]);
        stage.desk.close(&stage.ann, stage.of(MAYA).await.id).await.expect("closes");
        maya_writes(&stage, "Hi again").await;
        stage.advance(DAY).await;
        assert_eq!(notes(&stage).await, ["heard blue", "heard nothing"]);
    }

    pub async fn a_range_of_days_parts_the_way(on: On) {
        let stage = shop(on).await;
        // The clock stands at 21 November 2026.
        for (name, from, to) in [("now", "2026-11-21", "2026-11-21"), ("later", "2026-12-24", "2026-12-26")] {
            let range = StepKind::DateTime(DateTime::DateRange {
                zone: "Europe/Oslo".into(),
                from: from.into(),
                to: to.into(),
            });
            let (inside, outside) = (format!("{name}: inside"), format!("{name}: outside"));
            let ways = vec![(Exit::Success, note(&inside)), (Exit::Failure, note(&outside))];
            stage.published(name, parting(opened(), range, ways)).await;
        }
        maya_writes(&stage, "Hi").await;
        let mut noted = notes(&stage).await;
        noted.sort();
        assert_eq!(noted, ["later: outside", "now: inside"]);
    }

    pub async fn a_closed_conversation_is_opened_by_the_workflow(on: On) {
        let stage = shop(on).await;
        let opens = vec![wait(DAY), StepKind::OpenConversation(OpenConversation {})];
        stage.published("Opens", line(words("later"), opens)).await;
        stage.published("Hears", line(opened(), vec![note("opened by $trigger.source|-")])).await;
        maya_writes(&stage, "later please").await;
        let maya = stage.of(MAYA).await.id;
        stage.desk.close(&stage.ann, maya).await.expect("closes");
        stage.advance(DAY).await;
        assert_eq!(stage.of(MAYA).await.status, Status::Open);
        assert_eq!(notes(&stage).await, ["opened by contact", "opened by workflow"]);
    }

    pub async fn a_field_is_written_and_what_does_not_fit_is_not(on: On) {
        let stage = shop(on).await;
        let write = |key: &str, value: &str| {
            StepKind::UpdateContactField(UpdateField { field: FieldKey::new(key).ok(), value: value.into() })
        };
        let steps = vec![write("country", "Norway"), write("email", "$contact.name|-"), note("went on")];
        stage.published("Writes", line(opened(), steps)).await;
        maya_writes(&stage, "Hi").await;
        assert_eq!(notes(&stage).await, ["went on"]);
        let maya = stage.of(MAYA).await.id;
        let details = stage.desk.contact_details(&stage.ann, maya).await.expect("details");
        let value = |key: &str| {
            let found = details.fields.iter().find(|(field, _)| field.key.as_str() == key);
            found.map(|(_, value)| value.to_string())
        };
        assert_eq!((value("country").as_deref(), value("email").as_deref()), (Some("Norway"), Some("")));
    }

    pub async fn a_tag_that_is_taken_off_is_heard_of(on: On) {
        let stage = shop(on).await;
        let removed = TriggerKind::ContactTagUpdated { action: TagAction::Removed, tags: vec!["VIP".into()] };
        stage.published("Hears", line(removed, vec![note("no $trigger.tag|-")])).await;
        let tag = |action| StepKind::UpdateContactTag(UpdateTag { action, tags: vec!["VIP".into()] });
        let steps = vec![tag(TagAction::Added), tag(TagAction::Removed)];
        stage.published("Tags", line(opened(), steps)).await;
        maya_writes(&stage, "Hi").await;
        assert_eq!(notes(&stage).await, ["no VIP"]);
        let maya = stage.of(MAYA).await.id;
        assert!(stage.desk.contact_details(&stage.ann, maya).await.expect("details").tags.is_empty());
    }
}
