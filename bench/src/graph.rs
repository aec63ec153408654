//! A Graph API that knows one thing: everybody is called Maya. New customers' names are asked for before a measurement.

use anyhow::Result;
use axum::Router;
use axum::routing::any;
use std::net::SocketAddr;

/// Answers in the background for as long as this program runs.
///
/// # Errors
/// When there is no port.
pub fn start() -> Result<SocketAddr> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    std::thread::spawn(move || {
        runtime.block_on(async {
            let maya = || async { r#"{"first_name":"Maya","last_name":"Lindqvist","id":"1"}"# };
            let listener = tokio::net::TcpListener::from_std(listener)?;
            axum::serve(listener, Router::new().fallback(any(maya))).await
        })
    });
    Ok(address)
}
