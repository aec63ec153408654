//! Whoever moves a hand is about to do something: what a page can do without until then is fetched at that moment.

use leptos::ev;
use leptos::prelude::*;

/// Does something once, when the pointer, a finger or a key first moves.
pub fn at_first_move(act: impl Fn() + Copy + 'static) {
    let moved = StoredValue::new(false);
    let act = move || {
        if !moved.get_value() {
            moved.set_value(true);
            act();
        }
    };
    let hands = [
        window_event_listener(ev::pointermove, move |_| act()),
        window_event_listener(ev::touchstart, move |_| act()),
        window_event_listener(ev::keydown, move |_| act()),
    ];
    on_cleanup(move || hands.into_iter().for_each(|hand| hand.remove()));
}
