-- A list of one branch of the categories, by title, and the numbers of all branches are read from this alone.

drop index entries_category;
create index entries_tree on entries (category, title, id, kind);
