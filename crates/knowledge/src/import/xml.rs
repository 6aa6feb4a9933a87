//! XML as a stream of few events: elements by their local name, text with its references resolved.
//!
//! Entities that a document declares itself are never expanded, and nothing outside is fetched.

use domain::{Said, said};
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

/// What comes next in a document.
pub(super) enum Xml {
    /// An element begins. An empty one is followed by its end.
    Open(String, Vec<(String, String)>),
    Close(String),
    Text(String),
}

/// Calls `take` with everything in the document until it returns `false`.
pub(super) fn each(text: &str, mut take: impl FnMut(Xml) -> bool) -> Result<(), Said> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    loop {
        let at = reader.buffer_position();
        let goes_on = match reader
            .read_event()
            .map_err(|error| said!(Damaged: "第 {at} 字节处已损坏", "damaged at byte {at}: {error}"))?
        {
            Event::Eof => return Ok(()),
            Event::Start(tag) => take(open(&tag)),
            Event::Empty(tag) => take(open(&tag)) && take(Xml::Close(local(&tag))),
            Event::End(tag) => take(Xml::Close(tag.local_name().as_ref().to_owned())),
            Event::Text(text) => take(Xml::Text(text.xml10_content().into_owned())),
            Event::CData(text) => take(Xml::Text(text.xml10_content().into_owned())),
            Event::GeneralRef(name) => {
                let known = match name.resolve_char_ref() {
                    Ok(Some(c)) => Some(c.to_string()),
                    _ => {
                        quick_xml::escape::resolve_predefined_entity(&name.xml10_content()).map(str::to_owned)
                    }
                };
                known.is_none_or(|text| take(Xml::Text(text)))
            }
            _ => true,
        };
        if !goes_on {
            return Ok(());
        }
    }
}

fn local(tag: &BytesStart<'_>) -> String {
    tag.local_name().as_ref().to_owned()
}

fn open(tag: &BytesStart<'_>) -> Xml {
    let value = |attribute: quick_xml::events::attributes::Attribute<'_>| {
        let name = attribute.key.local_name().as_ref().to_owned();
        attribute
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .ok()
            .map(|value| (name, value.into_owned()))
    };
    Xml::Open(local(tag), tag.attributes().with_checks(false).flatten().filter_map(value).collect())
}

/// The value of an attribute.
pub(super) fn attribute<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(each, _)| each == name).map(|(_, value)| value.as_str())
}
