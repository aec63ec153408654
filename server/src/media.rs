//! The media store: bytes by id, on this machine's disk or in a bucket that nodes share; and what bytes are by their
//! content.

use bytes::Bytes;
use domain::MediaId;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{GetRange, ObjectStore, ObjectStoreExt, PutPayload, parse_url_opts};
use std::ops::Range;
use std::sync::Arc;
use store::media::Facts;

/// Where the bytes of files lie. Writing one twice is as good as once.
#[derive(Clone, Debug)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
}

/// The media store did not do it.
#[derive(Debug, thiserror::Error)]
#[error("the media store failed: {0}")]
pub struct Broken(#[from] object_store::Error);

impl Files {
    /// Files in a folder of this machine, which is made if need be. What was written survives a power cut.
    pub fn in_folder(folder: &std::path::Path) -> Result<Self, Broken> {
        std::fs::create_dir_all(folder)
            .map_err(|source| object_store::Error::Generic { store: "local", source: Box::new(source) })?;
        let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true).with_automatic_cleanup(true);
        Ok(Self { store: Arc::new(store) })
    }

    /// A bucket, as in `s3://bucket/prefix`, with what it takes to reach it.
    pub fn in_bucket(url: &url::Url, options: Vec<(String, String)>) -> Result<Self, Broken> {
        // Its client finds the provider of TLS the same way as the one for Meta.
        let (store, prefix) = parse_url_opts(url, options)?;
        let store: Arc<dyn ObjectStore> = Arc::from(store);
        Ok(match prefix.as_ref().is_empty() {
            true => Self { store },
            false => Self { store: Arc::new(PrefixStore::new(store, prefix)) },
        })
    }

    /// Keeps the bytes of a file.
    pub async fn put(&self, id: MediaId, content: Bytes) -> Result<(), Broken> {
        self.store.put(&place(id), PutPayload::from_bytes(content)).await?;
        Ok(())
    }

    /// A file, or the part of it that was asked for. Nothing when it is not there.
    pub async fn get(&self, id: MediaId, range: Option<Range<u64>>) -> Result<Option<Bytes>, Broken> {
        let options = object_store::GetOptions {
            range: range.map(GetRange::Bounded),
            ..object_store::GetOptions::default()
        };
        match self.store.get_opts(&place(id), options).await {
            Ok(found) => Ok(Some(found.bytes().await?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Deletes a file. One that is not there is as good as deleted.
    pub async fn delete(&self, id: MediaId) -> Result<(), Broken> {
        match self.store.delete(&place(id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// Ids begin with the time; their ends spread over the folders.
fn place(id: MediaId) -> Path {
    let name = id.to_string();
    let folder = &name[name.len() - 2..];
    Path::from(format!("{folder}/{name}"))
}

/// What a file is by its content, whatever it is called, and how large.
pub fn facts(content: &[u8]) -> Facts {
    let kind = infer::get(content).map(|kind| kind.mime_type().to_owned());
    let is_picture = kind.as_deref().is_some_and(|kind| kind.starts_with("image/"));
    let size = is_picture.then(|| imagesize::blob_size(content).ok()).flatten();
    let number = |number: usize| i64::try_from(number).ok();
    Facts {
        kind,
        bytes: number(content.len()).unwrap_or(i64::MAX),
        width: size.as_ref().and_then(|size| number(size.width)),
        height: size.as_ref().and_then(|size| number(size.height)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = include_bytes!("../../messenger/src/simulator/page/parcel.png");

    #[test]
    fn a_file_is_what_its_content_says() {
        let picture = facts(PNG);
        assert_eq!(picture.kind.as_deref(), Some("image/png"));
        assert!(picture.width.is_some_and(|width| width > 0));
        assert_eq!(facts(b"<svg onload=alert(1)>").kind.as_deref().map(domain::media::is_shown), None);
        assert_ne!(facts(b"<html><script>").kind.as_deref().map(domain::media::is_shown), Some(true));
    }

    #[tokio::test]
    async fn what_was_put_is_there_in_whole_and_in_part_until_it_is_deleted() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = Files::in_folder(&folder.path().join("media")).expect("a store");
        let id = MediaId(uuid::Uuid::from_u128(7));
        files.put(id, Bytes::from_static(b"socks")).await.expect("kept");
        assert_eq!(files.get(id, None).await.expect("read").as_deref(), Some(&b"socks"[..]));
        assert_eq!(files.get(id, Some(1..3)).await.expect("read").as_deref(), Some(&b"oc"[..]));
        files.delete(id).await.expect("deleted");
        files.delete(id).await.expect("deleted");
        assert_eq!(files.get(id, None).await.expect("read"), None);
    }
}
