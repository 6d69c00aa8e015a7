// lienthong document send: a report with its attachments is taken in; from here on it is not lost.
#include "hub/cli/document.hpp"

#include "adapters/documents/edxml/edxml_writer.hpp"
#include "adapters/stores/sqlite/dispatch.hpp"
#include "hub/cli/loaded_catalogue.hpp"
#include "hub/cli/opened.hpp"
#include "hub/model/json_text.hpp"
#include "hub/model/utf8.hpp"
#include "hub/ports/clock.hpp"
#include "hub/seal/digest.hpp"
#include "hub/text/organ_code.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <tuple>

namespace lienthong::cli {
namespace {

// Widths of the validator many document systems run (QCVN 102:2016/BTTTT names the elements, not their lengths); the code's is
// that of Thông tư 01/2022/TT-BTTTT.
constexpr std::size_t longest_code = 35, longest_number = 11, longest_notation = 30, longest_subject = 500, longest_place = 50;
constexpr std::uintmax_t most_attached = 35 * 1024 * 1024;  ///< Base64 makes 47 MiB of it; gateways take 50.

struct Made
{
    NarrativeDocument document;
    DispatchedDocument dispatched;
};

std::size_t letters(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](unsigned char c) { return (c & 0xC0U) != 0x80U; }));
}

bool is_code(std::string_view text)
{
    const auto plain = [](unsigned char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '_' || c == '-'; };
    return !text.empty() && text.size() <= longest_code && std::all_of(text.begin(), text.end(), plain);
}

/// A sentence's text: some letters, no quotation marks or backslashes where it becomes part of a header.
std::optional<Problem> misfit(const char* option, const std::string& value, std::size_t most, bool in_header)
{
    const bool plain = first_not_utf8(value) == value.size() && std::all_of(value.begin(), value.end(), [&](unsigned char c) {
        return c >= 0x20U && (!in_header || (c != '"' && c != '\\' && c != ','));
    });
    if (plain && !value.empty() && letters(value) <= most)
        return std::nullopt;
    return Problem{"document.bad", "this cannot be said of a document", option, shortened(value, 80), "1 to " + std::to_string(most) + " characters without control characters" + (in_header ? ", commas, quotation marks and backslashes" : ""), {}};
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
    problems.push_back({"document.flow", count == 0 ? "no flow that sends documents has this name" : "several flows send documents", "--flow", named, "the name of one flow with deliver: documents", {}});
    return nullptr;
}

std::optional<DocumentAttachment> attachment_of(const std::string& path, std::uintmax_t& left, std::vector<Problem>& problems)
{
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream bytes;
    if (!error && size > left) {
        problems.push_back({"document.attachment", "the attachments are too large together", path, std::to_string(size), "35 MiB at most", {}});
        return std::nullopt;
    }
    if (!error && size > 0)
        bytes << stream.rdbuf();
    if (error || !stream || size == 0) {
        problems.push_back({"document.attachment", "this attachment cannot be read, or is empty", path, {}, "a readable file with something in it", {}});
        return std::nullopt;
    }
    left -= size;
    DocumentAttachment out{std::filesystem::path(path).filename().string(), std::move(bytes).str(), {}};
    const std::string digest = seal::sha256_hex(out.bytes);
    out.inner = digest.substr(0, 8) + '-' + digest.substr(8, 4) + '-' + digest.substr(12, 4) + '-' + digest.substr(16, 4) + '-' + digest.substr(20, 12);
    return out;
}

bool is_day(const std::string& text)
{
    const auto time = text.size() == 10 ? time_from(text + "T00:00:00+07:00") : std::nullopt;
    return time && to_text(*time).substr(0, 10) == text;
}

/// What is wrong with the words of the command, all of it.
void check_words(const DocumentOptions& options, const std::string& place, const std::string& day, std::vector<Problem>& problems)
{
    const std::tuple<const char*, const std::string&, std::size_t, bool> texts[] = {
        {"--number", options.number, longest_number, true}, {"--notation", options.notation, longest_notation, true},
        {"--subject", options.subject, longest_subject, false}, {"--place", place, longest_place, false},
        {"--type", options.type, 100, false}};
    for (const auto& [option, value, most, in_header] : texts)
        if (auto problem = misfit(option, value, most, in_header))
            problems.push_back(*std::move(problem));
    for (const std::string& code : options.to)
        if (!is_code(code) || text::is_axis_node(code))
            problems.push_back({"document.bad", "this is no code of a body that gets documents", "--to", shortened(code, 80), "G22.99, H52.14 or 000.00.14.H52", {}});
    if (!is_day(day))
        problems.push_back({"document.bad", "this is no day", "--date", shortened(day, 40), "yyyy-MM-dd", {}});
}

Organisation organisation(const catalogue::Catalogue& catalogue, const std::string& code, const std::string& day)
{
    const auto time = time_from(day + "T12:00:00+07:00");
    const auto agency = catalogue.agency(code, local_day(*time));
    return {code, agency ? (*agency)->name_vi : ""};
}

std::optional<Made> made_of(const Common& common, const Settings& settings, const DocumentOptions& options, Time now)
{
    std::vector<Problem> problems;
    const FlowSettings* flow = flow_of(settings, options.flow, problems);
    const std::string day = options.day.empty() ? to_text(now).substr(0, 10) : options.day;
    const std::string place = options.place.empty() ? settings.province_name : options.place;
    check_words(options, place, day, problems);
    std::uintmax_t left = most_attached;
    Made made;
    for (const std::string& path : options.attachments)
        if (auto attachment = attachment_of(path, left, problems))
            made.document.attachments.push_back(*std::move(attachment));
    const auto catalogue = problems.empty() ? load_catalogue(settings.catalogue, problems) : nullptr;
    if (!problems.empty() || catalogue == nullptr) {
        print_problems(problems, common.json);
        return std::nullopt;
    }
    NarrativeDocument& document = made.document;
    document.from = organisation(*catalogue, flow->sender, day);
    std::vector<std::string> seen;
    for (const std::string& code : options.to) {
        // One body under two codes gets one document.
        if (std::find(seen.begin(), seen.end(), text::newer_organ_code(code)) != seen.end())
            continue;
        seen.push_back(text::newer_organ_code(code));
        document.to.push_back(organisation(*catalogue, code, day));
        made.dispatched.to.push_back(code);
    }
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
    document.document = flow->sender + ',' + date + ',' + options.number + '/' + options.notation;
    made.dispatched.flow = flow->name;
    made.dispatched.document = document.document;
    made.dispatched.subject = options.subject;
    made.dispatched.notation = options.number + '/' + options.notation;
    made.dispatched.day = day;
    made.dispatched.made_by = options.by;
    made.dispatched.made_at = now;
    return made;
}

void print_taken(const Common& common, const Dispatch::Added& added, bool again)
{
    const DispatchedDocument& one = added.document;
    if (common.json) {
        JsonWriter out;
        out.begin_object().member("id", one.id).member("document", one.document).member("flow", one.flow).member("earlier", added.earlier);
        out.member("again", again).member("state", to_text(again ? DeliveryState::pending : one.state));
        std::printf("%s\n", out.end_object().take().c_str());
        return;
    }
    std::printf("#%lld  %s  %s\n", static_cast<long long>(one.id), one.document.c_str(),
                again          ? "là văn bản đã bị từ chối, sẽ gửi lại / was refused, and is sent again"
                : added.earlier ? "đã nhận trước đó / taken in before"
                                : "đã nhận, chờ gửi / taken in, to be sent");
}

}  // namespace

Result<std::shared_ptr<Dispatch>> open_dispatch(const Settings& settings)
{
    return adapters::open_sqlite_dispatch((std::filesystem::path(settings.data_directory) / "documents.db").string());
}

int document_send(const Common& common, const DocumentOptions& options)
{
    auto opened = opened_or_print(common);
    if (!opened)
        return not_done;
    const Time now = SystemClock().now();
    auto made = made_of(common, opened->settings, options, now);
    if (!made)
        return not_done;
    const auto writer = adapters::make_edxml_writer();
    // Said at another moment it is the same document: the digest leaves the moment out.
    const auto timeless = writer->write(made->document);
    std::string moment = to_text(now).substr(0, 19);
    std::replace(moment.begin(), moment.begin() + 10, '-', '/');
    moment[10] = ' ';
    made->document.sent_at = moment;
    const auto package = writer->write(made->document);
    for (const auto* written : {&timeless, &package})
        if (!*written) {
            print_problems({written->problem()}, common.json);
            return not_done;
        }
    made->dispatched.digest = seal::sha256_hex(*timeless);
    const auto dispatch = open_dispatch(opened->settings);
    const auto added = dispatch ? (*dispatch)->add(made->dispatched, *package) : Result<Dispatch::Added>(dispatch.problem());
    if (!added) {
        print_problems({added.problem()}, common.json);
        return not_done;
    }
    const bool again = added->earlier && added->document.state == DeliveryState::failed;
    if (again)
        if (const auto put = (*dispatch)->finish_attempt(added->document.id, DeliveryState::pending, {}, {}, now); !put) {
            print_problems({put.problem()}, common.json);
            return not_done;
        }
    print_taken(common, *added, again);
    return done;
}

}  // namespace lienthong::cli
