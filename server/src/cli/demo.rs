//! `baton demo`: a shoe shop with a sales bot, a team and customers, all on this machine.

mod cast;
mod story;

use super::serve::{listen, log, stop_signal};
use super::{Failed, Place, open};
use crate::config::Sources;
use crate::desk::contacts::services;
use crate::desk::set_up::{self, NewPage};
use crate::node::Node;
use crate::serve::Server;
use app::api::{ConnectionChange, ConnectionKind};
use domain::Psid;
use domain::person::{Actor, Person, Role};
use messenger::simulator::{MODEL, MODEL_KEY, Setup, Simulator};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

/// The password of everybody in the demo.
const PASSWORD: &str = "baton-demo";

/// Sets the stage if it is empty, prints where to go, and plays until it is told to stop.
pub async fn run(
    sources: Sources,
    place: Place,
    simulator_address: SocketAddr,
    seed: u64,
    conversations: usize,
) -> Result<(), Failed> {
    let listener = listen(place.listen.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 3000)))).await?;
    let simulator_listener = listen(simulator_address).await?;
    let (address, simulated) = (listener.local_addr()?, simulator_listener.local_addr()?);
    let folder = Folder::for_demo(place.data)?;
    let sources = sources
        .with("BATON_LOG", Some("warn"))
        .with("BATON_LISTEN", Some(address))
        .with("BATON_PUBLIC_URL", Some(format!("http://{address}")))
        .with("BATON_DATA", Some(folder.path.display()))
        .with("BATON_DATABASE_URL", Some(format!("sqlite:{}", folder.path.join("baton.sqlite").display())))
        // The double of a language model; nothing else on this machine is asked.
        .with("BATON_OUTBOUND_ALLOW", Some(simulated))
        .with("BATON_GRAPH_URL", Some(format!("http://{simulated}/v25.0")));
    log(&sources)?;
    let node = open(sources.config()?).await?;
    let webhook = format!("http://{address}/webhooks/messenger/{}", cast::APP);
    let setup = cast::with_customers(Setup { seed, ..Setup::sample(&webhook).with_outlet() }, conversations);
    let customers: Vec<Psid> =
        setup.customers.iter().take(conversations).map(|one| one.psid.clone()).collect();
    let simulator = Simulator::new(setup);
    let is_new = !set_up::has_owner(&node).await?;
    let team = if is_new { hire(&node).await? } else { Vec::new() };
    let playing = simulator.clone();
    let stage = tokio::spawn(async move { playing.serve(simulator_listener).await });
    let server = Server::start(node.clone(), listener)?;
    if is_new {
        let picture = format!("http://{simulated}/parcel.png");
        connect_model(&node, &team, &format!("http://{simulated}")).await?;
        story::play(&node, &simulator, &team, &customers, &picture).await;
    }
    println!("Inbox:      http://{address}");
    println!("Simulator:  http://{simulated}");
    println!("Sign in with one of these, password {PASSWORD}:");
    for (name, email, role) in cast::TEAM {
        println!("  {email}  {PASSWORD}  ({}, {name})", role.as_str());
    }
    println!("Ready.");
    stop_signal().await?;
    stage.abort();
    server.stop().await;
    Ok(())
}

async fn hire(node: &Arc<Node>) -> Result<Vec<Person>, Failed> {
    let mut team = Vec::new();
    for (name, email, role) in cast::TEAM {
        let person = match role {
            Role::Owner => set_up::first_owner(node, "Shoe Shop", name, email, PASSWORD.into()).await?,
            role => set_up::add_person(node, name, email, role, PASSWORD.into()).await?,
        };
        team.push(person);
    }
    let page = NewPage {
        page: cast::PAGE.into(),
        name: "Shoe Shop".into(),
        app: cast::APP.into(),
        app_secret: cast::APP_SECRET.into(),
        verify_token: cast::VERIFY_TOKEN.into(),
        access_token: cast::ACCESS_TOKEN.into(),
    };
    set_up::add_page(node, page).await?;
    set_up::name_app(node, cast::BOT, "SalesBot").await?;
    set_up::add_team(node, "Returns", &[team[1].id, team[2].id]).await?;
    Ok(team)
}

/// Connects the simulator's language model, so that AI Agent steps can be tried.
async fn connect_model(node: &Arc<Node>, team: &[Person], address: &str) -> Result<(), Failed> {
    let change = ConnectionChange {
        name: "Simulated model".into(),
        kind: ConnectionKind::Ai,
        address: address.into(),
        model: MODEL.into(),
        secret: Some(MODEL_KEY.into()),
    };
    let owner = Actor::Person(team[0].clone());
    Ok(services::put(node, &owner, change).await?)
}

/// The demo's data: kept where the caller says, else gone at the end.
struct Folder {
    path: PathBuf,
    scratch: bool,
}

impl Folder {
    fn for_demo(kept: Option<PathBuf>) -> Result<Self, Failed> {
        match kept {
            Some(path) => Ok(Self { path, scratch: false }),
            None => {
                let path = std::env::temp_dir().join(format!("baton-demo-{}", std::process::id()));
                std::fs::create_dir_all(&path)?;
                Ok(Self { path, scratch: true })
            }
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.scratch {
            // What stays behind is in the machine's scratch folder.
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}
