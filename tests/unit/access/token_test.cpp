// A token is shown once, opens what its roles say, and stops opening anything soon after it is revoked.
#include "hub/access/token.hpp"

#include "hub/seal/digest.hpp"

#include <gtest/gtest.h>

#include <algorithm>

using namespace lienthong;
using namespace lienthong::access;

namespace {

class FixedClock final : public Clock
{
public:
    [[nodiscard]] Time now() const override { return time; }
    Time time{std::chrono::seconds(1'700'000'000)};
};

class MemoryIdentities final : public Identities
{
public:
    Result<void> add(const Identity& identity) override
    {
        rows.push_back(identity);
        return {};
    }
    Result<std::optional<Identity>> find(const std::string& digest) const override
    {
        for (const Identity& row : rows)
            if (row.secret_digest == digest)
                return std::optional(row);
        return std::optional<Identity>();
    }
    Result<std::vector<Identity>> all() const override { return rows; }
    Result<void> revoke(const std::string& id, Time at) override
    {
        for (Identity& row : rows)
            if (row.id == id)
                row.revoked_at = at;
        return {};
    }
    std::vector<Identity> rows;
};

struct TokenTest : testing::Test
{
    std::shared_ptr<MemoryIdentities> identities = std::make_shared<MemoryIdentities>();
    std::shared_ptr<FixedClock> clock = std::make_shared<FixedClock>();
    Gatekeeper gatekeeper{identities, clock};

    IssuedToken issued(std::vector<std::string> roles = {"push"})
    {
        return issue_token(*identities, {"so-tai-chinh", {"H31.02"}, std::move(roles), "thử"}, clock->time).value();
    }
};

}  // namespace

TEST_F(TokenTest, OpensForItsRoleAndNamesItsSender)
{
    const IssuedToken token = issued();
    const auto identity = gatekeeper.admit("Bearer " + token.secret, "push");
    ASSERT_TRUE(identity.ok()) << identity.problem().sentence();
    EXPECT_EQ(identity->sender, "so-tai-chinh");
    EXPECT_EQ(identity->agencies, std::vector<std::string>{"H31.02"});
    EXPECT_EQ(gatekeeper.admit("Bearer " + token.secret, "pull").problem().code, "access.role");
}

TEST_F(TokenTest, ItsSecretIsKeptNowhere)
{
    const IssuedToken token = issued();
    ASSERT_EQ(identities->rows.size(), 1U);
    EXPECT_EQ(identities->rows[0].secret_digest, seal::sha256_hex(token.secret));
    EXPECT_EQ(identities->rows[0].id.find(token.secret), std::string::npos);
    EXPECT_GE(token.secret.size(), 46U);
}

TEST_F(TokenTest, IsRefusedOneSecondAfterItWasRevoked)
{
    const IssuedToken token = issued();
    ASSERT_TRUE(gatekeeper.admit("Bearer " + token.secret, "push").ok());
    ASSERT_TRUE(identities->revoke(token.identity.id, clock->time).ok());
    clock->time += std::chrono::seconds(1);
    EXPECT_EQ(gatekeeper.admit("Bearer " + token.secret, "push").problem().code, "access.refused");
}

TEST_F(TokenTest, WithoutOneOrWithAnotherNobodyIsAdmitted)
{
    const IssuedToken token = issued();
    for (const std::string header : {"", "Basic abc", "Bearer", "bearer x"})
        EXPECT_EQ(gatekeeper.admit(header, "push").problem().code, "access.missing") << header;
    std::string other = token.secret;
    other.back() = other.back() == 'A' ? 'B' : 'A';
    EXPECT_EQ(gatekeeper.admit("Bearer " + other, "push").problem().code, "access.refused");
}

TEST_F(TokenTest, SenderNamesRolesAndAgenciesAreChecked)
{
    for (const std::string& name : std::vector<std::string>{"", "Sở", "a b", "-a", "a-", "a--b", std::string(65, 'a')})
        EXPECT_EQ(issue_token(*identities, {name, {"*"}, {"push"}, ""}, clock->time).problem().code, "access.bad_sender") << name;
    EXPECT_EQ(issue_token(*identities, {"a", {}, {"push"}, ""}, clock->time).problem().code, "access.no_agencies");
    EXPECT_EQ(issue_token(*identities, {"a", {"*"}, {"write"}, ""}, clock->time).problem().code, "access.bad_role");
}
