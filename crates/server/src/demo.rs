//! The sample shop of the demo, with the widget on it.

use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};

use crate::{assets::file, state::App};

/// `/`: the sample shop, or the desk where there is no sample.
pub(crate) async fn shop(State(app): State<App>, headers: HeaderMap) -> Response {
    if app.demo {
        file("text/html; charset=utf-8", include_str!("../../../widget/demo/shop.html"), &headers)
    } else {
        Redirect::to("/desk").into_response()
    }
}

/// `/shop.css`
pub(crate) async fn style(headers: HeaderMap) -> Response {
    file("text/css; charset=utf-8", include_str!("../../../widget/demo/shop.css"), &headers)
}

/// `/shop.js`
pub(crate) async fn script(headers: HeaderMap) -> Response {
    file("text/javascript; charset=utf-8", include_str!("../../../widget/demo/shop.js"), &headers)
}
