// Every mapping that ships loads without a problem and does to its samples what its expected files say.
#include "adapters/formats/json/json_format.hpp"
#include "adapters/formats/edxml/edxml_format.hpp"
#include "adapters/formats/edxml/header_format.hpp"
#include "adapters/formats/xml/xml_format.hpp"
#include "hub/mapping/coverage.hpp"
#include "tests/unit/mapping/fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

using namespace lienthong;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> mapping_files()
{
    std::vector<std::string> out;
    for (const auto& entry : fs::recursive_directory_iterator(LIENTHONG_SOURCE_DIR "/mappings"))
        if (entry.path().extension() == ".yaml" && entry.path().parent_path().filename() != "computed")
            out.push_back(entry.path().string());
    std::sort(out.begin(), out.end());
    return out;
}

const Format& format(const std::string& name)
{
    static const adapters::EdxmlFormat edxml;
    static const adapters::EdxmlHeaderFormat header;
    if (name == "edxml-header")
        return header;
    return name == "edxml" ? edxml : lienthong::testing::format(name);
}

}  // namespace

TEST(ShippedMappings, LoadWithoutAProblem)
{
    for (const std::string& path : mapping_files()) {
        std::vector<Problem> problems, findings;
        const auto mapping = mapping::Mapping::load(path, lienthong::testing::the_catalogue(), lienthong::testing::pretend_digest,
                                                    problems, findings);
        for (const Problem& problem : problems)
            ADD_FAILURE() << problem.sentence();
        ASSERT_TRUE(mapping) << path;
        const fs::path file(path);
        EXPECT_EQ(mapping->name(), file.parent_path().filename().string() + "/" + file.stem().string());
    }
}

TEST(ShippedMappings, NoPartOfOneIsOutOfReachOfItsSamples)
{
    for (const std::string& path : mapping_files()) {
        std::vector<Problem> problems, findings;
        const auto mapping = mapping::Mapping::load(path, lienthong::testing::the_catalogue(), lienthong::testing::pretend_digest,
                                                    problems, findings);
        ASSERT_TRUE(mapping) << path;
        mapping::Marks marks(*mapping);
        (void)workshop::check_samples(path, *mapping, format(mapping->format()), format("json"),
                                      lienthong::testing::the_catalogue(), &marks);
        for (const mapping::Part& part : mapping::parts_of(*mapping, marks))
            EXPECT_TRUE(part.reached) << mapping::unreached(part).sentence();
    }
}

TEST(ShippedMappings, EachHasASampleAndEachSampleGivesWhatIsExpected)
{
    for (const std::string& path : mapping_files()) {
        std::vector<Problem> problems, findings;
        const auto mapping = mapping::Mapping::load(path, lienthong::testing::the_catalogue(), lienthong::testing::pretend_digest,
                                                    problems, findings);
        ASSERT_TRUE(mapping) << path;
        EXPECT_FALSE(workshop::samples_beside(path).empty()) << path << " has no sample";
        for (const Problem& problem : workshop::check_samples(path, *mapping, format(mapping->format()), format("json"),
                                                              lienthong::testing::the_catalogue()))
            ADD_FAILURE() << problem.sentence();
    }
}
