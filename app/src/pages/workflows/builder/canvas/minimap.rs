//! The whole in small, with a frame around what is seen. It is a shortcut for the pointer; everything it does can be
//! done on the canvas.

use crate::browser;
use crate::pages::workflows::builder::screen::Screen;
use crate::state::builder::CanvasFrame;
use domain::workflow::check::At;
use domain::workflow::layout::{Layout, NODE};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;

#[component]
pub fn Minimap(
    screen: Screen,
    layout: Memo<Layout>,
    seen: RwSignal<CanvasFrame>,
    canvas: NodeRef<html::Section>,
) -> impl IntoView {
    let map = NodeRef::<html::Div>::new();
    let held = StoredValue::new(false);
    let frame = move || seen.get().of_drawing(screen.zoom.get());
    let needed = Memo::new(move |_| {
        let frame = frame();
        layout.with(|layout| f64::from(layout.width) > frame.width || f64::from(layout.height) > frame.height)
    });
    let go = move |event: &ev::PointerEvent| {
        let (Some(map), Some(canvas)) = (map.get_untracked(), canvas.get_untracked()) else { return };
        let (across, down) = browser::point_in(&map, event);
        let (width, height) =
            layout.with_untracked(|layout| (f64::from(layout.width), f64::from(layout.height)));
        let by = f64::from(screen.zoom.get_untracked()) / 100.0;
        let frame = seen.get_untracked();
        browser::look_at(
            &canvas,
            across * width * by - frame.width / 2.0,
            down * height * by - frame.height / 2.0,
        );
    };
    Effect::new(move || {
        let ends = window_event_listener(ev::pointerup, move |_| held.set_value(false));
        on_cleanup(move || ends.remove());
    });
    let nodes = move || {
        layout.with(|layout| {
            let steps = layout.nodes.iter().map(|(id, at)| (At::Step(*id), *at));
            let all = steps.chain([(At::Trigger, layout.trigger)]);
            let drawn = all.map(|(at, (x, y))| {
                let bad = screen.faults.with(|faults| faults.contains_key(&at)).then_some("bad");
                view! { <rect x=x y=y width=NODE.0 height=NODE.1 rx="10" class=bad></rect> }
            });
            drawn.collect_view()
        })
    };
    view! {
        <Show when=move || needed.get()>
            <div
                class="minimap"
                aria-hidden="true"
                on:pointerdown=move |event| { held.set_value(true); go(&event); }
                on:pointermove=move |event| if held.get_value() { go(&event) }
            >
                <div node_ref=map>
                    <svg viewBox=move || layout.with(|layout| format!("0 0 {} {}", layout.width, layout.height))>
                        {nodes}
                        <rect
                            class="view"
                            x=move || frame().left
                            y=move || frame().top
                            width=move || frame().width
                            height=move || frame().height
                            rx="16"
                        ></rect>
                    </svg>
                </div>
            </div>
        </Show>
    }
}
