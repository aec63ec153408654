//! The check of a page's routing: what is looked at, what was found, how it is put right with Facebook's own words.

use domain::AppId;
use domain::routing::check::{Check, Finding, Found, Mode, TAUGHT, Verdict};

pub const THE_BOT: &str = "the bot";
pub const ANOTHER_APP: &str = "another app";
pub const ROUTING: &str = "Conversation routing";
pub const ROUTING_UNAVAILABLE: &str = "The routing of this page cannot be shown";
pub const RUN_CHECK: &str = "Run the check";
pub const RUN_AGAIN: &str = "Run again";
pub const CHECKING: &str = "Checking…";
pub const CHECKED: &str = "Checked";
pub const NEVER_CHECKED: &str = "This page has not been checked yet";
pub const NEVER_CHECKED_WORDS: &str = "The check asks Facebook what it tells, and looks at what has happened on the page. It changes nothing and takes a few seconds.";
pub const HOW_TO_FIX: &str = "How to fix it";
pub const HOW_TO_LOOK: &str = "How to look yourself";
pub const OPEN_FACEBOOK: &str = "Open on Facebook";
pub const COPY_STEPS: &str = "Copy the steps";
pub const STEPS_COPIED: &str = "The steps are copied.";
pub const STEPS_NOT_COPIED: &str = "The browser does not let us copy here. Mark the steps and copy them.";
pub const SUBSCRIBE_AGAIN: &str = "Subscribe again";
pub const SEE_CONVERSATION: &str = "See the conversation";
pub const EARLIER_CHECKS: &str = "Earlier checks";
pub const APPS_ON_PAGE: &str = "Apps seen on this page";
pub const NAME_APPS: &str = "Name apps";
pub const THREADS_HELD: &str = "Conversations held";
pub const OUR_APP: &str = "Baton (this inbox)";
pub const MODE: &str = "Mode";
pub const ONE_TOOL: &str = "One automation tool per page";
/// Why automations of ours and a bot do not go well together (CR-30, CR-31).
pub const ONE_TOOL_WORDS: &str = "A bot answers on this page. When it has let go of a conversation, the customer’s next message arrives here unread, and that starts our message automations too, so the customer may hear from both. Use only one of them to send messages on a page. Automations that send nothing, such as assigning or labelling, work beside a bot without limits, also in conversations the bot has.";
pub const WAS_CALLED: &str = "Looking for the “handover protocol”?";
/// What it used to be called (CR-05).
pub const WAS_CALLED_WORDS: &str = "Conversation routing used to be called handover protocol in Facebook’s settings. Meta has deprecated that protocol: new businesses use conversation routing, and pages that still have the old one keep working here in the same way.";
pub const METAS_ARTICLE: &str = "Conversation routing in Meta’s documentation";
/// Meta's own description.
pub const METAS_ARTICLE_ADDRESS: &str = "https://developers.facebook.com/documentation/business-messaging/messenger-platform/conversation-routing";

/// Facebook's page of routing rules; the other screens have no address of their own.
const ROUTING_SETTINGS: &str = "https://www.facebook.com/settings?tab=msgr_conversation_routing";
const SETTINGS: &str = "https://www.facebook.com/settings";

/// What an item is called. `bot`: the page's bot, or "the bot".
pub fn check_name(check: Check, bot: &str, mode: Mode) -> String {
    match (check, mode) {
        (Check::Connected, _) => "Baton is connected to the page".into(),
        (Check::Fields, _) => "Facebook sends us everything an inbox needs".into(),
        (Check::Standby, _) => "“Access standby channel” is on".into(),
        (Check::TakeControl, _) => "“Take control of conversations” is on".into(),
        (Check::DefaultApp, Mode::Legacy) => "Baton is the primary receiver".into(),
        (Check::DefaultApp, _) => "Baton is the default routing app".into(),
        (Check::EntryPoints, _) => {
            format!("{} is chosen for the links, posts and campaigns it answers", begin(bot))
        }
        (Check::BotWaits, _) => format!("{} waits at least one second before it answers", begin(bot)),
    }
}

/// "Back to Shoe Shop"
pub fn to_page(page: &str) -> String {
    format!("Back to {page}")
}

/// How an item stands.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Ok => "OK",
        Verdict::Wrong => "Wrong",
        Verdict::CannotVerify => "Cannot be verified",
    }
}

/// What shows it, in a sentence.
pub fn found(finding: &Finding, bot: &str) -> String {
    match (&finding.found, finding.check) {
        (Found::Subscribed { fields }, Check::Fields) => {
            format!("Facebook lists all {fields} kinds of event for our app.")
        }
        (Found::Subscribed { .. }, _) => "Facebook lists our app among the apps of the page.".into(),
        (Found::NotSubscribed, _) => {
            "Facebook does not list our app among the apps of the page, so no message arrives here.".into()
        }
        (Found::FieldsMissing { fields }, _) => format!(
            "Facebook does not send us {}. What happens there is not seen here.",
            fields.join(", ")
        ),
        (Found::AccessRefused { words } | Found::NotAnswered { words }, _) => words.clone(),
        (Found::Stale, _) => "It was on the last time something showed it. That is more than 30 days ago.".into(),
        (Found::Overheard { times: 1 }, _) => {
            format!("One event of {bot}’s conversations has reached us on the standby channel.")
        }
        (Found::Overheard { times }, _) => {
            format!("{times} events of {bot}’s conversations have reached us on the standby channel.")
        }
        (Found::Missed { conversations: 1 }, _) => {
            "Facebook remembers news in a conversation of another app that never reached us.".into()
        }
        (Found::Missed { conversations }, _) => {
            format!("Facebook remembers news in {conversations} conversations of other apps that never reached us.")
        }
        (Found::NothingHeld, Check::Standby) => {
            "No other app has had a conversation while we listened, so nothing shows it either way.".into()
        }
        (Found::NothingHeld, _) => {
            "Facebook shows it only in a conversation that another app has, and there has been none.".into()
        }
        (Found::TakeAccepted, _) => "Facebook let us take over a conversation.".into(),
        (Found::TakeSwitchedOff, _) => {
            "Facebook refused a take-over (error 27/2534118): agents cannot take conversations from a bot.".into()
        }
        (Found::NeverTaken, _) => {
            "Nobody has taken over a conversation yet; Facebook shows the switch only by letting us.".into()
        }
        (Found::OwnerNamed, _) => {
            "Facebook told us which app has a conversation. It tells only the app itself and the default app.".into()
        }
        (Found::OwnerHidden, _) => format!(
            "Facebook did not tell us which app has a conversation, as it would tell the default app. What {bot} lets go of goes elsewhere."
        ),
        (Found::RoutingOff, Check::TakeControl) => {
            "Facebook refuses every take-over as long as the page has no default routing app.".into()
        }
        (Found::RoutingOff, _) => {
            "Facebook refused a take-over because the page has no default routing app: every app hears every message and may answer.".into()
        }
        (Found::NoBot, _) => "No bot has been seen on this page, so there is nothing to choose for it.".into(),
        (Found::NotTold, _) => {
            "Facebook does not tell what is chosen. Below you can see who got the conversations so far.".into()
        }
        (Found::Pace { answers, fast: 0, fastest, .. }, _) => {
            format!("Fastest of {} in the last 7 days: {}.", answers_of(*answers), seconds(*fastest))
        }
        (Found::Pace { answers, fast, waited, .. }, _) if *waited >= TAUGHT => format!(
            "The last {waited} waited long enough. Of {} in the last 7 days, {fast} came faster, all of them before.",
            answers_of(*answers)
        ),
        (Found::Pace { answers, fast, fastest, .. }, _) => format!(
            "{fast} of {} in the last 7 days came faster, the fastest after {}. A bot that answers at once may speak before a person’s take-over has reached it.",
            answers_of(*answers),
            seconds(*fastest)
        ),
        (Found::NoAnswers, _) => "No bot has answered in the last 7 days.".into(),
    }
}

/// A name as the first word of a sentence.
fn begin(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn answers_of(answers: i64) -> String {
    if answers == 1 { "1 answer".into() } else { format!("{answers} answers") }
}

/// "0.3 s"
pub fn seconds(ms: i64) -> String {
    let tenths = (ms.max(0) + 50) / 100;
    match (ms, tenths) {
        (..100, _) => format!("{} ms", ms.max(0)),
        (_, tenths) => format!("{}.{} s", tenths / 10, tenths % 10),
    }
}

/// What somebody has to do on Facebook, step by step, with Facebook's menu names between `**`.
pub fn fix(check: Check, page: &str, ours: &AppId, bot: &str, mode: Mode) -> Vec<String> {
    let switch =
        format!("On Facebook, open the menu behind your **profile icon** and switch into **{page}**.");
    let advanced = || {
        vec![
            switch.clone(),
            "Go to **Settings**, then **Page setup**, then **Advanced Messaging**.".to_owned(),
            format!("Under the connected apps, find our app ({ours}) and choose **Edit** beside it."),
        ]
    };
    let routing = || {
        vec![
            switch.clone(),
            "Go to **Settings**, then **Page setup**, then **Messenger conversation routing**.".to_owned(),
        ]
    };
    let with = |mut steps: Vec<String>, more: &[String]| {
        steps.extend_from_slice(more);
        steps
    };
    match (check, mode) {
        (Check::Connected, _) => with(
            vec![switch.clone()],
            &[
                "Go to **Settings**, then **Page setup**, then **Advanced Messaging**, and see whether our app is among the connected apps.".into(),
                "If it is not, connect the page again under **Pages** in these settings.".into(),
            ],
        ),
        (Check::Fields, _) => vec![
            "Choose **Subscribe again** below; it asks Facebook for everything an inbox needs.".into(),
            "If something is still missing, connect the page again under **Pages** in these settings.".into(),
        ],
        (Check::Standby, _) => {
            with(advanced(), &["Switch on **Access standby channel** and save.".into(), again()])
        }
        (Check::TakeControl, _) => with(
            advanced(),
            &[
                "Switch on **Take control of conversations** and save.".into(),
                format!("Take over one of {bot}’s conversations here, then run the check again: Facebook’s answer is the proof."),
            ],
        ),
        (Check::DefaultApp, Mode::Legacy) => with(
            vec![switch.clone()],
            &[
                "Go to **Settings**, then **Page setup**, then **Advanced Messaging**.".into(),
                format!("Beside **Handover protocol**, make our app ({ours}) the **Primary receiver** and save."),
                again(),
            ],
        ),
        (Check::DefaultApp, _) => with(
            routing(),
            &[
                format!("Under **Default routing app**, choose our app ({ours}) and save. Whenever {bot} is not in control, we are: without it, conversations that {bot} lets go of reach nobody here."),
                again(),
            ],
        ),
        (Check::EntryPoints, _) => with(
            routing(),
            &[
                format!("Under **Link routing**, choose {bot} for the m.me links whose messages it is to answer."),
                format!("Under **Social routing**, choose {bot} if it is to greet people who come from the page or a post."),
                format!("Under **Campaign routing**, choose {bot} for the ads whose messages it is to answer."),
                "What is chosen nowhere goes to the default routing app, which is us.".into(),
            ],
        ),
        (Check::BotWaits, _) => vec![
            format!("In {bot}’s own settings, look for an answer delay or a typing time."),
            "Let it wait **at least 1 second** before it answers any incoming message.".into(),
            "Ask whoever runs the bot if there is no such setting; these numbers help them.".into(),
        ],
    }
}

fn again() -> String {
    "Let a customer write to the bot, then run the check again.".into()
}

/// Where on Facebook that is done; nothing for what is done elsewhere.
pub fn fix_address(check: Check) -> Option<&'static str> {
    match check {
        Check::DefaultApp | Check::EntryPoints => Some(ROUTING_SETTINGS),
        Check::Connected | Check::Standby | Check::TakeControl => Some(SETTINGS),
        Check::Fields | Check::BotWaits => None,
    }
}

/// "1 of 7 checks fails"
pub fn check_summary(findings: &[Finding]) -> String {
    let count = |verdict| findings.iter().filter(|finding| finding.verdict == verdict).count();
    let (wrong, unsure, all) = (count(Verdict::Wrong), count(Verdict::CannotVerify), findings.len());
    match (wrong, unsure) {
        (0, 0) => format!("All {all} checks are OK"),
        (0, 1) => "Nothing is wrong; 1 check cannot be verified".into(),
        (0, unsure) => format!("Nothing is wrong; {unsure} checks cannot be verified"),
        (1, _) => format!("1 of {all} checks fails"),
        (wrong, _) => format!("{wrong} of {all} checks fail"),
    }
}

/// What the most serious finding means for the team.
pub fn check_lead(findings: &[Finding], bot: &str) -> String {
    let wrong = |check| findings.iter().any(|one| one.check == check && one.verdict == Verdict::Wrong);
    if wrong(Check::Connected) || wrong(Check::Fields) {
        "Until it is fixed, messages may not arrive here.".into()
    } else if wrong(Check::DefaultApp) {
        format!("Until it is fixed, messages that {bot} lets go of reach nobody here.")
    } else if wrong(Check::Standby) {
        format!("Until it is fixed, you do not see what customers write while {bot} has control.")
    } else if wrong(Check::TakeControl) {
        format!("Until it is fixed, nobody here can take a conversation from {bot}.")
    } else if wrong(Check::BotWaits) {
        format!("{} may speak into a conversation that somebody is just taking over.", begin(bot))
    } else {
        "What cannot be verified shows itself as conversations come and go.".into()
    }
}

/// How the page routes (CR-06).
pub fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Routing => "Conversation routing",
        Mode::Unconfigured => "Conversation routing without a default app",
        Mode::Legacy => "Handover protocol (older)",
        Mode::Unknown => "Not known yet",
    }
}

/// "2 wrong, 1 cannot be verified"
pub fn run_line(wrong: usize, unsure: usize) -> String {
    match (wrong, unsure) {
        (0, 0) => "All OK".into(),
        (0, unsure) => format!("{unsure} cannot be verified"),
        (wrong, 0) => format!("{wrong} wrong"),
        (wrong, unsure) => format!("{wrong} wrong, {unsure} cannot be verified"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_times_are_told_in_milliseconds() {
        assert_eq!(seconds(40), "40 ms");
        assert_eq!(seconds(300), "0.3 s");
        assert_eq!(seconds(1_449), "1.4 s");
    }

    #[test]
    fn every_item_has_a_name_and_steps() {
        for check in Check::ALL {
            for mode in [Mode::Routing, Mode::Legacy] {
                assert!(check_name(check, "SalesBot", mode).len() > 10);
                assert!(fix(check, "Shoe Shop", &"7".into(), "SalesBot", mode).len() > 1);
            }
        }
    }
}
