#include "hub/flow/document_json.hpp"

namespace lienthong::flow {
namespace {

void write_told(JsonWriter& out, const StatusTold& told)
{
    const StatusMeaning meaning = meaning_of(told.code);
    out.member("code", told.code).member("meaning", meaning.vi).member("meaning_en", meaning.en).member("at", told.at).member("reason", told.reason);
}

}  // namespace

void write_document(JsonWriter& out, const DispatchedDocument& document, std::span<const RecipientState> states)
{
    out.member("id", document.id).member("flow", document.flow).member("document", document.document).member("notation", document.notation);
    out.member("subject", document.subject).member("state", to_text(document.state)).member("attempts", std::int64_t{document.attempts});
    out.member("problem", document.problem).member("receipt", document.receipt).member("made_at", to_text(document.made_at));
    out.member("made_by", document.made_by).key("recipients").begin_array();
    for (const RecipientState& state : states) {
        out.begin_object().member("recipient", state.recipient);
        if (const StatusTold* now = state.now())
            write_told(out, *now);
        out.key("history").begin_array();
        for (const StatusTold& told : state.history) {
            out.begin_object();
            write_told(out, told);
            out.end_object();
        }
        out.end_array().end_object();
    }
    out.end_array();
}

}  // namespace lienthong::flow
