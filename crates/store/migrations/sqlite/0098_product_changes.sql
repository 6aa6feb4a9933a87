-- The catalogue as it was, for answers that are made again. What stands now is the first state that is known.
create table product_changes (
  product text not null,
  revision bigint not null,
  body text,
  at bigint not null,
  primary key (product, revision)
) without rowid;
insert into product_changes (product, revision, body, at)
  select id, (select value from counters where name = 'products'), body, updated_at from products;

-- What waits for a person's word, whoever has the conversation meanwhile.
create index calls_undecided on calls (conversation) where state in ('proposed', 'in_doubt');
create index proposals_open on proposals (conversation) where state = 'open';
