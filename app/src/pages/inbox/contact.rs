//! What the team knows about the contact: fields to be written where they stand, and tags.

use super::beside::Reach;
use super::thread::Open;
use crate::api;
use crate::browser;
use crate::pages::settings::Doing;
use crate::parts::{Icon, ProblemLine, input_type};
use crate::text;
use crate::text::{flows as told, workflows as words};
use domain::workflow::field::{BOT_OFF, BOT_ON, Field, FieldType};
use domain::workflow::value::Value;
use domain::workflow::view::ContactDetails;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;

/// Fields and tags.
#[component]
pub fn Contact(open: Open) -> impl IntoView {
    let beside = open.screen.beside;
    let known = Memo::new(move |before: Option<&Option<ContactDetails>>| {
        let now = beside.contact.with(|contact| {
            contact.as_ref().filter(|(id, _)| *id == open.id).map(|(_, details)| details.clone())
        });
        now.or_else(|| before.cloned().flatten())
    });
    let problem = Signal::derive(move || beside.contact_problem.get().map(|failure| failure.to_string()));
    view! {
        <Show when=move || known.with(Option::is_some) fallback=move || view! { <ProblemLine words=problem /> }>
            <Fields open=open known=known />
            <Tags open=open known=known />
        </Show>
    }
}

type Known = Memo<Option<ContactDetails>>;

#[component]
fn Fields(open: Open, known: Known) -> impl IntoView {
    let all = RwSignal::new(false);
    let fields = Memo::new(move |_| {
        known.with(|known| {
            let fields = known.as_ref().map(|known| known.fields.as_slice()).unwrap_or_default();
            fields.iter().map(|(field, value)| (field.clone(), value.is_empty())).collect::<Vec<_>>()
        })
    });
    // A field that was just emptied stays where it is until the panel is opened anew.
    let shown = move || {
        let fields = fields.get().into_iter().filter(|(field, empty)| all.get() || !empty || is_asked(field));
        fields.map(|(field, _)| field).collect::<Vec<_>>()
    };
    let hidden = move || fields.with(|fields| fields.iter().any(|(field, empty)| *empty && !is_asked(field)));
    view! {
        <section class="section">
            <h3>{words::fields_here()}</h3>
            {move || known.with(|known| known.as_ref()?.nameless.clone()).map(|why| view! {
                <p class="hint">{words::nameless(&why)}</p>
            })}
            <dl class="facts fields">
                <For each=shown key=|field| format!("{field:?}") let(field)>
                    <Line open=open known=known field=field />
                </For>
            </dl>
            <Show when=hidden>
                <button class="link reveal" type="button" aria-expanded=move || all.get().to_string() on:click=move |_| all.update(|all| *all = !*all)>
                    {move || if all.get() { words::fewer_fields() } else { words::more_fields() }}
                </button>
            </Show>
        </section>
    }
}

/// Fields one asks for: shown even while they are empty.
fn is_asked(field: &Field) -> bool {
    !field.builtin || matches!(field.kind, FieldType::Email | FieldType::Phone | FieldType::List)
}

#[component]
fn Line(open: Open, known: Known, field: Field) -> impl IntoView {
    let name = text::field_name(&field);
    let key = field.key.clone();
    let value = Memo::new(move |_| {
        known.with(|known| {
            let fields = known.as_ref().map(|known| known.fields.as_slice()).unwrap_or_default();
            fields
                .iter()
                .find(|(field, _)| field.key == key)
                .map(|(_, value)| value.clone())
                .unwrap_or_default()
        })
    });
    let edit = Edit { open, field: StoredValue::new(field), value, doing: Doing::nothing() };
    view! {
        <dt dir="auto">{name}</dt>
        <dd>
            {if edit.field.with_value(|field| field.key.is_bot_status()) {
                view! { <BotStatus edit=edit /> }.into_any()
            } else if edit.field.with_value(|field| is_chosen(field.kind)) {
                view! { <Choice edit=edit /> }.into_any()
            } else {
                view! { <Written edit=edit /> }.into_any()
            }}
            <ProblemLine words=edit.doing.problem />
        </dd>
    }
}

const fn is_chosen(kind: FieldType) -> bool {
    matches!(kind, FieldType::Checkbox | FieldType::List)
}

/// A field as somebody changes it.
#[derive(Clone, Copy)]
struct Edit {
    open: Open,
    field: StoredValue<Field>,
    value: Memo<Value>,
    doing: Doing,
}

impl Edit {
    /// Writes what was typed or chosen; what does not fit is said and kept.
    fn save(self, typed: String, done: impl FnOnce() + 'static) {
        let screen = self.open.screen;
        let id = self.open.id;
        match self.field.with_value(|field| field.read(&typed.into())) {
            Err(misfit) => self.doing.problem.set(Some(misfit.to_string())),
            Ok(value) => {
                let key = self.field.with_value(|field| field.key.clone());
                self.doing.run(api::set_contact_field(id, key, value), move |details| {
                    screen.put_contact(id, details);
                    done();
                });
            }
        }
    }

    fn name(self) -> String {
        self.field.with_value(text::field_name)
    }
}

/// One of several values.
#[component]
fn Choice(edit: Edit) -> impl IntoView {
    let options = edit.field.with_value(|field| match field.kind {
        FieldType::Checkbox => {
            vec![("yes".to_owned(), told::yes().to_owned()), ("no".to_owned(), told::no().to_owned())]
        }
        _ => field.options.iter().map(|option| (option.clone(), option.clone())).collect(),
    });
    let options = options.into_iter().map(|(value, name)| {
        let mine = value.clone();
        let chosen = move || edit.value.with(|now| now.to_string() == mine);
        view! { <option value=value selected=chosen>{name}</option> }
    });
    view! {
        <select
            class="input"
            aria-label=edit.name()
            disabled=move || edit.doing.busy.get()
            on:change=move |event| edit.save(event_target_value(&event), || {})
        >
            <option value="" selected=move || edit.value.with(Value::is_empty)>"–"</option>
            {options.collect_view()}
        </select>
    }
}

/// The switch that leaves the contact to people (WF-84).
#[component]
fn BotStatus(edit: Edit) -> impl IntoView {
    // What was asked for, until the answer is there; a refusal puts it back.
    let wanted = RwSignal::new(None::<bool>);
    let on = move || {
        let now = edit.value.with(|now| now.to_string() != BOT_OFF);
        wanted.get().unwrap_or(now)
    };
    Effect::new(move || {
        if !edit.doing.busy.get() {
            wanted.set(None);
        }
    });
    let change = move |event: ev::Event| {
        let now = event_target_checked(&event);
        wanted.set(Some(now));
        edit.save(if now { BOT_ON } else { BOT_OFF }.to_owned(), || {});
    };
    view! {
        <label class="check">
            <input
                type="checkbox"
                role="switch"
                aria-label=edit.name()
                prop:checked=on
                checked=untrack(on)
                disabled=move || edit.doing.busy.get()
                on:change=change
            />
            <span>{move || if on() { words::bot_on() } else { words::bot_off() }}</span>
        </label>
    }
}

/// A value that is typed: a button that becomes a field.
#[component]
fn Written(edit: Edit) -> impl IntoView {
    let editing = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let (name, kind) = (StoredValue::new(edit.name()), edit.field.with_value(|field| input_type(field.kind)));
    let key = edit.field.with_value(|field| field.key.to_string());
    let id = StoredValue::new(format!("field-{key}"));
    let focus = move || {
        let selector = id.with_value(|id| format!("#{id}"));
        request_animation_frame(move || browser::focus(&selector));
    };
    let begin = move |_| {
        typed.set(edit.value.get_untracked().to_string());
        edit.doing.problem.set(None);
        editing.set(true);
        focus();
    };
    let finish = move || {
        if !editing.get_untracked() || edit.doing.busy.get_untracked() {
            return;
        }
        if typed.get_untracked().trim() == edit.value.get_untracked().to_string() {
            edit.doing.problem.set(None);
            return editing.set(false);
        }
        edit.save(typed.get_untracked(), move || editing.set(false));
    };
    let keys = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            event.prevent_default();
            edit.doing.problem.set(None);
            editing.set(false);
            focus();
        }
    };
    let shown = move || edit.value.get().to_string();
    view! {
        <Show
            when=move || editing.get()
            fallback=move || view! {
                <button
                    class="value"
                    type="button"
                    id=id.get_value()
                    dir="auto"
                    data-empty=move || shown().is_empty().then_some("")
                    aria-label=move || words::edit_field(&name.get_value(), &shown())
                    on:click=begin
                >
                    {move || if shown().is_empty() { words::not_set().to_owned() } else { shown() }}
                </button>
            }
        >
            <form
                novalidate=true
                on:submit=move |event: ev::SubmitEvent| {
                    event.prevent_default();
                    finish();
                    focus();
                }
            >
                <input
                    class="input"
                    id=id.get_value()
                    type=kind
                    dir="auto"
                    aria-label=name.get_value()
                    aria-invalid=move || edit.doing.problem.with(Option::is_some).then_some("true")
                    prop:value=move || typed.get()
                    on:input=move |event| typed.set(event_target_value(&event))
                    on:keydown=keys
                    on:blur=move |_| finish()
                />
            </form>
        </Show>
    }
}

#[component]
fn Tags(open: Open, known: Known) -> impl IntoView {
    let tags = Memo::new(move |_| {
        known.with(|known| known.as_ref().map(|known| known.tags.clone()).unwrap_or_default())
    });
    let typed = RwSignal::new(String::new());
    let offered = RwSignal::new(None::<Vec<String>>);
    let doing = Doing::nothing();
    let set = move |tag: String, on: bool| {
        doing.run(api::set_contact_tag(open.id, tag, on), move |details| {
            open.screen.put_contact(open.id, details);
            if on {
                typed.set(String::new());
            }
        });
    };
    let add = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let tag = typed.get_untracked().trim().to_owned();
        if !tag.is_empty() {
            set(tag, true);
        }
    };
    let offer = move |_| {
        if offered.with_untracked(Option::is_some) {
            return;
        }
        offered.set(Some(Vec::new()));
        leptos::task::spawn_local(async move {
            // Without them one types the whole word.
            if let Ok(tags) = api::load_tags().await {
                offered.try_set(Some(tags));
            }
        });
    };
    let field = NodeRef::<html::Input>::new();
    Effect::new(move || {
        let reach = open.screen.beside.reach;
        if let (Some(Reach::Tag), Some(field)) = (reach.get(), field.get()) {
            reach.set(None);
            request_animation_frame(move || {
                let _not_focusable = field.focus();
            });
        }
    });
    view! {
        <section class="section">
            <h3>{words::tags()}</h3>
            <ul class="chips">
                <For each=move || tags.get() key=|tag| tag.clone() let(tag)>
                    {
                        let name = words::remove_tag(&tag);
                        let word = tag.clone();
                        view! {
                            <li class="tag">
                                <span dir="auto">{tag}</span>
                                <button type="button" aria-label=name.clone() title=name on:click=move |_| set(word.clone(), false)><Icon name="x" size=14 /></button>
                            </li>
                        }
                    }
                </For>
            </ul>
            <form class="add-tag" on:submit=add>
                <input
                    class="input"
                    list="known-tags"
                    node_ref=field
                    aria-label=words::new_tag()
                    placeholder=words::new_tag()
                    maxlength="60"
                    dir="auto"
                    prop:value=move || typed.get()
                    on:focus=offer
                    on:input=move |event| typed.set(event_target_value(&event))
                />
                <datalist id="known-tags">
                    {move || offered.get().unwrap_or_default().into_iter().map(|tag| view! { <option value=tag></option> }).collect_view()}
                </datalist>
                <Show when=move || typed.with(|typed| !typed.trim().is_empty())>
                    <button class="button" type="submit" data-kind="outline" disabled=move || doing.busy.get()>{words::add_tag()}</button>
                </Show>
            </form>
            <ProblemLine words=doing.problem />
        </section>
    }
}
