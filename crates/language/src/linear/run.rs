//! Numbers of eight bits as one run of bytes: read in one go, into no more memory than they need. In the file it is the
//! same as number by number.

use std::{fmt, marker::PhantomData};

use bytemuck::Pod;
use serde::{
    Deserializer, Serializer,
    de::{Error, Visitor},
};

pub(crate) fn serialize<T: Pod, S: Serializer>(numbers: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(bytemuck::cast_slice(numbers))
}

pub(crate) fn deserialize<'de, T: Pod, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    deserializer.deserialize_bytes(Run(PhantomData))
}

struct Run<T>(PhantomData<T>);

impl<T: Pod> Visitor<'_> for Run<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("bytes")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        let numbers = bytemuck::try_cast_slice(bytes).map_err(|_| E::custom("not of eight bits"))?;
        Ok(numbers.to_vec())
    }
}
