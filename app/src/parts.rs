//! What screens are made of. A part has no data access: values in, callbacks out.

mod app_mark;
mod avatar;
mod banner;
mod bubble;
mod dialog;
mod empty;
mod field;
mod icon;
mod lock;
mod marker;
mod menu;
mod palette;
mod piece;
mod popover;
mod row;
mod skeleton;
mod toast;
mod when;

pub use app_mark::{AppMark, Apps, picture};
pub use avatar::{Avatar, Kind, Pictures};
pub use banner::Banner;
pub use bubble::{Acts, Bubble};
pub use dialog::Dialog;
pub use empty::Empty;
pub use field::{Check, ProblemLine, TextField};
pub use icon::{Icon, Icons};
pub use lock::Lock;
pub use marker::{DayMarker, Markers, UnseenMarker};
pub use menu::{Menu, MenuItem};
pub use palette::{PaletteLine, PaletteView};
pub use piece::Pieces;
pub use popover::Popover;
pub use row::Row;
pub use skeleton::{RowsSkeleton, ThreadSkeleton};
pub use toast::{Toasts, ToastsView};
pub use when::{Shape, When};
