// Reads and writes the list of trusted plugins.
#include "hub/process/lock_file.hpp"

#include <algorithm>

namespace lienthong::process {
namespace {

constexpr std::string_view blanks = " \t\r";

std::string_view without_comment(std::string_view line)
{
    return line.substr(0, line.find('#'));
}

std::vector<std::string_view> words_of(std::string_view line)
{
    std::vector<std::string_view> words;
    for (std::size_t at = line.find_first_not_of(blanks); at != line.npos; at = line.find_first_not_of(blanks, at)) {
        const std::size_t end = std::min(line.find_first_of(blanks, at), line.size());
        words.push_back(line.substr(at, end - at));
        at = end;
    }
    return words;
}

bool is_digest(std::string_view text)
{
    return text.size() == 64 &&
           std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

Problem malformed(std::size_t line, std::string_view at, std::string_view whole, std::string detail, std::string expected)
{
    const std::size_t column = at.empty() ? 1 : static_cast<std::size_t>(at.data() - whole.data()) + 1;
    return {"process.lock_malformed", std::move(detail), std::to_string(line) + ":" + std::to_string(column), shortened(at),
            std::move(expected)};
}

/// Calls `take` with each line and its number, from 1.
template <class Take>
void for_each_line(std::string_view text, Take take)
{
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        take(number, text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

}  // namespace

bool is_connector_name(std::string_view name)
{
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    if (name.empty() || name.size() > 64 || !plain(name.front()) || !plain(name.back()))
        return false;
    return std::all_of(name.begin(), name.end(), [&](char c) { return plain(c) || c == '_'; }) && name.find("__") == name.npos;
}

Result<std::vector<LockedPlugin>> read_lock(std::string_view text)
{
    std::vector<LockedPlugin> plugins;
    Problem problem;
    for_each_line(text, [&](std::size_t number, std::string_view line) {
        const auto words = words_of(without_comment(line));
        if (words.empty() || !problem.code.empty())
            return;
        const auto same_name = [&](const LockedPlugin& p) { return p.name == words[0]; };
        if (words.size() != 3)
            problem = malformed(number, words[0], line, "a line of the lock file has " + std::to_string(words.size()) + " words",
                                "name, sha256, file");
        else if (!is_connector_name(words[0]))
            problem =
                malformed(number, words[0], line, "this is no connector's name", "lower-case letters and digits, joined by _");
        else if (!is_digest(words[1]))
            problem = malformed(number, words[1], line, "this is no SHA-256 digest", "64 lower-case hex digits");
        else if (std::any_of(plugins.begin(), plugins.end(), same_name))
            problem = malformed(number, words[0], line, "this connector is listed twice", "one line for each name");
        else
            plugins.push_back({std::string(words[0]), std::string(words[1]), std::string(words[2])});
    });
    if (!problem.code.empty())
        return problem;
    return plugins;
}

std::string with_plugin(std::string_view lock_text, const LockedPlugin& plugin)
{
    const std::string own = plugin.name + " " + plugin.sha256 + " " + plugin.file + "\n";
    std::string out;
    bool written = false;
    for_each_line(lock_text, [&](std::size_t, std::string_view line) {
        const auto words = words_of(without_comment(line));
        if (words.empty() || words[0] != plugin.name) {
            out += std::string(line) + "\n";
        } else if (!written) {
            out += own;
            written = true;
        }
    });
    return written ? out : out + own;
}

}  // namespace lienthong::process
