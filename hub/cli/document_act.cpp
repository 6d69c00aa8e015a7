// lienthong document recall, update, replace: what is done to a document after it was sent.
#include "hub/cli/document_new.hpp"
#include "hub/flow/document_acts.hpp"
#include "hub/text/organ_code.hpp"

#include <algorithm>

namespace lienthong::cli {
namespace {

constexpr std::size_t longest_reason = 500, longest_subject = 500;

/// The document an act is about, and who gets it now.
struct Target
{
    DispatchedDocument document;
    std::vector<std::string> recipients;
};

std::optional<Target> target_or_print(const Common& common, const DocumentWork& work, const std::string& named)
{
    auto document = sent_document(work, named);
    if (document && document->flow != work.flow.name)
        document = Problem{"document.flow", "another flow sent this document", "--flow", work.flow.name, document->flow, {}};
    if (document && document->state != DeliveryState::delivered)
        document = Problem{"document.not_sent",
                           "this document was not delivered, so nothing can be done to it",
                           {},
                           document->document + ' ' + std::string(to_text(document->state)),
                           "a document that is delivered",
                           {}};
    const auto packages =
        document ? work.dispatch->about(document->document) : Result<std::vector<DispatchedDocument>>(document.problem());
    if (!packages) {
        print_problems({packages.problem()}, common.json);
        return std::nullopt;
    }
    auto recipients = flow::recipients_now(*document, *packages);
    return Target{*std::move(document), std::move(recipients)};
}

bool is_among(const std::vector<std::string>& codes, const std::string& code)
{
    return std::any_of(codes.begin(), codes.end(),
                       [&](const std::string& one) { return text::newer_organ_code(one) == text::newer_organ_code(code); });
}

/// As the document was sent, without its attachments, to be said about it once more.
NarrativeDocument said_again(const DocumentWork& work, const DispatchedDocument& about)
{
    const Time on = noon_of(about.day);
    NarrativeDocument out;
    out.document = about.document;
    out.from = organisation(*work.catalogue, work.flow.sender, on);
    const std::size_t slash = about.notation.find('/');
    out.number = about.notation.substr(0, slash);
    out.notation = slash == std::string::npos ? "" : about.notation.substr(slash + 1);
    out.place = about.place;
    out.day = about.day;
    out.type_name = about.type_name;
    out.subject = about.subject;
    out.act.emplace().target = {work.flow.sender, about.notation, about.day, about.document};
    return out;
}

DispatchedDocument kept_beside(const NarrativeDocument& document, const DispatchedDocument& about, Business business,
                               const DocumentOptions& options)
{
    DispatchedDocument out = about;
    out.business = business;
    out.act = to_text(business);
    out.about = about.document;
    out.subject = document.subject;
    out.reason = options.reason;
    out.made_by = options.by;
    out.removed.clear();
    return out;
}

void address(const DocumentWork& work, const std::vector<std::string>& to, NarrativeDocument& document,
             DispatchedDocument& dispatched)
{
    dispatched.to = to;
    for (const std::string& code : to)
        document.to.push_back(organisation(*work.catalogue, code, noon_of(document.day)));
}

/// Who of the document's recipients is meant: those named, or all.
std::vector<std::string> meant(const Target& target, const DocumentOptions& options, std::vector<Problem>& problems)
{
    for (const std::string& code : options.to)
        if (!is_among(target.recipients, code))
            problems.push_back({"document.recipient",
                                "this body does not have the document",
                                "--to",
                                shortened(code, 80),
                                "one of its recipients",
                                {}});
    if (options.to.empty())
        return target.recipients;
    std::vector<std::string> out;
    for (const std::string& code : target.recipients)
        if (is_among(options.to, code))
            out.push_back(code);
    return out;
}

void check_reason(const DocumentOptions& options, std::vector<Problem>& problems)
{
    if (auto problem = misfit("--reason", options.reason, longest_reason, false))
        problems.push_back(*std::move(problem));
}

}  // namespace

int document_recall(const Common& common, const DocumentOptions& options)
{
    auto work = document_work_or_print(common, options.flow);
    const auto target = work ? target_or_print(common, *work, options.document) : std::nullopt;
    if (!target)
        return not_done;
    std::vector<Problem> problems;
    check_reason(options, problems);
    const std::vector<std::string> to = meant(*target, options, problems);
    if (!problems.empty()) {
        print_problems(problems, common.json);
        return not_done;
    }
    NarrativeDocument document = said_again(*work, target->document);
    document.act->business = Business::recall;
    document.act->reason = options.reason;
    DispatchedDocument dispatched = kept_beside(document, target->document, Business::recall, options);
    address(*work, to, document, dispatched);
    return take_in(common, *work, std::move(document), std::move(dispatched));
}

int document_update(const Common& common, const DocumentOptions& options)
{
    auto work = document_work_or_print(common, options.flow);
    const auto target = work ? target_or_print(common, *work, options.document) : std::nullopt;
    if (!target)
        return not_done;
    std::vector<Problem> problems;
    check_reason(options, problems);
    check_recipients(options.add, "--add", problems);
    if (!options.subject.empty())
        if (auto problem = misfit("--subject", options.subject, longest_subject, false))
            problems.push_back(*std::move(problem));
    for (const std::string& code : options.add)
        if (is_among(target->recipients, code))
            problems.push_back({"document.recipient",
                                "this body has the document already",
                                "--add",
                                shortened(code, 80),
                                "a body that is no recipient yet",
                                {}});
    for (const std::string& code : options.remove)
        if (!is_among(target->recipients, code) || is_among(options.add, code))
            problems.push_back({"document.recipient",
                                "this body does not have the document, or is added by the same update",
                                "--remove",
                                shortened(code, 80),
                                "one of its recipients",
                                {}});
    NarrativeDocument document = said_again(*work, target->document);
    document.attachments = attachments_of(options.attachments, problems);
    DocumentAct& act = *document.act;
    act.says_anew = !options.subject.empty() || !options.attachments.empty();
    if (!act.says_anew && options.add.empty() && options.remove.empty())
        problems.push_back({"document.bad", "this update changes nothing", {}, {}, "--subject, --attach, --add or --remove", {}});
    if (!problems.empty()) {
        print_problems(problems, common.json);
        return not_done;
    }
    if (!all_listed_or_print(common, *work, options.add))
        return not_done;
    act.business = Business::update;
    act.reason = options.reason;
    if (!options.subject.empty())
        document.subject = options.subject;
    std::vector<std::string> to = target->recipients;
    for (const std::string& code : each_once(options.add)) {
        to.push_back(code);
        act.receivers.push_back({code, true});
    }
    DispatchedDocument dispatched = kept_beside(document, target->document, Business::update, options);
    for (const std::string& code : target->recipients)
        if (is_among(options.remove, code)) {
            dispatched.removed.push_back(code);
            act.receivers.push_back({code, false});
        }
    address(*work, to, document, dispatched);
    return take_in(common, *work, std::move(document), std::move(dispatched));
}

int document_replace(const Common& common, const DocumentOptions& options)
{
    auto work = document_work_or_print(common, options.flow);
    const auto target = work ? target_or_print(common, *work, options.document) : std::nullopt;
    if (!target)
        return not_done;
    DocumentOptions with_recipients = options;
    if (with_recipients.to.empty())
        with_recipients.to = target->recipients;
    std::vector<Problem> problems;
    check_reason(options, problems);
    if (!problems.empty()) {
        print_problems(problems, common.json);
        return not_done;
    }
    auto made = new_document_or_print(common, *work, with_recipients);
    if (!made)
        return not_done;
    if (made->document.document == target->document.document) {
        print_problems({{"document.exists",
                         "a document does not replace itself",
                         "--number",
                         made->document.document,
                         "another number or day; or document update",
                         {}}},
                       common.json);
        return not_done;
    }
    DocumentAct& act = made->document.act.emplace();
    act.business = Business::replacement;
    act.target = {work->flow.sender, target->document.notation, target->document.day, target->document.document};
    act.reason = options.reason;
    for (const std::string& code : made->dispatched.to)
        if (is_among(target->recipients, code))
            act.recipients.push_back(code);
    if (act.recipients.empty()) {
        print_problems({{"document.recipient",
                         "none of these bodies has the document that is replaced",
                         "--to",
                         {},
                         "at least one of its recipients",
                         {}}},
                       common.json);
        return not_done;
    }
    made->dispatched.business = Business::replacement;
    made->dispatched.about = target->document.document;
    made->dispatched.reason = options.reason;
    return take_in(common, *work, std::move(made->document), std::move(made->dispatched));
}

}  // namespace lienthong::cli
