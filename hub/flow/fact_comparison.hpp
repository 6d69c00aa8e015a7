/// Comparing facts: what two sources say of the same things, such as the portal and the province's own system of a dossier.
///
/// Both are kept as they were told, each as facts of its own kind. Here they are held against each other by key; nothing is mended.
#pragma once

#include "hub/ports/store.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace lienthong::flow {

/// Which field of one kind of facts speaks of the same as which field of another, and which values mean the same.
struct ComparisonRules
{
    std::string name;  ///< Of its file: "dossiers".
    std::string kind, field, other_kind, other_field;
    std::set<std::pair<std::string, std::string>> agreeing;  ///< Value here, value there.
};

/// Reads `kind,field,value,other_kind,other_field,other_value,name`: each row is a pair of values that agree, and all rows are of the same
/// kinds and fields. Adds every problem with its place: fact.comparison, catalogue.csv. Nothing where there is one.
[[nodiscard]] std::optional<ComparisonRules> comparison_rules(std::string_view csv, const std::string& name, const std::string& file,
                                                              std::vector<Problem>& problems);

enum class Apart : std::uint8_t { differs, only_here, only_there };

/// One thing of which the two do not say the same. A fact without the field says nothing of it: the value is empty.
struct FactDifference
{
    Apart how = Apart::differs;
    std::string key, here, there;
};

struct ComparedFacts
{
    std::size_t agree = 0, differ = 0, only_here = 0, only_there = 0;
};

/// Walks both kinds in the order of their keys, in bounded memory, and tells each difference. Fails with: store.*. Thread-safe.
[[nodiscard]] Result<ComparedFacts> compare_facts(const Store& store, const ComparisonRules& rules,
                                                  const std::function<void(const FactDifference&)>& tell);

}  // namespace lienthong::flow
