//! Pages: connecting them, and how each is doing.

use super::plural;
use domain::page::{
    AppCheck, Checkup, Health, Level, Permission, PermissionCheck, QuietAnswer, Subject, SubscriptionCheck,
    TokenCheck,
};
use domain::view::PageView;
use domain::{MINUTE, Timestamp};

pub const PAGES_LEAD: &str = "Each page's connection to Facebook, checked every day. Messages are never thrown away: what cannot leave waits, what did not arrive is fetched.";
pub const SIMULATOR_WORDS: &str = "This workspace speaks to the simulator, not to Facebook.";
pub const OPEN_SIMULATOR: &str = "Open the simulator";
pub const DETAILS_OF_PAGE: &str = "Details";
pub const ROUTING_CHECK: &str = "Routing check";
pub const RECONNECT: &str = "Reconnect";
pub const LAST_IN: &str = "Last heard from Facebook";
pub const LAST_OUT: &str = "Last message out";
pub const ACCESS: &str = "Access";
pub const PERMISSIONS: &str = "Permissions";
pub const SUBSCRIPTION: &str = "Subscription";
pub const MODE: &str = "Mode";
pub const WAITING: &str = "Waiting to leave";
pub const BOTS: &str = "Bots seen";
pub const NO_BOTS: &str = "None yet";
pub const NEVER_YET: &str = "Never yet";
pub const NOT_CHECKED: &str = "Not checked yet";
pub const BACK_TO_PAGES: &str = "All pages";

pub const CHECKS: &str = "Connection";
pub const CHECK_AGAIN: &str = "Check again";
pub const CHECKING: &str = "Checking…";
pub const SUBSCRIBE: &str = "Subscribe now";
pub const SUBSCRIBED: &str = "The page is subscribed to everything Baton needs.";
pub const EVERYTHING_WORKS: &str = "Checked: everything works.";
pub const NOT_EVERYTHING_WORKS: &str = "Checked: something needs you, see below.";

pub const MESSAGES_WAIT: &str = "Messages that wait for you";
pub const MESSAGES_WAIT_WORDS: &str = "They were written while the page could not send. Read them: by now they may no longer be what the customer should get.";
pub const MESSAGES_PAUSED: &str = "Messages that wait";
pub const SEND_ALL: &str = "Send all";
pub const SEND_ONE: &str = "Send";
pub const DISCARD: &str = "Discard";
pub const DISCARDED: &str = "Discarded. Its bubble says so.";

pub const LEDGER: &str = "Ledger of the last 7 days";
pub const LEDGER_WORDS: &str = "Every event and every message is counted together with what became of it. If the two sides ever differ, something was lost.";
pub const LEDGER_IN: &str = "What came in";
pub const LEDGER_OUT: &str = "What went out";
pub const BALANCES: &str = "It balances";
pub const DOES_NOT_BALANCE: &str = "It does not balance";
pub const LOOK_FOR_HOLES: &str = "Look for missing messages";
pub const BODIES: &str = "Webhooks stored before Facebook got its answer";
pub const BODIES_READ: &str = "Read";
pub const BODIES_WAITING: &str = "Still to be read";
pub const RECEIVED: &str = "Events about this page";
pub const APPLIED: &str = "Applied";
pub const PARKED: &str = "Set aside with the reason";
pub const NEW_MESSAGES: &str = "New messages among them";
pub const FILLED: &str = "Filled from Facebook’s history";
pub const ASKED: &str = "Messages written here";
pub const ACCEPTED: &str = "Taken by Facebook";
pub const FAILED: &str = "Failed";
pub const STILL_WAITING: &str = "Waiting";
pub const UNKNOWN_FATE: &str = "Fate unknown";
pub const DELIVERED: &str = "Delivered, of those taken";
pub const READ: &str = "Read, of those taken";

pub const RHYTHM: &str = "Rhythm";
pub const RHYTHM_NEW: &str = "Baton learns how lively this page is at each hour of the week. After about two weeks it notices silence that does not fit.";

pub const SELF_TEST: &str = "Test by hand";
pub const SELF_TEST_WORDS: &str = "Send a test message to somebody of your team who has written to the page, and have them answer on their phone.";
pub const SELF_TEST_TO: &str = "Send it to";
pub const SELF_TEST_NOBODY: &str =
    "Nobody can be written to just now. Write to the page from your own phone, then come back.";
pub const START_TEST: &str = "Send the test message";
pub const TEST_ACCEPTED: &str = "Facebook takes the message";
pub const TEST_ECHOED: &str = "Its echo comes back";
pub const TEST_ANSWERED: &str = "The answer arrives";
pub const TEST_ACCEPTED_FIX: &str = "Facebook did not take it within a minute. Check the connection above.";
pub const TEST_ECHOED_FIX: &str = "No echo within a minute: Facebook does not tell us what the page sends. Subscribe the page again, and check in Meta’s dashboard that the callback address is the one under Meta apps.";
pub const TEST_ANSWERED_FIX: &str = "No answer within five minutes. If somebody did answer, Facebook does not tell us: check the callback address and the subscription.";

pub const SENDING: &str = "Sending";
pub const PAUSE_SENDING: &str = "Pause sending";
pub const RESUME_SENDING: &str = "Resume sending";
pub const PAUSE_WORDS: &str =
    "Everybody goes on writing; nothing leaves until sending is resumed. Messages keep arriving.";
pub const DISCONNECT: &str = "Disconnect";
pub const DISCONNECT_PAGE: &str = "Disconnect the page";
pub const DISCONNECT_WORDS: &str = "Baton hears nothing more from this page and cannot write. The history stays, and the page can be connected again.";
pub const PAUSED_NOW: &str = "Sending is paused.";
pub const RESUMED_NOW: &str = "Sending goes on.";

pub const META_APPS: &str = "Meta apps";
pub const META_APPS_WORDS: &str = "A page is connected through an app of yours in Meta’s developer dashboard. Its secret is encrypted and never shown again.";
pub const ADD_APP: &str = "Add a Meta app";
pub const CHANGE_APP: &str = "Change";
pub const APP_ID: &str = "App ID";
pub const APP_ID_HINT: &str = "The long number at the top of your app in Meta’s dashboard.";
pub const APP_SECRET: &str = "App secret";
pub const APP_SECRET_HINT: &str = "App settings → Basic → App secret → Show.";
pub const KEEP_SECRET: &str = "Leave it empty to keep the one that is stored.";
pub const VERIFY_TOKEN: &str = "Verify token";
pub const VERIFY_TOKEN_HINT: &str =
    "Any words of your own; Meta repeats them once. Leave it empty and we make one up.";
pub const SAVE_APP: &str = "Check and save";
pub const CALLBACK: &str = "Callback address";
pub const CALLBACK_HINT: &str = "Meta’s dashboard → Messenger → Settings → Webhooks → Callback URL.";
pub const REDIRECT: &str = "Redirect address";
pub const REDIRECT_HINT: &str = "Meta’s dashboard → Facebook Login → Settings → Valid OAuth Redirect URIs.";
pub const COPY: &str = "Copy";
pub const COPIED: &str = "Copied.";
pub const NOT_COPIED: &str = "The browser did not copy it. Select it and copy it yourself.";
pub const MADE_UP_TOKEN: &str = "Verify token we made up. Copy it now; it is not shown again.";
pub const APP_RIGHT: &str = "Facebook knows this app.";

pub const STEP_APP: &str = "1. Your Meta app";
pub const STEP_PAGE: &str = "2. Your page";
pub const WITH_FACEBOOK: &str = "Sign in with Facebook";
pub const WITH_FACEBOOK_WORDS: &str =
    "Facebook asks which pages Baton may see and what for. Leave all permissions on; each is explained here.";
pub const BY_HAND: &str = "Or enter a page token by hand";
pub const BY_HAND_WORDS: &str = "Meta’s dashboard → Messenger → Settings → Access tokens → Generate. Nothing is stored before every value is right.";
pub const APP: &str = "Meta app";
pub const PAGE_ID: &str = "Page ID";
pub const PAGE_ID_HINT: &str = "On Facebook: the page → About → Page transparency → Page ID.";
pub const PAGE_TOKEN: &str = "Page access token";
pub const PAGE_TOKEN_HINT: &str = "It is checked, encrypted and never shown again.";
pub const CHECK_VALUES: &str = "Check";
pub const CONNECT_PAGE: &str = "Connect this page";
pub const WHY_PERMISSIONS: &str = "Which permissions Baton asks for, and why";
pub const CHOOSE_PAGES: &str = "Choose your pages";
pub const CHOOSE_PAGES_WORDS: &str = "These are the pages Facebook let us see.";
pub const CONNECT_CHOSEN: &str = "Connect the chosen pages";
pub const PAGE_MISSING: &str = "A page is missing?";
pub const PAGE_MISSING_WORDS: &str = "Facebook shows only pages that you manage and that you ticked in its dialog. Sign in with Facebook once more, choose “Edit settings”, and tick the page. If it is not there, ask whoever manages the page to give you full control of it.";
pub const NO_PAGES_BROUGHT: &str = "Facebook let us see no page at all.";
pub const TO_PAGES: &str = "Go to your pages";
pub const SIGN_IN_AGAIN: &str = "Sign in with Facebook again";

pub const WARNED: &str = "A warning from Facebook";
pub const WARNED_WORDS: &str = "After further violations Facebook restricts the page. What it is about stands in Page Support Inbox on Facebook; tell your team, and the bot’s makers.";
pub const SETTLE_WARNING: &str = "We have dealt with it";
pub const PUT_RIGHT: &str = "Put it right";

/// "has 3 conversations"
pub fn holds(count: i64) -> String {
    match count {
        1 => "has 1 conversation".into(),
        many => format!("has {many} conversations"),
    }
}

/// "On 21 Nov 2026 Facebook warned: …"
pub fn warned(day: &str, reason: Option<&str>) -> String {
    match reason {
        Some(reason) => format!("On {day} Facebook warned this page: {reason}"),
        None => format!("On {day} Facebook warned this page and gave no reason."),
    }
}

/// What is checked.
pub const fn subject(subject: Subject) -> &'static str {
    match subject {
        Subject::App => "App ID and secret",
        Subject::Token => "Page access token",
        Subject::Permissions => "Permissions",
        Subject::Subscription => "Webhook subscription",
    }
}

/// One word for how bad it is.
pub const fn level(level: Level) -> &'static str {
    match level {
        Level::Ok => "OK",
        Level::Unverified => "Could not be asked",
        Level::Warning => "Soon",
        Level::Failed => "Wrong",
    }
}

/// What was found, and what to do. `when` writes a moment as a day.
pub fn finding(checkup: &Checkup, of: Subject, when: impl Fn(Timestamp) -> String) -> String {
    match of {
        Subject::App => match &checkup.app {
            AppCheck::Right { name } => format!("Facebook knows it as {name}."),
            AppCheck::Wrong => APP_WRONG.into(),
            AppCheck::Unreachable => NOT_ASKED.into(),
        },
        Subject::Token if checkup.token == TokenCheck::Unreachable => not_asked(checkup).into(),
        Subject::Token => token(&checkup.token, checkup.level(of, checkup.at), when),
        Subject::Permissions => match &checkup.permissions {
            PermissionCheck::Known { missing, .. } if missing.is_empty() => "All four are granted.".into(),
            PermissionCheck::Known { missing, .. } => {
                let names: Vec<_> = missing.iter().map(|one| one.as_str()).collect();
                format!(
                    "Missing: {}. Reconnect with Facebook and leave every permission on; for pages of other businesses the app needs App Review.",
                    names.join(", ")
                )
            }
            PermissionCheck::Unreachable => not_asked(checkup).into(),
        },
        Subject::Subscription => match &checkup.subscription {
            SubscriptionCheck::Known { missing } if missing.is_empty() => {
                "Facebook tells us everything an inbox needs.".into()
            }
            SubscriptionCheck::Known { missing } => {
                format!("Facebook does not tell us: {}. “Subscribe now” puts it right.", missing.join(", "))
            }
            SubscriptionCheck::Unreachable => not_asked(checkup).into(),
        },
    }
}

/// With a token or secret that is wrong, Meta answers nothing else.
fn not_asked(checkup: &Checkup) -> &'static str {
    let blocked = checkup.app == AppCheck::Wrong || matches!(checkup.token, TokenCheck::Dead { .. });
    if blocked { "Facebook tells this only once what is wrong above is right." } else { NOT_ASKED }
}

const NOT_ASKED: &str = "Facebook did not answer this. It is tried again by itself.";
const APP_WRONG: &str = "Facebook knows no app with this ID and secret. Compare both with Meta’s dashboard; after “Reset” there, enter the new secret under Meta apps.";

fn token(token: &TokenCheck, level: Level, when: impl Fn(Timestamp) -> String) -> String {
    match token {
        TokenCheck::Valid { .. } => match (token.ends_at(), level) {
            (None, _) => "Valid, with no end by the calendar.".into(),
            (Some(end), Level::Failed) => format!("It ended on {}. Reconnect the page.", when(end)),
            (Some(end), Level::Warning) => {
                format!("It ends on {}. Reconnect before then, so that nothing has to wait.", when(end))
            }
            (Some(end), Level::Ok | Level::Unverified) => format!("Valid until {}.", when(end)),
        },
        TokenCheck::Dead { why } => why.clone(),
        TokenCheck::OtherApp { app } => {
            format!("It was made by another app ({app}). Make one with the app above.")
        }
        TokenCheck::OtherPage { page: Some(page) } => {
            format!("It belongs to another page ({page}). Choose this page when you make it.")
        }
        TokenCheck::OtherPage { page: None } => {
            "It belongs to a person or an app, not to a page. Make a page token.".into()
        }
        TokenCheck::Unreachable => NOT_ASKED.into(),
    }
}

/// What is wrong with an app, if anything.
pub fn app_problem(check: &AppCheck) -> Option<&'static str> {
    match check {
        AppCheck::Right { .. } => None,
        AppCheck::Wrong => Some(APP_WRONG),
        AppCheck::Unreachable => {
            Some("Facebook did not answer, so nothing was stored. Try again in a moment.")
        }
    }
}

/// How long access lasts, in few words.
pub fn access(checkup: Option<&Checkup>, when: impl Fn(Timestamp) -> String) -> String {
    match checkup.map(|checkup| &checkup.token) {
        None => NOT_CHECKED.into(),
        Some(token @ TokenCheck::Valid { .. }) => match token.ends_at() {
            None => "No end by the calendar".into(),
            Some(end) => format!("Until {}", when(end)),
        },
        Some(TokenCheck::Dead { .. } | TokenCheck::OtherApp { .. } | TokenCheck::OtherPage { .. }) => {
            "Not accepted".into()
        }
        Some(TokenCheck::Unreachable) => "Could not be asked".into(),
    }
}

/// "4 of 4", "3 of 4"
pub fn permissions(checkup: Option<&Checkup>) -> String {
    match checkup.map(|checkup| &checkup.permissions) {
        Some(PermissionCheck::Known { missing, .. }) => {
            let all = Permission::ALL.len();
            format!("{} of {all}", all - missing.len())
        }
        Some(PermissionCheck::Unreachable) => "Could not be asked".into(),
        None => NOT_CHECKED.into(),
    }
}

/// "Complete", "2 fields missing"
pub fn subscription(checkup: Option<&Checkup>) -> String {
    match checkup.map(|checkup| &checkup.subscription) {
        Some(SubscriptionCheck::Known { missing }) => match missing.len() {
            0 => "Complete".into(),
            1 => "1 field missing".into(),
            many => format!("{many} fields missing"),
        },
        Some(SubscriptionCheck::Unreachable) => "Could not be asked".into(),
        None => NOT_CHECKED.into(),
    }
}

/// "Connected. Messages arrive and leave."
pub fn health(health: &Health) -> String {
    match health {
        Health::Connected => "Connected. Messages arrive and leave.".into(),
        Health::Paused { by, .. } => format!("{by} paused sending. Messages arrive; what is written waits."),
        Health::Disconnected { reason, .. } => reason.clone(),
        Health::Removed { by, .. } => format!("{by} disconnected this page. Its history stays."),
    }
}

/// One word for the state.
pub const fn health_word(health: &Health) -> &'static str {
    match health {
        Health::Connected => "Connected",
        Health::Paused { .. } => "Paused",
        Health::Disconnected { .. } => "Disconnected",
        Health::Removed { .. } => "Not connected",
    }
}

/// What a permission is for, in words for the person who grants it and for Meta's review.
pub const fn permission(permission: Permission) -> &'static str {
    match permission {
        Permission::PagesShowList => {
            "Shows you the list of pages you manage, so that you can choose which of them your team answers. Nothing is changed on any page."
        }
        Permission::PagesMessaging => {
            "Receives what customers write to the page and sends the answers your team writes. Messages are only sent to people who wrote first, inside Messenger’s time limits."
        }
        Permission::PagesManageMetadata => {
            "Subscribes the page to Messenger’s notifications, so that a message appears here within a second. Without it nothing would arrive."
        }
        Permission::PagesReadEngagement => {
            "Reads the newest messages of a conversation again after an interruption, so that none is missing, and shows the page’s name."
        }
    }
}

/// "3 messages wait for your consent"
pub fn held(count: i64) -> String {
    format!("{} for your consent", plural(count, "message waits", "messages wait"))
}

/// "3 messages leave."
pub fn let_go(count: u64) -> String {
    plural(i64::try_from(count).unwrap_or(i64::MAX), "message leaves.", "messages leave.")
}

/// "2 messages were missing and are there now."
pub fn filled(count: i64) -> String {
    match count {
        0 => "Nothing is missing: Facebook’s history holds nothing newer.".into(),
        1 => "1 message was missing and is there now.".into(),
        many => format!("{many} messages were missing and are there now."),
    }
}

/// The alarm of a page that is too quiet.
pub fn quiet(minutes: i64, expected: f64, chance: f64, answer: QuietAnswer) -> String {
    let silence = duration(minutes);
    let usual = format!(
        "Nothing came for {silence}. At these hours something usually comes in about {expected:.0} of the ten-minute stretches so far; by chance a silence like this happens {}.",
        odds(chance)
    );
    let answer = match answer {
        QuietAnswer::NothingNewer => {
            "Facebook’s own history holds nothing newer, so it is probably just quiet.".into()
        }
        QuietAnswer::Missed { messages } => format!(
            "Customers did write: {} fetched from Facebook’s history. Facebook does not tell us about this page; check the subscription.",
            plural(messages, "message was", "messages were")
        ),
        QuietAnswer::Unreachable => "Facebook could not be asked whether customers wrote.".to_owned(),
    };
    format!("{usual} {answer}")
}

/// What was learned, when it is not alarming.
pub fn rhythm(lively: f64, chance: f64) -> String {
    let usual = match lively {
        lively if lively < 0.02 => "At this hour of the week the page is usually silent.".to_owned(),
        lively => format!(
            "At this hour of the week something usually comes in {:.0} % of all ten-minute stretches.",
            lively * 100.0
        ),
    };
    format!(
        "{usual} A silence like the present one happens {}; below once in a thousand times Baton raises an alarm.",
        odds(chance)
    )
}

fn odds(chance: f64) -> String {
    match chance {
        chance if chance >= 0.5 => "often".into(),
        chance if chance <= 1e-9 => "practically never".into(),
        chance => format!("once in {:.0} times", 1.0 / chance),
    }
}

fn duration(minutes: i64) -> String {
    match minutes {
        ..120 => plural(minutes, "minute", "minutes"),
        120..2_880 => plural(minutes / 60, "hour", "hours"),
        _ => plural(minutes / 1_440, "day", "days"),
    }
}

/// How long something waits: "for 3 hours"
pub fn waits_for(ms: i64) -> String {
    match ms / MINUTE {
        ..=0 => "since just now".into(),
        minutes => format!("for {}", duration(minutes)),
    }
}

/// Why a sign-in with Facebook came to nothing.
pub fn login_problem(reason: &str, words: Option<String>) -> String {
    match reason {
        "denied" => "Facebook’s dialog was cancelled. Nothing was changed; sign in again whenever you like.".into(),
        "state" => "This way back from Facebook is not one we expected: it was used before, took longer than ten minutes, or began in another browser. Nothing was changed; begin again here.".into(),
        "code" => "Facebook no longer accepts this sign-in; its codes count once and for a few minutes. Nothing was changed; sign in again.".into(),
        "unreachable" => "Facebook could not be reached after the sign-in. Nothing was changed; try again in a moment.".into(),
        "unavailable" => "The server could not remember that you went to Facebook. Try again.".into(),
        "refused" => words.unwrap_or_else(|| "It did not work. Try again.".into()),
        _ => "Facebook reported an error in its dialog. Nothing was changed. Check in Meta’s dashboard that the redirect address below is allowed, then try again.".into(),
    }
}

/// Why a page can or cannot be chosen.
pub fn login_state(state: &crate::api::pages::LoginState) -> String {
    use crate::api::pages::LoginState as S;
    match state {
        S::Ready => "Ready to be connected.".into(),
        S::Connected => "Connected already. Choosing it renews the access.".into(),
        S::Lost => "Was connected before; its history is here.".into(),
        S::NotAllowed { missing } => format!(
            "Your role on this page does not allow it ({} missing). Ask whoever manages the page for full control, then sign in again.",
            missing.join(", ")
        ),
        S::NotChosen => "Known here, but Facebook did not show it: it was not ticked in the dialog, or you no longer manage it.".into(),
        S::NoToken => "Facebook gave no access to it. Sign in again and leave all permissions on.".into(),
    }
}

/// "pages_messaging was switched off in the dialog…"
pub fn declined(missing: &[Permission]) -> String {
    let names: Vec<_> = missing.iter().map(|one| one.as_str()).collect();
    format!(
        "Switched off in Facebook’s dialog: {}. Sign in again, choose “Edit settings”, and leave all permissions on.",
        names.join(", ")
    )
}

/// "Shoe Shop is connected."
pub fn connected(name: &str) -> String {
    format!("{name} is connected.")
}

/// "Disconnect Shoe Shop?"
pub fn disconnect_title(name: &str) -> String {
    format!("Disconnect {name}?")
}

/// The line everybody sees while a page cannot send: whom to ask, or what to do.
pub fn page_notice(page: &PageView, can_fix: bool, managers: &[String]) -> Option<String> {
    let name = &page.name;
    let what = match &page.health {
        Health::Connected if can_fix => {
            return page.alarms.first().map(|alarm| format!("{name} needs you. {alarm}"));
        }
        Health::Connected | Health::Removed { .. } => return None,
        Health::Paused { by, .. } => format!("{by} paused sending on {name}. What you write waits."),
        Health::Disconnected { reason, .. } => format!("{name} is disconnected. {}", first_sentence(reason)),
    };
    let whom = match (can_fix, managers) {
        (true, _) | (false, []) => String::new(),
        (false, managers) => format!(" Ask {}.", one_of(managers)),
    };
    Some(format!("{what}{whom}"))
}

fn first_sentence(text: &str) -> &str {
    text.find(". ").map_or(text, |end| &text[..=end])
}

/// "Mia or Ann", "Mia, Tom or Ann"
fn one_of(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::page::Alarm;

    #[test]
    fn agents_are_told_whom_to_ask_and_managers_are_not() {
        let lost =
            Health::Disconnected { since: Timestamp(0), reason: "The token has expired. Reconnect.".into() };
        let managers = ["Ann".to_owned(), "Mia".into()];
        assert_eq!(
            page_notice(&page(lost.clone(), Vec::new()), false, &managers).as_deref(),
            Some("Shoe Shop is disconnected. The token has expired. Ask Ann or Mia.")
        );
        assert_eq!(
            page_notice(&page(lost, Vec::new()), true, &managers).as_deref(),
            Some("Shoe Shop is disconnected. The token has expired.")
        );
        assert_eq!(page_notice(&page(Health::Connected, Vec::new()), false, &managers), None);
    }

    #[test]
    fn what_is_to_be_put_right_is_told_to_those_who_can() {
        let page = page(Health::Connected, vec![Alarm::Subscription { missing: vec!["standby".into()] }]);
        let told = page_notice(&page, true, &[]);
        assert_eq!(told.as_deref(), Some("Shoe Shop needs you. Facebook does not tell us: standby."));
        assert_eq!(page_notice(&page, false, &["Ann".into()]), None);
    }

    fn page(health: Health, alarms: Vec<Alarm>) -> PageView {
        PageView { id: "1".into(), name: "Shoe Shop".into(), health, alarms }
    }

    #[test]
    fn unlikely_things_are_said_in_odds() {
        assert_eq!(odds(0.0005), "once in 2000 times");
        assert_eq!(odds(0.9), "often");
    }
}
