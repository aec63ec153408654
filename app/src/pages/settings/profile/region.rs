use crate::calendar;
use crate::clock::Clock;
use crate::commands::Commands;
use crate::parts::{ProblemLine, Toasts};
use crate::text;
use domain::preferences::Region;
use leptos::prelude::*;

/// A number large enough to show how thousands are kept apart.
const LARGE: i64 = 12_345;

/// How dates, times and numbers are written, with now as the example.
#[component]
pub fn RegionChoice() -> impl IntoView {
    let (commands, clock) = (Commands::of_window(), expect_context::<Clock>());
    let toasts = expect_context::<Toasts>();
    let problem = RwSignal::new(None);
    let chosen = Memo::new(move |_| commands.preferences().with(|preferences| preferences.region));
    let choose = move |event| {
        let word = event_target_value(&event);
        let Some(region) = Region::ALL.into_iter().find(|region| region.as_str() == word) else { return };
        problem.set(None);
        commands.keep_region(region, move |kept| match kept {
            Ok(()) => toasts.say(text::saved()),
            Err(failure) => problem.set(Some(failure.to_string())),
        });
    };
    let option = move |region: Region| {
        view! {
            <option value=region.as_str() selected=move || chosen.get() == region>{text::region_name(region)}</option>
        }
    };
    let example = move || {
        let (now, locale) = (clock.now()?, clock.locale()?);
        Some(text::region_example(&calendar::full(locale, now), &calendar::number(locale.region, LARGE)))
    };
    view! {
        <div class="field">
            <label for="region">{text::region()}</label>
            <select id="region" class="input" prop:value=move || chosen.get().as_str() on:change=choose>
                {Region::ALL.map(option).collect_view()}
            </select>
            <p class="hint" aria-live="polite">{example}</p>
        </div>
        <ProblemLine words=problem />
    }
}
