//! The wire between screens and server.
//!
//! A screen calls a server function of two or three lines; it asks the [`Desk`], which `server` implements and puts
//! into the context of each request together with who asks. REST handlers call the same `Desk`, so a rule holds for
//! both. To add something: a method on the trait, its use case in `server/src/desk/`, a server function here.

mod codec;
mod contacts;
mod delivered;
mod failure;
mod inbox;
pub mod pages;
#[cfg(feature = "ssr")]
mod port;
mod preferences;
mod request;
mod routing;
mod runs;
mod team;
mod thread;
pub mod workflows;
mod workspace;
mod writing;

#[cfg(feature = "ssr")]
pub use self::{
    pages::PagesDesk, preferences::PreferencesDesk, thread::ThreadDesk, workflows::WorkflowsDesk,
};
pub use contacts::*;
pub use delivered::delivered;
pub use failure::Failure;
pub use inbox::*;
#[cfg(feature = "ssr")]
pub use port::{Caller, ConversationsDesk, Desk};
#[cfg(feature = "ssr")]
pub(crate) use port::{answer, caller};
pub use preferences::{keep_language, keep_region, keep_shortcuts, keep_wishes, load_preferences};
pub use request::{Enclosed, ListQuery, Me, People, Reply, Seen, Then, Whose};
pub use routing::*;
pub use runs::*;
pub use team::*;
pub use thread::{
    Doing, Found, Holding, Original, Wording, back_to, delete_conversation, fetch_again, here, load_holding,
    search_thread, show_original, wordings,
};
pub use workspace::*;
pub use writing::*;
