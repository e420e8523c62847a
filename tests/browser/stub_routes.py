"""What the stand-in gives: a session, the forms that it offers, the work that waits."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify, request
from stub_replies import digest, error, form_of, media_file, signed_in

from forms.library import Form

if TYPE_CHECKING:
    from stub import Stub


KEY = base64.b64encode(bytes(range(32))).decode()  # of the stand-in's one account


def session_routes(app: Flask, stub: Stub) -> None:
    @app.post("/api/v1/session")
    def sign_in() -> Any:
        sent = request.get_json()
        if (sent["username"], sent["password"]) != (stub.username, stub.password):
            return error(401, "wrong", "Sai tên hoặc mật khẩu.", "Wrong name or password.")
        token = f"token-{len(stub.tokens) + 1}"
        stub.tokens.add(token)
        village = {"code": "AK01", "name": "Thôn 1"}
        user = {
            "username": stub.username,
            "name": "Lò Thị Mai",
            "role": "collector",
            "village": village,
        }
        return jsonify(
            token=token, key=KEY, user=user, commune={"code": "11668", "name": "Xã An Khánh"},
            demonstration=stub.demonstration,
        )  # fmt: skip

    @app.get("/api/v1/session/key")
    def account_key() -> Any:
        if not signed_in(stub):
            return error(401, "sign_in", "Hãy đăng nhập.", "Sign in.")
        return jsonify(key=KEY)

    @app.get("/api/v1/phones/<digest>")
    def standing(digest: str) -> Any:
        return "", 204

    @app.delete("/api/v1/session")
    def sign_out() -> Any:
        stub.tokens.discard(request.headers.get("Authorization", "").removeprefix("Bearer "))
        return "", 204


def form_routes(app: Flask, stub: Stub) -> None:
    def forms_with(asked: Mapping[str, str]) -> Any:
        known = set(asked["have"].split(",")) if "have" in asked else None
        return jsonify(forms=[_offered(form, known) for form in stub.forms])

    @app.get("/api/v1/forms")
    def forms() -> Any:
        if not signed_in(stub):
            return error(401, "sign_in", "Hãy đăng nhập.", "Sign in.")
        return forms_with(request.args)

    @app.get("/api/v1/phones/<digest>/forms")
    def forms_for_locked(digest: str) -> Any:
        if digest not in {sha256(token.encode()).hexdigest() for token in stub.tokens}:
            return error(401, "sign_in", "Hãy đăng nhập.", "Sign in.")
        return forms_with(request.args)

    @app.get("/api/v1/forms/<form>/<version>/model")
    def model(form: str, version: str) -> Any:
        found = form_of(stub, form, version)
        return Response(found.json, content_type="application/json") if found else ("", 404)

    @app.get("/api/v1/forms/<form>/<version>/media/<name>")
    def media(form: str, version: str, name: str) -> Any:
        return Response(media_file(name), content_type="text/csv; charset=utf-8")


def _offered(form: Form, known: set[str] | None) -> dict[str, Any]:
    base = f"/api/v1/forms/{form.id}/{form.version}"
    media = [
        {
            "filename": name,
            "url": f"{base}/media/{name}",
            **_content(media_file(name), media_file(name).decode(), known),
        }
        for name in form.files.values()
    ]
    return {
        "form": form.id,
        "version": form.version,
        "title": form.title,
        "model": {"url": f"{base}/model", **_content(form.json, form.model, known)},
        "media": media,
    }


def _content(content: bytes, shown: Any, known: set[str] | None) -> dict[str, Any]:
    """As the service: with the reply where the phone said what it has, and has it not."""
    tag = digest(content)
    return {"hash": tag} if known is None or tag in known else {"hash": tag, "content": shown}


def work_route(app: Flask, stub: Stub) -> None:
    @app.get("/api/v1/work")
    def work() -> Any:
        if not signed_in(stub):
            return error(401, "sign_in", "Hãy đăng nhập.", "Sign in.")
        content = json.dumps(stub.work).encode()
        response = Response(content, content_type="application/json")
        response.set_etag(digest(content))
        response.make_conditional(request)
        stub.work_asked.append(response.status_code)
        return response
