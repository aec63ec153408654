//! The settings of each kind of step.

mod acts;
mod calls;
mod leading;
mod talking;

pub use acts::{tag_action, tag_word};
pub use calls::mappings;

use super::fields::flaws_of;
use crate::pages::workflows::builder::screen::Screen;
use domain::workflow::check::At;
use domain::workflow::graph::StepId;
use domain::workflow::step::StepKind;
use domain::workflow::steps::control::ThreadControl;
use leptos::prelude::*;

/// The settings of a step, whatever kind it is now.
pub fn body(screen: Screen, id: StepId) -> AnyView {
    let kind = screen.graph.with_untracked(|graph| graph.steps.get(&id).map(|step| step.kind.clone()));
    let Some(kind) = kind else { return ().into_any() };
    match kind {
        StepKind::SendMessage(step) => talking::send(screen, id, step),
        StepKind::AskQuestion(step) => talking::ask(screen, id, step),
        StepKind::WaitForResponse(step) => talking::wait_for_response(screen, id, step),
        StepKind::AiAgent(step) => talking::agent(screen, id, step),
        StepKind::AssignTo(step) => acts::assign(screen, id, step),
        StepKind::UpdateContactTag(step) => acts::tag(screen, id, step),
        StepKind::UpdateContactField(step) => acts::field(screen, id, step),
        StepKind::OpenConversation(_) => acts::explained(crate::text::builder::opens()),
        StepKind::CloseConversation(step) => acts::close(screen, id, step),
        StepKind::AddComment(step) => acts::comment(screen, id, step),
        StepKind::ThreadControl(step @ (ThreadControl::Give { .. } | ThreadControl::GetOwner { .. })) => {
            acts::control(screen, id, step)
        }
        StepKind::ThreadControl(ThreadControl::SendToInbox {}) => {
            acts::explained(crate::text::builder::sends_to_inbox())
        }
        StepKind::ThreadControl(ThreadControl::Take {}) => acts::explained(crate::text::builder::takes()),
        StepKind::Branch(step) => leading::branch(screen, id, step),
        StepKind::JumpTo(step) => leading::jump(screen, id, step),
        StepKind::Wait(step) => leading::wait(screen, id, step),
        StepKind::DateTime(step) => leading::date_time(screen, id, step),
        StepKind::TriggerWorkflow(step) => leading::start(screen, id, step),
        StepKind::HttpRequest(step) => calls::http(screen, id, step),
        StepKind::AddSheetRow(step) => calls::sheet(screen, id, step),
    }
}

/// The way to where connections are made, while the step names none that is there.
fn to_connections(screen: Screen, id: StepId, field: &'static str) -> AnyView {
    let flaws = flaws_of(screen, At::Step(id), field);
    view! {
        <Show when=move || flaws.with(|flaws| !flaws.is_empty())>
            <a class="link to-connections" href="/settings/connections">{crate::text::connections::to_connections()}</a>
        </Show>
    }
    .into_any()
}

/// The form of a step of one kind.
macro_rules! form {
    ($screen:expr, $id:expr, $step:expr, $kind:ident) => {
        crate::pages::workflows::builder::drawer::form::of_step(
            $screen,
            $id,
            $step,
            |kind| match kind {
                domain::workflow::step::StepKind::$kind(step) => Some(step),
                _ => None,
            },
            domain::workflow::step::StepKind::$kind,
        )
    };
}
use form;

/// An empty text is nothing.
pub fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// The names of the contact fields, by key.
pub fn contact_fields(screen: Screen) -> Vec<(String, String)> {
    screen.around.with_value(|around| {
        around.fields.iter().map(|field| (field.key.to_string(), field.name.clone())).collect()
    })
}

/// A list to choose from, by id.
fn named<K: ToString>(all: &[(K, String)]) -> Vec<(String, String)> {
    all.iter().map(|(id, name)| (id.to_string(), name.clone())).collect()
}
