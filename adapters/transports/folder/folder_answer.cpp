// Writes listings and files as answers.
#include "adapters/transports/folder/folder_answer.hpp"

#include "adapters/transports/blocking/blocking_transport.hpp"
#include "adapters/transports/folder/folder_call.hpp"
#include "hub/model/json_text.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace lienthong::adapters {
namespace {

constexpr std::size_t most_files = 2'000;
constexpr std::size_t most_left_out = 100;
constexpr std::size_t most_seen = 100'000;
constexpr char hex_digits[] = "0123456789abcdef";

void append_hex(std::string& out, unsigned char byte)
{
    out += hex_digits[byte >> 4U];
    out += hex_digits[byte & 15U];
}

std::string printable(std::string_view name)
{
    std::string out;
    for (const char c : name.substr(0, 255)) {
        if (c > ' ' && c < '\x7F') {
            out += c;
        } else {
            out += "\\x";
            append_hex(out, static_cast<unsigned char>(c));
        }
    }
    return out;
}

std::string sha256_hex(std::string_view bytes)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sha256(), nullptr) != 1)
        throw std::runtime_error("SHA-256 cannot be computed");
    std::string out;
    for (unsigned i = 0; i < size; ++i)
        append_hex(out, digest[i]);
    return out;
}

}  // namespace

void FolderListing::add(FolderEntry entry)
{
    const std::string_view fault = fault_of_name(entry.name);
    if (!fault.empty()) {
        leave_out(entry.name, fault);
        return;
    }
    ++seen_;
    files_.push_back(std::move(entry));
}

void FolderListing::leave_out(std::string_view name, std::string_view why)
{
    ++seen_;
    if (left_out_.size() < most_left_out)
        left_out_.push_back({printable(name), std::string(why)});
    else
        more_ = true;
}

bool FolderListing::is_full()
{
    more_ = more_ || seen_ >= most_seen;
    return seen_ >= most_seen;
}

HttpAnswer FolderListing::answer() &&
{
    const auto age = [](const FolderEntry& entry) { return std::tie(entry.modified_millis, entry.name); };
    std::sort(files_.begin(), files_.end(), [&](const auto& a, const auto& b) { return age(a) < age(b); });
    std::sort(left_out_.begin(), left_out_.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    if (files_.size() > most_files) {
        files_.resize(most_files);
        more_ = true;
    }
    JsonWriter out;
    out.begin_object().key("files").begin_array();
    for (const FolderEntry& file : files_) {
        out.begin_object().member("name", file.name).member("size", static_cast<std::int64_t>(file.size));
        out.member("modified", file.modified_millis).end_object();
    }
    out.end_array().key("left_out").begin_array();
    for (const LeftOut& item : left_out_)
        out.begin_object().member("name", item.name).member("why", item.why).end_object();
    out.end_array().member("more", more_).end_object();
    return {200, {{"Content-Type", "application/json"}}, out.take()};
}

HttpAnswer file_answer(std::string bytes)
{
    HttpAnswer answer;
    answer.status = 200;
    answer.headers = {{"Content-Length", std::to_string(bytes.size())}, {"Content-Sha256", sha256_hex(bytes)}};
    answer.body = std::move(bytes);
    return answer;
}

HttpAnswer too_large_answer(std::uint64_t size, std::size_t limit)
{
    return refusal(413, "the file has " + std::to_string(size) + " bytes, more than the " + std::to_string(limit) +
                            " that are taken: split it into several files");
}

HttpAnswer moved_answer(const std::string& destination, const std::string& name)
{
    return {201, {{"Location", destination + '/' + name}}, {}};
}

}  // namespace lienthong::adapters
