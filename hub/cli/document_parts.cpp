// Settings, data and catalogue for a document's command, and taking its package in.
#include "hub/cli/document_parts.hpp"

#include "adapters/documents/edxml/edxml_writer.hpp"
#include "adapters/stores/sqlite/dispatch.hpp"
#include "hub/cli/loaded_catalogue.hpp"
#include "hub/flow/axis_agencies.hpp"
#include "hub/flow/document_status.hpp"
#include "hub/model/json_text.hpp"
#include "hub/model/utf8.hpp"
#include "hub/ports/clock.hpp"
#include "hub/seal/digest.hpp"
#include "hub/text/organ_code.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace lienthong::cli {
namespace {

constexpr std::size_t longest_code = 35;                    ///< Thông tư 01/2022/TT-BTTTT
constexpr std::uintmax_t most_attached = 35 * 1024 * 1024;  ///< Base64 makes 47 MiB of it; gateways take 50.

std::size_t letters(std::string_view text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](unsigned char c) { return (c & 0xC0U) != 0x80U; }));
}

bool is_code(std::string_view text)
{
    const auto plain = [](unsigned char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '_' || c == '-';
    };
    return !text.empty() && text.size() <= longest_code && std::all_of(text.begin(), text.end(), plain);
}

const FlowSettings* flow_of(const Settings& settings, const std::string& named, std::vector<Problem>& problems)
{
    const FlowSettings* found = nullptr;
    std::size_t count = 0;
    for (const FlowSettings& flow : settings.flows)
        if (sends_documents(flow) && (named.empty() || flow.name == named)) {
            found = &flow;
            ++count;
        }
    if (count == 1)
        return found;
    problems.push_back({"document.flow",
                        count == 0 ? "no flow that sends documents has this name" : "several flows send documents",
                        "--flow",
                        named,
                        "the name of one flow with deliver: documents",
                        {}});
    return nullptr;
}

std::optional<DocumentAttachment> attachment_of(const std::string& path, std::uintmax_t& left, std::vector<Problem>& problems)
{
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream bytes;
    if (!error && size > left) {
        problems.push_back(
            {"document.attachment", "the attachments are too large together", path, std::to_string(size), "35 MiB at most", {}});
        return std::nullopt;
    }
    if (!error && size > 0)
        bytes << stream.rdbuf();
    if (error || !stream || size == 0) {
        problems.push_back({"document.attachment",
                            "this attachment cannot be read, or is empty",
                            path,
                            {},
                            "a readable file with something in it",
                            {}});
        return std::nullopt;
    }
    left -= size;
    DocumentAttachment out{std::filesystem::path(path).filename().string(), std::move(bytes).str(), {}};
    const std::string digest = seal::sha256_hex(out.bytes);
    out.inner = digest.substr(0, 8) + '-' + digest.substr(8, 4) + '-' + digest.substr(12, 4) + '-' + digest.substr(16, 4) + '-' +
                digest.substr(20, 12);
    return out;
}

void print_taken(const Common& common, const Dispatch::Added& added, bool again)
{
    const DispatchedDocument& one = added.document;
    if (common.json) {
        JsonWriter out;
        out.begin_object()
            .member("id", one.id)
            .member("document", one.document)
            .member("act", one.act)
            .member("flow", one.flow)
            .member("earlier", added.earlier);
        out.member("again", again).member("state", to_text(again ? DeliveryState::pending : one.state));
        std::printf("%s\n", out.end_object().take().c_str());
        return;
    }
    std::printf("#%lld  %s%s%s  %s\n", static_cast<long long>(one.id), one.document.c_str(), one.act.empty() ? "" : "  ",
                one.act.c_str(),
                again           ? "là văn bản đã bị từ chối, sẽ gửi lại / was refused, and is sent again"
                : added.earlier ? "đã nhận trước đó / taken in before"
                                : "đã nhận, chờ gửi / taken in, to be sent");
}

/// The newest package of the same act that says the same, else an act with its turn behind it. Fails with: store.*.
Result<std::string> act_of(const Dispatch& dispatch, const DispatchedDocument& wanted)
{
    const auto packages = dispatch.about(wanted.document);
    if (!packages)
        return packages.problem();
    std::size_t turn = 1;
    std::string last;
    for (const DispatchedDocument& one : *packages)
        if (one.flow == wanted.flow && one.document == wanted.document &&
            (one.act == wanted.act || one.act.starts_with(wanted.act + ' '))) {
            ++turn;
            last = one.digest == wanted.digest ? one.act : "";
        }
    return !last.empty() ? last : turn == 1 ? wanted.act : wanted.act + ' ' + std::to_string(turn);
}

}  // namespace

Result<std::shared_ptr<Dispatch>> open_dispatch(const Settings& settings)
{
    return adapters::open_sqlite_dispatch((std::filesystem::path(settings.data_directory) / "documents.db").string());
}

std::optional<DocumentWork> document_work_or_print(const Common& common, const std::string& flow)
{
    auto opened = opened_or_print(common);
    if (!opened)
        return std::nullopt;
    std::vector<Problem> problems;
    const FlowSettings* found = flow_of(opened->settings, flow, problems);
    auto catalogue = load_catalogue(opened->settings.catalogue, problems);
    auto dispatch = open_dispatch(opened->settings);
    if (!dispatch)
        problems.push_back(dispatch.problem());
    if (!problems.empty() || catalogue == nullptr) {
        print_problems(problems, common.json);
        return std::nullopt;
    }
    FlowSettings sending = *found;
    return DocumentWork{
        std::move(*opened), std::move(sending), std::move(catalogue), *std::move(dispatch), adapters::make_edxml_writer(),
        SystemClock().now()};
}

/// A sentence's text: some letters, no quotation marks or backslashes where it becomes part of a header.
std::optional<Problem> misfit(const char* option, const std::string& value, std::size_t most, bool in_header)
{
    const bool plain = first_not_utf8(value) == value.size() && std::all_of(value.begin(), value.end(), [&](unsigned char c) {
                           return c >= 0x20U && (!in_header || (c != '"' && c != '\\' && c != ','));
                       });
    if (plain && !value.empty() && letters(value) <= most)
        return std::nullopt;
    return Problem{"document.bad",
                   "this cannot be said of a document",
                   option,
                   shortened(value, 80),
                   "1 to " + std::to_string(most) + " characters without control characters" +
                       (in_header ? ", commas, quotation marks and backslashes" : ""),
                   {}};
}

void check_recipients(const std::vector<std::string>& codes, const char* option, std::vector<Problem>& problems)
{
    for (const std::string& code : codes)
        if (!is_code(code) || text::is_axis_node(code))
            problems.push_back({"document.bad",
                                "this is no code of a body that gets documents",
                                option,
                                shortened(code, 80),
                                "G22.99, H52.14 or 000.00.14.H52",
                                {}});
}

bool all_listed_or_print(const Common& common, const DocumentWork& work, const std::vector<std::string>& codes)
{
    const auto unlisted = flow::not_on_the_list(*work.opened.data.store, codes);
    const std::vector<Problem> problems = unlisted ? *unlisted : std::vector<Problem>{unlisted.problem()};
    if (!problems.empty())
        print_problems(problems, common.json);
    return problems.empty();
}

std::vector<DocumentAttachment> attachments_of(const std::vector<std::string>& paths, std::vector<Problem>& problems)
{
    std::uintmax_t left = most_attached;
    std::vector<DocumentAttachment> out;
    for (const std::string& path : paths)
        if (auto attachment = attachment_of(path, left, problems))
            out.push_back(*std::move(attachment));
    return out;
}

Time noon_of(const std::string& day)
{
    return time_from(day + "T12:00:00+07:00").value();
}

Organisation organisation(const catalogue::Catalogue& catalogue, const std::string& code, Time on)
{
    const auto agency = catalogue.agency(code, local_day(on));
    return {code, agency ? (*agency)->name_vi : ""};
}

std::vector<std::string> each_once(const std::vector<std::string>& codes)
{
    std::vector<std::string> seen, out;
    for (const std::string& code : codes) {
        if (std::find(seen.begin(), seen.end(), text::newer_organ_code(code)) != seen.end())
            continue;
        seen.push_back(text::newer_organ_code(code));
        out.push_back(code);
    }
    return out;
}

Result<DispatchedDocument> sent_document(const DocumentWork& work, const std::string& named)
{
    const std::string_view digits = std::string_view(named).substr(named.starts_with('#') ? 1 : 0);
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), id);
    if (error == std::errc{} && end == digits.data() + digits.size()) {
        auto document = work.dispatch->document(id);
        const bool own = document && (document->business == Business::fresh || document->business == Business::replacement);
        return document && !own ? Result<DispatchedDocument>(Problem{"document.unknown",
                                                                     "this number is of no document of its own",
                                                                     {},
                                                                     named,
                                                                     "a number of lienthong document list",
                                                                     {}})
                                : document;
    }
    auto packages = work.dispatch->about(named);
    if (!packages)
        return packages.problem();
    for (DispatchedDocument& one : *packages)
        if (one.flow == work.flow.name && one.document == named &&
            (one.business == Business::fresh || one.business == Business::replacement))
            return std::move(one);
    return Problem{"document.unknown",
                   "no document of this identity was sent",
                   {},
                   shortened(named, 80),
                   "a document of lienthong document list, by its number or identity",
                   {}};
}

int take_in(const Common& common, DocumentWork& work, NarrativeDocument document, DispatchedDocument dispatched)
{
    // Said at another moment it is the same document: the digest leaves the moment out.
    const auto timeless = work.writer->write(document);
    document.sent_at = flow::package_time(work.now);
    const auto package = work.writer->write(document);
    for (const auto* written : {&timeless, &package})
        if (!*written) {
            print_problems({written->problem()}, common.json);
            return not_done;
        }
    dispatched.flow = work.flow.name;
    dispatched.made_at = work.now;
    dispatched.digest = seal::sha256_hex(*timeless);
    if (!dispatched.act.empty()) {
        auto act = act_of(*work.dispatch, dispatched);
        if (!act) {
            print_problems({act.problem()}, common.json);
            return not_done;
        }
        dispatched.act = *std::move(act);
    }
    return taken(common, work, work.dispatch->add(dispatched, *package));
}

int taken(const Common& common, DocumentWork& work, const Result<Dispatch::Added>& added)
{
    if (!added) {
        print_problems({added.problem()}, common.json);
        return not_done;
    }
    const bool again = added->earlier && added->document.state == DeliveryState::failed;
    if (again)
        if (const auto put = work.dispatch->finish_attempt(added->document.id, DeliveryState::pending, {}, {}, work.now); !put) {
            print_problems({put.problem()}, common.json);
            return not_done;
        }
    print_taken(common, *added, again);
    return done;
}

}  // namespace lienthong::cli
