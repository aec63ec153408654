//! `baton serve`

use super::{Failed, open};
use crate::config::Sources;
use crate::serve::Server;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// Runs until it is told to stop.
pub async fn run(sources: Sources) -> Result<(), Failed> {
    log(&sources)?;
    let config = sources.config()?;
    let listener = listen(config.listen).await?;
    let public = config.public_url.clone();
    let server = Server::start(open(config).await?, listener)?;
    tracing::info!(address = %server.address, %public, "ready");
    stop_signal().await?;
    tracing::info!("stopping: requests finish, sockets close, workers end");
    server.stop().await;
    Ok(())
}

/// Binds, or says what is in the way.
pub async fn listen(address: std::net::SocketAddr) -> Result<TcpListener, Failed> {
    TcpListener::bind(address).await.map_err(|error| {
        Failed::Work(format!("cannot listen on {address}: {error}; choose another address with --listen"))
    })
}

/// Resolves on Ctrl-C or when the machine asks.
pub async fn stop_signal() -> Result<(), Failed> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        done = tokio::signal::ctrl_c() => Ok(done?),
        _ = terminate.recv() => Ok(()),
    }
}

/// Logs to standard error, with no secret and no customer's words in it.
pub fn log(sources: &Sources) -> Result<(), Failed> {
    let (level, json) = sources.log();
    let filter = EnvFilter::try_new(&level)
        .map_err(|error| Failed::Input(format!("BATON_LOG: “{level}” is not a filter: {error}")))?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // Only the first of several servers in one process sets the log.
    let _ = if json { builder.json().try_init() } else { builder.try_init() };
    Ok(())
}
