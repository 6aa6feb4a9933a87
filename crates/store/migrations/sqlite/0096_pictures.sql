-- Pictures of the knowledge, named by what they hold. A backup holds them as it holds everything.

create table pictures (
  name text not null primary key,
  bytes blob not null,
  kept_at bigint not null
);
