// What the workshop tests share: the push mapping over the shipped catalogue.
#pragma once

#include "hub/workshop/workshop.hpp"
#include "tests/unit/mapping/fixture.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace lienthong::testing {

inline std::shared_ptr<const mapping::Mapping> shipped_mapping(const std::string& name)
{
    std::vector<Problem> problems, findings;
    auto out = mapping::Mapping::load(LIENTHONG_SOURCE_DIR "/mappings/" + name + ".yaml", the_catalogue(), pretend_digest,
                                      problems, findings);
    EXPECT_TRUE(out) << (problems.empty() ? "" : problems.front().sentence());
    return out;
}

/// A workshop with the push mapping and the JSON reader.
inline const workshop::Workshop& the_workshop()
{
    static const workshop::Workshop instance(
        std::shared_ptr<const catalogue::Catalogue>(std::shared_ptr<void>(), &the_catalogue()), {shipped_mapping("push/records")},
        {std::make_shared<adapters::JsonFormat>()});
    return instance;
}

inline workshop::Outcome worked(const std::string& payload, workshop::Scope scope = {.agencies = {"*"}, .area = {}})
{
    return the_workshop().work(
        {.mapping = "push/records", .content_type = "application/json", .payload = payload, .scope = std::move(scope)});
}

/// One good record of which a test changes members.
inline std::string record(const std::map<std::string, std::string>& changes = {})
{
    std::map<std::string, std::string> members = {{"indicator", "\"A_I_1\""}, {"measure", "\"VS_DECEMBER\""},
                                                  {"period", "\"2025-03\""},  {"area", "\"GSO:33\""},
                                                  {"agency", "\"H31.01\""},   {"value", "99.87"},
                                                  {"unit", "\"%\""}};
    for (const auto& [name, value] : changes)
        members[name] = value;
    std::string out;
    for (const auto& [name, value] : members)
        if (!value.empty())
            out += (out.empty() ? "{\"" : ", \"") + name + "\": " + value;
    return out + "}";
}

inline std::string message(const std::vector<std::string>& records)
{
    std::string out;
    for (const std::string& one : records)
        out += (out.empty() ? "" : ", ") + one;
    return "{\"records\": [" + out + "]}";
}

/// The codes of a verdict's problems, joined.
inline std::string codes(const Verdict& verdict)
{
    std::string out;
    for (const Problem& problem : verdict.problems)
        out += (out.empty() ? "" : " ") + problem.code;
    return out;
}

}  // namespace lienthong::testing
