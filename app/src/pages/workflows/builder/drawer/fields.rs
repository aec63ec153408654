//! The fields forms are made of. They know no workflow: a text in, a text out, and what is wrong with it below.

use crate::browser;
use crate::pages::workflows::builder::screen::Screen;
use crate::parts::Icon;
use crate::text::builder as words;
use domain::workflow::check::{self, At};
use domain::workflow::graph::StepId;
use domain::{DAY, HOUR, MINUTE, SECOND};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};

/// A line of a form as text.
#[derive(Clone, Copy)]
pub struct Field {
    pub screen: Screen,
    pub at: At,
    /// As the check names it.
    pub name: &'static str,
    pub label: &'static str,
    pub hint: Option<&'static str>,
    pub value: Signal<String>,
    pub put: Callback<String>,
}

/// A number no other field of this page has.
fn number() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// What is wrong with a field of something.
pub fn flaws_of(screen: Screen, at: At, field: &'static str) -> Memo<Vec<String>> {
    Memo::new(move |_| {
        screen.flaws.with(|flaws| {
            let own = flaws.iter().filter(|flaw| flaw.at == at && flaw.field == field);
            own.map(words::flaw).collect()
        })
    })
}

/// The lines that say what is wrong.
pub fn errors(flaws: Memo<Vec<String>>) -> AnyView {
    let lines = move || {
        flaws.get().into_iter().map(|flaw| view! { <p class="error"><Icon name="circle-alert" size=14 /><span dir="auto">{flaw}</span></p> })
            .collect_view()
    };
    lines.into_any()
}

/// The step's name.
pub fn name(screen: Screen, id: StepId) -> AnyView {
    let put = Callback::new(move |name| {
        screen.act(|state| state.rename(id, name));
    });
    let value = Signal::derive(move || screen.name_of(id));
    Field { screen, at: At::Step(id), name: "name", label: words::step_name_label(), hint: None, value, put }
        .line()
}

/// What its author tells the next one.
pub fn comment(screen: Screen, id: StepId) -> AnyView {
    let put = Callback::new(move |comment| {
        screen.act(|state| state.annotate(id, comment));
    });
    let value = Signal::derive(move || screen.comment_of(id));
    let field =
        Field { screen, at: At::Step(id), name: "comment", label: words::comment(), hint: None, value, put };
    field.hint(words::comment_hint()).area(2)
}

impl Field {
    pub fn hint(self, hint: &'static str) -> Self {
        Self { hint: Some(hint), ..self }
    }

    /// The label above, what is wrong and what it is for below.
    fn framed(self, draw: impl FnOnce(String, String, Memo<Vec<String>>) -> AnyView) -> AnyView {
        let number = number();
        let (id, about) = (format!("f{number}"), format!("f{number}-about"));
        let flaws = flaws_of(self.screen, self.at, self.name);
        let control = draw(id.clone(), about.clone(), flaws);
        view! {
            <div class="field">
                <label for=id>{self.label}</label>
                {control}
                <div id=about class="about">
                    {errors(flaws)}
                    {self.hint.map(|hint| view! { <small>{hint}</small> })}
                </div>
            </div>
        }
        .into_any()
    }

    /// One line of text.
    pub fn line(self) -> AnyView {
        self.input("text", None)
    }

    /// A number; what is no number is told as an empty text.
    pub fn number(self) -> AnyView {
        self.input("number", None)
    }

    /// A day.
    pub fn date(self) -> AnyView {
        self.input("date", None)
    }

    /// A line with suggestions.
    pub fn suggested(self, among: Vec<String>) -> AnyView {
        self.input("text", Some(among))
    }

    fn input(self, kind: &'static str, among: Option<Vec<String>>) -> AnyView {
        self.framed(move |id, about, flaws| {
            let list = among.map(|among| (format!("{id}-list"), among));
            let list_id = list.as_ref().map(|(id, _)| id.clone());
            let list = list.map(|(id, among)| {
                let options = among.into_iter().map(|one| view! { <option value=one></option> });
                view! { <datalist id=id>{options.collect_view()}</datalist> }
            });
            view! {
                <input
                    class="input"
                    id=id
                    type=kind
                    dir=(kind == "text").then_some("auto")
                    autocomplete="off"
                    list=list_id
                    aria-invalid=move || flaws.with(|flaws| !flaws.is_empty()).then_some("true")
                    aria-describedby=about
                    prop:value=move || self.value.get()
                    on:input=move |event| self.put.run(event_target_value(&event))
                />
                {list}
            }
            .into_any()
        })
    }

    /// Several lines of text without variables.
    pub fn area(self, rows: u8) -> AnyView {
        self.framed(move |id, about, flaws| {
            view! {
                <textarea
                    class="input"
                    id=id
                    rows=rows.to_string()
                    dir="auto"
                    aria-invalid=move || flaws.with(|flaws| !flaws.is_empty()).then_some("true")
                    aria-describedby=about
                    prop:value=move || self.value.get()
                    on:input=move |event| self.put.run(event_target_value(&event))
                ></textarea>
            }
            .into_any()
        })
    }

    /// A choice among words: the value that is kept, and how it is called. A value nobody offers shows as not chosen.
    pub fn choice(self, options: Vec<(String, String)>) -> AnyView {
        self.framed(move |id, about, flaws| {
            let known: Vec<String> = options.iter().map(|(value, _)| value.clone()).collect();
            let now = self.value;
            let options = options.into_iter().map(|(value, name)| {
                let own = value.clone();
                view! { <option value=value prop:selected=move || now.with(|now| *now == own)>{name}</option> }
            });
            let none = move || now.with(|now| !known.contains(now));
            view! {
                <select
                    class="input"
                    id=id
                    aria-invalid=move || flaws.with(|flaws| !flaws.is_empty()).then_some("true")
                    aria-describedby=about
                    on:change=move |event| self.put.run(event_target_value(&event))
                >
                    {move || none().then(|| view! { <option value="" prop:selected=true>{words::choose()}</option> })}
                    {options.collect_view()}
                </select>
            }
            .into_any()
        })
    }

    /// Milliseconds as a number and a unit.
    pub fn duration(self) -> AnyView {
        let unit = RwSignal::new(self.value.with_untracked(|ms| unit_of(ms.parse().unwrap_or(0))));
        let count = move || self.value.with(|ms| ms.parse::<i64>().unwrap_or(0) / unit.get());
        let put = move |count: i64, unit: i64| self.put.run(count.saturating_mul(unit).to_string());
        let typed = move |event: ev::Event| {
            put(event_target_value(&event).parse().unwrap_or(0), unit.get_untracked());
        };
        let chosen = move |event: ev::Event| {
            let kept = untrack(count);
            let chosen = event_target_value(&event).parse().unwrap_or(MINUTE);
            unit.set(chosen);
            put(kept, chosen);
        };
        let units = [
            (SECOND, words::seconds()),
            (MINUTE, words::minutes()),
            (HOUR, words::hours()),
            (DAY, words::days()),
        ]
        .map(|(ms, name)| {
            view! { <option value=ms.to_string() prop:selected=move || unit.get() == ms>{name}</option> }
        })
        .collect_view();
        self.framed(move |id, about, flaws| {
            view! {
                <div class="cluster">
                    <input
                        class="input"
                        id=id
                        type="number"
                        min="0"
                        aria-invalid=move || flaws.with(|flaws| !flaws.is_empty()).then_some("true")
                        aria-describedby=about
                        prop:value=move || count().to_string()
                        on:input=typed
                    />
                    <select class="input" aria-label=words::unit() on:change=chosen>{units}</select>
                </div>
            }
            .into_any()
        })
    }

    /// A text with variables, and a list to choose them from.
    pub fn phrase(self, rows: u8) -> AnyView {
        let node = NodeRef::<html::Textarea>::new();
        let open = RwSignal::new(false);
        let insert = Callback::new(move |name: String| {
            open.set(false);
            let Some(field) = node.get_untracked() else { return };
            let units: Vec<u16> = self.value.get_untracked().encode_utf16().collect();
            let caret = browser::caret(&field).min(units.len());
            let variable = format!("${name}");
            let (before, after) =
                (String::from_utf16_lossy(&units[..caret]), String::from_utf16_lossy(&units[caret..]));
            let text = format!("{before}{variable}{after}");
            let after_it = caret + variable.encode_utf16().count();
            self.put.run(text.clone());
            request_animation_frame(move || browser::set_text(&field, &text, after_it));
        });
        self.framed(move |id, about, flaws| {
            view! {
                <div class="phrase">
                    <textarea
                        class="input"
                        id=id
                        rows=rows.to_string()
                        dir="auto"
                        node_ref=node
                        aria-invalid=move || flaws.with(|flaws| !flaws.is_empty()).then_some("true")
                        aria-describedby=about
                        prop:value=move || self.value.get()
                        on:input=move |event| self.put.run(event_target_value(&event))
                    ></textarea>
                    <button
                        class="button"
                        type="button"
                        data-icon=""
                        aria-label=words::insert_variable()
                        title=words::insert_variable()
                        aria-expanded=move || open.get().to_string()
                        on:click=move |_| open.update(|open| *open = !*open)
                    >
                        <Icon name="braces" />
                    </button>
                    <Show when=move || open.get()>
                        {view! { <Variables screen=self.screen open=open insert=insert /> }.into_any()}
                    </Show>
                </div>
            }
            .into_any()
        })
    }
}

/// The largest unit in which it is a whole number.
fn unit_of(ms: i64) -> i64 {
    [DAY, HOUR, MINUTE].into_iter().find(|unit| ms > 0 && ms % unit == 0).unwrap_or(if ms == 0 {
        MINUTE
    } else {
        SECOND
    })
}

/// What a phrase can name, with where it comes from.
#[component]
fn Variables(screen: Screen, open: RwSignal<bool>, insert: Callback<String>) -> impl IntoView {
    let wanted = RwSignal::new(String::new());
    let all = StoredValue::new(screen.graph.with_untracked(|graph| {
        screen.workspace.with_untracked(|here| {
            let all = check::variables(graph, here).into_iter();
            all.map(|(name, what)| (check::sample(&name, here), name, what)).collect::<Vec<_>>()
        })
    }));
    let lines = move || {
        let wanted = wanted.get().trim().trim_start_matches('$').to_lowercase();
        all.with_value(|all| {
            let fitting = all
                .iter()
                .filter(|(_, name, what)| name.contains(&wanted) || what.to_lowercase().contains(&wanted));
            let drawn = fitting.cloned().map(|(sample, name, what)| {
                let chosen = name.clone();
                view! {
                    <li>
                        <button type="button" on:click=move |_| insert.run(chosen.clone())>
                            <code>{format!("${name}")}</code>
                            <small dir="auto">{what}{sample.map(|sample| words::such_as(&sample))}</small>
                        </button>
                    </li>
                }
            });
            drawn.collect_view()
        })
    };
    let keys = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            open.set(false);
        }
    };
    Effect::new(|| request_animation_frame(|| browser::focus(".variables input")));
    view! {
        <div class="variables" role="dialog" aria-label=words::insert_variable() on:keydown=keys>
            <input
                class="input"
                type="search"
                aria-label=words::search()
                placeholder=words::search()
                on:input=move |event| wanted.set(event_target_value(&event))
            />
            <ul>{lines}</ul>
        </div>
    }
}

/// A moment, kept as milliseconds since 1970 and shown in the reader's zone.
pub fn moment(label: &'static str, value: Signal<String>, put: Callback<String>) -> AnyView {
    let clock = expect_context::<crate::clock::Clock>();
    let shown = move || {
        let at = value.with(|ms| ms.parse().ok().map(domain::Timestamp))?;
        let local = clock.zone()?.read(at);
        Some(format!("{}T{}", local.iso_date(), local.clock()))
    };
    let typed = move |event: ev::Event| {
        let at = browser::local_time(&event_target_value(&event));
        put.run(at.map(|at| at.ms().to_string()).unwrap_or_default());
    };
    view! { <input class="input" type="datetime-local" aria-label=label prop:value=move || shown().unwrap_or_default() on:change=typed /> }
        .into_any()
}
