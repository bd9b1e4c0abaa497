"""The joining code that a team lead gives a laptop: made by central, read by the laptop, on one line to paste.

It is `phb2.` and a JSON array of eight texts in URL-safe base64 without padding. It comes from outside, so a
strict model checks it; whoever has it can join once.
"""

import base64
import binascii
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from phb_tui.errors import RuleBroken

PREFIX = "phb2."
"""How a joining code begins; the number is its form's."""
OLDER = "phb1."
LONGEST = 10_000
"""Letters; one that central makes has about 400."""

Text = Annotated[str, Field(min_length=1)]
_array = TypeAdapter(list[str], config=ConfigDict(strict=True))


class JoiningCode(BaseModel):
    """What a joining code says, in the order of its array.

    Attributes:
        address: Where the laptop finds central.
        team_id: The team.
        secret: What lets it join, once.
        central_key: Central's public key in hex.
        staff_id, name, role: Whose laptop it is.
        device_id: The laptop that joins again; "" for a new one.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(strict=True, frozen=True, extra="forbid", hide_input_in_errors=True)

    address: Text
    team_id: Text
    secret: Text = Field(repr=False)
    central_key: Text
    staff_id: Text
    name: Text
    role: Text
    device_id: str

    def encode(self) -> str:
        """The code as it is given to the nurse."""
        words = _array.dump_json(list(self.model_dump().values()))
        return PREFIX + base64.urlsafe_b64encode(words).decode().rstrip("=")


def decode(code: str) -> JoiningCode:
    """Read a joining code as it was pasted.

    Raises:
        RuleBroken: It is not one, or a part is missing.
    """
    packed = "".join(code.split())
    if packed.startswith(OLDER):
        raise RuleBroken("This joining code is of an older kind. Ask your team lead for a new one.", "code")
    body = packed.removeprefix(PREFIX)
    wrong = RuleBroken("This is not a joining code. Copy all of it from your team lead's message.", "code")
    if body == packed or len(packed) > LONGEST:
        raise wrong
    try:
        words = _array.validate_json(base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True))
        return JoiningCode.model_validate(dict(zip(JoiningCode.model_fields, words, strict=True)))
    except (binascii.Error, ValidationError, ValueError) as error:
        raise wrong from error
