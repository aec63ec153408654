//! Business hours: several schedules, each with its week, holidays and time zone.

use super::doing::Doing;
use super::loaded::loaded;
use super::shelf::Shelf;
use crate::api;
use crate::browser;
use crate::calendar::weekday;
use crate::clock::Clock;
use crate::parts::{Confirm, Dialog, Empty, Icon, ProblemLine, TextField, while_asked};
use crate::state::{HoursDraft, hours_in_words};
use crate::text;
use crate::text::workflows as words;
use domain::ScheduleId;
use domain::workflow::hours::Hours;
use domain::workflow::view::Schedule;
use leptos::prelude::*;
use leptos_meta::Title;

/// The section at `/settings/hours`.
#[component]
pub fn HoursSection() -> impl IntoView {
    let schedules = Resource::new_blocking(|| (), |()| api::load_schedules());
    view! {
        <Title text=words::hours() />
        <div class="page">{loaded(schedules, |schedules| view! { <Schedules schedules=schedules /> }.into_any())}</div>
    }
}

type Screen = Shelf<Schedule>;

#[component]
fn Schedules(schedules: Vec<Schedule>) -> impl IntoView {
    let screen = Screen::new(schedules);
    let rows = move || {
        let schedules = screen.items.get();
        schedules.into_iter().map(|one| view! { <Line screen=screen one=one /> }).collect_view()
    };
    view! {
        <header class="bar">
            <h1>{words::hours()}</h1>
            <button class="button push" type="button" data-kind="primary" data-size="32" on:click=move |_| screen.editing.set(Some(None))>
                <Icon name="plus" />
                {words::new_hours()}
            </button>
        </header>
        <div class="page-body">
            <p class="lead">{words::hours_lead()}</p>
            <Show when=move || screen.items.with(Vec::is_empty)>
                <Empty title=words::no_hours() words=words::no_hours_words() />
            </Show>
            <ul class="entries">{rows}</ul>
        </div>
        {move || screen.editing.get().map(|one| view! { <Edit screen=screen one=one /> })}
        {move || screen.ending.get().map(|one| view! { <End screen=screen one=one /> })}
    }
}

#[component]
fn Line(screen: Screen, one: Schedule) -> impl IntoView {
    let (to_edit, to_end) = (one.clone(), one.clone());
    let Schedule { name, hours, .. } = one;
    let about =
        format!("{} · {} · {}", hours_in_words(&hours), hours.zone, words::holidays(hours.holidays.len()));
    let clock = expect_context::<Clock>();
    let open = move || {
        let local = browser::clock_in(&hours.zone, clock.now()?)?;
        Some(hours.is_open(&local))
    };
    view! {
        <li>
            <span class="what"><b dir="auto">{name.clone()}</b><small>{about}</small></span>
            {move || open().map(|open| view! {
                <span class="status" data-status=if open { "online" } else { "stopped" }>{words::open_now(open)}</span>
            })}
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
fn Edit(screen: Screen, one: Option<Schedule>) -> impl IntoView {
    let open = while_asked(screen.editing);
    let id = one.as_ref().map(|one| one.id);
    let name = RwSignal::new(one.as_ref().map(|one| one.name.clone()).unwrap_or_default());
    let hours = one.map_or_else(|| Hours::office(browser::time_zone()), |one| one.hours);
    let draft = RwSignal::new(HoursDraft::from(&hours));
    let doing = Doing::nothing();
    // What was wrong may be right now; saving says so again if not.
    Effect::watch(move || draft.track(), move |(), _, _| doing.problem.set(None), false);
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match draft.with_untracked(HoursDraft::read) {
            Err(wrong) => doing.problem.set(Some(wrong.to_string())),
            Ok(hours) => {
                let id = id.unwrap_or_else(|| ScheduleId(browser::new_id()));
                let schedule = Schedule { id, name: name.get_untracked(), hours };
                doing.run(api::put_schedule(schedule), move |()| {
                    screen.reload(api::load_schedules());
                    open.set(false);
                });
            }
        }
    };
    let days = (0..7).map(move |day| view! { <Day draft=draft day=day name=weekday(day) /> });
    view! {
        <Dialog open=open title=words::hours() wide=true>
            <form class="form hours" novalidate=true on:submit=save>
                <TextField id="hours-name" label=words::name() value=name hint=words::hours_name_hint() />
                <div class="field">
                    <label for="hours-zone">{words::zone()}</label>
                    <input
                        class="input"
                        id="hours-zone"
                        list="zones"
                        aria-describedby="hours-zone-hint"
                        prop:value=move || draft.with(|draft| draft.zone.clone())
                        on:input=move |event| draft.update(|draft| draft.zone = event_target_value(&event))
                    />
                    <datalist id="zones">
                        {browser::time_zones().into_iter().map(|zone| view! { <option value=zone></option> }).collect_view()}
                    </datalist>
                    <small id="hours-zone-hint">{words::zone_hint()}</small>
                </div>
                <fieldset class="choices">
                    <legend>{words::week()}</legend>
                    <ul class="week">{days.collect_view()}</ul>
                </fieldset>
                <Holidays draft=draft />
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
fn Day(draft: RwSignal<HoursDraft>, day: usize, name: &'static str) -> impl IntoView {
    let count = Memo::new(move |_| draft.with(|draft| draft.week[day].len()));
    let field = move |index: usize, second: bool, word: &'static str| {
        let value = move || {
            draft.with(|draft| {
                let span = draft.week[day].get(index);
                span.map(|(from, to)| if second { to.clone() } else { from.clone() }).unwrap_or_default()
            })
        };
        view! {
            <input
                class="input"
                type="time"
                aria-label=format!("{name} {word}")
                prop:value=value
                on:input=move |event| draft.update(|draft| {
                    if let Some((from, to)) = draft.week[day].get_mut(index) {
                        *(if second { to } else { from }) = event_target_value(&event);
                    }
                })
            />
        }
    };
    let remove = move |index: usize| {
        draft.update(|draft| {
            if index < draft.week[day].len() {
                draft.week[day].remove(index);
            }
        });
    };
    view! {
        <li>
            <span class="weekday">{name}</span>
            <div class="spans">
                <Show when=move || count.get() == 0><span class="soft">{words::closed_day()}</span></Show>
                <For each=move || 0..count.get() key=|index| *index let(index)>
                    <span class="span">
                        {field(index, false, words::from())}
                        <span aria-hidden="true">"–"</span>
                        {field(index, true, words::to())}
                        <button class="button" type="button" data-icon="" aria-label=format!("{name}: {}", words::remove_span()) title=words::remove_span() on:click=move |_| remove(index)>
                            <Icon name="x" />
                        </button>
                    </span>
                </For>
            </div>
            <button class="button" type="button" data-icon="" aria-label=format!("{name}: {}", words::add_span()) title=words::add_span() on:click=move |_| draft.update(|draft| draft.add_span(day))>
                <Icon name="plus" />
            </button>
        </li>
    }
}

#[component]
fn Holidays(draft: RwSignal<HoursDraft>) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let add = move || {
        let mut added = false;
        draft.update(|draft| added = draft.add_holiday(&typed.get_untracked()));
        if added {
            typed.set(String::new());
        }
    };
    let keys = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            add();
        }
    };
    view! {
        <fieldset class="choices">
            <legend>{words::holidays_label()}</legend>
            <small class="soft">{words::holidays_hint()}</small>
            <ul class="chips">
                <For each=move || draft.with(|draft| draft.holidays.clone()) key=|day| day.clone() let(day)>
                    {
                        let name = words::delete_named(&day);
                        let gone = day.clone();
                        view! {
                            <li class="tag">
                                <span>{day}</span>
                                <button type="button" aria-label=name.clone() title=name on:click=move |_| draft.update(|draft| draft.holidays.retain(|day| *day != gone))>
                                    <Icon name="x" size=14 />
                                </button>
                            </li>
                        }
                    }
                </For>
            </ul>
            <div class="cluster">
                <input class="input" type="date" aria-label=words::holiday() prop:value=move || typed.get() on:input=move |event| typed.set(event_target_value(&event)) on:keydown=keys />
                <button class="button" type="button" data-kind="outline" data-size="32" on:click=move |_| add()>{words::add_holiday()}</button>
            </div>
        </fieldset>
    }
}

#[component]
fn End(screen: Screen, one: Schedule) -> impl IntoView {
    let open = while_asked(screen.ending);
    let doing = Doing::nothing();
    let id = one.id;
    let go = Callback::new(move |()| {
        doing.run(api::remove_schedule(id), move |()| {
            screen.reload(api::load_schedules());
            open.set(false);
        });
    });
    view! {
        <Confirm open=open title=words::delete_hours_label() question=words::delete_hours(&one.name) verb=text::delete() busy=doing.busy problem=doing.problem go=go />
    }
}
