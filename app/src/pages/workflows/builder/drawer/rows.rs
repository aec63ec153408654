//! Several of a kind in a form: buttons, headers, options. Each can be taken away, and there is a most.

use super::fields::{errors, flaws_of};
use super::form::Form;
use crate::parts::Icon;
use crate::text::builder as words;
use leptos::prelude::*;

/// What a list of things is about.
#[derive(Clone, Copy)]
pub struct Rows {
    /// As the check names it.
    pub name: &'static str,
    pub title: &'static str,
    /// What the button that adds one says.
    pub add: &'static str,
    pub hint: Option<&'static str>,
    /// The most there can be.
    pub most: usize,
}

impl<T: Clone + Send + Sync + PartialEq + 'static> Form<T> {
    /// A list of things, each with a form of its own.
    pub fn rows<R: Clone + Send + Sync + PartialEq + 'static>(
        self,
        rows: Rows,
        get: fn(&T) -> &Vec<R>,
        get_mut: fn(&mut T) -> &mut Vec<R>,
        fresh: fn() -> R,
        draw: fn(Form<R>) -> AnyView,
    ) -> AnyView {
        let count = Memo::new(move |_| self.value.with(|value| get(value).len()));
        let row = move |index: usize| {
            let value = Signal::derive(move || {
                self.value.with(|value| get(value).get(index).cloned()).unwrap_or_else(fresh)
            });
            let put = Callback::new(move |(_, row): (&'static str, R)| {
                self.edit(rows.name, |value| {
                    if let Some(place) = get_mut(value).get_mut(index) {
                        *place = row;
                    }
                });
            });
            draw(Form::new(self.screen, self.at, value, put))
        };
        let remove = Callback::new(move |index: usize| {
            self.edit(rows.name, |value| {
                let list = get_mut(value);
                if index < list.len() {
                    list.remove(index);
                }
            });
        });
        let add = Callback::new(move |()| self.edit(rows.name, |value| get_mut(value).push(fresh())));
        let flaws = flaws_of(self.screen, self.at, rows.name);
        let full = Signal::derive(move || count.get() >= rows.most);
        view! {
            <fieldset class="field rows-form">
                <legend class="label">{rows.title}</legend>
                <ul>
                    <For each=move || 0..count.get() key=|index| *index let(index)>
                        <li class="row-form" role="group" aria-label=words::one_of(rows.title, index + 1)>
                            <div>{row(index)}</div>
                            <Remove remove=remove index=index />
                        </li>
                    </For>
                </ul>
                {errors(flaws)}
                {rows.hint.map(|hint| view! { <small>{hint}</small> })}
                <Add name=rows.add add=add full=full />
            </fieldset>
        }
        .into_any()
    }

    /// A list of texts.
    pub fn texts(
        self,
        rows: Rows,
        get: fn(&T) -> &Vec<String>,
        get_mut: fn(&mut T) -> &mut Vec<String>,
    ) -> AnyView {
        self.rows(rows, get, get_mut, String::new, |form| text(form, None))
    }

    /// A list of tags, with those that are in use as suggestions.
    pub fn tags(
        self,
        rows: Rows,
        get: fn(&T) -> &Vec<String>,
        get_mut: fn(&mut T) -> &mut Vec<String>,
    ) -> AnyView {
        let tags = self.screen.around.with_value(|around| around.tags.clone());
        let options = tags.into_iter().map(|tag| view! { <option value=tag></option> }).collect_view();
        let drawn = self.rows(rows, get, get_mut, String::new, |form| text(form, Some(TAGS)));
        view! { {drawn}<datalist id=TAGS>{options}</datalist> }.into_any()
    }
}

/// The list of tags in use.
const TAGS: &str = "tags-in-use";

fn text(form: Form<String>, among: Option<&'static str>) -> AnyView {
    view! {
        <input
            class="input"
            dir="auto"
            autocomplete="off"
            list=among
            aria-label=words::text()
            prop:value=move || form.value.get()
            on:input=move |event| form.edit("", |text| *text = event_target_value(&event))
        />
    }
    .into_any()
}

#[component]
fn Remove(remove: Callback<usize>, index: usize) -> impl IntoView {
    view! {
        <button class="button" type="button" data-icon="" aria-label=words::remove() title=words::remove() on:click=move |_| remove.run(index)>
            <Icon name="x" />
        </button>
    }
}

#[component]
fn Add(name: &'static str, add: Callback<()>, full: Signal<bool>) -> impl IntoView {
    view! {
        <button class="button" type="button" data-kind="outline" disabled=move || full.get() on:click=move |_| add.run(())>
            <Icon name="plus" size=14 />
            {name}
        </button>
    }
}
