// Each address is carried by the adapter of its scheme.
#include "hub/flow/transport_by_scheme.hpp"

#include <gtest/gtest.h>

#include <optional>

using namespace lienthong;
using namespace lienthong::flow;

namespace {

class Carrier final : public Transport
{
public:
    void ask(HttpRequest request, Done done) override
    {
        HttpAnswer answer;
        answer.body = "carried " + request.url;
        done(std::move(answer));
    }
};

Result<HttpAnswer> asked(const std::string& url)
{
    TransportByScheme transport({{"sftp", std::make_shared<Carrier>()}, {"sqlite", std::make_shared<Carrier>()}});
    std::optional<Result<HttpAnswer>> out;
    HttpRequest request;
    request.url = url;
    transport.ask(std::move(request), [&](Result<HttpAnswer> answer) { out = std::move(answer); });
    return std::move(out).value();
}

}  // namespace

TEST(TransportByScheme, HandsAnAddressToTheAdapterOfItsScheme)
{
    EXPECT_EQ(asked("sftp://nhan.test/den")->body, "carried sftp://nhan.test/den");
    EXPECT_EQ(asked("sqlite:///kho.db")->body, "carried sqlite:///kho.db");
}

TEST(TransportByScheme, SaysWhichSchemesAreCarriedWhereNoneIs)
{
    for (const char* url : {"ftp://a", "sftp:/a", "", "SFTP://a"}) {
        const auto answer = asked(url);
        ASSERT_FALSE(answer) << url;
        EXPECT_EQ(answer.problem().code, "transport.bad_request");
        EXPECT_EQ(answer.problem().expected, "one of: sftp, sqlite");
    }
}
