-- How customers of another desk are recognised before they write here for the first time.

create table known_senders (
  channel text not null,
  sender text not null,
  customer text not null references customers (id),
  primary key (channel, sender)
) without rowid;
create index known_senders_customer on known_senders (customer);
