-- Images of the callers. The bytes are in storage, and were written there before the row.
create table images (
    id               uuid primary key,
    -- The order in which rows were made; gaps are normal.
    seq              bigint generated always as identity,
    -- The caller that uploaded it, who alone sees it.
    owner            text not null,
    -- The same bytes of one owner are one image.
    sha256           bytea not null check (octet_length(sha256) = 32),
    -- Used once, so that what no row names can be deleted.
    storage_key      text not null unique,
    bytes            bigint not null check (bytes > 0),
    format           text not null check (format in ('png', 'jpeg', 'webp')),
    -- In pixels: as the file has them, and once it is analysed as they are upright.
    width            integer not null check (width > 0),
    height           integer not null check (height > 0),
    status           text not null default 'queued' check (status in ('queued', 'running', 'done', 'failed')),
    -- Why the last analysis failed.
    reason           text check (reason is null or status = 'failed'),
    -- The last analysis that was ordered: an earlier one that ends late changes nothing.
    job_id           uuid not null,
    -- 1 at first, one more with each change of status; the version of the change's event.
    version          bigint not null default 1 check (version > 0),
    -- What has found the objects, and the pictures that were made with them; null until it is analysed.
    detector         text,
    detector_version text,
    overlay_key      text unique,
    overlay_bytes    bigint,
    overlay_sha256   bytea check (octet_length(overlay_sha256) = 32),
    mask_key         text unique,
    mask_bytes       bigint,
    mask_sha256      bytea check (octet_length(mask_sha256) = 32),
    -- By the api's clock.
    created_at       timestamptz not null,
    analysed_at      timestamptz,
    unique (owner, sha256)
);

-- For lists: all, and those of one status.
create index images_by_creation on images (owner, created_at, seq);
create index images_by_status on images (owner, status, created_at, seq);

-- The circular objects of an image, as its last analysis has them, in pixels of the upright image.
create table image_objects (
    image_id   uuid not null references images on delete cascade,
    -- 1, 2, …, as the overlay has them.
    number     integer not null check (number > 0),
    box_x      double precision not null,
    box_y      double precision not null,
    box_width  double precision not null check (box_width > 0),
    box_height double precision not null check (box_height > 0),
    centroid_x double precision not null,
    centroid_y double precision not null,
    radius     double precision not null check (radius > 0),
    area       double precision not null check (area > 0),
    score      double precision not null check (score between 0 and 1),
    primary key (image_id, number)
);
