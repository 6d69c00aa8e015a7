/// Query: one '?' begins it, whoever wrote it, and a '?' that does not go out as it is begins none.
#include "hub/sdk/query.hpp"

#include <gtest/gtest.h>

namespace lienthong::sdk {
namespace {

/// What stands before the value that was added.
std::string joined(Part target)
{
    Request request;
    request.target = std::move(target);
    add_query(request, "dstcode", literal("VN"));
    return request.target.arguments.at(1).text;
}

TEST(Query, BeginsOnceWhereverTheFirstQuestionMarkStands)
{
    EXPECT_EQ(joined(literal("/mapi/g")), "?dstcode=");
    EXPECT_EQ(joined(literal("/mapi/g?a=1")), "&dstcode=");
    EXPECT_EQ(joined(concat({literal("/mapi"), concat({literal("/g?a="), secret("key")})})), "&dstcode=");
}

TEST(Query, IsNotBegunByAQuestionMarkInsideAnEncodedValue)
{
    EXPECT_EQ(joined(concat({literal("/packets/"), form_url(literal("S12?"))})), "?dstcode=");
}

}  // namespace
}  // namespace lienthong::sdk
