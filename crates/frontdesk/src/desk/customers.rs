//! Customers and pictures, for the commands that carry a shop from one desk to another.

use domain::{CustomerFile, CustomerId, Picture};
use reception::{ProfileView, TakenIn};
use serde_json::json;

use super::{Desk, List, paged, percent};

impl Desk {
    /// A page of customers with all that is known of them, by id.
    pub(crate) async fn customers_after(
        &self,
        after: Option<&CustomerId>,
    ) -> anyhow::Result<Vec<CustomerFile>> {
        let mut files = Vec::new();
        match self {
            Self::Here(reception, _) => {
                let operator = reception.operator();
                for customer in operator.customers_after(after, reception::PAGE).await? {
                    files.push(operator.customer(&customer.id).await?.into());
                }
            }
            Self::There(remote) => {
                let path = paged("/v1/customers", after.map(CustomerId::as_str));
                for customer in remote.get::<List<domain::Customer>>(&path).await?.items {
                    let path = format!("/v1/customers/{}", percent(customer.id.as_str()));
                    files.push(remote.get::<ProfileView>(&path).await?.into());
                }
            }
        }
        Ok(files)
    }

    /// Takes in customers of another desk.
    pub(crate) async fn take_in_customers(&self, files: Vec<CustomerFile>) -> anyhow::Result<TakenIn> {
        match self {
            Self::Here(reception, _) => Ok(reception.operator().take_in_customers(files).await?),
            Self::There(remote) => remote.post("/v1/customers/import", &json!({ "items": files })).await,
        }
    }

    /// A picture of the knowledge.
    pub(crate) async fn picture(&self, name: &str) -> anyhow::Result<Option<Picture>> {
        let bytes = match self {
            Self::Here(reception, _) => reception.picture(name).await?.map(|(_, bytes)| bytes),
            Self::There(remote) => remote.bytes(&format!("{}{name}", domain::picture::PLACE)).await?,
        };
        Ok(bytes.map(|bytes| Picture { name: name.to_owned(), bytes }))
    }
}
