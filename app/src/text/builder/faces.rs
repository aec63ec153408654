//! How steps and triggers look in a few words and a picture.

use super::duration;
use crate::api::workflows::Surroundings;
use crate::language::{in_sentence, said, told};
use crate::text::plural;
use domain::workflow::check::Flaw;
use domain::workflow::exit::Exit;
use domain::workflow::graph::{Graph, StepId};
use domain::workflow::layout;
use domain::workflow::step::StepKind;
use domain::workflow::steps::assign::Target;
use domain::workflow::steps::content::{Content, FileKind};
use domain::workflow::steps::control::ThreadControl;
use domain::workflow::steps::flow::DateTime;
use domain::workflow::trigger::{TagAction, Trigger, TriggerKind};

/// The most characters of a step's line on the canvas.
const SHORT: usize = 60;

/// The picture of a step.
pub fn step_icon(kind: &StepKind) -> &'static str {
    match kind {
        StepKind::SendMessage(_) => "send",
        StepKind::AskQuestion(_) => "message-circle-question-mark",
        StepKind::WaitForResponse(_) => "hourglass",
        StepKind::AssignTo(_) => "user-plus",
        StepKind::Branch(_) => "split",
        StepKind::UpdateContactTag(_) => "tag",
        StepKind::UpdateContactField(_) => "pencil",
        StepKind::OpenConversation(_) => "message-circle-plus",
        StepKind::CloseConversation(_) => "circle-check",
        StepKind::AddComment(_) => "lock-eye",
        StepKind::JumpTo(_) => "redo-2",
        StepKind::Wait(_) => "clock",
        StepKind::DateTime(_) => "calendar",
        StepKind::TriggerWorkflow(_) => "workflow",
        StepKind::HttpRequest(_) => "globe",
        StepKind::AddSheetRow(_) => "layout-template",
        StepKind::AiAgent(_) => "sparkles",
        StepKind::ThreadControl(ThreadControl::SendToInbox {}) => "inbox",
        StepKind::ThreadControl(ThreadControl::Give { .. }) => "bot",
        StepKind::ThreadControl(ThreadControl::Take {}) => "hand",
        StepKind::ThreadControl(ThreadControl::GetOwner { .. }) => "eye",
    }
}

/// The picture of a trigger.
pub fn trigger_icon(kind: &TriggerKind) -> &'static str {
    match kind {
        TriggerKind::ConversationOpened {} => "message-circle-plus",
        TriggerKind::ConversationClosed {} => "circle-check",
        TriggerKind::ContactTagUpdated { .. } => "tag",
        TriggerKind::ContactFieldUpdated { .. } => "pencil",
        TriggerKind::Shortcut { .. } => "zap",
        TriggerKind::IncomingWebhook { .. } => "globe",
        TriggerKind::ClickToChatAds { .. } => "flag",
        TriggerKind::Manual {} => "play",
        TriggerKind::PostbackReceived { .. } => "square",
        TriggerKind::OptInReceived { .. } => "check",
        TriggerKind::MessageMatches { .. } => "search",
        TriggerKind::ControlReceived { .. } => "bot",
        TriggerKind::ControlLost {} => "lock-open",
    }
}

fn short(text: &str) -> String {
    let line: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    match line.chars().count() > SHORT {
        true => line.chars().take(SHORT).chain(['…']).collect(),
        false => line,
    }
}

fn message(content: &Content) -> String {
    let text = short(content.text.as_str());
    match (&content.file, text.is_empty()) {
        (Some(file), true) => file_kind(file.kind).to_owned(),
        (Some(file), false) => format!("{text} + {}", in_sentence(file_kind(file.kind))),
        (None, _) => text,
    }
}

/// What a kind of step is called.
pub fn step_name(kind: &StepKind) -> &'static str {
    said(kind.name())
}

/// What a kind of trigger is called.
pub fn trigger_name(kind: &TriggerKind) -> &'static str {
    said(kind.name())
}

/// What is wrong with a workflow.
pub fn flaw(flaw: &Flaw) -> String {
    told(&flaw.message).into_owned()
}

/// What a way out of a step is called; branches have the names their author gave them.
pub fn exit_name(kind: &StepKind, exit: Exit) -> String {
    let name = layout::exit_name(kind, exit);
    match kind {
        StepKind::Branch(_) if matches!(exit, Exit::Branch(_)) => name,
        _ => told(&name).into_owned(),
    }
}

/// What a file is called.
pub fn file_kind(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Image => say!("Picture"),
        FileKind::Video => say!("Video"),
        FileKind::Audio => say!("Audio"),
        FileKind::File => say!("File"),
    }
}

fn joined(list: &[String]) -> String {
    let list: Vec<&str> = list.iter().map(|one| one.trim()).filter(|one| !one.is_empty()).collect();
    short(&list.join(", "))
}

fn found<K: PartialEq>(all: &[(K, String)], id: &Option<K>) -> Option<String> {
    let id = id.as_ref()?;
    all.iter().find(|(one, _)| one == id).map(|(_, name)| name.clone())
}

/// What a step does, in a few words.
pub fn step_line(kind: &StepKind, graph: &Graph, around: &Surroundings) -> String {
    let line = match kind {
        StepKind::SendMessage(step) => message(&step.content),
        StepKind::AskQuestion(step) => message(&step.content),
        StepKind::WaitForResponse(step) => say!("At most {duration}", duration = duration(step.timeout_ms)),
        StepKind::AssignTo(step) => match &step.to {
            Target::User { person } => found(&around.people, person).unwrap_or_default(),
            Target::Team { team, .. } => found(&around.teams, team).unwrap_or_default(),
            Target::Workspace { .. } => say!("Somebody of the workspace").to_owned(),
            Target::Unassign {} => say!("Nobody").to_owned(),
        },
        StepKind::Branch(step) => plural(
            i64::try_from(step.branches.len()).unwrap_or(i64::MAX),
            say!("way and else"),
            say!("ways and else"),
        ),
        StepKind::UpdateContactTag(step) => match step.action {
            TagAction::Added => say!("Add {joined}", joined = joined(&step.tags)),
            TagAction::Removed => say!("Remove {joined}", joined = joined(&step.tags)),
        },
        StepKind::UpdateContactField(step) => {
            let field = around.fields.iter().find(|field| Some(&field.key) == step.field.as_ref());
            field.map(|field| format!("{}: {}", field.name, short(step.value.as_str()))).unwrap_or_default()
        }
        StepKind::OpenConversation(_) => say!("With source “workflow”").to_owned(),
        StepKind::CloseConversation(step) => step.category.clone().unwrap_or_default(),
        StepKind::AddComment(step) => short(step.text.as_str()),
        StepKind::JumpTo(step) => {
            let target = step.target.and_then(|target| graph.steps.get(&target));
            target.map(|target| say!("To “{target}”", target = target.name)).unwrap_or_default()
        }
        StepKind::Wait(step) => duration(step.duration_ms),
        StepKind::DateTime(DateTime::BusinessHours { schedule }) => {
            let schedule = around.schedules.iter().find(|one| Some(one.id) == *schedule);
            schedule.map(|one| one.name.clone()).unwrap_or_default()
        }
        StepKind::DateTime(DateTime::DateRange { from, to, .. }) => format!("{from} – {to}"),
        StepKind::TriggerWorkflow(step) => {
            let other = around.manual.iter().find(|one| Some(one.id) == step.workflow);
            let at =
                |steps: &[(StepId, String)]| found(steps, &step.step).map(|name| say!(", at “{name}”", name));
            other.map(|one| format!("{}{}", one.name, at(&one.steps).unwrap_or_default())).unwrap_or_default()
        }
        StepKind::HttpRequest(step) => format!("{} {}", step.method.as_str(), short(step.url.as_str())),
        StepKind::AddSheetRow(step) => short(&step.spreadsheet),
        StepKind::AiAgent(step) => short(&step.objective),
        StepKind::ThreadControl(ThreadControl::SendToInbox {}) => {
            say!("To people in Meta's inbox").to_owned()
        }
        StepKind::ThreadControl(ThreadControl::Give { app, .. }) => {
            let app = around.apps.iter().find(|one| Some(&one.app) == app.as_ref());
            app.map(|app| app.name.clone()).unwrap_or_default()
        }
        StepKind::ThreadControl(ThreadControl::Take {}) => say!("From whoever has it").to_owned(),
        StepKind::ThreadControl(ThreadControl::GetOwner { variable }) => format!("$owner.{variable}"),
    };
    if line.trim().is_empty() { step_name(kind).to_owned() } else { line }
}

/// What lets contacts in, in a few words.
pub fn trigger_line(trigger: &Trigger) -> String {
    let own = match &trigger.kind {
        TriggerKind::ContactTagUpdated { tags, .. } => joined(tags),
        TriggerKind::ContactFieldUpdated { field } => {
            field.as_ref().map(ToString::to_string).unwrap_or_default()
        }
        TriggerKind::Shortcut { name, .. } => short(name),
        TriggerKind::MessageMatches { words, .. } => joined(words),
        TriggerKind::PostbackReceived { payloads: list }
        | TriggerKind::OptInReceived { refs: list }
        | TriggerKind::ClickToChatAds { ads: list, .. } => joined(list),
        _ => String::new(),
    };
    let tests = trigger.conditions.tests.len();
    let conditions = (tests > 0)
        .then(|| plural(i64::try_from(tests).unwrap_or(i64::MAX), say!("condition"), say!("conditions")));
    let once = trigger.once_per_contact.then(|| say!("once per contact").to_owned());
    let own = (!own.is_empty()).then_some(own);
    let parts: Vec<String> = own.into_iter().chain(conditions).chain(once).collect();
    if parts.is_empty() { say!("Trigger").to_owned() } else { parts.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::workflow::steps::send::SendMessage;

    #[test]
    fn a_message_is_told_by_its_beginning() {
        let step = |words: &str| StepKind::SendMessage(SendMessage { content: Content::text(words) });
        let line = |words| step_line(&step(words), &Graph::default(), &Surroundings::default());
        assert_eq!(line("Hi\nthere"), "Hi there");
        assert_eq!(line(""), "Send a Message");
        assert_eq!(line(&"ä".repeat(100)).chars().count(), SHORT + 1);
    }
}
