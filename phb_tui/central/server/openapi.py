"""The OpenAPI document, generated from the message types that the API decodes and encodes."""

from functools import cache
from typing import Any

import msgspec

from phb_tui import __version__
from phb_tui.central.admin.devices import Enrolled
from phb_tui.central.web import bundle_upload, openapi
from phb_tui.sync import restore_messages, wire
from phb_tui.sync.protocol import ENROL, PATH, Enrolment, Order
from phb_tui.sync.restore_messages import Common, Succession

_ABOUT = """
What phb-tui laptops exchange with central. Bodies of the exchange are JSON squeezed with zstd, both ways
(`Content-Encoding: zstd`). Every request to it carries an RFC 9421 signature by the laptop's Ed25519 key, tagged
`phb-sync`, over method, authority, path, query, content type and the digest of the body, with `created`, a `nonce` that
is good once, and `keyid` "team/laptop". docs/sync.md explains the rest.
"""
_PROBLEM = "application/problem+json"
_PAGE = {"text/html": {"schema": {"type": "string"}}}
_SENTENCES = {
    400: "It is not of this protocol's form, or broke off.",
    401: "The signature is missing or not the laptop's, or the clocks differ: `ahead` says by how many seconds.",
    403: "The laptop is not let in. `orders` says what it is to do.",
    408: "The request came too slowly.",
    409: "The laptop's history is not the one central knows; or, with `again`, the request came before.",
    413: "It is too large.",
    415: "The body is not of the type that is asked for.",
    429: "Too often. `Retry-After` says when to come again.",
    503: "Central is busy. `Retry-After` says when to come again.",
}


@cache
def document() -> bytes:
    """The OpenAPI document as JSON."""
    return msgspec.json.encode(_document())


def _document() -> dict[str, Any]:
    kinds = (wire.Request, wire.Reply, Enrolment, Enrolled, Order, Succession, Common)
    (request, reply, enrolment, joined, _order, succeed, common), schemas = msgspec.json.schema_components(
        kinds, ref_template="#/components/schemas/{name}"
    )
    schemas["Problem"] = {
        "type": "object",
        "required": ["title", "status", "detail"],
        "properties": {
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "What happened and what to do, for the nurse."},
            "ahead": {"type": "integer", "description": "Seconds that the laptop's clock is ahead of central's."},
            "again": {"type": "boolean", "description": "Whether to sign anew and ask again."},
            "succeed": {"type": "boolean", "description": "Whether to go on under another name."},
            "unknown": {"type": "boolean", "description": "Whether central does not know the laptop."},
            "orders": {"type": "array", "items": {"$ref": "#/components/schemas/Order"}},
            "reference": {"type": "string"},
        },
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "phb-tui central", "version": __version__, "description": _ABOUT.strip()},
        "paths": {
            PATH: {"post": _post("exchange", "Send changes and get news", (wire.TYPE, request), (wire.TYPE, reply))},
            ENROL: {
                "post": _post(
                    "join", "Join with a one-time code", ("application/json", enrolment), ("application/json", joined)
                )
            },
            restore_messages.PATH: {
                "post": _post(
                    "succeed",
                    "Go on under another name, for a laptop that was put back to an older copy",
                    (restore_messages.TYPE, succeed),
                    (restore_messages.TYPE, common),
                )
            },
            bundle_upload.ADDRESS: {
                "get": _get("stick", "Where a file from a laptop's stick is handed in, as a page", "text/html"),
                "post": _bundle_upload(),
            },
            "/": {"get": openapi.home()},
            **openapi.paths(),
            "/healthz": {"get": _get("health", "Whether central runs", "text/plain")},
            "/readyz": {"get": _get("ready", "Whether central can answer laptops", "text/plain", 503)},
            "/metrics": {"get": _get("metrics", "Counters for Prometheus", "text/plain")},
            "/openapi.json": {"get": _get("openapi", "This document", "application/json")},
        },
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                **openapi.SECURITY,
                "laptop": {"type": "apiKey", "in": "header", "name": "Signature", "description": "RFC 9421, Ed25519."},
            },
        },
    }


def _post(name: str, about: str, sent: tuple[str, Any], answer: tuple[str, Any]) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": about,
        "security": [{"laptop": []}],
        "requestBody": {"required": True, "content": {sent[0]: {"schema": sent[1]}}},
        "responses": {"200": _ok(*answer), **_problems(400, 401, 403, 408, 409, 413, 415, 429, 503)},
    }


def _get(name: str, about: str, kind: str, *problems: int) -> dict[str, Any]:
    schema = {"type": "object"} if kind == "application/json" else {"type": "string"}
    return {"operationId": name, "summary": about, "responses": {"200": _ok(kind, schema), **_problems(*problems)}}


def _bundle_upload() -> dict[str, Any]:
    return {
        "operationId": "hand_in",
        "summary": "Answer a file from a laptop's stick",
        "requestBody": {
            "required": True,
            "content": {
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "required": [bundle_upload.FIELD],
                        "additionalProperties": False,
                        "properties": {bundle_upload.FIELD: {"type": "string", "format": "binary"}},
                    }
                }
            },
        },
        "responses": {
            "200": {
                "description": "The answer, sealed for the laptop.",
                "content": {bundle_upload.TYPE: {"schema": {"type": "string", "format": "binary"}}},
            },
            **{
                str(status): {"description": "The page, with a sentence.", "content": _PAGE}
                for status in (400, 403, 408, 413)
            },
            **_problems(429, 503),
        },
    }


def _ok(kind: str, schema: Any) -> dict[str, Any]:  # noqa: ANN401 - a JSON schema
    return {"description": "The answer.", "content": {kind: {"schema": schema}}}


def _problems(*statuses: int) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        str(status): {"description": _SENTENCES[status], "content": {_PROBLEM: {"schema": schema}}}
        for status in statuses
    }
