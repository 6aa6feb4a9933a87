//! Budgets hold, whoever asks at the same time, and are kept.

use futures_util::future::join_all;
use store::{Purse, Spent, Store};

use crate::scene::at;

fn purse(name: &str, tokens: Option<u64>, micros: Option<u64>) -> Purse {
    Purse { name: name.to_owned(), most_tokens: tokens, most_micros: micros }
}

const fn sum(tokens: u64, micros: u64) -> Spent {
    Spent { tokens, micros }
}

async fn spent(store: &dyn Store, names: &[&str]) -> Vec<Spent> {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    store.spent(&names).await.unwrap()
}

pub(crate) async fn what_would_overdraw_a_purse_is_not_booked_at_all(store: &dyn Store) {
    let purses = [purse("talk", Some(100), None), purse("day", None, Some(500)), purse("month", None, None)];
    assert_eq!(store.book(&purses, sum(60, 300), at(1)).await.unwrap(), None);
    assert_eq!(store.book(&purses, sum(60, 10), at(2)).await.unwrap(), Some(0), "tokens of the talk");
    assert_eq!(store.book(&purses, sum(10, 300), at(3)).await.unwrap(), Some(1), "money of the day");
    assert_eq!(
        spent(store, &["talk", "day", "month", "none"]).await,
        [sum(60, 300), sum(60, 300), sum(60, 300), sum(0, 0)]
    );
    assert_eq!(store.book(&purses, sum(40, 200), at(4)).await.unwrap(), None, "to the last of it");
    assert_eq!(store.book(&purses, sum(u64::MAX, 0), at(5)).await.unwrap(), Some(0));
}

pub(crate) async fn a_hundred_at_once_never_overdraw(store: &dyn Store) {
    let purses = [purse("day", Some(1_000), None)];
    let booked = join_all((0..100).map(|_| store.book(&purses, sum(30, 1), at(1)))).await;
    let let_through = booked.into_iter().filter(|booked| booked.as_ref().unwrap().is_none()).count();
    assert_eq!(let_through, 33);
    assert_eq!(spent(store, &["day"]).await, [sum(990, 33)]);
}

pub(crate) async fn what_was_not_spent_goes_back_and_old_purses_go(store: &dyn Store) {
    let (day, month) = ([purse("day", Some(100), None)], [purse("month", None, None)]);
    store.book(&day, sum(80, 400), at(1)).await.unwrap();
    store.settle(&day, sum(80, 400), sum(20, 90)).await.unwrap();
    assert_eq!(spent(store, &["day"]).await, [sum(20, 90)]);
    store.settle(&day, sum(10, 0), sum(50, 10)).await.unwrap();
    assert_eq!(spent(store, &["day"]).await, [sum(60, 100)], "it may have been more");
    store.settle(&day, sum(1_000, 1_000), sum(0, 0)).await.unwrap();
    assert_eq!(spent(store, &["day"]).await, [sum(0, 0)], "never less than nothing");
    store.book(&month, sum(1, 1), at(60)).await.unwrap();
    assert_eq!(store.forget_purses(at(60)).await.unwrap(), 1);
    assert_eq!(spent(store, &["day", "month"]).await, [sum(0, 0), sum(1, 1)]);
}
