//! Addresses below a part of the module: the router knows where a part begins, the part knows which of its screens lies
//! where. So the first module holds one route for each part, however many screens there are.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use std::time::Duration;

/// The pieces of a path between its slashes.
pub fn pieces(path: &str) -> Vec<&str> {
    path.split('/').filter(|piece| !piece.is_empty()).collect()
}

/// The piece of the address on screen with this index; empty where there is none.
pub fn piece(index: usize) -> Memo<String> {
    let path = use_location().pathname;
    Memo::new(move |_| path.with(|path| pieces(path).get(index).copied().unwrap_or_default().to_owned()))
}

/// The screen that lies at the address, found by what follows its first piece.
///
/// It follows the address a moment later: a page that leads away has often closed something in the same breath, and
/// what follows from that is drawn while the page is still there.
pub fn screen<S: Copy + PartialEq + Send + Sync + 'static>(
    at: fn(&[&str]) -> Option<S>,
) -> ReadSignal<Option<S>> {
    let path = use_location().pathname;
    let named = Memo::new(move |_| path.with(|path| at(pieces(path).get(1..).unwrap_or_default())));
    let (shown, show) = signal(named.get_untracked());
    let follow = move |named: &Option<S>, _: Option<&Option<S>>, _: Option<()>| {
        let named = *named;
        set_timeout(
            move || {
                show.try_set(named);
            },
            Duration::ZERO,
        );
    };
    Effect::watch(move || named.get(), follow, false);
    shown
}
