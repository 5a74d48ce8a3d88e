"""What each of the web's providers answers, after its published contract; and the ways to fail that it documents."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

from tests.parts.standins import Call, Reply, StandIn


def _graph_error(status: int, code: int, message: str, **more: Any) -> Reply:
    return Reply(
        status,
        {"error": {"message": f"(#{code}) {message}", "type": "OAuthException", "code": code, "fbtrace_id": "A1", **more}},
    )


def _bearer(web: StandIn, call: Call) -> bool:
    return call.headers.get("authorization") == f"Bearer {web.token(call.provider)}"


def whatsapp(web: StandIn, call: Call) -> Reply:
    """Cloud API: /{phone}/messages, /{phone}/media, /{media}, /{phone}."""
    if not _bearer(web, call):
        return _graph_error(401, 190, f"Error validating access token {call.headers.get('authorization')}")
    if call.method == "POST" and call.path.endswith("/media"):
        if b'name="messaging_product"' not in call.body or b'name="file"' not in call.body:
            return _graph_error(400, 100, "Invalid parameter")
        return Reply(200, {"id": "880001"})
    if call.method == "POST" and call.path.endswith("/messages"):
        return _whatsapp_message(web, call)
    if call.path.startswith("/berkas/"):
        return Reply(200, web.media[call.path.removeprefix("/berkas/")][1], {"Content-Type": "application/octet-stream"})
    if (name := call.path.lstrip("/")) in web.media:
        where = web.moved_media or web.base("whatsapp")
        return Reply(200, {"id": name, "mime_type": web.media[name][0], "url": f"{where}/berkas/{name}"})
    if call.path == "/555":
        return Reply(200, {"verified_name": "Serikat Pekerja", "quality_rating": "GREEN", "id": "555"})
    return _graph_error(400, 100, "Unsupported get request", error_subcode=33)


def _whatsapp_message(web: StandIn, call: Call) -> Reply:
    said = call.json
    sort = said.get("type") if isinstance(said, dict) else None
    if sort is None or said.get("messaging_product") != "whatsapp" or not said.get("to") or not said.get(sort):
        return _graph_error(400, 100, "Invalid parameter")
    if said["to"] in web.unknown:
        return _graph_error(
            400, 131026, "Message undeliverable", error_data={"details": f"{said['to']} is not a WhatsApp number"}
        )
    name, _new = web.take("whatsapp", said)
    contacts = [{"input": said["to"], "wa_id": said["to"]}]
    return Reply(200, {"messaging_product": "whatsapp", "contacts": contacts, "messages": [{"id": f"wamid.{name}"}]})


def facebook(web: StandIn, call: Call) -> Reply:
    """Pages: /{page}/feed, /{page}/photos, /{page}."""
    if not _bearer(web, call):
        return _graph_error(400, 190, "Invalid OAuth access token")
    if call.method == "GET":
        return Reply(200, {"name": "Serikat Pekerja", "id": "777"})
    said: Any = call.form if call.path.endswith("/feed") else call.body
    name, _new = web.take("facebook", said)
    number = name.rpartition(".")[2]
    return Reply(
        200, {"id": f"777_{number}"} if call.path.endswith("/feed") else {"id": f"9{number}", "post_id": f"777_{number}"}
    )


def telegram(web: StandIn, call: Call) -> Reply:
    """Bot API: /bot{token}/{method}, /file/bot{token}/{path}."""
    token = web.token("telegram")
    if call.path.startswith(f"/file/bot{token}/"):
        found = web.media.get(call.path.removeprefix(f"/file/bot{token}/"))
        return Reply(200, found[1]) if found else Reply(404, {"ok": False, "error_code": 404, "description": "Not Found"})
    method = call.path.rpartition("/")[2]
    if call.path != f"/bot{token}/{method}":
        return _telegram_error(401, "Unauthorized")
    said = call.json if isinstance(call.json, dict) else {}
    if method == "getMe":
        return _telegram_result({"id": 123456, "is_bot": True, "username": "serikat_bot"})
    if method == "getUpdates":
        wanted = set(said.get("allowed_updates") or ())  # of other sorts nothing is told
        web.updates[:] = [
            u for u in web.updates if u["update_id"] >= said.get("offset", 0) and (not wanted or wanted & set(u))
        ]
        return _telegram_result(web.updates[: said.get("limit", 100)])
    if method == "getFile":
        ref = said.get("file_id", "")
        return (
            _telegram_result({"file_id": ref, "file_path": ref})
            if ref in web.media
            else _telegram_error(400, "Bad Request: file is too big")
        )
    if method in ("sendDocument", "sendAudio", "sendPhoto"):
        found = re.search(rb'name="chat_id"\r\n(?:[^\r\n]+\r\n)*\r\n([^\r\n]+)', call.body)
        said = {"chat_id": found[1].decode() if found else "", "document": call.body}
    chat = str(said.get("chat_id", ""))
    if chat in web.unknown:
        return _telegram_error(403, "Forbidden: bot was blocked by the user")
    if not chat or not (said.get("text") or said.get("document")):
        return _telegram_error(400, "Bad Request: message text is empty")
    name, _new = web.take("telegram", said)
    wall = chat.startswith("@")
    where = {"id": -100777, "type": "channel", "username": chat[1:]} if wall else {"id": int(chat), "type": "private"}
    return _telegram_result({"message_id": int(name.rpartition(".")[2]), "chat": where, "date": int(time.time())})


def _telegram_result(result: Any) -> Reply:
    return Reply(200, {"ok": True, "result": result})


def _telegram_error(code: int, words: str, **more: Any) -> Reply:
    return Reply(code, {"ok": False, "error_code": code, "description": words, **more})


def x(web: StandIn, call: Call) -> Reply:
    """API v2: /2/tweets, /2/users/me. The signature is checked where the test holds the secrets."""
    if (
        "oauth_signature=" not in call.headers.get("authorization", "")
        or 'oauth_token="akun"' not in call.headers["authorization"]
    ):
        return Reply(401, {"title": "Unauthorized", "type": "about:blank", "status": 401, "detail": "Unauthorized"})
    if call.method == "GET":
        return Reply(200, {"data": {"id": "1", "name": "Serikat", "username": "serikat"}})
    if call.path == "/2/media/upload":
        fits = b'name="media"' in call.body and b"tweet_image" in call.body
        return (
            Reply(200, {"data": {"id": "901", "media_key": "3_901"}}) if fits else Reply(400, {"title": "Invalid Request"})
        )
    if call.path == "/2/media/metadata":
        web.take("x described", call.json)
        return Reply(200, {"data": {"id": call.json["id"]}})
    if media := call.json.get("media"):
        web.take("x media", media)
    text = call.json.get("text", "")
    if not text or len(text) > 280:
        return Reply(400, {"title": "Invalid Request", "detail": "One or more parameters to your request was invalid."})
    if text in web.messages("x"):
        return Reply(
            403,
            {"detail": "You are not allowed to create a Tweet with duplicate content.", "title": "Forbidden", "status": 403},
        )
    name, _new = web.take("x", text)
    return Reply(201, {"data": {"id": f"18{name.rpartition('.')[2]}", "text": text}})


def mastodon(web: StandIn, call: Call) -> Reply:
    """REST API: statuses with Idempotency-Key, media that takes a moment, the account."""
    if not _bearer(web, call):
        return Reply(401, {"error": "The access token is invalid"})
    if call.path == "/api/v1/accounts/verify_credentials":
        return Reply(200, {"id": "1", "acct": "serikat"})
    if call.path == "/api/v2/media":
        return Reply(202, {"id": "31", "url": None})
    if call.path == "/api/v1/media/31":
        asked = sum(c.path == call.path for c in web.calls)
        return Reply(200 if asked % 2 == 0 else 206, {"id": "31"})
    said = call.json
    if not said.get("status") or len(said["status"]) > 500:
        return Reply(422, {"error": "Validation failed: Text character limit of 500 exceeded"})
    name, _new = web.take("mastodon", said, call.headers.get("idempotency-key", ""))
    number = name.rpartition(".")[2]
    return Reply(200, {"id": number, "url": f"https://mastodon.example/@serikat/{number}"})


def push(web: StandIn, call: Call) -> Reply:
    """A push service (RFC 8030) that wants an encrypted body and a signature."""
    if call.path.lstrip("/") in web.unknown:
        return Reply(410, b"")
    if call.headers.get("content-encoding") != "aes128gcm" or not call.headers.get("ttl", "").isdigit():
        return Reply(400, b"")
    if not call.headers.get("authorization", "").startswith("vapid t="):
        return Reply(401, b"")
    name, _new = web.take("push", call)
    return Reply(201, b"", {"Location": f"/pesan/{name}"})


def gate(web: StandIn, call: Call) -> Reply:
    """Our own plain gate (`adapters/http.py`), which takes a key."""
    if not _bearer(web, call):
        return Reply(401, {"error": "who are you"})
    if call.method == "GET":
        return Reply(200, {"ok": True})
    said = call.json
    if not isinstance(said, dict) or not said.get("text") or not said.get("to"):
        return Reply(422, {"error": "a text and a receiver are wanted"})
    if said["to"] in web.unknown:
        return Reply(422, {"error": f"{said['to']} is no number of ours"})
    name, _new = web.take("gate", said, call.headers.get("idempotency-key", ""))
    return Reply(200, {"id": name})


def hook(web: StandIn, call: Call) -> Reply:
    """Where Apprise's plain JSON service posts to."""
    web.take("hook", call.json)
    return Reply(200, {})


PROVIDERS: dict[str, Callable[[StandIn, Call], Reply]] = {
    "whatsapp": whatsapp, "facebook": facebook, "telegram": telegram, "x": x, "mastodon": mastodon, "push": push, "gate": gate, "hook": hook,
}  # fmt: skip

FAILURES: dict[str, dict[str, Reply]] = {
    "whatsapp": {
        "token": _graph_error(401, 190, "Error validating access token: Session has expired"),
        "permission": _graph_error(403, 200, "Permissions error"),
        "policy": _graph_error(403, 368, "Temporarily blocked for policies violations"),
        "locked": _graph_error(403, 131031, "Business Account locked"),
        "unpaid": _graph_error(400, 131042, "Business eligibility payment issue"),
        "window": _graph_error(400, 131047, "Re-engagement message"),
        "unknown": _graph_error(400, 131026, "Message undeliverable"),
        "rate": _graph_error(400, 130429, "Rate limit hit"),
        "pair": _graph_error(400, 131056, "(Business Account, Consumer Account) pair rate limit hit"),
        "spam": _graph_error(400, 131048, "Spam rate limit hit"),
        "template": _graph_error(400, 132001, "Template does not exist"),
        "places": _graph_error(400, 132000, "Template param count mismatch"),
        "media": _graph_error(400, 131053, "Media upload error"),
        "fault": _graph_error(500, 131000, "Something went wrong"),
        "overloaded": _graph_error(503, 131016, "Service unavailable"),
        "new code": _graph_error(400, 139999, "Something new about +6281234567890, see https://x.example"),
    },
    "facebook": {
        "token": _graph_error(400, 190, "Error validating access token", error_subcode=463),
        "permission": _graph_error(403, 200, "Requires pages_manage_posts"),
        "rate": _graph_error(400, 32, "Page request limit reached"),
        "app rate": _graph_error(400, 4, "Application request limit reached"),
        "policy": _graph_error(400, 368, "The action attempted has been deemed abusive"),
        "duplicate": _graph_error(400, 506, "Duplicate status message"),
        "fault": _graph_error(500, 2, "Service temporarily unavailable"),
    },
    "telegram": {
        "flood": _telegram_error(429, "Too Many Requests: retry after 33", parameters={"retry_after": 33}),
        "token": _telegram_error(401, "Unauthorized"),
        "no bot": _telegram_error(404, "Not Found"),
        "blocked": _telegram_error(403, "Forbidden: bot was blocked by the user"),
        "no chat": _telegram_error(400, "Bad Request: chat not found"),
        "too long": _telegram_error(400, "Bad Request: message is too long"),
        "two places": _telegram_error(409, "Conflict: can't use getUpdates method while webhook is active"),
        "fault": _telegram_error(500, "Internal Server Error"),
    },
    "x": {
        "token": Reply(401, {"title": "Unauthorized", "status": 401, "detail": "Unauthorized"}),
        "permission": Reply(403, {"title": "Forbidden", "status": 403, "detail": "Your client app is not configured with the appropriate oauth1 app permissions."}),
        "unpaid": Reply(402, {"title": "CreditsDepleted", "detail": "Your enrolled account does not have any credits."}),
        "rate": Reply(429, {"title": "Too Many Requests"}, {"x-rate-limit-reset": str(int(time.time()) + 900)}),
    },
    "mastodon": {
        "token": Reply(401, {"error": "The access token is invalid"}),
        "permission": Reply(403, {"error": "This action is outside the authorized scopes"}),
        "too long": Reply(422, {"error": "Validation failed: Text character limit of 500 exceeded"}),
        "rate": Reply(429, {"error": "Too many requests"}, {"X-RateLimit-Reset": "2099-01-01T00:00:00.000000Z"}),
    },
    "push": {
        "gone": Reply(410, b""),
        "not found": Reply(404, b""),
        "other key": Reply(403, b""),
        "too large": Reply(413, b""),
        "rate": Reply(429, b"", {"Retry-After": "60"}),
        "no such way": Reply(405, b""),
        "unpaid": Reply(402, b""),
    },
    "gate": {
        "token": Reply(401, {"error": "who are you"}),
        "busy": Reply(409, {"error": "still at it"}),
        "number": Reply(422, {"error": "no such number: +6281234567890"}),
    },
    "hook": {
        "token": Reply(401, {}),
        "bad": Reply(400, {}),
    },
}  # fmt: skip
