//! The machine underneath: how busy it is, how long its disk takes, which cores there are.

use crate::stats::Series;
use anyhow::{Context, Result};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

/// What the machine was like just before a measurement.
#[derive(Clone, Copy, Debug)]
pub struct Weather {
    /// The load average of the last minute.
    pub load: f64,
    /// The median of raw `fdatasync` calls over one second, in milliseconds.
    pub fdatasync_ms: f64,
}

/// A disk slower than this says more about the neighbours than about us, in milliseconds.
const TOO_SLOW_MS: f64 = 1.0;

impl Weather {
    /// Looks at the load, then writes and syncs 4 KiB over and over for a second.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn now(folder: &Path) -> Result<Self> {
        let load = std::fs::read_to_string("/proc/loadavg").context("the load average")?;
        let load = load.split(' ').next().and_then(|text| text.parse().ok()).unwrap_or(f64::NAN);
        Ok(Self { load, fdatasync_ms: probe(&folder.join("probe"))? })
    }

    /// Whether a measurement taken now would say nothing.
    pub fn voids(&self) -> bool {
        self.fdatasync_ms > TOO_SLOW_MS
    }
}

fn probe(path: &Path) -> Result<f64> {
    let mut file = std::fs::File::create(path)?;
    let block = [7_u8; 4_096];
    let end = Instant::now() + Duration::from_secs(1);
    let mut times = Vec::new();
    while Instant::now() < end {
        file.write_all(&block)?;
        let start = Instant::now();
        file.sync_data()?;
        times.push(start.elapsed().as_secs_f64() * 1e3);
    }
    std::fs::remove_file(path)?;
    Series::from_iter(times).median().context("the disk did not sync once in a second")
}

/// Whether server and load generator can have a core each.
pub fn has_two_cores() -> bool {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    cores > 1 && std::process::Command::new("taskset").arg("--version").output().is_ok()
}

/// Keeps the calling thread to one core, where there are two: it watches, and must not disturb.
pub fn stay_on(core: usize) {
    if has_two_cores() {
        let mut cores = rustix::thread::CpuSet::new();
        cores.set(core);
        // Where it is refused, the measure is a little noisier.
        let _ = rustix::thread::sched_setaffinity(None, &cores);
    }
}

/// Lets this process and its children open as many sockets as the machine allows.
pub fn allow_many_sockets() {
    let limit = getrlimit(Resource::Nofile);
    // When it is refused, measures with more sockets than allowed are left out.
    let _ = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum });
}

/// How many sockets a process may have; some are left for files and the rest.
pub fn sockets_allowed() -> u64 {
    getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX).saturating_sub(200)
}

/// A port nobody listens on at the moment.
///
/// # Errors
/// When loopback has none left.
pub fn free_address() -> Result<std::net::SocketAddr> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_disk_voids_a_run() {
        assert!(Weather { load: 0.0, fdatasync_ms: 1.01 }.voids());
        assert!(!Weather { load: 9.0, fdatasync_ms: 0.4 }.voids());
    }
}
