// A file of an earlier version becomes one of today's, whole or not at all.
#include "adapters/sqlite/database.hpp"
#include "tests/unit/stores/folder.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::testing;
using adapters::sqlite::Connection;
using adapters::sqlite::Database;
using adapters::sqlite::Query;
using adapters::sqlite::Schema;
using adapters::sqlite::Upgrade;

namespace {

class UpgradedDatabase : public ::testing::Test
{
protected:
    std::string count_or_code(const Schema& schema)
    {
        const auto opened = Database::open(path, schema, 0);
        if (!opened.ok())
            return opened.problem().sentence();
        std::string out;
        const auto read = (*opened)->read<std::int64_t>([&](Connection& connection) -> Result<std::int64_t> {
            Query query = connection.query("SELECT count(*), coalesce(max(note), '') FROM kept");
            query.next();
            out = std::to_string(query.integer(0)) + std::string(query.text(1));
            return query.integer(0);
        });
        return read.ok() ? out : read.problem().sentence();
    }

    Folder folder;
    std::string path = folder.file("kept.db");
};

constexpr Schema first{"kept", 1, "CREATE TABLE kept (id INTEGER PRIMARY KEY); INSERT INTO kept VALUES (1), (2);"};
constexpr const char* now = "CREATE TABLE kept (id INTEGER PRIMARY KEY, note TEXT NOT NULL, more TEXT);";
constexpr Upgrade both[] = {{1, "ALTER TABLE kept ADD COLUMN note TEXT NOT NULL DEFAULT 'x';"}, {2, "ALTER TABLE kept ADD COLUMN more TEXT;"}};

}  // namespace

TEST_F(UpgradedDatabase, KeepsItsRowsThroughEveryVersionInBetween)
{
    ASSERT_TRUE(Database::open(path, first, 0).ok());
    const Schema third{"kept", 3, now, both};
    EXPECT_EQ(count_or_code(third), "2x");
    EXPECT_EQ(count_or_code(third), "2x") << "once";
}

TEST_F(UpgradedDatabase, StaysAsItWasWhenAStepFailsOrIsMissing)
{
    ASSERT_TRUE(Database::open(path, first, 0).ok());
    constexpr Upgrade broken[] = {both[0], {2, "ALTER TABLE kept ADD COLUMN more TEXT; ALTER TABLE gone ADD COLUMN more TEXT;"}};
    EXPECT_NE(count_or_code({"kept", 3, now, broken}).find("gone"), std::string::npos);
    const std::string refused = count_or_code({"kept", 3, now, std::span(both).first(1)});
    EXPECT_NE(refused.find("another version"), std::string::npos) << refused;
    EXPECT_NE(count_or_code({"kept", 4, now, both}).find("another version"), std::string::npos);
    EXPECT_EQ(count_or_code({"kept", 3, now, both}), "2x") << "nothing of the failed attempts was left behind";
}

TEST_F(UpgradedDatabase, OfALaterVersionIsRefused)
{
    ASSERT_TRUE(Database::open(path, Schema{"kept", 3, now, both}, 0).ok());
    EXPECT_NE(count_or_code(first).find("another version"), std::string::npos);
}
