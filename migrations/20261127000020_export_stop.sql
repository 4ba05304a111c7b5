-- A file is written for somebody; it is not finished once they may not have it any more.
alter table activity_export add column stopped boolean not null default false;
