//! What goes wrong inside the desk is a page in the same look, in the reader's language.

use std::sync::{Arc, OnceLock};

use askama::Template;
use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use domain::{Lang, Said};
use reception::{ActError, PublishError, StaffError, StoreError, SyncError};

use super::words::{self, Words};
use crate::{admission::Wait, help::preferred, problem::Problem};

/// A template as an answer.
pub(super) struct Page<T>(pub(super) T);

impl<T: Template> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        match self.0.render() {
            Ok(html) => Html(html).into_response(),
            Err(error) => {
                tracing::error!(%error, "a page could not be written");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}

/// The reader's language, learnt from the session while the request is handled.
#[derive(Clone, Default)]
pub(super) struct Tongue(Arc<OnceLock<Lang>>);

impl Tongue {
    pub(super) fn set(&self, lang: Lang) {
        let _ = self.0.set(lang);
    }
}

/// A request that is not granted. [`as_pages`] words it.
#[derive(Debug)]
pub(super) struct Refusal(Problem, Option<Box<Said>>);

impl Refusal {
    /// The form is not from our page of this session.
    pub(super) fn stale_form() -> Self {
        Problem::new(StatusCode::FORBIDDEN, "stale_form", "the form token or the origin is not ours").into()
    }

    /// The body is no form of ours.
    pub(super) fn unreadable(status: StatusCode) -> Self {
        let code = if status == StatusCode::PAYLOAD_TOO_LARGE { "too_long" } else { "bad_request" };
        Problem::new(status, code, "the form could not be read").into()
    }

    pub(super) fn not_found() -> Self {
        Problem::not_found().into()
    }

    pub(super) fn forbidden() -> Self {
        Problem::forbidden("this role may not do that").into()
    }
}

macro_rules! from {
    ($($error:ty),*) => { $(impl From<$error> for Refusal {
        fn from(error: $error) -> Self { Self(error.into(), None) }
    })* };
}
from!(Problem, StaffError, StoreError, SyncError, Wait);

impl From<ActError> for Refusal {
    fn from(error: ActError) -> Self {
        let said = if let ActError::Invalid(said) = &error { Some(said.clone()) } else { None };
        Self(error.into(), said.map(Box::new))
    }
}

impl From<PublishError> for Refusal {
    fn from(error: PublishError) -> Self {
        let said = if let PublishError::Invalid(said) = &error { Some(said.clone()) } else { None };
        Self(error.into(), said.map(Box::new))
    }
}

/// What the middleware needs to write the page.
#[derive(Clone)]
struct Told {
    code: &'static str,
    detail: String,
    /// What exactly is wrong, where whoever refused it said so.
    said: Option<Said>,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Self(problem, said) = self;
        let mut response = problem.status().into_response();
        if let Some(seconds) = problem.retry_after() {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        let told =
            Told { code: problem.code(), detail: problem.detail().to_owned(), said: said.map(|said| *said) };
        response.extensions_mut().insert(told);
        response
    }
}

/// `/desk/…` that does not exist.
pub(super) async fn nothing_here() -> Refusal {
    Refusal::not_found()
}

#[derive(Template)]
#[template(path = "desk/trouble.html")]
struct Trouble {
    w: &'static Words,
    title: String,
    remedy: Option<&'static str>,
    status: u16,
}

/// Turns refusals into pages, and keeps pages of the desk out of every cache.
pub(super) async fn as_pages(mut request: Request, next: Next) -> Response {
    let tongue = Tongue::default();
    request.extensions_mut().insert(tongue.clone());
    let guess = preferred(request.headers());
    let mut response = next.run(request).await;
    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        response.extensions_mut().insert(Told { code: "bad_request", detail: String::new(), said: None });
    }
    if let Some(told) = response.extensions_mut().remove::<Told>() {
        let lang = tongue.0.get().copied().unwrap_or(guess);
        let said = told.said.map(|said| said.text(lang).to_owned());
        let title =
            said.or_else(|| words::trouble(lang, told.code).map(str::to_owned)).unwrap_or(told.detail);
        let page = Trouble {
            w: Words::of(lang),
            title,
            remedy: words::remedy(lang, told.code),
            status: response.status().as_u16(),
        };
        let (mut parts, _) = response.into_parts();
        parts.headers.remove(header::CONTENT_LENGTH);
        let (kind, body) = Page(page).into_response().into_parts();
        parts.headers.extend(kind.headers);
        response = Response::from_parts(parts, body);
    }
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
