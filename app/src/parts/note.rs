use super::{Icon, Shape, When};
use crate::text;
use domain::writing::{Note, Piece, pieces};
use leptos::prelude::*;
use std::sync::Arc;

/// What the team wrote beside a conversation: across the whole log, so that nobody takes it for a message.
#[component]
pub fn NoteCard(note: Arc<Note>) -> impl IntoView {
    let at = note.at;
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
                <span>{text::ONLY_TEAM_SEES}</span>
                <When at=Signal::derive(move || at) shape=Shape::Clock />
            </header>
            <p dir="auto">{said}</p>
        </article>
    }
}
