//! A workflow's settings: who may stop it, what lets a contact leave early, how it behaves beside a bot.

use crate::api::workflows as api;
use crate::pages::settings::Doing;
use crate::parts::{Check, ProblemLine};
use crate::text::{self, workflows as words};
use domain::HOUR;
use domain::workflow::settings::{ControlPolicy, ExitConditions, Settings};
use domain::workflow::view::WorkflowRow;
use leptos::prelude::*;

/// The form; `put` takes the workflow as it is then. While the workflow is published only the first line can change (WF-34).
#[component]
pub fn SettingsForm(open: RwSignal<bool>, row: WorkflowRow, put: Callback<WorkflowRow>) -> impl IntoView {
    let fixed = !row.status.may_change();
    let settings = RwSignal::new(row.settings);
    let hours = RwSignal::new(match row.settings.control {
        ControlPolicy::Wait { limit_ms } => (limit_ms / HOUR).to_string(),
        ControlPolicy::TakeOver {} | ControlPolicy::Fail {} => "24".to_owned(),
    });
    let doing = Doing::nothing();
    let id = row.id;
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(wanted) = complete(settings.get_untracked(), &hours.get_untracked()) else {
            return doing.problem.set(Some(words::hours_wrong().to_owned()));
        };
        doing.run(api::set_workflow_settings(id, wanted), move |row| {
            put.run(row);
            open.set(false);
        });
    };
    let may_stop = Signal::derive(move || settings.get().may_be_stopped);
    let set_may_stop = Callback::new(move |on| settings.update(|settings| settings.may_be_stopped = on));
    view! {
        <form class="form" novalidate=true on:submit=save>
            <Check label=words::allow_stop() hint=words::allow_stop_hint() on=may_stop set=set_may_stop />
            <Exits settings=settings fixed=fixed />
            <Control settings=settings hours=hours fixed=fixed />
            {fixed.then(|| view! { <p class="aside">{words::only_when_stopped()}</p> })}
            <ProblemLine words=doing.problem />
            <footer>
                <button class="button" type="button" data-size="32" on:click=move |_| open.set(false)>{text::cancel()}</button>
                <button class="button" type="submit" data-kind="primary" data-size="32" disabled=move || doing.busy.get()>{words::save()}</button>
            </footer>
        </form>
    }
}

/// The settings with the hours that were typed; nothing when they are no hours.
fn complete(settings: Settings, hours: &str) -> Option<Settings> {
    let control = match settings.control {
        ControlPolicy::Wait { .. } => {
            let hours: i64 = hours.trim().parse().ok()?;
            ControlPolicy::Wait { limit_ms: hours.checked_mul(HOUR)? }
        }
        other => other,
    };
    let settings = Settings { control, ..settings };
    settings.check().is_ok().then_some(settings)
}

#[component]
fn Exits(settings: RwSignal<Settings>, fixed: bool) -> impl IntoView {
    let line = move |label, hint, get: fn(&ExitConditions) -> bool, set: fn(&mut ExitConditions, bool)| {
        let on = Signal::derive(move || get(&settings.get().exits));
        let set = Callback::new(move |on| settings.update(|settings| set(&mut settings.exits, on)));
        view! { <Check label=label hint=hint on=on disabled=fixed set=set /> }
    };
    view! {
        <fieldset class="choices">
            <legend>{words::exits()}</legend>
            {line(words::exit_outgoing(), words::exit_outgoing_hint(), |exits| exits.outgoing_message, |exits, on| exits.outgoing_message = on)}
            <Show when=move || settings.get().exits.outgoing_message>
                <div class="within">
                    {line(words::exit_page_inbox(), words::exit_page_inbox_hint(), |exits| exits.page_inbox_too, |exits, on| exits.page_inbox_too = on)}
                </div>
            </Show>
            {line(words::exit_incoming(), words::exit_incoming_hint(), |exits| exits.incoming_message, |exits, on| exits.incoming_message = on)}
            {line(words::exit_assignment(), words::exit_assignment_hint(), |exits| exits.manual_assignment, |exits, on| exits.manual_assignment = on)}
        </fieldset>
    }
}

#[component]
fn Control(settings: RwSignal<Settings>, hours: RwSignal<String>, fixed: bool) -> impl IntoView {
    let choice = move |label: &'static str, hint: &'static str, policy: ControlPolicy| {
        let kind = std::mem::discriminant(&policy);
        let chosen = move || std::mem::discriminant(&settings.get().control) == kind;
        view! {
            <label class="check">
                <input
                    type="radio"
                    name="control"
                    prop:checked=chosen
                    checked=chosen
                    disabled=fixed
                    on:change=move |_| settings.update(|settings| settings.control = policy)
                />
                <span>{label}<small>{hint}</small></span>
            </label>
        }
    };
    let waits = move || matches!(settings.get().control, ControlPolicy::Wait { .. });
    view! {
        <fieldset class="choices">
            <legend>{words::control()}</legend>
            {choice(words::control_wait(), words::control_wait_hint(), ControlPolicy::default())}
            <div class="within">
                <input
                    class="input"
                    type="number"
                    min="1"
                    max="168"
                    aria-label=words::control_hours()
                    disabled=move || fixed || !waits()
                    prop:value=move || hours.get()
                    on:input=move |event| hours.set(event_target_value(&event))
                />
            </div>
            {choice(words::control_take(), words::control_take_hint(), ControlPolicy::TakeOver {})}
            {choice(words::control_fail(), words::control_fail_hint(), ControlPolicy::Fail {})}
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_for_control_takes_one_hour_to_seven_days() {
        let wait = Settings::default();
        assert!(complete(wait, "1").is_some() && complete(wait, " 168 ").is_some());
        for wrong in ["", "0", "169", "soon", "-1", "99999999999999999999", "9223372036854775807"] {
            assert_eq!(complete(wait, wrong), None, "{wrong}");
        }
        let take = Settings { control: ControlPolicy::TakeOver {}, ..wait };
        assert_eq!(complete(take, "whatever"), Some(take));
    }
}
