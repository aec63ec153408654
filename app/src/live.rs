//! The live socket: every change reaches the screen in order, and after a break it resumes without a gap.

use crate::browser;
use crate::state::{Frame, Link, pause};
use domain::{SECOND, Timestamp};
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{CloseEvent, MessageEvent, WebSocket};

/// The close code that means: sign in again.
const SIGNED_OUT: u16 = 4401;
/// A break shorter than this is not worth a word.
const UNNOTICED: i64 = SECOND;
/// From here on it is not a hiccup.
const LONG: i64 = 8 * SECOND;
/// The server says something at least every 25 s; a line that is silent for longer is dead.
const SILENCE: i64 = 60 * SECOND;
/// How often the line is looked after.
const WATCH: Duration = Duration::from_millis(1_000);

/// What the socket serves.
#[derive(Clone, Copy)]
pub struct Line {
    /// The number to resume after.
    pub heard: Callback<(), i64>,
    /// Takes in what comes.
    pub hear: Callback<Frame>,
    /// Is told how the connection is, whenever that changes.
    pub link: Callback<Link>,
}

/// Listens until the screen is gone.
pub fn listen(line: Line) {
    let socket = Socket {
        line,
        open: StoredValue::new_local(None),
        attempt: StoredValue::new(0),
        lost_at: StoredValue::new(None),
        spoke_at: StoredValue::new(browser::now()),
        link: StoredValue::new(Link::Connected),
        ended: StoredValue::new(false),
    };
    socket.connect();
    let watching = set_interval_with_handle(move || socket.watch(), WATCH);
    let back = window_event_listener(leptos::ev::online, move |_| socket.connect());
    on_cleanup(move || {
        if let Ok(watching) = watching {
            watching.clear();
        }
        back.remove();
        socket.hang_up();
    });
}

/// A connection with what its events call; they live and die together.
struct Wire {
    socket: WebSocket,
    _said: Closure<dyn FnMut(MessageEvent)>,
    _opened: Closure<dyn FnMut()>,
    _closed: Closure<dyn FnMut(CloseEvent)>,
}

#[derive(Clone, Copy)]
struct Socket {
    line: Line,
    open: StoredValue<Option<Wire>, LocalStorage>,
    attempt: StoredValue<u32>,
    lost_at: StoredValue<Option<Timestamp>>,
    spoke_at: StoredValue<Option<Timestamp>>,
    link: StoredValue<Link>,
    ended: StoredValue<bool>,
}

impl Socket {
    fn connect(self) {
        if self.open.try_with_value(Option::is_some) != Some(false) {
            return;
        }
        let Some(wire) = self.dial() else { return self.lost() };
        self.open.set_value(Some(wire));
    }

    fn dial(self) -> Option<Wire> {
        let location = window().location();
        let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
        let address = format!("{scheme}://{}/live?after={}", location.host().ok()?, self.line.heard.run(()));
        let socket = WebSocket::new(&address).ok()?;
        let said = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                self.spoke_at.try_set_value(browser::now());
                self.line.hear.run(Frame::read(&text));
            }
        });
        let opened = Closure::<dyn FnMut()>::new(move || self.opened());
        let closed = Closure::<dyn FnMut(CloseEvent)>::new(move |event: CloseEvent| {
            if event.code() == SIGNED_OUT {
                self.ended.try_set_value(true);
                self.tell(Link::Ended);
            }
            self.lost();
        });
        socket.set_onmessage(Some(said.as_ref().unchecked_ref()));
        socket.set_onopen(Some(opened.as_ref().unchecked_ref()));
        socket.set_onclose(Some(closed.as_ref().unchecked_ref()));
        Some(Wire { socket, _said: said, _opened: opened, _closed: closed })
    }

    fn opened(self) {
        self.attempt.try_set_value(0);
        self.lost_at.try_set_value(None);
        self.spoke_at.try_set_value(browser::now());
        self.ended.try_set_value(false);
        self.tell(Link::Connected);
    }

    /// The line broke or was never there: try again after a pause.
    fn lost(self) {
        self.hang_up();
        if self.lost_at.try_get_value() == Some(None) {
            self.lost_at.set_value(browser::now());
        }
        let Some(attempt) = self.attempt.try_get_value() else { return };
        self.attempt.set_value(attempt + 1);
        let wait = Duration::from_millis(u64::try_from(pause(attempt, browser::chance())).unwrap_or(0));
        set_timeout(move || self.connect(), wait);
    }

    fn hang_up(self) {
        let wire = self.open.try_update_value(Option::take).flatten();
        if let Some(wire) = wire {
            wire.socket.set_onmessage(None);
            wire.socket.set_onopen(None);
            wire.socket.set_onclose(None);
            let _closed_already = wire.socket.close();
            // A closure must not be dropped while it is the one that runs.
            set_timeout(move || drop(wire), Duration::ZERO);
        }
    }

    fn watch(self) {
        let Some(now) = browser::now() else { return };
        let spoke_at = self.spoke_at.get_value().unwrap_or(now);
        if self.lost_at.get_value().is_none() && now - spoke_at > SILENCE {
            return self.lost();
        }
        let Some(since) = self.lost_at.get_value().filter(|_| !self.ended.get_value()) else { return };
        if now - since > LONG || !browser::is_online() {
            self.tell(Link::Offline { since });
        } else if now - since > UNNOTICED {
            self.tell(Link::Reconnecting);
        }
    }

    fn tell(self, link: Link) {
        if self.link.try_get_value().is_some_and(|told| told != link) {
            self.link.set_value(link);
            self.line.link.run(link);
        }
    }
}
