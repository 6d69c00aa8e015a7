/// The journal's tables. Times are microseconds since 1970; bytes are cut into chunks so that no row is large.
#pragma once

#include "adapters/sqlite/database.hpp"

namespace lienthong::adapters::journal {

/// A message's payload, then its reply, lie in consecutive chunks from first_chunk on.
/// Ids are given without gaps and rows are never deleted. Several messages may have one identity and digest: a source that went
/// back to what it had said.
inline constexpr sqlite::Upgrade upgrades[] = {
    {1, "DROP INDEX message_identity; CREATE INDEX message_identity ON message (source, sender, source_id, digest);"}};
inline constexpr sqlite::Schema schema{"journal", 2, R"sql(
CREATE TABLE message (
    id            INTEGER PRIMARY KEY,
    flow          TEXT NOT NULL,
    source        TEXT NOT NULL,
    sender        TEXT NOT NULL,
    source_id     TEXT NOT NULL,
    digest        TEXT NOT NULL,
    plugin_digest TEXT NOT NULL,
    content_type  TEXT NOT NULL,
    attributes    TEXT NOT NULL,
    received_at   BIGINT NOT NULL,
    first_chunk   BIGINT NOT NULL,
    payload_bytes BIGINT NOT NULL,
    reply_bytes   BIGINT NOT NULL,
    conflict      INTEGER NOT NULL,
    checksum      BIGINT NOT NULL,
    applied       INTEGER NOT NULL
);
CREATE INDEX message_identity ON message (source, sender, source_id, digest);
CREATE INDEX message_unapplied ON message (id) WHERE applied = 0;
CREATE INDEX message_conflict ON message (id) WHERE conflict = 1;
CREATE TABLE chunk (
    id       INTEGER PRIMARY KEY,
    checksum BIGINT NOT NULL,
    bytes    BLOB NOT NULL
);
CREATE TABLE source_cursor (
    flow     TEXT PRIMARY KEY,
    position TEXT NOT NULL
);
)sql", upgrades};

}  // namespace lienthong::adapters::journal
