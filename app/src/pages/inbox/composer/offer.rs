//! Two browsers of one person wrote different things: neither is lost, the person chooses.

use crate::pages::inbox::thread::Open;
use crate::parts::Icon;
use crate::state::Choice;
use crate::text;
use leptos::prelude::*;

/// What stands in the other browser, and what to do with it.
#[component]
pub fn Offer(open: Open) -> impl IntoView {
    let writing = open.writing;
    let choose = move |choice| move |_| open.screen.decide(open.id, choice);
    move || {
        let other = writing.other.get()?;
        let words = [other.sheet.reply, other.sheet.note].into_iter().find(|words| !words.trim().is_empty());
        let files = other.sheet.files.len();
        Some(view! {
            <div class="offer" role="status">
                <p><Icon name="monitor" /><b>{text::written_elsewhere()}</b></p>
                <blockquote dir="auto">{words.unwrap_or_else(|| text::files(files))}</blockquote>
                <div class="cluster">
                    <button class="button" type="button" data-kind="outline" on:click=choose(Choice::Both)>
                        {text::keep_both()}
                    </button>
                    <button class="button" type="button" on:click=choose(Choice::Theirs)>{text::use_that()}</button>
                    <button class="button" type="button" on:click=choose(Choice::Mine)>{text::keep_this()}</button>
                </div>
            </div>
        })
    }
}
