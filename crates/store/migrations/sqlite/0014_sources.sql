-- Where knowledge comes from by itself: what each source did last, and the documents that it has. `base` is what a
-- document said when it was last taken, so that a later visit can tell the source's changes from people's.

create table source_runs (
  source text not null primary key,
  began_at bigint not null,
  ended_at bigint not null,
  problem text,
  counts text not null
);

create table source_documents (
  source text not null,
  address text not null,
  status text not null,
  detail text not null,
  entries text not null,
  base text not null,
  etag text,
  last_modified text,
  hash text not null,
  checked_at bigint not null,
  changed_at bigint,
  primary key (source, address)
);
