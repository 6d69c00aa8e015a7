#include "tests/unit/formats/workbook_builder.hpp"

#include <zlib.h>

#include <stdexcept>

namespace lienthong::testing {
namespace {

void two(std::string& out, std::uint32_t value)
{
    out += static_cast<char>(value & 0xFFU);
    out += static_cast<char>((value >> 8U) & 0xFFU);
}

void four(std::string& out, std::uint32_t value)
{
    two(out, value & 0xFFFFU);
    two(out, value >> 16U);
}

std::string deflated(const std::string& data)
{
    z_stream stream{};
    if (deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::runtime_error("zlib");
    std::string out(deflateBound(&stream, static_cast<uLong>(data.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(data.data()));
    stream.avail_in = static_cast<uInt>(data.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::string escaped(std::string_view text)
{
    std::string out;
    for (const char c : text)
        out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '"' ? "&quot;" : std::string(1, c);
    return out;
}

}  // namespace

std::string zip_of(const std::vector<ZipEntry>& entries)
{
    std::string out, directory;
    for (const ZipEntry& entry : entries) {
        const std::string body = entry.packed ? deflated(entry.data) : entry.data;
        const auto crc = entry.crc.value_or(static_cast<std::uint32_t>(
            crc32(0, reinterpret_cast<const Bytef*>(entry.data.data()), static_cast<uInt>(entry.data.size()))));
        const auto size = entry.size.value_or(static_cast<std::uint32_t>(entry.data.size()));
        const auto packed_size = entry.packed_size.value_or(static_cast<std::uint32_t>(body.size()));
        const std::uint32_t method = entry.method.value_or(entry.packed ? std::uint16_t{8} : std::uint16_t{0});
        const std::string local_name = entry.local_name.value_or(entry.name);
        const auto offset = entry.offset.value_or(static_cast<std::uint32_t>(out.size()));
        const auto shared = [&](std::string& to, const std::string& name) {
            two(to, 20);
            two(to, entry.flags);
            two(to, method);
            four(to, 0);
            four(to, crc);
            four(to, packed_size);
            four(to, size);
            two(to, static_cast<std::uint32_t>(name.size()));
            two(to, 0);
        };
        four(out, 0x04034B50);
        shared(out, local_name);
        out += local_name + body;
        four(directory, 0x02014B50);
        two(directory, static_cast<std::uint32_t>(entry.made_by) << 8U | 20U);
        shared(directory, entry.name);
        two(directory, 0);
        two(directory, 0);
        two(directory, 0);
        four(directory, entry.attributes);
        four(directory, offset);
        directory += entry.name;
    }
    const auto start = static_cast<std::uint32_t>(out.size());
    out += directory;
    four(out, 0x06054B50);
    two(out, 0);
    two(out, 0);
    two(out, static_cast<std::uint32_t>(entries.size()));
    two(out, static_cast<std::uint32_t>(entries.size()));
    four(out, static_cast<std::uint32_t>(directory.size()));
    four(out, start);
    two(out, 0);
    return out;
}

std::vector<ZipEntry> Book::parts() const
{
    const std::string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const std::string relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    const std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    std::vector<ZipEntry> out;
    std::string types = xml + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                              "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>";
    std::string book = xml + "<workbook xmlns=\"" + main + "\" xmlns:r=\"" + office + "\">" + workbook_properties + "<sheets>";
    std::string rels = xml + "<Relationships xmlns=\"" + relations + "\">";
    std::vector<ZipEntry> sheet_parts;
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        const std::string number = std::to_string(i + 1);
        book += "<sheet name=\"" + escaped(sheets[i].name) + "\" sheetId=\"" + number + "\"" +
                (sheets[i].state.empty() ? "" : " state=\"" + sheets[i].state + "\"") + " r:id=\"rId" + number + "\"/>";
        rels += "<Relationship Id=\"rId" + number + "\" Type=\"" + office + "/worksheet\" Target=\"worksheets/sheet" + number + ".xml\"/>";
        sheet_parts.push_back({.name = "xl/worksheets/sheet" + number + ".xml",
                               .data = xml + "<worksheet xmlns=\"" + main + "\">" + sheets[i].before + "<sheetData>" + sheets[i].rows +
                                       "</sheetData>" + sheets[i].after + "</worksheet>"});
    }
    rels += "<Relationship Id=\"rId900\" Type=\"" + office + "/styles\" Target=\"styles.xml\"/>";
    rels += "<Relationship Id=\"rId901\" Type=\"" + office + "/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>";
    rels += "<Relationship Id=\"rId902\" Type=\"" + office + "/externalLink\" Target=\"file:///C:/so-lieu.xlsx\" TargetMode=\"External\"/>";
    std::string styles = xml + "<styleSheet xmlns=\"" + main + "\"><numFmts count=\"" + std::to_string(formats.size()) + "\">";
    std::string cell_formats = "<xf numFmtId=\"0\"/>";
    for (std::size_t i = 0; i < formats.size(); ++i) {
        styles += "<numFmt numFmtId=\"" + std::to_string(164 + i) + "\" formatCode=\"" + escaped(formats[i]) + "\"/>";
        cell_formats += "<xf numFmtId=\"" + std::to_string(164 + i) + "\" applyNumberFormat=\"1\"/>";
    }
    styles += "</numFmts><cellXfs>" + cell_formats + more_styles + "</cellXfs></styleSheet>";
    std::string texts = xml + "<sst xmlns=\"" + main + "\">";
    for (const std::string& text : shared)
        texts += "<si>" + text + "</si>";
    out.push_back({.name = "[Content_Types].xml", .data = types + "</Types>"});
    out.push_back({.name = "_rels/.rels",
                   .data = xml + "<Relationships xmlns=\"" + relations + "\"><Relationship Id=\"rId1\" Type=\"" + office +
                           "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"});
    out.push_back({.name = "xl/workbook.xml", .data = book + "</sheets></workbook>"});
    out.push_back({.name = "xl/_rels/workbook.xml.rels", .data = rels + "</Relationships>"});
    out.push_back({.name = "xl/styles.xml", .data = styles});
    out.push_back({.name = "xl/sharedStrings.xml", .data = texts + "</sst>"});
    out.insert(out.end(), sheet_parts.begin(), sheet_parts.end());
    for (ZipEntry& part : out)
        part.packed = packed;
    out.insert(out.end(), more_parts.begin(), more_parts.end());
    return out;
}

std::string rows_of(const std::vector<std::string>& rows)
{
    std::string out;
    for (const std::string& row : rows) {
        std::string cells, number;
        for (std::size_t at = 0; at < row.size();) {
            const std::size_t end = std::min(row.find('|', at), row.size());
            const std::string cell = row.substr(at, end - at);
            at = end + 1;
            const std::size_t equals = cell.find('=');
            std::string name = cell.substr(0, equals), style;
            const std::string value = cell.substr(equals + 1);
            if (const std::size_t colon = name.find(':'); colon != std::string::npos) {
                style = " s=\"" + name.substr(colon + 1) + "\"";
                name.resize(colon);
            }
            number = name.substr(name.find_first_of("0123456789"));
            const bool is_number = !value.empty() && value.find_first_not_of("0123456789.-E") == std::string::npos;
            const std::string text = value.substr(value.starts_with("#t:") ? 3 : 0);
            cells += "<c r=\"" + name + "\"" + style +
                     (is_number ? "><v>" + value + "</v></c>" : " t=\"inlineStr\"><is><t>" + escaped(text) + "</t></is></c>");
        }
        out += "<row r=\"" + number + "\">" + cells + "</row>";
    }
    return out;
}

}  // namespace lienthong::testing
