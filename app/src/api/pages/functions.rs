//! The server functions of pages.

use super::{
    CheckedValues, ChosenPage, LoginView, NewApp, PageDetail, PageValues, PagesOverview, SavedApp,
    SelfTestView,
};
use crate::api::Failure;
use crate::api::codec::Json;
#[cfg(feature = "ssr")]
use crate::api::{answer, caller};
use domain::page::{AppCheck, Checkup};
use domain::view::Named;
use domain::{AppId, ConversationId, MessageId, PageId};
use leptos::prelude::*;
use uuid::Uuid;

/// Whom to ask about a page.
#[server(prefix = "/rpc", endpoint = "managers", input = Json, output = Json)]
pub async fn managers() -> Result<Vec<String>, Failure> {
    let caller = caller()?;
    answer(caller.desk.managers(&caller.actor).await)
}

/// All pages.
#[server(prefix = "/rpc", endpoint = "pages", input = Json, output = Json)]
pub async fn load_pages() -> Result<PagesOverview, Failure> {
    let caller = caller()?;
    answer(caller.desk.pages(&caller.actor).await)
}

/// One page.
#[server(prefix = "/rpc", endpoint = "page", input = Json, output = Json)]
pub async fn load_page(id: PageId) -> Result<PageDetail, Failure> {
    let caller = caller()?;
    answer(caller.desk.page(&caller.actor, id).await)
}

/// Stores a Meta app.
#[server(prefix = "/rpc", endpoint = "save-app", input = Json, output = Json)]
pub async fn save_app(new: NewApp) -> Result<SavedApp, Failure> {
    let caller = caller()?;
    answer(caller.desk.save_app(&caller.actor, new).await)
}

/// Asks Meta about a stored app.
#[server(prefix = "/rpc", endpoint = "check-app", input = Json, output = Json)]
pub async fn check_app(app: AppId) -> Result<AppCheck, Failure> {
    let caller = caller()?;
    answer(caller.desk.check_app(&caller.actor, app).await)
}

/// Asks Meta about values that are not stored.
#[server(prefix = "/rpc", endpoint = "check-values", input = Json, output = Json)]
pub async fn check_values(values: PageValues) -> Result<CheckedValues, Failure> {
    let caller = caller()?;
    answer(caller.desk.check_values(&caller.actor, values).await)
}

/// Connects a page by hand.
#[server(prefix = "/rpc", endpoint = "connect-page", input = Json, output = Json)]
pub async fn connect_page(values: PageValues) -> Result<CheckedValues, Failure> {
    let caller = caller()?;
    answer(caller.desk.connect_page(&caller.actor, values).await)
}

/// Asks Meta about a page.
#[server(prefix = "/rpc", endpoint = "check-page", input = Json, output = Json)]
pub async fn check_page(id: PageId) -> Result<Checkup, Failure> {
    let caller = caller()?;
    answer(caller.desk.check_page(&caller.actor, id).await)
}

/// Subscribes a page.
#[server(prefix = "/rpc", endpoint = "subscribe-page", input = Json, output = Json)]
pub async fn subscribe_page(id: PageId) -> Result<Checkup, Failure> {
    let caller = caller()?;
    answer(caller.desk.subscribe_page(&caller.actor, id).await)
}

/// Notes that somebody has dealt with Meta's warning.
#[server(prefix = "/rpc", endpoint = "settle-page-warning", input = Json)]
pub async fn settle_warning(id: PageId) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.settle_warning(&caller.actor, id).await)
}

/// Holds back what is written on a page.
#[server(prefix = "/rpc", endpoint = "pause-page", input = Json, output = Json)]
pub async fn pause_page(id: PageId) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.pause_page(&caller.actor, id).await)
}

/// Lets a page send again.
#[server(prefix = "/rpc", endpoint = "resume-page", input = Json, output = Json)]
pub async fn resume_page(id: PageId) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.resume_page(&caller.actor, id).await)
}

/// Ends the connection to a page.
#[server(prefix = "/rpc", endpoint = "disconnect-page", input = Json, output = Json)]
pub async fn disconnect_page(id: PageId) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.disconnect_page(&caller.actor, id).await)
}

/// Lets a message leave that was kept back, or all of them.
#[server(prefix = "/rpc", endpoint = "send-waiting", input = Json, output = Json)]
pub async fn send_waiting(id: PageId, message: Option<MessageId>) -> Result<u64, Failure> {
    let caller = caller()?;
    answer(caller.desk.send_waiting(&caller.actor, id, message).await)
}

/// Never sends a message that was kept back.
#[server(prefix = "/rpc", endpoint = "discard-waiting", input = Json, output = Json)]
pub async fn discard_waiting(id: PageId, message: MessageId) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.discard_waiting(&caller.actor, id, message).await)
}

/// Looks for messages that webhooks did not bring.
#[server(prefix = "/rpc", endpoint = "fill-page", input = Json, output = Json)]
pub async fn fill_page(id: PageId) -> Result<i64, Failure> {
    let caller = caller()?;
    answer(caller.desk.fill_page(&caller.actor, id).await)
}

/// The pages of a sign-in with Facebook.
#[server(prefix = "/rpc", endpoint = "facebook-login", input = Json, output = Json)]
pub async fn load_login(login: Uuid) -> Result<LoginView, Failure> {
    let caller = caller()?;
    answer(caller.desk.login(&caller.actor, login).await)
}

/// Connects pages of a sign-in with Facebook.
#[server(prefix = "/rpc", endpoint = "choose-pages", input = Json, output = Json)]
pub async fn choose_pages(login: Uuid, pages: Vec<PageId>) -> Result<Vec<ChosenPage>, Failure> {
    let caller = caller()?;
    answer(caller.desk.choose_pages(&caller.actor, login, pages).await)
}

/// To whom a test can be sent.
#[server(prefix = "/rpc", endpoint = "test-partners", input = Json, output = Json)]
pub async fn test_partners(id: PageId) -> Result<Vec<Named<ConversationId>>, Failure> {
    let caller = caller()?;
    answer(caller.desk.test_partners(&caller.actor, id).await)
}

/// Sends a test message.
#[server(prefix = "/rpc", endpoint = "start-test", input = Json, output = Json)]
pub async fn start_test(id: PageId, conversation: ConversationId) -> Result<SelfTestView, Failure> {
    let caller = caller()?;
    answer(caller.desk.start_test(&caller.actor, id, conversation).await)
}

/// How far the test is.
#[server(prefix = "/rpc", endpoint = "self-test", input = Json, output = Json)]
pub async fn self_test(id: PageId) -> Result<Option<SelfTestView>, Failure> {
    let caller = caller()?;
    answer(caller.desk.self_test(&caller.actor, id).await)
}
