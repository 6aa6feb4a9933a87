//! Advice from the sample shop's catalogue: what fits, why, and when nothing is said.

use std::{path::PathBuf, sync::LazyLock};

use assistant::recommend::{Because, Habits, Stock, Wish, buys, pick, volunteer};
use domain::{
    Lang, Product, Rules, Shopper,
    advice::{Act, Rule, Tastes, Which},
};

fn sample(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "../../examples/catalogue", name].iter().collect()
}

static STOCK: LazyLock<Stock> = LazyLock::new(|| {
    let goods =
        knowledge::import::product::read(&[sample("products.csv")], domain::Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(goods.rejected, []);
    assert!(goods.products.len() >= 40);
    let orders = knowledge::import::purchase::read(&[sample("orders.csv")]).unwrap();
    assert_eq!(orders.rejected, []);
    let stock = Stock::new(goods.products, &[], Rules::default());
    let habits = Habits::learn(stock.len(), &buys(&stock, &orders.purchases), 1);
    stock.with_habits(habits)
});

fn advice(stock: &Stock, text: &str, shopper: &Shopper) -> Vec<(String, Vec<&'static str>)> {
    let Some(wish) = Wish::read(text, false) else { return Vec::new() };
    let told = |pick: &assistant::recommend::Pick| {
        let product = stock.product(pick.at).unwrap();
        (product.id.to_string(), pick.because.iter().map(Because::code).collect())
    };
    pick(stock, &wish, shopper, 11).iter().map(told).collect()
}

fn ids(stock: &Stock, text: &str, shopper: &Shopper) -> Vec<String> {
    advice(stock, text, shopper).into_iter().map(|(id, _)| id).collect()
}

fn product(id: &str) -> &'static Product {
    STOCK.product(STOCK.place(&id.into()).unwrap()).unwrap()
}

#[test]
fn a_gift_for_somebody_under_a_price_is_for_them_and_costs_no_more() {
    for (text, tags, most) in [
        ("想送妈妈一个礼物，200元以内，有什么推荐", ["妈妈", "mother"], 20_000),
        ("Can you recommend a gift for my mother under ¥200?", ["妈妈", "mother"], 20_000),
        ("两百块以内送长辈什么好，推荐一下", ["长辈", "parents"], 20_000),
        ("gift ideas for my parents, under 150 yuan", ["长辈", "parents"], 15_000),
    ] {
        let found = advice(&STOCK, text, &Shopper::default());
        assert_eq!(found.len(), 3, "{text}: {found:?}");
        for (id, because) in &found {
            let one = product(id);
            assert!(one.tags.iter().any(|tag| tags.contains(&tag.as_str())), "{text}: {id}");
            assert!(one.prices[0].cents <= most && one.in_stock, "{text}: {id}");
            assert!(because.contains(&"gift") && because.contains(&"budget"), "{text}: {because:?}");
        }
    }
}

#[test]
fn dollars_are_compared_with_dollars() {
    for id in ids(&STOCK, "a gift for a friend under $15 please", &Shopper::default()) {
        assert!(product(&id).price_in("USD").unwrap().cents <= 1_500, "{id}");
    }
}

#[test]
fn what_is_named_is_what_is_found() {
    for (text, expected) in [
        ("推荐一款砂锅", "clay-casserole"),
        ("有没有适合书桌的台灯", "table-lamp"),
        ("夏天的亚麻床品有推荐吗", "linen-set"),
        ("can you recommend a teapot", "celadon-teapot"),
        ("do you have something for baking, an apron maybe", "linen-apron"),
        ("looking for a chopping board", "beech-board"),
    ] {
        let found = ids(&STOCK, text, &Shopper::default());
        assert!(found.contains(&expected.to_owned()), "{text}: {found:?}");
    }
}

#[test]
fn what_the_shop_does_not_sell_is_not_made_up() {
    for text in
        ["推荐一款手机", "有没有适合我的跑鞋", "recommend a laptop", "do you have a car seat for sale"]
    {
        assert_eq!(ids(&STOCK, text, &Shopper::default()), [""; 0], "{text}");
    }
}

#[test]
fn who_bought_is_told_what_goes_with_it() {
    let tastes = Tastes { bought: vec!["celadon-teapot".into()], ..Tastes::default() };
    let shopper = Shopper { tastes, ..Shopper::default() };
    let found = advice(&STOCK, "有什么推荐吗", &shopper);
    assert_eq!(found.len(), 3);
    assert!(found[0].1.contains(&"bought"), "{found:?}");
    assert!(
        ["tea-cups-4", "tea-tray", "travel-tea-set", "incense-set"].contains(&found[0].0.as_str()),
        "{found:?}"
    );
    let at = STOCK.place(&"beech-board".into()).unwrap();
    let one = volunteer(&STOCK, &[at], &Shopper::default(), 11).unwrap();
    assert_eq!(one.because, [Because::Beside("beech-board".into())]);
}

#[test]
fn likes_count_and_dislikes_bar() {
    let tastes =
        Tastes { liked: vec!["linen".into()], disliked: vec!["ceramic".into()], ..Tastes::default() };
    let shopper = Shopper { tastes, ..Shopper::default() };
    let found = advice(&STOCK, "有什么推荐吗", &shopper);
    assert!(found.iter().all(|(id, _)| !product(id).attributes["material"].contains("ceramic")), "{found:?}");
    assert!(found.iter().any(|(_, because)| because.contains(&"liked")), "{found:?}");
}

#[test]
fn nothing_is_named_twice_nor_more_than_the_owner_wants() {
    let mut shopper = Shopper::default();
    let mut all: Vec<String> = Vec::new();
    for _ in 0..5 {
        let found = ids(&STOCK, "送长辈的礼物推荐", &shopper);
        shopper.shown.extend(found.iter().map(|id| id.as_str().into()));
        all.extend(found);
    }
    assert_eq!(all.len(), 9, "as many as the rules allow in a conversation: {all:?}");
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 9, "none twice");
}

fn under(rule: Rule) -> Stock {
    STOCK.clone().with_rules(Rules { products: vec![rule], ..Rules::default() })
}

fn rule(act: Act, what: &str) -> Rule {
    Rule { act, what: Which::from_words(what).unwrap(), with: None, months: vec![] }
}

#[test]
fn the_owners_rules_hold() {
    let ask = "送长辈的礼物推荐";
    let none = Shopper::default();
    let first = ids(&STOCK, ask, &none).remove(0);
    assert!(!ids(&under(rule(Act::Never, &first)), ask, &none).contains(&first));
    let summer = Rule { months: vec![6, 7, 8], ..rule(Act::OnlyIn, &first) };
    assert!(!ids(&under(summer), ask, &none).contains(&first), "it is November");
    let pinned = under(rule(Act::Pin, "wool-throw"));
    assert_eq!(advice(&pinned, ask, &none)[0].0, "wool-throw");
    assert!(advice(&pinned, ask, &none)[0].1.contains(&"pinned"), "and that is said");
    assert!(
        !ids(&pinned, "推荐一款砂锅", &none).contains(&"wool-throw".to_owned()),
        "it must fit all the same"
    );
    let apart =
        Rule { with: Which::from_words("category:ceramics"), ..rule(Act::NeverWith, "category:wood") };
    let found = ids(&under(apart), ask, &none);
    let kinds: Vec<&str> = found.iter().map(|id| product(id).category.as_str()).collect();
    assert!(!(kinds.contains(&"wood") && kinds.contains(&"ceramics")), "{kinds:?}");
    let rich = STOCK.clone().with_rules(Rules { least_margin: Some(55.0), ..Rules::default() });
    assert!(ids(&rich, ask, &none).iter().all(|id| product(id).margin().unwrap() >= 55.0));
}

#[test]
fn what_is_sold_out_or_switched_off_is_not_recommended() {
    let found = ids(&STOCK, "推荐金边点心盘", &Shopper::default());
    assert!(!found.contains(&"gold-rim-plate".to_owned()), "{found:?}");
    assert_eq!(product("gold-rim-plate").name(Lang::Zh), "金边点心盘");
}
