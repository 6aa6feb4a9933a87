-- Conversations that people should look at before others: urgent, a complaint, or going badly.
alter table conversations add column pressing boolean not null default false;
