//! A workflow as a file: taken to another workspace, and read back with everything that does not exist there named, and
//! removed where the step shows as incomplete without it.

use super::check::{At, Workspace};
use super::graph::{Graph, MOST_STEPS, StepId};
use super::settings::Settings;
use super::step::{Step, StepKind};
use super::steps::assign::Target;
use super::steps::control::ThreadControl;
use super::steps::flow::DateTime;
use super::trigger::{Trigger, TriggerKind};
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;
use std::fmt;

#[cfg(test)]
mod hostile;

/// The largest file that is read, in bytes (WF-44).
pub const MOST_BYTES: usize = 400 * 1024;
/// The most characters of a workflow's name.
pub const MOST_NAME: usize = 100;
/// What the file says it is.
const FORMAT: &str = "baton.workflow.v1";

/// The file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: String,
    name: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    settings: Settings,
    /// Exactly one; a list so that a file with several can be told apart from one that is no workflow.
    triggers: Vec<Trigger>,
    #[serde(default)]
    first: Option<StepId>,
    #[serde(default, deserialize_with = "each_once")]
    steps: BTreeMap<StepId, Step>,
}

/// Steps by their numbers. A number that is there twice would leave open which of both is meant.
fn each_once<'de, D: Deserializer<'de>>(reader: D) -> Result<BTreeMap<StepId, Step>, D::Error> {
    struct Steps;
    impl<'de> Visitor<'de> for Steps {
        type Value = BTreeMap<StepId, Step>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("steps by their numbers")
        }
        fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
            let mut steps = BTreeMap::new();
            while let Some((id, step)) = map.next_entry()? {
                if steps.insert(id, step).is_some() {
                    return Err(M::Error::custom("a step is there twice"));
                }
            }
            Ok(steps)
        }
    }
    reader.deserialize_map(Steps)
}

/// A workflow read from a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    pub name: String,
    pub description: String,
    pub settings: Settings,
    pub graph: Graph,
    pub removed: Vec<Removed>,
}

/// A value that does not exist in this workspace (WF-46).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    pub at: At,
    /// The step's name, or "Trigger".
    pub step: String,
    /// What it was, such as "a team".
    pub what: String,
}

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("The file has {} KB; at most 400 KB can be imported.", bytes.div_ceil(1024))]
    TooLarge { bytes: usize },
    #[error("The file is not JSON: {reason}.")]
    NotJson { reason: String },
    /// Word for word (WF-48).
    #[error("Invalid JSON schema, please submit a valid JSON file")]
    InvalidSchema { reason: String },
    #[error("The workflow has {steps} steps; at most 100 can be imported.")]
    TooManySteps { steps: usize },
}

/// The file of a workflow.
pub fn export(name: &str, description: &str, settings: Settings, graph: &Graph) -> String {
    let file = File {
        format: FORMAT.to_owned(),
        name: name.to_owned(),
        description: description.to_owned(),
        settings,
        triggers: graph.trigger.iter().cloned().collect(),
        first: graph.first,
        steps: graph.steps.clone(),
    };
    serde_json::to_string_pretty(&file).expect("a workflow consists of what JSON can say")
}

/// Reads a file into this workspace.
pub fn import(bytes: &[u8], workspace: &Workspace) -> Result<Imported, Unreadable> {
    if bytes.len() > MOST_BYTES {
        return Err(Unreadable::TooLarge { bytes: bytes.len() });
    }
    let json: serde_json::Value =
        serde_json::from_slice(bytes).map_err(|error| Unreadable::NotJson { reason: error.to_string() })?;
    // Counted before it is understood, so that a large file is refused for its size and not for a detail.
    let steps = json.get("steps").and_then(serde_json::Value::as_object).map_or(0, serde_json::Map::len);
    if steps > MOST_STEPS {
        return Err(Unreadable::TooManySteps { steps });
    }
    let invalid = |reason: String| Unreadable::InvalidSchema { reason };
    let file: File = serde_json::from_slice(bytes).map_err(|error| invalid(error.to_string()))?;
    if file.format != FORMAT {
        return Err(invalid(format!("the format is {:?}", file.format.chars().take(40).collect::<String>())));
    }
    let [trigger] = <[Trigger; 1]>::try_from(file.triggers)
        .map_err(|triggers| invalid(format!("{} triggers", triggers.len())))?;
    if file.steps.is_empty() || file.first.is_none() {
        return Err(invalid("a trigger without a step".into()));
    }
    let mut graph = Graph { trigger: Some(trigger), first: file.first, steps: file.steps };
    if !graph.is_tree() {
        return Err(invalid("the steps do not hang together".into()));
    }
    let mut removed = remove_unknown(&mut graph, workspace);
    let settings = match file.settings.check() {
        Ok(_) => file.settings,
        Err(flaw) => {
            let what = format!("settings that do not fit ({flaw}); the usual ones hold");
            removed.push(Removed { at: At::Trigger, step: "Settings".to_owned(), what });
            Settings::default()
        }
    };
    Ok(Imported {
        name: clean(&file.name, MOST_NAME, "Imported workflow"),
        description: file.description.chars().take(1_000).collect(),
        settings,
        graph,
        removed,
    })
}

/// A name on one line, of a sensible length.
fn clean(name: &str, most: usize, otherwise: &str) -> String {
    let name: String = name.chars().filter(|letter| !letter.is_control()).take(most).collect();
    match name.trim() {
        "" => otherwise.to_owned(),
        name => name.to_owned(),
    }
}

/// The name with ` (2)`, ` (3)` … behind it when it is taken (WF-45).
pub fn free_name(name: &str, taken: &dyn Fn(&str) -> bool) -> String {
    if !taken(name) {
        return name.to_owned();
    }
    (2u32..).map(|number| format!("{name} ({number})")).find(|name| !taken(name)).expect("numbers do not end")
}

/// The name of a copy (B-11).
pub fn clone_name(name: &str, taken: &dyn Fn(&str) -> bool) -> String {
    free_name(&format!("{name} clone"), taken)
}

fn remove_unknown(graph: &mut Graph, workspace: &Workspace) -> Vec<Removed> {
    let mut removed = Vec::new();
    if let Some(trigger) = &mut graph.trigger {
        let mut note =
            |what: &str| removed.push(Removed { at: At::Trigger, step: "Trigger".into(), what: what.into() });
        clean_trigger(&mut trigger.kind, workspace, &mut note);
        trigger.conditions.remove_unknown(workspace, &mut note);
    }
    for (id, step) in &mut graph.steps {
        let name = step.name.clone();
        let mut note =
            |what: &str| removed.push(Removed { at: At::Step(*id), step: name.clone(), what: what.into() });
        clean_step(&mut step.kind, workspace, &mut note);
    }
    removed
}

/// Takes a value out when it is not known here.
fn drop_unless<T>(value: &mut Option<T>, known: impl Fn(&T) -> bool, what: &str, note: &mut dyn FnMut(&str)) {
    if value.as_ref().is_some_and(|value| !known(value)) {
        *value = None;
        note(what);
    }
}

/// Names a value that does not exist here and may be left out: it stays, so that the step shows as incomplete (WF-46)
/// and its author decides. Taken out it would only look complete.
fn name_unless<T>(value: Option<&T>, known: impl Fn(&T) -> bool, what: &str, note: &mut dyn FnMut(&str)) {
    if value.is_some_and(|value| !known(value)) {
        note(what);
    }
}

fn clean_trigger(kind: &mut TriggerKind, workspace: &Workspace, note: &mut dyn FnMut(&str)) {
    match kind {
        TriggerKind::ContactFieldUpdated { field } => {
            drop_unless(field, |key| workspace.has_field(key), "a contact field", note);
        }
        TriggerKind::ControlReceived { from, .. } => {
            // Without an app it would fire for all of them.
            name_unless(from.as_ref(), |app| workspace.apps.contains(app), "an app", note);
        }
        _ => {}
    }
}

fn clean_step(kind: &mut StepKind, workspace: &Workspace, note: &mut dyn FnMut(&str)) {
    match kind {
        StepKind::AssignTo(step) => match &mut step.to {
            Target::User { person } => {
                drop_unless(person, |person| workspace.people.contains(person), "a person", note);
            }
            Target::Team { team, .. } => {
                drop_unless(team, |team| workspace.teams.contains(team), "a team", note)
            }
            Target::Workspace { .. } | Target::Unassign {} => {}
        },
        StepKind::AskQuestion(step) => {
            name_unless(step.save.field.as_ref(), |key| workspace.has_field(key), "a contact field", note);
        }
        StepKind::UpdateContactField(step) => {
            drop_unless(&mut step.field, |key| workspace.has_field(key), "a contact field", note);
        }
        StepKind::AddComment(step) => {
            if !step.mentions.iter().all(|person| workspace.people.contains(person)) {
                note("people who were mentioned");
            }
        }
        StepKind::DateTime(DateTime::BusinessHours { schedule }) => {
            drop_unless(schedule, |one| workspace.schedules.contains(one), "business hours", note);
        }
        StepKind::TriggerWorkflow(step) => {
            drop_unless(&mut step.workflow, |one| workspace.manual.contains_key(one), "a workflow", note);
            let steps = step.workflow.and_then(|one| workspace.manual.get(&one));
            match steps {
                Some(steps) => name_unless(step.step.as_ref(), |one| steps.contains(one), "a step", note),
                None => step.step = None,
            }
        }
        StepKind::AddSheetRow(step) => {
            drop_unless(&mut step.account, |one| workspace.accounts.contains(one), "a Google account", note);
        }
        StepKind::AiAgent(step) => {
            drop_unless(
                &mut step.connection,
                |one| workspace.connections.contains(one),
                "an AI connection",
                note,
            );
            for outcome in &step.save {
                name_unless(outcome.field.as_ref(), |key| workspace.has_field(key), "a contact field", note);
            }
        }
        StepKind::ThreadControl(ThreadControl::Give { app, .. }) => {
            drop_unless(app, |app| workspace.apps.contains(app), "an app", note);
        }
        StepKind::Branch(step) => {
            for way in &mut step.branches {
                way.conditions.remove_unknown(workspace, note);
            }
        }
        StepKind::SendMessage(_)
        | StepKind::WaitForResponse(_)
        | StepKind::UpdateContactTag(_)
        | StepKind::OpenConversation(_)
        | StepKind::CloseConversation(_)
        | StepKind::JumpTo(_)
        | StepKind::Wait(_)
        | StepKind::DateTime(DateTime::DateRange { .. })
        | StepKind::HttpRequest(_)
        | StepKind::ThreadControl(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::condition::{Conditions, Join, Operator, Subject, Test};
    use super::super::field::FieldKey;
    use super::super::graph::Place;
    use super::super::samples::say;
    use super::super::steps::assign::{AssignTo, Logic};
    use super::super::steps::branch::{Branch, Way};
    use super::*;
    use crate::TeamId;
    use proptest::prelude::*;
    use serde_json::json;
    use uuid::Uuid;

    fn sample() -> Graph {
        let trigger = Trigger {
            kind: TriggerKind::ConversationOpened {},
            conditions: Default::default(),
            once_per_contact: true,
        };
        let mut graph = Graph { trigger: Some(trigger), ..Graph::default() };
        let team = Some(TeamId(Uuid::from_u128(9)));
        let to = Target::Team { team, logic: Logic::RoundRobin };
        let assign = AssignTo { to, online_only: false, fewer_than: None, timeout_ms: 60_000 };
        graph.insert(Place::First, "To Returns".into(), StepKind::AssignTo(assign)).unwrap();
        graph.insert(Place::First, "Hello".into(), say("Hi")).unwrap();
        graph
    }

    fn file() -> serde_json::Value {
        serde_json::from_str(&export("Returns", "For returns", Settings::default(), &sample())).unwrap()
    }

    fn read(json: &serde_json::Value) -> Result<Imported, Unreadable> {
        import(json.to_string().as_bytes(), &Workspace::default())
    }

    #[test]
    fn what_is_exported_is_imported_as_it_was() {
        let here = Workspace { teams: [TeamId(Uuid::from_u128(9))].into(), ..Workspace::default() };
        let imported = import(file().to_string().as_bytes(), &here).unwrap();
        assert_eq!((imported.graph, imported.removed), (sample(), vec![]));
        assert_eq!(imported.name, "Returns");
    }

    #[test]
    fn values_that_do_not_exist_here_are_removed_and_named() {
        let imported = read(&file()).unwrap();
        assert_eq!(imported.removed.len(), 1);
        assert_eq!(
            (imported.removed[0].step.as_str(), imported.removed[0].what.as_str()),
            ("To Returns", "a team")
        );
        let flaws = super::super::check::check(&imported.graph, &Workspace::default());
        assert_eq!(flaws.len(), 1);
    }

    #[test]
    fn values_inside_conditions_are_removed_and_named_where_they_stand() {
        let mut graph = sample();
        let test =
            |subject, value: &str| Test { subject, operator: Operator::Equal, values: vec![value.into()] };
        let shoe = || Subject::ContactField { field: FieldKey::new("shoe_size").unwrap() };
        let conditions = |tests| Conditions { join: Join::Or, tests };
        graph.trigger.as_mut().unwrap().conditions = conditions(vec![test(Subject::Page {}, "4711")]);
        let way = Way { name: "Large".into(), conditions: conditions(vec![test(shoe(), "47")]) };
        graph
            .insert(Place::First, "By size".into(), StepKind::Branch(Branch { branches: vec![way] }))
            .unwrap();
        let file = export("Returns", "", Settings::default(), &graph);
        let here = Workspace { teams: [TeamId(Uuid::from_u128(9))].into(), ..Workspace::default() };
        let imported = import(file.as_bytes(), &here).unwrap();
        let told: Vec<_> =
            imported.removed.iter().map(|one| (one.step.as_str(), one.what.as_str())).collect();
        assert_eq!(told, [("Trigger", "a page"), ("By size", "a contact field")]);
        let flaws = super::super::check::check(&imported.graph, &here);
        let red: Vec<&str> = flaws.iter().map(|flaw| flaw.field.as_str()).collect();
        assert_eq!(red, ["conditions", "branches"]);
    }

    #[test]
    fn each_fault_has_its_own_words() {
        let schema = "Invalid JSON schema, please submit a valid JSON file";
        let mut two = file();
        two["triggers"] = json!([two["triggers"][0], two["triggers"][0]]);
        assert_eq!(read(&two).unwrap_err().to_string(), schema);
        let mut bare = file();
        (bare["steps"], bare["first"]) = (json!({}), json!(null));
        assert_eq!(read(&bare).unwrap_err().to_string(), schema);
        let mut none = file();
        none["triggers"] = json!([]);
        assert_eq!(read(&none).unwrap_err().to_string(), schema);
        let mut many = file();
        many["steps"] =
            (1..=101).map(|n| (n.to_string(), json!({}))).collect::<serde_json::Map<_, _>>().into();
        assert_eq!(read(&many), Err(Unreadable::TooManySteps { steps: 101 }));
        let large = vec![b' '; MOST_BYTES + 1];
        assert_eq!(import(&large, &Workspace::default()), Err(Unreadable::TooLarge { bytes: large.len() }));
        assert!(matches!(import(b"{\"a\": ", &Workspace::default()), Err(Unreadable::NotJson { .. })));
    }

    #[test]
    fn hostile_files_are_refused_in_words() {
        let deep = "[".repeat(100_000);
        assert!(matches!(import(deep.as_bytes(), &Workspace::default()), Err(Unreadable::NotJson { .. })));
        let mut circle = file();
        let first = circle["first"].as_u64().unwrap().to_string();
        circle["steps"]["1"]["exits"]["next"] = json!(first.parse::<u64>().unwrap());
        assert!(matches!(read(&circle), Err(Unreadable::InvalidSchema { .. })));
        let mut huge = file();
        huge["first"] = json!(1e300);
        assert!(matches!(read(&huge), Err(Unreadable::InvalidSchema { .. })));
        let mut script = file();
        script["name"] = json!("<script>alert(1)</script>\u{0}\n");
        assert_eq!(read(&script).unwrap().name, "<script>alert(1)</script>");
        let mut extra = file();
        extra["steps"]["1"]["account_id"] = json!(7);
        assert!(matches!(read(&extra), Err(Unreadable::InvalidSchema { .. })));
    }

    #[test]
    fn names_get_a_number_when_they_are_taken() {
        let taken = |name: &str| ["Returns", "Returns (2)", "Returns clone"].contains(&name);
        assert_eq!(free_name("Returns", &taken), "Returns (3)");
        assert_eq!(free_name("Orders", &taken), "Orders");
        assert_eq!(clone_name("Returns", &taken), "Returns clone (2)");
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = import(&bytes, &Workspace::default());
        }
    }
}
