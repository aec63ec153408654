//! What the team knows about contacts, and what workflows work with: fields, tags, hours, connections.

pub mod services;
mod tags;

use super::intention::Intention;
use super::workflow::{effects, ground, zones};
use super::{Desk, Refusal, allow, sight};
use crate::node::Node;
use app::api::{Connection, ConnectionChange, ConnectionTest, Failure, FieldChange, FieldUse, TagUse};
use domain::person::{Act, Actor};
use domain::workflow::field::{Field, FieldKey, FieldType};
use domain::workflow::value::Value;
use domain::workflow::view::{ContactDetails, Schedule};
use domain::{ConversationId, ScheduleId};
use serde_json::json;
use std::sync::Arc;
use store::contacts::{self, Known};
use store::conversations::Record;
use store::{Tx, fields, schedules, workflows};

/// The most fields a workspace adds.
const MOST_FIELDS: usize = 100;
/// The most characters of a name of ours.
const MOST_NAME: usize = 60;
/// The most characters of a value.
const MOST_VALUE: usize = 2_000;
/// The most tags of one contact.
const MOST_TAGS: usize = 100;

#[async_trait::async_trait]
impl app::api::ContactsDesk for Desk {
    async fn contact_details(
        &self,
        actor: &Actor,
        conversation: ConversationId,
    ) -> Result<ContactDetails, Failure> {
        allow(actor, Act::Look)?;
        Ok(look(&self.node, actor, conversation).await?)
    }

    async fn set_contact_field(
        &self,
        actor: &Actor,
        conversation: ConversationId,
        key: FieldKey,
        value: Value,
    ) -> Result<ContactDetails, Failure> {
        allow(actor, Act::Converse)?;
        Ok(write(&self.node, actor, conversation, &key, &value).await?)
    }

    async fn set_contact_tag(
        &self,
        actor: &Actor,
        conversation: ConversationId,
        tag: String,
        on: bool,
    ) -> Result<ContactDetails, Failure> {
        allow(actor, Act::Converse)?;
        Ok(tag_contact(&self.node, actor, conversation, &tag, on).await?)
    }

    async fn contact_fields(&self, actor: &Actor) -> Result<Vec<FieldUse>, Failure> {
        allow(actor, Act::Look)?;
        Ok(all_fields(&self.node).await?)
    }

    async fn put_contact_field(&self, actor: &Actor, field: FieldChange) -> Result<(), Failure> {
        allow(actor, Act::Configure)?;
        Ok(put_field(&self.node, actor, field).await?)
    }

    async fn remove_contact_field(&self, actor: &Actor, key: FieldKey) -> Result<(), Failure> {
        allow(actor, Act::Configure)?;
        Ok(remove_field(&self.node, actor, &key).await?)
    }

    async fn tags(&self, actor: &Actor) -> Result<Vec<String>, Failure> {
        allow(actor, Act::Look)?;
        let mut tx = self.node.db.snapshot().await.map_err(Refusal::from)?;
        Ok(fields::tags(&mut tx).await.map_err(Refusal::from)?)
    }

    async fn tag_uses(&self, actor: &Actor) -> Result<Vec<TagUse>, Failure> {
        allow(actor, Act::Configure)?;
        Ok(tags::all(&self.node).await?)
    }

    async fn put_tag(&self, actor: &Actor, was: Option<String>, name: String) -> Result<(), Failure> {
        allow(actor, Act::Configure)?;
        Ok(tags::put(&self.node, actor, was.as_deref(), &name).await?)
    }

    async fn remove_tag(&self, actor: &Actor, name: String) -> Result<(), Failure> {
        allow(actor, Act::Configure)?;
        Ok(tags::remove(&self.node, actor, &name).await?)
    }

    async fn schedules(&self, actor: &Actor) -> Result<Vec<Schedule>, Failure> {
        allow(actor, Act::Look)?;
        let mut tx = self.node.db.snapshot().await.map_err(Refusal::from)?;
        Ok(schedules::all(&mut tx).await.map_err(Refusal::from)?)
    }

    async fn put_schedule(&self, actor: &Actor, schedule: Schedule) -> Result<(), Failure> {
        allow(actor, Act::Configure)?;
        Ok(put_hours(&self.node, actor, schedule).await?)
    }

    async fn remove_schedule(&self, actor: &Actor, id: ScheduleId) -> Result<(), Failure> {
        allow(actor, Act::Configure)?;
        Ok(remove_hours(&self.node, actor, id).await?)
    }

    async fn connections(&self, actor: &Actor) -> Result<Vec<Connection>, Failure> {
        allow(actor, Act::HoldKeys)?;
        Ok(services::all(&self.node).await?)
    }

    async fn put_connection(&self, actor: &Actor, change: ConnectionChange) -> Result<(), Failure> {
        allow(actor, Act::HoldKeys)?;
        Ok(services::put(&self.node, actor, change).await?)
    }

    async fn remove_connection(&self, actor: &Actor, name: String) -> Result<(), Failure> {
        allow(actor, Act::HoldKeys)?;
        Ok(services::remove(&self.node, actor, &name).await?)
    }

    async fn test_connection(&self, actor: &Actor, name: String) -> Result<ConnectionTest, Failure> {
        allow(actor, Act::HoldKeys)?;
        Ok(services::test(&self.node, &name).await?)
    }
}

fn invalid<T>(message: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::Invalid { message: message.into() })
}

async fn look(node: &Node, actor: &Actor, id: ConversationId) -> Result<ContactDetails, Refusal> {
    let mut tx = node.db.snapshot().await?;
    let record = sight::find(&mut tx, actor, id).await?;
    Ok(details(&mut tx, &record).await?)
}

/// What the team knows about the contact of a conversation.
pub async fn details(tx: &mut Tx, record: &Record) -> store::Result<ContactDetails> {
    let known = contacts::known(tx, record.contact).await?;
    Ok(as_details(known.as_ref(), &fields::all(tx).await?, record))
}

/// The same from what was read already.
pub fn as_details(known: Option<&Known>, all: &[Field], record: &Record) -> ContactDetails {
    let values = ground::values(known, record);
    let with_value = |field: &Field| (field.clone(), values.get(&field.key).cloned().unwrap_or_default());
    ContactDetails {
        fields: all.iter().map(with_value).collect(),
        tags: known.map(|known| known.tags.iter().cloned().collect()).unwrap_or_default(),
        nameless: known
            .filter(|known| known.contact.name.is_none())
            .and_then(|known| known.contact.profile_refused.clone()),
    }
}

async fn write(
    node: &Arc<Node>,
    actor: &Actor,
    id: ConversationId,
    key: &FieldKey,
    value: &Value,
) -> Result<ContactDetails, Refusal> {
    let mut intention = Intention::begin(node).await?;
    sight::lock(&mut intention, actor, id).await?;
    let all = fields::all(intention.tx()).await?;
    let Some(field) = all.into_iter().find(|field| field.key == *key) else { return Err(Refusal::Gone) };
    if value.to_string().chars().count() > MOST_VALUE {
        return invalid(format!("A field holds at most {MOST_VALUE} characters."));
    }
    let value = field.read(value).map_err(|misfit| Refusal::Invalid { message: misfit.to_string() })?;
    if effects::set_field(&mut intention, id, key, value).await? {
        intention.audit(actor, "contact.field", Some(id), json!({ "field": field.name })).await?;
    }
    let record = intention.held(id).clone();
    let details = details(intention.tx(), &record).await?;
    intention.commit().await?;
    Ok(details)
}

async fn tag_contact(
    node: &Arc<Node>,
    actor: &Actor,
    id: ConversationId,
    tag: &str,
    on: bool,
) -> Result<ContactDetails, Refusal> {
    let tag = clean_tag(tag)?;
    let tag = tag.as_str();
    let mut intention = Intention::begin(node).await?;
    let record = sight::lock(&mut intention, actor, id).await?;
    let known = intention.contact(record.contact).await?;
    if on && known.is_some_and(|known| known.tags.len() >= MOST_TAGS) {
        return invalid("A contact has at most 100 tags. Take one off first.");
    }
    if effects::set_tag(&mut intention, id, tag, on).await? {
        let act = if on { "contact.tagged" } else { "contact.untagged" };
        intention.audit(actor, act, Some(id), json!({ "tag": tag })).await?;
    }
    let details = details(intention.tx(), &record).await?;
    intention.commit().await?;
    Ok(details)
}

/// A tag's name on one line, of a sensible length.
fn clean_tag(name: &str) -> Result<String, Refusal> {
    let name: String = name.chars().filter(|letter| !letter.is_control()).collect();
    check_name(&name, "A tag")?;
    Ok(name.trim().to_owned())
}

fn check_name(name: &str, what: &str) -> Result<(), Refusal> {
    match name.trim().chars().count() {
        1..=MOST_NAME => Ok(()),
        _ => invalid(format!("{what} has 1 to {MOST_NAME} characters.")),
    }
}

async fn all_fields(node: &Node) -> Result<Vec<FieldUse>, Refusal> {
    let mut tx = node.db.snapshot().await?;
    let mut used = Vec::new();
    for field in fields::all(&mut tx).await? {
        let contacts = fields::uses(&mut tx, &field.key).await?;
        used.push(FieldUse { field, contacts });
    }
    Ok(used)
}

async fn put_field(node: &Arc<Node>, actor: &Actor, change: FieldChange) -> Result<(), Refusal> {
    // A key that came over the wire has not been checked yet.
    let key = FieldKey::new(change.key.as_str())
        .map_err(|error| Refusal::Invalid { message: error.to_string() })?;
    check_name(&change.name, "A field's name")?;
    let options = checked_options(change.kind, &change.options)?;
    let mut intention = Intention::begin(node).await?;
    let all = fields::all(intention.tx()).await?;
    let name = change.name.trim().to_owned();
    let field = Field { key, name, kind: change.kind, options, builtin: false };
    match all.iter().find(|known| known.key == field.key) {
        Some(known) if known.builtin => return invalid("Every workspace has this field; it stays as it is."),
        Some(known) if known.kind != field.kind => {
            return invalid("The kind of a field does not change. Add another field instead.");
        }
        Some(_) => drop(fields::change(intention.tx(), &field).await?),
        None if all.iter().filter(|field| !field.builtin).count() >= MOST_FIELDS => {
            return invalid("There are 100 fields already. Remove one first.");
        }
        None => {
            let now = intention.now();
            fields::add(intention.tx(), &field, now).await?;
        }
    }
    intention.audit(actor, "field.put", None, json!({ "field": field.name })).await?;
    intention.workflows_changed();
    Ok(intention.commit().await?)
}

fn checked_options(kind: FieldType, options: &[String]) -> Result<Vec<String>, Refusal> {
    let options: Vec<String> =
        options.iter().map(|option| option.trim().to_owned()).filter(|option| !option.is_empty()).collect();
    match (kind, options.len()) {
        (FieldType::List, 1..=100) => Ok(options),
        (FieldType::List, _) => invalid("A list offers 1 to 100 options."),
        _ => Ok(Vec::new()),
    }
}

/// Removes a field with its values; a published workflow that uses it has to be stopped first.
async fn remove_field(node: &Arc<Node>, actor: &Actor, key: &FieldKey) -> Result<(), Refusal> {
    let mut intention = Intention::begin(node).await?;
    let all = fields::all(intention.tx()).await?;
    let Some(field) = all.into_iter().find(|field| field.key == *key) else { return Err(Refusal::Gone) };
    if field.builtin {
        return invalid("Every workspace has this field; it cannot be removed.");
    }
    refuse_used(intention.tx(), &format!("\"{key}\"")).await?;
    refuse_used(intention.tx(), &format!("$contact.{key}")).await?;
    fields::remove(intention.tx(), key).await?;
    intention.audit(actor, "field.removed", None, json!({ "field": field.name })).await?;
    intention.workflows_changed();
    Ok(intention.commit().await?)
}

/// Refuses while a published workflow names something, as its graph is written down.
async fn refuse_used(tx: &mut Tx, name: &str) -> Result<(), Refusal> {
    for workflow in workflows::published(tx).await? {
        let graph = serde_json::to_string(&workflow.graph).unwrap_or_default();
        if graph.contains(name) {
            return invalid(format!("“{}” uses it. Stop that workflow first.", workflow.name));
        }
    }
    Ok(())
}

async fn put_hours(node: &Arc<Node>, actor: &Actor, schedule: Schedule) -> Result<(), Refusal> {
    check_name(&schedule.name, "The name of business hours")?;
    schedule.hours.check().map_err(|error| Refusal::Invalid { message: error.to_string() })?;
    if !zones::is_known(&schedule.hours.zone) {
        return invalid(format!("“{}” is no time zone we know.", schedule.hours.zone));
    }
    let mut intention = Intention::begin(node).await?;
    let all = schedules::all(intention.tx()).await?;
    if all.len() >= MOST_FIELDS && all.iter().all(|known| known.id != schedule.id) {
        return invalid("There are 100 business hours already. Remove some first.");
    }
    schedules::put(intention.tx(), &schedule).await?;
    intention.audit(actor, "hours.put", None, json!({ "hours": schedule.name })).await?;
    intention.workflows_changed();
    Ok(intention.commit().await?)
}

async fn remove_hours(node: &Arc<Node>, actor: &Actor, id: ScheduleId) -> Result<(), Refusal> {
    let mut intention = Intention::begin(node).await?;
    refuse_used(intention.tx(), &id.to_string()).await?;
    if !schedules::remove(intention.tx(), id).await? {
        return Err(Refusal::Gone);
    }
    intention.audit(actor, "hours.removed", None, json!({ "hours": id })).await?;
    intention.workflows_changed();
    Ok(intention.commit().await?)
}
