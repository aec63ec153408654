//! Calls to other people's servers: web requests of workflows, language models, Google's sheets.
//!
//! Addresses come out of what authors and customers wrote. A private address, this server's own and those of the machine
//! it runs on are never asked, whatever name leads there: the name is resolved here and only what it may reach is kept.

use bytes::{Bytes, BytesMut};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, Method, Url};
use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::sync::Arc;
use std::time::Duration;

/// How long a connection may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// A request to somebody else's server.
#[derive(Clone, Debug)]
pub struct Call {
    /// `GET`, `POST`, …
    pub method: &'static str,
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: Option<String>,
    /// How long it may take in all.
    pub timeout: Duration,
    /// The most bytes of the answer that are read.
    pub most: usize,
}

/// An answer, whatever its status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    pub status: u16,
    pub body: Bytes,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unanswered {
    #[error("“{0}” is not an address that can be asked. It begins with https:// or http://.")]
    NoAddress(String),
    /// It leads to this server, its machine or its network.
    #[error("{0} belongs to a private network or to Baton itself. Workflows may not ask it.")]
    Refused(String),
    #[error("The answer has more than {most} bytes.")]
    TooLarge { most: usize },
    /// It may work later.
    #[error("{0}")]
    Unreachable(String),
}

/// The one client for other people's servers.
#[derive(Clone, Debug)]
pub struct Outbound {
    /// Follows names to public addresses only.
    careful: Client,
    /// For the hosts and ports that were allowed by name.
    trusting: Client,
    rules: Arc<Rules>,
}

/// What may be asked.
#[derive(Debug)]
struct Rules {
    /// Hosts with ports somebody who runs this server has allowed, such as `warehouse.internal:8080`.
    allowed: BTreeSet<String>,
    /// Names of this server.
    own: BTreeSet<String>,
}

impl Outbound {
    /// `own`: the hosts this server answers at. `allowed`: private hosts with their ports that may be asked all the same.
    pub fn new(
        own: impl IntoIterator<Item = String>,
        allowed: impl IntoIterator<Item = String>,
    ) -> Result<Self, reqwest::Error> {
        // A second installation fails and changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let lower = |names: Vec<String>| names.into_iter().map(|name| name.to_lowercase()).collect();
        let rules = Arc::new(Rules {
            allowed: lower(allowed.into_iter().collect()),
            own: lower(own.into_iter().collect()),
        });
        let client = || {
            Client::builder()
                .user_agent(concat!("Baton/", env!("CARGO_PKG_VERSION")))
                .connect_timeout(CONNECT_TIMEOUT)
                // A redirect would lead past the check; its author can name the place itself.
                .redirect(reqwest::redirect::Policy::none())
                .referer(false)
                .no_proxy()
        };
        let careful = client().dns_resolver(Arc::new(Careful)).build()?;
        Ok(Self { careful, trusting: client().build()?, rules })
    }

    /// Asks once.
    pub async fn call(&self, call: &Call) -> Result<Answered, Unanswered> {
        let (url, trusted) = self.rules.admit(&call.url)?;
        let http = if trusted { &self.trusting } else { &self.careful };
        let method = Method::from_bytes(call.method.as_bytes())
            .map_err(|_| Unanswered::NoAddress(call.method.to_owned()))?;
        let mut request = http.request(method, url).timeout(call.timeout);
        for (name, value) in &call.headers {
            request = request.header(name, value);
        }
        if let Some(body) = &call.body {
            request = request.body(body.clone());
        }
        let mut answer = request.send().await.map_err(unreachable)?;
        let status = answer.status().as_u16();
        let mut body = BytesMut::new();
        while let Some(piece) = answer.chunk().await.map_err(unreachable)? {
            body.extend_from_slice(&piece);
            if body.len() > call.most {
                return Err(Unanswered::TooLarge { most: call.most });
            }
        }
        Ok(Answered { status, body: body.freeze() })
    }
}

impl Rules {
    /// The address, and whether somebody who runs this server allowed it by host and port.
    fn admit(&self, address: &str) -> Result<(Url, bool), Unanswered> {
        let no_address = || Unanswered::NoAddress(address.chars().take(200).collect());
        let url = Url::parse(address).map_err(|_| no_address())?;
        let (host, port) = match (url.scheme(), url.host_str(), url.port_or_known_default()) {
            ("https" | "http", Some(host), Some(port)) => (host.to_lowercase(), port),
            _ => return Err(no_address()),
        };
        if self.allowed.contains(&format!("{host}:{port}")) {
            return Ok((url, true));
        }
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let literal = bare.parse::<IpAddr>().ok();
        if self.own.contains(host.trim_end_matches('.'))
            || literal.is_some_and(|address| is_out_of_bounds(address, &machine()))
        {
            return Err(Unanswered::Refused(host));
        }
        Ok((url, false))
    }
}

/// Resolves names, and forgets addresses that are private or this machine's.
#[derive(Debug)]
struct Careful;

impl Resolve for Careful {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let host = name.as_str().to_lowercase();
            let machine = machine();
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host.as_str(), 0))
                .await?
                .filter(|address| !is_out_of_bounds(address.ip(), &machine))
                .collect();
            if found.is_empty() {
                return Err(format!("{host} leads to no public address").into());
            }
            let addresses: Addrs = Box::new(found.into_iter());
            Ok(addresses)
        })
    }
}

fn is_out_of_bounds(address: IpAddr, machine: &[IpAddr]) -> bool {
    is_private(address) || machine.contains(&address)
}

/// The addresses this machine itself has towards the world, which may be public. Nothing is sent to learn them: a
/// datagram socket that is only aimed somewhere has the address it would send from. The places aimed at are kept for
/// documentation (RFC 5737, RFC 3849).
fn machine() -> Vec<IpAddr> {
    let towards = |from: &str, to: &str| {
        let socket = UdpSocket::bind(from).ok()?;
        socket.connect(to).ok()?;
        Some(socket.local_addr().ok()?.ip())
    };
    [towards("0.0.0.0:0", "192.0.2.1:9"), towards("[::]:0", "[2001:db8::1]:9")]
        .into_iter()
        .flatten()
        .collect()
}

/// Whether an address belongs to a machine, a local network, or nobody in particular.
fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_private_v4(address),
        IpAddr::V6(address) => is_private_v6(address),
    }
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    let [one, two, ..] = address.octets();
    address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_unspecified()
        || address.is_broadcast()
        || address.is_multicast()
        || address.is_documentation()
        || one == 0
        || one >= 240
        // Carriers' networks (RFC 6598) and benchmarks (RFC 2544).
        || (one == 100 && (64..128).contains(&two))
        || (one == 198 && (18..20).contains(&two))
        || (one == 192 && two == 0 && address.octets()[2] == 0)
}

fn is_private_v6(address: Ipv6Addr) -> bool {
    let first = address.segments()[0];
    // An IPv4 address in disguise, in any of its forms.
    let inside = address.to_ipv4_mapped().or_else(|| match address.segments() {
        [0, 0, 0, 0, 0, 0, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            Some(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)))
        }
        [0x2002, high, low, ..] => Some(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low))),
        _ => None,
    });
    address.is_loopback()
        || address.is_unspecified()
        || address.is_multicast()
        || (first & 0xfe00) == 0xfc00
        || (first & 0xffc0) == 0xfe80
        || inside.is_some_and(is_private_v4)
}

/// Signs with an RSA key in PEM, as RS256 wants it; nothing when the key cannot be used.
pub fn sign(pem: &str, message: &[u8]) -> Option<Vec<u8>> {
    use rustls::pki_types::PrivateKeyDer;
    use rustls::pki_types::pem::PemObject;
    let key = PrivateKeyDer::from_pem_slice(pem.as_bytes()).ok()?;
    let key = rustls::crypto::ring::sign::any_supported_type(&key).ok()?;
    let signer = key.choose_scheme(&[rustls::SignatureScheme::RSA_PKCS1_SHA256])?;
    signer.sign(message).ok()
}

fn unreachable(error: reqwest::Error) -> Unanswered {
    if error.is_timeout() {
        return Unanswered::Unreachable("The server did not answer in time.".into());
    }
    // Without the address, which may carry a key.
    let error = error.without_url();
    let mut words = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(inner) = cause {
        words = inner.to_string();
        cause = inner.source();
    }
    Unanswered::Unreachable(format!("The server could not be reached: {words}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outbound() -> Outbound {
        let own = ["baton.example.com".to_owned()];
        Outbound::new(own, ["warehouse.test:8080".to_owned(), "127.0.0.1:9".to_owned()]).expect("a client")
    }

    #[test]
    fn private_addresses_and_our_own_are_never_asked() {
        let outbound = outbound();
        for refused in [
            "http://127.0.0.1/",
            "http://127.0.0.1:10/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://[::1]:3000/",
            "http://[::ffff:10.0.0.1]/",
            "http://[64:ff9b::a00:1]/",
            "http://[fd00::1]/",
            "http://10.1.2.3/",
            "http://169.254.169.254/latest/meta-data",
            "http://100.64.0.1/",
            "http://0.0.0.0/",
            "https://baton.example.com/hooks/1",
            "https://BATON.example.com./hooks/1",
        ] {
            let admitted = outbound.rules.admit(refused);
            assert!(matches!(admitted, Err(Unanswered::Refused(_))), "{refused}: {admitted:?}");
        }
        for nothing in ["ftp://example.com/", "file:///etc/passwd", "example.com", ""] {
            assert!(matches!(outbound.rules.admit(nothing), Err(Unanswered::NoAddress(_))), "{nothing}");
        }
        for fine in ["https://api.example.com/x", "http://93.184.216.34:8080/", "http://127.0.0.1:9/"] {
            assert!(outbound.rules.admit(fine).is_ok(), "{fine}");
        }
    }

    #[test]
    fn a_host_is_trusted_at_the_port_that_was_allowed_and_at_no_other() {
        let rules = outbound().rules;
        let trusted = |address: &str| rules.admit(address).expect("an address").1;
        assert!(trusted("http://warehouse.test:8080/stock"));
        assert!(!trusted("http://warehouse.test/stock"), "followed only to a public address");
        assert!(!trusted("http://warehouse.test:8081/stock"));
    }

    #[test]
    fn the_address_of_this_machine_is_never_asked_even_when_it_is_public() {
        let [ours, theirs] = ["93.184.216.34", "93.184.216.35"].map(|text| text.parse().expect("an address"));
        assert!(is_out_of_bounds(ours, &[ours]) && !is_out_of_bounds(theirs, &[ours]));
    }

    /// A server of nobody's that takes one connection and answers with these bytes, or never.
    async fn answering(bytes: Option<Vec<u8>>) -> (Outbound, Call) {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        tokio::spawn(async move {
            use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
            let (mut socket, _) = listener.accept().await.expect("a connection");
            let _ = socket.read(&mut [0; 1024]).await;
            match bytes {
                Some(bytes) => drop(socket.write_all(&bytes).await),
                None => std::future::pending().await,
            }
        });
        let call = Call {
            method: "GET",
            url: format!("http://{address}/"),
            headers: Vec::new(),
            body: None,
            timeout: Duration::from_secs(20),
            most: 1_000,
        };
        (Outbound::new([], [address]).expect("a client"), call)
    }

    #[tokio::test]
    async fn an_answer_without_end_is_cut_off() {
        let endless = [b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n".as_slice(), &[b'x'; 5000]].concat();
        let (outbound, call) = answering(Some(endless)).await;
        assert_eq!(outbound.call(&call).await, Err(Unanswered::TooLarge { most: 1_000 }));
    }

    #[tokio::test]
    async fn a_server_that_does_not_answer_is_given_up() {
        let (outbound, call) = answering(None).await;
        let answer = outbound.call(&Call { timeout: Duration::from_millis(100), ..call }).await;
        assert_eq!(answer, Err(Unanswered::Unreachable("The server did not answer in time.".into())));
    }

    #[tokio::test]
    async fn a_name_that_leads_home_is_not_followed() {
        let call = Call {
            method: "GET",
            url: "http://localhost:1/".into(),
            headers: Vec::new(),
            body: None,
            timeout: Duration::from_secs(5),
            most: 10,
        };
        let refused = outbound().call(&call).await;
        assert!(
            matches!(&refused, Err(Unanswered::Unreachable(words)) if words.contains("no public address")),
            "{refused:?}"
        );
    }
}
