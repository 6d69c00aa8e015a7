// The tables and indexes of version 6.
#include "adapters/stores/sqlite/schema.hpp"

namespace lienthong::adapters::store {
namespace {

#define PARTNER_NAME_TABLE                                                                                            \
    "CREATE TABLE partner_name (id INTEGER PRIMARY KEY, flow TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,"   \
    " name TEXT NOT NULL, why TEXT NOT NULL, at BIGINT NOT NULL);"                                                    \
    "CREATE INDEX partner_name_fact ON partner_name (flow, kind, key, id);"

/// What was told before the table of names was there has none; items of before tell all of their leaf.
constexpr sqlite::Upgrade upgrades[] = {{5, PARTNER_NAME_TABLE R"sql(
ALTER TABLE outbox ADD COLUMN facts_from BIGINT NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN facts_below BIGINT NOT NULL DEFAULT 0;
DROP INDEX outbox_once;
CREATE UNIQUE INDEX outbox_once ON outbox (flow, leaf, facts_from);
)sql"}};

}  // namespace

// Ids rise with commits: of a later submission, every revision id is greater. So the revisions of one submission are
// the ids from first_revision to below_revision.
// Every leaf of the log has a row in leaf, with ids from 1 and without gaps; what the leaf is of (a submission, a
// settlement) has its id. A leaf's number in the log is one less than its id, and is given once log.numbered reaches it.
//
// The key's index is ordered as readers ask: indicator and period first.
// revision names its series and submission without REFERENCES: one function gives all three their ids in one
// transaction, and the checks were an eighth of the work of a bulk load.
// Each revision names the one before it in its series, and the series' head the last: a bulk of figures told anew
// appends to one table and moves heads that lie close together, where an index by series and number would be torn open
// at a thousand places and written to disk page by page.
// series_head.told_at is when the latest message that told the figure, changed or not, was received.
// submission.states and .accepted are written in encoding.hpp's and accepted.hpp's forms.
// Which agencies tell one figure stands in series_key, side by side; settlement only says which of them stands, and over
// which of their revisions (encoding.hpp). Its rows are never changed: the last one of a figure counts.
// Of each figure one series' head is served. Most figures have one teller, so revision.served says of almost every row
// that it was served by being told; served_again has the leaves under which one told before came to be served instead
// (because: ServedBecause). Both never change: in the order of leaf and cause they are the feed of what is served.
// shared_figure has the figures that several agencies tell, and how they stand (claims.hpp). figure_rules has what they
// were judged by, or nothing where not all of them were judged by the same.
// rule_break has figures that break a rule between figures: one open row a rule and subject, and what was mended for good.
// rule_reach is how far what is served was held against the rules, and which rules; both move together.
// partner_name is only ever added to: of a flow's fact the row with the greatest id counts.
// An outbox item of facts may be a part of what its leaf told: the versions from facts_from to facts_below, both 0 for all of it.
// A quarantine row stays when its record leaves (its state moves), so that every record is counted exactly once.
const sqlite::Schema schema{"store", 6, R"sql(
CREATE TABLE leaf (
    id   INTEGER PRIMARY KEY,
    hash BLOB NOT NULL,
    text BLOB NOT NULL
);

CREATE TABLE log (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    numbered BIGINT NOT NULL
);
INSERT INTO log (id, numbered) VALUES (1, 0);

CREATE TABLE submission (
    id               INTEGER PRIMARY KEY,
    message          BIGINT NOT NULL,
    replay           INTEGER NOT NULL,
    mode             INTEGER NOT NULL,
    flow             TEXT NOT NULL,
    connector        TEXT NOT NULL,
    sender           TEXT NOT NULL,
    catalogue_digest TEXT NOT NULL,
    mapping_digest   TEXT NOT NULL,
    received_at      BIGINT NOT NULL,
    applied_at       BIGINT NOT NULL,
    first_revision   BIGINT NOT NULL,
    below_revision   BIGINT NOT NULL,
    states           BLOB NOT NULL,
    accepted         BLOB NOT NULL,
    answer           BLOB NOT NULL
);
CREATE UNIQUE INDEX submission_once ON submission (message) WHERE replay = 0;
CREATE INDEX submission_message ON submission (message, id) WHERE replay = 1;

CREATE TABLE series (
    id        INTEGER PRIMARY KEY,
    indicator TEXT NOT NULL,
    measure   TEXT NOT NULL,
    period    TEXT NOT NULL,
    area      TEXT NOT NULL,
    breakdown TEXT NOT NULL,
    agency    TEXT NOT NULL
);
CREATE UNIQUE INDEX series_key ON series (indicator, period, area, measure, breakdown, agency);

CREATE TABLE series_head (
    series  INTEGER PRIMARY KEY,
    current BIGINT NOT NULL,
    told_at BIGINT NOT NULL,
    served  INTEGER NOT NULL
);

CREATE TABLE revision (
    id            INTEGER PRIMARY KEY,
    series        BIGINT NOT NULL,
    number        BIGINT NOT NULL,
    previous      BIGINT,
    value         TEXT NOT NULL,
    unit          TEXT NOT NULL,
    vintage       INTEGER NOT NULL,
    availability  INTEGER NOT NULL,
    period_window TEXT NOT NULL,
    source        TEXT NOT NULL,
    submission    BIGINT NOT NULL,
    record        BIGINT NOT NULL,
    served        INTEGER NOT NULL
);

CREATE TABLE served_again (
    leaf     BIGINT NOT NULL,
    cause    BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    because  INTEGER NOT NULL,
    PRIMARY KEY (leaf, cause)
);

CREATE TABLE shared_figure (
    indicator TEXT NOT NULL,
    measure   TEXT NOT NULL,
    period    TEXT NOT NULL,
    area      TEXT NOT NULL,
    breakdown TEXT NOT NULL,
    state     INTEGER NOT NULL,
    PRIMARY KEY (indicator, measure, period, area, breakdown)
);
CREATE INDEX shared_open ON shared_figure (indicator, measure, period, area, breakdown) WHERE state = 1;

CREATE TABLE figure_rules (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    digest TEXT NOT NULL
);
INSERT INTO figure_rules (id, digest) VALUES (1, '');

CREATE TABLE fact (
    id      INTEGER PRIMARY KEY,
    kind    TEXT NOT NULL,
    key     TEXT NOT NULL,
    current BIGINT NOT NULL,
    told_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX fact_key ON fact (kind, key);

CREATE TABLE fact_revision (
    id         INTEGER PRIMARY KEY,
    fact       BIGINT NOT NULL REFERENCES fact (id),
    number     BIGINT NOT NULL,
    fields     BLOB NOT NULL,
    submission BIGINT NOT NULL REFERENCES submission (id),
    record     BIGINT NOT NULL
);
CREATE UNIQUE INDEX fact_revision_number ON fact_revision (fact, number);

CREATE TABLE quarantine (
    id         INTEGER PRIMARY KEY,
    submission BIGINT NOT NULL REFERENCES submission (id),
    message    BIGINT NOT NULL,
    record     BIGINT NOT NULL,
    state      INTEGER NOT NULL,
    place      TEXT NOT NULL,
    excerpt    BLOB NOT NULL,
    problems   BLOB NOT NULL,
    reason     TEXT NOT NULL,
    since      BIGINT NOT NULL
);
CREATE UNIQUE INDEX quarantine_record ON quarantine (message, record);
CREATE INDEX quarantine_state ON quarantine (state, id);

CREATE TABLE tally (
    id        INTEGER PRIMARY KEY CHECK (id = 1),
    messages  BIGINT NOT NULL,
    received  BIGINT NOT NULL,
    stored    BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    refused   BIGINT NOT NULL,
    returned  BIGINT NOT NULL,
    closed    BIGINT NOT NULL,
    waiting   BIGINT NOT NULL
);
INSERT INTO tally (id, messages, received, stored, unchanged, refused, returned, closed, waiting)
VALUES (1, 0, 0, 0, 0, 0, 0, 0, 0);

CREATE TABLE settlement (
    id         INTEGER PRIMARY KEY,
    indicator  TEXT NOT NULL,
    measure    TEXT NOT NULL,
    period     TEXT NOT NULL,
    area       TEXT NOT NULL,
    breakdown  TEXT NOT NULL,
    agency     TEXT NOT NULL,
    reason     TEXT NOT NULL,
    settled_by TEXT NOT NULL,
    settled_at BIGINT NOT NULL,
    revisions  BLOB NOT NULL
);
CREATE INDEX settlement_figure ON settlement (indicator, period, area, measure, breakdown, id);

CREATE TABLE checkpoint (
    size    INTEGER PRIMARY KEY,
    root    BLOB NOT NULL,
    note    TEXT NOT NULL,
    cms_der BLOB NOT NULL,
    time    TEXT NOT NULL
);

CREATE TABLE outbox (
    id          INTEGER PRIMARY KEY,
    flow        TEXT NOT NULL,
    leaf        BIGINT NOT NULL REFERENCES leaf (id),
    state       INTEGER NOT NULL,
    attempts    BIGINT NOT NULL,
    begun_at    BIGINT,
    not_before  BIGINT NOT NULL,
    receipt     BLOB NOT NULL,
    problem     TEXT NOT NULL,
    facts_from  BIGINT NOT NULL,
    facts_below BIGINT NOT NULL
);
CREATE UNIQUE INDEX outbox_once ON outbox (flow, leaf, facts_from);
CREATE INDEX outbox_open ON outbox (flow, id) WHERE state <= 2;
CREATE TABLE outbox_reach (
    flow        TEXT PRIMARY KEY,
    except_flow TEXT NOT NULL,
    below       BIGINT NOT NULL
);

)sql" PARTNER_NAME_TABLE R"sql(
CREATE TABLE identity (
    id            TEXT PRIMARY KEY,
    secret_digest TEXT NOT NULL UNIQUE,
    sender        TEXT NOT NULL,
    agencies      BLOB NOT NULL,
    roles         BLOB NOT NULL,
    issued_at     BIGINT NOT NULL,
    revoked_at    BIGINT,
    note          TEXT NOT NULL
);

CREATE TABLE rule_reach (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    leaf   BIGINT NOT NULL,
    cause  BIGINT NOT NULL,
    digest TEXT NOT NULL
);
INSERT INTO rule_reach (id, leaf, cause, digest) VALUES (1, 1, 0, '');

CREATE TABLE rule_break (
    id        INTEGER PRIMARY KEY,
    rule      TEXT NOT NULL,
    indicator TEXT NOT NULL,
    measure   TEXT NOT NULL,
    period    TEXT NOT NULL,
    area      TEXT NOT NULL,
    breakdown TEXT NOT NULL,
    severity  TEXT NOT NULL,
    revisions BLOB NOT NULL,
    expected  TEXT NOT NULL,
    since     BIGINT NOT NULL,
    mended_at BIGINT,
    mended_by TEXT NOT NULL
);
CREATE UNIQUE INDEX rule_break_open ON rule_break (rule, indicator, measure, period, area, breakdown) WHERE mended_at IS NULL;

CREATE TABLE compliance_event (
    id      INTEGER PRIMARY KEY,
    at      BIGINT NOT NULL,
    kind    TEXT NOT NULL,
    subject TEXT NOT NULL,
    agency  TEXT NOT NULL,
    period  TEXT NOT NULL,
    who     TEXT NOT NULL,
    why     TEXT NOT NULL,
    act     TEXT NOT NULL,
    body    TEXT NOT NULL
);
)sql", upgrades};

#undef PARTNER_NAME_TABLE

}  // namespace lienthong::adapters::store
