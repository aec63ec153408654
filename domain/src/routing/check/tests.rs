use super::*;
use crate::{HOUR, MINUTE};
use uuid::Uuid;

const NOW: Timestamp = Timestamp(1_795_269_780_000);

fn thread() -> ConversationId {
    ConversationId(Uuid::from_u128(1))
}

/// A page that nothing is known of but that Facebook answers for it.
fn untouched() -> Facts {
    Facts {
        now: NOW,
        subscribed: Subscribed::Yes { fields: 16, missing: Vec::new() },
        signs: Signs::default(),
        missed: None,
        pace: Pace::default(),
        bot_seen: false,
    }
}

fn with(signs: &[(Sign, Timestamp)]) -> Facts {
    let mut facts = untouched();
    for (sign, at) in signs {
        facts.signs.note(*sign, *at, Some(thread()));
    }
    facts
}

fn verdict(facts: &Facts, check: Check) -> Verdict {
    judge(facts).into_iter().find(|finding| finding.check == check).map(|finding| finding.verdict).unwrap()
}

#[test]
fn nothing_is_ok_without_something_that_proves_it() {
    let verdicts: Vec<_> = judge(&untouched()).into_iter().map(|finding| finding.verdict).collect();
    let unsure = Verdict::CannotVerify;
    assert_eq!(verdicts, [Verdict::Ok, Verdict::Ok, unsure, unsure, unsure, unsure, unsure]);
}

#[test]
fn one_failed_question_hides_no_other_item() {
    let mut facts = with(&[(Sign::TakeAccepted, NOW - HOUR), (Sign::Overheard, NOW - HOUR)]);
    facts.subscribed = Subscribed::NotAnswered { words: "Facebook could not be reached.".into() };
    assert_eq!(verdict(&facts, Check::Connected), Verdict::CannotVerify);
    assert_eq!(verdict(&facts, Check::TakeControl), Verdict::Ok);
    assert_eq!(verdict(&facts, Check::Standby), Verdict::Ok);
}

#[test]
fn what_never_reached_us_outweighs_what_was_overheard_before_and_not_what_came_after() {
    let missed = Some(Missed { conversations: 2, newest: NOW - HOUR });
    let before = Facts { missed, ..with(&[(Sign::Overheard, NOW - 2 * HOUR)]) };
    assert_eq!(verdict(&before, Check::Standby), Verdict::Wrong);
    let after = Facts { missed, ..with(&[(Sign::Overheard, NOW - MINUTE)]) };
    assert_eq!(verdict(&after, Check::Standby), Verdict::Ok);
}

#[test]
fn the_newest_answer_to_a_take_over_counts() {
    let off = (Sign::TakeSwitchedOff, NOW - HOUR);
    assert_eq!(
        verdict(&with(&[(Sign::TakeAccepted, NOW - 2 * HOUR), off]), Check::TakeControl),
        Verdict::Wrong
    );
    assert_eq!(verdict(&with(&[off, (Sign::TakeAccepted, NOW)]), Check::TakeControl), Verdict::Ok);
    // Without a default app Facebook refuses before it looks at the switch.
    let off = with(&[(Sign::RoutingOff, NOW)]);
    assert_eq!(verdict(&off, Check::TakeControl), Verdict::CannotVerify);
    assert_eq!(verdict(&off, Check::DefaultApp), Verdict::Wrong);
}

#[test]
fn whether_facebook_names_the_owner_to_us_tells_the_default_app() {
    let hidden = (Sign::OwnerHidden, NOW - HOUR);
    assert_eq!(verdict(&with(&[hidden]), Check::DefaultApp), Verdict::Wrong);
    assert_eq!(verdict(&with(&[hidden, (Sign::OwnerNamed, NOW)]), Check::DefaultApp), Verdict::Ok);
}

#[test]
fn an_old_proof_says_nothing_about_today() {
    let facts = with(&[(Sign::TakeAccepted, NOW - STALE - MINUTE)]);
    let finding = judge(&facts).into_iter().find(|finding| finding.check == Check::TakeControl).unwrap();
    assert_eq!((finding.verdict, finding.found), (Verdict::CannotVerify, Found::Stale));
    assert_eq!(finding.at, Some(NOW - STALE - MINUTE));
}

#[test]
fn one_answer_within_a_second_is_one_too_many() {
    let mut facts = untouched();
    facts.pace = Pace { answers: 200, fast: 0, fastest: 1_400, newest_fast: None, waited: 200 };
    assert_eq!(verdict(&facts, Check::BotWaits), Verdict::Ok);
    facts.pace = Pace { answers: 200, fast: 1, fastest: 300, newest_fast: Some((NOW, thread())), waited: 0 };
    assert_eq!(verdict(&facts, Check::BotWaits), Verdict::Wrong);
    facts.pace.waited = TAUGHT - 1;
    assert_eq!(verdict(&facts, Check::BotWaits), Verdict::Wrong);
    facts.pace.waited = TAUGHT;
    assert_eq!(verdict(&facts, Check::BotWaits), Verdict::Ok, "it has learned since");
}

#[test]
fn a_missing_field_is_named() {
    let mut facts = untouched();
    facts.subscribed = Subscribed::Yes { fields: 15, missing: vec!["standby".into()] };
    let finding = &judge(&facts)[1];
    assert_eq!(finding.found, Found::FieldsMissing { fields: vec!["standby".into()] });
    assert_eq!(finding.verdict, Verdict::Wrong);
}

#[test]
fn the_mode_is_what_the_newest_sign_says() {
    assert_eq!(Mode::of(&Signs::default()), Mode::Unknown);
    assert_eq!(Mode::of(&with(&[(Sign::OwnerNamed, NOW)]).signs), Mode::Routing);
    assert_eq!(
        Mode::of(&with(&[(Sign::RolesGiven, NOW), (Sign::TakeAccepted, NOW + 1)]).signs),
        Mode::Legacy
    );
    assert_eq!(
        Mode::of(&with(&[(Sign::RolesGiven, NOW), (Sign::RoutingOff, NOW + 1)]).signs),
        Mode::Unconfigured
    );
}

#[test]
fn where_no_sign_shows_the_mode_the_page_itself_does() {
    let none = Signs::default();
    assert_eq!(Mode::of_page(&none, crate::page::Mode::Routing), Mode::Routing);
    assert_eq!(Mode::of_page(&none, crate::page::Mode::Open), Mode::Unconfigured);
    let roles = with(&[(Sign::RolesGiven, NOW), (Sign::TakeAccepted, NOW + 1)]).signs;
    assert_eq!(Mode::of_page(&roles, crate::page::Mode::Routing), Mode::Legacy);
}
