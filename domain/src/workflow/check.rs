//! What keeps a workflow from being saved, and what its author should look at again. The same check runs in the builder
//! and in the server.

use super::condition::{Conditions, Subject};
use super::exit::Exit;
use super::field::{Field, FieldKey};
use super::graph::{Graph, MOST_STEPS, StepId};
use super::phrase::Phrase;
use super::step::{Step, StepKind};
use super::steps::control::ThreadControl;
use super::steps::flow::DateTime;
use super::steps::http::Path;
use super::steps::question::AnswerKind;
use super::trigger::{Trigger, TriggerKind};
use crate::{AppId, PageId, PersonId, ScheduleId, TeamId, WorkflowId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The most characters of a step's name.
pub const MOST_NAME: usize = 80;
/// The most characters of a comment for editors.
pub const MOST_COMMENT: usize = 500;

/// What exists in a workspace, so that steps can name it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Workspace {
    pub people: BTreeSet<PersonId>,
    pub teams: BTreeSet<TeamId>,
    pub fields: Vec<Field>,
    pub schedules: BTreeSet<ScheduleId>,
    /// Workflows with the Manual Trigger, each with its steps.
    pub manual: BTreeMap<WorkflowId, BTreeSet<StepId>>,
    pub apps: BTreeSet<AppId>,
    /// AI connections by name.
    pub connections: BTreeSet<String>,
    /// Google accounts by name.
    pub accounts: BTreeSet<String>,
    /// Connected pages.
    #[serde(default)]
    pub pages: BTreeSet<PageId>,
}

impl Workspace {
    /// Whether a contact field exists.
    pub fn has_field(&self, key: &FieldKey) -> bool {
        self.fields.iter().any(|field| field.key == *key)
    }

    /// Whether a value names a page that exists. What is put together from variables is known only in a run.
    pub fn has_page(&self, page: &Phrase) -> bool {
        !page.names().is_empty() || page.is_blank() || self.pages.contains(&PageId::from(page.as_str()))
    }
}

/// Where something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum At {
    Trigger,
    Step(StepId),
}

/// Something wrong or doubtful.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flaw {
    pub at: At,
    /// The field of the form it is about.
    pub field: String,
    pub message: String,
}

impl Flaw {
    fn new(at: At, field: &str, message: impl Into<String>) -> Self {
        Self { at, field: field.to_owned(), message: message.into() }
    }
}

/// Everything that keeps it from being saved (WF-12, WF-13), in the order of the canvas.
pub fn check(graph: &Graph, workspace: &Workspace) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    match &graph.trigger {
        None => flaws.push(Flaw::new(At::Trigger, "trigger", "Choose a trigger.")),
        Some(trigger) => {
            check_trigger(trigger, workspace, &mut flaws);
            let known = given(Some(trigger), workspace).map(|(name, _)| name).collect();
            check_names(At::Trigger, "conditions", named(&trigger.conditions), &known, &mut flaws);
        }
    }
    if graph.first.is_none() {
        flaws.push(Flaw::new(At::Trigger, "steps", "Add a step: a trigger alone does nothing."));
    }
    if graph.steps.len() > MOST_STEPS {
        flaws.push(Flaw::new(At::Trigger, "steps", "A workflow has at most 100 steps."));
    }
    let known = known_variables(graph, workspace);
    for (id, step) in graph.walk().into_iter().filter_map(|id| Some((id, graph.steps.get(&id)?))) {
        check_step(id, step, graph, workspace, &mut flaws);
        check_variables(id, step, &known, &mut flaws);
    }
    flaws
}

/// Time zones that do not exist, which keep it from being saved, too. Apart, because only the server and browsers know
/// the world's zones.
pub fn check_zones(graph: &Graph, exists: &dyn Fn(&str) -> bool) -> Vec<Flaw> {
    let zone = |kind: &StepKind| match kind {
        StepKind::DateTime(DateTime::DateRange { zone, .. }) => Some(zone.trim().to_owned()),
        _ => None,
    };
    let named = graph.steps.iter().filter_map(|(id, step)| Some((*id, zone(&step.kind)?)));
    let strange = named.filter(|(_, zone)| !zone.is_empty() && !exists(zone));
    let words = |zone: &str| format!("“{zone}” is no time zone we know. Choose one such as Europe/Oslo.");
    strange.map(|(id, zone)| Flaw::new(At::Step(id), "zone", words(&zone))).collect()
}

fn check_trigger(trigger: &Trigger, workspace: &Workspace, flaws: &mut Vec<Flaw>) {
    let mut add = |field: &str, message: String| flaws.push(Flaw::new(At::Trigger, field, message));
    if let Err(wrong) = trigger.conditions.check(workspace) {
        add("conditions", wrong.to_string());
    }
    match &trigger.kind {
        TriggerKind::ContactTagUpdated { tags, .. } if tags.iter().all(|tag| tag.trim().is_empty()) => {
            add("tags", "Choose the tags.".into());
        }
        TriggerKind::ContactFieldUpdated { field } if !has_field(workspace, field.as_ref()) => {
            add("field", "Choose the contact field.".into());
        }
        TriggerKind::ClickToChatAds { ads, chosen: true } if ads.iter().all(|ad| ad.trim().is_empty()) => {
            add("ads", "Name the ads, or take all of them.".into());
        }
        TriggerKind::Shortcut { name, form, .. } => {
            if name.trim().is_empty() {
                add("name", "Give the shortcut a name: it stands on the button.".into());
            }
            for line in form {
                if line.label.trim().is_empty() || FieldKey::new(line.variable.as_str()).is_err() {
                    add(
                        "form",
                        "Every line of the form needs a label and a variable (a to z, 0 to 9, _).".into(),
                    );
                }
                if line.kind == super::field::FieldType::List && line.options.is_empty() {
                    add("form", format!("“{}” needs options to choose from.", line.label));
                }
            }
        }
        TriggerKind::IncomingWebhook { path, mappings, .. } => {
            if Path::read(path).is_none() {
                add("path", "Say where in the body the contact is named, such as $.customer.email.".into());
            }
            for mapping in mappings {
                let fits =
                    Path::read(&mapping.path).is_some() && FieldKey::new(mapping.variable.as_str()).is_ok();
                if !fits {
                    add("mappings", format!("“{}” → “{}” cannot be mapped.", mapping.path, mapping.variable));
                }
            }
        }
        TriggerKind::MessageMatches { words, .. } if words.iter().all(|word| word.trim().is_empty()) => {
            add("words", "Write the words to look for.".into());
        }
        TriggerKind::ControlReceived { from: Some(app), .. } if !workspace.apps.contains(app) => {
            add("app", "Choose the app that hands over: the one chosen here is not known.".into());
        }
        _ => {}
    }
}

fn has_field(workspace: &Workspace, key: Option<&FieldKey>) -> bool {
    key.is_some_and(|key| workspace.has_field(key))
}

fn check_step(id: StepId, step: &Step, graph: &Graph, workspace: &Workspace, flaws: &mut Vec<Flaw>) {
    let at = At::Step(id);
    let length = step.name.trim().chars().count();
    if length == 0 || length > MOST_NAME {
        flaws.push(Flaw::new(at, "name", "A step's name has 1 to 80 characters."));
    }
    if step.comment.chars().count() > MOST_COMMENT {
        flaws.push(Flaw::new(at, "comment", "A comment has at most 500 characters."));
    }
    let person = |id: PersonId| workspace.people.contains(&id);
    let found = match &step.kind {
        StepKind::SendMessage(step) => step.content.check(),
        StepKind::AskQuestion(step) => step.check(&workspace.fields),
        StepKind::WaitForResponse(step) => step.check(),
        StepKind::AssignTo(step) => step.check(&person, &|team| workspace.teams.contains(&team)),
        StepKind::Branch(step) => step.check(workspace),
        StepKind::UpdateContactTag(step) => step.check(),
        StepKind::UpdateContactField(step) => step.check(&workspace.fields),
        StepKind::OpenConversation(_) => Vec::new(),
        StepKind::CloseConversation(step) => step.check(),
        StepKind::AddComment(step) => step.check(&person),
        StepKind::JumpTo(step) => step.check(&|target| graph.steps.contains_key(&target)),
        StepKind::Wait(step) => step.check(),
        StepKind::DateTime(step) => step.check(&|schedule| workspace.schedules.contains(&schedule)),
        StepKind::TriggerWorkflow(step) => step.check(&|workflow| workspace.manual.get(&workflow)),
        StepKind::HttpRequest(step) => step.check(),
        StepKind::AddSheetRow(step) => step.check(&|account| workspace.accounts.contains(account)),
        StepKind::AiAgent(step) => {
            step.check(&|connection| workspace.connections.contains(connection), &workspace.fields)
        }
        StepKind::ThreadControl(step) => step.check(&|app| workspace.apps.contains(app)),
    };
    flaws.extend(found.into_iter().map(|(field, message)| Flaw::new(at, field, message)));
}

fn check_variables(id: StepId, step: &Step, known: &BTreeSet<String>, flaws: &mut Vec<Flaw>) {
    let conditions: Vec<&str> = match &step.kind {
        StepKind::Branch(branch) => branch.branches.iter().flat_map(|way| named(&way.conditions)).collect(),
        _ => Vec::new(),
    };
    let spoken = phrases(&step.kind).into_iter().flat_map(Phrase::names);
    check_names(At::Step(id), "variables", spoken.chain(conditions), known, flaws);
}

/// Every variable conditions look at, as their subject or in a value.
fn named(conditions: &Conditions) -> impl Iterator<Item = &str> {
    conditions.tests.iter().flat_map(|test| {
        let subject = match &test.subject {
            Subject::Variable { name } => Some(name.as_str()),
            _ => None,
        };
        subject.into_iter().chain(test.values.iter().flat_map(Phrase::names))
    })
}

/// Names nobody sets, each said once.
fn check_names<'a>(
    at: At,
    field: &str,
    names: impl IntoIterator<Item = &'a str>,
    known: &BTreeSet<String>,
    flaws: &mut Vec<Flaw>,
) {
    let strange: BTreeSet<&str> =
        names.into_iter().filter(|name| !name.is_empty() && !known.contains(*name)).collect();
    let words = |name| format!("Nothing here sets the variable ${name}.");
    flaws.extend(strange.into_iter().map(|name| Flaw::new(at, field, words(name))));
}

/// What the author should look at again; it does not keep the workflow from being saved (WF-70).
pub fn advise(graph: &Graph) -> Vec<Flaw> {
    let mut advice = Vec::new();
    for (id, step) in graph.walk().into_iter().filter_map(|id| Some((id, graph.steps.get(&id)?))) {
        for exit in step.kind.exits().into_iter().filter(|exit| !step.exits.contains_key(exit)) {
            if let Some(words) = empty_way(exit, &step.kind) {
                advice.push(Flaw::new(At::Step(id), &exit.to_string(), words));
            }
        }
        if let StepKind::AskQuestion(question) = &step.kind
            && let Some(example) = question.lacks_format()
        {
            let words = format!(
                "Say in the question how to write the answer, such as {example}. What is written differently is not \
                 saved and takes the Failure way."
            );
            advice.push(Flaw::new(At::Step(id), "format", words));
        }
        let holes = phrases(&step.kind).into_iter().flat_map(Phrase::without_fallback);
        for name in holes.filter(|name| may_be_empty(name)).collect::<BTreeSet<_>>() {
            let words = format!("${name} can be empty. Add a fallback, such as ${name}|there.");
            advice.push(Flaw::new(At::Step(id), "variables", words));
        }
    }
    advice
}

fn empty_way(exit: Exit, kind: &StepKind) -> Option<&'static str> {
    match exit {
        Exit::Failure => Some("If this fails, the workflow ends here. Add a step to go on."),
        Exit::Timeout if matches!(kind, StepKind::AssignTo(_)) => {
            Some("If nobody fits in time, the workflow ends here. Add a step to go on.")
        }
        Exit::Timeout => Some("If no answer comes in time, the workflow ends here. Add a step to go on."),
        Exit::Else => Some("If no branch fits, the workflow ends here. Add a step to go on."),
        Exit::HandOver => {
            Some("If the agent asks for a person, nobody is told. Assign the conversation here.")
        }
        Exit::Next | Exit::Success | Exit::Branch(_) | Exit::MessageFailure => None,
    }
}

fn may_be_empty(name: &str) -> bool {
    !(name.starts_with("system.")
        || name.starts_with("page.")
        || name == "contact.id"
        || name == "contact.name")
}

/// The phrases of a step.
fn phrases(kind: &StepKind) -> Vec<&Phrase> {
    match kind {
        StepKind::SendMessage(step) => step.content.phrases(),
        StepKind::AskQuestion(step) => step.content.phrases(),
        StepKind::UpdateContactField(step) => vec![&step.value],
        StepKind::CloseConversation(step) => vec![&step.summary],
        StepKind::AddComment(step) => vec![&step.text],
        StepKind::HttpRequest(step) => [&step.url, &step.body]
            .into_iter()
            .chain(step.headers.iter().map(|header| &header.value))
            .collect(),
        StepKind::AddSheetRow(step) => step.columns.iter().map(|column| &column.value).collect(),
        StepKind::AiAgent(step) => vec![&step.instructions],
        StepKind::ThreadControl(ThreadControl::Give { metadata, .. }) => vec![metadata],
        StepKind::Branch(step) => {
            step.branches.iter().flat_map(|way| &way.conditions.tests).flat_map(|test| &test.values).collect()
        }
        StepKind::WaitForResponse(_)
        | StepKind::AssignTo(_)
        | StepKind::UpdateContactTag(_)
        | StepKind::OpenConversation(_)
        | StepKind::JumpTo(_)
        | StepKind::Wait(_)
        | StepKind::DateTime(_)
        | StepKind::TriggerWorkflow(_)
        | StepKind::ThreadControl(_) => Vec::new(),
    }
}

/// What a variable may be in a run, where an example tells more than its name.
pub fn sample(name: &str, workspace: &Workspace) -> Option<String> {
    let fixed = match name {
        "contact.name" => "Maya Lindqvist",
        "contact.firstname" => "Maya",
        "contact.lastname" => "Lindqvist",
        "contact.email" => "maya@example.com",
        "contact.phone" => "+47 22 33 44 55",
        "contact.country" => "Norway",
        "contact.language" => "Norwegian",
        "assignee.name" => "Mia Berg",
        "assignee.email" => "mia@example.com",
        "page.name" => "Shoe Shop",
        "system.current_date" => "2026-11-21",
        "system.current_time" => "14:30:00",
        "system.current_datetime" => "2026-11-21 14:30:00",
        "trigger.source" => "contact",
        _ => "",
    };
    let of_field = || {
        let key = name.strip_prefix("contact.")?;
        let field = workspace.fields.iter().find(|field| field.key.as_str() == key)?;
        field.options.first().cloned().or_else(|| field.kind.example().map(str::to_owned))
    };
    if fixed.is_empty() { of_field() } else { Some(fixed.to_owned()) }
}

/// The variables a phrase of this workflow can name, with where each comes from: the builder offers them.
pub fn variables(graph: &Graph, workspace: &Workspace) -> Vec<(String, String)> {
    let steps = graph
        .steps
        .values()
        .flat_map(|step| set_by(&step.kind).into_iter().map(|name| (name, format!("from “{}”", step.name))));
    given(graph.trigger.as_ref(), workspace).chain(steps).collect()
}

/// Those that are there before the first step.
fn given(trigger: Option<&Trigger>, workspace: &Workspace) -> impl Iterator<Item = (String, String)> {
    let fixed = [
        ("contact.id", "the contact's id"),
        ("assignee.name", "who the conversation is assigned to"),
        ("assignee.email", "the assignee's e-mail address"),
        ("assignee.id", "the assignee's id"),
        ("page.name", "the page's name"),
        ("page.id", "the page's id"),
        ("system.current_date", "today"),
        ("system.current_time", "the time of the day"),
        ("system.current_datetime", "today and the time of the day"),
    ];
    let fields = workspace.fields.iter().map(|field| (format!("contact.{}", field.key), field.name.clone()));
    let trigger = trigger.into_iter().flat_map(|trigger| trigger.kind.variables());
    fields
        .chain(fixed.into_iter().map(|(name, what)| (name.to_owned(), what.to_owned())))
        .chain(trigger.map(|(name, what)| (name, what.to_owned())))
}

fn known_variables(graph: &Graph, workspace: &Workspace) -> BTreeSet<String> {
    variables(graph, workspace).into_iter().map(|(name, _)| name).collect()
}

fn set_by(kind: &StepKind) -> Vec<String> {
    match kind {
        StepKind::AskQuestion(step) => {
            let chosen = matches!(step.kind, AnswerKind::MultipleChoice { .. });
            let suffixes = if chosen { &["", "_number"][..] } else { &[""] };
            let named = step.save.variable.iter();
            named
                .flat_map(|name| suffixes.iter().map(move |suffix| format!("answer.{name}{suffix}")))
                .collect()
        }
        StepKind::WaitForResponse(step) => {
            let suffixes = ["", "_payload", "_file", "_token"];
            let named = step.variable.iter();
            named.flat_map(|name| suffixes.map(|suffix| format!("answer.{name}{suffix}"))).collect()
        }
        StepKind::HttpRequest(step) => {
            let mapped = step.mappings.iter().map(|mapping| &mapping.variable);
            mapped.chain(&step.save_status).map(|name| format!("http.{name}")).collect()
        }
        StepKind::AiAgent(step) => step.save.iter().map(|one| format!("agent.{}", one.variable)).collect(),
        StepKind::ThreadControl(ThreadControl::GetOwner { variable }) => {
            vec![format!("owner.{variable}"), format!("owner.{variable}_app")]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::field;
    use super::super::graph::Place;
    use super::super::samples::say;
    use super::super::steps::content::Content;
    use super::super::steps::flow::JumpTo;
    use super::super::steps::question::{AnswerKind, AskQuestion, DEFAULT_TIMEOUT, Save, WaitForResponse};
    use super::*;

    fn workspace() -> Workspace {
        Workspace { fields: field::builtin(), ..Workspace::default() }
    }

    fn opened() -> Option<Trigger> {
        let kind = TriggerKind::ConversationOpened {};
        Some(Trigger { kind, conditions: Default::default(), once_per_contact: false })
    }

    fn graph(kinds: Vec<StepKind>) -> Graph {
        let mut graph = Graph { trigger: opened(), ..Graph::default() };
        for kind in kinds.into_iter().rev() {
            graph.insert(Place::First, "Step".into(), kind).unwrap();
        }
        graph
    }

    #[test]
    fn a_trigger_without_a_step_cannot_be_saved() {
        let flaws = check(&graph(vec![]), &workspace());
        assert_eq!(flaws.len(), 1);
        assert_eq!(flaws[0].field, "steps");
        assert_eq!(check(&Graph::default(), &workspace()).len(), 2);
    }

    #[test]
    fn a_whole_workflow_has_no_flaw() {
        assert_eq!(check(&graph(vec![say("Hi $contact.firstname|there from $page.name")]), &workspace()), []);
    }

    #[test]
    fn a_variable_that_nothing_sets_is_a_flaw_until_something_does() {
        let asks =
            StepKind::WaitForResponse(WaitForResponse { variable: Some("size".into()), timeout_ms: 60_000 });
        assert_eq!(check(&graph(vec![say("Size $answer.size|?")]), &workspace()).len(), 1);
        assert_eq!(check(&graph(vec![asks, say("Size $answer.size|?")]), &workspace()), []);
    }

    #[test]
    fn a_jump_leads_somewhere() {
        let jump = |target| StepKind::JumpTo(JumpTo { target, times: 1 });
        assert_eq!(check(&graph(vec![say("Hi"), jump(None)]), &workspace()).len(), 1);
        assert_eq!(check(&graph(vec![say("Hi"), jump(Some(StepId(9)))]), &workspace()).len(), 1);
        assert_eq!(check(&graph(vec![say("Hi"), jump(Some(StepId(2)))]), &workspace()), []);
    }

    #[test]
    fn a_question_that_does_not_say_how_to_answer_is_pointed_out() {
        let kinds = [
            AnswerKind::Number { min: None, max: None },
            AnswerKind::Date {},
            AnswerKind::Phone {},
            AnswerKind::Email {},
            AnswerKind::Url {},
        ];
        let asked = |kind: &AnswerKind, text: &str| {
            let content = Content::text(text);
            let save = Save::default();
            let asks = AskQuestion { content, kind: kind.clone(), save, timeout_ms: DEFAULT_TIMEOUT };
            let advice = advise(&graph(vec![StepKind::AskQuestion(asks)]));
            advice.into_iter().find(|flaw| flaw.field == "format")
        };
        for kind in &kinds {
            let advice = asked(kind, "Well?").expect("advice");
            let example = kind.example().expect("an example");
            assert!(advice.message.contains(example), "{advice:?}");
            assert_eq!(asked(kind, &format!("Well? Such as {example}")), None, "{kind:?}");
        }
        for kind in [AnswerKind::Text {}, AnswerKind::Rating {}, AnswerKind::Location {}] {
            assert_eq!(asked(&kind, "Well?"), None);
        }
    }

    #[test]
    fn a_time_zone_nobody_knows_is_a_flaw() {
        let range = |zone: &str| {
            let (from, to) = ("2026-12-24".into(), "2026-12-26".into());
            graph(vec![StepKind::DateTime(DateTime::DateRange { zone: zone.into(), from, to })])
        };
        let exists = |zone: &str| zone == "Europe/Oslo";
        assert_eq!(check_zones(&range("Europe/Oslo"), &exists), []);
        assert_eq!(check_zones(&range("Mars/Olympus"), &exists)[0].field, "zone");
        assert_eq!(check_zones(&range(""), &exists), [], "that it is missing is said already");
    }

    #[test]
    fn open_ends_and_holes_are_pointed_out() {
        let asks = StepKind::WaitForResponse(WaitForResponse { variable: None, timeout_ms: 60_000 });
        let advice = advise(&graph(vec![asks, say("Hi $contact.firstname")]));
        let about: Vec<&str> = advice.iter().map(|flaw| flaw.field.as_str()).collect();
        assert_eq!(about, ["timeout", "variables"]);
    }
}
