//! The half that nothing was tuned on.

use domain::Lang::{En, Zh};
use knowledge::lint::Kind;

use super::{
    Plant,
    Sow::{Age, Ask, Drop, New, Only, Say, Swap},
};

const fn plant(kind: Kind, at: &'static [&'static str], sow: &'static [super::Sow]) -> Plant {
    Plant { kind, at, sow }
}

#[rustfmt::skip]
pub(crate) const PLANTS: &[Plant] = &[
    plant(Kind::Contradiction, &["gift-card"], &[Swap("gift-card", En, "3 years", "18 months")]),
    plant(Kind::Contradiction, &["price-protection"], &[Swap("price-protection", Zh, "15 天内", "三十天内")]),
    plant(Kind::Contradiction, &["exchange"], &[Only("exchange", Zh, "抱歉，商品售出后不能更换颜色或尺寸，请申请退货后重新下单。")]),
    plant(Kind::Contradiction, &["courier-choice"], &[Swap("courier-choice", En, "¥12", "¥21")]),
    plant(Kind::Contradiction, &["complaint-no-reply"], &[Swap("complaint-no-reply", Zh, "400-555-0100", "400-555-0199")]),
    plant(Kind::Contradiction, &["member-levels", "h-levels"], &[New("h-levels", "membership",
        Some(("会员分几级，每一级有什么好处？", &[], "会员有三级：青芽免费；青叶一年消费满 800 元，享 95 折；青禾一年消费满 3000 元，享 88 折。")),
        Some(("What levels of membership do you have and what does each give?", &[], "There are three: Sprout is free; Leaf (¥800 in a year) gives 5 % off; Harvest (¥3000 in a year) gives 12 % off.")))]),
    plant(Kind::Contradiction, &["overseas", "h-abroad"], &[New("h-abroad", "shipping",
        Some(("国外能不能寄？", &["发国际件吗"], "不能，目前只发中国大陆。")),
        Some(("Can you deliver abroad?", &[], "No, at present we deliver within mainland China only.")))]),
    plant(Kind::Contradiction, &["order-unpaid", "h-unpaid"], &[New("h-unpaid", "orders",
        Some(("下了单没付钱，订单多久会关闭？", &[], "未付款的订单两小时后自动关闭。")),
        Some(("How long do you keep an order that is not paid?", &[], "Unpaid orders are closed automatically after two hours.")))]),
    plant(Kind::Contradiction, &["freight-insurance", "h-insurance"], &[New("h-insurance", "returns",
        Some(("运费险最多赔多少钱？", &[], "最高赔付 25 元。")),
        Some(("How much does the freight insurance pay at most?", &[], "It pays up to ¥25.")))]),
    plant(Kind::Contradiction, &["showroom", "h-opening"], &[New("h-opening", "shop",
        Some(("展厅几点开门？", &[], "展厅 9:30–18:30 开放，周三休息。")),
        Some(("When is the showroom open?", &[], "The showroom is open 9:30–18:30 and closed on Wednesdays.")))]),
    plant(Kind::Contradiction, &["linen-shrink", "made-where"], &[
        Say("made-where", Zh, "亚麻第一次洗涤最多缩 8%，属于正常现象。"),
        Say("made-where", En, "Linen shrinks up to 8 % in the first wash, which is normal.")]),
    plant(Kind::Contradiction, &["ceramic-microwave", "non-returnable"], &[
        Say("non-returnable", Zh, "有金边或银边的陶瓷可以放微波炉加热。"), Say("non-returnable", En, "Pieces with a gold or silver rim may go in the microwave.")]),
    plant(Kind::Duplicate, &["wrong-item", "h-wrong"], &[New("h-wrong", "returns",
        Some(("你们发错货了怎么办？", &[], "抱歉，发错货由我们负责，请把收到的商品和面单照片发给客服，我们补寄正确的商品并免费上门取回发错的那件。")),
        Some(("You sent me the wrong item. What now?", &[], "Sorry, a wrong item is on us: send us photos of what you received and of the label; we send the right one and collect the wrong one free of charge.")))]),
    plant(Kind::Duplicate, &["invoice-company-title", "h-company"], &[New("h-company", "invoice",
        Some(("公司抬头的发票需要填哪些内容？", &[], "公司抬头的电子普通发票，填写公司全称和 18 位纳税人识别号即可，地址和银行账号不用填。")),
        Some(("What do I fill in for a company invoice?", &[], "For an ordinary electronic invoice enter the full company name and its 18-digit tax number; address and bank account can be left empty.")))]),
    plant(Kind::Duplicate, &["account-sms-unsubscribe", "h-sms"], &[New("h-sms", "account",
        Some(("怎么退订营销短信？", &[], "回复短信“T”即可退订，24 小时内生效，订单和物流通知不受影响。")),
        Some(("How can I unsubscribe from marketing messages?", &[], "Reply \"T\" to the text message; it takes effect within 24 hours, and messages about your orders still come.")))]),
    plant(Kind::Duplicate, &["ceramic-stains", "h-stains"], &[New("h-stains", "care",
        Some(("杯子上的茶渍怎么去掉？", &[], "茶渍用小苏打加少量水调成糊，敷 10 分钟后用海绵擦净。")),
        Some(("How do I get rid of tea stains on ceramics?", &[], "Leave a paste of baking soda and a little water on for 10 minutes and rub with a sponge.")))]),
    plant(Kind::Misplaced, &["member-level-expiry"], &[Ask("member-level-expiry", Zh, "运费险是什么意思")]),
    plant(Kind::Misplaced, &["order-find"], &[Ask("order-find", En, "Can I put the bowls in the microwave")]),
    plant(Kind::Misplaced, &["complaint-staff"], &[Ask("complaint-staff", Zh, "能刷信用卡付款吗")]),
    plant(Kind::Misplaced, &["cotton-wash"], &[Ask("cotton-wash", En, "how do I change my delivery address after ordering")]),
    plant(Kind::Expired, &["order-preorder"], &[Say("order-preorder", Zh, "青瓷茶壶的预订期到今年 7 月 15 日结束。"), Say("order-preorder", En, "The pre-order period for the celadon teapot ended on 15 July 2026.")]),
    plant(Kind::Expired, &["coupon-stack"], &[Say("coupon-stack", En, "From 1 to 10 October 2026 two coupons can be used together in the holiday sale."), Say("coupon-stack", Zh, "国庆活动期间（2026 年 10 月 1 日—10 月 10 日）可以用两张券。")]),
    plant(Kind::Expired, &["points-earn"], &[Say("points-earn", Zh, "双倍积分优惠有效期至 2026/5/31。"), Say("points-earn", En, "The double points promotion is valid to 2026/5/31.")]),
    plant(Kind::Expired, &["talk-to-human"], &[Say("talk-to-human", Zh, "系统升级，电话客服暂停服务至 3 月 31 日。"), Say("talk-to-human", En, "Telephone service is suspended through March 31 for maintenance.")]),
    plant(Kind::ExpiresSoon, &["shop-phone"], &[Say("shop-phone", Zh, "12 月 5 日之前，周末热线暂停。"), Say("shop-phone", En, "The weekend line is paused until December 5.")]),
    plant(Kind::ExpiresSoon, &["payment-methods"], &[Say("payment-methods", En, "Pay with UnionPay for 3 % off; the offer ends on 15 December 2026."), Say("payment-methods", Zh, "使用银联立减 3%，活动将于 2026 年 12 月 15 日结束。")]),
    plant(Kind::Stale, &["wood-crack"], &[Age("wood-crack", "2025-10-01T00:00:00Z"), Say("wood-crack", Zh, "本年度的木料都来自浙江。"), Say("wood-crack", En, "All wood of this year comes from Zhejiang.")]),
    plant(Kind::Stale, &["tracking-stuck"], &[Age("tracking-stuck", "2025-06-01T00:00:00Z"), Say("tracking-stuck", Zh, "近期华南暴雨，部分包裹会延误。"), Say("tracking-stuck", En, "Recently heavy rain in the south has delayed some parcels.")]),
    plant(Kind::Stale, &["complaint-late"], &[Say("complaint-late", Zh, "2025 年双十一的订单不参加这项补偿。"), Say("complaint-late", En, "Orders of the 2025 Singles' Day do not take part.")]),
    plant(Kind::DeadLink, &["member-upgrade"], &[Say("member-upgrade", En, "Read the [terms](membership-terms.en.md).")]),
    plant(Kind::DeadLink, &["points-expiry"], &[Say("points-expiry", Zh, "参见[积分规则](#积分规则)。")]),
    plant(Kind::DeadLink, &["account-delete"], &[Say("account-delete", En, "Open https://qinghe/account to begin.")]),
    plant(Kind::DeadLink, &["customs-duty"], &[Say("customs-duty", Zh, "税率见 http:/customs.example/rates 。")]),
    plant(Kind::Unreachable, &["h-draft"], &[New("h-draft", "shop", Some(("可以寄存包裹吗？", &[], "（答案待完善）")), Some(("Can I leave a parcel with you?", &[], "tbd")))]),
    plant(Kind::Unreachable, &["payment-failed"], &[Only("payment-failed", Zh, ""), Only("payment-failed", En, "   ")]),
    plant(Kind::Unreachable, &["h-shadow"], &[New("h-shadow", "shop",
        Some(("怎么转人工", &["怎么投诉", "退款多久到账"], "展厅提供免费停车，停车场入口在青禾路北侧。")),
        Some(("How do I make a complaint?", &["Are you a robot?"], "Parking at the showroom is free; the entrance is on the north side.")))]),
    plant(Kind::MissingTranslation, &["ai-assistant"], &[Drop("ai-assistant", Zh)]),
    plant(Kind::MissingTranslation, &["account-address-book"], &[Drop("account-address-book", En)]),
    plant(Kind::MissingTranslation, &["complaint-progress"], &[Only("complaint-progress", En, "投诉在 24 小时内答复，3 个工作日内处理完毕。")]),
    plant(Kind::Personal, &["complaint-courier"], &[Say("complaint-courier", En, "Last week's case: Mr. Thomas Reed, +44 20 7946 0958."), Say("complaint-courier", Zh, "上次的案例：收件人王建国，座机 0571-88886666。")]),
    plant(Kind::Personal, &["order-cancel"], &[Ask("order-cancel", En, "please cancel, my email is jane.doe77@mail.example")]),
    plant(Kind::Personal, &["refund-route"], &[Say("refund-route", Zh, "比如退到卡号 6222 0212 3456 7890 128。"), Say("refund-route", En, "For example to card 6222 0212 3456 7890 128.")]),
    plant(Kind::Personal, &["delivered-not-received"], &[Say("delivered-not-received", Zh, "例如上周的包裹其实放在了杭州市西湖区文三路 88 号 3 幢 502 室的邻居家。")]),
    plant(Kind::UnknownSlot, &["tracking"], &[Say("tracking", Zh, "{姓名}您好，单号是 {order.number|见订单页}。")]),
    plant(Kind::UnknownSlot, &["points-use"], &[Say("points-use", En, "You have {points.left} left."), Say("points-use", Zh, "您还有 {points.left} 分。")]),
];
