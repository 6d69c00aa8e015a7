// Writes text; nothing here reads what others wrote.
#include "adapters/documents/edxml/edxml_writer.hpp"

#include "adapters/documents/edxml/wrapper.hpp"
#include "hub/model/utf8.hpp"
#include "hub/seal/digest.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace lienthong::adapters {
namespace {

constexpr std::string_view space = "http://www.mic.gov.vn/TBT/QCVN_102_2016";
// The reference client's own list, misspelt spreadsheets and all.
constexpr std::array as_they_are = {std::string_view("pdf"), std::string_view("doc"),  std::string_view("docx"),
                                    std::string_view("xsl"), std::string_view("xslx"), std::string_view("zip")};

std::string escaped(std::string_view text)
{
    std::string out;
    for (const char c : text)
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        default:
            out += c;
        }
    return out;
}

/// XML 1.0 has no word for control characters.
bool fits_xml(std::string_view text)
{
    return first_not_utf8(text) == text.size() && std::all_of(text.begin(), text.end(), [](unsigned char c) { return c >= 0x20U || c == '\t' || c == '\n' || c == '\r'; });
}

std::string ending_of(std::string_view name)
{
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos || dot + 1 == name.size())
        return "unk";
    std::string out(name.substr(dot + 1));
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

bool goes_as_it_is(std::string_view ending)
{
    return std::find(as_they_are.begin(), as_they_are.end(), ending) != as_they_are.end();
}

std::string slashed(std::string day)
{
    std::replace(day.begin(), day.end(), '-', '/');
    return day;
}

/// Lines of elements, and what both kinds of package begin and end with.
class Writing
{
public:
    Writing()
    {
        out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<edXML xmlns=\"" + std::string(space) + "\">\n  <edXML:edXMLEnvelope xmlns:edXML=\"" +
               std::string(space) + "\">\n";
    }

protected:
    void line(std::string_view text)
    {
        out_.append(static_cast<std::size_t>(depth_) * 2, ' ').append(text) += '\n';
    }
    void open(std::string_view name)
    {
        line("<edXML:" + std::string(name) + '>');
        ++depth_;
    }
    void close(std::string_view name)
    {
        --depth_;
        line("</edXML:" + std::string(name) + '>');
    }
    void put(std::string_view name, std::string_view text)
    {
        line("<edXML:" + std::string(name) + '>' + escaped(text) + "</edXML:" + std::string(name) + '>');
    }

    void organisation(std::string_view element, const Organisation& body)
    {
        open(element);
        put("OrganId", body.code);
        if (!body.name.empty()) {
            put("OrganizationInCharge", body.name);
            put("OrganName", body.name);
        }
        close(element);
    }

    void response_for(const DocumentReference& about)
    {
        open("ResponseFor");
        put("OrganId", about.organ);
        put("Code", about.code);
        put("PromulgationDate", slashed(about.day));
        put("DocumentId", about.document);
        close("ResponseFor");
    }

    std::string out_;
    int depth_ = 2;
};

class WritingStatus : private Writing
{
public:
    static std::string text(const DocumentStatus& status)
    {
        WritingStatus self;
        self.open("edXMLHeader");
        self.open("MessageHeader");
        self.open("From");
        self.put("OrganId", status.from.code);
        if (!status.from.name.empty())
            self.put("OrganName", status.from.name);
        self.close("From");
        self.response_for(status.about);
        if (!status.staff.empty()) {
            self.open("StaffInfo");
            self.put("Staff", status.staff);
            self.close("StaffInfo");
        }
        self.put("StatusCode", status.code);
        if (!status.reason.empty())
            self.put("Description", status.reason);
        self.put("Timestamp", status.at);
        self.close("MessageHeader");
        self.close("edXMLHeader");
        self.out_ += "  </edXML:edXMLEnvelope>\n</edXML>\n";
        return std::move(self.out_);
    }
};

class WritingDocument : private Writing
{
public:
    explicit WritingDocument(const NarrativeDocument& document) : document_(document) {}

    std::string take()
    {
        open("edXMLHeader");
        header();
        hops();
        close("edXMLHeader");
        open("edXMLBody");
        manifest();
        close("edXMLBody");
        out_ += "  </edXML:edXMLEnvelope>\n";
        if (!document_.attachments.empty())
            attachments();
        out_ += "</edXML>\n";
        return std::move(out_);
    }

private:
    void header()
    {
        open("MessageHeader");
        organisation("From", document_.from);
        for (const Organisation& body : document_.to)
            organisation("To", body);
        put("DocumentId", document_.document);
        open("Code");
        put("CodeNumber", document_.number);
        put("CodeNotation", document_.notation);
        close("Code");
        open("PromulgationInfo");
        put("Place", document_.place);
        put("PromulgationDate", slashed(document_.day));
        close("PromulgationInfo");
        open("DocumentType");
        put("Type", "1");
        put("TypeName", document_.type_name);
        close("DocumentType");
        put("Subject", document_.subject);
        if (!document_.signer.empty()) {
            open("SignerInfo");
            if (!document_.position.empty())
                put("Position", document_.position);
            put("FullName", document_.signer);
            close("SignerInfo");
        }
        open("OtherInfo");
        put("Priority", "0");
        close("OtherInfo");
        if (document_.act)
            response_for(document_.act->target);
        put("SteeringType", "1");
        close("MessageHeader");
    }

    void hops()
    {
        open("TraceHeaderList");
        open("TraceHeader");
        put("OrganId", document_.from.code);
        put("Timestamp", document_.sent_at);
        close("TraceHeader");
        open("Bussiness");
        const Business business = document_.act ? document_.act->business : Business::fresh;
        put("BussinessDocType", std::to_string(static_cast<int>(business)));
        if (business == Business::update)
            put("DocumentId", document_.act->target.document);
        put("BussinessDocReason", document_.act ? document_.act->reason : "Văn bản điện tử mới");
        put("Paper", "0");
        if (business == Business::update)
            changes(*document_.act);
        if (business == Business::replacement)
            replaced(*document_.act);
        close("Bussiness");
        close("TraceHeaderList");
    }

    void changes(const DocumentAct& act)
    {
        open("BussinessDocumentInfo");
        put("DocumentInfo", act.says_anew ? "1" : "0");
        put("DocumentReceiver", act.receivers.empty() ? "0" : "1");
        if (!act.receivers.empty()) {
            open("ReceiverList");
            for (const ReceiverChange& change : act.receivers) {
                open("Receiver");
                put("OrganId", change.code);
                put("ReceiverType", change.added ? "1" : "0");
                close("Receiver");
            }
            close("ReceiverList");
        }
        close("BussinessDocumentInfo");
    }

    void replaced(const DocumentAct& act)
    {
        open("ReplacementInfoList");
        open("ReplacementInfo");
        put("DocumentId", act.target.document);
        open("OrganIdList");
        for (const std::string& code : act.recipients)
            put("OrganId", code);
        close("OrganIdList");
        close("ReplacementInfo");
        close("ReplacementInfoList");
    }

    static std::string type_of(const DocumentAttachment& attachment)
    {
        const std::string ending = ending_of(attachment.name);
        return "application/" + (goes_as_it_is(ending) ? ending : "zip");
    }
    static std::string content_id(std::size_t index) { return "cid:phuluc-" + std::to_string(index + 1); }

    void manifest()
    {
        line("<edXML:edXMLManifest version=\"1.0\">");
        ++depth_;
        for (std::size_t i = 0; i < document_.attachments.size(); ++i) {
            open("Reference");
            put("ContentId", content_id(i));
            put("ContentType", type_of(document_.attachments[i]));
            put("AttachmentName", document_.attachments[i].name);
            close("Reference");
        }
        close("edXMLManifest");
    }

    void attachments()
    {
        out_ += "  <AttachmentEncoded>\n";
        for (std::size_t i = 0; i < document_.attachments.size(); ++i) {
            const DocumentAttachment& one = document_.attachments[i];
            const std::string ending = ending_of(one.name);
            out_ += "    <Attachment>\n      <ContentId>" + content_id(i) + "</ContentId>\n      <AttachmentName>" + escaped(one.name) +
                    "</AttachmentName>\n      <ContentType>" + type_of(one) + "</ContentType>\n      <edXML:ContentTransferEncoded xmlns:edXML=\"" +
                    std::string(space) + "\">";
            out_ += seal::to_base64(goes_as_it_is(ending) ? one.bytes : wrapped(one.inner + '.' + ending, one.bytes));
            out_ += "</edXML:ContentTransferEncoded>\n    </Attachment>\n";
        }
        out_ += "  </AttachmentEncoded>\n";
    }

    const NarrativeDocument& document_;
};

std::optional<Problem> unfit(const std::vector<std::string_view>& texts)
{
    for (const std::string_view text : texts)
        if (!fits_xml(text))
            return Problem{"document.text", "a text of the document has a character XML cannot carry", {}, shortened(text, 80), "UTF-8 without control characters", "XML 1.0"};
    return std::nullopt;
}

void add_texts(const DocumentReference& reference, std::vector<std::string_view>& texts)
{
    texts.insert(texts.end(), {reference.organ, reference.code, reference.day, reference.document});
}

std::vector<std::string_view> texts_of(const NarrativeDocument& document)
{
    std::vector<std::string_view> texts = {document.document, document.from.code, document.from.name, document.number,   document.notation,
                                           document.place,    document.day,       document.type_name, document.subject, document.position,
                                           document.signer,   document.sent_at};
    for (const Organisation& body : document.to) {
        texts.push_back(body.code);
        texts.push_back(body.name);
    }
    for (const DocumentAttachment& one : document.attachments)
        texts.push_back(one.name);
    if (!document.act)
        return texts;
    add_texts(document.act->target, texts);
    texts.push_back(document.act->reason);
    texts.insert(texts.end(), document.act->recipients.begin(), document.act->recipients.end());
    for (const ReceiverChange& change : document.act->receivers)
        texts.push_back(change.code);
    return texts;
}

std::vector<std::string_view> texts_of(const DocumentStatus& status)
{
    std::vector<std::string_view> texts = {status.from.code, status.from.name, status.staff, status.code, status.reason, status.at};
    add_texts(status.about, texts);
    return texts;
}

class EdxmlWriter final : public DocumentWriter
{
public:
    [[nodiscard]] Result<std::string> write(const NarrativeDocument& document) const override
    {
        if (auto problem = unfit(texts_of(document)))
            return *std::move(problem);
        return WritingDocument(document).take();
    }
    [[nodiscard]] Result<std::string> write(const DocumentStatus& status) const override
    {
        if (auto problem = unfit(texts_of(status)))
            return *std::move(problem);
        return WritingStatus::text(status);
    }
};

}  // namespace

std::shared_ptr<const DocumentWriter> make_edxml_writer()
{
    return std::make_shared<EdxmlWriter>();
}

}  // namespace lienthong::adapters
