#include "hub/cli/document_new.hpp"

#include <algorithm>
#include <tuple>

namespace lienthong::cli {
namespace {

// Widths of the validator many document systems run (QCVN 102:2016/BTTTT names the elements, not their lengths).
constexpr std::size_t longest_number = 11, longest_notation = 30, longest_subject = 500, longest_place = 50;

bool is_day(const std::string& text)
{
    const auto time = text.size() == 10 ? time_from(text + "T00:00:00+07:00") : std::nullopt;
    return time && to_text(*time).substr(0, 10) == text;
}

/// What is wrong with the words of the command, all of it.
void check_words(const DocumentOptions& options, const std::string& place, const std::string& day, std::vector<Problem>& problems)
{
    const std::tuple<const char*, const std::string&, std::size_t, bool> texts[] = {
        {"--number", options.number, longest_number, true},
        {"--notation", options.notation, longest_notation, true},
        {"--subject", options.subject, longest_subject, false},
        {"--place", place, longest_place, false},
        {"--type", options.type, 100, false}};
    for (const auto& [option, value, most, in_header] : texts)
        if (auto problem = misfit(option, value, most, in_header))
            problems.push_back(*std::move(problem));
    check_recipients(options.to, "--to", problems);
    if (!is_day(day))
        problems.push_back({"document.bad", "this is no day", "--date", shortened(day, 40), "yyyy-MM-dd", {}});
}

}  // namespace

std::optional<NewDocument> new_document_or_print(const Common& common, const DocumentWork& work, const DocumentOptions& options)
{
    std::vector<Problem> problems;
    const std::string day = options.day.empty() ? to_text(work.now).substr(0, 10) : options.day;
    const std::string place = options.place.empty() ? work.opened.settings.province_name : options.place;
    check_words(options, place, day, problems);
    NewDocument made;
    NarrativeDocument& document = made.document;
    document.attachments = attachments_of(options.attachments, problems);
    if (!problems.empty()) {
        print_problems(problems, common.json);
        return std::nullopt;
    }
    if (!all_listed_or_print(common, work, options.to))
        return std::nullopt;
    const Time on = noon_of(day);
    document.from = organisation(*work.catalogue, work.flow.sender, on);
    made.dispatched.to = each_once(options.to);
    for (const std::string& code : made.dispatched.to)
        document.to.push_back(organisation(*work.catalogue, code, on));
    document.number = options.number;
    document.notation = options.notation;
    document.place = place;
    document.day = day;
    document.type_name = options.type;
    document.subject = options.subject;
    document.position = options.position;
    document.signer = options.signer;
    std::string date = day;
    std::replace(date.begin(), date.end(), '-', '/');
    document.document = work.flow.sender + ',' + date + ',' + options.number + '/' + options.notation;
    made.dispatched.document = document.document;
    made.dispatched.subject = options.subject;
    made.dispatched.notation = options.number + '/' + options.notation;
    made.dispatched.day = day;
    made.dispatched.place = place;
    made.dispatched.type_name = options.type;
    made.dispatched.made_by = options.by;
    return made;
}

}  // namespace lienthong::cli
