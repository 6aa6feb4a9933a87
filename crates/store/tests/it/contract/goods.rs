//! Products are kept once; purchases are told to their buyers; recommendations are rows, and their effect is counted.

use std::collections::BTreeMap;

use domain::{Advised, Conversation, Given, Lang, Price, Product, ProductText, Purchase, Trace};
use store::{Arm, Arms, Change, Page, ProductFilter, Store};

use super::judging;
use crate::scene::{Scene, at};

const DAY: i64 = 86_400;

fn product(id: &str, name: &str) -> Product {
    Product {
        id: id.into(),
        texts: [(Lang::Zh, ProductText { name: name.to_owned(), description: String::new() })].into(),
        category: "kitchen".to_owned(),
        tags: vec!["礼物".to_owned()],
        prices: vec![Price { currency: "CNY".to_owned(), cents: 12_900 }],
        url: String::new(),
        image: String::new(),
        in_stock: true,
        active: true,
        attributes: BTreeMap::new(),
        source: String::new(),
        updated_at: at(0),
    }
}

fn purchase(order: &str, buyer: &str, product: &str, seconds: i64) -> Purchase {
    Purchase { order: order.to_owned(), buyer: buyer.to_owned(), product: product.into(), at: at(seconds) }
}

pub(crate) async fn products_are_kept_once_and_listed_by_name(store: &dyn Store) {
    let pot = product("p1", "砂锅");
    let cup = Product { active: false, ..product("p2", "Cup") };
    store.put_products(&[pot.clone(), cup.clone()]).await.unwrap();
    let dearer = Product { prices: vec![Price { currency: "CNY".to_owned(), cents: 15_900 }], ..pot };
    store.put_products(std::slice::from_ref(&dearer)).await.unwrap();
    assert_eq!(store.product(&"p1".into()).await.unwrap(), Some(dearer.clone()));
    assert_eq!(store.product(&"p3".into()).await.unwrap(), None);
    assert_eq!(store.product_groups(9).await.unwrap(), std::slice::from_ref(&dearer), "one of each category");
    assert_eq!(store.products_after(None, 10).await.unwrap(), [dearer.clone(), cup.clone()]);
    assert_eq!(store.products_after(Some(&"p1".into()), 10).await.unwrap(), std::slice::from_ref(&cup));

    let found = async |filter: ProductFilter| {
        let mut after = None;
        let mut ids = Vec::new();
        loop {
            let rows = store.products(&filter, &Page { after: after.clone(), limit: 1 }).await.unwrap();
            let Some(row) = rows.into_iter().next() else { return ids };
            after = Some(row.cursor);
            ids.push(row.product.id.to_string());
        }
    };
    assert_eq!(found(ProductFilter::default()).await, ["p2", "p1"]);
    assert_eq!(found(ProductFilter { text: Some("砂".into()), ..ProductFilter::default() }).await, ["p1"]);
    assert_eq!(found(ProductFilter { text: Some("%".into()), ..ProductFilter::default() }).await, [""; 0]);
    let off = ProductFilter { offered: Some(false), ..ProductFilter::default() };
    assert_eq!(store.count_products(&off).await.unwrap(), 1);
    assert_eq!(found(off).await, ["p2"]);
    assert!(store.remove_product(&"p2".into(), at(9)).await.unwrap());
    assert!(!store.remove_product(&"p2".into(), at(9)).await.unwrap());
    assert_eq!(store.goods_revisions().await.unwrap(), (3, 0));
}

pub(crate) async fn the_catalogue_is_known_as_it_was(store: &dyn Store) {
    let day = |days: i64| at(days * 24 * 3_600);
    let pot = Product { updated_at: day(0), ..product("p1", "砂锅") };
    let cup = Product { updated_at: day(0), ..product("p2", "Cup") };
    let dearer = Product { updated_at: day(1), prices: vec![], ..pot.clone() };
    store.put_products(&[pot.clone(), cup.clone()]).await.unwrap();
    store.put_products(std::slice::from_ref(&dearer)).await.unwrap();
    store.remove_product(&cup.id, day(2)).await.unwrap();
    assert_eq!(store.products_at(0).await.unwrap(), []);
    assert_eq!(store.products_at(1).await.unwrap(), [pot, cup.clone()]);
    assert_eq!(store.products_at(2).await.unwrap(), [dearer.clone(), cup]);
    assert_eq!(store.products_at(3).await.unwrap(), [dearer]);

    // What nobody asks back for is not kept: of the old states the last one stays.
    let late = Product { updated_at: day(40), ..product("p1", "砂锅") };
    store.put_products(std::slice::from_ref(&late)).await.unwrap();
    assert!(store.products_at(1).await.unwrap().iter().all(|product| product.id != late.id));
    assert_eq!(store.products_at(4).await.unwrap(), [late]);
}

pub(crate) async fn purchases_are_written_once_and_belong_to_their_buyer(store: &dyn Store) {
    let all = [purchase("o1", "li", "p1", 1), purchase("o1", "li", "p2", 1), purchase("o2", "han", "p1", 2)];
    assert_eq!(store.put_purchases(&all).await.unwrap(), 3);
    assert_eq!(store.put_purchases(&all).await.unwrap(), 0);
    assert_eq!(store.goods_revisions().await.unwrap(), (0, 1));
    assert_eq!(store.count_purchases().await.unwrap(), 3);
    assert_eq!(store.purchases_after(None, 2).await.unwrap(), all[..2]);
    assert_eq!(store.purchases_after(Some(("o1", &"p2".into())), 2).await.unwrap(), all[2..]);
    assert_eq!(store.bought_by(&["han".into()], 9).await.unwrap(), all[2..]);
    assert_eq!(store.bought_by(&[], 9).await.unwrap(), []);
    for _ in 0..2 {
        store.put_buyer(&"c1".into(), "li").await.unwrap();
    }
    assert_eq!(store.buyers_of(&"c1".into()).await.unwrap(), ["li"]);
    assert_eq!(store.buyers_of(&"c2".into()).await.unwrap(), [""; 0]);
}

async fn advises(
    scene: &Scene<'_>,
    of: Conversation,
    id: &str,
    seconds: i64,
    given: Given,
    products: &[&str],
) -> Conversation {
    let advised = |product: &&str| Advised { product: (*product).into(), given, because: vec![], score: 1.0 };
    let advised = products.iter().map(advised).collect();
    let trace = Trace { advised, ..judging::trace(id, &of.id, seconds) };
    let mut change = Change::of(of, at(seconds));
    change.traces = vec![trace];
    scene.change(change).await
}

pub(crate) async fn what_was_recommended_is_remembered_and_clicks_count_once(store: &dyn Store) {
    let scene = Scene::new(store);
    let talk = scene.says("李雷").await.conversation;
    let talk = advises(&scene, talk, "a1", 1, Given::Asked, &["p1", "p2"]).await;
    let talk = advises(&scene, talk, "a2", 2, Given::HeldOut, &["p3"]).await;
    let rows = store.advice_in(&talk.id, 9).await.unwrap();
    let told: Vec<_> = rows.iter().map(|row| (row.answer.as_str(), row.place, row.given)).collect();
    assert_eq!(told, [("a2", 0, Given::HeldOut), ("a1", 0, Given::Asked), ("a1", 1, Given::Asked)]);
    for _ in 0..2 {
        assert_eq!(store.follow_advice(&"a1".into(), 1, at(9)).await.unwrap(), Some("p2".into()));
    }
    assert_eq!(store.follow_advice(&"a2".into(), 0, at(9)).await.unwrap(), None, "nobody saw it");
    assert_eq!(store.follow_advice(&"a1".into(), 7, at(9)).await.unwrap(), None);
    let outcomes = store.outcomes(at(0), 14, 9).await.unwrap();
    let told: Vec<_> = outcomes.iter().map(|one| (one.product.as_str(), one.shown, one.clicked)).collect();
    assert_eq!(told, [("p1", 1, 0), ("p2", 1, 1)]);
}

pub(crate) async fn the_arms_count_customers_whose_days_are_over(store: &dyn Store) {
    let scene = Scene::new(store);
    for (name, given) in
        [("a", Given::Unasked), ("b", Given::Unasked), ("c", Given::HeldOut), ("d", Given::HeldOut)]
    {
        let talk = scene.says(name).await.conversation;
        store.put_buyer(&talk.customer, &format!("buyer-{name}")).await.unwrap();
        let talk = advises(&scene, talk, &format!("1{name}"), 10, given, &["p1", "p2"]).await;
        advises(&scene, talk, &format!("2{name}"), 20, Given::Asked, &["p3"]).await;
    }
    let late = scene.says("late").await.conversation;
    advises(&scene, late, "late", 20 * DAY, Given::Unasked, &["p1"]).await;
    let both = scene.says("both").await.conversation;
    let both = advises(&scene, both, "both1", 10, Given::Unasked, &["p1"]).await;
    advises(&scene, both, "both2", 11, Given::HeldOut, &["p1"]).await;
    store
        .put_purchases(&[
            purchase("o1", "buyer-a", "p2", 5 * DAY),
            purchase("o2", "buyer-b", "p1", 5),
            purchase("o3", "buyer-b", "p3", 5 * DAY),
            purchase("o4", "buyer-c", "p1", 15 * DAY),
            purchase("o5", "d", "p1", DAY),
        ])
        .await
        .unwrap();
    let arms = store.arms(at(0), 14, at(21 * DAY)).await.unwrap();
    let advised = Arm { customers: 2, bought: 1 };
    let held_out = Arm { customers: 2, bought: 1 };
    assert_eq!(arms, Arms { advised, held_out }, "before, another product, or too late does not count");
    assert_eq!(store.arms(at(12), 14, at(21 * DAY)).await.unwrap(), Arms::default());
}
