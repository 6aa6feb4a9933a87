//! Products from files: what each row becomes, and what would change.
//!
//! A row is a product in one language (`name`, `lang`) or in both (`name_zh`, `name_en`); rows with the same `id` in
//! other languages join. Columns that are not known become attributes.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use domain::{Lang, Price, Product, ProductId, ProductText, Said, Timestamp, said};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    ImportError, Remark,
    bytes::Place,
    draft::{Fault, unknown_language},
    fold, json, list,
    record::{Cell, Records, Schema},
};

/// What files hold.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Goods {
    /// The products, the same id once.
    pub products: Vec<Product>,
    /// Rows that could not be taken.
    #[serde(default)]
    pub rejected: Vec<Remark>,
}

/// What an import would change.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct GoodsPlan {
    /// Products that were not there.
    pub new: Vec<Product>,
    /// Products that say something else now.
    pub changed: Vec<Product>,
    /// Products that are there already, as they are.
    pub unchanged: usize,
    /// Rows that could not be taken.
    pub rejected: Vec<Remark>,
}

/// Reads files.
pub fn read(paths: &[PathBuf], now: Timestamp) -> Result<Goods, ImportError> {
    let mut records = Records::of(Shelf::new(now));
    paths.iter().try_for_each(|path| records.read(path))?;
    Ok(goods(records))
}

/// The same for a file that was uploaded: its name says its kind.
pub fn read_upload(name: &str, bytes: Vec<u8>, now: Timestamp) -> Result<Goods, ImportError> {
    let path = Path::new(name);
    if !super::record::holds_records(path) {
        return Err(ImportError::NoRecords { path: path.to_owned() });
    }
    let mut records = Records::of(Shelf::new(now));
    records.read_bytes(path, bytes);
    Ok(goods(records))
}

fn goods(records: Records<Shelf>) -> Goods {
    Goods { products: records.schema.products, rejected: records.rejected }
}

/// Compares with what is known. Whether a product was switched off at the desk is not the file's affair, unless it
/// says so.
pub fn plan(goods: Goods, known: impl Fn(&ProductId) -> Option<Product>) -> GoodsPlan {
    let mut plan = GoodsPlan { rejected: goods.rejected, ..GoodsPlan::default() };
    for mut product in goods.products {
        match known(&product.id) {
            None => plan.new.push(product),
            Some(old) => {
                product.active &= old.active;
                if old.same_as(&product) {
                    plan.unchanged += 1;
                } else {
                    plan.changed.push(product);
                }
            }
        }
    }
    plan
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Id,
    Name(Option<Lang>),
    Description(Option<Lang>),
    Lang,
    Category,
    Group(Lang),
    Tags,
    Price,
    PriceIn(&'static str),
    Currency,
    Url,
    Image,
    Stock,
    Active,
}

const COLUMNS: &[(Column, &[&str])] = &[
    (Column::Id, &["id", "sku", "productid", "handle", "编号", "商品编号", "货号", "商品id"]),
    (Column::Name(None), &["name", "title", "productname", "名称", "商品名称", "商品名", "标题", "品名"]),
    (Column::Name(Some(Lang::Zh)), &["namezh", "titlezh", "中文名", "中文名称"]),
    (Column::Name(Some(Lang::En)), &["nameen", "titleen", "英文名", "英文名称"]),
    (
        Column::Description(None),
        &["description", "body", "summary", "描述", "商品描述", "简介", "介绍", "详情"],
    ),
    (Column::Description(Some(Lang::Zh)), &["descriptionzh", "中文描述", "中文简介"]),
    (Column::Description(Some(Lang::En)), &["descriptionen", "英文描述", "英文简介"]),
    (Column::Lang, &["lang", "language", "locale", "语言"]),
    (Column::Category, &["category", "producttype", "type", "分类", "类目", "类别", "商品分类"]),
    (Column::Group(Lang::Zh), &["categoryzh", "中文分类", "分类中文"]),
    (Column::Group(Lang::En), &["categoryen", "英文分类", "分类英文"]),
    (Column::Tags, &["tags", "tag", "标签"]),
    (Column::Price, &["price", "saleprice", "价格", "售价", "单价"]),
    (Column::PriceIn("CNY"), &["pricecny", "人民币价格"]),
    (Column::PriceIn("USD"), &["priceusd", "美元价格"]),
    (Column::PriceIn("EUR"), &["priceeur", "欧元价格"]),
    (Column::Currency, &["currency", "币种", "货币"]),
    (Column::Url, &["url", "link", "链接", "商品链接", "网址"]),
    (Column::Image, &["image", "imagelink", "imageurl", "imagesrc", "图片", "主图", "图片链接"]),
    (Column::Stock, &["instock", "stock", "availability", "inventory", "库存", "有货", "是否有货"]),
    (Column::Active, &["active", "status", "上架", "是否上架", "状态"]),
];

fn column(name: &str) -> Option<Column> {
    COLUMNS.iter().find(|(_, names)| names.contains(&name)).map(|(column, _)| *column)
}

/// Products that are being read.
struct Shelf {
    now: Timestamp,
    products: Vec<Product>,
    by_id: HashMap<ProductId, usize>,
}

impl Shelf {
    fn new(now: Timestamp) -> Self {
        Self { now, products: Vec::new(), by_id: HashMap::new() }
    }

    /// Puts a product beside the others, or its texts to those of the same one.
    fn put(&mut self, product: Product) -> Result<(), Fault> {
        let product = product.checked().map_err(|bad| Fault::new(bad.field, bad.problem))?;
        let Some(&at) = self.by_id.get(&product.id) else {
            self.by_id.insert(product.id.clone(), self.products.len());
            self.products.push(product);
            return Ok(());
        };
        let known = &mut self.products[at];
        if let Some(lang) = product.texts.keys().find(|lang| known.texts.contains_key(lang)) {
            let (id, source) = (&product.id, &known.source);
            let (zh, en) = (lang.pick("中文", "英文"), lang.code());
            let problem = said!(Repeated: "“{id}”的{zh}已经有了：{source}", "`{id}` is there already in {en}: {source}");
            return Err(Fault::new("id", problem));
        }
        known.texts.extend(product.texts);
        let tags: Vec<String> = product.tags.into_iter().filter(|tag| !known.tags.contains(tag)).collect();
        known.tags.extend(tags);
        for price in product.prices {
            if known.price_in(&price.currency).is_none() {
                known.prices.push(price);
            }
        }
        Ok(())
    }
}

impl Schema for Shelf {
    fn no_header() -> Said {
        said!(NoHeader:
            "没有读：找不到带编号和名称的表头；把列名写成“编号”和“名称”（id, name）",
            "nothing read: no header with an id and a name; name the columns `id` and `name` (编号, 名称)"
        )
    }

    fn knows(name: &str) -> bool {
        column(name).is_some()
    }

    fn suffices(names: &[String]) -> bool {
        let has = |wanted: fn(Column) -> bool| names.iter().filter_map(|name| column(name)).any(wanted);
        has(|column| column == Column::Id) && has(|column| matches!(column, Column::Name(_)))
    }

    fn take(&mut self, place: &Place, cells: Vec<Cell>) -> Result<(), Fault> {
        let product = record(place, cells, self.now)?;
        self.put(product)
    }

    fn own(&mut self, place: &Place, object: &Map<String, Value>) -> Option<Result<(), Fault>> {
        object.contains_key("texts").then(|| {
            let read = serde_json::from_value::<Product>(Value::Object(object.clone()));
            let mut product = read.map_err(|error| Fault::whole(json::unfit(&error)))?;
            if product.source.is_empty() {
                product.source = place.to_string();
            }
            if product.updated_at == Timestamp::UNIX_EPOCH {
                product.updated_at = self.now;
            }
            self.put(product)
        })
    }

    fn len(&self) -> usize {
        self.products.len()
    }
}

/// The product of one row.
fn record(place: &Place, cells: Vec<Cell>, now: Timestamp) -> Result<Product, Fault> {
    let mut product = Product {
        id: "".into(),
        texts: std::collections::BTreeMap::new(),
        category: String::new(),
        tags: Vec::new(),
        prices: Vec::new(),
        url: String::new(),
        image: String::new(),
        in_stock: true,
        active: true,
        attributes: std::collections::BTreeMap::new(),
        source: place.to_string(),
        updated_at: now,
    };
    let said = |wanted: Column| {
        cells.iter().find(|(folded, _, _)| column(folded) == Some(wanted)).map(|(_, _, cell)| cell.trim())
    };
    let currency = said(Column::Currency).map_or_else(|| "CNY".to_owned(), str::to_ascii_uppercase);
    let lang = said(Column::Lang).map(language).transpose()?;
    let of_text = said(Column::Name(None)).map(|name| fold::language([name]));
    let lang = lang.or(of_text).unwrap_or_default();
    for (folded, name, cell) in &cells {
        let cell = cell.trim();
        match column(folded) {
            Some(Column::Id) => product.id = cell.into(),
            Some(Column::Name(of)) => cell.clone_into(&mut text(&mut product, of.unwrap_or(lang)).name),
            Some(Column::Description(of)) => {
                cell.clone_into(&mut text(&mut product, of.unwrap_or(lang)).description);
            }
            Some(Column::Category) => cell.clone_into(&mut product.category),
            Some(Column::Group(_)) if cell.is_empty() => {}
            Some(Column::Group(lang)) => {
                product.attributes.insert(Product::group_name(lang).to_owned(), cell.to_owned());
            }
            Some(Column::Tags) => product.tags = list::split(cell, list::TAGS),
            Some(Column::Price) => product.prices.insert(0, price(cell, &currency)?),
            Some(Column::PriceIn(currency)) => {
                let price = price(cell, currency)?;
                if product.price_in(currency).is_none() {
                    product.prices.push(price);
                }
            }
            Some(Column::Url) => cell.clone_into(&mut product.url),
            Some(Column::Image) => cell.clone_into(&mut product.image),
            Some(Column::Stock) => product.in_stock = is_there(cell),
            Some(Column::Active) => product.active = is_there(cell),
            Some(Column::Lang | Column::Currency) => {}
            None => {
                product.attributes.insert(name.trim().to_owned(), cell.to_owned());
            }
        }
    }
    Ok(product)
}

fn text(product: &mut Product, lang: Lang) -> &mut ProductText {
    product.texts.entry(lang).or_default()
}

fn price(cell: &str, currency: &str) -> Result<Price, Fault> {
    let unread = || {
        Fault::new(
            "price",
            said!(BadValue: "“{cell}”不是价格；写成 129 或 129.50", "`{cell}` is no price; write 129 or 129.50"),
        )
    };
    Price::read(cell, currency).ok_or_else(unread)
}

fn language(name: &str) -> Result<Lang, Fault> {
    let unknown = || Fault::new("lang", unknown_language(name));
    fold::language_named(name).ok_or_else(unknown)
}

/// A number of pieces, or a word for yes or no.
fn is_there(cell: &str) -> bool {
    let no = [
        "false",
        "no",
        "n",
        "out of stock",
        "out_of_stock",
        "outofstock",
        "否",
        "无",
        "无货",
        "缺货",
        "售罄",
        "下架",
        "已下架",
        "draft",
        "archived",
        "off",
    ];
    match cell.parse::<f64>() {
        Ok(pieces) => pieces > 0.0,
        Err(_) => !no.iter().any(|word| cell.eq_ignore_ascii_case(word)),
    }
}

impl GoodsPlan {
    /// The whole of it in lines for a terminal, in the language of who reads.
    pub fn told(&self, lang: Lang) -> String {
        let (new, changed) = (self.new.len(), self.changed.len());
        let (unchanged, rejected) = (self.unchanged, self.rejected.len());
        let counts = lang.pick(
            format!("新增 {new} 件，改动 {changed} 件，不变 {unchanged} 件，没有导入 {rejected} 行"),
            format!("{new} new, {changed} changed, {unchanged} unchanged, {rejected} rejected"),
        );
        let name = lang.pick("没有导入", "rejected");
        let lines = self.rejected.iter().map(|remark| format!("  {name}  {}", remark.told(lang)));
        std::iter::once(counts).chain(lines).collect::<Vec<_>>().join("\n")
    }
}
