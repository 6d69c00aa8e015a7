// Leaf numbers and checkpoints, as SQL.
#include "adapters/stores/sqlite/leaves.hpp"

namespace lienthong::adapters::store {
namespace {

using sqlite::Blob;
using sqlite::Connection;
using sqlite::Query;

constexpr const char* last_numbered =
    "SELECT log_index, id FROM submission WHERE log_index IS NOT NULL ORDER BY log_index DESC LIMIT 1";
// Numbers are given in the order of ids, so all that is unnumbered lies above the last numbered one.
constexpr const char* unnumbered = "SELECT id, leaf_hash FROM submission WHERE id > $1 ORDER BY id LIMIT $2";
constexpr const char* give_number = "UPDATE submission SET log_index = $1 WHERE id = $2";
constexpr const char* hashes_from =
    "SELECT leaf_hash FROM submission WHERE log_index IS NOT NULL AND log_index >= $1 ORDER BY log_index LIMIT $2";
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

struct LastNumbered
{
    std::int64_t next_index = 0;
    SubmissionId id = 0;
};

LastNumbered read_last_numbered(Connection& connection)
{
    Query query = connection.query(last_numbered);
    if (!query.next())
        return {};
    return {query.integer(0) + 1, query.integer(1)};
}

}  // namespace

std::uint64_t count_numbered(Connection& connection)
{
    return static_cast<std::uint64_t>(read_last_numbered(connection).next_index);
}

Result<std::vector<Hash>> number_leaves(Connection& connection, const sqlite::Standing& standing, std::uint64_t next_index,
                                        std::size_t limit)
{
    const LastNumbered last = read_last_numbered(connection);
    if (static_cast<std::uint64_t>(last.next_index) != next_index) {
        Problem problem = standing.problem("out_of_order", "leaves are numbered one after the other");
        problem.found = std::to_string(next_index);
        problem.expected = std::to_string(last.next_index);
        return problem;
    }
    std::vector<SubmissionId> ids;
    std::vector<Hash> hashes;
    {
        Query query = connection.query(unnumbered, last.id, limit);
        while (query.next()) {
            ids.push_back(query.integer(0));
            hashes.push_back(query.text(1));
        }
    }
    for (const SubmissionId id : ids)
        connection.run(give_number, next_index++, id);
    return hashes;
}

std::vector<Hash> read_leaf_hashes(Connection& connection, std::uint64_t from, std::size_t limit)
{
    std::vector<Hash> hashes;
    Query query = connection.query(hashes_from, from, limit);
    while (query.next())
        hashes.push_back(query.text(0));
    return hashes;
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
