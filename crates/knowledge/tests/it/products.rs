//! Products and orders from every kind of file that shops have them in.

use domain::{Lang, Product};
use knowledge::import::{
    ImportError,
    product::{Goods, plan, read, read_upload},
    purchase,
};

use crate::{lines, now};

fn goods(name: &str, bytes: &[u8]) -> Goods {
    read_upload(name, bytes.to_vec(), now()).expect("a kind that holds records")
}

fn ids(goods: &Goods) -> Vec<&str> {
    goods.products.iter().map(|product| product.id.as_str()).collect()
}

#[test]
fn a_table_with_a_mark_in_both_languages_is_read_and_faults_are_told_by_line() {
    let table = "\u{feff}id,name_zh,name_en,price,price_usd,stock,颜色,url\n\
        a,青釉茶壶,Celadon teapot,¥168,24,12,青,https://shop.example/a\n\
        b,砂锅,,贵,,0,,\n\
        ,无名,,1,,1,,\n\
        c,碗,Bowl,9.9,,缺货,,javascript:alert(1)\n\
        d,盘,Plate,\"1,299.50\",,无货,,/goods/d\n\
        a,又一个茶壶,,1,,1,,\n";
    let read = goods("goods.csv", table.as_bytes());
    assert_eq!(ids(&read), ["a", "d"]);
    let teapot = &read.products[0];
    assert_eq!((teapot.name(Lang::Zh), teapot.name(Lang::En)), ("青釉茶壶", "Celadon teapot"));
    let shown: Vec<String> = teapot.prices.iter().map(domain::Price::shown).collect();
    assert_eq!((shown, teapot.in_stock), (vec!["¥168".to_owned(), "$24".to_owned()], true));
    assert_eq!(teapot.attributes["颜色"], "青");
    assert_eq!(read.products[1].prices[0].cents, 129_950);
    assert!(!read.products[1].in_stock);
    let told: Vec<_> = lines(&read.rejected).into_iter().map(|(line, field, _)| (line, field)).collect();
    assert_eq!(told, [(3, "price"), (4, "id"), (5, "url"), (7, "id")]);
}

#[test]
fn a_table_from_chinese_excel_is_read() {
    let (bytes, _, _) =
        encoding_rs::GB18030.encode("商品编号,商品名称,价格,标签\nP1,青釉茶壶,168元,茶具、长辈\n");
    let read = goods("goods.csv", &bytes);
    assert_eq!(read.rejected, []);
    assert_eq!(read.products[0].tags, ["茶具", "长辈"]);
}

#[test]
fn json_in_lines_and_in_one_piece_is_read_and_comes_back_as_it_went_out() {
    let list = "{\"products\": [\n  {\"sku\": \"a\", \"title\": \"Bowl\", \"price\": 9.5, \"currency\": \"usd\", \"tags\": [\"x\", \"y\"]},\n  7,\n  {\"sku\": \"b\",\n   \"title\": \"碗\", \"available\": {}},\n  {\"sku\": \"c\", \"title\": \"盘\"}\n]}";
    let read = goods("goods.json", list.as_bytes());
    assert_eq!(ids(&read), ["a", "c"]);
    assert_eq!(read.products[0].prices[0].shown(), "$9.50");
    assert_eq!(read.products[0].tags, ["x", "y"]);
    let told: Vec<_> = lines(&read.rejected).into_iter().map(|(line, field, _)| (line, field)).collect();
    assert_eq!(told, [(3, ""), (4, "available")]);
    let out: String =
        read.products.iter().map(|product| serde_json::to_string(product).unwrap() + "\n").collect();
    let again = goods("goods.jsonl", out.as_bytes());
    assert_eq!((again.products, again.rejected), (read.products, vec![]));
    for broken in ["", "{}", "[", "[{\"sku\":", "[{}]x", "[1,,2", "\u{0}[[", "[[[[[["] {
        let read = goods("goods.json", broken.as_bytes());
        assert!(read.products.is_empty(), "{broken}");
    }
}

#[test]
fn rows_of_one_product_in_two_languages_are_one() {
    let table = "id,lang,name,price,currency\na,zh,碗,69,CNY\na,en,Bowl,10,USD\n";
    let read = goods("goods.csv", table.as_bytes());
    assert_eq!((read.rejected.len(), read.products.len()), (0, 1));
    let bowl = &read.products[0];
    assert_eq!((bowl.name(Lang::Zh), bowl.name(Lang::En), bowl.prices.len()), ("碗", "Bowl", 2));
}

#[test]
fn again_changes_nothing_and_what_was_switched_off_stays_off() {
    let table = "id,name,price\na,碗,69\nb,盘,10\n";
    let first = plan(goods("goods.csv", table.as_bytes()), |_| None);
    assert_eq!((first.new.len(), first.changed.len()), (2, 0));
    let known: Vec<Product> =
        first.new.into_iter().map(|one| Product { active: one.id.as_str() != "a", ..one }).collect();
    let find = |id: &domain::ProductId| known.iter().find(|one| one.id == *id).cloned();
    let again = plan(goods("goods.csv", table.as_bytes()), find);
    assert_eq!((again.new.len(), again.changed.len(), again.unchanged), (0, 0, 2));
    let dearer = plan(goods("goods.csv", b"id,name,price\na,\xe7\xa2\x97,79\n"), find);
    assert_eq!((dearer.changed.len(), dearer.changed[0].active), (1, false));
}

#[test]
fn other_kinds_of_files_are_refused_and_tables_without_a_header_say_so() {
    assert!(matches!(read_upload("a.pdf", vec![], now()), Err(ImportError::NoRecords { .. })));
    assert!(matches!(read(&["nowhere.csv".into()], now()), Err(ImportError::Unreadable { .. })));
    let read = goods("faq.csv", "问题,答案\n怎么退货,七天内\n".as_bytes());
    assert_eq!((read.products.len(), read.rejected.len()), (0, 1));
    assert!(read.rejected[0].problem.en.contains("编号"), "{:?}", read.rejected);
    assert_eq!(goods("goods.xlsx", b"no workbook".as_slice()).rejected.len(), 1);
}

#[test]
fn orders_are_read_once() {
    let table = "订单号,客户,商品编号,下单时间\n1,li,a,2026-05-01\n1,li,a,2026-05-01\n1,li,b,2026/5/2\n2,,a,2026-05-01\n3,han,a,昨天\n";
    let orders = purchase::read_upload("orders.csv", table.as_bytes().to_vec()).unwrap();
    let told: Vec<_> =
        orders.purchases.iter().map(|one| (one.order.as_str(), one.product.as_str())).collect();
    assert_eq!(told, [("1", "a"), ("1", "b")]);
    let rejected: Vec<_> =
        lines(&orders.rejected).into_iter().map(|(line, field, _)| (line, field)).collect();
    assert_eq!(rejected, [(5, "customer"), (6, "date")]);
}
