use super::*;
use crate::state::samples::{NOW, ann, control_change, conversation, conversation_id, message, said, thread};
use domain::conversation::message::Delivery;
use domain::{MINUTE, SECOND};

fn open() -> ThreadState {
    ThreadState::fresh(thread(vec![
        message(1, AuthorKind::Customer, NOW),
        message(2, AuthorKind::Bot, NOW + MINUTE),
    ]))
}

fn numbers(state: &ThreadState) -> Vec<u128> {
    state.messages.iter().map(|message| message.id.0.as_u128()).collect()
}

fn sending(number: u128) -> Message {
    let mut message = message(number, AuthorKind::Agent, NOW + 2 * MINUTE);
    message.delivery.state = DeliveryState::Sending;
    message
}

#[test]
fn a_late_message_takes_its_place_in_time() {
    let mut state = open();
    assert_eq!(state.apply(&said(11, message(3, AuthorKind::Customer, NOW + 5 * SECOND))), Heard::Changed);
    assert_eq!(numbers(&state), [1, 3, 2]);
    assert_eq!(state.apply(&said(11, message(4, AuthorKind::Customer, NOW))), Heard::Nothing);
}

#[test]
fn echo_answer_and_live_change_meet_at_one_bubble() {
    let mut state = open();
    state.echo(sending(3));
    assert!(state.pending.contains(&sending(3).id));
    state.put(&sending(3));
    let mut sent = sending(3);
    sent.delivery.state = DeliveryState::Sent;
    state.apply(&said(11, sent));
    assert_eq!(numbers(&state), [1, 2, 3]);
    assert!(state.pending.is_empty());
}

#[test]
fn a_slow_answer_does_not_undo_a_receipt() {
    let mut state = open();
    state.echo(sending(3));
    let mut read = sending(3);
    read.delivery = Delivery { state: DeliveryState::Read, error: None };
    state.apply(&said(11, read));
    state.put(&sending(3));
    assert_eq!(state.messages[2].delivery.state, DeliveryState::Read);
}

#[test]
fn a_slow_answer_does_not_undo_a_failure_the_log_has_told() {
    let mut state = open();
    state.echo(sending(3));
    let mut failed = sending(3);
    failed.delivery.state = DeliveryState::Failed;
    state.apply(&said(11, failed));
    let mut answer = sending(3);
    answer.delivery.state = DeliveryState::Queued;
    state.confirm(&answer);
    assert_eq!(state.messages[2].delivery.state, DeliveryState::Failed);
}

#[test]
fn a_refused_message_is_taken_back_and_a_known_one_is_not() {
    let mut state = open();
    state.echo(sending(3));
    state.withdraw(sending(3).id);
    state.withdraw(message(1, AuthorKind::Customer, NOW).id);
    assert_eq!(numbers(&state), [1, 2]);
}

#[test]
fn the_writer_has_seen_only_what_the_server_knows() {
    let mut state = open();
    state.echo(sending(3));
    assert_eq!(state.last_seen(), Some(message(2, AuthorKind::Bot, NOW).id));
}

#[test]
fn a_colleagues_answer_is_noticed_and_ones_own_is_not() {
    let mut state = open();
    let seen = state.last_seen();
    let mut own = message(3, AuthorKind::Agent, NOW + 2 * MINUTE);
    own.author.id = Some(ann().to_string());
    state.put(&own);
    assert_eq!(state.colleague_since(seen, ann()), None);
    let mut colleague = message(4, AuthorKind::Agent, NOW + 3 * MINUTE);
    colleague.author.id = Some("somebody else".into());
    state.put(&colleague);
    assert_eq!(state.colleague_since(seen, ann()).map(|message| message.id), Some(colleague.id));
}

#[test]
fn older_pages_are_put_before() {
    let mut state = open();
    state.earlier = Some("before".into());
    let items = vec![
        message(9, AuthorKind::Customer, NOW - MINUTE),
        message(8, AuthorKind::Customer, NOW - 2 * MINUTE),
    ];
    state.prepend(Listing { items, next_cursor: None, as_of: 10 });
    assert_eq!(numbers(&state), [8, 9, 1, 2]);
    assert_eq!(state.earlier, None);
}

#[test]
fn a_rewritten_timeline_asks_to_be_loaded_again() {
    let mut state = open();
    let control = |n, rewritten| Numbered {
        n,
        change: Change::Control {
            conversation_id: conversation_id(1),
            change: control_change("a", NOW),
            rewritten,
        },
    };
    assert_eq!(state.apply(&control(11, false)), Heard::Changed);
    assert_eq!(state.control.len(), 1);
    assert_eq!(state.apply(&control(12, true)), Heard::Reload);
}

#[test]
fn news_of_other_conversations_is_not_mixed_in() {
    let mut state = open();
    let other = Change::Conversation { conversation: Box::new(conversation(2, NOW)), was: None };
    assert_eq!(state.apply(&Numbered { n: 11, change: other }), Heard::Nothing);
    assert_eq!(state.conversation.id, conversation_id(1));
}

#[test]
fn an_app_that_gets_another_name_has_it_in_its_messages_and_in_the_timeline() {
    let mut state = open();
    let mut by_bot = message(3, AuthorKind::Bot, NOW + 2 * MINUTE);
    by_bot.author.id = Some("611203984417755".into());
    state.put(&by_bot);
    let change = Change::Control {
        conversation_id: conversation_id(1),
        change: control_change("a", NOW),
        rewritten: false,
    };
    state.apply(&Numbered { n: 11, change });
    let named = KnownApp { name: "Helper".into(), ..KnownApp::unnamed("611203984417755".into()) };
    assert_eq!(state.apply(&Numbered { n: 12, change: Change::App { app: named } }), Heard::Changed);
    let names: Vec<_> = state.messages.iter().map(|message| message.author.name.as_deref()).collect();
    assert_eq!(names, [None, None, Some("Helper")]);
    assert_eq!(state.control[0].app_name.as_deref(), Some("Helper"));
}

#[test]
fn a_note_heard_and_a_note_loaded_are_the_same() {
    use crate::state::samples::note;
    let (first, second) = (note(1, NOW), note(2, NOW + domain::MINUTE));
    let mut heard = ThreadState::fresh(thread(vec![]));
    for (n, note) in [(11, &second), (12, &first), (13, &second)] {
        let change = Change::Note { note: Box::new(note.clone()) };
        heard.apply(&Numbered { n, change });
    }
    let mut loaded = thread(vec![]);
    loaded.notes = vec![first, second];
    loaded.as_of = 13;
    assert_eq!(heard, ThreadState::fresh(loaded));
}

#[test]
fn what_came_while_the_reader_was_elsewhere_begins_with_a_line() {
    let mut state = open();
    state.leave();
    state.apply(&said(11, message(3, AuthorKind::Bot, NOW + 2 * MINUTE)));
    state.apply(&said(12, message(4, AuthorKind::Customer, NOW + 3 * MINUTE)));
    state.apply(&said(13, message(5, AuthorKind::Customer, NOW + 4 * MINUTE)));
    state.come_back();
    assert_eq!(state.first_unseen, Some(message(4, AuthorKind::Customer, NOW).id));
    state.leave();
    state.come_back();
    assert_eq!(state.first_unseen, None, "now it has been seen");
}

#[test]
fn each_bot_of_a_thread_is_named_once_the_last_first() {
    let mut state = open();
    assert_eq!(state.bots(), []);
    let other = ControlChange {
        app_id: Some("7".into()),
        app_name: Some("OrderBot".into()),
        ..control_change("c", NOW + 2 * MINUTE)
    };
    let ours = ControlChange { owner: OwnerKind::Ours, ..control_change("d", NOW + 3 * MINUTE) };
    state.control = vec![ours, other, control_change("b", NOW + MINUTE), control_change("a", NOW)];
    let names: Vec<String> = state.bots().into_iter().map(|(_, name)| name).collect();
    assert_eq!(names, ["OrderBot", "SalesBot"]);
}
