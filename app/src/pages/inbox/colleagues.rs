//! Which colleagues are at the open conversation, and telling them that we are.

use super::thread::Open;
use crate::api::{self, Doing};
use crate::browser;
use crate::parts::{Avatar, Kind};
use crate::text;
use domain::view::Colleague;
use domain::{SECOND, Timestamp};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// How often we say that we are here.
const SIGN: Duration = Duration::from_secs(4);
/// How long after the last key somebody counts as typing, in milliseconds.
const TYPING: i64 = 5 * SECOND;
/// How many faces are shown.
const FACES: usize = 3;

/// Who else is here, as faces and a word.
#[component]
pub fn Colleagues(open: Open) -> impl IntoView {
    let others = RwSignal::new(Vec::<Colleague>::new());
    keep_telling(open, others);
    move || {
        let others = others.get();
        (!others.is_empty()).then(|| {
            let words = text::colleagues(&others);
            let typing = others.iter().any(|one| one.typing).then_some("");
            let faces = others
                .iter()
                .take(FACES)
                .map(|one| view! { <Avatar id=one.id.0 name=one.name.clone() kind=Kind::Agent size=18 /> })
                .collect_view();
            view! { <span class="colleagues" role="status" data-typing=typing title=words.clone()>{faces}<span>{words.clone()}</span></span> }
        })
    }
}

/// Says every few seconds, and as soon as typing begins, that we are here; takes in who else is.
fn keep_telling(open: Open, others: RwSignal<Vec<Colleague>>) {
    let typed = open.typed;
    let is_typing = move || {
        let now = open.screen.clock.exactly();
        typed.try_get_untracked().flatten().is_some_and(|last: Timestamp| now - last < TYPING)
    };
    let tell = move || {
        if !browser::is_visible() {
            return;
        }
        let doing = if is_typing() { Doing::Typing } else { Doing::Looking };
        spawn_local(async move {
            // Nobody is told of a failure: the next sign comes in a moment.
            let found = api::here(open.id, doing).await.unwrap_or_default();
            let _gone = others.try_maybe_update(|shown| {
                let differs = *shown != found;
                *shown = found;
                (differs, ())
            });
        });
    };
    Effect::new(move || {
        tell();
        let ticking = set_interval_with_handle(tell, SIGN);
        on_cleanup(move || {
            if let Ok(ticking) = ticking {
                ticking.clear();
            }
            spawn_local(async move {
                let _told_or_over_by_itself = api::here(open.id, Doing::Left).await;
            });
        });
    });
    Effect::watch(
        move || typed.get(),
        move |now, before, _| {
            let began = match (now, before.copied().flatten()) {
                (Some(now), Some(before)) => *now - before >= TYPING,
                (Some(_), None) => true,
                (None, _) => false,
            };
            if began {
                tell();
            }
        },
        false,
    );
}
