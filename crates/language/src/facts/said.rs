//! What a number was called: the nearest word before it that names one.

use std::sync::LazyLock;

use super::{
    text::{HIDDEN, Text},
    words::Words,
};

/// What the words before a number call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Called {
    Order,
    Parcel,
    Phone,
    /// A public line: nobody's own number.
    ServiceLine,
    Card,
    IdCard,
    Ssn,
    Licence,
    /// Something else that is no personal number: a model, a version, a code.
    Thing,
}

/// The name and how near it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) what: Called,
    /// Nothing but "number", "is", ":" between the name and the number.
    pub(super) direct: bool,
    /// No comma between.
    pub(super) same_clause: bool,
}

impl Said {
    /// Whether this number belongs to an order, a parcel or a thing.
    pub(super) fn no_person(self) -> bool {
        match self.what {
            Called::Order | Called::Parcel => self.same_clause,
            Called::Thing => self.direct,
            _ => false,
        }
    }
}

/// So far back a name is looked for.
const REACH: usize = 24;

/// The name that a number at `at` was given.
pub(super) fn said(text: &Text, at: usize) -> Option<Said> {
    let mut digits = 0;
    let mut same_clause = true;
    for end in (at.saturating_sub(REACH)..=at).rev() {
        let last = text.before(end);
        digits = if last.is_ascii_digit() { digits + 1 } else { 0 };
        // Another number, or something hidden: what stands before belongs to that.
        if digits >= 5 || matches!(last, HIDDEN | '@' | '。' | '!' | ';') {
            return None;
        }
        if let Some((_, what)) = BY_END.at(text, end) {
            return Some(Said { what, direct: filler(text, end, at), same_clause });
        }
        same_clause &= !matches!(last, ',' | '、');
    }
    None
}

static BY_END: LazyLock<Words<Called>> = LazyLock::new(|| Words::ending(NAMES.iter().copied()));

fn filler(text: &Text, from: usize, to: usize) -> bool {
    let mut at = from;
    while at < to {
        if let Some(end) = text.any(at, FILLERS) {
            at = end;
        } else if " \n:#.?='\"(（[,是为的了吧呢哦".contains(text.at(at)) && text.at(at) != ',' {
            at += 1;
        } else {
            return false;
        }
    }
    true
}

const FILLERS: &[&str] = &[
    "number",
    "numbers",
    "no",
    "nr",
    "num",
    "id",
    "code",
    "is",
    "was",
    "are",
    "the",
    "its",
    "it",
    "号码",
    "号",
    "码",
    "编号",
    "应该是",
    "尾号",
    "叫",
    "填的",
    "留的",
    "我的",
    "就是",
    "s",
];

use Called::{Card, IdCard, Licence, Order, Parcel, Phone, ServiceLine, Ssn, Thing};

#[rustfmt::skip]
const NAMES: &[(&str, Called)] = &[
    ("订单", Order), ("訂單", Order), ("单号", Order), ("单编号", Order), ("订单编号", Order), ("流水", Order), ("流水号", Order),
    ("交易号", Order), ("工单", Order), ("采购单", Order), ("退款单", Order), ("售后单", Order), ("预约号", Order),
    ("发票号", Order), ("合同号", Order), ("编号", Thing),
    ("order", Order), ("orders", Order), ("invoice", Order), ("booking", Order), ("reservation", Order), ("ticket", Order),
    ("case", Order), ("reference", Order), ("ref", Order), ("confirmation", Order), ("transaction", Order),
    ("receipt", Order), ("purchase", Order),
    ("快递单号", Parcel), ("运单号", Parcel), ("物流单号", Parcel), ("快递", Parcel), ("运单", Parcel), ("物流", Parcel),
    ("圆通", Parcel), ("中通", Parcel), ("申通", Parcel), ("韵达", Parcel), ("顺丰", Parcel), ("极兔", Parcel), ("京东物流", Parcel),
    ("邮政", Parcel), ("包裹", Parcel), ("ems", Parcel), ("tracking", Parcel), ("parcel", Parcel), ("shipment", Parcel),
    ("package", Parcel), ("usps", Parcel), ("ups", Parcel), ("fedex", Parcel), ("dhl", Parcel), ("waybill", Parcel),
    ("手机", Phone), ("电话", Phone), ("電話", Phone), ("手機", Phone), ("座机", Phone), ("固话", Phone), ("号码", Phone),
    ("联系方式", Phone), ("致电", Phone), ("传真", Phone), ("打给", Phone), ("拨打", Phone), ("来电", Phone),
    ("phone", Phone), ("telephone", Phone), ("tel", Phone), ("mobile", Phone), ("cell", Phone), ("cellphone", Phone),
    ("call", Phone), ("called", Phone), ("calling", Phone), ("call me at", Phone), ("dial", Phone), ("ring", Phone), ("fax", Phone),
    ("reach", Phone), ("contact", Phone), ("answering", Phone), ("answer", Phone), ("whatsapp", Phone), ("sms", Phone),
    ("text", Phone), ("messages to", Phone), ("message", Phone), ("messages", Phone), ("voicemail", Phone), ("landline", Phone),
    ("my number", Phone), ("her number", Phone), ("his number", Phone), ("our number", Phone), ("new number", Phone),
    ("their number", Phone), ("number at", Phone), ("best number", Phone), ("home number", Phone),
    ("客服电话", ServiceLine), ("客服热线", ServiceLine), ("热线", ServiceLine), ("投诉电话", ServiceLine), ("服务电话", ServiceLine),
    ("hotline", ServiceLine), ("helpline", ServiceLine), ("你们电话", ServiceLine),
    ("卡号", Card), ("银行卡", Card), ("信用卡", Card), ("储蓄卡", Card), ("借记卡", Card), ("card", Card), ("visa", Card), ("amex", Card),
    ("mastercard", Card), ("card number", Card), ("card no", Card), ("card #", Card), ("账号", Card), ("这张卡", Card), ("card?", Card),
    ("credit card", Card), ("debit card", Card),
    ("身份证", IdCard), ("证件号", IdCard), ("身份证号", IdCard), ("证件", IdCard),
    ("ssn", Ssn), ("social security number", Ssn), ("social security", Ssn), ("社保号", Ssn), ("social security no", Ssn),
    ("driver's license", Licence), ("drivers license", Licence), ("driver license", Licence), ("driver's licence", Licence),
    ("drivers licence", Licence), ("driver licence", Licence), ("driving licence", Licence), ("driving license", Licence),
    ("licence number", Licence), ("license number", Licence), ("license no", Licence), ("licence no", Licence),
    ("driver's license number", Licence), ("dl number", Licence), ("dl#", Licence), ("dl no", Licence), ("license is", Licence),
    ("licence is", Licence), ("driver id", Licence), ("driver's id", Licence), ("license:", Licence), ("licence:", Licence),
    ("驾驶证", Licence), ("驾照", Licence), ("驾驶证号", Licence), ("驾照号", Licence), ("档案编号", Licence),
    ("license plate", Thing), ("licence plate", Thing), ("license key", Thing), ("software license", Thing),
    ("型号", Thing), ("序列号", Thing), ("SN码", Thing), ("sn", Thing), ("条码", Thing), ("条形码", Thing), ("货号", Thing), ("款号", Thing),
    ("商品编号", Thing), ("版本", Thing), ("版本号", Thing), ("固件", Thing), ("批号", Thing), ("验证码", Thing), ("兑换码", Thing),
    ("优惠券", Thing), ("优惠券码", Thing), ("会员号", Thing), ("会员卡号", Thing), ("工号", Thing), ("税号", Thing), ("积分", Thing),
    ("编码", Thing), ("邮编", Thing), ("尺寸", Thing), ("QQ", Thing), ("微信号", Thing), ("学号", Thing), ("商品", Thing), ("链接", Thing),
    ("对公账号", Thing), ("激活码", Thing), ("卡密", Thing),
    ("model", Thing), ("serial", Thing), ("imei", Thing), ("sku", Thing), ("version", Thing), ("firmware", Thing), ("build", Thing),
    ("zip", Thing), ("postal", Thing), ("account", Thing), ("batch", Thing), ("part", Thing), ("item", Thing), ("coupon", Thing),
    ("voucher", Thing), ("isbn", Thing), ("barcode", Thing), ("upc", Thing), ("asin", Thing), ("gift card", Thing), ("promo", Thing),
    ("member", Thing), ("membership", Thing), ("release", Thing), ("verification", Thing), ("product", Thing),
];
