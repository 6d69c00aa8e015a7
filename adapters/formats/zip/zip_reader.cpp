// The container is read here and only inflated by zlib: libzip and minizip do not tell where an entry's bytes lie, so
// entries that share bytes could not be refused before they are inflated.
#include "adapters/formats/zip/zip_reader.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace lienthong::adapters {
namespace {

constexpr std::size_t end_size = 22, central_size = 46, local_size = 30, longest_comment = 65'535;
constexpr std::uint32_t end_mark = 0x06054B50, central_mark = 0x02014B50, local_mark = 0x04034B50;
constexpr std::uint16_t stored = 0, deflated = 8;
constexpr std::uint32_t in_zip64 = 0xFFFFFFFF;
constexpr unsigned made_by_unix = 3, link_type = 0xA, encrypted_flags = 0x2041;  // encrypted, strongly, its directory too

std::uint16_t two(std::string_view bytes, std::size_t at)
{
    return static_cast<std::uint16_t>(static_cast<unsigned char>(bytes[at]) | static_cast<unsigned char>(bytes[at + 1]) << 8U);
}

std::uint32_t four(std::string_view bytes, std::size_t at)
{
    return two(bytes, at) | static_cast<std::uint32_t>(two(bytes, at + 2)) << 16U;
}

std::string lower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

Problem problem_of(const char* code, std::string_view name, std::string detail, std::string found = {}, std::string expected = {})
{
    return {code, std::move(detail), shortened(name, 120), std::move(found), std::move(expected), "ECMA-376 part 2"};
}

Problem damaged(std::string_view name, std::string detail)
{
    return problem_of("format.zip.damaged", name, std::move(detail));
}

Problem unsafe(std::string_view name, std::string detail, std::string found = {})
{
    return problem_of("format.zip.unsafe", name, std::move(detail), std::move(found));
}

bool climbs_out(std::string_view name)
{
    if (name.empty() || name.front() == '/' || name.find('\\') != std::string_view::npos || name.find('\0') != std::string_view::npos ||
        name.find(':') != std::string_view::npos)
        return true;
    for (std::size_t at = 0; at <= name.size();) {
        const std::size_t end = std::min(name.find('/', at), name.size());
        const std::string_view step = name.substr(at, end - at);
        if (step == ".." || step == "." || (step.empty() && end != name.size()))
            return true;
        at = end + 1;
    }
    return false;
}

bool is_archive(std::string_view lower_name, std::string_view packed, std::uint16_t method)
{
    constexpr std::array<std::string_view, 12> endings = {".zip", ".xlsx", ".xlsm", ".xlsb", ".docx", ".pptx",
                                                          ".jar", ".7z",   ".rar",  ".gz",   ".ods",  ".tar"};
    return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) { return lower_name.ends_with(ending); }) ||
           (method == stored && packed.starts_with("PK\x03\x04"));
}

}  // namespace

/// Reads and judges the directory.
class ZipReader::Directory
{
public:
    Directory(std::string_view package, const ZipLimits& limits) : package_(package), limits_(limits) {}

    std::optional<Problem> read(ZipReader& out)
    {
        if (auto problem = find_end())
            return problem;
        std::size_t at = start_;
        for (std::size_t i = 0; i < count_; ++i) {
            Entry entry;
            if (auto problem = central(at, entry))
                return problem;
            std::string key = lower(entry.name);
            if (!limits_.archives && is_archive(key, entry.packed, entry.method))
                return unsafe(entry.name, "an archive stands inside the archive");
            if (!out.by_name_.emplace(std::move(key), out.entries_.size()).second)
                return unsafe(entry.name, "two entries have this name");
            out.entries_.push_back(entry);
        }
        if (at != end_)
            return damaged({}, "the directory does not end where it says");
        return overlap(out.entries_);
    }

private:
    std::optional<Problem> find_end()
    {
        if (package_.size() < end_size)
            return damaged({}, "the file is too short to be a workbook");
        const std::size_t lowest = package_.size() - std::min(package_.size(), end_size + longest_comment);
        std::size_t at = package_.size() - end_size;
        while (at > lowest && !(four(package_, at) == end_mark && at + end_size + two(package_, at + 20) == package_.size()))
            --at;
        if (four(package_, at) != end_mark || at + end_size + two(package_, at + 20) != package_.size())
            return damaged({}, "the archive has no directory at its end; was the file cut off?");
        count_ = two(package_, at + 10);
        const std::uint32_t size = four(package_, at + 12);
        const std::uint32_t start = four(package_, at + 16);
        if (size == in_zip64 || start == in_zip64 || count_ == 0xFFFF)
            return unsafe({}, "the archive is a Zip64, which no workbook of the size allowed needs");
        if (two(package_, at + 4) != 0 || two(package_, at + 6) != 0 || two(package_, at + 8) != count_)
            return damaged({}, "the archive is one part of several");
        if (count_ > limits_.entries)
            return problem_of("format.zip.too_large", {}, "the archive has too many entries", std::to_string(count_),
                              "at most " + std::to_string(limits_.entries));
        if (std::uint64_t{start} + size != at)
            return damaged({}, "the directory does not stand where it says");
        start_ = start;
        end_ = at;
        return std::nullopt;
    }

    std::optional<Problem> central(std::size_t& at, Entry& entry)
    {
        if (end_ - at < central_size || four(package_, at) != central_mark)
            return damaged({}, "an entry of the directory is damaged");
        const std::size_t name_size = two(package_, at + 28);
        const std::size_t whole = central_size + name_size + two(package_, at + 30) + two(package_, at + 32);
        if (end_ - at < whole)
            return damaged({}, "an entry of the directory is cut off");
        entry.name = package_.substr(at + central_size, name_size);
        entry.method = two(package_, at + 10);
        entry.crc = four(package_, at + 16);
        entry.size = four(package_, at + 24);
        entry.header = four(package_, at + 42);
        const std::uint32_t packed = four(package_, at + 20);
        const unsigned made_by = two(package_, at + 4) >> 8U;
        const unsigned flags = two(package_, at + 8);
        const std::uint32_t attributes = four(package_, at + 38);
        at += whole;
        if (climbs_out(entry.name))
            return unsafe(entry.name, "an entry's name leads out of the archive");
        if ((flags & encrypted_flags) != 0)
            return unsafe(entry.name, "the entry is encrypted");
        if (made_by == made_by_unix && attributes >> 28U == link_type)
            return unsafe(entry.name, "the entry is a link");
        if (entry.method != stored && entry.method != deflated)
            return unsafe(entry.name, "the entry is packed in a way no workbook is", std::to_string(entry.method));
        if (entry.size == in_zip64 || packed == in_zip64 || entry.header == in_zip64)
            return unsafe(entry.name, "the entry is of a Zip64");
        if (entry.method == stored && entry.size != packed)
            return damaged(entry.name, "the entry's two sizes differ though it is not packed");
        if (entry.size > limits_.ratio * std::uint64_t{packed})
            return problem_of("format.zip.too_large", entry.name, "the entry would unpack to far more than it is",
                              std::to_string(packed) + " bytes to " + std::to_string(entry.size),
                              "at most " + std::to_string(limits_.ratio) + " times");
        total_ += entry.size;
        if (total_ > limits_.total_bytes)
            return problem_of("format.zip.too_large", entry.name, "the archive would unpack to too much", std::to_string(total_) + " bytes",
                              "at most " + std::to_string(limits_.total_bytes));
        return local(entry, packed);
    }

    std::optional<Problem> local(Entry& entry, std::uint32_t packed) const
    {
        if (entry.header > start_ || start_ - entry.header < local_size || four(package_, entry.header) != local_mark)
            return damaged(entry.name, "the entry is not where the directory says");
        const std::size_t name_size = two(package_, entry.header + 26);
        const std::size_t begin = entry.header + local_size + name_size + two(package_, entry.header + 28);
        if (begin > start_ || start_ - begin < packed)
            return damaged(entry.name, "the entry reaches into the directory");
        if (package_.substr(entry.header + local_size, name_size) != entry.name || two(package_, entry.header + 8) != entry.method)
            return unsafe(entry.name, "the entry says of itself another thing than the directory");
        entry.packed = package_.substr(begin, packed);
        return std::nullopt;
    }

    /// Entries that share bytes multiply what a small file unpacks to.
    [[nodiscard]] std::optional<Problem> overlap(const std::vector<Entry>& entries) const
    {
        std::vector<const Entry*> sorted;
        for (const Entry& entry : entries)
            sorted.push_back(&entry);
        std::sort(sorted.begin(), sorted.end(), [](const Entry* a, const Entry* b) { return a->header < b->header; });
        std::size_t free = 0;
        for (const Entry* entry : sorted) {
            if (entry->header < free)
                return unsafe(entry->name, "two entries share bytes");
            free = static_cast<std::size_t>(entry->packed.data() - package_.data()) + entry->packed.size();
        }
        return std::nullopt;
    }

    std::string_view package_;
    const ZipLimits& limits_;
    std::size_t start_ = 0, end_ = 0, count_ = 0;
    std::uint64_t total_ = 0;
};

Result<ZipReader> ZipReader::open(std::string_view package, const ZipLimits& limits)
{
    ZipReader reader;
    if (auto problem = Directory(package, limits).read(reader))
        return *std::move(problem);
    return reader;
}

const ZipReader::Entry* ZipReader::find(std::string_view name) const
{
    const auto found = by_name_.find(lower(name));
    return found == by_name_.end() ? nullptr : &entries_[found->second];
}

std::vector<std::string_view> ZipReader::names() const
{
    std::vector<std::string_view> out;
    for (const Entry& entry : entries_)
        out.push_back(entry.name);
    return out;
}

std::string_view ZipReader::name_ending(std::string_view lower_ending) const
{
    for (const Entry& entry : entries_)
        if (lower(entry.name).ends_with(lower_ending))
            return entry.name;
    return {};
}

Result<std::string> ZipReader::read(std::string_view name) const
{
    const Entry* entry = find(name);
    if (entry == nullptr)
        return damaged(name, "the workbook lacks this part");
    std::string out;
    if (entry->method == stored) {
        out = entry->packed;
    } else {
        out.resize(entry->size);
        z_stream stream{};
        if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
            throw std::bad_alloc();
        // zlib wants a place to write to even where nothing is promised.
        std::array<Bytef, 1> nothing{};
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(entry->packed.data()));
        stream.avail_in = static_cast<uInt>(entry->packed.size());
        stream.next_out = out.empty() ? nothing.data() : reinterpret_cast<Bytef*>(out.data());
        stream.avail_out = static_cast<uInt>(out.size());
        const int state = inflate(&stream, Z_FINISH);
        const bool whole = state == Z_STREAM_END && stream.avail_out == 0 && stream.avail_in == 0;
        inflateEnd(&stream);
        if (!whole)
            return damaged(name, "the part does not unpack to what the directory promises");
    }
    if (crc32(0, reinterpret_cast<const Bytef*>(out.data()), static_cast<uInt>(out.size())) != entry->crc)
        return damaged(name, "the part's check sum is wrong");
    return out;
}

}  // namespace lienthong::adapters
