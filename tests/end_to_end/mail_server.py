"""A mail server for tests (aiosmtpd): STARTTLS before everything, then a login, or TLS from the first byte.

Run by Debian's own python3, for which python3-aiosmtpd is installed. Prints "ready PORT" and writes each mail it takes as one
line of JSON. It shares no code with the hub.
"""
import argparse
import asyncio
import email
import email.policy
import json
import ssl
import warnings

from aiosmtpd.smtp import SMTP, AuthResult


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("certificate", "key", "user", "password", "mails"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--implicit", action="store_true", help="TLS from the first byte")
    parser.add_argument("--refuse", default="", help="answer this to every recipient, e.g. '550 5.1.1 no such user'")
    parser.add_argument("--login-only", action="store_true", help="take AUTH LOGIN and not AUTH PLAIN")
    return parser.parse_args()


class Box:
    def __init__(self, options):
        self.options = options

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if self.options.refuse:
            return self.options.refuse
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        entry = {"from": envelope.mail_from, "to": envelope.rcpt_tos, "encrypted": server.transport.get_extra_info("ssl_object") is not None,
                 "user": session.auth_data.login.decode() if session.auth_data else None, "subject": str(message["Subject"]),
                 "headers": [[name, str(value)] for name, value in message.items()], "type": message.get_content_type(),
                 "text": message.get_content(), "raw": envelope.content.decode("ascii")}
        with open(self.options.mails, "a", encoding="utf-8") as mails:
            mails.write(json.dumps(entry, ensure_ascii=False) + "\n")
        return "250 taken"


async def serve(options):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(options.certificate, options.key)
    implicit = options.implicit

    def known(server, session, envelope, mechanism, data):
        right = (data.login, data.password) == (options.user.encode(), options.password.encode())
        # Not "handled": the server itself then answers 535.
        return AuthResult(success=right, handled=False, auth_data=data if right else None)

    def conversation():
        return SMTP(Box(options), authenticator=known, auth_required=True, auth_require_tls=not implicit,
                    auth_exclude_mechanism=["PLAIN"] if options.login_only else None, require_starttls=not implicit,
                    tls_context=None if implicit else context)

    server = await asyncio.get_running_loop().create_server(conversation, "127.0.0.1", 0, ssl=context if implicit else None)
    print("ready", server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    # aiosmtpd does not know that TLS from the first byte is TLS, and warns of what it deprecates in itself.
    warnings.simplefilter("ignore")
    asyncio.run(serve(arguments()))
