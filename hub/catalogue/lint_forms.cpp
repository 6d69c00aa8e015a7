// Lint of report forms: names, frequencies and the due days in them.
#include "hub/catalogue/lint_parts.hpp"
#include "hub/catalogue/tables.hpp"
#include "hub/text/unicode.hpp"

#include <set>

namespace lienthong::catalogue {
namespace {

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/// A year the name of a report is about, which was over when its act took effect: "năm 2022" of an act of 2023. Years in a
/// span ("giai đoạn 2022 - 2025") are no such year, since no "năm" stands before them.
std::string past_year(const std::string& name, Day from)
{
    constexpr std::string_view word = "năm ";
    for (std::size_t at = name.find(word); at != std::string::npos; at = name.find(word, at + 1)) {
        const std::string_view year = std::string_view(name).substr(at + word.size(), 4);
        const bool digits = year.size() == 4 && std::all_of(year.begin(), year.end(), is_digit);
        if (digits && std::stoi(std::string(year)) < static_cast<int>(from.year()))
            return std::string(year);
    }
    return {};
}

/// Whether the day of a date in the words has one digit only ("ngày 6/10"), and no date at all.
std::optional<bool> has_short_day(const std::string& raw)
{
    const std::size_t slash = raw.find('/');
    if (raw.find('(') == std::string::npos || slash == std::string::npos || slash < 2 || !is_digit(raw[slash - 1]))
        return std::nullopt;
    const bool two_digits = is_digit(raw[slash - 2]);
    if (two_digits && raw[slash - 2] != '0')
        return std::nullopt;  // A day from 10 on is written alike either way.
    return !two_digits;
}

class Forms
{
public:
    Forms(const Catalogue& catalogue, std::vector<Problem>& found) : catalogue_(catalogue), found_(found)
    {
        for (const Form& form : catalogue.forms()) {
            names_[text::folded(form.name_vi)].push_back(&form);
            if (const auto read = frequency_of(form.frequency_raw))
                ++frequencies_[text::to_text(*read)][form.frequency_raw];
            if (const auto is_short = has_short_day(form.frequency_raw))
                ++short_days_[*is_short];
        }
    }

    void run()
    {
        for (const Form& form : catalogue_.forms()) {
            form_ = &form;
            if (!form.note.empty())
                add("note", form.note);
            look_at_name();
            look_at_frequency();
        }
    }

private:
    void add(const char* code, std::string detail, std::string_view found = {}, std::string expected = {})
    {
        found_.push_back(finding(code, *form_, std::move(detail), found, std::move(expected)));
    }

    void look_at_name()
    {
        const auto& same = names_.at(text::folded(form_->name_vi));
        if (same.size() > 1) {
            std::vector<std::string> codes;
            Spellings frequencies;
            for (const Form* other : same) {
                codes.push_back(other->code);
                ++frequencies[other->frequency_raw];
            }
            add("name_repeated", "forms of the same name", form_->name_vi, listed(codes));
            if (const std::string& other = usual(frequencies); other != form_->frequency_raw)
                add("frequency_of_same_name", "forms of this name are reported for other periods", form_->frequency_raw, other);
        }
        if (form_->report_class == ReportClass::periodic)
            if (const std::string year = past_year(form_->name_vi, form_->validity.from); !year.empty())
                add("name_frozen", "the name of a periodic report holds a year that was over when it began", year,
                    "the year of the report");
    }

    void look_at_frequency()
    {
        const std::string& raw = form_->frequency_raw;
        if (raw.empty()) {
            add("frequency_missing", "the form has no frequency");
            return;
        }
        const auto read = frequency_of(raw);
        if (!read) {
            add("frequency_unread", "the words are no frequency", raw);
            return;
        }
        if (const std::string& other = usual(frequencies_.at(text::to_text(*read))); other != raw)
            add("frequency_spelling", "written otherwise than in other forms", raw, other);
        if (read->ambiguous)
            add("frequency_ambiguous", "the words have two readings", raw);
        if (has_short_day(raw) == true && short_days_[false] > short_days_[true])
            add("due_spelling", "the day has one digit, in other forms two", raw);
        if (!read->due)
            return;
        constexpr unsigned shortest_month = 28;
        if (read->due->month == 0 && read->due->day > shortest_month)
            add("due_day_missing", "not every month has a day " + std::to_string(read->due->day), raw,
                "the last day of the month, or another day");
        // An estimate may come before its period is over; a final figure cannot.
        const bool of_a_year = read->kinds == std::vector<text::FrequencyKind>{text::FrequencyKind::year};
        if (of_a_year && !read->due->following && text::folded(form_->name_vi).find("ước") == std::string::npos)
            add("due_early", "the due day comes before the year is over, yet the figure is no estimate", raw, "the year after");
    }

    const Catalogue& catalogue_;
    std::vector<Problem>& found_;
    std::map<std::string, std::vector<const Form*>> names_;
    std::map<std::string, Spellings> frequencies_;
    std::map<bool, unsigned> short_days_;
    const Form* form_ = nullptr;
};

}  // namespace

void lint_forms(const Catalogue& catalogue, std::vector<Problem>& found)
{
    Forms(catalogue, found).run();
}

}  // namespace lienthong::catalogue
