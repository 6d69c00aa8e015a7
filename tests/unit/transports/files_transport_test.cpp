// A folder of this machine: what is listed, read and moved, and every way that would lead out of it.
#include "adapters/transports/files/files_transport.hpp"

#include "adapters/transports/blocking/blocking_transport.hpp"
#include "adapters/transports/files/opened_folder.hpp"
#include "tests/unit/transports/waiting.hpp"

#include <gtest/gtest.h>
#include <sys/fsuid.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>

namespace lienthong::adapters {
namespace {

namespace fs = std::filesystem;
using tests::header;

class FilesTransport : public testing::Test
{
protected:
    FilesTransport()
    {
        std::string pattern = (fs::temp_directory_path() / "lienthong-folder-XXXXXX").string();
        root_ = ::mkdtemp(pattern.data());
        folder_ = root_ / "nhận tệp";
        fs::create_directory(folder_);
    }
    ~FilesTransport() override { fs::remove_all(root_); }

    void write(const fs::path& name, const std::string& text) const { std::ofstream(folder_ / name, std::ios::binary) << text; }
    static std::string read(const fs::path& path)
    {
        std::ifstream stream(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), {}};
    }
    Result<HttpAnswer> ask(HttpRequest request) { return tests::answer_of(context_, *transport_, std::move(request)); }
    [[nodiscard]] HttpRequest request(const std::string& method, const std::string& target) const
    {
        std::string encoded;
        for (const char c : folder_.string())
            encoded += c == ' ' ? "%20" : std::string(1, c);
        return tests::request_for(method, "file://" + encoded, target);
    }
    HttpAnswer answer(HttpRequest asked)
    {
        auto got = ask(std::move(asked));
        return got ? *got : HttpAnswer{-1, {}, got.problem().sentence()};
    }
    HttpRequest move(const std::string& target, const std::string& into, const std::string& note = {}) const
    {
        HttpRequest asked = request("MOVE", target);
        asked.headers = {{"Destination", into}};
        if (!note.empty())
            asked.headers.emplace_back("Beside", ".ket-qua.txt");
        asked.body = note;
        return asked;
    }

    fs::path root_, folder_;
    boost::asio::io_context context_;
    std::unique_ptr<Transport> transport_ = make_files_transport(context_.get_executor());
};

TEST_F(FilesTransport, ListsPlainFilesOldestFirstAndTellsWhatCannotBeAskedFor)
{
    write("b.csv", "12345");
    write("a.csv", "1");
    fs::last_write_time(folder_ / "b.csv", fs::last_write_time(folder_ / "a.csv") - std::chrono::hours(1));
    write(".an", "");
    write("xấu\xFF.csv", "");
    write("hai\ndòng.csv", "");
    fs::create_symlink("/etc/passwd", folder_ / "lien-ket.csv");
    fs::create_directory(folder_ / "da-nhan");
    ASSERT_EQ(::mkfifo((folder_ / "ong").c_str(), 0600), 0);
    const HttpAnswer got = answer(request("GET", "/"));
    ASSERT_EQ(got.status, 200) << got.body;
    EXPECT_EQ(got.body.find(R"({"files":[{"name":"b.csv","size":5,"modified":)"), 0U) << got.body;
    EXPECT_NE(got.body.find(R"({"name":"a.csv","size":1,)"), std::string::npos) << got.body;
    EXPECT_NE(
        got.body.find(
            R"("left_out":[{"name":"hai\\x0ad\\xc3\\xb2ng.csv","why":"the name holds a slash, a backslash or a control character"},)"
            R"({"name":"lien-ket.csv","why":"it is a symbolic link"},{"name":"ong","why":"it is no plain file"},)"
            R"({"name":"x\\xe1\\xba\\xa5u\\xff.csv","why":"the name is not UTF-8"}],"more":false})"),
        std::string::npos)
        << got.body;
}

TEST_F(FilesTransport, ReadsAFileWithItsLengthAndDigest)
{
    write("số liệu.csv", "abc");
    const HttpAnswer got = answer(request("GET", "/s%E1%BB%91%20li%E1%BB%87u.csv"));
    EXPECT_EQ(got.status, 200);
    EXPECT_EQ(got.body, "abc");
    EXPECT_EQ(header(got, "Content-Length"), "3");
    EXPECT_EQ(header(got, "Content-Sha256"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_F(FilesTransport, RefusesAFileLargerThanTheRequestAllowsWithoutReadingIt)
{
    write("lon.csv", "12345678901");
    HttpRequest asked = request("GET", "/lon.csv");
    asked.answer_limit = 10;
    const HttpAnswer got = answer(asked);
    EXPECT_EQ(got.status, 413);
    EXPECT_EQ(header(got, "Why"), "the file has 11 bytes, more than the 10 that are taken: split it into several files");
    EXPECT_EQ(got.body, "");
}

TEST_F(FilesTransport, LetsNoNameLeadOutOfTheFolder)
{
    std::ofstream(root_ / "ngoai.csv") << "bi mat";
    fs::create_symlink(root_ / "ngoai.csv", folder_ / "tep.csv");
    fs::create_directory_symlink(root_, folder_ / "thu-muc");
    for (const char* target :
         {"/../ngoai.csv", "/%2E%2E%2Fngoai.csv", "/a%2F..%2F../ngoai.csv", "/%2e%2e/ngoai.csv", "/a%00/b",
          "/thu-muc%2Fngoai.csv", "/%2Fetc%2Fpasswd", "/tep.csv%00", "/..", "/.an", "/a%0Ab", "/%FF", "/%zz", "/a%2"}) {
        const auto got = ask(request("GET", target));
        ASSERT_FALSE(got.ok()) << target << " was answered with " << got->status;
        EXPECT_EQ(got.problem().code, "transport.bad_request") << target;
    }
    EXPECT_EQ(answer(request("GET", "/tep.csv")).status, 422);
    const HttpAnswer linked = answer(request("GET", "/thu-muc/ngoai.csv"));
    EXPECT_EQ(linked.status, 422);
    EXPECT_NE(header(linked, "Why").find("is reached through a symbolic link: give its real path"), std::string::npos);
    write("a.csv", "1");
    for (const char* into : {"..", "/tmp", "a/b", ""})
        EXPECT_EQ(answer(move("/a.csv", into)).status, -1) << into;
    EXPECT_EQ(answer(move("/a.csv", "thu-muc")).status, 422);
    EXPECT_EQ(read(folder_ / "a.csv"), "1");
    EXPECT_FALSE(fs::exists(root_ / "a.csv"));
}

TEST_F(FilesTransport, TakesNoOtherFolderThanAnAbsoluteOneOfThisMachine)
{
    for (const char* endpoint : {"file://host/x", "file://x", "http://x"}) {
        const auto got = ask(tests::request_for("GET", endpoint, "/"));
        ASSERT_FALSE(got.ok()) << endpoint;
        EXPECT_EQ(got.problem().code, "transport.bad_request");
    }
    EXPECT_EQ(answer(tests::request_for("GET", "file:///khong/co", "/")).status, 404);
    for (const char* method : {"PUT", "DELETE", "POST"})
        EXPECT_EQ(answer(request(method, "/a.csv")).status, -1);
}

TEST_F(FilesTransport, MovesWithANoteBesideAndReplacesNothing)
{
    fs::create_directory(folder_ / "da-nhan");
    write("da-nhan/a.csv", "earlier");
    write("da-nhan/a.2.csv.ket-qua.txt", "a note that lost its file");
    write("a.csv", "now");
    const HttpAnswer got = answer(move("/a.csv", "da-nhan", "đã nhận"));
    EXPECT_EQ(got.status, 201) << header(got, "Why");
    EXPECT_EQ(header(got, "Location"), "da-nhan/a.3.csv");
    EXPECT_EQ(read(folder_ / "da-nhan/a.csv"), "earlier");
    EXPECT_EQ(read(folder_ / "da-nhan/a.3.csv"), "now");
    EXPECT_EQ(read(folder_ / "da-nhan/a.3.csv.ket-qua.txt"), "đã nhận");
    EXPECT_FALSE(fs::exists(folder_ / "a.csv"));
    EXPECT_EQ(answer(move("/a.csv", "da-nhan", "đã nhận")).status, 404);
    EXPECT_FALSE(fs::exists(folder_ / "da-nhan/a.4.csv.ket-qua.txt"));
}

TEST_F(FilesTransport, MakesTheSubfolderThatIsMissing)
{
    write("không đuôi", "x");
    EXPECT_EQ(answer(move("/kh%C3%B4ng%20%C4%91u%C3%B4i", "trung")).status, 201);
    EXPECT_EQ(read(folder_ / "trung/không đuôi"), "x");
}

/// Takes the rights of root from this thread, as a hub has none.
class WithoutRights
{
public:
    WithoutRights()
    {
        ::setfsgid(65534);
        ::setfsuid(65534);
    }
    ~WithoutRights()
    {
        ::setfsuid(::geteuid());
        ::setfsgid(::getegid());
    }
};

TEST_F(FilesTransport, SaysWhatToDoWhereItHasNoPermission)
{
    write("kin.csv", "x");
    write("mo.csv", "x");
    const Deadline late = std::chrono::steady_clock::now() + std::chrono::hours(1);
    ASSERT_EQ(::chmod((folder_ / "kin.csv").c_str(), 0), 0);
    ASSERT_EQ(::chmod(root_.c_str(), 0755), 0);
    ASSERT_EQ(::chmod(folder_.c_str(), 0555), 0);
    {
        const WithoutRights nobody;
        const OpenedFolder folder(folder_.string());
        const HttpAnswer got = folder.read("kin.csv", 100, late);
        EXPECT_EQ(got.status, 403);
        EXPECT_EQ(
            header(got, "Why"),
            "the file 'kin.csv' cannot be read: Permission denied; let the hub's user read and write this folder and its files");
        FolderCall call;
        call.name = "mo.csv";
        call.destination = "da-nhan";
        EXPECT_EQ(folder.move(call).status, 403);
    }
    ASSERT_EQ(::chmod(folder_.c_str(), 0), 0);
    {
        const WithoutRights nobody;
        const OpenedFolder folder(folder_.string());
        ASSERT_FALSE(folder.is_open());
        EXPECT_EQ(folder.refused_at_opening().status, 403);
    }
    ASSERT_EQ(::chmod(folder_.c_str(), 0755), 0);
}

TEST(BlockingTransport, AnswersAtTheDeadlineThoughTheWorkHangs)
{
    boost::asio::io_context context;
    std::promise<void> never;
    const auto hanging =
        make_blocking_transport(context.get_executor(), [wait = never.get_future().share()](const HttpRequest&, Deadline) {
            wait.wait();
            return Result<HttpAnswer>(HttpAnswer{200, {}, "too late"});
        });
    std::optional<Result<HttpAnswer>> answer;
    HttpRequest request;
    request.timeout = std::chrono::milliseconds(20);
    hanging->ask(request, [&](Result<HttpAnswer> got) {
        EXPECT_FALSE(answer) << "answered twice";
        answer = std::move(got);
        never.set_value();
    });
    context.run();
    ASSERT_TRUE(answer);
    ASSERT_FALSE(answer->ok());
    EXPECT_EQ(answer->problem().code, "transport.unknown");
}

TEST(BlockingTransport, APlaceThatHangsKeepsNobodyWaitingWhoAsksAnother)
{
    boost::asio::io_context context;
    std::promise<void> end;
    std::atomic<int> begun = 0;
    auto transport = make_blocking_transport(context.get_executor(), [&, wait = end.get_future().share()](const HttpRequest& request, Deadline) {
        if (request.url.starts_with("postgresql://dead")) {
            ++begun;
            wait.wait();
        }
        return Result<HttpAnswer>(HttpAnswer{200, {}, {}});
    });
    HttpRequest request;
    request.url = "postgresql://dead:5432/so-lieu";
    request.timeout = std::chrono::seconds(1);
    int unanswered = 0, answered = 0;
    for (int i = 0; i < 5; ++i)
        transport->ask(request, [&](const Result<HttpAnswer>& got) { unanswered += got.ok() ? 0 : 1; });
    for (const char* url : {"postgresql://alive:5432/so-lieu", "sqlite:///srv/so-lieu.db"}) {
        request.url = url;
        transport->ask(request, [&](const Result<HttpAnswer>& got) { answered += got.ok() ? 1 : 0; });
    }
    while (answered < 2)
        context.run_one();
    EXPECT_EQ(unanswered, 0) << "the dead one was not given up yet";
    while (unanswered < 5)
        context.run_one();
    end.set_value();
    transport.reset();
    EXPECT_EQ(begun, 2) << "what had not begun by its deadline is not done afterwards";
}

TEST(BlockingTransport, WhatWaitsTogetherIsAServerOrAFileAndNotAQuery)
{
    EXPECT_EQ(place_of("sftp://files:2222/in/a.csv"), "sftp://files:2222");
    EXPECT_EQ(place_of("postgresql://db?sslmode=x"), "postgresql://db");
    EXPECT_EQ(place_of("file:///srv/in?list"), "file:///srv/in");
    EXPECT_EQ(place_of("odbc:"), "odbc:");
}

TEST(BlockingTransport, TurnsAnExceptionIntoAProblem)
{
    boost::asio::io_context context;
    const auto throwing = make_blocking_transport(
        context.get_executor(), [](const HttpRequest&, Deadline) -> Result<HttpAnswer> { throw std::runtime_error("no"); });
    const auto got = tests::answer_of(context, *throwing, {});
    ASSERT_FALSE(got.ok());
    EXPECT_EQ(got.problem().code, "transport.unknown");
}

}  // namespace
}  // namespace lienthong::adapters
