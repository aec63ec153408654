//! What a team knows about its contacts: the fields every contact has, and those a manager adds.

use super::value::Value;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The name of a field as variables and files use it: lower case letters, digits and `_`, at most 40.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldKey(String);

/// The name cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("A field's key has 1 to 40 characters: a to z, 0 to 9 and _, beginning with a letter.")]
pub struct BadKey;

impl FieldKey {
    /// Checks a name.
    pub fn new(key: impl Into<String>) -> Result<Self, BadKey> {
        let key = key.into();
        let starts = key.chars().next().is_some_and(|first| first.is_ascii_lowercase());
        let fits =
            key.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_');
        if starts && fits && key.len() <= 40 { Ok(Self(key)) } else { Err(BadKey) }
    }

    /// A name everybody's workspace has.
    pub(crate) fn builtin(key: &str) -> Self {
        Self(key.to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FieldKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    Text,
    Number,
    Date,
    Time,
    Phone,
    Email,
    Url,
    Checkbox,
    List,
}

impl FieldType {
    pub const ALL: [Self; 9] = [
        Self::Text,
        Self::Number,
        Self::Date,
        Self::Time,
        Self::Phone,
        Self::Email,
        Self::Url,
        Self::Checkbox,
        Self::List,
    ];

    /// A value it may hold; nothing where anything goes.
    pub const fn example(self) -> Option<&'static str> {
        match self {
            Self::Text | Self::List => None,
            Self::Number => Some("39"),
            Self::Date => Some("2026-11-21"),
            Self::Time => Some("14:30"),
            Self::Phone => Some("+47 22 33 44 55"),
            Self::Email => Some("maya@example.com"),
            Self::Url => Some("https://example.com"),
            Self::Checkbox => Some("Yes"),
        }
    }

    /// The word stored and spoken.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Date => "date",
            Self::Time => "time",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Url => "url",
            Self::Checkbox => "checkbox",
            Self::List => "list",
        }
    }
}

impl std::str::FromStr for FieldType {
    type Err = UnknownType;
    fn from_str(text: &str) -> Result<Self, UnknownType> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(UnknownType)
    }
}

/// The text names no type of field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a field is text, number, date, time, phone, email, url, checkbox or list")]
pub struct UnknownType;

/// A field of all contacts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    pub key: FieldKey,
    pub name: String,
    pub kind: FieldType,
    /// What a list offers; nothing for the others.
    pub options: Vec<String>,
    /// Whether every workspace has it; such a field is neither renamed nor deleted.
    pub builtin: bool,
}

crate::object!(Field { key, name, kind; options, builtin });

/// The field with the customer's name: what the team writes there is shown everywhere.
pub const NAME: &str = "name";
/// The field that says whether AI agents may answer this contact (WF-83).
pub const BOT_STATUS: &str = "bot_status";
/// Bot Status as long as nobody has written it.
pub const BOT_ON: &str = "On";
/// AI agents leave the contact to people.
pub const BOT_OFF: &str = "Off";

/// The fields every workspace has, in the order they are shown.
pub fn builtin() -> Vec<Field> {
    let field = |key: &str, name: &str, kind| Field {
        key: FieldKey::builtin(key),
        name: name.to_owned(),
        kind,
        options: if key == BOT_STATUS { vec![BOT_ON.into(), BOT_OFF.into()] } else { Vec::new() },
        builtin: true,
    };
    vec![
        field(NAME, "Name", FieldType::Text),
        field("firstname", "First name", FieldType::Text),
        field("lastname", "Last name", FieldType::Text),
        field("email", "Email", FieldType::Email),
        field("phone", "Phone", FieldType::Phone),
        field("country", "Country", FieldType::Text),
        field("language", "Language", FieldType::Text),
        field(BOT_STATUS, "Bot Status", FieldType::List),
    ]
}

impl FieldKey {
    /// Whether it is the switch that people and workflows silence AI agents with.
    pub fn is_bot_status(&self) -> bool {
        self.0 == BOT_STATUS
    }

    /// What a field of this key holds before anybody has written it, and again once it was emptied.
    pub fn unwritten(&self) -> Value {
        if self.is_bot_status() { BOT_ON.into() } else { Value::Null }
    }
}

impl Field {
    /// Reads what somebody wrote as this field's value; nothing is kept of what does not fit (WF-78, WF-79).
    pub fn read(&self, written: &Value) -> Result<Value, Misfit> {
        if written.is_empty() {
            return Ok(Value::Null);
        }
        let text = written.to_string();
        let text = text.trim();
        let misfit = || Misfit { kind: self.kind };
        match self.kind {
            FieldType::Text => Ok(text.into()),
            FieldType::Number => written.number().map(Value::Number).ok_or_else(misfit),
            FieldType::Date => date(text).map(Value::Text).ok_or_else(misfit),
            FieldType::Time => time(text).map(Value::Text).ok_or_else(misfit),
            FieldType::Phone => phone(text).map(Value::Text).ok_or_else(misfit),
            FieldType::Email => email(text).map(Value::Text).ok_or_else(misfit),
            FieldType::Url => link(text).map(Value::Text).ok_or_else(misfit),
            FieldType::Checkbox => truth(text).map(Value::Bool).ok_or_else(misfit),
            FieldType::List => {
                let option = self.options.iter().find(|option| option.eq_ignore_ascii_case(text));
                option.cloned().map(Value::Text).ok_or_else(misfit)
            }
        }
    }
}

/// A value that is not of the field's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", words(*kind))]
pub struct Misfit {
    pub kind: FieldType,
}

fn words(kind: FieldType) -> &'static str {
    match kind {
        FieldType::Text => "This is not a text.",
        FieldType::Number => "Write a number, such as 12 or 3.5.",
        FieldType::Date => "Write a date as year-month-day, such as 2026-03-31.",
        FieldType::Time => "Write a time, such as 14:30.",
        FieldType::Phone => "Write a phone number with its country, such as +47 22 33 44 55.",
        FieldType::Email => "Write an e-mail address, such as maya@example.com.",
        FieldType::Url => "Write an address that begins with https://.",
        FieldType::Checkbox => "Answer yes or no.",
        FieldType::List => "Choose one of the options.",
    }
}

/// A date as `YYYY-MM-DD`, from that or from `DD.MM.YYYY` and `DD/MM/YYYY`.
pub fn date(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.trim().split(['-', '.', '/']).collect();
    let [one, two, three] = parts[..] else { return None };
    let (year, month, day) = if one.len() == 4 { (one, two, three) } else { (three, two, one) };
    if year.len() != 4 || !parts.iter().all(|part| part.chars().all(|digit| digit.is_ascii_digit())) {
        return None;
    }
    let (year, month, day): (u16, u8, u8) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let fits = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
    fits.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

const fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

/// A time of the day as `hh:mm`.
pub fn time(text: &str) -> Option<String> {
    let (hour, minute) = text.trim().split_once(':')?;
    let digits = |part: &str| part.len() <= 2 && part.chars().all(|digit| digit.is_ascii_digit());
    let (hour, minute): (u8, u8) = match digits(hour) && minute.len() == 2 && digits(minute) {
        true => (hour.parse().ok()?, minute.parse().ok()?),
        false => return None,
    };
    (hour < 24 && minute < 60).then(|| format!("{hour:02}:{minute:02}"))
}

/// A phone number: a `+` if it was there, then 7 to 15 digits (E.164), whatever stood between them.
pub fn phone(text: &str) -> Option<String> {
    let text = text.trim();
    let rest = text.strip_prefix('+').unwrap_or(text);
    let fits = rest.chars().all(|letter| letter.is_ascii_digit() || " -./()".contains(letter));
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    let plus = if rest.len() < text.len() { "+" } else { "" };
    (fits && (7..=15).contains(&digits.len())).then(|| format!("{plus}{digits}"))
}

/// An e-mail address, as far as its shape tells.
pub fn email(text: &str) -> Option<String> {
    let text = text.trim();
    let (name, host) = text.rsplit_once('@')?;
    let clean = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && !part.ends_with('.')
            && !part.contains("..")
            && !part.chars().any(|letter| {
                letter.is_whitespace() || letter.is_control() || "<>()[]\\,;:\"@".contains(letter)
            })
    };
    (clean(name) && clean(host) && host.contains('.') && text.len() <= 254).then(|| text.to_lowercase())
}

/// A web address; only http and https lead anywhere from here.
pub fn link(text: &str) -> Option<String> {
    let text = text.trim();
    let (scheme, rest) = text.split_once("://")?;
    let known = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let fits = !host.is_empty() && !text.chars().any(|letter| letter.is_whitespace() || letter.is_control());
    (known && fits && text.len() <= 2_048).then(|| text.to_owned())
}

fn truth(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "true" | "on" | "1" => Some(true),
        "no" | "false" | "off" | "0" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_in_the_ways_people_write_it() {
        assert_eq!(date("2026-02-28").as_deref(), Some("2026-02-28"));
        assert_eq!(date("28.2.2026").as_deref(), Some("2026-02-28"));
        assert_eq!(date("29/02/2028").as_deref(), Some("2028-02-29"));
        for wrong in
            ["2026-02-29", "31.4.2026", "2026-13-01", "tomorrow", "26-2-1", "+026-02-01", "2026-02-28-"]
        {
            assert_eq!(date(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_phone_number_keeps_its_country_and_loses_its_blanks() {
        assert_eq!(phone("+47 (22) 33-44.55").as_deref(), Some("+4722334455"));
        assert_eq!(phone("22334455").as_deref(), Some("22334455"));
        for wrong in ["123", "call me", "+1234567890123456", "22 33 44 55 ext"] {
            assert_eq!(phone(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_address_has_a_name_and_a_host() {
        assert_eq!(email(" Maya@Example.com ").as_deref(), Some("maya@example.com"));
        for wrong in ["maya", "maya@home", "@example.com", "a b@example.com", "maya@.com", "a@b@", "<m>@x.y"]
        {
            assert_eq!(email(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn only_the_web_is_linked_to() {
        assert!(link("https://example.com/a?b=c").is_some());
        for wrong in
            ["javascript:alert(1)", "ftp://example.com", "https://", "https://a b.com", "example.com"]
        {
            assert_eq!(link(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_time_is_a_time_of_the_day() {
        assert_eq!(time("9:05").as_deref(), Some("09:05"));
        for wrong in ["24:00", "9:5", "09:60", "nine", "+9:00"] {
            assert_eq!(time(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_list_takes_its_options_only() {
        let status = builtin().into_iter().find(|field| field.key.as_str() == BOT_STATUS).unwrap();
        assert_eq!(status.read(&"on".into()), Ok("On".into()));
        assert_eq!(status.read(&"maybe".into()), Err(Misfit { kind: FieldType::List }));
        assert_eq!(status.read(&Value::Null), Ok(Value::Null));
    }

    #[test]
    fn the_bot_status_is_on_until_somebody_switches_it_off() {
        assert_eq!(FieldKey::builtin(BOT_STATUS).unwritten(), BOT_ON.into());
        assert_eq!(FieldKey::builtin("email").unwritten(), Value::Null);
    }

    #[test]
    fn a_key_is_a_plain_word() {
        assert!(FieldKey::new("order_no2").is_ok());
        for wrong in ["", "Order", "2nd", "a b", "naïve", &"x".repeat(41)] {
            assert_eq!(FieldKey::new(wrong), Err(BadKey), "{wrong}");
        }
    }
}
