//! Pages: connecting them, and how each is doing.

use super::plural;
use crate::language::told;
use domain::page::Alarm;
use domain::page::{
    AppCheck, Checkup, Health, Level, Permission, PermissionCheck, QuietAnswer, Subject, SubscriptionCheck,
    TokenCheck,
};
use domain::view::PageView;
use domain::{MINUTE, Timestamp};

words! {
    pages_lead: "Each page's connection to Facebook, checked every day. Messages are never thrown away: what cannot leave waits, what did not arrive is fetched.",
    simulator_words: "This workspace speaks to the simulator, not to Facebook.",
    open_simulator: "Open the simulator",
    details_of_page: "Details",
    routing_check: "Routing check",
    reconnect: "Reconnect",
    last_in: "Last heard from Facebook",
    last_out: "Last message out",
    access_label: "Access",
    permissions_label: "Permissions",
    subscription_label: "Subscription",
    mode: "Mode",
    waiting: "Waiting to leave",
    bots: "Bots seen",
    no_bots: "None yet",
    never_yet: "Never yet",
    not_checked: "Not checked yet",
    back_to_pages: "All pages",

    checks: "Connection",
    check_again: "Check again",
    checking: "Checking…",
    subscribe: "Subscribe now",
    subscribed: "The page is subscribed to everything Baton needs.",
    everything_works: "Checked: everything works.",
    not_everything_works: "Checked: something needs you, see below.",

    messages_wait: "Messages that wait for you",
    messages_wait_words: "They were written while the page could not send. Read them: by now they may no longer be what the customer should get.",
    messages_paused: "Messages that wait",
    send_all: "Send all",
    send_one: "Send",
    discard: "Discard",
    discarded: "Discarded. Its bubble says so.",

    ledger: "Ledger of the last 7 days",
    ledger_words: "Every event and every message is counted together with what became of it. If the two sides ever differ, something was lost.",
    ledger_in: "What came in",
    ledger_out: "What went out",
    balances: "It balances",
    does_not_balance: "It does not balance",
    look_for_holes: "Look for missing messages",
    bodies: "Webhooks stored before Facebook got its answer",
    bodies_read: "Read",
    bodies_waiting: "Still to be read",
    received: "Events about this page",
    applied: "Applied",
    parked: "Set aside with the reason",
    new_messages: "New messages among them",
    filled_label: "Filled from Facebook’s history",
    asked: "Messages written here",
    accepted: "Taken by Facebook",
    failed: "Failed",
    still_waiting: "Waiting",
    unknown_fate: "Fate unknown",
    delivered: "Delivered, of those taken",
    read: "Read, of those taken",

    rhythm_label: "Rhythm",
    rhythm_new: "Baton learns how lively this page is at each hour of the week. After about two weeks it notices silence that does not fit.",

    self_test: "Test by hand",
    self_test_words: "Send a test message to somebody of your team who has written to the page, and have them answer on their phone.",
    self_test_to: "Send it to",
    self_test_nobody: "Nobody can be written to just now. Write to the page from your own phone, then come back.",
    start_test: "Send the test message",
    test_accepted: "Facebook takes the message",
    test_echoed: "Its echo comes back",
    test_answered: "The answer arrives",
    test_accepted_fix: "Facebook did not take it within a minute. Check the connection above.",
    test_echoed_fix: "No echo within a minute: Facebook does not tell us what the page sends. Subscribe the page again, and check in Meta’s dashboard that the callback address is the one under Meta apps.",
    test_answered_fix: "No answer within five minutes. If somebody did answer, Facebook does not tell us: check the callback address and the subscription.",

    sending: "Sending" as "heading",
    pause_sending: "Pause sending",
    resume_sending: "Resume sending",
    pause_words: "Everybody goes on writing; nothing leaves until sending is resumed. Messages keep arriving.",
    disconnect: "Disconnect",
    disconnect_page: "Disconnect the page",
    disconnect_words: "Baton hears nothing more from this page and cannot write. The history stays, and the page can be connected again.",
    paused_now: "Sending is paused.",
    resumed_now: "Sending goes on.",

    meta_apps: "Meta apps",
    meta_apps_words: "A page is connected through an app of yours in Meta’s developer dashboard. Its secret is encrypted and never shown again.",
    add_app: "Add a Meta app",
    change_app: "Change",
    app_id: "App ID",
    app_id_hint: "The long number at the top of your app in Meta’s dashboard.",
    app_secret: "App secret",
    app_secret_hint: "App settings → Basic → App secret → Show.",
    keep_secret: "Leave it empty to keep the one that is stored.",
    verify_token: "Verify token",
    verify_token_hint: "Any words of your own; Meta repeats them once. Leave it empty and we make one up.",
    save_app: "Check and save",
    callback: "Callback address",
    callback_hint: "Meta’s dashboard → Messenger → Settings → Webhooks → Callback URL.",
    redirect: "Redirect address",
    redirect_hint: "Meta’s dashboard → Facebook Login → Settings → Valid OAuth Redirect URIs.",
    copy: "Copy",
    copied: "Copied.",
    not_copied: "The browser did not copy it. Select it and copy it yourself.",
    made_up_token: "Verify token we made up. Copy it now; it is not shown again.",
    app_right: "Facebook knows this app.",

    step_app: "1. Your Meta app",
    step_page: "2. Your page",
    with_facebook: "Sign in with Facebook",
    with_facebook_words: "Facebook asks which pages Baton may see and what for. Leave all permissions on; each is explained here.",
    by_hand: "Or enter a page token by hand",
    by_hand_words: "Meta’s dashboard → Messenger → Settings → Access tokens → Generate. Nothing is stored before every value is right.",
    app: "Meta app",
    page_id: "Page ID",
    page_id_hint: "On Facebook: the page → About → Page transparency → Page ID.",
    page_token: "Page access token",
    page_token_hint: "It is checked, encrypted and never shown again.",
    check_values: "Check",
    connect_page: "Connect this page",
    why_permissions: "Which permissions Baton asks for, and why",
    choose_pages: "Choose your pages",
    choose_pages_words: "These are the pages Facebook let us see.",
    connect_chosen: "Connect the chosen pages",
    page_missing: "A page is missing?",
    page_missing_words: "Facebook shows only pages that you manage and that you ticked in its dialog. Sign in with Facebook once more, choose “Edit settings”, and tick the page. If it is not there, ask whoever manages the page to give you full control of it.",
    no_pages_brought: "Facebook let us see no page at all.",
    to_pages: "Go to your pages",
    sign_in_again: "Sign in with Facebook again",

    warned_label: "A warning from Facebook",
    warned_words: "After further violations Facebook restricts the page. What it is about stands in Page Support Inbox on Facebook; tell your team, and the bot’s makers.",
    settle_warning: "We have dealt with it",
    put_right: "Put it right",
}

/// "has 3 conversations"
pub fn holds(count: i64) -> String {
    match count {
        1 => say!("has 1 conversation").into(),
        many => say!("has {many} conversations", many),
    }
}

/// "On 21 Nov 2026 Facebook warned: …"
pub fn warned(day: &str, reason: Option<&str>) -> String {
    match reason {
        Some(reason) => say!("On {day} Facebook warned this page: {reason}", day, reason),
        None => say!("On {day} Facebook warned this page and gave no reason.", day),
    }
}

/// What is checked.
pub fn subject(subject: Subject) -> &'static str {
    match subject {
        Subject::App => say!("App ID and secret"),
        Subject::Token => say!("Page access token"),
        Subject::Permissions => say!("Permissions"),
        Subject::Subscription => say!("Webhook subscription"),
    }
}

/// One word for how bad it is.
pub fn level(level: Level) -> &'static str {
    match level {
        Level::Ok => say!("OK"),
        Level::Unverified => say!("Could not be asked"),
        Level::Warning => say!("Soon"),
        Level::Failed => say!("Wrong"),
    }
}

/// What was found, and what to do. `when` writes a moment as a day.
pub fn finding(checkup: &Checkup, of: Subject, when: impl Fn(Timestamp) -> String) -> String {
    match of {
        Subject::App => match &checkup.app {
            AppCheck::Right { name } => say!("Facebook knows it as {name}.", name),
            AppCheck::Wrong => app_wrong().into(),
            AppCheck::Unreachable => not_asked_label().into(),
        },
        Subject::Token if checkup.token == TokenCheck::Unreachable => not_asked(checkup).into(),
        Subject::Token => token(&checkup.token, checkup.level(of, checkup.at), when),
        Subject::Permissions => match &checkup.permissions {
            PermissionCheck::Known { missing, .. } if missing.is_empty() => {
                say!("All four are granted.").into()
            }
            PermissionCheck::Known { missing, .. } => {
                let names: Vec<_> = missing.iter().map(|one| one.as_str()).collect();
                say!(
                    "Missing: {names}. Reconnect with Facebook and leave every permission on; for pages of other businesses the app needs App Review.",
                    names = names.join(", ")
                )
            }
            PermissionCheck::Unreachable => not_asked(checkup).into(),
        },
        Subject::Subscription => match &checkup.subscription {
            SubscriptionCheck::Known { missing } if missing.is_empty() => {
                say!("Facebook tells us everything an inbox needs.").into()
            }
            SubscriptionCheck::Known { missing } => {
                say!(
                    "Facebook does not tell us: {missing}. “Subscribe now” puts it right.",
                    missing = missing.join(", ")
                )
            }
            SubscriptionCheck::Unreachable => not_asked(checkup).into(),
        },
    }
}

/// With a token or secret that is wrong, Meta answers nothing else.
fn not_asked(checkup: &Checkup) -> &'static str {
    let blocked = checkup.app == AppCheck::Wrong || matches!(checkup.token, TokenCheck::Dead { .. });
    if blocked {
        say!("Facebook tells this only once what is wrong above is right.")
    } else {
        not_asked_label()
    }
}

words! {
    not_asked_label: "Facebook did not answer this. It is tried again by itself.",
    app_wrong: "Facebook knows no app with this ID and secret. Compare both with Meta’s dashboard; after “Reset” there, enter the new secret under Meta apps.",
}

fn token(token: &TokenCheck, level: Level, when: impl Fn(Timestamp) -> String) -> String {
    match token {
        TokenCheck::Valid { .. } => match (token.ends_at(), level) {
            (None, _) => say!("Valid, with no end by the calendar.").into(),
            (Some(end), Level::Failed) => say!("It ended on {when}. Reconnect the page.", when = when(end)),
            (Some(end), Level::Warning) => {
                say!(
                    "It ends on {when}. Reconnect before then, so that nothing has to wait.",
                    when = when(end)
                )
            }
            (Some(end), Level::Ok | Level::Unverified) => say!("Valid until {when}.", when = when(end)),
        },
        TokenCheck::Dead { why } => why.clone(),
        TokenCheck::OtherApp { app } => {
            say!("It was made by another app ({app}). Make one with the app above.", app)
        }
        TokenCheck::OtherPage { page: Some(page) } => {
            say!("It belongs to another page ({page}). Choose this page when you make it.", page)
        }
        TokenCheck::OtherPage { page: None } => {
            say!("It belongs to a person or an app, not to a page. Make a page token.").into()
        }
        TokenCheck::Unreachable => not_asked_label().into(),
    }
}

/// What is wrong with an app, if anything.
pub fn app_problem(check: &AppCheck) -> Option<&'static str> {
    match check {
        AppCheck::Right { .. } => None,
        AppCheck::Wrong => Some(app_wrong()),
        AppCheck::Unreachable => {
            Some(say!("Facebook did not answer, so nothing was stored. Try again in a moment."))
        }
    }
}

/// How long access lasts, in few words.
pub fn access(checkup: Option<&Checkup>, when: impl Fn(Timestamp) -> String) -> String {
    match checkup.map(|checkup| &checkup.token) {
        None => not_checked().into(),
        Some(token @ TokenCheck::Valid { .. }) => match token.ends_at() {
            None => say!("No end by the calendar").into(),
            Some(end) => say!("Until {when}", when = when(end)),
        },
        Some(TokenCheck::Dead { .. } | TokenCheck::OtherApp { .. } | TokenCheck::OtherPage { .. }) => {
            say!("Not accepted").into()
        }
        Some(TokenCheck::Unreachable) => say!("Could not be asked").into(),
    }
}

/// "4 of 4", "3 of 4"
pub fn permissions(checkup: Option<&Checkup>) -> String {
    match checkup.map(|checkup| &checkup.permissions) {
        Some(PermissionCheck::Known { missing, .. }) => {
            let all = Permission::ALL.len();
            say!("{granted} of {all}", granted = all - missing.len(), all)
        }
        Some(PermissionCheck::Unreachable) => say!("Could not be asked").into(),
        None => not_checked().into(),
    }
}

/// "Complete", "2 fields missing"
pub fn subscription(checkup: Option<&Checkup>) -> String {
    match checkup.map(|checkup| &checkup.subscription) {
        Some(SubscriptionCheck::Known { missing }) => match missing.len() {
            0 => say!("Complete").into(),
            1 => say!("1 field missing").into(),
            many => say!("{many} fields missing", many),
        },
        Some(SubscriptionCheck::Unreachable) => say!("Could not be asked").into(),
        None => not_checked().into(),
    }
}

/// "Connected. Messages arrive and leave."
pub fn health(health: &Health) -> String {
    match health {
        Health::Connected => say!("Connected. Messages arrive and leave.").into(),
        Health::Paused { by, .. } => say!("{by} paused sending. Messages arrive; what is written waits.", by),
        Health::Disconnected { reason, .. } => told(reason).into_owned(),
        Health::Removed { by, .. } => say!("{by} disconnected this page. Its history stays.", by),
    }
}

/// One word for the state.
pub fn health_word(health: &Health) -> &'static str {
    match health {
        Health::Connected => say!("Connected"),
        Health::Paused { .. } => say!("Paused"),
        Health::Disconnected { .. } => say!("Disconnected"),
        Health::Removed { .. } => say!("Not connected"),
    }
}

/// What a permission is for, in words for the person who grants it and for Meta's review.
pub fn permission(permission: Permission) -> &'static str {
    match permission {
        Permission::PagesShowList => {
            say!(
                "Shows you the list of pages you manage, so that you can choose which of them your team answers. Nothing is changed on any page."
            )
        }
        Permission::PagesMessaging => {
            say!(
                "Receives what customers write to the page and sends the answers your team writes. Messages are only sent to people who wrote first, inside Messenger’s time limits."
            )
        }
        Permission::PagesManageMetadata => {
            say!(
                "Subscribes the page to Messenger’s notifications, so that a message appears here within a second. Without it nothing would arrive."
            )
        }
        Permission::PagesReadEngagement => {
            say!(
                "Reads the newest messages of a conversation again after an interruption, so that none is missing, and shows the page’s name."
            )
        }
    }
}

/// "3 messages wait for your consent"
pub fn held(count: i64) -> String {
    say!(
        "{messages} for your consent",
        messages = plural(count, say!("message waits"), say!("messages wait"))
    )
}

/// "3 messages leave."
pub fn let_go(count: u64) -> String {
    plural(i64::try_from(count).unwrap_or(i64::MAX), say!("message leaves."), say!("messages leave."))
}

/// "2 messages were missing and are there now."
pub fn filled(count: i64) -> String {
    match count {
        0 => say!("Nothing is missing: Facebook’s history holds nothing newer.").into(),
        1 => say!("1 message was missing and is there now.").into(),
        many => say!("{many} messages were missing and are there now.", many),
    }
}

/// What a page needs.
pub fn alarm(alarm: &Alarm) -> String {
    told(&alarm.to_string()).into_owned()
}

/// The alarm of a page that is too quiet.
pub fn quiet(minutes: i64, expected: f64, chance: f64, answer: QuietAnswer) -> String {
    let silence = duration(minutes);
    let usual = say!(
        "Nothing came for {silence}. At these hours something usually comes in about {expected} of the ten-minute stretches so far; by chance a silence like this happens {odds}.",
        silence,
        expected = format!("{expected:.0}"),
        odds = odds(chance)
    );
    let answer = match answer {
        QuietAnswer::NothingNewer => {
            say!("Facebook’s own history holds nothing newer, so it is probably just quiet.").into()
        }
        QuietAnswer::Missed { messages } => say!(
            "Customers did write: {messages} fetched from Facebook’s history. Facebook does not tell us about this page; check the subscription.",
            messages = plural(messages, say!("message was"), say!("messages were"))
        ),
        QuietAnswer::Unreachable => say!("Facebook could not be asked whether customers wrote.").to_owned(),
    };
    format!("{usual} {answer}")
}

/// What was learned, when it is not alarming.
pub fn rhythm(lively: f64, chance: f64) -> String {
    let usual = match lively {
        lively if lively < 0.02 => say!("At this hour of the week the page is usually silent.").to_owned(),
        lively => say!(
            "At this hour of the week something usually comes in {percent} % of all ten-minute stretches.",
            percent = format!("{:.0}", lively * 100.0)
        ),
    };
    say!(
        "{usual} A silence like the present one happens {odds}; below once in a thousand times Baton raises an alarm.",
        usual,
        odds = odds(chance)
    )
}

fn odds(chance: f64) -> String {
    match chance {
        chance if chance >= 0.5 => say!("often").into(),
        chance if chance <= 1e-9 => say!("practically never").into(),
        chance => say!("once in {times} times", times = format!("{:.0}", 1.0 / chance)),
    }
}

fn duration(minutes: i64) -> String {
    match minutes {
        ..120 => plural(minutes, say!("minute"), say!("minutes")),
        120..2_880 => plural(minutes / 60, say!("hour"), say!("hours")),
        _ => plural(minutes / 1_440, say!("day"), say!("days")),
    }
}

/// How long something waits: "for 3 hours"
pub fn waits_for(ms: i64) -> String {
    match ms / MINUTE {
        ..=0 => say!("since just now").into(),
        minutes => say!("for {duration}", duration = duration(minutes)),
    }
}

/// Why a sign-in with Facebook came to nothing.
pub fn login_problem(reason: &str, words: Option<String>) -> String {
    match reason {
        "denied" => say!("Facebook’s dialog was cancelled. Nothing was changed; sign in again whenever you like.").into(),
        "state" => say!("This way back from Facebook is not one we expected: it was used before, took longer than ten minutes, or began in another browser. Nothing was changed; begin again here.").into(),
        "code" => say!("Facebook no longer accepts this sign-in; its codes count once and for a few minutes. Nothing was changed; sign in again.").into(),
        "unreachable" => say!("Facebook could not be reached after the sign-in. Nothing was changed; try again in a moment.").into(),
        "unavailable" => say!("The server could not remember that you went to Facebook. Try again.").into(),
        "refused" => words.unwrap_or_else(|| say!("It did not work. Try again.").into()),
        _ => say!("Facebook reported an error in its dialog. Nothing was changed. Check in Meta’s dashboard that the redirect address below is allowed, then try again.").into(),
    }
}

/// Why a page can or cannot be chosen.
pub fn login_state(state: &crate::api::pages::LoginState) -> String {
    use crate::api::pages::LoginState as S;
    match state {
        S::Ready => say!("Ready to be connected.").into(),
        S::Connected => say!("Connected already. Choosing it renews the access.").into(),
        S::Lost => say!("Was connected before; its history is here.").into(),
        S::NotAllowed { missing } => say!("Your role on this page does not allow it ({missing} missing). Ask whoever manages the page for full control, then sign in again.", missing = missing.join(", ")),
        S::NotChosen => say!("Known here, but Facebook did not show it: it was not ticked in the dialog, or you no longer manage it.").into(),
        S::NoToken => say!("Facebook gave no access to it. Sign in again and leave all permissions on.").into(),
    }
}

/// "pages_messaging was switched off in the dialog…"
pub fn declined(missing: &[Permission]) -> String {
    let names: Vec<_> = missing.iter().map(|one| one.as_str()).collect();
    say!(
        "Switched off in Facebook’s dialog: {names}. Sign in again, choose “Edit settings”, and leave all permissions on.",
        names = names.join(", ")
    )
}

/// "Shoe Shop is connected."
pub fn connected(name: &str) -> String {
    say!("{name} is connected.", name)
}

/// "Disconnect Shoe Shop?"
pub fn disconnect_title(name: &str) -> String {
    say!("Disconnect {name}?", name)
}

/// The line everybody sees while a page cannot send: whom to ask, or what to do.
pub fn page_notice(page: &PageView, can_fix: bool, managers: &[String]) -> Option<String> {
    let name = &page.name;
    let what = match &page.health {
        Health::Connected if can_fix => {
            return page
                .alarms
                .first()
                .map(|alarm| say!("{name} needs you. {alarm}", name, alarm = self::alarm(alarm)));
        }
        Health::Connected | Health::Removed { .. } => return None,
        Health::Paused { by, .. } => say!("{by} paused sending on {name}. What you write waits.", by, name),
        Health::Disconnected { reason, .. } => {
            say!(
                "{name} is disconnected. {first_sentence}",
                name,
                first_sentence = first_sentence(&told(reason))
            )
        }
    };
    let whom = match (can_fix, managers) {
        (true, _) | (false, []) => String::new(),
        (false, managers) => say!(" Ask {one_of}.", one_of = one_of(managers)),
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
        [most @ .., last] => say!("{most} or {last}", most = most.join(", "), last),
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
