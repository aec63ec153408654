//! Any bytes at all as a webhook body: reading must end without a panic, and what is read must be whole.
//!
//! `cargo +nightly fuzz run event -- -max_total_time=60`, with `messenger/tests/fixtures/webhook` as first corpus.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|raw: &[u8]| {
    let Ok(reading) = messenger::event::read(raw) else {
        return;
    };
    for item in reading.items {
        match item {
            Ok(inbound) => {
                assert!(!inbound.key.is_empty() && !inbound.page.as_str().is_empty());
                assert!(inbound.at.ms() > 0);
                assert!(
                    inbound
                        .psid
                        .is_none_or(|psid| psid.as_str() != inbound.page.as_str())
                );
            }
            Err(parked) => assert!(!parked.reason.is_empty()),
        }
    }
});
