// The codec gives back what it was given, and refuses everything else.
#include "hub/sdk/codec.hpp"

#include "tests/unit/process/random_sdk.hpp"

#include <gtest/gtest.h>

namespace lienthong::sdk {
namespace {

TEST(Codec, GivesBackEveryStep)
{
    RandomSdk random(1);
    for (int i = 0; i < 500; ++i) {
        const Step step = random.step();
        const auto read = decode_step(encode(step));
        ASSERT_TRUE(read.has_value()) << i;
        EXPECT_EQ(*read, step) << i;
    }
}

TEST(Codec, GivesBackEveryDescriptionAndSettings)
{
    RandomSdk random(2);
    for (int i = 0; i < 300; ++i) {
        const Description description = random.description();
        EXPECT_EQ(decode_description(encode(description)), description) << i;
        Settings settings;
        for (std::size_t n = random.below(6); n > 0; --n)
            settings.set(random.text(), random.text());
        EXPECT_EQ(decode_settings(encode(settings)), settings) << i;
    }
}

/// Every event decodes to one that encodes to the same bytes.
TEST(Codec, GivesBackEveryEvent)
{
    RandomSdk random(3);
    for (int i = 0; i < 900; ++i) {
        const std::string a = random.text(), b = random.text();
        Event event;
        event.moment = {static_cast<std::int64_t>(random.word()), random.text()};
        switch (i % 9) {
            case 0:
                event.what = Poll{a};
                break;
            case 1: {
                Reply reply;
                reply.context = a;
                reply.answer.status = 503;
                reply.answer.headers = random.some([&] { return random.pair(); });
                reply.answer.body = b;
                event.what = reply;
                break;
            }
            case 2:
                event.what = Journaled{a, static_cast<Arrived>(random.below(3))};
                break;
            case 3:
                event.what = Acquire{a};
                break;
            case 4:
                event.what = Called{InboundRequest{a, "POST", b, {random.pair()}, b, {}, a}};
                break;
            case 5:
                event.what = Deliver{Parcel{a, b, random.text()}};
                break;
            case 6:
                event.what = FindOut{Parcel{a, b, random.text()}};
                break;
            case 7:
                event.what = List{a};
                break;
            default:
                event.what = Fetch{a};
                break;
        }
        const std::string bytes = encode(event);
        const auto read = decode_event(bytes);
        ASSERT_TRUE(read.has_value()) << i;
        EXPECT_EQ(read->what.index(), static_cast<std::size_t>(i % 9));
        EXPECT_EQ(read->moment.nonce, event.moment.nonce);
        EXPECT_EQ(encode(*read), bytes) << i;
    }
}

TEST(Codec, RefusesEveryCutAndEveryByteTooMany)
{
    RandomSdk random(4);
    for (int i = 0; i < 5; ++i) {
        const std::string bytes = encode(random.step());
        for (std::size_t cut = 0; cut < bytes.size(); ++cut)
            EXPECT_FALSE(decode_step(std::string_view(bytes).substr(0, cut)).has_value()) << cut;
        EXPECT_FALSE(decode_step(bytes + '\0').has_value());
    }
}

TEST(Codec, SurvivesEveryDamagedByte)
{
    RandomSdk random(5);
    for (int i = 0; i < 500; ++i) {
        std::string bytes = encode(random.step());
        for (std::size_t n = 1 + random.below(4); n > 0; --n)
            bytes[random.below(bytes.size())] = static_cast<char>(random.below(256));
        const auto read = decode_step(bytes);
        if (read) {
            EXPECT_EQ(decode_step(encode(*read)), *read);
        }
    }
}

Step with_nested_part(std::size_t depth)
{
    Part part = literal("x");
    for (std::size_t i = 1; i < depth; ++i)
        part = concat({std::move(part)});
    Step step;
    step.requests.emplace_back().target = std::move(part);
    return step;
}

TEST(Codec, RefusesPartsNestedDeeperThanSixteen)
{
    EXPECT_TRUE(decode_step(encode(with_nested_part(16))).has_value());
    EXPECT_FALSE(decode_step(encode(with_nested_part(17))).has_value());
}

TEST(Codec, RefusesMoreThanItsCounts)
{
    Step step;
    step.requests.resize(CodecLimits::requests + 1);
    EXPECT_FALSE(decode_step(encode(step)).has_value());
    step.requests.resize(1);
    step.requests[0].target = concat(std::vector<Part>(CodecLimits::parts, literal("")));
    EXPECT_FALSE(decode_step(encode(step)).has_value());
}

TEST(Codec, RefusesAForgedCountWithoutAskingForMemory)
{
    Writer forged;
    forged.number(900);
    EXPECT_FALSE(decode_step(forged.bytes() + std::string(1000, '\xFF')).has_value());
}

TEST(Settings, ReadNumbersWholeOrNotAtAll)
{
    Settings settings;
    settings.set("page_size", "-250");
    settings.set("mixed", "12a");
    settings.set("long", "99999999999999999999");
    EXPECT_EQ(settings.integer("page_size"), -250);
    EXPECT_EQ(settings.integer("mixed"), 0);
    EXPECT_EQ(settings.integer("long"), 0);
    EXPECT_EQ(settings.integer("absent"), 0);
}

}  // namespace
}  // namespace lienthong::sdk
