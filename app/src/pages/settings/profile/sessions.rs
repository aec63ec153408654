use crate::api::{self, OpenSession, Profile};
use crate::pages::settings::doing::Doing;
use crate::parts::{ProblemLine, Shape, Toasts, When};
use crate::text;
use leptos::prelude::*;

/// Where one is signed in, and the end of it.
#[component]
pub fn Sessions(profile: RwSignal<Profile>) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let doing = Doing::nothing();
    let others = move || profile.with(|profile| profile.sessions.iter().any(|session| !session.here));
    let end_others = move |_| {
        doing.run(api::end_other_sessions(), move |()| {
            profile.update(|profile| profile.sessions.retain(|session| session.here));
            toasts.say(text::others_ended());
        });
    };
    let rows = move || {
        let sessions = profile.with(|profile| profile.sessions.clone());
        sessions
            .into_iter()
            .map(|session| view! { <Row profile=profile doing=doing session=session /> })
            .collect_view()
    };
    view! {
        <section class="block" aria-labelledby="sessions">
            <h2 id="sessions">{text::sessions()}</h2>
            <ul class="entries">{rows}</ul>
            <ProblemLine words=doing.problem />
            <Show when=others>
                <div class="cluster">
                    <button class="button" type="button" data-kind="outline" data-size="32" on:click=end_others>{text::end_others()}</button>
                </div>
            </Show>
        </section>
    }
}

#[component]
fn Row(profile: RwSignal<Profile>, doing: Doing, session: OpenSession) -> impl IntoView {
    let OpenSession { id, device, address, last_seen, here, .. } = session;
    let end = {
        let id = id.clone();
        move |_| {
            let ended = id.clone();
            doing.run(api::end_session(id.clone()), move |()| {
                profile.update(|profile| profile.sessions.retain(|session| session.id != ended));
            });
        }
    };
    let seen = last_seen.map(|at| view! { {text::active()}" "<When at=at shape=Shape::Moment /> });
    let last = match here {
        true => view! { <span class="status" data-status="online">{text::this_device()}</span> }.into_any(),
        false => view! {
            <button class="button" type="button" data-kind="outline" aria-label=text::end_session_on(&device) on:click=end>{text::end_session()}</button>
        }
        .into_any(),
    };
    view! {
        <li>
            <span class="what"><b>{device.clone()}</b><small>{address.map(|address| format!("{address} · "))}{seen}</small></span>
            {last}
        </li>
    }
}
