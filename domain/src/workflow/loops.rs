//! Whether a workflow can start itself, directly or through others (WF-85 to WF-87, B-3).
//!
//! An edge leads from a workflow to another when a step of the first can fire the trigger of the second and its
//! conditions can hold. A cycle is refused before anything is published.

use super::condition::{Conditions, Join, Operator, Subject, Test};
use super::field::FieldKey;
use super::graph::Graph;
use super::phrase::Phrase;
use super::step::StepKind;
use super::steps::control::ThreadControl;
use super::steps::question::AnswerKind;
use super::trigger::{Source, TagAction, TriggerKind};
use super::value::fold;
use crate::WorkflowId;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A workflow as far as loops are concerned.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    pub id: WorkflowId,
    pub name: &'a str,
    pub graph: &'a Graph,
}

/// A way back to where it began: each workflow with the step that starts the next one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loop {
    pub way: Vec<(String, String)>,
}

/// The first line of the refusal, word for word (WF-85).
pub const LOOP_DETECTED: &str = "Workflow loop detected";

impl fmt::Display for Loop {
    /// The exact words, then the cycle by name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{LOOP_DETECTED}: ")?;
        for (workflow, step) in &self.way {
            write!(f, "“{workflow}” (step “{step}”) starts ")?;
        }
        let first = self.way.first().map_or("", |(workflow, _)| workflow.as_str());
        write!(f, "“{first}” again.")
    }
}

/// What a step can set off.
enum Sets<'a> {
    Opens,
    Closes {
        category: Option<&'a str>,
    },
    Tags {
        action: TagAction,
        tags: Vec<&'a str>,
    },
    /// `value`: what is written, where that is known before.
    Writes {
        field: &'a FieldKey,
        value: Option<&'a str>,
    },
    Starts {
        workflow: WorkflowId,
    },
    LosesControl,
}

/// The first loop that publishing `this` would close; `published` are the workflows that run already.
pub fn find(this: Node<'_>, published: &[Node<'_>]) -> Option<Loop> {
    let others = published.iter().copied().filter(|node| node.id != this.id);
    let nodes: Vec<Node<'_>> = std::iter::once(this).chain(others).collect();
    // The shortest way back is the easiest to understand.
    let mut came: BTreeMap<usize, (usize, String)> = BTreeMap::new();
    let mut open = std::collections::VecDeque::from([0]);
    let mut seen = BTreeSet::from([0]);
    while let Some(at) = open.pop_front() {
        for (to, step) in edges(&nodes, at) {
            if to == 0 {
                return Some(told(&nodes, &came, at, step));
            }
            if seen.insert(to) {
                came.insert(to, (at, step));
                open.push_back(to);
            }
        }
    }
    None
}

fn told(nodes: &[Node<'_>], came: &BTreeMap<usize, (usize, String)>, last: usize, step: String) -> Loop {
    let mut way = vec![(nodes[last].name.to_owned(), step)];
    let mut at = last;
    while let Some((before, step)) = came.get(&at) {
        way.push((nodes[*before].name.to_owned(), step.clone()));
        at = *before;
    }
    way.reverse();
    Loop { way }
}

fn edges(nodes: &[Node<'_>], from: usize) -> Vec<(usize, String)> {
    let graph = nodes[from].graph;
    let mut edges = Vec::new();
    for step in graph.walk().iter().filter_map(|id| graph.steps.get(id)) {
        for set in sets(&step.kind) {
            for (to, node) in nodes.iter().enumerate() {
                if fires(&set, node) {
                    edges.push((to, step.name.clone()));
                }
            }
        }
    }
    edges
}

fn sets(kind: &StepKind) -> Vec<Sets<'_>> {
    match kind {
        StepKind::OpenConversation(_) => vec![Sets::Opens],
        StepKind::CloseConversation(step) => vec![Sets::Closes { category: step.category.as_deref() }],
        StepKind::UpdateContactTag(step) => {
            vec![Sets::Tags { action: step.action, tags: step.tags.iter().map(String::as_str).collect() }]
        }
        StepKind::UpdateContactField(step) => {
            let value = Some(step.value.as_str()).filter(|_| step.value.names().is_empty());
            step.field.iter().map(|field| Sets::Writes { field, value }).collect()
        }
        StepKind::AskQuestion(step) => {
            let field = step.save.field.iter().map(|field| Sets::Writes { field, value: None });
            let tags = match &step.kind {
                AnswerKind::MultipleChoice { options } if step.save.as_tag => {
                    let tags = options.iter().map(String::as_str).collect();
                    Some(Sets::Tags { action: TagAction::Added, tags })
                }
                _ => None,
            };
            field.chain(tags).collect()
        }
        StepKind::AiAgent(step) => step
            .save
            .iter()
            .filter_map(|one| one.field.as_ref())
            .map(|field| Sets::Writes { field, value: None })
            .collect(),
        StepKind::TriggerWorkflow(step) => {
            step.workflow.map(|workflow| Sets::Starts { workflow }).into_iter().collect()
        }
        StepKind::ThreadControl(ThreadControl::SendToInbox {} | ThreadControl::Give { .. }) => {
            vec![Sets::LosesControl]
        }
        StepKind::ThreadControl(ThreadControl::Take {} | ThreadControl::GetOwner { .. })
        | StepKind::SendMessage(_)
        | StepKind::WaitForResponse(_)
        | StepKind::AssignTo(_)
        | StepKind::Branch(_)
        | StepKind::AddComment(_)
        | StepKind::JumpTo(_)
        | StepKind::Wait(_)
        | StepKind::DateTime(_)
        | StepKind::HttpRequest(_)
        | StepKind::AddSheetRow(_) => Vec::new(),
    }
}

fn fires(set: &Sets<'_>, node: &Node<'_>) -> bool {
    let Some(trigger) = &node.graph.trigger else { return false };
    let conditions = &trigger.conditions;
    let by_workflow = Known::Variable("trigger.source", Source::Workflow.as_str());
    match (set, &trigger.kind) {
        (Sets::Opens, TriggerKind::ConversationOpened {}) => can_hold(conditions, &[by_workflow]),
        (Sets::Closes { category }, TriggerKind::ConversationClosed {}) => {
            let category = Known::Variable("trigger.category", category.unwrap_or_default());
            can_hold(conditions, &[by_workflow, category])
        }
        (Sets::Tags { action, tags }, TriggerKind::ContactTagUpdated { action: wanted, tags: named }) => {
            let counts = |tag: &&&str| named.is_empty() || named.iter().any(|name| fold(name) == fold(tag));
            let fires = |tag: &str| {
                let known = [Known::Variable("trigger.tag", tag), Known::Tag(*action, tag)];
                can_hold(conditions, &known)
            };
            action == wanted && tags.iter().filter(counts).any(|tag| fires(tag))
        }
        (Sets::Writes { field, value }, TriggerKind::ContactFieldUpdated { field: Some(named) }) => {
            let known =
                value.map(|value| [Known::Variable("trigger.value", value), Known::Field(field, value)]);
            *field == named && can_hold(conditions, known.as_ref().map_or(&[], |known| &known[..]))
        }
        (Sets::Starts { workflow }, TriggerKind::Manual {}) => *workflow == node.id,
        (Sets::LosesControl, TriggerKind::ControlLost {}) => true,
        (_, _) => false,
    }
}

/// What is certain once a step has done its part.
#[derive(Clone, Copy)]
enum Known<'a> {
    Variable(&'a str, &'a str),
    Field(&'a FieldKey, &'a str),
    /// The contact carries this tag now, or no longer does.
    Tag(TagAction, &'a str),
}

/// Whether conditions can hold when so much is known; of everything else nothing is.
fn can_hold(conditions: &Conditions, known: &[Known<'_>]) -> bool {
    let possible = |test: &Test| {
        known.iter().all(|known| match (known, &test.subject) {
            (Known::Variable(name, value), Subject::Variable { name: asked }) if name == asked => {
                test_can_hold(test, value)
            }
            (Known::Field(key, value), Subject::ContactField { field }) if *key == field => {
                test_can_hold(test, value)
            }
            (Known::Tag(action, tag), Subject::ContactTags {}) => tags_can_fit(test, *action, tag),
            (_, _) => true,
        })
    };
    match conditions.join {
        _ if conditions.tests.is_empty() => true,
        Join::And => conditions.tests.iter().all(possible),
        Join::Or => conditions.tests.iter().any(possible),
    }
}

/// Whether the contact's tags can be as a condition wants them, once one was added or removed.
fn tags_can_fit(test: &Test, action: TagAction, tag: &str) -> bool {
    let is_this = |phrase: &Phrase| phrase.names().is_empty() && fold(phrase.as_str()) == fold(tag);
    let (named, only_this) = (test.values.iter().any(is_this), test.values.iter().all(is_this));
    match (test.operator, action) {
        (Operator::NoneOf, TagAction::Added) => !named,
        (Operator::NotExists, TagAction::Added) => false,
        (Operator::AllOf, TagAction::Removed) => !named,
        (Operator::AnyOf, TagAction::Removed) => !(named && only_this),
        (_, _) => true,
    }
}

fn test_can_hold(test: &Test, value: &str) -> bool {
    if test.values.iter().any(|phrase| !phrase.names().is_empty()) {
        return true;
    }
    let same = test.values.iter().any(|phrase| fold(phrase.as_str()) == fold(value));
    let part = test.values.iter().any(|phrase| fold(value).contains(&fold(phrase.as_str())));
    match test.operator {
        Operator::Equal | Operator::AnyOf | Operator::AllOf => same,
        Operator::NotEqual | Operator::NoneOf => !same,
        Operator::Contains => part,
        Operator::NotContains => !part,
        Operator::Exists => !value.is_empty(),
        Operator::NotExists => value.is_empty(),
        Operator::Greater
        | Operator::Less
        | Operator::Between
        | Operator::After
        | Operator::Before
        | Operator::BetweenMoments => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::graph::Place;
    use super::super::steps::contact::{UpdateField, UpdateTag};
    use super::super::steps::conversation::{CloseConversation, OpenConversation};
    use super::super::steps::flow::TriggerWorkflow;
    use super::super::trigger::Trigger;
    use super::*;
    use uuid::Uuid;

    fn id(n: u128) -> WorkflowId {
        WorkflowId(Uuid::from_u128(n))
    }

    fn graph(kind: TriggerKind, conditions: Conditions, step: StepKind) -> Graph {
        let trigger = Some(Trigger { kind, conditions, once_per_contact: false });
        let mut graph = Graph { trigger, ..Graph::default() };
        graph.insert(Place::First, "Step".into(), step).unwrap();
        graph
    }

    fn start(n: u128) -> StepKind {
        StepKind::TriggerWorkflow(TriggerWorkflow { workflow: Some(id(n)), step: None })
    }

    fn manual(step: StepKind) -> Graph {
        graph(TriggerKind::Manual {}, Conditions::default(), step)
    }

    fn source(operator: Operator, value: &str) -> Conditions {
        let subject = Subject::Variable { name: "trigger.source".into() };
        Conditions { join: Join::And, tests: vec![Test { subject, operator, values: vec![value.into()] }] }
    }

    fn alone(graph: &Graph) -> Option<Loop> {
        find(Node { id: id(1), name: "A", graph }, &[])
    }

    #[test]
    fn a_step_that_equals_the_trigger_is_a_loop() {
        let open = || StepKind::OpenConversation(OpenConversation {});
        assert!(alone(&graph(TriggerKind::ConversationOpened {}, Conditions::default(), open())).is_some());
        let tag = |action| StepKind::UpdateContactTag(UpdateTag { action, tags: vec!["VIP".into()] });
        let on_tag = || TriggerKind::ContactTagUpdated { action: TagAction::Added, tags: vec!["vip".into()] };
        assert!(alone(&graph(on_tag(), Conditions::default(), tag(TagAction::Added))).is_some());
        assert!(alone(&graph(on_tag(), Conditions::default(), tag(TagAction::Removed))).is_none());
    }

    #[test]
    fn a_condition_that_excludes_workflows_breaks_the_loop() {
        let close = || StepKind::CloseConversation(CloseConversation::default());
        let closed = |conditions| graph(TriggerKind::ConversationClosed {}, conditions, close());
        assert!(alone(&closed(Conditions::default())).is_some());
        assert!(alone(&closed(source(Operator::Equal, "user"))).is_none());
        assert!(alone(&closed(source(Operator::NotEqual, "workflow"))).is_none());
        assert!(alone(&closed(source(Operator::NotEqual, "user"))).is_some());
    }

    #[test]
    fn what_a_step_writes_fires_only_what_waits_for_it() {
        let key = || FieldKey::new("plan").unwrap();
        let write = |value: &str| {
            StepKind::UpdateContactField(UpdateField { field: Some(key()), value: value.into() })
        };
        let on_value = |operator, value: &str| {
            let subject = Subject::ContactField { field: key() };
            let test = Test { subject, operator, values: vec![value.into()] };
            Conditions { join: Join::And, tests: vec![test] }
        };
        let written = |conditions, value| {
            alone(&graph(TriggerKind::ContactFieldUpdated { field: Some(key()) }, conditions, write(value)))
        };
        assert!(written(Conditions::default(), "gold").is_some());
        assert!(written(on_value(Operator::Equal, "gold"), "gold").is_some());
        assert!(written(on_value(Operator::Equal, "silver"), "gold").is_none());
        assert!(written(on_value(Operator::Equal, "silver"), "$answer.plan").is_some(), "nobody knows");
    }

    #[test]
    fn a_tag_fires_only_what_its_absence_does_not_rule_out() {
        let tag =
            StepKind::UpdateContactTag(UpdateTag { action: TagAction::Added, tags: vec!["VIP".into()] });
        let unless = |operator| {
            let test = Test { subject: Subject::ContactTags {}, operator, values: vec!["vip".into()] };
            let on_tag = TriggerKind::ContactTagUpdated { action: TagAction::Added, tags: Vec::new() };
            alone(&graph(on_tag, Conditions { join: Join::And, tests: vec![test] }, tag.clone()))
        };
        assert!(unless(Operator::AnyOf).is_some());
        assert!(unless(Operator::NoneOf).is_none());
    }

    #[test]
    fn a_workflow_that_takes_a_closed_conversation_does_not_open_it_again() {
        let take = StepKind::ThreadControl(ThreadControl::Take {});
        assert!(alone(&graph(TriggerKind::ConversationOpened {}, Conditions::default(), take)).is_none());
    }

    #[test]
    fn a_chain_of_any_length_is_found_and_named() {
        let (a, b, c) = (manual(start(2)), manual(start(3)), manual(start(1)));
        let published = [Node { id: id(2), name: "B", graph: &b }, Node { id: id(3), name: "C", graph: &c }];
        let found = find(Node { id: id(1), name: "A", graph: &a }, &published).unwrap();
        assert_eq!(
            found.to_string(),
            "Workflow loop detected: “A” (step “Step”) starts “B” (step “Step”) starts “C” (step “Step”) starts “A” again."
        );
        assert_eq!(find(Node { id: id(1), name: "A", graph: &a }, &published[..1]), None);
    }

    #[test]
    fn a_loop_among_others_is_not_this_ones_fault() {
        let (a, b, c) = (manual(start(2)), manual(start(3)), manual(start(2)));
        let published = [Node { id: id(2), name: "B", graph: &b }, Node { id: id(3), name: "C", graph: &c }];
        assert_eq!(find(Node { id: id(1), name: "A", graph: &a }, &published), None);
    }
}
