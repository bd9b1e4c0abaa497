"""Central's pages: Jinja2 templates that escape every value, and pages as responses with their headers."""

from starlette.responses import HTMLResponse, Response

from phb_tui.central.http.problems import SECURITY_HEADERS
from phb_tui.documents.template_environment import environment

PAGE_HEADERS = {**SECURITY_HEADERS, "Referrer-Policy": "same-origin"}
"""Headers of every web page; the referrer policy lets forms send their Origin header."""

ENVIRONMENT = environment("phb_tui.central.web")


def render(template: str, **values: object) -> str:
    """A page as HTML.

    Args:
        template: The name of its file in `templates/`, without `.html.j2`.
        values: What it shows; nothing in a value is ever markup.

    Raises:
        jinja2.UndefinedError: The template shows a value that was not given.
    """
    return ENVIRONMENT.get_template(f"{template}.html.j2").render(values)


def message_page(status: int, sentence: str, retry_after: int = 0) -> Response:
    """A page with a sentence and nothing else.

    Args:
        status: The HTTP status code.
        sentence: What happened and what to do.
        retry_after: Seconds for the Retry-After header; 0 for none.
    """
    headers = {**PAGE_HEADERS, **({"Retry-After": str(retry_after)} if retry_after else {})}
    return HTMLResponse(render("problem", title="There is a problem", sentence=sentence), status, headers=headers)
