// A mail server that quotes the login does not put the password before people.
#include "hub/flow/discreet_mailer.hpp"
#include "hub/seal/digest.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::flow;

namespace {

const std::string secret = "mat-khau\"khong\\that";

struct Quoting final : Mailer
{
    explicit Quoting(bool takes) : takes_(takes) {}

    Result<std::vector<Problem>> send(const Mail&) override
    {
        const std::string login = seal::to_base64(std::string("\0nhac-viec\0", 11) + secret);
        Problem refused{"mail.login", "the mail server says " + secret, "smtps://thu.test:465", "535 AUTH PLAIN " + login};
        if (takes_)
            return std::vector<Problem>{refused};
        return refused;
    }

    bool takes_;
};

DiscreetMailer quoting(bool takes)
{
    Redaction redaction;
    redaction.add(secret);
    return {std::make_unique<Quoting>(takes), std::move(redaction)};
}

void expect_discreet(const Problem& problem)
{
    EXPECT_EQ(problem.code, "mail.login");
    EXPECT_EQ(problem.detail, "the mail server says …");
    EXPECT_EQ(problem.place, "smtps://thu.test:465");
    EXPECT_NE(problem.found.find("…"), std::string::npos) << problem.found;
    EXPECT_EQ(problem.found.find(seal::to_base64(std::string("\0nhac-viec\0", 11) + secret)), std::string::npos) << problem.found;
}

}  // namespace

TEST(DiscreetMailer, SaysWhyAMailWasRefusedWithoutThePassword)
{
    const auto sent = quoting(false).send({});
    ASSERT_FALSE(sent.ok());
    expect_discreet(sent.problem());
}

TEST(DiscreetMailer, SaysWhyARecipientWasRefusedWithoutThePassword)
{
    const auto sent = quoting(true).send({});
    ASSERT_TRUE(sent.ok());
    ASSERT_EQ(sent->size(), 1U);
    expect_discreet(sent->front());
}
