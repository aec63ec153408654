//! Configuration: the environment, or the same keys in a TOML file. The only place that reads the environment.

use crate::media::Files;
use crate::vault::Vault;
use base64::prelude::{BASE64_STANDARD, Engine};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// What it takes to reach a bucket.
const BUCKET_OPTIONS: [&str; 7] = [
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_REGION",
    "AWS_ENDPOINT_URL",
    "AWS_ALLOW_HTTP",
    "AWS_VIRTUAL_HOSTED_STYLE_REQUEST",
];
/// Meta takes and gives files of up to 25 MB.
const MEDIA_LIMIT_MB: u64 = 25;

/// How this server runs. Every setting is checked before anything starts.
#[derive(Clone)]
pub struct Config {
    pub listen: SocketAddr,
    /// Where people and Meta reach us; no slash at the end.
    pub public_url: String,
    pub data: PathBuf,
    pub database_url: String,
    pub secret_key: [u8; 32],
    /// The Graph API with its version, such as `https://graph.facebook.com/v25.0`.
    pub graph_url: String,
    /// Facebook's sign-in dialog, such as `https://www.facebook.com/v25.0/dialog/oauth`.
    pub dialog_url: String,
    /// Addresses of proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Where the files of messages lie.
    pub files: Files,
    /// The most bytes one file may have.
    pub media_limit: u64,
    /// Private hosts with their ports that workflows may ask all the same, such as `warehouse.internal:8080`.
    pub outbound_allow: Vec<String>,
}

impl Config {
    /// Whether people reach us over https: cookies are then `Secure`.
    pub fn secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// A vault with this server's key.
    pub fn vault(&self) -> Vault {
        Vault::new(&self.secret_key)
    }
}

/// A setting that cannot work, and what to do.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{key}: {problem}")]
pub struct Unusable {
    pub key: &'static str,
    pub problem: String,
}

fn unusable<T>(key: &'static str, problem: impl Into<String>) -> Result<T, Unusable> {
    Err(Unusable { key, problem: problem.into() })
}

/// Where settings come from: flags first, then the environment, then the file.
#[derive(Default)]
pub struct Sources {
    flags: Vec<(&'static str, String)>,
    file: toml::Table,
    environment: bool,
}

impl Sources {
    /// The environment and, if named, a TOML file.
    pub fn read(file: Option<&Path>) -> Result<Self, Unusable> {
        let file = match file {
            None => toml::Table::new(),
            Some(path) => match std::fs::read_to_string(path) {
                Err(error) => {
                    return unusable("--config", format!("{} cannot be read: {error}", path.display()));
                }
                Ok(text) => match text.parse() {
                    Err(error) => {
                        return unusable("--config", format!("{} is not TOML: {error}", path.display()));
                    }
                    Ok(table) => table,
                },
            },
        };
        Ok(Self { flags: Vec::new(), file, environment: true })
    }

    /// A flag of the command line, which wins over everything.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: Option<impl ToString>) -> Self {
        self.flags.extend(value.map(|value| (key, value.to_string())));
        self
    }

    #[expect(clippy::disallowed_methods, reason = "this is the configuration")]
    fn get(&self, key: &str) -> Option<String> {
        let flag = self.flags.iter().find(|(name, _)| *name == key).map(|(_, value)| value.clone());
        let environment =
            || self.environment.then(|| std::env::var(key).ok()).flatten().filter(|value| !value.is_empty());
        let file = || match self.file.get(key) {
            Some(toml::Value::String(text)) => Some(text.clone()),
            Some(other) => Some(other.to_string()),
            None => None,
        };
        flag.or_else(environment).or_else(file)
    }

    /// How much to log, in the words of `BATON_LOG`.
    pub fn log(&self) -> (String, bool) {
        let level = self.get("BATON_LOG").unwrap_or_else(|| "info".into());
        (level, self.get("BATON_LOG_FORMAT").as_deref() == Some("json"))
    }

    /// Checks everything. Makes the data directory and, with SQLite, the key.
    pub fn config(&self) -> Result<Config, Unusable> {
        let listen = self.get("BATON_LISTEN").unwrap_or_else(|| "127.0.0.1:3000".into());
        let Ok(listen) = listen.parse::<SocketAddr>() else {
            return unusable(
                "BATON_LISTEN",
                format!("“{listen}” is not an address with a port, such as 127.0.0.1:3000"),
            );
        };
        let data = PathBuf::from(self.get("BATON_DATA").unwrap_or_else(|| "./data".into()));
        let database_url = self.database_url(&data)?;
        make_private_folder(&data)?;
        let config = Config {
            listen,
            public_url: self.public_url(listen)?,
            secret_key: self.secret_key(&data, database_url.starts_with("sqlite:"))?,
            database_url,
            files: self.files(&data)?,
            media_limit: self.media_limit()?,
            outbound_allow: self.outbound_allow()?,
            data,
            dialog_url: self.dialog_url(&self.graph_url()?)?,
            graph_url: self.graph_url()?,
            trusted_proxies: self.trusted_proxies()?,
        };
        Ok(config)
    }

    fn public_url(&self, listen: SocketAddr) -> Result<String, Unusable> {
        const KEY: &str = "BATON_PUBLIC_URL";
        let url = self.get(KEY).unwrap_or_else(|| format!("http://{listen}"));
        let Ok(parsed) = url::Url::parse(&url) else {
            return unusable(KEY, format!("“{url}” is not an address, such as https://inbox.example.com"));
        };
        let local = match parsed.host() {
            Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
            Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
            Some(url::Host::Domain(name)) => name == "localhost",
            None => return unusable(KEY, format!("“{url}” names no host")),
        };
        match parsed.scheme() {
            "https" => {}
            "http" if local || self.get("BATON_ALLOW_HTTP").as_deref() == Some("1") => {}
            "http" => {
                return unusable(
                    KEY,
                    "plain http would send passwords readable over the network; use https, or set BATON_ALLOW_HTTP=1 behind a proxy that adds it",
                );
            }
            other => return unusable(KEY, format!("“{other}” is neither http nor https")),
        }
        Ok(url.trim_end_matches('/').to_owned())
    }

    fn database_url(&self, data: &Path) -> Result<String, Unusable> {
        let url = self
            .get("BATON_DATABASE_URL")
            .unwrap_or_else(|| format!("sqlite:{}", data.join("baton.sqlite").display()));
        if ["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| url.starts_with(scheme)) {
            return Ok(url);
        }
        unusable("BATON_DATABASE_URL", "use sqlite:FILE or postgres://USER:PASSWORD@HOST/DATABASE")
    }

    fn secret_key(&self, data: &Path, may_make: bool) -> Result<[u8; 32], Unusable> {
        const KEY: &str = "BATON_SECRET_KEY";
        let file = data.join("secret.key");
        let text = match self.get(KEY) {
            Some(text) => text,
            None if file.exists() => match std::fs::read_to_string(&file) {
                Ok(text) => text,
                Err(error) => return unusable(KEY, format!("{} cannot be read: {error}", file.display())),
            },
            None if may_make => {
                let text = BASE64_STANDARD.encode(Vault::fresh_key());
                write_private(&file, &text)?;
                text
            }
            None => {
                return unusable(
                    KEY,
                    "is required with PostgreSQL, the same on every node; make one with: openssl rand -base64 32",
                );
            }
        };
        match BASE64_STANDARD.decode(text.trim()).map(<[u8; 32]>::try_from) {
            Ok(Ok(key)) => Ok(key),
            _ => unusable(KEY, "must be 32 bytes in base64; make one with: openssl rand -base64 32"),
        }
    }

    fn graph_url(&self) -> Result<String, Unusable> {
        let url = self.get("BATON_GRAPH_URL").unwrap_or_else(|| "https://graph.facebook.com/v25.0".into());
        match url::Url::parse(&url) {
            Ok(parsed) if matches!(parsed.scheme(), "http" | "https") => {
                Ok(url.trim_end_matches('/').to_owned())
            }
            _ => unusable(
                "BATON_GRAPH_URL",
                format!("“{url}” is not an address, such as https://graph.facebook.com/v25.0"),
            ),
        }
    }

    /// A folder beside the database, or a bucket. Its keys come from the environment, in the words S3 tools use.
    fn files(&self, data: &Path) -> Result<Files, Unusable> {
        const KEY: &str = "BATON_MEDIA_URL";
        let cannot = |error: &dyn std::fmt::Display| unusable(KEY, format!("cannot be used: {error}"));
        let Some(place) = self.get(KEY) else {
            return Files::in_folder(&data.join("media")).or_else(|error| cannot(&error));
        };
        match url::Url::parse(&place) {
            Ok(url) if url.scheme() == "s3" => {
                let options =
                    BUCKET_OPTIONS.iter().filter_map(|key| Some(((*key).to_lowercase(), self.get(key)?)));
                Files::in_bucket(&url, options.collect()).or_else(|error| cannot(&error))
            }
            Ok(url) if url.scheme() == "file" => match url.to_file_path() {
                Ok(folder) => Files::in_folder(&folder).or_else(|error| cannot(&error)),
                Err(()) => unusable(KEY, format!("“{place}” names no folder of this machine")),
            },
            Ok(_) | Err(_) => unusable(KEY, "use s3://BUCKET/PREFIX or file:///FOLDER, or leave it out"),
        }
    }

    /// Hosts with ports, separated by commas.
    fn outbound_allow(&self) -> Result<Vec<String>, Unusable> {
        let listed = self.get("BATON_OUTBOUND_ALLOW").unwrap_or_default();
        let hosts: Vec<String> =
            listed.split(',').map(|host| host.trim().to_owned()).filter(|host| !host.is_empty()).collect();
        let has_port = |host: &&String| {
            host.rsplit_once(':').is_some_and(|(name, port)| !name.is_empty() && port.parse::<u16>().is_ok())
        };
        match hosts.iter().find(|host| !has_port(host)) {
            None => Ok(hosts),
            Some(host) => unusable(
                "BATON_OUTBOUND_ALLOW",
                format!("“{host}” is not a host with a port, such as warehouse.internal:8080"),
            ),
        }
    }

    fn media_limit(&self) -> Result<u64, Unusable> {
        const KEY: &str = "BATON_MEDIA_LIMIT_MB";
        let text = self.get(KEY).unwrap_or_else(|| MEDIA_LIMIT_MB.to_string());
        match text.parse::<u64>() {
            Ok(megabytes @ 1..=1_000) => Ok(megabytes * 1_000_000),
            Ok(_) | Err(_) => unusable(KEY, format!("“{text}” is not a number from 1 to 1000")),
        }
    }

    /// Beside Meta's Graph API stands Facebook's dialog; beside the simulator its own.
    fn dialog_url(&self, graph: &str) -> Result<String, Unusable> {
        let own =
            || format!("{}/dialog/oauth", graph.replacen("://graph.facebook.com", "://www.facebook.com", 1));
        let url = self.get("BATON_DIALOG_URL").unwrap_or_else(own);
        match url::Url::parse(&url) {
            Ok(parsed) if matches!(parsed.scheme(), "http" | "https") && parsed.query().is_none() => Ok(url),
            _ => unusable(
                "BATON_DIALOG_URL",
                format!("“{url}” is not an address, such as https://www.facebook.com/v25.0/dialog/oauth"),
            ),
        }
    }

    fn trusted_proxies(&self) -> Result<Vec<std::net::IpAddr>, Unusable> {
        let list = self.get("BATON_TRUSTED_PROXIES").unwrap_or_default();
        let addresses = list.split(',').map(str::trim).filter(|text| !text.is_empty());
        addresses
            .map(|text| match text.parse() {
                Ok(address) => Ok(address),
                Err(_) => unusable("BATON_TRUSTED_PROXIES", format!("“{text}” is not an IP address")),
            })
            .collect()
    }
}

fn make_private_folder(path: &Path) -> Result<(), Unusable> {
    use std::os::unix::fs::DirBuilderExt;
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path);
    made.or_else(|error| unusable("BATON_DATA", format!("{} cannot be made: {error}", path.display())))
}

fn write_private(path: &Path, text: &str) -> Result<(), Unusable> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let written = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()));
    written.or_else(|error| unusable("BATON_DATA", format!("{} cannot be written: {error}", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(settings: &[(&'static str, &str)]) -> (tempfile::TempDir, Result<Config, Unusable>) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let sources =
            Sources::default().with("BATON_DATA", Some(folder.path().join("data").display().to_string()));
        let sources = settings.iter().fold(sources, |sources, (key, value)| sources.with(key, Some(*value)));
        let config = sources.config();
        (folder, config)
    }

    #[test]
    fn nothing_set_is_a_working_server_with_a_key_of_its_own() {
        use std::os::unix::fs::PermissionsExt;
        let (_folder, config) = with(&[]);
        let config = config.expect("works");
        assert_eq!(config.public_url, "http://127.0.0.1:3000");
        let mode = |path: PathBuf| std::fs::metadata(path).expect("made").permissions().mode() & 0o777;
        assert_eq!(mode(config.data.clone()), 0o700);
        assert_eq!(mode(config.data.join("secret.key")), 0o600);
    }

    #[test]
    fn a_setting_that_cannot_work_is_named() {
        let key = |settings| with(settings).1.err().map(|error| error.key);
        assert_eq!(key(&[("BATON_LISTEN", "here")]), Some("BATON_LISTEN"));
        assert_eq!(key(&[("BATON_PUBLIC_URL", "http://inbox.example.com")]), Some("BATON_PUBLIC_URL"));
        assert_eq!(key(&[("BATON_DATABASE_URL", "mysql://x")]), Some("BATON_DATABASE_URL"));
        assert_eq!(key(&[("BATON_SECRET_KEY", "abc")]), Some("BATON_SECRET_KEY"));
        assert_eq!(key(&[("BATON_DATABASE_URL", "postgres://x/y")]), Some("BATON_SECRET_KEY"));
        assert_eq!(key(&[("BATON_GRAPH_URL", "graph")]), Some("BATON_GRAPH_URL"));
        assert_eq!(key(&[("BATON_MEDIA_URL", "ftp://here")]), Some("BATON_MEDIA_URL"));
        assert_eq!(key(&[("BATON_MEDIA_LIMIT_MB", "0")]), Some("BATON_MEDIA_LIMIT_MB"));
    }

    #[test]
    fn plain_http_on_the_network_needs_a_word() {
        let settings = [("BATON_PUBLIC_URL", "http://inbox.example.com"), ("BATON_ALLOW_HTTP", "1")];
        assert!(with(&settings).1.is_ok());
    }
}
