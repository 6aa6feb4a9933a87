//! What customers bought, from files of orders: one row a line of an order.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

use domain::{Purchase, Said, Timestamp, said};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    ImportError, Remark,
    bytes::Place,
    draft::Fault,
    record::{Cell, Records, Schema},
};

/// What files hold.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Orders {
    /// The purchases, the same product of an order once.
    pub purchases: Vec<Purchase>,
    /// Rows that could not be taken.
    #[serde(default)]
    pub rejected: Vec<Remark>,
}

/// Reads files.
pub fn read(paths: &[PathBuf]) -> Result<Orders, ImportError> {
    let mut records = Records::of(Ledger::default());
    paths.iter().try_for_each(|path| records.read(path))?;
    Ok(Orders { purchases: records.schema.purchases, rejected: records.rejected })
}

/// The same for a file that was uploaded: its name says its kind.
pub fn read_upload(name: &str, bytes: Vec<u8>) -> Result<Orders, ImportError> {
    let path = Path::new(name);
    if !super::record::holds_records(path) {
        return Err(ImportError::NoRecords { path: path.to_owned() });
    }
    let mut records = Records::of(Ledger::default());
    records.read_bytes(path, bytes);
    Ok(Orders { purchases: records.schema.purchases, rejected: records.rejected })
}

const ORDER: &[&str] = &["order", "orderid", "orderno", "ordernumber", "订单", "订单号", "订单编号"];
const BUYER: &[&str] = &[
    "buyer",
    "customer",
    "customerid",
    "userid",
    "user",
    "买家",
    "买家id",
    "客户",
    "顾客",
    "会员号",
    "会员",
];
const PRODUCT: &[&str] = &["product", "productid", "sku", "商品", "商品编号", "货号", "商品id"];
const AT: &[&str] =
    &["at", "date", "time", "orderedat", "createdat", "paidat", "下单时间", "付款时间", "日期", "时间"];

#[derive(Default)]
struct Ledger {
    purchases: Vec<Purchase>,
    seen: HashSet<(String, String)>,
}

impl Schema for Ledger {
    fn no_header() -> Said {
        said!(NoHeader:
            "没有读：找不到带订单号、客户、商品编号和下单时间的表头（order, customer, product, date）",
            "nothing read: no header with order, customer, product and date (订单号, 客户, 商品编号, 下单时间)"
        )
    }

    fn knows(name: &str) -> bool {
        [ORDER, BUYER, PRODUCT, AT].iter().any(|names| names.contains(&name))
    }

    fn suffices(names: &[String]) -> bool {
        [ORDER, BUYER, PRODUCT, AT]
            .iter()
            .all(|known| names.iter().any(|name| known.contains(&name.as_str())))
    }

    fn take(&mut self, _place: &Place, cells: Vec<Cell>) -> Result<(), Fault> {
        let said = |field: &str, names: &[&str]| {
            let found = cells.iter().find(|(folded, _, _)| names.contains(&folded.as_str()));
            let cell = found.map(|(_, _, cell)| cell.trim().to_owned()).filter(|cell| !cell.is_empty());
            let cell = cell.ok_or_else(|| Fault::new(field, said!(Empty: "没有填", "is empty")))?;
            if cell.len() > 400 {
                return Err(Fault::new(field, said!(TooLong: "超过 400 字节", "is longer than 400 bytes")));
            }
            Ok(cell)
        };
        let (order, buyer, product) =
            (said("order", ORDER)?, said("customer", BUYER)?, said("product", PRODUCT)?);
        let at = said("date", AT)?;
        let at = super::draft::moment(super::columns::Field::UpdatedAt, &at).map_err(|_| {
            let problem = said!(BadValue:
                "“{at}”不是时间；写成 2026-05-01 或 2026-05-01T09:00:00Z",
                "`{at}` is no time; write 2026-05-01 or 2026-05-01T09:00:00Z"
            );
            Fault::new("date", problem)
        })?;
        if self.seen.insert((order.clone(), product.clone())) {
            self.purchases.push(Purchase { order, buyer, product: product.into(), at: to_micros(at) });
        }
        Ok(())
    }

    fn own(&mut self, _: &Place, _: &Map<String, Value>) -> Option<Result<(), Fault>> {
        None
    }

    fn len(&self) -> usize {
        self.purchases.len()
    }
}

/// As the store keeps it.
fn to_micros(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}
