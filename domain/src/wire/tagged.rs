//! Enums whose JSON names the variant in a field, beside the variant's own fields.

use super::{Unreadable, read_tree};
use serde::de::{Deserialize, Deserializer, Error};
use serde_json::{Map, Value};

/// Reads an enum by the field that names its variant, for [`tagged!`](crate::tagged). `of` takes the variant's word.
///
/// # Errors
/// When it is no object, the field is missing, or `of` refuses it.
pub fn read_tagged<'de, D: Deserializer<'de>, T>(
    from: D,
    tag: &'static str,
    of: fn(&str, Fields<'_>) -> Result<T, Unreadable>,
) -> Result<T, D::Error> {
    let object = Map::deserialize(from)?;
    read_object(&object, tag, of).map_err(D::Error::custom)
}

fn read_object<T>(
    object: &Map<String, Value>,
    tag: &'static str,
    of: fn(&str, Fields<'_>) -> Result<T, Unreadable>,
) -> Result<T, Unreadable> {
    match object.get(tag) {
        Some(Value::String(word)) => of(word, Fields(object)),
        Some(_) => Err(Unreadable::custom(format_args!("`{tag}` is not a word"))),
        None => Err(Unreadable::missing_field(tag)),
    }
}

/// The fields of a variant. Others beside them are left alone.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'a>(&'a Map<String, Value>);

impl Fields<'_> {
    /// One of them; what may be missing reads as `null` does.
    ///
    /// # Errors
    /// When it is missing or cannot be read.
    pub fn get<T: for<'de> Deserialize<'de>>(self, name: &'static str) -> Result<T, Unreadable> {
        match self.0.get(name) {
            Some(value) => read_tree(value),
            None => read_tree(&Value::Null).map_err(|_: Unreadable| Unreadable::missing_field(name)),
        }
    }
}

/// Reads an enum whose JSON names the variant in a field, as serde's `tag` does, with the browser's one reader.
///
/// The enum derives `Serialize` with the same tag. `tagged!(Health by "state" { "connected" => Connected {}, … })`
/// lists every variant's word and fields; `Person(id)` is a variant of one value that stands in the field `id`, as with
/// serde's `content`. The compiler tells of a variant or a field that is not listed.
#[macro_export]
macro_rules! tagged {
    ($name:ident by $tag:literal {
        $($word:literal => $variant:ident $({ $($field:ident),* $(,)? })? $(($content:ident))?),+ $(,)?
    }) => {
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                fn of(word: &str, fields: $crate::wire::Fields<'_>) -> Result<$name, $crate::wire::Unreadable> {
                    Ok(match word {
                        $($word => $name::$variant
                            $({ $($field: fields.get(stringify!($field))?),* })?
                            $((fields.get(stringify!($content))?))?,)+
                        unknown => return Err(serde::de::Error::unknown_variant(unknown, &[$($word),+])),
                    })
                }
                $crate::wire::read_tagged(from, $tag, of)
            }
        }

        const _: fn(&$name) = |every| match every {
            $($name::$variant { .. } => (),)+
        };
    };
}
