#include "hub/ports/format.hpp"

namespace lienthong {

Result<void> Format::stream(ByteSource& /*source*/, const RecordPath& /*records*/, const Layout& /*layout*/, const FormatLimits& /*limits*/,
                            RecordSink& /*sink*/) const
{
    return Problem{.code = "format.not_streamed",
                   .detail = "documents of this format cannot be read record by record",
                   .found = std::string(name()),
                   .expected = "json, ndjson, xml or sdmx-ml"};
}

}  // namespace lienthong
