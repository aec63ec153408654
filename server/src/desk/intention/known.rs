//! What an intention has read and need not read again.

use super::Intention;
use crate::node::NoCredentials;
use domain::{ContactId, ConversationId, PageId};
use messenger::Credentials;
use std::collections::HashMap;
use std::sync::Arc;
use store::contacts::{self, Known};
use store::messages::NewestOfEach;
use store::pages::PageRecord;
use store::{Result, messages, pages};

/// What was read, until this intention changes it.
#[derive(Default)]
pub(super) struct Reads {
    pub(super) pages: HashMap<PageId, Option<PageRecord>>,
    credentials: HashMap<PageId, Credentials>,
    contacts: HashMap<ContactId, Option<Arc<Known>>>,
    pub(super) words: HashMap<ConversationId, NewestOfEach>,
}

impl Intention {
    /// The page, read once.
    pub async fn page(&mut self, id: &PageId) -> Result<Option<PageRecord>> {
        if !self.reads.pages.contains_key(id) {
            let page = pages::find(&mut self.tx, id).await?;
            self.reads.pages.insert(id.clone(), page);
        }
        Ok(self.reads.pages.get(id).cloned().flatten())
    }

    /// What it takes to speak for a page, read once.
    pub async fn credentials(&mut self, page: &PageRecord) -> Result<Credentials, NoCredentials> {
        if let Some(known) = self.reads.credentials.get(&page.page.id) {
            return Ok(known.clone());
        }
        let node = self.node.clone();
        let read = node.credentials(&mut self.tx, page).await?;
        self.reads.credentials.insert(page.page.id.clone(), read.clone());
        Ok(read)
    }

    /// What is known about a customer, read again only after [`Intention::contact_changed`].
    pub async fn contact(&mut self, id: ContactId) -> Result<Option<Arc<Known>>> {
        if !self.reads.contacts.contains_key(&id) {
            let known = contacts::known(&mut self.tx, id).await?.map(Arc::new);
            self.reads.contacts.insert(id, known);
        }
        Ok(self.reads.contacts[&id].clone())
    }

    /// Somebody wrote down something else about a customer.
    pub fn contact_changed(&mut self, id: ContactId) {
        self.reads.contacts.remove(&id);
    }

    /// The newest words of either side, read again only after a message was added or changed.
    pub async fn words(&mut self, id: ConversationId) -> Result<NewestOfEach> {
        if let Some(known) = self.reads.words.get(&id) {
            return Ok(known.clone());
        }
        let read = messages::newest_of_each(&mut self.tx, id).await?;
        self.reads.words.insert(id, read.clone());
        Ok(read)
    }
}
