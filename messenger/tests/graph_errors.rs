//! Every error Meta is known to answer with: what follows, whether the page is out of action, what the agent reads.

use messenger::Verdict::{self, Admin, GiveUp, NotOwner, OutcomeUnknown, Retry, Unreachable, WindowClosed};
use messenger::error::{Error, Repeats, from_answer};
use serde_json::{Value, json};
use std::path::Path;

const NOW: Verdict = Retry { after_ms: None };

fn answered(status: u16, body: &Value, repeats: Repeats) -> Error {
    from_answer(status, body.to_string().as_bytes(), None, repeats)
}

fn refused(code: i64, subcode: Option<i64>) -> Error {
    let mut error = json!({"message": "words", "type": "OAuthException", "code": code, "fbtrace_id": "A1"});
    if let Some(subcode) = subcode {
        error["error_subcode"] = json!(subcode);
    }
    answered(400, &json!({"error": error}), Repeats::Harm)
}

fn recordings() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/graph");
    let files = std::fs::read_dir(folder).expect("recordings").map(|file| file.expect("a file").path());
    let errors =
        files.filter_map(|file| Some((file.file_stem()?.to_str()?.strip_prefix("error-")?.to_owned(), file)));
    errors
        .map(|(name, file)| {
            (name, serde_json::from_slice(&std::fs::read(file).expect("a file")).expect("JSON"))
        })
        .collect()
}

/// The verdict on each recording, when a message met with it.
fn verdict_on(name: &str) -> Verdict {
    match name {
        "1-unknown" | "2-service" => OutcomeUnknown,
        "4-app-limit" => Retry { after_ms: Some(60_000) },
        "613-rate" => Retry { after_ms: Some(10_000) },
        "10-2018065-window-news" | "10-2018278-window" | "10-2534022-window-ig" => WindowClosed,
        "10-2018108-cannot-receive" | "200-1545041-unavailable" | "551-1545041-unavailable" => Unreachable,
        "10-2018300-not-owner" | "100-2534037-not-owner" => NotOwner,
        "10-1893063-page-restricted" | "190-458-app-removed" | "190-460-password" | "190-expired" => Admin,
        "200-permissions" | "100-2018164-app-id" => Admin,
        "27-2534118-take-not-allowed" | "27-take-routing-off" => Admin,
        "100-1893061-tag-retired" | "100-2018001-no-user" | "100-2018008-fetch-failed" => GiveUp,
        "100-2018014-message-and-action" | "100-2018047-upload-failed" | "100-2018074-attachment-id" => {
            GiveUp
        }
        "100-2018109-too-big" | "100-2018218-no-profile" | "100-2018294-video" => GiveUp,
        "100-33-unsupported-get" | "10303-account-linking" => GiveUp,
        "2018247-profile-permission" | "9000001-deleted" => GiveUp,
        unknown => panic!("a recorded error without a verdict: {unknown}"),
    }
}

#[test]
fn every_recorded_error_has_its_verdict() {
    let recordings = recordings();
    assert_eq!(recordings.len(), 33);
    for (name, exchange) in recordings {
        let status = exchange["response"]["status"].as_u64().expect("a status");
        let status = u16::try_from(status).expect("a status");
        let body = &exchange["response"]["body"];
        let error = answered(status, body, Repeats::Harm);
        assert_eq!(error.kind, verdict_on(&name), "{name}");
        assert_eq!(error.code, body["error"]["code"].as_i64().expect("a code"), "{name}");
        assert_eq!(error.subcode, body["error"]["error_subcode"].as_i64(), "{name}");
        assert_eq!(error.trace.as_deref(), body["error"]["fbtrace_id"].as_str(), "{name}");
    }
}

/// The rows of Meta's table: code, subcodes, verdict.
fn rows() -> Vec<(i64, Vec<Option<i64>>, Verdict)> {
    let none = || vec![None];
    let each = |subcodes: &[i64]| subcodes.iter().copied().map(Some).collect::<Vec<_>>();
    vec![
        (1, vec![None, Some(99)], OutcomeUnknown),
        (2, none(), OutcomeUnknown),
        (1_200, none(), OutcomeUnknown),
        (1, each(&[1_357_046]), OutcomeUnknown),
        (4, none(), Retry { after_ms: Some(60_000) }),
        (17, none(), Retry { after_ms: Some(60_000) }),
        (32, none(), Retry { after_ms: Some(60_000) }),
        (80_006, none(), Retry { after_ms: Some(60_000) }),
        (613, vec![None, Some(2_534_040)], Retry { after_ms: Some(10_000) }),
        (613, each(&[2_018_338, 1_893_016]), GiveUp),
        (10, each(&[2_018_278, 2_018_065, 2_534_022]), WindowClosed),
        (10, each(&[2_018_108]), Unreachable),
        (551, vec![None, Some(1_545_041)], Unreachable),
        (200, each(&[1_545_041]), Unreachable),
        (10, each(&[2_018_300]), NotOwner),
        (100, each(&[2_534_037, 2_018_151]), NotOwner),
        (10, each(&[1_893_063]), Admin),
        (10, each(&[1_404_170, 1_893_015]), GiveUp),
        (4, each(&[2_018_354]), GiveUp),
        (9, each(&[2_018_352]), GiveUp),
        (100, each(&[1_893_061, 2_018_001, 33, 2_018_014, 2_018_109]), GiveUp),
        (100, each(&[2_018_008, 2_018_294, 2_018_047, 2_018_074]), GiveUp),
        (100, each(&[2_018_320, 2_018_328]), GiveUp),
        (100, (2_018_173..=2_018_188).map(Some).collect(), GiveUp),
        (190, vec![None, Some(458), Some(459), Some(460), Some(463), Some(464), Some(467), Some(492)], Admin),
        (3, none(), Admin),
        (10, none(), Admin),
        (200, vec![None, Some(2_018_028)], Admin),
        (368, none(), Admin),
        (2_022, none(), Admin),
        (10_303, none(), GiveUp),
        (100, each(&[2_018_218, 2_018_247]), GiveUp),
        (9_000_001, none(), GiveUp),
        (2_071_010, none(), GiveUp),
        (2_071_011, none(), GiveUp),
        (1, each(&[2_018_382]), GiveUp),
        (27, vec![None, Some(2_534_118), Some(2_018_464)], Admin),
        (100, each(&[2_018_321]), Retry { after_ms: Some(300_000) }),
        (100, each(&[2_018_171, 2_018_234, 2_018_164]), Admin),
    ]
}

#[test]
fn every_row_of_metas_table_has_its_verdict() {
    for (code, subcodes, verdict) in rows() {
        for subcode in subcodes {
            assert_eq!(refused(code, subcode).kind, verdict, "{code}/{subcode:?}");
        }
    }
}

#[test]
fn only_what_stops_every_message_disconnects_a_page() {
    for (code, subcodes, _) in rows() {
        for subcode in subcodes {
            let stops_all = matches!((code, subcode), (190 | 368, _) | (10, Some(1_893_063)) | (200, None));
            assert_eq!(refused(code, subcode).page_is_disconnected(), stops_all, "{code}/{subcode:?}");
        }
    }
}

#[test]
fn only_limits_of_the_page_or_app_pause_it() {
    assert!(refused(613, None).is_rate_limit() && refused(4, None).is_rate_limit());
    assert!(!refused(613, Some(2_018_338)).is_rate_limit(), "one customer only");
    assert!(!refused(100, Some(2_018_321)).is_rate_limit(), "one ad only");
}

#[test]
fn a_question_that_met_with_a_temporary_error_is_asked_again() {
    for status in [400, 500] {
        let body = json!({"error": {"message": "(#2) later", "code": 2}});
        assert_eq!(answered(status, &body, Repeats::Nothing).kind, NOW);
        assert_eq!(answered(status, &body, Repeats::Harm).kind, OutcomeUnknown);
    }
}

#[test]
fn an_unknown_code_is_final_unless_the_server_was_at_fault() {
    let body = json!({"error": {"message": "new", "code": 424_242, "error_subcode": 1}});
    assert_eq!(answered(400, &body, Repeats::Harm).kind, GiveUp);
    assert_eq!(answered(503, &body, Repeats::Harm).kind, OutcomeUnknown);
    assert_eq!(answered(503, &body, Repeats::Nothing).kind, NOW);
    let transient = json!({"error": {"message": "new", "code": 424_242, "is_transient": true}});
    assert_eq!(answered(400, &transient, Repeats::Harm).kind, OutcomeUnknown);
}

#[test]
fn a_known_code_counts_for_more_than_the_status() {
    let body = json!({"error": {"message": "window", "code": 10, "error_subcode": 2_018_278}});
    assert_eq!(answered(500, &body, Repeats::Harm).kind, WindowClosed);
}

#[test]
fn without_metas_explanation_a_message_may_have_been_sent() {
    for (status, body) in [
        (500, ""),
        (502, "<html>"),
        (400, "{\"error\":{\"code\":1"),
        (404, "not here"),
        (500, "{\"error\":7}"),
    ] {
        assert_eq!(
            from_answer(status, body.as_bytes(), None, Repeats::Harm).kind,
            OutcomeUnknown,
            "{status} {body}"
        );
        assert_eq!(from_answer(status, body.as_bytes(), None, Repeats::Nothing).kind, NOW, "{status} {body}");
    }
    assert_eq!(from_answer(429, b"", Some(5_000), Repeats::Harm).kind, Retry { after_ms: Some(5_000) });
}

#[test]
fn metas_own_waiting_time_replaces_ours() {
    let body = json!({"error": {"message": "slow", "code": 4}}).to_string();
    assert_eq!(
        from_answer(400, body.as_bytes(), Some(180_000), Repeats::Harm).kind,
        Retry { after_ms: Some(180_000) }
    );
}

#[test]
fn where_meta_gives_no_subcode_its_words_decide_last() {
    let says = |code: i64, words: &str| {
        answered(400, &json!({"error": {"message": words, "code": code}}), Repeats::Harm)
    };
    assert_eq!(says(10, "(#10) Another app is controlling this thread now.").kind, NotOwner);
    assert_eq!(says(100, "(#100) The sender is not the thread owner").kind, NotOwner);
    assert_eq!(says(100, "Handover Protocol APIs disabled for this page").kind, Admin);
}

#[test]
fn a_refused_take_over_says_which_switch_to_use() {
    assert_eq!(
        refused(27, Some(2_534_118)).words(),
        "Facebook did not let us take over: “Take control of conversations” is off for our app. In Facebook open \
         Settings → Page setup → Advanced Messaging → Edit beside our app and switch it on."
    );
}

#[test]
fn an_agent_is_always_told_what_to_do_and_never_in_metas_words() {
    for (code, subcodes, _) in rows() {
        for subcode in subcodes {
            let words = refused(code, subcode).words();
            assert!(
                words.ends_with('.') && words.matches(['.', ';']).count() >= 1,
                "{code}/{subcode:?}: {words}"
            );
            for jargon in ["OAuth", "PSID", "token", "API", "HTTP", "words", "thread owner", "null"] {
                assert!(!words.contains(jargon), "{code}/{subcode:?}: {words}");
            }
        }
    }
}

#[test]
fn an_error_shows_its_code_and_trace_in_the_log() {
    let shown = refused(10, Some(2_018_300)).to_string();
    assert!(shown.contains("10") && shown.contains("2018300") && shown.contains("A1"), "{shown}");
}
