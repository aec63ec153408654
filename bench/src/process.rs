//! Other processes: started on a core of their own, watched, and ended with us.

use anyhow::{Context, Result, bail};
use rustix::param::clock_ticks_per_second;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead, BufReader, Lines, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// The core of whatever is measured.
pub const SERVER: usize = 0;
/// The core of whoever makes the load.
pub const LOAD: usize = 1;
/// How long a server may take to listen.
const PATIENCE: Duration = Duration::from_secs(20);

/// A command that runs on one core, where there are two, with nothing of our environment but the search path.
pub fn on_core(core: usize, program: impl AsRef<OsStr>) -> Command {
    let mut command = match crate::machine::has_two_cores() {
        true => {
            let mut command = Command::new("taskset");
            command.args(["-c", &core.to_string()]).arg(program);
            command
        }
        false => Command::new(program),
    };
    command.env_clear().envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
    command
}

/// A server that is measured. Dropped, it is killed.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
}

impl Server {
    /// Starts it, its words going to a file, and waits until it listens.
    ///
    /// # Errors
    /// When it does not start, ends, or does not listen within 20 seconds.
    pub fn start(mut command: Command, address: SocketAddr, log: &Path) -> Result<Self> {
        let words = File::create(log)?;
        command.stdin(Stdio::null()).stdout(words.try_clone()?).stderr(words);
        let child = command.spawn().with_context(|| format!("cannot start {command:?}"))?;
        let mut server = Self { child, address };
        let end = Instant::now() + PATIENCE;
        while TcpStream::connect(address).is_err() {
            if Instant::now() > end || server.child.try_wait()?.is_some() {
                bail!("{command:?} does not listen on {address}; see {}", log.display());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(server)
    }

    /// The processor time it has used, in seconds, in steps of a clock tick.
    ///
    /// # Errors
    /// When the process is gone.
    pub fn cpu(&self) -> Result<f64> {
        cpu_of(&self.child.id().to_string())
    }

    /// Its resident memory, in KiB.
    ///
    /// # Errors
    /// When the process is gone.
    pub fn memory(&self) -> Result<f64> {
        let text = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.and_then(|line| line.trim().split(' ').next());
        number.and_then(|number| number.parse().ok()).context("no VmRSS of a process")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The processor time this process has used, in seconds.
///
/// # Errors
/// When the kernel does not say.
pub fn own_cpu() -> Result<f64> {
    cpu_of("self")
}

fn cpu_of(process: &str) -> Result<f64> {
    let text = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    let ticks = ticks(&text).context("the kernel's words about a process")?;
    #[expect(clippy::cast_precision_loss, reason = "ticks of a short run")]
    Ok(ticks as f64 / clock_ticks_per_second() as f64)
}

/// User and system time; the name in parentheses may contain anything.
fn ticks(stat: &str) -> Option<u64> {
    let after_name = stat.rsplit_once(") ")?.1;
    let mut fields = after_name.split(' ').skip(11);
    let (user, system): (u64, u64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some(user + system)
}

/// A part of this program in a process of its own, which answers line by line. Dropped, it ends.
pub struct Part {
    child: Child,
    tell: Option<ChildStdin>,
    hear: Lines<BufReader<ChildStdout>>,
}

impl Part {
    /// Starts a subcommand of this program on the core of the load.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start(args: &[String]) -> Result<Self> {
        let mut command = on_core(LOAD, std::env::current_exe()?);
        command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("cannot start {command:?}"))?;
        let output = child.stdout.take().context("a pipe from the load")?;
        Ok(Self { tell: child.stdin.take(), hear: BufReader::new(output).lines(), child })
    }

    /// Tells it to do something.
    ///
    /// # Errors
    /// When it has ended.
    pub fn tell(&mut self, line: &str) -> Result<()> {
        let pipe = self.tell.as_mut().context("a pipe to the load")?;
        Ok(writeln!(pipe, "{line}")?)
    }

    /// The next line it prints.
    ///
    /// # Errors
    /// When it ends without one.
    pub fn hear(&mut self) -> Result<String> {
        self.hear.next().context("the load ended without a result")?.map_err(Into::into)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        self.tell = None;
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_times_are_found_behind_a_name_with_spaces() {
        let stat = "4242 (a (b) c) S 1 2 3 4 5 6 7 8 9 10 70 30 0 0 20 0";
        assert_eq!(ticks(stat), Some(100));
    }
}
