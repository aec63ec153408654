//! JSON between screens and server functions. Serde writes it; what browsers read goes through their one reader
//! ([`domain::wire`]). With leptos' own codec their module would hold a second reader for each type.

use bytes::Bytes;
use domain::wire::{self, Unreadable};
use leptos::server_fn::codec::Post;
use leptos::server_fn::{ContentType, Decodes, Encodes, Format, FormatType};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// How a server function is asked and answers: `#[server(prefix = "/rpc", …, input = Json, output = Json)]`.
pub type Json = Post<Encoding>;

/// JSON in the body of a request or an answer.
#[derive(Debug)]
pub struct Encoding;

impl ContentType for Encoding {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for Encoding {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for Encoding {
    type Error = serde_json::Error;

    fn encode(value: &T) -> Result<Bytes, Self::Error> {
        serde_json::to_vec(value).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for Encoding {
    type Error = Unreadable;

    fn decode(json: Bytes) -> Result<T, Self::Error> {
        wire::read(&json)
    }
}
