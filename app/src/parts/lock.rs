use super::{Apps, Icon};
use crate::text;
use domain::conversation::control::OwnerKind;
use domain::view::ControlView;
use leptos::prelude::*;

/// The lock on a thread another app holds; nothing on the others (CR-20).
#[component]
pub fn Lock(#[prop(into)] control: Signal<ControlView>) -> impl IntoView {
    let apps = Apps::of_page();
    move || {
        let control = control.get();
        let held = matches!(control.owner, OwnerKind::Bot | OwnerKind::PageInbox);
        held.then(|| {
            let name = text::controlled_by(&control);
            view! {
                <span class="lock" data-control=control.owner.as_str() data-colour=apps.colour(control.app_id.as_ref()) title=name.clone()>
                    <Icon name="lock-solid" size=14 solid=true label=name.clone() />
                </span>
            }
        })
    }
}
