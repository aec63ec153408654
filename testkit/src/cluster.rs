//! A throw-away PostgreSQL cluster under the temporary directory, shared by every test process.
//!
//! The first one that comes starts it, holding a file lock; the others find it running. Nothing in it survives a
//! power cut, which makes it fast.

use std::fs::{self, File};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Minutes without a new test after which the cluster stops.
const IDLE_MINUTES: u32 = 15;

/// The URL of the running cluster, started if need be.
pub(crate) fn running() -> String {
    let cluster = Cluster::here();
    fs::create_dir_all(&cluster.folder).expect("the temporary directory can be written");
    let lock = File::create(cluster.lock()).expect("the lock file can be written");
    lock.lock().expect("the file system can lock files");
    // The guard looks at the age of this file.
    fs::write(cluster.used(), "").expect("the temporary directory can be written");
    let port = cluster.port().unwrap_or_else(|| cluster.start());
    format!("postgres://postgres@127.0.0.1:{port}/postgres")
}

struct Cluster {
    folder: PathBuf,
    programs: PathBuf,
    /// PostgreSQL refuses to run as root and then runs as its own user.
    as_root: bool,
}

impl Cluster {
    fn here() -> Self {
        let id = Command::new("id").arg("-u").output().expect("`id` tells who we are");
        let user = String::from_utf8_lossy(&id.stdout).trim().to_owned();
        let folder = std::env::temp_dir().join(format!("baton-testpg-{user}"));
        Self { folder, programs: programs(), as_root: user == "0" }
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn lock(&self) -> PathBuf {
        self.folder.join("lock")
    }

    fn used(&self) -> PathBuf {
        self.folder.join("used")
    }

    /// The port of a cluster that answers.
    fn port(&self) -> Option<u16> {
        let port = fs::read_to_string(self.folder.join("port")).ok()?.trim().parse().ok()?;
        let status = self.program("pg_ctl").arg("status").arg("-D").arg(self.data()).status().ok()?;
        (status.success() && TcpStream::connect(("127.0.0.1", port)).is_ok()).then_some(port)
    }

    /// Makes the cluster anew, whatever is left of an earlier one.
    fn start(&self) -> u16 {
        self.program("pg_ctl").args(["stop", "-m", "immediate", "-D"]).arg(self.data()).status().ok();
        fs::remove_dir_all(self.data()).ok();
        fs::create_dir_all(self.data()).expect("the temporary directory can be written");
        if self.as_root {
            run(
                Command::new("chown").arg("postgres").arg(self.data()),
                "give the cluster to the user postgres",
            );
        }
        let mut init = self.program("initdb");
        init.args(["--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-D"]);
        run(init.arg(self.data()), "make a test cluster");
        let port = free_port();
        let mut start = self.program("pg_ctl");
        start.args(["start", "-w", "-D"]).arg(self.data()).arg("-l").arg(self.data().join("log"));
        run(start.arg("-o").arg(options(port)), "start the test cluster");
        fs::write(self.folder.join("port"), port.to_string())
            .expect("the temporary directory can be written");
        self.guard();
        port
    }

    /// Leaves a process behind that stops the cluster when it is no longer used.
    fn guard(&self) {
        // It decides and stops holding the lock, or a test that comes in between would be left without a cluster.
        let look =
            "[ -n \"$(find \"$1\" -mmin -\"$2\")\" ] || { \"$3\" stop -m immediate -D \"$4\"; false; }";
        let script = format!("(while flock \"$5\" sh -c '{look}' sh \"$@\"; do sleep 30; done) &");
        let mut guard = self.program("sh");
        guard.args(["-c", &script, "sh"]).arg(self.used()).arg(IDLE_MINUTES.to_string());
        guard.arg(self.programs.join("pg_ctl")).arg(self.data()).arg(self.lock());
        // In a group of its own it outlives the test that happened to start it.
        run(guard.process_group(0), "start a shell");
    }

    /// A program to run as somebody PostgreSQL accepts. It holds none of our pipes open.
    fn program(&self, name: &str) -> Command {
        let path = if name == "sh" { PathBuf::from(name) } else { self.programs.join(name) };
        let mut command = Command::new(if self.as_root { "runuser".as_ref() } else { path.as_os_str() });
        if self.as_root {
            command.args(["-u", "postgres", "--"]).arg(path);
        }
        command.current_dir("/").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }
}

fn options(port: u16) -> String {
    format!(
        "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=400 \
         -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    )
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("loopback has a free port");
    listener.local_addr().expect("a bound socket has an address").port()
}

fn run(command: &mut Command, what: &str) {
    let done = command.status().is_ok_and(|status| status.success());
    assert!(
        done,
        "Could not {what}. Set BATON_TEST_POSTGRES_URL to a server where databases may be created."
    );
}

/// Where the newest installed PostgreSQL keeps its programs.
fn programs() -> PathBuf {
    let packaged =
        fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path());
    let newest = packaged.max_by_key(|path| version(path)).map(|path| path.join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders = newest.into_iter().chain(std::env::split_paths(&path));
    let folder = folders.find(|folder| folder.join("initdb").exists());
    folder.expect(
        "Install PostgreSQL, or set BATON_TEST_POSTGRES_URL to a server where databases may be created.",
    )
}

fn version(folder: &Path) -> u32 {
    folder.file_name().and_then(|name| name.to_str()?.parse().ok()).unwrap_or(0)
}
