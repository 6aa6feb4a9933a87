//! A complete channel to copy: signed webhooks in, signed webhooks out.
//!
//! In: `POST /channels/{name}` with the Standard Webhooks headers and
//! `{"sender": "…", "text": "…", "name"?: "…", "lang"?: "zh" | "en"}`; `webhook-id` names the message.
//! Out: the same headers and `{"type": "message.created", "timestamp", "data": {…}}` to `callback`.
//! Any 2xx is success; 429 and 5xx certainly kept nothing and are tried again; other answers are final.

use async_trait::async_trait;
use domain::{Attributes, ChannelId, Inbound, Lang, Timestamp};
use egress::Gate;
use serde::{Deserialize, Serialize};

use crate::{Channel, Delivered, Outbound, Rejected, Secret, SendError};

/// What the configuration says about an echo channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EchoSettings {
    /// The shared secret, `whsec_…`.
    pub secret: String,
    /// Where replies go.
    pub callback: String,
}

/// An account of this kind.
#[derive(Debug)]
pub struct Echo {
    account: ChannelId,
    secret: Secret,
    callback: String,
}

#[derive(Deserialize)]
struct Body {
    sender: String,
    text: String,
    name: Option<String>,
    lang: Option<String>,
    #[serde(flatten)]
    attributes: Attributes,
}

impl Echo {
    /// An account from its settings.
    pub fn new(account: ChannelId, settings: EchoSettings) -> Result<Self, crate::BadSecret> {
        Ok(Self { account, secret: Secret::parse(&settings.secret)?, callback: settings.callback })
    }
}

#[async_trait]
impl Channel for Echo {
    fn receive(&self, delivered: &Delivered<'_>, now: Timestamp) -> Result<Vec<Inbound>, Rejected> {
        let signed = self.secret.verify(delivered, now)?;
        let body: Body =
            serde_json::from_slice(signed.body).map_err(|error| Rejected::Malformed(error.to_string()))?;
        Ok(vec![Inbound {
            channel: self.account.clone(),
            sender: body.sender,
            external_id: signed.id.to_owned(),
            text: body.text,
            name: body.name,
            lang: body.lang.as_deref().and_then(Lang::from_tag).unwrap_or_default(),
            attributes: body.attributes,
        }])
    }

    async fn send(&self, out: &Outbound<'_>, gate: &Gate, now: Timestamp) -> Result<(), SendError> {
        let body = serde_json::json!({
            "type": "message.created",
            "timestamp": now.to_string(),
            "data": { "id": out.id, "conversation": out.conversation, "to": out.to, "text": out.content.text,
                      "suggestions": out.content.suggestions, "sources": out.content.sources },
        });
        let body = body.to_string().into_bytes();
        let headers = [
            ("content-type", "application/json".to_owned()),
            ("webhook-id", out.id.to_string()),
            ("webhook-timestamp", now.as_second().to_string()),
            ("webhook-signature", self.secret.sign(out.id.as_str(), now.as_second(), &body)),
        ];
        match gate.post(&self.callback, &headers, body).await?.status {
            200..=299 => Ok(()),
            status @ (429 | 500..=599) => Err(SendError::NotSent(format!("the callback answered {status}"))),
            status => Err(SendError::Refused(format!("the callback answered {status}"))),
        }
    }

    fn endpoints(&self) -> Vec<String> {
        vec![self.callback.clone()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_790_000_000;

    fn account() -> Echo {
        let secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=".to_owned();
        Echo::new("shop".into(), EchoSettings { secret, callback: "http://127.0.0.1:1/".to_owned() }).unwrap()
    }

    fn receive(body: &str, at: i64, tamper: impl Fn(&mut String)) -> Result<Vec<Inbound>, Rejected> {
        let echo = account();
        let mut signature = echo.secret.sign("m1", at, body.as_bytes());
        tamper(&mut signature);
        let mut headers = http::HeaderMap::new();
        headers.insert("webhook-id", "m1".parse().unwrap());
        headers.insert("webhook-timestamp", at.to_string().parse().unwrap());
        headers.insert("webhook-signature", signature.parse().unwrap());
        let now = Timestamp::from_second(NOW).unwrap();
        echo.receive(&Delivered { headers: &headers, body: body.as_bytes() }, now)
    }

    #[test]
    fn what_is_signed_is_read() {
        let inbound = receive(r#"{"sender":"li","text":"怎么退货"}"#, NOW, |_| ()).unwrap();
        assert_eq!((inbound[0].text.as_str(), inbound[0].external_id.as_str()), ("怎么退货", "m1"));
    }

    #[test]
    fn what_is_not_signed_now_is_refused() {
        let body = r#"{"sender":"li","text":"hi"}"#;
        assert_eq!(receive(body, NOW, |s| s.truncate(10)), Err(Rejected::Forged));
        assert_eq!(receive(body, NOW, |s| s.replace_range(3..4, "!")), Err(Rejected::Forged));
        assert_eq!(receive(body, NOW - 301, |_| ()), Err(Rejected::Stale));
        assert_eq!(receive(body, NOW + 301, |_| ()), Err(Rejected::Stale));
        assert!(receive(body, NOW, |s| s.insert_str(0, "v1,old ")).is_ok(), "keys may change side by side");
    }

    #[test]
    fn signed_nonsense_is_malformed_not_a_crash() {
        for body in ["", "{", "[]", r#"{"sender":1}"#, &"[".repeat(100_000)] {
            assert!(matches!(receive(body, NOW, |_| ()), Err(Rejected::Malformed(_))));
        }
    }
}
