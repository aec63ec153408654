use super::*;
use crate::api::ListQuery;
use crate::state::samples::{NOW, agent, ann, conversation, conversation_id};
use domain::MINUTE;
use domain::view::{Counters, Inbox, Listing, View};

/// Row 0 is conversation `count`, the last row is conversation 1.
fn inbox(count: u128, more: bool) -> InboxState {
    let items = (1..=count).map(|n| conversation(n, NOW + i64::try_from(n).unwrap())).collect();
    let next_cursor = more.then(|| "more".to_owned());
    let conversations = Listing { items, next_cursor, as_of: 0 };
    let loaded = Inbox { conversations, counters: Counters::default(), pages: vec![], apps: vec![] };
    InboxState::fresh(ListQuery::of(View::Open), &agent(ann()), loaded)
}

fn rows(excerpt: &Excerpt) -> Vec<u128> {
    let row = |piece: &Piece| match piece {
        Piece::Row { id, .. } => Some(id.0.as_u128()),
        Piece::Gap { .. } => None,
    };
    excerpt.pieces.iter().filter_map(row).collect()
}

/// Gaps and rows together are as high as the list.
fn height(excerpt: &Excerpt) -> usize {
    excerpt.pieces.iter().map(|piece| if let Piece::Gap { rows, .. } = piece { *rows } else { 1 }).sum()
}

#[test]
fn few_rows_are_drawn_wherever_the_frame_is_and_whichever_is_open() {
    let inbox = inbox(1_000, false);
    for room in [1, 14, 40, 200] {
        for first in [0, 1, 30, 500, 986, 1_000, 5_000] {
            for open in [None, Some(1_000), Some(500), Some(1), Some(4_711)] {
                let excerpt = excerpt(&inbox, None, Frame { first, room }, open.map(conversation_id));
                assert!(rows(&excerpt).len() <= MOST);
                assert_eq!(height(&excerpt), 1_000, "{first} {room} {open:?}");
                let mut next = 0;
                for piece in &excerpt.pieces {
                    match piece {
                        Piece::Gap { rows, .. } => next += rows,
                        Piece::Row { id, index } => {
                            assert_eq!((*index, id.0.as_u128()), (next, 1_000 - next as u128));
                            next += 1;
                        }
                    }
                }
                if let Some(open) = open.filter(|open| *open <= 1_000) {
                    assert!(rows(&excerpt).contains(&open));
                }
            }
        }
    }
}

#[test]
fn what_is_in_the_frame_is_drawn() {
    let drawn = rows(&excerpt(&inbox(1_000, false), None, Frame { first: 300, room: 14 }, None));
    assert!((300..314).all(|index| drawn.contains(&(1_000 - index))));
}

#[test]
fn more_is_loaded_before_the_end_is_reached() {
    let list = inbox(200, true);
    assert!(!excerpt(&list, None, Frame { first: 10, room: 14 }, None).wants_more);
    assert!(!excerpt(&list, None, Frame { first: 140, room: 14 }, None).wants_more);
    assert!(excerpt(&list, None, Frame { first: 160, room: 14 }, None).wants_more);
    assert!(!excerpt(&inbox(200, false), None, Frame { first: 180, room: 14 }, None).wants_more);
    assert!(excerpt(&inbox(5, true), None, Frame::default(), None).wants_more);
}

#[test]
fn nothing_moves_under_the_readers_eyes_and_the_news_are_counted() {
    let mut list = inbox(100, false);
    let mut held = Held::of(&list).unwrap();
    let frame = Frame { first: 20, room: 14 };
    let before = rows(&excerpt(&list, Some(&mut held), frame, None));
    let mut risen = conversation(75, NOW + MINUTE);
    risen.version = 2;
    list.put(&risen);
    list.put(&conversation(500, NOW + 2 * MINUTE));
    let after = excerpt(&list, Some(&mut held), frame, None);
    assert_eq!((rows(&after), after.news), (before, 2));
    assert_eq!(height(&after), 100);
    assert_eq!(rows(&excerpt(&list, None, Frame::default(), None))[..2], [500, 75]);
}

#[test]
fn a_row_that_leaves_the_list_leaves_the_frame() {
    let mut list = inbox(100, false);
    let mut held = Held::of(&list).unwrap();
    list.rows.remove(conversation_id(75));
    let after = excerpt(&list, Some(&mut held), Frame { first: 20, room: 14 }, None);
    assert!(!rows(&after).contains(&75));
    assert_eq!(height(&after), 99);
}

#[test]
fn pages_loaded_meanwhile_are_added_at_the_end() {
    let mut list = inbox(100, true);
    let mut held = Held::of(&list).unwrap();
    let items = (1_000..1_050).map(|n| conversation(n, NOW - MINUTE - i64::try_from(n).unwrap())).collect();
    list.append(Listing { items, next_cursor: None, as_of: 0 });
    let after = excerpt(&list, Some(&mut held), Frame { first: 140, room: 14 }, None);
    assert_eq!(rows(&after).last(), Some(&1_049));
    assert_eq!(height(&after), 150);
}
