use super::Screen;
use crate::api::{self, HandOver, Heir, Me};
use crate::pages::settings::doing::Doing;
use crate::parts::{Dialog, ProblemLine};
use crate::text;
use leptos::prelude::*;

/// The end of somebody's place in the team, or the way back.
#[component]
pub fn Leaving(screen: Screen) -> impl IntoView {
    let id = screen.member.with_untracked(|member| member.person.id);
    let mine = expect_context::<Me>().person.id == id;
    let active = move || screen.member.with(|member| member.active);
    let asking = RwSignal::new(false);
    let back = move |_| {
        screen.doing.run(api::reactivate(id), move |()| {
            screen.toasts.say(text::reactivated());
            screen.reload();
        });
    };
    view! {
        <Show when=move || !mine>
            <section class="block" aria-labelledby="leaving">
                <h2 id="leaving">{move || if active() { text::deactivate_title() } else { text::deactivated() }}</h2>
                <p class="lead">{move || if active() { text::deactivate_words() } else { text::reactivate_words() }}</p>
                <div class="cluster">
                    <Show
                        when=active
                        fallback=move || view! {
                            <button class="button" type="button" data-kind="outline" data-size="32" on:click=back>{text::reactivate()}</button>
                        }
                    >
                        <button class="button" type="button" data-kind="danger" data-size="32" on:click=move |_| asking.set(true)>
                            {text::deactivate_ask()}
                        </button>
                    </Show>
                </div>
            </section>
            <Ask screen=screen open=asking />
        </Show>
    }
}

#[component]
fn Ask(screen: Screen, open: RwSignal<bool>) -> impl IntoView {
    let (id, name, count) =
        screen.member.with_untracked(|member| (member.person.id, member.person.name.clone(), member.open));
    let heir = RwSignal::new(Heir::Nobody);
    let doing = Doing::nothing();
    let choices = move || {
        screen.directory.with(|directory| {
            let people = directory.people.iter().filter(|member| member.active && member.person.id != id);
            let people = people.map(|member| (Heir::Person(member.person.id), member.person.name.clone()));
            let teams = directory
                .teams
                .iter()
                .map(|one| (Heir::Team(one.team.id), text::team_called(&one.team.name)));
            let nobody = std::iter::once((Heir::Nobody, text::heir_nobody().to_owned()));
            nobody.chain(teams).chain(people).collect::<Vec<_>>()
        })
    };
    let choose = move |event: leptos::ev::Event| {
        let place: usize = event_target_value(&event).parse().unwrap_or_default();
        if let Some((chosen, _)) = choices().into_iter().nth(place) {
            heir.set(chosen);
        }
    };
    let options = move || {
        let option = |(place, (_, name)): (usize, (Heir, String))| view! { <option value=place.to_string()>{name}</option> };
        choices().into_iter().enumerate().map(option).collect_view()
    };
    let go = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let hand_over = HandOver { id, to: heir.get_untracked() };
        doing.run(api::deactivate(hand_over), move |()| {
            open.set(false);
            screen.toasts.say(text::deactivated_now());
            screen.reload();
        });
    };
    view! {
        <Dialog open=open title=text::deactivate_whom(&name)>
            <form class="form" on:submit=go>
                <p>{text::deactivate_words()}</p>
                <div class="field">
                    <label for="heir">{text::hand_over_label(count)}</label>
                    <select class="input" id="heir" on:change=choose>{options}</select>
                </div>
                <ProblemLine words=doing.problem />
                <footer>
                    <button class="button" type="button" data-size="32" on:click=move |_| open.set(false)>{text::cancel()}</button>
                    <button class="button" type="submit" data-kind="danger" data-size="32" disabled=move || doing.busy.get()>{text::deactivate()}</button>
                </footer>
            </form>
        </Dialog>
    }
}
