use super::*;
use crate::state::samples::{NOW, activity, control_change, message, thread};
use domain::HOUR;
use domain::conversation::message::AuthorKind::{Agent, Bot, Customer};

fn laid_out(state: &ThreadState, zone: Option<Zone>) -> Vec<String> {
    let lines = lines(state, zone, &ShownEvents::default());
    let word = |key: &LineKey| match lines.get(key) {
        Some(Line::Day(_)) => "day".to_owned(),
        Some(Line::Events(events)) => events.iter().map(Event::key).collect::<Vec<_>>().join("+"),
        Some(Line::Unseen) => "new".to_owned(),
        Some(Line::Note(note)) => format!("note {}", note.id.0.as_u128()),
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

#[test]
fn events_that_follow_each_other_stand_together_and_can_be_left_out() {
    let mut thread = thread(vec![message(1, Customer, NOW), message(2, Agent, NOW + HOUR)]);
    thread.control = vec![control_change("taken", NOW + MINUTE)];
    thread.activity = vec![activity(7, NOW + 2 * MINUTE)];
    let state = ThreadState::fresh(thread);
    let closed = uuid::Uuid::from_u128(7);
    assert_eq!(laid_out(&state, None), ["[1]".to_owned(), format!("taken+{closed}"), "[2]".to_owned()]);
    assert_eq!(lines(&state, None, &ShownEvents::read("hidden")).order.len(), 2);
    let without_control = lines(&state, None, &ShownEvents::read("control"));
    let left = without_control.by_key.get(&LineKey::Events(closed.to_string()));
    assert!(matches!(left, Some(Line::Events(events)) if events.len() == 1), "{without_control:?}");
}

#[test]
fn what_the_reader_had_not_seen_begins_with_a_line() {
    let mut thread = thread(vec![message(1, Customer, NOW), message(2, Customer, NOW + MINUTE)]);
    thread.seen = Some(NOW);
    assert_eq!(laid_out(&ThreadState::fresh(thread), None), ["[1", "new", "[2]"]);
}

#[test]
fn an_answer_shows_what_it_answers_and_a_tap_marks_its_button() {
    let mut asked = message(1, Bot, NOW);
    asked.mid = Some("m_1".into());
    asked.attachments = vec![domain::conversation::message::Attachment {
        kind: "template".into(),
        title: None,
        url: None,
        payload: Some(serde_json::json!({"text": "What next?", "buttons": [{"title": "A person"}]})),
        media: vec![],
    }];
    let mut tapped = message(2, Customer, NOW + MINUTE);
    tapped.tapped = Some("A person".into());
    tapped.reply_to = Some("m_1".into());
    let lines =
        lines(&ThreadState::fresh(thread(vec![asked, tapped.clone()])), None, &ShownEvents::default());
    let first = lines.get(&LineKey::Message(MessageId(uuid::Uuid::from_u128(1))));
    assert!(matches!(first, Some(Line::Message { tapped: Some(title), .. }) if title == "A person"));
    let second = lines.get(&LineKey::Message(tapped.id));
    assert!(matches!(second, Some(Line::Message { quoted: Some(quoted), .. }) if quoted.author.kind == Bot));
}

#[test]
fn a_note_stands_at_its_time_and_parts_what_is_said_around_it() {
    let mut state =
        ThreadState::fresh(thread(vec![message(1, Agent, NOW), message(2, Agent, NOW + 2 * MINUTE)]));
    state.put_note(&crate::state::samples::note(7, NOW + MINUTE));
    assert_eq!(laid_out(&state, None), ["[1]", "note 7", "[2]"]);
}
