//! [`Goods`] on SQLite.

use async_trait::async_trait;
use domain::{
    AnswerId, ConversationId, CustomerId, Given, Lang, Product, ProductId, Purchase, Timestamp, Trace,
};
use sqlx::{FromRow, QueryBuilder, SqliteConnection};

use super::{
    Sqlite,
    failure::unreadable,
    knowledge::pattern,
    values::{from_json, micros, moment, named, to_json},
};
use crate::{AdviceRow, Arms, Goods, Page, ProductFilter, ProductOutcome, ProductRow, Result};

mod effect;
mod history;

/// Rows in one statement.
const ROWS: usize = 500;

#[async_trait]
impl Goods for Sqlite {
    async fn product(&self, id: &ProductId) -> Result<Option<Product>> {
        let body: Option<String> = sqlx::query_scalar("select body from products where id = $1")
            .bind(id.as_str())
            .fetch_optional(&self.readers)
            .await?;
        body.map(|body| from_json("product", &body)).transpose()
    }

    async fn product_groups(&self, limit: u32) -> Result<Vec<Product>> {
        let bodies: Vec<String> = sqlx::query_scalar(
            "select body from products where id in (select min(id) from products where category <> '' group by category)
             order by category limit $1",
        )
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        bodies.iter().map(|body| from_json("product", body)).collect()
    }

    async fn products(&self, filter: &ProductFilter, page: &Page) -> Result<Vec<ProductRow>> {
        let mut sql = QueryBuilder::new("select body from products where 1 = 1");
        narrow(&mut sql, filter);
        if let Some(cursor) = &page.after {
            let (name, id): (String, String) =
                serde_json::from_str(cursor).map_err(|error| unreadable("cursor", error))?;
            sql.push(" and (name, id) > (").push_bind(name).push(", ").push_bind(id).push(")");
        }
        sql.push(" order by name, id limit ").push_bind(i64::from(page.limit));
        let found: Vec<String> = sql.build_query_scalar().fetch_all(&self.readers).await?;
        found
            .iter()
            .map(|body| {
                let product: Product = from_json("product", body)?;
                let cursor = to_json("cursor", &(name(&product), product.id.as_str()))?;
                Ok(ProductRow { product, cursor })
            })
            .collect()
    }

    async fn count_products(&self, filter: &ProductFilter) -> Result<u64> {
        let mut sql = QueryBuilder::new("select count(*) from products where 1 = 1");
        narrow(&mut sql, filter);
        let count: i64 = sql.build_query_scalar().fetch_one(&self.readers).await?;
        Ok(count.unsigned_abs())
    }

    async fn products_after(&self, after: Option<&ProductId>, limit: u32) -> Result<Vec<Product>> {
        let found: Vec<String> =
            sqlx::query_scalar("select body from products where id > $1 order by id limit $2")
                .bind(after.map_or("", ProductId::as_str))
                .bind(i64::from(limit))
                .fetch_all(&self.readers)
                .await?;
        found.iter().map(|body| from_json("product", body)).collect()
    }

    async fn put_products(&self, products: &[Product]) -> Result<()> {
        self.write(products.to_vec(), |db, products| Box::pin(put(db, products))).await
    }

    async fn products_at(&self, revision: i64) -> Result<Vec<Product>> {
        history::products_at(&self.readers, revision).await
    }

    async fn remove_product(&self, id: &ProductId, now: Timestamp) -> Result<bool> {
        self.write((id.clone(), now), |db, (id, now)| {
            Box::pin(async {
                let sql = sqlx::query("delete from products where id = $1").bind(id.as_str());
                let gone = sql.execute(&mut *db).await?.rows_affected();
                count_up(db, "products", gone).await?;
                if gone > 0 {
                    history::keep(db, id, None, *now).await?;
                }
                Ok(gone > 0)
            })
        })
        .await
    }

    async fn put_purchases(&self, purchases: &[Purchase]) -> Result<u64> {
        self.write(purchases.to_vec(), |db, purchases| Box::pin(bought(db, purchases))).await
    }

    async fn count_purchases(&self) -> Result<u64> {
        let count: i64 =
            sqlx::query_scalar("select count(*) from purchases").fetch_one(&self.readers).await?;
        Ok(count.unsigned_abs())
    }

    async fn purchases_after(&self, after: Option<(&str, &ProductId)>, limit: u32) -> Result<Vec<Purchase>> {
        let (order, product) = after.map_or(("", ""), |(order, product)| (order, product.as_str()));
        let found: Vec<PurchaseRecord> = sqlx::query_as(
            "select * from purchases where (order_no, product) > ($1, $2) order by order_no, product limit $3",
        )
        .bind(order)
        .bind(product)
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        found.into_iter().map(PurchaseRecord::read).collect()
    }

    async fn bought_by(&self, buyers: &[String], limit: u32) -> Result<Vec<Purchase>> {
        if buyers.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = QueryBuilder::new("select * from purchases where buyer in (");
        let mut list = sql.separated(", ");
        for buyer in buyers.iter().take(ROWS) {
            list.push_bind(buyer.as_str());
        }
        sql.push(") order by at desc, order_no desc, product limit ").push_bind(i64::from(limit));
        let found: Vec<PurchaseRecord> = sql.build_query_as().fetch_all(&self.readers).await?;
        found.into_iter().map(PurchaseRecord::read).collect()
    }

    async fn buyers_of(&self, customer: &CustomerId) -> Result<Vec<String>> {
        Ok(sqlx::query_scalar("select buyer from buyers where customer = $1 order by buyer")
            .bind(customer.as_str())
            .fetch_all(&self.readers)
            .await?)
    }

    async fn put_buyer(&self, customer: &CustomerId, buyer: &str) -> Result<()> {
        self.write((customer.clone(), buyer.to_owned()), |db, (customer, buyer)| {
            Box::pin(async {
                let sql = "insert into buyers (customer, buyer) values ($1, $2) on conflict do nothing";
                sqlx::query(sql).bind(customer.as_str()).bind(buyer.as_str()).execute(db).await?;
                Ok(())
            })
        })
        .await
    }

    async fn goods_revisions(&self) -> Result<(i64, i64)> {
        let revision = async |name: &str| {
            sqlx::query_scalar("select value from counters where name = $1")
                .bind(name)
                .fetch_one(&self.readers)
                .await
        };
        Ok((revision("products").await?, revision("purchases").await?))
    }

    async fn advice_in(&self, conversation: &ConversationId, limit: u32) -> Result<Vec<AdviceRow>> {
        let found: Vec<(String, i64, String, String, i64)> = sqlx::query_as(
            "select answer, place, product, given, at from advice where conversation = $1
             order by at desc, answer desc, place limit $2",
        )
        .bind(conversation.as_str())
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        let read = |(answer, place, product, given, at): (String, i64, String, String, i64)| {
            Ok(AdviceRow {
                answer: answer.into(),
                place: u32::try_from(place).unwrap_or_default(),
                product: product.into(),
                given: named("recommendation", &given, Given::from_name)?,
                at: moment(at)?,
            })
        };
        found.into_iter().map(read).collect()
    }

    async fn follow_advice(
        &self,
        answer: &AnswerId,
        place: u32,
        now: Timestamp,
    ) -> Result<Option<ProductId>> {
        self.write((answer.clone(), i64::from(place), micros(now)), |db, (answer, place, now)| {
            Box::pin(async {
                let product: Option<String> = sqlx::query_scalar(
                    "update advice set clicked_at = coalesce(clicked_at, $3)
                     where answer = $1 and place = $2 and given <> 'held_out' returning product",
                )
                .bind(answer.as_str())
                .bind(*place)
                .bind(*now)
                .fetch_optional(db)
                .await?;
                Ok(product.map(Into::into))
            })
        })
        .await
    }

    async fn arms(&self, since: Timestamp, days: u16, now: Timestamp) -> Result<Arms> {
        effect::arms(&self.readers, since, days, now).await
    }

    async fn outcomes(&self, since: Timestamp, days: u16, limit: u32) -> Result<Vec<ProductOutcome>> {
        effect::outcomes(&self.readers, since, days, limit).await
    }
}

#[derive(FromRow)]
struct PurchaseRecord {
    order_no: String,
    buyer: String,
    product: String,
    at: i64,
}

impl PurchaseRecord {
    fn read(self) -> Result<Purchase> {
        let at = moment(self.at)?;
        Ok(Purchase { order: self.order_no, buyer: self.buyer, product: self.product.into(), at })
    }
}

fn name(product: &Product) -> &str {
    product.name(Lang::Zh)
}

fn narrow(sql: &mut QueryBuilder<sqlx::Sqlite>, filter: &ProductFilter) {
    if let Some(text) = &filter.text {
        sql.push(" and (lower(id) like ").push_bind(pattern(text)).push(" escape '\\'");
        sql.push(" or lower(body) like ").push_bind(pattern(text)).push(" escape '\\')");
    }
    if let Some(category) = &filter.category {
        sql.push(" and category = ").push_bind(category.clone());
    }
    if let Some(offered) = filter.offered {
        sql.push(" and offered = ").push_bind(i64::from(offered));
    }
}

async fn put(db: &mut SqliteConnection, products: &[Product]) -> Result<()> {
    count_up(db, "products", products.len() as u64).await?;
    for product in products {
        let body = to_json("product", product)?;
        sqlx::query(
            "insert into products (id, name, category, offered, body, updated_at) values ($1, $2, $3, $4, $5, $6)
             on conflict (id) do update set name = excluded.name, category = excluded.category,
               offered = excluded.offered, body = excluded.body, updated_at = excluded.updated_at",
        )
        .bind(product.id.as_str())
        .bind(name(product))
        .bind(product.category.as_str())
        .bind(i64::from(product.is_offered()))
        .bind(&body)
        .bind(micros(product.updated_at))
        .execute(&mut *db)
        .await?;
        history::keep(db, &product.id, Some(&body), product.updated_at).await?;
    }
    Ok(())
}

async fn bought(db: &mut SqliteConnection, purchases: &[Purchase]) -> Result<u64> {
    let mut new = 0;
    for purchases in purchases.chunks(ROWS) {
        let mut sql =
            QueryBuilder::<sqlx::Sqlite>::new("insert into purchases (order_no, product, buyer, at) ");
        sql.push_values(purchases, |mut row, purchase| {
            row.push_bind(purchase.order.as_str())
                .push_bind(purchase.product.as_str())
                .push_bind(purchase.buyer.as_str())
                .push_bind(micros(purchase.at));
        });
        sql.push(" on conflict (order_no, product) do nothing");
        new += sql.build().execute(&mut *db).await?.rows_affected();
    }
    count_up(db, "purchases", new).await?;
    Ok(new)
}

async fn count_up(db: &mut SqliteConnection, counter: &str, rows: u64) -> Result<()> {
    if rows > 0 {
        sqlx::query("update counters set value = value + 1 where name = $1")
            .bind(counter)
            .execute(db)
            .await?;
    }
    Ok(())
}

/// What an answer recommends is a row each, in the answer's own transaction.
pub(super) async fn answered(db: &mut SqliteConnection, trace: &Trace) -> Result<()> {
    for (place, advised) in (0_i64..).zip(&trace.advised) {
        sqlx::query(
            "insert into advice (answer, place, product, given, conversation, customer, at)
             select $1, $2, $3, $4, id, customer, $6 from conversations where id = $5",
        )
        .bind(trace.id.as_str())
        .bind(place)
        .bind(advised.product.as_str())
        .bind(advised.given.name())
        .bind(trace.conversation.as_str())
        .bind(micros(trace.at))
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}
