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
        <Title text=text::set_up_title() />
        <Door title=text::set_up_title() hint=text::set_up_hint()>
            <form method="post" action="/set-up" aria-describedby=again.then_some("problem")>
                {problem.map(|words| view! { <Problem words=words /> })}
                <Field
                    id="workspace"
                    label=text::workspace()
                    autocomplete="organization"
                    value=given("workspace")
                    hint=text::workspace_hint()
                />
                <Field
                    id="name"
                    label=text::your_name()
                    autocomplete="name"
                    value=given("name")
                    hint=text::your_name_hint()
                />
                <Field id="email" label=text::email() kind="email" autocomplete="username" value=given("email") />
                <PasswordField autocomplete="new-password" hint=text::password_hint() />
                <button class="button" type="submit" data-kind="primary" data-size="40">{text::set_up()}</button>
            </form>
        </Door>
    }
}
