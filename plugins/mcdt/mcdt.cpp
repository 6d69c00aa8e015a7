/// mcdt: a one-window system (một cửa điện tử) that calls the province's dossier and statistics adapter, four addresses in all.
///
/// It asks nothing. Contexts: "taken", "aside <why>".
#include "hub/sdk/failures.hpp"
#include "hub/sdk/json_text.hpp"
#include "hub/sdk/plugin.hpp"
#include "hub/sdk/spec.hpp"
#include "hub/sdk/words.hpp"

#include <algorithm>
#include <span>

namespace {

using namespace lienthong::sdk;

using Names = std::span<const std::string_view>;

/// Only what figures need is kept, and what an adapter behind this one demands and is of no person: no name but those of
/// procedures and bodies, no address, telephone, identity number, remark or file.
constexpr std::string_view document_members[] = {
    "DocCode",     "DocTypeCode", "DocTypeName",  "ApplicantsType", "DateReceived", "DateAppointed", "IsSuccess",
    "SuccessDate", "IsReturned",  "ReturnedDate", "ReturnedType",   "FinishedDate", "Status",        "ProcessingOrganName",
    "OrganInchargeIdLevel1", "OrganInchargeName"};
constexpr std::string_view trace_members[] = {"DocumentId", "DocCode", "DateCreated",
                                              "Status", "OrganizationInchargeIdLevel1", "OrganizationInchargeName"};
constexpr std::string_view statistic_members[] = {
    "Month",       "Year",           "IsMonthStatistic",  "NewReception", "PreExtisting",       "Total",        "TotalSolved",
    "SolvedInTime", "SolvedInTimePercent", "SolvedLate", "SolvedLatePercent", "TotalPending", "Pending", "PendingPercent",
    "PendingLate", "PendingLatePercent", "OrganizationInchargeIdlevel1", "OrganizationInchargeName"};
constexpr std::string_view vote_members[] = {"DateCreated", "TotalVoted", "PercentVeryGood", "PercentGood", "PercentBad",
                                             "OrganizationInchargeIdLevel1", "OrganizationInchargeName"};

/// A list of which an item is kept as its marks alone, words with a blank between them, "-" for what is not there or is no such word.
struct MarkedList
{
    std::string_view name;
    Names marks;
};
constexpr std::string_view attachment_marks[] = {"Attachmentld", "IsVerified", "IsDeleted"};
constexpr std::string_view question_marks[] = {"DocTypeCode", "PercentVeryGood", "PercentGood", "PercentBad"};
constexpr MarkedList document_lists[] = {{"Attachments", attachment_marks}};
constexpr MarkedList vote_lists[] = {{"Questions", question_marks}};

/// Of all marks of a list; a fact's field holds no more. A longer list is not kept at all, rather than a part of it.
constexpr std::size_t most_marks = 4000;
constexpr std::size_t longest_mark = 40;

constexpr std::string_view document_needs[] = {"DocCode", "DocTypeCode", "DateReceived", "Status", "OrganInchargeIdLevel1"};
constexpr std::string_view trace_needs[] = {"DocCode", "DateCreated", "OrganizationInchargeIdLevel1"};
constexpr std::string_view statistic_needs[] = {"Month", "Year", "OrganizationInchargeIdlevel1"};
constexpr std::string_view vote_needs[] = {"DateCreated", "TotalVoted", "OrganizationInchargeIdLevel1"};

constexpr std::uint64_t with_files = 10 * 1024 * 1024, figures_only = 1024 * 1024;  // Bytes of a body.

constexpr std::int64_t hour_millis = 3'600'000;

struct Service
{
    std::string_view name;
    std::string_view path;
    std::uint64_t body_limit;
    Names kept;
    Names needed;
    std::span<const MarkedList> lists{};
};

constexpr Service services[] = {
    {"SyncDocument", "/Document/SyncDocument", with_files, document_members, document_needs, document_lists},
    {"UpdateDocumentTraces", "/Document/UpdateDocumentTraces", figures_only, trace_members, trace_needs},
    {"Statistic", "/Statistic", figures_only, statistic_members, statistic_needs},
    {"Vote", "/Vote", figures_only, vote_members, vote_needs, vote_lists},
};

const Service* service_named(std::string_view name)
{
    for (const Service& service : services)
        if (service.name == name)
            return &service;
    return nullptr;
}

/// MResult; that 1 says yes and 0 no is assumed.
Response result(std::int32_t status, int said, std::string_view message)
{
    return {status, "application/json", "{\"Status\":" + std::to_string(said) + ",\"Message\":" + json_quoted(message) + '}'};
}

/// A number, a code, true or false; nothing a person could be named in but by digits and Latin letters without a blank.
bool is_mark(std::string_view text)
{
    const auto fits = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == '_';
    };
    return !text.empty() && text.size() <= longest_mark && std::all_of(text.begin(), text.end(), fits);
}

/// `kept` with the marks of the row's lists behind its members.
std::string with_lists(std::string kept, TreeView row, std::span<const MarkedList> lists)
{
    for (const MarkedList& list : lists) {
        std::string items;
        std::size_t size = 0;
        for (TreeView item = row.child_any_case(list.name).first(); item; item = item.next()) {
            std::string marks;
            for (const std::string_view name : list.marks) {
                const std::string_view mark = item.child_any_case(name).text();
                marks += (marks.empty() ? "" : " ") + std::string(is_mark(mark) ? mark : "-");
            }
            size += marks.size() + 1;
            items += (items.empty() ? "" : ",") + json_quoted(marks);
        }
        if (items.empty() || size > most_marks)
            continue;
        kept.pop_back();
        kept += (kept.size() > 1 ? "," : "") + json_quoted(list.name) + ":[" + items + "]}";
    }
    return kept;
}

/// What is wrong with a row; empty when nothing is.
std::string fault_of(const Service& service, TreeView row)
{
    if (row.kind() != LIENTHONG_NODE_OBJECT)
        return "a row is no object";
    for (const std::string_view needed : service.needed)
        if (row.child_any_case(needed).text().empty())
            return "a row has no " + std::string(needed);
    return {};
}

class Mcdt final : public Connector
{
public:
    explicit Mcdt(const Settings&) {}

    static Description description();

    Step poll(std::string_view, const Moment&) const override { return asks_nothing(); }
    Step reply(std::string_view context, const Answer&, const Moment&) const override
    {
        return step_of(unknown_context(context));
    }

    Step called(const InboundRequest& request, const Moment& moment) const override
    {
        const Service* service = service_named(request.route);
        if (service == nullptr)
            return failed(FailureClass::permanent, "no_route", "this connector has no route '" + request.route + "'");
        const lienthong_node_kind kind = request.document.kind();
        Step step;
        if (kind != LIENTHONG_NODE_OBJECT && kind != LIENTHONG_NODE_ARRAY) {
            set_aside(step,
                      request.unreadable.empty() ? "the body is neither an object nor a list"
                                                 : "the body is not JSON: " + excerpt(request.unreadable),
                      outline_of(service->name, request.body));
            return step;
        }
        std::string rows;
        const bool list = kind == LIENTHONG_NODE_ARRAY;
        for (TreeView row = list ? request.document.first() : request.document; row; row = list ? row.next() : TreeView()) {
            const std::string kept = with_lists(only_members(row, service->kept), row, service->lists);
            if (const std::string fault = fault_of(*service, row); !fault.empty())
                set_aside(step, fault, "{\"service\":" + json_quoted(service->name) + ",\"row\":" + kept + '}');
            else
                rows += (rows.empty() ? "" : ",") + kept;
        }
        if (rows.empty() && step.set_aside.empty())
            step.response = result(200, 1, "không có bản ghi nào");
        if (!rows.empty()) {
            Payload payload;
            payload.content_type = "application/json";
            payload.bytes = "{\"service\":" + json_quoted(service->name) + ",\"rows\":[" + rows + "]}";
            // The same within the hour is a repeat after a lost answer. Later it is said anew: figures and dossiers may go back
            // to what they were, and must then be taken again.
            payload.source_id = std::string(service->name) + '/' + fingerprint(payload.bytes) + '/' + std::to_string(moment.unix_millis / hour_millis);
            payload.context = "taken";
            step.payloads.push_back(std::move(payload));
        }
        return step;
    }

    Step journaled(std::string_view context, Arrived arrived, const Moment&) const override
    {
        Words words(context);
        const bool taken = words.next() == "taken";
        Step step;
        if (taken)
            step.response = result(200, 1, arrived == Arrived::duplicate ? "đã tiếp nhận trước đó" : "đã tiếp nhận");
        else
            step.response = result(400, 0, "không tiếp nhận được: " + std::string(words.rest()));
        return step;
    }

private:
    static Step asks_nothing()
    {
        return failed(FailureClass::permanent, "no_poll", "a one-window system is not asked, it calls");
    }

    static void set_aside(Step& step, std::string why, std::string bytes)
    {
        std::string context = "aside " + why;
        step.set_aside.push_back({{}, std::move(why), std::move(bytes), std::move(context)});
    }
};

Description Mcdt::description()
{
    Description d;
    d.name = "mcdt";
    d.version = "1";
    d.speaks =
        "One-window system of a province, called: dossiers, their traces, monthly statistics and votes, with a token of the hub. It "
        "asks nothing and sends nothing.";
    d.polls = false;
    for (const Service& service : services) {
        Route route;
        route.name = service.name;
        route.method = "POST";
        route.path = service.path;
        route.body_limit = service.body_limit;
        route.fallback = result(503, 0, "chưa tiếp nhận được, đề nghị gửi lại");
        d.routes.push_back(std::move(route));
    }
    return d;
}

}  // namespace

LIENTHONG_CONNECTOR(Mcdt);
