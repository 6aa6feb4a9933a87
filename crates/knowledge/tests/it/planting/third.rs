//! A third set: other topics, other words, and traps that look like defects and are none.

use domain::Lang::{En, Zh};
use knowledge::lint::Kind;

use super::{
    Plant,
    Sow::{self, Age, Ask, Drop, New, Only, Say, Swap, Until},
};

const fn plant(kind: Kind, at: &'static [&'static str], sow: &'static [Sow]) -> Plant {
    Plant { kind, at, sow }
}

#[rustfmt::skip]
pub(crate) const PLANTS: &[Plant] = &[
    // Two languages of one entry.
    plant(Kind::Contradiction, &["order-restock"], &[Swap("order-restock", En, "2–3 weeks", "4–6 weeks")]),
    plant(Kind::Contradiction, &["overseas"], &[Swap("overseas", En, "¥25", "¥35")]),
    plant(Kind::Contradiction, &["birthday-coupon"], &[Swap("birthday-coupon", Zh, "20 元生日券", "50 元生日券")]),
    plant(Kind::Contradiction, &["delivered-not-received"], &[Swap("delivered-not-received", En, "within 3 days", "within 7 days")]),
    plant(Kind::Contradiction, &["invoice-combine"], &[Swap("invoice-combine", Zh, "最多 20 个订单", "最多 10 个订单")]),
    plant(Kind::Contradiction, &["account-code-missing"], &[Swap("account-code-missing", En, "60 seconds", "90 seconds")]),
    plant(Kind::Contradiction, &["cotton-wash"], &[Swap("cotton-wash", Zh, "40 °C", "60 °C")]),
    plant(Kind::Contradiction, &["wholesale"], &[Swap("wholesale", En, "50 pieces", "500 pieces")]),
    plant(Kind::Contradiction, &["points-expiry"], &[Swap("points-expiry", En, "31 December", "30 June")]),
    plant(Kind::Contradiction, &["invoice-vat-special"], &[Only("invoice-vat-special", Zh, "抱歉，我们目前不能开具增值税专用发票，只开普通发票。")]),
    plant(Kind::Contradiction, &["pick-up"], &[Only("pick-up", En, "No, online orders cannot be collected at the showroom; everything is sent by courier.")]),
    plant(Kind::Contradiction, &["shipping-when"], &[Only("shipping-when", Zh, "14:00 前的订单当天发货，14:00 之后的第二天发货。预售和定制商品以页面或客服确认的日期为准。")]),
    plant(Kind::Contradiction, &["shop-email"], &[Swap("shop-email", En, "help@qinghe.example", "support@qinghe.example")]),
    plant(Kind::Contradiction, &["complaint-escalate"], &[Swap("complaint-escalate", En, "within 3 working days", "within 5 working days")]),
    // Two entries.
    plant(Kind::Contradiction, &["invoice-wrong-title", "x-reissue"], &[New("x-reissue", "invoices",
        Some(("一张发票可以重开几次？", &[], "每张发票最多可以重开三次。")),
        Some(("How many times can one invoice be reissued?", &[], "Each invoice can be reissued up to three times.")))]),
    plant(Kind::Contradiction, &["account-address-book", "x-addresses"], &[New("x-addresses", "accounts",
        Some(("常用收货地址最多能存几个？", &["地址存满了"], "最多可以存 10 个收货地址。")),
        Some(("How many addresses can I save?", &["my address list is full"], "You can save up to 10 addresses.")))]),
    plant(Kind::Contradiction, &["order-custom", "shipping-policy", "x-engrave"], &[New("x-engrave", "orders",
        Some(("木勺刻字要等几天？", &["刻名字多久能做好"], "刻字需要 8 个工作日。")),
        Some(("How long does it take to engrave a wooden spoon?", &[], "Engraving takes 8 working days.")))]),
    plant(Kind::Contradiction, &["warranty-and-repairs", "x-kintsugi"], &[New("x-kintsugi", "care",
        Some(("打碎的碗可以拿来锔瓷或者做金缮吗？", &["碗碎了能修吗"], "可以，我们提供锔瓷和金缮修补，请先发照片估价。")),
        Some(("Do you mend broken bowls, with staples or kintsugi?", &[], "Yes, we offer staple repair and kintsugi; please send photos for a quote first.")))]),
    plant(Kind::Contradiction, &["account-sign-in", "x-wechat"], &[New("x-wechat", "accounts",
        Some(("能用微信账号登录吗？", &["微信一键登录"], "可以，在登录页点微信图标，就能用微信账号登录。")),
        Some(("Can I sign in with WeChat?", &[], "Yes, tap the WeChat icon on the sign-in page and sign in with your WeChat account.")))]),
    plant(Kind::Contradiction, &["membership-terms", "x-family"], &[New("x-family", "membership",
        Some(("家庭账户最多能绑几个账户？", &["和家人共享会员"], "家庭账户最多可以绑定五个账户，折扣按其中最高的等级计算。")),
        Some(("How many accounts can be linked as a family account?", &[], "Up to five accounts can be linked as a family account.")))]),
    plant(Kind::Contradiction, &["privacy-policy", "x-recording"], &[New("x-recording", "accounts",
        Some(("客服电话的录音会保存多久？", &["通话录音"], "电话录音保存 180 天，之后自动删除。")),
        Some(("How long are recordings of phone calls kept?", &[], "Recordings of phone calls are kept for 180 days and then deleted automatically.")))]),
    // Sentences said again elsewhere.
    plant(Kind::Contradiction, &["wood-wash", "care-guide", "complaint-not-as-described"], &[
        Say("complaint-not-as-described", Zh, "木质厨具可以放洗碗机。"), Say("complaint-not-as-described", En, "Wooden kitchenware may go in the dishwasher.")]),
    plant(Kind::Contradiction, &["lamp-bulb", "care-guide", "warranty-and-repairs", "complaint-injury"], &[
        Say("complaint-injury", Zh, "我们的灯具使用 E14 螺口 LED 灯泡，最大 12 W。"), Say("complaint-injury", En, "Our lamps use E14 LED bulbs up to 12 W.")]),

    plant(Kind::Duplicate, &["tracking", "x-where"], &[New("x-where", "delivery",
        Some(("我的包裹现在到哪里了，在哪儿看？", &[], "发货后打开“我的订单—查看物流”，就能看到快递单号和包裹的实时位置。")),
        Some(("Where can I see where my parcel is now?", &[], "Under \"My orders – Track\" you find the tracking number and where the parcel is at the moment.")))]),
    plant(Kind::Duplicate, &["missing-parts", "x-missing"], &[New("x-missing", "returns",
        Some(("包裹里少了配件怎么办？", &[], "请在收货后 48 小时内把全部物品和包装的照片发给客服，核实后免费补寄。")),
        Some(("A part is missing from the parcel. What should I do?", &[], "Send us photos of everything you received and of the packaging within 48 hours of receipt; after checking we send the missing part free of charge.")))]),
    plant(Kind::Duplicate, &["refund-route", "x-route"], &[New("x-route", "returns",
        Some(("退的钱会回到哪张卡里？", &[], "退款都按原来的支付方式退回，不能退到别的账户；原来的银行卡注销了的，请联系发卡银行领取。")),
        Some(("To which card does my refund go?", &[], "Refunds always go back by the way you paid and cannot go to another account; if the card is closed, please ask its bank.")))]),
    plant(Kind::Duplicate, &["linen-wash", "care-guide", "x-linen"], &[New("x-linen", "care",
        Some(("亚麻床单用几度的水洗？", &[], "亚麻用 30 °C 以下的水、轻柔模式和中性洗衣液洗，不要漂白，洗后在阴凉处晾干。")),
        Some(("At what temperature do I wash linen sheets?", &[], "Wash linen at 30 °C on a gentle cycle with a mild detergent, no bleach, and dry it in the shade.")))]),
    plant(Kind::Duplicate, &["cooperation", "x-partner"], &[New("x-partner", "shop",
        Some(("想和你们合作，应该联系谁？", &[], "欢迎合作，请把介绍和合作方案发到 help@qinghe.example，标题写“合作”，5 个工作日内答复。")),
        Some(("I would like to work with you as a partner. Whom do I contact?", &[], "Please send your proposal to help@qinghe.example with \"Cooperation\" in the subject; we answer within 5 working days.")))]),
    plant(Kind::Duplicate, &["account-undo-delete", "x-undo"], &[New("x-undo", "accounts",
        Some(("注销申请提交之后还能撤回吗？", &[], "可以，15 天内用原手机号重新登录，点“撤销注销”就能恢复，积分和订单不受影响，超过 15 天无法恢复。")),
        Some(("Can I take back my request to delete the account?", &[], "Yes, sign in with the same phone number within 15 days and tap \"Undo deletion\"; points and orders are kept, after 15 days it cannot be restored.")))]),
    plant(Kind::Duplicate, &["member-join", "x-join"], &[New("x-join", "membership",
        Some(("加入会员要交钱吗？", &[], "不用交钱，用手机号注册登录后自动成为青芽会员，不需要办卡。")),
        Some(("Does becoming a member cost anything?", &[], "No, it is free: once you sign in with your phone number, you are a Sprout member.")))]),
    plant(Kind::Duplicate, &["complaint-scam-call", "x-scam"], &[New("x-scam", "complaints",
        Some(("有人冒充你们客服打电话让我转账怎么办？", &[], "那不是我们，请不要转账、点链接或共享屏幕。我们不会索要密码和验证码，已经转账的请立即拨打 110 或 96110。")),
        Some(("A caller who says he is your staff wants me to transfer money. What should I do?", &[], "That is not us: please do not transfer money, open links or share your screen. We never ask for passwords or codes; if you have paid, call 110 or 96110 at once.")))]),

    plant(Kind::Misplaced, &["invoice-paper"], &[Ask("invoice-paper", Zh, "积分多久清零")]),
    plant(Kind::Misplaced, &["wood-oil"], &[Ask("wood-oil", En, "can you refund me to another account")]),
    plant(Kind::Misplaced, &["showroom"], &[Ask("showroom", Zh, "快递把我的包裹弄丢了谁赔")]),
    plant(Kind::Misplaced, &["order-restock"], &[Ask("order-restock", En, "the courier was really rude to me")]),
    plant(Kind::Misplaced, &["exchange"], &[Ask("exchange", Zh, "手机号换了，怎么改绑定")]),
    plant(Kind::Misplaced, &["member-upgrade"], &[Ask("member-upgrade", En, "which light bulb fits your lamps")]),
    plant(Kind::Misplaced, &["made-where"], &[Ask("made-where", Zh, "花呗能分几期")]),
    plant(Kind::Misplaced, &["points-earn"], &[Ask("points-earn", En, "who pays customs on a parcel sent abroad")]),

    plant(Kind::Expired, &["coupon-use"], &[Say("coupon-use", Zh, "开学季满 199 减 30 的券有效期到 2026 年 9 月 15 日。"), Say("coupon-use", En, "The back-to-school coupon (¥30 off from ¥199) is good through 15 September 2026.")]),
    plant(Kind::Expired, &["tracking"], &[Say("tracking", Zh, "物流查询页面改版中，11 月 10 日恢复。"), Say("tracking", En, "The tracking page is being rebuilt and will be back on 10 November.")]),
    plant(Kind::Expired, &["member-levels"], &[Say("member-levels", Zh, "暑期福利：2026 年 7 月至 8 月的消费双倍计入等级。"), Say("member-levels", En, "Summer bonus: spending in July and August 2026 counts double towards your level.")]),
    plant(Kind::Expired, &["customs-duty"], &[Say("customs-duty", Zh, "受台风影响，发往台湾的包裹停运至 10 月 12 日。"), Say("customs-duty", En, "Because of the typhoon, parcels to Taiwan are suspended until 12 October.")]),
    plant(Kind::Expired, &["cooperation"], &[Say("cooperation", Zh, "秋季合作伙伴计划的报名截止到 2026 年 10 月 31 日。"), Say("cooperation", En, "Applications for the autumn partner programme close on 31 October 2026.")]),
    plant(Kind::Expired, &["faulty-goods"], &[Say("faulty-goods", Zh, "今年春天买的台灯可以免费换插头，请在 2026/6/30 前申请。"), Say("faulty-goods", En, "Table lamps bought this spring get a new plug free of charge if you apply by 30 June 2026.")]),
    plant(Kind::Expired, &["order-gift-wrap"], &[Until("order-gift-wrap", "2026-10-31T16:00:00Z")]),
    plant(Kind::Expired, &["jobs"], &[Say("jobs", Zh, "圣诞季兼职的报名已到 10 月 25 日截止。"), Say("jobs", En, "We are hiring Christmas helpers; apply by Oct 25, 2026.")]),

    plant(Kind::ExpiresSoon, &["delivery-time"], &[Say("delivery-time", Zh, "黑五期间配送较慢，活动持续到 11 月 30 日。"), Say("delivery-time", En, "Black Friday slows delivery down; the sale lasts until November 30.")]),
    plant(Kind::ExpiresSoon, &["lamp-warranty"], &[Say("lamp-warranty", Zh, "现在买落地灯送灯罩，活动截止 2026-12-08。"), Say("lamp-warranty", En, "Buy a floor lamp now and get a shade free; the offer ends on 2026-12-08.")]),
    plant(Kind::ExpiresSoon, &["points-return"], &[Say("points-return", Zh, "12 月 1 日前购物，积分双倍。"), Say("points-return", En, "Shop before 1 December for double points.")]),
    plant(Kind::ExpiresSoon, &["order-merge"], &[Until("order-merge", "2026-12-05T16:00:00Z")]),
    plant(Kind::ExpiresSoon, &["account-sign-in"], &[Say("account-sign-in", Zh, "系统维护：2026 年 12 月 3 日 0:00–6:00 无法登录。"), Say("account-sign-in", En, "Maintenance: you cannot sign in on 3 December 2026, 0:00–6:00.")]),

    plant(Kind::Stale, &["made-where"], &[Age("made-where", "2025-03-01T00:00:00Z"), Say("made-where", Zh, "目前中山的工厂正在搬迁，部分灯具暂时缺货。"), Say("made-where", En, "At the moment the Zhongshan workshop is moving, and some lamps are temporarily out of stock.")]),
    plant(Kind::Stale, &["gift-card"], &[Say("gift-card", Zh, "2024 年版的卡面还有少量库存。"), Say("gift-card", En, "A few cards with the design of 2024 are left.")]),
    plant(Kind::Stale, &["payment-instalments"], &[Age("payment-instalments", "2025-04-01T00:00:00Z"), Say("payment-instalments", Zh, "最近花呗在升级，个别顾客暂时用不了。"), Say("payment-instalments", En, "Huabei is being upgraded these days, so a few customers cannot use it for now.")]),
    plant(Kind::Stale, &["wood-mould"], &[Age("wood-mould", "2024-11-01T00:00:00Z"), Say("wood-mould", Zh, "今年梅雨季特别长，请多通风。"), Say("wood-mould", En, "This year's rainy season is especially long, so please air the kitchen often.")]),
    plant(Kind::Stale, &["order-find"], &[Say("order-find", Zh, "2023 年的订单正在陆续搬到新系统。"), Say("order-find", En, "Orders from 2023 are being moved to the new system bit by bit.")]),
    plant(Kind::Stale, &["complaint-staff"], &[Age("complaint-staff", "2025-05-01T00:00:00Z"), Say("complaint-staff", Zh, "上个月刚换了电话系统，更早的通话可能查不到。"), Say("complaint-staff", En, "We changed our phone system last month, so older calls may not be on record.")]),

    plant(Kind::DeadLink, &["wood-crack"], &[Say("wood-crack", Zh, "请看[修复视频](/help/wood-repair-video)。")]),
    plant(Kind::DeadLink, &["return-packaging"], &[Say("return-packaging", En, "See [how to pack](return-policy.en.md#packing).")]),
    plant(Kind::DeadLink, &["complaint-late"], &[Say("complaint-late", Zh, "填表：https://localhost:8080/late")]),
    plant(Kind::DeadLink, &["tracking-stuck"], &[Say("tracking-stuck", En, "Chase it [here](http://).")]),
    plant(Kind::DeadLink, &["invoice-amount"], &[Say("invoice-amount", En, "There is [an example](/help/invoice-guide#a-sample-invoice).")]),
    plant(Kind::DeadLink, &["safety-certificates"], &[Say("safety-certificates", Zh, "报告下载：http://10.0.3.15:9000/report.pdf")]),
    plant(Kind::DeadLink, &["parcel-damaged"], &[Say("parcel-damaged", En, "Photograph it [like this](/help/shipping-policy/photos).")]),

    plant(Kind::Unreachable, &["x-hotel"], &[New("x-hotel", "delivery", Some(("可以送到民宿前台吗？", &[], "暂无")), Some(("Can you deliver to a guest house?", &[], "Coming soon")))]),
    plant(Kind::Unreachable, &["account-privacy"], &[Only("account-privacy", Zh, "……"), Only("account-privacy", En, "-")]),
    plant(Kind::Unreachable, &["x-signs"], &[New("x-signs", "shop", Some(("！！！", &[], "坐垫的套子可以拆下来。")), Some(("###", &[], "The covers of the cushions come off.")))]),
    plant(Kind::Unreachable, &["x-covered"], &[New("x-covered", "products",
        Some(("怎么开发票？", &["快递丢了怎么办，谁来赔？"], "坐垫有五十厘米和四十厘米两种尺寸。")),
        Some(("How do I get an invoice?", &["Can I pay cash on delivery?"], "Cushions come in two sizes, fifty and forty centimetres.")))]),
    plant(Kind::Unreachable, &["x-xxx"], &[New("x-xxx", "products", Some(("有没有儿童椅？", &[], "XXX")), Some(("Do you have children's chairs?", &[], "???")))]),

    plant(Kind::MissingTranslation, &["invoice-deadline"], &[Drop("invoice-deadline", Zh)]),
    plant(Kind::MissingTranslation, &["order-change-items"], &[Drop("order-change-items", En)]),
    plant(Kind::MissingTranslation, &["x-vase"], &[New("x-vase", "products", None, Some(("How tall are your glass vases?", &["vase height"], "Between 18 and 32 cm; the height is on each product page.")))]),
    plant(Kind::MissingTranslation, &["order-change-address"], &[Only("order-change-address", Zh, "Open the order and choose Change address; after it has left the warehouse only the courier can redirect it.")]),
    plant(Kind::MissingTranslation, &["x-tray"], &[New("x-tray", "products", Some(("托盘有圆的吗？", &["圆托盘"], "有，直径 30 厘米，胡桃木的。")), Some(("Do you have round trays?", &[], "")))]),

    plant(Kind::Personal, &["refund-time"], &[Say("refund-time", Zh, "赵敏女士（南京市鼓楼区中山北路 26 号 4 单元 301 室）的退款就是这样到账的。")]),
    plant(Kind::Personal, &["ceramic-oven"], &[Say("ceramic-oven", En, "Ask Kevin on +86 138 0571 2233 if you are unsure.")]),
    plant(Kind::Personal, &["payment-failed"], &[Ask("payment-failed", Zh, "付不了款，打我手机 15988887777")]),
    plant(Kind::Personal, &["member-level-expiry"], &[Ask("member-level-expiry", En, "my email is tom_w@inbox.example, when does my level end")]),
    plant(Kind::Personal, &["return-how"], &[Say("return-how", Zh, "比如李建国的退款卡号 6217 0012 3456 7890 123。")]),
    plant(Kind::Personal, &["payment-double"], &[Say("payment-double", Zh, "例：身份证号 330106198803124519 的顾客。"), Say("payment-double", En, "Example: the customer with ID 330106198803124519.")]),
    plant(Kind::Personal, &["service-hours"], &[Say("service-hours", En, "The supervisor's private mobile is 186-1234-5678.")]),
    plant(Kind::Personal, &["ai-assistant"], &[Say("ai-assistant", En, "Last week it helped Mr. Liu, passport E12345678.")]),

    plant(Kind::UnknownSlot, &["order-cancel"], &[Say("order-cancel", En, "Your order is {order.colour|on its way}.")]),
    plant(Kind::UnknownSlot, &["delivery-reschedule"], &[Say("delivery-reschedule", Zh, "快递员的电话是{快递员电话|物流页上的号码}。")]),
    plant(Kind::UnknownSlot, &["parcel-lost"], &[Say("parcel-lost", En, "It was last seen in {parcel.place}.")]),
];

/// What looks like a defect and is none: nothing may be found in it.
#[rustfmt::skip]
pub(crate) const TRAPS: &[Sow] = &[
    // The same question of another thing.
    New("n-glass", "care", Some(("玻璃花瓶可以放洗碗机吗？", &[], "不能，玻璃花瓶请手洗。")), Some(("Can glass vases go in the dishwasher?", &[], "No, please wash glass vases by hand."))),
    New("n-umbrella", "returns", Some(("雨伞保修多久？", &[], "雨伞自收货之日起保修 6 个月。")), Some(("How long is the warranty on umbrellas?", &[], "Umbrellas have a 6-month warranty from receipt."))),
    New("n-melamine", "care", Some(("密胺儿童餐具可以放微波炉吗？", &[], "不可以，密胺遇高温会变形。")), Some(("Can melamine children's dishes go in the microwave?", &[], "No, melamine warps when it gets hot."))),
    New("n-silk", "care", Some(("真丝枕套怎么洗，水温多少？", &[], "真丝请用 20 °C 的冷水手洗，不要拧。")), Some(("How do I wash silk pillowcases, and at what temperature?", &[], "Wash silk by hand at 20 °C and do not wring it."))),
    New("n-rush", "orders", Some(("加急刻字要几天，加多少钱？", &[], "加急刻字 2 个工作日，另收 30 元。")), Some(("How long does rush engraving take, and what does it cost?", &[], "Rush engraving takes 2 working days and costs ¥30 more."))),
    New("n-staff", "membership", Some(("企业客户有折扣吗？", &[], "签了采购协议的企业客户享 85 折。")), Some(("Is there a discount for corporate customers?", &[], "Corporate customers with a purchasing agreement get 15 % off."))),
    New("n-abroad", "returns", Some(("海外订单退货后多久退款？", &[], "海外退货验收后 10 个工作日内退款。")), Some(("How long does the refund of an overseas order take?", &[], "Refunds of overseas orders are made within 10 working days after the check."))),
    New("n-nickname", "accounts", Some(("怎么修改昵称？", &[], "在“账户设置—昵称”里修改，一个月可以改一次。")), Some(("How do I change my nickname?", &[], "Under \"Account settings – Nickname\", once a month."))),
    New("n-withdraw", "returns", Some(("退货申请点错了，怎么撤销？", &[], "在“我的订单—售后”里点“撤销申请”，寄出之前都可以撤销。")), Some(("How do I withdraw a return request?", &[], "Under \"My orders – After-sales\" tap \"Withdraw\"; it works until you have sent the parcel."))),
    New("n-transfer", "membership", Some(("积分可以转给家人吗？", &[], "不可以，积分只能在本账户使用。")), Some(("Can I give my points to my family?", &[], "No, points can be used in your own account only."))),
    New("n-phone-invoice", "invoices", Some(("发票上可以不写电话吗？", &[], "可以，普通发票不需要填写电话。")), Some(("Can I leave the phone number out of the invoice?", &[], "Yes, an ordinary invoice needs no phone number."))),
    // The same in other units and forms.
    New("n-design", "orders", Some(("定制的图样多久能确认？", &[], "我们在 48 小时内确认图样。")), Some(("How soon is the design of a custom order confirmed?", &[], "We confirm the design within two days."))),
    New("n-battery", "products", Some(("充电台灯充满能用多久？", &[], "充满能用半天，充电大约一个半小时。")), Some(("How long does the rechargeable lamp last?", &[], "It lasts for half a day and charges in about 90 minutes."))),
    New("n-tea", "shop", Some(("周末的茶会几点结束？", &[], "茶会在周六下午三点到晚上八点。")), Some(("When does the weekend tea end?", &[], "The tea is on Saturdays from 3 p.m. to 8 p.m."))),
    New("n-limit", "payment", Some(("对公转账有限额吗？", &[], "对公转账一次最多一万元。")), Some(("Is there a limit on bank transfers by companies?", &[], "A company may transfer up to ¥10,000 at a time."))),
    New("n-weight", "products", Some(("铸铁锅有多重？", &[], "铸铁锅重 2.5 千克。")), Some(("How heavy is the cast iron pot?", &[], "The cast iron pot weighs 2,500 g."))),
    New("n-office", "shop", Some(("办公室周几上班？", &[], "办公室周一至周五上班。")), Some(("On which days is the office open?", &[], "The office is open Monday to Friday."))),
    New("n-third", "products", Some(("茶罐能装多少茶叶？", &[], "装到三分之二最好，约四两。")), Some(("How much tea does the caddy hold?", &[], "It is best filled to two thirds, about 200 g."))),
    // Dates that do not end anything.
    New("n-founded", "shop", Some(("你们开店多久了？", &[], "青禾家居成立于 2016 年 5 月 20 日。")), Some(("Since when have you been in business?", &[], "Qinghe Home was founded on 20 May 2016."))),
    New("n-filling", "products", Some(("靠垫里填的是什么？", &[], "从 2019 年起，我们只用再生纤维。")), Some(("What are the cushions filled with?", &[], "Since 2019 we have used nothing but recycled fibre."))),
    New("n-rules", "membership", Some(("新的会员章程什么时候开始？", &[], "新章程自 2027 年 6 月 1 日起执行。")), Some(("When do the new membership rules start?", &[], "The new rules apply from 1 June 2027."))),
    New("n-sale", "shop", Some(("年终大促是哪天？", &[], "每年 12 月 12 日，以首页公告为准。")), Some(("When is the year-end sale?", &[], "Every year on 12 December; the home page announces it."))),
    New("n-standard", "products", Some(("餐具按什么标准检测？", &[], "按 GB 4806.4-2016 检测。")), Some(("By which standard is the tableware tested?", &[], "It is tested by GB 4806.4-2016."))),
    // Numbers and addresses that belong to nobody.
    New("n-courier", "delivery", Some(("怎么核实快递员的身份？", &[], "可以致电中通客服 95311 核实工号。")), Some(("How can I check who the courier is?", &[], "Call ZTO on 95311 and give the courier's staff number."))),
    New("n-press", "shop", Some(("媒体采访联系谁？", &[], "请写信到 press@qinghe.example。")), Some(("Whom do journalists contact?", &[], "Please write to press@qinghe.example."))),
    New("n-barcode", "products", Some(("商品条码在哪里？", &[], "在包装底部，例如 6901234567892。")), Some(("Where is the bar code of a product?", &[], "At the bottom of the packaging, for example 6901234567892."))),
    // Links and slots that hold.
    Say("non-returnable", Zh, "详见[退货政策](/help/returns-policy)。"),
    Say("member-upgrade", En, "Read the [membership terms](/help/membership-terms)."),
    Say("payment-cod", Zh, "您这一单的金额是{订单金额|订单页上的数字}。"),
    // Ways to ask that lie near to another entry.
    Ask("lamp-bulb", Zh, "灯不亮了换什么灯泡"),
    Ask("invoice-not-received", En, "the invoice never came"),
    Ask("refund-time", Zh, "退的钱怎么还没回来"),
];
