//! Workflows: what managers build, the runs it leads to, and what happens in them.
//!
//! [`follow`] is where it comes together: each [`Intention`](super::intention::Intention) notes what occurred, and before
//! it commits, runs that wait are moved, exits end them, and triggers start new ones. To add a trigger, note its
//! [`Happening`](domain::workflow::happening::Happening) where it happens; to add an effect, an arm in `effects`.

mod backdrop;
pub mod build;
pub mod calls;
mod check;
pub mod due;
pub mod effects;
pub mod eject;
mod engine;
pub mod ground;
mod hook;
mod list;
mod occurred;
mod panel;
mod rehearse;
mod report;
mod start;
mod test;
mod told;
mod transfer;
mod turns;
mod versions;
pub mod zones;

pub use backdrop::Backdrop;
pub use engine::{asks, follow};
pub use hook::{HookRefusal, call as call_hook};
pub use occurred::{Moved, Occurred, Occurrence};
pub use versions::Versions;

use super::{Desk, allow};
use app::api::workflows::{
    Builder, Checked, Draft, ImportReport, Naming, Publishing, Rehearsal, RunDetail, RunsOf, Saving,
    TemplateCard, TemplatePreview, TestSession, TestSettings, WorkflowFile, WorkflowReport, Workflows,
};
use app::api::{ConversationRuns, Failure, Stopping};
use domain::person::{Act, Actor};
use domain::view::Listing;
use domain::workflow::gallery;
use domain::workflow::graph::Graph;
use domain::workflow::settings::Settings;
use domain::workflow::value::Value;
use domain::workflow::view::{RunView, WorkflowRow};
use domain::{ConversationId, RunId, WorkflowId};
use std::collections::BTreeMap;

#[async_trait::async_trait]
impl app::api::workflows::WorkflowsDesk for Desk {
    async fn workflows(&self, actor: &Actor) -> Result<Workflows, Failure> {
        allow(actor, Act::Configure)?;
        Ok(list::all(&self.node).await?)
    }

    async fn create_workflow(&self, actor: &Actor, naming: Naming) -> Result<WorkflowRow, Failure> {
        allow(actor, Act::Configure)?;
        Ok(list::create(&self.node, actor, naming).await?)
    }

    async fn templates(&self, actor: &Actor) -> Result<Vec<TemplateCard>, Failure> {
        allow(actor, Act::Configure)?;
        Ok(gallery::all().iter().map(|template| TemplateCard::of(template, &(template.build)())).collect())
    }

    async fn template(&self, actor: &Actor, key: String) -> Result<TemplatePreview, Failure> {
        allow(actor, Act::Configure)?;
        Ok(list::template(&self.node, &key).await?)
    }

    async fn create_from_template(&self, actor: &Actor, key: String) -> Result<WorkflowRow, Failure> {
        allow(actor, Act::Configure)?;
        Ok(list::from_template(&self.node, actor, &key).await?)
    }

    async fn clone_workflow(&self, actor: &Actor, id: WorkflowId) -> Result<WorkflowRow, Failure> {
        allow(actor, Act::Configure)?;
        Ok(list::duplicate(&self.node, actor, id).await?)
    }

    async fn export_workflow(&self, actor: &Actor, id: WorkflowId) -> Result<WorkflowFile, Failure> {
        allow(actor, Act::Configure)?;
        Ok(transfer::export(&self.node, actor, id).await?)
    }

    async fn import_workflow(&self, actor: &Actor, file: String) -> Result<ImportReport, Failure> {
        allow(actor, Act::Configure)?;
        Ok(transfer::import(&self.node, actor, &file).await?)
    }

    async fn delete_workflow(&self, actor: &Actor, id: WorkflowId) -> Result<(), Failure> {
        allow(actor, Act::Configure)?;
        Ok(list::delete(&self.node, actor, id).await?)
    }

    async fn rename_workflow(
        &self,
        actor: &Actor,
        id: WorkflowId,
        naming: Naming,
    ) -> Result<WorkflowRow, Failure> {
        allow(actor, Act::Configure)?;
        Ok(list::rename(&self.node, actor, id, naming).await?)
    }

    async fn set_workflow_settings(
        &self,
        actor: &Actor,
        id: WorkflowId,
        settings: Settings,
    ) -> Result<WorkflowRow, Failure> {
        allow(actor, Act::Configure)?;
        Ok(list::set(&self.node, actor, id, settings).await?)
    }

    async fn workflow(&self, actor: &Actor, id: WorkflowId) -> Result<Builder, Failure> {
        allow(actor, Act::Configure)?;
        Ok(build::open(&self.node, actor, id).await?)
    }

    async fn keep_working_copy(&self, actor: &Actor, id: WorkflowId, draft: Draft) -> Result<(), Failure> {
        allow(actor, Act::Configure)?;
        Ok(build::keep_copy(&self.node, actor, id, draft).await?)
    }

    async fn drop_working_copy(&self, actor: &Actor, id: WorkflowId) -> Result<(), Failure> {
        allow(actor, Act::Configure)?;
        Ok(build::drop_copy(&self.node, actor, id).await?)
    }

    async fn save_workflow(&self, actor: &Actor, id: WorkflowId, draft: Draft) -> Result<Saving, Failure> {
        allow(actor, Act::Configure)?;
        Ok(build::save(&self.node, actor, id, draft).await?)
    }

    async fn check_workflow(&self, actor: &Actor, id: WorkflowId, graph: Graph) -> Result<Checked, Failure> {
        allow(actor, Act::Configure)?;
        Ok(check::check(&self.node, id, &graph).await?)
    }

    async fn publish_workflow(
        &self,
        actor: &Actor,
        id: WorkflowId,
        confirmed: bool,
    ) -> Result<Publishing, Failure> {
        allow(actor, Act::Configure)?;
        Ok(build::publish(&self.node, actor, id, confirmed).await?)
    }

    async fn stop_workflow(&self, actor: &Actor, id: WorkflowId) -> Result<WorkflowRow, Failure> {
        allow(actor, Act::Configure)?;
        Ok(eject::stop(&self.node, actor, id).await?)
    }

    async fn start_workflow_test(
        &self,
        actor: &Actor,
        id: WorkflowId,
        settings: TestSettings,
    ) -> Result<TestSession, Failure> {
        allow(actor, Act::Configure)?;
        Ok(test::begin(&self.node, actor, id, settings).await?)
    }

    async fn end_workflow_test(&self, actor: &Actor, id: WorkflowId) -> Result<(), Failure> {
        allow(actor, Act::Configure)?;
        Ok(test::end(&self.node, actor, id).await?)
    }

    async fn rehearse_workflow(
        &self,
        actor: &Actor,
        id: WorkflowId,
        graph: Graph,
    ) -> Result<Rehearsal, Failure> {
        allow(actor, Act::Configure)?;
        Ok(rehearse::rehearse(&self.node, id, &graph).await?)
    }

    async fn workflow_runs(
        &self,
        actor: &Actor,
        id: WorkflowId,
        which: RunsOf,
        cursor: Option<String>,
        limit: u32,
    ) -> Result<Listing<RunView>, Failure> {
        allow(actor, Act::Configure)?;
        Ok(report::runs(&self.node, id, which, cursor.as_deref(), limit).await?)
    }

    async fn run(&self, actor: &Actor, id: RunId) -> Result<RunDetail, Failure> {
        allow(actor, Act::Configure)?;
        Ok(report::run(&self.node, id).await?)
    }

    async fn workflow_report(
        &self,
        actor: &Actor,
        id: WorkflowId,
        version: Option<i64>,
    ) -> Result<WorkflowReport, Failure> {
        allow(actor, Act::Configure)?;
        Ok(report::report(&self.node, id, version).await?)
    }
}

#[async_trait::async_trait]
impl app::api::RunsDesk for Desk {
    async fn runs_of(
        &self,
        actor: &Actor,
        conversation: ConversationId,
    ) -> Result<ConversationRuns, Failure> {
        allow(actor, Act::SeeRuns)?;
        Ok(panel::of(&self.node, actor, conversation).await?)
    }

    async fn stop_run(
        &self,
        actor: &Actor,
        conversation: ConversationId,
        run: RunId,
    ) -> Result<Stopping, Failure> {
        allow(actor, Act::SeeRuns)?;
        allow(actor, Act::Converse)?;
        Ok(panel::stop(&self.node, actor, conversation, run).await?)
    }

    async fn start_shortcut(
        &self,
        actor: &Actor,
        conversation: ConversationId,
        workflow: WorkflowId,
        answers: BTreeMap<String, Value>,
    ) -> Result<RunView, Failure> {
        allow(actor, Act::SeeRuns)?;
        allow(actor, Act::Converse)?;
        Ok(panel::start(&self.node, actor, conversation, workflow, answers).await?)
    }
}
