/// qlvb: packages that wait for us on the national document axis (VXP), and packages of ours to others.
///
/// In: list, get, acknowledge; or the list of agencies. Keeps no cursor: what is not acknowledged stays on the list. Out: send; what became
/// of it is found in the list of what was sent. Contexts of requests: "list", "agencies", "inventory", "again <docId>",
/// "get <sender or -> <docId>", "ack <status> <docId>", "send <parcel>", "sent <year> <recipients> <notation>" with recipients as
/// "G22.99=0,H52.14=1", the number of packages each had before; of what goes to the journal: "taken <docId>", "broken <docId>".
#include "hub/sdk/base64.hpp"
#include "hub/sdk/failures.hpp"
#include "hub/sdk/json_text.hpp"
#include "hub/sdk/large_item.hpp"
#include "hub/sdk/plugin.hpp"
#include "hub/sdk/row_messages.hpp"
#include "hub/sdk/spec.hpp"
#include "hub/sdk/turn.hpp"
#include "hub/sdk/words.hpp"
#include "plugins/qlvb/call.hpp"
#include "plugins/qlvb/listing.hpp"
#include "plugins/qlvb/package.hpp"

#include <stdexcept>

namespace {

using namespace qlvb;

constexpr std::size_t longest_id = 500;
constexpr std::size_t longest_receipt = 4096;

/// Fit for a header and for a context: neither empty nor endless, no control characters, no blanks around it.
bool is_plain(std::string_view id)
{
    return !id.empty() && id.size() <= longest_id && id.front() != ' ' && id.back() != ' ' &&
           std::all_of(id.begin(), id.end(), [](unsigned char c) { return c >= 0x20U && c != 0x7FU; });
}

/// Nothing when the axis says success. Its numbers other than 0 are not published, so none is taken for permanent.
std::optional<Failure> refusal(std::string_view asked, const Answer& answer)
{
    if (auto failure = http_failure(answer, asked))
        return failure;
    const std::string_view code = answer.document.child_any_case("ErrorCode").text();
    if (code.empty())
        return wrong_shape(asked, "ErrorCode");
    if (code == "0")
        return std::nullopt;
    return Failure{
        FailureClass::unknown,
        "vxp_" + excerpt(code, 40),
        std::string(asked) + " was refused by the axis: " + excerpt(answer.document.child_any_case("ErrorDesc").text()),
        {},
        0};
}

/// A number written by ourselves.
std::size_t number_in(std::string_view digits)
{
    std::size_t out = 0;
    for (const char digit : digits)
        out = out * 10 + static_cast<std::size_t>(digit - '0');
    return out;
}

class Qlvb final : public Connector
{
public:
    explicit Qlvb(const Settings& settings)
        : system_(settings.text("system_id")),
          message_type_(settings.text("message_type")),
          sdk_hash_(settings.text("hash_file") == "sdk"),
          batch_(static_cast<std::size_t>(settings.integer("batch_size")))
    {
        if (!is_plain(system_) || system_.find_first_of("\"\\") != std::string::npos)
            throw std::invalid_argument("system_id: expected a registered identifier such as H31.08");
    }

    static Description description();

    Step poll(std::string_view cursor, const Moment& moment) const override
    {
        if (!cursor.empty())
            return step_of(unknown_cursor(cursor));
        if (message_type_ == "agencies")
            return ask("/getAgenciesList", {}, {}, "agencies", moment);
        return ask("/getReceivedEdocList", {signed_word("servicetype", "eDoc"), signed_word("messagetype", message_type_)}, {}, "list", moment);
    }

    /// The file's own hash is signed with the headers, so the body is covered too. The CR LF behind the file is the reference client's;
    /// the axis takes it off before it hashes, with any line end before it, so the file must not end in one.
    Step deliver(const Parcel& parcel, const Moment& moment) const override
    {
        const auto package = package_of(parcel.content_type);
        if (!package || !is_plain(parcel.id))
            return failed(FailureClass::permanent, "package", "the parcel '" + excerpt(parcel.id, 80) + "' does not say to whom it goes: " + excerpt(parcel.content_type));
        const Part digest = sha256(earlier("file"));
        Call call;
        call.path = "/sendEdoc";
        call.content_type = "application/octet-stream";
        call.before = {signed_word("from", system_), signed_word("servicetype", "eDoc"), signed_word("messagetype", package->message_type),
                       signed_text("to", json_list(package->to)), {"hash-file", earlier("hash-file"), false}};
        call.parts = {{"file", literal(parcel.bytes.substr(0, parcel.bytes.find_last_not_of("\r\n") + 1))}, {"hash-file", sdk_hash_ ? vxp_hex(digest) : hex(digest)}};
        call.body = concat({earlier("file"), literal("\r\n")});
        call.context = "send " + parcel.id;
        Step step;
        step.requests.push_back(request_of(std::move(call), system_, moment));
        step.requests.front().repeatable = false;
        return step;
    }

    /// The axis lists what was sent by recipient, number and notation; our DocumentId is not among what it tells, nor which of several
    /// packages of one notation a row is. So they are counted.
    Step find_out(const Parcel& parcel, const Moment& moment) const override
    {
        const auto package = package_of(parcel.content_type);
        if (!package)
            return failed(FailureClass::permanent, "package", "the parcel '" + excerpt(parcel.id, 80) + "' does not say to whom it went");
        std::string recipients;
        for (std::size_t i = 0; i < package->to.size(); ++i)
            recipients += (recipients.empty() ? "" : ",") + package->to[i] + '=' + package->before[i];
        return ask("/getSentEdocList", {signed_word("servicetype", "eDoc"), signed_word("messagetype", package->message_type)}, {},
                   "sent " + package->date.substr(0, 4) + ' ' + recipients + ' ' + package->notation, moment);
    }

    Step list(std::string_view since, const Moment& moment) const override
    {
        if (message_type_ == "agencies")
            return Connector::list(since, moment);
        return ask("/getReceivedEdocList", {signed_word("servicetype", "eDoc"), signed_word("messagetype", message_type_)}, {}, "inventory", moment);
    }

    Step fetch(std::string_view id, const Moment& moment) const override
    {
        if (message_type_ == "agencies")
            return Connector::fetch(id, moment);
        if (!is_plain(id))
            return failed(FailureClass::permanent, "no_item", "no package is named '" + excerpt(id, 80) + "'");
        // Only the list says who sent it, and that is part of what a package is known by.
        return ask("/getReceivedEdocList", {signed_word("servicetype", "eDoc"), signed_word("messagetype", message_type_)}, {}, "again " + std::string(id), moment);
    }

    Step reply(std::string_view context, const Answer& answer, const Moment& moment) const override
    {
        if (context == "inventory") {
            auto failure = refusal("the list of received documents", answer);
            return failure ? step_of(std::move(*failure)) : qlvb::inventory_of(answer);
        }
        if (context.substr(0, 6) == "again ")
            return again(context.substr(6), answer, moment);
        Words words(context);
        const std::string_view kind = words.next();
        const std::string_view word = words.next();
        const std::string id(words.rest());
        if (kind == "list")
            return listed(answer, moment);
        if (kind == "agencies")
            return agencies(answer);
        if (kind == "send")
            return sent(std::string(context.substr(kind.size() + 1)), answer);
        if (kind == "sent") {
            Words rest(id);
            const std::string_view recipients = rest.next();
            return found(word, recipients, rest.rest(), answer);
        }
        if (kind == "get")
            return document(id, word, answer);
        if (kind != "ack")
            return step_of(unknown_context(context));
        return noted("updateStatus", id, refusal("updateStatus " + std::string(word) + " of " + id, answer), answer);
    }

    /// Only now, when the document cannot be lost any more, the axis may forget it.
    Step journaled(std::string_view context, Arrived, const Moment& moment) const override
    {
        Words words(context);
        const std::string_view kind = words.next();
        const std::string id(words.rest());
        if (kind == "taken")
            return ask("/updateStatus", {signed_text("docId", id)}, {signed_word("status", "done")}, "ack done " + id, moment);
        if (kind == "broken")
            return ask("/updateStatus", {signed_text("docId", id), signed_word("description", "Khong doc duoc goi tin")}, {signed_word("status", "fail")},
                       "ack fail " + id, moment);
        return kind.empty() ? Step{} : step_of(unknown_context(context));
    }

private:
    [[nodiscard]] Step ask(std::string path, std::vector<Parameter> before, std::vector<Parameter> after, std::string context,
                           const Moment& moment) const
    {
        Call call;
        call.path = std::move(path);
        call.before = std::move(before);
        call.after = std::move(after);
        call.context = std::move(context);
        Step step;
        step.requests.push_back(request_of(std::move(call), system_, moment));
        return step;
    }

    /// What the axis made of a package of ours. Whatever is not its own word leaves open whether it has it.
    static Step sent(const std::string& parcel, const Answer& answer)
    {
        const std::string asked = "package " + excerpt(parcel);
        if (answer.status == 401 || answer.status == 403 || answer.status == 404 || answer.status == 405 || answer.status == 429)
            return step_of(*http_failure(answer, asked));
        Step step;
        DeliveryReport& report = step.delivery.emplace();
        report.receipt = std::string(answer.body.substr(0, longest_receipt));
        const std::string_view code = answer.document.child_any_case("ErrorCode").text();
        const std::string_view id = answer.document.child_any_case("DocId").text();
        if (code == "0" && !id.empty()) {
            report.outcome = Delivery::delivered;
            report.detail = "DocId " + excerpt(id);
        } else if (!code.empty() && code != "0") {
            report.outcome = Delivery::refused;
            report.detail = asked + " was refused by the axis: " + excerpt(answer.document.child_any_case("ErrorDesc").text()) + " (ErrorCode " + excerpt(code, 40) + ')';
        } else {
            report.outcome = Delivery::unknown;
            report.detail = asked + " was answered with HTTP status " + std::to_string(answer.status) + " and no DocId";
        }
        return step;
    }

    /// One row for each recipient and package; the axis took ours when one of its recipients has a row more than it had packages
    /// before. Numbers begin anew each year.
    [[nodiscard]] Step found(std::string_view year, std::string_view recipients, std::string_view notation, const Answer& answer) const
    {
        if (auto failure = refusal("the list of sent packages", answer))
            return step_of(std::move(*failure));
        std::string asked(recipients), codes;
        std::replace(asked.begin(), asked.end(), ',', ' ');
        Step step;
        DeliveryReport& report = step.delivery.emplace();
        for (const std::string& recipient : words_of(asked)) {
            const std::string code = recipient.substr(0, recipient.find('='));
            std::size_t before = number_in(recipient.substr(code.size() + 1));
            codes += (codes.empty() ? "" : ", ") + code;
            for (TreeView at = answer.document.child_any_case("data").first(); at; at = at.next()) {
                const std::string_view time = at.child_any_case("sentTime").text();
                const bool dated = time.size() >= 4 && time.find_first_not_of("0123456789") == 4;
                if (at.child_any_case("notation").text() != notation || at.child_any_case("fromCode").text() != system_ ||
                    at.child_any_case("toCode").text() != code || (dated && time.substr(0, 4) < year) || before-- > 0)
                    continue;
                report = {Delivery::delivered, std::string(at.source().substr(0, longest_receipt)), "found in the list of sent packages"};
                return step;
            }
        }
        report = {Delivery::not_delivered, {}, "the axis has no further package " + excerpt(notation) + " of ours to " + excerpt(codes)};
        return step;
    }

    [[nodiscard]] Step listed(const Answer& answer, const Moment& moment) const
    {
        if (auto failure = refusal("the list of received documents", answer))
            return step_of(std::move(*failure));
        Step step;
        std::vector<TreeView> waiting;
        for (TreeView at = answer.document.child_any_case("data").first(); at; at = at.next()) {
            const std::string_view status = at.child_any_case("status").text();
            if (status == "done" || status == "fail")
                continue;
            const std::string_view id = at.child_any_case("docId").text();
            if (is_plain(id))
                waiting.push_back(at);
            else
                step.set_aside.push_back({"getReceivedEdocList/" + excerpt(id, 40),
                                          "an item of the list has no usable docId",
                                          std::string(at.source()),
                                          {}});
        }
        take_turns(waiting, moment);
        waiting.resize(std::min(waiting.size(), batch_));
        for (const TreeView& at : waiting) {
            Step asked = get(at, moment);
            step.requests.push_back(std::move(asked.requests.front()));
        }
        return step;
    }

    /// The list has no pages and no cursor. It comes in one answer, and goes on in messages of some rows each: what was read before
    /// is then a message the journal has. Addresses of mail stay here. An empty list is none: somebody is always on it.
    static Step agencies(const Answer& answer)
    {
        constexpr std::string_view asked = "the list of agencies";
        if (auto failure = refusal(asked, answer))
            return step_of(std::move(*failure));
        const TreeView data = answer.document.child_any_case("data");
        if (!data.first())
            return step_of(wrong_shape(asked, "data"));
        Step step;
        RowMessages messages(step, "agencies");
        for (TreeView at = data.first(); at; at = at.next())
            messages.add(only_members(at, {"code", "oldCode", "name"}));
        messages.end();
        return step;
    }

    /// One document of the list, whatever its standing there.
    [[nodiscard]] Step again(std::string_view id, const Answer& answer, const Moment& moment) const
    {
        if (auto failure = refusal("the list of received documents", answer))
            return step_of(std::move(*failure));
        for (TreeView at = answer.document.child_any_case("data").first(); at; at = at.next())
            if (at.child_any_case("docId").text() == id)
                return get(at, moment);
        return failed(FailureClass::permanent, "no_item", "the axis lists no package '" + excerpt(id, 80) + "' any more");
    }

    [[nodiscard]] Step get(const TreeView& item, const Moment& moment) const
    {
        const std::string id(item.child_any_case("docId").text());
        const std::string_view from = item.child_any_case("from").text();
        const bool named = is_plain(from) && from.find(' ') == std::string_view::npos;
        Step step =
            ask("/getEdoc", {signed_text("docId", id), signed_word("filePath", ".")}, {}, "get " + std::string(named ? from : "-") + ' ' + id, moment);
        may_be_large(step.requests.front());
        return step;
    }

    static Step document(const std::string& id, std::string_view from, const Answer& answer)
    {
        Step step;
        if (answer.status == 413) {
            step.set_aside.push_back(left_at_its_source("getEdoc/" + id));
            return step;
        }
        if (auto failure = refusal("getEdoc of " + id, answer))
            return noted("getEdoc", id, std::move(failure), answer);
        auto bytes = decode_base64(answer.document.child_any_case("data").text());
        if (!bytes || bytes->empty()) {
            step.set_aside.push_back(
                {id, "the document's base64 is damaged or missing", std::string(answer.body), "broken " + id});
            return step;
        }
        Payload payload;
        payload.source_id = id;
        payload.content_type = "application/edxml+xml";
        payload.bytes = std::move(*bytes);
        payload.sender = from == "-" ? "" : from;
        payload.context = "taken " + id;
        payload.keep_reply = true;
        step.payloads.push_back(std::move(payload));
        return step;
    }

    /// What the axis refuses for one document is kept for people to see and asked again by the next poll; a failure here
    /// would stop every document behind it.
    static Step noted(const std::string& call, const std::string& id, std::optional<Failure> failure, const Answer& answer)
    {
        Step step;
        if (failure && failure->code.compare(0, 4, "vxp_") == 0)
            step.set_aside.push_back({call + '/' + id, failure->detail, std::string(answer.body), {}});
        else
            step.failure = std::move(failure);
        return step;
    }

    std::string system_, message_type_;
    bool sdk_hash_;
    std::size_t batch_;
};

Description Qlvb::description()
{
    Description d;
    d.name = "qlvb";
    d.version = "1";
    d.speaks =
        "Document axis VXP 3.0.201608 with signed headers. In: edXML packages (QCVN 102:2016/BTTTT), documents or statuses, acknowledged "
        "once journaled, and the list of agencies. Out: packages with their hash, found again in the list of what was sent. It does not speak the LTVB or iws dialects.";
    d.settings = {
        required(SettingType::url, "base_url", "Where the axis listens."),
        required(SettingType::text, "system_id", "Identifier under which the hub is registered with the axis."),
        required(SettingType::secret, "secret", "Secret that goes with the identifier; signs every request."),
        integer_setting("batch_size", 200, 1, 500,
                        "Most documents fetched by one poll; the rest stays on the list for the next."),
        choice_setting("message_type", "edoc", {"edoc", "status", "agencies"}, "What this flow fetches: documents, status packages, or the axis's list of agencies; a mapping reads one."),
        choice_setting("hash_file", "sdk", {"sdk", "hex"},
                       "How the hash of a sent file is written: as the reference client does, without padding its bytes with zeros, or as plain hex."),
    };
    d.delivers = true;
    d.lists = true;
    return d;
}

}  // namespace

LIENTHONG_CONNECTOR(Qlvb);
