//! Signatures against vectors that were computed elsewhere.

use domain::{PageId, Timestamp};
use messenger::signature::{
    ChallengeRefusal, SignatureError, SignedRequestError, appsecret_proof, challenge, sign, signed_request,
    verify,
};
use serde_json::Value;
use std::path::{Path, PathBuf};

const APP_SECRET: &str = "3f9c1d7be0a24c58b6e1f0927d4a8c35";

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/vectors").join(name)
}

fn vectors(name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(file(name)).expect("vectors")).expect("JSON")
}

fn text<'a>(of: &'a Value, key: &str) -> &'a str {
    of[key].as_str().unwrap_or_else(|| panic!("{key} in {of}"))
}

#[test]
fn every_signature_vector_is_judged_as_it_says() {
    let vectors = vectors("signature-vectors.json");
    let mut judged = (0, 0);
    for vector in vectors["vectors"].as_array().expect("vectors") {
        let (secret, header) = (text(vector, "app_secret"), text(vector, "x_hub_signature_256"));
        let verified = verify(secret, text(vector, "raw_body").as_bytes(), Some(header));
        match vector["valid"].as_bool() {
            Some(true) => judged.0 += usize::from(verified.is_ok()),
            Some(false) => judged.1 += usize::from(verified.is_err()),
            None => assert!(verified.is_ok(), "digits are digits in either case"),
        }
    }
    assert_eq!(judged, (5, 7));
}

#[test]
fn the_raw_files_carry_their_signatures_byte_for_byte() {
    for vector in vectors("signature-vectors.json")["vectors"].as_array().expect("vectors") {
        let Some(name) = vector["raw_file"].as_str() else {
            continue;
        };
        let raw = std::fs::read(file(name)).expect("a raw body");
        let header = sign(text(vector, "app_secret"), &raw);
        assert_eq!(header, text(vector, "x_hub_signature_256"), "{name}");
        assert_eq!(verify(APP_SECRET, &raw, Some(&header)).expect("signed").bytes(), raw);
    }
}

#[test]
fn a_body_without_a_proper_header_is_not_believed() {
    assert_eq!(verify(APP_SECRET, b"{}", None), Err(SignatureError::Missing));
    assert_eq!(verify(APP_SECRET, b"{}", Some("")), Err(SignatureError::Malformed));
    assert_eq!(verify(APP_SECRET, b"{}", Some("sha256=ü")), Err(SignatureError::Malformed));
    let other = sign("another secret", b"{}");
    assert_eq!(verify(APP_SECRET, b"{}", Some(&other)), Err(SignatureError::Wrong));
}

#[test]
fn the_proof_of_a_token_is_the_vectors() {
    let vector = vectors("appsecret-proof.json");
    let proof = appsecret_proof(text(&vector, "app_secret"), text(&vector, "access_token"));
    assert_eq!(proof, text(&vector, "appsecret_proof"));
}

#[test]
fn every_signed_request_is_judged_as_it_says() {
    let (page, now) = (PageId::from("102034567890123"), Timestamp(1_795_219_200_000 + 60_000));
    for case in vectors("signed-request.json")["cases"].as_array().expect("cases") {
        let judged = signed_request(APP_SECRET, text(case, "signed_request"), &page, now);
        let expected = match text(case, "name") {
            "valid" | "group-thread" => {
                let request = judged.expect("a valid request");
                assert_eq!(request.is_one_to_one(), text(case, "name") == "valid");
                assert_eq!(request.psid.as_str(), "7204415592310846");
                continue;
            }
            "stale" => SignedRequestError::Stale,
            "wrong-page" => SignedRequestError::OtherPage,
            "no-dot" => SignedRequestError::Malformed,
            "wrong-algorithm" | "tampered-payload" | "wrong-secret" => SignedRequestError::Wrong,
            unknown => panic!("a case nobody judged: {unknown}"),
        };
        assert_eq!(judged, Err(expected), "{case}");
    }
}

#[test]
fn every_verification_request_is_answered_as_it_says() {
    for case in vectors("webhook-verification.json")["cases"].as_array().expect("cases") {
        let query = |name: &str| case["query"][name].as_str();
        let token = text(case, "configured_verify_token");
        let answer = challenge(token, query("hub.mode"), query("hub.verify_token"), query("hub.challenge"));
        let status = match answer {
            Ok(_) => 200,
            Err(ChallengeRefusal::Incomplete) => 400,
            Err(ChallengeRefusal::Refused) => 403,
        };
        assert_eq!(case["expect"]["status"], status, "{case}");
        assert_eq!(case["expect"]["body"].as_str(), answer.ok(), "{case}");
    }
}

#[test]
fn no_verify_token_configured_means_nobody_verifies() {
    let answer = challenge("", Some("subscribe"), Some(""), Some("1"));
    assert_eq!(answer, Err(ChallengeRefusal::Refused));
}
