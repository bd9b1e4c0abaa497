"""Pages as responses: their headers, and a page that only says what happened."""

from starlette.responses import HTMLResponse, Response

from phb_tui.central.http.problems import SECURITY_HEADERS
from phb_tui.central.web.views import layout

PAGE_HEADERS = {**SECURITY_HEADERS, "Referrer-Policy": "same-origin"}
"""Headers of people's pages: a form has to say which address it comes from."""


def message_page(status: int, sentence: str, again: int = 0) -> Response:
    """A page with a sentence and nothing else.

    Args:
        status: The HTTP status.
        sentence: What happened and what to do.
        again: In how many seconds to come again; 0 when that makes no difference.
    """
    headers = {**PAGE_HEADERS, **({"Retry-After": str(again)} if again else {})}
    return HTMLResponse(layout.problem_page(sentence), status, headers=headers)
