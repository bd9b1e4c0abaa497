"""Reads the forms of our own pages, and no others: a check of origin and token against CSRF."""

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
NOT_THIS_FORM = "Central could not read this form, so nothing was done. Go back, load the page again, then send it."


async def read_form(request: Request, visit: WebSession, address: str, *names: str) -> dict[str, str]:
    """What a form of ours brings.

    Args:
        request: The request.
        visit: Who sends it; the form has to bring their CSRF token.
        address: Central's own address; a form that another page sends has another origin.
        names: What it has to bring, beside the token.

    Raises:
        HttpProblem: It is not one of ours, or comes from elsewhere.
    """
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    if (origin is not None and origin != address) or site not in {None, "same-origin"}:
        raise HttpProblem(403, NOT_SENT_HERE)
    if request.headers.get("Content-Type", "").split(";")[0].strip() != FORM:
        raise HttpProblem(415, NOT_THIS_FORM)
    try:
        words = (await read_body(request, LONGEST_FORM)).decode()
        fields = parse_qsl(words, keep_blank_values=True, strict_parsing=bool(words), max_num_fields=20)
    except ValueError as error:
        raise HttpProblem(400, NOT_THIS_FORM) from error
    found = dict(fields)
    if not visit.csrf_matches(found.pop("token", "")):
        raise HttpProblem(403, NOT_SENT_HERE)
    if len(fields) != len(names) + 1 or set(found) != set(names):
        raise HttpProblem(400, NOT_THIS_FORM)
    return found
