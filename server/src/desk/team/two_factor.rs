//! The second step of signing in: codes from a phone (TOTP, RFC 6238), and recovery codes for the day it is lost.
//!
//! A code counts once, within half a minute either way. Nothing here tells which part of a try was wrong.

use super::invalid;
use super::people::manageable;
use super::profile::prove;
use crate::desk::Refusal;
use crate::desk::intention::Intention;
use crate::desk::set_up::fingerprint;
use crate::node::Node;
use app::api::Enrolment;
use base64::prelude::{BASE64_STANDARD, Engine};
use domain::person::{Actor, Person};
use domain::{PersonId, Timestamp};
use qrcode::QrCode;
use qrcode::render::svg;
use rand::Rng;
use serde_json::json;
use std::sync::Arc;
use store::two_factor;
use totp_rs::{Builder, Secret, Totp};

/// How many recovery codes somebody gets.
const CODES: usize = 10;
/// Letters that are not taken for one another.
const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz234567890";
/// What phones show the codes under.
const ISSUER: &str = "Baton";

/// Makes a secret. It is asked for only once a code has proved that the phone has it.
pub async fn begin(node: &Arc<Node>, me: &Person, password: String) -> Result<Enrolment, Refusal> {
    prove(node, me, password).await?;
    let mut bytes = [0_u8; 20];
    rand::rng().fill(&mut bytes);
    let totp = totp(&bytes, &me.email)?;
    let secret = totp.secret().to_base32();
    let mut tx = node.db.begin().await?;
    if !two_factor::begin(&mut tx, me.id, &node.vault.seal(&owner(me.id), &secret)).await? {
        return invalid("Two-factor sign-in is on already. Turn it off first to use another phone.");
    }
    tx.commit().await?;
    let address = totp.to_url().map_err(|error| Refusal::Internal(error.to_string()))?;
    Ok(Enrolment { secret: in_groups(&secret), picture: picture(&address)? })
}

/// Proves the secret with a code; from now on it is asked for. Answers the recovery codes, once.
pub async fn confirm(node: &Arc<Node>, by: &Actor, me: &Person, code: &str) -> Result<Vec<String>, Refusal> {
    let mut intention = Intention::begin(node).await?;
    let now = intention.now();
    if !is_right_code(&mut intention, me.id, code).await? {
        return invalid("This code does not fit. Wait for the next one on your phone and type it at once.");
    }
    if !two_factor::confirm(intention.tx(), me.id, now).await? {
        return invalid("Two-factor sign-in is on already.");
    }
    let codes = fresh_codes(&mut intention, me.id).await?;
    intention.audit(by, "person.two_factor_on", None, json!({ "email": me.email })).await?;
    intention.commit().await?;
    Ok(codes)
}

/// Replaces the recovery codes. Answers them, once.
pub async fn renew_codes(
    node: &Arc<Node>,
    by: &Actor,
    me: &Person,
    password: String,
) -> Result<Vec<String>, Refusal> {
    prove(node, me, password).await?;
    let mut intention = Intention::begin(node).await?;
    if !is_on(&mut intention, me.id).await? {
        return invalid("Two-factor sign-in is off. Turn it on first.");
    }
    let codes = fresh_codes(&mut intention, me.id).await?;
    intention.audit(by, "person.recovery_codes_renewed", None, json!({ "email": me.email })).await?;
    intention.commit().await?;
    Ok(codes)
}

/// Asks oneself for no second step any more.
pub async fn end(node: &Arc<Node>, by: &Actor, me: &Person, password: String) -> Result<(), Refusal> {
    prove(node, me, password).await?;
    let mut intention = Intention::begin(node).await?;
    two_factor::forget(intention.tx(), me.id).await?;
    intention.audit(by, "person.two_factor_off", None, json!({ "email": me.email })).await?;
    Ok(intention.commit().await?)
}

/// Takes somebody else's second step away, who lost both phone and recovery codes.
pub async fn reset(node: &Arc<Node>, by: &Actor, id: PersonId) -> Result<(), Refusal> {
    let mut intention = Intention::begin(node).await?;
    let person = manageable(&mut intention, by, id).await?.person;
    if by.person().is_some_and(|me| me.id == id) {
        return invalid("Turn your own two-factor sign-in off in your profile.");
    }
    if !two_factor::forget(intention.tx(), id).await? {
        return invalid(format!("{} signs in without a second step.", person.name));
    }
    let detail = json!({ "person": person.name, "email": person.email });
    intention.audit(by, "person.two_factor_reset", None, detail).await?;
    Ok(intention.commit().await?)
}

/// Whether somebody is asked for a second step.
pub async fn is_asked_for(node: &Node, person: PersonId) -> Result<bool, Refusal> {
    let second = two_factor::find(&mut node.db.snapshot().await?, person).await?;
    Ok(second.is_some_and(|second| second.confirmed_at.is_some()))
}

/// Whether this code lets somebody in. It is used up by the answer: a code from the phone with all before it, a
/// recovery code for ever.
pub async fn lets_in(node: &Arc<Node>, person: &Person, code: &str) -> Result<bool, Refusal> {
    let mut intention = Intention::begin(node).await?;
    if !is_on(&mut intention, person.id).await? {
        return Ok(false);
    }
    let by_phone = is_right_code(&mut intention, person.id, code).await?;
    let by_recovery = !by_phone && use_recovery_code(&mut intention, person, code).await?;
    intention.commit().await?;
    Ok(by_phone || by_recovery)
}

async fn use_recovery_code(intention: &mut Intention, person: &Person, code: &str) -> Result<bool, Refusal> {
    let now = intention.now();
    if !two_factor::use_code(intention.tx(), person.id, &code_hash(person.id, code), now).await? {
        return Ok(false);
    }
    let left = two_factor::codes_left(intention.tx(), person.id).await?;
    let (by, detail) = (Actor::Person(person.clone()), json!({ "email": person.email, "codes_left": left }));
    intention.audit(&by, "person.recovery_code_used", None, detail).await?;
    Ok(true)
}

async fn is_on(intention: &mut Intention, person: PersonId) -> Result<bool, Refusal> {
    let second = two_factor::find(intention.tx(), person).await?;
    Ok(second.is_some_and(|second| second.confirmed_at.is_some()))
}

/// Whether it is the code of now, of half a minute ago or of the next half minute, and nobody used it.
async fn is_right_code(intention: &mut Intention, person: PersonId, code: &str) -> Result<bool, Refusal> {
    let digits: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
    let Some(second) = two_factor::find(intention.tx(), person).await? else { return Ok(false) };
    let secret = intention.node().vault.open(&owner(person), &second.secret);
    let secret = secret.map_err(|error| Refusal::Internal(error.to_string()))?;
    let secret = Secret::try_from_base32(&secret).map_err(|error| Refusal::Internal(error.to_string()))?;
    let totp = Builder::new().with_secret(secret).with_account_name("phone").build();
    let totp = totp.map_err(|error| Refusal::Internal(error.to_string()))?;
    match totp.check(&digits, seconds(intention.now())).and_then(|step| i64::try_from(step).ok()) {
        Some(step) => Ok(two_factor::use_step(intention.tx(), person, step).await?),
        None => Ok(false),
    }
}

async fn fresh_codes(intention: &mut Intention, person: PersonId) -> Result<Vec<String>, Refusal> {
    let codes: Vec<String> = (0..CODES).map(|_| fresh_code()).collect();
    let hashes: Vec<String> = codes.iter().map(|code| code_hash(person, code)).collect();
    two_factor::set_codes(intention.tx(), person, &hashes).await?;
    Ok(codes)
}

/// 75 bits, in groups one can read aloud.
fn fresh_code() -> String {
    let mut rng = rand::rng();
    let mut letter = || char::from(ALPHABET[rng.random_range(0..ALPHABET.len())]);
    let mut group = || (0..5).map(|_| letter()).collect::<String>();
    format!("{}-{}-{}", group(), group(), group())
}

/// A recovery code as it is kept, however it was typed.
fn code_hash(person: PersonId, code: &str) -> String {
    let letters: String = code.chars().filter(|letter| letter.is_ascii_alphanumeric()).collect();
    fingerprint(&format!("{person}:{}", letters.to_ascii_lowercase()))
}

/// Whose secret it is, for the vault.
fn owner(person: PersonId) -> String {
    format!("person:{person}:two_factor")
}

fn totp(secret: &[u8], email: &str) -> Result<Totp, Refusal> {
    // A colon would end the account's name in the address.
    let account = email.replace(':', ".");
    let totp =
        Builder::new().with_secret(secret.to_vec()).with_account_name(account).with_issuer(Some(ISSUER));
    totp.build().map_err(|error| Refusal::Internal(error.to_string()))
}

fn seconds(at: Timestamp) -> u64 {
    u64::try_from(at.ms() / 1_000).unwrap_or_default()
}

fn in_groups(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// A picture for the phone's camera: dark on light in every theme, or cameras do not see it.
fn picture(address: &str) -> Result<String, Refusal> {
    let code = QrCode::new(address).map_err(|error| Refusal::Internal(error.to_string()))?;
    let drawn = code
        .render::<svg::Color<'_>>()
        .min_dimensions(240, 240)
        .dark_color(svg::Color("#111"))
        .light_color(svg::Color("#fff"))
        .build();
    Ok(format!("data:image/svg+xml;base64,{}", BASE64_STANDARD.encode(drawn)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recovery_code_is_the_same_however_it_is_typed() {
        let person = PersonId(uuid::Uuid::from_u128(1));
        let code = fresh_code();
        assert_eq!(code.len(), 17);
        let typed = format!(" {} ", code.replace('-', " ").to_uppercase());
        assert_eq!(code_hash(person, &code), code_hash(person, &typed));
        assert_ne!(code_hash(person, &code), code_hash(PersonId(uuid::Uuid::from_u128(2)), &code));
        assert_ne!(code, fresh_code());
    }

    #[test]
    fn a_secret_is_typed_in_groups_of_four() {
        assert_eq!(in_groups("ABCDEFGHIJ"), "ABCD EFGH IJ");
    }
}
