//! What comes over the live socket.

use domain::live::{Change, Numbered};
use domain::wire;
use serde::Deserialize;

/// One frame of the live socket.
#[derive(Clone, Debug, PartialEq)]
pub enum Frame {
    Changes(Vec<Numbered>),
    /// We are too far behind: load everything again.
    Reload,
    /// The server is still there. Everything up to this number that is for us was told.
    Ping(Option<i64>),
}

#[derive(Deserialize)]
struct Wire {
    n: Option<i64>,
    change: Option<Change>,
    #[serde(default)]
    reload: bool,
}

impl Frame {
    /// Reads a frame. One that cannot be read may have carried a change, so it asks for a reload.
    pub fn read(text: &str) -> Self {
        let json = text.trim_start().as_bytes();
        let wires =
            if json.starts_with(b"[") { wire::read(json) } else { wire::read(json).map(|wire| vec![wire]) };
        wires.map_or(Self::Reload, Self::of)
    }

    fn of(wires: Vec<Wire>) -> Self {
        if wires.iter().any(|wire| wire.reload) {
            return Self::Reload;
        }
        let told = wires.iter().filter_map(|wire| wire.n).max();
        let changes: Vec<Numbered> = wires
            .into_iter()
            .filter_map(|wire| Some(Numbered { n: wire.n?, change: wire.change? }))
            .collect();
        if changes.is_empty() { Self::Ping(told) } else { Self::Changes(changes) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_frame_is_told_apart() {
        assert_eq!(Frame::read(r#"{"ping":1795269780000}"#), Frame::Ping(None));
        assert_eq!(Frame::read(r#"{"ping":1795269780000,"n":6}"#), Frame::Ping(Some(6)));
        assert_eq!(Frame::read(r#"{"reload":true}"#), Frame::Reload);
        let page = r#"{"n":7,"change":{"kind":"page","page":{"id":"1","name":"Shoe Shop","health":{"state":"connected"}}}}"#;
        assert!(matches!(Frame::read(page), Frame::Changes(changes) if changes[0].n == 7));
        assert!(
            matches!(Frame::read(&format!("[{page},{page}]")), Frame::Changes(changes) if changes.len() == 2)
        );
    }

    #[test]
    fn an_unknown_change_is_not_ignored() {
        assert_eq!(Frame::read(r#"{"n":7,"change":{"kind":"from_the_future"}}"#), Frame::Reload);
    }
}
