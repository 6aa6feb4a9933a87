-- The first shape of the data. Times are microseconds since 1970 UTC, JSON is text, names are text.
-- Tables whose rows are small and found by their key alone are kept without a rowid: one tree less to write.
-- References on the path of a message are checked at the commit: a statement that cannot fail halfway
-- needs no journal of its own.

create table customers (
  id text not null primary key,
  name text,
  contact text,
  lang text not null,
  since bigint not null
) without rowid;

-- `staged_at` is since when the stage lasts; null with the assistant. `agent` is set in stage 'agent' only.
create table conversations (
  id text not null primary key,
  customer text not null references customers (id) deferrable initially deferred,
  channel text not null,
  sender text not null,
  stage text not null,
  agent text,
  staged_at bigint,
  handover text,
  revision bigint not null,
  last_seq bigint not null,
  answered_seq bigint not null,
  lang text not null,
  intent text,
  mood text not null,
  notices bigint not null,
  form boolean not null,
  opened_at bigint not null,
  updated_at bigint not null
);
-- Two open conversations of one sender cannot exist, whatever the code does.
create unique index conversations_open on conversations (channel, sender) where stage <> 'closed';
create index conversations_thread on conversations (channel, sender, opened_at);
create index conversations_changed on conversations (updated_at, id);
create index conversations_waiting on conversations (staged_at, id) where stage = 'waiting';
create index conversations_agent on conversations (agent, updated_at) where stage = 'agent';

-- `stage` is the conversation's stage when the message was committed, before what came with it.
create table messages (
  id text not null primary key,
  conversation text not null references conversations (id) deferrable initially deferred,
  seq bigint not null,
  author text not null,
  agent text,
  agent_name text,
  at bigint not null,
  content text not null,
  external_id text,
  stage text not null
);
create unique index messages_place on messages (conversation, seq);
create index messages_violations on messages (id) where author = 'assistant' and stage <> 'assistant';

-- Decides whether a customer's message is new: by the key, never by reading first.
create table inbox (
  channel text not null,
  sender text not null,
  external_id text not null,
  message text not null,
  primary key (channel, sender, external_id)
) without rowid;

-- The same for what agents say.
create table replies (
  channel text not null,
  agent text not null,
  external_id text not null,
  message text not null references messages (id),
  primary key (channel, agent, external_id)
) without rowid;

create table traces (
  id text not null primary key,
  conversation text not null references conversations (id),
  at bigint not null,
  body text not null
);
create index traces_conversation on traces (conversation, at);

create table feedback (
  answer text not null primary key references traces (id),
  thumb text,
  reason text,
  comment text,
  at bigint not null
) without rowid;

create table ratings (
  conversation text not null primary key references conversations (id),
  score bigint not null,
  comment text,
  at bigint not null
) without rowid;

-- A job is leased while `lease_until` is set and not over. `wanted_seq` is the last message that wants
-- an answer, `leased_seq` what the holder of the lease was told of it.
create table jobs (
  kind text not null,
  key text not null,
  due bigint not null,
  lease_until bigint,
  fence bigint not null,
  attempts bigint not null,
  wanted_seq bigint not null,
  leased_seq bigint not null,
  last_error text,
  primary key (kind, key)
) without rowid;
create index jobs_due on jobs (kind, due);

create table deliveries (
  message text not null primary key references messages (id),
  conversation text not null references conversations (id),
  state text not null,
  attempts bigint not null,
  error text,
  at bigint not null
) without rowid;
create index deliveries_troubled on deliveries (conversation) where state <> 'sent';
create index deliveries_sending on deliveries (message) where state = 'sending';

-- `title` sorts lists, `searchable` holds all titles and the id; both in lower case.
create table entries (
  id text not null primary key,
  kind text not null,
  category text not null,
  title text not null,
  searchable text not null,
  updated_at bigint not null,
  body text not null
);
create index entries_title on entries (title, id);
create index entries_category on entries (category);

create table knowledge_changes (
  version bigint not null primary key,
  entry text not null,
  body text,
  author text not null,
  at bigint not null
);

create table agents (
  id text not null primary key,
  name text not null,
  role text not null,
  lang text not null
) without rowid;

create table sign_ins (
  hash text not null primary key,
  agent text not null references agents (id) on delete cascade,
  expires bigint not null
) without rowid;
create index sign_ins_agent on sign_ins (agent);

create table sessions (
  hash text not null primary key,
  agent text not null references agents (id) on delete cascade,
  expires bigint not null,
  form_token text not null
) without rowid;
create index sessions_agent on sessions (agent);

create table settings (
  key text not null primary key,
  value text not null
) without rowid;

-- `fence` numbers leases over all jobs, so that a job queued again never repeats a number.
create table counters (
  name text not null primary key,
  value bigint not null
) without rowid;
insert into counters (name, value) values ('fence', 0), ('pulse', 0);
