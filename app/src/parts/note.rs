use super::{Icon, Shape, When};
use crate::text;
use domain::NoteId;
use domain::writing::{Note, Piece, pieces};
use leptos::prelude::*;
use std::sync::Arc;

/// What the team wrote beside a conversation: across the whole log, so that nobody takes it for a message.
#[component]
pub fn NoteCard(
    note: Arc<Note>,
    /// Deletes it, for whoever may.
    on_delete: Option<Callback<NoteId>>,
) -> impl IntoView {
    let (at, id) = (note.at, note.id);
    let delete = on_delete.map(|on_delete| {
        let go = Callback::new(move |()| on_delete.run(id));
        view! { <Delete author=note.author.name.clone() on_delete=go /> }
    });
    let said = pieces(&note.text, &note.mentions)
        .into_iter()
        .map(|piece| match piece {
            Piece::Words(words) => view! { <span>{words.to_owned()}</span> }.into_any(),
            Piece::Name(name) => view! { <b class="named">{name.to_owned()}</b> }.into_any(),
        })
        .collect_view();
    view! {
        <article class="note" id=format!("note-{}", note.id) data-note=note.id.to_string() aria-label=text::note_by(&note.author.name)>
            <header>
                <Icon name="lock-eye" size=14 />
                <b>{note.author.name.clone()}</b>
                <span>{text::only_team_sees()}</span>
                <When at=Signal::derive(move || at) shape=Shape::Clock />
                {delete}
            </header>
            <p dir="auto">{said}</p>
        </article>
    }
}

/// Asks once more before a note is gone.
#[component]
fn Delete(author: String, on_delete: Callback<()>) -> impl IntoView {
    let asking = RwSignal::new(false);
    let name = StoredValue::new(text::delete_note_of(&author));
    view! {
        <Show
            when=move || asking.get()
            fallback=move || view! {
                <button class="button" type="button" data-icon="" data-size="24" aria-label=name.get_value() title=name.get_value() on:click=move |_| asking.set(true)>
                    <Icon name="trash-2" size=14 />
                </button>
            }
        >
            <span class="cluster" role="group" aria-label=name.get_value()>
                <button class="button" type="button" data-kind="danger" data-size="24" autofocus=true on:click=move |_| on_delete.run(())>{text::delete_for_all()}</button>
                <button class="button" type="button" data-size="24" on:click=move |_| asking.set(false)>{text::keep()}</button>
            </span>
        </Show>
    }
}
