//! Tags: what contacts are marked with.

use super::doing::Doing;
use super::loaded::loaded;
use super::shelf::Shelf;
use crate::api::{self, TagUse};
use crate::parts::{Confirm, Dialog, Empty, Icon, ProblemLine, TextField, while_asked};
use crate::text;
use crate::text::workflows as words;
use leptos::prelude::*;
use leptos_meta::Title;

/// The section at `/settings/tags`.
#[component]
pub fn TagsSection() -> impl IntoView {
    let tags = Resource::new_blocking(|| (), |()| api::load_tag_uses());
    view! {
        <Title text=words::tags() />
        <div class="page">{loaded(tags, |tags| view! { <Tags tags=tags /> }.into_any())}</div>
    }
}

type Screen = Shelf<TagUse>;

#[component]
fn Tags(tags: Vec<TagUse>) -> impl IntoView {
    let screen = Screen::new(tags);
    let none = move || screen.items.with(Vec::is_empty);
    let lines = move || {
        screen.items.get().into_iter().map(|one| view! { <Line screen=screen one=one /> }).collect_view()
    };
    view! {
        <header class="bar">
            <h1>{words::tags()}</h1>
            <button class="button push" type="button" data-kind="primary" data-size="32" on:click=move |_| screen.editing.set(Some(None))>
                <Icon name="plus" />
                {words::make_tag()}
            </button>
        </header>
        <div class="page-body">
            <p class="lead">{words::tags_lead()}</p>
            <Show when=none>
                <Empty title=words::no_tags() words=words::no_tags_words() />
            </Show>
            <ul class="entries">{lines}</ul>
        </div>
        {move || screen.editing.get().map(|one| view! { <Edit screen=screen one=one /> })}
        {move || screen.ending.get().map(|one| view! { <End screen=screen one=one /> })}
    }
}

#[component]
fn Line(screen: Screen, one: TagUse) -> impl IntoView {
    let (to_edit, to_end) = (one.clone(), one.clone());
    let TagUse { name, contacts } = one;
    view! {
        <li>
            <Icon name="tag" />
            <span class="what"><b dir="auto">{name.clone()}</b><small>{words::tagged(contacts)}</small></span>
            <span class="cluster">
                <button class="button" type="button" data-kind="outline" aria-label=words::edit_named(&name) on:click=move |_| screen.editing.set(Some(Some(to_edit.clone())))>
                    {text::edit()}
                </button>
                <button class="button" type="button" data-icon="" aria-label=words::delete_named(&name) title=text::delete() on:click=move |_| screen.ending.set(Some(to_end.clone()))>
                    <Icon name="trash-2" />
                </button>
            </span>
        </li>
    }
}

#[component]
fn Edit(screen: Screen, one: Option<TagUse>) -> impl IntoView {
    let open = while_asked(screen.editing);
    let was = one.map(|one| one.name);
    let name = RwSignal::new(was.clone().unwrap_or_default());
    let hint = if was.is_some() { words::tag_name_hint() } else { words::new_tag_hint() };
    let doing = Doing::nothing();
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        doing.run(api::put_tag(was.clone(), name.get_untracked()), move |()| {
            screen.reload(api::load_tag_uses());
            open.set(false);
        });
    };
    view! {
        <Dialog open=open title=words::tag()>
            <form class="form" on:submit=save>
                <TextField id="tag-name" label=words::name() value=name hint=hint />
                <ProblemLine words=doing.problem />
                <footer>
                    <button class="button" type="button" data-size="32" on:click=move |_| open.set(false)>{text::cancel()}</button>
                    <button class="button" type="submit" data-kind="primary" data-size="32" disabled=move || doing.busy.get()>{text::save()}</button>
                </footer>
            </form>
        </Dialog>
    }
}

#[component]
fn End(screen: Screen, one: TagUse) -> impl IntoView {
    let open = while_asked(screen.ending);
    let doing = Doing::nothing();
    let TagUse { name, contacts } = one;
    let gone = name.clone();
    let go = Callback::new(move |()| {
        doing.run(api::remove_tag(gone.clone()), move |()| {
            screen.reload(api::load_tag_uses());
            open.set(false);
        });
    });
    view! {
        <Confirm open=open title=words::delete_tag_label() question=words::delete_tag(&name, contacts) verb=text::delete() busy=doing.busy problem=doing.problem go=go />
    }
}
