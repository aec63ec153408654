//! What customers and apps do besides writing, as lines of the thread: nothing Meta tells us stays invisible.

use domain::PageId;
use domain::conversation::content::REFERRAL;
use domain::conversation::message::Attachment;
use messenger::event::{Event, Inbound};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The word for what happened and what there is to say about it; nothing for what shows another way.
pub fn of(item: &Inbound) -> Option<(&'static str, Value)> {
    let told = |key: &str| item.raw.get(key).cloned().unwrap_or(Value::Null);
    Some(match &item.event {
        Event::Referral(_) => ("referral", json!({ "referral": told("referral"), "lead": told("lead") })),
        Event::Optin(optin) => (
            "optin",
            json!({ "kind": optin.kind, "title": optin.title, "reference": optin.reference, "status": optin.status }),
        ),
        Event::AccountLinking { linked: true, .. } => ("account_linked", Value::Null),
        Event::AccountLinking { linked: false, .. } => ("account_unlinked", Value::Null),
        Event::Feedback { score, comment, .. } => ("feedback", json!({ "score": score, "comment": comment })),
        Event::Thumb { up, .. } => (if *up { "thumb_up" } else { "thumb_down" }, Value::Null),
        Event::Order { note } => {
            ("order", json!({ "note": note, "products": told("order").get("products") }))
        }
        Event::LabelChanged { label, added } => {
            (if *added { "labelled" } else { "unlabelled" }, json!({ "label": label }))
        }
        Event::Requested { by, metadata } => ("requested", json!({ "app": by, "said": metadata })),
        Event::AppRoles => return None,
        Event::Other { kind } => other(kind, item),
        Event::Message { .. }
        | Event::Echo { .. }
        | Event::Deleted { .. }
        | Event::Edit { .. }
        | Event::Reaction { .. }
        | Event::Postback { .. }
        | Event::Delivery { .. }
        | Event::Read { .. }
        | Event::Passed { .. }
        | Event::Taken { .. }
        | Event::Policy { .. } => return None,
    })
}

fn other(kind: &str, item: &Inbound) -> (&'static str, Value) {
    let raw = &item.raw;
    match kind {
        "messaging_customer_information" => {
            ("information", json!({ "screens": raw.pointer("/messaging_customer_information/screens") }))
        }
        "template" if raw.pointer("/template/type").and_then(Value::as_str) == Some("coupon") => {
            ("coupon", json!({ "code": raw.pointer("/template/coupon_code") }))
        }
        kind => ("other", json!({ "kind": kind })),
    }
}

/// How the customer who tapped a button got here, if Meta tells it.
pub fn came_from(raw: &Value) -> Option<Attachment> {
    let payload = raw.pointer("/postback/referral").filter(|referral| referral.is_object())?;
    Some(Attachment {
        kind: REFERRAL.into(),
        title: None,
        url: None,
        payload: Some(payload.clone()),
        media: Vec::new(),
    })
}

/// The id of an event: the same event is the same line, however often Meta tells it.
pub fn id(page: &PageId, key: &str) -> Uuid {
    let hash = Sha256::new().chain_update(page.as_str()).chain_update([0]).chain_update(key).finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}
