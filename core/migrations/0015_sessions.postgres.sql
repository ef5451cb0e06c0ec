-- Text is compared by its bytes, as everywhere.
alter table tokens alter column session_agent type text collate "C";
