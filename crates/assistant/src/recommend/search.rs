//! Finds products by the words of a wish.

use std::{collections::HashMap, sync::LazyLock};

use domain::Product;
use language::segment::terms;

/// Words by the products that say them.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Per word: places and how much it counts there, by place.
    postings: HashMap<String, Vec<(u32, f32)>>,
    size: f32,
}

/// Whether its name ends with one of these words: 榉木砧板 is a 砧板. What is added to a name stands after it.
pub(super) fn is_one(product: &Product, words: &[String]) -> bool {
    product.texts.values().any(|text| {
        let name = text.name.to_lowercase();
        let head = name.split([',', '，', '(', '（']).next().unwrap_or_default().trim_end();
        let head = [" in ", " with ", " for ", " of "]
            .iter()
            .fold(head, |head, word| head.split(word).next().unwrap_or(head));
        let head = without_count(head);
        let last = head.rsplit(' ').next().map(terms).unwrap_or_default();
        words.iter().any(|word| head.ends_with(word.as_str()) || word.is_ascii() && last.contains(word))
    })
}

/// Whether it is one of what the words name, by its name or by a label.
pub(super) fn is_called(product: &Product, words: &[String]) -> bool {
    let labels = || product.tags.iter().chain([&product.category]).map(|label| label.to_lowercase());
    is_one(product, words)
        || words.iter().any(|word| labels().any(|label| label == *word || terms(&label).contains(word)))
}

/// 亚麻枕套一对 is 亚麻枕套, 青釉茶杯四只装 is 青釉茶杯.
fn without_count(name: &str) -> &str {
    let bare = name.strip_suffix(['装', '套']).unwrap_or(name);
    let measure = bare.strip_suffix(['对', '只', '条', '双', '个', '件', '盒', '支', '片', '副', '把']);
    let count = |c: char| c.is_ascii_digit() || c == ' ' || "一二两三四五六七八九十".contains(c);
    let head = measure.map(|rest| (rest, rest.trim_end_matches(count)));
    head.filter(|(rest, head)| head.len() < rest.len() && !head.is_empty()).map_or(name, |(_, head)| head)
}

/// Whether its name holds one of these words elsewhere: 砧板保养油 is for one, or a part of one.
pub(super) fn is_of_one(product: &Product, words: &[String]) -> bool {
    let mut names = product.texts.values().map(|text| text.name.to_lowercase());
    names.any(|name| words.iter().any(|word| name.contains(word.as_str()))) && !is_one(product, words)
}

/// How much a word counts by where it stands.
const NAME: f32 = 1.0;
const LABEL: f32 = 0.8;
const TEXT: f32 = 0.45;

impl Index {
    pub(super) fn of(products: &[Product]) -> Self {
        let mut postings: HashMap<String, Vec<(u32, f32)>> = HashMap::new();
        for (at, product) in (0..).zip(products) {
            let mut words: HashMap<String, f32> = HashMap::new();
            let mut put = |text: &str, weight: f32| {
                for term in terms(text) {
                    let known = words.entry(term).or_default();
                    *known = known.max(weight);
                }
            };
            for text in product.texts.values() {
                put(&text.name, NAME);
                put(&text.description, TEXT);
            }
            put(&product.category, LABEL);
            product.tags.iter().for_each(|tag| put(tag, LABEL));
            product.features().for_each(|value| put(value, TEXT));
            for (word, weight) in words {
                postings.entry(word).or_default().push((at, weight));
            }
        }
        for places in postings.values_mut() {
            places.sort_unstable_by_key(|&(at, _)| at);
        }
        Self { postings, size: products.len() as f32 }
    }

    /// How well products fit these words: the share of the words' weight that they say, from 0 to 1.
    pub(super) fn find(&self, words: &[String]) -> HashMap<u32, f32> {
        let mut found: HashMap<u32, f32> = HashMap::new();
        let mut all = 0.0;
        for word in words {
            let places = self.postings.get(word).map_or(&[][..], Vec::as_slice);
            let weight = (1.0 + self.size / (1.0 + places.len() as f32)).ln();
            // A word that no product says may still be the point: it counts, but less.
            all += if places.is_empty() { weight * 0.5 } else { weight };
            for &(at, share) in places {
                *found.entry(at).or_default() += weight * share;
            }
        }
        for score in found.values_mut() {
            *score /= f32::max(all, 1e-6);
        }
        found
    }

    /// Whether the product at a place says this word.
    pub(super) fn says(&self, at: u32, word: &str) -> bool {
        let places = self.postings.get(word).map_or(&[][..], Vec::as_slice);
        places.binary_search_by_key(&at, |&(place, _)| place).is_ok()
    }

    /// Whether a product is called by this word.
    pub(super) fn names(&self, word: &str) -> bool {
        self.postings.get(word).is_some_and(|places| places.iter().any(|&(_, weight)| weight >= NAME))
    }

    /// Whether any product says this word.
    pub(super) fn knows(&self, word: &str) -> bool {
        self.postings.contains_key(word)
    }
}

/// Words of asking, not of what is asked for.
const EMPTY: &str = "推荐 推荐一下 介绍 有 没有 有没有 什么 什么样 怎么 怎么样 适合 合适 一个 一款 一件 一套 一些 几个 几款 几件 我 我想 想 要 想要 需要 买 买点 \
    送 送给 给 送人 的 了 吗 呢 吧 啊 请 帮 帮我 选 选择 挑 挑选 挑个 礼物 礼品 礼 小礼物 东西 商品 产品 好 比较 便宜 实惠 划算 性价比 以内 以下 之内 内 左右 上下 元 块 块钱 钱 价格 价位 预算 \
    大概 差不多 可以 能 你们 你 您 您好 你好 这 那 这个 那个 哪 哪个 哪款 哪种 款 个 件 套 条 只 店 店里 你们店 家里 一下 点 些 和 与 或 或者 在 是 不 不要 超过 最多 最好 好看 好用 还有 别的 其他 其它 更 再 看看 找 找个 米 厘米 公分 毫升 适不适合 是不是 能不能 可不可以 会不会 要不要 有啥 啥 用 做 当 作为 人 送礼 值得 \
    recommend recommendation suggest suggestion gift gifts present presents for my a an the i me you your please can could would something anything thing things item product \
    under below less than around about budget within up to max maximum looking look want need buy buying get what which one ones should do does have any some good nice great best help choose pick find show is are be it this that in of with and or on at \
    like idea ideas cheap affordable price dollar dollars yuan rmb cny usd there other else more give person who hello hi but just really maybe";

/// The words of a wish that say what is wished for, each once.
pub(super) fn telling(text: &str) -> Vec<String> {
    static SILENT: LazyLock<std::collections::HashSet<String>> =
        LazyLock::new(|| EMPTY.split_whitespace().flat_map(terms).chain(whole()).collect());
    fn whole() -> impl Iterator<Item = String> {
        EMPTY.split_whitespace().map(str::to_owned)
    }
    let mut words: Vec<String> = Vec::new();
    for term in terms(text) {
        let is_number = term
            .chars()
            .all(|c| c.is_ascii_digit() || "零一二两三四五六七八九十百千万几多块元钱".contains(c));
        if !is_number && !SILENT.contains(&term) && !words.contains(&term) {
            words.push(term);
        }
    }
    words
}
