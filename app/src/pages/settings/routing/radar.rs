//! How the bots of the page behaved.

use super::Screen;
use crate::parts::{Shape, When};
use crate::text;
use domain::routing::radar::{Blip, Example, Measure};
use leptos::prelude::*;

/// The measurements of the newest run.
#[component]
pub fn RadarView(screen: Screen) -> impl IntoView {
    let measures = Memo::new(move |_| {
        screen.shown.with(|shown| shown.latest.as_ref().map(|run| run.report.measures.clone()))
    });
    move || {
        measures.get().map(|measures| {
            view! {
                <section aria-labelledby="radar">
                    <h2 id="radar">{text::radar()}</h2>
                    <p class="lead">{text::radar_lead()}</p>
                    <ul class="blips">
                        {measures.into_iter().map(|measure| view! { <Line measure=measure /> }).collect_view()}
                    </ul>
                </section>
            }
        })
    }
}

#[component]
fn Line(measure: Measure) -> impl IntoView {
    let blip = measure.blip;
    let number = text::measured(&measure);
    let examples = measure.examples.into_iter().map(|example| view! { <Place blip=blip example=example /> });
    view! {
        <li data-blip=blip.as_str() data-count=measure.count.to_string()>
            <span>{text::blip(blip)}</span>
            <b>{number}</b>
            {(measure.count > 0).then(|| view! { <ul>{examples.collect_view()}</ul> })}
        </li>
    }
}

#[component]
fn Place(blip: Blip, example: Example) -> impl IntoView {
    let address = format!("/inbox/all/{}", example.conversation);
    view! {
        <li>
            <a class="link" href=address dir="auto">{example.customer.clone()}</a>
            <When at=example.at shape=Shape::Moment />
            {text::example(blip, &example).map(|more| view! { <span>{more}</span> })}
        </li>
    }
}
