-- The handler that a replay calls with the events, instead of sending them to the topic; null for the topic.
alter table replays add column handler text;
