use crate::browser;
use leptos::html;
use leptos::prelude::*;

/// A dialog over the screen. The browser keeps the focus inside and gives it back.
#[component]
pub fn Dialog(
    open: RwSignal<bool>,
    #[prop(into)] title: String,
    /// Whether Esc may close it.
    #[prop(default = true)]
    escape: bool,
    /// For more than a few sentences.
    #[prop(optional)]
    wide: bool,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = node.get() else { return };
        if open.get() { browser::show_dialog(&dialog) } else { browser::close_dialog(&dialog) }
    });
    let cancelled = move |event: leptos::ev::Event| {
        if !escape {
            event.prevent_default();
        }
    };
    view! {
        <dialog class="dialog" data-wide=wide.then_some("") aria-label=title.clone() node_ref=node on:cancel=cancelled on:close=move |_| open.set(false)>
            <h2>{title.clone()}</h2>
            {children()}
        </dialog>
    }
}

/// A signal for a dialog that is there as long as something is asked; closing it ends the asking.
pub fn while_asked<T: Send + Sync + 'static>(asked: RwSignal<Option<T>>) -> RwSignal<bool> {
    let open = RwSignal::new(true);
    Effect::watch(
        move || open.get(),
        move |open, _, _| {
            if !open {
                asked.set(None);
            }
        },
        false,
    );
    open
}
