//! One item: who, when, where, what, and the key that names it.

use super::body::Entry;
use super::lenient::{field, flag, id, text, time};
use super::party::{self, Parties};
use super::{Event, Inbound, key, kind};
use domain::conversation::evidence::Channel;
use domain::{PageId, Psid, Timestamp};
use serde_json::Value;

/// Reads an item of `messaging` or `standby`; the reason when that is not possible.
pub fn read(item: Value, channel: Channel, entry: &Entry) -> Result<Inbound, String> {
    if !item.is_object() {
        return Err("the item is not an object".to_owned());
    }
    if field(&item, "field").is_some() && field(&item, "value").is_some() {
        return read_wrapped(item, channel, entry);
    }
    let is_echo = field(&item, "message").is_some_and(|message| flag(message, "is_echo"));
    let parties = party::of(&item, entry.page.as_ref(), is_echo).ok_or("no page is named")?;
    let event = kind::of(&item, is_echo || parties.from_page)?;
    if parties.psid.is_none() && parties.user_ref.is_none() && needs_person(&event) {
        return Err(format!("a {} that names nobody", event.kind()));
    }
    let at = moment(&item, entry, &event).ok_or("no time is given")?;
    Ok(inbound(item, parties, at, channel, event))
}

/// Reads an item of `changes`: news about the page, or an item of `messaging` in Meta's other spelling.
pub fn read_change(item: Value, entry: &Entry) -> Result<Inbound, String> {
    let name = id(&item, "field").ok_or("a change without a field")?;
    let value = field(&item, "value").ok_or("a change without a value")?;
    if field(value, "sender").is_some() || field(value, "recipient").is_some() {
        return read_wrapped(item, Channel::Direct, entry);
    }
    let event = label_change(&name, value).unwrap_or(Event::Other { kind: name });
    let parties = Parties {
        page: entry.page.clone().or_else(|| id(value, "page_id").map(PageId)).ok_or("no page is named")?,
        psid: field(value, "user").and_then(|user| id(user, "id")).map(Psid),
        user_ref: None,
        from_page: false,
    };
    let at = moment(value, entry, &event).ok_or("no time is given")?;
    Ok(inbound(item, parties, at, Channel::Direct, event))
}

/// `{field, value}` around an item, as Meta's test button sends it.
fn read_wrapped(item: Value, channel: Channel, entry: &Entry) -> Result<Inbound, String> {
    let channel = if id(&item, "field").as_deref() == Some("standby") { Channel::Standby } else { channel };
    let inside = item.get("value").cloned().unwrap_or_default();
    if field(&inside, "field").is_some() {
        return Err("a wrapped item inside a wrapped item".to_owned());
    }
    let read = read(inside, channel, entry)?;
    Ok(Inbound { raw: item, ..read })
}

fn label_change(name: &str, value: &Value) -> Option<Event> {
    let label = (name == "inbox_labels").then(|| field(value, "label"))?;
    Some(Event::LabelChanged {
        label: label.and_then(|label| text(label, "page_label_name")),
        added: id(value, "action").is_some_and(|action| action.eq_ignore_ascii_case("add")),
    })
}

fn inbound(raw: Value, parties: Parties, at: Timestamp, channel: Channel, event: Event) -> Inbound {
    let key = key::of(&raw, &parties, &event);
    Inbound {
        page: parties.page,
        psid: parties.psid,
        user_ref: parties.user_ref,
        at,
        channel,
        key,
        raw,
        event,
    }
}

/// The item's own time; failing that the body's; failing that the time a receipt speaks of.
fn moment(item: &Value, entry: &Entry, event: &Event) -> Option<Timestamp> {
    time(item, "timestamp").or(entry.time).or(match event {
        Event::Delivery { watermark, .. } | Event::Read { watermark } => Some(*watermark),
        _ => None,
    })
}

fn needs_person(event: &Event) -> bool {
    !matches!(
        event,
        Event::AppRoles | Event::Policy { .. } | Event::LabelChanged { .. } | Event::Other { .. }
    )
}
