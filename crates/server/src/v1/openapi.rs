//! `/openapi.json`: every public path, described.

use axum::{http::HeaderMap, response::Response};

use crate::assets::file;

const DOCUMENT: &str = include_str!("../assets/openapi.json");

/// The description, a file of the project; the test below compares it with the routes.
pub(crate) async fn document(headers: HeaderMap) -> Response {
    file("application/json", DOCUMENT, &headers)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    /// The paths in `.route("…"` lines that outsiders call.
    fn routes(source: &str) -> BTreeSet<String> {
        let paths = source.split(".route(\"").skip(1).filter_map(|rest| rest.split('"').next());
        let public = |path: &&str| {
            ["/v1/", "/channels/", "/healthz", "/readyz", "/metrics"]
                .iter()
                .any(|start| path.starts_with(start))
        };
        paths.filter(public).map(ToOwned::to_owned).collect()
    }

    #[test]
    fn every_public_path_is_described_and_nothing_else() {
        let document: serde_json::Value = serde_json::from_str(super::DOCUMENT).unwrap();
        let described: BTreeSet<String> = document["paths"].as_object().unwrap().keys().cloned().collect();
        let mut served = routes(include_str!("../router.rs"));
        served.extend(routes(include_str!("../v1.rs")));
        assert_eq!(described, served);
    }
}
