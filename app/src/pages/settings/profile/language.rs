use crate::browser;
use crate::commands::Commands;
use crate::parts::ProblemLine;
use crate::text;
use domain::preferences::Language;
use leptos::prelude::*;

/// The language of the browser, as the value of an option.
const BROWSERS: &str = "";

/// Which language the screens speak. The page is loaded again to speak it; what was typed is kept with the drafts.
#[component]
pub fn LanguageChoice() -> impl IntoView {
    let commands = Commands::of_window();
    let problem = RwSignal::new(None);
    let chosen = Memo::new(move |_| commands.preferences().with(|preferences| preferences.language));
    let value = move || chosen.get().map_or(BROWSERS, Language::tag);
    let choose = move |event| {
        problem.set(None);
        commands.keep_language(Language::of(&event_target_value(&event)), move |kept| match kept {
            Ok(()) => browser::reload_page(),
            Err(failure) => problem.set(Some(failure.to_string())),
        });
    };
    let option = move |language: Language| {
        let (tag, selected) = (language.tag(), move || chosen.get() == Some(language));
        view! { <option value=tag lang=tag selected=selected>{language.own_name()}</option> }
    };
    view! {
        <div class="field">
            <label for="language">{text::language()}</label>
            <select id="language" class="input" prop:value=value on:change=choose>
                <option value=BROWSERS selected=move || chosen.get().is_none()>{text::language_of_browser()}</option>
                {Language::ALL.map(option).collect_view()}
            </select>
            <p class="hint">{text::language_hint()}</p>
        </div>
        <ProblemLine words=problem />
    }
}
