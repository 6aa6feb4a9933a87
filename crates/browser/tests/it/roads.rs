//! Where the WebSocket is blocked, the widget takes another road.

use anyhow::ensure;
use serde_json::json;

use crate::stage::{Told, play};

const NO_SOCKET: &str = "window.WebSocket = function () { throw new Error('blocked here'); };";
const NO_STREAM: &str = "const real = window.fetch; window.fetch = (where, ...rest) => String(where).includes('/v1/widget/events') \
    ? Promise.reject(new TypeError('blocked here')) : real(where, ...rest);";
const DEAD_SOCKET: &str = "window.WebSocket = function () { this.readyState = 0; this.close = () => {}; \
    setTimeout(() => this.onerror && this.onerror(new Event('error'))); };";

async fn answered_by(name: &str, blocked: &str, road: &str) -> Told {
    play(name, async |stage| {
        let customer = stage.window().await?;
        customer.before_every_page(blocked).await?;
        customer.visit(&stage.home("zh")).await?;
        customer.until("the widget", "return !!window.frontdesk;", &[]).await?;
        customer.run("frontdesk.on('connection', (road) => { window.road = road; });", &[]).await?;
        customer.open_chat().await?;
        customer.say("取消订单").await?;
        customer.hears("点“取消订单”").await?;
        customer.say("怎么开发票").await?;
        customer.hears("申请发票").await?;
        let used = customer.run("return window.road;", &[]).await?;
        ensure!(*used.json() == json!(road), "by {:?}", used.json());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_socket_comes_first() -> Told {
    answered_by("socket", "", "socket").await
}

#[tokio::test]
async fn without_a_socket_events_stream() -> Told {
    answered_by("stream", NO_SOCKET, "stream").await
}

#[tokio::test]
async fn with_a_dead_socket_events_stream() -> Told {
    answered_by("dead-socket", DEAD_SOCKET, "stream").await
}

#[tokio::test]
async fn without_socket_and_stream_the_widget_asks_again() -> Told {
    answered_by("poll", &format!("{NO_SOCKET}{NO_STREAM}"), "poll").await
}
