-- The id of the event that failed: the dead letter's, or that of the new event that it was redriven as. Null where the record was
-- none, and where a consumer noted the failure that did not know this column.
alter table dead_letter_attempts add column event_id uuid;
