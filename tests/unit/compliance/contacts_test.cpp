// The list of contacts, and where it is wrong.
#include "hub/compliance/contacts.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::compliance;

namespace {

std::vector<std::string> wrong(const std::string& csv, Contacts& contacts)
{
    static const auto catalogue = [] {
        std::vector<Problem> problems;
        return catalogue::Catalogue::load(
            LIENTHONG_SOURCE_DIR "/mappings/catalogue", [](std::string_view) { return std::string(64, '0'); }, problems);
    }();
    std::vector<Problem> problems;
    contacts = contacts_from(csv, "c.csv", *catalogue, problems);
    std::vector<std::string> out;
    for (const Problem& problem : problems)
        out.push_back(problem.code + ' ' + problem.place);
    return out;
}

}  // namespace

TEST(Contacts, AreAsManyAnAgencyAsRowsName)
{
    Contacts contacts;
    EXPECT_TRUE(wrong("agency,email,name\nH52.01,a@x.test,Ánh\nH52.01,b@x.test,\nH52.03,a@x.test,An\n", contacts).empty());
    ASSERT_EQ(contacts.size(), 2U);
    EXPECT_EQ(contacts["H52.01"], (std::vector<Mailbox>{{"a@x.test", "Ánh"}, {"b@x.test", ""}}));
}

TEST(Contacts, NameTheCellThatIsWrong)
{
    Contacts contacts;
    EXPECT_EQ(wrong("agency,email,name\n"
                    "H99.99,a@x.test,An\n"
                    "H52.01,a@x.test>,An\n"
                    "H52.01,a@x.test,\"An\nBcc: x@y.test\"\n"
                    "H52.03,a@x.test,An\n"
                    "H52.03,a@x.test,An\n",
                    contacts),
              (std::vector<std::string>{"mail.contact c.csv:2:1", "mail.contact c.csv:3:8", "mail.contact c.csv:4:17",
                                        "mail.contact c.csv:7:8"}));
    EXPECT_EQ(contacts.size(), 1U);
    EXPECT_EQ(wrong("email,agency,name\n", contacts), (std::vector<std::string>{"mail.contact c.csv:1:1"}));
    EXPECT_EQ(wrong("", contacts), (std::vector<std::string>{"mail.contact c.csv"}));
}
