//! What customers want, for programs.

use serde_json::json;
use testkit::TestServer;

use crate::shop;

const EXAMPLES: &str = "/v1/intents/%E5%8F%91%E7%A5%A8/examples";

#[tokio::test]
async fn a_program_teaches_lists_and_forgets() {
    let server = TestServer::around(shop()).await;
    let texts = json!({ "texts": ["怎么开发票", " I need an invoice ", "怎么开发票"] });
    let taught = server.operator_sends("POST", EXAMPLES, &texts).await;
    assert_eq!((taught.status, taught.json()), (200, json!({ "new": 2, "unchanged": 1 })));
    let again = server.operator_sends("POST", EXAMPLES, &texts).await;
    assert_eq!(again.json(), json!({ "new": 0, "unchanged": 3 }));

    let intents = server.operator_get("/v1/intents").await.json();
    assert_eq!(
        intents["items"],
        json!([
            { "name": "test", "from_knowledge": 2, "own": 0, "learnt": false },
            { "name": "发票", "from_knowledge": 0, "own": 2, "learnt": false },
        ])
    );
    assert_eq!(server.operator_get("/v1/intents?after=test&limit=1").await.json()["next_cursor"], "发票");

    let first = server.operator_get(&format!("{EXAMPLES}?limit=1")).await.json();
    assert_eq!(first["items"], json!([{ "intent": "发票", "text": "I need an invoice" }]));
    assert_eq!(first["next_cursor"], "I need an invoice");
    let rest = server.operator_get(&format!("{EXAMPLES}?after=I%20need%20an%20invoice")).await.json();
    assert_eq!(rest["items"].as_array().unwrap().len(), 1);

    let gone = format!("{EXAMPLES}?text=I%20need%20an%20invoice");
    assert_eq!(server.operator_sends("DELETE", &gone, &json!(null)).await.status, 204);
    let not_there = server.operator_sends("DELETE", &gone, &json!(null)).await;
    assert_eq!(not_there.refusal(), (404, "not_found".to_owned()));
}

#[tokio::test]
async fn what_is_no_example_is_refused_whole_and_strangers_see_nothing() {
    let server = TestServer::around(shop()).await;
    let refused = server.operator_sends("POST", EXAMPLES, &json!({ "texts": ["fine", " "] })).await;
    assert_eq!(refused.refusal(), (400, "bad_request".to_owned()));
    let long = format!("/v1/intents/{}/examples", "n".repeat(65));
    let refused = server.operator_sends("POST", &long, &json!({ "texts": ["fine"] })).await;
    assert_eq!(refused.refusal(), (400, "bad_request".to_owned()));
    assert_eq!(server.operator_get(EXAMPLES).await.json()["items"], json!([]));
    for path in ["/v1/intents", EXAMPLES] {
        assert_eq!(server.get(path).await.refusal(), (401, "unauthorised".to_owned()), "{path}");
    }
}
