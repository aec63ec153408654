//! The line over the inbox while a page cannot send: what is the matter, and who can put it right.

use super::screen::Screen;
use crate::api::pages::managers;
use crate::parts::Icon;
use crate::text;
use domain::page::Health;
use domain::person::Act;
use domain::view::PageView;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// One line for each page that does not send.
#[component]
pub fn PageNotices(screen: Screen) -> impl IntoView {
    let lost = Memo::new(move |_| {
        let all = screen.inbox.with(|inbox| inbox.pages.clone());
        all.into_iter()
            .filter(|page| matches!(page.health, Health::Disconnected { .. } | Health::Paused { .. }))
            .collect::<Vec<PageView>>()
    });
    let can_fix = screen.me.with_value(|me| me.person.may(Act::Configure));
    let whom = RwSignal::new(Vec::new());
    // Whom to ask is asked only once somebody has to be asked.
    Effect::new(move |asked: Option<bool>| {
        let asked = asked.unwrap_or(false);
        let needed = !can_fix && !lost.with(Vec::is_empty);
        if needed && !asked {
            spawn_local(async move {
                if let Ok(names) = managers().await {
                    whom.try_set(names);
                }
            });
        }
        asked || needed
    });
    move || {
        lost.get()
            .into_iter()
            .map(|page| view! { <Notice page=page can_fix=can_fix whom=whom /> })
            .collect_view()
    }
}

#[component]
fn Notice(page: PageView, can_fix: bool, whom: RwSignal<Vec<String>>) -> impl IntoView {
    let paused = matches!(page.health, Health::Paused { .. });
    let remedy = can_fix.then(|| {
        let (words, address) = if paused {
            (text::pages::RESUME_SENDING, format!("/settings/pages/{}", page.id))
        } else {
            (text::pages::RECONNECT, format!("/settings/pages/connect?page={}", page.id))
        };
        view! { <a class="link" rel="external" href=address>{words}</a> }
    });
    let (name, health) = (page.name.clone(), page.health.clone());
    let words = move || whom.with(|whom| text::pages::page_notice(&name, &health, can_fix, whom));
    view! {
        <p class="banner" data-tone=(!paused).then_some("danger") data-page=page.id.0.clone() role="status">
            <Icon name=if paused { "hourglass" } else { "circle-alert" } />
            <span>{words}</span>
            {remedy}
        </p>
    }
}
