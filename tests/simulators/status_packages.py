"""Status packages of the document axis: written, read, and the moves they make.

For 01 to 06, 15 and 16 the recipient reports to the sender; 13 runs the other way: the sender asks the recipient to give back.
"""

import hashlib
import time
import uuid
import xml.etree.ElementTree as xml
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

import edxml

MEANINGS = {"01": "Đã đến", "02": "Từ chối nhận", "03": "Đã tiếp nhận, vào sổ văn bản đến", "04": "Đã phân công",
            "05": "Đang xử lý",
            "06": "Đã hoàn thành", "13": "Đề nghị lấy lại văn bản", "15": "Đồng ý lấy lại", "16": "Từ chối lấy lại"}
MOVES = {"": ("01",), "01": ("02", "03", "13"), "03": ("04", "05", "13"), "04": ("05", "13"), "05": ("06", "13"),
         "13": ("15", "16")}
SPACE = f"{{{edxml.URI}}}"


@dataclass(frozen=True)
class Status:
    """One report about one document."""

    sender: str        # who reports
    organ: str         # ResponseFor/OrganId: whom it concerns
    code: str          # "145/BC-UBND"
    day: str           # "2025/11/20"
    document_id: str
    status: str        # "03"
    time: str          # "2025/11/20 10:05:00"
    description: str = ""

    @property
    def transport_id(self):
        words = "|".join((self.sender, self.organ, self.document_id, self.status, self.time))
        return str(uuid.uuid5(edxml.NAMESPACE, words))

    def package(self):
        def tag(name, text):
            return f"<edXML:{name}>{escape(text)}</edXML:{name}>"
        about = (tag("OrganId", self.organ) + tag("Code", self.code) + tag("PromulgationDate", self.day)
                 + tag("DocumentId", self.document_id))
        said = self.description or MEANINGS[self.status]
        inner = ("<edXML:From>" + tag("OrganId", self.sender) + tag("OrganName", f"Đơn vị {self.sender}") + "</edXML:From>"
                 f"<edXML:ResponseFor>{about}</edXML:ResponseFor><edXML:StaffInfo>" + tag("Department", "Văn thư")
                 + tag("Staff", "Cán bộ giả lập")
                 + "</edXML:StaffInfo>" + tag("StatusCode", self.status) + tag("Description", said) + tag("Timestamp", self.time))
        return ('<?xml version="1.0" encoding="UTF-8"?>'
                f'<edXML xmlns="{edxml.URI}"><edXML:edXMLEnvelope xmlns:edXML="{edxml.URI}"><edXML:edXMLHeader>'
                f"<edXML:MessageHeader>{inner}</edXML:MessageHeader></edXML:edXMLHeader></edXML:edXMLEnvelope></edXML>").encode()


@dataclass(frozen=True)
class Sent:
    """What the axis reads of a document that is sent through it."""

    sender: str
    receivers: tuple
    code: str
    day: str
    document_id: str
    subject: str
    business: str = "0"  # 1 recall, 2 update, 3 replacement

    def is_alias(self, receiver):
        """Whether a receiver is another one of this envelope under its old code: one body, named twice."""
        new = new_form(receiver)
        return new != receiver and new in self.receivers


def new_form(code):
    """An agency's code as it is written since 2020, most general group first."""
    groups = code.split(".")
    if len(groups) != 4 or not groups[0].isdigit():
        return code
    new = ".".join(reversed(groups))
    while new.endswith((".00", ".000")):
        new = new.rpartition(".")[0]
    return new


def text_of(node, path):
    found = node.find("/".join(SPACE + name for name in path.split("/"))) if node is not None else None
    return (found.text or "").strip() if found is not None else ""


def message_header(content):
    """The MessageHeader of a package, or None."""
    try:
        return xml.fromstring(content).find(f".//{SPACE}MessageHeader")
    except xml.ParseError:
        return None


def business_of(content):
    found = xml.fromstring(content).find(f".//{SPACE}BussinessDocType")
    return (found.text or "0").strip() if found is not None else "0"


def read_document(content):
    """What was sent, or None when it is no package one can follow."""
    header = message_header(content)
    document_id = text_of(header, "DocumentId")
    if not document_id:
        return None
    receivers = tuple(text_of(node, "OrganId") for node in header.findall(SPACE + "To"))
    code = "/".join(text for text in (text_of(header, "Code/CodeNumber"), text_of(header, "Code/CodeNotation")) if text)
    return Sent(text_of(header, "From/OrganId"), receivers, code, text_of(header, "PromulgationInfo/PromulgationDate"),
                document_id,
                text_of(header, "Subject"), business_of(content))


def read_status(content):
    """The report in a status package, or None. "3" is 03."""
    header = message_header(content)
    about = header.find(SPACE + "ResponseFor") if header is not None else None
    code = text_of(header, "StatusCode").zfill(2)
    if about is None or code not in MEANINGS:
        return None
    return Status(text_of(header, "From/OrganId"), text_of(about, "OrganId"), text_of(about, "Code"),
                  text_of(about, "PromulgationDate"),
                  text_of(about, "DocumentId"), code, text_of(header, "Timestamp"), text_of(header, "Description"))


@dataclass
class Standing:
    """Where a document stands at one recipient. A refused take-back leaves it where it was."""

    _newest: tuple = ("", "")  # time and code of the recipient's newest report
    _wish: str = ""            # 13 while it is not answered, 15 once it was agreed to

    def allows(self, code):
        # That it arrived is told by a machine, which looks at no wish to have it back.
        if self._wish == "13" and not self._newest[1] and code == "01":
            return True
        return code in MOVES.get(self._wish or self._newest[1], ())

    def add(self, status):
        """Reports arrive late and out of order: the latest by its own time holds, of one second the higher code."""
        if status.status == "13" or (self._wish == "13" and status.status in ("15", "16")):
            self._wish = "" if status.status == "16" else status.status
        elif status.status not in ("15", "16"):  # else they answer a document that recalls or updates this one
            self._newest = max(self._newest, (status.time, status.status))


@dataclass
class History:
    """Where each document stands at each of its recipients, by what both ends report."""

    _standings: dict = field(default_factory=dict)

    def move(self, status, strict=False):
        """Whether the move is one of the table. One that is not is made all the same, as real systems skip steps, unless it is refused."""
        recipient = status.organ if status.status == "13" else status.sender
        standing = self._standings.setdefault((status.document_id, new_form(recipient)), Standing())
        legal = standing.allows(status.status)
        if legal or not strict:
            standing.add(status)
        return legal


@dataclass(frozen=True)
class Recipients:
    """What the recipients of a document report about it."""

    answers: tuple          # codes, in the order they happen
    order: str              # in_order, reversed, shuffled: the order they arrive
    repeated: int           # how often each arrives
    take_back_answer: str   # "15", "16", or empty for silence

    def about(self, sent):
        """Every report, as it arrives; several at the same sender run in turn."""
        day = sent.day or "2025/01/01"
        if sent.business in ("1", "2"):  # said of a document they have: they agree or not, at the axis's own time
            return [Status(receiver, sent.sender, sent.code, sent.day, sent.document_id, self.take_back_answer, time.strftime("%Y/%m/%d %H:%M:%S"))
                    for receiver in sent.receivers if self.take_back_answer and not sent.is_alias(receiver)]
        found = [Status(receiver, sent.sender, sent.code, sent.day, sent.document_id, code, f"{day} {8 + at:02d}:05:00")
                 for at, code in enumerate(self.answers) for receiver in sent.receivers if not sent.is_alias(receiver)]
        if self.order == "reversed":
            found.reverse()
        if self.order == "shuffled":  # by a digest: the same in every run
            found.sort(key=lambda one: hashlib.sha256(one.transport_id.encode()).digest())
        return [one for one in found for _ in range(self.repeated)]

    def to_take_back(self, asked):
        """The answer to a sender who asks for a document back, or None."""
        if not self.take_back_answer:
            return None
        return Status(asked.organ, asked.sender, asked.code, asked.day, asked.document_id, self.take_back_answer, asked.time)
