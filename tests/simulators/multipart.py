"""Reads multipart forms as clients send files."""

from email import message_from_bytes
from email.policy import HTTP


def form_parts(request):
    """The parts of a multipart body as {name: (file name or "", bytes)}; None when it is none."""
    head = f"Content-Type: {request.headers.get('Content-Type', '')}\r\n\r\n".encode("latin-1")
    message = message_from_bytes(head + request.body, policy=HTTP)
    if message.get_content_type() != "multipart/form-data" or not message.is_multipart():
        return None
    return {part.get_param("name", "", "content-disposition"): (part.get_filename("") or "", part.get_payload(decode=True))
            for part in message.iter_parts()}
