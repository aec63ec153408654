use super::ProblemLine;
use crate::browser;
use crate::text;
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

/// Asks before something that cannot be taken back.
#[component]
pub fn Confirm(
    open: RwSignal<bool>,
    #[prop(into)] title: String,
    /// What will be gone. May be hostile text.
    question: String,
    /// What the button that does it is called.
    verb: &'static str,
    /// Whether it is being done.
    busy: RwSignal<bool>,
    /// Why it was not done.
    problem: RwSignal<Option<String>>,
    go: Callback<()>,
) -> impl IntoView {
    view! {
        <Dialog open=open title=title>
            <p dir="auto">{question}</p>
            <ProblemLine words=problem />
            <footer>
                <button class="button" type="button" data-size="32" on:click=move |_| open.set(false)>{text::cancel()}</button>
                <button class="button" type="button" data-kind="danger" data-size="32" disabled=move || busy.get() on:click=move |_| go.run(())>{verb}</button>
            </footer>
        </Dialog>
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

/// A signal for a dialog that stands ready: open as long as something is asked; closing it ends the asking.
pub fn open_while_asked<T: Send + Sync + 'static>(asked: RwSignal<Option<T>>) -> RwSignal<bool> {
    let open = RwSignal::new(false);
    // Each tells the other only what is new to it: they would call each other for ever.
    Effect::new(move || {
        let wanted = asked.with(Option::is_some);
        if open.get_untracked() != wanted {
            open.set(wanted);
        }
    });
    Effect::new(move || {
        if !open.get() && asked.with_untracked(Option::is_some) {
            asked.set(None);
        }
    });
    open
}
