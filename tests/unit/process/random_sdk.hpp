/// Random values of everything that crosses the plugin border, for the codec's properties.
#pragma once

#include "hub/sdk/event.hpp"

#include <random>

namespace lienthong::sdk {

class RandomSdk
{
public:
    explicit RandomSdk(std::uint64_t seed) : random_(seed) {}

    std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_); }
    bool coin() { return below(2) == 0; }
    std::uint64_t word() { return random_() >> below(64); }
    std::string text()
    {
        std::string out(below(8) == 0 ? below(400) : below(12), '\0');
        for (char& c : out)
            c = static_cast<char>(below(256));
        return out;
    }
    template <class Make>
    auto some(Make make) -> std::vector<decltype(make())>
    {
        std::vector<decltype(make())> out;
        for (std::size_t i = below(4); i > 0; --i)
            out.push_back(make());
        return out;
    }
    Part part(std::size_t depth = 4)
    {
        Part out;
        out.kind = static_cast<PartKind>(below(12));
        out.text = text();
        if (depth > 1)
            out.arguments = some([&] { return part(depth - 1); });
        return out;
    }
    NamedPart named() { return {text(), part()}; }
    std::pair<std::string, std::string> pair() { return {text(), text()}; }
    Request request()
    {
        Request out;
        out.endpoint = text();
        out.method = text();
        out.target = part();
        out.parts = some([&] { return named(); });
        out.headers = some([&] { return named(); });
        out.body = part();
        out.answer = static_cast<AnswerForm>(below(5));
        out.context = text();
        out.repeatable = coin();
        out.timeout_millis = static_cast<std::uint32_t>(word());
        out.answer_mib = static_cast<std::uint32_t>(word());
        out.hears_too_large = coin();
        return out;
    }
    Step step()
    {
        Step out;
        out.requests = some([&] { return request(); });
        out.payloads = some([&] { return Payload{text(), text(), text(), text(), text(), text(), coin()}; });
        out.set_aside = some([&] { return SetAside{text(), text(), text(), text()}; });
        if (coin())
            out.cursor = text();
        if (coin())
            out.failure = Failure{static_cast<FailureClass>(below(5)), text(), text(), text(), word()};
        if (coin())
            out.credential = CredentialValue{text(), text(), word()};
        if (coin())
            out.delivery = DeliveryReport{static_cast<Delivery>(below(4)), text(), text()};
        out.names = some([&] { return GivenName{text(), text()}; });
        if (coin())
            out.response = response();
        if (coin())
            out.inventory = Inventory{some([&] { return ListedItem{text(), text(), text(), text()}; }),
                                      some([&] { return CountedItem{text(), text(), word(), text(), text()}; }), some([&] { return text(); })};
        return out;
    }
    Response response() { return {static_cast<std::int32_t>(word()), text(), text()}; }
    Description description()
    {
        Description out;
        out.name = text();
        out.version = text();
        out.speaks = text();
        out.settings = some([&] {
            return Setting{text(),
                           static_cast<SettingType>(below(7)),
                           coin(),
                           text(),
                           some([&] { return text(); }),
                           static_cast<std::int64_t>(random_()),
                           static_cast<std::int64_t>(random_()),
                           text(),
                           text()};
        });
        out.credentials = some([&] { return text(); });
        out.routes = some([&] {
            return Route{text(),
                         text(),
                         text(),
                         static_cast<CallerProof>(below(2)),
                         static_cast<AnswerForm>(below(5)),
                         word(),
                         static_cast<std::uint32_t>(word()),
                         response()};
        });
        out.polls = coin();
        out.delivers = coin();
        out.lists = coin();
        return out;
    }

private:
    std::mt19937_64 random_;
};

}  // namespace lienthong::sdk
