//! Meta's codes and what follows from each.

use super::{Repeats, Verdict};

/// How long to leave the whole page alone when Meta does not say.
const PAUSE_MS: u64 = 60_000;
/// The same for the limit on one kind of call.
const SHORT_PAUSE_MS: u64 = 10_000;
/// How long a customer is left alone with an ad's questions.
const LEAD_FORM_MS: u64 = 5 * 60_000;

/// The verdict on a code and subcode; nothing when they are not known.
pub fn verdict(code: i64, subcode: Option<i64>, repeats: Repeats) -> Option<Verdict> {
    subcode.and_then(|subcode| by_subcode(code, subcode, repeats)).or_else(|| by_code(code, repeats))
}

fn by_subcode(code: i64, subcode: i64, repeats: Repeats) -> Option<Verdict> {
    Some(match (code, subcode) {
        (1, 1_357_046) => repeats.when_unsure(),
        (1, 2_018_382) => Verdict::GiveUp,
        (2, 2_018_344) => Verdict::Admin,
        (4, 2_018_354) | (9, 2_018_352) | (10, 1_404_170 | 1_893_015) => Verdict::GiveUp,
        (613, 2_018_338 | 1_893_016) => Verdict::GiveUp,
        (10, 1_893_063) => Verdict::Admin,
        (27, _) => Verdict::Admin,
        (190, _) => Verdict::Admin,
        (100, 1_893_061 | 33) => Verdict::GiveUp,
        (_, 2_018_278 | 2_018_065 | 2_534_022) => Verdict::WindowClosed,
        (_, 2_018_108 | 1_545_041) => Verdict::Unreachable,
        (_, 2_018_300 | 2_534_037 | 2_018_151) => Verdict::NotOwner,
        (_, 2_018_321) => Verdict::Retry { after_ms: Some(LEAD_FORM_MS) },
        (_, 2_018_171 | 2_018_234 | 2_018_164 | 2_018_028) => Verdict::Admin,
        (_, 2_018_001 | 2_018_014 | 2_018_109) => Verdict::GiveUp,
        (_, 2_018_008 | 2_018_294 | 2_018_047 | 2_018_074) => Verdict::GiveUp,
        (_, 2_018_320 | 2_018_328 | 2_018_173..=2_018_188) => Verdict::GiveUp,
        (_, 2_018_218 | 2_018_247) => Verdict::GiveUp,
        _ => return None,
    })
}

fn by_code(code: i64, repeats: Repeats) -> Option<Verdict> {
    Some(match code {
        1 | 2 | 1_200 => repeats.when_unsure(),
        4 | 17 | 32 | 80_006 => Verdict::Retry { after_ms: Some(PAUSE_MS) },
        613 => Verdict::Retry { after_ms: Some(SHORT_PAUSE_MS) },
        551 => Verdict::Unreachable,
        3 | 10 | 27 | 101 | 190 | 200 | 368 | 2_022 => Verdict::Admin,
        9 | 100 | 10_303 | 2_018_218 | 2_018_247 | 9_000_001 | 2_071_010 | 2_071_011 => Verdict::GiveUp,
        2_018_321 => Verdict::Retry { after_ms: Some(LEAD_FORM_MS) },
        2_018_171 | 2_018_234 => Verdict::Admin,
        2_018_173..=2_018_188 => Verdict::GiveUp,
        _ => return None,
    })
}

/// Whether a code means that nothing of this page can be sent.
pub fn page_is_disconnected(code: i64, subcode: Option<i64>) -> bool {
    match (code, subcode) {
        (190 | 368, _) => true,
        (10, Some(1_893_063)) => true,
        // With a subcode, 200 speaks of one customer: unavailable, or no tester of an unpublished app.
        (200, subcode) => subcode.is_none(),
        _ => false,
    }
}

/// Whether a code is a rate limit of the page or the app, rather than of one customer or one product.
pub fn is_rate_limit(code: i64, subcode: Option<i64>) -> bool {
    matches!((code, subcode), (4 | 17 | 32 | 80_006, None) | (613, None | Some(2_534_040)))
}
