//! Files that Meta keeps: fetched from Meta's own hosts and from nowhere else.
//!
//! An address comes out of a webhook or a bot's template, so it is somebody else's words. It is only followed when it
//! leads to a host of Meta's (or, in front of a simulator, to that simulator), and so is every redirect.

use bytes::{Bytes, BytesMut};
use reqwest::header::LOCATION;
use reqwest::{Client, Response, StatusCode, Url};
use std::time::Duration;

/// How long a file may take in all: 25 MB on a slow line.
const TIMEOUT: Duration = Duration::from_secs(60);
/// How long a connection may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How often Meta's hosts send us on.
const REDIRECTS: usize = 4;
/// Where Meta keeps pictures, files and pages. Names under these count, too.
const META: [&str; 6] =
    ["fbcdn.net", "fbsbx.com", "cdninstagram.com", "facebook.com", "instagram.com", "messenger.com"];

/// Why a file could not be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// The address is not one of Meta's. It is never asked.
    #[error("the address does not belong to Facebook")]
    Foreign,
    /// The address no longer works; a fresh one may.
    #[error("Facebook answered {0}")]
    Expired(u16),
    #[error("the file has more than {most} bytes")]
    TooLarge { most: u64 },
    /// It may work later.
    #[error("{0}")]
    Unreachable(String),
}

/// Fetches files.
#[derive(Debug)]
pub struct Downloads {
    http: Client,
    /// The simulator's address. Nothing in front of Meta itself.
    only: Option<Url>,
}

impl Downloads {
    /// For the Graph API at this address: Meta's hosts when it is Meta's, else that address alone.
    pub fn new(base: &str) -> Result<Self, reqwest::Error> {
        // A second installation fails and changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let only = Url::parse(base).ok().filter(|url| !is_metas(url));
        let builder = Client::builder()
            .user_agent(concat!("Baton/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false);
        let plain = only.as_ref().is_some_and(|url| url.scheme() == "http");
        let builder = if plain { builder.tls_certs_only([]) } else { builder };
        let builder = if super::client::is_loopback(base) { builder.no_proxy() } else { builder };
        Ok(Self { http: builder.build()?, only })
    }

    /// The file at this address, up to so many bytes.
    pub async fn fetch(&self, address: &str, most: u64) -> Result<Bytes, Missing> {
        let mut url = Url::parse(address).map_err(|_| Missing::Foreign)?;
        for _ in 0..=REDIRECTS {
            if !self.may_ask(&url) {
                return Err(Missing::Foreign);
            }
            let answer = self.http.get(url.clone()).send().await.map_err(unreachable)?;
            match answer.status() {
                status if status.is_success() => return read(answer, most).await,
                status if status.is_redirection() => url = next(&answer, &url)?,
                StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => {
                    return Err(Missing::Unreachable(format!(
                        "Facebook answered {}",
                        answer.status().as_u16()
                    )));
                }
                status if status.is_client_error() => return Err(Missing::Expired(status.as_u16())),
                status => return Err(Missing::Unreachable(format!("Facebook answered {}", status.as_u16()))),
            }
        }
        Err(Missing::Unreachable("Facebook sent us from address to address".into()))
    }

    fn may_ask(&self, url: &Url) -> bool {
        match &self.only {
            Some(only) => url.origin() == only.origin(),
            None => is_metas(url),
        }
    }
}

/// Whether an address is on one of Meta's hosts, over https on the usual port, with no name and password in it.
fn is_metas(url: &Url) -> bool {
    let plain = url.username().is_empty() && url.password().is_none() && url.port().is_none();
    let host = match url.host_str() {
        Some(host) => host.trim_end_matches('.').to_ascii_lowercase(),
        None => return false,
    };
    let under =
        |name: &&str| host == **name || host.strip_suffix(*name).is_some_and(|rest| rest.ends_with('.'));
    url.scheme() == "https" && plain && META.iter().any(under)
}

fn next(answer: &Response, from: &Url) -> Result<Url, Missing> {
    let to = answer.headers().get(LOCATION).and_then(|to| to.to_str().ok());
    to.and_then(|to| from.join(to).ok()).ok_or(Missing::Expired(answer.status().as_u16()))
}

/// Reads no further than allowed, whatever length was announced.
async fn read(mut answer: Response, most: u64) -> Result<Bytes, Missing> {
    let too_large = |length: u64| length > most;
    if answer.content_length().is_some_and(too_large) {
        return Err(Missing::TooLarge { most });
    }
    let mut body = BytesMut::new();
    while let Some(piece) = answer.chunk().await.map_err(unreachable)? {
        body.extend_from_slice(&piece);
        if too_large(u64::try_from(body.len()).unwrap_or(u64::MAX)) {
            return Err(Missing::TooLarge { most });
        }
    }
    Ok(body.freeze())
}

fn unreachable(error: reqwest::Error) -> Missing {
    // Without the address: it carries a signature.
    Missing::Unreachable(error.without_url().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metas(url: &str) -> bool {
        is_metas(&Url::parse(url).expect("an address"))
    }

    #[test]
    fn only_metas_hosts_are_asked() {
        assert!(metas("https://scontent.xx.fbcdn.net/v/a.jpg?oe=1"));
        assert!(metas("https://cdn.fbsbx.com/v/file.pdf"));
        for foreign in [
            "http://scontent.xx.fbcdn.net/a.jpg",
            "https://fbcdn.net.evil.example/a.jpg",
            "https://evilfbcdn.net/a.jpg",
            "https://127.0.0.1/a.jpg",
            "https://[::1]/a.jpg",
            "https://user@fbcdn.net/a.jpg",
            "https://fbcdn.net:8443/a.jpg",
            "file:///etc/passwd",
        ] {
            assert!(!metas(foreign), "{foreign}");
        }
    }

    #[test]
    fn in_front_of_a_simulator_only_the_simulator_is_asked() {
        let downloads = Downloads::new("http://127.0.0.1:4001/v25.0").expect("a client");
        let may = |url| downloads.may_ask(&Url::parse(url).expect("an address"));
        assert!(may("http://127.0.0.1:4001/parcel.png"));
        assert!(!may("http://127.0.0.1:4002/parcel.png") && !may("https://scontent.xx.fbcdn.net/a.jpg"));
    }
}
