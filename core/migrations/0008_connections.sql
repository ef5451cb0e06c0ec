-- What a token's clients are given otherwise than everybody else, and the key that signs what clients hand back.

-- Words such as `room:name` with blanks between them; null is none.
alter table tokens add column quirks text;

-- One row. Whoever brings the schema up to date fills it, under the same lock: 32 random bytes.
create table signing_keys (
    number bigint not null primary key check (number = 1),
    secret bytea not null
);
