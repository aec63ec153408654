//! Conditions: what has to be true for a trigger to fire or a branch to be taken.

use super::check::Workspace;
use super::field::{self, FieldKey};
use super::phrase::{Phrase, Variables};
use super::value::{Value, fold};
use super::world::{Scope, World};
use crate::conversation::control::OwnerKind;
use crate::view::WindowWord;
use crate::{ScheduleId, Timestamp};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// The most conditions one trigger or branch takes.
pub const MOST_CONDITIONS: usize = 10;

/// Several tests, joined. Without any they hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conditions {
    #[serde(default)]
    pub join: Join,
    #[serde(default)]
    pub tests: Vec<Test>,
}

/// Whether all tests have to hold, or one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Join {
    #[default]
    And,
    Or,
}

/// One comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Test {
    pub subject: Subject,
    pub operator: Operator,
    /// What it is compared with: none, one, two (between) or many (any of).
    #[serde(default)]
    pub values: Vec<Phrase>,
}

/// What is looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "category", rename_all = "snake_case", deny_unknown_fields)]
pub enum Subject {
    ContactField {
        field: FieldKey,
    },
    ContactTags {},
    /// A variable of the trigger, of a form, of an answer, of a web request.
    Variable {
        name: String,
    },
    /// `online` or `offline`; nothing when nobody is assigned.
    AssigneeStatus {},
    Page {},
    LastOutgoingSource {},
    LastIncoming {},
    LastOutgoing {},
    /// Milliseconds since the customer's last message; moments compare by when it was.
    SinceIncoming {},
    SinceOutgoing {},
    /// `ours`, `bot`, `page_inbox`, `idle` or `unknown`.
    ControlOwner {},
    /// `open`, `human_agent` or `closed`.
    Window {},
    /// `open` or `closed`.
    BusinessHours {
        schedule: Option<ScheduleId>,
    },
    /// `open`, `snoozed` or `closed`.
    ConversationStatus {},
}

/// How it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    Equal,
    NotEqual,
    Greater,
    Less,
    Between,
    Exists,
    NotExists,
    Contains,
    NotContains,
    AnyOf,
    AllOf,
    NoneOf,
    After,
    Before,
    /// Between two moments, in milliseconds since 1970 or as dates.
    BetweenMoments,
}

use Operator as O;

const FIELD: [O; 12] = [
    O::Equal,
    O::NotEqual,
    O::Greater,
    O::Less,
    O::Between,
    O::Exists,
    O::NotExists,
    O::Contains,
    O::NotContains,
    O::After,
    O::Before,
    O::BetweenMoments,
];
const TAGS: [O; 5] = [O::AnyOf, O::AllOf, O::NoneOf, O::Exists, O::NotExists];
const VARIABLE: [O; 11] = [
    O::Equal,
    O::NotEqual,
    O::Greater,
    O::Less,
    O::Exists,
    O::NotExists,
    O::Contains,
    O::NotContains,
    O::After,
    O::Before,
    O::BetweenMoments,
];
const WORD: [O; 4] = [O::Equal, O::NotEqual, O::Exists, O::NotExists];
const TEXT: [O; 4] = [O::Contains, O::NotContains, O::Exists, O::NotExists];
const SINCE: [O; 6] = [O::Greater, O::Less, O::Between, O::After, O::Before, O::BetweenMoments];
const STATE: [O; 2] = [O::Equal, O::NotEqual];

impl Subject {
    /// The comparisons that make sense here, in the order they are offered.
    pub fn operators(&self) -> &'static [Operator] {
        match self {
            Self::ContactField { .. } => &FIELD,
            Self::ContactTags {} => &TAGS,
            Self::Variable { .. } => &VARIABLE,
            Self::AssigneeStatus {} | Self::Page {} | Self::LastOutgoingSource {} => &WORD,
            Self::LastIncoming {} | Self::LastOutgoing {} => &TEXT,
            Self::SinceIncoming {} | Self::SinceOutgoing {} => &SINCE,
            Self::ControlOwner {}
            | Self::Window {}
            | Self::BusinessHours { .. }
            | Self::ConversationStatus {} => &STATE,
        }
    }

    /// What it is right now.
    fn actual(&self, scope: &Scope<'_, '_>) -> Value {
        let world = scope.world;
        let thread = &world.thread;
        match self {
            Self::ContactField { field } => world.contact.fields.get(field).cloned().unwrap_or_default(),
            Self::ContactTags {} => Value::List(world.contact.tags.iter().cloned().collect()),
            Self::Variable { name } => scope.value(name).unwrap_or_default(),
            Self::AssigneeStatus {} => thread
                .assignee
                .as_ref()
                .map(|person| if person.online { "online" } else { "offline" })
                .map_or(Value::Null, Value::from),
            Self::Page {} => thread.page.to_string().into(),
            Self::LastOutgoingSource {} => {
                thread.last_origin.map_or(Value::Null, |origin| origin.as_str().into())
            }
            Self::LastIncoming {} => said(thread.last_incoming.as_ref().map(|said| said.text.as_str())),
            Self::LastOutgoing {} => said(thread.last_outgoing.as_ref().map(|said| said.text.as_str())),
            Self::SinceIncoming {} => moment(thread.last_incoming.as_ref().map(|said| said.at)),
            Self::SinceOutgoing {} => moment(thread.last_outgoing.as_ref().map(|said| said.at)),
            Self::ControlOwner {} => owner(thread.owner).into(),
            Self::Window {} => window(thread.window).into(),
            Self::BusinessHours { schedule } => schedule
                .and_then(|schedule| world.is_open(schedule))
                .map_or(Value::Null, |open| if open { "open".into() } else { "closed".into() }),
            Self::ConversationStatus {} => thread.status.as_str().into(),
        }
    }

    fn is_moment(&self) -> bool {
        matches!(self, Self::SinceIncoming {} | Self::SinceOutgoing {})
    }
}

fn said(text: Option<&str>) -> Value {
    text.map_or(Value::Null, Value::from)
}

fn moment(at: Option<Timestamp>) -> Value {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a number of JSON holds milliseconds exactly until the year 287396"
    )]
    at.map_or(Value::Null, |at| Value::Number(at.ms() as f64))
}

const fn owner(kind: OwnerKind) -> &'static str {
    match kind {
        OwnerKind::Ours => "ours",
        OwnerKind::Bot => "bot",
        OwnerKind::PageInbox => "page_inbox",
        OwnerKind::Idle => "idle",
        OwnerKind::Unknown => "unknown",
    }
}

const fn window(word: WindowWord) -> &'static str {
    match word {
        WindowWord::Open => "open",
        WindowWord::HumanAgent => "human_agent",
        WindowWord::Closed => "closed",
    }
}

/// A test with what it found: a line of the explanation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tested {
    pub test: Test,
    /// What the subject was at that moment.
    pub actual: Value,
    pub holds: bool,
}

impl Conditions {
    /// Whether they hold, with every test explained: the same table answers "why did it not start".
    pub fn judge(&self, scope: &Scope<'_, '_>) -> (bool, Vec<Tested>) {
        let tested: Vec<Tested> = self.tests.iter().map(|test| test.judge(scope)).collect();
        let holds = match self.join {
            _ if tested.is_empty() => true,
            Join::And => tested.iter().all(|test| test.holds),
            Join::Or => tested.iter().any(|test| test.holds),
        };
        (holds, tested)
    }

    /// Whether they hold.
    pub fn hold(&self, scope: &Scope<'_, '_>) -> bool {
        self.judge(scope).0
    }
}

impl Test {
    fn judge(&self, scope: &Scope<'_, '_>) -> Tested {
        let actual = self.subject.actual(scope);
        let wanted: Vec<Value> = self.values.iter().map(|phrase| phrase.value(scope)).collect();
        let holds = match self.subject.is_moment() {
            true => self.holds_of_moment(scope.world, &actual, &wanted),
            false => self.holds_of_value(&actual, &wanted),
        };
        Tested { test: self.clone(), actual, holds }
    }

    fn holds_of_value(&self, actual: &Value, wanted: &[Value]) -> bool {
        let first = wanted.first().cloned().unwrap_or_default();
        let second = wanted.get(1).cloned().unwrap_or_default();
        let known = !actual.is_empty();
        match self.operator {
            O::Equal => actual.same(&first),
            O::NotEqual => !actual.same(&first),
            O::Greater => known && actual.order(&first) == Ordering::Greater,
            O::Less => known && actual.order(&first) == Ordering::Less,
            O::Between => {
                known && actual.order(&first) != Ordering::Less && actual.order(&second) != Ordering::Greater
            }
            O::After => known && in_time(actual, &first) == Ordering::Greater,
            O::Before => known && in_time(actual, &first) == Ordering::Less,
            O::BetweenMoments => {
                known
                    && in_time(actual, &first) != Ordering::Less
                    && in_time(actual, &second) != Ordering::Greater
            }
            O::Exists => known,
            O::NotExists => !known,
            O::Contains => known && !first.is_empty() && actual.contains(&first),
            O::NotContains => !(known && !first.is_empty() && actual.contains(&first)),
            O::AnyOf => wanted.iter().any(|one| has(actual, one)),
            O::AllOf => wanted.iter().all(|one| has(actual, one)),
            O::NoneOf => !wanted.iter().any(|one| has(actual, one)),
        }
    }

    /// Durations are milliseconds until now; moments are compared as such.
    fn holds_of_moment(&self, world: &World<'_>, actual: &Value, wanted: &[Value]) -> bool {
        let Some(at) = actual.number() else { return false };
        #[expect(clippy::cast_precision_loss, reason = "see `moment`")]
        let since = world.now.ms() as f64 - at;
        let number = |n: usize| wanted.get(n).and_then(Value::number);
        match (self.operator, number(0), number(1)) {
            (O::Greater, Some(limit), _) => since > limit,
            (O::Less, Some(limit), _) => since < limit,
            (O::Between, Some(from), Some(to)) => (from..=to).contains(&since),
            (O::After, Some(limit), _) => at > limit,
            (O::Before, Some(limit), _) => at < limit,
            (O::BetweenMoments, Some(from), Some(to)) => (from..=to).contains(&at),
            (_, _, _) => false,
        }
    }
}

/// Which of two moments is later. A limit that is only a day means all of it: no time of the 31st is after the 31st.
fn in_time(actual: &Value, limit: &Value) -> Ordering {
    let limit = match field::date(&limit.to_string()) {
        Some(day) => day,
        None => return actual.order(limit),
    };
    let told = actual.to_string();
    let day: String = told.trim().chars().take(limit.len()).collect();
    field::date(&told).unwrap_or(day).cmp(&limit)
}

fn has(actual: &Value, one: &Value) -> bool {
    match actual {
        Value::List(items) => items.iter().any(|item| fold(item) == fold(&one.to_string())),
        other => other.same(one),
    }
}

/// Why a condition cannot be used like this.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadConditions {
    #[error("At most 10 conditions fit here.")]
    TooMany,
    #[error("This comparison does not go with what is compared. Choose another.")]
    WrongOperator,
    #[error("Say what to compare with.")]
    NoValue,
    #[error("Choose what to compare.")]
    NoSubject,
    #[error("The contact field “{0}” does not exist any more. Choose another.")]
    NoField(FieldKey),
    #[error("These business hours do not exist any more. Choose others.")]
    NoHours,
    #[error("A page it is compared with does not exist here. Choose another.")]
    NoPage,
}

impl Conditions {
    /// Checks what an author put together against what exists.
    pub fn check(&self, here: &Workspace) -> Result<(), BadConditions> {
        if self.tests.len() > MOST_CONDITIONS {
            return Err(BadConditions::TooMany);
        }
        self.tests.iter().try_for_each(|test| test.check(here))
    }

    /// Takes out what does not exist here, so that the condition shows as incomplete (WF-46); `note` hears what it was.
    /// A test of a field that is not here stays without saying what it is about: a trigger must not take everybody in
    /// because one of its conditions was left out.
    pub fn remove_unknown(&mut self, here: &Workspace, note: &mut dyn FnMut(&str)) {
        for test in &mut self.tests {
            match &mut test.subject {
                Subject::ContactField { field } if !here.has_field(field) => {
                    test.subject = Subject::Variable { name: String::new() };
                    note("a contact field");
                }
                Subject::BusinessHours { schedule }
                    if schedule.is_some_and(|one| !here.schedules.contains(&one)) =>
                {
                    *schedule = None;
                    note("business hours");
                }
                Subject::Page {} => {
                    let before = test.values.len();
                    test.values.retain(|page| here.has_page(page));
                    if test.values.len() < before {
                        note("a page");
                    }
                }
                _ => {}
            }
        }
    }
}

impl Test {
    fn check(&self, here: &Workspace) -> Result<(), BadConditions> {
        let named = match &self.subject {
            Subject::Variable { name } => !name.trim().is_empty(),
            Subject::BusinessHours { schedule } => schedule.is_some(),
            _ => true,
        };
        if !named {
            return Err(BadConditions::NoSubject);
        }
        if !self.subject.operators().contains(&self.operator) {
            return Err(BadConditions::WrongOperator);
        }
        let given = self.values.iter().filter(|value| !value.is_blank()).count();
        if given < self.operator.values() {
            return Err(BadConditions::NoValue);
        }
        match &self.subject {
            Subject::ContactField { field } if !here.has_field(field) => {
                Err(BadConditions::NoField(field.clone()))
            }
            Subject::BusinessHours { schedule: Some(one) } if !here.schedules.contains(one) => {
                Err(BadConditions::NoHours)
            }
            Subject::Page {} if !self.values.iter().all(|page| here.has_page(page)) => {
                Err(BadConditions::NoPage)
            }
            _ => Ok(()),
        }
    }
}

impl Operator {
    /// How many values it needs at least.
    pub const fn values(self) -> usize {
        match self {
            O::Exists | O::NotExists => 0,
            O::Between | O::BetweenMoments => 2,
            O::Equal
            | O::NotEqual
            | O::Greater
            | O::Less
            | O::Contains
            | O::NotContains
            | O::AnyOf
            | O::AllOf
            | O::NoneOf
            | O::After
            | O::Before => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{T0, found, world};
    use super::*;
    use crate::HOUR;
    use crate::workflow::world::Said;

    fn holds(subject: Subject, operator: Operator, values: &[&str]) -> bool {
        let values = values.iter().map(|value| Phrase::new(*value)).collect();
        let mut world = world();
        world.thread.last_incoming = Some(Said { text: "Where is my order?".into(), at: T0 - 2 * HOUR });
        let found = found(&[
            ("answer.size", 39.0.into()),
            ("answer.due", "2026-03-01".into()),
            ("answer.at", "2026-03-31 14:30:00".into()),
        ]);
        let scope = Scope { world: &world, found: &found };
        Conditions { join: Join::And, tests: vec![Test { subject, operator, values }] }.hold(&scope)
    }

    /// A workspace with all of what [`operators`](Subject::operators) are tried on.
    fn here() -> Workspace {
        Workspace {
            fields: crate::workflow::field::builtin(),
            schedules: [ScheduleId(uuid::Uuid::from_u128(1))].into(),
            pages: ["1".into()].into(),
            ..Workspace::default()
        }
    }

    fn field(key: &str) -> Subject {
        Subject::ContactField { field: FieldKey::new(key).unwrap() }
    }

    #[test]
    fn fields_are_compared() {
        assert!(holds(field("country"), O::Equal, &["norway"]));
        assert!(holds(field("country"), O::NotEqual, &["Sweden"]));
        assert!(holds(field("email"), O::NotExists, &[]));
        assert!(!holds(field("email"), O::Greater, &["a"]));
        assert!(holds(field("points"), O::Between, &["100", "150"]));
        assert!(holds(field("country"), O::Equal, &["$contact.country"]));
    }

    #[test]
    fn days_and_moments_are_compared_in_time() {
        let (due, at) = (Subject::Variable { name: "answer.due".into() }, "answer.at");
        let at = || Subject::Variable { name: at.into() };
        let cases = [
            (due.clone(), O::After, vec!["28.2.2026"], true),
            (due.clone(), O::Before, vec!["2026-03-01"], false),
            (due.clone(), O::BetweenMoments, vec!["2026-03-01", "2026-03-31"], true),
            (due, O::BetweenMoments, vec!["2026-03-02", "2026-03-31"], false),
            (at(), O::BetweenMoments, vec!["2026-03-01", "2026-03-31"], true),
            (at(), O::After, vec!["2026-03-31"], false),
            (at(), O::After, vec!["2026-03-31 14:00"], true),
            (at(), O::Before, vec!["2026-04-01"], true),
            (field("email"), O::BetweenMoments, vec!["2026-03-01", "2026-03-31"], false),
        ];
        for (subject, operator, values, wanted) in cases {
            assert_eq!(holds(subject, operator, &values), wanted, "{operator:?} {values:?}");
        }
    }

    #[test]
    fn what_does_not_exist_is_a_flaw_in_words_and_is_taken_out_on_import() {
        let hours = ScheduleId(uuid::Uuid::from_u128(4));
        let here = Workspace {
            fields: crate::workflow::field::builtin(),
            schedules: [hours].into(),
            pages: ["1020".into()].into(),
            ..Workspace::default()
        };
        let nowhere = Workspace { fields: crate::workflow::field::builtin(), ..Workspace::default() };
        let test = |subject, value: &str| Conditions {
            join: Join::And,
            tests: vec![Test { subject, operator: Operator::Equal, values: vec![value.into()] }],
        };
        let cases = [
            (test(field("shoe_size"), "39"), "“shoe_size” does not exist any more", "a contact field"),
            (
                test(Subject::BusinessHours { schedule: Some(hours) }, "open"),
                "hours do not exist any more",
                "business hours",
            ),
            (test(Subject::Page {}, "1020"), "A page it is compared with", "a page"),
        ];
        for (mut conditions, words, what) in cases {
            let told = conditions.check(&nowhere).unwrap_err().to_string();
            assert!(told.contains(words), "{told}");
            let mut removed = Vec::new();
            conditions.remove_unknown(&nowhere, &mut |what| removed.push(what.to_owned()));
            assert_eq!(removed, [what]);
            assert_eq!(conditions.tests.len(), 1, "a trigger would take everybody in");
            assert!(conditions.check(&nowhere).is_err(), "the step shows as incomplete");
        }
        for conditions in [
            test(field("country"), "Norway"),
            test(Subject::BusinessHours { schedule: Some(hours) }, "open"),
            test(Subject::Page {}, "1020"),
            test(Subject::Page {}, "$page.id"),
        ] {
            let mut kept = conditions.clone();
            kept.remove_unknown(&here, &mut |what| panic!("{what} exists"));
            assert_eq!((kept.check(&here), &kept), (Ok(()), &conditions));
        }
    }

    #[test]
    fn tags_are_looked_up_whatever_their_case() {
        assert!(holds(Subject::ContactTags {}, O::AnyOf, &["vip", "none"]));
        assert!(!holds(Subject::ContactTags {}, O::AllOf, &["vip", "none"]));
        assert!(holds(Subject::ContactTags {}, O::NoneOf, &["spam"]));
        assert!(holds(Subject::ContactTags {}, O::Exists, &[]));
    }

    #[test]
    fn a_variable_nobody_set_does_not_exist() {
        assert!(holds(Subject::Variable { name: "answer.size".into() }, O::Greater, &["38"]));
        assert!(holds(Subject::Variable { name: "answer.color".into() }, O::NotExists, &[]));
        assert!(!holds(Subject::Variable { name: "answer.color".into() }, O::Contains, &["red"]));
        assert!(holds(Subject::Variable { name: "answer.color".into() }, O::NotContains, &["red"]));
    }

    #[test]
    fn time_since_a_message_is_a_duration_or_a_moment() {
        let hour = (HOUR).to_string();
        assert!(holds(Subject::SinceIncoming {}, O::Greater, &[&hour]));
        assert!(!holds(Subject::SinceIncoming {}, O::Less, &[&hour]));
        assert!(holds(Subject::SinceIncoming {}, O::Before, &[&T0.ms().to_string()]));
        assert!(!holds(Subject::SinceOutgoing {}, O::Greater, &["0"]));
    }

    #[test]
    fn texts_hold_words() {
        assert!(holds(Subject::LastIncoming {}, O::Contains, &["ORDER"]));
        assert!(!holds(Subject::LastIncoming {}, O::Contains, &[""]));
        assert!(holds(Subject::LastOutgoing {}, O::NotExists, &[]));
    }

    #[test]
    fn tests_are_joined_and_explained() {
        let world = world();
        let found = found(&[]);
        let scope = Scope { world: &world, found: &found };
        let test = |values: &str| Test {
            subject: field("country"),
            operator: O::Equal,
            values: vec![Phrase::new(values)],
        };
        let both = vec![test("Norway"), test("Sweden")];
        let and = Conditions { join: Join::And, tests: both.clone() };
        let or = Conditions { join: Join::Or, tests: both };
        assert!(!and.hold(&scope) && or.hold(&scope));
        let (_, table) = and.judge(&scope);
        assert_eq!(table.iter().map(|line| line.holds).collect::<Vec<_>>(), [true, false]);
        assert_eq!(table[1].actual, Value::from("Norway"));
        assert!(Conditions::default().hold(&scope));
    }

    #[test]
    fn every_offered_comparison_is_accepted_and_others_are_refused() {
        let subjects = [
            field("country"),
            Subject::ContactTags {},
            Subject::Variable { name: "answer.size".into() },
            Subject::AssigneeStatus {},
            Subject::LastIncoming {},
            Subject::SinceIncoming {},
            Subject::ControlOwner {},
        ];
        for subject in subjects {
            for operator in subject.operators() {
                let values = vec![Phrase::new("1"), Phrase::new("2")];
                let test = Test { subject: subject.clone(), operator: *operator, values };
                assert_eq!(test.check(&here()), Ok(()), "{test:?}");
            }
        }
        let wrong = Test { subject: Subject::ContactTags {}, operator: O::Greater, values: vec!["1".into()] };
        assert_eq!(wrong.check(&here()), Err(BadConditions::WrongOperator));
        let empty = Test { subject: field("country"), operator: O::Equal, values: vec![] };
        assert_eq!(empty.check(&here()), Err(BadConditions::NoValue));
    }
}
