use super::Icon;
use crate::text;
use domain::conversation::control::OwnerKind;
use domain::view::ControlView;
use leptos::prelude::*;

/// The lock on a thread another app holds; nothing on the others (CR-20).
#[component]
pub fn Lock(#[prop(into)] control: Signal<ControlView>) -> impl IntoView {
    move || {
        let control = control.get();
        let held = matches!(control.owner, OwnerKind::Bot | OwnerKind::PageInbox);
        held.then(|| {
            let name = text::controlled_by(&control);
            view! {
                <span class="lock" data-control=control.owner.as_str() title=name.clone()>
                    <Icon name="lock-solid" size=14 solid=true label=name.clone() />
                </span>
            }
        })
    }
}
