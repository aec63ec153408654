//! The real server, as somebody would run it: the release binary, its own database, one page, one token.

use crate::load::event::{APP, PAGE, SECRET};
use crate::load::http;
use crate::process::{SERVER, Server, on_core};
use anyhow::{Context, Result, bail};
use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How long everything stored may take to be applied.
const PATIENCE: Duration = Duration::from_secs(300);

/// A running server with an empty inbox.
pub struct Baton {
    pub server: Server,
    /// May read everything.
    pub token: String,
}

impl Baton {
    /// Sets a workspace up in a folder and serves it.
    ///
    /// # Errors
    /// When the binary is not built or refuses.
    pub fn start(folder: &Path, graph: SocketAddr) -> Result<Self> {
        let place = Place { folder, graph, address: crate::machine::free_address()? };
        let secrets = format!(
            r#"{{"app_secret":"{SECRET}","verify_token":"a word","access_token":"EAAG with a long tail"}}"#
        );
        let page =
            ["page", "add", "--page-id", PAGE, "--name", "Shoe Shop", "--app-id", APP, "--secrets-stdin"];
        place.run(&page, &secrets)?;
        let token = place.run(&["token", "add", "--name", "bench", "--scopes", "read"], "")?;
        let token = token.trim().to_owned();
        std::fs::write(folder.join("token"), &token)?;
        place.serve(token)
    }

    /// Serves the workspace of a folder once more.
    ///
    /// # Errors
    /// When it was not set up, or the binary refuses.
    pub fn again(folder: &Path, graph: SocketAddr) -> Result<Self> {
        let place = Place { folder, graph, address: crate::machine::free_address()? };
        place.serve(std::fs::read_to_string(folder.join("token"))?)
    }

    /// Adds a manager to the workspace of a folder.
    ///
    /// # Errors
    /// When the binary refuses.
    pub fn hire(folder: &Path, graph: SocketAddr, email: &str, password: &str) -> Result<()> {
        let place = Place { folder, graph, address: crate::machine::free_address()? };
        let person =
            ["user", "add", "--name", "Mia", "--email", email, "--role", "manager", "--password-stdin"];
        place.run(&person, &format!("{password}\n")).map(drop)
    }

    /// Waits until every stored webhook is applied and everything that follows from it is done.
    ///
    /// # Errors
    /// When that takes more than five minutes.
    pub fn settle(&self) -> Result<()> {
        self.until_empty(&["baton_inbound_waiting", "baton_outbox_waiting"])
    }

    /// Waits until every stored webhook is applied.
    ///
    /// # Errors
    /// When that takes more than five minutes.
    pub fn until_applied(&self) -> Result<()> {
        self.until_empty(&["baton_inbound_waiting"])
    }

    fn until_empty(&self, queues: &[&str]) -> Result<()> {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            let numbers = http::get(self.server.address, "/metrics")?;
            if queues.iter().all(|queue| gauge(&numbers, queue) == Some(0.0)) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        bail!("{} did not run empty in {} s", queues.join(" and "), PATIENCE.as_secs())
    }
}

/// Where webhooks go.
pub fn webhook_path() -> String {
    format!("/webhooks/messenger/{APP}")
}

fn gauge(numbers: &str, name: &str) -> Option<f64> {
    numbers.lines().find_map(|line| line.strip_prefix(name)?.trim().parse().ok())
}

struct Place<'a> {
    folder: &'a Path,
    graph: SocketAddr,
    address: SocketAddr,
}

impl Place<'_> {
    fn baton(&self) -> Result<Command> {
        let mut command = on_core(SERVER, program()?);
        command
            .env("BATON_LISTEN", self.address.to_string())
            .env("BATON_DATA", self.folder.join("data"))
            .env("BATON_GRAPH_URL", format!("http://{}/v25.0", self.graph));
        Ok(command)
    }

    fn serve(&self, token: String) -> Result<Baton> {
        let mut serve = self.baton()?;
        serve.arg("serve");
        let server = Server::start(serve, self.address, &self.folder.join("baton.log"))?;
        Ok(Baton { server, token })
    }

    fn run(&self, args: &[&str], input: &str) -> Result<String> {
        let mut child = self
            .baton()?
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        child.stdin.take().context("a pipe to baton")?.write_all(input.as_bytes())?;
        let output = child.wait_with_output()?;
        if !output.status.success() {
            bail!("baton {}: {}", args.join(" "), String::from_utf8_lossy(&output.stderr).trim());
        }
        Ok(String::from_utf8(output.stdout)?)
    }
}

/// The binary beside this one, as `cargo build --release` leaves them; `BATON` may name another.
fn program() -> Result<PathBuf> {
    let beside = std::env::current_exe()?.with_file_name("baton");
    let program = std::env::var_os("BATON").map_or(beside, PathBuf::from);
    program.canonicalize().with_context(|| format!("no server at {}; run `make bench`", program.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gauge_is_read_by_its_name() {
        let text = "# TYPE baton_inbound_waiting gauge\nbaton_inbound_waiting 17\nbaton_outbox_waiting 0\n";
        assert_eq!(gauge(text, "baton_inbound_waiting"), Some(17.0));
        assert_eq!(gauge(text, "baton_outbox_waiting"), Some(0.0));
        assert_eq!(gauge(text, "other"), None);
    }
}
