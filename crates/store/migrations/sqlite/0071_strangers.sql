-- Somebody who tries out phone numbers for an order.
create index calls_strangers on calls (moved_at) where user_id is null and status = 404;
