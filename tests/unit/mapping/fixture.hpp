// What the mapping tests share: the province's catalogue, documents from text, mappings from text.
#pragma once

#include "adapters/formats/csv/csv_format.hpp"
#include "adapters/formats/json/json_format.hpp"
#include "adapters/formats/ndjson/ndjson_format.hpp"
#include "adapters/formats/sdmx/sdmx_csv_format.hpp"
#include "adapters/formats/sdmx/sdmx_json_format.hpp"
#include "adapters/formats/sdmx/sdmx_ml_format.hpp"
#include "adapters/formats/xlsx/xlsx_format.hpp"
#include "adapters/formats/xml/xml_format.hpp"
#include "hub/catalogue/catalogue.hpp"
#include "hub/mapping/mapping.hpp"
#include "hub/workshop/sample.hpp"

#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::testing {

using Files = std::map<std::string, std::string, std::less<>>;

/// No digest, but different for different bytes, which is all the tests ask of it.
inline std::string pretend_digest(std::string_view bytes)
{
    return std::to_string(std::hash<std::string_view>{}(bytes));
}

/// The catalogue that ships.
inline const catalogue::Catalogue& the_catalogue()
{
    static const auto instance = [] {
        std::vector<Problem> problems;
        auto loaded = catalogue::Catalogue::load(LIENTHONG_SOURCE_DIR "/mappings/catalogue", pretend_digest, problems);
        for (const Problem& problem : problems)
            fprintf(stderr, "%s\n", problem.sentence().c_str());
        return loaded;
    }();
    return *instance;
}

struct Compiled
{
    std::shared_ptr<const mapping::Mapping> mapping;
    std::vector<Problem> problems, findings;

    [[nodiscard]] std::string sentences() const
    {
        std::string out;
        for (const Problem& problem : problems)
            out += problem.sentence() + "\n";
        return out;
    }
};

inline Compiled compile(std::string_view text, const Files& tables = {}, const std::string& file = "m.yaml")
{
    Compiled out;
    const mapping::ReadBeside beside = [&](std::string_view name) -> std::optional<std::string> {
        const auto it = tables.find(name);
        return it == tables.end() ? std::nullopt : std::optional(it->second);
    };
    out.mapping = mapping::Mapping::compile(file, text, beside, the_catalogue(), pretend_digest, out.problems, out.findings);
    return out;
}

inline const Format& format(std::string_view name)
{
    static const adapters::CsvFormat csv;
    static const adapters::JsonFormat json;
    static const adapters::NdjsonFormat ndjson;
    static const adapters::SdmxCsvFormat sdmx_csv;
    static const adapters::SdmxJsonFormat sdmx_json;
    static const adapters::SdmxMlFormat sdmx_ml;
    static const adapters::XlsxFormat xlsx;
    static const adapters::XmlFormat xml;
    for (const Format* one : std::initializer_list<const Format*>{&csv, &json, &ndjson, &sdmx_csv, &sdmx_json, &sdmx_ml, &xlsx, &xml})
        if (one->name() == name)
            return *one;
    throw std::invalid_argument("no format " + std::string(name));
}

}  // namespace lienthong::testing
