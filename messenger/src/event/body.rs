//! The envelope: entries of several pages, each with one or more lists of items.
//!
//! Lists are cut into items without being understood, so that an item nested too deeply, or with broken text, is
//! only its own problem.

use super::{Item, Parked, Reading, Unreadable, item, lenient};
use domain::conversation::evidence::Channel;
use domain::{PageId, Timestamp};
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

type Fields<'a> = BTreeMap<String, &'a RawValue>;

/// What an entry tells about all its items.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    pub page: Option<PageId>,
    pub time: Option<Timestamp>,
}

pub fn read(text: &str) -> Result<Reading, Unreadable> {
    let body = fields(text.trim_start_matches('\u{feff}')).map_err(|reason| Unreadable { reason })?;
    let mut items = Vec::new();
    if body.contains_key("field") && body.contains_key("value") && !body.contains_key("entry") {
        items.push(change(text, &Entry::default()));
    } else if body.get("object").is_some_and(|object| object.get() == "\"page\"") {
        body.get("entry")
            .map_or(Vec::new(), |entries| list(entries))
            .into_iter()
            .for_each(|entry| read_entry(entry, &mut items));
    }
    Ok(Reading { items })
}

fn read_entry(raw: &str, items: &mut Vec<Item>) {
    let fields = match fields(raw) {
        Ok(fields) => fields,
        Err(reason) => {
            return items.push(Err(Parked { page: None, raw: raw.to_owned(), reason }));
        }
    };
    let entry = Entry::of(&fields);
    let before = items.len();
    for (name, raw_list) in &fields {
        match name.as_str() {
            "messaging" => {
                items.extend(list(raw_list).into_iter().map(|raw| message(raw, Channel::Direct, &entry)))
            }
            "standby" => {
                items.extend(list(raw_list).into_iter().map(|raw| message(raw, Channel::Standby, &entry)))
            }
            "changes" => items.extend(list(raw_list).into_iter().map(|raw| change(raw, &entry))),
            _ => {}
        }
    }
    if items.len() == before && !is_empty(&fields) {
        items.push(bare(raw, &fields, &entry));
    }
}

/// An entry that has none of the lists we know, but has something.
fn bare(raw: &str, fields: &Fields<'_>, entry: &Entry) -> Item {
    match fields.contains_key("field") && fields.contains_key("value") {
        true => change(raw, entry),
        false => Err(entry.park(raw, "an entry without messaging, standby or changes")),
    }
}

fn is_empty(fields: &Fields<'_>) -> bool {
    fields.iter().all(|(name, value)| {
        matches!(name.as_str(), "id" | "time" | "uid") || matches!(value.get(), "null" | "[]")
    })
}

fn message(raw: &str, channel: Channel, entry: &Entry) -> Item {
    match value(raw) {
        Ok(item) => item::read(item, channel, entry).map_err(|reason| entry.park(raw, reason)),
        Err(reason) => Err(entry.park(raw, reason)),
    }
}

fn change(raw: &str, entry: &Entry) -> Item {
    match value(raw) {
        Ok(item) => item::read_change(item, entry).map_err(|reason| entry.park(raw, reason)),
        Err(reason) => Err(entry.park(raw, reason)),
    }
}

impl Entry {
    fn of(fields: &Fields<'_>) -> Self {
        let known: Value = ["id", "time"]
            .into_iter()
            .filter_map(|name| Some((name.to_owned(), value(fields.get(name)?.get()).ok()?)))
            .collect();
        Self { page: lenient::id(&known, "id").map(PageId), time: lenient::time(&known, "time") }
    }

    fn park(&self, raw: &str, reason: impl Into<String>) -> Parked {
        Parked { page: self.page.clone(), raw: raw.to_owned(), reason: reason.into() }
    }
}

/// The items of a list; what is no list is one item, and null is none.
fn list(raw: &RawValue) -> Vec<&str> {
    match serde_json::from_str::<Vec<&RawValue>>(raw.get()) {
        Ok(items) => items.into_iter().map(RawValue::get).collect(),
        Err(_) if raw.get() == "null" => Vec::new(),
        Err(_) => vec![raw.get()],
    }
}

fn fields(raw: &str) -> Result<Fields<'_>, String> {
    serde_json::from_str(raw).map_err(|why| why.to_string())
}

fn value(raw: &str) -> Result<Value, String> {
    serde_json::from_str(raw).map_err(|why| why.to_string())
}
