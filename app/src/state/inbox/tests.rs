use super::*;
use crate::state::samples::{NOW, agent, ann, assigned, changed, conversation, conversation_id};
use domain::MINUTE;
use domain::conversation::control::OwnerKind;
use domain::conversation::standing::Status;
use domain::live::{Audience, Ears, Heard};
use domain::person::{Reach, Restrictions};
use domain::view::{Count, Facts, View};

/// The server's side of the same world: what a fresh load of a view holds.
fn load(world: &[Conversation], query: &ListQuery, me: PersonId, as_of: i64) -> InboxState {
    load_for(&agent(me), world, query, as_of)
}

fn load_for(reader: &Person, world: &[Conversation], query: &ListQuery, as_of: i64) -> InboxState {
    let me = reader.id;
    let sees = |facts: &Facts| reader.sight().sees(facts.assignee, facts.team);
    let mut counters = Counters::default();
    for facts in world.iter().map(Conversation::facts).filter(sees) {
        counters.apply(None, &facts, Some(me));
    }
    let held = |conversation: &&Conversation| {
        sees(&conversation.facts())
            && query.view.holds(&conversation.facts(), Some(me))
            && query.unread.is_none_or(|unread| unread == conversation.unread)
    };
    let mut items: Vec<Conversation> = world.iter().filter(held).cloned().collect();
    items.sort_by_key(|conversation| std::cmp::Reverse(place(conversation)));
    let conversations = Listing { items, next_cursor: None, as_of };
    InboxState::fresh(query.clone(), reader, Inbox { conversations, counters, pages: vec![], apps: vec![] })
}

fn ids(state: &InboxState) -> Vec<ConversationId> {
    state.rows.iter().map(|row| row.id).collect()
}

/// Lets one conversation after the other change in many ways, and compares every view with a fresh load each time.
#[test]
fn an_old_view_with_its_changes_is_the_freshly_loaded_view() {
    let queries: Vec<ListQuery> = View::SHOWN
        .into_iter()
        .flat_map(|view| [None, Some(true)].map(|unread| ListQuery { unread, ..ListQuery::of(view) }))
        .collect();
    let mut world: Vec<Conversation> = (1..=6).map(|n| conversation(n, NOW)).collect();
    let mut states: Vec<InboxState> = queries.iter().map(|query| load(&world, query, ann(), 0)).collect();
    for n in 1..=400_i64 {
        let index = usize::try_from(n * 7 % 6).unwrap();
        let was = world[index].facts();
        alter(&mut world[index], n);
        let change = changed(n, world[index].clone(), Some(was));
        for (state, query) in states.iter_mut().zip(&queries) {
            state.apply(&change);
            state.apply(&change);
            assert_eq!(*state, load(&world, query, ann(), n), "after change {n} in {query:?}");
        }
    }
}

/// The same for somebody who sees only what is theirs, and hears only that.
#[test]
fn the_view_of_somebody_restricted_is_also_the_freshly_loaded_view() {
    let restrictions = Restrictions { reach: Reach::Own, ..Restrictions::default() };
    let tom = Person { restrictions, ..agent(ann()) };
    let queries = [ListQuery::of(View::Open), ListQuery::of(View::All), ListQuery::of(View::Mine)];
    let mut world: Vec<Conversation> = (1..=6).map(|n| conversation(n, NOW)).collect();
    let mut states: Vec<InboxState> = queries.iter().map(|query| load_for(&tom, &world, query, 0)).collect();
    for n in 1..=400_i64 {
        let index = usize::try_from(n * 7 % 6).unwrap();
        let was = world[index].facts();
        alter(&mut world[index], n);
        let is = world[index].facts();
        let audience =
            Audience { conversation: world[index].id, was: Some(was), is, of_runs: false, gone: false };
        let change = match audience.heard(&Ears { sight: tom.sight(), runs: true }) {
            Heard::Change => changed(n, world[index].clone(), Some(was)),
            Heard::Entered => changed(n, world[index].clone(), None),
            Heard::Left => {
                Numbered { n, change: Change::ConversationHidden { conversation_id: world[index].id, was } }
            }
            Heard::Nothing => continue,
        };
        for (state, query) in states.iter_mut().zip(&queries) {
            state.apply(&change);
            assert_eq!(*state, load_for(&tom, &world, query, n), "after change {n} in {query:?}");
        }
    }
}

#[test]
fn what_was_just_given_away_does_not_come_back_with_the_servers_answer() {
    let restrictions = Restrictions { reach: Reach::Own, ..Restrictions::default() };
    let tom = Person { restrictions, ..agent(ann()) };
    let mut state = load_for(&tom, &[assigned(conversation(1, NOW), ann())], &ListQuery::of(View::Open), 0);
    state.put(&Conversation { version: 2, ..conversation(1, NOW) });
    assert!(state.rows.is_empty());
}

fn alter(conversation: &mut Conversation, n: i64) {
    conversation.version += 1;
    match n % 9 {
        0 => conversation.control.owner = OwnerKind::Bot,
        1 => conversation.status = Status::Closed,
        2 | 7 => conversation.unread = !conversation.unread,
        3 => *conversation = assigned(conversation.clone(), ann()),
        4 => conversation.control.owner = OwnerKind::Ours,
        5 => conversation.assignee = None,
        6 => conversation.status = Status::Open,
        _ => conversation.updated_at = NOW + n * MINUTE,
    }
}

fn open(count: u128) -> InboxState {
    let world: Vec<Conversation> =
        (1..=count).map(|n| conversation(n, NOW + i64::try_from(n).unwrap())).collect();
    load(&world, &ListQuery::of(View::Open), ann(), 10)
}

#[test]
fn what_was_heard_before_changes_nothing() {
    let mut state = open(2);
    let before = state.clone();
    state.apply(&changed(10, conversation(9, NOW), None));
    assert_eq!(state, before);
}

#[test]
fn a_new_conversation_comes_on_top_and_is_counted() {
    let mut state = open(2);
    let mut new = conversation(9, NOW + MINUTE);
    new.unread = true;
    state.apply(&changed(11, new, None));
    assert_eq!(ids(&state), [9, 2, 1].map(conversation_id));
    assert_eq!(state.counters.open, Count { all: 3, unread: 1 });
}

#[test]
fn rows_that_did_not_change_stay_the_same_in_memory() {
    let mut state = open(3);
    let untouched = Arc::clone(&state.rows[1]);
    let was = state.rows[2].facts();
    let mut changed_row = conversation(1, NOW + MINUTE);
    changed_row.version = 2;
    state.apply(&changed(11, changed_row, Some(was)));
    assert!(state.rows.iter().any(|row| Arc::ptr_eq(row, &untouched)));
}

#[test]
fn an_older_answer_does_not_undo_a_newer_change() {
    let mut state = open(1);
    let mut newer = conversation(1, NOW);
    newer.version = 5;
    newer.unread = true;
    state.put(&newer);
    state.put(&conversation(1, NOW));
    assert!(state.rows[0].unread);
}

#[test]
fn a_row_that_belongs_to_a_later_page_waits_for_it() {
    let mut state = open(2);
    state.next_cursor = Some("more".into());
    state.apply(&changed(11, conversation(9, NOW - MINUTE), None));
    assert_eq!(ids(&state), [2, 1].map(conversation_id));
    let page = Listing { items: vec![conversation(9, NOW - MINUTE)], next_cursor: None, as_of: 11 };
    state.append(page);
    assert_eq!(ids(&state), [2, 1, 9].map(conversation_id));
}

#[test]
fn a_search_takes_in_what_mentions_it_and_keeps_what_the_server_found() {
    let mut state = open(1);
    state.query.text = Some("anna".into());
    let mut found = conversation(1, NOW);
    found.version = 2;
    state.put(&found);
    let mut anna = conversation(5, NOW);
    anna.contact.name = "Anna K.".into();
    state.put(&anna);
    state.put(&conversation(6, NOW));
    assert_eq!(state.rows.len(), 2);
}

#[test]
fn the_keyboard_walks_the_rows_and_stops_at_the_ends() {
    let state = open(3);
    let id = conversation_id;
    assert_eq!(state.neighbour(None, true), Some(id(3)));
    assert_eq!(state.neighbour(Some(id(3)), true), Some(id(2)));
    assert_eq!(state.neighbour(Some(id(3)), false), None);
    assert_eq!(state.neighbour(Some(id(1)), true), None);
}

#[test]
fn an_app_that_gets_another_name_has_it_everywhere_at_once() {
    let mut state = open(2);
    let mut held = conversation(1, NOW + 1);
    held.version = 2;
    held.control.owner = OwnerKind::Bot;
    held.control.app_id = Some("7".into());
    held.control.app_name = Some("App 7".into());
    state.put(&held);
    let untouched = Arc::clone(&state.rows[0]);
    let named = KnownApp { name: "SalesBot".into(), ..KnownApp::unnamed("7".into()) };
    state.apply(&Numbered { n: 11, change: Change::App { app: named.clone() } });
    assert_eq!(state.rows[1].control.app_name.as_deref(), Some("SalesBot"));
    assert!(Arc::ptr_eq(&state.rows[0], &untouched));
    assert_eq!(state.apps, [named]);
}
