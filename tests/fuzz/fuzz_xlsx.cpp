/// Fuzz target: any bytes as a workbook, and as the parts of one. Limits hold, texts are UTF-8, places name sheets.
#include "adapters/formats/xlsx/number_format.hpp"
#include "adapters/formats/xlsx/xlsx_format.hpp"
#include "adapters/formats/zip/zip_reader.hpp"
#include "hub/model/utf8.hpp"
#include "tests/fuzz/promise.hpp"
#include "tests/unit/formats/workbook_builder.hpp"

#include <string>

namespace {

using namespace lienthong;
using fuzz::require;

void check(std::string_view bytes)
{
    for (const bool cells : {false, true}) {
        Layout layout;
        layout.cells = cells;
        FormatLimits limits;
        limits.nodes = 20'000;
        const auto tree = adapters::XlsxFormat().read(bytes, layout, limits);
        if (!tree) {
            require(tree.problem().code.starts_with("format."), "a refusal has a code of its room", tree.problem().code);
            continue;
        }
        require(tree->size() <= limits.nodes + 8 * 16'384, "no more nodes than allowed, the last row's own apart");
        for (NodeId id = 0; id < tree->size(); ++id) {
            require(first_not_utf8(tree->node(id).text) == tree->node(id).text.size(), "every text is UTF-8", tree->node(id).text);
            const std::string mark = tree->mark(id);
            require(mark.empty() || (mark.front() == '\'' && mark.find("'!") != std::string_view::npos), "a mark names sheet and cell", mark);
        }
    }
}

/// The archive keeps its promises whatever it is.
void check_archive(std::string_view bytes)
{
    adapters::ZipLimits limits;
    limits.total_bytes = 1'000'000;
    const auto archive = adapters::ZipReader::open(bytes, limits);
    if (!archive)
        return;
    for (const char* name : {"xl/workbook.xml", "[Content_Types].xml", "xl/worksheets/sheet1.xml"})
        if (const auto part = archive->read(name); part.ok())
            require(part.value().size() <= limits.total_bytes, "no part is larger than all may be", name);
}

void check_number(std::string_view text)
{
    const std::size_t half = text.size() / 2;
    const auto printed = adapters::print_number(text.substr(0, half), adapters::read_number_format(text.substr(half)), adapters::DateSystem::from_1900);
    if (!printed || (printed->kind != adapters::CellKind::number && printed->kind != adapters::CellKind::percent))
        return;
    const std::string& out = printed->text;
    require(out.find_first_not_of("-0123456789.") == std::string::npos, "a number is printed as a plain decimal", out);
    require(out.size() <= 1'000, "and not without end", out);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    check(input);
    check_archive(input);
    check_number(input);
    lienthong::testing::Book book;
    book.packed = false;
    book.sheets = {{"S", std::string(input)}};
    check(book.bytes());
    book.sheets = {{"S", lienthong::testing::rows_of({"B1=b|C1=c", "A2=x|B2:1=10|C2=20"})}};
    book.shared = {std::string(input)};
    check(book.bytes());
    auto parts = book.parts();
    parts[size % 6].data = input;
    check(lienthong::testing::zip_of(parts));
    return 0;
}
