-- Run once, by the image, on an empty volume. The programs' role owns its database and is nothing more; the superuser has no password
-- left, so that it comes in from within the pod alone.
\getenv password POSTGRES_PASSWORD
create role sluice login password :'password';
create database sluice owner sluice;
alter role postgres password null;
