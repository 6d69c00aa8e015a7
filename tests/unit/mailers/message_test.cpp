// A mail's bytes, and the addresses of its server.
#include "adapters/mailers/poco/message.hpp"
#include "adapters/mailers/poco/poco_mailer.hpp"
#include "hub/sdk/base64.hpp"

#include <gtest/gtest.h>

#include <sstream>

using namespace lienthong;
using namespace lienthong::adapters;

namespace {

Mail mail()
{
    return {.from = {.address = "ioc@sonla.test", .name = "Trung tâm"},
            .to = {{.address = "a@h52.test", .name = "Ánh"}, {.address = "b@h52.test"}},
            .subject = "Nhắc thời hạn",
            .text = "Kính gửi\nSở Y tế\n"};
}

/// What a reader makes of the words.
std::string decoded(const std::string& words)
{
    std::string out;
    std::istringstream lines(words);
    for (std::string word; lines >> word;)
        out += sdk::decode_base64(word.substr(10, word.size() - 12)).value_or("?");
    return out;
}

}  // namespace

TEST(Message, HasItsHeadersAndAUtf8Body)
{
    EXPECT_EQ(message_text(mail(), "Fri, 13 Mar 2026 08:00:00 +0700", "1@sonla.test"),
              "From: =?UTF-8?B?VHJ1bmcgdMOibQ==?=\r\n <ioc@sonla.test>\r\n"
              "To: =?UTF-8?B?w4FuaA==?=\r\n <a@h52.test>,\r\n <b@h52.test>\r\n"
              "Subject: =?UTF-8?B?Tmjhuq9jIHRo4budaSBo4bqhbg==?=\r\n"
              "Date: Fri, 13 Mar 2026 08:00:00 +0700\r\nMessage-ID: <1@sonla.test>\r\nMIME-Version: 1.0\r\n"
              "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n"
              "Auto-Submitted: auto-generated\r\n\r\nS8OtbmggZ+G7rWkNClPhu58gWSB04bq/DQo=\r\n");
}

TEST(Message, FoldsLongWordsBetweenCharacters)
{
    std::string subject;
    for (int i = 0; i < 40; ++i)
        subject += "ữ" + std::string(static_cast<std::size_t>(i % 3), 'x');
    const std::string words = encoded_words(subject);
    EXPECT_LE(std::string("Subject: ").size() + words.find("\r\n"), 76U);
    EXPECT_EQ(decoded(words), subject);
    std::istringstream lines(words);
    for (std::string word; lines >> word;) {
        EXPECT_LE(word.size(), 75U);
        const auto part = sdk::decode_base64(word.substr(10, word.size() - 12));
        ASSERT_TRUE(part);
        EXPECT_NE(static_cast<unsigned char>(part->front()) & 0xC0U, 0x80U) << "a character is not parted";
    }
}

TEST(Message, LetsNothingBeginAHeader)
{
    Mail hostile = mail();
    hostile.subject = "Nhắc\r\nBcc: x@y.test\r\n\r\nBody";
    hostile.to[0].name = "An\nBcc: x@y.test";
    hostile.from.name = "IOC\" <x@y.test>\r\nX: y";
    const std::string text = message_text(hostile, "d", "i");
    EXPECT_EQ(text.find("Bcc"), std::string::npos);
    EXPECT_EQ(text.find("\nX:"), std::string::npos);
    EXPECT_EQ(decoded(encoded_words("a\r\nb\tc")), "a  b c");
    EXPECT_EQ(text.substr(text.find("\r\n\r\n") + 4).find(':'), std::string::npos) << "the body is base64";
}

TEST(MailAddress, CanNeverEndItsLine)
{
    for (const char* good : {"a@b", "van.phong@h52.sonla.gov.vn", "a+b@c-d.vn", "x_y'z@a.b"})
        EXPECT_TRUE(is_mail_address(good)) << good;
    for (const char* bad : {"", "@", "a@", "@b", "a b@c", "a@b c", "a@b\r\nRCPT TO:<x@y>", "<a@b>", "a@b>", "a@b@c", "\"a\"@b",
                            "ánh@b", "a@b.", ".a@b", "a..b@c", "a@-b", "a@b,c@d"})
        EXPECT_FALSE(is_mail_address(bad)) << bad;
    EXPECT_FALSE(is_mail_address(std::string(250, 'a') + "@b.vn"));
}

TEST(Mailer, TakesNoAddressThatIsNone)
{
    const auto mailer = make_poco_mailer({.server = {.host = "localhost", .port = 1}});
    ASSERT_TRUE(mailer.ok()) << mailer.problem().sentence();
    Mail wrong = mail();
    wrong.to[1].address = "b@h52.test>\r\nRCPT TO:<x@y.test";
    EXPECT_EQ((*mailer)->send(wrong).problem().code, "mail.address");
    wrong = mail();
    wrong.from.address = "a b@c";
    EXPECT_EQ((*mailer)->send(wrong).problem().code, "mail.address");
}

TEST(MailServer, IsReadFromItsAddress)
{
    const auto with = [](const char* url) {
        const auto server = mail_server_from(url);
        return server.ok() ? server->host + ' ' + std::to_string(server->port) + (server->tls_at_once ? " tls" : "")
                           : server.problem().code;
    };
    EXPECT_EQ(with("smtp://thu.sonla.gov.vn"), "thu.sonla.gov.vn 587");
    EXPECT_EQ(with("smtps://thu.sonla.gov.vn"), "thu.sonla.gov.vn 465 tls");
    EXPECT_EQ(with("smtp://127.0.0.1:2525"), "127.0.0.1 2525");
    for (const char* wrong : {"", "thu.vn:25", "http://thu.vn", "smtp://", "smtp://a b", "smtp://a:0", "smtp://a:70000",
                              "smtp://a:25/x", "smtp://u@a"})
        EXPECT_EQ(with(wrong), "mail.server") << wrong;
}
