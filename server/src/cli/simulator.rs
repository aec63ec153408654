//! `baton simulator`

use super::Failed;
use super::serve::{listen, stop_signal};
use messenger::simulator::{Setup, Simulator};
use std::net::SocketAddr;

/// Runs the simulated Messenger until it is told to stop.
pub async fn run(address: SocketAddr, webhook: &str, seed: u64) -> Result<(), Failed> {
    let listener = listen(address).await?;
    let address = listener.local_addr()?;
    let webhook = format!("{}/webhooks/messenger/845120937761204", webhook.trim_end_matches('/'));
    let simulator = Simulator::new(Setup { seed, ..Setup::sample(&webhook).with_outlet() });
    println!("Simulator:  http://{address}");
    println!("Graph API:  BATON_GRAPH_URL=http://{address}/v25.0");
    println!("Webhooks:   {webhook}");
    tokio::select! {
        () = simulator.serve(listener) => Ok(()),
        stopped = stop_signal() => stopped,
    }
}
