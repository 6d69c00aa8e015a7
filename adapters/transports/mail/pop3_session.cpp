// The steps of a conversation: greeting, login, what lies there, one mail. Every read has a limit and ends at the deadline.
#include "adapters/transports/mail/pop3_session.hpp"

#include <Poco/Net/NetException.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Timespan.h>

#include <algorithm>
#include <charconv>
#include <map>

namespace lienthong::adapters {
namespace {

constexpr std::size_t longest_line = 512;  ///< Of a reply, with its line end (RFC 2449, section 4).
constexpr std::size_t largest_listing = 8 * 1024 * 1024;
constexpr std::string_view line_end = "\r\n";

Poco::Timespan time_left(Deadline deadline)
{
    const auto left = std::chrono::duration_cast<std::chrono::microseconds>(deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0)
        throw Poco::TimeoutException("the time the request allows is over");
    return {static_cast<Poco::Timespan::TimeDiff>(left.count())};
}

std::string upper(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return out;
}

/// Whether a refused login may be tried again: by the codes of RFC 2449 and RFC 3206, where the server has none by its words.
bool is_for_now(std::string_view text)
{
    const std::string said = upper(text);
    for (const std::string_view word : {"[IN-USE]", "[SYS/TEMP]", "[LOGIN-DELAY]", "[UNAVAILABLE]", "[LIMIT]"})
        if (said.starts_with(word))
            return true;
    return !said.starts_with('[') && (said.find("LOCK") != std::string::npos || said.find("IN USE") != std::string::npos ||
                                      said.find("BUSY") != std::string::npos || said.find("TRY AGAIN") != std::string::npos);
}

/// "12 value" by lines, the value up to the next blank.
std::map<std::string, std::string, std::less<>> values_of(std::string_view listing)
{
    std::map<std::string, std::string, std::less<>> out;
    while (!listing.empty()) {
        const std::size_t end = std::min(listing.find('\n'), listing.size());
        std::string_view one = listing.substr(0, end);
        listing.remove_prefix(std::min(end + 1, listing.size()));
        one = one.substr(0, one.find('\r'));
        const std::size_t blank = one.find(' ');
        if (blank == 0 || blank == std::string_view::npos)
            continue;
        const std::string_view value = one.substr(blank + 1);
        out.emplace(one.substr(0, blank), value.substr(0, value.find(' ')));
    }
    return out;
}

template <class Number>
std::optional<Number> number_of(std::string_view text)
{
    Number value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// Lines that begin with a dot were given a second one for the wire (RFC 1939, section 3).
std::string unstuffed(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (bool begins = true; !text.empty(); begins = true) {
        if (begins && text.front() == '.')
            text.remove_prefix(1);
        const std::size_t end = text.find(line_end);
        const std::size_t size = end == std::string_view::npos ? text.size() : end + line_end.size();
        out += text.substr(0, size);
        text.remove_prefix(size);
    }
    return out;
}

}  // namespace

Pop3Session::Pop3Session(const MailCall& call, const std::vector<Poco::Net::SocketAddress>& addresses,
                         const Poco::Net::Context::Ptr& context, Deadline deadline)
    : deadline_(deadline)
{
    Poco::Net::StreamSocket plain;
    for (std::size_t i = 0; i < addresses.size(); ++i) {
        try {
            plain = Poco::Net::StreamSocket();
            plain.connect(addresses[i], time_left(deadline));
            break;
        } catch (const Poco::Exception&) {
            if (i + 1 == addresses.size())
                throw;
        }
    }
    watch_ = std::make_unique<SocketWatch>(plain.impl()->sockfd(), deadline);
    plain.setSendTimeout(time_left(deadline));
    plain.setReceiveTimeout(time_left(deadline));
    socket_ = Poco::Net::SecureStreamSocket::attach(plain, call.host, context);
}

void Pop3Session::receive(std::string& into)
{
    char room[16 * 1024];
    socket_.setReceiveTimeout(time_left(deadline_));
    const int size = socket_.receiveBytes(room, sizeof room);
    if (size <= 0)
        throw Poco::Net::ConnectionResetException("the server closed the connection");
    into.append(room, static_cast<std::size_t>(size));
}

std::string Pop3Session::line()
{
    std::size_t end = ahead_.find('\n');
    for (; end == std::string::npos; end = ahead_.find('\n')) {
        if (ahead_.size() > longest_line)
            break;
        receive(ahead_);
    }
    if (end == std::string::npos || end >= longest_line)
        throw Poco::Net::NetException("the server's reply is longer than the " + std::to_string(longest_line) + " bytes of RFC 2449");
    std::string out = ahead_.substr(0, end);
    ahead_.erase(0, end + 1);
    while (!out.empty() && out.back() == '\r')
        out.pop_back();
    return out;
}

Pop3Reply Pop3Session::reply()
{
    const std::string said = line();
    for (const auto& [word, good] : {std::pair<std::string_view, bool>("+OK", true), {"-ERR", false}})
        if (said.starts_with(word) && (said.size() == word.size() || said[word.size()] == ' '))
            return {good, said.substr(std::min(word.size() + 1, said.size()))};
    throw Poco::Net::NetException("the server does not speak POP3: it said '" + shortened(said, 60) + "'");
}

Pop3Reply Pop3Session::say(std::string_view command)
{
    std::string sent(command);
    sent += line_end;
    for (std::size_t at = 0; at < sent.size();) {
        socket_.setSendTimeout(time_left(deadline_));
        const int size = socket_.sendBytes(sent.data() + at, static_cast<int>(sent.size() - at));
        if (size <= 0)
            throw Poco::Net::ConnectionResetException("the server closed the connection");
        at += static_cast<std::size_t>(size);
    }
    return reply();
}

/// Everything up to the line that is one dot; false when that is more than allowed.
bool Pop3Session::block(std::size_t most_bytes, std::string& bytes)
{
    std::string text = line_end.data() + std::move(ahead_);
    ahead_.clear();
    constexpr std::string_view over = "\r\n.\r\n";
    std::size_t end = text.find(over), looked = 0;
    for (; end == std::string::npos; end = text.find(over, looked)) {
        if (text.size() > most_bytes + over.size() + line_end.size())
            return false;
        looked = text.size() < over.size() ? 0 : text.size() - over.size();
        receive(text);
    }
    if (end > most_bytes)
        return false;
    ahead_ = text.substr(end + over.size());
    // The line end put in front made an empty block look like any other.
    bytes = unstuffed(std::string_view(text).substr(line_end.size(), end));
    return true;
}

std::optional<HttpAnswer> Pop3Session::log_in(const MailCall& call)
{
    if (const Pop3Reply greeting = reply(); !greeting.good)
        return refusal(503, "the mail server takes no connection now: " + shortened(greeting.text));
    Pop3Reply let = say("USER " + call.user);
    if (let.good)
        let = say("PASS " + call.password);
    if (let.good)
        return std::nullopt;
    if (is_for_now(let.text))
        return refusal(503, "the mailbox of '" + shortened(call.user, 60) + "' cannot be opened now, another program may have it open: " +
                                shortened(let.text));
    return refusal(401, "the mail server does not let the account '" + shortened(call.user, 60) + "' in: " + shortened(let.text) +
                            "; check user and password, and whether POP3 is allowed for the account");
}

std::optional<HttpAnswer> Pop3Session::list(std::vector<ListedMail>& mails)
{
    std::string listing;
    if (const Pop3Reply known = say("UIDL"); !known.good)
        return refusal(405, "the mail server gives mails no unique ids (UIDL), without which none can be taken safely: " + shortened(known.text));
    if (!block(largest_listing, listing))
        return refusal(413, "the mail server's list of mails is longer than " + std::to_string(largest_listing) + " bytes: empty the mailbox");
    const auto uids = values_of(listing);
    if (const Pop3Reply known = say("LIST"); !known.good || !block(largest_listing, listing))
        return refusal(503, "the mail server does not list its mails: " + shortened(known.text));
    const auto sizes = values_of(listing);
    std::map<std::uint64_t, ListedMail> in_order;
    for (const auto& [number, uid] : uids) {
        const auto place = number_of<std::uint64_t>(number);
        const auto size = sizes.find(number);
        const auto bytes = size == sizes.end() ? std::nullopt : number_of<std::uint64_t>(size->second);
        if (place && bytes && is_uid(uid))
            in_order[*place] = {number, uid, *bytes};
    }
    for (auto& [place, mail] : in_order)
        mails.push_back(std::move(mail));
    return std::nullopt;
}

std::optional<HttpAnswer> Pop3Session::read(const ListedMail& mail, std::size_t most_bytes, std::string& bytes)
{
    if (const Pop3Reply given = say("RETR " + mail.number); !given.good)
        return is_for_now(given.text) ? refusal(503, "the mail server cannot hand the mail out now: " + shortened(given.text))
                                      : refusal(422, "the mail server refuses to hand the mail out: " + shortened(given.text));
    if (!block(most_bytes, bytes))
        return refusal(413, "the mail has more than the " + std::to_string(most_bytes) + " bytes that are taken: have it sent in several mails");
    return std::nullopt;
}

}  // namespace lienthong::adapters
