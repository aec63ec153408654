//! Structs as objects, read field by field.

use super::{Unreadable, read_value};
use serde::de::{Deserialize, Deserializer, Error};
use serde_json::{Map, Value};

/// Reads an object field by field, for [`object!`](crate::object) and [`tagged!`](crate::tagged).
///
/// # Errors
/// When it is no object, or `of` refuses it.
pub fn read_object<'de, D: Deserializer<'de>, T>(
    from: D,
    of: fn(Fields<'_>) -> Result<T, Unreadable>,
) -> Result<T, D::Error> {
    let object = Map::deserialize(from)?;
    of(Fields(&object)).map_err(D::Error::custom)
}

/// The fields of an object. Those nobody asks for are left alone.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'a>(&'a Map<String, Value>);

impl<'a> Fields<'a> {
    /// One of them; what may be missing reads as `null` does.
    ///
    /// # Errors
    /// When it is missing or cannot be read.
    pub fn get<T: for<'de> Deserialize<'de>>(self, name: &'static str) -> Result<T, Unreadable> {
        match self.0.get(name) {
            Some(value) => read_value(value),
            None => read_value(&Value::Null).map_err(|_: Unreadable| Unreadable::missing_field(name)),
        }
    }

    /// One of them, or what it is by itself when older programs left it out.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn get_or_default<T: for<'de> Deserialize<'de> + Default>(
        self,
        name: &'static str,
    ) -> Result<T, Unreadable> {
        self.0.get(name).map_or_else(|| Ok(T::default()), read_value)
    }

    /// The word in a field that names a variant.
    ///
    /// # Errors
    /// When it is missing or no word.
    pub fn word(self, name: &'static str) -> Result<&'a str, Unreadable> {
        match self.0.get(name) {
            Some(Value::String(word)) => Ok(word),
            Some(_) => Err(Unreadable::custom(format_args!("`{name}` is not a word"))),
            None => Err(Unreadable::missing_field(name)),
        }
    }
}

/// Reads a struct field by field, in a fifth of the code that serde derives for it. It is for what every browser loads
/// first: `object!(Message { id, text; late })`, where what stands behind the semicolon may be missing. The struct
/// derives `Serialize`; the compiler tells of a field that is not listed.
#[macro_export]
macro_rules! object {
    ($name:ident { $($field:ident),+ $(,)? $(; $($default:ident),+ $(,)?)? }) => {
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                fn of(fields: $crate::wire::Fields<'_>) -> Result<$name, $crate::wire::Unreadable> {
                    Ok($name {
                        $($field: fields.get(stringify!($field))?,)+
                        $($($default: fields.get_or_default(stringify!($default))?,)+)?
                    })
                }
                $crate::wire::read_object(from, of)
            }
        }
    };
}
