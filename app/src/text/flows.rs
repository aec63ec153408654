//! Where runs are, what they decided and why they ended, for agents and managers.

use crate::language::in_sentence;
use crate::language::told;
use domain::workflow::condition::{Operator, Subject, Tested};
use domain::workflow::run::{NonStart, Reason};
use domain::workflow::turn::{Answer, Because, CallResult, Effect, Input, Wait};
use domain::workflow::value::Value;
use domain::workflow::view::Names;
use domain::{AppId, PersonId, TeamId};

words! {
    workflows: "Workflows",
    contact: "Contact",
    ongoing: "Ongoing workflows",
    none_ongoing: "No workflow is running for this contact.",
    shortcuts: "Shortcuts",
    not_running: "Published, not running",
    none_published: "No other workflow is published.",
    ended: "Ended",
    none_ended: "None has ended yet.",
    stayed_out_label: "Did not start",
    stop: "Stop",
    stopping: "Stopping…",
    started_label: "Started",
    until: "until",
    test_run: "Test",
    may_not_be_stopped: "Its settings do not let anybody stop it for a contact. A manager can change that while it runs.",
    start: "Start",
    form_required: "This has to be answered.",
    choose: "Choose…",
    yes: "Yes",
    no: "No",
    runs_unavailable: "The workflows of this contact cannot be shown",
}

/// The accessible name of the button that ends a run.
pub fn stop_named(workflow: &str) -> String {
    say!("Stop {workflow}", workflow)
}

/// The accessible name of a shortcut.
pub fn start_named(shortcut: &str) -> String {
    say!("Start {shortcut}", shortcut)
}

/// What became of stopping, when it had ended before.
pub fn already_ended(workflow: &str, how: &str) -> String {
    say!("{workflow} had ended already. {how}", workflow, how)
}

/// What became of stopping.
pub fn stopped(workflow: &str) -> String {
    say!("{workflow} was stopped for this contact.", workflow)
}

/// What became of a shortcut.
pub fn started(workflow: &str) -> String {
    say!("{workflow} has started.", workflow)
}

/// A line of a form that may stay empty.
pub fn optional(label: &str) -> String {
    say!("{label} (optional)", label)
}

/// "At “Ask”"
pub fn at_step(name: &str) -> String {
    say!("At “{name}”", name)
}

/// "At “Ask”, waits for an answer"
pub fn waits_at_step(name: &str, wait: Wait) -> String {
    say!("At “{name}”, {waiting}", name, waiting = waiting(wait))
}

/// What a run waits for.
pub fn waiting(wait: Wait) -> &'static str {
    match wait {
        Wait::Control => say!("waits until we have control of the thread"),
        Wait::Acceptance => say!("waits until Facebook takes the message"),
        Wait::Answer => say!("waits for an answer"),
        Wait::Assignee => say!("waits for somebody who can take it"),
        Wait::Time => say!("waits"),
        Wait::Call => say!("waits for another service"),
    }
}

/// The end of a run in one sentence. `step`: the name of the step the reason is about.
pub fn ending(reason: &Reason, step: Option<&str>) -> String {
    let step = step.unwrap_or(say!("A step that is no longer there"));
    match reason {
        Reason::Completed {} => say!("It reached its end.").into(),
        Reason::WorkflowStopped {} => say!("The workflow was stopped for everybody.").into(),
        Reason::WorkflowDeleted {} => say!("The workflow was deleted.").into(),
        Reason::StoppedForContact { by } => say!("{by} stopped it for this contact.", by),
        Reason::ExitOutgoing { .. } => say!("Somebody in the team wrote to the contact.").into(),
        Reason::ExitIncoming { .. } => say!("The contact wrote while no question was open.").into(),
        Reason::ExitManualAssignment { by } => say!("{by} assigned the conversation by hand.", by),
        Reason::FailureBranchEmpty { .. } => say!("“{step}” failed, and nothing follows Failure.", step),
        Reason::QuestionTimeout { .. } => say!("Nobody answered “{step}” in time.", step),
        Reason::AssignTimeout { .. } => say!("“{step}” found nobody in time.", step),
        Reason::ElseEmpty { .. } => say!("No branch of “{step}” fitted, and nothing follows Else.", step),
        Reason::AssignTeamEmptyNoNext { .. } => {
            say!("“{step}” found an empty team, and nothing follows.", step)
        }
        Reason::SendFailed { words, .. } => {
            say!("“{step}” could not be sent: {words}", step, words = told(words))
        }
        Reason::ClosedByWorkflow { .. } => {
            say!("“{step}” closed the conversation, and nothing follows.", step)
        }
        Reason::InternalError { .. } => {
            say!("Baton could not carry out “{step}”. Nothing was sent; tell whoever runs the server.", step)
        }
    }
}

/// A reason by its stored word, as a report counts it.
pub fn reason(word: &str) -> &'static str {
    match word {
        "completed" => say!("Reached the end"),
        "workflow_stopped" => say!("Workflow stopped"),
        "workflow_deleted" => say!("Workflow deleted"),
        "stopped_for_contact" => say!("Stopped for the contact"),
        "exit_outgoing" => say!("The team wrote"),
        "exit_incoming" => say!("The contact wrote"),
        "exit_manual_assignment" => say!("Assigned by hand"),
        "failure_branch_empty" => say!("Failed, nothing followed"),
        "question_timeout" => say!("No answer in time"),
        "assign_timeout" => say!("Nobody to assign in time"),
        "else_empty" => say!("No branch fitted"),
        "assign_team_empty_no_next" => say!("Empty team, nothing followed"),
        "send_failed" => say!("A message could not be sent"),
        "closed_by_workflow" => say!("Conversation closed by it"),
        "internal_error" => say!("Could not be carried out"),
        _ => say!("Another reason"),
    }
}

/// Why a contact did not enter.
pub fn stayed_out(why: &NonStart) -> String {
    match why {
        NonStart::ConditionsNotMet { tested } => {
            let failed: Vec<String> = tested.iter().filter(|one| !one.holds).map(test).collect();
            match failed.len() {
                0 => say!("The conditions did not hold.").into(),
                1 => say!("A condition did not hold: {failed}.", failed = failed[0]),
                _ => say!("Conditions did not hold: {failed}.", failed = failed.join("; ")),
            }
        }
        NonStart::AlreadyEnrolled {} => say!("The contact was in it already.").into(),
        NonStart::OncePerContact {} => {
            say!("The contact was in it before, and it takes everybody once.").into()
        }
        NonStart::BotOwned { owner } => {
            say!(
                "{owner} had the thread, and this workflow writes. It looks again when control comes to us.",
                owner
            )
        }
        NonStart::NotRunning { by } => say!("“{by}” wanted to start it, and it was not published.", by),
    }
}

/// A reason for not entering by its stored word, as a report counts it.
pub fn non_start(word: &str) -> &'static str {
    match word {
        "conditions_not_met" => say!("Conditions did not hold"),
        "already_enrolled" => say!("Was in it already"),
        "once_per_contact" => say!("Was in it before, and everybody enters once"),
        "bot_owned" => say!("A bot had the thread"),
        "not_running" => say!("Not published when another workflow wanted to start it"),
        _ => say!("Another reason"),
    }
}

/// A test with what it found: "email exists (it was empty)".
pub fn test(tested: &Tested) -> String {
    let values: Vec<&str> = tested.test.values.iter().map(|value| value.as_str()).collect();
    let compared = match values.is_empty() {
        true => operator(tested.test.operator).to_owned(),
        false => format!("{} “{}”", operator(tested.test.operator), values.join(", ")),
    };
    say!(
        "{subject} {compared} (it was {shown})",
        subject = subject(&tested.test.subject),
        compared,
        shown = shown(&tested.actual)
    )
}

/// A value as a reader sees it; what is empty says so.
pub fn shown(value: &Value) -> String {
    if value.is_empty() { say!("empty").into() } else { format!("“{value}”") }
}

fn subject(subject: &Subject) -> String {
    match subject {
        Subject::ContactField { field } => field.as_str().replace('_', " "),
        Subject::ContactTags {} => say!("tags").into(),
        Subject::Variable { name } => name.clone(),
        Subject::AssigneeStatus {} => say!("assignee").into(),
        Subject::Page {} => say!("page").into(),
        Subject::LastOutgoingSource {} => say!("source of our last message").into(),
        Subject::LastIncoming {} => say!("last message from the contact").into(),
        Subject::LastOutgoing {} => say!("our last message").into(),
        Subject::SinceIncoming {} => say!("time since the contact wrote").into(),
        Subject::SinceOutgoing {} => say!("time since we wrote").into(),
        Subject::ControlOwner {} => say!("control").into(),
        Subject::Window {} => say!("messaging window").into(),
        Subject::BusinessHours { .. } => say!("business hours").into(),
        Subject::ConversationStatus {} => say!("conversation").into(),
    }
}

fn operator(operator: Operator) -> &'static str {
    match operator {
        Operator::Equal => say!("is"),
        Operator::NotEqual => say!("is not"),
        Operator::Greater => say!("is greater than"),
        Operator::Less => say!("is less than"),
        Operator::Between | Operator::BetweenMoments => say!("is between"),
        Operator::Exists => say!("exists"),
        Operator::NotExists => say!("does not exist"),
        Operator::Contains => say!("contains"),
        Operator::NotContains => say!("does not contain"),
        Operator::AnyOf => say!("has any of"),
        Operator::AllOf => say!("has all of"),
        Operator::NoneOf => say!("has none of"),
        Operator::After => say!("is after"),
        Operator::Before => say!("is before"),
    }
}

/// What a turn decided, a line each; nothing when there was nothing to decide.
pub fn decision(because: &Because, names: &Names) -> Vec<String> {
    match because {
        Because::Done {} => Vec::new(),
        Because::Branches { tested } => tested.iter().flat_map(|(name, tests)| branch(name, tests)).collect(),
        Because::Answered { value } => vec![say!("Answered {shown}", shown = shown(value))],
        Because::Invalid { words } => vec![say!("The answer did not fit: {words}", words = told(words))],
        Because::TimeIsUp {} => vec![say!("The time was up").into()],
        Because::NotSent { words } => vec![say!("Not sent: {words}", words = told(words))],
        Because::NoControl { owner } => vec![say!("{owner} had control", owner)],
        Because::Assigned { person: None, team: None } => vec![say!("Unassigned").into()],
        Because::Assigned { person, team } => vec![match whom(*person, *team, names) {
            Some(whom) => say!("Found {whom}", whom),
            None => say!("Found somebody").into(),
        }],
        Because::NobodyFits {} => vec![say!("Nobody could take it").into()],
        Because::EmptyTeam {} => vec![say!("The team is empty").into()],
        Because::Hours { open: true } => vec![say!("Within business hours").into()],
        Because::Hours { open: false } => vec![say!("Outside business hours").into()],
        Because::JumpedOut { times } => vec![say!("Jumped {times} times, and no more", times)],
        Because::Called { words } => vec![words.clone()],
        Because::NotStarted { name, why } => {
            let name = name
                .as_ref()
                .map_or_else(|| say!("A deleted workflow").to_owned(), |name| format!("“{name}”"));
            vec![say!("{name} was not started: {not_started}", name, not_started = not_started(why))]
        }
    }
}

/// Why a workflow did not take the contact another one sent, behind a colon.
fn not_started(why: &NonStart) -> String {
    match why {
        NonStart::NotRunning { .. } => say!("it is not published with the Manual Trigger.").into(),
        other => in_sentence(&stayed_out(other)),
    }
}

/// Who got a conversation.
fn whom(person: Option<PersonId>, team: Option<TeamId>, names: &Names) -> Option<String> {
    let named = |id: Option<String>| id.and_then(|id| names.get(&id).cloned());
    match (named(person.map(|id| id.to_string())), named(team.map(|id| id.to_string()))) {
        (Some(person), Some(team)) => Some(say!("{person} of {team}", person, team)),
        (Some(one), None) | (None, Some(one)) => Some(one),
        (None, None) => None,
    }
}

/// What came in, a line each; nothing when the step was entered. May hold hostile text.
pub fn input(input: Option<&Input>) -> Vec<String> {
    let Some(input) = input else { return Vec::new() };
    match input {
        Input::Said(answer) => said(answer),
        Input::Accepted => vec![say!("Facebook took the message").into()],
        Input::NotSent { words } => vec![say!("Not sent: {words}", words = told(words))],
        Input::ControlLost => vec![say!("Another app took control first").into()],
        Input::ControlOurs => vec![say!("Control came to us").into()],
        Input::Candidates => vec![say!("Somebody may fit now").into()],
        Input::TimeIsUp => vec![say!("The time was up").into()],
        Input::Called(CallResult::Failed { words } | CallResult::HandOver { words }) => vec![words.clone()],
        Input::Called(CallResult::Answered { status, values }) => {
            let status = status.map(|status| say!("Answered with status {status}", status));
            let values = values.iter().map(|(name, value)| format!("{name} = {}", shown(value)));
            status.into_iter().chain(values).collect()
        }
    }
}

fn said(answer: &Answer) -> Vec<String> {
    let text = answer.text.as_ref().map(|text| format!("“{text}”"));
    let payload = answer.payload.as_ref().map(|payload| say!("Payload {payload}", payload));
    let place = answer.location.as_ref().map(|(north, east)| say!("A place: {north}, {east}", north, east));
    let count = i64::try_from(answer.files.len()).unwrap_or(i64::MAX);
    let files = (count > 0).then(|| super::plural(count, say!("file"), say!("files")));
    [text, payload, place, files].into_iter().flatten().collect()
}

fn branch(name: &str, tests: &[Tested]) -> Vec<String> {
    if tests.is_empty() {
        return vec![say!("{name}: no conditions", name)];
    }
    let line = |one: &Tested| {
        format!("{name}: {}, {}", test(one), if one.holds { say!("true") } else { say!("false") })
    };
    tests.iter().map(line).collect()
}

/// What a turn did. May hold hostile text.
pub fn effect(effect: &Effect, names: &Names) -> String {
    match effect {
        Effect::Send { content } => match (&content.text, &content.file) {
            (Some(text), _) => say!("Sent “{text}”", text),
            (None, Some(_)) => say!("Sent a file").into(),
            (None, None) => say!("Sent a message").into(),
        },
        Effect::TakeControl {} => say!("Took control").into(),
        Effect::PassControl { to: None, .. } => say!("Gave control to the Page inbox").into(),
        Effect::PassControl { to: Some(app), .. } => match names.get(app.as_str()) {
            Some(name) => say!("Gave control to {name}", name),
            None if app.as_str() == AppId::PAGE_INBOX => say!("Gave control to the Page inbox").into(),
            None => say!("Gave control to app {app}", app),
        },
        Effect::AskOwner {} => say!("Asked Facebook who has control").into(),
        Effect::Assign { person: None, team: None } => say!("Unassigned the conversation").into(),
        Effect::Assign { person, team } => match whom(*person, *team, names) {
            Some(whom) => say!("Assigned the conversation to {whom}", whom),
            None => say!("Assigned the conversation").into(),
        },
        Effect::SetField { key, value } => say!("Set {key} to {shown}", key, shown = shown(value)),
        Effect::AddTags { tags } => say!("Added {tags}", tags = tags.join(", ")),
        Effect::RemoveTags { tags } => say!("Removed {tags}", tags = tags.join(", ")),
        Effect::Open {} => say!("Opened the conversation").into(),
        Effect::Close { category, summary } => {
            let note: Vec<&str> = [category, summary].into_iter().filter_map(Option::as_deref).collect();
            match note.is_empty() {
                true => say!("Closed the conversation").into(),
                false => say!("Closed the conversation: {note}", note = note.join(", ")),
            }
        }
        Effect::Comment { text, mentions } => {
            let named: Vec<&str> =
                mentions.iter().filter_map(|id| names.get(&id.to_string())).map(String::as_str).collect();
            match named.is_empty() {
                true => say!("Noted “{text}”", text),
                false => say!("Noted “{text}” for {named}", text, named = named.join(", ")),
            }
        }
        Effect::Start { workflow, .. } => match names.get(&workflow.to_string()) {
            Some(name) => say!("Started “{name}”", name),
            None => say!("Started another workflow").into(),
        },
        Effect::Request { request } => say!("Called {request}", request = request.url),
        Effect::AddRow { row } => say!("Added a row to {row}", row = row.sheet),
        Effect::AskAgent { brief } => say!("Asked {brief}", brief = brief.connection),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::workflow::condition::Test;
    use domain::workflow::graph::StepId;

    #[test]
    fn every_reason_is_told_and_counted_in_words_of_its_own() {
        let step = StepId(3);
        let (by, words) = (String::from("Mia"), String::from("the window is closed."));
        let message = domain::MessageId(uuid::Uuid::nil());
        let reasons = [
            Reason::Completed {},
            Reason::WorkflowStopped {},
            Reason::WorkflowDeleted {},
            Reason::StoppedForContact { by: by.clone() },
            Reason::ExitOutgoing { message },
            Reason::ExitIncoming { message },
            Reason::ExitManualAssignment { by },
            Reason::FailureBranchEmpty { step },
            Reason::QuestionTimeout { step },
            Reason::AssignTimeout { step },
            Reason::ElseEmpty { step },
            Reason::AssignTeamEmptyNoNext { step },
            Reason::SendFailed { step, words },
            Reason::ClosedByWorkflow { step },
            Reason::InternalError { step: Some(step) },
        ];
        let told: std::collections::BTreeSet<String> =
            reasons.iter().map(|reason| ending(reason, Some("Ask for the size"))).collect();
        assert_eq!(told.len(), reasons.len());
        let counted: std::collections::BTreeSet<&str> =
            reasons.iter().map(|known| reason(known.as_str())).collect();
        assert_eq!(counted.len(), reasons.len());
        assert!(!counted.contains(reason("a word of tomorrow")));
    }

    #[test]
    fn a_test_says_what_it_found() {
        let key = domain::workflow::field::FieldKey::new("email").unwrap();
        let exists = Tested {
            test: Test {
                subject: Subject::ContactField { field: key },
                operator: Operator::Exists,
                values: Vec::new(),
            },
            actual: Value::Null,
            holds: false,
        };
        assert_eq!(test(&exists), "email exists (it was empty)");
        let why = NonStart::ConditionsNotMet { tested: vec![exists.clone()] };
        assert_eq!(stayed_out(&why), "A condition did not hold: email exists (it was empty).");
        let held = Tested { holds: true, ..exists.clone() };
        let why = NonStart::ConditionsNotMet { tested: vec![exists.clone(), held, exists] };
        assert_eq!(
            stayed_out(&why),
            "Conditions did not hold: email exists (it was empty); email exists (it was empty)."
        );
    }

    #[test]
    fn what_a_turn_did_is_told_by_name() {
        let (mia, sub) = (PersonId(uuid::Uuid::from_u128(1)), domain::WorkflowId(uuid::Uuid::from_u128(2)));
        let names = [(mia.to_string(), "Mia"), (sub.to_string(), "Survey"), ("611".to_owned(), "SalesBot")];
        let names: Names = names.into_iter().map(|(id, name)| (id, name.to_owned())).collect();
        let told = |one: &Effect| effect(one, &names);
        assert_eq!(
            told(&Effect::Assign { person: Some(mia), team: None }),
            "Assigned the conversation to Mia"
        );
        assert_eq!(told(&Effect::Start { workflow: sub, step: None }), "Started “Survey”");
        let to = Some("611".into());
        assert_eq!(told(&Effect::PassControl { to, metadata: None }), "Gave control to SalesBot");
        let why = NonStart::NotRunning { by: "Welcome".into() };
        let because = Because::NotStarted { name: Some("Survey".into()), why };
        assert_eq!(
            decision(&because, &names),
            ["“Survey” was not started: it is not published with the Manual Trigger."]
        );
        let answer = Answer { text: Some("42".into()), ..Answer::default() };
        assert_eq!(input(Some(&Input::Said(answer))), ["“42”"]);
    }
}
