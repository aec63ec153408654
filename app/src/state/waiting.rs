//! Answers on their way to the server, in the order they were written.
//!
//! An answer stands here from the moment it leaves the field until the server has said that it has it, also across a
//! reload: it goes out again under the same id, which the server takes once.

use crate::api::Reply;
use domain::conversation::file::Upload;
use domain::{ConversationId, MINUTE, MessageId, Timestamp};
use serde::{Deserialize, Serialize};

/// An answer written longer ago than this no longer leaves by itself: too much may have been said since.
const STILL_FITS: i64 = 30 * MINUTE;

/// An answer the server is not known to have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outgoing {
    pub conversation: ConversationId,
    pub reply: Reply,
    /// What the reply's files are, to draw them.
    pub files: Vec<Upload>,
    pub written_at: Timestamp,
    /// Whether it was typed in the field, so that it goes back there if it cannot leave.
    pub typed: bool,
}

/// All of them, oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Waiting {
    queue: Vec<Outgoing>,
    under_way: Vec<MessageId>,
}

impl Waiting {
    /// As this browser kept them: those to send, and those that no longer leave by themselves.
    pub fn found(kept: Vec<Outgoing>, now: Timestamp) -> (Self, Vec<Outgoing>) {
        let (queue, late) = kept.into_iter().partition(|one| now - one.written_at < STILL_FITS);
        (Self { queue, under_way: Vec::new() }, late)
    }

    /// As this browser has to keep them.
    pub fn to_keep(&self) -> &[Outgoing] {
        &self.queue
    }

    /// How many wait.
    pub fn len(&self) -> usize {
        self.queue.len()
    }

    /// Whether none waits.
    pub fn is_empty(&self) -> bool {
        self.queue.is_empty()
    }

    /// Those of one conversation, in order.
    pub fn of(&self, conversation: ConversationId) -> impl Iterator<Item = &Outgoing> {
        self.queue.iter().filter(move |one| one.conversation == conversation)
    }

    /// One more.
    pub fn push(&mut self, outgoing: Outgoing) {
        self.queue.retain(|one| one.reply.id != outgoing.reply.id);
        self.queue.push(outgoing);
    }

    /// Those that may leave now: the oldest of each conversation, unless it is under way. They are from then on.
    pub fn depart(&mut self) -> Vec<Outgoing> {
        let mut leaving: Vec<Outgoing> = Vec::new();
        let mut seen = Vec::new();
        for one in &self.queue {
            if seen.contains(&one.conversation) {
                continue;
            }
            seen.push(one.conversation);
            if !self.under_way.contains(&one.reply.id) {
                leaving.push(one.clone());
            }
        }
        self.under_way.extend(leaving.iter().map(|one| one.reply.id));
        leaving
    }

    /// It came back: nobody knows whether the server has it. It leaves again later.
    pub fn returned(&mut self, id: MessageId) {
        self.under_way.retain(|one| *one != id);
    }

    /// The server has spoken about it, one way or the other.
    pub fn settle(&mut self, id: MessageId) -> Option<Outgoing> {
        self.under_way.retain(|one| *one != id);
        let index = self.queue.iter().position(|one| one.reply.id == id)?;
        Some(self.queue.remove(index))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples::{NOW, conversation_id};
    use domain::HOUR;
    use uuid::Uuid;

    fn outgoing(n: u128, conversation: u128) -> Outgoing {
        Outgoing {
            conversation: conversation_id(conversation),
            reply: Reply::of(MessageId(Uuid::from_u128(n)), "Hello"),
            files: Vec::new(),
            written_at: NOW,
            typed: true,
        }
    }

    fn ids(leaving: &[Outgoing]) -> Vec<u128> {
        leaving.iter().map(|one| one.reply.id.0.as_u128()).collect()
    }

    #[test]
    fn answers_of_one_conversation_leave_one_after_the_other_and_others_do_not_wait() {
        let mut waiting = Waiting::default();
        for (n, conversation) in [(1, 1), (2, 1), (3, 2)] {
            waiting.push(outgoing(n, conversation));
        }
        assert_eq!(ids(&waiting.depart()), [1, 3]);
        assert_eq!(ids(&waiting.depart()), [0; 0]);
        waiting.settle(MessageId(Uuid::from_u128(1)));
        assert_eq!(ids(&waiting.depart()), [2]);
        assert_eq!(waiting.len(), 2);
    }

    #[test]
    fn what_came_back_leaves_again_and_stays_kept() {
        let mut waiting = Waiting::default();
        waiting.push(outgoing(1, 1));
        waiting.depart();
        waiting.returned(MessageId(Uuid::from_u128(1)));
        assert_eq!(waiting.to_keep().len(), 1);
        assert_eq!(ids(&waiting.depart()), [1]);
    }

    #[test]
    fn after_half_an_hour_an_answer_goes_back_to_its_author() {
        let kept = vec![outgoing(1, 1), Outgoing { written_at: NOW + HOUR, ..outgoing(2, 1) }];
        let (waiting, late) = Waiting::found(kept, NOW + HOUR);
        assert_eq!((waiting.len(), ids(&late)), (1, vec![1]));
    }
}
