//! The error indicator: how many things are wrong, the list of them, and the way to each (WF-14).

use super::screen::Screen;
use crate::browser;
use crate::parts::{Icon, Popover};
use crate::text::builder as words;
use domain::workflow::check::{At, Flaw};
use leptos::ev;
use leptos::prelude::*;

#[component]
pub fn Errors(screen: Screen) -> impl IntoView {
    let open = RwSignal::new(false);
    let count = Memo::new(move |_| screen.faults.with(|faults| faults.len()));
    let looped = Memo::new(move |_| screen.closes_loop.with(Option::is_some) && count.get() == 0);
    let advice = Memo::new(move |_| screen.advice.with(Vec::len));
    let shown = move || count.get() > 0 || looped.get() || advice.get() > 0;
    let label = move || match (count.get(), looped.get()) {
        (0, true) => words::loop_label().to_owned(),
        (0, false) => words::advice(advice.get()),
        (count, _) => words::errors(count),
    };
    let kind = move || (count.get() > 0 || looped.get()).then_some("danger");
    let icon = move || if kind().is_some() { "triangle-alert" } else { "circle-alert" };
    // Under a passing pointer the list only shows; a press, or Enter, goes into it.
    let look = move |_| {
        open.set(true);
        request_animation_frame(|| browser::focus(".flaw"));
    };
    // The focus shows it as a pointer does, unless it comes back out of the list, which was closed on purpose.
    let focused = move |event: ev::FocusEvent| {
        if !browser::came_from(&event, ".popover") {
            open.set(true);
        }
    };
    let left = move |event: ev::FocusEvent| {
        if browser::leaves(&event, ".flaws-anchor") {
            open.set(false);
        }
    };
    let escape = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            open.set(false);
            event.stop_propagation();
        }
    };
    view! {
        <Show when=shown>
            <div
                class="anchor flaws-anchor"
                on:mouseenter=move |_| open.set(true)
                on:mouseleave=move |_| open.set(false)
                on:focusout=left
                on:keydown=escape
            >
                <button
                    class="button errors"
                    type="button"
                    data-kind=kind
                    aria-haspopup="true"
                    aria-expanded=move || open.get().to_string()
                    aria-keyshortcuts="F8"
                    on:focus=focused
                    on:click=look
                >
                    {move || view! { <Icon name=icon() /> }}
                    <span>{label}</span>
                </button>
                <Popover open=open label=words::errors_label() place="down-end" opener=".errors" focuses=false>
                    {move || view! { <List screen=screen open=open /> }}
                </Popover>
            </div>
        </Show>
    }
}

#[component]
fn List(screen: Screen, open: RwSignal<bool>) -> impl IntoView {
    let line = move |flaw: Flaw, icon: &'static str| {
        let at = flaw.at;
        let name = match at {
            At::Trigger => words::trigger().to_owned(),
            At::Step(id) => screen.name_of(id),
        };
        let show = move |_| {
            open.set(false);
            screen.show(at);
        };
        view! {
            <li>
                <button class="flaw" type="button" on:click=show>
                    <Icon name=icon size=14 />
                    <span><b dir="auto">{name}</b><small dir="auto">{words::flaw(&flaw)}</small></span>
                </button>
            </li>
        }
    };
    let flaws =
        move || screen.flaws.get().into_iter().map(|flaw| line(flaw, "triangle-alert")).collect_view();
    let advice =
        move || screen.advice.get().into_iter().map(|flaw| line(flaw, "circle-alert")).collect_view();
    let any = |list: Memo<Vec<Flaw>>| move || list.with(|list| !list.is_empty());
    view! {
        {move || screen.closes_loop.get().map(|words| view! { <p class="problem" role="note"><Icon name="circle-alert" /><span dir="auto">{words}</span></p> })}
        <Show when=any(screen.flaws)>
            <h3>{words::must_fix()}</h3>
            <ul class="flaws" data-kind="flaw">{flaws}</ul>
        </Show>
        <Show when=any(screen.advice)>
            <h3>{words::should_look()}</h3>
            <ul class="flaws">{advice}</ul>
        </Show>
    }
}
