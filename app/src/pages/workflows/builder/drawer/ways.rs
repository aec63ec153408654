//! Where a step leads: each way out with what follows, or that it ends there.

use crate::pages::workflows::builder::screen::Screen;
use crate::parts::Icon;
use crate::state::builder::Spot;
use crate::text::builder as words;
use domain::workflow::check::At;
use domain::workflow::exit::Exit;
use domain::workflow::graph::{Place, StepId};
use leptos::prelude::*;

/// A way out as the list shows it.
#[derive(Clone, PartialEq)]
struct Way {
    exit: Exit,
    name: String,
    /// The step that follows.
    next: Option<(StepId, String)>,
    advice: Option<String>,
}

pub fn ways(screen: Screen, id: StepId) -> AnyView {
    let ways = Memo::new(move |_| {
        screen.graph.with(|graph| {
            let Some(step) = graph.steps.get(&id) else { return Vec::new() };
            let way = |exit: Exit| {
                let next =
                    step.exits.get(&exit).and_then(|next| Some((*next, graph.steps.get(next)?.name.clone())));
                let field = exit.to_string();
                let advice = screen.advice.with(|advice| {
                    let own = advice.iter().find(|flaw| flaw.at == At::Step(id) && flaw.field == field);
                    own.map(words::flaw)
                });
                Way { exit, name: words::exit_name(&step.kind, exit), next, advice }
            };
            step.kind.exits().into_iter().map(way).collect::<Vec<_>>()
        })
    });
    let lines = move || {
        let lines = ways.get().into_iter().map(|way| {
            let place = Place::After(id, way.exit);
            let next = match way.next {
                Some((next, name)) => view! {
                    <button class="link" type="button" dir="auto" on:click=move |_| screen.show(At::Step(next))>{name}</button>
                }
                .into_any(),
                None => view! {
                    <span class="ends">{words::ends_here()}</span>
                    <button
                        class="button"
                        type="button"
                        data-icon=""
                        aria-label=words::add_on(&way.name)
                        title=words::add_on(&way.name)
                        disabled=move || screen.locked.get()
                        on:click=move |_| screen.open(Spot::End(place))
                    >
                        <Icon name="plus" />
                    </button>
                }
                .into_any(),
            };
            view! {
                <li>
                    <span dir="auto">{way.name}</span>
                    <span class="next">{next}</span>
                    {way.advice.map(|words| view! { <small>{words}</small> })}
                </li>
            }
        });
        lines.collect_view()
    };
    view! {
        <section class="ways" aria-label=words::then()>
            <h3>{words::then()}</h3>
            <ul>{lines}</ul>
        </section>
    }
    .into_any()
}
