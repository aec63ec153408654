//! Passwords: argon2id (19 MiB, two passes), computed off the async threads and at most one per core at a time, so that
//! a flood of sign-ins does not stall webhooks.

use argon2::password_hash::rand_core::OsRng;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// The fewest characters a password may have.
pub const MIN_LENGTH: usize = 10;

static CORES: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(std::thread::available_parallelism().map_or(1, usize::from)));

/// What nobody's password hashes to: checking it costs an unknown e-mail as much time as a known one.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("nobody has this password"));

fn argon2() -> Argon2<'static> {
    let params = Params::new(19_456, 2, 1, None).expect("these cost parameters are within argon2's limits");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash_now(password: &str) -> String {
    let salt = SaltString::generate(&mut OsRng);
    argon2()
        .hash_password(password.as_bytes(), &salt)
        .expect("argon2 takes a password of any length")
        .to_string()
}

/// The hash to store.
pub async fn hash(password: String) -> String {
    let _turn = CORES.acquire().await.expect("the semaphore is never closed");
    tokio::task::spawn_blocking(move || hash_now(&password)).await.expect("hashing does not panic")
}

/// Whether the password is the one behind the hash. Nobody's hash takes as long as somebody's.
pub async fn verify(password: String, hash: Option<String>) -> bool {
    let _turn = CORES.acquire().await.expect("the semaphore is never closed");
    let check = move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.clone());
        let right = PasswordHash::new(&hash)
            .is_ok_and(|parsed| argon2().verify_password(password.as_bytes(), &parsed).is_ok());
        known && right
    };
    tokio::task::spawn_blocking(check).await.unwrap_or(false)
}

/// Why a password is not taken.
pub fn weakness(password: &str, email: &str) -> Option<&'static str> {
    if password.chars().count() < MIN_LENGTH {
        return Some("Use at least 10 characters; a few words in a row are easy to remember.");
    }
    let name = email.split('@').next().unwrap_or_default();
    (password.eq_ignore_ascii_case(email) || password.eq_ignore_ascii_case(name))
        .then_some("Do not use your e-mail address as your password.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_right_password_opens_and_nothing_else_does() {
        let stored = hash("a long enough one".into()).await;
        assert!(verify("a long enough one".into(), Some(stored.clone())).await);
        assert!(!verify("another one here".into(), Some(stored)).await);
        assert!(!verify("nobody has this password".into(), None).await);
    }

    #[test]
    fn short_passwords_and_ones_own_address_are_refused() {
        assert!(weakness("short", "ann@example.test").is_some());
        assert!(weakness("ann@example.test", "ann@example.test").is_some());
        assert!(weakness("three little words", "ann@example.test").is_none());
    }
}
