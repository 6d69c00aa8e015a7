/// ProfileReader: reads a profile whole; every fault is told with its line and column, what stands there and what would be right.
#pragma once

#include "hub/sdk/failures.hpp"
#include "plugins/nrs/profile.hpp"

namespace nrs {

class ProfileReader
{
public:
    explicit ProfileReader(std::string_view text)
    {
        if (text.substr(0, 3) == "\xEF\xBB\xBF")
            text.remove_prefix(3);
        for (line_ = 1; !text.empty(); ++line_) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            read_line(text.substr(0, end));
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        check_whole();
    }

    [[nodiscard]] const Profile& profile() const { return profile_; }
    /// One sentence a fault, in the order they were found.
    [[nodiscard]] const std::vector<std::string>& faults() const { return faults_; }

private:
    using Texts = std::vector<std::string_view>;

    static std::string_view trimmed(std::string_view text)
    {
        while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
            text.remove_prefix(1);
        while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
            text.remove_suffix(1);
        return text;
    }
    static Texts parted(std::string_view text, std::string_view by)
    {
        Texts out;
        for (;;) {
            const std::size_t at = text.find(by);
            out.push_back(trimmed(text.substr(0, at)));
            if (at == std::string_view::npos)
                return out;
            text.remove_prefix(at + by.size());
        }
    }
    template <class Names>
    static bool known(const Names& names, std::string_view name)
    {
        return std::find(names.begin(), names.end(), name) != names.end();
    }
    template <class Names>
    static std::string listed(const Names& names)
    {
        std::string out;
        for (const auto& name : names)
            out += (out.empty() ? "" : ", ") + std::string(name);
        return out;
    }

    /// Columns are counted in characters, as editors do.
    void fault(std::size_t line, std::size_t column, std::string_view found, const std::string& expected)
    {
        faults_.push_back("line " + std::to_string(line) + " column " + std::to_string(column) + ": found '" +
                          lienthong::sdk::excerpt(found, 80) + "', expected " + expected);
    }
    /// `found` is a part of the line being read.
    void fault(std::string_view found, const std::string& expected)
    {
        const auto bytes = static_cast<std::size_t>(found.data() - text_.data());
        const auto column = 1 + std::count_if(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(bytes),
                                              [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
        fault(line_, static_cast<std::size_t>(column), found, expected);
    }

    void read_line(std::string_view text)
    {
        text_ = text;
        const std::string_view content = trimmed(text);
        if (content.empty() || content.front() == '#')
            return;
        const std::size_t equals = content.find('=');
        if (equals == std::string_view::npos)
            return fault(content, "a line such as figures.period = maKyBaoCao : period : required");
        const std::string_view key = trimmed(content.substr(0, equals));
        const std::string_view rest = trimmed(content.substr(equals + 1));
        if (rest.empty())
            return fault(content.substr(content.size()), "a value behind '='");
        const auto [first, fresh] = seen_.emplace(std::string(key), line_);
        if (!fresh)
            return fault(key, "each key once; it stands in line " + std::to_string(first->second) + " too");
        take(key, parted(rest, " : "));
    }

    void take(std::string_view key, const Texts& values)
    {
        const std::size_t dot = std::min(key.find('.'), key.size());
        const std::string_view head = key.substr(0, dot), tail = key.substr(std::min(dot + 1, key.size()));
        if (head == "kind")
            return take_kind(tail, values);
        if (known(kind_names, head) && !tail.empty())
            return take_field(head, tail, values);
        if (head == "notice" && tail.empty())
            return take_notice(values);
        if (values.size() > 1)
            return fault(values[1], "nothing more behind the value of '" + std::string(key) + "'");
        if (head == "status")
            return take_status(tail, values.front());
        if (head == "receipt" || head == "answer")
            return take_place(head, tail, values.front());
        static constexpr std::array<std::string_view, 14> plain = {"profile",
                                                                   "standing",
                                                                   "send",
                                                                   "find",
                                                                   "pull",
                                                                   "day",
                                                                   "moment",
                                                                   "period.month",
                                                                   "period.quarter",
                                                                   "period.half",
                                                                   "period.nine_months",
                                                                   "period.year",
                                                                   "submission.first",
                                                                   "submission.again"};
        if (!known(plain, key))
            return fault(
                key, "one of " + listed(plain) + ", notice, or kind., receipt., answer., status. and a name, or <kind>.<field>");
        if (key == "standing" && values.front() != "assumed" && values.front() != "confirmed")
            return fault(values.front(), "assumed or confirmed");
        if (key == "send" || key == "find" || key == "pull")
            check_address(key, values.front());
        if (key == "day" || key == "moment" || head == "period")
            check_pattern(values.front());
        profile_.words[std::string(key)] = values.front();
    }

    void check_address(std::string_view key, std::string_view address)
    {
        if (address.front() != '/')
            return fault(address, "an address below push_path, which begins with /");
        for (std::size_t at = address.find('{'); at != std::string_view::npos; at = address.find('{', at + 1)) {
            const std::string_view blank = address.substr(at, address.find('}', at) - at + 1);
            const bool fits =
                key == "find" ? blank == "{id}" : key == "pull" && (blank == "{kind}" || blank == "{since}" || blank == "{page}");
            if (!fits)
                fault(blank, key == "find" ? "{id}" : key == "pull" ? "{kind}, {since} or {page}" : "an address without braces");
        }
        for (const std::string_view needed : {"{id}", "{kind}"})
            if ((key == "find") == (needed == "{id}") && key != "send" && address.find(needed) == std::string_view::npos)
                fault(address, std::string(needed) + " in it");
        if (address.find_first_of(" \"\\") != std::string_view::npos)
            fault(address, "an address without blanks, quotes and backslashes");
    }

    void check_pattern(std::string_view pattern)
    {
        if (pattern.find("yyyy") == std::string_view::npos)
            fault(pattern, "a pattern with yyyy, such as yyyyMM, yyyyq or yyyy-MM-dd HH:mm:ss");
    }

    Kind& kind_called(std::string_view name)
    {
        for (Kind& one : profile_.kinds)
            if (one.name == name)
                return one;
        Kind& made = profile_.kinds.emplace_back();
        made.name = name;
        made.line = line_;
        return made;
    }

    void take_kind(std::string_view name, const Texts& values)
    {
        if (!known(kind_names, name))
            return fault(name.empty() ? text_ : name, "one of the kinds " + listed(kind_names));
        if (values.size() != 2 || !known(direction_names, values[1]))
            return fault(values.size() > 1 ? values[1] : values[0], "a word, then ' : ' and in, out or both");
        Kind& kind = kind_called(name);
        kind.word = values[0];
        kind.in = values[1] != "out";
        kind.out = values[1] != "in";
    }

    std::optional<Path> path_from(std::string_view text)
    {
        Path path;
        for (const std::string_view step : parted(text, "/")) {
            if (step.empty()) {
                fault(text, "a place such as a, a/b or a/*/b");
                return std::nullopt;
            }
            path.emplace_back(step);
        }
        return path;
    }

    void take_field(std::string_view kind_name, std::string_view tail, const Texts& values)
    {
        Kind& kind = kind_called(kind_name);
        auto path = path_from(values[0]);
        if (!path)
            return;
        if (tail == "rows") {
            kind.rows = std::move(*path);
            return;
        }
        Field field;
        field.in_row = tail.substr(0, 4) == "row.";
        field.name = field.in_row ? tail.substr(4) : tail;
        field.path = std::move(*path);
        field.line = line_;
        if (!known(field_names, field.name))
            return fault(tail,
                         "rows, or one of the fields " + listed(field_names) + ", with row. before it where it stands in a row");
        if (values.size() > 1) {
            if (!known(type_names, values[1]))
                return fault(values[1], "one of the types " + listed(type_names));
            field.type = values[1];
        }
        if (values.size() > 2) {
            if (values[2] != "required")
                return fault(values[2], "required, or nothing");
            field.required = true;
        }
        if (values.size() > 3)
            return fault(values[3], "nothing behind 'required'");
        for (const Field& other : kind.fields)
            if (other.in_row == field.in_row && other.path == field.path)
                return fault(values[0], "a place of its own; " + other.name + " has it in line " + std::to_string(other.line));
        kind.fields.push_back(std::move(field));
    }

    void take_notice(const Texts& values)
    {
        if (values.size() != 2)
            return fault(values[0], "a member, then ' : ' and its text");
        profile_.notice = {std::string(values[0]), std::string(values[1])};
    }

    void take_status(std::string_view name, std::string_view words)
    {
        if (!known(status_names, name))
            return fault(name.empty() ? text_ : name, "one of " + listed(status_names));
        auto& list = profile_.statuses[std::string(name)];
        for (const std::string_view word : parted(words, ",")) {
            if (word.empty())
                return fault(words, "words with commas between them");
            if (const std::string_view other = profile_.status_of(word); !other.empty() && other != name)
                return fault(word, "a word of its own; it means " + std::string(other) + " already");
            list.emplace_back(word);
        }
    }

    void take_place(std::string_view head, std::string_view name, std::string_view text)
    {
        const bool fits = head == "receipt" ? known(receipt_names, name) : name == "kind" || name == "next";
        if (!fits)
            return fault(name.empty() ? text_ : name, head == "receipt" ? "one of " + listed(receipt_names) : "kind or next");
        if (auto path = path_from(text))
            profile_.places[std::string(head) + '.' + std::string(name)] = std::move(*path);
    }

    /// What can only be seen at the end. A key that is missing is told where the profile ends.
    void check_whole()
    {
        bool in = false, out = false;
        for (const Kind& kind : profile_.kinds) {
            if (kind.word.empty()) {
                fault(kind.line, 1, kind.name, "a line kind." + kind.name + " = word : in, out or both");
                continue;
            }
            in = in || kind.in;
            out = out || kind.out;
            check_kind(kind);
        }
        Texts needed = {"profile", "standing"};
        if (out)
            needed.insert(needed.end(),
                          {"send", "find", "receipt.packet", "receipt.status", "status.received", "status.returned"});
        if (in)
            needed.push_back("pull");
        for (const std::string_view key : needed)
            if (seen_.find(key) == seen_.end())
                fault(line_, 1, "the end", std::string("the key ") + std::string(key));
        if (profile_.places.count("answer.next") != 0 && profile_.word("pull").find("{page}") == std::string_view::npos)
            fault(seen_.find("answer.next")->second, 1, "answer.next", "{page} in the address of 'pull', to ask for that page");
    }

    void check_kind(const Kind& kind)
    {
        if (kind.rows.empty())
            fault(kind.line, 1, kind.name, "a line " + kind.name + ".rows, where the list stands");
        if (kind.out && kind.field("id", false) == nullptr)
            fault(kind.line, 1, kind.name, "a line " + kind.name + ".id: without an identity a packet cannot be asked about");
        const std::string_view key = kind.name == "report_status" ? "status" : "code";
        if (kind.in && kind.field(key, true) == nullptr)
            fault(kind.line, 1, kind.name, "a line " + kind.name + ".row." + std::string(key));
        for (const Field& field : kind.fields) {
            if (kind.out && std::find(field.path.begin(), field.path.end(), "*") != field.path.end())
                fault(field.line, 1, shown(field.path), "a single place, since this kind is written too");
            const std::string_view form =
                field.type == "period" ? std::string_view("period.month") : std::string_view(field.type);
            if ((field.type == "period" || field.type == "day" || field.type == "moment") && seen_.find(form) == seen_.end())
                fault(field.line, 1, field.type, std::string("a line ") + std::string(form) + " that says how it is written");
        }
    }

    Profile profile_;
    std::map<std::string, std::size_t, std::less<>> seen_;
    std::vector<std::string> faults_;
    std::string_view text_;
    std::size_t line_ = 0;
};

}  // namespace nrs
