//! Ten thousand entries in two languages, up to a hundred thousand, the same on every machine, and questions about
//! them.

use std::{fs::File, io::Write, path::Path};

use serde_json::json;

use crate::Result;

pub(crate) const ENTRIES: usize = 10_000;

const THINGS: [(&str, &str); 50] = [
    ("沙发", "sofa"),
    ("餐桌", "dining table"),
    ("书架", "bookshelf"),
    ("台灯", "desk lamp"),
    ("床垫", "mattress"),
    ("衣柜", "wardrobe"),
    ("窗帘", "curtain"),
    ("地毯", "carpet"),
    ("枕头", "pillow"),
    ("被子", "quilt"),
    ("茶几", "coffee table"),
    ("椅子", "chair"),
    ("镜子", "mirror"),
    ("花瓶", "vase"),
    ("挂钟", "wall clock"),
    ("电饭煲", "rice cooker"),
    ("水壶", "kettle"),
    ("烤箱", "oven"),
    ("微波炉", "microwave"),
    ("洗衣机", "washing machine"),
    ("冰箱", "fridge"),
    ("空调", "air conditioner"),
    ("风扇", "fan"),
    ("加湿器", "humidifier"),
    ("净化器", "air purifier"),
    ("吸尘器", "vacuum cleaner"),
    ("电视", "television"),
    ("音箱", "speaker"),
    ("耳机", "headphones"),
    ("键盘", "keyboard"),
    ("鼠标", "mouse"),
    ("显示器", "monitor"),
    ("充电器", "charger"),
    ("手表", "watch"),
    ("背包", "backpack"),
    ("雨伞", "umbrella"),
    ("毛巾", "towel"),
    ("拖鞋", "slippers"),
    ("外套", "jacket"),
    ("衬衫", "shirt"),
    ("牛仔裤", "jeans"),
    ("运动鞋", "trainers"),
    ("围巾", "scarf"),
    ("手套", "gloves"),
    ("保温杯", "flask"),
    ("饭盒", "lunch box"),
    ("菜刀", "kitchen knife"),
    ("炒锅", "wok"),
    ("砧板", "cutting board"),
    ("玩具车", "toy car"),
];

const MATTERS: [(&str, &str); 20] = [
    ("退货运费谁承担", "who pays the postage for returning"),
    ("保修期有多长", "how long is the warranty on"),
    ("怎么清洗", "how should I clean"),
    ("多久能发货", "how soon do you ship"),
    ("可以开发票吗", "can I get an invoice for"),
    ("有几种颜色", "which colours are there for"),
    ("尺寸怎么选", "which size should I take of"),
    ("坏了怎么维修", "how do I get repairs for"),
    ("能不能换货", "can I exchange"),
    ("需要自己安装吗", "do I have to assemble"),
    ("缺货什么时候补", "when will you restock"),
    ("可以使用优惠券吗", "can I use a coupon on"),
    ("支持货到付款吗", "can I pay on delivery for"),
    ("收到有破损怎么办", "what if there is damage to"),
    ("能送货上楼吗", "do you carry upstairs"),
    ("说明书在哪里", "where is the manual of"),
    ("适合送礼包装吗", "is there gift wrapping for"),
    ("能否寄到海外", "do you ship abroad"),
    ("会员有折扣吗", "do members get a discount on"),
    ("配件在哪里买", "where can I buy parts for"),
];

const MODELS: [(&str, &str); 5] = [
    ("标准款", "standard"),
    ("旗舰款", "premium"),
    ("儿童款", "kids"),
    ("迷你款", "mini"),
    ("商用款", "office"),
];

/// What a larger shop sells beside the above.
const MORE_THINGS: [(&str, &str); 50] = [
    ("帐篷", "tent"),
    ("睡袋", "sleeping bag"),
    ("登山杖", "trekking pole"),
    ("自行车", "bicycle"),
    ("头盔", "helmet"),
    ("滑板", "skateboard"),
    ("泳镜", "swimming goggles"),
    ("瑜伽垫", "yoga mat"),
    ("哑铃", "dumbbell"),
    ("跑步机", "treadmill"),
    ("婴儿车", "pushchair"),
    ("奶瓶", "feeding bottle"),
    ("积木", "building blocks"),
    ("拼图", "jigsaw"),
    ("吉他", "guitar"),
    ("电钢琴", "digital piano"),
    ("口琴", "harmonica"),
    ("望远镜", "binoculars"),
    ("相机", "camera"),
    ("三脚架", "tripod"),
    ("打印机", "printer"),
    ("投影仪", "projector"),
    ("路由器", "router"),
    ("移动硬盘", "external drive"),
    ("平板电脑", "tablet"),
    ("电子书", "e-reader"),
    ("智能门锁", "smart lock"),
    ("扫地机器人", "robot vacuum"),
    ("电动牙刷", "electric toothbrush"),
    ("剃须刀", "razor"),
    ("吹风机", "hair dryer"),
    ("体重秤", "bathroom scale"),
    ("血压计", "blood pressure monitor"),
    ("按摩椅", "massage chair"),
    ("咖啡机", "espresso machine"),
    ("榨汁机", "juicer"),
    ("面包机", "bread maker"),
    ("酸奶机", "yoghurt maker"),
    ("茶具", "tea set"),
    ("红酒杯", "wine glass"),
    ("桌布", "tablecloth"),
    ("香薰", "scented candle"),
    ("鱼缸", "aquarium"),
    ("猫爬架", "cat tree"),
    ("狗窝", "dog bed"),
    ("割草机", "lawn mower"),
    ("电钻", "power drill"),
    ("梯子", "ladder"),
    ("行李箱", "suitcase"),
    ("皮带", "leather belt"),
];

const MORE_MATTERS: [(&str, &str); 20] = [
    ("可以改收货地址吗", "can I change the address for"),
    ("取消订单收费吗", "is there a fee to cancel"),
    ("降价了补差价吗", "do you refund the difference if you lower the price of"),
    ("能分期付款吗", "can I pay by instalments for"),
    ("承重多少公斤", "how much weight can be put on"),
    ("耗电量大不大", "how much power is drawn by"),
    ("噪音有多少分贝", "how loud is"),
    ("用什么材料做的", "what material is used in"),
    ("产地是哪里", "where do you produce"),
    ("有没有环保认证", "are there eco labels on"),
    ("可以到店自提吗", "can I pick up in your shop"),
    ("旧的能以旧换新吗", "do you take an old one in exchange for"),
    ("怎么预约安装师傅", "how do I book a fitter for"),
    ("少发了零件怎么办", "what if screws are missing from"),
    ("固件怎么升级", "how do I update the firmware of"),
    ("能开机但没反应", "why is there no reaction from"),
    ("有异味正常吗", "is it normal to smell something from"),
    ("批发有优惠吗", "is there a wholesale price for"),
    ("可以试用几天", "how many days may I try"),
    ("延保怎么购买", "how do I extend the guarantee of"),
];

const MORE_MODELS: [(&str, &str); 18] = [
    ("豪华款", "deluxe"),
    ("轻便款", "lightweight"),
    ("复古款", "retro"),
    ("户外款", "outdoor"),
    ("折叠款", "folding"),
    ("加厚款", "padded"),
    ("静音款", "silent"),
    ("防水款", "waterproof"),
    ("女士款", "ladies"),
    ("男士款", "gents"),
    ("学生款", "student"),
    ("老人款", "senior"),
    ("限量款", "limited"),
    ("环保款", "recycled"),
    ("智能款", "smart"),
    ("专业款", "professional"),
    ("入门款", "beginner"),
    ("周年款", "anniversary"),
];

/// Writes the file that is imported.
pub(crate) fn write(path: &Path, entries: usize) -> Result<()> {
    let mut file = std::io::BufWriter::new(File::create(path)?);
    for number in 0..entries {
        writeln!(file, "{}", entry(number, ""))?;
    }
    Ok(file.flush()?)
}

/// One row of the file. Half of them are Chinese, half English.
pub(crate) fn entry(number: usize, more: &str) -> String {
    let (zh, thing, matter, model) = pick(number);
    let row = if zh {
        let (thing, matter, model) = (thing.0, matter.0, model.0);
        json!({ "id": format!("e{number}"), "lang": "zh", "category": thing, "question": format!("{model}{thing}{matter}？"),
            "phrasings": [format!("{thing} {model} {matter}"), format!("请问{model}的{thing}，{matter}"), format!("想问下{thing}{matter}（{model}）")],
            "answer": format!("关于{model}{thing}：{matter}的问题，我们按第 {number} 号规定办理，三个工作日内给您答复。{more}") })
    } else {
        let (thing, matter, model) = (thing.1, matter.1, model.1);
        json!({ "id": format!("e{number}"), "lang": "en", "category": thing, "question": format!("{matter} the {model} {thing}?"),
            "phrasings": [format!("{model} {thing}: {matter} it"), format!("{matter} my {model} {thing}"), format!("hi, {matter} a {model} {thing} please")],
            "answer": format!("For the {model} {thing} rule {number} holds; you will hear from us within three working days.{more}") })
    };
    row.to_string()
}

/// A word in both languages.
type Both = (&'static str, &'static str);

/// Language (Chinese or not), thing, matter and model of an entry. After the first [`ENTRIES`], all else is sold.
fn pick(number: usize) -> (bool, Both, Both, Both) {
    let (zh, place) = (number.is_multiple_of(2), number / 2);
    let Some(more) = place.checked_sub(ENTRIES / 2) else {
        return (zh, THINGS[place % 50], MATTERS[place / 50 % 20], MODELS[place / 1_000]);
    };
    let either = |first: &[Both], more: &[Both], at: usize| {
        first.get(at).copied().unwrap_or_else(|| more[(at - first.len()) % more.len()])
    };
    let matter = either(&MATTERS, &MORE_MATTERS, more / 50 % 40);
    (zh, MORE_THINGS[more % 50], matter, either(&MODELS, &MORE_MODELS, more / 2_000))
}

/// What a customer asks of so many entries: near one, seldom word for word.
pub(crate) fn question(n: usize, entries: usize) -> String {
    let (zh, thing, matter, model) = pick(n.wrapping_mul(7_919) % entries);
    match (zh, n % 5) {
        (true, 0) => format!("{}{}{}？", model.0, thing.0, matter.0),
        (true, 1) => format!("我买的{}{}", thing.0, matter.0),
        (true, 2) => format!("你好，{}{}啊，急", matter.0, model.0),
        (true, 3) => format!(
            "上周在你们店里买了一个{}的{}，想了解一下{}，麻烦尽快回复我谢谢",
            model.0, thing.0, matter.0
        ),
        (true, _) => format!("{}怎么样", thing.0),
        (false, 0) => format!("{} the {} {}?", matter.1, model.1, thing.1),
        (false, 1) => format!("bought a {} last week, {} it", thing.1, matter.1),
        (false, 2) => format!("{} {}", matter.1, thing.1),
        (false, 3) => format!(
            "Hello, I ordered the {} {} for my mother and now I wonder {} it, could you tell me today?",
            model.1, thing.1, matter.1
        ),
        (false, _) => format!("{} any good", thing.1),
    }
}
