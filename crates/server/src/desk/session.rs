//! Who sits at the desk: the cookie, the form token, signing in and out.

use std::net::SocketAddr;

use askama::Template;
use axum::{
    Form,
    extract::{ConnectInfo, FromRequest, FromRequestParts, Query, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use domain::Lang;
use reception::AgentView;
use serde::{Deserialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use super::{
    refusal::{Page, Refusal, Tongue},
    words::Words,
};
use crate::{admission, headers, help::preferred, state::App};

const COOKIE: &str = "frontdesk_session";

/// A request of someone who is signed in. Without a session it is answered by the sign-in page.
pub(super) struct SignedIn(pub(super) AgentView);

impl FromRequestParts<App> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let secret = secret(&parts.headers);
        let found = match secret {
            Some(secret) => {
                app.reception.agent_of(secret).await.map_err(|e| Refusal::from(e).into_response())?
            }
            None => None,
        };
        let view = found.ok_or_else(|| signed_out(&parts.headers, Door::Needed, StatusCode::UNAUTHORIZED))?;
        if let Some(tongue) = parts.extensions.get::<Tongue>() {
            tongue.set(view.agent().lang);
        }
        Ok(Self(view))
    }
}

/// A form that someone signed in has sent from our own page: same origin, and the session's form token in
/// the field `form_token` or the header `x-form-token`. The fields are text, as a browser sends them.
pub(super) struct Submitted<T> {
    pub(super) view: AgentView,
    pub(super) fields: T,
}

#[derive(Deserialize)]
struct Sent<T> {
    #[serde(default)]
    form_token: String,
    #[serde(flatten)]
    fields: T,
}

impl<T: DeserializeOwned> FromRequest<App> for Submitted<T> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let SignedIn(view) = SignedIn::from_request_parts(&mut parts, app).await?;
        if !headers::same_origin(&parts.headers) {
            return Err(Refusal::stale_form().into_response());
        }
        let in_header =
            parts.headers.get("x-form-token").and_then(|token| token.to_str().ok()).map(str::to_owned);
        let request = Request::from_parts(parts, body);
        let Form(sent) = Form::<Sent<T>>::from_request(request, app)
            .await
            .map_err(|error| Refusal::unreadable(error.status()).into_response())?;
        let token = in_header.unwrap_or(sent.form_token);
        // Hashes are compared, so time tells nothing.
        if Sha256::digest(token.as_bytes()) != Sha256::digest(view.form_token().as_bytes()) {
            return Err(Refusal::stale_form().into_response());
        }
        Ok(Self { view, fields: sent.fields })
    }
}

/// The session's secret, from the cookie.
pub(super) fn secret(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .find_map(|cookie| cookie.trim().strip_prefix(COOKIE)?.strip_prefix('='))
        .filter(|secret| !secret.is_empty())
}

#[derive(Deserialize)]
pub(super) struct Link {
    #[serde(default)]
    token: String,
}

/// `GET /desk/sign-in?token=…`: a page with one button, so that a preview of the link does not use it up.
pub(super) async fn offer(headers: HeaderMap, Query(link): Query<Link>) -> Response {
    let door = if link.token.is_empty() { Door::Needed } else { Door::Offered(link.token) };
    signed_out(&headers, door, StatusCode::OK)
}

/// `POST /desk/sign-in`: uses the link up.
pub(super) async fn sign_in(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Form(link): Form<Link>,
) -> Result<Response, Refusal> {
    if !headers::same_origin(&headers) {
        return Err(Refusal::stale_form());
    }
    app.admission.admit_address(admission::origin(peer, &headers, &app.config.trusted_proxies))?;
    let Some(signed_in) = app.reception.sign_in(&link.token).await? else {
        return Ok(signed_out(&headers, Door::Spent, StatusCode::FORBIDDEN));
    };
    Ok(with_cookie(Redirect::to("/desk"), &signed_in.secret, 12 * 3600, app.config.https))
}

/// `POST /desk/sign-out`
pub(super) async fn sign_out(
    State(app): State<App>,
    headers: HeaderMap,
    Submitted { .. }: Submitted<Nothing>,
) -> Result<Response, Refusal> {
    if let Some(secret) = secret(&headers) {
        app.reception.sign_out(secret).await?;
    }
    Ok(with_cookie(Redirect::to("/desk/sign-in"), "", 0, app.config.https))
}

/// A form with nothing but its token.
#[derive(Deserialize)]
pub(super) struct Nothing {}

/// Lax, so that a link in a message opens the desk; what changes something needs the form token anyway.
fn with_cookie(answer: impl IntoResponse, value: &str, seconds: u32, https: bool) -> Response {
    let secure = if https { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={value}; Path=/desk; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    let mut response = answer.into_response();
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// Why someone stands before the door.
enum Door {
    /// No session.
    Needed,
    /// A link with this token.
    Offered(String),
    /// The link is used up.
    Spent,
}

#[derive(Template)]
#[template(path = "desk/door.html")]
struct DoorPage {
    w: &'static Words,
    token: Option<String>,
    spent: bool,
}

fn signed_out(headers: &HeaderMap, door: Door, status: StatusCode) -> Response {
    let lang: Lang = preferred(headers);
    let spent = matches!(door, Door::Spent);
    let token = if let Door::Offered(token) = door { Some(token) } else { None };
    let mut response = (status, Page(DoorPage { w: Words::of(lang), token, spent })).into_response();
    // A part of a page that asks without a session becomes the whole sign-in page.
    if headers.contains_key("hx-request") {
        response.headers_mut().insert("hx-redirect", HeaderValue::from_static("/desk"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers
            .insert(header::COOKIE, "a=b; frontdesk_session=s3cret; frontdesk_session_x=no".parse().unwrap());
        assert_eq!(secret(&headers), Some("s3cret"));
        headers.insert(header::COOKIE, "frontdesk_session=".parse().unwrap());
        assert_eq!(secret(&headers), None);
    }
}
