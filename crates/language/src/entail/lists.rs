//! Words that change what a sentence promises or turn it into its opposite, in both languages.
// long because: its lists of words, in both languages, are most of it

use std::{collections::HashMap, sync::LazyLock};

use crate::segment;

/// What a seller may promise. A text promises a thing or does not, in whichever of its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concept {
    /// Costs nothing.
    Free,
    /// Money goes back.
    Refund,
    /// Money for a damage.
    Compensation,
    /// A lower price.
    Discount,
    /// A voucher or a code.
    Coupon,
    /// Something on top.
    Gift,
    /// It is sure.
    Guarantee,
    /// For ever.
    Lifetime,
    /// At any time, without conditions.
    Always,
    /// All of it.
    Full,
    /// Law and liability.
    Legal,
    /// At once.
    AtOnce,
    /// A person will come or call.
    Visit,
    /// Two times and more.
    Double,
    /// Better than what was bought.
    Upgrade,
}

impl Concept {
    /// All concepts.
    pub const ALL: [Self; 15] = [
        Self::Free,
        Self::Refund,
        Self::Compensation,
        Self::Discount,
        Self::Coupon,
        Self::Gift,
        Self::Guarantee,
        Self::Lifetime,
        Self::Always,
        Self::Full,
        Self::Legal,
        Self::AtOnce,
        Self::Visit,
        Self::Double,
        Self::Upgrade,
    ];

    /// Its place in a set of bits.
    pub const fn bit(self) -> u32 {
        1 << self as u32
    }

    /// The words that name it.
    const fn words(self) -> &'static str {
        match self {
            Self::Free => {
                "免费 免年费 免收 免除 免手续费 免服务费 免押金 免息 不用交 无需交 不用付 无需支付 不会收 不会额外收 免票 包邮 免运费 免邮 不收费 不收取 不要钱 零元 0元 白送 无偿 不花钱 免单 不用钱 不用交钱 不用付钱 不用付费 不用花钱 不额外收费 全免 免去 无需付费 无需支付 不另收 不额外收 \
                 free|complimentary|gratis|at no cost|no charge|no extra charge|on the house|without charge|no fee|not charge|not be charged|n't charge|n't be charged|n't be any charge|no cost|no extra|no additional|any extra charge|any additional charge|not cost|n't cost|nothing to pay|waive|at our expense|free of charge|cost nothing|costs nothing|nothing extra"
            }
            Self::Refund => {
                "退款 退钱 退回 退还 返还 退费 退回货款 返钱 退全款 退一赔 退您 退给 \
                 refund|money back|reimburs|returned in full|fees are returned|fee is returned|return the fee|money is returned|get your money|pay you back|give you back"
            }
            Self::Compensation => {
                "赔偿 赔付 补偿 理赔 赔您 赔给 包赔 必赔 赔钱 compensat|indemnif|damages|make up for|make it up to"
            }
            Self::Discount => {
                "折扣 打折 一折 二折 三折 四折 五折 六折 七折 八折 九折 5折 6折 7折 8折 9折 5折 6折 7折 8折 9折 优惠 立减 减免 特价 半价 折起 便宜 降价 满减 返现 返利 \
                 discount|cheaper|reduced price|half price|price cut|cashback|cash back|special price|bargain|% off|percent off|price match"
            }
            Self::Coupon => {
                "优惠券 代金券 红包 券码 优惠码 抵用券 现金券 兑换码 礼券 voucher|coupon|promo code|promotion code|discount code|gift card|code:"
            }
            Self::Gift => {
                "赠送 赠品 礼品 送您 送你 附赠 加送 送一 礼物 额外送 gift|bonus|giveaway|throw in|as a treat"
            }
            Self::Guarantee => {
                "保证 担保 承诺 确保 一定会 必定 绝对 百分之百 100% 包您 包你 保障您 放心 向您保证 肯定能 肯定会 打包票 \
                 guarantee|promise|assure|ensure|definitely|certainly|without fail|100%|no doubt|rest assured|pledge|commit to"
            }
            Self::Lifetime => {
                "终身 终生 永久 永远 一辈子 一生 无限期 lifetime|forever|permanent|for life|perpetual|indefinite|never expire"
            }
            Self::Always => {
                "随时 任何时候 任何情况 无条件 无限 无论如何 不限 任意 24小时 全天候 无理由 不问原因 \
                 always|any time|anytime|unconditional|unlimited|no matter|whatever the reason|for any reason|no questions asked|at all times|24/7|around the clock|whenever|no limit"
            }
            Self::Full => {
                "全额 全部 全数 全款 完全 整个 一切 所有 full|fully|entire|whole|completely|everything|all of"
            }
            Self::Legal => {
                "法律 起诉 律师 违法 依法 法院 仲裁 诉讼 法定 消协 工商局 \
                 liable|liability|legal|lawsuit|sue|statutory|court|attorney|lawyer|under the law|by law|arbitration"
            }
            Self::AtOnce => {
                "立即 马上 立刻 秒 当天 今天 今日 即刻 现在就 即时 immediate|instant|right away|same day|today|at once|straight away|within seconds|right now"
            }
            Self::Visit => {
                "上门 回电 致电 电话联系 亲自 经理 专员 专人 call you|come to your|visit you|home visit|in person|manager|specialist will|contact you personally|personally"
            }
            Self::Double => {
                "双倍 两倍 三倍 十倍 加倍 翻倍 多倍 double|triple|twice|tenfold|two times|three times|ten times"
            }
            Self::Upgrade => {
                "升级 升舱 换新 全新 更高 优先 贵宾 尊享 upgrade|brand new|brand-new|priority|vip|better model|premium|exclusive"
            }
        }
    }

    /// Words of Chinese, separated by blanks, and phrases of English, by bars.
    fn phrases(self) -> impl Iterator<Item = &'static str> {
        let words = self.words();
        let english = words.find(|c: char| c.is_ascii_lowercase()).unwrap_or(words.len());
        let (han, latin) = words.split_at(english);
        han.split_whitespace().chain(latin.split('|').map(str::trim))
    }
}

/// What costs money or ties a seller: nobody may promise it but the source.
pub const BINDING: &[Concept] = &[
    Concept::Free,
    Concept::Refund,
    Concept::Compensation,
    Concept::Discount,
    Concept::Coupon,
    Concept::Gift,
    Concept::Guarantee,
    Concept::Lifetime,
    Concept::Legal,
    Concept::Double,
];

/// Words that begin others of another meaning.
const SHORT: [&str; 5] = ["sue", "court", "vip", "legal", "full"];

/// Whether what is to be made sure is asked of the customer: "please ensure", 请确保.
fn is_asked(said: &str, before: &str) -> bool {
    let asked = ["请", "您", "你", "务必", "please", "you", "must", "should", "to"];
    ["确保", "ensure"].contains(&said) && asked.iter().any(|word| before.trim_end().ends_with(word))
}

/// Whether "three times" goes on as how often something is done, which promises nothing.
fn is_how_often(rest: &str) -> bool {
    let rest = rest.trim_start();
    ["a ", "an ", "per ", "each ", "every ", "in ", "before ", "after ", "daily", "weekly", "and ", "or "]
        .iter()
        .any(|next| rest.starts_with(next))
        || rest.is_empty()
        || rest.starts_with(['.', ',', ';'])
}

/// Whether "free" says nothing of money: gluten-free, free to choose.
fn is_otherwise_free(low: &str, at: &std::ops::Range<usize>) -> bool {
    low[..at.start].ends_with('-') || low[at.end..].starts_with(" to ") || low[at.end..].starts_with(" from ")
}

/// What a text promises, as a set of bits: read from the text in lower case.
pub fn concepts(low: &str) -> u32 {
    static FINDER: LazyLock<(aho_corasick::AhoCorasick, Vec<u32>)> = LazyLock::new(|| {
        let mut phrases = Vec::new();
        let mut bits = Vec::new();
        for concept in Concept::ALL {
            for phrase in concept.phrases().filter(|phrase| !phrase.is_empty()) {
                phrases.push(phrase);
                bits.push(concept.bit());
            }
        }
        let finder = aho_corasick::AhoCorasick::new(&phrases);
        (
            finder.unwrap_or_else(|_| {
                aho_corasick::AhoCorasick::new([""; 0]).unwrap_or_else(|_| unreachable!())
            }),
            bits,
        )
    });
    let (finder, bits) = &*FINDER;
    let letter =
        |at: Option<usize>| at.and_then(|at| low.as_bytes().get(at)).is_some_and(u8::is_ascii_alphabetic);
    // "n't" goes on a word; of short words any other ending makes another word: suede, courtesy.
    let whole = |found: &aho_corasick::Match| {
        let said = &low[found.range()];
        let begins = said.starts_with("n't")
            || !letter(found.start().checked_sub(1))
            || !said.as_bytes()[0].is_ascii_alphabetic();
        let otherwise = said == "free" && is_otherwise_free(low, &found.range())
            || SHORT.contains(&said) && letter(Some(found.end()))
            || is_asked(said, &low[..found.start()])
            || said.ends_with(" times") && is_how_often(&low[found.end()..]);
        begins && !otherwise
    };
    finder
        .find_overlapping_iter(low)
        .filter(whole)
        .fold(0, |set, found| set | bits[found.pattern().as_usize()])
}

/// Pairs of which a text that says the one does not mean the other.
const OPPOSITES: &str = "
免费 收费 付费
支持 拒绝 禁止
允许 禁止 拒绝 严禁
包含 不含 除外 排除
开启 关闭 禁用 停用
启用 禁用 停用 关闭
打开 关闭 关上
增加 减少 删除
添加 删除 移除
提高 降低
最多 最少 至少 不少于
最高 最低 起步
最大 最小
以上 以下 以内
以内 以外 以上
之前 之后
前 后
早 晚
买家 卖家
顾客 商家 店铺 我们
自行 我们 商家
承担 报销
线上 线下
网上 门店 线下
国内 国外 海外
室内 室外 户外
左 右
上 下
冷 热
干 湿
新 旧
大 小
长 短
轻 重
快 慢
高 低
厚 薄
男 女
成人 儿童 孩子
必须 可选 无需
成功 失败
公开 私密 保密
手动 自动
临时 永久
部分 全部 所有
可能 一定 必定
通常 总是 一律
有时 总是 始终
周末 工作日
白天 夜间 晚上
上午 下午 晚上
会员 非会员
含税 不含税
现金 刷卡
到付 预付 寄付
同意 拒绝
接受 拒绝
购买 出售
收到 发出 寄出
寄出 收到 签收
发货 收货 签收
进 出
free paid charged
allow prohibit forbid ban deny
allowed prohibited forbidden banned
permit prohibit forbid
accept reject refuse decline
include exclude
included excluded
enable disable
enabled disabled
open closed close
before after
minimum maximum
least most
more less fewer
above below
increase decrease reduce
add remove delete
inside outside
indoor outdoor
public private
first last
early late
buyer seller
customer seller shop
always never
available unavailable
required optional
possible impossible
automatic manual
automatically manually
temporary permanent
some all every
sometimes always
usually always
online offline
weekday weekend
weekdays weekends
morning evening afternoon
day night
hot cold
dry wet
new old used
large small
long short
high low
higher lower
heavy light
fast slow
adult child children
men women
import export
send receive
start stop end
success fail
pass fail
same different
cash card
valid invalid expired
on off
up down
left right
full partial
both neither either
cheap expensive
safe dangerous unsafe
wide narrow
soft hard
domestic international
sender recipient
internal external
incoming outgoing
";

/// The words to which a word is opposed.
pub(super) fn opposites(word: &str) -> &'static [String] {
    static TABLE: LazyLock<HashMap<String, Vec<String>>> = LazyLock::new(|| {
        let form = |word: &str| if word.is_ascii() { segment::stem(word) } else { word.to_owned() };
        let mut table: HashMap<String, Vec<String>> = HashMap::new();
        for line in OPPOSITES.lines() {
            let words: Vec<String> = line.split_whitespace().map(form).collect();
            for other in words.iter().skip(1) {
                table.entry(words[0].clone()).or_default().push(other.clone());
                table.entry(other.clone()).or_default().push(words[0].clone());
            }
        }
        table
    });
    TABLE.get(word).map_or(&[], Vec::as_slice)
}

/// A word that its clause's own words oppose, for planting: the first of its opposites.
pub(crate) fn opposite_surface(word: &str) -> Option<&'static str> {
    static TABLE: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
        let mut table = HashMap::new();
        for line in OPPOSITES.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            for other in words.iter().skip(1) {
                table.entry(words[0]).or_insert(*other);
                table.entry(*other).or_insert(words[0]);
            }
        }
        table
    });
    TABLE.get(word).copied()
}

/// Words that stand for each other, a group a line.
pub(crate) const SYNONYMS: &str = include_str!("synonyms.txt");

/// The groups that a word, of English its stem, belongs to.
pub(super) fn groups(word: &str) -> &'static [u32] {
    static TABLE: LazyLock<HashMap<String, Vec<u32>>> = LazyLock::new(|| {
        let mut table: HashMap<String, Vec<u32>> = HashMap::new();
        for (group, line) in (0..).zip(SYNONYMS.lines()) {
            for word in line.split_whitespace() {
                let form = if word.is_ascii() { segment::stem(word) } else { word.to_owned() };
                table.entry(form).or_default().push(group);
            }
        }
        table
    });
    TABLE.get(word).map_or(&[], Vec::as_slice)
}

/// Words that make a statement depend on something.
pub(super) const CONDITIONS: &[&str] = &[
    "如果",
    "若",
    "只有",
    "只要",
    "除非",
    "前提",
    "须",
    "必须",
    "需",
    "满",
    "凭",
    "仅",
    "只",
    "限",
    "除外",
    "以外",
    "除了",
    "不包括",
    "if",
    "unless",
    "only",
    "provided",
    "except",
    "must",
    "when",
    "subject",
    "require",
    "until",
    "exclud",
];
/// Words that leave room.
pub(super) const HEDGES: &[&str] = &[
    "可能",
    "通常",
    "一般",
    "大约",
    "约",
    "左右",
    "预计",
    "部分",
    "有时",
    "尽量",
    "建议",
    "大概",
    "may",
    "might",
    "usual",
    "about",
    "approximately",
    "sometim",
    "some",
    "normally",
    "general",
    "around",
    "could",
    "should",
    "expect",
    "most",
    "often",
];

/// Words that carry nothing by themselves.
pub(super) fn is_function(word: &str) -> bool {
    static SET: LazyLock<std::collections::HashSet<&'static str>> =
        LazyLock::new(|| FUNCTION.split_whitespace().collect());
    SET.contains(word)
}

const FUNCTION: &str = "
的 了 和 与 或 在 是 也 都 就 而 及 等 吧 吗 呢 啊 把 被 对 为 从 到 向 以 其 该 此 这 那 您 你 我 我们 你们 咱们 请 会 可 可以 能 能够 将 要 需 需要
有 个 并 则 若 如 如果 时 中 里 上 下 内 之 所 由 给 让 使 用 还 又 再 很 更 最 但 但是 不过 因为 所以 因此 由于 以及 并且 而且 或者 一 两 一个 每 各
哦 哈 呀 嘛 亲 您好 好的 的话 这个 那个 这些 那些 它 它们 他 她 他们 大家 自己 即可 就是 也是 都是 来 去 做 进行 是否 关于 对于 根据 按照 通过
a an the of to in on at for and or is are was were be been being it its this that these those you your we our us i my me they their
them he his her she will would shall can could may might need needs needed needing do does did have has had with by from as if then so there here any please also just
yes ok okay sure am s t re ll ve d im youll well youre currently which who whom what where when how each such into per via than
";

/// Words that tell little: their absence means nothing, their denial does.
pub(super) fn is_light(word: &str) -> bool {
    static SET: LazyLock<std::collections::HashSet<&'static str>> =
        LazyLock::new(|| LIGHT.split_whitespace().collect());
    SET.contains(word)
}

const LIGHT: &str = "
yourself yourselves itself themselves himself ourselves own course certainly unfortunately fortunately let lets get gets got getting
take takes come comes go goes going want wants wish wishes like look looks fine simply easily quite really instead anyway
although though however still though even someone somebody something anything everyone anyone people thing things case cases situation way ways bit lot
ahead back whole sort kind wont dont able theres thats whats youve weve
这段 段 块 时候 的时候 一下 直接 东西 办 搞 弄 想 往 往后 就好 就行 出来 起来 过来 之类 那种 这种 样 随后 然后 其实 比较 稍微 才 得 过 着 完 好 掉 呢 的话 那边 这边 这里
那里 到时候 一般来说 不过 只是 只能 话 说 是的 行 成 刚 刚刚 好了 想要 打算 帮 帮忙 方便 看 看看 哪 怎么
make makes made give gives put hold held mean means see know try happen
";
