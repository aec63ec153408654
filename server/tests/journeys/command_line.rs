//! The command line: what it prints, and how it ends.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs `baton` over a data folder, with nothing else set.
fn baton(data: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_baton"))
        .args(arguments)
        .env_clear()
        .env("BATON_DATA", data)
        // Nothing answers here: what asks Meta is refused at once.
        .env("BATON_GRAPH_URL", "http://127.0.0.1:9/v25.0")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    // A command that wants no input may have ended before it is written.
    let _ = child.stdin.take().expect("it is piped").write_all(input.as_bytes());
    child.wait_with_output().expect("it ends")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

#[test]
fn every_command_has_help_with_an_example() {
    let data = tempfile::tempdir().expect("a folder");
    let commands: [&[&str]; 12] = [
        &[],
        &["serve"],
        &["demo"],
        &["simulator"],
        &["user", "add"],
        &["user", "set-password"],
        &["page", "add"],
        &["token", "add"],
        &["doctor"],
        &["migrate"],
        &["backup"],
        &["restore"],
    ];
    for command in commands {
        let output = baton(data.path(), &[command, &["--help"]].concat(), "");
        assert_eq!(code(&output), Some(0), "{command:?}");
        assert!(text(&output.stdout).contains("Example: "), "{command:?}");
    }
}

#[test]
fn wrong_usage_ends_with_2_and_says_what_to_do() {
    let data = tempfile::tempdir().expect("a folder");
    let wrong: [(&[&str], &str, &str); 6] = [
        (&["serve", "--listen", "here"], "", "--help"),
        (
            &["user", "add", "--email", "ann", "--name", "Ann", "--role", "owner", "--password-stdin"],
            "three little words",
            "e-mail",
        ),
        (
            &[
                "user",
                "add",
                "--email",
                "ann@example.test",
                "--name",
                "Ann",
                "--role",
                "owner",
                "--password-stdin",
            ],
            "short",
            "10 characters",
        ),
        (
            &["user", "add", "--email", "ann@example.test", "--name", "Ann", "--role", "boss"],
            "",
            "owner, manager or agent",
        ),
        (
            &["page", "add", "--page-id", "1", "--name", "Shop", "--app-id", "2", "--secrets-stdin"],
            "{}",
            "app_secret",
        ),
        (&["restore", "/nowhere/at/all"], "", "cannot be read"),
    ];
    for (arguments, input, words) in wrong {
        let output = baton(data.path(), arguments, input);
        assert_eq!(code(&output), Some(2), "{arguments:?}: {}", text(&output.stderr));
        assert!(text(&output.stderr).contains(words), "{arguments:?}: {}", text(&output.stderr));
    }
}

#[test]
fn a_token_is_printed_once_on_a_line_of_its_own() {
    let data = tempfile::tempdir().expect("a folder");
    let output = baton(data.path(), &["token", "add", "--name", "shop", "--scopes", "read,write"], "");
    assert_eq!(code(&output), Some(0), "{}", text(&output.stderr));
    let printed = text(&output.stdout);
    assert_eq!(printed.lines().count(), 1);
    assert!(printed.starts_with("baton_") && printed.trim().len() > 40, "{printed}");
}

#[test]
fn somebody_added_without_a_password_gets_a_link() {
    let data = tempfile::tempdir().expect("a folder");
    let zoe = ["user", "add", "--email", "zoe@example.test", "--name", "Zoe", "--role", "owner"];
    let output = baton(data.path(), &zoe, "");
    assert_eq!(code(&output), Some(0), "{}", text(&output.stderr));
    let printed = text(&output.stdout);
    let link = printed.lines().last().expect("a line");
    assert!(link.starts_with("http://127.0.0.1:3000/join/") && link.len() > 65, "{printed}");
    let again = baton(data.path(), &zoe, "");
    assert_eq!(code(&again), Some(2));
    assert!(text(&again.stderr).contains("invited already"), "{}", text(&again.stderr));
}

#[test]
fn a_page_is_connected_with_secrets_that_are_stored_sealed() {
    let data = tempfile::tempdir().expect("a folder");
    let secrets = r#"{"app_secret":"s3cret-of-app","verify_token":"v3rify","access_token":"EAAG-token"}"#;
    let arguments =
        ["page", "add", "--page-id", "1020", "--name", "Shop", "--app-id", "8451", "--secrets-stdin"];
    let output = baton(data.path(), &arguments, secrets);
    assert_eq!(code(&output), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("/webhooks/messenger/8451"));
    assert!(text(&output.stderr).contains("not subscribed yet"));
    let paths =
        std::fs::read_dir(data.path()).expect("a folder").map(|entry| entry.expect("an entry").path());
    // The folder for media holds nothing yet.
    for file in paths.filter(|path| path.is_file()) {
        let bytes = std::fs::read(file).expect("a file");
        for secret in ["s3cret-of-app", "v3rify", "EAAG-token"] {
            assert!(!text(&bytes).contains(secret), "{secret} is readable on disk");
        }
    }
    let doctor = baton(data.path(), &["doctor"], "");
    assert_eq!(code(&doctor), Some(1));
    assert!(text(&doctor.stdout).contains("wrong  Shop: token"), "{}", text(&doctor.stdout));
}

#[test]
fn a_backup_comes_back_and_nothing_is_replaced_without_a_word() {
    let data = tempfile::tempdir().expect("a folder");
    let copy = data.path().join("copy.sqlite").display().to_string();
    let ann = [
        "user",
        "add",
        "--email",
        "ann@example.test",
        "--name",
        "Ann",
        "--role",
        "owner",
        "--password-stdin",
    ];
    assert_eq!(code(&baton(data.path(), &ann, "three little words\n")), Some(0));
    assert_eq!(code(&baton(data.path(), &["backup", &copy], "")), Some(0));
    assert_eq!(code(&baton(data.path(), &["backup", &copy], "")), Some(2));
    let mia = [
        "user",
        "add",
        "--email",
        "mia@example.test",
        "--name",
        "Mia",
        "--role",
        "agent",
        "--password-stdin",
    ];
    assert_eq!(code(&baton(data.path(), &mia, "three little words\n")), Some(0));
    assert_eq!(code(&baton(data.path(), &mia, "three little words\n")), Some(2));
    assert_eq!(code(&baton(data.path(), &["restore", &copy], "")), Some(2));
    assert_eq!(code(&baton(data.path(), &["restore", &copy, "--force"], "")), Some(0));
    // Mia came after the copy, Ann before it.
    assert_eq!(code(&baton(data.path(), &mia, "three little words\n")), Some(0));
    assert_eq!(code(&baton(data.path(), &ann, "three little words\n")), Some(2));
}
