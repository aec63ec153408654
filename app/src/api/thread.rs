//! What a thread shows besides its messages: files, markers, who else is looking.

use super::Failure;
#[cfg(feature = "ssr")]
use super::{answer, caller};
use domain::MediaId;
#[cfg(feature = "ssr")]
use domain::person::Actor;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

/// The desk's side of it.
#[cfg(feature = "ssr")]
#[async_trait::async_trait]
pub trait ThreadDesk: Send + Sync + 'static {
    /// Has a file that was given up fetched once more.
    async fn fetch_again(&self, actor: &Actor, media: MediaId) -> Result<(), Failure>;
}

/// Has a file that was given up fetched once more.
#[server(prefix = "/rpc", endpoint = "fetch-again", input = Json)]
pub async fn fetch_again(media: MediaId) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.fetch_again(&caller.actor, media).await)
}
