//! Steps that lead on: Branch, Jump To, Wait, Date & Time, Trigger Another Workflow.

use super::{form, named};
use crate::browser;
use crate::pages::workflows::builder::drawer::conditions::conditions;
use crate::pages::workflows::builder::drawer::fields::{errors, flaws_of};
use crate::pages::workflows::builder::drawer::form::Form;
use crate::pages::workflows::builder::screen::Screen;
use crate::parts::Icon;
use crate::text::builder as words;
use domain::workflow::check::At;
use domain::workflow::exit::MOST_BRANCHES;
use domain::workflow::graph::StepId;
use domain::workflow::steps::branch::{Branch, Way};
use domain::workflow::steps::flow::{DateTime, JumpTo, TriggerWorkflow, WaitStep};
use domain::{ScheduleId, WorkflowId};
use leptos::prelude::*;

pub fn branch(screen: Screen, id: StepId, step: Branch) -> AnyView {
    let form: Form<Branch> = form!(screen, id, step, Branch);
    let count = Memo::new(move |_| form.value.with(|step| step.branches.len()));
    let add = move |_| {
        form.edit("branches", |step| {
            let name = words::branch_name(step.branches.len() + 1);
            step.branches.push(Way { name, ..Way::default() });
        });
    };
    let full = move || count.get() >= usize::from(MOST_BRANCHES);
    let flaws = flaws_of(screen, At::Step(id), "branches");
    view! {
        <div class="field">
            <span class="label">{words::ways()}<span class="num">{words::from_top()}</span></span>
            <For each=move || 0..count.get() key=|index| *index let(index)>
                {way(screen, id, form, index)}
            </For>
            {errors(flaws)}
            <div class="cluster">
                <button class="button" type="button" data-kind="outline" disabled=full on:click=add>
                    <Icon name="plus" />
                    {words::add_way()}
                </button>
            </div>
            <small>{words::else_hint()}</small>
        </div>
    }
    .into_any()
}

fn way(screen: Screen, id: StepId, form: Form<Branch>, index: usize) -> AnyView {
    let value =
        Signal::derive(move || form.value.with(|step| step.branches.get(index).cloned()).unwrap_or_default());
    let put = Callback::new(move |(_, way): (&'static str, Way)| {
        form.edit("branches", |step| {
            if let Some(place) = step.branches.get_mut(index) {
                *place = way;
            }
        });
    });
    let way = Form::new(screen, At::Step(id), value, put);
    let number = u8::try_from(index + 1).unwrap_or(u8::MAX);
    let raise = move |_| {
        screen.act(|state| state.raise_way(id, number));
    };
    let copy = move |_| {
        form.edit("branches", |step| {
            if let Some(way) = step.branches.get(index).cloned() {
                let name = words::copy_of(&way.name);
                step.branches.push(Way { name, ..way });
            }
        });
    };
    let full = move || form.value.with(|step| step.branches.len() >= usize::from(MOST_BRANCHES));
    let remove = move |_| {
        if let Some(doomed) = screen.state.with_untracked(|state| state.doomed_way(id, number)) {
            screen.delete_doomed(doomed);
        }
    };
    view! {
        <div class="branch" role="group" aria-label=move || words::way(&way.value.with(|way| way.name.clone()))>
            <div class="head">
                <input
                    class="input"
                    aria-label=words::way_name()
                    dir="auto"
                    prop:value=move || way.value.with(|way| way.name.clone())
                    on:input=move |event| way.edit("name", |way| way.name = event_target_value(&event))
                />
                {(index > 0).then(|| view! {
                    <button class="button" type="button" data-icon="" aria-label=words::raise() title=words::raise() on:click=raise><Icon name="chevron-up" /></button>
                })}
                <button class="button" type="button" data-icon="" disabled=full aria-label=words::copy_way() title=words::copy_way() on:click=copy><Icon name="copy" /></button>
                <button class="button" type="button" data-icon="" aria-label=words::remove() title=words::remove() on:click=remove><Icon name="trash-2" /></button>
            </div>
            {conditions(way.part("conditions", |way| &way.conditions, |way| &mut way.conditions))}
        </div>
    }
    .into_any()
}

pub fn jump(screen: Screen, id: StepId, step: JumpTo) -> AnyView {
    let form: Form<JumpTo> = form!(screen, id, step, JumpTo);
    let steps = screen.graph.with_untracked(|graph| {
        let others = graph.walk().into_iter().filter(|other| *other != id);
        others.filter_map(|id| Some((id.to_string(), graph.steps.get(&id)?.name.clone()))).collect::<Vec<_>>()
    });
    view! {
        {form
            .field("target", words::target(), |step| step.target.map(|id| id.to_string()).unwrap_or_default(), |step, id| step.target = id.parse().ok().map(StepId))
            .choice(steps)}
        {form
            .field("times", words::times(), |step| step.times.to_string(), |step, times| step.times = times.parse().unwrap_or(0))
            .hint(words::times_hint())
            .number()}
    }
    .into_any()
}

pub fn wait(screen: Screen, id: StepId, step: WaitStep) -> AnyView {
    let form: Form<WaitStep> = form!(screen, id, step, Wait);
    form.field(
        "duration",
        words::duration_label(),
        |step| step.duration_ms.to_string(),
        |step, ms| {
            step.duration_ms = ms.parse().unwrap_or(0);
        },
    )
    .hint(words::at_most_a_week())
    .duration()
}

pub fn date_time(screen: Screen, id: StepId, step: DateTime) -> AnyView {
    let form: Form<DateTime> = form!(screen, id, step, DateTime);
    let hours = Memo::new(move |_| form.value.with(|step| matches!(step, DateTime::BusinessHours { .. })));
    let zone = screen.around.with_value(|around| around.zone.clone());
    let zone = StoredValue::new(zone);
    let pick = move |on_hours: bool| {
        form.edit("kind", |step| {
            *step = match on_hours {
                true => DateTime::BusinessHours { schedule: None },
                false => {
                    DateTime::DateRange { zone: zone.get_value(), from: String::new(), to: String::new() }
                }
            };
        });
    };
    let schedules = screen.around.with_value(|around| {
        let all = around.schedules.iter().map(|one| (one.id, one.name.clone())).collect::<Vec<_>>();
        named(&all)
    });
    let schedules = StoredValue::new(schedules);
    let details = move || {
        match hours.get() {
        true => form
            .field("schedule", words::schedule(), |step| match step {
                DateTime::BusinessHours { schedule: Some(id) } => id.to_string(),
                _ => String::new(),
            }, |step, id| *step = DateTime::BusinessHours { schedule: id.parse::<ScheduleId>().ok() })
            .hint(words::schedule_hint())
            .choice(schedules.get_value()),
        false => view! {
            {form.field("from", words::first_day(), |step| range(step).0, |step, day| set_range(step, 0, day)).date()}
            {form.field("to", words::last_day(), |step| range(step).1, |step, day| set_range(step, 1, day)).date()}
            {form.field("zone", words::zone(), |step| range(step).2, |step, zone| set_range(step, 2, zone)).suggested(browser::time_zones())}
        }
        .into_any(),
    }
    };
    view! {
        <div class="segments" role="group" aria-label=words::when()>
            <button class="button" type="button" aria-pressed=move || hours.get().to_string() on:click=move |_| if !hours.get_untracked() { pick(true) }>{words::hours_kind()}</button>
            <button class="button" type="button" aria-pressed=move || (!hours.get()).to_string() on:click=move |_| if hours.get_untracked() { pick(false) }>{words::range_kind()}</button>
        </div>
        {details}
    }
    .into_any()
}

/// First day, last day, zone.
fn range(step: &DateTime) -> (String, String, String) {
    match step {
        DateTime::DateRange { zone, from, to } => (from.clone(), to.clone(), zone.clone()),
        DateTime::BusinessHours { .. } => Default::default(),
    }
}

fn set_range(step: &mut DateTime, part: usize, text: String) {
    if let DateTime::DateRange { zone, from, to } = step {
        *([from, to, zone][part]) = text;
    }
}

pub fn start(screen: Screen, id: StepId, step: TriggerWorkflow) -> AnyView {
    let form: Form<TriggerWorkflow> = form!(screen, id, step, TriggerWorkflow);
    let all = screen.around.with_value(|around| {
        around.manual.iter().map(|one| (one.id.to_string(), one.name.clone())).collect::<Vec<_>>()
    });
    let workflow = Memo::new(move |_| form.value.with(|step| step.workflow));
    let steps = move || {
        let steps = screen.around.with_value(|around| {
            let chosen = around.manual.iter().find(|one| Some(one.id) == workflow.get());
            chosen.map(|one| one.steps.clone()).unwrap_or_default()
        });
        let named = steps.into_iter().map(|(id, name)| (id.0.to_string(), name));
        let begin = (String::new(), words::at_the_beginning().to_owned());
        workflow.get().is_some().then(|| {
            form.field(
                "step",
                words::begins_at(),
                |step| step.step.map(|id| id.0.to_string()).unwrap_or_default(),
                |step, id| step.step = id.parse().ok().map(StepId),
            )
            .choice(std::iter::once(begin).chain(named).collect())
        })
    };
    view! {
        {form
            .field("workflow", words::other_workflow(), |step| step.workflow.map(|id| id.to_string()).unwrap_or_default(), |step, id| {
                *step = TriggerWorkflow { workflow: id.parse::<WorkflowId>().ok(), step: None };
            })
            .hint(words::other_workflow_hint())
            .choice(all)}
        {steps}
    }
    .into_any()
}
