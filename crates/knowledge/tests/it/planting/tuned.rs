//! The half that the rules were tuned on.

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
    // Two languages of one entry.
    plant(Kind::Contradiction, &["return-window"], &[Swap("return-window", Zh, "7 天内", "15 天内")]),
    plant(Kind::Contradiction, &["order-gift-wrap"], &[Swap("order-gift-wrap", En, "¥10", "¥15")]),
    plant(Kind::Contradiction, &["payment-cod"], &[Only("payment-cod", En, "Yes, we offer cash on delivery; have the money ready for the courier.")]),
    plant(Kind::Contradiction, &["points-use"], &[Swap("points-use", Zh, "20%", "30%")]),
    plant(Kind::Contradiction, &["showroom"], &[Swap("showroom", En, "closed on Mondays", "closed on Tuesdays")]),
    // Two entries.
    plant(Kind::Contradiction, &["shipping-fee", "t-postage"], &[New("t-postage", "shipping",
        Some(("运费多少钱，满多少免邮费？", &["邮费标准"], "中国大陆满 129 元包邮，不满的收 12 元运费。")),
        Some(("What does shipping cost and when is it free?", &["postage rates"], "Shipping is free from ¥129, otherwise ¥12.")))]),
    plant(Kind::Contradiction, &["lamp-warranty", "t-lamp"], &[New("t-lamp", "products",
        Some(("灯具保修多久？", &[], "灯具自收货之日起保修 2 年，灯泡不保。")),
        Some(("How long is the warranty on lamps?", &[], "Lamps have a 2-year warranty from receipt; bulbs are not covered.")))]),
    plant(Kind::Contradiction, &["payment-instalments", "t-instalments"], &[New("t-instalments", "payment",
        Some(("你们可以分期付款吗？", &[], "抱歉，我们不支持分期付款。")),
        Some(("Can I pay by instalments?", &[], "Sorry, we do not offer instalments.")))]),
    plant(Kind::Contradiction, &["refund-time", "t-refund"], &[New("t-refund", "returns",
        Some(("退货退款要多久到账？", &["多少天收到退款"], "仓库验收后 10 个工作日内退款。")),
        Some(("How long until I get my refund?", &[], "Refunds are made within 10 working days after the warehouse check.")))]),
    plant(Kind::Contradiction, &["service-hours", "t-hours"], &[New("t-hours", "service",
        Some(("人工客服的上班时间是几点到几点？", &[], "人工客服每天 8:30–18:00 在线。")),
        Some(("What are the hours of your customer service?", &[], "People answer 8:30–18:00 every day.")))]),
    // Sentences said again elsewhere.
    plant(Kind::Contradiction, &["ceramic-dishwasher", "order-custom"], &[Say("order-custom", Zh, "没有金属描边的陶瓷不可以放洗碗机。"),
        Say("order-custom", En, "Ceramics with no metallic rim may not go in the dishwasher.")]),
    plant(Kind::Contradiction, &["invoice-deadline", "invoice-request", "invoice-combine"], &[Say("invoice-combine", Zh, "订单完成后 90 天内都可以补开发票。"),
        Say("invoice-combine", En, "Invoices can be requested up to 90 days after the order is completed.")]),
    plant(Kind::Duplicate, &["parcel-lost", "t-lost"], &[New("t-lost", "shipping",
        Some(("快递弄丢了谁来赔？", &[], "快递确认丢失的，由我们负责，您可以选择免费补发或者全额退款。")),
        Some(("My parcel was lost. Who pays?", &[], "If the courier confirms that the parcel is lost, it is on us: you can choose a free replacement or a full refund.")))]),
    plant(Kind::Duplicate, &["account-forgot-password", "t-password"], &[New("t-password", "account",
        Some(("密码忘记了怎么办？", &[], "您可以直接用手机号和验证码登录，不需要密码，登录后再重新设置密码。")),
        Some(("I have forgotten my password, what can I do?", &[], "You can sign in with your phone number and a code, without any password, and then set a new one.")))]),
    plant(Kind::Duplicate, &["wood-oil", "t-oil"], &[New("t-oil", "care",
        Some(("木质厨具怎么上油保养？", &["砧板上油"], "建议每月上一次油，用食品级矿物油或核桃油薄薄擦一层，静置一晚后擦去多余的油。")),
        Some(("How do I oil wooden kitchenware?", &[], "Once a month rub in a thin coat of food-grade mineral oil or walnut oil, leave it overnight and wipe off the rest.")))]),
    plant(Kind::Duplicate, &["made-where", "t-made"], &[New("t-made", "products",
        Some(("你们的商品是哪里生产的？", &[], "全部在中国生产。")),
        Some(("Where are your products made?", &[], "All are made in China.")))]),
    plant(Kind::Misplaced, &["tracking"], &[Ask("tracking", Zh, "怎么开发票")]),
    plant(Kind::Misplaced, &["wood-mould"], &[Ask("wood-mould", En, "How do I delete my account?")]),
    plant(Kind::Misplaced, &["jobs"], &[Ask("jobs", Zh, "杯子里的茶渍怎么洗掉")]),
    plant(Kind::Misplaced, &["birthday-coupon"], &[Ask("birthday-coupon", En, "is it possible to get SF Express instead of ZTO")]),
    plant(Kind::Expired, &["coupon-get"], &[Say("coupon-get", Zh, "秋季满减活动截至 2026 年 9 月 30 日。"), Say("coupon-get", En, "The autumn offer runs until 30 September 2026.")]),
    plant(Kind::Expired, &["order-restock"], &[Say("order-restock", Zh, "绝版清仓特价持续到 10 月 31 日。"), Say("order-restock", En, "The clearance sale of discontinued items continues to 31 October.")]),
    plant(Kind::Expired, &["pick-up"], &[Say("pick-up", Zh, "展厅装修，2026 年 8 月 1 日至 8 月 15 日暂停自提。"), Say("pick-up", En, "The showroom is closed for renovation from 1 August 2026 to 15 August 2026.")]),
    plant(Kind::Expired, &["wholesale"], &[Say("wholesale", En, "Orders placed before 2026-06-30 get 15 % off as a limited offer."), Say("wholesale", Zh, "2026-06-30 之前下单限时再打 85 折。")]),
    plant(Kind::ExpiresSoon, &["shipping-when"], &[Say("shipping-when", Zh, "双十一返场期间发货顺延，到 2026 年 11 月 30 日为止。"), Say("shipping-when", En, "During the sale shipping takes longer, until 30 November 2026.")]),
    plant(Kind::ExpiresSoon, &["member-join"], &[Say("member-join", En, "Sign up by 10 December 2026 for a welcome voucher."), Say("member-join", Zh, "12 月 10 日前报名送迎新券。")]),
    plant(Kind::Stale, &["cooperation"], &[Age("cooperation", "2025-02-10T00:00:00Z"), Say("cooperation", Zh, "今年我们重点找华东的渠道伙伴。"), Say("cooperation", En, "This year we are looking for partners in East China.")]),
    plant(Kind::Stale, &["delivery-time"], &[Age("delivery-time", "2025-01-05T00:00:00Z"), Say("delivery-time", Zh, "春节期间快递较慢，请您谅解。"), Say("delivery-time", En, "During the Spring Festival couriers are slower.")]),
    plant(Kind::Stale, &["safety-certificates"], &[Say("safety-certificates", En, "The reports of the 2024 collection are being renewed."), Say("safety-certificates", Zh, "2024 年新品的报告正在更新。")]),
    plant(Kind::DeadLink, &["return-how"], &[Say("return-how", Zh, "详见[退货政策](/help/return-policy-old)。")]),
    plant(Kind::DeadLink, &["linen-wash"], &[Say("linen-wash", En, "See [washing](/help/care-guide#linen-curtains).")]),
    plant(Kind::DeadLink, &["account-privacy"], &[Say("account-privacy", Zh, "后台地址：http://192.168.1.20/privacy")]),
    plant(Kind::DeadLink, &["complaint-how"], &[Say("complaint-how", En, "Use [the form]().")]),
    plant(Kind::Unreachable, &["t-empty"], &[New("t-empty", "products", Some(("餐具能印照片吗？", &[], "待补充")), Some(("Can you print photos on plates?", &[], "TODO")))]),
    plant(Kind::Unreachable, &["lamp-bulb"], &[Only("lamp-bulb", Zh, " "), Only("lamp-bulb", En, "")]),
    plant(Kind::Unreachable, &["t-mute"], &[New("t-mute", "products", Some(("？？", &[], "茶壶的容量是半升左右。")), Some(("...", &[], "The teapot holds about half a litre.")))]),
    plant(Kind::MissingTranslation, &["order-merge"], &[Drop("order-merge", En)]),
    plant(Kind::MissingTranslation, &["invoice-paper"], &[Drop("invoice-paper", Zh)]),
    plant(Kind::MissingTranslation, &["t-tea"], &[New("t-tea", "products", Some(("茶壶有几种颜色？", &["茶壶颜色"], "有青色、白色和黑色。")), None)]),
    plant(Kind::Personal, &["order-change-address"], &[Say("order-change-address", Zh, "急的话打小周手机 13912345678。"), Say("order-change-address", En, "In a hurry call Zhou on 13912345678.")]),
    plant(Kind::Personal, &["parcel-damaged"], &[Ask("parcel-damaged", Zh, "我叫李小红，电话 13700001111，碗碎了")]),
    plant(Kind::Personal, &["account-hacked"], &[Say("account-hacked", En, "For example the customer wang.li88@mail.example lost his points."), Say("account-hacked", Zh, "例如顾客 wang.li88@mail.example 的积分被盗过。")]),
    plant(Kind::Personal, &["invoice-vat-special"], &[Say("invoice-vat-special", Zh, "示例：身份证 11010519491231002X。"), Say("invoice-vat-special", En, "Example: ID card 11010519491231002X.")]),
    plant(Kind::UnknownSlot, &["shipping-fee"], &[Say("shipping-fee", Zh, "您这一单是 {order.sum}。"), Say("shipping-fee", En, "Yours came to {order.sum}.")]),
    plant(Kind::UnknownSlot, &["refund-time"], &[Say("refund-time", En, "Dear {customer|customer}, it is on its way.")]),
];
