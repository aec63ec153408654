use super::Icon;
use crate::browser;
use crate::commands::KeyCaps;
use crate::keymap::Action;
use leptos::ev;
use leptos::prelude::*;

/// A list of actions that floats beside its button. The holder draws the button, wraps both in `.anchor`, and names
/// the button's class so that closing gives the focus back.
#[component]
pub fn Menu(
    open: RwSignal<bool>,
    #[prop(into)] label: String,
    /// Where it floats: `up-end`, `down-end` or `up-start`.
    place: &'static str,
    /// Finds the button that opened it.
    opener: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    Effect::new(move || {
        if open.get() {
            request_animation_frame(|| browser::focus_menu_item(true));
            let elsewhere = window_event_listener(ev::pointerdown, move |event| {
                if !browser::is_inside(&event, ".menu") && !browser::is_inside(&event, opener) {
                    open.set(false);
                }
            });
            on_cleanup(move || elsewhere.remove());
        }
    });
    let keys = move |event: ev::KeyboardEvent| {
        match event.key().as_str() {
            "ArrowDown" => browser::focus_menu_item(true),
            "ArrowUp" => browser::focus_menu_item(false),
            "Escape" => {
                open.set(false);
                browser::focus(opener);
            }
            "Tab" => {
                open.set(false);
                return;
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    // A form that is taken away is not sent.
    let chosen = move |event: ev::MouseEvent| {
        if !browser::is_inside(&event, "form") {
            open.set(false);
        }
    };
    let label = StoredValue::new(label);
    let children = StoredValue::new(children);
    view! {
        <Show when=move || open.get()>
            <div class="menu" role="menu" aria-label=label.get_value() data-place=place on:keydown=keys on:click=chosen>
                {children.with_value(|children| children())}
            </div>
        </Show>
    }
}

/// One action of a menu.
#[component]
pub fn MenuItem(
    icon: &'static str,
    #[prop(into)] name: String,
    #[prop(optional_no_strip)] detail: Option<String>,
    /// Whose keys do the same.
    #[prop(optional)]
    action: Option<Action>,
    /// For a choice among several: whether it is the present one.
    #[prop(optional)]
    chosen: Option<bool>,
    /// It cannot be done now; the detail says why.
    #[prop(optional)]
    unfit: bool,
    on_choose: Callback<()>,
) -> impl IntoView {
    let role = if chosen.is_some() { "menuitemradio" } else { "menuitem" };
    let checked = chosen.map(|chosen| chosen.to_string());
    let choose = move |event: ev::MouseEvent| {
        if unfit {
            event.stop_propagation();
        } else {
            on_choose.run(());
        }
    };
    // Why it cannot be done belongs to the name then.
    let label = match &detail {
        Some(why) if unfit => format!("{name}: {why}"),
        _ => name.clone(),
    };
    view! {
        <button type="button" role=role tabindex="-1" aria-checked=checked aria-disabled=unfit.then_some("true") aria-label=label on:click=choose>
            <Icon name=icon />
            <span>{name.clone()}{detail.map(|detail| view! { <small>{detail}</small> })}</span>
            {(chosen == Some(true)).then(|| view! { <Icon name="check" size=14 /> })}
            {action.map(|action| view! { <KeyCaps action=action decoration=true /> })}
        </button>
    }
}
