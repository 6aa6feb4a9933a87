-- What was published together, by whom and why: the changes after `since` up to `version`.
create table publications (
  version bigint not null primary key,
  since bigint not null,
  act text not null,
  author text not null,
  why text not null,
  overridden text,
  result text,
  at bigint not null
);
insert into publications (version, since, act, author, why, at)
  select max(version), min(version) - 1, 'write', author, '', at from knowledge_changes group by author, at;
create index publications_at on publications (at);
create index knowledge_changes_entry on knowledge_changes (entry, version);

-- What shall be published: one draft an entry; without a body the entry shall go. `base` is the entry's latest
-- change when it was written: if another came since, somebody must look again.
create table drafts (
  entry text not null primary key,
  body text,
  base bigint not null,
  stage text not null,
  author text not null,
  agent text not null,
  why text not null,
  note text not null,
  revision bigint not null,
  at bigint not null
);
create index drafts_stage on drafts (stage, at, entry);
insert into counters (name, value) values ('drafts', 0), ('tests', 0);

-- Questions that must be answered by an entry, or by none (`expect` is empty).
create table test_questions (
  text text not null,
  channel text not null,
  plan text not null,
  region text not null,
  expect text not null,
  added_by text not null,
  added_at bigint not null,
  primary key (text, channel, plan, region)
);
create index test_questions_expect on test_questions (expect);

-- The latest questions are asked again before something is published.
create index traces_at on traces (at);

-- What the page or platform tells of its customer.
alter table conversations add column plan text not null default '';
alter table conversations add column region text not null default '';
