"""The page where somebody hands in a file from a laptop's stick and takes the answer away: no script, no name asked."""

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from pathlib import PurePath

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from phb_tui.central.http.body import stream_body
from phb_tui.central.http.limits import ConcurrencyLimiter
from phb_tui.central.http.problems import SECURITY_HEADERS, HttpProblem
from phb_tui.central.web.rendering import render
from phb_tui.errors import CentralRefused
from phb_tui.sync.bundle import ANSWER

ADDRESS = "/stick"
TYPE = "application/octet-stream"
FIELD = "file"
LONGEST_NAME = 100
NO_FILE = "No file came with this. Choose the file on the stick, then send it."


@dataclass(frozen=True, slots=True)
class UploadedBundle:
    """A file that was handed in.

    Attributes:
        content: What is in it.
        answer: How the answer is to be saved, as a Content-Disposition.
    """

    content: bytes
    answer: str


class BundleUpload:
    """The page and what it sends.

    Args:
        answer: Answers a bundle with a bundle; raises `CentralRefused`.
        longest: How many bytes a form may bring.
        limiter: Limits how many are answered at once.
        check_address: Counts how often an address asks; raises `RateLimited`. Whoever carries a file is nobody known.
    """

    def __init__(
        self,
        answer: Callable[[bytes], bytes],
        longest: int,
        limiter: ConcurrencyLimiter,
        check_address: Callable[[Request], None],
    ) -> None:
        self._answer, self._longest, self._limiter, self._check_address = answer, longest, limiter, check_address

    def routes(self) -> list[Route]:
        """Its address."""
        return [Route(ADDRESS, self.form, methods=["GET"]), Route(ADDRESS, self.upload, methods=["POST"])]

    async def form(self, _request: Request) -> Response:
        """The page with its form."""
        return HTMLResponse(page(), headers=SECURITY_HEADERS)

    async def upload(self, request: Request) -> Response:
        """The answer to a file, or the page with what is wrong with it."""
        self._check_address(request)
        try:
            file = await parse_upload(request.headers, stream_body(request, self._longest))
        except (CentralRefused, HttpProblem) as error:
            status = error.status if isinstance(error, HttpProblem) else 400
            return HTMLResponse(page(error.sentence), status, headers=SECURITY_HEADERS)
        async with self._limiter.slot(len(file.content)):
            try:
                answer = await run_in_threadpool(self._answer, file.content)
            except CentralRefused as error:
                return HTMLResponse(page(error.sentence), 403, headers=SECURITY_HEADERS)
        return Response(answer, media_type=TYPE, headers={**SECURITY_HEADERS, "Content-Disposition": file.answer})


def page(problem: str = "") -> str:
    """The page as HTML, with what went wrong."""
    return render("bundle_upload", title="A file from a laptop's stick", field=FIELD, problem=problem)


async def parse_upload(headers: Headers, pieces: AsyncGenerator[bytes]) -> UploadedBundle:
    """The file that a form brings.

    Raises:
        CentralRefused: There is none in it.
    """
    if not headers.get("Content-Type", "").startswith("multipart/form-data"):
        raise CentralRefused(NO_FILE)
    try:
        form = await MultiPartParser(headers, pieces, max_files=1, max_fields=0).parse()
    except (MultiPartException, ValueError, KeyError) as error:
        raise CentralRefused(NO_FILE) from error
    try:
        found = form.get(FIELD)
        if not isinstance(found, UploadFile):
            raise CentralRefused(NO_FILE)
        name = "".join(letter for letter in PurePath(found.filename or "").stem if letter.isalnum() or letter == "-")
        return UploadedBundle(await found.read(), f'attachment; filename="{name[:LONGEST_NAME] or "answer"}{ANSWER}"')
    finally:
        await form.close()
