//! The live socket: every change after a number, in order, without a gap.

mod upgrade;

use super::asker::Asker;
use super::{Edge, security, session};
use crate::live::{Frame, Next, OwnEnd, Place, Reach, Wire};
use crate::node::Node;
use app::api::Failure;
use axum::Extension;
use axum::extract::{Query, Request, State};
use axum::response::{IntoResponse, Response};
use domain::PersonId;
use domain::live::Ears;
use domain::person::{Act, Actor};
use futures::{SinkExt, StreamExt};
use serde::Deserialize;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;
use store::{changes, people};
use tokio::sync::broadcast::error::RecvError;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error, Message, Utf8Bytes};
use tower_sessions::Session;
use tower_sessions::session::Id;

/// The close code that means: sign in again.
pub const CLOSE_SIGNED_OUT: u16 = 4401;
/// The close code that means: connect again (RFC 6455 registry: service restart).
const CLOSE_COME_BACK: u16 = 1012;
/// Said this often, so that proxies keep the line open and dead ones are noticed.
const PING: Duration = Duration::from_secs(25);
/// A client that takes nothing for this long is gone; it comes back with its number.
const SLOW: Duration = Duration::from_secs(15);
/// Clients have nothing to say to us.
const FRAME_LIMIT: usize = 64 * 1024;
/// A small buffer: thousands of sockets idle at a time.
const BUFFER: usize = 1024;
/// What is said together leaves together, up to this many bytes: the kernel's `send` is what a socket costs.
const TOGETHER: usize = 16 * 1024;
/// How many frames are said in one breath, so that a client that is slow but alive has time for each.
const BREATH: usize = 64;
/// How many frames are read from the log at a time for one that is far behind.
const PAGE: i64 = 500;
/// Further behind than this, loading the page again is quicker.
const TOO_FAR: i64 = 5_000;

/// Where to go on.
#[derive(Deserialize)]
pub struct After {
    after: Option<i64>,
}

/// Opens the socket for people and programs that may look.
pub async fn live(
    State(edge): State<Edge>,
    Asker(actor): Asker,
    Query(query): Query<After>,
    session: Option<Extension<Session>>,
    request: Request,
) -> Response {
    let session = session.filter(|_| actor.person().is_some()).and_then(|Extension(session)| session.id());
    if !actor.may(Act::Look) || !security::comes_from_us(request.headers(), &edge.node.config.public_url) {
        return super::problem::Problem::from(Failure::Forbidden).into_response();
    }
    upgrade::answer(request, config(), move |wire, socket| async move {
        // What a socket holds while it is idle is what thousands of them cost.
        let place = edge.node.hub.place(wire.clone());
        let ears = Ears::from(&actor);
        let line = Box::new(Line { wire, socket, edge, actor, ears, session, _place: place });
        metrics::gauge!("baton_live_sockets").increment(1);
        let closing = line.run(query.after).await;
        metrics::gauge!("baton_live_sockets").decrement(1);
        drop(closing);
    })
}

fn config() -> WebSocketConfig {
    WebSocketConfig::default()
        .read_buffer_size(BUFFER)
        .write_buffer_size(TOGETHER)
        .max_frame_size(Some(FRAME_LIMIT))
        .max_message_size(Some(FRAME_LIMIT))
}

struct Line {
    socket: WebSocketStream<OwnEnd>,
    wire: Arc<Wire>,
    edge: Edge,
    actor: Actor,
    /// What this actor hears of. Whoever changes it closes the line. The round knows no difference between sockets, so
    /// only those join it that hear everything.
    ears: Ears,
    /// What a person signed in with; programs have none.
    session: Option<Id>,
    _place: Place,
}

/// What became of who listens.
enum Stands {
    AsBefore,
    /// They may something else now: they load anew.
    Otherwise,
    SignedOut,
}

/// The line is over; nothing more to say.
struct Over;

/// What ends a line's sleep.
enum Woken {
    Stopped,
    Changed(Result<PersonId, RecvError>),
    Tick,
    LeftBehind,
    Said(Option<Result<Message, Error>>),
}

impl Line {
    async fn run(mut self: Box<Self>, after: Option<i64>) -> Result<(), Over> {
        let node = self.edge.node.clone();
        let mut newest = node.hub.newest();
        let joins = self.ears.hear_everything();
        let mut changed_people = node.hub.changed_people();
        let mut last = match after {
            Some(after) if Box::pin(in_reach(&node, after)).await => after,
            Some(_) => {
                self.say(r#"{"reload":true}"#.into()).await?;
                *newest.borrow()
            }
            None => *newest.borrow(),
        };
        let mut ping = tokio::time::interval(PING);
        ping.reset();
        let stopping = self.edge.stopping.clone();
        let mut stopped = std::pin::pin!(stopping.cancelled());
        loop {
            newest.mark_unchanged();
            self.catch_up(&node, &mut last).await?;
            if joins {
                self.wire.join(last);
            }
            // What came before we joined, the round did not bring.
            let woken = if *newest.borrow() > last {
                Woken::LeftBehind
            } else {
                tokio::select! {
                    // What ends the line comes first.
                    biased;
                    () = &mut stopped => Woken::Stopped,
                    person = changed_people.recv() => Woken::Changed(person),
                    _ = ping.tick() => Woken::Tick,
                    () = self.wire.left_behind() => Woken::LeftBehind,
                    changed = newest.changed(), if !joins => match changed {
                        Ok(()) => Woken::LeftBehind,
                        Err(_) => Woken::Stopped,
                    },
                    said = self.socket.next() => Woken::Said(said),
                }
            };
            if joins {
                last = self.wire.leave();
            }
            match woken {
                Woken::Stopped => return self.close(CLOSE_COME_BACK, "restarting").await,
                Woken::Changed(Ok(person)) if self.is(person) => {
                    match Box::pin(standing(&node, &self.actor, self.session.as_ref())).await {
                        Stands::AsBefore => {}
                        Stands::Otherwise => {
                            self.say(r#"{"reload":true}"#.into()).await?;
                            return self.close(CLOSE_COME_BACK, "come back").await;
                        }
                        Stands::SignedOut => return self.close(CLOSE_SIGNED_OUT, "signed out").await,
                    }
                }
                Woken::Changed(Ok(_)) => {}
                // Too many at once to follow: coming back shows whether this one is still signed in.
                Woken::Changed(Err(_)) => return self.close(CLOSE_COME_BACK, "come back").await,
                Woken::Tick => {
                    // Another node may have signed this person out.
                    if let Stands::SignedOut =
                        Box::pin(standing(&node, &self.actor, self.session.as_ref())).await
                    {
                        return self.close(CLOSE_SIGNED_OUT, "signed out").await;
                    }
                    let ping = format!(r#"{{"ping":{},"n":{last}}}"#, node.clock.now().ms());
                    self.say(Utf8Bytes::from(ping)).await?;
                }
                Woken::LeftBehind => self.say_all(std::iter::empty()).await?,
                Woken::Said(Some(Ok(Message::Close(_))) | Some(Err(_)) | None) => return Ok(()),
                Woken::Said(Some(Ok(_))) => {}
            }
        }
    }

    fn is(&self, person: PersonId) -> bool {
        self.actor.person().is_some_and(|me| me.id == person)
    }

    async fn catch_up(&mut self, node: &Node, last: &mut i64) -> Result<(), Over> {
        loop {
            let fresh = match self.ears.hear_everything() {
                true => node.hub.after(*last),
                false => node.hub.after_for(*last, &self.ears),
            };
            let frames = match fresh {
                Next::Frames(frames) => frames,
                Next::Behind => Box::pin(read_log(node, *last, &self.ears)).await.ok_or(Over)?,
            };
            if frames.is_empty() {
                return Ok(());
            }
            for breath in frames.chunks(BREATH) {
                let said = breath.iter().map(|(_, frame)| frame).filter(|frame| !frame.is_empty());
                self.say_all(said.cloned()).await?;
                *last = breath.last().map_or(*last, |(n, _)| *n);
            }
        }
    }

    async fn say(&mut self, text: Utf8Bytes) -> Result<(), Over> {
        self.say_all(std::iter::once(text)).await
    }

    async fn say_all(&mut self, texts: impl Iterator<Item = Utf8Bytes>) -> Result<(), Over> {
        let said = async {
            for text in texts {
                self.socket.feed(Message::Text(text)).await?;
            }
            self.socket.flush().await
        };
        let mut said = std::pin::pin!(said);
        // Nearly always the kernel takes it at once, and no timer is needed.
        let done = match futures::poll!(said.as_mut()) {
            Poll::Ready(done) => Ok(done),
            Poll::Pending => tokio::time::timeout(SLOW, said).await,
        };
        match done {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(Over),
        }
    }

    async fn close(mut self: Box<Self>, code: u16, reason: &'static str) -> Result<(), Over> {
        let frame = CloseFrame { code: code.into(), reason: reason.into() };
        let sent = tokio::time::timeout(SLOW, self.socket.send(Message::Close(Some(frame)))).await;
        sent.map(|_| ()).map_err(|_| Over)
    }
}

/// Whether who listens may go on, and as the same.
async fn standing(node: &Node, actor: &Actor, session: Option<&Id>) -> Stands {
    if !session::is_alive(node, session).await {
        return Stands::SignedOut;
    }
    let Some(me) = actor.person() else { return Stands::AsBefore };
    match async { people::find(&mut node.db.snapshot().await?, me.id).await }.await {
        Ok(Some(person)) if person == *me => Stands::AsBefore,
        Ok(Some(_)) => Stands::Otherwise,
        Ok(None) => Stands::SignedOut,
        // A database that does not answer ends no line.
        Err(_) => Stands::AsBefore,
    }
}

/// Whether the log still holds everything after this number, and not too much of it.
async fn in_reach(node: &Node, after: i64) -> bool {
    let bounds = async { changes::bounds(&mut node.db.snapshot().await?).await }.await;
    bounds.is_ok_and(|(oldest, newest)| after <= newest && after + 1 >= oldest && newest - after <= TOO_FAR)
}

async fn read_log(node: &Node, last: i64, ears: &Ears) -> Option<Vec<Frame>> {
    let read = async { changes::after(&mut node.db.snapshot().await?, last, PAGE).await }.await;
    let said = |entry: changes::Entry| {
        let reach = Reach::of(&entry);
        (entry.n, reach.said(&Utf8Bytes::from(entry.frame), ears))
    };
    Some(read.ok()?.into_iter().map(said).collect())
}
