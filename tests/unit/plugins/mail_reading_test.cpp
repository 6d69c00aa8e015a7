// Mails as they come: names in every spelling programs have, who they are from, and what hostile ones cost.
#include "plugins/mail/parts.hpp"
#include "plugins/mail/sender.hpp"
#include "plugins/mail/uids.hpp"

#include "tests/unit/formats/processor_time.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

using lienthong::testing::processor_seconds;

constexpr double bearable_seconds = 10;

Entity entity(std::string_view text)
{
    return read_entity(text).value_or(Entity());
}

std::string name_in(const std::string& disposition)
{
    return text_parameter(read_parameters(disposition), "filename");
}

std::optional<std::string> from(const std::string& value)
{
    return from_of(entity("From: " + value + "\r\n\r\n"));
}

TEST(MailName, IsReadInTheSpellingsOfMailPrograms)
{
    EXPECT_EQ(name_in("attachment; filename=so-lieu.csv"), "so-lieu.csv");
    EXPECT_EQ(name_in("attachment; FileName=\"a; \\\"b\\\".csv\"; size=3"), "a; \"b\".csv");
    EXPECT_EQ(name_in("attachment; filename*=UTF-8''b%C3%A1n%20l%E1%BA%BB.csv"), "bán lẻ.csv");
    EXPECT_EQ(name_in("attachment; filename*=utf-8'vi'b%C3%A1n.csv; filename=\"ban.csv\""), "bán.csv") << "RFC 6266 and RFC 2231 prefer it";
    EXPECT_EQ(name_in("attachment; filename*0*=UTF-8''b%C3; filename*1*=%A1n; filename*2=\" le.csv\""), "bán le.csv") << "cut inside a character";
    EXPECT_EQ(name_in("attachment; filename=\"=?UTF-8?B?YsOhbiBs4bq7?= =?UTF-8?Q?_th=C3=A1ng_3=2Ecsv?=\""), "bán lẻ tháng 3.csv");
    EXPECT_EQ(name_in("attachment; filename=\"=?utf-8?B?4bs=?= =?utf-8?B?g3ouY3N2?=\""), "ểz.csv") << "cut inside a character";
    EXPECT_EQ(name_in("attachment; filename=\"=?windows-1258?Q?b=E1o_c=E1o_=F0=EA=EC.csv?=\""), "báo cáo đê\u0301.csv");
    EXPECT_EQ(name_in("attachment; filename=\"bán.csv\""), "bán.csv") << "raw UTF-8";
    EXPECT_EQ(name_in("attachment; filename=\"b\xE1n.csv\""), "b\uFFFDn.csv") << "raw bytes of no known charset keep their ending";
    EXPECT_EQ(name_in("attachment; filename=\"=?x-la?B?////LmNzdg==?=\""), "\uFFFD\uFFFD\uFFFD.csv");
    EXPECT_EQ(name_in("attachment; filename=\"=?utf-8?B?hong!?=.csv\""), "=?utf-8?B?hong!?=.csv");
    EXPECT_EQ(name_in("attachment"), "");
}

TEST(MailName, LeadsNowhere)
{
    EXPECT_EQ(plain_name("../../etc/passwd"), "passwd");
    EXPECT_EQ(plain_name("C:\\so lieu\\a.csv"), "a.csv");
    EXPECT_EQ(plain_name("a\x01\x7F.csv"), "a  .csv");
    EXPECT_LE(plain_name(std::string(5000, 'x')).size(), longest_name);
}

TEST(MailSender, IsTheOneAddressOfFrom)
{
    EXPECT_EQ(from("bao-cao@so.test"), "bao-cao@so.test");
    EXPECT_EQ(from("\"Sở Tài chính\" <Bao-Cao@So.Test>"), "bao-cao@so.test");
    EXPECT_EQ(from("=?utf-8?Q?S=E1=BB=9F?= (phòng <a@b>) <bao-cao@so.test>"), "bao-cao@so.test");
    EXPECT_EQ(from("\"bao-cao@so.test\" <ke-la@xa.test>"), "ke-la@xa.test") << "a name is no address";
    EXPECT_EQ(from("a@so.test, b@xa.test"), std::nullopt);
    EXPECT_EQ(from("a@so.test <b@xa.test>"), std::nullopt);
    EXPECT_EQ(from("<a@so.test> <b@xa.test>"), std::nullopt);
    EXPECT_EQ(from("nhom: a@so.test;"), std::nullopt);
    EXPECT_EQ(from("a@b@c"), std::nullopt);
    EXPECT_EQ(from("(((((("), std::nullopt);
    EXPECT_EQ(from_of(entity("From: a@so.test\r\nFrom: b@xa.test\r\n\r\n")), std::nullopt);
    EXPECT_EQ(from_of(entity("Sender: a@so.test\r\n\r\n")), std::nullopt);
}

TEST(MailSender, IsKnownByTheFirstPatternThatFits)
{
    const Senders senders("bao-cao@so.test=so-tai-chinh  *@so.test Thong-Ke@huyen.test=");
    ASSERT_TRUE(senders.are_sound());
    EXPECT_EQ(senders.known_as("bao-cao@so.test"), "so-tai-chinh");
    EXPECT_EQ(senders.known_as("khac@so.test"), "khac@so.test");
    EXPECT_EQ(senders.known_as("thong-ke@huyen.test"), "thong-ke@huyen.test");
    EXPECT_EQ(senders.known_as("bao-cao@so.test.xa.test"), std::nullopt);
    EXPECT_FALSE(Senders("").are_sound());
    EXPECT_FALSE(Senders("so-tai-chinh").are_sound());
}

TEST(MailSender, IsVouchedForByTheTrustedServersTopmostFindingAlone)
{
    const auto vouched = [](const std::string& fields) { return is_authenticated(entity(fields + "\r\n"), "mx.tinh.test", "a@so.test"); };
    const std::string start = "Authentication-Results: mx.tinh.test; ";
    EXPECT_TRUE(vouched(start + "spf=pass; dmarc=pass (p=none) header.from=so.test\r\n"));
    EXPECT_TRUE(vouched("Authentication-Results: MX.tinh.test 1;\r\n\tdkim=pass\r\n\theader.d=SO.test\r\n"));
    EXPECT_TRUE(vouched(start + "dkim=fail header.d=so.test; dkim=pass header.i=@so.test\r\n"));
    EXPECT_FALSE(vouched(start + "dkim=pass header.d=xa.test header.i=@so.test\r\n"));
    EXPECT_FALSE(vouched(start + "dmarc=pass\r\n")) << "of which domain it does not say";
    EXPECT_FALSE(vouched(start + "dmarc=fail (dmarc=pass header.from=so.test)\r\n"));
    EXPECT_FALSE(vouched(start + "spf=pass reason=\"; dmarc=pass header.from=so.test\"\r\n"));
    EXPECT_FALSE(vouched(start + "none\r\n" + start + "dmarc=pass header.from=so.test\r\n")) << "a sender may write the second";
    EXPECT_FALSE(vouched("Authentication-Results: mx.tinh.test.xa.test; dmarc=pass header.from=so.test\r\n"));
    EXPECT_FALSE(vouched(""));
}

TEST(MailTransfer, IsUndoneToTheByteOrNotAtAll)
{
    EXPECT_EQ(decode_transfer("a=C4=91 =\r\nb  \r\nc=", "quoted-printable"), "a\xC4\x91 b\r\nc");
    EXPECT_EQ(decode_transfer("a=3db\n", "quoted-printable"), "a=b\n");
    EXPECT_EQ(decode_transfer("a=C", "quoted-printable"), std::nullopt);
    EXPECT_EQ(decode_transfer("a=zz", "quoted-printable"), std::nullopt);
    EXPECT_EQ(decode_transfer("YQ=\r\n=", "base64"), "a");
    EXPECT_EQ(decode_transfer("YQ", "base64"), std::nullopt);
    EXPECT_EQ(decode_transfer("a", "8bit"), "a");
    EXPECT_EQ(decode_transfer("a", "x-uuencode"), std::nullopt);
}

TEST(MailParts, EndAtTheirOwnBoundaryAlone)
{
    const std::string text = "Content-Type: multipart/mixed; boundary=\"a b\"\r\n\r\n--a b\r\n\r\none\r\n--a bc\r\n--a b \t\r\n\r\ntwo\n--a b--\r\n--a b\r\n\r\nthree";
    const CutMail cut = cut_mail(entity(text));
    ASSERT_EQ(cut.pieces.size(), 2U);
    EXPECT_EQ(cut.pieces[0].raw, "one\r\n--a bc");
    EXPECT_EQ(cut.pieces[1].raw, "two");
    EXPECT_FALSE(cut.pieces[1].is_cut_off);
    EXPECT_EQ(cut_mail(entity("Content-Type: multipart/mixed\r\n\r\n")).fault, &no_boundary);
}

TEST(MailParts, OfAForwardedMailThatWasWrappedAreFound)
{
    const CutMail cut = cut_mail(entity("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                                        "Q29udGVudC1UeXBlOiB0ZXh0L2NzdjsgbmFtZT1hLmNzdg0KDQptYQ=="));
    ASSERT_EQ(cut.pieces.size(), 1U);
    EXPECT_EQ(cut.pieces[0].name, "a.csv");
    EXPECT_EQ(cut.pieces[0].raw, "ma");
}

/// Of the largest mail that is fetched; a worker has 30 seconds for it.
class HostileMail : public testing::Test
{
protected:
    static constexpr std::size_t largest = 15 * 1024 * 1024;
    static std::string filled(std::string begin, std::string_view with)
    {
        std::string piece;
        while (piece.size() < 64U * 1024U)
            piece += with;
        while (begin.size() < largest)
            begin += piece;
        return begin;
    }
    static const Reason* fault_of(const std::string& text)
    {
        const Reason* fault = nullptr;
        EXPECT_LT(processor_seconds([&] {
                      const auto mail = read_entity(text);
                      fault = mail ? cut_mail(*mail).fault : &header_too_large;
                  }),
                  bearable_seconds);
        return fault;
    }
};

TEST_F(HostileMail, OfAHeaderOfAMegabyteIsRefused)
{
    EXPECT_EQ(fault_of("Subject: " + std::string(1024 * 1024, 'x') + "\r\n\r\n"), &header_too_large);
    EXPECT_EQ(fault_of(filled("", "X: y\r\n")), &header_too_large);
    EXPECT_EQ(fault_of(filled("Subject: a\r\n", " \r\n")), &header_too_large);
}

TEST_F(HostileMail, OfContainersInContainersIsRefused)
{
    std::string nested;
    for (int i = 0; i < 5000; ++i)
        nested += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\r\n\r\n--b" + std::to_string(i) + "\r\n";
    EXPECT_EQ(fault_of(nested), &too_deep);
    EXPECT_EQ(fault_of(filled("Content-Type: multipart/mixed; boundary=b\r\n\r\n", "--b\r\n\r\n")), &too_many);
    EXPECT_EQ(fault_of(filled("", "Content-Type: message/rfc822\r\n\r\n")), &too_deep);
}

TEST_F(HostileMail, OfOneLineOrOfNothingButBoundariesIsGoneThroughOnce)
{
    EXPECT_EQ(fault_of(filled("Content-Type: multipart/mixed; boundary=" + std::string(1000, '-') + "\r\n\r\n", "-")), nullptr);
    EXPECT_EQ(fault_of(filled("Content-Type: multipart/mixed; boundary=" + std::string(200, '-') + "x\r\n\r\n", std::string(202, '-') + "\n")), nullptr);
}

TEST_F(HostileMail, OfWordsThatNeverEndIsReadInTime)
{
    std::string words;
    while (words.size() < longest_header - 100)
        words += "=?a?B?";
    EXPECT_LT(processor_seconds([&] {
                  EXPECT_EQ(decoded_words(words), words);
                  EXPECT_FALSE(from_of(entity("From: " + words + std::string(50, '(') + "\r\n\r\n")));
              }),
              bearable_seconds);
}

TEST(MailUids, AreRememberedWithTheirStanding)
{
    auto uids = Uids::read("v1 a%3Ab:done c:try2 d:rest20188");
    ASSERT_TRUE(uids);
    EXPECT_TRUE(uids->of("a:b").done);
    EXPECT_EQ(uids->of("c").tried, 2);
    EXPECT_EQ(uids->of("d").rested_on, 20188);
    EXPECT_EQ(uids->text(), "v1 a%3Ab:done c:try2 d:rest20188");
    for (const char* other : {"v2", "v1  a:done", "v1 a", "v1 a:", "v1 :done", "v1 a:try", "v1 a:tryx", "v1 a:rest-1", "v1a:done"})
        EXPECT_FALSE(Uids::read(other)) << other;
}

}  // namespace
}  // namespace mail
