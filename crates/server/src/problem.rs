//! The only place that knows status codes: errors as `application/problem+json` with a stable `code`.

use axum::{
    Json,
    body::{self, Body},
    extract::Request,
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use reception::{
    ActError, PublishError, ReceiveError, Rejected, ReplayError, StaffError, StoreError, SyncError,
};
use serde_json::{Value, json};

use crate::admission::Wait;

/// What went wrong, for programs and people.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    code: &'static str,
    detail: String,
    retry_after: Option<u64>,
    /// Boxed, since problems are carried about in every result.
    more: Option<Box<(&'static str, Value)>>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, detail: detail.into(), retry_after: None, more: None }
    }

    /// The same, with a field beside those that all problems have.
    pub(crate) fn with(self, name: &'static str, value: Value) -> Self {
        Self { more: Some(Box::new((name, value))), ..self }
    }

    pub(crate) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "there is nothing here, or it is not yours to see")
    }

    pub(crate) fn unauthorised() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "unauthorised",
            "the token is missing or no longer holds; ask for a new one",
        )
    }

    pub(crate) fn forbidden(detail: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", detail)
    }

    pub(crate) fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad_request", detail)
    }

    pub(crate) fn code(&self) -> &'static str {
        self.code
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    pub(crate) fn detail(&self) -> &str {
        &self.detail
    }

    pub(crate) fn retry_after(&self) -> Option<u64> {
        self.retry_after
    }
}

/// Words a refusal that no handler worded (a body that is no JSON, a method that is not there, a panic)
/// like all others.
pub(crate) async fn worded(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let status = response.status();
    let refused = status.is_client_error() || status.is_server_error();
    if !refused || is_worded(response.headers()) {
        return response;
    }
    let (mut parts, said) = response.into_parts();
    let problem = Problem::new(status, code_of(status), reason(said, status).await).into_response();
    let (wording, body) = problem.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.extend(wording.headers);
    Response::from_parts(parts, body)
}

fn is_worded(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.starts_with("application/problem+json") || kind.starts_with("text/html")
}

fn code_of(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "not_found",
        StatusCode::METHOD_NOT_ALLOWED => "method_not_allowed",
        StatusCode::PAYLOAD_TOO_LARGE => "too_long",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "unsupported_media_type",
        status if status.is_client_error() => "bad_request",
        _ => "failed",
    }
}

/// What was said of it already. What a panic said stays in the log.
async fn reason(said: Body, status: StatusCode) -> String {
    let said = body::to_bytes(said, 4_096).await.unwrap_or_default();
    let said =
        if status.is_client_error() { String::from_utf8_lossy(&said).into_owned() } else { String::new() };
    if said.is_empty() {
        status.canonical_reason().unwrap_or_default().to_owned()
    } else {
        in_our_words(&said)
    }
}

/// What the framework says of a body that does not fit, as we would say it: what, where and what to do.
pub(crate) fn in_our_words(said: &str) -> String {
    let after = |lead: &str| said.strip_prefix(lead);
    if let Some(what) = after("Failed to deserialize the JSON body into the target type: ") {
        return format!("the body does not fit: {what}; /openapi.json describes its fields");
    }
    if let Some(what) = after("Failed to parse the request body as JSON: ") {
        return format!("the body is no JSON: {what}");
    }
    if let Some(what) = after("Failed to deserialize query string: ") {
        return format!("the query does not fit: {what}; /openapi.json describes its parameters");
    }
    said.to_owned()
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let title = self.status.canonical_reason().unwrap_or_default();
        let mut body = json!({ "type": "about:blank", "title": title, "status": self.status.as_u16(), "code": self.code, "detail": self.detail });
        if let Some(seconds) = self.retry_after {
            body["retry_after"] = seconds.into();
        }
        if let Some((name, value)) = self.more.map(|more| *more) {
            body[name] = value;
        }
        let mut response = (self.status, Json(body)).into_response();
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

impl From<Wait> for Problem {
    fn from(Wait(seconds): Wait) -> Self {
        let detail = format!("too many messages; try again in {seconds} s");
        Self {
            retry_after: Some(seconds),
            ..Self::new(StatusCode::TOO_MANY_REQUESTS, "rate_limited", detail)
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store failed");
        let (status, wait) = match &error {
            StoreError::Full => (StatusCode::INSUFFICIENT_STORAGE, Some(10)),
            error if error.may_retry() => (StatusCode::SERVICE_UNAVAILABLE, Some(2)),
            StoreError::Closed => (StatusCode::SERVICE_UNAVAILABLE, Some(5)),
            _ => (StatusCode::INTERNAL_SERVER_ERROR, None),
        };
        Self {
            retry_after: wait,
            ..Self::new(status, "unavailable", "the message could not be kept; nothing was lost, try again")
        }
    }
}

impl From<ReceiveError> for Problem {
    fn from(error: ReceiveError) -> Self {
        let detail = error.to_string();
        match error {
            ReceiveError::TooLong(_) => Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_long", detail),
            ReceiveError::BadName(_) => Self::new(StatusCode::BAD_REQUEST, "bad_request", detail),
            ReceiveError::SignIn => Self::new(StatusCode::FORBIDDEN, "sign_in", detail),
            ReceiveError::NoChannel => Self::not_found(),
            ReceiveError::Rejected(rejected) => rejected.into(),
            ReceiveError::Store(error) => error.into(),
        }
    }
}

impl From<Rejected> for Problem {
    fn from(rejected: Rejected) -> Self {
        let status = match rejected {
            Rejected::Header(_) | Rejected::Malformed(_) => StatusCode::BAD_REQUEST,
            Rejected::Stale | Rejected::Forged => StatusCode::FORBIDDEN,
        };
        Self::new(status, "rejected", rejected.to_string())
    }
}

impl From<ReplayError> for Problem {
    fn from(error: ReplayError) -> Self {
        let detail = error.to_string();
        match error {
            ReplayError::NotFound => Self::not_found(),
            ReplayError::NotKept => Self::new(StatusCode::CONFLICT, "not_kept", detail),
            ReplayError::NoModel(_) | ReplayError::NoPolicy => Self::bad_request(detail),
            ReplayError::BrokeOff => Self::new(StatusCode::INTERNAL_SERVER_ERROR, "failed", detail),
            ReplayError::Store(error) => error.into(),
        }
    }
}

impl From<ActError> for Problem {
    fn from(error: ActError) -> Self {
        let detail = error.to_string();
        match error {
            ActError::NotFound => Self::not_found(),
            ActError::Closed => Self::new(StatusCode::CONFLICT, "closed", detail),
            ActError::TakenBy(_) => Self::new(StatusCode::CONFLICT, "taken", detail),
            ActError::NotYours => Self::new(StatusCode::CONFLICT, "not_yours", detail),
            ActError::Empty => Self::new(StatusCode::BAD_REQUEST, "empty", detail),
            ActError::TooLong(_) => Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_long", detail),
            ActError::Invalid(_) => Self::bad_request(detail),
            ActError::NotAllowed(_) => Self::forbidden(&detail),
            ActError::Busy => Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", detail),
            ActError::Store(error) => error.into(),
        }
    }
}

impl From<PublishError> for Problem {
    fn from(error: PublishError) -> Self {
        let detail = error.to_string();
        match error {
            PublishError::NotFound => Self::not_found(),
            PublishError::NotAllowed(_) => Self::forbidden(&detail),
            PublishError::Invalid(_) => Self::bad_request(detail),
            PublishError::Held(_) => Self::new(StatusCode::CONFLICT, "red", detail),
            PublishError::Outdated(_) => Self::new(StatusCode::CONFLICT, "outdated", detail),
            PublishError::NeedsReview => Self::new(StatusCode::CONFLICT, "needs_review", detail),
            PublishError::Busy => Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", detail),
            PublishError::Store(error) => error.into(),
        }
    }
}

impl From<SyncError> for Problem {
    fn from(error: SyncError) -> Self {
        match error {
            SyncError::Act(error) => error.into(),
            SyncError::NotFound => Self::not_found(),
            SyncError::Crawl(error) => {
                Self::new(StatusCode::BAD_GATEWAY, "unreadable_source", error.to_string())
            }
        }
    }
}

impl From<StaffError> for Problem {
    fn from(error: StaffError) -> Self {
        let detail = error.to_string();
        match error {
            StaffError::NotAllowed => Self::forbidden(&detail),
            StaffError::BadName => Self::bad_request(detail),
            StaffError::LastOwner => Self::new(StatusCode::CONFLICT, "last_owner", detail),
            StaffError::NotFound => Self::not_found(),
            StaffError::Store(error) => error.into(),
        }
    }
}
