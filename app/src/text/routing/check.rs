//! The check of a page's routing: what is looked at, what was found, how it is put right with Facebook's own words.

use domain::AppId;
use domain::routing::check::{Check, Finding, Found, Mode, TAUGHT, Verdict};

words! {
    the_bot: "the bot",
    another_app: "another app",
    routing: "Conversation routing",
    routing_unavailable: "The routing of this page cannot be shown",
    run_check: "Run the check",
    run_again: "Run again",
    checking: "Checking…",
    checked: "Checked",
    never_checked: "This page has not been checked yet",
    never_checked_words: "The check asks Facebook what it tells, and looks at what has happened on the page. It changes nothing and takes a few seconds.",
    how_to_fix: "How to fix it",
    how_to_look: "How to look yourself",
    open_facebook: "Open on Facebook",
    copy_steps: "Copy the steps",
    steps_copied: "The steps are copied.",
    steps_not_copied: "The browser does not let us copy here. Mark the steps and copy them.",
    subscribe_again: "Subscribe again",
    see_conversation: "See the conversation",
    earlier_checks: "Earlier checks",
    apps_on_page: "Apps seen on this page",
    name_apps: "Name apps",
    threads_held: "Conversations held",
    our_app: "Baton (this inbox)",
    mode_label: "Mode",
    one_tool: "One automation tool per page",
    /// Why automations of ours and a bot do not go well together (CR-30, CR-31).
    one_tool_words: "A bot answers on this page. When it has let go of a conversation, the customer’s next message arrives here unread, and that starts our message automations too, so the customer may hear from both. Use only one of them to send messages on a page. Automations that send nothing, such as assigning or labelling, work beside a bot without limits, also in conversations the bot has.",
    was_called: "Looking for the “handover protocol”?",
    /// What it used to be called (CR-05).
    was_called_words: "Conversation routing used to be called handover protocol in Facebook’s settings. Meta has deprecated that protocol: new businesses use conversation routing, and pages that still have the old one keep working here in the same way.",
    metas_article: "Conversation routing in Meta’s documentation",
}
/// Meta's own description.
pub const METAS_ARTICLE_ADDRESS: &str = "https://developers.facebook.com/documentation/business-messaging/messenger-platform/conversation-routing";

/// Facebook's page of routing rules; the other screens have no address of their own.
const ROUTING_SETTINGS: &str = "https://www.facebook.com/settings?tab=msgr_conversation_routing";
const SETTINGS: &str = "https://www.facebook.com/settings";

/// What an item is called. `bot`: the page's bot, or "the bot".
pub fn check_name(check: Check, bot: &str, mode: Mode) -> String {
    match (check, mode) {
        (Check::Connected, _) => say!("Baton is connected to the page").into(),
        (Check::Fields, _) => say!("Facebook sends us everything an inbox needs").into(),
        (Check::Standby, _) => say!("“Access standby channel” is on").into(),
        (Check::TakeControl, _) => say!("“Take control of conversations” is on").into(),
        (Check::DefaultApp, Mode::Legacy) => say!("Baton is the primary receiver").into(),
        (Check::DefaultApp, _) => say!("Baton is the default routing app").into(),
        (Check::EntryPoints, _) => {
            say!("{begin} is chosen for the links, posts and campaigns it answers", begin = begin(bot))
        }
        (Check::BotWaits, _) => {
            say!("{begin} waits at least one second before it answers", begin = begin(bot))
        }
    }
}

/// "Back to Shoe Shop"
pub fn to_page(page: &str) -> String {
    say!("Back to {page}", page)
}

/// How an item stands.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Ok => say!("OK"),
        Verdict::Wrong => say!("Wrong"),
        Verdict::CannotVerify => say!("Cannot be verified"),
    }
}

/// What shows it, in a sentence.
pub fn found(finding: &Finding, bot: &str) -> String {
    match (&finding.found, finding.check) {
        (Found::Subscribed { fields }, Check::Fields) => {
            say!("Facebook lists all {fields} kinds of event for our app.", fields)
        }
        (Found::Subscribed { .. }, _) => say!("Facebook lists our app among the apps of the page.").into(),
        (Found::NotSubscribed, _) => {
            say!("Facebook does not list our app among the apps of the page, so no message arrives here.").into()
        }
        (Found::FieldsMissing { fields }, _) => say!("Facebook does not send us {fields}. What happens there is not seen here.", fields = fields.join(", ")),
        (Found::AccessRefused { words } | Found::NotAnswered { words }, _) => words.clone(),
        (Found::Stale, _) => say!("It was on the last time something showed it. That is more than 30 days ago.").into(),
        (Found::Overheard { times: 1 }, _) => {
            say!("One event of {bot}’s conversations has reached us on the standby channel.", bot)
        }
        (Found::Overheard { times }, _) => {
            say!("{times} events of {bot}’s conversations have reached us on the standby channel.", times, bot)
        }
        (Found::Missed { conversations: 1 }, _) => {
            say!("Facebook remembers news in a conversation of another app that never reached us.").into()
        }
        (Found::Missed { conversations }, _) => {
            say!("Facebook remembers news in {conversations} conversations of other apps that never reached us.", conversations)
        }
        (Found::NothingHeld, Check::Standby) => {
            say!("No other app has had a conversation while we listened, so nothing shows it either way.").into()
        }
        (Found::NothingHeld, _) => {
            say!("Facebook shows it only in a conversation that another app has, and there has been none.").into()
        }
        (Found::TakeAccepted, _) => say!("Facebook let us take over a conversation.").into(),
        (Found::TakeSwitchedOff, _) => {
            say!("Facebook refused a take-over (error 27/2534118): agents cannot take conversations from a bot.").into()
        }
        (Found::NeverTaken, _) => {
            say!("Nobody has taken over a conversation yet; Facebook shows the switch only by letting us.").into()
        }
        (Found::OwnerNamed, _) => {
            say!("Facebook told us which app has a conversation. It tells only the app itself and the default app.").into()
        }
        (Found::OwnerHidden, _) => say!("Facebook did not tell us which app has a conversation, as it would tell the default app. What {bot} lets go of goes elsewhere.", bot),
        (Found::RoutingOff, Check::TakeControl) => {
            say!("Facebook refuses every take-over as long as the page has no default routing app.").into()
        }
        (Found::RoutingOff, _) => {
            say!("Facebook refused a take-over because the page has no default routing app: every app hears every message and may answer.").into()
        }
        (Found::NoBot, _) => say!("No bot has been seen on this page, so there is nothing to choose for it.").into(),
        (Found::NotTold, _) => {
            say!("Facebook does not tell what is chosen. Below you can see who got the conversations so far.").into()
        }
        (Found::Pace { answers, fast: 0, fastest, .. }, _) => {
            say!("Fastest of {answers_of} in the last 7 days: {seconds}.", answers_of = answers_of(*answers), seconds = seconds(*fastest))
        }
        (Found::Pace { answers, fast, waited, .. }, _) if *waited >= TAUGHT => say!("The last {waited} waited long enough. Of {answers_of} in the last 7 days, {fast} came faster, all of them before.", waited, answers_of = answers_of(*answers), fast),
        (Found::Pace { answers, fast, fastest, .. }, _) => say!("{fast} of {answers_of} in the last 7 days came faster, the fastest after {seconds}. A bot that answers at once may speak before a person’s take-over has reached it.", fast, answers_of = answers_of(*answers), seconds = seconds(*fastest)),
        (Found::NoAnswers, _) => say!("No bot has answered in the last 7 days.").into(),
    }
}

/// A name as the first word of a sentence.
fn begin(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn answers_of(answers: i64) -> String {
    if answers == 1 { say!("1 answer").into() } else { say!("{answers} answers", answers) }
}

/// "0.3 s"
pub fn seconds(ms: i64) -> String {
    let tenths = (ms.max(0) + 50) / 100;
    match (ms, tenths) {
        (..100, _) => say!("{ms} ms", ms = ms.max(0)),
        (_, tenths) => format!("{}.{} s", tenths / 10, tenths % 10),
    }
}

/// What somebody has to do on Facebook, step by step, with Facebook's menu names between `**`.
pub fn fix(check: Check, page: &str, ours: &AppId, bot: &str, mode: Mode) -> Vec<String> {
    let switch =
        say!("On Facebook, open the menu behind your **profile icon** and switch into **{page}**.", page);
    let advanced = || {
        vec![
            switch.clone(),
            say!("Go to **Settings**, then **Page setup**, then **Advanced Messaging**.").to_owned(),
            say!("Under the connected apps, find our app ({ours}) and choose **Edit** beside it.", ours),
        ]
    };
    let routing = || {
        vec![
            switch.clone(),
            say!("Go to **Settings**, then **Page setup**, then **Messenger conversation routing**.")
                .to_owned(),
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
                say!("Go to **Settings**, then **Page setup**, then **Advanced Messaging**, and see whether our app is among the connected apps.").into(),
                say!("If it is not, connect the page again under **Pages** in these settings.").into(),
            ],
        ),
        (Check::Fields, _) => vec![
            say!("Choose **Subscribe again** below; it asks Facebook for everything an inbox needs.").into(),
            say!("If something is still missing, connect the page again under **Pages** in these settings.").into(),
        ],
        (Check::Standby, _) => {
            with(advanced(), &[say!("Switch on **Access standby channel** and save.").into(), again()])
        }
        (Check::TakeControl, _) => with(
            advanced(),
            &[
                say!("Switch on **Take control of conversations** and save.").into(),
                say!("Take over one of {bot}’s conversations here, then run the check again: Facebook’s answer is the proof.", bot),
            ],
        ),
        (Check::DefaultApp, Mode::Legacy) => with(
            vec![switch.clone()],
            &[
                say!("Go to **Settings**, then **Page setup**, then **Advanced Messaging**.").into(),
                say!("Beside **Handover protocol**, make our app ({ours}) the **Primary receiver** and save.", ours),
                again(),
            ],
        ),
        (Check::DefaultApp, _) => with(
            routing(),
            &[
                say!("Under **Default routing app**, choose our app ({ours}) and save. Whenever {bot} is not in control, we are: without it, conversations that {bot} lets go of reach nobody here.", ours, bot),
                again(),
            ],
        ),
        (Check::EntryPoints, _) => with(
            routing(),
            &[
                say!("Under **Link routing**, choose {bot} for the m.me links whose messages it is to answer.", bot),
                say!("Under **Social routing**, choose {bot} if it is to greet people who come from the page or a post.", bot),
                say!("Under **Campaign routing**, choose {bot} for the ads whose messages it is to answer.", bot),
                say!("What is chosen nowhere goes to the default routing app, which is us.").into(),
            ],
        ),
        (Check::BotWaits, _) => vec![
            say!("In {bot}’s own settings, look for an answer delay or a typing time.", bot),
            say!("Let it wait **at least 1 second** before it answers any incoming message.").into(),
            say!("Ask whoever runs the bot if there is no such setting; these numbers help them.").into(),
        ],
    }
}

fn again() -> String {
    say!("Let a customer write to the bot, then run the check again.").into()
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
        (0, 0) => say!("All {all} checks are OK", all),
        (0, 1) => say!("Nothing is wrong; 1 check cannot be verified").into(),
        (0, unsure) => say!("Nothing is wrong; {unsure} checks cannot be verified", unsure),
        (1, _) => say!("1 of {all} checks fails", all),
        (wrong, _) => say!("{wrong} of {all} checks fail", wrong, all),
    }
}

/// What the most serious finding means for the team.
pub fn check_lead(findings: &[Finding], bot: &str) -> String {
    let wrong = |check| findings.iter().any(|one| one.check == check && one.verdict == Verdict::Wrong);
    if wrong(Check::Connected) || wrong(Check::Fields) {
        say!("Until it is fixed, messages may not arrive here.").into()
    } else if wrong(Check::DefaultApp) {
        say!("Until it is fixed, messages that {bot} lets go of reach nobody here.", bot)
    } else if wrong(Check::Standby) {
        say!("Until it is fixed, you do not see what customers write while {bot} has control.", bot)
    } else if wrong(Check::TakeControl) {
        say!("Until it is fixed, nobody here can take a conversation from {bot}.", bot)
    } else if wrong(Check::BotWaits) {
        say!("{begin} may speak into a conversation that somebody is just taking over.", begin = begin(bot))
    } else {
        say!("What cannot be verified shows itself as conversations come and go.").into()
    }
}

/// How the page routes (CR-06).
pub fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Routing => say!("Conversation routing"),
        Mode::Unconfigured => say!("Conversation routing without a default app"),
        Mode::Legacy => say!("Handover protocol (older)"),
        Mode::Unknown => say!("Not known yet"),
    }
}

/// "2 wrong, 1 cannot be verified"
pub fn run_line(wrong: usize, unsure: usize) -> String {
    match (wrong, unsure) {
        (0, 0) => say!("All OK").into(),
        (0, unsure) => say!("{unsure} cannot be verified", unsure),
        (wrong, 0) => say!("{wrong} wrong", wrong),
        (wrong, unsure) => say!("{wrong} wrong, {unsure} cannot be verified", wrong, unsure),
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
