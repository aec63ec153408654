//! Who plays in the demo.

use domain::person::Role;
use messenger::simulator::{CustomerSetup, Setup};

pub const PAGE: &str = "102034567890123";
pub const APP: &str = "845120937761204";
pub const BOT: &str = "611203984417755";
pub const APP_SECRET: &str = "3f9c1d7be0a24c58b6e1f0927d4a8c35";
pub const VERIFY_TOKEN: &str = "vt_local_8d1f";
pub const ACCESS_TOKEN: &str = "EAAGfixturePageTokenA";

/// The team, the owner first.
pub const TEAM: [(&str, &str, Role); 4] = [
    ("Ann", "ann@example.test", Role::Owner),
    ("Mia", "mia@example.test", Role::Manager),
    ("Tom", "tom@example.test", Role::Agent),
    ("Zoe", "zoe@example.test", Role::Agent),
];

const FIRST: [&str; 20] = [
    "Inês", "Jonas", "Aiko", "Luca", "Dana", "Omar", "Freya", "Ben", "Camille", "Viktor", "Sofía", "Noah",
    "Elif", "Priya", "Mateo", "Hanna", "Kofi", "Lena", "Youssef", "Marta",
];
const LAST: [&str; 20] = [
    "Carvalho",
    "Weber",
    "Tanaka",
    "Moretti",
    "Kowalczyk",
    "Haddad",
    "Nilsen",
    "Okafor",
    "Roussel",
    "Dahl",
    "Marín",
    "van Dijk",
    "Yıldız",
    "Sharma",
    "Silva",
    "Virtanen",
    "Mensah",
    "Fischer",
    "Benali",
    "Nowak",
];

/// The sample's customers and as many more as it takes.
pub fn with_customers(mut setup: Setup, count: usize) -> Setup {
    let known = setup.customers.len();
    for n in known..count.max(known) {
        let n = n - known;
        setup.customers.push(CustomerSetup {
            psid: psid(n).into(),
            page: PAGE.into(),
            first_name: FIRST[n % FIRST.len()].into(),
            // Another last name each time the first names come round.
            last_name: LAST[(n + n / FIRST.len()) % LAST.len()].into(),
        });
    }
    setup
}

/// The n-th customer of the demo beyond the sample's.
fn psid(n: usize) -> String {
    format!("{}", 7_300_000_000_000_000_u64 + 7_919 * (n as u64 + 1))
}
