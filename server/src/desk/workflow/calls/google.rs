//! Rows for Google's sheets, by a service account: its key signs a claim, the claim buys a token, the token adds a row.

use crate::node::Node;
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use domain::workflow::steps::http::MOST_ANSWER;
use domain::workflow::steps::sheet::Row;
use domain::workflow::turn::CallResult;
use messenger::outbound::{Call, sign};
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;
use store::connections::Connection;
use uuid::Uuid;

/// How long each of the two calls may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// Where tokens are bought unless the key file names another place.
const TOKENS: &str = "https://oauth2.googleapis.com/token";
/// Where the sheets are unless the connection names another place.
const SHEETS: &str = "https://sheets.googleapis.com";
const SCOPE: &str = "https://www.googleapis.com/auth/spreadsheets";

/// A service account's key file, as far as it matters.
#[derive(Deserialize)]
pub struct KeyFile {
    pub client_email: String,
    pub private_key: String,
    #[serde(default)]
    pub token_uri: Option<String>,
}

/// Adds a row at the end of a sheet.
pub async fn append(node: &Node, account: &Connection, key: &str, row: &Row, ticket: Uuid) -> CallResult {
    match try_append(node, account, key, row, ticket).await {
        Ok(()) => CallResult::Answered { status: Some(200), values: Vec::new() },
        Err(words) => CallResult::Failed { words },
    }
}

/// Lets the account in, as a step would, without writing anything. `Err`: why not.
pub async fn greet(node: &Node, key: &str) -> Result<String, String> {
    let file = read(key)?;
    buy(node, &file).await?;
    Ok(format!("Google lets {} in. Share each spreadsheet with this address.", file.client_email))
}

fn read(key: &str) -> Result<KeyFile, String> {
    serde_json::from_str(key).map_err(|_| {
        "The key file of the Google account cannot be read. Connect the account again.".to_owned()
    })
}

async fn try_append(
    node: &Node,
    account: &Connection,
    key: &str,
    row: &Row,
    ticket: Uuid,
) -> Result<(), String> {
    let file = read(key)?;
    let token = buy(node, &file).await?;
    let base = if account.address.is_empty() { SHEETS } else { account.address.trim_end_matches('/') };
    let mut url = url::Url::parse(base).map_err(|error| format!("The address of the sheets: {error}."))?;
    let range = format!("{}:append", quoted(&row.sheet));
    url.path_segments_mut().map_err(|()| "The address of the sheets cannot be used.".to_owned())?.extend([
        "v4",
        "spreadsheets",
        row.spreadsheet.as_str(),
        "values",
        range.as_str(),
    ]);
    url.set_query(Some("valueInputOption=RAW&insertDataOption=INSERT_ROWS"));
    let cells: Vec<&str> = row.cells.iter().map(|(_, value)| value.as_str()).collect();
    let body = json!({ "values": [cells] }).to_string();
    let headers = vec![
        ("authorization".to_owned(), format!("Bearer {token}")),
        ("content-type".to_owned(), "application/json".to_owned()),
        ("idempotency-key".to_owned(), ticket.to_string()),
    ];
    let answer = post(node, url.into(), headers, body).await?;
    match answer.0 {
        200..300 => Ok(()),
        status => Err(format!(
            "Google answered with status {status}. Check the spreadsheet's id and who may write."
        )),
    }
}

/// The sheet's name as a range takes it.
fn quoted(sheet: &str) -> String {
    format!("'{}'", sheet.replace('\'', "''"))
}

async fn buy(node: &Node, file: &KeyFile) -> Result<String, String> {
    let place = file.token_uri.as_deref().unwrap_or(TOKENS);
    let now = node.clock.now().ms() / 1_000;
    let head = BASE64_URL_SAFE_NO_PAD.encode(r#"{"alg":"RS256","typ":"JWT"}"#);
    let claim =
        json!({ "iss": file.client_email, "scope": SCOPE, "aud": place, "iat": now, "exp": now + 3_600 });
    let claim = BASE64_URL_SAFE_NO_PAD.encode(claim.to_string());
    let unsigned = format!("{head}.{claim}");
    let signature = sign(&file.private_key, unsigned.as_bytes())
        .ok_or("The private key of the Google account cannot be used. Connect the account again.")?;
    let assertion = format!("{unsigned}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature));
    let body = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
        .append_pair("assertion", &assertion)
        .finish();
    let headers = vec![("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned())];
    let (status, answer) = post(node, place.to_owned(), headers, body).await?;
    let token = answer.get("access_token").and_then(serde_json::Value::as_str);
    token.map(str::to_owned).ok_or_else(|| format!("Google did not let the account in: status {status}."))
}

async fn post(
    node: &Node,
    url: String,
    headers: Vec<(String, String)>,
    body: String,
) -> Result<(u16, serde_json::Value), String> {
    let call = Call { method: "POST", url, headers, body: Some(body), timeout: PATIENCE, most: MOST_ANSWER };
    let answer = node.outbound.call(&call).await.map_err(|error| error.to_string())?;
    Ok((answer.status, serde_json::from_slice(&answer.body).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheets_name_cannot_leave_its_quotes() {
        assert_eq!(quoted("Answers"), "'Answers'");
        assert_eq!(quoted("Mia's '!A1"), "'Mia''s ''!A1'");
    }
}
