// Counts the lines and forms of a catalogue.
#include "hub/catalogue/counts.hpp"

#include "hub/catalogue/forms.hpp"
#include "hub/catalogue/sets.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace lienthong::catalogue {
namespace {

bool all_digits(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string_view last_part(const Indicator& line)
{
    return std::string_view(line.code).substr(line.code.rfind('_') + 1);
}

void add(LineCount& count, const Indicator& line)
{
    ++count.lines;
    count.numbered += is_numbered(line) ? 1 : 0;
    count.unnumbered += is_unnumbered(line) ? 1 : 0;
    count.top_level += line.parent.empty() ? 1 : 0;
    count.headings += line.heading ? 1 : 0;
}

}  // namespace

bool is_numbered(const Indicator& line)
{
    return all_digits(last_part(line));
}

bool is_unnumbered(const Indicator& line)
{
    const std::string_view last = last_part(line);
    return last.starts_with('U') && all_digits(last.substr(1));
}

std::string section_of(const Indicator& line)
{
    if (line.code.starts_with(line.set + '_'))
        return {};
    std::size_t at = 0;
    while (at < line.code.size()) {
        const std::size_t end = std::min(line.code.find('_', at), line.code.size());
        if (all_digits(std::string_view(line.code).substr(at, end - at)))
            return line.code.substr(0, at == 0 ? 0 : at - 1);
        at = end + 1;
    }
    return line.code;
}

std::vector<LineCount> count_lines(const Catalogue& catalogue)
{
    std::vector<LineCount> out;
    std::vector<LineCount> sums;
    const auto of = [](std::vector<LineCount>& counts, const std::string& set, const std::string& section) -> LineCount& {
        const auto known = std::find_if(counts.begin(), counts.end(),
                                        [&](const LineCount& count) { return count.set == set && count.section == section; });
        return known != counts.end() ? *known : counts.emplace_back(LineCount{.set = set, .section = section});
    };
    for (const Indicator& line : catalogue.indicators()) {
        add(of(sums, line.set, ""), line);
        if (const std::string section = section_of(line); !section.empty())
            add(of(out, line.set, section), line);
    }
    for (const LineCount& sum : sums) {
        const auto last = std::find_if(out.rbegin(), out.rend(), [&](const LineCount& count) { return count.set == sum.set; });
        out.insert(last == out.rend() ? out.end() : last.base(), sum);
    }
    return out;
}

std::vector<SetCount> count_sets(const Catalogue& catalogue)
{
    struct Codes
    {
        unsigned versions = 0;
        std::set<std::string> home, further;
    };
    std::map<std::string, Codes> sets;
    for (const IndicatorSet& version : catalogue.indicator_sets())
        ++sets[version.code].versions;
    for (const Membership& member : catalogue.memberships())
        (member.home ? sets[member.set].home : sets[member.set].further).insert(member.indicator);
    std::vector<SetCount> out;
    for (const auto& [code, codes] : sets)
        out.push_back({.set = code,
                       .versions = codes.versions,
                       .home = static_cast<unsigned>(codes.home.size()),
                       .further = static_cast<unsigned>(codes.further.size())});
    return out;
}

std::vector<FormCount> count_forms(const Catalogue& catalogue)
{
    std::vector<FormCount> out;
    std::set<std::string> sets;
    for (const Form& form : catalogue.forms()) {
        sets.insert(form.set);
        const auto known = std::find_if(out.begin(), out.end(), [&](const FormCount& count) {
            return count.set == form.set && count.number == form.agency_number && count.agency == form.agency;
        });
        FormCount& count =
            known != out.end()
                ? *known
                : out.emplace_back(FormCount{.set = form.set, .number = form.agency_number, .agency = form.agency, .bodies = 1});
        ++count.forms;
    }
    for (const std::string& set : sets) {
        FormCount sum{.set = set, .agency = {}};
        std::set<std::string> bodies;
        std::set<unsigned> numbers;
        for (const FormCount& count : out)
            if (count.set == set) {
                sum.forms += count.forms;
                bodies.insert(count.agency);
                numbers.insert(count.number);
            }
        sum.bodies = static_cast<unsigned>(bodies.size());
        sum.numbered_bodies = static_cast<unsigned>(numbers.size());
        out.push_back(std::move(sum));
    }
    return out;
}

}  // namespace lienthong::catalogue
