//! What an agent is told: what happened, and what to do about it.

use super::{Error, Verdict};

const RECONNECT: &str = "An owner or manager has to connect the page again; until then its messages wait.";
const ADVANCED_MESSAGING: &str = "In Facebook open Settings → Page setup → Advanced Messaging";

pub fn of(error: &Error) -> String {
    by_code(error.code, error.subcode).unwrap_or_else(|| by_verdict(error))
}

/// Where the code tells more than the verdict.
fn by_code(code: i64, subcode: Option<i64>) -> Option<String> {
    Some(match (code, subcode) {
        (27, Some(2_534_118)) => format!(
            "Facebook did not let us take over: “Take control of conversations” is off for our app. \
             {ADVANCED_MESSAGING} → Edit beside our app and switch it on."
        ),
        (27, _) => format!(
            "Facebook did not let us take over: the page has no default app for conversations. \
             {ADVANCED_MESSAGING} → Conversation routing and choose a default app."
        ),
        (190, subcode) => format!("{} {RECONNECT}", dead_token(subcode)),
        (10, Some(1_893_063)) => {
            "Facebook has restricted this page from sending messages. A page admin finds the reason in Facebook under \
             Support inbox; until it is lifted, messages wait."
                .to_owned()
        }
        (368, _) => "Facebook has blocked sending for a while because of its policies. A page admin finds the reason in \
             Facebook under Support inbox; until it is lifted, messages wait."
            .to_owned(),
        (_, Some(2_018_028)) => "Facebook only lets us write to testers: the app is not published, or not approved for \
             messaging. An owner has to publish it in Meta's developer dashboard."
            .to_owned(),
        (_, Some(2_018_321)) => {
            "The customer is still answering the questions of an ad. We try again when they are done.".to_owned()
        }
        (_, Some(2_018_164)) => {
            "Facebook does not know the app this conversation should go to. An owner has to check the app id in the page's \
             settings."
                .to_owned()
        }
        (_, Some(2_018_171 | 2_018_234)) => format!(
            "Facebook says our app has the wrong role on this page. {ADVANCED_MESSAGING} → Conversation routing and \
             choose our app as default app."
        ),
        (2_022, _) => "Facebook has switched off selling through messages for this page. A page admin has to set it up \
             again in Facebook."
            .to_owned(),
        (2, Some(2_018_344)) => {
            "A page admin has to accept Facebook's terms for contacts before labels can be used.".to_owned()
        }
        (613, Some(2_018_338)) => "Facebook took this for unwanted messages to one customer. Wait until the customer \
             writes again."
            .to_owned(),
        (100, Some(2_018_001 | 33)) => "Facebook does not know this customer on this page. Check that the page is \
             connected with the right app."
            .to_owned(),
        (_, Some(2_018_109)) => "The file is too large for Messenger: pictures may have 8 MB, everything else 25 MB. Send a smaller one.".to_owned(),
        (_, Some(2_018_008 | 2_018_047 | 2_018_074 | 2_018_294)) => {
            "Facebook could not take the file. Attach it again and send once more.".to_owned()
        }
        (_, Some(2_018_218)) | (2_018_218, _) => {
            "Facebook does not show us this customer's profile. The conversation works without it.".to_owned()
        }
        (_, Some(2_018_247)) | (2_018_247, _) => "Facebook shows our app no profiles: an owner has to request \
             “Business Asset User Profile Access” for it in Meta's developer dashboard."
            .to_owned(),
        (9_000_001, _) => "This message was deleted.".to_owned(),
        _ => return None,
    })
}

fn dead_token(subcode: Option<i64>) -> &'static str {
    match subcode {
        Some(458) => "Our app was removed from the page.",
        Some(459) => "Facebook wants whoever connected this page to sign in there and confirm who they are.",
        Some(460) => "The Facebook password of whoever connected this page was changed.",
        Some(463) => "Facebook's permission for this page has expired.",
        Some(464) => "The Facebook account that connected this page is not confirmed.",
        Some(_) | None => "Facebook no longer accepts our access to this page.",
    }
}

fn by_verdict(error: &Error) -> String {
    match error.kind {
        Verdict::Retry { after_ms: Some(_) } => {
            "Facebook wants us to send more slowly. We try again by ourselves.".to_owned()
        }
        Verdict::Retry { after_ms: None } => "Facebook could not be reached. We try again by ourselves.".to_owned(),
        Verdict::GiveUp => format!("Facebook refused this{}. Change it, or write in another way.", numbers(error)),
        Verdict::Admin => format!(
            "Facebook does not permit our app to do this{}. An owner has to check the app's permissions for this page.",
            numbers(error)
        ),
        Verdict::NotOwner => {
            "Another app controls this conversation now. Take over, then send again; your text is kept.".to_owned()
        }
        Verdict::WindowClosed => {
            "It is too long since the customer last wrote, so Facebook does not deliver this. Wait until the customer \
             writes again."
                .to_owned()
        }
        Verdict::OutcomeUnknown => {
            "Facebook did not confirm this message, so it may or may not have arrived. It is not sent again by itself; \
             Re-sync shows whether it is there."
                .to_owned()
        }
        Verdict::Unreachable => {
            "This customer cannot be reached: they blocked the page or closed their account. Try another way to reach \
             them."
                .to_owned()
        }
    }
}

/// The numbers to search for, where words are all we have.
fn numbers(error: &Error) -> String {
    match (error.code, error.subcode) {
        (0, _) => String::new(),
        (code, None) => format!(" (error {code})"),
        (code, Some(subcode)) => format!(" (error {code}/{subcode})"),
    }
}
