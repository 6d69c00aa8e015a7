"""Ways in which a document of the axis can be damaged for good: asked for again, it is damaged again."""

import base64
import io
import re
import zipfile

import edxml

ENCODED = re.compile(rb"(<(?:edXML:)?ContentTransferEncoded[^>]*>)([^<]*)(?=</)")
CONTENT_TYPE = re.compile(rb"(<(?:edXML:)?ContentType>)[^<]*")


def first_attachment(package, content):
    """The package with other bytes in its first attachment."""
    return ENCODED.sub(lambda found: found[1] + content, package, count=1)


def zipped(name, content):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return base64.b64encode(buffer.getvalue())


def cut_in_half(package):
    return package[:len(package) // 2]


def untrue_types(package):
    return CONTENT_TYPE.sub(rb"\1application/zip", package)


def unreadable_attachment(package):
    return first_attachment(package, b"%%% khong phai base64 %%%")


def text_damaged_pdf(package):
    """What remains of a PDF that went through a text decoder."""
    return first_attachment(package, base64.b64encode(b"%PDF-1.4\n" + b"\xef\xbf\xbd" * 200 + b"\n%%EOF\n"))


def wrapped_attachment(package):
    """Not damage but a trap: a ZIP of one entry under the attachment's own name, as the reference sender packs it."""
    return first_attachment(package, zipped("6d0c6b0e-7c1d-4f7e-9a55-0a1b2c3d4e5f.pdf", edxml.PDF))


def zip_bomb(package):
    return first_attachment(package, zipped("6d0c6b0e-7c1d-4f7e-9a55-0a1b2c3d4e5f.pdf", bytes(64 << 20)))


def zip_of_a_path(package):
    return first_attachment(package, zipped("../../etc/bao-cao.pdf", edxml.PDF))


def no_identity(package):
    return re.sub(rb"<(?:edXML:)?DocumentId>[^<]*</(?:edXML:)?DocumentId>", b"", package)


def null_sender(package):
    return re.sub(rb"(<(?:edXML:)?From><(?:edXML:)?OrganId>)[^<]*", rb"\1null", package)


def junk_before(package):
    return b"HTTP/1.1 200 OK\r\n\r\n" + package


def older_namespace(package):
    return package.replace(edxml.URI.encode(), b"http://www.e-doc.vn/Schema/")


def entities(package):
    """A document type that would read a file of the receiver's and grow without end."""
    declared = (b'<!DOCTYPE edXML [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
                b'<!ENTITY file SYSTEM "file:///etc/passwd">]>')
    head, _, rest = package.partition(b"?>")
    return head + b"?>" + declared + re.sub(rb"(<(?:edXML:)?Subject>)", rb"\1&b;&file;", rest, count=1)


KINDS = {"half": cut_in_half, "untrue_types": untrue_types, "unreadable_attachment": unreadable_attachment,
         "text_damaged_pdf": text_damaged_pdf, "wrapped_attachment": wrapped_attachment, "zip_bomb": zip_bomb,
         "zip_of_a_path": zip_of_a_path, "no_identity": no_identity, "null_sender": null_sender, "junk_before": junk_before,
         "older_namespace": older_namespace, "entities": entities}
