//! The little HTTP a load needs: one connection, one request at a time, answers with a known length.

use super::event::Webhook;
use anyhow::{Context, Result, bail};
use std::io::{Read, Write};
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A connection that is kept open.
pub struct Connection {
    stream: TcpStream,
    head: String,
    request: Vec<u8>,
    answer: Vec<u8>,
}

impl Connection {
    /// Connects, to post webhooks to a path.
    pub async fn open(to: SocketAddr, path: &str) -> Result<Self> {
        let stream = TcpStream::connect(to).await?;
        stream.set_nodelay(true)?;
        let head = format!("POST {path} HTTP/1.1\r\nhost: {to}\r\ncontent-type: application/json\r\n");
        Ok(Self { stream, head, request: Vec::with_capacity(2_048), answer: Vec::with_capacity(1_024) })
    }

    /// Connects, to ask for a path with a token.
    pub async fn to_ask(to: SocketAddr, path: &str, token: &str) -> Result<Self> {
        let stream = TcpStream::connect(to).await?;
        stream.set_nodelay(true)?;
        let head = format!("GET {path} HTTP/1.1\r\nhost: {to}\r\nauthorization: Bearer {token}\r\n\r\n");
        Ok(Self { stream, head, request: Vec::new(), answer: Vec::with_capacity(65_536) })
    }

    /// Asks and returns the status of the answer.
    pub async fn ask(&mut self) -> Result<u16> {
        self.stream.write_all(self.head.as_bytes()).await?;
        self.status().await
    }

    /// Posts a webhook and returns the status of the answer.
    pub async fn post(&mut self, webhook: &Webhook) -> Result<u16> {
        self.request.clear();
        write!(
            self.request,
            "{}x-hub-signature-256: {}\r\ncontent-length: {}\r\n\r\n{}",
            self.head,
            webhook.signature,
            webhook.body.len(),
            webhook.body
        )?;
        self.stream.write_all(&self.request).await?;
        self.status().await
    }

    async fn status(&mut self) -> Result<u16> {
        self.answer.clear();
        loop {
            if self.stream.read_buf(&mut self.answer).await? == 0 {
                bail!("the server closed the connection");
            }
            if let Some(status) = complete(&self.answer)? {
                return Ok(status);
            }
        }
    }
}

/// The status of an answer, once all of it is there.
fn complete(answer: &[u8]) -> Result<Option<u16>> {
    let Some(end) = memchr::memmem::find(answer, b"\r\n\r\n") else { return Ok(None) };
    let head = std::str::from_utf8(&answer[..end])?;
    let status =
        head.split(' ').nth(1).and_then(|text| text.parse().ok()).context("an answer without a status")?;
    let mut headers = head.lines().filter_map(|line| line.split_once(": "));
    let length = headers.find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let length: usize = length.context("an answer without a length")?.1.trim().parse()?;
    Ok((answer.len() >= end + 4 + length).then_some(status))
}

/// Gets a text, on a connection of its own.
pub fn get(from: SocketAddr, path: &str) -> Result<String> {
    let mut stream = std::net::TcpStream::connect(from)?;
    write!(stream, "GET {path} HTTP/1.1\r\nhost: {from}\r\nconnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (head, body) = answer.split_once("\r\n\r\n").context("an answer without an end")?;
    if !head.starts_with("HTTP/1.1 200") {
        bail!("{path} answered {}", head.lines().next().unwrap_or_default());
    }
    Ok(body.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_counts_when_its_last_byte_is_there() {
        let whole = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 3\r\nretry-after: 1\r\n\r\nbad";
        assert_eq!(complete(whole).expect("reads"), Some(503));
        for end in 0..whole.len() {
            assert_eq!(complete(&whole[..end]).expect("reads"), None);
        }
    }
}
