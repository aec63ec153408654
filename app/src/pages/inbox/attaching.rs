//! Files on their way onto a sheet. They belong to a conversation, so that going to another one meanwhile neither ends
//! them nor carries them along.

use super::problem::Problem;
use super::screen::Screen;
use super::writing::Audience;
use crate::browser::{self, Chosen};
use crate::text;
use domain::conversation::file::{FileRefusal, MAX_FILE, MOST_FILES, Megabytes, Upload, check_file};
use domain::wire;
use domain::{ConversationId, UploadId};
use leptos::prelude::*;
use serde::Deserialize;

/// A file that is not with the server yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Attaching {
    pub id: UploadId,
    pub name: String,
    /// In bytes.
    pub size: u64,
    /// How much of it is through, from 0 to 1.
    pub progress: f64,
    /// Why it did not get through.
    pub problem: Option<String>,
}

#[derive(Deserialize)]
struct Refused {
    detail: String,
}

impl Screen {
    /// Takes files that were chosen, dropped or pasted: those Messenger takes are on their way at once.
    pub fn attach(self, id: ConversationId, files: Vec<Chosen>) {
        if files.is_empty() {
            return;
        }
        self.audience.set(Audience::Customer);
        let mut refused = Vec::new();
        for file in files {
            match self.check(id, &file) {
                Ok(()) => self.start(id, browser::new_upload_id(), file),
                Err(refusal) => refused.push(refusal.to_string()),
            }
        }
        if !refused.is_empty() {
            self.problem.set(Some(Problem::from(refused.join(" "))));
        }
    }

    fn check(self, id: ConversationId, file: &Chosen) -> Result<(), FileRefusal> {
        let there = self.sheet(id).files.len() + self.attaching(id).len();
        if there >= MOST_FILES {
            return Err(FileRefusal::TooMany);
        }
        // What the browser does not know, the server finds out.
        if file.mime.is_empty() && file.size > 0 && file.size <= MAX_FILE {
            return Ok(());
        }
        if file.size > MAX_FILE {
            let (size, limit) = (Megabytes(file.size), Megabytes(MAX_FILE));
            return Err(FileRefusal::TooLarge { name: file.name.clone(), size, limit });
        }
        let mime = file.mime.split(';').next().unwrap_or_default().trim();
        check_file(&file.name, mime, file.size).map(|_| ())
    }

    /// Files of a conversation that are not with the server yet.
    pub fn attaching(self, id: ConversationId) -> Vec<Attaching> {
        self.attaching.with_untracked(|all| all.get(&id).cloned().unwrap_or_default())
    }

    fn start(self, id: ConversationId, file_id: UploadId, file: Chosen) {
        let (name, size) = (file.name.clone(), file.size);
        let (address, progress, ended) = self.on_the_way(id, file_id, &name);
        self.attaching.update(|all| {
            let shown = Attaching { id: file_id, name, size, progress: 0.0, problem: None };
            all.entry(id).or_default().push(shown);
        });
        browser::upload(file_id, file, &address, progress, ended);
    }

    /// Where a file goes, and who hears how far it has come.
    fn on_the_way(
        self,
        id: ConversationId,
        file: UploadId,
        name: &str,
    ) -> (String, Callback<f64>, Callback<(u16, String)>) {
        let progress = Callback::new(move |part: f64| {
            self.change_attaching(id, file, |file| file.progress = part);
        });
        let ended =
            Callback::new(move |(status, body): (u16, String)| self.uploaded(id, file, status, &body));
        (format!("/uploads/{file}?name={}", encoded(name)), progress, ended)
    }

    fn change_attaching(self, id: ConversationId, file: UploadId, change: impl FnOnce(&mut Attaching)) {
        self.attaching.maybe_update(|all| {
            let found = all.get_mut(&id).and_then(|files| files.iter_mut().find(|one| one.id == file));
            found.map(change).is_some()
        });
    }

    fn uploaded(self, id: ConversationId, file: UploadId, status: u16, body: &str) {
        let upload: Option<Upload> = wire::read(body.as_bytes()).ok().filter(|_| status == 201);
        let Some(upload) = upload else {
            if status == 401 {
                self.ended.set(true);
            }
            let words = wire::read(body.as_bytes()).map(|refused: Refused| refused.detail);
            let words = words.unwrap_or_else(|_| text::not_uploaded().to_owned());
            return self.change_attaching(id, file, |file| file.problem = Some(words));
        };
        let wanted = self.attaching(id).iter().any(|one| one.id == file);
        self.forget_attaching(id, file);
        if wanted {
            self.write(id, |sheet| {
                if sheet.files.iter().all(|there| there.id != upload.id) {
                    // Ids grow with time: whichever came through first, files stand as they were chosen.
                    let place = sheet.files.iter().position(|there| there.id.0 > upload.id.0);
                    sheet.files.insert(place.unwrap_or(sheet.files.len()), upload);
                }
            });
        }
    }

    fn forget_attaching(self, id: ConversationId, file: UploadId) {
        browser::let_go(file);
        self.attaching.update(|all| {
            if let Some(files) = all.get_mut(&id) {
                files.retain(|one| one.id != file);
            }
        });
    }

    /// Tries a file again that did not get through. The same id: twice is once.
    pub fn attach_again(self, id: ConversationId, file: UploadId) {
        let Some(name) = self.attaching(id).into_iter().find(|one| one.id == file).map(|one| one.name) else {
            return;
        };
        self.change_attaching(id, file, |file| {
            file.problem = None;
            file.progress = 0.0;
        });
        let (address, progress, ended) = self.on_the_way(id, file, &name);
        browser::upload_again(file, &address, progress, ended);
    }

    /// Takes a file off the sheet, or stops it on its way there.
    pub fn detach(self, id: ConversationId, file: UploadId) {
        self.forget_attaching(id, file);
        self.write(id, |sheet| sheet.files.retain(|one| one.id != file));
        browser::delete(&format!("/uploads/{file}"));
    }
}

fn encoded(name: &str) -> String {
    let mut encoded = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => encoded.push(char::from(byte)),
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_break_out_of_its_address() {
        assert_eq!(encoded("a&b ü.pdf"), "a%26b%20%C3%BC.pdf");
    }
}
