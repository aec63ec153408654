//! The files of an answer: those with the server, those on their way, and the ways to add more.

use crate::browser;
use crate::pages::inbox::attaching::Attaching;
use crate::pages::inbox::thread::Open;
use crate::parts::Icon;
use crate::text;
use domain::conversation::file::{FileKind, Megabytes, Upload};
use domain::media::is_shown;
use leptos::prelude::*;
use leptos::{ev, html};

/// What the file field offers first.
const ACCEPT: &str = "image/*,video/*,audio/*,application/pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.odt,.ods,.rtf,.txt,.csv,.ics,.zip";

/// The files, each with a way to take it off again.
#[component]
pub fn Files(open: Open) -> impl IntoView {
    let (screen, id) = (open.screen, open.id);
    let there = open.writing.files;
    let coming = Memo::new(move |_| screen.attaching.with(|all| all.get(&id).cloned().unwrap_or_default()));
    let any = move || !there.with(Vec::is_empty) || !coming.with(Vec::is_empty);
    view! {
        <ul class="files" aria-label=text::files_label() hidden=move || !any()>
            <For each=move || there.get() key=|file| file.id let(file)>
                <There open=open file=file />
            </For>
            <For each=move || coming.get() key=|file| (file.id, file.problem.is_some()) let(file)>
                <Coming open=open file=file coming=coming />
            </For>
        </ul>
    }
}

#[component]
fn There(open: Open, file: Upload) -> impl IntoView {
    let id = file.id;
    let picture = if file.kind == FileKind::Image && is_shown(&file.mime) {
        view! { <img src=format!("/uploads/{id}") alt="" /> }.into_any()
    } else {
        view! { <Icon name=icon(file.kind) size=20 /> }.into_any()
    };
    view! {
        <li class="file" data-state="ready">
            {picture}
            <span><b>{file.name.clone()}</b><small>{Megabytes(file.size).to_string()}</small></span>
            <Remove open=open id=id name=file.name />
        </li>
    }
}

fn icon(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Image => "image",
        FileKind::Video => "video",
        FileKind::Audio => "mic",
        FileKind::File => "file",
    }
}

#[component]
fn Coming(open: Open, file: Attaching, coming: Memo<Vec<Attaching>>) -> impl IntoView {
    let (screen, conversation, id) = (open.screen, open.id, file.id);
    let progress = move || {
        coming.with(|all| all.iter().find(|one| one.id == id).map_or(0.0, |one| one.progress)).to_string()
    };
    let state = if file.problem.is_some() { "failed" } else { "uploading" };
    let told = match file.problem.clone() {
        Some(words) => view! {
            <small role="alert">{words}</small>
            <button class="button" type="button" on:click=move |_| screen.attach_again(conversation, id)>
                {text::try_again()}
            </button>
        }
        .into_any(),
        None => view! {
            <small>{Megabytes(file.size).to_string()}</small>
            <progress max="1" value=progress aria-label=text::uploading(&file.name)></progress>
        }
        .into_any(),
    };
    view! {
        <li class="file" data-state=state>
            <Icon name=if state == "failed" { "circle-alert" } else { "paperclip" } size=20 />
            <span><b>{file.name.clone()}</b>{told}</span>
            <Remove open=open id=id name=file.name />
        </li>
    }
}

#[component]
fn Remove(open: Open, id: domain::UploadId, name: String) -> impl IntoView {
    let words = text::remove(&name);
    view! {
        <button
            class="button"
            type="button"
            data-icon=""
            aria-label=words.clone()
            title=words
            on:click=move |_| open.screen.detach(open.id, id)
        >
            <Icon name="x" size=14 />
        </button>
    }
}

/// The button that opens the computer's own file dialog.
#[component]
pub fn Attach(open: Open) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let choose = move |_| {
        if let Some(field) = field.get_untracked() {
            field.click();
        }
    };
    let chosen = move |_| {
        if let Some(field) = field.get_untracked() {
            open.screen.attach(open.id, browser::chosen(&field));
        }
    };
    view! {
        <button class="button" type="button" data-icon="" aria-label=text::attach() title=text::attach_hint() on:click=choose>
            <Icon name="paperclip" />
        </button>
        <input
            class="visually-hidden"
            type="file"
            multiple=true
            accept=ACCEPT
            aria-label=text::attach()
            tabindex="-1"
            node_ref=field
            on:change=chosen
        />
    }
}

/// Over the thread while files are dragged across it.
#[component]
pub fn DropZone(open: Open) -> impl IntoView {
    let over = RwSignal::new(false);
    let in_thread = |event: &ev::DragEvent| browser::is_inside(event, ".thread");
    Effect::new(move || {
        let dragged = window_event_listener(ev::dragover, move |event| {
            if browser::drags_files(&event) {
                // Dropped beside the thread, a file must not replace the page.
                event.prevent_default();
                over.set(in_thread(&event));
            }
        });
        let left = window_event_listener(ev::dragleave, move |event| {
            if event.related_target().is_none() {
                over.set(false);
            }
        });
        let dropped = window_event_listener(ev::drop, move |event| {
            if browser::drags_files(&event) {
                event.prevent_default();
                over.set(false);
                if in_thread(&event) {
                    open.screen.attach(open.id, browser::dropped(&event));
                }
            }
        });
        on_cleanup(move || {
            dragged.remove();
            left.remove();
            dropped.remove();
        });
    });
    view! {
        <div class="dropzone" hidden=move || !over.get()>
            <p><Icon name="paperclip" size=20 />{move || text::drop_for(&open.customer.get())}</p>
        </div>
    }
}
