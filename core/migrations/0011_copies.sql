-- What a copy of another database into this one remembers while it is under way, so that it can go on after it was killed.
-- Both tables are empty at any other time.

-- One row: whose copy it is. `source` is a hash of that database's signing key; `schema` the version that the copy began with.
create table copies (
    number bigint not null primary key check (number = 1),
    source bytea not null,
    schema bigint not null
);

-- How many rows were read of each table, in the order of its key, and what their checksum is.
create table copied_tables (
    name text not null primary key,
    row_count bigint not null,
    checksum bytea not null
);
