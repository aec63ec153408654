use super::Screen;
use crate::api::{self, Invited};
use crate::parts::{ProblemLine, Shape, When};
use crate::text;
use leptos::prelude::*;

/// The invitations nobody has used; nothing without any.
#[component]
pub fn Invitations(screen: Screen) -> impl IntoView {
    let rows = move || {
        let directory = screen.directory.get();
        let now = directory.now;
        directory
            .invitations
            .into_iter()
            .map(|invited| view! { <Row screen=screen expired=invited.expires_at <= now invited=invited /> })
            .collect_view()
    };
    let any = move || screen.directory.with(|directory| !directory.invitations.is_empty());
    view! {
        <ProblemLine words=screen.doing.problem />
        <Show when=any>
            <section class="block" aria-labelledby="invitations">
                <h2 id="invitations">{text::invitations()}</h2>
                <ul class="entries">{rows}</ul>
            </section>
        </Show>
    }
}

#[component]
fn Row(screen: Screen, invited: Invited, expired: bool) -> impl IntoView {
    let id = invited.id;
    let again = move |_| {
        screen.doing.run(api::invite_again(id), move |link| {
            screen.link.set(Some(link));
            screen.reload();
        });
    };
    let revoke = move |_| screen.doing.run(api::revoke_invitation(id), move |()| screen.reload());
    let state = match expired {
        true => view! { <span class="status" data-status="stopped">{text::expired()}</span> }.into_any(),
        false => view! {
            <span class="status" data-status="away">{text::invited_until()}" "<When at=invited.expires_at shape=Shape::Coming /></span>
        }
        .into_any(),
    };
    let about = text::invited_as(invited.role, &invited.by);
    view! {
        <li>
            <span class="what"><b dir="auto">{invited.email.clone()}</b><small dir="auto">{about}</small></span>
            {state}
            <span class="cluster">
                <button class="button" type="button" data-kind="outline" aria-label=text::new_link_for(&invited.email) on:click=again>
                    {text::new_link()}
                </button>
                <button class="button" type="button" aria-label=text::take_back_from(&invited.email) on:click=revoke>
                    {text::take_back()}
                </button>
            </span>
        </li>
    }
}
