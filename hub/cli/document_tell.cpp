// lienthong document tell: a status about a document that came in, or the wish to have one back that was sent.
#include "hub/cli/document_parts.hpp"
#include "hub/flow/document_acts.hpp"
#include "hub/flow/document_arrival.hpp"
#include "hub/flow/document_status.hpp"
#include "hub/text/organ_code.hpp"

#include <algorithm>

namespace lienthong::cli {
namespace {

constexpr std::size_t longest_reason = 500, longest_staff = 50;
constexpr const char* taking_back = "13";

bool is_answer(const std::string& code)
{
    return code == "15" || code == "16";
}

std::vector<Problem> problems_of(const DocumentOptions& options)
{
    std::vector<Problem> out;
    if (flow::meaning_of(options.code).vi.empty())
        out.push_back({"document.bad", "this is no status of a document", "--code", shortened(options.code, 20),
                       "01 to 06, 13, 15 or 16", "QĐ 28/2018/QĐ-TTg"});
    if (options.reason.empty() && (options.code == "02" || options.code == taking_back))
        out.push_back({"document.bad", "this status needs a reason", "--reason", {}, "why it is refused or wanted back", {}});
    if (!options.reason.empty())
        if (auto problem = misfit("--reason", options.reason, longest_reason, false))
            out.push_back(*std::move(problem));
    if (auto problem = misfit("--by", options.by, longest_staff, false))
        out.push_back(*std::move(problem));
    if (!options.to.empty() && options.code != taking_back)
        out.push_back({"document.bad",
                       "only the wish to have a document back is told to bodies of one's choice",
                       "--to",
                       options.to.front(),
                       "no --to; the sender is told",
                       {}});
    return out;
}

flow::StatusToTell status_of(const DocumentWork& work, const DocumentOptions& options)
{
    flow::StatusToTell out;
    out.flow = work.flow.name;
    out.from = organisation(*work.catalogue, work.flow.sender, work.now);
    out.code = options.code;
    out.reason = options.reason;
    out.by = options.by;
    out.by_person = true;
    return out;
}

/// How often it was asked to give the document back, and whether there is anything to agree to at all.
Result<std::size_t> asked(const DocumentWork& work, const Fact& document, const std::string& self)
{
    const auto told = flow::facts_about(*work.opened.data.store, flow::status_fact, flow::field(document, "document"));
    if (!told)
        return told.problem();
    const auto wishes = static_cast<std::size_t>(std::count_if(told->begin(), told->end(), [&](const Fact& one) {
        return flow::field(one, "code") == taking_back && flow::field(one, "recipient") == self;
    }));
    const std::string state = flow::field(document, "state");
    return wishes + (state.empty() || state == "new" ? 0 : 1);
}

/// What stands against telling this of the document now; nothing when nothing does.
std::optional<Problem> against(const DocumentWork& work, const flow::StatusToTell& status, std::size_t asked)
{
    if (is_answer(status.code))
        return asked > 0 ? std::nullopt
                         : std::optional(Problem{"document.not_asked",
                                                 "its sender asked neither to have this document back nor to change it",
                                                 {},
                                                 status.about.document,
                                                 "15 or 16 once the sender asked",
                                                 {}});
    const auto packages = work.dispatch->about(status.about.document);
    if (!packages)
        return packages.problem();
    for (const DispatchedDocument& one : *packages)
        if (one.business == Business::status && one.flow == status.flow && one.state != DeliveryState::failed &&
            one.code != status.code && one.to.front() == status.about.organ &&
            (one.code == "02" || one.code == "06" || one.code == "15"))
            return Problem{"document.final",
                           "the sender was told already how this document ended",
                           "--code",
                           one.code + " (" + to_text(one.made_at) + ')',
                           "no further status",
                           {}};
    return std::nullopt;
}

/// The same status where the axis refused it before, whoever told it: that package is sent again.
Result<std::optional<DispatchedDocument>> refused_before(const DocumentWork& work, const flow::StatusToTell& status)
{
    auto packages = work.dispatch->about(status.about.document);
    if (!packages)
        return packages.problem();
    for (DispatchedDocument& one : *packages)
        if (one.business == Business::status && one.flow == status.flow && one.code == status.code && one.to.front() == status.about.organ &&
            one.state == DeliveryState::failed && (status.reason.empty() || status.reason == one.reason))
            return std::optional(std::move(one));
    return std::optional<DispatchedDocument>();
}

int tell_sender(const Common& common, DocumentWork& work, const DocumentOptions& options)
{
    const std::string self = text::newer_organ_code(work.flow.sender);
    const auto facts = flow::facts_about(*work.opened.data.store, flow::document_fact, options.document);
    if (!facts) {
        print_problems({facts.problem()}, common.json);
        return not_done;
    }
    const auto document =
        std::find_if(facts->begin(), facts->end(), [&](const Fact& one) { return flow::field(one, "recipient") == self; });
    if (document == facts->end()) {
        print_problems({{"document.unknown",
                         "no document of this identity came for " + self,
                         {},
                         shortened(options.document, 80),
                         "the DocumentId of one that came in",
                         {}}},
                       common.json);
        return not_done;
    }
    flow::StatusToTell status = status_of(work, options);
    status.about = {flow::field(*document, "sender"), flow::field(*document, "notation"), flow::field(*document, "issued"),
                    options.document};
    const auto wishes = asked(work, *document, self);
    auto problem = wishes ? against(work, status, *wishes) : std::optional(wishes.problem());
    if (problem) {
        print_problems({*problem}, common.json);
        return not_done;
    }
    const auto refused = refused_before(work, status);
    if (!refused || *refused)
        return taken(common, work, refused ? Result<Dispatch::Added>(Dispatch::Added{**refused, true}) : refused.problem());
    status.turn = is_answer(status.code) ? *wishes : 1;
    return taken(common, work, flow::tell_status(*work.dispatch, *work.writer, status, work.now));
}

int ask_back(const Common& common, DocumentWork& work, const DocumentOptions& options)
{
    const auto document = sent_document(work, options.document);
    const auto packages =
        document ? work.dispatch->about(document->document) : Result<std::vector<DispatchedDocument>>(document.problem());
    const auto states = document ? flow::recipient_states(*work.opened.data.store, document->document, document->to)
                                 : Result<std::vector<flow::RecipientState>>(document.problem());
    if (!packages || !states) {
        print_problems({packages ? states.problem() : packages.problem()}, common.json);
        return not_done;
    }
    const std::vector<std::string> recipients = flow::recipients_now(*document, *packages);
    std::vector<Problem> problems;
    if (document->state != DeliveryState::delivered)
        problems.push_back({"document.not_sent",
                            "this document was not delivered, so nobody can give it back",
                            {},
                            std::string(to_text(document->state)),
                            "a document that is delivered",
                            {}});
    const auto has = [&](const std::string& code) {
        return std::any_of(recipients.begin(), recipients.end(),
                           [&](const std::string& one) { return text::newer_organ_code(one) == text::newer_organ_code(code); });
    };
    for (const std::string& code : options.to)
        if (!has(code))
            problems.push_back({"document.recipient",
                                "this body does not have the document",
                                "--to",
                                shortened(code, 80),
                                "one of its recipients",
                                {}});
    if (!problems.empty()) {
        print_problems(problems, common.json);
        return not_done;
    }
    int code = done;
    for (const std::string& recipient : options.to.empty() ? recipients : options.to) {
        flow::StatusToTell status = status_of(work, options);
        status.about = {recipient, document->notation, document->day, document->document};
        // Who refused may be asked once more.
        for (const flow::RecipientState& state : *states)
            if (state.recipient == text::newer_organ_code(recipient))
                status.turn += static_cast<std::size_t>(std::count_if(
                    state.history.begin(), state.history.end(), [](const flow::StatusTold& told) { return told.code == "16"; }));
        code = std::max(code, taken(common, work, flow::tell_status(*work.dispatch, *work.writer, status, work.now)));
    }
    return code;
}

}  // namespace

int document_tell(const Common& common, const DocumentOptions& options)
{
    const std::vector<Problem> problems = problems_of(options);
    if (!problems.empty()) {
        print_problems(problems, common.json);
        return not_done;
    }
    auto work = document_work_or_print(common, options.flow);
    if (!work)
        return not_done;
    return options.code == taking_back ? ask_back(common, *work, options) : tell_sender(common, *work, options);
}

}  // namespace lienthong::cli
