use super::door::{Door, Problem};
use crate::text;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The code after the password: a plain form like the sign-in.
#[component]
pub fn SecondStep() -> impl IntoView {
    let query = use_query_map().get_untracked();
    let problem =
        query.get_str("error").map(|error| text::second_step_problem(error, query.get_str("minutes")));
    let again = problem.is_some();
    view! {
        <Title text=text::second_step_title() />
        <Door title=text::second_step_title() hint=text::second_step_hint()>
            <form method="post" action="/sign-in/code" aria-describedby=again.then_some("problem")>
                {problem.map(|words| view! { <Problem words=words /> })}
                <div class="field">
                    <label for="code">{text::code()}</label>
                    <input
                        class="input"
                        data-size="40"
                        id="code"
                        name="code"
                        type="text"
                        autocomplete="one-time-code"
                        autocapitalize="none"
                        spellcheck="false"
                        required
                        autofocus
                        aria-describedby="code-hint"
                    />
                    <small id="code-hint">{text::code_hint()}</small>
                </div>
                <button class="button" type="submit" data-kind="primary" data-size="40">{text::sign_in()}</button>
                <p class="aside"><a class="link" rel="external" href="/sign-in">{text::other_account()}</a></p>
            </form>
        </Door>
    }
}
