//! What is sent to the other system.

use std::fmt::Write;

use domain::{Arguments, CallId, Identity, Lang};
use serde_json::{Map, Value};

use super::{Action, LAST4, Parameter, Place, Source};

/// A request to be made.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The whole address.
    pub url: String,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// The body, JSON; empty for none.
    pub body: Vec<u8>,
}

/// The names in braces of an address.
pub(super) fn placeholders(url: &str) -> Vec<String> {
    url.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect()
}

/// The request of a call. An error says what cannot be sent, and nothing is.
pub fn request(
    action: &Action,
    call: &CallId,
    arguments: &Arguments,
    user: Option<&Identity>,
    lang: Lang,
) -> Result<Request, String> {
    let mut url = action.url.clone();
    let (mut query, mut headers, mut body) = (String::new(), fixed(action, call, lang), Map::new());
    let proof = arguments.contains_key(LAST4).then(super::last4);
    for parameter in action.parameters.iter().chain(proof.as_ref()) {
        let Some(value) = argument(parameter, arguments, user)? else { continue };
        let name = &parameter.name;
        match place(action, parameter) {
            Place::Path => url = url.replace(&format!("{{{name}}}"), &escaped(name, &value)?),
            Place::Query => {
                let before = if query.is_empty() && !action.url.contains('?') { '?' } else { '&' };
                let _ = write!(query, "{before}{}={}", escaped(name, name)?, escaped(name, &value)?);
            }
            Place::Header => headers.push((name.clone(), for_header(name, &value)?)),
            Place::Body => drop(body.insert(name.clone(), Value::String(value))),
        }
    }
    if let Some(missing) = placeholders(&url).first() {
        return Err(format!("{missing}: missing in the address"));
    }
    url.push_str(&query);
    let body = if body.is_empty() { Vec::new() } else { Value::Object(body).to_string().into_bytes() };
    if !body.is_empty() {
        headers.push(("content-type".to_owned(), "application/json".to_owned()));
    }
    Ok(Request { method: action.method.clone(), url, headers, body })
}

fn fixed(action: &Action, call: &CallId, lang: Lang) -> Vec<(String, String)> {
    let own = action.headers.iter().map(|(name, value)| (name.clone(), value.clone()));
    let usual = [
        ("accept", "application/json"),
        ("accept-language", lang.code()),
        ("idempotency-key", call.as_str()),
    ];
    usual.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).chain(own).collect()
}

/// The value of a parameter. Who the customer is comes from the session and from nowhere else, whatever the arguments
/// say.
fn argument(
    parameter: &Parameter,
    arguments: &Arguments,
    user: Option<&Identity>,
) -> Result<Option<String>, String> {
    if parameter.source == Source::Conversation {
        return Ok(arguments.get(&parameter.name).cloned());
    }
    let found = user.and_then(|user| match parameter.claim.as_str() {
        "" | "user_id" => Some(user.user_id.clone()),
        claim => user.claims.get(claim).cloned(),
    });
    // Somebody who shows the number of an order and a phone number instead sends no identity.
    if found.is_none() && parameter.required && !arguments.contains_key(LAST4) {
        return Err(format!("{}: the customer is not signed in", parameter.name));
    }
    Ok(found)
}

fn place(action: &Action, parameter: &Parameter) -> Place {
    let in_address = action.url.contains(&format!("{{{}}}", parameter.name));
    parameter.place.unwrap_or(match (in_address, action.method.as_str()) {
        (true, _) => Place::Path,
        (false, "GET" | "DELETE") => Place::Query,
        (false, _) => Place::Body,
    })
}

/// A value as a part of an address: it can neither leave its place nor be a step up.
fn escaped(name: &str, value: &str) -> Result<String, String> {
    if value.is_empty() || value.bytes().all(|byte| byte == b'.') {
        return Err(format!("{name}: cannot stand in an address"));
    }
    Ok(value.bytes().fold(String::with_capacity(value.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    }))
}

fn for_header(name: &str, value: &str) -> Result<String, String> {
    let plain = value.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    // What a header cannot hold is written as an address would write it.
    if plain { Ok(value.to_owned()) } else { escaped(name, value) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::samples;

    fn user(id: &str) -> Identity {
        Identity { user_id: id.into(), claims: [].into(), at: domain::Timestamp::UNIX_EPOCH }
    }

    fn made(at: usize, arguments: &[(&str, &str)], user: Option<&Identity>) -> Result<Request, String> {
        let said = arguments.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        request(&samples::actions()[at], &CallId::from("call-1"), &said, user, Lang::Zh)
    }

    fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
        request.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    #[test]
    fn an_address_is_filled_and_cannot_be_left() {
        let got = made(0, &[("order", "QH1")], Some(&user("lin"))).unwrap();
        assert_eq!((got.url.as_str(), got.method.as_str()), ("http://shop.example/orders/QH1", "GET"));
        assert_eq!(header(&got, "idempotency-key"), Some("call-1"));
        let bent = made(0, &[("order", "../refunds?all=1#")], Some(&user("lin"))).unwrap();
        assert_eq!(bent.url, "http://shop.example/orders/..%2Frefunds%3Fall%3D1%23");
        assert!(made(0, &[("order", "..")], Some(&user("lin"))).is_err());
        assert!(made(0, &[], Some(&user("lin"))).is_err());
    }

    #[test]
    fn who_the_customer_is_comes_from_the_session_alone() {
        let got = made(0, &[("order", "QH1"), ("X-Customer", "mallory")], Some(&user("lin"))).unwrap();
        assert_eq!(header(&got, "X-Customer"), Some("lin"));
        assert!(made(1, &[("order", "QH1"), ("address", "北京"), ("X-Customer", "mallory")], None).is_err());
        let shown = made(0, &[("order", "QH1"), ("phone_last4", "5678")], None).unwrap();
        assert_eq!(header(&shown, "X-Customer"), None);
        assert_eq!(shown.url, "http://shop.example/orders/QH1?phone_last4=5678");
        let split = made(0, &[("order", "QH1")], Some(&user("lin\r\nX-Admin: 1"))).unwrap();
        assert_eq!(header(&split, "X-Customer"), Some("lin%0D%0AX-Admin%3A%201"));
    }

    #[test]
    fn what_is_written_goes_in_the_body() {
        let got = made(1, &[("order", "QH1"), ("address", "上海\"}")], Some(&user("lin"))).unwrap();
        let body: Value = serde_json::from_slice(&got.body).unwrap();
        assert_eq!(body, serde_json::json!({ "address": "上海\"}" }));
        assert_eq!(got.url, "http://shop.example/orders/QH1/address");
    }
}
