use crate::browser;
use leptos::ev;
use leptos::prelude::*;

/// A small form that floats beside its button. The holder draws the button, wraps both in `.anchor`, and names the
/// button so that closing gives the focus back.
#[component]
pub fn Popover(
    open: RwSignal<bool>,
    #[prop(into)] label: String,
    /// Where it floats: `down-start` or `down-end`.
    place: &'static str,
    /// Finds the button that opened it.
    opener: &'static str,
    /// Whether opening takes the focus; not when it opens under a passing pointer.
    #[prop(default = true)]
    focuses: bool,
    children: ChildrenFn,
) -> impl IntoView {
    Effect::new(move || {
        if open.get() {
            if focuses {
                request_animation_frame(|| browser::focus(".popover :is(button, input, select)"));
            }
            let elsewhere = window_event_listener(ev::pointerdown, move |event| {
                if !browser::is_inside(&event, ".popover") && !browser::is_inside(&event, opener) {
                    open.set(false);
                }
            });
            on_cleanup(move || elsewhere.remove());
        }
    });
    let keys = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            open.set(false);
            browser::focus(opener);
            event.prevent_default();
            event.stop_propagation();
        }
    };
    let label = StoredValue::new(label);
    let children = StoredValue::new(children);
    view! {
        <Show when=move || open.get()>
            <div class="popover" role="dialog" aria-label=label.get_value() data-place=place on:keydown=keys>
                {children.with_value(|children| children())}
            </div>
        </Show>
    }
}
