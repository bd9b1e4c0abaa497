"""Reads submitted forms, protected against cross-site request forgery (CSRF) by their origin and a token."""

from urllib.parse import parse_qsl

from starlette.requests import Request

from phb_tui.central.auth.sessions import WebSession
from phb_tui.central.http.body import read_body
from phb_tui.central.http.problems import HttpProblem

LONGEST_FORM = 10_000
FORM = "application/x-www-form-urlencoded"
NOT_SENT_HERE = (
    "This did not come from a page of yours, so nothing was done. Go back, load the page again, then send it."
)
NOT_THIS_FORM = (
    "The team server could not read this form, so nothing was done. Go back, load the page again, then send it."
)


async def read_form(
    request: Request, session: WebSession, address: str, *names: str, longest: int = LONGEST_FORM
) -> dict[str, str]:
    """The fields of a submitted form, without the token.

    Args:
        request: The request.
        session: The user's session; the form has to carry its CSRF token.
        address: Central's public origin; a form sent by another site has another Origin header.
        names: The fields it must have, exactly, besides the token.
        longest: The most bytes it may have.

    Raises:
        HttpProblem: 403 for a wrong origin or token, 400 or 415 for other fields or another content type.
    """
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    if (origin is not None and origin != address) or site not in {None, "same-origin"}:
        raise HttpProblem(403, NOT_SENT_HERE)
    if request.headers.get("Content-Type", "").split(";")[0].strip() != FORM:
        raise HttpProblem(415, NOT_THIS_FORM)
    try:
        text = (await read_body(request, longest)).decode()
        fields = parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text), max_num_fields=20)
    except ValueError as error:
        raise HttpProblem(400, NOT_THIS_FORM) from error
    found = dict(fields)
    if not session.csrf_matches(found.pop("token", "")):
        raise HttpProblem(403, NOT_SENT_HERE)
    if len(fields) != len(names) + 1 or set(found) != set(names):
        raise HttpProblem(400, NOT_THIS_FORM)
    return found
