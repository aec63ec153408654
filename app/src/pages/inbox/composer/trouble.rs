//! Why something was not done, with what to do now. What was typed is still there.

use crate::pages::inbox::problem::Remedy;
use crate::pages::inbox::thread::Open;
use crate::parts::Icon;
use crate::text;
use leptos::prelude::*;

/// The alert above the composer.
#[component]
pub fn Trouble(open: Open) -> impl IntoView {
    let problem = open.screen.problem;
    move || {
        problem.get().map(|shown| view! {
            <div class="problem" role="alert">
                <Icon name="circle-alert" />
                <div>
                    <p>{shown.words}</p>
                    {shown.quote.map(|quote| view! { <blockquote dir="auto">{quote}</blockquote> })}
                    {shown.remedy.map(|remedy| remedy_view(open, remedy))}
                </div>
                <button class="button" type="button" data-icon="" aria-label=text::dismiss() on:click=move |_| problem.set(None)>
                    <Icon name="x" />
                </button>
            </div>
        })
    }
}

fn remedy_view(open: Open, remedy: Remedy) -> AnyView {
    let screen = open.screen;
    let done = move || screen.problem.set(None);
    match remedy {
        Remedy::Wait => view! {
            <div class="cluster">
                <button
                    class="button"
                    type="button"
                    data-kind="outline"
                    on:click=move |_| {
                        done();
                        open.writing.send_when_connected();
                    }
                >
                    {text::queue()}
                </button>
                <button class="button" type="button" on:click=move |_| done()>{text::keep_as_draft()}</button>
            </div>
        }
        .into_any(),
        Remedy::TakeOver => view! {
            <div class="cluster">
                <button
                    class="button"
                    type="button"
                    data-kind="outline"
                    disabled=move || screen.busy.get().is_some()
                    on:click=move |_| screen.take_over()
                >
                    {text::take_over()}
                </button>
            </div>
        }
        .into_any(),
        Remedy::Claim => view! {
            <div class="cluster">
                <button
                    class="button"
                    type="button"
                    data-kind="outline"
                    on:click=move |_| {
                        done();
                        screen.assign_to_me();
                    }
                >
                    {text::claim()}
                </button>
            </div>
        }
        .into_any(),
        Remedy::CheckPage(page) => {
            let address = format!("/settings/pages/{page}/routing");
            view! { <p><a class="link" rel="external" href=address>{text::check_page()}</a></p> }.into_any()
        }
        Remedy::TellManager => view! { <p>{text::tell_manager()}</p> }.into_any(),
    }
}
