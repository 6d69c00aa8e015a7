"""Writes edXML packages of QCVN 102:2016/BTTTT in the shapes of three vendors.

`java` is the reference SDK's mixture of prefixed and unprefixed names; `net` has another order, xlink and an empty signature;
`saas` is the least that is still a package, without prefixes. All three say the same under the same local names.
"""

import base64
import hashlib
import uuid
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

URI = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
PDF = b"%PDF-1.4\n% bao cao gia lap, khong co noi dung\n%%EOF\n"
NAMESPACE = uuid.UUID("7d0f5c52-0d0f-5d0e-8b1a-8f5c1a3e3300")
SHAPES = ("java", "net", "saas")
# Of every so many documents one has a hop called "null", one a hop without a name, one an attachment whose type is untrue.
NULL_HOP, NAMELESS_HOP, UNTRUE_TYPE = 3, 4, 5
BUSINESS = {"new": ("0", "Văn bản điện tử mới"), "recall": ("1", "Thu hồi văn bản"), "update": ("2", "Cập nhật văn bản"),
            "replace": ("3", "Thay thế văn bản")}


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
    shape: str = "java"
    business: str = "new"     # or what it does to `target`
    target: object = None     # another Report
    aliased: bool = False     # the receiver stands in the envelope a second time, under its old code

    @property
    def transport_id(self):
        """The axis's own identity of the document, the same in every run."""
        return str(uuid.uuid5(NAMESPACE, self.document_id if self.business == "new" else f"{self.business} {self.number}"))

    @property
    def day(self):
        return f"{self.year}/{self.month}/28"

    @property
    def notation(self):
        return "BC-" + self.sender.replace(".", "")

    @property
    def document_id(self):
        """A recall carries the identity of what it recalls."""
        return self.target.document_id if self.business == "recall" else f"{self.sender},{self.day},{self.number}/{self.notation}"

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


def files(report):
    """What is attached: (number, name, type, bytes)."""
    attached = [(1, "bao-cao.pdf", "application/pdf", PDF)]
    if report.figures:
        untrue = report.number % UNTRUE_TYPE == 0
        attached.append((2, "so-lieu.xml", "text/plain" if untrue else "application/xml", figures_document(report)))
    return attached


class Writer:
    """Puts a report into one vendor's shape; p is the prefix of names inside the envelope."""

    def __init__(self, report):
        self._report, self._shape = report, report.shape
        self._p = "" if report.shape == "saas" else "edXML:"

    def tag(self, name, text):
        return self.around(name, escape(text))

    def around(self, name, inner):
        return f"<{self._p}{name}>{inner}</{self._p}{name}>"

    def organisation(self, element, code, name, in_charge=None):
        parts = [self.tag("OrganId", code), self.tag("OrganizationInCharge", in_charge or name), self.tag("OrganName", name)]
        if self._shape == "net":
            parts[1:] = reversed(parts[1:])
        return self.around(element, parts[0] + parts[2] if self._shape == "saas" else "".join(parts))

    def receivers(self):
        report, name = self._report, "UBND tỉnh Hưng Yên"
        listed = self.organisation("To", report.receiver, name)
        if report.aliased:
            groups = (report.receiver.split(".") + ["00", "00"])[:3]
            old = f"000.{groups[2]}.{groups[1]}.{groups[0]}"
            listed += self.organisation("To", old, f"{name} (Mã cũ)", "TLTVBQG_CDMDD_QD20")
        return listed

    def header(self):
        report = self._report
        parts = {
            "From": self.organisation("From", report.sender, report.sender_name),
            "To": self.receivers(),
            "DocumentId": self.tag("DocumentId", report.document_id),
            "Code": self.around("Code", self.tag("CodeNumber", str(report.number)) + self.tag("CodeNotation", report.notation)),
            "Promulgation": self.around("PromulgationInfo",
                                        self.tag("Place", "Hưng Yên") + self.tag("PromulgationDate", report.day)),
            "Type": self.around("DocumentType", self.tag("Type", "1") + self.tag("TypeDetail", "0")
                                + self.tag("TypeName", "Báo cáo")),
            "Subject": self.tag("Subject", report.subject),
            "Other": self.around("OtherInfo", self.tag("Priority", "0") + self.tag("Direction", "false")),
            "ResponseFor": self.response_for(),
            "Steering": self.tag("SteeringType", "1"),
        }
        order = list(parts)
        if self._shape == "net":
            order = [name for name in order if name != "DocumentId"] + ["DocumentId"]
        if self._shape == "saas":
            order = [name for name in order if name not in ("Other", "Steering")]
        return self.around("MessageHeader", "".join(parts[name] for name in order))

    def response_for(self):
        target = self._report.target
        if target is None:
            return ""
        return self.around("ResponseFor", self.tag("OrganId", target.sender)
                           + self.tag("Code", f"{target.number}/{target.notation}")
                           + self.tag("DocumentId", target.document_id) + self.tag("PromulgationDate", target.day))

    def hops(self):
        """The way the document went; the real axis writes a hop "null" and hops without a name."""
        report = self._report
        time = self.tag("Timestamp", report.day + " 09:30:15")
        listed = [self.around("TraceHeader", self.tag("OrganId", report.sender) + time)]
        if report.number % NULL_HOP == 0:
            listed.append(self.around("TraceHeader", self.tag("OrganId", "null") + time))
        if report.number % NAMELESS_HOP == 0:
            listed.append(self.around("TraceHeader", time))
        return "".join(listed)

    def business(self):
        report, target = self._report, self._report.target
        kind, reason = BUSINESS[report.business]
        parts = [self.tag("BussinessDocType", kind)]
        if report.business == "update":
            parts.append(self.tag("DocumentId", target.document_id))
        parts += [self.tag("BussinessDocReason", reason), self.tag("Paper", "0")]
        if report.business == "update":
            receiver = self.around("Receiver", self.tag("OrganId", report.receiver) + self.tag("ReceiverType", "1"))
            parts.append(self.around("BussinessDocumentInfo", self.tag("DocumentInfo", "1") + self.tag("DocumentReceiver", "0")
                                     + self.around("ReceiverList", receiver)))
        if report.business == "replace":
            organs = self.around("OrganIdList", self.tag("OrganId", report.receiver))
            parts.append(self.around("ReplacementInfoList",
                                     self.around("ReplacementInfo", self.tag("DocumentId", target.document_id) + organs)))
        return self.around("Bussiness", "".join(parts))

    def traces(self):
        if self._shape == "net":
            actor = "http://schemas.xmlsoap.org/soap/actor/next"
            return (f'<edXML:TraceHeaderList id="1" version="1.0" mustUnderstand="1" actor="{actor}">'
                    f"{self.business()}{self.hops()}</edXML:TraceHeaderList>")
        return self.around("TraceHeaderList", self.hops() + self.business())

    def references(self, attached):
        listed = ""
        for number, name, kind, _ in attached:
            inner = (self.tag("ContentId", f"cid:phuluc-{number:02d}") + self.tag("ContentType", kind)
                     + self.tag("AttachmentName", name))
            links = (f' xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="cid:phuluc-{number:02d}" xlink:role="XLinkRole"'
                     ' xlink:type="simple"'
                     if self._shape == "net" else "")
            listed += f"<{self._p}Reference{links}>{inner}</{self._p}Reference>"
        return listed

    def attachment(self, number, name, content_type, content):
        encoded = base64.b64encode(content).decode()
        if self._shape == "saas":  # lines as mail has them, an identity without "cid:", no prefix to declare
            encoded = base64.encodebytes(content).decode()
            return (f"<Attachment><ContentId>phuluc-{number:02d}</ContentId><AttachmentName>{name}</AttachmentName>"
                    f"<ContentType>{content_type}</ContentType><ContentTransferEncoded>{encoded}</ContentTransferEncoded>"
                    "</Attachment>")
        return (f"<Attachment><ContentId>cid:phuluc-{number:02d}</ContentId><AttachmentName>{name}</AttachmentName>"
                f"<ContentType>{content_type}</ContentType>"
                f'<edXML:ContentTransferEncoded xmlns:edXML="{URI}">{encoded}</edXML:ContentTransferEncoded></Attachment>')

    def document(self):
        attached = files(self._report)
        signature = "<edXML:DigitalSignature/>" if self._shape == "net" else ""
        declared = f' xmlns:edXML="{URI}"' if self._p else ""
        p = self._p
        return ('<?xml version="1.0" encoding="UTF-8"?>'
                f'<edXML xmlns="{URI}"><{p}edXMLEnvelope{declared}>'
                + self.around("edXMLHeader", self.header() + self.traces() + signature)
                + f'<{p}edXMLBody><{p}edXMLManifest version="1.0">{self.references(attached)}</{p}edXMLManifest></{p}edXMLBody>'
                f"</{p}edXMLEnvelope><AttachmentEncoded>"
                + "".join(self.attachment(*file) for file in attached) + "</AttachmentEncoded></edXML>").encode()


def document(report):
    """The package's bytes."""
    return Writer(report).document()


def hash_forms(content):
    """Both renderings of SHA-256 that senders use: hex, and the Java SDK's, which does not pad its bytes with zeros."""
    digest = hashlib.sha256(content).digest()
    return digest.hex(), "".join(f"{byte:x}" for byte in digest)
