use super::Icon;
use crate::browser;
use crate::text;
use leptos::prelude::*;
use leptos::{ev, html};

/// A line of a palette.
#[derive(Clone, Debug, PartialEq)]
pub struct PaletteLine {
    /// Tells it from the others.
    pub id: String,
    /// Lines of a section stand together under its name.
    pub section: &'static str,
    pub icon: &'static str,
    pub name: String,
    pub detail: Option<String>,
    /// The keys that do the same.
    pub keys: Vec<String>,
}

/// A field that finds what can be done, over the screen. The browser keeps the focus inside and gives it back.
#[component]
pub fn PaletteView(
    open: Signal<bool>,
    #[prop(into)] label: String,
    #[prop(into)] placeholder: Signal<String>,
    typed: RwSignal<String>,
    lines: Signal<Vec<PaletteLine>>,
    /// Whether more lines may still come.
    busy: Signal<bool>,
    on_choose: Callback<String>,
    /// Backspace in an empty field.
    on_back: Callback<()>,
    on_close: Callback<()>,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let active = RwSignal::new(0_usize);
    Effect::new(move || {
        let Some(dialog) = node.get() else { return };
        if open.get() { browser::show_dialog(&dialog) } else { browser::close_dialog(&dialog) }
    });
    Effect::new(move || {
        typed.track();
        active.set(0);
    });
    let choose = move || {
        if let Some(line) = lines.with_untracked(|lines| lines.get(active.get_untracked()).cloned()) {
            on_choose.run(line.id);
        }
    };
    let step = move |forward: bool| {
        let count = lines.with_untracked(Vec::len);
        if count > 0 {
            active.update(|index| *index = if forward { *index + 1 } else { *index + count - 1 } % count);
            request_animation_frame(|| browser::reveal(".palette [role=option][aria-selected=true]"));
        }
    };
    let keys = move |event: ev::KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" => step(true),
            "ArrowUp" => step(false),
            "Enter" => choose(),
            "Backspace" if typed.with_untracked(String::is_empty) => on_back.run(()),
            "k" if event.ctrl_key() || event.meta_key() => on_close.run(()),
            _ => return,
        }
        event.prevent_default();
    };
    // The browser tells late; by then it may be open again.
    let closed = move |_| {
        if node.get_untracked().is_none_or(|dialog| !dialog.open()) {
            on_close.run(());
        }
    };
    // A click beside the palette closes it; the dialog itself is then what was hit.
    let beside = move |event: ev::MouseEvent| {
        if browser::is_target(&event, ".palette") {
            on_close.run(());
        }
    };
    view! {
        <dialog class="palette" aria-label=label node_ref=node on:close=closed on:click=beside>
            <Show when=move || open.get()>
                <div class="field-row">
                    <Icon name="search" />
                    <input
                        type="text"
                        role="combobox"
                        autocomplete="off"
                        spellcheck="false"
                        autofocus=true
                        aria-label=text::palette_field()
                        aria-expanded="true"
                        aria-autocomplete="list"
                        aria-controls="palette-lines"
                        aria-activedescendant=move || lines.with(|lines| (active.get() < lines.len()).then(|| option_id(active.get())))
                        placeholder=placeholder
                        prop:value=move || typed.get()
                        on:input=move |event| typed.set(event_target_value(&event))
                        on:keydown=keys
                    />
                </div>
                <div id="palette-lines" role="listbox" aria-label=text::palette_results() aria-busy=move || busy.get().to_string()>
                    {move || sections(&lines.get(), active, on_choose)}
                </div>
                <p class="none" hidden=move || !lines.with(Vec::is_empty)>
                    {move || if busy.get() { text::searching().to_owned() } else { text::nothing_fits(&typed.get()) }}
                </p>
                <p class="visually-hidden" role="status">{move || text::suggestions(lines.with(Vec::len))}</p>
                <footer aria-hidden="true">
                    <span><kbd>"↑"</kbd><kbd>"↓"</kbd>{text::palette_move()}</span>
                    <span><kbd>"↵"</kbd>{text::palette_choose()}</span>
                    <span><kbd>"Esc"</kbd>{text::palette_close()}</span>
                </footer>
            </Show>
        </dialog>
    }
}

fn option_id(index: usize) -> String {
    format!("palette-line-{index}")
}

fn sections(
    lines: &[PaletteLine],
    active: RwSignal<usize>,
    on_choose: Callback<String>,
) -> impl IntoView + use<> {
    let mut views = Vec::new();
    let mut start = 0;
    while let Some(first) = lines.get(start) {
        let count = lines[start..].iter().take_while(|line| line.section == first.section).count();
        let options = lines[start..start + count]
            .iter()
            .enumerate()
            .map(|(offset, line)| option(start + offset, line.clone(), active, on_choose));
        views.push(view! {
            <div role="group" aria-label=first.section>
                <p role="presentation">{first.section}</p>
                {options.collect_view()}
            </div>
        });
        start += count;
    }
    views.collect_view()
}

fn option(
    index: usize,
    line: PaletteLine,
    active: RwSignal<usize>,
    on_choose: Callback<String>,
) -> impl IntoView + use<> {
    let PaletteLine { id, icon, name, detail, keys, .. } = line;
    view! {
        <div
            id=option_id(index)
            role="option"
            data-entry=id.clone()
            aria-selected=move || (active.get() == index).to_string()
            on:pointermove=move |_| active.set(index)
            on:click=move |_| on_choose.run(id.clone())
        >
            <Icon name=icon />
            <span class="name" dir="auto">{name}</span>
            {detail.map(|detail| view! { <small dir="auto">{detail}</small> })}
            <span class="caps">{keys.into_iter().map(|key| view! { <kbd>{key}</kbd> }).collect_view()}</span>
        </div>
    }
}
