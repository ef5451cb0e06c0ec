-- A token that is a session of a browser, at the web console: what the browser calls itself. Absent in every other token.
alter table tokens add column session_agent text;
