// What a worker does for a connector.
#include "hub/process/connector_role.hpp"

#include "hub/process/json_texts.hpp"
#include "hub/sdk/codec.hpp"

#include <optional>
#include <variant>

namespace lienthong::process {
namespace {

/// The body that comes with an event, and where the parser's sentence belongs.
struct Foreign
{
    std::string_view body;
    std::string_view* unreadable = nullptr;
};

Foreign foreign_part(sdk::Event& event)
{
    if (auto* reply = std::get_if<sdk::Reply>(&event.what))
        return {reply->answer.body, &reply->answer.unreadable};
    if (auto* called = std::get_if<sdk::Called>(&event.what))
        return {called->request.body, &called->request.unreadable};
    return {};
}

/// Which of the two parsers a body is for.
sdk::AnswerForm form_of(sdk::AnswerForm asked, std::string_view body)
{
    if (asked != sdk::AnswerForm::either)
        return asked;
    if (body.starts_with("\xEF\xBB\xBF"))
        body.remove_prefix(3);
    const std::size_t first = body.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && body[first] == '<' ? sdk::AnswerForm::xml : sdk::AnswerForm::json;
}

/// The bytes of a parcel that are JSON: the hub rendered them, and the machine may want to say them in its partner's words.
std::optional<std::string_view> json_parcel(const sdk::Event& event)
{
    const sdk::Parcel* parcel = nullptr;
    if (const auto* deliver = std::get_if<sdk::Deliver>(&event.what))
        parcel = &deliver->parcel;
    else if (const auto* find_out = std::get_if<sdk::FindOut>(&event.what))
        parcel = &find_out->parcel;
    if (parcel == nullptr || parcel->content_type != "application/json")
        return std::nullopt;
    return parcel->bytes;
}

std::string sentence_of(const Problem& problem)
{
    return problem.place.empty() ? problem.detail : problem.place + ": " + problem.detail;
}

}  // namespace

Result<std::string> ConnectorRole::work(std::string_view bytes)
{
    const auto job = decode_connector_job(bytes);
    if (!job)
        return Problem{"process.worker_garbage", "the core's job cannot be read by this worker", {}, {}, "open or event"};
    if (job->kind == ConnectorJob::Kind::event)
        return handle(*job);
    auto machine = library_.open(job->bytes);
    if (!machine)
        return machine.problem();
    machine_ = std::move(*machine);
    return std::string();
}

Result<std::string> ConnectorRole::handle(const ConnectorJob& job) const
{
    if (!machine_)
        return Problem{"process.connector_failed", "the connector got an event before its settings"};
    auto event = sdk::decode_event(job.bytes);
    if (!event)
        return Problem{"process.worker_garbage", "the core's event cannot be read by this worker", {}, {}, "an event"};
    if (const auto bytes = json_parcel(*event)) {
        const auto document = read_(sdk::AnswerForm::json, *bytes);
        if (document)
            return machine_->handle(job.bytes, *document);
    }
    if (job.form == sdk::AnswerForm::none)
        return machine_->handle(job.bytes, Tree());
    const Foreign foreign = foreign_part(*event);
    if (foreign.unreadable == nullptr)
        return machine_->handle(job.bytes, Tree());
    std::string why;
    auto document = job.form == sdk::AnswerForm::json_texts ? read_json_texts(read_, foreign.body, why)
                                                            : read_(form_of(job.form, foreign.body), foreign.body);
    if (!document)
        why = sentence_of(document.problem());
    if (why.empty())
        return machine_->handle(job.bytes, *document);
    *foreign.unreadable = why;
    const Tree nothing;
    return machine_->handle(sdk::encode(*event), document ? *document : nothing);
}

}  // namespace lienthong::process
