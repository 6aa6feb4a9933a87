//! A shop moves: what one desk exports another takes in, pictures and customers included.

use crate::shop::Shop;

const NAME: &str = "444d95f91463552b4241d3a6887571957804d0872edebf508ccf7c43f7564501.png";
const PICTURE: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGPgz44BIgYIBQAWQgNZaagwUQAAAABJRU5ErkJggg==";

fn with_a_picture() -> Shop {
    let shop = Shop::new();
    let picture = format!("{{\"picture\":\"{NAME}\",\"base64\":\"{PICTURE}\"}}\n");
    let entry = format!(
        "{{\"id\":\"returns\",\"question\":\"怎么退货\",\"answer\":\"点这里：![退货按钮](/pictures/{NAME})\"}}\n"
    );
    shop.write("faq.jsonl", picture + &entry);
    shop.run(&["import", "faq.jsonl", "--data", "data"]).well();
    shop
}

#[tokio::test]
async fn pictures_go_with_the_knowledge_and_lie_in_the_backup() {
    let shop = with_a_picture();
    let told = shop.run(&["ask", "怎么退货", "--data", "data", "--json"]).json();
    assert_eq!(told["pictures"][0]["url"], format!("/pictures/{NAME}"), "{told}");
    shop.run(&["export", "knowledge", "--out", "all.jsonl", "--data", "data"]).well();
    shop.run(&["backup", "safe.db", "--data", "data"]).well();
    let server = shop.serve();
    shop.run(&["export", "knowledge", "--out", "again.jsonl", "--data", "data"]).well();
    assert_eq!(shop.read("again.jsonl"), shop.read("all.jsonl"), "also by way of a running server");
    drop(server);

    let other = Shop::new();
    other.write("all.jsonl", shop.read("all.jsonl"));
    other.run(&["import", "all.jsonl", "--data", "data"]).well();
    let server = other.serve();
    let shown = server.http().request("GET", &format!("/pictures/{NAME}"), &[], b"").await.unwrap();
    assert_eq!((shown.status, shown.header("content-type")), (200, Some("image/png")));
    drop(server);

    let third = Shop::new();
    third.write("safe.db", std::fs::read(shop.path("safe.db")).unwrap());
    third.run(&["restore", "safe.db", "--data", "data"]).well();
    third.run(&["export", "knowledge", "--out", "all.jsonl", "--data", "data"]).well();
    assert_eq!(third.read("all.jsonl"), shop.read("all.jsonl"));
}

#[test]
fn customers_go_when_they_are_asked_for_and_come_in_again() {
    let shop = with_a_picture();
    shop.run(&["ask", "怎么退货", "--data", "data"]).well();
    shop.run(&["export", "customers", "--out", "c.jsonl", "--data", "data"])
        .failed(1, &["--with-personal-data"]);
    let told = shop.run(&["export", "all", "--out", "out", "--data", "data"]).well();
    assert!(told.contains("customers are left out") && !shop.path("out/customers.jsonl").exists(), "{told}");
    shop.run(&["export", "all", "--out", "out", "--data", "data", "--with-personal-data"]).well();
    let people = shop.read("out/customers.jsonl");
    assert_eq!(people.lines().count(), 1, "{people}");

    let other = Shop::new();
    other.write("customers.jsonl", &people);
    let looked = other.run(&["import", "customers.jsonl", "--data", "data", "--dry-run"]).well();
    assert!(looked.contains("1 found, not taken in"), "{looked}");
    let told = other.run(&["import", "customers.jsonl", "--data", "data"]).well();
    assert!(told.contains("1 new, 0 known") && !told.contains("rejected"), "{told}");
    let told = other.run(&["import", "customers.jsonl", "--data", "data", "--json"]).json();
    assert_eq!((&told["customers"]["known"], &told["new"]), (&1.into(), &0.into()), "{told}");
    other
        .run(&["export", "customers", "--out", "again.jsonl", "--data", "data", "--with-personal-data"])
        .well();
    assert_eq!(other.read("again.jsonl"), people);
    other.write("customers.jsonl", people + "{\"customer\": 7}\n");
    other.run(&["import", "customers.jsonl", "--data", "data"]).failed(1, &["customers.jsonl:2"]);
}
