//! Enums whose JSON names the variant in a field, beside the variant's own fields.

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
                fn of(fields: $crate::wire::Fields<'_>) -> Result<$name, $crate::wire::Unreadable> {
                    Ok(match fields.word($tag)? {
                        $($word => $name::$variant
                            $({ $($field: fields.get(stringify!($field))?),* })?
                            $((fields.get(stringify!($content))?))?,)+
                        unknown => return Err(serde::de::Error::unknown_variant(unknown, &[$($word),+])),
                    })
                }
                $crate::wire::read_object(from, of)
            }
        }

        const _: fn(&$name) = |every| match every {
            $($name::$variant { .. } => (),)+
        };
    };
}
