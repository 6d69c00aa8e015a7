// A query's parameters, and a SQLite file asked for its rows. PostgreSQL is asked by tests/end_to_end/sql_test.py.
#include "adapters/transports/sql/sql_transport.hpp"

#include "adapters/transports/sql/bound_query.hpp"
#include "tests/unit/transports/waiting.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace lienthong::adapters {
namespace {

namespace fs = std::filesystem;
using tests::header;
using Names = std::vector<std::string>;

TEST(BoundQuery, NumbersEachParameterOnce)
{
    const BoundQuery query =
        bound_query("SELECT * FROM t WHERE (w, k) > (:watermark, :key) OR w = :watermark LIMIT :limit", Placeholder::numbered);
    EXPECT_EQ(query.text, "SELECT * FROM t WHERE (w, k) > ($1, $2) OR w = $1 LIMIT $3");
    EXPECT_EQ(query.names, (Names{"watermark", "key", "limit"}));
}

TEST(BoundQuery, AsksForEachMentionWhereParametersHaveNoNumbers)
{
    const BoundQuery query = bound_query("w > :w OR w = :w", Placeholder::question);
    EXPECT_EQ(query.text, "w > ? OR w = ?");
    EXPECT_EQ(query.names, (Names{"w", "w"}));
}

TEST(BoundQuery, LeavesLiteralsNamesCommentsAndCastsAlone)
{
    for (const char* text :
         {"SELECT ':a', 'it''s :b', E'\\':c' AS \"x:d\", `y:e`, 1::int, '{}'::text[]", "SELECT 1 -- :a\n/* :b /* :c */ :d */",
          "SELECT $$ :a $$, $t$ :b $$ $t$", "SELECT a[1:2]", "SELECT '10:30'", "SELECT 'open :a"}) {
        const BoundQuery query = bound_query(text, Placeholder::numbered);
        EXPECT_EQ(query.text, text);
        EXPECT_EQ(query.names, Names()) << text;
    }
    EXPECT_EQ(bound_query("'a':b--\n:c", Placeholder::numbered).text, "'a'$1--\n$2");
    EXPECT_EQ(bound_query(":w::timestamptz", Placeholder::numbered).text, "$1::timestamptz");
}

class SqliteTransport : public testing::Test
{
protected:
    SqliteTransport()
    {
        std::string pattern = (fs::temp_directory_path() / "lienthong-sql-XXXXXX").string();
        root_ = ::mkdtemp(pattern.data());
        run("CREATE TABLE so_lieu (id INTEGER PRIMARY KEY, w TEXT, gia_tri TEXT, n NUMERIC, b BLOB);"
            "INSERT INTO so_lieu VALUES (1, '2025-03-01', '1.50', 7, NULL), (2, '2025-03-01', NULL, 2.5, x'00ff'), (3, "
            "'2025-03-02', 'đ', 10, NULL)");
    }
    ~SqliteTransport() override { fs::remove_all(root_); }

    [[nodiscard]] std::string file() const { return (root_ / "kho.db").string(); }
    void run(const char* sql) const
    {
        sqlite3* database = nullptr;
        ASSERT_EQ(sqlite3_open(file().c_str(), &database), SQLITE_OK);
        ASSERT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
        sqlite3_close(database);
    }
    [[nodiscard]] HttpRequest query(const std::string& statement) const
    {
        HttpRequest request = tests::request_for("POST", "sqlite://" + file(), "/query");
        request.body = statement;
        return request;
    }
    HttpAnswer answer(HttpRequest request)
    {
        auto got = tests::answer_of(context_, *transport_, std::move(request));
        return got ? *got : HttpAnswer{-1, {}, got.problem().sentence()};
    }

    fs::path root_;
    boost::asio::io_context context_;
    std::unique_ptr<Transport> transport_ = make_sql_transport(context_.get_executor(), {});
};

TEST_F(SqliteTransport, GivesEveryValueAsTheTextTheDatabaseRenders)
{
    const HttpAnswer got = answer(query("SELECT id, gia_tri, n FROM so_lieu ORDER BY id"));
    EXPECT_EQ(got.status, 200) << header(got, "Why");
    EXPECT_EQ(got.body, R"({"columns":["id","gia_tri","n"],"rows":[["1","1.50","7"],["2",null,"2.5"],["3","đ","10"]]})");
}

TEST_F(SqliteTransport, BindsValuesAndComparesPairs)
{
    HttpRequest request = query("SELECT id FROM so_lieu WHERE (w, id) > (:watermark, :key) ORDER BY w, id LIMIT :limit");
    request.headers = {{"Bind-watermark", "2025%2D03-01"}, {"Bind-key", "1"}, {"Bind-limit", "1"}};
    EXPECT_EQ(answer(request).body, R"({"columns":["id"],"rows":[["2"]]})");
    request.headers = {{"Bind-watermark", "' OR 1=1 --"}, {"Bind-key", "1"}, {"Bind-limit", "9"}};
    EXPECT_EQ(answer(request).body, R"({"columns":["id"],"rows":[["1"],["2"],["3"]]})") << "a value is bound, never pasted";
}

TEST_F(SqliteTransport, RefusesInOneSentence)
{
    struct Row
    {
        const char *statement, *why;
        int status;
    };
    for (const Row& row :
         {Row{"SELEC 1", "the database refuses the query: near \"SELEC\": syntax error", 400},
          Row{"DELETE FROM so_lieu", "the query would write; it may only read", 403},
          Row{"SELECT 1; DELETE FROM so_lieu", "the query is more than one statement", 400},
          Row{"SELECT :khac", "the query has a parameter that nothing is bound to: :khac", 400},
          Row{"SELECT 1 AS a, 2 AS a", "two columns are called 'a': give one of them another name with AS", 400},
          Row{"SELECT b FROM so_lieu ORDER BY id",
              "the column 'b' holds bytes, which are no figures: leave it out of the query, or render it, such as by hex(…)",
              415},
          Row{"SELECT CAST(x'ff' AS TEXT) AS t", "the column 't' holds text that is not UTF-8: convert it in the query", 415},
          Row{"ATTACH '/tmp/x' AS x", "the database refuses the query: too many attached databases - max 0", 400}}) {
        const HttpAnswer got = answer(query(row.statement));
        EXPECT_EQ(got.status, row.status) << row.statement;
        EXPECT_EQ(header(got, "Why"), row.why);
    }
}

TEST_F(SqliteTransport, EndsWhatGivesTooMuchOrTakesTooLong)
{
    const std::string endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT ";
    HttpRequest rows = query(endless + "i FROM n");
    rows.headers = {{"Most-Rows", "3"}};
    EXPECT_EQ(header(answer(rows), "Why"), "the query gives more than 3 rows: end it with LIMIT :limit");
    HttpRequest three = query("SELECT id FROM so_lieu");
    three.headers = {{"Most-Rows", "2"}};
    EXPECT_EQ(answer(three).status, 413);
    three.headers = {{"Most-Rows", "3"}};
    EXPECT_EQ(answer(three).status, 200);
    HttpRequest bytes = query(endless + "printf('%100d', i) FROM n");
    bytes.headers = {{"Most-Rows", "10000"}};
    bytes.answer_limit = 1'000;
    EXPECT_EQ(answer(bytes).status, 413);
    HttpRequest time = query(endless + "count(*) FROM n");
    time.timeout = std::chrono::milliseconds(50);
    const HttpAnswer late = answer(time);
    EXPECT_TRUE(late.status == 504 || late.status == -1) << late.status;
}

TEST_F(SqliteTransport, SaysWhatIsWrongWithTheFile)
{
    HttpRequest missing = tests::request_for("POST", "sqlite:///khong/co.db", "/query");
    missing.body = "SELECT 1";
    EXPECT_EQ(answer(missing).status, 404);
    std::ofstream(root_ / "chu.db") << "Đây không phải cơ sở dữ liệu, dù tên tệp nói vậy. " << std::string(2'000, 'x');
    HttpRequest other = tests::request_for("POST", "sqlite://" + (root_ / "chu.db").string(), "/query");
    other.body = "SELECT * FROM a";
    EXPECT_EQ(answer(other).status, 422);
}

TEST_F(SqliteTransport, RefusesRequestsThatAreNone)
{
    HttpRequest get = query("SELECT 1");
    get.method = "GET";
    HttpRequest where = tests::request_for("POST", "sqlite://" + file(), "/../query");
    where.body = "SELECT 1";
    HttpRequest user = tests::request_for("POST", "postgresql://u:mat-khau@host/db", "/query");
    user.body = "SELECT 1";
    HttpRequest nowhere = tests::request_for("POST", "postgresql:///db", "/query");
    nowhere.body = "SELECT 1";
    HttpRequest most = query("SELECT 1");
    most.headers = {{"Most-Rows", "10001"}};
    HttpRequest tls = query("SELECT 1");
    tls.headers = {{"Tls", "prefer"}};
    HttpRequest bound = query("SELECT :a");
    bound.headers = {{"Bind-a", "%00"}};
    for (const HttpRequest& request : {get, where, user, nowhere, most, tls, bound, query("")}) {
        const auto got = tests::answer_of(context_, *transport_, request);
        ASSERT_FALSE(got.ok());
        EXPECT_EQ(got.problem().code, "transport.bad_request");
        EXPECT_EQ(got.problem().sentence().find("mat-khau"), std::string::npos);
        EXPECT_EQ(got.problem().found.find("mat-khau"), std::string::npos);
    }
}

}  // namespace
}  // namespace lienthong::adapters
