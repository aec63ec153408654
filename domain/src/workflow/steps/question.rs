//! Ask a Question and Wait for a Response: a run stops until the customer reacts.

use super::content::{Content, MOST_TITLE, QuickReply};
use super::send::{send, unsent};
use crate::DAY;
use crate::workflow::exit::Exit;
use crate::workflow::field::{self, Field, FieldKey, FieldType};
use crate::workflow::settings::LONGEST;
use crate::workflow::turn::{Answer, Because, Effect, Hold, Input, Next, Sight, Turn, Wait};
use crate::workflow::value::Value;
use serde::{Deserialize, Serialize};

/// The most options of a multiple choice.
pub const MOST_OPTIONS: usize = 10;
/// How long a question waits unless its author says otherwise (WF-71).
pub const DEFAULT_TIMEOUT: i64 = 7 * DAY;

/// Asks, waits, checks the answer, and keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskQuestion {
    #[serde(default)]
    pub content: Content,
    pub kind: AnswerKind,
    #[serde(default)]
    pub save: Save,
    /// Milliseconds; at most 7 days.
    #[serde(default = "default_timeout")]
    pub timeout_ms: i64,
}

fn default_timeout() -> i64 {
    DEFAULT_TIMEOUT
}

/// What counts as an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum AnswerKind {
    Text {},
    MultipleChoice {
        #[serde(default)]
        options: Vec<String>,
    },
    Number {
        #[serde(default)]
        min: Option<i64>,
        #[serde(default)]
        max: Option<i64>,
    },
    Date {},
    Phone {},
    Email {},
    Url {},
    /// 1 to 5.
    Rating {},
    Location {},
}

/// Where the answer goes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Save {
    pub field: Option<FieldKey>,
    /// The answer becomes `answer.<variable>`; which of several options it is, counted from 1, `answer.<variable>_number`.
    pub variable: Option<String>,
    /// The chosen option also becomes a tag.
    pub as_tag: bool,
}

impl AskQuestion {
    /// Checks what the content's own check cannot know.
    pub fn check(&self, fields: &[Field]) -> Vec<(&'static str, String)> {
        let mut flaws = self.content.check();
        self.check_kind(&mut flaws);
        if !(crate::MINUTE..=LONGEST).contains(&self.timeout_ms) {
            flaws.push(("timeout", "A question waits between one minute and 7 days.".into()));
        }
        if let Some(variable) = self.save.variable.as_deref().filter(|name| FieldKey::new(*name).is_err()) {
            flaws.push(("variable", format!("“{variable}” cannot be a variable: use a to z, 0 to 9 and _.")));
        }
        if let Some(key) = &self.save.field {
            match fields.iter().find(|field| field.key == *key) {
                None => flaws.push(("field", "This contact field does not exist. Choose another.".into())),
                Some(field) if !self.kind.fits(field.kind) => flaws.push((
                    "field",
                    format!("“{}” holds another kind of value than this question asks for.", field.name),
                )),
                Some(field) => {
                    let strange = self.kind.options().iter().filter(|option| {
                        field.kind == FieldType::List && field.read(&Value::Text((*option).clone())).is_err()
                    });
                    let words = |option: &String| {
                        format!("“{option}” is no option of “{}”, so it would not be kept.", field.name)
                    };
                    flaws.extend(strange.map(|option| ("field", words(option))));
                }
            }
        }
        if self.save.as_tag && !matches!(self.kind, AnswerKind::MultipleChoice { .. }) {
            flaws.push(("tag", "Only the answer of a multiple choice becomes a tag.".into()));
        }
        flaws
    }

    fn check_kind(&self, flaws: &mut Vec<(&'static str, String)>) {
        match &self.kind {
            AnswerKind::MultipleChoice { options } => {
                if options.is_empty() || options.len() > MOST_OPTIONS {
                    flaws.push(("options", "A multiple choice has 1 to 10 options.".into()));
                }
                for option in options {
                    let length = option.trim().chars().count();
                    if length == 0 || length > MOST_TITLE {
                        flaws.push(("options", format!("“{option}” needs 1 to 20 characters.")));
                    }
                }
                let mut seen: Vec<String> = options.iter().map(|option| option.to_lowercase()).collect();
                seen.sort();
                if seen.windows(2).any(|pair| pair[0] == pair[1]) {
                    flaws.push(("options", "Two options are the same.".into()));
                }
            }
            AnswerKind::Number { min: Some(min), max: Some(max) } if min > max => {
                flaws.push(("number", "The smallest number is greater than the largest.".into()));
            }
            _ => {}
        }
    }

    pub fn enter(&self, sight: &Sight<'_, '_>) -> Turn {
        send(&self.asked(), sight)
    }

    pub fn resume(
        &self,
        hold: &Hold,
        input: &Input,
        sight: &Sight<'_, '_>,
        fields: &[Field],
    ) -> Option<Turn> {
        match (hold.wait, input) {
            (Wait::Acceptance, Input::Accepted) => {
                Some(Turn::hold(Wait::Answer, Some(sight.now() + self.timeout_ms)))
            }
            // The customer may be quicker than Meta's answer to us.
            (Wait::Acceptance | Wait::Answer, Input::Said(answer)) => Some(self.take(answer, fields)),
            (Wait::Answer, Input::TimeIsUp) => Some(Turn::leave(Exit::Timeout).because(Because::TimeIsUp {})),
            (_, _) => unsent(&self.asked(), hold, input, sight),
        }
    }

    /// The question with its options as quick replies.
    fn asked(&self) -> Content {
        let options: Vec<QuickReply> = match &self.kind {
            AnswerKind::MultipleChoice { options } => options.iter().map(|option| reply(option)).collect(),
            AnswerKind::Rating {} => ["1", "2", "3", "4", "5"].map(reply).into(),
            _ => Vec::new(),
        };
        match options.is_empty() {
            true => self.content.clone(),
            false => Content { quick_replies: options, ..self.content.clone() },
        }
    }

    fn take(&self, answer: &Answer, fields: &[Field]) -> Turn {
        match self.kind.read(answer) {
            Err(words) => Turn::leave(Exit::Failure).because(Because::Invalid { words }),
            Ok(value) => self.keep(value, fields),
        }
    }

    fn keep(&self, value: Value, fields: &[Field]) -> Turn {
        let mut turn = Turn::leave(Exit::Success).because(Because::Answered { value: value.clone() });
        if let Some(variable) = &self.save.variable {
            turn = turn.finding(format!("answer.{variable}"), value.clone());
            if let Some(number) = self.number(&value) {
                turn = turn.finding(format!("answer.{variable}_number"), number);
            }
        }
        let field = self.save.field.as_ref().and_then(|key| fields.iter().find(|field| field.key == *key));
        // An answer of another type than the field is not kept (WF-79).
        if let Some((field, fitting)) = field.and_then(|field| Some((field, field.read(&value).ok()?))) {
            turn = turn.doing(Effect::SetField { key: field.key.clone(), value: fitting });
        }
        if self.save.as_tag {
            turn = turn.doing(Effect::AddTags { tags: vec![value.to_string()] });
        }
        turn
    }
}

impl AskQuestion {
    /// Which option an answer is, counted from 1: the way through a menu stays the same when a title is rewritten.
    fn number(&self, answer: &Value) -> Option<Value> {
        let AnswerKind::MultipleChoice { options } = &self.kind else { return None };
        let index = options.iter().position(|option| *answer == Value::Text(option.clone()))?;
        Some(Value::Text((index + 1).to_string()))
    }
}

fn reply(title: &str) -> QuickReply {
    QuickReply { title: title.to_owned(), payload: None }
}

impl AskQuestion {
    /// How an answer is written, when the question asks for something that can be written in many ways and does not say
    /// which it takes (WF-78).
    pub fn lacks_format(&self) -> Option<&'static str> {
        let text = self.content.text.as_str().to_lowercase();
        let has_digit = text.contains(|letter: char| letter.is_ascii_digit());
        let says = match self.kind {
            AnswerKind::Email {} => text.contains('@'),
            AnswerKind::Url {} => text.contains("http"),
            AnswerKind::Date {} => has_digit || text.contains("yyyy"),
            AnswerKind::Number { .. } | AnswerKind::Phone {} => has_digit,
            _ => true,
        };
        self.kind.example().filter(|_| !says)
    }
}

impl AnswerKind {
    /// What can be chosen.
    fn options(&self) -> &[String] {
        match self {
            Self::MultipleChoice { options } => options,
            _ => &[],
        }
    }

    /// An answer it takes, for kinds whose answers people write in many ways.
    pub const fn example(&self) -> Option<&'static str> {
        match self {
            Self::Number { .. } => Some("12"),
            Self::Date {} => Some("2026-03-31"),
            Self::Phone {} => Some("+47 22 33 44 55"),
            Self::Email {} => Some("maya@example.com"),
            Self::Url {} => Some("https://example.com"),
            Self::Text {} | Self::MultipleChoice { .. } | Self::Rating {} | Self::Location {} => None,
        }
    }

    /// Whether a field of this type can hold the answer.
    pub fn fits(&self, field: FieldType) -> bool {
        match self {
            Self::Text {} | Self::Location {} => field == FieldType::Text,
            Self::MultipleChoice { .. } => matches!(field, FieldType::Text | FieldType::List),
            Self::Number { .. } | Self::Rating {} => matches!(field, FieldType::Number | FieldType::Text),
            Self::Date {} => matches!(field, FieldType::Date | FieldType::Text),
            Self::Phone {} => matches!(field, FieldType::Phone | FieldType::Text),
            Self::Email {} => matches!(field, FieldType::Email | FieldType::Text),
            Self::Url {} => matches!(field, FieldType::Url | FieldType::Text),
        }
    }

    /// Reads an answer; in words what is wrong with it.
    pub fn read(&self, answer: &Answer) -> Result<Value, String> {
        let said = answer.text.as_deref().map(str::trim).unwrap_or_default();
        let tapped = answer.payload.as_deref().map(str::trim);
        let none = |what: &str| format!("“{said}” is not {what}.");
        match self {
            Self::Text {} if said.is_empty() => Err("The answer holds no text.".into()),
            Self::Text {} => Ok(said.into()),
            Self::MultipleChoice { options } => {
                let chosen = options.iter().find(|option| {
                    tapped == Some(option.as_str()) || option.trim().to_lowercase() == said.to_lowercase()
                });
                chosen.cloned().map(Value::Text).ok_or_else(|| none("one of the options"))
            }
            Self::Number { min, max } => {
                let number = Value::from(said.replace(',', ".")).number().ok_or_else(|| none("a number"))?;
                #[expect(clippy::cast_precision_loss, reason = "limits are small numbers an author typed")]
                let inside =
                    min.is_none_or(|min| number >= min as f64) && max.is_none_or(|max| number <= max as f64);
                if inside { Ok(number.into()) } else { Err(none("between the limits")) }
            }
            Self::Date {} => field::date(said).map(Value::Text).ok_or_else(|| none("a date")),
            Self::Phone {} => field::phone(said).map(Value::Text).ok_or_else(|| none("a phone number")),
            Self::Email {} => field::email(said).map(Value::Text).ok_or_else(|| none("an e-mail address")),
            Self::Url {} => field::link(said).map(Value::Text).ok_or_else(|| none("a web address")),
            Self::Rating {} => match said.parse::<u8>() {
                Ok(stars @ 1..=5) => Ok(f64::from(stars).into()),
                Ok(_) | Err(_) => Err(none("a number from 1 to 5")),
            },
            Self::Location {} => match &answer.location {
                Some((latitude, longitude)) => Ok(format!("{latitude},{longitude}").into()),
                None if !said.is_empty() => Ok(said.into()),
                None => Err("The answer holds no place.".into()),
            },
        }
    }
}

/// Waits for whatever the customer does next, without asking or checking (MA-16, MA-17).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaitForResponse {
    /// The answer becomes `answer.<variable>`, with `_payload`, `_file` and `_token` where there are some.
    #[serde(default)]
    pub variable: Option<String>,
    #[serde(default = "default_timeout")]
    pub timeout_ms: i64,
}

impl WaitForResponse {
    pub fn check(&self) -> Vec<(&'static str, String)> {
        let mut flaws = Vec::new();
        if !(crate::MINUTE..=LONGEST).contains(&self.timeout_ms) {
            flaws.push(("timeout", "Waiting takes between one minute and 7 days.".into()));
        }
        if let Some(variable) = self.variable.as_deref().filter(|name| FieldKey::new(*name).is_err()) {
            flaws.push(("variable", format!("“{variable}” cannot be a variable: use a to z, 0 to 9 and _.")));
        }
        flaws
    }

    pub fn enter(&self, sight: &Sight<'_, '_>) -> Turn {
        Turn::hold(Wait::Answer, Some(sight.now() + self.timeout_ms))
    }

    pub fn resume(&self, hold: &Hold, input: &Input) -> Option<Turn> {
        match (hold.wait, input) {
            (Wait::Answer, Input::Said(answer)) => Some(self.keep(answer)),
            (Wait::Answer, Input::TimeIsUp) => Some(Turn::leave(Exit::Timeout).because(Because::TimeIsUp {})),
            (_, _) => None,
        }
    }

    fn keep(&self, answer: &Answer) -> Turn {
        let said = answer.text.clone().map_or(Value::Null, Value::Text);
        let mut turn = Turn {
            next: Next::Leave(Exit::Next),
            ..Turn::leave(Exit::Next).because(Because::Answered { value: said.clone() })
        };
        let Some(variable) = &self.variable else { return turn };
        turn = turn.finding(format!("answer.{variable}"), said);
        let parts = [
            ("payload", answer.payload.clone()),
            ("file", answer.files.first().cloned()),
            ("token", answer.token.clone()),
        ];
        for (part, value) in parts {
            if let Some(value) = value {
                turn = turn.finding(format!("answer.{variable}_{part}"), value);
            }
        }
        turn
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workflow::samples::{Stand, T0, said};

    fn asks(kind: AnswerKind) -> AskQuestion {
        let save = Save { variable: Some("it".into()), ..Save::default() };
        AskQuestion { content: Content::text("Well?"), kind, save, timeout_ms: DEFAULT_TIMEOUT }
    }

    #[test]
    fn each_kind_takes_its_answers_and_no_others() {
        let email = AnswerKind::Email {};
        let cases: [(AnswerKind, &str, &str); 7] = [
            (AnswerKind::Text {}, "anything", " "),
            (AnswerKind::MultipleChoice { options: vec!["Yes".into(), "No".into()] }, "yes", "maybe"),
            (AnswerKind::Number { min: Some(1), max: Some(10) }, "3,5", "11"),
            (AnswerKind::Date {}, "24.12.2026", "soon"),
            (AnswerKind::Phone {}, "+47 22 33 44 55", "12"),
            (email, "maya@example.com", "maya"),
            (AnswerKind::Rating {}, "5", "6"),
        ];
        for (kind, good, bad) in cases {
            assert!(kind.read(&said(good)).is_ok(), "{kind:?} {good}");
            assert!(kind.read(&said(bad)).is_err(), "{kind:?} {bad}");
        }
    }

    #[test]
    fn a_question_waits_for_its_answer_after_meta_took_it() {
        let stand = Stand::new();
        let question = asks(AnswerKind::Email {});
        let Next::Hold(hold) = question.enter(&stand.sight()).next else { panic!("it waits") };
        let turn = question.resume(&hold, &Input::Accepted, &stand.sight(), &[]).unwrap();
        let Next::Hold(hold) = turn.next else { panic!("it waits on") };
        assert_eq!(hold, Hold { wait: Wait::Answer, until: Some(T0 + 7 * DAY) });
        let turn =
            question.resume(&hold, &Input::Said(said("Maya@Example.com")), &stand.sight(), &[]).unwrap();
        assert_eq!(turn.next, Next::Leave(Exit::Success));
        assert_eq!(turn.found, [("answer.it".to_owned(), Value::from("maya@example.com"))]);
        let late = question.resume(&hold, &Input::TimeIsUp, &stand.sight(), &[]).unwrap();
        assert_eq!(late.next, Next::Leave(Exit::Timeout));
    }

    #[test]
    fn an_answer_may_be_quicker_than_metas() {
        let stand = Stand::new();
        let hold = Hold { wait: Wait::Acceptance, until: None };
        let turn = asks(AnswerKind::Text {}).resume(&hold, &Input::Said(said("Hi")), &stand.sight(), &[]);
        assert_eq!(turn.unwrap().next, Next::Leave(Exit::Success));
    }

    #[test]
    fn an_invalid_answer_is_never_kept() {
        let stand = Stand::new();
        let fields = field::builtin();
        let save = Save { field: Some(FieldKey::new("email").unwrap()), ..Save::default() };
        let question = AskQuestion { save, ..asks(AnswerKind::Email {}) };
        let hold = Hold { wait: Wait::Answer, until: None };
        let turn = question.resume(&hold, &Input::Said(said("no")), &stand.sight(), &fields).unwrap();
        assert!(turn.effects.is_empty() && turn.found.is_empty());
        assert_eq!(turn.next, Next::Leave(Exit::Failure));
        let turn = question.resume(&hold, &Input::Said(said("a@b.no")), &stand.sight(), &fields).unwrap();
        assert!(matches!(&turn.effects[..], [Effect::SetField { key, .. }] if key.as_str() == "email"));
    }

    #[test]
    fn a_field_of_another_type_is_a_flaw() {
        let save = Save { field: Some(FieldKey::new("email").unwrap()), ..Save::default() };
        let question = AskQuestion { save, ..asks(AnswerKind::Date {}) };
        assert_eq!(question.check(&field::builtin())[0].0, "field");
    }

    #[test]
    fn options_are_offered_as_quick_replies() {
        let stand = Stand::new();
        let options = vec!["Sales".to_owned(), "Support".to_owned()];
        let turn = asks(AnswerKind::MultipleChoice { options }).enter(&stand.sight());
        let [Effect::Send { content }] = &turn.effects[..] else { panic!("it asks") };
        assert_eq!(content.quick_replies.len(), 2);
    }

    #[test]
    fn waiting_for_a_response_keeps_all_there_is() {
        let wait = WaitForResponse { variable: Some("it".into()), timeout_ms: DEFAULT_TIMEOUT };
        let hold = Hold { wait: Wait::Answer, until: None };
        let answer = Answer { payload: Some("NOTIFY".into()), token: Some("t1".into()), ..said("Notify me") };
        let turn = wait.resume(&hold, &Input::Said(answer)).unwrap();
        let names: Vec<&str> = turn.found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["answer.it", "answer.it_payload", "answer.it_token"]);
    }
}
