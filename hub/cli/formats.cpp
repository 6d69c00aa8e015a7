#include "hub/cli/formats.hpp"

#include "adapters/formats/csv/csv_format.hpp"
#include "adapters/formats/json/json_format.hpp"
#include "adapters/formats/ndjson/ndjson_format.hpp"
#include "adapters/formats/sdmx/sdmx_csv_format.hpp"
#include "adapters/formats/sdmx/sdmx_json_format.hpp"
#include "adapters/formats/sdmx/sdmx_ml_format.hpp"
#include "adapters/formats/xlsx/xlsx_format.hpp"
#include "adapters/formats/edxml/edxml_format.hpp"
#include "adapters/formats/xml/xml_format.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace lienthong::cli {

std::vector<std::shared_ptr<const Format>> all_formats()
{
    return {std::make_shared<adapters::CsvFormat>(),      std::make_shared<adapters::EdxmlFormat>(),
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
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 9> types = {
        {{"csv", "text/csv"},
         {"edxml", "application/xml"},
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

}  // namespace lienthong::cli
