use super::door::{Door, Field, PasswordField, Problem};
use crate::text;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The first account of a new workspace.
#[component]
pub fn SetUp() -> impl IntoView {
    let query = use_query_map().get_untracked();
    let problem = query.get_str("error").map(text::set_up_problem);
    let again = problem.is_some();
    let given = move |name: &str| query.get(name).unwrap_or_default();
    view! {
        <Title text=text::SET_UP_TITLE />
        <Door title=text::SET_UP_TITLE hint=text::SET_UP_HINT>
            <form method="post" action="/set-up" aria-describedby=again.then_some("problem")>
                {problem.map(|words| view! { <Problem words=words /> })}
                <Field
                    id="workspace"
                    label=text::WORKSPACE
                    autocomplete="organization"
                    value=given("workspace")
                    hint=text::WORKSPACE_HINT
                />
                <Field
                    id="name"
                    label=text::YOUR_NAME
                    autocomplete="name"
                    value=given("name")
                    hint=text::YOUR_NAME_HINT
                />
                <Field id="email" label=text::EMAIL kind="email" autocomplete="username" value=given("email") />
                <PasswordField autocomplete="new-password" hint=text::PASSWORD_HINT />
                <button class="button" type="submit" data-kind="primary" data-size="40">{text::SET_UP}</button>
            </form>
        </Door>
    }
}
