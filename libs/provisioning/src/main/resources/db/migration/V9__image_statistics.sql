-- What was found in the images of each caller, day by day, as the consumer learns it from their events. An image that is analysed again
-- counts again, and one that is deleted stays counted. Never deleted by retention: it is a row a day for each caller who uploads.
create table image_statistics (
    -- Who alone sees it.
    owner   text not null,
    -- Of the analyses, in UTC.
    day     date not null,
    images  bigint not null check (images > 0),
    objects bigint not null check (objects >= 0),
    primary key (owner, day)
);
