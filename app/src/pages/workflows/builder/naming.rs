//! Name and description (WF-55), and the workflow's settings (WF-35).

use super::screen::Screen;
use crate::pages::workflows::list::{Rename, SettingsForm};
use crate::parts::Dialog;
use crate::text::workflows as words;
use leptos::prelude::*;

/// The dialogs about the workflow as a whole; each is drawn anew when it is opened.
#[component]
pub fn Naming(screen: Screen) -> impl IntoView {
    let put = Callback::new(move |workflow| screen.workflow.set(workflow));
    let row = move || screen.workflow.get_untracked();
    let (naming, setting) = (screen.naming, screen.setting);
    view! {
        <Dialog open=naming title=words::rename_title()>
            {move || naming.get().then(|| view! { <Rename open=naming row=row() put=put /> })}
        </Dialog>
        <Dialog open=setting title=words::settings_title()>
            {move || setting.get().then(|| view! { <SettingsForm open=setting row=row() put=put /> })}
        </Dialog>
    }
}
