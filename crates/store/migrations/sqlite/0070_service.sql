-- Personal service: who customers are, what is known of them, what is done for them elsewhere, and who may do what.

-- The shop's signed word of who is signed in. One row a sender: the sender's name is made from `user_id`.
create table identities (
  sender text not null primary key,
  user_id text not null,
  claims text not null,
  at bigint not null
) without rowid;
create unique index identities_user on identities (user_id);

create table profile_facts (
  customer text not null references customers (id),
  name text not null,
  value text not null,
  origin text not null,
  author text,
  at bigint not null,
  primary key (customer, name)
) without rowid;

create table profile_orders (
  customer text not null references customers (id),
  id text not null,
  facts text not null,
  at bigint not null,
  primary key (customer, id)
) without rowid;

-- What was done to profiles; what was in them is not kept.
create table profile_events (
  number integer not null primary key,
  customer text not null,
  what text not null,
  name text not null,
  author text not null,
  at bigint not null
);
create index profile_events_customer on profile_events (customer, number);
create index conversations_customer on conversations (customer);

-- What a conversation is on its way to; one thing at a time.
create table pendings (
  conversation text not null primary key references conversations (id),
  body text not null
) without rowid;

-- The id decides that a call is made once.
create table calls (
  id text not null primary key,
  conversation text not null references conversations (id),
  customer text not null,
  action text not null,
  arguments text not null,
  user_id text,
  writes boolean not null,
  lang text not null,
  state text not null,
  status bigint,
  error text,
  author text,
  at bigint not null,
  moved_at bigint not null,
  trace text not null
);
create index calls_conversation on calls (conversation, at);

create table proposals (
  answer text not null primary key,
  conversation text not null references conversations (id),
  topic text not null,
  content text not null,
  state text not null,
  author text,
  at bigint not null
) without rowid;
create index proposals_conversation on proposals (conversation, at);

-- The table is the latest change of each topic; `becomes` is null where a row was taken away.
create table duty_changes (
  version integer not null primary key,
  topic text not null,
  was text,
  becomes text,
  why text not null,
  author text not null,
  at bigint not null
);
create index duty_changes_topic on duty_changes (topic, version);
