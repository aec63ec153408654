//! Data that comes with a page, so that the browser need not ask for what the server has just drawn.

use domain::wire::{self, Unreadable};
use leptos::prelude::Resource;
use leptos::server::codee::{Decoder, Encoder};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Fetches once: on the server while it draws the page, which then carries the data; in the browser only on pages it
/// draws itself.
pub fn delivered<Data, Fetching>(fetch: impl Fn() -> Fetching + Send + Sync + 'static) -> Resource<Data, Json>
where
    Data: Serialize + DeserializeOwned + Send + Sync + 'static,
    Fetching: Future<Output = Data> + Send + 'static,
{
    Resource::new_with_options(|| (), move |()| fetch(), true)
}

/// JSON, read as the answers of server functions are.
#[derive(Debug)]
pub struct Json;

impl<T: Serialize> Encoder<T> for Json {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, Self::Error> {
        serde_json::to_string(value)
    }
}

impl<T: DeserializeOwned> Decoder<T> for Json {
    type Error = Unreadable;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, Self::Error> {
        wire::read(text.as_bytes())
    }
}
