//! The API for programs: the commands on this machine use it while a server runs.

mod ask;
mod completions;
mod customers;
mod drafts;
mod duty;
mod entries;
mod intents;
mod lessons;
mod openapi;
mod operations;
mod products;
mod quality;
mod replay;
mod sources;
mod test_questions;
mod versions;

use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRequestParts},
    http::request::Parts,
    routing::{delete, get, post, put},
};
use reception::OperatorView;
use serde::Deserialize;

use crate::{problem::Problem, state::App, widget::bearer};

/// An import may be this large.
const IMPORT: usize = 64 * 1024 * 1024;

/// Whoever holds the operator's token: it lies in the data folder, readable by its owner alone.
pub(crate) struct Operator(pub(crate) OperatorView);

impl FromRequestParts<App> for Operator {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let known = bearer(parts).is_some_and(|token| app.is_operator(token));
        if known { Ok(Self(app.reception.operator())) } else { Err(Problem::unauthorised()) }
    }
}

/// Which part of a list.
#[derive(Deserialize)]
pub(crate) struct After {
    after: Option<String>,
    #[serde(default = "page")]
    limit: u32,
}

fn page() -> u32 {
    reception::PAGE
}

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/openapi.json", get(openapi::document))
        .route("/v1/ask", post(ask::ask))
        .route("/v1/chat/completions", post(completions::complete))
        .route("/v1/models", get(completions::models))
        .route("/v1/answers/{id}/trace", get(ask::trace))
        .route("/v1/answers/{id}/replay", post(replay::replay))
        .route("/v1/shadow", post(replay::shadow))
        .route("/v1/categories", get(entries::categories))
        .route("/v1/entries", get(entries::list))
        .route("/v1/entries/plan", post(entries::plan).layer(DefaultBodyLimit::max(IMPORT)))
        .route("/v1/entries/import", post(entries::import).layer(DefaultBodyLimit::max(IMPORT)))
        .route("/v1/entries/{id}", get(entries::one))
        .route("/v1/entries/{id}/versions", get(versions::of_entry))
        .route("/v1/entries/{id}/rollback", post(versions::roll_entry_back))
        .route("/v1/drafts", get(drafts::list))
        .route("/v1/drafts/{id}", get(drafts::one).put(drafts::put).delete(drafts::discard))
        .route("/v1/tests", get(test_questions::list).delete(test_questions::remove))
        .route("/v1/tests", post(test_questions::add).layer(DefaultBodyLimit::max(IMPORT)))
        .route("/v1/knowledge/versions", get(versions::list))
        .route("/v1/knowledge/versions/{version}", get(versions::one))
        .route("/v1/knowledge/check", post(versions::check))
        .route("/v1/knowledge/publish", post(versions::publish))
        .route("/v1/knowledge/rollback", post(versions::roll_back))
        .route("/v1/knowledge/lessons", get(lessons::standing))
        .route("/v1/knowledge/lessons/forget", post(lessons::forget))
        .route("/v1/intents", get(intents::list))
        .route("/v1/intents/{name}/examples", get(intents::examples).post(intents::teach))
        .route("/v1/intents/{name}/examples", delete(intents::forget))
        .route("/v1/sources", get(sources::list))
        .route("/v1/sources/{name}/documents", get(sources::documents))
        .route("/v1/sources/{name}/sync", post(sources::sync))
        .route("/v1/entries/{id}/value", get(quality::value))
        .route("/v1/knowledge/findings", get(quality::findings))
        .route("/v1/knowledge/findings/{key}/settle", post(quality::settle).delete(quality::reopen))
        .route("/v1/knowledge/links/check", post(quality::try_links))
        .route("/v1/products", get(products::list))
        .route("/v1/products/import", post(products::import).layer(DefaultBodyLimit::max(IMPORT)))
        .route("/v1/products/{id}", get(products::one).put(products::put).delete(products::remove))
        .route("/v1/purchases/import", post(products::purchases).layer(DefaultBodyLimit::max(IMPORT)))
        .route("/v1/advice", get(products::advice))
        .route("/v1/advice/rules", put(products::rules))
        .route("/v1/conversations", get(entries::conversations))
        .route("/v1/conversations/{id}/messages", get(entries::messages))
        .route("/v1/conversations/{id}/calls", get(customers::calls))
        .route("/v1/customers", get(customers::list))
        .route("/v1/customers/import", post(customers::import).layer(DefaultBodyLimit::max(IMPORT)))
        .route("/v1/customers/{id}", get(customers::one))
        .route("/v1/customers/{id}/facts/{name}", put(customers::correct).delete(customers::erase))
        .route("/v1/customers/{id}/forget", post(customers::forget))
        .route("/v1/duty", get(duty::table).put(duty::set))
        .route("/v1/duty/changes", get(duty::changes))
        .route("/v1/backup", post(operations::backup))
        .route("/v1/check", get(operations::check))
        .route("/v1/sign-in", post(operations::sign_in))
}
