// Frames arrive whole from any pieces, and bytes that are no frames end the conversation.
#include "hub/process/frame.hpp"
#include "hub/process/protocol.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace lienthong::process {
namespace {

/// Feeds `bytes` in pieces of at most `piece` and gathers what comes out.
std::vector<Frame> read_in_pieces(FrameReader& reader, std::string_view bytes, std::size_t piece)
{
    std::vector<Frame> frames;
    while (!bytes.empty()) {
        const auto space = reader.space();
        const std::size_t size = std::min({piece, bytes.size(), space.size()});
        std::copy_n(bytes.data(), size, space.data());
        reader.filled(size);
        bytes.remove_prefix(size);
        while (auto frame = reader.next())
            frames.push_back(std::move(*frame));
    }
    return frames;
}

TEST(Frame, ArrivesWholeFromPiecesOfAnySize)
{
    std::vector<Frame> sent = {
        {1, 0, ""}, {2, 1, "x"}, {3, 1ULL << 60U, std::string(300'000, 'y')}, {4, 7, std::string(65'536, 'z')}};
    std::string bytes;
    for (const Frame& frame : sent)
        bytes += encode_frame(frame.kind, frame.id, frame.body);
    for (const std::size_t piece : {std::size_t{1}, std::size_t{15}, std::size_t{17}, std::size_t{65'536}, bytes.size()}) {
        FrameReader reader;
        EXPECT_EQ(read_in_pieces(reader, bytes, piece), sent) << piece;
        EXPECT_FALSE(reader.bad());
    }
}

TEST(Frame, RefusesASizeAboveTheLimitBeforeItsBodyArrives)
{
    FrameReader reader(10);
    EXPECT_TRUE(read_in_pieces(reader, encode_frame(1, 2, "12345678901").substr(0, frame_header_bytes), 100).empty());
    EXPECT_TRUE(reader.bad());
    EXPECT_EQ(reader.fault(), "a frame of 11 bytes where 10 are allowed");
}

TEST(Frame, RefusesAHeaderWithSomethingInItsFiller)
{
    std::string bytes = encode_frame(1, 2, "");
    bytes[6] = 1;
    FrameReader reader;
    EXPECT_TRUE(read_in_pieces(reader, bytes, 100).empty());
    EXPECT_TRUE(reader.bad());
}

TEST(Frame, TakesRandomBytesWithoutHarm)
{
    std::mt19937 random(7);
    for (int i = 0; i < 20'000; ++i) {
        std::string bytes(random() % 64, '\0');
        for (char& c : bytes)
            c = random() % 2 == 0 ? '\0' : static_cast<char>(random());
        FrameReader reader(1000);
        for (const Frame& frame : read_in_pieces(reader, bytes, 1 + random() % 20))
            EXPECT_LE(frame.body.size(), 1000U);
    }
}

TEST(Protocol, GivesBackHelloProblemAndJob)
{
    const Hello hello{"connector", std::string("a\0b", 3), "words"};
    EXPECT_EQ(decode_hello(encode(hello)), hello);
    const Problem problem{"process.worker_died", "detail", "place", "found", "expected", "rule"};
    EXPECT_EQ(decode_problem(encode(problem)), problem);
    const std::string bytes = encode(ConnectorJob{ConnectorJob::Kind::event, sdk::AnswerForm::xml, "event"});
    const auto job = decode_connector_job(bytes);
    ASSERT_TRUE(job.has_value());
    EXPECT_EQ(job->form, sdk::AnswerForm::xml);
    EXPECT_EQ(job->bytes, "event");
}

TEST(Protocol, RefusesAProblemWhoseCodeIsNoCode)
{
    EXPECT_FALSE(decode_problem(encode(Problem{"", "x"})).has_value());
    EXPECT_FALSE(decode_problem(encode(Problem{"Nâng cấp\n", "x"})).has_value());
    EXPECT_LE(decode_problem(encode(Problem{"a.b", std::string(1'000'000, 'x')}))->detail.size(), 1010U);
}

TEST(Protocol, RefusesCutBytes)
{
    const std::string bytes = encode(Hello{"a", "b", "c"});
    for (std::size_t cut = 0; cut < bytes.size(); ++cut)
        EXPECT_FALSE(decode_hello(bytes.substr(0, cut)).has_value());
    EXPECT_FALSE(decode_connector_job("").has_value());
    EXPECT_FALSE(decode_connector_job(std::string("\2\0\0", 3)).has_value());
}

}  // namespace
}  // namespace lienthong::process
