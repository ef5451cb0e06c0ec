-- The next file changes rows of every organization, which the owner of the table is kept from seeing.

alter table people no force row level security;
