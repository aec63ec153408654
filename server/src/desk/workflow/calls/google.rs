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
    let token = buy(node, &read(key)?).await?;
    let sheet = Sheet { node, account, row, token };
    let cells = placed(&sheet.columns().await?, &row.cells)?;
    sheet.add(&cells, ticket).await
}

/// A sheet of an account that was let in.
struct Sheet<'a> {
    node: &'a Node,
    account: &'a Connection,
    row: &'a Row,
    token: String,
}

impl Sheet<'_> {
    /// What stands in the first row: the names of the columns.
    async fn columns(&self) -> Result<Vec<String>, String> {
        let url = self.address("!1:1")?;
        let (status, answer) = call(self.node, "GET", url.into(), self.headers(), None).await?;
        read_or_say(status)?;
        let first = answer["values"].get(0).and_then(serde_json::Value::as_array);
        let cell = |cell: &serde_json::Value| cell.as_str().map_or_else(|| cell.to_string(), str::to_owned);
        Ok(first.map(|cells| cells.iter().map(cell).collect()).unwrap_or_default())
    }

    async fn add(&self, cells: &[String], ticket: Uuid) -> Result<(), String> {
        let mut url = self.address(":append")?;
        url.set_query(Some("valueInputOption=RAW&insertDataOption=INSERT_ROWS"));
        let body = json!({ "values": [cells] }).to_string();
        let mut headers = self.headers();
        headers.push(("content-type".to_owned(), "application/json".to_owned()));
        headers.push(("idempotency-key".to_owned(), ticket.to_string()));
        read_or_say(call(self.node, "POST", url.into(), headers, Some(body)).await?.0)
    }

    /// Where a range of the sheet is; `rest` follows the sheet's name.
    fn address(&self, rest: &str) -> Result<url::Url, String> {
        let own = self.account.address.trim_end_matches('/');
        let base = if own.is_empty() { SHEETS } else { own };
        let mut url =
            url::Url::parse(base).map_err(|error| format!("The address of the sheets: {error}."))?;
        let range = format!("{}{rest}", quoted(&self.row.sheet));
        url.path_segments_mut()
            .map_err(|()| "The address of the sheets cannot be used.".to_owned())?
            .extend(["v4", "spreadsheets", self.row.spreadsheet.as_str(), "values", range.as_str()]);
        Ok(url)
    }

    fn headers(&self) -> Vec<(String, String)> {
        vec![("authorization".to_owned(), format!("Bearer {}", self.token))]
    }
}

fn read_or_say(status: u16) -> Result<(), String> {
    match status {
        200..300 => Ok(()),
        status => Err(format!(
            "Google answered with status {status}. Check the spreadsheet's id, the sheet's name and who may write."
        )),
    }
}

/// The values in the order of the sheet's columns, which are found by what stands in its first row. An empty sheet
/// takes them as they come.
fn placed(columns: &[String], cells: &[(String, String)]) -> Result<Vec<String>, String> {
    if columns.is_empty() {
        return Ok(cells.iter().map(|(_, value)| value.clone()).collect());
    }
    let mut row = vec![String::new(); columns.len()];
    for (name, value) in cells {
        let place = columns.iter().position(|column| column.trim().eq_ignore_ascii_case(name.trim()));
        let place = place.ok_or_else(|| {
            format!(
                "The sheet's first row has no column “{name}”. Add it there, or choose another in the step."
            )
        })?;
        row[place].clone_from(value);
    }
    Ok(row)
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
    let (status, answer) = call(node, "POST", place.to_owned(), headers, Some(body)).await?;
    let token = answer.get("access_token").and_then(serde_json::Value::as_str);
    token.map(str::to_owned).ok_or_else(|| format!("Google did not let the account in: status {status}."))
}

async fn call(
    node: &Node,
    method: &'static str,
    url: String,
    headers: Vec<(String, String)>,
    body: Option<String>,
) -> Result<(u16, serde_json::Value), String> {
    let call = Call { method, url, headers, body, timeout: PATIENCE, most: MOST_ANSWER };
    let answer = node.outbound.call(&call).await.map_err(|error| error.to_string())?;
    Ok((answer.status, serde_json::from_slice(&answer.body).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_go_under_the_names_of_their_columns() {
        let columns = ["Date", "Name", "stars "].map(str::to_owned);
        let cells =
            [("Stars", "5"), ("Name", "Maya")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(placed(&columns, &cells).as_deref(), Ok(&["", "Maya", "5"].map(str::to_owned)[..]));
        assert_eq!(placed(&[], &cells).as_deref(), Ok(&["5", "Maya"].map(str::to_owned)[..]));
        let refused = placed(&columns[..2], &cells).expect_err("Stars is missing");
        assert!(refused.contains("no column “Stars”"), "{refused}");
    }

    #[test]
    fn a_sheets_name_cannot_leave_its_quotes() {
        assert_eq!(quoted("Answers"), "'Answers'");
        assert_eq!(quoted("Mia's '!A1"), "'Mia''s ''!A1'");
    }
}
