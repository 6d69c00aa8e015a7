/// Keys: what may stand in a mapping file, each with what it is for. The loader checks by these tables and the schema for
/// editors is written from them, so that they cannot differ. mappings/README.md has the same tables for people.
#pragma once

#include "hub/mapping/mapping.hpp"
#include "hub/mapping/program.hpp"

#include <array>
#include <string_view>

namespace lienthong::mapping {

struct TopKey
{
    std::string_view name, what;
};

inline constexpr std::array<TopKey, 18> top_keys = {{
    {"mapping", "its name, connector/name: small letters, digits, '-', '_'"},
    {"version", "a whole number from 1, raised with every change of meaning"},
    {"extends", "a mapping file beside this one, of which this one is the same except for what it says itself"},
    {"format", "the format of the document: json, xml, edxml or another the hub reads"},
    {"layout", "how documents of rows (csv, xlsx) are laid out: encoding, separator, title, header, stub, records"},
    {"records", "a path from the root that selects the records; left out for render"},
    {"empty", "whether a document whose list of records is empty is a fault: refused (the default) or allowed"},
    {"namespaces", "prefixes for XML namespaces, used as prefix:Name in paths"},
    {"tables", "look-up tables beside the mapping, name: file.csv, or name: alone for name.csv"},
    {"let", "named expressions, used as $name by what stands below them"},
    {"skip", "a condition: records for which it holds are no figures"},
    {"common", "fields that every entry of an observe list shares, unless it states its own"},
    {"observe", "the fields of an observation, or a list of such"},
    {"fact", "the kind of a fact: small letters and '_'"},
    {"key", "the key of the fact; a later message with the same key supersedes it"},
    {"set", "the fields of the fact; what is not named is not stored"},
    {"render", "a template for the way out: maps, lists, expressions, and each/where/item"},
    {"needs", "members of the packet that render makes without which there is none: a partner's schema demands them"},
}};

struct FieldKey
{
    std::string_view name;
    Type type;
    std::string_view example;  ///< What a needed field looks like; empty where it may be left out.
    std::string_view what;
};

/// By Field.
inline constexpr std::array<FieldKey, field_count> field_keys = {{
    {"indicator", Type::text, "\"A_I_1\"", "a code of the catalogue"},
    {"measure", Type::text, "", "a measure of that indicator; VALUE if left out"},
    {"period", Type::period, "month(ky, \"MM/yyyy\")", "the period the figure is of"},
    {"area", Type::area, "area(\"GSO\", maTinh)", "the area the figure is of"},
    {"breakdown", Type::text, "", "_T, or DIMENSION=CODE joined by ';'; _T if left out"},
    {"agency", Type::agency, "agency(maDonVi)", "the agency responsible for the figure"},
    {"value", Type::number, "number(giaTri, locale:vi)", "the figure; missing where availability says why there is none"},
    {"unit", Type::text, "donVi", "a unit's code or any of its spellings"},
    {"vintage", Type::text, "", "estimated, preliminary, official, unstated, or a spelling of vintages.csv"},
    {"availability", Type::text, "", "value, not_available, not_applicable, not_permitted or no_case"},
    {"window", Type::window, "", "from what day to what day, where it is not the calendar's"},
    {"source", Type::text, "", "where the sender says it comes from"},
}};

}  // namespace lienthong::mapping
