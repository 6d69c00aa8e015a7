// Leaf numbers and checkpoints, as SQL.
#include "adapters/stores/sqlite/leaves.hpp"

namespace lienthong::adapters::store {
namespace {

using sqlite::Blob;
using sqlite::Connection;
using sqlite::Query;

constexpr const char* next_id = "SELECT coalesce(max(id), 0) + 1 FROM leaf";
constexpr const char* insert_leaf_row = "INSERT INTO leaf (id, hash, text) VALUES ($1, $2, $3)";
constexpr const char* leaf_by_id = "SELECT hash, text, id <= (SELECT numbered FROM log) FROM leaf WHERE id = $1";
constexpr const char* read_numbered = "SELECT numbered FROM log";
constexpr const char* write_numbered = "UPDATE log SET numbered = $1";
constexpr const char* hashes_after = "SELECT hash FROM leaf WHERE id > $1 ORDER BY id LIMIT $2";
constexpr const char* numbered_hashes_from =
    "SELECT hash FROM leaf WHERE id > $1 AND id <= (SELECT numbered FROM log) ORDER BY id LIMIT $2";
constexpr const char* insert_row =
    "INSERT INTO checkpoint (size, root, note, cms_der, time) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (size) DO NOTHING";
constexpr const char* root_of = "SELECT root FROM checkpoint WHERE size = $1";
constexpr const char* last_checkpoint = "SELECT size, root, note, cms_der, time FROM checkpoint ORDER BY size DESC LIMIT 1";
constexpr const char* covering = "SELECT size, root, note, cms_der, time FROM checkpoint WHERE size > $1 ORDER BY size LIMIT 1";

std::optional<SealedCheckpoint> checkpoint(Query& query)
{
    if (!query.next())
        return std::nullopt;
    return SealedCheckpoint{static_cast<std::uint64_t>(query.integer(0)), query.text(1), query.text(2), query.text(3),
                            query.text(4)};
}

std::vector<Hash> hashes(Query query)
{
    std::vector<Hash> out;
    while (query.next())
        out.push_back(query.text(0));
    return out;
}

}  // namespace

LeafId insert_leaf(Connection& connection, const Leaf& leaf)
{
    LeafId id = 0;
    {
        Query query = connection.query(next_id);
        query.next();
        id = query.integer(0);
    }
    connection.run(insert_leaf_row, id, Blob{leaf.hash}, Blob{leaf.text});
    return id;
}

std::optional<LeafRow> read_leaf(Connection& connection, LeafId id)
{
    Query query = connection.query(leaf_by_id, id);
    if (!query.next())
        return std::nullopt;
    LeafRow row{{query.text(1), query.text(0)}};
    if (query.integer(2) != 0)
        row.log_index = static_cast<std::uint64_t>(id - 1);
    return row;
}

std::uint64_t count_numbered(Connection& connection)
{
    Query query = connection.query(read_numbered);
    query.next();
    return static_cast<std::uint64_t>(query.integer(0));
}

Result<std::vector<Hash>> number_leaves(Connection& connection, const sqlite::Standing& standing, std::uint64_t next_index,
                                        std::size_t limit)
{
    const std::uint64_t numbered = count_numbered(connection);
    if (numbered != next_index) {
        Problem problem = standing.problem("out_of_order", "leaves are numbered one after the other");
        problem.found = std::to_string(next_index);
        problem.expected = std::to_string(numbered);
        return problem;
    }
    std::vector<Hash> fresh = hashes(connection.query(hashes_after, numbered, limit));
    if (!fresh.empty())
        connection.run(write_numbered, numbered + fresh.size());
    return fresh;
}

std::vector<Hash> read_leaf_hashes(Connection& connection, std::uint64_t from, std::size_t limit)
{
    return hashes(connection.query(numbered_hashes_from, from, limit));
}

Result<void> insert_checkpoint(Connection& connection, const sqlite::Standing& standing, const SealedCheckpoint& checkpoint)
{
    connection.run(insert_row, checkpoint.size, Blob{checkpoint.root}, checkpoint.note, Blob{checkpoint.cms_der},
                   checkpoint.time);
    Query query = connection.query(root_of, checkpoint.size);
    if (query.next() && query.view(0) == checkpoint.root)
        return {};
    return standing.problem("rejected", "a checkpoint of size " + std::to_string(checkpoint.size) + " has another root");
}

std::optional<SealedCheckpoint> read_last_checkpoint(Connection& connection)
{
    Query query = connection.query(last_checkpoint);
    return checkpoint(query);
}

std::optional<SealedCheckpoint> read_checkpoint_covering(Connection& connection, std::uint64_t index)
{
    Query query = connection.query(covering, index);
    return checkpoint(query);
}

}  // namespace lienthong::adapters::store
