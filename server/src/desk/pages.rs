//! Connecting pages, and how each is doing.

mod apps;
pub mod checkup;
mod connect;
pub mod fill;
pub mod login;
pub mod quiet;
mod self_test;
mod shown;
mod waiting;

pub use shown::channel;

use super::intention::Intention;
use super::{Desk, Refusal, allow};
use crate::node::{NoCredentials, Node};
use crate::work::pages::{FIRST, TASKS};
use ::app::api::Failure;
use ::app::api::pages::{
    CheckedValues, ChosenPage, LoginView, NewApp, PageDetail, PageValues, PagesOverview, SavedApp,
    SelfTestView,
};
use domain::page::{AppCheck, Checkup, Health, Page};
use domain::person::{Act, Actor};
use domain::view::Named;
use domain::{AppId, ConversationId, MessageId, PageId};
use messenger::Credentials;
use store::{outbox, page_tasks, pages};
use uuid::Uuid;

#[async_trait::async_trait]
impl ::app::api::PagesDesk for Desk {
    async fn managers(&self, actor: &Actor) -> Result<Vec<String>, Failure> {
        allow(actor, Act::Look)?;
        Ok(shown::managers(&self.node).await?)
    }

    async fn pages(&self, actor: &Actor) -> Result<PagesOverview, Failure> {
        allow(actor, Act::Configure)?;
        Ok(shown::overview(&self.node).await?)
    }

    async fn page(&self, actor: &Actor, id: PageId) -> Result<PageDetail, Failure> {
        allow(actor, Act::Configure)?;
        Ok(shown::page(&self.node, &id).await?)
    }

    async fn save_app(&self, actor: &Actor, new: NewApp) -> Result<SavedApp, Failure> {
        allow(actor, Act::Configure)?;
        Ok(apps::save(&self.node, actor, new).await?)
    }

    async fn check_app(&self, actor: &Actor, app: AppId) -> Result<AppCheck, Failure> {
        allow(actor, Act::Configure)?;
        Ok(apps::check(&self.node, &app).await?)
    }

    async fn check_values(&self, actor: &Actor, values: PageValues) -> Result<CheckedValues, Failure> {
        allow(actor, Act::Configure)?;
        Ok(connect::check(&self.node, &values).await?)
    }

    async fn connect_page(&self, actor: &Actor, values: PageValues) -> Result<CheckedValues, Failure> {
        allow(actor, Act::Configure)?;
        Ok(connect::connect(&self.node, actor, &values).await?)
    }

    async fn check_page(&self, actor: &Actor, id: PageId) -> Result<Checkup, Failure> {
        allow(actor, Act::Configure)?;
        Ok(checkup::by_hand(&self.node, &id).await?)
    }

    async fn subscribe_page(&self, actor: &Actor, id: PageId) -> Result<Checkup, Failure> {
        allow(actor, Act::Configure)?;
        Ok(checkup::subscribe(&self.node, &id).await?)
    }

    async fn settle_warning(&self, actor: &Actor, id: PageId) -> Result<(), Failure> {
        allow(actor, Act::Configure)?;
        Ok(checkup::forget_warning(&self.node, actor, &id).await?)
    }

    async fn pause_page(&self, actor: &Actor, id: PageId) -> Result<(), Failure> {
        allow(actor, Act::Configure)?;
        let by = actor.name().to_owned();
        let decide = |health: &Health, since| match health {
            Health::Connected => Ok(Health::Paused { since, by }),
            Health::Paused { .. } => Ok(health.clone()),
            Health::Disconnected { .. } | Health::Removed { .. } => Err(not_connected()),
        };
        Ok(checkup::put_health(&self.node, &id, decide, actor, "page.paused").await?)
    }

    async fn resume_page(&self, actor: &Actor, id: PageId) -> Result<(), Failure> {
        allow(actor, Act::Configure)?;
        let decide = |health: &Health, _| match health {
            Health::Connected | Health::Paused { .. } => Ok(Health::Connected),
            Health::Disconnected { .. } | Health::Removed { .. } => Err(not_connected()),
        };
        Ok(checkup::put_health(&self.node, &id, decide, actor, "page.resumed").await?)
    }

    async fn disconnect_page(&self, actor: &Actor, id: PageId) -> Result<(), Failure> {
        allow(actor, Act::Configure)?;
        Ok(connect::disconnect(&self.node, actor, &id).await?)
    }

    async fn send_waiting(
        &self,
        actor: &Actor,
        id: PageId,
        message: Option<MessageId>,
    ) -> Result<u64, Failure> {
        allow(actor, Act::Configure)?;
        Ok(waiting::send(&self.node, actor, &id, message).await?)
    }

    async fn discard_waiting(&self, actor: &Actor, id: PageId, message: MessageId) -> Result<(), Failure> {
        allow(actor, Act::Configure)?;
        Ok(waiting::discard(&self.node, actor, &id, message).await?)
    }

    async fn fill_page(&self, actor: &Actor, id: PageId) -> Result<i64, Failure> {
        allow(actor, Act::Configure)?;
        Ok(fill::fill(&self.node, &id).await?)
    }

    async fn login(&self, actor: &Actor, login: Uuid) -> Result<LoginView, Failure> {
        allow(actor, Act::Configure)?;
        Ok(login::view(&self.node, actor, login).await?)
    }

    async fn choose_pages(
        &self,
        actor: &Actor,
        login: Uuid,
        pages: Vec<PageId>,
    ) -> Result<Vec<ChosenPage>, Failure> {
        allow(actor, Act::Configure)?;
        Ok(login::choose(&self.node, actor, login, &pages).await?)
    }

    async fn test_partners(&self, actor: &Actor, id: PageId) -> Result<Vec<Named<ConversationId>>, Failure> {
        allow(actor, Act::Configure)?;
        Ok(self_test::partners(&self.node, actor, id).await?)
    }

    async fn start_test(
        &self,
        actor: &Actor,
        id: PageId,
        conversation: ConversationId,
    ) -> Result<SelfTestView, Failure> {
        allow(actor, Act::Configure)?;
        Ok(self_test::start(&self.node, actor, &id, conversation).await?)
    }

    async fn self_test(&self, actor: &Actor, id: PageId) -> Result<Option<SelfTestView>, Failure> {
        allow(actor, Act::Configure)?;
        Ok(self_test::view(&self.node, &id).await?)
    }
}

fn not_connected() -> Refusal {
    Refusal::Invalid { message: "This page is not connected. Connect it again first.".into() }
}

/// What it takes to ask Meta about a page.
async fn credentials(node: &Node, id: &PageId) -> Result<Credentials, Refusal> {
    let mut tx = node.db.snapshot().await?;
    let record = pages::find(&mut tx, id).await?.ok_or(Refusal::Gone)?;
    if record.page.health.is_removed() {
        return Err(not_connected());
    }
    match node.credentials(&mut tx, &record).await {
        Ok(credentials) => Ok(credentials),
        Err(NoCredentials::Store(error)) => Err(error.into()),
        Err(error) => Err(Refusal::ByMeta { message: error.to_string() }),
    }
}

/// Stores a page with its sealed token, or connects it again: its history stays, and what waited while it was lost is
/// kept back until somebody consents.
pub async fn keep(intention: &mut Intention, page: Page, sealed_token: &str) -> store::Result<()> {
    let now = intention.now();
    let before = pages::find(intention.tx(), &page.id).await?;
    pages::put(intention.tx(), &page, sealed_token, now).await?;
    match before.map(|before| before.page.health) {
        Some(Health::Disconnected { .. } | Health::Removed { .. }) => {
            outbox::hold(intention.tx(), &page.id, now).await?;
        }
        Some(Health::Connected | Health::Paused { .. }) => {}
        None => pages::set_filled(intention.tx(), &page.id, now).await?,
    }
    for task in TASKS {
        page_tasks::set(intention.tx(), &page.id, task.as_str(), now + FIRST).await?;
    }
    intention.page_changed(&page.id).await
}
