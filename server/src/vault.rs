//! Secrets at rest: page tokens and app secrets are stored sealed and opened only to be used.

use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD, Engine};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use rand::RngCore;
use sha2::{Digest, Sha256};

/// Seals and opens with the workspace's key (`BATON_SECRET_KEY`).
#[derive(Clone)]
pub struct Vault {
    cipher: XChaCha20Poly1305,
    /// For marks.
    key: [u8; 32],
}

/// A sealed secret cannot be opened: another key, another owner, or damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a stored secret cannot be opened with this BATON_SECRET_KEY; use the key it was stored with, or connect the page again"
)]
pub struct Unopened;

const NONCE: usize = 24;

impl Vault {
    /// A vault with this key of 32 bytes.
    pub fn new(key: &[u8; 32]) -> Self {
        let marks = Sha256::new().chain_update(b"marks").chain_update(key).finalize();
        Self { cipher: XChaCha20Poly1305::new(key.into()), key: marks.into() }
    }

    /// A new random key.
    pub fn fresh_key() -> [u8; 32] {
        let mut key = [0; 32];
        rand::rng().fill_bytes(&mut key);
        key
    }

    /// A mark only this server can make, for addresses that let in whoever knows them.
    pub fn mark(&self, of: &str) -> String {
        let mut mac =
            <Hmac<Sha256> as Mac>::new_from_slice(&self.key).expect("HMAC takes a key of any length");
        mac.update(of.as_bytes());
        BASE64_URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
    }

    /// Seals a secret for one owner: moved to another row, it no longer opens.
    pub fn seal(&self, owner: &str, secret: &str) -> String {
        let mut nonce = [0; NONCE];
        rand::rng().fill_bytes(&mut nonce);
        let sealed = self
            .cipher
            .encrypt(XNonce::from_slice(&nonce), Payload { msg: secret.as_bytes(), aad: owner.as_bytes() })
            .expect("a secret is far shorter than the cipher's limit of 256 GiB");
        BASE64_STANDARD.encode([&nonce[..], &sealed].concat())
    }

    /// Opens what was sealed for this owner.
    pub fn open(&self, owner: &str, sealed: &str) -> Result<String, Unopened> {
        let bytes = BASE64_STANDARD.decode(sealed).map_err(|_| Unopened)?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE).ok_or(Unopened)?;
        let plain = self
            .cipher
            .decrypt(XNonce::from_slice(nonce), Payload { msg: sealed, aad: owner.as_bytes() })
            .map_err(|_| Unopened)?;
        String::from_utf8(plain).map_err(|_| Unopened)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_only_for_its_owner_and_with_its_key() {
        let vault = Vault::new(&[7; 32]);
        let sealed = vault.seal("page:1", "EAAG");
        assert!(!sealed.contains("EAAG"));
        assert_eq!(vault.open("page:1", &sealed).as_deref(), Ok("EAAG"));
        assert_eq!(vault.open("page:2", &sealed), Err(Unopened));
        assert_eq!(Vault::new(&[8; 32]).open("page:1", &sealed), Err(Unopened));
        assert_eq!(vault.open("page:1", "short"), Err(Unopened));
    }
}
