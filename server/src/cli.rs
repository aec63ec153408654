//! The command line. Exit codes: 0 done, 1 failed, 2 wrong usage.

mod data;
mod demo;
mod doctor;
mod people;
mod serve;
mod simulator;

use crate::clock::{Clock, SystemClock};
use crate::config::{Config, Sources, Unusable};
use crate::node::Node;
use clap::{Args, Parser, Subcommand};
use domain::person::{Role, Scope};
use messenger::Graph;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use store::Db;

/// The agent support inbox for Facebook Messenger.
#[derive(Parser)]
#[command(name = "baton", version, after_help = "Example: baton demo")]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    /// A TOML file with the same keys as the environment.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// Where a server listens and keeps its data.
#[derive(Args, Clone)]
pub struct Place {
    /// The address to listen on (`BATON_LISTEN`); port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    /// The folder for the database, media and the key (`BATON_DATA`).
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Run the server.
    #[command(after_help = "Example: BATON_PUBLIC_URL=https://inbox.example.com baton serve")]
    Serve {
        #[command(flatten)]
        place: Place,
    },
    /// Try the whole product without a Facebook app.
    #[command(after_help = "Example: baton demo --conversations 200 --data ./demo")]
    Demo {
        #[command(flatten)]
        place: Place,
        /// Where the simulated Messenger listens.
        #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:3001")]
        simulator_listen: SocketAddr,
        /// The same seed makes the same conversations.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// How many conversations there are at the start.
        #[arg(long, default_value_t = 14)]
        conversations: usize,
    },
    /// Run only the simulated Messenger, for any server to speak to.
    #[command(after_help = "Example: baton simulator --webhook http://127.0.0.1:3000")]
    Simulator {
        #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:3001")]
        listen: SocketAddr,
        /// The server that gets the webhooks.
        #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:3000")]
        webhook: String,
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// People who sign in.
    #[command(subcommand)]
    User(User),
    /// Facebook pages.
    #[command(subcommand)]
    Page(Page),
    /// API tokens.
    #[command(subcommand)]
    Token(Token),
    /// Check configuration, database and pages, and say how to fix each.
    #[command(after_help = "Example: baton doctor")]
    Doctor,
    /// Bring the database up to this version.
    #[command(after_help = "Example: baton migrate")]
    Migrate,
    /// Write a consistent copy of the database while the server runs.
    #[command(after_help = "Example: baton backup /backups/baton.sqlite")]
    Backup { file: PathBuf },
    /// Put a copy back. Stop the server first.
    #[command(after_help = "Example: baton restore /backups/baton.sqlite --force")]
    Restore {
        file: PathBuf,
        /// Replace a database that is there.
        #[arg(long)]
        force: bool,
    },
}

#[derive(Subcommand)]
enum User {
    /// Add somebody to the team.
    #[command(after_help = "Example: baton user add --email ann@example.com --name Ann --role owner")]
    Add {
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
        /// owner, manager or agent
        #[arg(long)]
        role: Role,
        /// Read the password from the first line of standard input. Without it the password is asked for; with an empty
        /// answer, or with no terminal to ask in, an invitation link is printed.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Give somebody a new password; they are signed out everywhere.
    #[command(after_help = "Example: baton user set-password --email ann@example.com")]
    SetPassword {
        #[arg(long)]
        email: String,
        /// Read the password from the first line of standard input instead of asking.
        #[arg(long)]
        password_stdin: bool,
    },
}

#[derive(Subcommand)]
enum Page {
    /// Connect a page. Secrets are asked for, or read as JSON; never given as arguments.
    #[command(
        after_help = "Example: baton page add --page-id 1020 --name 'Shoe Shop' --app-id 8451 --secrets-stdin <secrets.json\nwith {\"app_secret\":\"…\",\"verify_token\":\"…\",\"access_token\":\"…\"}"
    )]
    Add {
        #[arg(long)]
        page_id: String,
        #[arg(long)]
        name: String,
        #[arg(long)]
        app_id: String,
        /// Read app_secret, verify_token and access_token as JSON from standard input.
        #[arg(long)]
        secrets_stdin: bool,
    },
}

#[derive(Subcommand)]
enum Token {
    /// Make an API token. It is printed once.
    #[command(after_help = "Example: baton token add --name shop --scopes write")]
    Add {
        #[arg(long)]
        name: String,
        /// read, write (includes read) or admin (includes both)
        #[arg(long, value_delimiter = ',', required = true)]
        scopes: Vec<Scope>,
    },
}

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    #[error(transparent)]
    Setting(#[from] Unusable),
    #[error("{0}")]
    Input(String),
    #[error("{0}")]
    Work(String),
}

impl Failed {
    /// 2 for what the caller has to put right, 1 for the rest.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Setting(_) | Self::Input(_) => ExitCode::from(2),
            Self::Work(_) => ExitCode::from(1),
        }
    }
}

impl From<std::io::Error> for Failed {
    fn from(error: std::io::Error) -> Self {
        Self::Work(error.to_string())
    }
}

impl From<store::Error> for Failed {
    fn from(error: store::Error) -> Self {
        Self::Work(chain(&error))
    }
}

impl From<crate::desk::Refusal> for Failed {
    fn from(refusal: crate::desk::Refusal) -> Self {
        match refusal {
            crate::desk::Refusal::Invalid { message } => Self::Input(message),
            crate::desk::Refusal::Store(error) => error.into(),
            other => Self::Work(other.to_string()),
        }
    }
}

/// An error with what caused it.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

/// Does what the command line says.
pub async fn run(cli: Cli) -> Result<(), Failed> {
    let sources = Sources::read(cli.config.as_deref())?;
    match cli.command {
        Command::Serve { place } => serve::run(with_place(sources, &place)).await,
        Command::Demo { place, simulator_listen, seed, conversations } => {
            demo::run(sources, place, simulator_listen, seed, conversations).await
        }
        Command::Simulator { listen, webhook, seed } => simulator::run(listen, &webhook, seed).await,
        Command::User(User::Add { email, name, role, password_stdin }) => {
            people::add(&sources, &email, &name, role, password_stdin).await
        }
        Command::User(User::SetPassword { email, password_stdin }) => {
            people::set_password(&sources, &email, password_stdin).await
        }
        Command::Page(Page::Add { page_id, name, app_id, secrets_stdin }) => {
            data::add_page(&sources, page_id, name, app_id, secrets_stdin).await
        }
        Command::Token(Token::Add { name, scopes }) => data::add_token(&sources, &name, &scopes).await,
        Command::Doctor => doctor::run(&sources).await,
        Command::Migrate => data::migrate(&sources).await,
        Command::Backup { file } => data::backup(&sources, &file).await,
        Command::Restore { file, force } => data::restore(&sources, &file, force).await,
    }
}

fn with_place(sources: Sources, place: &Place) -> Sources {
    sources
        .with("BATON_LISTEN", place.listen)
        .with("BATON_DATA", place.data.as_ref().map(|path| path.display().to_string()))
}

/// A node over the configured database; nothing runs.
async fn open(config: Config) -> Result<Arc<Node>, Failed> {
    let db = Db::connect(&config.database_url).await?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let graph =
        Graph::new(&config.graph_url).map_err(|error| Failed::Work(format!("BATON_GRAPH_URL: {error}")))?;
    Ok(Node::new(db, clock, config, Arc::new(graph)))
}
