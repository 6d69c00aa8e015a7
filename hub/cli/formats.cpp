#include "hub/cli/formats.hpp"

#include "adapters/formats/csv/csv_format.hpp"
#include "adapters/formats/json/json_format.hpp"
#include "adapters/formats/ndjson/ndjson_format.hpp"
#include "adapters/formats/sdmx/sdmx_csv_format.hpp"
#include "adapters/formats/sdmx/sdmx_json_format.hpp"
#include "adapters/formats/sdmx/sdmx_ml_format.hpp"
#include "adapters/formats/xlsx/xlsx_format.hpp"
#include "adapters/formats/xml/edxml_format.hpp"
#include "adapters/formats/xml/xml_format.hpp"

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

}  // namespace lienthong::cli
