//! Actions for tests.

use super::Action;

/// Three: one that reads, two that write.
pub(crate) fn actions() -> Vec<Action> {
    serde_json::from_value(serde_json::json!([
        {
            "name": "find_order", "topic": "orders", "url": "http://shop.example/orders/{order}",
            "parameters": [
                { "name": "order", "type": "order", "default": "latest" },
                { "name": "X-Customer", "source": "identity", "claim": "user_id", "in": "header", "required": true },
            ],
            "unverified": "order_and_phone",
            "reply_zh": "订单 {id}：{status}。[快递单号 {parcel}。]", "reply_en": "Order {id}: {status}.[ Parcel {parcel}.]",
            "values": { "status": { "shipped": { "zh": "已发货", "en": "shipped" } } },
            "remember": { "order.id": "id", "order.status": "status" },
            "phrasings": ["我的订单到哪了", "查一下我的订单", "订单到哪了", "where is my order"],
        },
        {
            "name": "change_address", "topic": "orders", "method": "PUT", "writes": true,
            "url": "http://shop.example/orders/{order}/address",
            "parameters": [
                { "name": "order", "type": "order", "required": true, "record": "order.id" },
                { "name": "address", "type": "address", "required": true, "ask_zh": "要改到哪里？" },
                { "name": "X-Customer", "source": "identity", "claim": "user_id", "in": "header", "required": true },
            ],
            "confirm_zh": "确认把订单 {order} 的地址改成「{address}」吗？",
            "confirm_en": "Shall I change the address of order {order} to “{address}”?",
            "reply_zh": "已改好：{address}", "reply_en": "Done: {address}",
            "phrasings": ["我要改收货地址", "改收货地址", "把地址改成", "change my delivery address", "change my address to"],
        },
        {
            "name": "ask_refund", "topic": "refunds", "method": "POST", "writes": true,
            "url": "http://shop.example/refunds",
            "parameters": [
                { "name": "order", "type": "order", "required": true, "record": "order.id" },
                { "name": "reason", "type": "text", "required": true },
            ],
            "reply_zh": "已提交", "reply_en": "Sent in",
            "phrasings": ["我要退款", "申请退款", "I want a refund"],
        },
    ]))
    .expect("the samples are actions")
}
