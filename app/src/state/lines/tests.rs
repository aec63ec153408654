use super::*;
use crate::state::samples::{NOW, control_change, message, thread};
use domain::HOUR;
use domain::conversation::message::AuthorKind::{Agent, Bot, Customer};

fn laid_out(state: &ThreadState, zone: Option<Zone>) -> Vec<String> {
    let lines = lines(state, zone);
    let word = |key: &LineKey| match lines.get(key) {
        Some(Line::Day(_)) => "day".to_owned(),
        Some(Line::Control(change)) => change.key.clone(),
        Some(Line::Message { message, first, last, .. }) => {
            format!(
                "{}{}{}",
                if *first { "[" } else { "" },
                message.id.0.as_u128(),
                if *last { "]" } else { "" }
            )
        }
        None => panic!("a line without content"),
    };
    lines.order.iter().map(word).collect()
}

#[test]
fn messages_of_one_author_stand_together_until_another_speaks_or_time_passes() {
    let state = ThreadState::fresh(thread(vec![
        message(1, Customer, NOW),
        message(2, Customer, NOW + MINUTE),
        message(3, Bot, NOW + 2 * MINUTE),
        message(4, Bot, NOW + 30 * MINUTE),
    ]));
    assert_eq!(laid_out(&state, None), ["[1", "2]", "[3]", "[4]"]);
}

#[test]
fn a_change_of_owner_parts_a_group_and_stands_before_what_was_said_with_it() {
    let mut thread = thread(vec![message(1, Agent, NOW), message(2, Agent, NOW + MINUTE)]);
    thread.control = vec![control_change("late", NOW + MINUTE), control_change("early", NOW)];
    assert_eq!(laid_out(&ThreadState::fresh(thread), None), ["early", "[1]", "late", "[2]"]);
}

#[test]
fn days_begin_where_the_reader_lives() {
    let state =
        ThreadState::fresh(thread(vec![message(1, Customer, NOW), message(2, Customer, NOW + MINUTE)]));
    assert_eq!(laid_out(&state, Some(Zone::East(0))), ["day", "[1", "2]"]);
    let night = 9 * 60 + 57;
    assert_eq!(laid_out(&state, Some(Zone::East(night - 1))), ["day", "[1]", "day", "[2]"]);
}

#[test]
fn owners_of_the_unloaded_past_are_not_shown_without_their_messages() {
    let mut thread = thread(vec![message(1, Customer, NOW)]);
    thread.control = vec![control_change("old", NOW - HOUR)];
    thread.earlier = Some("more".into());
    assert_eq!(laid_out(&ThreadState::fresh(thread), None), ["[1]"]);
}
