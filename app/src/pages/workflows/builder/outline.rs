//! The workflow as a list, for keyboards and screen readers, and for small screens: everything the canvas can, it can.

use super::canvas::{Face, face};
use super::screen::Screen;
use crate::parts::Icon;
use crate::state::builder::{OutlineLine, Spot, outline};
use crate::text;
use crate::text::builder as words;
use domain::workflow::graph::StepId;
use leptos::prelude::*;

#[component]
pub fn Outline(screen: Screen) -> impl IntoView {
    let lines = Memo::new(move |_| screen.graph.with(|graph| outline(graph)));
    let all = move || lines.with(|lines| lines.iter().map(|line| line.spot).collect::<Vec<_>>());
    view! {
        <section class="outline" aria-label=words::outline()>
            {view! { <Acts screen=screen /> }.into_any()}
            <ul role="tree" aria-label=words::outline() aria-describedby="outline-hint">
                <For each=all key=|spot: &Spot| *spot let(spot)>
                    <Item screen=screen spot=spot lines=lines />
                </For>
            </ul>
            <p id="outline-hint" class="hint">{words::outline_hint()}</p>
        </section>
    }
}

#[component]
fn Item(screen: Screen, spot: Spot, lines: Memo<Vec<OutlineLine>>) -> impl IntoView {
    let line = Memo::new(move |_| lines.with(|lines| lines.iter().find(|line| line.spot == spot).cloned()));
    let face: Memo<Face> = Memo::new(move |_| face(screen, spot));
    let here = Memo::new(move |_| screen.selected.get() == spot);
    let is_cut = Memo::new(move |_| screen.state.with(|state| state.cut().map(Spot::Step) == Some(spot)));
    let level = move || line.with(|line| line.as_ref().map_or(1, |line| line.level)).to_string();
    let among = move |part: fn((usize, usize)) -> usize| {
        line.with(|line| line.as_ref().map(|line| part(line.among).to_string()))
    };
    let way = move || {
        let (id, exit) = line.with(|line| line.as_ref()?.way)?;
        screen.graph.with(|graph| graph.steps.get(&id).map(|step| words::exit_name(&step.kind, exit)))
    };
    let is_end = matches!(spot, Spot::End(_));
    let line_words =
        move || face.with(|face| face.fault.clone().filter(|_| !is_end).unwrap_or_else(|| face.line.clone()));
    view! {
        <li
            role="treeitem"
            data-spot=spot.to_string()
            data-end=is_end.then_some("")
            data-invalid=move || face.with(|face| face.fault.is_some() && !is_end).then_some("")
            data-cut=move || is_cut.get().then_some("")
            tabindex=move || if here.get() { "0" } else { "-1" }
            {..leptos::attr::custom::custom_attribute("aria-level", level)}
            aria-posinset=move || among(|among| among.0)
            aria-setsize=move || among(|among| among.1)
            aria-selected=move || here.get().to_string()
            style=("--level", level)
            on:click=move |_| screen.open(spot)
            on:focus=move |_| if !here.get_untracked() { screen.state.update(|state| state.select(spot)) }
        >
            {move || way().map(|way| view! { <span class="lane" dir="auto">{way}</span> })}
            <span class="glyph">{move || view! { <Icon name=face.with(|face| if face.fault.is_some() && !is_end { "triangle-alert" } else { face.icon }) /> }}</span>
            <b dir="auto">{move || face.with(|face| face.name.clone())}</b>
            <small dir="auto">{line_words}</small>
            {move || face.with(|face| (!face.comment.is_empty()).then(|| face.comment.clone())).map(|comment| view! {
                <span class="remark"><Icon name="message-square" size=14 label=words::comment() /><span dir="auto">{comment}</span></span>
            })}
            {is_end.then(|| view! { <Icon name="plus" size=14 /> })}
        </li>
    }
}

/// What can be done with the selected line.
#[component]
fn Acts(screen: Screen) -> impl IntoView {
    let step = Memo::new(move |_| screen.state.with(|state| state.selected_step()));
    let pasting = Memo::new(move |_| screen.state.with(|state| state.may_paste()));
    let place = move || screen.state.with_untracked(|state| state.behind(state.selected()));
    let on_step = move |act: fn(Screen, StepId)| {
        move |_| {
            if let Some(id) = step.get_untracked() {
                act(screen, id);
            }
        }
    };
    let no_step = move || step.get().is_none() || screen.locked.get();
    view! {
        <div class="cluster acts" role="toolbar" aria-label=words::with_selected()>
            <button class="button" type="button" data-kind="outline" disabled=move || screen.locked.get() aria-keyshortcuts="Insert" on:click=move |_| if let Some(place) = place() { screen.add_at(place) }>
                <Icon name="plus" />{words::add_behind()}
            </button>
            <button class="button" type="button" aria-keyshortcuts="Control+C" disabled=move || step.get().is_none() on:click=on_step(|screen, id| screen.copy(id, false))><Icon name="copy" />{text::copy_it()}</button>
            <button class="button" type="button" aria-keyshortcuts="Control+X" disabled=no_step on:click=on_step(Screen::mark_cut)>{words::move_label()}</button>
            <button class="button" type="button" aria-keyshortcuts="Control+V" disabled=move || !pasting.get() || screen.locked.get() on:click=move |_| screen.paste()>{words::paste()}</button>
            <button class="button" type="button" data-kind="danger" aria-keyshortcuts="Delete" disabled=no_step on:click=on_step(Screen::delete)>
                <Icon name="trash-2" />{text::delete()}
            </button>
        </div>
    }
}
