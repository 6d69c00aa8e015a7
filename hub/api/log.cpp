// The log's public face: its last checkpoint, and proofs that it only ever grew.
#include "hub/api/names.hpp"
#include "hub/api/routes.hpp"
#include "hub/seal/digest.hpp"

namespace lienthong::api {

void Routes::checkpoint(Api& api, Call call)
{
    const auto last = Routes::parts(api).store->last_checkpoint();
    if (!last.ok())
        return call.respond(problem_response(status_of(last.problem()), last.problem()));
    if (!*last) {
        const Problem none{"seal.not_sealed", "nothing is sealed yet", {}, {}, {}};
        return call.respond(problem_response(status_of(none), none));
    }
    http::HttpResponse response;
    response.content_type = "text/plain; charset=utf-8";
    response.body = (*last)->note;
    call.respond(std::move(response));
}

void Routes::consistency(Api& api, Call call)
{
    const std::string* from = call.request.parameter("from");
    const std::string* to = call.request.parameter("to");
    const auto old_size = from == nullptr ? std::nullopt : number_from(*from, INT64_MAX);
    const auto new_size = to == nullptr ? std::nullopt : number_from(*to, INT64_MAX);
    if (!old_size || !new_size)
        return call.respond(problem_response(400, Problem{"parameter.bad", "both sizes are needed", "query/from, query/to", {}, "two numbers of leaves"}));
    const auto proof = Routes::parts(api).sealer->consistency(static_cast<std::uint64_t>(*old_size), static_cast<std::uint64_t>(*new_size));
    if (!proof.ok())
        return call.respond(problem_response(status_of(proof.problem()), proof.problem()));
    JsonWriter out;
    out.begin_object().member("from", *old_size).member("to", *new_size).key("path").begin_array();
    for (const Hash& hash : *proof)
        out.text(seal::to_hex(hash));
    call.respond(json_response(200, out.end_array().end_object().take()));
}

}  // namespace lienthong::api
