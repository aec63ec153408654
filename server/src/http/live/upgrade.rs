//! From a request to a WebSocket on its bare connection.
//!
//! axum's own extractor hides the connection, and with it the way to hand the same bytes to many without waking each.

use crate::http::problem::Problem;
use crate::live::{OwnEnd, Wire};
use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use hyper_util::rt::TokioIo;
use hyper_util::server::conn::auto::upgrade::downcast;
use std::sync::Arc;
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::server::create_response_with_body;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

/// Answers with the switch of protocols, and runs the talk once it has happened.
pub fn answer<Running>(
    mut request: Request,
    config: WebSocketConfig,
    talk: impl FnOnce(Arc<Wire>, WebSocketStream<OwnEnd>) -> Running + Send + 'static,
) -> Response
where
    Running: Future<Output = ()> + Send,
{
    let answer = match create_response_with_body(&request, Body::empty) {
        Ok(answer) => answer,
        Err(error) => return Problem::invalid(format!("Only WebSockets here: {error}.")).into_response(),
    };
    let switched = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        // A browser that went away meanwhile comes back by itself.
        let Ok(upgraded) = switched.await else { return };
        let Ok(parts) = downcast::<TokioIo<TcpStream>>(upgraded) else {
            tracing::error!("a live socket did not come over the connection that the server listens on");
            return;
        };
        let wire = Wire::new(parts.io.into_inner());
        // What the request was read with is 16 KiB: copied out, so that an idle socket does not keep it.
        let early = parts.read_buf.to_vec();
        drop(parts.read_buf);
        let own = OwnEnd(wire.clone());
        let socket = WebSocketStream::from_partially_read(own, early, Role::Server, Some(config)).await;
        talk(wire, socket).await;
    });
    answer
}
