//! What an item says happened.

use super::lenient::{field, flag, id, integer, object, text, time};
use super::{Event, Optin, PolicyAction, Referral, attachment};
use domain::conversation::content::LEAD_FORM;
use domain::{AppId, Mid};
use serde_json::Value;

/// Keys that tell about an event instead of being one.
const CIRCUMSTANCES: &[&str] =
    &["sender", "recipient", "timestamp", "prior_message", "hop_context", "lead", "is_echo", "ai_generated"];

/// Reads the event of an item; the reason when that is not possible.
pub fn of(item: &Value, from_page: bool) -> Result<Event, String> {
    let found = [
        ("message", if from_page { echo } else { message } as fn(&Value, &Value) -> Result<Event, String>),
        ("message_edit", edit),
        ("reaction", reaction),
        ("postback", postback),
        ("delivery", delivery),
        ("read", seen),
        ("optin", optin),
        ("pass_thread_control", passed),
        ("take_thread_control", taken),
        ("request_thread_control", requested),
        ("app_roles", |_, _| Ok(Event::AppRoles)),
        ("account_linking", account_linking),
        ("policy_enforcement", policy),
        ("policy-enforcement", policy),
        ("messaging_feedback", feedback),
        ("response_feedback", thumb),
        ("order", |_, order| Ok(Event::Order { note: text(order, "note") })),
        ("referral", |_, referral| Ok(Event::Referral(self::referral(referral)))),
    ]
    .into_iter()
    .find_map(|(key, read)| Some((key, read, field(item, key)?)));
    match found {
        Some((_, read, what)) if what.is_object() => read(item, what),
        Some((key, _, _)) => Err(format!("{key} is not an object")),
        None => other(item),
    }
}

fn other(item: &Value) -> Result<Event, String> {
    let names = item.as_object().into_iter().flat_map(|fields| fields.keys());
    let kind = names.filter(|name| !CIRCUMSTANCES.contains(&name.as_str())).min();
    kind.map(|kind| Event::Other { kind: kind.replace('\0', "\u{fffd}") })
        .ok_or_else(|| "the item says nothing".to_owned())
}

fn message(item: &Value, message: &Value) -> Result<Event, String> {
    let mid = mid(message)?;
    if flag(message, "is_deleted") {
        return Ok(Event::Deleted { mid });
    }
    let synthetic = object(item, "hop_context").is_some();
    let mut attachments = attachment::all(message);
    attachments.extend(synthetic.then(|| attachment::plain(LEAD_FORM, None)));
    Ok(Event::Message {
        mid,
        text: text(message, "text"),
        attachments,
        quick_reply: field(message, "quick_reply").and_then(|reply| text(reply, "payload")),
        reply_to: reply_to(message),
        referral: field(message, "referral").filter(|value| value.is_object()).map(referral),
        unsupported: flag(message, "is_unsupported"),
        synthetic,
    })
}

fn echo(item: &Value, message: &Value) -> Result<Event, String> {
    let mid = mid(message)?;
    if flag(message, "is_deleted") {
        return Ok(Event::Deleted { mid });
    }
    Ok(Event::Echo {
        mid,
        app: id(message, "app_id").map(AppId),
        metadata: text(message, "metadata"),
        text: text(message, "text"),
        attachments: attachment::all(message),
        reply_to: reply_to(message),
        ai_generated: flag(message, "ai_generated") || flag(item, "ai_generated"),
    })
}

fn edit(_: &Value, edit: &Value) -> Result<Event, String> {
    let num = integer(edit, "num_edit").and_then(|num| u32::try_from(num).ok());
    Ok(Event::Edit { mid: mid(edit)?, text: text(edit, "text"), num })
}

fn reaction(_: &Value, reaction: &Value) -> Result<Event, String> {
    let emoji = match id(reaction, "action").as_deref() {
        Some("unreact") => None,
        _ => text(reaction, "emoji").or_else(|| text(reaction, "reaction").map(drawn)),
    };
    Ok(Event::Reaction { mid: mid(reaction)?, emoji })
}

/// The emoji for a reaction that is only named.
fn drawn(name: String) -> String {
    match name.as_str() {
        "smile" => "😆".to_owned(),
        "angry" => "😠".to_owned(),
        "sad" => "😢".to_owned(),
        "wow" => "😮".to_owned(),
        "love" => "❤️".to_owned(),
        "like" => "👍".to_owned(),
        "dislike" => "👎".to_owned(),
        _ => name,
    }
}

fn postback(_: &Value, postback: &Value) -> Result<Event, String> {
    Ok(Event::Postback {
        mid: id(postback, "mid").map(Mid),
        title: text(postback, "title"),
        payload: text(postback, "payload"),
        referral: field(postback, "referral").filter(|value| value.is_object()).map(referral),
    })
}

fn delivery(_: &Value, delivery: &Value) -> Result<Event, String> {
    let mids = delivery.get("mids").and_then(Value::as_array).into_iter().flatten();
    Ok(Event::Delivery {
        mids: mids.filter_map(Value::as_str).filter(|mid| !mid.is_empty()).map(Mid::from).collect(),
        watermark: time(delivery, "watermark").ok_or("a delivery receipt without a watermark")?,
    })
}

fn seen(_: &Value, read: &Value) -> Result<Event, String> {
    Ok(Event::Read { watermark: time(read, "watermark").ok_or("a read receipt without a watermark")? })
}

fn referral(referral: &Value) -> Referral {
    Referral {
        reference: text(referral, "ref"),
        source: text(referral, "source"),
        kind: text(referral, "type"),
        ad: id(referral, "ad_id"),
        ad_title: field(referral, "ads_context_data").and_then(|ad| text(ad, "ad_title")),
        product: field(referral, "product").and_then(|product| id(product, "id")),
    }
}

fn optin(_: &Value, optin: &Value) -> Result<Event, String> {
    Ok(Event::Optin(Optin {
        kind: text(optin, "type"),
        reference: text(optin, "ref"),
        payload: text(optin, "payload"),
        title: text(optin, "title"),
        token: id(optin, "one_time_notif_token").or_else(|| id(optin, "notification_messages_token")),
        status: text(optin, "notification_messages_status"),
    }))
}

fn passed(_: &Value, control: &Value) -> Result<Event, String> {
    let (from, to, metadata) = owners(control);
    Ok(Event::Passed { from, to, metadata })
}

fn taken(_: &Value, control: &Value) -> Result<Event, String> {
    let (from, to, metadata) = owners(control);
    Ok(Event::Taken { from, to, metadata })
}

fn owners(control: &Value) -> (Option<AppId>, Option<AppId>, Option<String>) {
    let app = |key| id(control, key).map(AppId);
    (app("previous_owner_app_id"), app("new_owner_app_id"), text(control, "metadata"))
}

fn requested(_: &Value, control: &Value) -> Result<Event, String> {
    let by = id(control, "requested_owner_app_id").map(AppId);
    Ok(Event::Requested { by, metadata: text(control, "metadata") })
}

fn account_linking(_: &Value, linking: &Value) -> Result<Event, String> {
    let linked = match id(linking, "status").as_deref() {
        Some("linked") => true,
        Some("unlinked") => false,
        _ => return Err("account_linking without linked or unlinked".to_owned()),
    };
    Ok(Event::AccountLinking { linked, authorization_code: text(linking, "authorization_code") })
}

fn policy(_: &Value, policy: &Value) -> Result<Event, String> {
    let action = match id(policy, "action").ok_or("a policy enforcement without an action")?.as_str() {
        "warning" => PolicyAction::Warning,
        "block" => PolicyAction::Block,
        "unblock" => PolicyAction::Unblock,
        other => PolicyAction::Other(other.to_owned()),
    };
    Ok(Event::Policy { action, reason: text(policy, "reason") })
}

/// Meta's template has one screen with one question.
fn feedback(_: &Value, feedback: &Value) -> Result<Event, String> {
    let question = feedback.pointer("/feedback_screens/0/questions").and_then(Value::as_object);
    let (question, answer) = question.and_then(|questions| questions.iter().next()).unzip();
    Ok(Event::Feedback {
        question: question.cloned(),
        score: answer.and_then(|answer| text(answer, "payload")),
        comment: answer.and_then(|answer| field(answer, "follow_up")).and_then(|more| text(more, "payload")),
    })
}

fn thumb(_: &Value, response: &Value) -> Result<Event, String> {
    let up = id(response, "feedback").is_some_and(|words| words.starts_with("Good"));
    Ok(Event::Thumb { mid: id(response, "mid").map(Mid), up })
}

fn mid(of: &Value) -> Result<Mid, String> {
    id(of, "mid").map(Mid).ok_or_else(|| "a message without mid".to_owned())
}

fn reply_to(message: &Value) -> Option<Mid> {
    id(field(message, "reply_to")?, "mid").map(Mid)
}
