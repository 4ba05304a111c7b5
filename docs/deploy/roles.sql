-- Once, as a superuser of PostgreSQL 15 or newer: psql -v owner_password=… -v web_password=… -f roles.sql
-- Two logins, because row-level security does not bind the owner of a table the way it binds everybody else: the server's
-- login owns nothing, so that a query that forgot its account sees no row.
CREATE ROLE steward_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE steward_app NOLOGIN;
CREATE ROLE steward_web LOGIN PASSWORD :'web_password' IN ROLE steward_app;
CREATE DATABASE steward OWNER steward_owner TEMPLATE template0 ENCODING 'UTF8';
