// CRC-32 by Poco (zlib's).
#include "adapters/sqlite/checksum.hpp"

#include <Poco/Checksum.h>

#include <string>

namespace lienthong::adapters::sqlite {

std::int64_t checksum(std::initializer_list<std::string_view> parts)
{
    Poco::Checksum sum(Poco::Checksum::TYPE_CRC32);
    for (const std::string_view part : parts) {
        const std::string length = std::to_string(part.size()) + ":";
        sum.update(length);
        // Poco takes 32-bit lengths.
        for (std::string_view rest = part; !rest.empty();) {
            const std::string_view piece = rest.substr(0, 1U << 30U);
            sum.update(piece.data(), static_cast<unsigned>(piece.size()));
            rest.remove_prefix(piece.size());
        }
    }
    return sum.checksum();
}

}  // namespace lienthong::adapters::sqlite
