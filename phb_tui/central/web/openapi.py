"""The OpenAPI paths of the web pages: login and a team's pages."""

from typing import Any

from phb_tui.central.auth.login_settings import CALLBACK_PATH
from phb_tui.central.storage.repository import IDENTIFIER
from phb_tui.central.web import decisions, login, team
from phb_tui.central.web.views.device_views import ACTIONS

SCHEME = "person"
_PAGE = {"text/html": {"schema": {"type": "string"}}}
_SENTENCES = {
    400: "It is not a form of central's, or broke off.",
    401: "Nobody is signed in, or was for too long.",
    403: "The visitor may not see or do this, or the form did not come from a page of theirs.",
    404: "There is nothing of this name, or people do not sign in at this central.",
    408: "The form came too slowly.",
    409: "It cannot be done to the laptop as it is now.",
    413: "The form is too large.",
    415: "The body is not a form.",
    429: "Too often. `Retry-After` says when to come again.",
    503: "Central is busy, or the provider does not answer.",
}
_NAME = {"type": "string", "pattern": f"^{IDENTIFIER}$"}
_TEAM = {"name": "team_id", "in": "path", "required": True, "schema": _NAME}
_LAPTOP = {"name": "device_id", "in": "path", "required": True, "schema": _NAME}
_REQUEST = {"name": "request_id", "in": "path", "required": True, "schema": _NAME}
_WHAT = {"name": "what", "in": "path", "required": True, "schema": {"type": "string", "enum": list(ACTIONS)}}
_TOKEN = {"type": "string", "description": "From the page that the form is on."}

SECURITY = {
    SCHEME: {
        "type": "apiKey", "in": "cookie", "name": "phb-visit",
        "description": "Sealed by central when somebody signs in; `__Host-phb-visit` where central has https.",
    }
}  # fmt: skip


def paths() -> dict[str, Any]:
    """The OpenAPI path items of all web pages but the home page and the bundle upload."""
    lists = (("", "arrived_in_team", "What has arrived in a team"), ("/aside", "aside", "What central kept aside"),
             ("/same", "alike", "Which records may be of the same person"),
             ("/staff", "staff", "Who works in a team"), ("/audit", "audit", "Who did what in a team"),
             ("/figures", "figures", "Numbers about a team"),
             ("/decisions", "decisions", "What waits for a decision, and for the panel what it decided"),
             ("/laptops", "laptops", "A team's laptops"))  # fmt: skip
    return {
        login.SIGN_IN: {"get": _to("sign_in", "Go to the provider to sign in", 404, 403, 429, 503)},
        CALLBACK_PATH: {
            "get": {
                **_to("signed_in", "Come back from the provider", 403, 404, 429, 503),
                "parameters": _callback_parameters(),
            }
        },
        login.BY_LINK: {
            "get": {**_to("by_link", "Sign in once with the link that central printed", 403, 404, 429, 503), **_token()}
        },
        login.SIGN_OUT: {"post": {**_to("sign_out", "Sign out", *_FORM), **_form(), **_web_operation()}},
        **{f"{team.TEAM}{way}": {"get": _page(name, about, _TEAM)} for way, name, about in lists},
        team.CODE: {
            "get": _page("ask_whose", "Whose a new laptop will be", _TEAM),
            "post": _page("make_code", "Make a joining code and show it once", _TEAM, form=("staff",)),
        },
        team.LAPTOP: {"get": _page("laptop", "One laptop", _TEAM, _LAPTOP)},
        decisions.DECISION: {
            "get": _page("request", "One request to the panel", _TEAM, _REQUEST),
            "post": {
                **_page("decide", "Decide a request", _TEAM, _REQUEST, form=decisions.FIELDS),
                "responses": {
                    "200": {"description": "What was typed, with what is missing.", "content": _PAGE},
                    **_to("", "", *_FORM)["responses"],
                },
            },
        },
        team.ACT: {
            "get": _page("ask", "What doing something about a laptop means", _TEAM, _LAPTOP, _WHAT),
            "post": {
                **_page("act", "Do something about a laptop", _TEAM, _LAPTOP, _WHAT, form=()),
                "responses": {
                    "200": {"description": "The code to join again with.", "content": _PAGE},
                    **_to("", "", *_FORM, 404, 409)["responses"],
                },
            },
        },
    }


_FORM = (400, 401, 403, 404, 408, 413, 415, 503)


def home() -> dict[str, Any]:
    """The OpenAPI operation of the home page."""
    found = _page("home", "The way in, or to somebody's teams; nothing about anybody before that")
    del found["security"]
    found["responses"] |= {
        "303": {"description": "To the only team that somebody is in."},
        "403": {"description": "Signed in, and in no team.", "content": _PAGE},
    }
    return found


def _page(name: str, about: str, *parameters: dict[str, Any], form: tuple[str, ...] | None = None) -> dict[str, Any]:
    problems = (401, 403, 404, 503) if form is None else _FORM
    if _WHAT in parameters:
        problems = (*problems, 409)
    return {
        "operationId": name,
        "summary": about,
        **_web_operation(),
        **({"parameters": list(parameters)} if parameters else {}),
        **({} if form is None else _form(*form)),
        "responses": {"200": {"description": "The page.", "content": _PAGE}, **_html_errors(*problems)},
    }


def _to(name: str, about: str, *problems: int) -> dict[str, Any]:
    headers = {"Location": {"required": True, "schema": {"type": "string"}}}
    return {
        "operationId": name,
        "summary": about,
        "responses": {"303": {"description": "Where to.", "headers": headers}, **_html_errors(*problems)},
    }


def _web_operation() -> dict[str, Any]:
    return {"security": [{SCHEME: []}]}


def _form(*names: str) -> dict[str, Any]:
    fields = {"token": _TOKEN, **{name: {"type": "string"} for name in names}}
    schema = {"type": "object", "required": list(fields), "additionalProperties": False, "properties": fields}
    return {"requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": schema}}}}


def _callback_parameters() -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "query", "required": False, "schema": {"type": "string"}}
        for name in login.CALLBACK_PARAMETERS
    ]


def _token() -> dict[str, Any]:
    return {"parameters": [{"name": "token", "in": "path", "required": True, "schema": {"type": "string"}}]}


def _html_errors(*statuses: int) -> dict[str, Any]:
    return {str(status): {"description": _SENTENCES[status], "content": _PAGE} for status in sorted(set(statuses))}
