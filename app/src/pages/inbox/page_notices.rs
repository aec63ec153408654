//! The line over the inbox while a page cannot send, or needs a manager: what is the matter, and who can put it right.

use super::screen::Screen;
use crate::api::pages::managers;
use crate::parts::Icon;
use crate::text;
use domain::page::Health;
use domain::person::Act;
use domain::view::PageView;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// One line for each page that does not send, and for managers for each with something to put right.
#[component]
pub fn PageNotices(screen: Screen) -> impl IntoView {
    let can_fix = screen.me.with_value(|me| me.person.may(Act::Configure));
    let lost = Memo::new(move |_| {
        let all = screen.inbox.with(|inbox| inbox.pages.clone());
        let is_told = |page: &PageView| match page.health {
            Health::Disconnected { .. } | Health::Paused { .. } => true,
            Health::Connected => can_fix && !page.alarms.is_empty(),
            Health::Removed { .. } => false,
        };
        all.into_iter().filter(is_told).collect::<Vec<PageView>>()
    });
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
    let lost = matches!(page.health, Health::Disconnected { .. });
    let icon = match page.health {
        Health::Paused { .. } => "hourglass",
        Health::Connected => "triangle-alert",
        Health::Disconnected { .. } | Health::Removed { .. } => "circle-alert",
    };
    let remedy = can_fix.then(|| {
        let (words, address) = match page.health {
            Health::Paused { .. } => (text::pages::resume_sending(), format!("/settings/pages/{}", page.id)),
            Health::Connected => (text::pages::put_right(), format!("/settings/pages/{}", page.id)),
            Health::Disconnected { .. } | Health::Removed { .. } => {
                (text::pages::reconnect(), format!("/settings/pages/connect?page={}", page.id))
            }
        };
        view! { <a class="link" rel="external" href=address>{words}</a> }
    });
    let id = page.id.0.clone();
    let words = move || whom.with(|whom| text::pages::page_notice(&page, can_fix, whom));
    view! {
        <p class="banner" data-tone=lost.then_some("danger") data-page=id role="status">
            <Icon name=icon />
            <span>{words}</span>
            {remedy}
        </p>
    }
}
