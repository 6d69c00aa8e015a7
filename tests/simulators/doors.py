"""How a call to the integration platform proves who makes it: one class for each dialect, to be combined at will.

A door `shows` whether a request carries its kind of credentials at all, and `admits` it when they are right.
"""

import base64
import hmac
import json
from urllib.parse import parse_qs

TOKEN_DIALECTS = ("basic", "body", "lgspaccesstoken")


def same(given, expected):
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), expected.encode())


def header(request, name):
    return request.headers.get(name, "")


class ClientCredentials:
    """A bearer token from /token; how one is got there is the dialect: `basic` or `body`."""

    def __init__(self, options, office):
        self._key, self._secret = options.consumer_key, options.consumer_secret
        self._office = office

    def shows(self, request):
        return bool(header(request, "Authorization"))

    def admits(self, request, now):
        return self._office.is_current(header(request, "Authorization"), now)


class Basic(ClientCredentials):
    def proves(self, request):
        scheme, _, given = header(request, "Authorization").partition(" ")
        expected = base64.b64encode(f"{self._key}:{self._secret}".encode()).decode()
        return scheme.lower() == "basic" and same(given.strip(), expected)


class Body(ClientCredentials):
    def proves(self, request):
        form = parse_qs(request.body.decode("utf-8", "replace"))
        given = [form.get(name, [""])[0] for name in ("client_id", "client_secret")]
        return all([same(got, expected) for got, expected in zip(given, (self._key, self._secret))])


def access_token_fault(text, expected):
    """What is wrong with a base64 text of a JSON object of five names, or empty. Values are compared, not bytes."""
    try:
        value = json.loads(base64.b64decode(text, validate=True))
    except ValueError:
        return "not base64 of UTF-8 JSON"
    if not isinstance(value, dict):
        return "not a JSON object"
    wrong = [name for name in expected if value.get(name) != expected[name]]
    return f"{wrong[0]} missing or wrong" if wrong else ""


class AccessTokenHeader:
    """`lgspaccesstoken`: the header proves who asks for a token, and data calls carry it and the bearer."""

    def __init__(self, options, office):
        self._expected = {"AccessKey": options.access_key, "SecretKey": options.secret_key, "AppName": options.app_name,
                          "PartnerCode": options.partner_code, "PartnerCodeCus": options.partner_code_cus}
        self._office = office

    def shows(self, request):
        return bool(header(request, "lgspaccesstoken"))

    def proves(self, request):
        return not access_token_fault(header(request, "lgspaccesstoken"), self._expected)

    def admits(self, request, now):
        return self.proves(request) and self._office.is_current(header(request, "Authorization"), now)


class BareAccessToken(AccessTokenHeader):
    """The same text put bare into Authorization, without a scheme word and without a token step."""

    def shows(self, request):
        return bool(header(request, "Authorization"))

    def admits(self, request, now):
        return not access_token_fault(header(request, "Authorization"), self._expected)


class ApiKey:
    """MaDonVi and ApiKey as headers; where the key is repeated as bearer or in the query, it is the same key."""

    def __init__(self, options, _):
        self._unit, self._key = options.unit_code, options.api_key

    def shows(self, request):
        return bool(header(request, "MaDonVi") or header(request, "ApiKey"))

    def refusal(self, request):
        """Number and words of what is wrong, (0, "") for nothing."""
        unit, key = header(request, "MaDonVi"), header(request, "ApiKey")
        bearer = header(request, "Authorization").removeprefix("Bearer ")
        if not unit:
            return -300, "Thiếu mã đơn vị"
        if not key:
            return -301, "Thiếu khóa truy cập"
        if not same(unit, self._unit):
            return -303, "Mã đơn vị không đúng"
        if not same(key, self._key):
            return -302, "Khóa truy cập không đúng"
        repeated = [text for text in (bearer, request.query.get("ApiKey", "")) if text]
        return (0, "") if all(same(text, key) for text in repeated) else (-304, "Lỗi khóa truy cập")

    def admits(self, request, _):
        return self.refusal(request)[0] == 0


class StaticToken:
    def __init__(self, options, _):
        self._expected = f"{options.static_scheme} {options.static_token}".strip()

    def shows(self, request):
        return bool(header(request, "Authorization"))

    def admits(self, request, _):
        return same(header(request, "Authorization"), self._expected)


KINDS = {"basic": Basic, "body": Body, "lgspaccesstoken": AccessTokenHeader, "lgspaccesstoken-bare": BareAccessToken,
         "api-key": ApiKey, "static": StaticToken}
