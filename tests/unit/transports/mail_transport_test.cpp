// What a mailbox may be asked, and what is told nobody. A mail server is asked by tests/end_to_end/mail_test.py.
#include "adapters/transports/mail/mail_transport.hpp"

#include "adapters/transports/mail/mail_call.hpp"
#include "tests/unit/transports/waiting.hpp"

#include <gtest/gtest.h>

namespace lienthong::adapters {
namespace {

// "account:mat-khau"
constexpr const char* login = "Basic YWNjb3VudDptYXQta2hhdQ==";

HttpRequest request(const std::string& endpoint, const std::string& target = "/", const std::string& method = "GET", const std::string& authorization = login)
{
    HttpRequest out = tests::request_for(method, endpoint, target);
    out.headers = {{"Authorization", authorization}};
    return out;
}

TEST(MailCall, NamesAMailboxAndAMail)
{
    const auto list = read_mail_call(request("pop3s://thu.test"));
    ASSERT_TRUE(list.ok()) << list.problem().sentence();
    EXPECT_EQ(list->verb, MailCall::Verb::list);
    EXPECT_EQ(list->host, "thu.test");
    EXPECT_EQ(list->port, 995);
    EXPECT_EQ(list->user, "account");
    EXPECT_EQ(list->password, "mat-khau");
    const auto mail = read_mail_call(request("pop3s://[::1]:2995", "/message?uid=a%2Fb%25", "DELETE"));
    ASSERT_TRUE(mail.ok()) << mail.problem().sentence();
    EXPECT_EQ(mail->verb, MailCall::Verb::remove);
    EXPECT_EQ(mail->host, "::1");
    EXPECT_EQ(mail->port, 2995);
    EXPECT_EQ(mail->uid, "a/b%");
}

TEST(MailCall, RefusesWhatIsNoneAndShowsNoSecret)
{
    const HttpRequest wrong[] = {
        request("pop3://thu.test"), request("pop3s://account:mat-khau@thu.test"), request("pop3s://thu.test:0"), request("pop3s://thu.test:99999"),
        request("pop3s://"), request("pop3s://thu.test", "/", "POST"), request("pop3s://thu.test", "/", "DELETE"), request("pop3s://thu.test/in"),
        request("pop3s://thu.test", "/message?uid="), request("pop3s://thu.test", "/message?uid=a%0D%0ADELE%201"),
        request("pop3s://thu.test", "/message?uid=" + std::string(71, 'a')), request("pop3s://thu.test", "/message?uid=%zz"),
        request("pop3s://thu.test", "/", "GET", ""),
        // "a:b\r\nDELE 1" and ":mat-khau"
        request("pop3s://thu.test", "/", "GET", "Basic YTpiDQpERUxFIDE="), request("pop3s://thu.test", "/", "GET", "Basic Om1hdC1raGF1")};
    for (const HttpRequest& one : wrong) {
        const auto call = read_mail_call(one);
        ASSERT_FALSE(call.ok()) << one.method << ' ' << one.url;
        EXPECT_EQ(call.problem().code, "transport.bad_request");
        EXPECT_EQ(call.problem().sentence().find("mat-khau"), std::string::npos) << call.problem().sentence();
    }
}

TEST(MailTransport, GoesNowhereItMayNotAndSaysWhyItCannotGetThere)
{
    boost::asio::io_context context;
    const auto transport = make_mail_transport(context.get_executor(), {});
    const auto code = [&](HttpRequest one) {
        const auto got = tests::answer_of(context, *transport, std::move(one));
        return got ? std::to_string(got->status) : got.problem().code;
    };
    EXPECT_EQ(code(request("pop3s://169.254.169.254:995")), "transport.not_allowed");
    HttpRequest inside = request("pop3s://10.0.0.1:995");
    inside.reach.private_networks = false;
    EXPECT_EQ(code(inside), "transport.not_allowed");
    EXPECT_EQ(code(request("pop3s://127.0.0.1:1")), "transport.refused");
    EXPECT_EQ(code(request("pop3s://thu.invalid")), "transport.refused");
}

TEST(MailTransport, SaysThatItsAuthoritiesCannotBeRead)
{
    boost::asio::io_context context;
    const auto transport = make_mail_transport(context.get_executor(), {"/khong/co.pem"});
    const auto got = tests::answer_of(context, *transport, request("pop3s://127.0.0.1:1"));
    ASSERT_FALSE(got.ok());
    EXPECT_EQ(got.problem().code, "transport.tls");
}

}  // namespace
}  // namespace lienthong::adapters
