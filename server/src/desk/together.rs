//! Intentions of many tasks that share a commit.
//!
//! The embedded database has one writer, and most of a short transaction is spent on making it durable. So whoever
//! wants to write waits for the turn, and who gets it takes along all who wait: each intention stays whole, and the
//! commit holds for all or for none. What fails together is tried again one by one, so that nobody fails because of
//! another. PostgreSQL joins commits by itself; there each intention is a transaction of its own.

use super::intention::Intention;
use crate::node::Node;
use futures::future::BoxFuture;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use store::{Error, Result};
use tokio::sync::oneshot;

/// How many share a commit at most.
const MOST: usize = 64;

/// Where intentions wait for the turn.
#[derive(Default)]
pub struct Together {
    waiting: Mutex<VecDeque<Box<dyn Part>>>,
    turn: tokio::sync::Mutex<()>,
}

/// Does something in an intention that others may be part of. It may be called again after it was rolled back.
pub async fn intend<T, F>(node: &Arc<Node>, act: F) -> Result<T>
where
    T: Send + 'static,
    F: for<'a> Fn(&'a mut Intention) -> BoxFuture<'a, Result<T>> + Send + Sync + 'static,
{
    if !node.db.is_sqlite() {
        return alone(node, &act).await;
    }
    let (told, mut answer) = oneshot::channel();
    node.together.line().push_back(Box::new(Waiting { act, done: None, told: Some(told) }));
    loop {
        let turn = node.together.turn.lock().await;
        match answer.try_recv() {
            Ok(done) => return done,
            // Whoever had taken us along is gone without a word.
            Err(oneshot::error::TryRecvError::Closed) => return Err(Error::Conflict),
            Err(oneshot::error::TryRecvError::Empty) => {}
        }
        let mut parts: Vec<_> = {
            let mut line = node.together.line();
            let count = line.len().min(MOST);
            line.drain(..count).collect()
        };
        if parts.len() == 1 || all(node, &mut parts).await.is_err() {
            for part in &mut parts {
                part.alone(node).await;
            }
        }
        drop(turn);
    }
}

impl Together {
    fn line(&self) -> std::sync::MutexGuard<'_, VecDeque<Box<dyn Part>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// All of them in one transaction.
async fn all(node: &Arc<Node>, parts: &mut [Box<dyn Part>]) -> Result<()> {
    let mut intention = Intention::begin(node).await?;
    for part in parts.iter_mut() {
        part.act(&mut intention).await?;
    }
    intention.commit().await?;
    parts.iter_mut().for_each(|part| part.tell());
    Ok(())
}

async fn alone<T, F>(node: &Arc<Node>, act: &F) -> Result<T>
where
    F: for<'a> Fn(&'a mut Intention) -> BoxFuture<'a, Result<T>>,
{
    let mut intention = Intention::begin(node).await?;
    let done = act(&mut intention).await?;
    intention.commit().await?;
    Ok(done)
}

/// An intention that waits, whatever it answers.
trait Part: Send {
    /// Does it, as one of several.
    fn act<'a>(&'a mut self, intention: &'a mut Intention) -> BoxFuture<'a, Result<()>>;
    /// Says that it is durable.
    fn tell(&mut self);
    /// Does it in a transaction of its own and says how that went.
    fn alone<'a>(&'a mut self, node: &'a Arc<Node>) -> BoxFuture<'a, ()>;
}

struct Waiting<T, F> {
    act: F,
    done: Option<T>,
    told: Option<oneshot::Sender<Result<T>>>,
}

impl<T, F> Part for Waiting<T, F>
where
    T: Send + 'static,
    F: for<'a> Fn(&'a mut Intention) -> BoxFuture<'a, Result<T>> + Send + Sync + 'static,
{
    fn act<'a>(&'a mut self, intention: &'a mut Intention) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            self.done = Some((self.act)(intention).await?);
            Ok(())
        })
    }

    fn tell(&mut self) {
        if let (Some(done), Some(told)) = (self.done.take(), self.told.take()) {
            // Whoever asked may be gone.
            let _ = told.send(Ok(done));
        }
    }

    fn alone<'a>(&'a mut self, node: &'a Arc<Node>) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            let done = alone(node, &self.act).await;
            if let Some(told) = self.told.take() {
                // Whoever asked may be gone.
                let _ = told.send(done);
            }
        })
    }
}
