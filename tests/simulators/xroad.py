"""The adapter of an X-Road security server: a forward path, and a destination that stands in one of three places."""

import re
from urllib.parse import unquote

PREFIX = re.compile(r"/(?:Xrd|VXP)Adapter/RestService/forward(?=/)")
MEMBER = r"VN:(?:GOV:[0-9A-Z.]+|COM:\d+):[0-9A-Za-z_-]+"


def inner_path(path):
    """What follows the adapter's prefix; None where a path has none."""
    found = PREFIX.match(path)
    return path[found.end():] if found else None


def destination_fault(request, expected):
    """Why a call does not go to `expected`, or empty. dstcode is a header or a query parameter, as it is or URL-encoded."""
    given = [unquote(text) for text in (request.headers.get("dstcode", ""), request.query.get("dstcode", "")) if text]
    if not given:
        return "dstcode stands neither in the header nor in the query"
    if len(set(given)) > 1:
        return "dstcode of header and query differ"
    if not re.fullmatch(MEMBER, given[0]):
        return f"dstcode is not VN:GOV:<code>:<service>: {given[0]}"
    return "" if given[0] == expected else f"no member {given[0]}"
