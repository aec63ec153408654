//! Add Google Sheets Row.

use crate::workflow::exit::Exit;
use crate::workflow::phrase::Phrase;
use crate::workflow::turn::{Because, CallResult, Effect, Hold, Input, Sight, Turn, Wait};
use serde::{Deserialize, Serialize};

/// Appends a row to a sheet of an account the workspace has connected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AddSheetRow {
    pub account: Option<String>,
    pub spreadsheet: String,
    pub sheet: String,
    pub columns: Vec<Column>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    pub name: String,
    pub value: Phrase,
}

/// The row with its values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub account: String,
    pub spreadsheet: String,
    pub sheet: String,
    /// Column and value.
    pub cells: Vec<(String, String)>,
}

impl AddSheetRow {
    pub fn check(&self, accounts: &dyn Fn(&str) -> bool) -> Vec<(&'static str, String)> {
        let mut flaws = Vec::new();
        if !self.account.as_deref().is_some_and(accounts) {
            flaws.push(("account", "Choose the Google account.".to_owned()));
        }
        if self.spreadsheet.trim().is_empty() || self.sheet.trim().is_empty() {
            flaws.push(("sheet", "Choose the spreadsheet and the sheet.".to_owned()));
        }
        if self.columns.is_empty() || self.columns.iter().any(|column| column.name.trim().is_empty()) {
            flaws.push(("columns", "Say which columns are filled.".to_owned()));
        }
        flaws
    }

    pub fn enter(&self, sight: &Sight<'_, '_>) -> Turn {
        let Some(account) = self.account.clone() else {
            return failed("No Google account is chosen.");
        };
        let scope = sight.scope();
        let cells = self.columns.iter().map(|column| (column.name.clone(), column.value.fill(&scope)));
        let row = Row {
            account,
            spreadsheet: self.spreadsheet.clone(),
            sheet: self.sheet.clone(),
            cells: cells.collect(),
        };
        Turn::hold(Wait::Call, Some(sight.now() + crate::MINUTE)).doing(Effect::AddRow { row })
    }

    pub fn resume(&self, hold: &Hold, input: &Input) -> Option<Turn> {
        match (hold.wait, input) {
            (Wait::Call, Input::Called(CallResult::Answered { .. })) => Some(Turn::leave(Exit::Next)),
            (Wait::Call, Input::Called(CallResult::Failed { words } | CallResult::HandOver { words })) => {
                Some(failed(words))
            }
            (Wait::Call, Input::TimeIsUp) => Some(failed("Google did not answer in time.")),
            (_, _) => None,
        }
    }
}

fn failed(words: &str) -> Turn {
    Turn::leave(Exit::Failure).because(Because::Called { words: words.to_owned() })
}
