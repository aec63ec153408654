//! What may follow the first key of a sequence.

use super::Commands;
use crate::text;
use leptos::prelude::*;

/// The keys that may come next, with what they do.
#[component]
pub fn Awaiting() -> impl IntoView {
    let commands = Commands::of_window();
    let shown = move || {
        commands.awaiting.with(|awaiting| {
            let first = awaiting.first()?.0.strokes().first().cloned()?;
            let mac = commands.mac.get();
            let next = awaiting.iter().filter_map(|(keys, action)| {
                let stroke = keys.strokes().get(1)?;
                let caps = text::stroke_caps(stroke, mac).into_iter().map(|cap| view! { <kbd>{cap}</kbd> });
                Some(view! { <li>{caps.collect_view()}<span>{text::action_name(*action)}</span></li> })
            });
            let began = text::stroke_caps(&first, mac).into_iter().map(|cap| view! { <kbd>{cap}</kbd> });
            Some(view! {
                <div class="awaiting">
                    <p>{began.collect_view()}" "{text::go_then()}</p>
                    <ul>{next.collect_view()}</ul>
                </div>
            })
        })
    };
    view! { <div role="status">{shown}</div> }
}
