#include "hub/flow/document_json.hpp"

namespace lienthong::flow {
namespace {

void write_told(JsonWriter& out, const StatusTold& told)
{
    const StatusMeaning meaning = meaning_of(told.code);
    out.member("code", told.code).member("meaning", meaning.vi).member("meaning_en", meaning.en).member("at", told.at).member("reason", told.reason);
}

}  // namespace

void write_document(JsonWriter& out, const DispatchedDocument& document, std::span<const RecipientState> states,
                    std::span<const ActStanding> acts)
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
    out.end_array().key("acts").begin_array();
    for (const ActStanding& one : acts) {
        out.begin_object().member("id", one.act.id).member("kind", act_name(one.act)).member("document", one.act.document);
        out.member("state", to_text(one.act.state)).member("problem", one.act.problem).member("reason", one.act.reason);
        out.member("made_at", to_text(one.act.made_at)).member("made_by", one.act.made_by).key("answers").begin_array();
        for (const ActAnswer& answer : one.answers) {
            out.begin_object().member("recipient", answer.recipient);
            if (answer.answer)
                write_told(out, *answer.answer);
            out.end_object();
        }
        out.end_array().end_object();
    }
    out.end_array();
}

void write_told_status(JsonWriter& out, const DispatchedDocument& status)
{
    const StatusMeaning meaning = meaning_of(status.code);
    out.member("id", status.id).member("flow", status.flow).member("document", status.document).member("notation", status.notation);
    out.member("recipient", status.to.empty() ? "" : status.to.front()).member("code", status.code).member("meaning", meaning.vi);
    out.member("meaning_en", meaning.en).member("reason", status.reason).member("state", to_text(status.state));
    out.member("attempts", std::int64_t{status.attempts}).member("problem", status.problem).member("made_at", to_text(status.made_at));
    out.member("made_by", status.made_by);
}

}  // namespace lienthong::flow
