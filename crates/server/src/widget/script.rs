//! `/widget.js`: the widget in one file, joined from its modules.

use std::sync::LazyLock;

use axum::{http::HeaderMap, response::Response};

use crate::assets::file;

macro_rules! joined {
    ($($name:literal)*) => { concat!($(include_str!(concat!("../../../../widget/", $name)), "\n"),*) };
}

/// The modules in the order that `widget/README.md` gives.
const WIDGET: &str = joined!(
    "00-open.js"
    "10-words.js"
    "12-locale.js"
    "20-style-frame.js"
    "21-style-talk.js"
    "24-colour.js"
    "30-dom.js"
    "32-markdown.js"
    "40-keep.js"
    "42-state.js"
    "44-events.js"
    "46-http.js"
    "48-outbox.js"
    "50-road-socket.js"
    "51-road-stream.js"
    "52-road-poll.js"
    "54-roads.js"
    "60-view-frame.js"
    "62-view-message.js"
    "64-view-feedback.js"
    "66-view-talk.js"
    "68-view-composer.js"
    "70-view-cards.js"
    "80-panel.js"
    "90-start.js"
    "99-close.js"
);

/// As it is served: lines that are only a comment are for those who read the source.
static SERVED: LazyLock<String> = LazyLock::new(|| {
    let spoken = |line: &&str| !line.trim_start().starts_with("//");
    WIDGET.lines().filter(spoken).flat_map(|line| [line, "\n"]).collect()
});

/// Serves it to any site that embeds it.
pub(crate) async fn script(headers: HeaderMap) -> Response {
    file("text/javascript; charset=utf-8", SERVED.as_str(), &headers)
}
