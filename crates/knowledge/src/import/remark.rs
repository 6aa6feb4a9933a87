//! What an import says of a row, in the language of who reads.

use domain::{Lang, Said};
use serde::{Deserialize, Serialize};

/// A row that was not taken, or taken with a remark. As JSON it has a stable `code`, `problem` in
/// English, and `problem_zh`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// The file, as it was named to us.
    pub file: String,
    /// The line (or row, or member of an archive), from 1.
    pub line: u64,
    /// The column or field, where one is to blame.
    pub field: Option<String>,
    /// What is wrong and what to do.
    #[serde(flatten, with = "worded")]
    pub problem: Said,
}

impl Remark {
    /// On one line: `file:line (field): problem`, as each language writes it.
    pub fn told(&self, lang: Lang) -> String {
        let Self { file, line, field, problem } = self;
        let problem = problem.text(lang);
        // The problem begins with the page.
        let field = field.as_ref().filter(|field| lang == Lang::En || *field != "page");
        match (lang, field.map(|field| field_in(lang, field))) {
            (Lang::Zh, None) => format!("{file}:{line}：{problem}"),
            (Lang::Zh, Some(field)) => format!("{file}:{line}（{field}）：{problem}"),
            (Lang::En, None) => format!("{file}:{line}: {problem}"),
            (Lang::En, Some(field)) => format!("{file}:{line} ({field}): {problem}"),
        }
    }
}

impl std::fmt::Display for Remark {
    /// For logs and tests: in English.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.told(Lang::En))
    }
}

/// Reports that were kept before they spoke Chinese are read, and say in both languages what they said.
mod worded {
    use domain::{Code, Said};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize)]
    struct Out<'a> {
        problem: &'a str,
        problem_zh: &'a str,
        code: Code,
    }

    #[derive(Deserialize)]
    struct In {
        problem: String,
        #[serde(default)]
        problem_zh: Option<String>,
        #[serde(default)]
        code: Code,
    }

    pub(super) fn serialize<S: Serializer>(said: &Said, to: S) -> Result<S::Ok, S::Error> {
        Out { problem: &said.en, problem_zh: &said.zh, code: said.code }.serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Said, D::Error> {
        let In { problem, problem_zh, code } = In::deserialize(from)?;
        Ok(Said::new(problem_zh.unwrap_or_else(|| problem.clone()), problem).coded(code))
    }
}

/// What people call a field, whatever its place in a row: `zh.answer` is 中文 · 答案. What has no Chinese name, such as
/// a column of the shop's own, is called what it is.
pub fn field_in(lang: Lang, field: &str) -> String {
    match lang {
        Lang::En => field.to_owned(),
        Lang::Zh => {
            field.split('.').map(|part| in_chinese(part).unwrap_or(part)).collect::<Vec<_>>().join(" · ")
        }
    }
}

fn in_chinese(field: &str) -> Option<&'static str> {
    const NAMES: &[(&str, &str)] = &[
        ("zh", "中文"),
        ("en", "英文"),
        ("id", "编号"),
        ("question", "问题"),
        ("title", "标题"),
        ("phrasings", "相似问法"),
        ("answer", "答案"),
        ("texts", "正文"),
        ("category", "分类"),
        ("tags", "标签"),
        ("lang", "语言"),
        ("locale", "语言"),
        ("best", "最佳"),
        ("kind", "类型"),
        ("source", "来源"),
        ("updated_at", "更新时间"),
        ("audience", "适用对象"),
        ("plans", "适用套餐"),
        ("for_plans", "适用套餐"),
        ("regions", "适用地区"),
        ("for_regions", "适用地区"),
        ("channels", "适用渠道"),
        ("for_channels", "适用渠道"),
        ("valid", "有效期"),
        ("valid_from", "生效时间"),
        ("valid_until", "失效时间"),
        ("owner", "负责人"),
        ("text", "例句"),
        ("intent", "意图"),
        ("test", "测试题"),
        ("expect", "应答条目"),
        ("front matter", "文件头"),
        ("image", "图片"),
        ("picture", "图片"),
        ("base64", "图片数据"),
        ("name", "名称"),
        ("description", "描述"),
        ("price", "价格"),
        ("currency", "币种"),
        ("url", "链接"),
        ("attributes", "其他列"),
        ("products", "商品"),
        ("order", "订单号"),
        ("customer", "客户"),
        ("product", "商品编号"),
        ("date", "下单时间"),
    ];
    NAMES.iter().find(|(name, _)| *name == field).map(|(_, chinese)| *chinese)
}

#[cfg(test)]
mod tests {
    use domain::Code;

    use super::*;

    #[test]
    fn a_line_is_written_as_each_language_writes_it() {
        let problem = Said::new("没有填", "is empty");
        let remark =
            Remark { file: "a.csv".to_owned(), line: 3, field: Some("zh.answer".to_owned()), problem };
        assert_eq!(remark.told(Lang::Zh), "a.csv:3（中文 · 答案）：没有填");
        assert_eq!(remark.to_string(), "a.csv:3 (zh.answer): is empty");
        let whole = Remark { field: None, ..remark };
        assert_eq!([whole.told(Lang::Zh), whole.to_string()], ["a.csv:3：没有填", "a.csv:3: is empty"]);
    }

    #[test]
    fn json_keeps_its_english_and_one_without_chinese_is_still_read() {
        let text = r#"{"file":"a.csv","line":3,"field":null,"problem":"is empty","problem_zh":"没有填","code":"empty"}"#;
        let remark: Remark = serde_json::from_str(text).unwrap();
        assert_eq!(remark.problem, Said::new("没有填", "is empty").coded(Code::Empty));
        assert_eq!(serde_json::to_string(&remark).unwrap(), text);
        let old = text.replace(r#","problem_zh":"没有填","code":"empty""#, "");
        let remark: Remark = serde_json::from_str(&old).unwrap();
        assert_eq!(remark.problem, Said::verbatim("is empty"));
    }
}
