"""Reads the forms of our own pages, and no others: a check of origin and token against CSRF."""

from urllib.parse import parse_qsl

from starlette.requests import Request

from phb_tui.central.auth.sessions import Visit
from phb_tui.central.http.body import whole
from phb_tui.central.http.problems import Refused

LONGEST_FORM = 10_000
FORM = "application/x-www-form-urlencoded"
NOT_SENT_HERE = (
    "This did not come from a page of yours, so nothing was done. Go back, load the page again, then send it."
)
NOT_THIS_FORM = "Central could not read this form, so nothing was done. Go back, load the page again, then send it."


async def read_form(request: Request, visit: Visit, address: str, *names: str) -> dict[str, str]:
    """What a form of ours brings.

    Args:
        request: The request.
        visit: Who sends it; the form has to bring their CSRF token.
        address: Central's own address; a form that another page sends has another origin.
        names: What it has to bring, beside the token.

    Raises:
        Refused: It is not one of ours, or comes from elsewhere.
    """
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    if (origin is not None and origin != address) or site not in {None, "same-origin"}:
        raise Refused(403, NOT_SENT_HERE)
    if request.headers.get("Content-Type", "").split(";")[0].strip() != FORM:
        raise Refused(415, NOT_THIS_FORM)
    try:
        words = (await whole(request, LONGEST_FORM)).decode()
        fields = parse_qsl(words, keep_blank_values=True, strict_parsing=bool(words), max_num_fields=20)
    except ValueError as error:
        raise Refused(400, NOT_THIS_FORM) from error
    found = dict(fields)
    if not visit.sent(found.pop("token", "")):
        raise Refused(403, NOT_SENT_HERE)
    if len(fields) != len(names) + 1 or set(found) != set(names):
        raise Refused(400, NOT_THIS_FORM)
    return found
