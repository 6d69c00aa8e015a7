// Frequencies in Vietnamese words, both ways.
#include "hub/text/frequency.hpp"
#include "hub/text/frequency_malformed.hpp"
#include "hub/text/unicode.hpp"
#include "hub/text/words.hpp"

#include <algorithm>
#include <array>

namespace lienthong::text {
namespace {

using Kind = FrequencyKind;

/// In bytes, decomposed letters and a system's long name included.
constexpr std::size_t longest_frequency = 1000;

constexpr std::array<std::string_view, 8> kind_words = {"Giờ", "Ngày", "Tháng", "Quý", "6 tháng", "9 tháng", "Năm", "Mùa vụ"};
constexpr std::array<std::string_view, 3> season_words = {"Đông xuân", "Hè thu", "Mùa"};
constexpr std::string_view before_source = "Cập nhật từ";
constexpr std::string_view behind_source = "theo thời gian thực";

constexpr std::string_view expected_due =
    "ngày 30 hàng tháng, ngày 02/tháng sau tháng báo cáo, ngày 06/4/năm báo cáo or ngày 10/2/năm sau năm báo cáo";
constexpr std::string_view expected_beside_due =
    "a due day beside one kind, neither giờ nor ngày; 'hàng tháng' and 'tháng sau' beside tháng only";

/// Walks a folded text once. Where it fails, it has said from where on, and what would have been right there.
class Reader
{
public:
    explicit Reader(std::string_view folded) : words_(folded, "/,()") {}

    [[nodiscard]] std::string_view stopped_at() const { return stopped_at_; }
    [[nodiscard]] std::string_view expected() const { return expected_; }

    [[nodiscard]] bool read(Frequency& out)
    {
        const bool named = words_.take("vụ");
        if (!(named ? seasons(out) : kinds(out)))
            return false;
        const std::string_view begin = words_.ahead();
        if (words_.take("(")) {
            if (!due(out))
                return false;
            if (!words_.take(")"))
                return fail(words_.ahead(), "')' behind the due day");
        }
        if (!words_.at_end())
            return fail(words_.ahead(), "'/' or ',' and another kind, a due day in brackets, or the end");
        return exists(out) || fail(begin, expected_beside_due);
    }

private:
    bool fail(std::string_view at, std::string_view expected)
    {
        stopped_at_ = at;
        expected_ = expected;
        return false;
    }

    bool separator() { return words_.take("/") || words_.take(","); }
    bool every() { return words_.take("hàng") || words_.take("hằng"); }

    std::optional<Kind> kind()
    {
        if (words_.at_number()) {
            const unsigned count = words_.number(2);
            const bool known = (count == 6 || count == 9) && words_.take("tháng");
            return known ? std::optional(count == 6 ? Kind::half : Kind::nine_months) : std::nullopt;
        }
        if (words_.take("giờ"))
            return Kind::hour;
        if (words_.take("ngày"))
            return Kind::day;
        if (words_.take("tháng"))
            return Kind::month;
        if (words_.take("quý") || words_.take("quí"))
            return Kind::quarter;
        if (words_.take("năm"))
            return Kind::year;
        return words_.take("mùa") && words_.take("vụ") ? std::optional(Kind::season) : std::nullopt;
    }

    bool kinds(Frequency& out)
    {
        bool slash = false;
        bool whole_year = false;
        do {
            const std::string_view begin = words_.ahead();
            whole_year = words_.take("cả");
            const auto next = kind();
            if (!next || (whole_year && next != Kind::year) || !add(out.kinds, *next))
                return fail(begin, "giờ, ngày, tháng, quý, 6 tháng, 9 tháng, năm or mùa vụ, each once");
            if (out.kinds.size() == 1 && next == Kind::month && words_.at_number())
                return months(out);
            out.ambiguous = slash && !whole_year && out.kinds.size() == 2 && next == Kind::year && is_counted(out.kinds[0]);
            slash = words_.take("/");
        } while (slash || words_.take(","));
        std::sort(out.kinds.begin(), out.kinds.end());
        return true;
    }

    bool months(Frequency& out)
    {
        do {
            const std::string_view begin = words_.ahead();
            const unsigned month = words_.number(2);
            if (month < 1 || month > 12 || !add(out.months, month))
                return fail(begin, "months 1 to 12, each once");
        } while (separator());
        std::sort(out.months.begin(), out.months.end());
        return !every() || words_.take("năm") || fail(words_.ahead(), "'năm' behind 'hàng'");
    }

    std::optional<Season> season()
    {
        if (words_.take("đông"))
            return words_.take("xuân") ? std::optional(Season::winter_spring) : std::nullopt;
        if (words_.take("hè"))
            return words_.take("thu") ? std::optional(Season::summer_autumn) : std::nullopt;
        return words_.take("mùa") ? std::optional(Season::main) : std::nullopt;
    }

    /// Behind the first "vụ".
    bool seasons(Frequency& out)
    {
        do {
            const std::string_view begin = words_.ahead();
            if (!out.seasons.empty())
                words_.take("vụ");
            const auto next = season();
            if (!next || !add(out.seasons, *next))
                return fail(begin, "Đông xuân, Hè thu or Mùa, each once");
        } while (separator());
        std::sort(out.seasons.begin(), out.seasons.end());
        out.kinds = {Kind::season};
        return true;
    }

    /// "<word> báo cáo" or "<word> sau <word> báo cáo".
    bool of_report(std::string_view word, DueRule& rule)
    {
        if (!words_.take(word))
            return false;
        rule.following = words_.take("sau");
        return (!rule.following || words_.take(word)) && words_.take("báo") && words_.take("cáo");
    }

    bool due_words(DueRule& rule)
    {
        if (!words_.take("ngày"))
            return false;
        rule.day = words_.number(2);
        if (every())
            return words_.take("tháng");
        if (!words_.take("/"))
            return false;
        if (!words_.at_number())
            return of_report("tháng", rule);
        rule.month = words_.number(2);
        return rule.month != 0 && words_.take("/") && of_report("năm", rule);
    }

    bool due(Frequency& out)
    {
        const std::string_view begin = words_.ahead();
        DueRule rule;
        if (!due_words(rule))
            return fail(begin, expected_due);
        if (!exists(rule))
            return fail(begin, "a day that exists");
        out.due = rule;
        return true;
    }

    static bool is_counted(Kind kind) { return kind == Kind::half || kind == Kind::nine_months; }

    /// False when it is there already.
    template <class T>
    static bool add(std::vector<T>& values, T value)
    {
        if (std::find(values.begin(), values.end(), value) != values.end())
            return false;
        values.push_back(value);
        return true;
    }

    Words words_;
    std::string_view stopped_at_;
    std::string_view expected_;
};

/// The words between "Cập nhật từ" and "theo thời gian thực": three before them, four behind.
std::optional<std::string> source_of(std::string_view kept)
{
    std::size_t begin = std::string_view::npos;
    std::size_t end = kept.size();
    for (int i = 0; i < 3; ++i)
        if (begin = kept.find(' ', begin + 1); begin == std::string_view::npos)
            return std::nullopt;
    for (int i = 0; i < 4; ++i)
        if (end = kept.rfind(' ', end - 1); end == std::string_view::npos || end <= begin)
            return std::nullopt;
    if (folded(kept.substr(0, begin)) != folded(before_source) || folded(kept.substr(end + 1)) != behind_source)
        return std::nullopt;
    return std::string(kept.substr(begin + 1, end - begin - 1));
}

std::string padded(unsigned number)
{
    return (number < 10 ? "0" : "") + std::to_string(number);
}

/// As the tables write it: the day with two digits, the month without.
std::string in_words(const DueRule& rule)
{
    const std::string day = " (ngày " + padded(rule.day);
    if (rule.month == 0)
        return day + (rule.following ? "/tháng sau tháng báo cáo)" : " hàng tháng)");
    return day + "/" + std::to_string(rule.month) + (rule.following ? "/năm sau năm báo cáo)" : "/năm báo cáo)");
}

}  // namespace

std::string to_vietnamese(const Frequency& frequency)
{
    if (frequency.date)
        return to_vietnamese(*frequency.date);
    if (!frequency.source.empty())
        return std::string(before_source) + " " + frequency.source + " " + std::string(behind_source);
    std::string out;
    if (frequency.seasons.empty()) {
        for (const Kind kind : frequency.kinds)
            out.append(out.empty() ? "" : frequency.ambiguous ? "/" : ", ").append(kind_words.at(static_cast<std::size_t>(kind)));
    } else {
        for (const Season season : frequency.seasons)
            out.append(out.empty() ? "Vụ " : ", vụ ").append(season_words.at(static_cast<std::size_t>(season)));
    }
    if (!frequency.months.empty()) {
        for (std::size_t i = 0; i < frequency.months.size(); ++i)
            out.append(i == 0 ? " " : ", ").append(std::to_string(frequency.months[i]));
        out += " hàng năm";
    }
    return frequency.due ? out + in_words(*frequency.due) : out;
}

Result<Frequency> frequency_from(std::string_view text)
{
    if (text.size() > longest_frequency || !is_utf8(text))
        return frequency_malformed(text, text, "UTF-8 text of at most " + std::to_string(longest_frequency) + " bytes");
    if (const auto date = period_from_vietnamese(text); date.ok())
        return Frequency{.date = *date};
    if (auto source = source_of(tidied(text))) {
        Frequency out{.source = std::move(*source)};
        if (!exists(out))
            return frequency_malformed(text, out.source, "a system's name of at most 300 bytes, without control characters");
        return out;
    }
    const std::string plain = folded(text);
    Reader reader(plain);
    Frequency out;
    if (!reader.read(out))
        return frequency_malformed(text, reader.stopped_at(), std::string(reader.expected()));
    return out;
}

}  // namespace lienthong::text
