-- What becomes of findings about the knowledge, what links outside said, and what each entry is worth.

-- A finding is known by a name made of the texts it is about: when they change, it is another one.
create table settled_findings (
  key text not null primary key,
  reason text not null,
  settled_by text not null,
  settled_at bigint not null
) without rowid;

-- `failure` is null where the address answered.
create table link_checks (
  url text not null primary key,
  failure text,
  checked_at bigint not null
) without rowid;

-- Sums that follow every answer and every judgement, in the same transaction. `day` counts days since 1970 UTC.
create table entry_values (
  entry text not null primary key,
  asked bigint not null,
  answered bigint not null,
  helped bigint not null,
  harmed bigint not null,
  used_at bigint
) without rowid;
create index entry_values_asked on entry_values (asked, entry);
create index entry_values_harmed on entry_values (harmed, entry);

create table entry_days (
  entry text not null,
  day bigint not null,
  asked bigint not null,
  answered bigint not null,
  helped bigint not null,
  harmed bigint not null,
  primary key (entry, day)
) without rowid;

-- Answers after which a person was brought in: each once.
create table handed_over (
  answer text not null primary key,
  at bigint not null
) without rowid;

-- From what is stored already.
insert into entry_days (entry, day, asked, answered, helped, harmed)
select used.value, t.at / 86400000000, count(*),
  sum(json_extract(t.body, '$.rung') in ('exact', 'composed', 'generated', 'action')),
  sum(json_extract(t.body, '$.rung') in ('exact', 'composed', 'generated', 'action') and coalesce(f.thumb = 'up', false)),
  sum(json_extract(t.body, '$.rung') in ('exact', 'composed', 'generated', 'action') and coalesce(f.thumb = 'down', false))
from traces t join json_each(t.body, '$.used') used left join feedback f on f.answer = t.id
group by used.value, t.at / 86400000000;

insert into entry_values (entry, asked, answered, helped, harmed, used_at)
select used.value, count(*),
  sum(json_extract(t.body, '$.rung') in ('exact', 'composed', 'generated', 'action')),
  sum(json_extract(t.body, '$.rung') in ('exact', 'composed', 'generated', 'action') and coalesce(f.thumb = 'up', false)),
  sum(json_extract(t.body, '$.rung') in ('exact', 'composed', 'generated', 'action') and coalesce(f.thumb = 'down', false)),
  max(case when json_extract(t.body, '$.rung') in ('exact', 'composed', 'generated', 'action') then t.at end)
from traces t join json_each(t.body, '$.used') used left join feedback f on f.answer = t.id
group by used.value;
