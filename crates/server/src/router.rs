//! Every path of the program, in one place.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderValue, Method, header},
    middleware,
    routing::{get, post},
};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    cors::{AllowOrigin, CorsLayer},
};

use crate::{
    assets, demo, desk, goods, headers, health, help, pictures, problem, state::App, v1, webhooks, widget,
};

/// A request body is never larger, except for imports.
const BODY: usize = 1024 * 1024;

/// The whole server.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/", get(demo::shop))
        .route("/shop.css", get(demo::style))
        .route("/shop.js", get(demo::script))
        .route("/shop/customers", get(demo::customers))
        .route("/shop/customers/{id}/sign-in", post(demo::sign_in))
        .route("/assets/tokens.css", get(assets::tokens))
        .route("/assets/{name}", get(assets::named))
        .route("/favicon.svg", get(assets::icon))
        .route("/favicon.ico", get(assets::icon))
        .route("/help/{id}", get(help::entry))
        .route("/pictures/{name}", get(pictures::one))
        .route("/goods/{id}", get(goods::page))
        .route("/go/{answer}/{place}", get(goods::follow))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
        .route("/channels/{name}", post(webhooks::deliver))
        .merge(for_other_sites(&app))
        .merge(v1::routes())
        .merge(desk::routes())
        .fallback(health::nothing_here)
        .layer(DefaultBodyLimit::max(BODY))
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn(problem::worded))
        .layer(middleware::from_fn(headers::secure))
        .layer(CompressionLayer::new())
        .with_state(app)
}

/// What a shop's own website loads and calls. The widget's token travels in a header, never in a cookie,
/// so another origin gains nothing by asking.
fn for_other_sites(app: &App) -> Router<App> {
    Router::new()
        .route("/widget.js", get(widget::script))
        .route("/v1/widget/session", post(widget::session))
        .route("/v1/widget/socket", get(widget::socket))
        .route("/v1/widget/events", get(widget::events))
        .route("/v1/widget/messages", get(widget::messages).post(widget::say))
        .route("/v1/widget/person", post(widget::person))
        .route("/v1/widget/assistant", post(widget::assistant))
        .route("/v1/widget/close", post(widget::close))
        .route("/v1/widget/feedback", post(widget::feedback))
        .route("/v1/widget/csat", post(widget::csat))
        .route("/v1/widget/contact", post(widget::contact))
        .layer(cors(&app.config.allowed_origins))
}

fn cors(allowed: &[String]) -> CorsLayer {
    let origins: Vec<HeaderValue> = allowed.iter().filter_map(|origin| origin.parse().ok()).collect();
    let origins = if origins.is_empty() { AllowOrigin::any() } else { AllowOrigin::list(origins) };
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
        .expose_headers([header::RETRY_AFTER])
        .max_age(std::time::Duration::from_hours(1))
}
