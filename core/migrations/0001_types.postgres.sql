-- Text compared by code point, as SQLite compares every text. Case was folded before it came here.
create domain folded_text as text collate "C";
