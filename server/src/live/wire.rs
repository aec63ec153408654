//! The connection under a live socket, which two may write to: the socket's own task, and the round that takes a new
//! change to everybody.
//!
//! A task in a thousand copies is dear to wake, and nearly always has only one thing to do: hand the kernel the same
//! bytes as all the others. So a task that has said all there is joins the round and sleeps; whatever the round cannot
//! do at once, such as waiting for a kernel that is full, wakes it again.

use bytes::Bytes;
use std::io::{ErrorKind, Result};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::Notify;

/// Changes on their way to everybody who has heard all before them.
pub struct Parcel {
    /// The number of the last change before them.
    pub after: i64,
    /// The number of the last one inside.
    pub newest: i64,
    /// Whole WebSocket frames.
    pub frames: Bytes,
}

/// A connection, with what its two writers must know of each other.
pub struct Wire {
    stream: TcpStream,
    turn: Mutex<Turn>,
    left_behind: Notify,
}

struct Turn {
    /// Whether the round may write.
    joined: bool,
    /// The number of the last change handed over while the round may write.
    last: i64,
    /// What the kernel did not take of a parcel: goes out before anything else.
    rest: Bytes,
    /// The task has begun a frame the kernel did not take whole.
    own_unfinished: bool,
}

impl Wire {
    /// A fresh connection; its own task does the talking.
    pub fn new(stream: TcpStream) -> Arc<Self> {
        let turn = Turn { joined: false, last: 0, rest: Bytes::new(), own_unfinished: false };
        Arc::new(Self { stream, turn: Mutex::new(turn), left_behind: Notify::new() })
    }

    /// Lets the round bring what comes after this number.
    pub fn join(&self, last: i64) {
        let mut turn = self.turn();
        turn.joined = true;
        turn.last = last;
    }

    /// From now on the task does the talking. Answers the number of the last change that was brought.
    pub fn leave(&self) -> i64 {
        let mut turn = self.turn();
        turn.joined = false;
        turn.last
    }

    /// Resolves when the round could not bring everything.
    pub async fn left_behind(&self) {
        self.left_behind.notified().await;
    }

    /// Brings a parcel to a connection that has joined. One that is not ready for exactly this parcel is left behind.
    pub fn bring(&self, parcel: &Parcel) {
        let mut turn = self.turn();
        if turn.joined && turn.last < parcel.newest && !self.hand_over(&mut turn, parcel) {
            turn.joined = false;
            self.left_behind.notify_one();
        }
    }

    /// Whether the kernel took the whole parcel.
    fn hand_over(&self, turn: &mut Turn, parcel: &Parcel) -> bool {
        if turn.last != parcel.after || turn.own_unfinished || !turn.rest.is_empty() {
            return false;
        }
        // Of an error the task hears itself, from its own next reading or writing.
        let Ok(taken) = self.stream.try_write(&parcel.frames) else { return false };
        turn.last = parcel.newest;
        turn.rest = parcel.frames.slice(taken..);
        turn.rest.is_empty()
    }

    /// Hands over what is left of a parcel.
    fn finish_parcel(&self, turn: &mut Turn) -> Result<()> {
        while !turn.rest.is_empty() {
            let taken = self.stream.try_write(&turn.rest)?;
            turn.rest = turn.rest.slice(taken..);
        }
        Ok(())
    }

    fn write(&self, bytes: &[u8]) -> Result<usize> {
        let mut turn = self.turn();
        turn.own_unfinished = true;
        self.finish_parcel(&mut turn)?;
        let taken = self.stream.try_write(bytes)?;
        turn.own_unfinished = taken < bytes.len();
        Ok(taken)
    }

    fn flush(&self) -> Result<()> {
        self.finish_parcel(&mut self.turn())
    }

    fn turn(&self) -> MutexGuard<'_, Turn> {
        self.turn.lock().expect("no code panics while it has the turn")
    }

    fn poll(
        &self,
        ready: impl Fn(&TcpStream, &mut Context<'_>) -> Poll<Result<()>>,
        context: &mut Context<'_>,
        mut attempt: impl FnMut() -> Result<usize>,
    ) -> Poll<Result<usize>> {
        loop {
            ready!(ready(&self.stream, context))?;
            match attempt() {
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                done => return Poll::Ready(done),
            }
        }
    }
}

/// The task's end of a [`Wire`]. It must always write the whole of what it was refused before anything new.
pub struct OwnEnd(pub Arc<Wire>);

impl AsyncRead for OwnEnd {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        let wire = &self.0;
        let read = || wire.stream.try_read(buffer.initialize_unfilled());
        let taken = ready!(wire.poll(TcpStream::poll_read_ready, context, read))?;
        buffer.advance(taken);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for OwnEnd {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        self.0.poll(TcpStream::poll_write_ready, context, || self.0.write(bytes))
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        if self.0.turn().rest.is_empty() {
            return Poll::Ready(Ok(()));
        }
        let flushed = self.0.poll(TcpStream::poll_write_ready, context, || self.0.flush().map(|()| 0));
        flushed.map_ok(|_| ())
    }

    /// The connection ends when both its users have let go of it.
    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        self.poll_flush(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    async fn pair() -> (Arc<Wire>, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (here, there) = tokio::join!(listener.accept(), TcpStream::connect(address));
        (Wire::new(here.expect("accepted").0), there.expect("connected"))
    }

    fn parcel(after: i64, newest: i64, frames: impl Into<Bytes>) -> Parcel {
        Parcel { after, newest, frames: frames.into() }
    }

    async fn heard(there: &mut TcpStream, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        there.read_exact(&mut bytes).await.expect("as many bytes");
        bytes
    }

    #[tokio::test]
    async fn who_has_joined_gets_what_comes_next() {
        let (wire, mut there) = pair().await;
        wire.stream.writable().await.expect("writable");
        wire.bring(&parcel(0, 1, "not yet"));
        wire.join(1);
        wire.bring(&parcel(1, 3, "two"));
        wire.bring(&parcel(0, 3, "an old one"));
        assert_eq!(wire.leave(), 3);
        wire.bring(&parcel(3, 4, "no longer"));
        assert_eq!(heard(&mut there, 3).await, b"two");
        assert_eq!(wire.leave(), 3);
    }

    #[tokio::test]
    async fn who_misses_a_parcel_is_left_behind() {
        let (wire, _there) = pair().await;
        wire.join(5);
        wire.bring(&parcel(6, 7, "seven"));
        wire.left_behind().await;
        assert_eq!(wire.leave(), 5);
    }

    #[tokio::test]
    async fn what_the_kernel_refused_goes_out_before_anything_else() {
        let (wire, mut there) = pair().await;
        wire.stream.writable().await.expect("writable");
        let big = vec![b'p'; 32 * 1024 * 1024];
        wire.join(0);
        wire.bring(&parcel(0, 1, big.clone()));
        wire.left_behind().await;
        assert_eq!(wire.leave(), 1);
        let mut own = OwnEnd(wire.clone());
        let writing = tokio::spawn(async move {
            own.write_all(b"own").await.expect("written");
            own.flush().await.expect("flushed");
        });
        assert!(heard(&mut there, big.len()).await == big);
        assert_eq!(heard(&mut there, 3).await, b"own");
        writing.await.expect("no panic");
    }

    #[tokio::test]
    async fn nobody_speaks_into_an_unfinished_frame() {
        let (wire, mut there) = pair().await;
        let mut own = OwnEnd(wire.clone());
        let big = vec![b'o'; 32 * 1024 * 1024];
        let taken = own.write(&big).await.expect("some of it");
        assert!(taken < big.len());
        wire.join(0);
        wire.bring(&parcel(0, 1, "p"));
        wire.left_behind().await;
        assert_eq!(wire.leave(), 0);
        let rest = big[taken..].to_vec();
        let writing = tokio::spawn(async move { own.write_all(&rest).await.expect("written") });
        assert!(heard(&mut there, big.len()).await == big);
        writing.await.expect("no panic");
    }

    /// A message that tells its length and its number; number 0 is the task's own.
    fn message(n: u32) -> Vec<u8> {
        let length = 8 + n * 7919 % 60_000;
        let mut bytes = [length.to_be_bytes(), n.to_be_bytes()].concat();
        bytes.resize(length as usize, b'.');
        bytes
    }

    /// What a socket's task does: catch up, join, sleep; and say something of its own whenever it wakes.
    async fn attend(wire: Arc<Wire>, newest: Arc<std::sync::atomic::AtomicU32>, until: u32) {
        let mut own = OwnEnd(wire.clone());
        let mut last = 0;
        loop {
            own.write_all(&message(0)).await.expect("written");
            let newest = newest.load(std::sync::atomic::Ordering::SeqCst);
            for n in last + 1..=newest {
                own.write_all(&message(n)).await.expect("written");
            }
            own.flush().await.expect("flushed");
            if newest == until {
                return;
            }
            wire.join(newest.into());
            tokio::select! {
                () = wire.left_behind() => {}
                () = tokio::task::yield_now() => {}
            }
            last = u32::try_from(wire.leave()).expect("a small number");
            own.flush().await.expect("flushed");
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 3)]
    async fn two_writers_and_a_slow_reader_never_mix_up_a_message() {
        const LAST: u32 = 2_000;
        let (wire, mut there) = pair().await;
        let newest = Arc::new(std::sync::atomic::AtomicU32::new(0));
        let attending = tokio::spawn(attend(wire.clone(), newest.clone(), LAST));
        let bringing = tokio::spawn(async move {
            for n in 1..=LAST {
                newest.store(n, std::sync::atomic::Ordering::SeqCst);
                wire.bring(&parcel(i64::from(n) - 1, n.into(), message(n)));
                tokio::task::yield_now().await;
            }
        });
        let mut expected = 1;
        while expected <= LAST {
            let head = heard(&mut there, 8).await;
            let number = |at: usize| u32::from_be_bytes(head[at..at + 4].try_into().expect("four bytes"));
            let (length, n) = (number(0), number(4));
            assert!(n == 0 || n == expected, "{n} instead of {expected}");
            assert_eq!(length, 8 + n * 7919 % 60_000);
            heard(&mut there, length as usize - 8).await;
            expected += u32::from(n > 0);
        }
        bringing.await.expect("no panic");
        attending.await.expect("no panic");
    }
}
