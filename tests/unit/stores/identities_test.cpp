// Tokens are found by the digest of their secret, and revoked once.
#include "tests/unit/stores/store_fixture.hpp"

using namespace lienthong;
using namespace lienthong::testing;

using SqliteIdentities = StoreFixture;

TEST_F(SqliteIdentities, AreFoundByTheDigestOfTheirSecretAfterReopening)
{
    const Identity identity{"T-abcdefghij",   "d1",  "so_y_te",    {"H33.09", "H33.10"},
                            {"push", "pull"}, at(1), std::nullopt, "cấp cho Sở Y tế"};
    ASSERT_TRUE(faces.identities->add(identity).ok());
    reopen();
    const auto found = faces.identities->find("d1").value();
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->id, identity.id);
    EXPECT_EQ(found->agencies, identity.agencies);
    EXPECT_EQ(found->roles, identity.roles);
    EXPECT_EQ(found->issued_at, identity.issued_at);
    EXPECT_EQ(found->note, identity.note);
    EXPECT_FALSE(faces.identities->find("d2")->has_value());
}

TEST_F(SqliteIdentities, StandOnce)
{
    ASSERT_TRUE(faces.identities->add({"T-a", "d1", "s", {}, {}, at(1), {}, ""}).ok());
    EXPECT_EQ(faces.identities->add({"T-a", "d2", "s", {}, {}, at(1), {}, ""}).problem().code, "access.token_exists");
    EXPECT_EQ(faces.identities->add({"T-b", "d1", "s", {}, {}, at(1), {}, ""}).problem().code, "access.token_exists");
    EXPECT_EQ(faces.identities->all()->size(), 1U);
}

TEST_F(SqliteIdentities, KeepTheTimeTheyWereFirstRevoked)
{
    ASSERT_TRUE(faces.identities->add({"T-a", "d1", "s", {}, {}, at(1), {}, ""}).ok());
    ASSERT_TRUE(faces.identities->revoke("T-a", at(5)).ok());
    ASSERT_TRUE(faces.identities->revoke("T-a", at(9)).ok());
    EXPECT_EQ(faces.identities->find("d1").value()->revoked_at, at(5));
    EXPECT_EQ(faces.identities->revoke("T-z", at(9)).problem().code, "access.token_unknown");
}
