/// mail: an inbox whose attachments are payloads, each a message of its own.
///
/// A mail is cut up here and not where it is fetched: it is a stranger's bytes, and this worker can touch nothing but its pipe. The
/// worker links no MIME reader, so the plugin brings one, bounded in depth, pieces and work (parts.hpp). What kills the worker
/// nevertheless is asked for three times, after all others, and then set aside unread for a day.
///
/// Cursor: see uids.hpp. Contexts: "list|<cursor>", "mail|<cursor>|<uid> <uid> …", "deleted"; of what is journaled: "taken|<uid>" on
/// the last item of a mail, "told" on all others.
#include "hub/sdk/failures.hpp"
#include "hub/sdk/file_name.hpp"
#include "hub/sdk/json_text.hpp"
#include "hub/sdk/percent.hpp"
#include "hub/sdk/plugin.hpp"
#include "hub/sdk/spec.hpp"
#include "hub/sdk/words.hpp"
#include "plugins/mail/parts.hpp"
#include "plugins/mail/sender.hpp"
#include "plugins/mail/uids.hpp"

#include <stdexcept>

namespace {

using namespace lienthong::sdk;
using mail::CutMail;
using mail::Entity;
using mail::Piece;
using mail::Reason;
using mail::Standing;
using mail::Uids;

constexpr std::size_t most_mails = 200;         ///< In one round; the next one goes on.
constexpr std::size_t most_remembered = 2'000;  ///< Mails the cursor remembers.
constexpr int most_tries = 3;
constexpr std::int64_t day_millis = 86'400'000;
constexpr std::size_t longest_id = 200, most_names_told = 20;

constexpr Reason too_large{"Thư lớn hơn dung lượng cho phép; thư vẫn nằm trong hộp thư. Hãy chia thành nhiều thư rồi gửi lại.",
                           "The mail is larger than is taken, and was left in the mailbox. Have it split into several mails and sent again."};
constexpr Reason no_answer{"Đã ba lần yêu cầu mà không đọc được thư; thư vẫn nằm trong hộp thư và ngày mai sẽ thử lại. Hãy mở thư bằng chương trình thư.",
                           "The mail was asked for three times and could not be read; it was left in the mailbox and is tried again tomorrow. Open it "
                           "with a mail program."};
constexpr Reason not_handed_out{"Máy chủ thư không giao thư này; ngày mai sẽ thử lại.", "The mail server does not hand this mail out; it is tried again tomorrow."};
constexpr Reason no_from{"Không xác định được người gửi: trường From không có đúng một địa chỉ.", "Nobody can say who it is from: From does not hold exactly one address."};
constexpr Reason stranger{"Người gửi không có trong danh sách được nhận (senders).", "The sender is not among those let in (senders)."};
constexpr Reason not_vouched_for{"Máy chủ thư của tỉnh không xác nhận tên miền của người gửi (dmarc=pass hoặc dkim=pass).",
                                 "The trusted mail server does not confirm the sender's domain (dmarc=pass or dkim=pass)."};
constexpr Reason no_attachment{"Thư không có tệp đính kèm nào thuộc loại được nhận (take).", "No attachment of the mail is of a kind that is taken (take)."};
constexpr Reason damaged{"Tệp đính kèm hỏng mã khi truyền. Hãy gửi lại.", "The attachment is damaged in its encoding. Have it sent again."};
constexpr Reason cut_off{"Tệp đính kèm bị cụt: thư kết thúc trước dấu ngăn cách cuối. Hãy gửi lại.",
                         "The attachment is cut off: the mail ends before its last boundary. Have it sent again."};
constexpr Reason empty{"Tệp đính kèm rỗng. Hãy gửi lại tệp có nội dung.", "The attachment is empty. Have it sent again with its content."};

/// Takes what stands up to the next '|', and the mark itself.
std::string_view cut(std::string_view& text)
{
    const std::size_t end = text.find('|');
    const std::string_view piece = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return piece;
}

/// Mailboxes are mended by their operators, who cannot be expected to tell the hub; so it looks again. A login that is refused is
/// not tried again and again: that locks accounts.
Failure refused(const Answer& answer, const std::string& asked)
{
    Failure failure = status_failure(answer.status, asked);
    const std::string_view why = answer.header("Why");
    if (!why.empty())
        failure.detail += " (" + excerpt(why, 400) + ')';
    return failure;
}

/// What a mail is known by: its Message-ID, or where that is no such thing the mailbox's own id.
std::string identity_of(const Entity& mail, std::string_view uid)
{
    std::string_view id = mail::trimmed(mail.field("message-id"));
    if (id.starts_with('<') && id.ends_with('>'))
        id = id.substr(1, id.size() - 2);
    const bool sound = id.size() <= longest_id && std::all_of(id.begin(), id.end(), [](char c) { return c > ' ' && c < '\x7F'; });
    return id.empty() || !sound ? "uid:" + std::string(uid) : std::string(id);
}

class Mail final : public Connector
{
public:
    explicit Mail(const Settings& settings)
        : user_(settings.text("user")),
          senders_(settings.text("senders")),
          authserv_id_(settings.text("trusted_authserv_id")),
          takes_text_(settings.text("without_attachment") == "take_text"),
          keep_(settings.boolean("keep")),
          largest_(static_cast<std::uint64_t>(settings.integer("largest_mail_mib")) * 1024U * 1024U)
    {
        for (const std::string_view word : mail::words_of(settings.text("take")))
            take_.push_back(lower_case(word));
        if (!senders_.are_sound())
            throw std::invalid_argument("senders: addresses such as bao-cao@so.example or *@so.example, each perhaps with =sender");
        if (take_.empty())
            throw std::invalid_argument("take: at least one pattern, such as *.csv");
    }

    static Description description();

    Step poll(std::string_view cursor, const Moment&) const override
    {
        if (!Uids::read(cursor))
            return step_of(unknown_cursor(cursor));
        Step step;
        step.requests.push_back(ask("GET", "/", "list|" + std::string(cursor), AnswerForm::json));
        return step;
    }

    Step reply(std::string_view context, const Answer& answer, const Moment& moment) const override
    {
        if (context == "deleted")
            return answer.status == 204 || answer.status == 404 ? Step{} : step_of(refused(answer, "deleting a mail that was taken"));
        std::string_view rest = context;
        const std::string_view kind = cut(rest), cursor = cut(rest);
        auto uids = Uids::read(cursor);
        if (!uids || (kind != "list" && (kind != "mail" || rest.empty())))
            return step_of(unknown_context(context));
        const int today = static_cast<int>(moment.unix_millis / day_millis);
        return kind == "list" ? listed(*uids, cursor, answer, today) : fetched(std::move(*uids), rest, answer, today);
    }

    Step journaled(std::string_view context, Arrived, const Moment&) const override
    {
        std::string_view rest = context;
        const std::string_view kind = cut(rest);
        if (kind != "told" && kind != "taken")
            return step_of(unknown_context(context));
        Step step;
        if (kind == "taken" && !keep_)
            step.requests.push_back(ask("DELETE", "/message?uid=" + std::string(rest), "deleted", AnswerForm::none));
        return step;
    }

private:
    [[nodiscard]] Request ask(std::string method, std::string target, std::string context, AnswerForm form) const
    {
        Request request;
        request.method = std::move(method);
        request.target = literal(std::move(target));
        request.headers = {{"Authorization", concat({literal("Basic "), base64(concat({literal(user_ + ':'), secret("password")}))})}};
        request.context = std::move(context);
        request.answer = form;
        request.timeout_millis = 120'000;
        return request;
    }

    [[nodiscard]] Step listed(const Uids& before, std::string_view cursor, const Answer& answer, int today) const
    {
        constexpr std::string_view asked = "the list of mails";
        if (answer.status < 200 || answer.status > 299)
            return step_of(refused(answer, std::string(asked)));
        if (auto failure = http_failure(answer, asked))
            return step_of(std::move(*failure));
        const TreeView messages = answer.document.child("messages");
        if (messages.kind() != LIENTHONG_NODE_ARRAY)
            return step_of(wrong_shape(asked, "the array 'messages'"));
        Step step;
        Uids now;
        std::vector<std::string> first, again, last;
        bool full = false;
        for (TreeView at = messages.first(); at; at = at.next()) {
            const std::string uid(at.child("uid").text());
            if (uid.empty())
                return step_of(wrong_shape(asked, "a uid for each mail"));
            Standing standing = before.of(uid);
            if (now.size() >= most_remembered) {
                full = true;
                break;
            }
            if (standing.done) {
                now.put(uid, standing);
                if (!keep_)
                    last.push_back(uid);
                continue;
            }
            const std::string_view digits = at.child("size").text();
            std::uint64_t size = 0;
            std::from_chars(digits.data(), digits.data() + digits.size(), size);
            const bool rests = standing.rested_on && *standing.rested_on == today;
            if (!rests && (size > largest_ || standing.tried >= most_tries)) {
                step.set_aside.push_back(unread(uid, size > largest_ ? too_large : no_answer, std::string(at.source())));
                standing = {false, 0, today};
            } else if (!rests) {
                standing.rested_on.reset();
                (standing.tried == 0 ? first : again).push_back(uid);
            }
            if (standing.tried > 0 || standing.rested_on)
                now.put(uid, standing);
        }
        // What failed before comes after what did not, and what could not be deleted comes last: neither keeps anything back.
        first.insert(first.end(), again.begin(), again.end());
        first.insert(first.end(), last.begin(), last.end());
        if (first.size() > most_mails)
            first.resize(most_mails);
        std::string items;
        for (const std::string& uid : first)
            items += (items.empty() ? "" : " ") + percent_encoded(uid);
        if (!items.empty())
            step.requests.push_back(ask_next(now, items));
        if (now.text() != cursor && !(cursor.empty() && now.size() == 0))
            step.cursor = now.text();
        if (full && first.empty())
            step.failure = Failure{FailureClass::transient, "mailbox_full",
                                   "the mailbox holds more than " + std::to_string(most_remembered) +
                                       " mails that were taken or set aside: empty it, or let the hub delete what it took (keep: false)",
                                   {},
                                   0};
        return step;
    }

    /// Asks for the first of `items`, and has the cursor know it beforehand: if nothing comes of it, it was tried.
    [[nodiscard]] Request ask_next(Uids& uids, std::string_view items) const
    {
        const std::string word(items.substr(0, items.find(' ')));
        const std::string uid = percent_decoded(word).value_or(word);
        if (Standing standing = uids.of(uid); !standing.done) {
            ++standing.tried;
            uids.put(uid, standing);
        }
        return ask("GET", "/message?uid=" + word, "mail|" + uids.text() + '|' + std::string(items), AnswerForm::none);
    }

    [[nodiscard]] Step fetched(Uids uids, std::string_view items, const Answer& answer, int today) const
    {
        const std::string word(items.substr(0, items.find(' ')));
        const std::string uid = percent_decoded(word).value_or(word);
        items.remove_prefix(std::min(word.size() + 1, items.size()));
        if (answer.status == 200 && answer.header("Content-Length") != std::to_string(answer.body.size()))
            return step_of(wrong_shape("the mail " + uid, "its length"));
        const bool unreadable = answer.status == 413 || answer.status == 422;
        if (answer.status != 200 && answer.status != 404 && !unreadable)
            return step_of(refused(answer, "the mail " + uid));
        Step step;
        if (answer.status == 404) {
            uids.forget(uid);
        } else if (unreadable) {
            step.set_aside.push_back(unread(uid, answer.status == 413 ? too_large : not_handed_out, "{\"uid\":" + json_quoted(uid) + '}'));
            uids.put(uid, {false, 0, today});
        } else {
            take(uid, answer.body, step);
            uids.put(uid, {true, 0, {}});
            // All of a step is journaled at once, so that the last item speaks for all.
            (step.set_aside.empty() ? step.payloads.back().context : step.set_aside.back().context) = "taken|" + word;
        }
        if (!items.empty())
            step.requests.push_back(ask_next(uids, items));
        step.cursor = uids.text();
        return step;
    }

    static SetAside unread(const std::string& uid, const Reason& reason, std::string told)
    {
        return {"khong-doc-duoc/" + uid, reason.text(), std::move(told), "told"};
    }

    /// Brings at least one payload or one item set aside.
    void take(const std::string& uid, std::string_view bytes, Step& step) const
    {
        const auto read = mail::read_entity(bytes);
        const Entity mail = read.value_or(Entity());
        const std::string id = identity_of(mail, uid);
        const auto aside = [&](const Reason& reason, const std::string& found) {
            step.set_aside.push_back({"khong-nhan/" + id, reason.text() + (found.empty() ? "" : " [" + excerpt(found, 400) + ']'), std::string(bytes), "told"});
        };
        if (!read)
            return aside(mail::header_too_large, {});
        const auto from = mail::from_of(mail);
        if (!from)
            return aside(no_from, mail::tidy_utf8(mail.field("from")));
        const auto sender = senders_.known_as(*from);
        if (!sender)
            return aside(stranger, *from);
        if (!authserv_id_.empty() && !mail::is_authenticated(mail, authserv_id_, *from))
            return aside(not_vouched_for, *from);
        const CutMail cut = mail::cut_mail(mail);
        if (cut.fault != nullptr)
            return aside(*cut.fault, {});
        const bool any = std::any_of(cut.pieces.begin(), cut.pieces.end(), [this](const Piece& piece) { return is_wanted(piece); });
        for (std::size_t i = 0; i < cut.pieces.size(); ++i)
            if (any ? is_wanted(cut.pieces[i]) : takes_text_ && is_text(cut.pieces[i])) {
                take_piece(cut.pieces[i], id + '#' + std::to_string(i + 1), attributes_of(mail, *from, uid, cut.pieces[i]), step);
                if (!any)
                    break;
            }
        for (Payload& payload : step.payloads)
            payload.sender = *sender;
        // Whatever else the mail holds is kept once, beside the first of what was taken from it.
        if (!step.payloads.empty())
            step.payloads.front().keep_reply = true;
        else if (step.set_aside.empty())
            aside(no_attachment, names_of(cut));
        else
            step.set_aside.front().bytes = bytes;
    }

    static void take_piece(const Piece& piece, const std::string& id, std::string attributes, Step& step)
    {
        auto bytes = mail::decode_transfer(piece.raw, piece.encoding);
        if (piece.is_cut_off || !bytes || bytes->empty()) {
            const Reason& reason = piece.is_cut_off ? cut_off : !bytes ? damaged : empty;
            step.set_aside.push_back({id, reason.text() + " [" + piece.name + ']', std::string(piece.raw), "told"});
            return;
        }
        Payload payload;
        payload.source_id = id;
        payload.content_type = piece.name.empty() ? piece.content_type : content_type_of(piece.name);
        payload.bytes = std::move(*bytes);
        payload.attributes = std::move(attributes);
        payload.context = "told";
        step.payloads.push_back(std::move(payload));
    }

    [[nodiscard]] bool is_wanted(const Piece& piece) const
    {
        const std::string name = lower_case(piece.name);
        return piece.is_attachment && std::any_of(take_.begin(), take_.end(), [&](const std::string& pattern) { return matches(name, pattern); });
    }

    static bool is_text(const Piece& piece) { return !piece.is_attachment && piece.content_type == "text/plain"; }

    static std::string names_of(const CutMail& cut)
    {
        std::string out;
        std::size_t told = 0;
        for (const Piece& piece : cut.pieces)
            if (piece.is_attachment && told++ < most_names_told)
                out += (out.empty() ? "" : ", ") + piece.name;
        return out;
    }

    static std::string attributes_of(const Entity& mail, const std::string& from, const std::string& uid, const Piece& piece)
    {
        const auto member = [](std::string_view name, std::string_view text) { return json_quoted(name) + ':' + json_quoted(excerpt(text, 500)); };
        return "{\"mail\":{" + member("from", from) + ',' + member("subject", mail::decoded_words(mail.field("subject"))) + ',' +
               member("date", mail::tidy_utf8(mail.field("date"))) + ',' + member("message_id", mail::tidy_utf8(mail.field("message-id"))) + ',' +
               member("uid", uid) + ',' + member("name", piece.name) + "}}";
    }

    std::string user_;
    mail::Senders senders_;
    std::string authserv_id_;
    bool takes_text_, keep_;
    std::uint64_t largest_;
    std::vector<std::string> take_;
};

Description Mail::description()
{
    Description d;
    d.name = "mail";
    d.version = "1";
    d.speaks =
        "An inbox over POP3 inside TLS, in: each attachment that is wanted, of a sender who is let in, is one message. It opens no "
        "archives and delivers nothing.";
    d.settings = {
        url_setting("base_url", {"pop3s"}, "The mail server: pop3s://host:995; its certificate must be that host's."),
        required(SettingType::text, "user", "Name of the account, whose inbox is for the hub alone."),
        required(SettingType::secret, "password", "Password of the account."),
        required(SettingType::text, "senders",
                 "Who is let in, by From: addresses with blanks between, * standing for anything, each perhaps with =sender."),
        text_setting("take", "*.csv *.xlsx *.json *.xml", "Names of the attachments to take, patterns with blanks between, in any case."),
        text_setting("trusted_authserv_id", "",
                     "Name in Authentication-Results of the province's own mail server; then its dmarc=pass or dkim=pass is needed."),
        choice_setting("without_attachment", "set_aside", {"set_aside", "take_text"}, "What becomes of a mail without a wanted attachment."),
        make_setting(SettingType::boolean, "keep", "false", "Leave mails on the server that were taken; at most 2000 of them."),
        integer_setting("largest_mail_mib", 15, 1, 15, "Larger mails stay on the server and are told."),
    };
    return d;
}

}  // namespace

LIENTHONG_CONNECTOR(Mail);
