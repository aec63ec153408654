//! Where runs are, what they decided and why they ended, for agents and managers.

use domain::workflow::condition::{Operator, Subject, Tested};
use domain::workflow::run::{NonStart, Reason};
use domain::workflow::turn::{Answer, Because, CallResult, Effect, Input, Wait};
use domain::workflow::value::Value;
use domain::workflow::view::Names;
use domain::{AppId, PersonId, TeamId};

pub const WORKFLOWS: &str = "Workflows";
pub const CONTACT: &str = "Contact";
pub const ONGOING: &str = "Ongoing workflows";
pub const NONE_ONGOING: &str = "No workflow is running for this contact.";
pub const SHORTCUTS: &str = "Shortcuts";
pub const NOT_RUNNING: &str = "Published, not running";
pub const NONE_PUBLISHED: &str = "No other workflow is published.";
pub const ENDED: &str = "Ended";
pub const NONE_ENDED: &str = "None has ended yet.";
pub const STAYED_OUT: &str = "Did not start";
pub const STOP: &str = "Stop";
pub const STOPPING: &str = "Stopping…";
pub const STARTED: &str = "Started";
pub const UNTIL: &str = "until";
pub const TEST_RUN: &str = "Test";
pub const MAY_NOT_BE_STOPPED: &str =
    "Its settings do not let anybody stop it for a contact. A manager can change that while it runs.";
pub const START: &str = "Start";
pub const FORM_REQUIRED: &str = "This has to be answered.";
pub const CHOOSE: &str = "Choose…";
pub const YES: &str = "Yes";
pub const NO: &str = "No";
pub const RUNS_UNAVAILABLE: &str = "The workflows of this contact cannot be shown";

/// The accessible name of the button that ends a run.
pub fn stop_named(workflow: &str) -> String {
    format!("{STOP} {workflow}")
}

/// The accessible name of a shortcut.
pub fn start_named(shortcut: &str) -> String {
    format!("{START} {shortcut}")
}

/// What became of stopping, when it had ended before.
pub fn already_ended(workflow: &str, how: &str) -> String {
    format!("{workflow} had ended already. {how}")
}

/// What became of stopping.
pub fn stopped(workflow: &str) -> String {
    format!("{workflow} was stopped for this contact.")
}

/// What became of a shortcut.
pub fn started(workflow: &str) -> String {
    format!("{workflow} has started.")
}

/// A line of a form that may stay empty.
pub fn optional(label: &str) -> String {
    format!("{label} (optional)")
}

/// What a run waits for.
pub const fn waiting(wait: Wait) -> &'static str {
    match wait {
        Wait::Control => "waits until we have control of the thread",
        Wait::Acceptance => "waits until Facebook takes the message",
        Wait::Answer => "waits for an answer",
        Wait::Assignee => "waits for somebody who can take it",
        Wait::Time => "waits",
        Wait::Call => "waits for another service",
    }
}

/// The end of a run in one sentence. `step`: the name of the step the reason is about.
pub fn ending(reason: &Reason, step: Option<&str>) -> String {
    let step = step.unwrap_or("A step that is no longer there");
    match reason {
        Reason::Completed {} => "It reached its end.".into(),
        Reason::WorkflowStopped {} => "The workflow was stopped for everybody.".into(),
        Reason::WorkflowDeleted {} => "The workflow was deleted.".into(),
        Reason::StoppedForContact { by } => format!("{by} stopped it for this contact."),
        Reason::ExitOutgoing { .. } => "Somebody in the team wrote to the contact.".into(),
        Reason::ExitIncoming { .. } => "The contact wrote while no question was open.".into(),
        Reason::ExitManualAssignment { by } => format!("{by} assigned the conversation by hand."),
        Reason::FailureBranchEmpty { .. } => format!("“{step}” failed, and nothing follows Failure."),
        Reason::QuestionTimeout { .. } => format!("Nobody answered “{step}” in time."),
        Reason::AssignTimeout { .. } => format!("“{step}” found nobody in time."),
        Reason::ElseEmpty { .. } => format!("No branch of “{step}” fitted, and nothing follows Else."),
        Reason::AssignTeamEmptyNoNext { .. } => {
            format!("“{step}” found an empty team, and nothing follows.")
        }
        Reason::SendFailed { words, .. } => format!("“{step}” could not be sent: {words}"),
        Reason::ClosedByWorkflow { .. } => format!("“{step}” closed the conversation, and nothing follows."),
        Reason::InternalError { .. } => {
            format!("Baton could not carry out “{step}”. Nothing was sent; tell whoever runs the server.")
        }
    }
}

/// A reason by its stored word, as a report counts it.
pub fn reason(word: &str) -> &'static str {
    match word {
        "completed" => "Reached the end",
        "workflow_stopped" => "Workflow stopped",
        "workflow_deleted" => "Workflow deleted",
        "stopped_for_contact" => "Stopped for the contact",
        "exit_outgoing" => "The team wrote",
        "exit_incoming" => "The contact wrote",
        "exit_manual_assignment" => "Assigned by hand",
        "failure_branch_empty" => "Failed, nothing followed",
        "question_timeout" => "No answer in time",
        "assign_timeout" => "Nobody to assign in time",
        "else_empty" => "No branch fitted",
        "assign_team_empty_no_next" => "Empty team, nothing followed",
        "send_failed" => "A message could not be sent",
        "closed_by_workflow" => "Conversation closed by it",
        "internal_error" => "Could not be carried out",
        _ => "Another reason",
    }
}

/// Why a contact did not enter.
pub fn stayed_out(why: &NonStart) -> String {
    match why {
        NonStart::ConditionsNotMet { tested } => {
            let failed: Vec<String> = tested.iter().filter(|one| !one.holds).map(test).collect();
            match failed.len() {
                0 => "The conditions did not hold.".into(),
                1 => format!("A condition did not hold: {}.", failed[0]),
                _ => format!("Conditions did not hold: {}.", failed.join("; ")),
            }
        }
        NonStart::AlreadyEnrolled {} => "The contact was in it already.".into(),
        NonStart::OncePerContact {} => "The contact was in it before, and it takes everybody once.".into(),
        NonStart::BotOwned { owner } => {
            format!(
                "{owner} had the thread, and this workflow writes. It looks again when control comes to us."
            )
        }
        NonStart::NotRunning { by } => format!("“{by}” wanted to start it, and it was not published."),
    }
}

/// A reason for not entering by its stored word, as a report counts it.
pub fn non_start(word: &str) -> &'static str {
    match word {
        "conditions_not_met" => "Conditions did not hold",
        "already_enrolled" => "Was in it already",
        "once_per_contact" => "Was in it before, and everybody enters once",
        "bot_owned" => "A bot had the thread",
        "not_running" => "Not published when another workflow wanted to start it",
        _ => "Another reason",
    }
}

/// A test with what it found: "email exists (it was empty)".
pub fn test(tested: &Tested) -> String {
    let values: Vec<&str> = tested.test.values.iter().map(|value| value.as_str()).collect();
    let compared = match values.is_empty() {
        true => operator(tested.test.operator).to_owned(),
        false => format!("{} “{}”", operator(tested.test.operator), values.join(", ")),
    };
    format!("{} {compared} (it was {})", subject(&tested.test.subject), shown(&tested.actual))
}

/// A value as a reader sees it; what is empty says so.
pub fn shown(value: &Value) -> String {
    if value.is_empty() { "empty".into() } else { format!("“{value}”") }
}

fn subject(subject: &Subject) -> String {
    match subject {
        Subject::ContactField { field } => field.as_str().replace('_', " "),
        Subject::ContactTags {} => "tags".into(),
        Subject::Variable { name } => name.clone(),
        Subject::AssigneeStatus {} => "assignee".into(),
        Subject::Page {} => "page".into(),
        Subject::LastOutgoingSource {} => "source of our last message".into(),
        Subject::LastIncoming {} => "last message from the contact".into(),
        Subject::LastOutgoing {} => "our last message".into(),
        Subject::SinceIncoming {} => "time since the contact wrote".into(),
        Subject::SinceOutgoing {} => "time since we wrote".into(),
        Subject::ControlOwner {} => "control".into(),
        Subject::Window {} => "messaging window".into(),
        Subject::BusinessHours { .. } => "business hours".into(),
        Subject::ConversationStatus {} => "conversation".into(),
    }
}

const fn operator(operator: Operator) -> &'static str {
    match operator {
        Operator::Equal => "is",
        Operator::NotEqual => "is not",
        Operator::Greater => "is greater than",
        Operator::Less => "is less than",
        Operator::Between | Operator::BetweenMoments => "is between",
        Operator::Exists => "exists",
        Operator::NotExists => "does not exist",
        Operator::Contains => "contains",
        Operator::NotContains => "does not contain",
        Operator::AnyOf => "has any of",
        Operator::AllOf => "has all of",
        Operator::NoneOf => "has none of",
        Operator::After => "is after",
        Operator::Before => "is before",
    }
}

/// What a turn decided, a line each; nothing when there was nothing to decide.
pub fn decision(because: &Because, names: &Names) -> Vec<String> {
    match because {
        Because::Done {} => Vec::new(),
        Because::Branches { tested } => tested.iter().flat_map(|(name, tests)| branch(name, tests)).collect(),
        Because::Answered { value } => vec![format!("Answered {}", shown(value))],
        Because::Invalid { words } => vec![format!("The answer did not fit: {words}")],
        Because::TimeIsUp {} => vec!["The time was up".into()],
        Because::NotSent { words } => vec![format!("Not sent: {words}")],
        Because::NoControl { owner } => vec![format!("{owner} had control")],
        Because::Assigned { person: None, team: None } => vec!["Unassigned".into()],
        Because::Assigned { person, team } => vec![match whom(*person, *team, names) {
            Some(whom) => format!("Found {whom}"),
            None => "Found somebody".into(),
        }],
        Because::NobodyFits {} => vec!["Nobody could take it".into()],
        Because::EmptyTeam {} => vec!["The team is empty".into()],
        Because::Hours { open: true } => vec!["Within business hours".into()],
        Because::Hours { open: false } => vec!["Outside business hours".into()],
        Because::JumpedOut { times } => vec![format!("Jumped {times} times, and no more")],
        Because::Called { words } => vec![words.clone()],
        Because::NotStarted { name, why } => {
            let name =
                name.as_ref().map_or_else(|| "A deleted workflow".to_owned(), |name| format!("“{name}”"));
            vec![format!("{name} was not started: {}", not_started(why))]
        }
    }
}

/// Why a workflow did not take the contact another one sent, behind a colon.
fn not_started(why: &NonStart) -> String {
    match why {
        NonStart::NotRunning { .. } => "it is not published with the Manual Trigger.".into(),
        other => lower_first(&stayed_out(other)),
    }
}

fn lower_first(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// Who got a conversation.
fn whom(person: Option<PersonId>, team: Option<TeamId>, names: &Names) -> Option<String> {
    let named = |id: Option<String>| id.and_then(|id| names.get(&id).cloned());
    match (named(person.map(|id| id.to_string())), named(team.map(|id| id.to_string()))) {
        (Some(person), Some(team)) => Some(format!("{person} of {team}")),
        (Some(one), None) | (None, Some(one)) => Some(one),
        (None, None) => None,
    }
}

/// What came in, a line each; nothing when the step was entered. May hold hostile text.
pub fn input(input: Option<&Input>) -> Vec<String> {
    let Some(input) = input else { return Vec::new() };
    match input {
        Input::Said(answer) => said(answer),
        Input::Accepted => vec!["Facebook took the message".into()],
        Input::NotSent { words } => vec![format!("Not sent: {words}")],
        Input::ControlLost => vec!["Another app took control first".into()],
        Input::ControlOurs => vec!["Control came to us".into()],
        Input::Candidates => vec!["Somebody may fit now".into()],
        Input::TimeIsUp => vec!["The time was up".into()],
        Input::Called(CallResult::Failed { words } | CallResult::HandOver { words }) => vec![words.clone()],
        Input::Called(CallResult::Answered { status, values }) => {
            let status = status.map(|status| format!("Answered with status {status}"));
            let values = values.iter().map(|(name, value)| format!("{name} = {}", shown(value)));
            status.into_iter().chain(values).collect()
        }
    }
}

fn said(answer: &Answer) -> Vec<String> {
    let text = answer.text.as_ref().map(|text| format!("“{text}”"));
    let payload = answer.payload.as_ref().map(|payload| format!("Payload {payload}"));
    let place = answer.location.as_ref().map(|(north, east)| format!("A place: {north}, {east}"));
    let count = i64::try_from(answer.files.len()).unwrap_or(i64::MAX);
    let files = (count > 0).then(|| super::plural(count, "file", "files"));
    [text, payload, place, files].into_iter().flatten().collect()
}

fn branch(name: &str, tests: &[Tested]) -> Vec<String> {
    if tests.is_empty() {
        return vec![format!("{name}: no conditions")];
    }
    let line = |one: &Tested| format!("{name}: {}, {}", test(one), if one.holds { "true" } else { "false" });
    tests.iter().map(line).collect()
}

/// What a turn did. May hold hostile text.
pub fn effect(effect: &Effect, names: &Names) -> String {
    match effect {
        Effect::Send { content } => match (&content.text, &content.file) {
            (Some(text), _) => format!("Sent “{text}”"),
            (None, Some(_)) => "Sent a file".into(),
            (None, None) => "Sent a message".into(),
        },
        Effect::TakeControl {} => "Took control".into(),
        Effect::PassControl { to: None, .. } => "Gave control to the Page inbox".into(),
        Effect::PassControl { to: Some(app), .. } => match names.get(app.as_str()) {
            Some(name) => format!("Gave control to {name}"),
            None if app.as_str() == AppId::PAGE_INBOX => "Gave control to the Page inbox".into(),
            None => format!("Gave control to app {app}"),
        },
        Effect::AskOwner {} => "Asked Facebook who has control".into(),
        Effect::Assign { person: None, team: None } => "Unassigned the conversation".into(),
        Effect::Assign { person, team } => match whom(*person, *team, names) {
            Some(whom) => format!("Assigned the conversation to {whom}"),
            None => "Assigned the conversation".into(),
        },
        Effect::SetField { key, value } => format!("Set {key} to {}", shown(value)),
        Effect::AddTags { tags } => format!("Added {}", tags.join(", ")),
        Effect::RemoveTags { tags } => format!("Removed {}", tags.join(", ")),
        Effect::Open {} => "Opened the conversation".into(),
        Effect::Close { category, summary } => {
            let note: Vec<&str> = [category, summary].into_iter().filter_map(Option::as_deref).collect();
            match note.is_empty() {
                true => "Closed the conversation".into(),
                false => format!("Closed the conversation: {}", note.join(", ")),
            }
        }
        Effect::Comment { text, mentions } => {
            let named: Vec<&str> =
                mentions.iter().filter_map(|id| names.get(&id.to_string())).map(String::as_str).collect();
            match named.is_empty() {
                true => format!("Noted “{text}”"),
                false => format!("Noted “{text}” for {}", named.join(", ")),
            }
        }
        Effect::Start { workflow, .. } => match names.get(&workflow.to_string()) {
            Some(name) => format!("Started “{name}”"),
            None => "Started another workflow".into(),
        },
        Effect::Request { request } => format!("Called {}", request.url),
        Effect::AddRow { row } => format!("Added a row to {}", row.sheet),
        Effect::AskAgent { brief } => format!("Asked {}", brief.connection),
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
