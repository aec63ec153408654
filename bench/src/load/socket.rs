//! A live socket that only listens: it finds the frames in the bytes and looks at nothing else.

use anyhow::{Result, bail};
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A socket after its handshake.
pub struct Socket {
    stream: TcpStream,
    bytes: Vec<u8>,
}

impl Socket {
    /// Connects and upgrades.
    pub async fn open(to: SocketAddr, path: &str, token: &str) -> Result<Self> {
        let mut stream = TcpStream::connect(to).await?;
        // The server proves it speaks the protocol; that it also knows this key is not what we measure.
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: {to}\r\nupgrade: websocket\r\nconnection: Upgrade\r\n\
             sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n\
             authorization: Bearer {token}\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await?;
        let mut bytes = Vec::with_capacity(4_096);
        loop {
            if stream.read_buf(&mut bytes).await? == 0 {
                bail!("the server closed a socket that was about to open");
            }
            let Some(end) = memchr::memmem::find(&bytes, b"\r\n\r\n") else { continue };
            if !bytes.starts_with(b"HTTP/1.1 101") {
                bail!("no socket: {}", String::from_utf8_lossy(&bytes));
            }
            bytes.drain(..end + 4);
            return Ok(Self { stream, bytes });
        }
    }

    /// Waits for bytes and shows each text frame that is complete. `false`: the line is closed.
    pub async fn read(&mut self, mut show: impl FnMut(&[u8])) -> Result<bool> {
        let mut rest = 0;
        while let Some((frame, end)) = frame(&self.bytes[rest..]) {
            match frame.0 {
                TEXT => show(frame.1),
                CLOSE => return Ok(false),
                _ => {}
            }
            rest += end;
        }
        self.bytes.drain(..rest);
        Ok(self.stream.read_buf(&mut self.bytes).await? > 0)
    }
}

const TEXT: u8 = 1;
const CLOSE: u8 = 8;

/// The first frame with its kind and content, and where the next begins; nothing while it is incomplete.
fn frame(bytes: &[u8]) -> Option<((u8, &[u8]), usize)> {
    let kind = bytes.first()? & 0x0f;
    let (start, length) = match bytes.get(1)? & 0x7f {
        126 => (4, usize::from(u16::from_be_bytes(bytes.get(2..4)?.try_into().ok()?))),
        127 => (10, usize::try_from(u64::from_be_bytes(bytes.get(2..10)?.try_into().ok()?)).ok()?),
        short => (2, usize::from(short)),
    };
    let content = bytes.get(start..start + length)?;
    Some(((kind, content), start + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_frames_follow_each_other() {
        let mut bytes = vec![0x81, 2, b'h', b'i', 0x81, 126, 1, 0];
        bytes.extend([b'x'; 256]);
        let ((kind, content), end) = frame(&bytes).expect("a frame");
        assert_eq!((kind, content, end), (TEXT, b"hi".as_slice(), 4));
        assert!(frame(&bytes[end..bytes.len() - 1]).is_none());
        let ((_, content), end) = frame(&bytes[end..]).expect("a frame");
        assert_eq!((content.len(), end), (256, 260));
    }
}
