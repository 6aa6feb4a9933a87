-- What the shop sells, and what customers bought.

create table products (
  id text not null primary key,
  name text not null,
  category text not null,
  offered bigint not null,
  body text not null,
  updated_at bigint not null
) without rowid;
create index products_by_name on products (name, id);

-- One line of an order, named by both.
create table purchases (
  order_no text not null,
  product text not null,
  buyer text not null,
  at bigint not null,
  primary key (order_no, product)
) without rowid;
create index purchases_of_buyer on purchases (buyer, at);

-- Who a customer is in the shop's own terms, as far as they proved it. One buyer may be several customers.
create table buyers (
  customer text not null,
  buyer text not null,
  primary key (customer, buyer)
) without rowid;
create index buyers_by_name on buyers (buyer);

insert into counters (name, value) values ('products', 0);
insert into counters (name, value) values ('purchases', 0);
