-- For whoever asks what has become of an event. Dead letters are few, and none is written while it is built.
create index dead_letters_of_event on dead_letters (event_id, stored_at, seq) where event_id is not null;
