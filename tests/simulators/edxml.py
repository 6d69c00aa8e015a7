"""Writes edXML packages as the Java SDK does: QCVN 102:2016/BTTTT with its mixture of prefixed and unprefixed names."""

import base64
import hashlib
import uuid
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

URI = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
PDF = b"%PDF-1.4\n% bao cao gia lap, khong co noi dung\n%%EOF\n"
NAMESPACE = uuid.UUID("7d0f5c52-0d0f-5d0e-8b1a-8f5c1a3e3300")
# Of every so many documents one has a hop called "null", one a hop without a name, one an attachment whose type is untrue.
NULL_HOP, NAMELESS_HOP, UNTRUE_TYPE = 3, 4, 5


@dataclass(frozen=True)
class Report:
    """One agency's report of one month, to be sent as a document."""

    number: int      # position among all reports, from 1
    sender: str      # "H31.05"
    sender_name: str
    receiver: str
    year: int
    month: str       # "03"
    figures: tuple   # of figures.Figure

    @property
    def transport_id(self):
        """The axis's own identity of the document, the same in every run."""
        return str(uuid.uuid5(NAMESPACE, self.document_id))

    @property
    def day(self):
        return f"{self.year}/{self.month}/28"

    @property
    def notation(self):
        return "BC-" + self.sender.replace(".", "")

    @property
    def document_id(self):
        return f"{self.sender},{self.day},{self.number}/{self.notation}"

    @property
    def subject(self):
        return f"Báo cáo số liệu tháng {int(self.month)} năm {self.year}"


def figures_document(report):
    """so-lieu.xml: the figures of a report, in the demonstration's own schema."""
    rows = []
    for figure in report.figures:
        first, last = figure.window or ("", "")
        fields = {"ma": figure.code, "loai": figure.kind, "donVi": figure.unit, "maDonVi": figure.sender, "tuNgay": first,
                  "denNgay": last, "nguon": figure.source}
        rows.append("<ChiTieu" + "".join(f" {k}={quoteattr(v)}" for k, v in fields.items()) + f">{escape(figure.text)}</ChiTieu>")
    head = f'<SoLieuBaoCao kyBaoCao="{report.month}/{report.year}" maTinh="33">'
    return ('<?xml version="1.0" encoding="UTF-8"?>' + head + "".join(rows) + "</SoLieuBaoCao>").encode()


def tag(name, text):
    return f"<edXML:{name}>{escape(text)}</edXML:{name}>"


def organisation(element, code, name):
    return f"<edXML:{element}>" + tag("OrganId", code) + tag("OrganizationInCharge", name) + tag("OrganName", name) + f"</edXML:{element}>"


def hops(report):
    """The way the document went; the real axis writes a hop "null" and hops without a name."""
    time = tag("Timestamp", report.day + " 09:30:15")
    listed = ["<edXML:TraceHeader>" + tag("OrganId", report.sender) + time + "</edXML:TraceHeader>"]
    if report.number % NULL_HOP == 0:
        listed.append("<edXML:TraceHeader>" + tag("OrganId", "null") + time + "</edXML:TraceHeader>")
    if report.number % NAMELESS_HOP == 0:
        listed.append("<edXML:TraceHeader>" + time + "</edXML:TraceHeader>")
    return "".join(listed)


def attachment(number, name, content_type, content):
    encoded = base64.b64encode(content).decode()
    return (f"<Attachment><ContentId>cid:phuluc-{number:02d}</ContentId><AttachmentName>{name}</AttachmentName>"
            f"<ContentType>{content_type}</ContentType>"
            f'<edXML:ContentTransferEncoded xmlns:edXML="{URI}">{encoded}</edXML:ContentTransferEncoded></Attachment>')


def files(report):
    """What is attached: (number, name, type, bytes)."""
    return [(1, "bao-cao.pdf", "application/pdf", PDF),
            (2, "so-lieu.xml", "text/plain" if report.number % UNTRUE_TYPE == 0 else "application/xml", figures_document(report))]


def document(report):
    """The package's bytes."""
    attached = files(report)
    references = "".join("<edXML:Reference>" + tag("ContentId", f"cid:phuluc-{number:02d}") + tag("ContentType", kind)
                         + tag("AttachmentName", name) + "</edXML:Reference>" for number, name, kind, _ in attached)
    header = (organisation("From", report.sender, report.sender_name) + organisation("To", report.receiver, "UBND tỉnh Hưng Yên")
              + tag("DocumentId", report.document_id)
              + "<edXML:Code>" + tag("CodeNumber", str(report.number)) + tag("CodeNotation", report.notation) + "</edXML:Code>"
              + "<edXML:PromulgationInfo>" + tag("Place", "Hưng Yên") + tag("PromulgationDate", report.day) + "</edXML:PromulgationInfo>"
              + "<edXML:DocumentType>" + tag("Type", "1") + tag("TypeDetail", "0") + tag("TypeName", "Báo cáo") + "</edXML:DocumentType>"
              + tag("Subject", report.subject)
              + "<edXML:OtherInfo>" + tag("Priority", "0") + tag("Direction", "false") + "</edXML:OtherInfo>" + tag("SteeringType", "1"))
    business = ("<edXML:Bussiness>" + tag("BussinessDocType", "0") + tag("BussinessDocReason", "Văn bản điện tử mới")
                + tag("Paper", "0") + "</edXML:Bussiness>")
    return ('<?xml version="1.0" encoding="UTF-8"?>'
            f'<edXML xmlns="{URI}"><edXML:edXMLEnvelope xmlns:edXML="{URI}"><edXML:edXMLHeader>'
            f"<edXML:MessageHeader>{header}</edXML:MessageHeader>"
            f"<edXML:TraceHeaderList>{hops(report)}{business}</edXML:TraceHeaderList></edXML:edXMLHeader>"
            f'<edXML:edXMLBody><edXML:edXMLManifest version="1.0">{references}</edXML:edXMLManifest></edXML:edXMLBody>'
            "</edXML:edXMLEnvelope><AttachmentEncoded>"
            + "".join(attachment(*file) for file in attached) + "</AttachmentEncoded></edXML>").encode()


def hash_forms(content):
    """Both renderings of SHA-256 that senders use: hex, and the Java SDK's, which does not pad its bytes with zeros."""
    digest = hashlib.sha256(content).digest()
    return digest.hex(), "".join(f"{byte:x}" for byte in digest)
