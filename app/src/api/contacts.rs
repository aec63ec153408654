//! What workflows work with: contact fields and tags, business hours, connections to other services.

use super::Failure;
#[cfg(feature = "ssr")]
use super::{answer, caller};
use crate::api::codec::Json;
#[cfg(feature = "ssr")]
use domain::person::Actor;
use domain::workflow::field::{Field, FieldKey, FieldType};
use domain::workflow::value::Value;
use domain::workflow::view::{ContactDetails, Schedule};
use domain::{ConversationId, ScheduleId, Timestamp};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The desk's side of it. Agents read and write contacts; the rest is for those who configure the workspace.
#[cfg(feature = "ssr")]
#[async_trait::async_trait]
pub trait ContactsDesk: Send + Sync + 'static {
    async fn contact_details(
        &self,
        actor: &Actor,
        conversation: ConversationId,
    ) -> Result<ContactDetails, Failure>;
    /// Writes a field; an empty value empties it. [`Failure::Invalid`] says what the field takes.
    async fn set_contact_field(
        &self,
        actor: &Actor,
        conversation: ConversationId,
        key: FieldKey,
        value: Value,
    ) -> Result<ContactDetails, Failure>;
    /// Puts a tag on the contact, or takes it off. A tag nobody has used comes into being by that.
    async fn set_contact_tag(
        &self,
        actor: &Actor,
        conversation: ConversationId,
        tag: String,
        on: bool,
    ) -> Result<ContactDetails, Failure>;
    async fn contact_fields(&self, actor: &Actor) -> Result<Vec<FieldUse>, Failure>;
    async fn put_contact_field(&self, actor: &Actor, field: FieldChange) -> Result<(), Failure>;
    async fn remove_contact_field(&self, actor: &Actor, key: FieldKey) -> Result<(), Failure>;
    /// Every tag that was ever used.
    async fn tags(&self, actor: &Actor) -> Result<Vec<String>, Failure>;
    async fn tag_uses(&self, actor: &Actor) -> Result<Vec<TagUse>, Failure>;
    /// Adds a tag (`was`: nothing) or calls one something else; where that is another tag, both become one. Refused
    /// while a published workflow names the old one.
    async fn put_tag(&self, actor: &Actor, was: Option<String>, name: String) -> Result<(), Failure>;
    /// Takes a tag off everybody. Refused while a published workflow names it.
    async fn remove_tag(&self, actor: &Actor, name: String) -> Result<(), Failure>;
    async fn schedules(&self, actor: &Actor) -> Result<Vec<Schedule>, Failure>;
    async fn put_schedule(&self, actor: &Actor, schedule: Schedule) -> Result<(), Failure>;
    /// Refused while a published workflow asks them.
    async fn remove_schedule(&self, actor: &Actor, id: ScheduleId) -> Result<(), Failure>;
    async fn connections(&self, actor: &Actor) -> Result<Vec<Connection>, Failure>;
    async fn put_connection(&self, actor: &Actor, change: ConnectionChange) -> Result<(), Failure>;
    async fn remove_connection(&self, actor: &Actor, name: String) -> Result<(), Failure>;
    /// Asks the service whether it takes the key; changes nothing.
    async fn test_connection(&self, actor: &Actor, name: String) -> Result<ConnectionTest, Failure>;
}

/// A contact field, and how many contacts have a value for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldUse {
    pub field: Field,
    pub contacts: i64,
}

/// A tag, and how many contacts have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagUse {
    pub name: String,
    pub contacts: i64,
}

/// A contact field as a manager wants it. The kind of a field that is there does not change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldChange {
    pub key: FieldKey,
    /// 1 to 60 characters.
    pub name: String,
    pub kind: FieldType,
    /// What a list offers, 1 to 100; nothing for the others.
    #[serde(default)]
    pub options: Vec<String>,
}

/// A service workflows use. Its secret is never told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    pub name: String,
    pub kind: ConnectionKind,
    /// Where it is.
    pub address: String,
    /// The model of an AI service; nothing for others.
    pub model: String,
    pub updated_at: Timestamp,
}

/// What kind of service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionKind {
    /// A language model behind an address that takes chat completions.
    Ai,
    /// A Google service account.
    Sheets,
}

/// What a service said when it was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionTest {
    pub works: bool,
    /// In the service's words where it has some, without the key.
    pub words: String,
}

/// A connection as an owner wants it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConnectionChange {
    /// 1 to 60 characters; the name steps choose it by.
    pub name: String,
    pub kind: ConnectionKind,
    #[serde(default)]
    pub address: String,
    #[serde(default)]
    pub model: String,
    /// The key of an AI service, or the JSON key file of a service account; nothing keeps the one there is.
    #[serde(default)]
    pub secret: Option<String>,
}

/// What the team knows about a contact.
#[server(prefix = "/rpc", endpoint = "contact-details", input = Json, output = Json)]
pub async fn load_contact_details(conversation: ConversationId) -> Result<ContactDetails, Failure> {
    let caller = caller()?;
    answer(caller.desk.contact_details(&caller.actor, conversation).await)
}

/// Writes a field of a contact.
#[server(prefix = "/rpc", endpoint = "set-contact-field", input = Json, output = Json)]
pub async fn set_contact_field(
    conversation: ConversationId,
    key: FieldKey,
    value: Value,
) -> Result<ContactDetails, Failure> {
    let caller = caller()?;
    answer(caller.desk.set_contact_field(&caller.actor, conversation, key, value).await)
}

/// Puts a tag on a contact, or takes it off.
#[server(prefix = "/rpc", endpoint = "set-contact-tag", input = Json, output = Json)]
pub async fn set_contact_tag(
    conversation: ConversationId,
    tag: String,
    on: bool,
) -> Result<ContactDetails, Failure> {
    let caller = caller()?;
    answer(caller.desk.set_contact_tag(&caller.actor, conversation, tag, on).await)
}

/// Every contact field.
#[server(prefix = "/rpc", endpoint = "contact-fields", input = Json, output = Json)]
pub async fn load_contact_fields() -> Result<Vec<FieldUse>, Failure> {
    let caller = caller()?;
    answer(caller.desk.contact_fields(&caller.actor).await)
}

/// Adds a contact field or changes it.
#[server(prefix = "/rpc", endpoint = "put-contact-field", input = Json, output = Json)]
pub async fn put_contact_field(field: FieldChange) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.put_contact_field(&caller.actor, field).await)
}

/// Removes a contact field with its values.
#[server(prefix = "/rpc", endpoint = "remove-contact-field", input = Json, output = Json)]
pub async fn remove_contact_field(key: FieldKey) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.remove_contact_field(&caller.actor, key).await)
}

/// Every tag.
#[server(prefix = "/rpc", endpoint = "tags", input = Json, output = Json)]
pub async fn load_tags() -> Result<Vec<String>, Failure> {
    let caller = caller()?;
    answer(caller.desk.tags(&caller.actor).await)
}

/// Every tag, with how many contacts have it.
#[server(prefix = "/rpc", endpoint = "tag-uses", input = Json, output = Json)]
pub async fn load_tag_uses() -> Result<Vec<TagUse>, Failure> {
    let caller = caller()?;
    answer(caller.desk.tag_uses(&caller.actor).await)
}

/// Adds a tag, or calls one something else.
#[server(prefix = "/rpc", endpoint = "put-tag", input = Json, output = Json)]
pub async fn put_tag(was: Option<String>, name: String) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.put_tag(&caller.actor, was, name).await)
}

/// Takes a tag off everybody.
#[server(prefix = "/rpc", endpoint = "remove-tag", input = Json, output = Json)]
pub async fn remove_tag(name: String) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.remove_tag(&caller.actor, name).await)
}

/// Business hours.
#[server(prefix = "/rpc", endpoint = "schedules", input = Json, output = Json)]
pub async fn load_schedules() -> Result<Vec<Schedule>, Failure> {
    let caller = caller()?;
    answer(caller.desk.schedules(&caller.actor).await)
}

/// Adds business hours or changes them.
#[server(prefix = "/rpc", endpoint = "put-schedule", input = Json, output = Json)]
pub async fn put_schedule(schedule: Schedule) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.put_schedule(&caller.actor, schedule).await)
}

/// Removes business hours.
#[server(prefix = "/rpc", endpoint = "remove-schedule", input = Json, output = Json)]
pub async fn remove_schedule(id: ScheduleId) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.remove_schedule(&caller.actor, id).await)
}

/// Connections to other services.
#[server(prefix = "/rpc", endpoint = "connections", input = Json, output = Json)]
pub async fn load_connections() -> Result<Vec<Connection>, Failure> {
    let caller = caller()?;
    answer(caller.desk.connections(&caller.actor).await)
}

/// Adds a connection or changes it.
#[server(prefix = "/rpc", endpoint = "put-connection", input = Json, output = Json)]
pub async fn put_connection(change: ConnectionChange) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.put_connection(&caller.actor, change).await)
}

/// Removes a connection.
#[server(prefix = "/rpc", endpoint = "remove-connection", input = Json, output = Json)]
pub async fn remove_connection(name: String) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.remove_connection(&caller.actor, name).await)
}

/// Asks a service whether it takes the key.
#[server(prefix = "/rpc", endpoint = "test-connection", input = Json, output = Json)]
pub async fn test_connection(name: String) -> Result<ConnectionTest, Failure> {
    let caller = caller()?;
    answer(caller.desk.test_connection(&caller.actor, name).await)
}
