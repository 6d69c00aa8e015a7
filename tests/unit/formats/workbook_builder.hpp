/// Makes workbooks for the tests, whole ones and such as nobody's program would write.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lienthong::testing {

/// One entry of an archive; what is set says another thing than the truth.
struct ZipEntry
{
    std::string name, data;
    bool packed = true;
    std::optional<std::uint32_t> crc{}, size{}, packed_size{}, offset{};
    std::optional<std::uint16_t> method{};
    std::optional<std::string> local_name{};
    std::uint16_t flags = 0;
    std::uint16_t made_by = 0;
    std::uint32_t attributes = 0;
};

[[nodiscard]] std::string zip_of(const std::vector<ZipEntry>& entries);

struct SheetText
{
    std::string name;
    std::string rows;            ///< What stands in sheetData.
    std::string before{};        ///< cols and the like.
    std::string after{};         ///< mergeCells and the like.
    std::string state{};
};

struct Book
{
    std::vector<SheetText> sheets;
    std::vector<std::string> shared{};        ///< What stands in each `si`.
    std::vector<std::string> formats{};       ///< Codes; a cell of style i + 1 has the i-th.
    std::string more_styles{};                ///< Further `xf` elements.
    std::string workbook_properties{};
    std::vector<ZipEntry> more_parts{};
    bool packed = true;                       ///< What repeats itself packs better than a reader believes.

    [[nodiscard]] std::vector<ZipEntry> parts() const;
    [[nodiscard]] std::string bytes() const { return zip_of(parts()); }
};

/// Rows from texts: "A7=Khai khoáng|B7=87.02|C7:1=95.36|D7=#t:text": a number with an optional style, or a text where it is none.
[[nodiscard]] std::string rows_of(const std::vector<std::string>& rows);

}  // namespace lienthong::testing
