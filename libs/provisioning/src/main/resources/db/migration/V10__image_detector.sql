-- What is to find the objects in the last analysis that was ordered, if its caller has said so; else it is what the worker is configured to.
alter table images add column requested_detector text check (requested_detector in ('builtin', 'kserve'));
