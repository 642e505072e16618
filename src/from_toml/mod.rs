//! Tables of a TOML file → the values of the program.
//!
//! A struct that is read from a table is declared within [`from_toml!`]: its fields are the keys. Values of a wrong type,
//! unknown keys and missing keys are reported at their location, and the rest is read all the same. Syntax errors are
//! for `load`.

mod date;
mod reader;
mod values;

pub use reader::{Reader, Table, Value};
pub use values::{OneOrMore, Written, one_or_more, unless_false};
#[cfg(test)]
pub use {date::RawDate, values::RawOneOrMore};

/// A value that can be in a TOML file.
pub trait FromToml: Sized {
    /// What the JSON Schema and the reference are made from.
    #[cfg(test)]
    type Raw: schemars::JsonSchema;

    /// The keys of a table.
    const KEYS: &'static [&'static str] = &[];

    /// Reads a value. `None` if there is nothing in it, or if it is so wrong that it was reported instead.
    fn from_toml(value: Value<'_>, reader: &mut Reader<'_>) -> Option<Self>;

    /// What a missing key means, if it can be missing.
    fn missing() -> Option<Self> {
        None
    }
}

/// Implements [`FromToml`] for enums whose values have names.
macro_rules! choice {
    ($($type:ty),*) => {$(
        impl $crate::from_toml::FromToml for $type {
            #[cfg(test)]
            type Raw = Self;

            fn from_toml(
                value: $crate::from_toml::Value<'_>,
                reader: &mut $crate::from_toml::Reader<'_>,
            ) -> Option<Self> {
                reader.choice(value, Self::ALL.map(|one| (one.name(), one)))
            }
        }
    )*};
}
pub(crate) use choice;

/// Declares structs, with [`FromToml`] and a raw form that only the JSON Schema and the reference are made from.
///
/// Doc comments are also the text of both. The key of a field is its name, or `field as "key"`. `field: Type = default`
/// is a key that can be missing. `field: Type => function(Raw)` reads a `Raw` and gives it to `function(raw, reader)`.
/// `from Raw: Trait` derives a trait for the raw form.
macro_rules! from_toml {
    ($(
        $(#[doc = $about:literal])*
        #[derive($($derive:ident),*)]
        pub struct $name:ident from $raw:ident $(: $raw_derive:ident)? {
            $(
                $(#[doc = $doc:literal])*
                $(#[serde($skip:ident)])?
                pub $field:ident $(as $key:literal)?: $type:ty $(= $default:ident)?
                $(=> $read:ident $raw_type:tt)?,
            )*
        }
    )*) => {$(
        $(#[doc = $about])*
        #[derive($($derive),*)]
        pub struct $name {
            $($(#[doc = $doc])* pub $field: $type,)*
        }

        $(#[doc = $about])*
        #[cfg(test)]
        #[derive(schemars::JsonSchema $(, $raw_derive)?)]
        #[serde(deny_unknown_fields)]
        #[allow(dead_code, reason = "only the schema is made from it")]
        pub struct $raw {
            $(
                $(#[doc = $doc])*
                $(#[serde($skip)])?
                $(#[serde(rename = $key)])?
                $(#[serde($default)])?
                $field: $crate::from_toml::from_toml!(@raw $type $(, $raw_type)?),
            )*
        }

        impl $crate::from_toml::FromToml for $name {
            #[cfg(test)]
            type Raw = $raw;

            const KEYS: &'static [&'static str] =
                &[$($crate::from_toml::from_toml!(@key [$($skip)?] $field $($key)?)),*];

            fn from_toml(
                value: $crate::from_toml::Value<'_>,
                reader: &mut $crate::from_toml::Reader<'_>,
            ) -> Option<Self> {
                let mut table = reader.table(value, Self::KEYS)?;
                $(let $field = $crate::from_toml::from_toml!(
                    @read (table, reader, [$($skip)?] $field $($key)?) [$($default)?] $type
                    $(, $read $raw_type)?
                );)*
                Some(Self { $($field: $field?,)* })
            }
        }
    )*};
    (@raw $type:ty) => { <$type as $crate::from_toml::FromToml>::Raw };
    (@raw $type:ty, (())) => { () };
    (@raw $type:ty, ($raw_type:ty)) => { <$raw_type as $crate::from_toml::FromToml>::Raw };
    (@key [skip] $field:ident) => { "" };
    (@key [] $field:ident $key:literal) => { $key };
    (@key [] $field:ident) => { stringify!($field) };
    (@default default) => { Some(Default::default()) };
    (@default) => { None };
    (@read ($table:ident, $reader:ident, [skip] $field:ident) [] $type:ty) => {
        Some(<$type>::default())
    };
    (@read ($table:ident, $reader:ident, [skip] $field:ident) [] $type:ty, $read:ident(())) => {
        Some($read((), $reader))
    };
    (@read ($table:ident, $reader:ident, $($key:tt)*) [$($default:ident)?] $type:ty) => {
        $table.read::<$type>(
            $crate::from_toml::from_toml!(@key $($key)*),
            $crate::from_toml::from_toml!(@default $($default)?),
            $reader,
        )
    };
    (@read ($table:ident, $reader:ident, $($key:tt)*) [$($default:ident)?] $type:ty, $read:ident($raw_type:ty)) => {
        $crate::from_toml::from_toml!(@read ($table, $reader, $($key)*) [$($default)?] $raw_type)
            .map(|raw| $read(raw, $reader))
    };
}
pub(crate) use from_toml;
