#include "hub/cli/formats.hpp"

#include "adapters/formats/csv/csv_format.hpp"
#include "adapters/formats/json/json_format.hpp"
#include "adapters/formats/ndjson/ndjson_format.hpp"
#include "adapters/formats/sdmx/sdmx_csv_format.hpp"
#include "adapters/formats/sdmx/sdmx_json_format.hpp"
#include "adapters/formats/sdmx/sdmx_ml_format.hpp"
#include "adapters/formats/xlsx/xlsx_format.hpp"
#include "adapters/formats/edxml/edxml_format.hpp"
#include "adapters/formats/edxml/header_format.hpp"
#include "adapters/formats/xml/xml_format.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace lienthong::cli {

std::vector<std::shared_ptr<const Format>> all_formats()
{
    return {std::make_shared<adapters::CsvFormat>(),      std::make_shared<adapters::EdxmlFormat>(),
            std::make_shared<adapters::EdxmlHeaderFormat>(),
            std::make_shared<adapters::JsonFormat>(),     std::make_shared<adapters::NdjsonFormat>(),
            std::make_shared<adapters::SdmxCsvFormat>(),  std::make_shared<adapters::SdmxJsonFormat>(),
            std::make_shared<adapters::SdmxMlFormat>(),   std::make_shared<adapters::XlsxFormat>(),
            std::make_shared<adapters::XmlFormat>()};
}

std::shared_ptr<const Format> format_named(std::string_view name)
{
    for (auto& format : all_formats())
        if (format->name() == name)
            return format;
    return nullptr;
}

std::string_view media_type_of(std::string_view format)
{
    // Of SDMX without its version parameter: what stands behind a ';' is not looked at.
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 10> types = {
        {{"csv", "text/csv"},
         {"edxml", "application/xml"},
         {"edxml-header", "application/xml"},
         {"json", "application/json"},
         {"ndjson", "application/x-ndjson"},
         {"sdmx-csv", "application/vnd.sdmx.data+csv"},
         {"sdmx-json", "application/vnd.sdmx.data+json"},
         {"sdmx-ml", "application/vnd.sdmx.structurespecificdata+xml"},
         {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
         {"xml", "application/xml"}}};
    const auto found = std::find_if(types.begin(), types.end(), [&](const auto& type) { return type.first == format; });
    return found == types.end() ? std::string_view{} : found->second;
}

namespace {

constexpr std::string_view text = "text without marks, such as CSV";

std::string_view likeness_of(std::string_view document)
{
    if (document.starts_with("PK\x03\x04"))
        return "a workbook or another archive";
    if (document.starts_with("\xEF\xBB\xBF"))
        document.remove_prefix(3);
    const std::size_t first = document.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return "";
    return document[first] == '{' || document[first] == '[' ? "JSON" : document[first] == '<' ? "XML" : text;
}

std::string_view likeness_of_format(std::string_view format)
{
    if (format == "xlsx")
        return "a workbook or another archive";
    if (format == "json" || format == "ndjson" || format == "sdmx-json")
        return "JSON";
    return format == "xml" || format == "edxml" || format == "edxml-header" || format == "sdmx-ml" ? "XML" : text;
}

}  // namespace

std::string other_likeness(std::string_view document, std::string_view format)
{
    const std::string_view like = likeness_of(document);
    if (like.empty() || like == likeness_of_format(format))
        return {};
    return "this looks like " + std::string(like) + "; the mapping's format is " + std::string(format);
}

}  // namespace lienthong::cli
