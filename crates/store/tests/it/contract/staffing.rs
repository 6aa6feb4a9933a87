//! People come, sign in and leave.

use domain::{Agent, Customer, Lang, Role};
use store::{Session, Store};

use crate::scene::{Scene, at};

async fn hire(store: &dyn Store, id: &str, name: &str) -> Agent {
    let agent = Agent { id: id.into(), name: name.to_owned(), role: Role::Editor, lang: Lang::En };
    store.put_agent(&agent).await.unwrap();
    agent
}

pub(crate) async fn a_link_lets_in_once(store: &dyn Store) {
    let wang = hire(store, "wang", "Wang").await;
    for hash in ["in time", "too late"] {
        store.put_sign_in(hash, &wang.id, at(60)).await.unwrap();
    }
    let redeem = || store.redeem_sign_in("in time", at(59));
    let tries = tokio::join!(redeem(), redeem(), redeem());

    let let_in: Vec<Agent> = [tries.0, tries.1, tries.2].into_iter().filter_map(|one| one.unwrap()).collect();
    assert_eq!(let_in, [wang]);
    assert_eq!(store.redeem_sign_in("too late", at(60)).await.unwrap(), None);
    assert_eq!(store.redeem_sign_in("too late", at(0)).await.unwrap(), None, "it is gone for good");
    assert_eq!(store.redeem_sign_in("guessed", at(0)).await.unwrap(), None);
}

pub(crate) async fn sessions_end(store: &dyn Store) {
    let wang = hire(store, "wang", "Wang").await;
    let session = |hash: &str| Session {
        hash: hash.to_owned(),
        agent: wang.id.clone(),
        expires: at(60),
        form_token: format!("form of {hash}"),
    };
    store.put_session(&session("laptop")).await.unwrap();
    store.put_session(&session("phone")).await.unwrap();

    let signed_in = store.session("laptop", at(59)).await.unwrap();
    assert_eq!(signed_in, Some((session("laptop"), wang.clone())));
    assert_eq!(store.session("laptop", at(60)).await.unwrap(), None);
    assert_eq!(store.session("unknown", at(0)).await.unwrap(), None);
    store.end_session("laptop").await.unwrap();
    store.end_session("laptop").await.unwrap();
    assert_eq!(store.session("laptop", at(0)).await.unwrap(), None);
    assert!(store.session("phone", at(0)).await.unwrap().is_some());
}

pub(crate) async fn who_leaves_is_signed_out(store: &dyn Store) {
    let zhao = hire(store, "zhao", "Zhao").await;
    let mut wang = hire(store, "wang", "Wang").await;
    let session =
        Session { hash: "w".into(), agent: wang.id.clone(), expires: at(60), form_token: String::new() };
    store.put_session(&session).await.unwrap();
    store.put_sign_in("link", &wang.id, at(60)).await.unwrap();
    wang.role = Role::Owner;
    store.put_agent(&wang).await.unwrap();
    assert_eq!(store.agents().await.unwrap(), [wang.clone(), zhao.clone()]);
    assert_eq!(store.agent(&wang.id).await.unwrap(), Some(wang.clone()));

    store.remove_agent(&wang.id).await.unwrap();
    assert_eq!(store.agents().await.unwrap(), [zhao]);
    assert_eq!(store.session("w", at(0)).await.unwrap(), None);
    assert_eq!(store.redeem_sign_in("link", at(0)).await.unwrap(), None);
    let again = Session { hash: "again".to_owned(), ..session };
    assert!(store.put_session(&again).await.is_err(), "nobody signs in who is not there");
}

pub(crate) async fn settings_stand(store: &dyn Store) {
    assert_eq!(store.setting("colour").await.unwrap(), None);
    let (a, b) = tokio::join!(store.setting_or("colour", "red"), store.setting_or("colour", "blue"));
    let stands = a.unwrap();
    assert_eq!(b.unwrap(), stands);
    assert_eq!(store.setting("colour").await.unwrap(), Some(stands));
    store.put_setting("colour", "green").await.unwrap();
    assert_eq!(store.setting_or("colour", "red").await.unwrap(), "green");
}

pub(crate) async fn a_customer_is_replaced(store: &dyn Store) {
    let scene = Scene::new(store);
    let id = scene.says("李雷").await.conversation.customer;
    let known = Customer {
        id: id.clone(),
        name: Some("Li Lei".to_owned()),
        contact: Some("lilei@example.com".to_owned()),
        lang: Lang::En,
        since: at(0),
    };
    store.put_customer(&known).await.unwrap();
    assert_eq!(store.customer(&id).await.unwrap(), Some(known.clone()));

    scene.says("李雷").await;
    assert_eq!(store.customer(&id).await.unwrap(), Some(Customer { lang: Lang::Zh, ..known }));
}

pub(crate) async fn a_store_at_work_is_ready(store: &dyn Store) {
    let scene = Scene::new(store);
    for _ in 0..3 {
        scene.says("李雷").await;
        store.ready().await.unwrap();
    }
}
